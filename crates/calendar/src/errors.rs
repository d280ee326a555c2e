//! What can be wrong with the data a calendar is built from.

use jiff::civil::{Date, Time};

use crate::{
    CLOSURES_MAX, EXCEPTIONS_MAX, FIRST_DAY, INTERVALS_PER_DAY_MAX, LAST_DAY, SEASONS_MAX,
};

/// Why a calendar or opening hours could not be built from the data given.
///
/// Computing with a calendar that exists never fails.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CalendarError {
    /// A range of days ends before it begins.
    #[error("the days from {from} to {to} run backwards")]
    RangeBackwards {
        /// The first day as given.
        from: Date,
        /// The last day as given, before `from`.
        to: Date,
    },
    /// A date lies outside the years that the tables cover.
    #[error("{date} lies outside {FIRST_DAY} to {LAST_DAY}")]
    OutsideTables {
        /// The date as given.
        date: Date,
    },
    /// An interval of opening hours ends before it begins, or is empty.
    #[error("opening from {from} to {to} is empty or runs backwards")]
    IntervalBackwards {
        /// The opening time as given.
        from: Time,
        /// The closing time as given.
        to: Time,
    },
    /// Two intervals of one day overlap, or do not stand in the order of the day.
    #[error("the opening that starts at {at} begins before the one above it has ended")]
    IntervalsOverlap {
        /// The start of the later interval.
        at: Time,
    },
    /// A time of day has a fraction of a second.
    #[error("{at} has a fraction of a second; opening hours are whole seconds")]
    BrokenSecond {
        /// The time as given.
        at: Time,
    },
    /// Two seasons both claim a date.
    #[error("two seasons both hold {date}")]
    SeasonsOverlap {
        /// The first date that both hold.
        date: Date,
    },
    /// A date has two exceptions.
    #[error("{date} has more than one exception")]
    ExceptionTwice {
        /// The date.
        date: Date,
    },
    /// More closures than [`CLOSURES_MAX`].
    #[error("{given} closures are more than {CLOSURES_MAX}")]
    TooManyClosures {
        /// How many were given.
        given: usize,
    },
    /// More seasons than [`SEASONS_MAX`].
    #[error("{given} seasons are more than {SEASONS_MAX}")]
    TooManySeasons {
        /// How many were given.
        given: usize,
    },
    /// More exceptions than [`EXCEPTIONS_MAX`].
    #[error("{given} exceptions are more than {EXCEPTIONS_MAX}")]
    TooManyExceptions {
        /// How many were given.
        given: usize,
    },
    /// More intervals on one day than [`INTERVALS_PER_DAY_MAX`].
    #[error("{given} openings on one day are more than {INTERVALS_PER_DAY_MAX}")]
    TooManyIntervals {
        /// How many were given.
        given: usize,
    },
}
