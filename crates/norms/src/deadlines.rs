//! The deadlines of one norm as a table, for many cases at once.
//!
//! A norm with a limit in days has one deadline for each day on which its clock starts, so all of
//! them fit in a table; a limit by the clock is an addition, and working hours are a search in the
//! sums of the opening hours. The answer is that of [`Norms::due`], without its reasons.

use calendar::{FIRST_DAY, LAST_DAY, OpeningHours};
use jiff::{SignedDuration, Timestamp};

use crate::{Bound, Limit, Norm, Norms};

/// Seconds in a day on which the clocks do not change.
const DAY_S: i64 = 86_400;

/// What stands for a deadline that never comes.
pub const NEVER: i64 = i64::MAX;

/// The latest moments of one norm, by the moment its clock starts.
pub struct Deadlines {
    way: Way,
}

enum Way {
    Never,
    /// So many seconds after the start, or before it.
    Clock(i64),
    Days {
        /// The second at which each day of the tables begins, and after them the end of the last.
        midnights: Box<[i64]>,
        /// For each day: the deadline of a clock that starts on it.
        due: Box<[i64]>,
    },
    Hours(OpeningHours, SignedDuration),
}

impl Norms {
    /// The deadlines of a norm, as a table. Building it takes some milliseconds; a norm without a
    /// latest moment has none.
    #[must_use]
    pub fn deadlines(&self, norm: &Norm) -> Deadlines {
        let seconds = |count: u32| i64::from(count);
        let back = norm.bound == Bound::Before;
        let signed = |seconds: i64| if back { -seconds } else { seconds };
        let way = match norm.limit {
            _ if norm.bound == Bound::AtLeast => Way::Never,
            Limit::AsSoonAsPossible | Limit::Times(_) => Way::Never,
            Limit::AtOnce => Way::Clock(signed(self.at_once.as_secs())),
            Limit::Seconds(count) => Way::Clock(signed(seconds(count))),
            Limit::Rings(count) => Way::Clock(signed(self.ring.as_secs() * seconds(count))),
            Limit::WorkingSeconds(count) => {
                let hours = self.hours(&norm.hours).unwrap_or(&self.phone).open.clone();
                Way::Hours(hours, SignedDuration::from_secs(signed(seconds(count))))
            }
            _ => self.by_days(norm),
        };
        Deadlines { way }
    }

    fn by_days(&self, norm: &Norm) -> Way {
        let days = std::iter::successors(Some(FIRST_DAY), |day| day.tomorrow().ok())
            .take_while(|day| *day <= LAST_DAY);
        let before = FIRST_DAY.yesterday().unwrap_or(FIRST_DAY);
        let mut midnights = vec![self.end_of(before).as_second()];
        midnights.extend(days.map(|day| self.end_of(day).as_second()));
        let starts = &midnights[..midnights.len() - 1];
        let due = starts.iter().map(|start| {
            let start = Timestamp::from_second(*start).unwrap_or(Timestamp::MAX);
            self.due(norm, start).at.map_or(NEVER, Timestamp::as_second)
        });
        Way::Days { due: due.collect(), midnights: midnights.into() }
    }
}

impl Deadlines {
    /// The first second that is too late for a clock that starts in this second; [`NEVER`] when
    /// the norm sets no latest moment. Seconds are those of [`Timestamp::as_second`].
    #[must_use]
    pub fn due(&self, start_s: i64) -> i64 {
        match &self.way {
            Way::Never => NEVER,
            Way::Clock(seconds) => start_s.saturating_add(*seconds),
            Way::Days { midnights, due } => due[day(midnights, start_s)],
            Way::Hours(hours, time) => {
                let start = Timestamp::from_second(start_s).unwrap_or(Timestamp::MAX);
                hours.due_moment(start, *time).as_second()
            }
        }
    }

    /// Whether the deadline is the end of a day: then what is done in that second is too late.
    #[must_use]
    pub fn is_in_days(&self) -> bool {
        matches!(self.way, Way::Days { .. })
    }
}

/// The day of the tables on which a second falls. Days differ from each other by hours only, so a
/// division comes within one day of it.
fn day(midnights: &[i64], second: i64) -> usize {
    let last = midnights.len() - 2;
    let since = second.saturating_sub(midnights[0]).max(0) / DAY_S;
    let near = usize::try_from(since).unwrap_or(last).min(last);
    if second < midnights[near] {
        return near.saturating_sub(1);
    }
    if second >= midnights[near + 1] && near < last {
        return near + 1;
    }
    near
}
