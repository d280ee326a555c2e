//! Disruptions: what does not work, published by employees. Posts to /werk/storingen,
//! /werk/storingen/{id} and /werk/storingen/{id}/voorbij.
//!
//! Inputs: phone, counter, message, social (each "yes"), nl, fy, en, since_date, since_time,
//! expected_date, expected_time.

use askama::Template;
use desk::{ContactWay, DisruptionFault};
use words::{Lang, Words};

use super::{Section, StaffFrame};

/// The disruptions, and the form to publish or change one.
#[derive(Clone, Debug, Template)]
#[template(path = "disruptions.html")]
pub struct DisruptionsPage {
    /// What every page shares.
    pub frame: StaffFrame,
    /// The disruptions there are, those that are not over first.
    pub rows: Vec<DisruptionRow>,
    /// What is typed.
    pub typed: DisruptionTyped,
    /// Why it is not published, in the order of the form.
    pub faults: Vec<DisruptionFault>,
}

/// What is typed of a disruption.
#[derive(Clone, Debug, Default)]
pub struct DisruptionTyped {
    /// Its key when one is changed.
    pub id: Option<i64>,
    /// The ways of contact it touches.
    pub ways: Vec<ContactWay>,
    /// The text in Dutch, Frisian and English.
    pub texts: [String; 3],
    /// Since which day and time, as typed: "2026-11-25", "09:00".
    pub since: [String; 2],
    /// Until which day and time it is expected to last; both may be empty.
    pub expected: [String; 2],
}

/// One disruption in the list.
#[derive(Clone, Debug)]
pub struct DisruptionRow {
    /// Its key.
    pub id: i64,
    /// "telefoon, balie".
    pub ways: String,
    /// The text in each language that has one.
    pub texts: Vec<(Lang, String)>,
    /// "25 nov, 9.00 uur".
    pub since: String,
    /// "25 nov, 15.00 uur".
    pub expected: Option<String>,
    /// When it ended.
    pub ended: Option<String>,
    /// Where it stands.
    pub stage: Stage,
}

/// Where a disruption stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// It is yet to begin.
    Announced,
    /// It lasts.
    Lasting,
    /// It lasts longer than was expected.
    Overdue,
    /// It is over.
    Over,
}

impl Stage {
    /// The word for style sheets.
    pub fn code(self) -> &'static str {
        match self {
            Stage::Announced => "announced",
            Stage::Lasting => "lasting",
            Stage::Overdue => "overdue",
            Stage::Over => "over",
        }
    }

    /// The key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Stage::Announced => "staff-disruption-announced",
            Stage::Lasting => "staff-disruption-lasting",
            Stage::Overdue => "staff-disruption-overdue",
            Stage::Over => "staff-disruption-over",
        }
    }
}

/// The key of the name of a way of contact.
pub(crate) fn way_key(way: ContactWay) -> &'static str {
    match way {
        ContactWay::Phone => "site-way-phone",
        ContactWay::Counter => "site-way-counter",
        ContactWay::Message => "site-way-message",
        ContactWay::Social => "site-way-social",
    }
}

/// The id of the input that a fault is about.
fn input_of(fault: DisruptionFault) -> &'static str {
    match fault {
        DisruptionFault::Ways => "phone",
        DisruptionFault::DutchMissing => "nl",
        DisruptionFault::TooLong(lang) => lang.code(),
        DisruptionFault::Since => "since_date",
        DisruptionFault::Expected => "expected_date",
        DisruptionFault::TooMany => "list",
    }
}

fn fault_key(fault: DisruptionFault) -> &'static str {
    match fault {
        DisruptionFault::Ways => "staff-disruption-fault-ways",
        DisruptionFault::DutchMissing => "staff-disruption-fault-dutch",
        DisruptionFault::TooLong(_) => "staff-disruption-fault-long",
        DisruptionFault::Since => "staff-disruption-fault-since",
        DisruptionFault::Expected => "staff-disruption-fault-expected",
        DisruptionFault::TooMany => "staff-disruption-fault-many",
    }
}

impl DisruptionsPage {
    /// Where the form posts to.
    pub fn action(&self) -> String {
        match self.typed.id {
            Some(id) => self.frame.href(&format!("/werk/storingen/{id}")),
            None => self.frame.href("/werk/storingen"),
        }
    }

    /// Where a disruption is changed.
    pub fn change_href(&self, id: &i64) -> String {
        self.frame.href(&format!("/werk/storingen/{id}"))
    }

    /// Where a disruption is ended.
    pub fn end_action(&self, id: &i64) -> String {
        self.frame.href(&format!("/werk/storingen/{id}/voorbij"))
    }

    /// Each way of contact, its name, and whether it is chosen.
    pub fn ways(&self) -> Vec<(&'static str, String, bool)> {
        let chosen = |way: ContactWay| self.typed.ways.contains(&way);
        let name = |way: ContactWay| self.frame.words.say(way_key(way));
        ContactWay::ALL.into_iter().map(|way| (way.word(), name(way), chosen(way))).collect()
    }

    /// The input and the sentence of each fault.
    pub fn problems(&self) -> Vec<(&'static str, String)> {
        let words = &self.frame.words;
        self.faults.iter().map(|it| (input_of(*it), words.say(fault_key(*it)))).collect()
    }

    /// What is wrong with an input.
    pub fn problem(&self, input: &str) -> Option<String> {
        self.problems().into_iter().find(|(of, _)| *of == input).map(|(_, sentence)| sentence)
    }

    /// Invented states: none, some of each, one that is wrong.
    pub fn samples(lang: Lang) -> Vec<(&'static str, DisruptionsPage)> {
        let words = Words::new(lang);
        let empty = DisruptionsPage {
            frame: StaffFrame::sample(lang, "/werk/storingen", Section::Disruptions),
            rows: Vec::new(),
            typed: DisruptionTyped {
                since: ["2026-11-25".into(), "09:00".into()],
                ..DisruptionTyped::default()
            },
            faults: Vec::new(),
        };
        let row = |id: i64, stage: Stage| DisruptionRow {
            id,
            ways: words.list(&[words.say("site-way-phone"), words.say("site-way-counter")]),
            texts: vec![(Lang::Nl, "De telefoon doet het niet.".into())],
            since: "25 nov, 9.00 uur".into(),
            expected: Some("25 nov, 15.00 uur".into()),
            ended: (stage == Stage::Over).then(|| "25 nov, 14.10 uur".into()),
            stage,
        };
        let mut some = empty.clone();
        let stages = [Stage::Announced, Stage::Lasting, Stage::Overdue, Stage::Over];
        some.rows = stages.into_iter().zip(1..).map(|(stage, id)| row(id, stage)).collect();
        some.typed.id = Some(2);
        some.typed.ways = vec![ContactWay::Phone, ContactWay::Counter];
        some.typed.texts[0] = "De telefoon doet het niet.".into();
        let mut wrong = empty.clone();
        wrong.frame.notices = vec![super::Disrupted::sample(lang)];
        wrong.faults = vec![
            DisruptionFault::Ways,
            DisruptionFault::DutchMissing,
            DisruptionFault::TooLong(Lang::Fy),
            DisruptionFault::Since,
            DisruptionFault::Expected,
            DisruptionFault::TooMany,
        ];
        vec![("empty", empty), ("some", some), ("wrong", wrong)]
    }
}
