//! The rules of opening hours as data: a weekly pattern, seasons and dated exceptions.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time, Weekday};
use serde::{Deserialize, Serialize};

use crate::CalendarError;
use crate::tables::check_range;

/// The most seasons one set of opening hours takes.
pub const SEASONS_MAX: usize = 512;
/// The most dated exceptions one set of opening hours takes.
pub const EXCEPTIONS_MAX: usize = 4_096;
/// The most intervals one day takes.
pub const INTERVALS_PER_DAY_MAX: usize = 24;

/// A stretch of one day: from `from` up to, not including, `to`.
///
/// A `to` of 00:00 is the midnight that ends the day, so 00:00 to 00:00 is the whole day. Whole
/// seconds only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interval {
    /// The first moment that is open.
    pub from: Time,
    /// The first moment that is closed again.
    pub to: Time,
}

impl Interval {
    /// Whether the interval runs to the end of the day.
    pub(crate) fn to_midnight(self) -> bool {
        self.to == Time::midnight()
    }

    /// The part of the interval before a closing time, if there is any.
    pub(crate) fn cut(self, closes: Time) -> Option<Interval> {
        if self.from >= closes {
            return None;
        }
        let cut = self.to_midnight() || self.to > closes;
        Some(Interval { from: self.from, to: if cut { closes } else { self.to } })
    }
}

/// The intervals of each weekday, each day's in order.
///
/// ```
/// let week: calendar::Week = serde_json::from_str(
///     r#"{ "friday": [{ "from": "08:30", "to": "12:30" }] }"#,
/// )?;
/// assert!(week.monday.is_empty());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Week {
    /// Monday's intervals.
    pub monday: Vec<Interval>,
    /// Tuesday's intervals.
    pub tuesday: Vec<Interval>,
    /// Wednesday's intervals.
    pub wednesday: Vec<Interval>,
    /// Thursday's intervals.
    pub thursday: Vec<Interval>,
    /// Friday's intervals.
    pub friday: Vec<Interval>,
    /// Saturday's intervals.
    pub saturday: Vec<Interval>,
    /// Sunday's intervals.
    pub sunday: Vec<Interval>,
}

impl Week {
    /// The intervals of a weekday.
    ///
    /// ```
    /// use jiff::civil::Weekday;
    /// assert!(calendar::Week::default().on(Weekday::Monday).is_empty());
    /// ```
    #[must_use]
    pub fn on(&self, weekday: Weekday) -> &[Interval] {
        match weekday {
            Weekday::Monday => &self.monday,
            Weekday::Tuesday => &self.tuesday,
            Weekday::Wednesday => &self.wednesday,
            Weekday::Thursday => &self.thursday,
            Weekday::Friday => &self.friday,
            Weekday::Saturday => &self.saturday,
            Weekday::Sunday => &self.sunday,
        }
    }
}

/// A range of dates with a week of its own, such as the summer weeks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Season {
    /// The first day.
    pub from: Date,
    /// The last day, itself included.
    pub to: Date,
    /// The week that holds in the season.
    pub week: Week,
    /// The reason as residents read it.
    #[serde(default)]
    pub why: String,
}

/// The hours of one date, instead of all others; none when it is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// The date.
    pub date: Date,
    /// Its intervals, in order; they hold on a day off too.
    #[serde(default)]
    pub open: Vec<Interval>,
    /// The reason as residents read it.
    #[serde(default)]
    pub why: String,
}

/// Refuses a week with a day that cannot be.
pub(crate) fn check_week(week: &Week) -> Result<(), CalendarError> {
    Weekday::Monday.cycle_forward().take(7).try_for_each(|weekday| check_day(week.on(weekday)))
}

/// Refuses intervals that are empty, backwards, out of order, overlapping or too many.
fn check_day(intervals: &[Interval]) -> Result<(), CalendarError> {
    if intervals.len() > INTERVALS_PER_DAY_MAX {
        return Err(CalendarError::TooManyIntervals { given: intervals.len() });
    }
    for Interval { from, to } in intervals {
        if let Some(at) = [*from, *to].into_iter().find(|at| at.subsec_nanosecond() != 0) {
            return Err(CalendarError::BrokenSecond { at });
        }
        if from >= to && *to != Time::midnight() {
            return Err(CalendarError::IntervalBackwards { from: *from, to: *to });
        }
    }
    for pair in intervals.windows(2) {
        if pair[0].to_midnight() || pair[1].from < pair[0].to {
            return Err(CalendarError::IntervalsOverlap { at: pair[1].from });
        }
    }
    Ok(())
}

/// The seasons in the order of their dates, once they are found to be sound.
pub(crate) fn in_order(mut seasons: Vec<Season>) -> Result<Vec<Season>, CalendarError> {
    if seasons.len() > SEASONS_MAX {
        return Err(CalendarError::TooManySeasons { given: seasons.len() });
    }
    for season in &seasons {
        check_range(season.from, season.to)?;
        check_week(&season.week)?;
    }
    seasons.sort_by_key(|season| season.from);
    for pair in seasons.windows(2) {
        if pair[1].from <= pair[0].to {
            return Err(CalendarError::SeasonsOverlap { date: pair[1].from });
        }
    }
    Ok(seasons)
}

/// Which exception holds on a date, once all are found to be sound.
pub(crate) fn by_date(exceptions: &[Exception]) -> Result<BTreeMap<Date, u16>, CalendarError> {
    if exceptions.len() > EXCEPTIONS_MAX {
        return Err(CalendarError::TooManyExceptions { given: exceptions.len() });
    }
    let mut by_date = BTreeMap::new();
    for (exception, index) in exceptions.iter().zip(0_u16..) {
        check_range(exception.date, exception.date)?;
        check_day(&exception.open)?;
        if by_date.insert(exception.date, index).is_some() {
            return Err(CalendarError::ExceptionTwice { date: exception.date });
        }
    }
    Ok(by_date)
}
