//! Working hours: time that passes only while a channel is open.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{DayOff, OpeningHours};

/// Why a day has other hours than its week says, or none at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Oddity {
    /// The calendar has the day off.
    DayOff(DayOff),
    /// The week has no hours on this weekday.
    NoHours,
    /// A dated exception holds: an index into [`OpeningHours::exceptions`].
    Exception(u16),
    /// A closure ends the day early: an index into the calendar's
    /// [`closures`](crate::Calendar::closures).
    ClosesEarly(u16),
}

/// A day with other hours than its week says, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OddDay {
    /// The day.
    pub date: Date,
    /// Why its hours differ.
    pub why: Oddity,
}

/// A moment found by counting working hours, and the odd days on the way.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct WorkingTime {
    /// The moment at which the time is up.
    pub at: Timestamp,
    /// The days from the first to the last moment that had other hours than their week says,
    /// earliest first.
    pub odd_days: Vec<OddDay>,
}

impl OpeningHours {
    /// The moment at which so much open time has passed since `from`, with the odd days on the
    /// way.
    ///
    /// Time passes only while it is open. Time that is up when a channel closes is up at that
    /// moment, not when it opens again. With no time at all the answer is `from` itself when it is
    /// open, else the next opening. Negative time counts backwards. An answer beyond the tables is
    /// the moment they end.
    ///
    /// ```
    /// use calendar::{Calendar, Interval, NormDays, OpeningHours, Week};
    /// use jiff::{SignedDuration, Timestamp, civil::time, tz::TimeZone};
    /// let morning = Interval { from: time(8, 30, 0, 0), to: time(12, 30, 0, 0) };
    /// let week = Week { monday: vec![morning], friday: vec![morning], ..Week::default() };
    /// let norm = Calendar::norm(&NormDays::default())?;
    /// let zone = TimeZone::get("Europe/Amsterdam")?;
    /// let hours = OpeningHours::new(week, vec![], vec![], norm, zone)?;
    /// let friday_noon: Timestamp = "2026-06-12T10:00:00Z".parse()?;
    /// let due = hours.add_working_time(friday_noon, SignedDuration::from_hours(1));
    /// assert_eq!(due.at.to_string(), "2026-06-15T07:00:00Z"); // Monday at nine
    /// assert_eq!(due.odd_days.len(), 2); // the weekend
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn add_working_time(&self, from: Timestamp, time: SignedDuration) -> WorkingTime {
        let at = self.due_moment(from, time);
        let (first, last) = (self.hours.date(from.min(at)), self.hours.date(from.max(at)));
        WorkingTime { at, odd_days: self.hours.odd_days(first, last) }
    }

    /// The moment at which so much open time has passed since `from`, without reasons.
    ///
    /// The same moment as [`add_working_time`](OpeningHours::add_working_time) gives.
    ///
    /// ```
    /// # use calendar::{Calendar, Interval, OpeningHours, Week};
    /// # use jiff::{SignedDuration, Timestamp, civil::time, tz::TimeZone};
    /// # let morning = Interval { from: time(8, 30, 0, 0), to: time(12, 30, 0, 0) };
    /// # let week = Week { friday: vec![morning], ..Week::default() };
    /// # let law = Calendar::statutory();
    /// // Fridays from 8.30 to 12.30.
    /// let hours = OpeningHours::new(week, vec![], vec![], law, TimeZone::UTC)?;
    /// let at_ten: Timestamp = "2026-06-12T10:00:00Z".parse()?;
    /// let back = hours.due_moment(at_ten, SignedDuration::from_hours(-2));
    /// assert_eq!(back.to_string(), "2026-06-05T12:00:00Z"); // half an hour of the week before
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn due_moment(&self, from: Timestamp, time: SignedDuration) -> Timestamp {
        let opened = self.hours.opened(from).saturating_add(time);
        match time.is_positive() {
            true => self.hours.first_moment(opened),
            false => self.hours.last_moment(opened),
        }
    }

    /// How long it is open from `a` to `b`; negative when `b` is the earlier.
    ///
    /// ```
    /// # use calendar::{Calendar, Interval, OpeningHours, Week};
    /// # use jiff::{SignedDuration, Timestamp, civil::time, tz::TimeZone};
    /// # let morning = Interval { from: time(8, 30, 0, 0), to: time(12, 30, 0, 0) };
    /// # let week = Week { friday: vec![morning], ..Week::default() };
    /// # let law = Calendar::statutory();
    /// // Fridays from 8.30 to 12.30.
    /// let hours = OpeningHours::new(week, vec![], vec![], law, TimeZone::UTC)?;
    /// let (a, b): (Timestamp, Timestamp) =
    ///     ("2026-06-12T12:00:00Z".parse()?, "2026-06-19T09:00:00Z".parse()?);
    /// assert_eq!(hours.working_time_between(a, b), SignedDuration::from_hours(1));
    /// assert_eq!(hours.working_time_between(b, a), SignedDuration::from_hours(-1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn working_time_between(&self, a: Timestamp, b: Timestamp) -> SignedDuration {
        self.hours.opened(b).saturating_sub(self.hours.opened(a))
    }
}
