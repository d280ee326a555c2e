//! How the numbers on the page of norms are counted, and how many promises each number is made of.

use askama::Template;
use words::{Lang, Words};

use super::Frame;

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "counting.html")]
pub struct CountingPage {
    /// What every page shares.
    pub frame: Frame,
    /// The last twelve whole months and this one so far: "november 2025 t/m november 2026".
    pub year: String,
    /// When the numbers were counted: "23 nov, 8.30 uur".
    pub counted: String,
    /// How many promises of each norm, in the order of the file.
    pub norms: Vec<CountedNorm>,
    /// The first and the last day of the year, as the command asks for them.
    pub days: [String; 2],
}

/// How many promises were made under one norm, by what became of them, in the last year.
#[derive(Clone, Debug, Default)]
pub struct CountedNorm {
    /// The norm, by id.
    pub id: String,
    /// The exact Dutch sentence.
    pub sentence: String,
    /// Kept.
    pub kept: i64,
    /// Not kept.
    pub broken: i64,
    /// Still open.
    pub open: i64,
    /// Not owed after all.
    pub not_applicable: i64,
    /// Done without a limit.
    pub measured: i64,
    /// Dates that were told: how many of them were kept, and how many there were with a verdict.
    pub dates: [i64; 2],
}

impl CountedNorm {
    /// Its numbers, each with the key of its name.
    pub fn numbers(&self) -> [(&'static str, i64); 4] {
        [
            ("norms-kept", self.kept),
            ("norms-broken", self.broken),
            ("norms-open", self.open),
            ("counting-not-applicable", self.not_applicable),
        ]
    }

    /// What else is counted under it, in sentences.
    pub fn more(&self, words: &Words) -> Vec<String> {
        let [kept, all] = self.dates;
        let values = [("kept", kept.into()), ("all", all.into())];
        let dates = (all > 0).then(|| words.say_with("counting-dates", &values));
        let measured = (self.measured > 0).then(|| words.count("counting-measured", self.measured));
        dates.into_iter().chain(measured).collect()
    }
}

impl CountingPage {
    /// Invented states: with everything, and with nothing.
    pub fn samples(lang: Lang) -> Vec<(&'static str, CountingPage)> {
        let norm = CountedNorm {
            id: "message.contact".into(),
            sentence: "Wij nemen binnen 2 werkdagen contact met u op.".into(),
            kept: 4120,
            broken: 61,
            open: 30,
            not_applicable: 77,
            measured: 2,
            dates: [310, 320],
        };
        let full = CountingPage {
            frame: Frame::sample(lang, "/normen/zo-tellen-wij"),
            year: "november 2025 – november 2026".into(),
            counted: "23 nov, 8.30".into(),
            norms: vec![norm],
            days: ["2025-11-01".into(), "2026-11-30".into()],
        };
        let empty = CountingPage { norms: Vec::new(), ..full.clone() };
        vec![("full", full), ("empty", empty)]
    }
}
