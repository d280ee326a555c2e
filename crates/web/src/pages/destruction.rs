//! What is past its term and goes, once a month, and the certificate of what went. Posts to
//! /werk/vernietigen (month, mark, sure) and /werk/vernietigen/uitzondering (number, until, why; or
//! number and off).

use askama::Template;
use words::{Lang, Words};

use super::{Section, StaffFrame};

/// The list of the last month that is over.
#[derive(Clone, Debug, Template)]
#[template(path = "destruction.html")]
pub struct Destructions {
    /// What every page shares.
    pub frame: StaffFrame,
    /// Its month, as addresses have it: "2026-10".
    pub month: String,
    /// The last day of that month, in words.
    pub last_day: String,
    /// What changes when anything on the list does.
    pub mark: String,
    /// Whether it was approved already.
    pub is_approved: bool,
    /// That there is more than fits on one list, in words.
    pub more: Option<String>,
    /// What is on it, by kind.
    pub kinds: Vec<DestroyedRow>,
    /// What is kept past its term.
    pub kept: Vec<KeptRow>,
    /// The lists that were approved: the month, and when in words.
    pub earlier: Vec<(String, String)>,
    /// What was typed to keep a contact: its number, until when, and why.
    pub typed: [String; 3],
    /// The first day until which something can be kept (ISO).
    pub date_min: String,
    /// Why nothing was done.
    pub problem: Option<String>,
}

/// What is on a list of one kind.
#[derive(Clone, Debug)]
pub struct DestroyedRow {
    /// The kind: "Vragen".
    pub kind: String,
    /// The term: "1 jaar".
    pub years: String,
    /// Why so long.
    pub ground: String,
    /// How many contacts.
    pub count: String,
    /// The first and the last number.
    pub ends: (String, String),
    /// The numbers, as many as are shown.
    pub numbers: Vec<String>,
}

/// A contact that is kept past its term.
#[derive(Clone, Debug)]
pub struct KeptRow {
    /// Its number.
    pub number: String,
    /// Until when, in words.
    pub until: String,
    /// Why.
    pub why: String,
}

/// What is certified of a list, or of one contact.
#[derive(Clone, Debug, Template)]
#[template(path = "certificate.html")]
pub struct CertificatePage {
    /// What every page shares.
    pub frame: StaffFrame,
    /// What it is about: a month, or the number of a contact.
    pub about: String,
    /// Whether it is about one contact, erased because somebody asked.
    pub is_single: bool,
    /// Who approved it.
    pub who: String,
    /// When, in words.
    pub at: String,
    /// What became of it, in words.
    pub state: String,
    /// What stood on the list.
    pub kinds: Vec<DestroyedRow>,
    /// How much was removed of one contact, in words.
    pub removed: Vec<String>,
    /// How many contacts were erased on request before their turn came, in words.
    pub before: Option<String>,
    /// The place of the fact in the chain, and the hash of the chain there.
    pub fact: Option<(i64, String)>,
}

impl Destructions {
    /// Where forms are sent.
    pub fn action(&self, verb: &str) -> String {
        self.frame.href(&format!("/werk/vernietigen{verb}"))
    }

    /// The page of a contact.
    pub fn contact(&self, number: &str) -> String {
        self.frame.href(&format!("/werk/contacten/{number}"))
    }

    /// The certificate of a month.
    pub fn certificate(&self, month: &str) -> String {
        self.frame.href(&format!("/werk/vernietigen/{month}"))
    }

    /// Invented states: something to approve, nothing, approved, changed meanwhile.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Destructions)> {
        let words = Words::new(lang);
        let some = Destructions {
            frame: StaffFrame::sample(lang, "/werk/vernietigen", Section::House),
            month: "2026-10".into(),
            last_day: words.date(jiff::civil::date(2026, 10, 31)),
            mark: "0a1b2c".into(),
            is_approved: false,
            more: None,
            kinds: vec![row(&words)],
            kept: vec![KeptRow {
                number: "2024-000077".into(),
                until: words.date(jiff::civil::date(2027, 3, 1)),
                why: "Bezwaar loopt".into(),
            }],
            earlier: vec![("2026-09".into(), words.date(jiff::civil::date(2026, 10, 2)))],
            typed: Default::default(),
            date_min: "2026-11-28".into(),
            problem: None,
        };
        let mut none = some.clone();
        (none.kinds, none.kept, none.earlier) = Default::default();
        let mut full = some.clone();
        full.more = Some(words.say1("people-destroy-more", "most", "5000"));
        let mut approved = some.clone();
        approved.is_approved = true;
        let mut changed = some.clone();
        changed.typed = ["2024-000001".into(), "2027-01-01".into(), "Bezwaar".into()];
        changed.problem = Some(words.say("refusal-list-changed"));
        vec![
            ("some", some),
            ("none", none),
            ("full", full),
            ("approved", approved),
            ("changed", changed),
        ]
    }
}

impl CertificatePage {
    /// Invented states: of a list, of one contact.
    pub fn samples(lang: Lang) -> Vec<(&'static str, CertificatePage)> {
        let words = Words::new(lang);
        let list = CertificatePage {
            frame: StaffFrame::sample(lang, "/werk/vernietigen/2026-10", Section::House),
            about: "2026-10".into(),
            is_single: false,
            who: "Aafke Voorbeeld".into(),
            at: words.date(jiff::civil::date(2026, 11, 2)),
            state: words.say("people-destroyed-all"),
            kinds: vec![row(&words)],
            removed: Vec::new(),
            before: Some(words.count("people-destroyed-before", 2)),
            fact: Some((4711, "ab".repeat(32))),
        };
        let mut single = list.clone();
        single.about = "2025-000123".into();
        single.is_single = true;
        single.kinds = Vec::new();
        single.before = None;
        single.removed = vec![words.count("people-removed-messages", 2)];
        vec![("list", list), ("single", single)]
    }
}

fn row(words: &Words) -> DestroyedRow {
    DestroyedRow {
        kind: words.say("retention-question"),
        years: words.count("retention-years", 1),
        ground: "AVG, artikel 5: niet langer dan nodig".into(),
        count: words.count("people-contacts", 2),
        ends: ("2025-000011".into(), "2025-000012".into()),
        numbers: vec!["2025-000011".into(), "2025-000012".into()],
    }
}
