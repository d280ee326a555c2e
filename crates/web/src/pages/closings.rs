//! Desks that are closed for a while. Posts to /werk/balie/sluitingen (desk, from_date, from_time,
//! to_date, to_time, why) and to /werk/balie/sluitingen/{id}/weg.

use askama::Template;
use words::Lang;

use super::{Choice, Section, StaffFrame};

/// The closings that are not over, and the form to make one.
#[derive(Clone, Debug, Template)]
#[template(path = "closings.html")]
pub struct Closings {
    /// What every page shares.
    pub frame: StaffFrame,
    /// The closings, the nearest end first.
    pub rows: Vec<ClosingRow>,
    /// The desks there are.
    pub desks: Vec<Choice>,
    /// What is typed.
    pub typed: ClosingTyped,
    /// How many residents must be called.
    pub to_call: usize,
    /// Why it was not closed.
    pub refused: Option<String>,
}

/// One closing.
#[derive(Clone, Debug)]
pub struct ClosingRow {
    /// Its key.
    pub id: i64,
    /// The desk; `None` is all of them.
    pub desk: Option<String>,
    /// "23 nov, 9.00 uur t/m 24 nov, 12.00 uur".
    pub span: String,
    /// Why.
    pub why: String,
}

/// A closing as it is typed.
#[derive(Clone, Debug, Default)]
pub struct ClosingTyped {
    /// From which day and time: "2026-11-25", "09:00".
    pub from: [String; 2],
    /// To which day and time.
    pub to: [String; 2],
    /// Why.
    pub why: String,
}

impl Closings {
    /// Where a closing is taken back.
    pub fn open_action(&self, id: &i64) -> String {
        self.frame.href(&format!("/werk/balie/sluitingen/{id}/weg"))
    }

    /// Who must be called.
    pub fn calls_href(&self) -> String {
        format!("{}#bellen", self.frame.href("/werk/balie"))
    }

    /// "3 inwoners moeten worden gebeld."
    pub fn to_call_sentence(&self) -> String {
        let count = i64::try_from(self.to_call).unwrap_or(i64::MAX);
        self.frame.words.count("staff-counter-to-call-count", count)
    }

    /// Invented states: none, two, one that is wrong, for who may only look.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Closings)> {
        let none = Closings {
            frame: StaffFrame::sample(lang, "/werk/balie/sluitingen", Section::Counter),
            rows: Vec::new(),
            desks: vec![Choice::new("1", "Balie 1"), Choice::new("2", "Balie 2")],
            typed: ClosingTyped {
                from: ["2026-11-25".into(), "09:00".into()],
                ..ClosingTyped::default()
            },
            to_call: 0,
            refused: None,
        };
        let mut some = none.clone();
        let row = |id: i64, desk: Option<&str>| ClosingRow {
            id,
            desk: desk.map(Into::into),
            span: "25 nov, 9.00 uur – 25 nov, 12.00 uur".into(),
            why: "Overleg".into(),
        };
        some.rows = vec![row(1, Some("Balie 1")), row(2, None)];
        some.to_call = 3;
        let mut wrong = none.clone();
        wrong.refused = Some("Kies een einde dat na het begin ligt.".into());
        let mut only_look = some.clone();
        only_look.frame.roles = desk::Roles::from_words("employee");
        vec![("none", none), ("some", some), ("wrong", wrong), ("only-look", only_look)]
    }
}
