//! What would change at the counter with a desk more or less. Nothing is kept. Inputs, in the
//! address: wat (erbij, dicht), balie, dag (1 to 7, Monday first), datum (ISO, in place of dag),
//! van, tot (times), weken, product.ID ("ja" of each product).

use askama::Template;
use words::{Lang, Words};

use super::counter_figures::Part;
use super::{Choice, Section, StaffFrame};

/// The form and, once it is filled in, what would change.
#[derive(Clone, Debug, Template)]
#[template(path = "what_if.html")]
pub struct WhatIf {
    /// What every page shares.
    pub frame: StaffFrame,
    /// Whether a desk closes; else one is added.
    pub closes: bool,
    /// The desks there are.
    pub desks: Vec<Choice>,
    /// The days of the week.
    pub weekdays: Vec<Choice>,
    /// What can be come for.
    pub products: Vec<Choice>,
    /// As typed: the date, the first and the last time, the number of weeks.
    pub typed: [String; 4],
    /// What is wrong, in the order of the fields.
    pub problems: Vec<WhatIfProblem>,
    /// What would change.
    pub found: Option<WhatIfFound>,
}

/// What is wrong with the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WhatIfProblem {
    /// No desk that is known.
    Desk,
    /// Not a day to come.
    Date,
    /// Not a time.
    From,
    /// Not a time, or not after the first.
    To,
    /// Not a number of weeks that is looked ahead.
    Weeks,
    /// A product that is not known.
    Product,
}

/// What would change.
#[derive(Clone, Debug)]
pub struct WhatIfFound {
    /// "Een balie erbij op 4 dagen, van 16.00 uur tot 19.00 uur."
    pub said: String,
    /// The first free time of each product.
    pub rows: Vec<WhatIfRow>,
    /// How full the desks are, before and after.
    pub in_use: [Part; 2],
    /// Until which day that is counted.
    pub until: String,
    /// How many appointments would not be possible any more.
    pub unfit: usize,
}

/// The first free time of a product, before and after.
#[derive(Clone, Debug)]
pub struct WhatIfRow {
    /// The product.
    pub product: String,
    /// The moments: "24 nov, 8.30 uur".
    pub moments: [Option<String>; 2],
    /// How many working days ahead.
    pub ahead: [Option<u32>; 2],
}

impl WhatIfProblem {
    /// The id of the input.
    pub fn input(self) -> &'static str {
        match self {
            WhatIfProblem::Desk => "balie",
            WhatIfProblem::Date => "datum",
            WhatIfProblem::From => "van",
            WhatIfProblem::To => "tot",
            WhatIfProblem::Weeks => "weken",
            WhatIfProblem::Product => "products",
        }
    }

    /// The key of the sentence that says it.
    pub fn key(self) -> &'static str {
        match self {
            WhatIfProblem::Desk => "staff-what-if-problem-desk",
            WhatIfProblem::Date => "staff-what-if-problem-date",
            WhatIfProblem::From => "staff-what-if-problem-from",
            WhatIfProblem::To => "staff-what-if-problem-to",
            WhatIfProblem::Weeks => "staff-what-if-problem-weeks",
            WhatIfProblem::Product => "staff-what-if-problem-product",
        }
    }
}

impl WhatIfRow {
    /// "2 werkdagen eerder", "1 werkdag later", "gelijk", "eerder op de dag".
    pub fn change(&self, words: &Words) -> String {
        let [before, after] = self.ahead;
        match (before, after) {
            (Some(before), Some(after)) if after < before => {
                words.count("staff-what-if-sooner", i64::from(before - after))
            }
            (Some(before), Some(after)) if after > before => {
                words.count("staff-what-if-later", i64::from(after - before))
            }
            (None, Some(_)) => words.say("staff-what-if-free-now"),
            (Some(_), None) => words.say("staff-what-if-free-no-more"),
            _ if self.moments[0] == self.moments[1] => words.say("staff-what-if-same"),
            _ => words.say("staff-what-if-other-time"),
        }
    }

    /// "24 nov, 8.30 uur (3 werkdagen)".
    pub fn moment(&self, words: &Words, which: usize) -> String {
        match (&self.moments[which], self.ahead[which]) {
            (Some(moment), Some(ahead)) => {
                let ahead = words.count("staff-figures-working-days", i64::from(ahead));
                format!("{moment} ({ahead})")
            }
            _ => words.say("staff-figures-free-none"),
        }
    }
}

impl WhatIf {
    /// The sentence about what is wrong with an input, if anything is.
    pub fn problem(&self, input: &str) -> Option<String> {
        let found = self.problems.iter().find(|problem| problem.input() == input)?;
        Some(self.frame.words.say(found.key()))
    }

    /// "60 uur", of minutes.
    pub fn hours(&self, minutes: &u64) -> String {
        let hours = i64::try_from(minutes.div_ceil(60)).unwrap_or(i64::MAX);
        self.frame.words.count("staff-what-if-hours", hours)
    }

    /// How many appointments would not be possible, in a sentence.
    pub fn unfit_said(&self, unfit: &usize) -> String {
        self.frame.words.count("staff-what-if-unfit", i64::try_from(*unfit).unwrap_or(i64::MAX))
    }

    /// Invented states: the form, an answer, everything wrong.
    pub fn samples(lang: Lang) -> Vec<(&'static str, WhatIf)> {
        let words = Words::new(lang);
        let weekdays = [jiff::civil::Weekday::Monday, jiff::civil::Weekday::Thursday];
        let weekday = |day: jiff::civil::Weekday| {
            let nr = day.to_monday_one_offset().to_string();
            Choice::new(&nr, &words.weekday(day))
        };
        let empty = WhatIf {
            frame: StaffFrame::sample(lang, "/werk/balie/wat-als", Section::Counter),
            closes: false,
            desks: vec![Choice::new("1", "Balie 1"), Choice::new("2", "Balie 2")],
            weekdays: weekdays.map(weekday).to_vec(),
            products: vec![
                Choice::new("paspoort", "Paspoort of identiteitskaart aanvragen"),
                Choice::new("rijbewijs", "Rijbewijs aanvragen of verlengen"),
            ],
            typed: [String::new(), "16:00".into(), "19:00".into(), "4".into()],
            problems: Vec::new(),
            found: None,
        };
        let row = |product: &str, ahead: [Option<u32>; 2]| WhatIfRow {
            product: product.into(),
            moments: ahead.map(|ahead| ahead.map(|days| format!("2{days} nov, 8.30 uur"))),
            ahead,
        };
        let mut some = empty.clone();
        some.found = Some(WhatIfFound {
            said: "Een balie erbij op 4 dagen, van 16.00 uur tot 19.00 uur.".into(),
            rows: vec![
                row("Paspoort of identiteitskaart aanvragen", [Some(6), Some(3)]),
                row("Rijbewijs aanvragen of verlengen", [None, Some(4)]),
                row("Uittreksel aanvragen", [Some(2), Some(2)]),
            ],
            in_use: [Part { part: 3600, whole: 9000 }, Part { part: 3600, whole: 9720 }],
            until: "24 december 2026".into(),
            unfit: 2,
        });
        let mut wrong = empty.clone();
        wrong.closes = true;
        wrong.typed = ["gisteren".into(), "19:00".into(), "16:00".into(), "99".into()];
        wrong.problems = vec![
            WhatIfProblem::Desk,
            WhatIfProblem::Date,
            WhatIfProblem::From,
            WhatIfProblem::To,
            WhatIfProblem::Weeks,
            WhatIfProblem::Product,
        ];
        vec![("empty", empty), ("some", some), ("wrong", wrong)]
    }
}
