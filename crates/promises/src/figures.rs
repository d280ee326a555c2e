//! What came of visits to the counter together: how long residents waited, who did not come, and
//! how full the desks were. Figures hold nothing of a person.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use norms::Norms;

use crate::counter::{Slot, Tick};

/// How a visit ended, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ended {
    /// It is to come, or goes on.
    Not,
    /// The resident was helped.
    Served,
    /// The resident did not come.
    Missed,
    /// It was called off.
    Cancelled,
}

/// The course of a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// The products, by id.
    pub products: Vec<String>,
    /// When it was to be at last, and at which desk.
    pub slot: Slot,
    /// When it was made.
    pub made_at: Timestamp,
    /// Whether the resident stood at the counter without an appointment when it was made.
    pub walked_in: bool,
    /// How often it was moved.
    pub moved: u32,
    /// When the resident came.
    pub arrived_at: Option<Timestamp>,
    /// When the resident was called to a desk first.
    pub called_at: Option<Timestamp>,
    /// How it ended.
    pub ended: Ended,
}

impl Course {
    /// How long the resident waited past the appointed time, or since they came when that was
    /// later. Nothing when they were not called.
    #[must_use]
    pub fn waited(&self) -> Option<SignedDuration> {
        let from = self.arrived_at.map_or(self.slot.from, |came| came.max(self.slot.from));
        Some(self.called_at?.duration_since(from).max(SignedDuration::ZERO))
    }
}

/// A part of a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// The part.
    pub part: u64,
    /// The whole.
    pub whole: u64,
}

impl Share {
    /// The part in thousandths, rounded down; nothing of nothing.
    #[must_use]
    pub fn per_mille(self) -> Option<u64> {
        (self.part * 1000).checked_div(self.whole)
    }
}

/// What came of some visits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// How many there were.
    pub visits: u64,
    /// Residents who were helped.
    pub served: u64,
    /// Residents who did not come.
    pub missed: u64,
    /// Visits that were called off.
    pub cancelled: u64,
    /// Visits that were moved at least once.
    pub moved: u64,
    /// Residents who came without an appointment: who got a time the same day, and another day.
    pub walked_in: [u64; 2],
    /// How long each waited who came by appointment and was called, the shortest first.
    waits: Vec<SignedDuration>,
    /// The minutes that visits took of their desks, those that nobody came to included.
    pub taken_minutes: i64,
    /// The minutes that the desks were open, without their closings.
    pub open_minutes: i64,
}

impl Figures {
    /// What came of these visits, at desks that were open for so many minutes.
    pub fn of<'a>(
        norms: &Norms,
        courses: impl IntoIterator<Item = &'a Course>,
        open_minutes: i64,
    ) -> Figures {
        let mut all = Figures { open_minutes, ..Figures::default() };
        for course in courses {
            all.visits += 1;
            all.served += u64::from(course.ended == Ended::Served);
            all.missed += u64::from(course.ended == Ended::Missed);
            all.moved += u64::from(course.moved > 0);
            if course.ended == Ended::Cancelled {
                all.cancelled += 1;
            } else {
                all.taken_minutes += course.slot.until.duration_since(course.slot.from).as_mins();
            }
            if course.walked_in {
                let is_later = norms.day(course.made_at) != norms.day(course.slot.from);
                all.walked_in[usize::from(is_later)] += 1;
            }
            // Who walked in has no appointed time but the moment they came.
            let is_appointed =
                !course.walked_in || norms.day(course.made_at) != norms.day(course.slot.from);
            all.waits.extend(course.waited().filter(|_| is_appointed));
        }
        all.waits.sort_unstable();
        all
    }

    /// How long residents waited: of a hundred, so many waited no longer. Nothing without any.
    #[must_use]
    pub fn waited(&self, percent: usize) -> Option<SignedDuration> {
        let rank = (self.waits.len() * percent).div_ceil(100);
        self.waits.get(rank.saturating_sub(1)).copied()
    }

    /// Who was called within so many minutes, of who was called.
    #[must_use]
    pub fn on_time(&self, minutes: i64) -> Share {
        let within = SignedDuration::from_mins(minutes);
        let part = self.waits.partition_point(|wait| *wait <= within);
        Share { part: whole(part), whole: whole(self.waits.len()) }
    }

    /// Who did not come, of those whose visit is over and was not called off.
    #[must_use]
    pub fn no_show(&self) -> Share {
        Share { part: self.missed, whole: self.missed + self.served }
    }

    /// What was called off, of all.
    #[must_use]
    pub fn called_off(&self) -> Share {
        Share { part: self.cancelled, whole: self.visits }
    }

    /// What was moved, of all.
    #[must_use]
    pub fn was_moved(&self) -> Share {
        Share { part: self.moved, whole: self.visits }
    }

    /// The minutes that were taken, of those that desks were open.
    #[must_use]
    pub fn in_use(&self) -> Share {
        let minutes = |minutes: i64| u64::try_from(minutes).unwrap_or_default();
        Share { part: minutes(self.taken_minutes), whole: minutes(self.open_minutes) }
    }
}

/// How many working days a time lies ahead of a day: 0 is the same day, or before any working day.
#[must_use]
pub fn working_days_to(norms: &Norms, today: Date, at: Timestamp) -> u32 {
    let days = norms.calendar.working_days_between(today, norms.day(at));
    u32::try_from(days).unwrap_or_default()
}

/// The middle one of some numbers: of an even number the lower of the two in the middle.
#[must_use]
pub fn median(numbers: &mut [u32]) -> Option<u32> {
    numbers.sort_unstable();
    numbers.get(numbers.len().saturating_sub(1) / 2).copied()
}

/// The minutes between two moments, in whole ticks.
pub(crate) fn minutes(ticks: std::ops::Range<Tick>) -> i64 {
    (ticks.end.0 - ticks.start.0).max(0) * norms::TICK_MINUTES
}

fn whole(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
