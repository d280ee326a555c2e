//! The published norms, and beside each how well it was kept.

use askama::Template;
use words::{Lang, Words};

use super::Frame;

/// The page of norms and results.
#[derive(Clone, Debug, Template)]
#[template(path = "norms_page.html")]
pub struct NormsPage {
    /// What every page shares.
    pub frame: Frame,
    /// The last whole month: "oktober 2026".
    pub month: String,
    /// The last twelve whole months: "november 2025 t/m oktober 2026".
    pub year: String,
    /// When the numbers were counted: "23 nov, 8.30 uur".
    pub counted: String,
    /// All promises of the last whole month, dates that were told included.
    pub total: Score,
    /// Whether the norms changed within the year, so that results stand apart.
    pub is_split: bool,
    /// The norms by group, in the order of the page.
    pub sections: Vec<NormSection>,
}

/// The norms of one group.
#[derive(Clone, Debug)]
pub struct NormSection {
    /// Which group.
    pub group: Group,
    /// Its norms.
    pub norms: Vec<NormRow>,
    /// What is measured for all of them together, name and value: "Op tijd aan de beurt, oktober
    /// 2026", "96 % binnen 15 minuten".
    pub figures: Vec<(String, String)>,
}

/// The groups of the municipal page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Group {
    Website,
    Telephone,
    Message,
    Social,
    Counter,
    Post,
    Report,
    Complaint,
    Invoice,
    Improve,
}

/// One norm.
#[derive(Clone, Debug)]
pub struct NormRow {
    /// Its id in the norm file: "message.contact".
    pub id: String,
    /// The exact Dutch sentence.
    pub sentence: String,
    /// The sentence in the reader's language, when that is not Dutch.
    pub translation: Option<String>,
    /// When it holds or held, where the norms changed: "Norm vanaf 1 juli 2026".
    pub held: Option<String>,
    /// What was counted; nothing for a norm that is not counted in promises.
    pub results: Option<Results>,
    /// Other measured facts, name and value: "gemiddelde wachttijd", "48 seconden".
    pub measured: Vec<(String, String)>,
    /// What is aimed at for all contacts of a period together.
    pub targets: Vec<TargetRow>,
    /// The same norm as it was before, the latest first, each with its own results.
    pub earlier: Vec<NormRow>,
}

/// One target of a norm.
#[derive(Clone, Debug)]
pub struct TargetRow {
    /// What is aimed at: "80 % binnen 4 werkdagen, per jaar".
    pub aim: String,
    /// What was reached, and in which period: "oktober 2026: 84 %".
    pub reached: Option<String>,
    /// Whether that is what was aimed at; unknown while there is nothing to judge.
    pub is_met: Option<bool>,
}

/// The counts of one norm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Results {
    /// The last whole month.
    pub month: Score,
    /// The last twelve whole months.
    pub year: Score,
}

/// Promises counted by how they ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Kept in time.
    pub kept: u64,
    /// Not kept, or kept too late.
    pub broken: u64,
    /// Not due yet.
    pub open: u64,
}

impl NormsPage {
    /// The total of last month in a sentence.
    pub fn total_sentence(&self) -> String {
        self.total.sentence(&self.month, &self.frame.words)
    }

    /// Where it stands how a norm is counted.
    pub fn counting(&self, norm: &NormRow) -> String {
        format!("{}#{}", self.frame.href("/normen/zo-tellen-wij"), norm.id)
    }

    /// The names of the two periods.
    pub fn periods(&self) -> [&str; 2] {
        [&self.month, &self.year]
    }
}

impl Results {
    /// The counts with the names of their periods.
    pub fn periods<'a>(&self, [month, year]: &[&'a str; 2]) -> [(&'a str, Score); 2] {
        [(month, self.month), (year, self.year)]
    }
}

impl NormRow {
    /// Whether it says something else than the norm that stands in its place now.
    pub fn differs(&self, now: &NormRow) -> bool {
        self.sentence != now.sentence
    }

    /// Whether any promise of it was counted.
    pub fn is_counted(&self) -> bool {
        self.results.is_some_and(|results| results != Results::default())
    }

    /// Whether it says anything that the norm that stands in its place now does not.
    pub fn says_more(&self, now: &NormRow) -> bool {
        let counted = self.results.is_some_and(|results| results != Results::default());
        counted || !self.measured.is_empty() || self.results.is_some() && self.differs(now)
    }
}

impl TargetRow {
    /// The verdict in words.
    pub fn verdict(&self, words: &Words) -> String {
        words.say(match self.is_met {
            Some(true) => "norms-target-met",
            Some(false) => "norms-target-missed",
            None => "norms-target-unknown",
        })
    }

    /// The name of the verdict for its colour.
    pub fn mark(&self) -> &'static str {
        match self.is_met {
            Some(true) => "met",
            Some(false) => "missed",
            None => "unknown",
        }
    }
}

impl Score {
    /// Both together.
    pub fn plus(self, other: Score) -> Score {
        Score {
            kept: self.kept + other.kept,
            broken: self.broken + other.broken,
            open: self.open + other.open,
        }
    }

    /// Whether anything has a verdict yet.
    pub fn measured(&self) -> bool {
        self.kept + self.broken > 0
    }

    /// Kept per mille of what has a verdict, rounded down: one broken promise is never "100 %".
    pub fn per_mille(&self) -> u64 {
        (self.kept * 1000).checked_div(self.kept + self.broken).unwrap_or(0)
    }

    /// "98,5 %" or "98.5%".
    pub fn percentage(&self, words: &Words) -> String {
        percentage(self.per_mille(), words)
    }

    /// "In oktober 2026 kwamen wij 412 van de 418 beloften na."
    pub fn sentence(&self, month: &str, words: &Words) -> String {
        let whole = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        words.say_with(
            "norms-kept-sentence",
            &[
                ("month", month.into()),
                ("kept", whole(self.kept).into()),
                ("all", whole(self.kept + self.broken).into()),
            ],
        )
    }

    /// The width of the kept part of a bar of 1000.
    pub fn bar(&self) -> u64 {
        self.per_mille()
    }
}

/// Thousandths as a percentage: "98,5 %" or "98.5%".
pub(crate) fn percentage(per_mille: u64, words: &Words) -> String {
    let (whole, tenth) = (per_mille / 10, per_mille % 10);
    match (words.lang(), tenth) {
        (Lang::En, 0) => format!("{whole}%"),
        (Lang::En, tenth) => format!("{whole}.{tenth}%"),
        (_, 0) => format!("{whole}\u{a0}%"),
        (_, tenth) => format!("{whole},{tenth}\u{a0}%"),
    }
}

impl Group {
    /// All groups, in the order of the municipal page.
    pub const ALL: [Group; 10] = [
        Group::Website,
        Group::Telephone,
        Group::Message,
        Group::Social,
        Group::Counter,
        Group::Post,
        Group::Report,
        Group::Complaint,
        Group::Invoice,
        Group::Improve,
    ];

    /// The name in a link to the section, and the first part of the ids of its norms.
    pub fn code(self) -> &'static str {
        match self {
            Group::Website => "website",
            Group::Telephone => "phone",
            Group::Message => "message",
            Group::Social => "social",
            Group::Counter => "counter",
            Group::Post => "post",
            Group::Report => "report",
            Group::Complaint => "complaint",
            Group::Invoice => "invoice",
            Group::Improve => "improve",
        }
    }

    /// The group of a norm by its id: "phone.hours" is of the telephone.
    pub fn of_norm(id: &str) -> Option<Group> {
        let first = id.split('.').next()?;
        Group::ALL.into_iter().find(|group| group.code() == first)
    }

    /// The key of its heading.
    pub fn key(self) -> &'static str {
        match self {
            Group::Website => "norms-group-website",
            Group::Telephone => "norms-group-phone",
            Group::Message => "norms-group-message",
            Group::Social => "norms-group-social",
            Group::Counter => "norms-group-counter",
            Group::Post => "norms-group-post",
            Group::Report => "norms-group-report",
            Group::Complaint => "norms-group-complaint",
            Group::Invoice => "norms-group-invoice",
            Group::Improve => "norms-group-improve",
        }
    }
}
