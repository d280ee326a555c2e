//! How long employees work on each day of the week. Posts to /werk/teams/uren/{id}.
//!
//! Inputs: ma, di, wo, do, vr (hours; empty for none, all empty for not known).

use askama::Template;
use jiff::civil::Weekday;
use words::{Lang, Words};

use super::{Section, StaffFrame};

/// Everybody who works with residents, each with a form.
#[derive(Clone, Debug, Template)]
#[template(path = "working_hours.html")]
pub struct WorkingHours {
    /// What every page shares.
    pub frame: StaffFrame,
    /// The people, by name.
    pub people: Vec<HoursForm>,
    /// Why nothing was kept.
    pub problem: Option<String>,
}

/// The hours of somebody.
#[derive(Clone, Debug)]
pub struct HoursForm {
    /// The key of the employee.
    pub id: i64,
    /// Their name.
    pub name: String,
    /// Hours in a week: "32"; nothing when they are not known.
    pub total: Option<String>,
    /// Hours of each day, Monday first, as typed.
    pub week: [String; 5],
    /// Whether the form is shown.
    pub open: bool,
}

impl HoursForm {
    /// Where it is sent.
    pub fn action(&self, frame: &StaffFrame) -> String {
        frame.href(&format!("/werk/teams/uren/{}", self.id))
    }

    /// The fields: the name of each, that of its day, and what is in it.
    pub fn fields(&self, words: &Words) -> Vec<(&'static str, String, &str)> {
        let names = ["ma", "di", "wo", "do", "vr"].into_iter();
        let days = Weekday::Monday.cycle_forward().map(|day| words.weekday(day));
        let week = self.week.iter().map(String::as_str);
        names.zip(days).zip(week).map(|((name, day), hours)| (name, day, hours)).collect()
    }
}

impl WorkingHours {
    /// Invented states: somebody whose hours are known and somebody else, and what is no hours.
    pub fn samples(lang: Lang) -> Vec<(&'static str, WorkingHours)> {
        let form = |id, name: &str, total: Option<&str>, week: [&str; 5]| HoursForm {
            id,
            name: name.into(),
            total: total.map(Into::into),
            week: week.map(Into::into),
            open: false,
        };
        let some = WorkingHours {
            frame: StaffFrame::sample(lang, "/werk/teams/uren", Section::House),
            people: vec![
                form(1, "Aafke Voorbeeld", Some("27,5"), ["8", "8", "", "7,5", "4"]),
                form(2, "Fenna Voorbeeld", None, [""; 5]),
            ],
            problem: None,
        };
        let mut wrong = some.clone();
        wrong.people[1] = form(2, "Fenna Voorbeeld", None, ["acht", "", "", "", ""]);
        wrong.people[1].open = true;
        wrong.problem = Some(wrong.frame.words.say("refusal-hours-wrong"));
        vec![("some", some), ("wrong", wrong)]
    }
}
