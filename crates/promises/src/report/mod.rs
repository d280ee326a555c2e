//! What became of promises, counted: by norm, channel, department and month, with the causes of
//! what was broken and the times that residents waited.
//!
//! A report is a sum: the reports of two months make the report of both, in any order.

mod asks;
mod cause;
mod recount;
mod survival;

use std::collections::BTreeMap;

use jiff::civil::Date;
use norms::{Channel, Duty};

pub use asks::{Ask, Waits, asks};
pub use cause::{Cause, Happened};
pub use recount::{Recount, Told};
pub use survival::{Point, Survival};

use crate::Verdict;

/// What promises have in common that are counted together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// The norm.
    pub norm: String,
    /// What was owed: a date that was told is counted apart from what the norm itself promises.
    pub duty: Duty,
    /// The generation of the norms, by name.
    pub generation: String,
    /// The first day of the month in which the deadline lies; without one, of that in which the
    /// promise was made.
    pub month: Date,
    /// How the contact came in.
    pub channel: Channel,
    /// The team that has the contact now.
    pub department: Option<i64>,
}

impl Cell {
    /// Whether it is about dates that were told.
    #[must_use]
    pub fn is_date(&self) -> bool {
        self.duty == Duty::KEEP_DATE
    }
}

/// How many promises, by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Done in time.
    pub kept: u64,
    /// Not done in time, also when done later.
    pub broken: u64,
    /// Still owed and in time.
    pub open: u64,
    /// Those of the open ones that are only kept when somebody acts now: as on the work list.
    pub at_risk: u64,
    /// Not owed after all.
    pub not_applicable: u64,
    /// Done, under a norm without a limit.
    pub measured: u64,
    /// The broken ones by [`Cause`], in the order of [`Cause::ALL`].
    pub causes: [u64; Cause::ALL.len()],
}

impl Counts {
    /// Counts one more.
    pub fn add(&mut self, verdict: Verdict, cause: Option<Cause>) {
        match verdict {
            Verdict::Kept => self.kept += 1,
            Verdict::Broken => self.broken += 1,
            Verdict::Open => self.open += 1,
            Verdict::AtRisk => {
                self.open += 1;
                self.at_risk += 1;
            }
            Verdict::Measured => self.measured += 1,
            Verdict::NotApplicable => self.not_applicable += 1,
        }
        if let Some(cause) = cause {
            self.causes[cause.place()] += 1;
        }
    }

    /// All of both.
    #[must_use]
    pub fn plus(mut self, other: &Counts) -> Counts {
        self.kept += other.kept;
        self.broken += other.broken;
        self.open += other.open;
        self.at_risk += other.at_risk;
        self.not_applicable += other.not_applicable;
        self.measured += other.measured;
        for (count, more) in self.causes.iter_mut().zip(other.causes) {
            *count += more;
        }
        self
    }

    /// All promises.
    #[must_use]
    pub fn all(&self) -> u64 {
        self.kept + self.broken + self.open + self.not_applicable + self.measured
    }

    /// The share that was kept of what has a verdict, in thousandths, rounded down: all is all.
    #[must_use]
    pub fn per_mille(&self) -> Option<u64> {
        (self.kept * 1000).checked_div(self.kept + self.broken)
    }
}

/// By what promises are told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// By norm; dates that were told apart from it.
    #[default]
    Norm,
    /// By the channel of the contact.
    Channel,
    /// By the team that has the contact.
    Department,
    /// By the month of the deadline.
    Month,
}

impl View {
    /// All of them.
    pub const ALL: [View; 4] = [View::Norm, View::Channel, View::Department, View::Month];

    /// The stable word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            View::Norm => "norm",
            View::Channel => "channel",
            View::Department => "department",
            View::Month => "month",
        }
    }

    /// The one with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<View> {
        View::ALL.into_iter().find(|view| view.word() == word)
    }

    /// What of a cell this view looks at.
    #[must_use]
    pub fn of(self, cell: &Cell) -> Group {
        match self {
            View::Norm => Group::Norm(cell.norm.clone(), cell.is_date()),
            View::Channel => Group::Channel(cell.channel),
            View::Department => Group::Department(cell.department),
            View::Month => Group::Month(cell.month),
        }
    }
}

/// One row of a view.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// A norm; or the dates that were told under it.
    Norm(String, bool),
    /// A channel.
    Channel(Channel),
    /// A team; or none.
    Department(Option<i64>),
    /// A month, by its first day.
    Month(Date),
}

/// What became of the promises of a period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The counts, by everything they can be told apart by.
    pub cells: BTreeMap<Cell, Counts>,
    /// How long those waited who wrote in the period.
    pub waits: Waits,
}

impl Report {
    /// Counts one promise.
    pub fn add(&mut self, cell: Cell, verdict: Verdict, cause: Option<Cause>) {
        self.cells.entry(cell).or_default().add(verdict, cause);
    }

    /// Adds all of another report, of another period.
    pub fn merge(&mut self, other: &Report) {
        for (cell, counts) in &other.cells {
            let sum = self.cells.entry(cell.clone()).or_default();
            *sum = sum.plus(counts);
        }
        self.waits.merge(&other.waits);
    }

    /// The counts of each row of a view.
    #[must_use]
    pub fn by(&self, view: View) -> BTreeMap<Group, Counts> {
        self.sums(|cell| view.of(cell))
    }

    /// The counts of all cells that have the same key.
    #[must_use]
    pub fn sums<K: Ord>(&self, key: impl Fn(&Cell) -> K) -> BTreeMap<K, Counts> {
        let mut groups: BTreeMap<K, Counts> = BTreeMap::new();
        for (cell, counts) in &self.cells {
            let sum = groups.entry(key(cell)).or_default();
            *sum = sum.plus(counts);
        }
        groups
    }

    /// All promises together.
    #[must_use]
    pub fn total(&self) -> Counts {
        self.cells.values().fold(Counts::default(), Counts::plus)
    }

    /// The dates that were told together.
    #[must_use]
    pub fn dates(&self) -> Counts {
        let dates = self.cells.iter().filter(|(cell, _)| cell.is_date());
        dates.fold(Counts::default(), |sum, (_, counts)| sum.plus(counts))
    }
}
