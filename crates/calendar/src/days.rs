//! The days the tables cover, and the reasons why a day does not count.

use jiff::civil::{Date, Time, Weekday, date};
use serde::{Deserialize, Serialize};

use crate::Holiday;

/// The first year of the tables.
pub(crate) const FIRST_YEAR: i16 = 1900;
/// The last year of the tables.
pub(crate) const LAST_YEAR: i16 = 2200;
/// The first day the tables cover; an earlier date is taken as this one.
pub const FIRST_DAY: Date = date(FIRST_YEAR, 1, 1);
/// The last day the tables cover; a later date is taken as this one.
pub const LAST_DAY: Date = date(LAST_YEAR, 12, 31);

/// Why a day does not count as a working day.
///
/// A day can have several reasons; the one that tells a reader most is given: a holiday before
/// Saturday or Sunday, those before a decree, and a decree before a closure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayOff {
    /// An ordinary Saturday.
    Saturday,
    /// An ordinary Sunday.
    Sunday,
    /// A generally recognised holiday (Algemene termijnenwet, article 3).
    Holiday(Holiday),
    /// A day equated with a holiday by royal decree (Algemene termijnenwet, article 3, third
    /// paragraph).
    Decree,
    /// A closure of the municipality itself: an index into the calendar's
    /// [`closures`](crate::Calendar::closures).
    Closure(u16),
}

/// A day that was passed over while counting, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Skipped {
    /// The day.
    pub date: Date,
    /// Why it did not count.
    pub why: DayOff,
}

/// A closure the municipality sets itself: whole days, or days that close early.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closure {
    /// The first day of the closure.
    pub from: Date,
    /// The last day of the closure, itself included.
    pub to: Date,
    /// Absent: closed all day, so not a working day. Present: the days close at this time and
    /// remain working days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes_at: Option<Time>,
    /// The reason as residents read it.
    pub why: String,
}

/// The nearest day inside the tables.
pub(crate) fn nearest(date: Date) -> Date {
    date.clamp(FIRST_DAY, LAST_DAY)
}

/// The weekend's own reason, for any date whatever its year.
pub(crate) fn weekend(date: Date) -> Option<DayOff> {
    match date.weekday() {
        Weekday::Saturday => Some(DayOff::Saturday),
        Weekday::Sunday => Some(DayOff::Sunday),
        _ => None,
    }
}
