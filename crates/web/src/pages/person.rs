//! A person asks what is known about them. Posts to /werk/persoon (who), /werk/persoon/bestand
//! (who), /werk/persoon/lezen (who) and /werk/persoon/wissen (who, number for each, sure, why):
//! what was typed never stands in an address.

use askama::Template;
use words::{Lang, Words};

use super::{Section, StaffFrame};

/// Everything of one address or telephone number.
#[derive(Clone, Debug, Template)]
#[template(path = "person.html")]
pub struct PersonPage {
    /// What every page shares.
    pub frame: StaffFrame,
    /// The address or number that was typed.
    pub who: String,
    /// The contacts; nothing before somebody asked.
    pub contacts: Option<Vec<PersonRow>>,
    /// That there are calls from the number, in words.
    pub calls: Option<String>,
    /// That there may be more, in words.
    pub more: Option<String>,
    /// Why the others are not erased, as typed.
    pub why: String,
    /// Why nothing was done.
    pub problem: Option<String>,
}

/// A contact of the person.
#[derive(Clone, Debug)]
pub struct PersonRow {
    /// Its number.
    pub number: String,
    /// Its subject.
    pub subject: String,
    /// When it was received, in words.
    pub received: String,
    /// Whether it can be erased.
    pub erasable: bool,
    /// Whether it is chosen to be erased.
    pub chosen: bool,
    /// Why it can not be erased, or may be kept.
    pub note: Option<String>,
}

/// Everything of a person to read and to print.
#[derive(Clone, Debug, Template)]
#[template(path = "person_print.html")]
pub struct PersonPrint {
    /// What every page shares.
    pub frame: StaffFrame,
    /// The address or number.
    pub who: String,
    /// When it was made, in words.
    pub at: String,
    /// The contacts.
    pub contacts: Vec<PersonContact>,
    /// The calls from the number, each in words.
    pub calls: Vec<String>,
    /// That there may be more, in words.
    pub more: Option<String>,
}

/// One contact to read.
#[derive(Clone, Debug)]
pub struct PersonContact {
    /// Number and subject.
    pub title: String,
    /// What is noted: a name and a value each.
    pub facts: Vec<(String, String)>,
    /// What was promised, and how it stands.
    pub promises: Vec<(String, String)>,
    /// Messages and letters in order: what it is, when, its text, and its files.
    pub texts: Vec<(String, String, String, String)>,
}

impl PersonPage {
    /// Where a form is sent.
    pub fn action(&self, verb: &str) -> String {
        self.frame.href(&format!("/werk/persoon{verb}"))
    }

    /// The page of a contact.
    pub fn contact(&self, number: &str) -> String {
        self.frame.href(&format!("/werk/contacten/{number}"))
    }

    /// "3 contacten".
    pub fn counted(&self, rows: &[PersonRow]) -> String {
        let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        self.frame.words.count("people-contacts", count)
    }

    /// Whether anything can be erased.
    pub fn can_erase(&self) -> bool {
        self.contacts.iter().flatten().any(|it| it.erasable)
    }

    /// Invented states: nothing asked, found, nothing found, not sure.
    pub fn samples(lang: Lang) -> Vec<(&'static str, PersonPage)> {
        let words = Words::new(lang);
        let blank = PersonPage {
            frame: StaffFrame::sample(lang, "/werk/persoon", Section::House),
            who: String::new(),
            contacts: None,
            calls: None,
            more: None,
            why: String::new(),
            problem: None,
        };
        let row = |number: &str, erasable, note: Option<String>| PersonRow {
            number: number.into(),
            subject: "Lantaarn".into(),
            received: words.short_date(jiff::civil::date(2026, 11, 23)),
            erasable,
            chosen: note.is_none(),
            note,
        };
        let mut found = blank.clone();
        found.who = "jan@example.nl".into();
        found.contacts = Some(vec![
            row("2026-000123", true, None),
            row("2026-000045", true, Some(words.say1("people-may-keep", "ground", "Archiefwet"))),
            row("2026-000012", false, Some(words.say("refusal-erase-open"))),
        ]);
        let mut full = found.clone();
        full.more = Some(words.say1("people-person-more", "most", "500"));
        full.problem = Some(words.say1("people-not-done", "numbers", "2026-000045"));
        let mut none = found.clone();
        none.contacts = Some(Vec::new());
        let mut unsure = found.clone();
        unsure.problem = Some(words.say("refusal-not-sure"));
        vec![("blank", blank), ("found", found), ("full", full), ("none", none), ("unsure", unsure)]
    }
}

impl PersonPrint {
    /// Invented: one contact.
    pub fn samples(lang: Lang) -> Vec<(&'static str, PersonPrint)> {
        let words = Words::new(lang);
        let contact = PersonContact {
            title: "2026-000123 Lantaarn".into(),
            facts: vec![(words.say("staff-name"), "Jan Voorbeeld".into())],
            promises: vec![("message.contact".into(), "25 november 2026".into())],
            texts: vec![(
                words.say("people-from-you"),
                words.date(jiff::civil::date(2026, 11, 23)),
                "De lantaarn bij de haven is uit.".into(),
                "foto.jpg".into(),
            )],
        };
        let page = PersonPrint {
            frame: StaffFrame::sample(lang, "/werk/persoon", Section::House),
            who: "jan@example.nl".into(),
            at: words.date(jiff::civil::date(2026, 11, 28)),
            contacts: vec![contact],
            calls: vec!["23 november 2026 om 9.00 uur, 2 minuten".into()],
            more: Some(words.say1("people-person-more", "most", "500")),
        };
        vec![("page", page)]
    }
}
