//! The generally recognised holidays of the Netherlands, computed for any year.
//!
//! The list is that of the Algemene termijnenwet, article 3, first and second paragraph. The law
//! is of 1964; for earlier years today's list is projected back, so that a date has one answer.

use jiff::civil::{Date, Weekday, date};
use serde::{Deserialize, Serialize};

/// A generally recognised holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holiday {
    /// 1 January.
    NewYear,
    /// The Friday before Easter; equated with the holidays by the law's second paragraph.
    GoodFriday,
    /// The Monday after Easter.
    EasterMonday,
    /// The queen's birthday as it was celebrated until 2013.
    QueensDay,
    /// The king's birthday: 27 April, or the 26th when the 27th is a Sunday. Since 2014.
    KingsDay,
    /// 5 May, every year since 1945.
    LiberationDay,
    /// The fortieth day of Easter, a Thursday.
    Ascension,
    /// The Monday after Pentecost.
    WhitMonday,
    /// 25 December.
    Christmas,
    /// 26 December.
    SecondChristmas,
}

/// Number of holidays in the list of one year, 5 May counted.
const HOLIDAYS_A_YEAR: usize = 9;
/// The Gregorian calendar's first whole year; Easter has no other rule before it here.
const GREGORIAN_FROM: i16 = 1583;
/// The last year a civil date can have.
const YEAR_MAX: i16 = 9999;
/// The first 5 May of the liberation.
const LIBERATED: i16 = 1945;
/// The first year the birthday was celebrated on 30 April (Juliana's), no longer on 31 August.
const APRIL_30_FROM: i16 = 1949;
/// From this year a birthday on Sunday moves to the Saturday before, no longer to Monday.
const SUNDAY_GOES_BACK_FROM: i16 = 1980;
/// The first King's Day.
const KING_FROM: i16 = 2014;

/// Easter Sunday of a year of the Gregorian calendar.
///
/// Years before 1583 and after 9999 are taken as the nearest of those.
///
/// ```
/// use jiff::civil::date;
/// assert_eq!(calendar::easter(2026), date(2026, 4, 5));
/// assert_eq!(calendar::easter(2038), date(2038, 4, 25)); // as late as it can be
/// assert_eq!(calendar::easter(2285), date(2285, 3, 22)); // as early as it can be
/// ```
#[must_use]
pub fn easter(year: i16) -> Date {
    let year = year.clamp(GREGORIAN_FROM, YEAR_MAX);
    let golden = year % 19;
    let century = year / 100;
    // The moon's age on a fixed day, corrected for the leap days that centuries lack and for the
    // slow drift of the nineteen-year cycle.
    let drift = (8 * century + 13) / 25;
    let epact = (century - century / 4 - drift + 19 * golden + 15).rem_euclid(30);
    // Two exceptions keep the full moon from falling on the same day twice in nineteen years.
    let moon =
        epact - (epact / 28) * (1 - (epact / 28) * (29 / (epact + 1)) * ((21 - golden) / 11));
    let weekday = (year + year / 4 + moon + 2 - century + century / 4).rem_euclid(7);
    let after_21_march = moon - weekday;
    plus(date(year, 3, 28), after_21_march)
}

/// The holidays of a year, in the order of the year.
///
/// Before 1945 there is no Liberation Day. In a year in which two holidays share a date (5 May
/// and Ascension in 2016) both are listed. Years before 1583 and after 9999 are taken as the
/// nearest of those.
///
/// ```
/// use calendar::Holiday;
/// use jiff::civil::date;
/// let list = calendar::holidays(2025);
/// assert_eq!(list.len(), 9);
/// assert_eq!(list[3], (date(2025, 4, 26), Holiday::KingsDay)); // the 27th is a Sunday
/// ```
#[must_use]
pub fn holidays(year: i16) -> Vec<(Date, Holiday)> {
    let easter = easter(year);
    let year = easter.year();
    let mut list = Vec::with_capacity(HOLIDAYS_A_YEAR + 1);
    list.push((date(year, 1, 1), Holiday::NewYear));
    list.push((plus(easter, -2), Holiday::GoodFriday));
    list.push((plus(easter, 1), Holiday::EasterMonday));
    list.push(birthday(year));
    if year >= LIBERATED {
        list.push((date(year, 5, 5), Holiday::LiberationDay));
    }
    list.push((plus(easter, 39), Holiday::Ascension));
    list.push((plus(easter, 50), Holiday::WhitMonday));
    list.push((date(year, 12, 25), Holiday::Christmas));
    list.push((date(year, 12, 26), Holiday::SecondChristmas));
    list.sort();
    list
}

/// The holiday a date is, if it is one; of two on one date the one with the fixed date.
///
/// ```
/// use calendar::Holiday;
/// use jiff::civil::date;
/// assert_eq!(calendar::holiday(date(1950, 5, 1)), Some(Holiday::QueensDay)); // the 30th: Sunday
/// assert_eq!(calendar::holiday(date(1948, 8, 31)), Some(Holiday::QueensDay));
/// assert_eq!(calendar::holiday(date(2026, 4, 30)), None);
/// ```
#[must_use]
pub fn holiday(date: Date) -> Option<Holiday> {
    holidays(date.year()).into_iter().find_map(|(day, holiday)| (day == date).then_some(holiday))
}

/// The day on which the birthday of the queen or king is celebrated.
///
/// 31 August until 1948, 30 April until 2013, 27 April since. On a Sunday it moved to Monday, and
/// since 1980 to the Saturday before.
fn birthday(year: i16) -> (Date, Holiday) {
    let (day, holiday) = match year {
        KING_FROM.. => (date(year, 4, 27), Holiday::KingsDay),
        APRIL_30_FROM.. => (date(year, 4, 30), Holiday::QueensDay),
        _ => (date(year, 8, 31), Holiday::QueensDay),
    };
    if day.weekday() != Weekday::Sunday {
        return (day, holiday);
    }
    let moved = if year >= SUNDAY_GOES_BACK_FROM { -1 } else { 1 };
    (plus(day, moved), holiday)
}

/// A date some days on, inside a year that is far from the ends of the calendar's range.
fn plus(day: Date, days: i16) -> Date {
    day.saturating_add(jiff::Span::new().days(days))
}
