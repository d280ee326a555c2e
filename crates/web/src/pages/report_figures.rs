//! How well promises were kept over a period: the page, the promises behind a number, and the
//! report of a year, made to be printed. Inputs, in the address: van, tot (ISO days), per (norm,
//! channel, department, month), and for the list rij (a row), getal (a number), na (behind which).

use askama::Template;
use desk::Number;
use promises::report::{Cause, Counts, View};
use words::{Lang, Words};

use super::counter_figures::Part;
use super::{Section, StaffFrame};

/// The figures of a period.
#[derive(Clone, Debug, Template)]
#[template(path = "report_figures.html")]
pub struct ReportFigures {
    /// What every page shares.
    pub frame: StaffFrame,
    /// The first and the last day, as typed.
    pub days: [String; 2],
    /// What is wrong with each of them.
    pub problems: [Option<String>; 2],
    /// The figures.
    pub figures: PeriodFigures,
    /// The last year that is over.
    pub year: String,
}

/// The report of a year.
#[derive(Clone, Debug, Template)]
#[template(path = "annual_report.html")]
pub struct AnnualReport {
    /// What every page shares.
    pub frame: StaffFrame,
    /// The year.
    pub year: String,
    /// Until when it was counted, where the year is not over: "28 november 2026".
    pub until: Option<String>,
    /// When it was made: "28 november 2026".
    pub made: String,
    /// The figures.
    pub figures: PeriodFigures,
    /// The norms with their own sentences, as they hold at its end.
    pub sentences: Vec<Sentence>,
}

/// A norm in a report of a year.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Its id.
    pub id: String,
    /// The exact Dutch sentence.
    pub sentence: String,
    /// What became of its promises.
    pub counts: Counts,
}

/// What became of the promises of a period.
#[derive(Clone, Debug)]
pub struct PeriodFigures {
    /// "1 november 2026 t/m 30 november 2026".
    pub period: String,
    /// The first and the last day, as in an address.
    pub days: [String; 2],
    /// By what they are told apart.
    pub view: View,
    /// All together.
    pub total: Counts,
    /// A row for each thing they are told apart by.
    pub rows: Vec<FigureLine>,
    /// A row for each month.
    pub months: Vec<FigureLine>,
    /// The months as a picture; empty without any.
    pub months_picture: String,
    /// How long residents waited.
    pub waits: Vec<WaitLine>,
    /// The same as a picture; empty when nobody was helped.
    pub waits_picture: String,
    /// Why promises were broken: the cause, and how many.
    pub causes: Vec<(Cause, u64)>,
    /// Dates that were told.
    pub dates: Counts,
}

/// A row of counts.
#[derive(Clone, Debug)]
pub struct FigureLine {
    /// What it is of, for people.
    pub name: String,
    /// More about it: the sentence of a norm.
    pub about: String,
    /// The same in an address.
    pub code: String,
    /// The counts.
    pub counts: Counts,
}

/// How long residents waited for one thing.
#[derive(Clone, Debug)]
pub struct WaitLine {
    /// The key of its name.
    pub key: &'static str,
    /// Who has it, and who still waits.
    pub counts: [u64; 2],
    /// The time within which half, 80, 90 and 95 of a hundred had it; nothing where too many wait.
    pub within: [Option<String>; 4],
}

/// The promises behind a number.
#[derive(Clone, Debug, Template)]
#[template(path = "report_items.html")]
pub struct ReportItems {
    /// What every page shares.
    pub frame: StaffFrame,
    /// Which number: "Niet nagekomen".
    pub number: String,
    /// Of which row and period.
    pub about: String,
    /// Back to the figures.
    pub back: String,
    /// The promises.
    pub items: Vec<ReportItem>,
    /// The next page, when there is one.
    pub more: Option<String>,
}

/// One promise.
#[derive(Clone, Debug)]
pub struct ReportItem {
    /// The number of the contact.
    pub number: String,
    /// Its subject.
    pub subject: String,
    /// The norm, and that it is a date that was told.
    pub promise: String,
    /// The day that counts.
    pub day: String,
    /// What became of it.
    pub verdict: String,
}

impl PeriodFigures {
    /// The numbers of a row, each with the key of its column.
    pub fn numbers(&self, counts: &Counts) -> [(Number, &'static str, u64); 5] {
        [
            (Number::Kept, "staff-report-kept", counts.kept),
            (Number::Broken, "staff-report-broken", counts.broken),
            (Number::Open, "staff-report-open", counts.open),
            (Number::AtRisk, "staff-report-at-risk", counts.at_risk),
            (Number::NotApplicable, "staff-report-not-applicable", counts.not_applicable),
        ]
    }

    /// The share that was kept.
    pub fn share(&self, counts: &Counts) -> Part {
        Part { part: counts.kept, whole: counts.kept + counts.broken }
    }

    /// What was done under norms without a limit: "3 gedaan, zonder termijn".
    pub fn measured(&self, words: &Words, counts: &Counts) -> Option<String> {
        let count = i64::try_from(counts.measured).ok().filter(|count| *count > 0)?;
        Some(words.count("staff-report-measured", count))
    }

    /// Where the promises behind a number are listed.
    pub fn list(&self, view: &View, code: &str, number: &Number) -> String {
        let [from, to] = &self.days;
        let (view, number) = (view.word(), number.word());
        let row = super::query_value(code);
        format!("/werk/cijfers/lijst?van={from}&tot={to}&per={view}&rij={row}&getal={number}")
    }

    /// Where the promises that were broken for a cause are listed.
    pub fn cause_list(&self, cause: &Cause) -> String {
        self.list(&self.view, "", &Number::Cause(*cause))
    }

    /// The key of the heading of a view.
    pub fn view_key(view: &View) -> &'static str {
        match view {
            View::Norm => "staff-report-by-norm",
            View::Channel => "staff-report-by-channel",
            View::Department => "staff-report-by-department",
            View::Month => "staff-report-by-month",
        }
    }

    /// The key of the name of a cause.
    pub fn cause_key(cause: &Cause) -> &'static str {
        match cause {
            Cause::DateMoved => "staff-cause-date-moved",
            Cause::DatePassed => "staff-cause-date-passed",
            Cause::KnownTooLate => "staff-cause-known-too-late",
            Cause::TooEarly => "staff-cause-too-early",
            Cause::NotDelivered => "staff-cause-not-delivered",
            Cause::ConfirmedLate => "staff-cause-confirmed-late",
            Cause::JustLate => "staff-cause-just-late",
            Cause::Untouched => "staff-cause-untouched",
            Cause::LeftWithTeam => "staff-cause-left-with-team",
            Cause::NotFinished => "staff-cause-not-finished",
            Cause::LetGo => "staff-cause-let-go",
        }
    }

    fn sample() -> PeriodFigures {
        let counts = |kept, broken, open| Counts {
            kept,
            broken,
            open,
            at_risk: open / 3,
            not_applicable: 4,
            ..Counts::default()
        };
        let line = |name: &str, about: &str, counts| FigureLine {
            name: name.into(),
            about: about.into(),
            code: name.into(),
            counts,
        };
        let months = [("okt", counts(410, 8, 0)), ("nov", counts(230, 12, 41))];
        let month = |(name, it): &(&str, Counts)| ((*name).to_owned(), *it);
        let months_picture = crate::chart::months(
            &months.iter().map(month).collect::<Vec<_>>(),
            ["nagekomen", "niet", "open"],
            "okt, nov",
        );
        let wait = |key, counts| WaitLine {
            key,
            counts,
            within: [
                Some("35 minuten".into()),
                Some("26 uur".into()),
                Some("3 dagen".into()),
                None,
            ],
        };
        PeriodFigures {
            period: "1 oktober 2026 t/m 30 november 2026".into(),
            days: ["2026-10-01".into(), "2026-11-30".into()],
            view: View::Norm,
            total: counts(640, 20, 41),
            rows: vec![
                line(
                    "message.contact",
                    "Wij nemen binnen 2 werkdagen contact op.",
                    counts(310, 14, 30),
                ),
                line("message.acknowledge", "U krijgt een bevestiging.", counts(330, 6, 11)),
            ],
            months: months.iter().map(|(name, it)| line(name, "", *it)).collect(),
            months_picture,
            waits: vec![
                wait("staff-report-wait-acknowledgement", [650, 0]),
                wait("staff-report-wait-contact", [520, 31]),
                wait("staff-report-wait-answer", [480, 71]),
            ],
            waits_picture: String::new(),
            causes: vec![(Cause::Untouched, 9), (Cause::JustLate, 6)],
            dates: counts(60, 3, 5),
        }
    }

    fn empty() -> PeriodFigures {
        PeriodFigures {
            total: Counts::default(),
            rows: Vec::new(),
            months: Vec::new(),
            months_picture: String::new(),
            waits: Vec::new(),
            causes: Vec::new(),
            dates: Counts::default(),
            ..PeriodFigures::sample()
        }
    }
}

impl ReportFigures {
    /// Where the report of the last year that is over is.
    pub fn annual(&self) -> String {
        self.frame.href(&format!("/werk/cijfers/jaar/{}", self.year))
    }

    /// The page, or a file of the same, of this period by this view.
    pub fn at(&self, path: &str, view: &View) -> String {
        let [from, to] = &self.figures.days;
        self.frame.href(&format!("{path}?van={from}&tot={to}&per={}", view.word()))
    }

    /// Invented states: with everything, with nothing, with a wrong period.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ReportFigures)> {
        let full = ReportFigures {
            frame: StaffFrame::sample(lang, "/werk/cijfers", Section::House),
            days: ["2026-10-01".into(), "2026-11-30".into()],
            problems: [None, None],
            figures: PeriodFigures::sample(),
            year: "2025".into(),
        };
        let empty = ReportFigures { figures: PeriodFigures::empty(), ..full.clone() };
        let mut wrong = empty.clone();
        wrong.days = ["gisteren".into(), "2026-11-30".into()];
        wrong.problems = [Some(full.frame.words.say("staff-figures-problem-day")), None];
        vec![("full", full), ("empty", empty), ("wrong", wrong)]
    }
}

impl AnnualReport {
    /// Invented states: a year that is over, and one that is not.
    pub fn samples(lang: Lang) -> Vec<(&'static str, AnnualReport)> {
        let figures = PeriodFigures::sample();
        let over = AnnualReport {
            frame: StaffFrame::sample(lang, "/werk/cijfers/jaar/2026", Section::House),
            year: "2026".into(),
            until: None,
            made: "4 januari 2027".into(),
            sentences: vec![Sentence {
                id: "message.contact".into(),
                sentence: "Wij nemen binnen 2 werkdagen contact met u op.".into(),
                counts: figures.total,
            }],
            figures,
        };
        let running = AnnualReport { until: Some("28 november 2026".into()), ..over.clone() };
        vec![("over", over), ("running", running)]
    }
}

impl ReportItems {
    /// Invented states: a page of many, and nothing.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ReportItems)> {
        let full = ReportItems {
            frame: StaffFrame::sample(lang, "/werk/cijfers/lijst", Section::House),
            number: "Niet nagekomen".into(),
            about: "message.contact, 1 november 2026 t/m 30 november 2026".into(),
            back: "/werk/cijfers?van=2026-11-01&tot=2026-11-30&per=norm".into(),
            items: vec![ReportItem {
                number: "2026-000042".into(),
                subject: "Lamp kapot in de Voorstraat".into(),
                promise: "message.contact".into(),
                day: "24 november 2026".into(),
                verdict: "Niet nagekomen: niemand keek ernaar".into(),
            }],
            more: Some("/werk/cijfers/lijst?na=2026-11-24_42_2".into()),
        };
        let empty = ReportItems { items: Vec::new(), more: None, ..full.clone() };
        vec![("full", full), ("empty", empty)]
    }
}
