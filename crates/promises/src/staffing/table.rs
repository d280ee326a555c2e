//! The week in half hours: what came in, and how many people it takes.

use std::collections::BTreeMap;

use calendar::OpeningHours;
use jiff::civil::{Date, Time, Weekday};
use jiff::{SignedDuration, Timestamp};

use super::{Goal, Load, Wait, needed, wait};

/// The stretch that is reckoned with.
pub const HALF_HOUR_MINUTES: i16 = 30;

/// How many half hours an advice is about.
pub const STRETCH: usize = 4;

/// The most days that are looked back over.
pub const DAYS_MAX: usize = 800;

/// The most calls that are counted.
pub const CALLS_MAX: usize = 2_000_000;

/// More than is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TooMuch {
    /// More days than [`DAYS_MAX`].
    #[error("more than {DAYS_MAX} days")]
    Days,
    /// More calls than [`CALLS_MAX`].
    #[error("more than {CALLS_MAX} calls")]
    Calls,
}

/// A half hour of the week in which the telephone is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The day of the week.
    pub weekday: Weekday,
    /// When the half hour begins.
    pub from: Time,
    /// On how many days the telephone was answered in it.
    pub days: u32,
    /// How long it was answered in it on all those days together.
    pub open: SignedDuration,
    /// How many calls came in it, on all those days together.
    pub calls: u64,
    /// How long all those calls took together.
    pub handled: SignedDuration,
}

impl Cell {
    /// How many calls come in a whole half hour.
    #[must_use]
    pub fn expected(&self) -> f64 {
        let minutes = self.open.as_secs_f64() / 60.0;
        self.calls as f64 * f64::from(HALF_HOUR_MINUTES) / minutes
    }

    /// How long a call takes on average; nothing without calls.
    #[must_use]
    pub fn handling(&self) -> Option<SignedDuration> {
        let seconds = self.handled.as_secs_f64() / self.calls as f64;
        SignedDuration::try_from_secs_f64(seconds).ok()
    }

    /// The work that comes in; nothing without calls.
    #[must_use]
    pub fn load(&self) -> Option<Load> {
        Load::new(self.calls as f64, self.open, self.handling()?)
    }

    /// The fewest people with whom a goal is reached: one where nobody calls, since somebody may.
    /// Nothing when it would be more than there can be.
    #[must_use]
    pub fn needed(&self, goal: Goal) -> Option<u32> {
        self.load().map_or(Some(1), |load| needed(load, goal))
    }

    /// How callers wait when so many people answer; nothing when they would wait ever longer, and
    /// nothing when nobody calls.
    #[must_use]
    pub fn wait(&self, people: u32) -> Option<Wait> {
        wait(self.load()?, people)
    }
}

/// The week in half hours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The half hours in which the telephone was answered, from Monday on.
    pub cells: Vec<Cell>,
    /// Calls of these days that came when it was not answered: they are in no half hour.
    pub outside: u64,
}

/// What came in on these days, the last included: calls by when they came and how long they took,
/// with what was written down after them.
///
/// # Errors
/// When there is more than is counted.
pub fn table(
    hours: &OpeningHours,
    (first, last): (Date, Date),
    calls: &[(Timestamp, SignedDuration)],
) -> Result<Table, TooMuch> {
    if calls.len() > CALLS_MAX {
        return Err(TooMuch::Calls);
    }
    let days = || first.series(jiff::Span::new().days(1)).take_while(|day| *day <= last);
    if days().nth(DAYS_MAX).is_some() {
        return Err(TooMuch::Days);
    }
    let mut cells: BTreeMap<(i8, i16), Cell> = BTreeMap::new();
    for day in days() {
        for (half, minutes) in hours.intervals(day).into_iter().flat_map(halves) {
            let key = (day.weekday().to_monday_zero_offset(), half);
            let cell = cells.entry(key).or_insert_with(|| empty(day.weekday(), half));
            cell.days += 1;
            cell.open += SignedDuration::from_mins(minutes.into());
        }
    }
    let mut outside = 0;
    for (at, took) in calls {
        let local = hours.zone().to_datetime(*at);
        if local.date() < first || last < local.date() {
            continue;
        }
        let key =
            (local.weekday().to_monday_zero_offset(), minute(local.time()) / HALF_HOUR_MINUTES);
        match cells.get_mut(&key).filter(|_| hours.is_open(*at)) {
            Some(cell) => {
                cell.calls += 1;
                cell.handled += (*took).max(SignedDuration::ZERO);
            }
            None => outside += 1,
        }
    }
    Ok(Table { cells: cells.into_values().collect(), outside })
}

/// People who are missing in a stretch of a day, and what they would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// The day of the week.
    pub weekday: Weekday,
    /// When the stretch begins.
    pub from: Time,
    /// When it ends.
    pub until: Time,
    /// How many people more.
    pub more: u32,
    /// How long callers wait on average now; nothing when the queue only grows.
    pub before: Option<SignedDuration>,
    /// How long they would wait.
    pub after: SignedDuration,
}

/// Where more people do the most: the stretch of [`STRETCH`] half hours on end in which callers
/// wait the longest together, and how many more people bring the average wait under a time.
///
/// Nothing when callers wait less than that everywhere.
#[must_use]
pub fn advice(
    cells: &[Cell],
    people: impl Fn(&Cell) -> u32,
    under: SignedDuration,
) -> Option<Advice> {
    let too_long = |stretch: &&[Cell]| {
        let calls = stretch.iter().any(|cell| cell.calls > 0);
        calls && mean_wait(stretch, &people, 0).is_none_or(|mean| mean >= under)
    };
    let stretches = cells.windows(STRETCH).filter(|it| on_end(it)).filter(too_long);
    let worst = stretches.max_by(|one, other| {
        let weight = |stretch: &[Cell]| waited_together(stretch, &people);
        weight(one).total_cmp(&weight(other))
    })?;
    let (first, last) = (worst.first()?, worst.last()?);
    let most = worst.iter().filter_map(|cell| cell.needed(Goal::Mean(under))).max()?;
    let (more, after) = (1..=most).find_map(|more| {
        let mean = mean_wait(worst, &people, more)?;
        (mean < under).then_some((more, mean))
    })?;
    let half_hour = SignedDuration::from_mins(HALF_HOUR_MINUTES.into());
    Some(Advice {
        weekday: first.weekday,
        from: first.from,
        until: last.from.wrapping_add(half_hour),
        more,
        before: mean_wait(worst, &people, 0),
        after,
    })
}

fn on_end(stretch: &[Cell]) -> bool {
    let follows = |pair: &[Cell]| match pair {
        [one, next] => {
            one.weekday == next.weekday && minute(next.from) - minute(one.from) == HALF_HOUR_MINUTES
        }
        _ => false,
    };
    stretch.windows(2).all(follows)
}

/// How long callers of a stretch wait on average; nothing when a queue grows in it.
fn mean_wait(stretch: &[Cell], people: impl Fn(&Cell) -> u32, more: u32) -> Option<SignedDuration> {
    let (mut calls, mut waited) = (0.0, 0.0);
    for cell in stretch.iter().filter(|cell| cell.calls > 0) {
        let mean = cell.wait(people(cell).saturating_add(more))?.mean();
        calls += cell.expected();
        waited += cell.expected() * mean.as_secs_f64();
    }
    let mean = if calls > 0.0 { waited / calls } else { 0.0 };
    SignedDuration::try_from_secs_f64(mean).ok()
}

/// How long callers of a stretch wait together, in seconds. Where a queue grows, it is what stays
/// behind of the work: longer than any wait that ends.
fn waited_together(stretch: &[Cell], people: impl Fn(&Cell) -> u32) -> f64 {
    /// More than all seconds that callers can wait where no queue grows.
    const GROWS: f64 = 1e12;
    let of = |cell: &Cell| {
        let people = people(cell);
        match (cell.load(), cell.wait(people)) {
            (Some(_), Some(wait)) => (cell.expected() * wait.mean().as_secs_f64()).min(GROWS),
            (Some(load), None) => GROWS * (1.0 + load.erlangs() - f64::from(people)),
            (None, _) => 0.0,
        }
    };
    stretch.iter().map(of).sum()
}

/// The half hours that an interval touches, by their place in the day, with its minutes in each.
fn halves(interval: calendar::Interval) -> impl Iterator<Item = (i16, i16)> {
    let end_of_day = 24 * 60;
    let from = minute(interval.from);
    let to = if interval.to == Time::midnight() { end_of_day } else { minute(interval.to) };
    (from / HALF_HOUR_MINUTES..(to + HALF_HOUR_MINUTES - 1) / HALF_HOUR_MINUTES).map(move |half| {
        let begins = half * HALF_HOUR_MINUTES;
        (half, to.min(begins + HALF_HOUR_MINUTES) - from.max(begins))
    })
}

fn minute(time: Time) -> i16 {
    i16::from(time.hour()) * 60 + i16::from(time.minute())
}

fn empty(weekday: Weekday, half: i16) -> Cell {
    let from = SignedDuration::from_mins((half * HALF_HOUR_MINUTES).into());
    Cell {
        weekday,
        from: Time::midnight().wrapping_add(from),
        days: 0,
        open: SignedDuration::ZERO,
        calls: 0,
        handled: SignedDuration::ZERO,
    }
}
