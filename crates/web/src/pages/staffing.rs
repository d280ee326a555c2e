//! How many people the telephone takes, by half hour. Inputs, in the address: van, tot (ISO days),
//! mensen (how many answer now), weg (the part of their time that goes elsewhere, in percents).

use askama::Template;
use words::Lang;

use super::{Section, StaffFrame};

/// The week in half hours, with the people each takes.
#[derive(Clone, Debug, Template)]
#[template(path = "staffing.html")]
pub struct Staffing {
    /// What every page shares.
    pub frame: StaffFrame,
    /// The first and the last day, as typed.
    pub days: [String; 2],
    /// What is wrong with each of them.
    pub problems: [Option<String>; 2],
    /// How many answer now, as typed, and what is wrong with it.
    pub people: (String, Option<String>),
    /// The part of their time that goes elsewhere, as typed, and what is wrong with it.
    pub elsewhere: (String, Option<String>),
    /// "1 november 2026 t/m 30 november 2026".
    pub period: String,
    /// What is aimed at: "80 % binnen 60 seconden".
    pub goal: String,
    /// Where more people do the most: "Twee mensen meer op maandag van 9.00 tot 11.00 uur …".
    pub advice: Option<String>,
    /// The half hours, by day of the week.
    pub weekdays: Vec<(String, Vec<HalfHour>)>,
    /// Calls that came when the telephone was not answered.
    pub outside: i64,
}

/// A half hour of the week.
#[derive(Clone, Debug)]
pub struct HalfHour {
    /// When it begins: "8.30 uur".
    pub from: String,
    /// How many calls come in it: "4,5".
    pub calls: String,
    /// How long a call takes.
    pub handling: Option<String>,
    /// How many people it takes to answer them.
    pub needed: Option<u32>,
    /// How many that is in the roster.
    pub rostered: Option<u32>,
    /// How long callers wait on average with those who answer now; nothing when the queue only
    /// grows, or nobody calls.
    pub wait: Option<String>,
    /// Whether fewer answer than it takes.
    pub is_short: bool,
}

impl HalfHour {
    /// What stands in a row, but for the wait: the key of the column, and what is in it.
    fn cells(&self) -> [(&'static str, String); 4] {
        let count = |count: Option<u32>| count.map_or_else(|| "–".into(), |it| it.to_string());
        [
            ("staff-staffing-calls", self.calls.clone()),
            ("staff-phone-spoken", self.handling.clone().unwrap_or_else(|| "–".into())),
            ("staff-staffing-needed", count(self.needed)),
            ("staff-staffing-rostered", count(self.rostered)),
        ]
    }
}

impl Staffing {
    /// The keys of the columns.
    fn columns(&self) -> [&'static str; 6] {
        [
            "staff-staffing-from",
            "staff-staffing-calls",
            "staff-phone-spoken",
            "staff-staffing-needed",
            "staff-staffing-rostered",
            "staff-staffing-wait",
        ]
    }

    /// Invented states: a morning, nothing yet, wrong.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Staffing)> {
        let half_hour = |from: &str, needed: u32| HalfHour {
            from: from.into(),
            calls: "4,5".into(),
            handling: Some("4 minuten".into()),
            needed: Some(needed),
            rostered: Some(needed + 1),
            wait: (needed < 3).then(|| "25 seconden".into()),
            is_short: needed > 2,
        };
        let some = Staffing {
            frame: StaffFrame::sample(lang, "/werk/telefoon/bezetting", Section::Calls),
            days: ["2026-09-01".into(), "2026-11-30".into()],
            problems: [None, None],
            people: ("2".into(), None),
            elsewhere: ("25".into(), None),
            period: "1 september 2026 t/m 30 november 2026".into(),
            goal: "80 % binnen 1 minuut".into(),
            advice: Some("Met 2 mensen meer op maandag van 9.00 tot 11.00 uur …".into()),
            weekdays: vec![(
                "maandag".into(),
                vec![half_hour("8.30 uur", 2), half_hour("9.00 uur", 3)],
            )],
            outside: 3,
        };
        let mut none = some.clone();
        (none.weekdays, none.advice, none.outside) = (Vec::new(), None, 0);
        let mut wrong = some.clone();
        wrong.people = ("veel".into(), Some("Vul een getal in.".into()));
        vec![("some", some), ("none", none), ("wrong", wrong)]
    }
}
