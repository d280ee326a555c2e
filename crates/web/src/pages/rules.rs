//! The norms tried on a moment, and the days of a year on which no working day counts.
//!
//! Inputs: op (a moment, ISO without zone), kanaal, jaar.

use askama::Template;
use words::Lang;

use super::{Choice, Section, StaffFrame};

/// A try, and a year.
#[derive(Clone, Debug, Template)]
#[template(path = "rules.html")]
pub struct Rules {
    /// What every page shares.
    pub frame: StaffFrame,
    /// The moment that is tried: "2026-12-24T16:00".
    pub at: String,
    /// The ways of contact; the one that is tried is chosen.
    pub channels: Vec<Choice>,
    /// What would be owed.
    pub owed: Vec<OwedRow>,
    /// Why nothing was tried.
    pub problem: Option<String>,
    /// The year that is shown.
    pub year: i16,
    /// Days of the week on which nobody works, in order: the day, and why.
    pub off: Vec<(String, String)>,
    /// The months with their number of working days.
    pub months: Vec<(String, usize)>,
}

/// One thing that would be owed.
#[derive(Clone, Debug)]
pub struct OwedRow {
    /// "Contact binnen 2 werkdagen".
    pub what: String,
    /// The id of the norm.
    pub norm: String,
    /// By when: "woensdag 25 november 2026".
    pub due: String,
    /// Why then.
    pub why: Option<String>,
}

impl Rules {
    /// The same page about another year.
    pub fn year_href(&self, step: i16) -> String {
        self.frame.href(&format!("/werk/normen?jaar={}", self.year.saturating_add(step)))
    }

    /// Invented states: a try, and one that is not a moment.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Rules)> {
        let tried = Rules {
            frame: StaffFrame::sample(lang, "/werk/normen", Section::House),
            at: "2026-12-24T16:00".into(),
            channels: vec![
                Choice { chosen: true, ..Choice::new("email", "E-mail") },
                Choice::new("phone", "Telefoon"),
            ],
            owed: vec![OwedRow {
                what: "Contact binnen 2 werkdagen".into(),
                norm: "message.contact".into(),
                due: "dinsdag 29 december 2026".into(),
                why: Some("vrijdag 25 dec (eerste kerstdag) telt niet mee".into()),
            }],
            problem: None,
            year: 2026,
            off: vec![("vrijdag 25 december 2026".into(), "eerste kerstdag".into())],
            months: vec![("november 2026".into(), 21), ("december 2026".into(), 22)],
        };
        let mut wrong = tried.clone();
        wrong.at = "morgen".into();
        wrong.owed.clear();
        wrong.problem = Some(wrong.frame.words.say("staff-rules-no-moment"));
        vec![("tried", tried), ("wrong", wrong)]
    }
}
