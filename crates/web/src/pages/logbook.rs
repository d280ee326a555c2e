//! The log: who saw, changed and took out what.
//!
//! The form asks with GET: medewerker, nummer, wat, van, tot. The button that takes the lines out
//! posts the same to /werk/logboek.csv.

use askama::Template;
use words::Lang;

use super::{Choice, Section, StaffFrame};

/// The log.
#[derive(Clone, Debug, Template)]
#[template(path = "logbook.html")]
pub struct Logbook {
    /// What every page shares.
    pub frame: StaffFrame,
    /// What was asked for.
    pub asked: LogAsked,
    /// Everybody who has, or had, an account.
    pub employees: Vec<Choice>,
    /// Sorts of deeds.
    pub sorts: Vec<Choice>,
    /// The lines, the newest first.
    pub lines: Vec<LogRow>,
    /// Where older lines stand.
    pub next_href: Option<String>,
    /// Where the newest lines stand, when these are not those.
    pub first_href: Option<String>,
    /// What is wrong with what was asked.
    pub problem: Option<String>,
}

/// What was asked for, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct LogAsked {
    /// The number of a contact.
    pub number: String,
    /// From which day.
    pub from: String,
    /// Until which day.
    pub until: String,
}

/// A line of the log.
#[derive(Clone, Debug)]
pub struct LogRow {
    /// When: "23 november 2026, 14.05 uur".
    pub at: String,
    /// The same for machines.
    pub at_machine: String,
    /// Who.
    pub who: String,
    /// What they did.
    pub what: String,
    /// The number of the contact it is about.
    pub contact: Option<String>,
}

impl Logbook {
    /// The page of a contact, for who may read it.
    pub fn contact_href(&self, number: &str) -> Option<String> {
        self.frame.may_work().then(|| self.frame.href(&format!("/werk/contacten/{number}")))
    }

    /// Invented states: filled, nothing found, wrong.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Logbook)> {
        let frame = StaffFrame::sample(lang, "/werk/logboek", Section::House);
        let words = frame.words;
        let row = |at: &str, what: String, contact: Option<&str>| LogRow {
            at: at.to_owned(),
            at_machine: "2026-11-23T14:05:00+01:00".into(),
            who: "Aafke Voorbeeld".into(),
            what,
            contact: contact.map(Into::into),
        };
        let number = Some("2026-000123");
        let filled = Logbook {
            asked: LogAsked { from: "2026-11-01".into(), ..LogAsked::default() },
            employees: vec![
                Choice { chosen: true, ..Choice::new("", &words.say("staff-log-everybody")) },
                Choice::new("7", "Aafke Voorbeeld"),
            ],
            sorts: vec![
                Choice { chosen: true, ..Choice::new("", &words.say("staff-log-everything")) },
                Choice::new("seen", &words.say("staff-log-sort-seen")),
            ],
            lines: vec![
                row("23 nov, 14.05 uur", words.say("staff-log-seen-phone"), number),
                row("23 nov, 14.04 uur", words.say("staff-log-seen-contact"), number),
                row("23 nov, 14.04 uur", words.count("staff-log-searched", 3), None),
                row("23 nov, 8.30 uur", words.say("staff-log-signed-in"), None),
            ],
            next_href: Some("/werk/logboek?voor=12".into()),
            first_href: None,
            problem: None,
            frame,
        };
        let nothing = Logbook { lines: Vec::new(), next_href: None, ..filled.clone() };
        let wrong = Logbook { problem: Some(words.say("staff-log-no-contact")), ..nothing.clone() };
        vec![("filled", filled), ("nothing", nothing), ("wrong", wrong)]
    }
}
