//! The hours of the file: a week, seasons with a week of their own, and single dates.

use std::collections::BTreeMap;

use calendar::{Calendar, Exception, Interval, OpeningHours, Season, Week};
use jiff::civil::Time;
use jiff::tz::TimeZone;
use toml::Spanned;

use super::tables::{ExceptionTable, HoursTable, SeasonTable, Text};
use super::{Reader, civil, clock};
use crate::ChannelHours;

/// The hours that every file has: the site shows them.
const ALWAYS: [&str; 2] = ["phone", "counter"];

/// The most hours one file may name.
const HOURS_MAX: usize = 64;

type Tables = Spanned<BTreeMap<Text, Spanned<HoursTable>>>;

impl Reader<'_> {
    /// The hours of the telephone, of the counter, and all others by name.
    #[allow(clippy::type_complexity)] // three results of one table
    pub(super) fn all_hours(
        &mut self,
        tables: &Tables,
        calendar: &Calendar,
        zone: &TimeZone,
    ) -> (Option<ChannelHours>, Option<ChannelHours>, BTreeMap<String, ChannelHours>) {
        let mut all = BTreeMap::new();
        if tables.get_ref().len() > HOURS_MAX {
            let message = "more hours than a municipality has channels".to_owned();
            self.wrong(tables.span(), message, format!("at most {HOURS_MAX} tables of hours"));
            return (None, None, all);
        }
        for (name, table) in tables.get_ref() {
            self.name(name);
            if let Some(hours) = self.hours(table, calendar, zone) {
                all.insert(name.get_ref().clone(), hours);
            }
        }
        for name in ALWAYS {
            if !tables.get_ref().keys().any(|known| known.get_ref() == name) {
                let message = format!("there are no hours.{name}");
                let expected = format!("a table [hours.{name}] with the days that are open");
                self.wrong(tables.span(), message, expected);
            }
        }
        (all.remove("phone"), all.remove("counter"), all)
    }

    pub(super) fn hours(
        &mut self,
        table: &Spanned<HoursTable>,
        calendar: &Calendar,
        zone: &TimeZone,
    ) -> Option<ChannelHours> {
        let found = self.problems.len();
        let hours = table.get_ref();
        let week = self.week(&[
            &hours.monday,
            &hours.tuesday,
            &hours.wednesday,
            &hours.thursday,
            &hours.friday,
            &hours.saturday,
            &hours.sunday,
        ]);
        let seasons: Vec<Season> =
            hours.season.iter().filter_map(|season| self.season_of_hours(season)).collect();
        let exceptions: Vec<Exception> =
            hours.exception.iter().filter_map(|exception| self.exception(exception)).collect();
        let (calendar, zone) = (calendar.clone(), zone.clone());
        match OpeningHours::new(week.clone(), seasons.clone(), exceptions, calendar, zone) {
            Ok(open) => Some(ChannelHours { open, week, seasons }),
            Err(error) => {
                // Hours that overlap have been pointed at where they stand.
                if self.problems.len() == found {
                    let expected = "hours of one day in order, and each date in one season only";
                    self.wrong(table.span(), error.to_string(), expected);
                }
                None
            }
        }
    }

    fn season_of_hours(&mut self, spanned: &Spanned<SeasonTable>) -> Option<Season> {
        let table = spanned.get_ref();
        let week = self.week(&[
            &table.monday,
            &table.tuesday,
            &table.wednesday,
            &table.thursday,
            &table.friday,
            &table.saturday,
            &table.sunday,
        ]);
        match (civil(&table.from), civil(&table.to)) {
            (Some(from), Some(to)) if from <= to => {
                Some(Season { from, to, week, why: table.why.clone() })
            }
            _ => {
                let message = "this season is not a span of days".to_owned();
                let expected = "from = 2026-07-01, to = 2026-08-31, `from` not after `to`";
                self.wrong(spanned.span(), message, expected);
                None
            }
        }
    }

    fn exception(&mut self, spanned: &Spanned<ExceptionTable>) -> Option<Exception> {
        let table = spanned.get_ref();
        let open = self.day(&table.open);
        let Some(date) = civil(&table.date) else {
            let message = "this is not a day".to_owned();
            self.wrong(spanned.span(), message, "a date like 2026-12-24, without quotes");
            return None;
        };
        Some(Exception { date, open, why: table.why.clone() })
    }

    fn week(&mut self, days: &[&Vec<Text>; 7]) -> Week {
        let mut day = |index: usize| self.day(days[index]);
        Week {
            monday: day(0),
            tuesday: day(1),
            wednesday: day(2),
            thursday: day(3),
            friday: day(4),
            saturday: day(5),
            sunday: day(6),
        }
    }

    fn day(&mut self, texts: &[Text]) -> Vec<Interval> {
        let mut hours: Vec<Interval> = Vec::new();
        for text in texts {
            let Some(interval) = self.interval(text) else { continue };
            let too_early =
                |before: &Interval| interval.from < before.to || before.to == Time::midnight();
            if hours.last().is_some_and(too_early) {
                let message = format!("“{}” begins too early", text.get_ref());
                self.wrong(text.span(), message, "hours that begin when those before it end");
            }
            hours.push(interval);
        }
        hours
    }

    fn interval(&mut self, text: &Text) -> Option<Interval> {
        let parts = text.get_ref().split_once('-');
        let times = parts.map(|(from, to)| (clock(from.trim()), end(to.trim())));
        match times {
            Some((Some(from), Some(to))) if from < to || to == Time::midnight() => {
                Some(Interval { from, to })
            }
            _ => {
                let message = format!("“{}” is not a span of hours", text.get_ref());
                self.wrong(text.span(), message, "such as “8.30-12.30”, first the earlier time");
                None
            }
        }
    }
}

/// A time that ends a span: "24.00" is the end of the day.
fn end(text: &str) -> Option<Time> {
    match text {
        "24.00" | "24:00" => Some(Time::midnight()),
        text => clock(text).filter(|to| *to != Time::midnight()),
    }
}
