//! How good answers are: what residents say, and a sample to look at. Posts to
//! /werk/kwaliteit/{number}.
//!
//! Inputs of a review: correct, complete, clear, kind (each "ja" when it is), remark, letter,
//! maand.

use askama::Template;
use words::{Lang, Words};

use super::{Section, StaffFrame};

/// A month: what residents said, and answers drawn by chance.
#[derive(Clone, Debug, Template)]
#[template(path = "quality.html")]
pub struct Quality {
    /// What every page shares.
    pub frame: StaffFrame,
    /// "november 2026".
    pub month: String,
    /// The month before, by its address.
    pub before_href: String,
    /// The month after, when it has begun.
    pub after_href: Option<String>,
    /// How many residents said yes, partly and no.
    pub helped: [u32; 3],
    /// What residents added, the newest first.
    pub words_of_residents: Vec<Said>,
    /// Whether the month is over: then there is a sample.
    pub is_over: bool,
    /// Why what was found was not kept.
    pub problem: Option<String>,
    /// The answers of the sample.
    pub sample: Vec<Drawn>,
    /// Of how many answers that were looked at each thing is good: correct, complete, clear, kind.
    pub good: [u32; 4],
}

/// What a resident added.
#[derive(Clone, Debug)]
pub struct Said {
    /// The contact.
    pub number: String,
    /// The key of whether it helped.
    pub helped_key: &'static str,
    /// The words.
    pub words: String,
}

/// An answer of the sample.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// The contact.
    pub number: String,
    /// The number of the answer within it.
    pub letter: u32,
    /// Its subject.
    pub subject: String,
    /// The last answer.
    pub answer: String,
    /// What a colleague found: correct, complete, clear, kind; nothing when nobody looked yet.
    pub found: Option<[bool; 4]>,
    /// Who looked.
    pub reviewer: String,
    /// What there is to learn.
    pub remark: String,
}

impl Drawn {
    /// Whether a thing was found good.
    pub fn is_good(&self, index: &usize) -> bool {
        self.found.is_some_and(|found| found[*index])
    }
}

impl Quality {
    /// What an answer is looked at for: the name of the field, and the key of the question.
    pub const MARKS: [(&'static str, &'static str); 4] = [
        ("correct", "staff-review-correct"),
        ("complete", "staff-review-complete"),
        ("clear", "staff-review-clear"),
        ("kind", "staff-review-kind"),
    ];

    /// How many residents said something.
    pub fn said(&self) -> u32 {
        self.helped.iter().sum()
    }

    /// How many answers of the sample were looked at.
    pub fn looked_at(&self) -> usize {
        self.sample.iter().filter(|it| it.found.is_some()).count()
    }

    /// "3 van de 5".
    pub fn of(&self, part: &u32, whole: impl std::fmt::Display) -> String {
        let (part, whole) = (part.to_string(), whole.to_string());
        let values = [("part", (&part).into()), ("whole", (&whole).into())];
        self.frame.words.say_with("staff-quality-of", &values)
    }

    /// The first day of the month, as the address has it.
    pub fn day(&self) -> &str {
        self.frame.path.rsplit('=').next().unwrap_or_default()
    }

    /// Where what was found of an answer is sent.
    pub fn action(&self, number: &str) -> String {
        self.frame.href(&format!("/werk/kwaliteit/{number}"))
    }

    /// The page of a contact.
    pub fn contact(&self, number: &str) -> String {
        self.frame.href(&format!("/werk/contacten/{number}"))
    }

    /// Invented states: a month with everything, and one without anything.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Quality)> {
        let words = Words::new(lang);
        let drawn = |number: &str, found: Option<[bool; 4]>| Drawn {
            number: number.into(),
            letter: 2,
            subject: "Lantaarn bij de haven".into(),
            answer: "De lantaarn doet het weer.\n\nVriendelijke groet,\nAafke".into(),
            found,
            reviewer: "Fenna Voorbeeld".into(),
            remark: found.map_or_else(String::new, |_| "Noem ook het meldnummer.".into()),
        };
        let said = |number: &str, helped_key, words: &str| Said {
            number: number.into(),
            helped_key,
            words: words.into(),
        };
        let busy = Quality {
            frame: StaffFrame::sample(lang, "/werk/kwaliteit?maand=2026-11-01", Section::House),
            month: words.month(jiff::civil::date(2026, 11, 1)),
            before_href: "/werk/kwaliteit?maand=2026-10-01".into(),
            after_href: None,
            helped: [12, 3, 2],
            words_of_residents: vec![
                said("2026-000101", "follow-helped-no", "Het antwoord ging over iets anders."),
                said("2026-000098", "follow-helped-yes", "Snel en duidelijk, dank u wel!"),
            ],
            is_over: true,
            problem: None,
            sample: vec![
                drawn("2026-000123", Some([true, true, false, true])),
                drawn("2026-000124", None),
            ],
            good: [1, 1, 0, 1],
        };
        let mut empty = busy.clone();
        empty.after_href = Some("/werk/kwaliteit?maand=2026-12-01".into());
        empty.helped = [0; 3];
        empty.words_of_residents.clear();
        empty.sample.clear();
        empty.good = [0; 4];
        let mut this = empty.clone();
        this.is_over = false;
        this.after_href = None;
        let mut refused = busy.clone();
        refused.problem = Some(words.say("refusal-reviewed-already"));
        vec![("busy", busy), ("empty", empty), ("this", this), ("refused", refused)]
    }
}
