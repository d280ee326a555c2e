//! A week of the counter by desk: what is free, taken and closed. Everything is a link; nothing is
//! posted. Input, in the address: week (any of its days, ISO).

use askama::Template;
use words::Lang;

use super::{Section, StaffFrame};

/// The week.
#[derive(Clone, Debug, Template)]
#[template(path = "planning.html")]
pub struct Planning {
    /// What every page shares.
    pub frame: StaffFrame,
    /// "week van maandag 23 november 2026".
    pub week: String,
    /// The Mondays (ISO) of this week, the one before and the one after.
    pub mondays: [String; 3],
    /// Whether today is in it.
    pub is_now: bool,
    /// The days.
    pub days: Vec<PlanDay>,
    /// The desks.
    pub desks: Vec<PlanDesk>,
}

/// A day of the week.
#[derive(Clone, Debug)]
pub struct PlanDay {
    /// "maandag 23 november".
    pub name: String,
    /// The day (ISO).
    pub day: String,
    /// Whether it is today.
    pub is_today: bool,
}

/// The week of a desk.
#[derive(Clone, Debug)]
pub struct PlanDesk {
    /// Its name.
    pub name: String,
    /// Whether only employees can book it.
    pub is_inside: bool,
    /// What there is on each of the days.
    pub days: Vec<Vec<PlanTime>>,
}

/// A stretch of a desk's day.
#[derive(Clone, Debug)]
pub struct PlanTime {
    /// "8.30 – 9.10".
    pub span: String,
    /// What it is.
    pub what: PlanWhat,
    /// Where it leads; nothing for what is over.
    pub href: Option<String>,
}

/// What a stretch of a desk's day is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanWhat {
    /// Free.
    Free,
    /// Closed.
    Closed,
    /// Taken, for this; the resident may have to be called about it.
    Taken(String, bool),
}

impl PlanTime {
    /// The name of what it is, for its colour.
    pub fn style(&self) -> &'static str {
        match &self.what {
            PlanWhat::Free => "free",
            PlanWhat::Closed => "closed",
            PlanWhat::Taken(_, false) => "taken",
            PlanWhat::Taken(_, true) => "unfit",
        }
    }
}

impl Planning {
    /// The page of a week.
    pub fn week_href(&self, monday: &str) -> String {
        self.frame.href(&format!("/werk/balie/planning?week={monday}"))
    }

    /// The list of a day.
    pub fn day_href(&self, day: &str) -> String {
        self.frame.href(&format!("/werk/balie?dag={day}"))
    }

    /// Invented states: a week, and one without desks.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Planning)> {
        let time = |span: &str, what: PlanWhat, href: &str| PlanTime {
            span: span.into(),
            what,
            href: Some(href.to_owned()).filter(|it| !it.is_empty()),
        };
        let taken = |to_call| PlanWhat::Taken("Rijbewijs aanvragen of verlengen".into(), to_call);
        let day = |name: &str, day: &str, is_today| PlanDay {
            name: name.into(),
            day: day.into(),
            is_today,
        };
        let book = "/werk/balie/afspraak?dag=2026-11-24&balie=1";
        let busy = vec![
            time("8.30 – 9.10", PlanWhat::Free, book),
            time("9.10 – 9.20", taken(false), "/werk/contacten/2026-000123"),
            time("9.20 – 10.00", PlanWhat::Closed, "/werk/balie/sluitingen"),
            time("10.00 – 10.10", taken(true), "/werk/contacten/2026-000124"),
            time("10.10 – 12.30", PlanWhat::Free, book),
        ];
        let over = vec![time("8.30 – 12.30", PlanWhat::Free, "")];
        let week = Planning {
            frame: StaffFrame::sample(lang, "/werk/balie/planning", Section::Counter),
            week: "maandag 23 november 2026".into(),
            mondays: ["2026-11-23".into(), "2026-11-16".into(), "2026-11-30".into()],
            is_now: true,
            days: vec![
                day("maandag 23 nov", "2026-11-23", false),
                day("dinsdag 24 nov", "2026-11-24", true),
                day("woensdag 25 nov", "2026-11-25", false),
            ],
            desks: vec![
                PlanDesk {
                    name: "Balie 1".into(),
                    is_inside: false,
                    days: vec![over.clone(), busy.clone(), Vec::new()],
                },
                PlanDesk {
                    name: "Balie 3".into(),
                    is_inside: true,
                    days: vec![over, busy.clone(), busy],
                },
            ],
        };
        let mut none = week.clone();
        none.is_now = false;
        none.desks.clear();
        vec![("week", week), ("no-desks", none)]
    }
}
