//! The two calendars of days, and counting working days on them.

use std::fmt;
use std::sync::{Arc, LazyLock};

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::days::nearest;
use crate::tables::{Ingredients, Tables};
use crate::{CalendarError, Closure, DayOff, Decrees, FIRST_DAY, LAST_DAY, Skipped, Term};

/// Which days are working days for the municipality's own promises.
///
/// The law does not say, so this is data of the municipality. The default: every day but
/// Saturdays, Sundays and the holidays of the law's first list. Good Friday and decree days are
/// working days, unless the municipality closes them.
///
/// ```
/// use calendar::NormDays;
/// let days: NormDays = serde_json::from_str(r#"{ "good_friday_off": true }"#)?;
/// assert!(days.good_friday_off && !days.decree_days_off && days.closures.is_empty());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NormDays {
    /// Whether the holidays of the Netherlands are working days, as they are for a council abroad,
    /// whose own holidays are closures.
    pub holidays_worked: bool,
    /// Whether Good Friday is a day off.
    pub good_friday_off: bool,
    /// Whether the days of the royal decrees are days off.
    pub decree_days_off: bool,
    /// The municipality's own closures.
    pub closures: Vec<Closure>,
    /// The decrees to go by; only read when `decree_days_off`.
    pub decrees: Decrees,
}

/// A calendar that knows which days are working days.
///
/// Immutable; cloning shares the tables. For every function: a date before
/// [`FIRST_DAY`](crate::FIRST_DAY) or after [`LAST_DAY`](crate::LAST_DAY) is taken as that day,
/// and so is an answer that would lie outside.
#[derive(Clone)]
pub struct Calendar {
    pub(crate) tables: Arc<Tables>,
}

static STATUTORY: LazyLock<Calendar> = LazyLock::new(|| {
    Calendar::statutory_with(&Decrees::default()).expect("the published decrees are in range")
});

impl Calendar {
    /// The calendar of the Algemene termijnenwet (article 3): Saturdays, Sundays, the generally
    /// recognised holidays, Good Friday and the published decree days.
    ///
    /// ```
    /// use calendar::{Calendar, DayOff};
    /// use jiff::civil::date;
    /// let law = Calendar::statutory();
    /// assert_eq!(law.day_off(date(2026, 5, 15)), Some(DayOff::Decree));
    /// ```
    #[must_use]
    pub fn statutory() -> Calendar {
        STATUTORY.clone()
    }

    /// The statutory calendar with other decrees than the ones this version knows.
    ///
    /// # Errors
    ///
    /// [`CalendarError::OutsideTables`] when a decree day lies outside the tables.
    ///
    /// ```
    /// use calendar::{Calendar, Decrees};
    /// use jiff::civil::date;
    /// let mut decrees = Decrees::default();
    /// decrees.days.push(date(2029, 5, 11));
    /// decrees.known_until = date(2031, 12, 31);
    /// let law = Calendar::statutory_with(&decrees)?;
    /// assert!(!law.is_working_day(date(2029, 5, 11)));
    /// # Ok::<(), calendar::CalendarError>(())
    /// ```
    pub fn statutory_with(decrees: &Decrees) -> Result<Calendar, CalendarError> {
        Calendar::built_from(&Ingredients {
            holidays_off: true,
            good_friday_off: true,
            decrees: Some(decrees),
            closures: &[],
        })
    }

    /// The calendar of the municipality's own promises.
    ///
    /// # Errors
    ///
    /// A closure that runs backwards or lies outside the tables, or too many of them.
    ///
    /// ```
    /// use calendar::{Calendar, NormDays};
    /// use jiff::civil::date;
    /// let norm = Calendar::norm(&NormDays::default())?;
    /// assert!(norm.is_working_day(date(2026, 4, 3))); // Good Friday
    /// assert!(norm.is_working_day(date(2026, 5, 15))); // a decree day
    /// assert!(!norm.is_working_day(date(2026, 5, 5)));
    /// # Ok::<(), calendar::CalendarError>(())
    /// ```
    pub fn norm(days: &NormDays) -> Result<Calendar, CalendarError> {
        Calendar::built_from(&Ingredients {
            holidays_off: !days.holidays_worked,
            good_friday_off: days.good_friday_off,
            decrees: days.decree_days_off.then_some(&days.decrees),
            closures: &days.closures,
        })
    }

    fn built_from(ingredients: &Ingredients<'_>) -> Result<Calendar, CalendarError> {
        Ok(Calendar { tables: Arc::new(Tables::build(ingredients)?) })
    }

    /// Why a date is not a working day; `None` when it is one.
    ///
    /// Outside the tables only Saturdays and Sundays are known.
    ///
    /// ```
    /// use calendar::{Calendar, DayOff, Holiday};
    /// use jiff::civil::date;
    /// let law = Calendar::statutory();
    /// assert_eq!(law.day_off(date(2026, 4, 27)), Some(DayOff::Holiday(Holiday::KingsDay)));
    /// assert_eq!(law.day_off(date(2026, 4, 28)), None);
    /// ```
    #[must_use]
    pub fn day_off(&self, date: Date) -> Option<DayOff> {
        self.tables.day_off(date)
    }

    /// Whether a date is a working day.
    ///
    /// ```
    /// use calendar::Calendar;
    /// use jiff::civil::date;
    /// assert!(!Calendar::statutory().is_working_day(date(2026, 4, 3))); // Good Friday
    /// ```
    #[must_use]
    pub fn is_working_day(&self, date: Date) -> bool {
        self.day_off(date).is_none()
    }

    /// The municipality's closures, in the order they were given.
    ///
    /// ```
    /// assert!(calendar::Calendar::statutory().closures().is_empty());
    /// ```
    #[must_use]
    pub fn closures(&self) -> &[Closure] {
        &self.tables.closures
    }

    /// When a date closes early: the time, and the index of the closure that says so.
    ///
    /// ```
    /// use calendar::{Calendar, Closure, NormDays};
    /// use jiff::civil::{date, time};
    /// let eve = date(2026, 12, 24);
    /// let closes_at = Some(time(12, 0, 0, 0));
    /// let closure = Closure { from: eve, to: eve, closes_at, why: "Christmas Eve".into() };
    /// let norm = Calendar::norm(&NormDays { closures: vec![closure], ..NormDays::default() })?;
    /// assert_eq!(norm.closes_early(eve), Some((time(12, 0, 0, 0), 0)));
    /// assert!(norm.is_working_day(eve));
    /// # Ok::<(), calendar::CalendarError>(())
    /// ```
    #[must_use]
    pub fn closes_early(&self, date: Date) -> Option<(Time, u16)> {
        self.tables.closes_early(date)
    }

    /// The first day for which everything this calendar goes by is known.
    ///
    /// The decrees before it are not in the data; with no decrees, the start of the tables.
    ///
    /// ```
    /// use jiff::civil::date;
    /// assert_eq!(calendar::Calendar::statutory().known_from(), date(2023, 1, 1));
    /// ```
    #[must_use]
    pub fn known_from(&self) -> Date {
        self.tables.known_from
    }

    /// The last day for which everything this calendar goes by is known.
    ///
    /// The horizon of the decrees where decree days count; else the end of the tables. A term
    /// that ends later may still move, and the reader should be told so.
    ///
    /// ```
    /// use jiff::civil::date;
    /// assert_eq!(calendar::Calendar::statutory().known_until(), date(2028, 12, 31));
    /// ```
    #[must_use]
    pub fn known_until(&self) -> Date {
        self.tables.known_until
    }

    /// The days off from `first` to `last`, both included, in order.
    ///
    /// ```
    /// use calendar::Calendar;
    /// use jiff::civil::date;
    /// let off = Calendar::statutory().days_off(date(2026, 4, 1), date(2026, 4, 6));
    /// assert_eq!(off.len(), 4); // Good Friday to Easter Monday
    /// ```
    #[must_use]
    pub fn days_off(&self, first: Date, last: Date) -> Vec<Skipped> {
        self.tables.days_off(first, last)
    }

    /// The last day of a term of `days` working days after `from`, with the days it skipped.
    ///
    /// The day of receipt does not count: the term lasts until the end of the nth working day
    /// after it. With 0 days the term ends on `from` itself, or on the next working day when
    /// `from` is not one.
    ///
    /// ```
    /// use calendar::{Calendar, NormDays};
    /// use jiff::civil::date;
    /// let norm = Calendar::norm(&NormDays::default())?;
    /// let saturday = date(2026, 6, 13);
    /// assert_eq!(norm.add_working_days(saturday, 2).last, date(2026, 6, 16));
    /// assert_eq!(norm.add_working_days(saturday, 0).last, date(2026, 6, 15));
    /// # Ok::<(), calendar::CalendarError>(())
    /// ```
    #[must_use]
    pub fn add_working_days(&self, from: Date, days: u32) -> Term {
        let last = self.due_date(from, days);
        let first = if days == 0 { nearest(from) } else { after(from) };
        Term { last, skipped: self.days_off(first, last) }
    }

    /// The last day of a term of `days` working days after `from`, without reasons.
    ///
    /// The same day as [`add_working_days`](Calendar::add_working_days) gives, in two look-ups.
    ///
    /// ```
    /// use calendar::{Calendar, NormDays};
    /// use jiff::civil::date;
    /// let norm = Calendar::norm(&NormDays::default())?;
    /// assert_eq!(norm.due_date(date(2026, 12, 24), 2), date(2026, 12, 29));
    /// # Ok::<(), calendar::CalendarError>(())
    /// ```
    #[must_use]
    pub fn due_date(&self, from: Date, days: u32) -> Date {
        let passed = self.tables.rank(from);
        let before = match days {
            0 => passed - usize::from(self.tables.counts(from)),
            _ => passed + days as usize - 1,
        };
        self.tables.working_day(before).unwrap_or(LAST_DAY)
    }

    /// The working day that lies `days` working days before `from`, with the days skipped on the
    /// way, earliest first.
    ///
    /// `from` itself does not count. With 0 days: `from` itself, or the working day before it.
    ///
    /// ```
    /// use calendar::{Calendar, NormDays};
    /// use jiff::civil::date;
    /// let norm = Calendar::norm(&NormDays::default())?;
    /// let term = norm.subtract_working_days(date(2026, 4, 29), 2);
    /// assert_eq!(term.last, date(2026, 4, 24));
    /// assert_eq!(term.skipped.len(), 3);
    /// # Ok::<(), calendar::CalendarError>(())
    /// ```
    #[must_use]
    pub fn subtract_working_days(&self, from: Date, days: u32) -> Term {
        let passed = self.tables.rank(from);
        let last = match days {
            0 => passed.checked_sub(1),
            _ => (passed - usize::from(self.tables.counts(from))).checked_sub(days as usize),
        };
        let last = last.and_then(|rank| self.tables.working_day(rank)).unwrap_or(FIRST_DAY);
        let end = if days == 0 { nearest(from) } else { before(from) };
        Term { last, skipped: self.days_off(last, end) }
    }

    /// The first day that has `days` whole working days between it and `from`.
    ///
    /// Clear days count neither the day of receipt nor the last day itself, so this is the
    /// working day after the nth: two clear working days from a Monday end on the Thursday.
    ///
    /// ```
    /// use calendar::{Calendar, NormDays};
    /// use jiff::civil::date;
    /// let norm = Calendar::norm(&NormDays::default())?;
    /// assert_eq!(norm.add_clear_working_days(date(2026, 6, 15), 2).last, date(2026, 6, 18));
    /// # Ok::<(), calendar::CalendarError>(())
    /// ```
    #[must_use]
    pub fn add_clear_working_days(&self, from: Date, days: u32) -> Term {
        self.add_working_days(from, days.saturating_add(1))
    }

    /// The last day that has `days` whole working days between it and a later `from`.
    ///
    /// ```
    /// use calendar::{Calendar, NormDays};
    /// use jiff::civil::date;
    /// let norm = Calendar::norm(&NormDays::default())?;
    /// assert_eq!(norm.subtract_clear_working_days(date(2026, 6, 18), 2).last, date(2026, 6, 15));
    /// # Ok::<(), calendar::CalendarError>(())
    /// ```
    #[must_use]
    pub fn subtract_clear_working_days(&self, from: Date, days: u32) -> Term {
        self.subtract_working_days(from, days.saturating_add(1))
    }

    /// How many working days lie after `after`, up to and including `until`.
    ///
    /// Negative when `until` is the earlier of the two: then the working days after `until` up to
    /// and including `after` are counted.
    ///
    /// ```
    /// use calendar::{Calendar, NormDays};
    /// use jiff::civil::date;
    /// let norm = Calendar::norm(&NormDays::default())?;
    /// assert_eq!(norm.working_days_between(date(2026, 4, 24), date(2026, 4, 29)), 2);
    /// assert_eq!(norm.working_days_between(date(2026, 4, 29), date(2026, 4, 24)), -2);
    /// # Ok::<(), calendar::CalendarError>(())
    /// ```
    #[must_use]
    pub fn working_days_between(&self, after: Date, until: Date) -> i64 {
        self.ranked(until) - self.ranked(after)
    }

    fn ranked(&self, date: Date) -> i64 {
        i64::try_from(self.tables.rank(date)).expect("three centuries of days")
    }
}

impl fmt::Debug for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Calendar")
            .field("closures", &self.closures())
            .field("known_until", &self.known_until())
            .finish_non_exhaustive()
    }
}

/// The day after, or the same day at the end of the tables.
fn after(day: Date) -> Date {
    nearest(day).tomorrow().unwrap_or(LAST_DAY)
}

/// The day before, or the same day at the start of the tables.
fn before(day: Date) -> Date {
    nearest(day).yesterday().unwrap_or(FIRST_DAY)
}
