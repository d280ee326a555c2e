//! What is expected of the next weeks beside the hours of staff. Inputs, in the address: team (a
//! key; of everybody, without).

use askama::Template;
use words::{Lang, Words};

use super::{Choice, Section, StaffFrame};

/// The working days of the next weeks.
#[derive(Clone, Debug, Template)]
#[template(path = "ahead.html")]
pub struct AheadPage {
    /// What every page shares.
    pub frame: StaffFrame,
    /// The teams; the one that is asked for is chosen.
    pub teams: Vec<Choice>,
    /// The last day that is over: "27 november 2026".
    pub until: String,
    /// Each working day.
    pub days: Vec<AheadRow>,
    /// The same as a picture; empty when there is nothing to draw.
    pub picture: String,
    /// Promises of days that are over which are still owed.
    pub overdue: i64,
    /// Of how many people it is not known how long they work.
    pub without_hours: i64,
    /// Whether it is known of anybody.
    pub knows_hours: bool,
    /// From how many promises for each hour a day is marked: "1,4".
    pub busy_from: Option<String>,
}

/// One working day.
#[derive(Clone, Debug)]
pub struct AheadRow {
    /// "maandag 30 nov".
    pub day: String,
    /// Promises that are made and due then.
    pub made: u32,
    /// How many of those are still owed.
    pub open: u32,
    /// How many are still to come, on average: "4,2"; nothing when too little is known.
    pub to_come: Option<String>,
    /// Between which counts all of them lie, most likely.
    pub band: Option<(u32, u32)>,
    /// How many hours staff work: "7,5"; nothing when that is known of nobody.
    pub hours: Option<String>,
    /// How many are expected for each hour: "1,3".
    pub per_hour: Option<String>,
    /// The key of what is out of the ordinary.
    pub mark: Option<&'static str>,
}

impl AheadRow {
    /// What stands in a row, but for the last column: the key of the column, and what is in it.
    pub fn cells(&self, words: &Words) -> [(&'static str, String); 5] {
        let known = |it: &Option<String>| it.clone().unwrap_or_else(|| "–".to_owned());
        let band = self.band.map(|(low, high)| {
            let ends = [("low", i64::from(low).into()), ("high", i64::from(high).into())];
            words.say_with("staff-ahead-between", &ends)
        });
        [
            ("staff-ahead-made", self.made.to_string()),
            ("staff-ahead-open", self.open.to_string()),
            ("staff-ahead-to-come", known(&self.to_come)),
            ("staff-ahead-band", known(&band)),
            ("staff-ahead-hours", known(&self.hours)),
        ]
    }
}

impl AheadPage {
    /// The keys of the columns.
    pub fn columns(&self) -> [&'static str; 7] {
        [
            "staff-ahead-day",
            "staff-ahead-made",
            "staff-ahead-open",
            "staff-ahead-to-come",
            "staff-ahead-band",
            "staff-ahead-hours",
            "staff-ahead-per-hour",
        ]
    }

    /// Whether anything is said of what is still to come.
    pub fn foretells(&self) -> bool {
        self.days.iter().any(|it| it.to_come.is_some())
    }

    /// Where the same is as a file.
    pub fn csv(&self) -> String {
        let team = self.teams.iter().find(|it| it.chosen).map(|it| format!("?team={}", it.value));
        self.frame.href(&format!("/werk/cijfers/vooruit.csv{}", team.unwrap_or_default()))
    }

    /// Invented states: with everything, without hours, and too early to tell.
    pub fn samples(lang: Lang) -> Vec<(&'static str, AheadPage)> {
        let days = [("maandag 30 nov", 12, (12, 21)), ("dinsdag 1 dec", 7, (11, 24))];
        let row = |(day, made, band): &(&str, u32, (u32, u32))| AheadRow {
            day: (*day).to_owned(),
            made: *made,
            open: made / 2,
            to_come: Some("4,2".into()),
            band: Some(*band),
            hours: Some("15,5".into()),
            per_hour: Some("1,1".into()),
            mark: None,
        };
        let mut full = AheadPage {
            frame: StaffFrame::sample(lang, "/werk/cijfers/vooruit", Section::House),
            teams: vec![
                Choice { chosen: true, ..Choice::new("1", "Team Buiten") },
                Choice::new("2", "Team Balie"),
            ],
            until: "27 november 2026".into(),
            days: days.iter().map(row).collect(),
            picture: String::new(),
            overdue: 3,
            without_hours: 2,
            knows_hours: true,
            busy_from: Some("1,0".into()),
        };
        full.days[1].mark = Some("staff-ahead-busy");
        let mut unknown = full.clone();
        for day in &mut unknown.days {
            (day.hours, day.per_hour, day.mark) = (None, None, None);
        }
        (unknown.knows_hours, unknown.busy_from) = (false, None);
        let mut early = unknown.clone();
        for day in &mut early.days {
            (day.to_come, day.band) = (None, None);
        }
        early.overdue = 0;
        vec![("full", full), ("without-hours", unknown), ("early", early)]
    }
}
