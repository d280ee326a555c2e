//! Which days count, which hours are open, and when a term ends.
//!
//! A municipality lives by three calendars, and mixing them up is how deadlines go wrong:
//!
//! 1. the **statutory** calendar of the Algemene termijnenwet ([`Calendar::statutory`]), for terms
//!    that a law sets;
//! 2. the **norm** calendar ([`Calendar::norm`]), for the municipality's own promises, with its own
//!    closures;
//! 3. the **opening hours** of a channel ([`OpeningHours`]), for moments and working hours.
//!
//! Everything here is arithmetic: no clock, no input or output, no randomness. Days are civil
//! [`Date`](jiff::civil::Date)s and moments are [`Timestamp`](jiff::Timestamp)s; only a time zone
//! turns one into the other. The tables are built once and cover [`FIRST_DAY`] to [`LAST_DAY`].
//! A date outside them is taken as the nearest day inside, and an answer that would lie outside
//! is that nearest day too: nothing here panics over a strange date.
//!
//! ```
//! use calendar::{Calendar, NormDays};
//! use jiff::civil::date;
//!
//! let norm = Calendar::norm(&NormDays::default())?;
//! // A message of the Friday before King's Day, to be answered within two working days.
//! let term = norm.add_working_days(date(2026, 4, 24), 2);
//! assert_eq!(term.last, date(2026, 4, 29));
//! assert_eq!(term.skipped.len(), 3); // Saturday, Sunday, King's Day
//! # Ok::<(), calendar::CalendarError>(())
//! ```

mod days;
mod decrees;
mod errors;
mod holidays;
mod hours;
mod moments;
mod opening;
mod tables;
mod terms;
mod week;
mod working_days;
mod working_time;

pub use days::{Closure, DayOff, FIRST_DAY, LAST_DAY, Skipped};
pub use decrees::Decrees;
pub use errors::CalendarError;
pub use holidays::{Holiday, easter, holiday, holidays};
pub use opening::{LOOK_AHEAD_DAYS, Opening, OpeningHours};
pub use tables::CLOSURES_MAX;
pub use terms::{Term, TermLength};
pub use week::{
    EXCEPTIONS_MAX, Exception, INTERVALS_PER_DAY_MAX, Interval, SEASONS_MAX, Season, Week,
};
pub use working_days::{Calendar, NormDays};
pub use working_time::{OddDay, Oddity, WorkingTime};
