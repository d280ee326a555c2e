//! When a channel is open: a weekly pattern, seasons, dated exceptions and closures.
//!
//! For a date the narrowest rule wins: an exception, then a day off of the calendar, then the
//! season's week, then the ordinary week. A closure that closes a day early cuts what a week says,
//! not what an exception says, since an exception names its own hours.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::hours::Hours;
use crate::{Calendar, CalendarError, Exception, Interval, Oddity, Season, Week};

/// How many days ahead [`OpeningHours::next_opening`] looks before it says "never".
pub const LOOK_AHEAD_DAYS: usize = 400;

/// A stretch of time that is open: from `from` up to, not including, `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Opening {
    /// The first moment that is open.
    pub from: Timestamp,
    /// The first moment that is closed again.
    pub to: Timestamp,
}

/// The opening hours of a channel, ready to compute with.
///
/// Immutable; cloning shares the tables. Outside [`FIRST_DAY`](crate::FIRST_DAY) to
/// [`LAST_DAY`](crate::LAST_DAY) everything is closed. On days on which the clocks change, a time
/// that comes twice is the first of the two, and a time that is skipped is the moment of the
/// change; durations are the time that really passes.
#[derive(Clone)]
pub struct OpeningHours {
    pub(crate) hours: Arc<Hours>,
}

impl OpeningHours {
    /// Opening hours from their rules.
    ///
    /// # Errors
    ///
    /// Intervals that are empty, run backwards, overlap, stand out of order or have fractions of
    /// a second; seasons that overlap or run backwards; two exceptions for one date; dates outside
    /// the tables; more of anything than its limit.
    ///
    /// ```
    /// use calendar::{Calendar, Interval, NormDays, OpeningHours, Week};
    /// use jiff::civil::{date, time};
    /// use jiff::tz::TimeZone;
    /// let morning = Interval { from: time(8, 30, 0, 0), to: time(12, 30, 0, 0) };
    /// let week = Week { friday: vec![morning], ..Week::default() };
    /// let norm = Calendar::norm(&NormDays::default())?;
    /// let zone = TimeZone::get("Europe/Amsterdam")?;
    /// let hours = OpeningHours::new(week, vec![], vec![], norm, zone)?;
    /// assert_eq!(hours.intervals(date(2026, 6, 12)), [morning]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(
        week: Week,
        seasons: Vec<Season>,
        exceptions: Vec<Exception>,
        calendar: Calendar,
        zone: TimeZone,
    ) -> Result<OpeningHours, CalendarError> {
        let hours = Hours::build(week, seasons, exceptions, calendar, zone)?;
        Ok(OpeningHours { hours: Arc::new(hours) })
    }

    /// The intervals of a date, in order; none when it is closed.
    ///
    /// ```
    /// # use calendar::{Calendar, OpeningHours, Week};
    /// # use jiff::{civil::date, tz::TimeZone};
    /// # let law = Calendar::statutory();
    /// let never = OpeningHours::new(Week::default(), vec![], vec![], law, TimeZone::UTC)?;
    /// assert!(never.intervals(date(2026, 6, 12)).is_empty());
    /// # Ok::<(), calendar::CalendarError>(())
    /// ```
    #[must_use]
    pub fn intervals(&self, date: Date) -> Vec<Interval> {
        self.hours.intervals(date).to_vec()
    }

    /// The openings of a date as moments, in order.
    ///
    /// ```
    /// # use calendar::{Calendar, OpeningHours, Week};
    /// # use jiff::{civil::date, tz::TimeZone};
    /// # let law = Calendar::statutory();
    /// let never = OpeningHours::new(Week::default(), vec![], vec![], law, TimeZone::UTC)?;
    /// assert!(never.openings(date(2026, 6, 12)).is_empty());
    /// # Ok::<(), calendar::CalendarError>(())
    /// ```
    #[must_use]
    pub fn openings(&self, date: Date) -> Vec<Opening> {
        self.hours.openings(date).collect()
    }

    /// Whether a moment is open.
    ///
    /// ```
    /// # use calendar::{Calendar, OpeningHours, Week};
    /// # use jiff::{Timestamp, tz::TimeZone};
    /// # let law = Calendar::statutory();
    /// let never = OpeningHours::new(Week::default(), vec![], vec![], law, TimeZone::UTC)?;
    /// assert!(!never.is_open(Timestamp::UNIX_EPOCH));
    /// # Ok::<(), calendar::CalendarError>(())
    /// ```
    #[must_use]
    pub fn is_open(&self, at: Timestamp) -> bool {
        let date = self.hours.date(at);
        self.hours.openings(date).any(|opening| opening.from <= at && at < opening.to)
    }

    /// The opening a moment lies in, or else the next one; `None` when there is none within
    /// [`LOOK_AHEAD_DAYS`].
    ///
    /// ```
    /// use calendar::{Calendar, Interval, NormDays, OpeningHours, Week};
    /// use jiff::{Timestamp, civil::time, tz::TimeZone};
    /// let morning = Interval { from: time(8, 30, 0, 0), to: time(12, 30, 0, 0) };
    /// let week = Week { thursday: vec![morning], friday: vec![morning], ..Week::default() };
    /// let norm = Calendar::norm(&NormDays::default())?;
    /// let zone = TimeZone::get("Europe/Amsterdam")?;
    /// let hours = OpeningHours::new(week, vec![], vec![], norm, zone)?;
    /// // The Friday before Christmas 2026, after closing: Thursday is open, Friday is Christmas.
    /// let at: Timestamp = "2026-12-18T15:00:00Z".parse()?;
    /// let next = hours.next_opening(at).expect("there is one within a week");
    /// assert_eq!(next.from.to_string(), "2026-12-24T07:30:00Z");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn next_opening(&self, at: Timestamp) -> Option<Opening> {
        let today = self.hours.date(at);
        let days = std::iter::successors(Some(today), |day| day.tomorrow().ok());
        days.take(LOOK_AHEAD_DAYS + 1)
            .flat_map(|day| self.hours.openings(day))
            .find(|opening| at < opening.to)
    }

    /// The calendar whose days off are closed.
    ///
    /// ```
    /// # use calendar::{Calendar, OpeningHours, Week};
    /// # use jiff::{civil::date, tz::TimeZone};
    /// # let law = Calendar::statutory();
    /// let never = OpeningHours::new(Week::default(), vec![], vec![], law, TimeZone::UTC)?;
    /// assert!(!never.calendar().is_working_day(date(2026, 4, 3)));
    /// # Ok::<(), calendar::CalendarError>(())
    /// ```
    #[must_use]
    pub fn calendar(&self) -> &Calendar {
        self.hours.calendar()
    }

    /// The time zone of the opening hours.
    ///
    /// ```
    /// # use calendar::{Calendar, OpeningHours, Week};
    /// # use jiff::tz::TimeZone;
    /// # let law = Calendar::statutory();
    /// let never = OpeningHours::new(Week::default(), vec![], vec![], law, TimeZone::UTC)?;
    /// assert_eq!(never.zone(), &TimeZone::UTC);
    /// # Ok::<(), calendar::CalendarError>(())
    /// ```
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        self.hours.zone()
    }

    /// The dated exceptions, in the order they were given; [`Oddity::Exception`] is an index.
    ///
    /// ```
    /// # use calendar::{Calendar, OpeningHours, Week};
    /// # use jiff::tz::TimeZone;
    /// # let law = Calendar::statutory();
    /// let never = OpeningHours::new(Week::default(), vec![], vec![], law, TimeZone::UTC)?;
    /// assert!(never.exceptions().is_empty());
    /// # Ok::<(), calendar::CalendarError>(())
    /// ```
    #[must_use]
    pub fn exceptions(&self) -> &[Exception] {
        self.hours.exceptions()
    }

    /// Why a date does not have the hours of its week, or has none; `None` on an ordinary day.
    ///
    /// ```
    /// # use calendar::{Calendar, OpeningHours, Week};
    /// # use jiff::{civil::date, tz::TimeZone};
    /// use calendar::{DayOff, Oddity};
    /// # let law = Calendar::statutory();
    /// let never = OpeningHours::new(Week::default(), vec![], vec![], law, TimeZone::UTC)?;
    /// let decree = never.oddity(date(2026, 5, 15));
    /// assert_eq!(decree, Some(Oddity::DayOff(DayOff::Decree)));
    /// assert_eq!(never.oddity(date(2026, 5, 18)), Some(Oddity::NoHours));
    /// # Ok::<(), calendar::CalendarError>(())
    /// ```
    #[must_use]
    pub fn oddity(&self, date: Date) -> Option<Oddity> {
        self.hours.oddity(date)
    }
}

impl fmt::Debug for OpeningHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpeningHours")
            .field("week", self.hours.week())
            .field("zone", self.zone())
            .field("calendar", self.calendar())
            .finish_non_exhaustive()
    }
}
