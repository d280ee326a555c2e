//! Terms in calendar days, weeks and months, and the extension the law gives them.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde::{Deserialize, Serialize};

use crate::days::nearest;
use crate::moments::moment;
use crate::{Calendar, FIRST_DAY, LAST_DAY, Skipped};

/// A term that has been counted: its last day, and the days that were passed over.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Term {
    /// The last day that is still in time.
    pub last: Date,
    /// The days that did not count, earliest first.
    pub skipped: Vec<Skipped>,
}

impl Term {
    /// The end of the term as a moment: the first instant after `last`, itself too late.
    ///
    /// ```
    /// use calendar::Calendar;
    /// use jiff::{civil::date, tz::TimeZone};
    /// let zone = TimeZone::get("Europe/Amsterdam")?;
    /// let term = Calendar::statutory().add_days(date(2026, 3, 27), 2);
    /// assert_eq!(term.last, date(2026, 3, 29)); // the day summer time begins
    /// assert_eq!(term.end(&zone).to_string(), "2026-03-29T22:00:00Z");
    /// # Ok::<(), jiff::Error>(())
    /// ```
    #[must_use]
    pub fn end(&self, zone: &TimeZone) -> Timestamp {
        match self.last.tomorrow() {
            Ok(next) => moment(zone, DateTime::from_parts(next, Time::midnight())),
            Err(_) => Timestamp::MAX,
        }
    }

    /// A term that passed over nothing.
    fn plain(last: Date) -> Term {
        Term { last, skipped: Vec::new() }
    }
}

/// The length of a term as a law states it.
///
/// A term in hours is not here: it is a moment, and the Algemene termijnenwet leaves it alone
/// (article 4); add the hours to the timestamp.
///
/// ```
/// let length: calendar::TermLength = serde_json::from_str(r#"{ "weeks": 6 }"#)?;
/// assert_eq!(length, calendar::TermLength::Weeks(6));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TermLength {
    /// Calendar days.
    Days(u32),
    /// Weeks of seven days.
    Weeks(u32),
    /// Months, to the day with the same number.
    Months(u32),
    /// Years, to the same date.
    Years(u32),
}

/// The longest term in days that the law extends (Algemene termijnenwet, article 4).
const EXTENDED_DAYS_MAX: u32 = 90;
/// The longest term in weeks that the law extends (article 4).
const EXTENDED_WEEKS_MAX: u32 = 12;
/// The longest term in months that the law extends (article 4).
const EXTENDED_MONTHS_MAX: u32 = 3;
/// The shortest term in days that must hold some days that are not off (article 2).
const ROOM_FROM_DAYS: u32 = 3;
/// How many days that are not off such a term must hold (article 2).
const ROOM_DAYS: u32 = 2;

impl TermLength {
    /// Whether the Algemene termijnenwet extends a term of this length (article 4): at most 90
    /// days, 12 weeks or 3 months; never a term in years.
    ///
    /// ```
    /// use calendar::TermLength;
    /// assert!(TermLength::Weeks(12).is_extended());
    /// assert!(!TermLength::Weeks(13).is_extended());
    /// assert!(!TermLength::Years(1).is_extended());
    /// ```
    #[must_use]
    pub fn is_extended(self) -> bool {
        match self {
            TermLength::Days(days) => days <= EXTENDED_DAYS_MAX,
            TermLength::Weeks(weeks) => weeks <= EXTENDED_WEEKS_MAX,
            TermLength::Months(months) => months <= EXTENDED_MONTHS_MAX,
            TermLength::Years(_) => false,
        }
    }

    /// Whether the law wants room in a term of this length (article 2): three days or more.
    fn needs_room(self) -> bool {
        match self {
            TermLength::Days(days) => days >= ROOM_FROM_DAYS,
            TermLength::Weeks(count) | TermLength::Months(count) | TermLength::Years(count) => {
                count > 0
            }
        }
    }

    /// The day this length after `from`, or before it when `sign` is negative.
    fn from(self, from: Date, sign: Sign) -> Date {
        let signed = |count: u32| match sign {
            Sign::After => i64::from(count),
            Sign::Before => -i64::from(count),
        };
        let span = match self {
            TermLength::Days(days) => Span::new().try_days(signed(days)),
            TermLength::Weeks(weeks) => Span::new().try_weeks(signed(weeks)),
            TermLength::Months(months) => Span::new().try_months(signed(months)),
            TermLength::Years(years) => Span::new().try_years(signed(years)),
        };
        let limit = match sign {
            Sign::After => LAST_DAY,
            Sign::Before => FIRST_DAY,
        };
        span.and_then(|span| nearest(from).checked_add(span)).map_or(limit, nearest)
    }
}

/// Which way a term is counted.
#[derive(Clone, Copy)]
enum Sign {
    After,
    Before,
}

impl Calendar {
    /// The last day of a term of calendar days; every day counts, the day of receipt does not.
    ///
    /// ```
    /// use jiff::civil::date;
    /// let law = calendar::Calendar::statutory();
    /// assert_eq!(law.add_days(date(2026, 12, 1), 30).last, date(2026, 12, 31));
    /// ```
    #[must_use]
    pub fn add_days(&self, from: Date, days: u32) -> Term {
        Term::plain(TermLength::Days(days).from(from, Sign::After))
    }

    /// The last day of a term of weeks: the same weekday as `from`.
    ///
    /// ```
    /// use jiff::civil::date;
    /// let law = calendar::Calendar::statutory();
    /// assert_eq!(law.add_weeks(date(2026, 4, 3), 6).last, date(2026, 5, 15));
    /// ```
    #[must_use]
    pub fn add_weeks(&self, from: Date, weeks: u32) -> Term {
        Term::plain(TermLength::Weeks(weeks).from(from, Sign::After))
    }

    /// The last day of a term of months: the day with the same number, or the last day of a
    /// month that is too short for it.
    ///
    /// ```
    /// use jiff::civil::date;
    /// let law = calendar::Calendar::statutory();
    /// assert_eq!(law.add_months(date(2027, 1, 31), 1).last, date(2027, 2, 28));
    /// ```
    #[must_use]
    pub fn add_months(&self, from: Date, months: u32) -> Term {
        Term::plain(TermLength::Months(months).from(from, Sign::After))
    }

    /// The day that lies a number of calendar days before an event.
    ///
    /// ```
    /// use jiff::civil::date;
    /// let law = calendar::Calendar::statutory();
    /// assert_eq!(law.subtract_days(date(2026, 3, 1), 1).last, date(2026, 2, 28));
    /// ```
    #[must_use]
    pub fn subtract_days(&self, event: Date, days: u32) -> Term {
        Term::plain(TermLength::Days(days).from(event, Sign::Before))
    }

    /// The day that lies a number of weeks before an event.
    ///
    /// ```
    /// use jiff::civil::date;
    /// let law = calendar::Calendar::statutory();
    /// assert_eq!(law.subtract_weeks(date(2026, 5, 15), 6).last, date(2026, 4, 3));
    /// ```
    #[must_use]
    pub fn subtract_weeks(&self, event: Date, weeks: u32) -> Term {
        Term::plain(TermLength::Weeks(weeks).from(event, Sign::Before))
    }

    /// The day that lies a number of months before an event, or the last day of a month that is
    /// too short for it: a reminder three months before a document expires.
    ///
    /// ```
    /// use jiff::civil::date;
    /// let law = calendar::Calendar::statutory();
    /// assert_eq!(law.subtract_months(date(2026, 5, 31), 3).last, date(2026, 2, 28));
    /// ```
    #[must_use]
    pub fn subtract_months(&self, event: Date, months: u32) -> Term {
        Term::plain(TermLength::Months(months).from(event, Sign::Before))
    }

    /// The last day of a term that a law sets, with the extension of the Algemene termijnenwet.
    ///
    /// Call it on the statutory calendar. The day of receipt does not count. A term that ends on a
    /// day off runs to the end of the next day that is not (article 1). A term of three days or
    /// more is extended until it holds two days that are not off (article 2). Neither holds for
    /// more than 90 days, 12 weeks or 3 months, nor for years (article 4). `skipped` holds the
    /// days off that moved the end.
    ///
    /// ```
    /// use calendar::{Calendar, TermLength};
    /// use jiff::civil::date;
    /// let law = Calendar::statutory();
    /// // Six weeks after 20 February is Good Friday; Easter Monday is off too.
    /// let term = law.statutory_term(date(2026, 2, 20), TermLength::Weeks(6));
    /// assert_eq!(term.last, date(2026, 4, 7));
    /// assert_eq!(term.skipped.len(), 4);
    /// // Three days from a Friday hold one open day only: one more is added.
    /// let term = law.statutory_term(date(2026, 6, 12), TermLength::Days(3));
    /// assert_eq!(term.last, date(2026, 6, 16));
    /// ```
    #[must_use]
    pub fn statutory_term(&self, from: Date, length: TermLength) -> Term {
        let stated = length.from(from, Sign::After);
        if !length.is_extended() {
            return Term::plain(stated);
        }
        let open = self.due_date(stated, 0);
        let room = match length.needs_room() {
            true => self.due_date(from, ROOM_DAYS),
            false => open,
        };
        match room > open {
            true => self.add_working_days(from, ROOM_DAYS),
            false => Term { last: open, skipped: self.days_off(stated, open) },
        }
    }

    /// The last day of a term that a law counts back from an event: no extension, whatever day it
    /// ends on (Algemene termijnenwet, article 1, second paragraph).
    ///
    /// ```
    /// use calendar::{Calendar, TermLength};
    /// use jiff::civil::date;
    /// let law = Calendar::statutory();
    /// let term = law.statutory_term_before(date(2026, 4, 12), TermLength::Weeks(1));
    /// assert_eq!(term.last, date(2026, 4, 5)); // Easter Sunday, and it stays that
    /// ```
    #[must_use]
    pub fn statutory_term_before(&self, event: Date, length: TermLength) -> Term {
        Term::plain(length.from(event, Sign::Before))
    }
}
