//! What the counter is measured by, over a period. Inputs, in the address: van, tot (ISO days).

use askama::Template;
use words::{Lang, Words};

use super::norms_page::percentage;
use super::{Section, StaffFrame};

/// The figures of a period.
#[derive(Clone, Debug, Template)]
#[template(path = "counter_figures.html")]
pub struct CounterFigures {
    /// What every page shares.
    pub frame: StaffFrame,
    /// The first and the last day, as typed.
    pub days: [String; 2],
    /// What is wrong with each of them.
    pub problems: [Option<String>; 2],
    /// "1 november 2026 t/m 30 november 2026".
    pub period: String,
    /// Within how many minutes is on time.
    pub late: i64,
    /// Within how many working days there should be a free time.
    pub limit: Option<u32>,
    /// Residents without an appointment: helped the same day, and given another day.
    pub walked_in: [u64; 2],
    /// The first free times.
    pub first_free: Vec<FreeRow>,
    /// All together, by product, by desk and by weekday.
    pub groups: Vec<FigureGroup>,
    /// Whether there were more visits than are counted.
    pub is_cut: bool,
}

/// The first free time of a product.
#[derive(Clone, Debug)]
pub struct FreeRow {
    /// The product.
    pub product: String,
    /// When it is now: "24 nov, 8.30 uur".
    pub now: Option<String>,
    /// How many working days ahead that is.
    pub ahead: Option<u32>,
    /// Whether that is within what is aimed at, where anything is.
    pub is_in_time: Option<bool>,
    /// The middle and the most working days in the period.
    pub period: Option<[u32; 2]>,
    /// The share of the days within what is aimed at.
    pub in_time: Option<Part>,
}

/// Visits by one thing.
#[derive(Clone, Debug)]
pub struct FigureGroup {
    /// The key of what they are told apart by.
    pub key: &'static str,
    /// The rows.
    pub rows: Vec<FigureRow>,
}

/// What came of some visits.
#[derive(Clone, Debug)]
pub struct FigureRow {
    /// Which.
    pub name: String,
    /// How many.
    pub visits: u64,
    /// Called on time.
    pub on_time: Part,
    /// The minutes that half and nine of ten waited at most.
    pub waited: Option<[i64; 2]>,
    /// Who did not come.
    pub missed: Part,
    /// What was moved.
    pub moved: Part,
    /// What was called off.
    pub cancelled: Part,
    /// How full the desks were; nothing for what has no desks of its own.
    pub in_use: Option<Part>,
}

/// A part of a whole.
#[derive(Clone, Copy, Debug, Default)]
pub struct Part {
    /// The part.
    pub part: u64,
    /// The whole.
    pub whole: u64,
}

impl Part {
    /// In thousandths.
    pub fn per_mille(&self) -> Option<u64> {
        (self.part * 1000).checked_div(self.whole)
    }

    /// The width of a bar of 1000.
    pub fn bar(&self) -> u64 {
        self.per_mille().unwrap_or_default().min(1000)
    }

    /// "98,5 %"; a dash for a part of nothing.
    pub fn said(&self, words: &Words) -> String {
        self.per_mille().map_or_else(|| "–".to_owned(), |share| percentage(share, words))
    }
}

impl FigureRow {
    /// The columns that are parts: the key of the name, and the part.
    pub fn parts(&self) -> [(&'static str, Option<Part>); 5] {
        [
            ("staff-figures-on-time", Some(self.on_time)),
            ("staff-figures-missed", Some(self.missed)),
            ("staff-figures-moved", Some(self.moved)),
            ("staff-figures-cancelled", Some(self.cancelled)),
            ("staff-figures-in-use", self.in_use),
        ]
    }
}

impl FigureGroup {
    /// Whether its rows have desks of their own.
    pub fn has_use(&self) -> bool {
        self.rows.iter().any(|row| row.in_use.is_some())
    }
}

impl CounterFigures {
    /// Where the same comes as a file.
    pub fn csv_href(&self) -> String {
        let [from, to] = &self.days;
        self.frame.href(&format!("/werk/balie/cijfers.csv?van={from}&tot={to}"))
    }

    /// "4 minuten".
    pub fn minutes(&self, minutes: &i64) -> String {
        self.frame.words.count("staff-figures-minutes", *minutes)
    }

    /// "3 werkdagen".
    pub fn working_days(&self, days: &u32) -> String {
        self.frame.words.count("staff-figures-working-days", i64::from(*days))
    }

    /// What on time is, in a sentence.
    pub fn late_said(&self) -> String {
        self.frame.words.count("staff-figures-late", self.late)
    }

    /// What is aimed at, in a sentence.
    pub fn limit_said(&self) -> Option<String> {
        Some(self.frame.words.count("staff-figures-limit", i64::from(self.limit?)))
    }

    /// Invented states: with everything, with nothing, with a wrong period.
    pub fn samples(lang: Lang) -> Vec<(&'static str, CounterFigures)> {
        let part = |part, whole| Part { part, whole };
        let row = |name: &str, visits, in_use| FigureRow {
            name: name.into(),
            visits,
            on_time: part(visits - 3, visits),
            waited: Some([2, 11]),
            missed: part(2, visits),
            moved: part(5, visits),
            cancelled: part(4, visits),
            in_use,
        };
        let free = |product: &str, ahead: u32| FreeRow {
            product: product.into(),
            now: Some("24 nov, 8.30 uur".into()),
            ahead: Some(ahead),
            is_in_time: Some(ahead <= 5),
            period: Some([2, ahead]),
            in_time: Some(part(19, 20)),
        };
        let group = |key, rows| FigureGroup { key, rows };
        let full = CounterFigures {
            frame: StaffFrame::sample(lang, "/werk/balie/cijfers", Section::Counter),
            days: ["2026-11-01".into(), "2026-11-30".into()],
            problems: [None, None],
            period: "1 november 2026 t/m 30 november 2026".into(),
            late: 15,
            limit: Some(5),
            walked_in: [12, 3],
            first_free: vec![
                free("Paspoort of identiteitskaart aanvragen", 1),
                free("Geboorte, overlijden of erkenning aangeven", 7),
            ],
            groups: vec![
                group("staff-figures-all", vec![row("Alles", 240, Some(part(3600, 9000)))]),
                group("staff-counter-product", vec![row("Rijbewijs aanvragen", 80, None)]),
                group("staff-counter-desk", vec![row("Balie 1", 130, Some(part(2000, 4500)))]),
                group("staff-figures-weekday", vec![row("maandag", 50, Some(part(700, 900)))]),
            ],
            is_cut: true,
        };
        let mut empty = full.clone();
        empty.first_free = vec![FreeRow {
            product: "Rijbewijs aanvragen".into(),
            now: None,
            ahead: None,
            is_in_time: Some(false),
            period: None,
            in_time: None,
        }];
        empty.groups.clear();
        empty.limit = None;
        empty.walked_in = [0; 2];
        empty.is_cut = false;
        let mut wrong = empty.clone();
        wrong.days = ["gisteren".into(), "2026-11-30".into()];
        let words = Words::new(lang);
        wrong.problems = [Some(words.say("staff-figures-problem-day")), None];
        vec![("full", full), ("empty", empty), ("wrong", wrong)]
    }
}
