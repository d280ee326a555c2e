//! How many people are needed on the telephone: the formula of Erlang for callers who wait
//! (Erlang C, M/M/n), over half hours of the telephone's own hours.
//!
//! It takes callers to ring independently and to wait until they are answered. Who gives up or is
//! called back makes the true wait shorter, so it errs towards enough people.

mod table;

use jiff::SignedDuration;
use norms::Answer;

pub use table::{
    Advice, CALLS_MAX, Cell, DAYS_MAX, HALF_HOUR_MINUTES, STRETCH, Table, TooMuch, advice, table,
};

/// The most people that are reckoned with at a time.
pub const PEOPLE_MAX: u32 = 5_000;

/// The most time that breaks, meetings and illness can take, in thousandths.
pub const SHRINKAGE_MAX: u32 = 900;

/// All of it, in thousandths.
const WHOLE: u32 = 1_000;

/// The work that comes in while callers ring at an even pace.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Load {
    /// How many people would be busy all the time (Erlang).
    erlangs: f64,
    /// How long a call takes, with what is written down after it, in seconds.
    handling: f64,
}

impl Load {
    /// So many calls in a time, each of which takes so long. Nothing for a time that is none, and
    /// for what is less than nothing.
    #[must_use]
    pub fn new(calls: f64, time: SignedDuration, handling: SignedDuration) -> Option<Load> {
        let (time, handling) = (time.as_secs_f64(), handling.as_secs_f64());
        let erlangs = calls * handling / time;
        let right = time > 0.0 && handling >= 0.0 && calls >= 0.0 && erlangs.is_finite();
        right.then_some(Load { erlangs, handling })
    }

    /// How many people would be busy all the time.
    #[must_use]
    pub fn erlangs(self) -> f64 {
        self.erlangs
    }
}

/// How callers wait.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wait {
    /// The part of callers who find everybody busy.
    probability: f64,
    /// How many of those who wait are answered in a second.
    pace: f64,
}

impl Wait {
    /// The part of callers who are not answered at once.
    #[must_use]
    pub fn probability(self) -> f64 {
        self.probability
    }

    /// How long callers wait on average, with those who do not wait.
    #[must_use]
    pub fn mean(self) -> SignedDuration {
        let seconds = self.probability / self.pace;
        SignedDuration::try_from_secs_f64(seconds).unwrap_or(SignedDuration::MAX)
    }

    /// The part of callers who are answered within a time.
    #[must_use]
    pub fn within(self, time: SignedDuration) -> f64 {
        let time = time.as_secs_f64().max(0.0);
        1.0 - self.probability * (-self.pace * time).exp()
    }

    fn reaches(self, goal: Goal) -> bool {
        match goal {
            Goal::Answer(answer) => {
                self.within(answer.within) >= f64::from(answer.share) / f64::from(WHOLE)
            }
            Goal::Mean(under) => self.mean() < under,
        }
    }
}

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// So many callers are answered within a time.
    Answer(Answer),
    /// Callers wait on average less than a time.
    Mean(SignedDuration),
}

/// How callers wait when so many people answer. Nothing when there are too few: then the queue
/// grows for as long as it lasts.
#[must_use]
pub fn wait(load: Load, people: u32) -> Option<Wait> {
    let people = people.min(PEOPLE_MAX);
    let blocked = (1..=people).fold(1.0, |blocked, count| next_blocked(blocked, load, count));
    waits(load, people, blocked)
}

/// The fewest people with whom a goal is reached. Nothing when it would be more than
/// [`PEOPLE_MAX`].
#[must_use]
pub fn needed(load: Load, goal: Goal) -> Option<u32> {
    let mut blocked = 1.0;
    (1..=PEOPLE_MAX).find(|count| {
        blocked = next_blocked(blocked, load, *count);
        waits(load, *count, blocked).is_some_and(|wait| wait.reaches(goal))
    })
}

/// How many people have to be in the roster so that so many answer, when this part of their time
/// (in thousandths) goes to breaks, meetings and illness. Nothing above [`SHRINKAGE_MAX`].
#[must_use]
pub fn rostered(people: u32, shrinkage: u32) -> Option<u32> {
    if shrinkage > SHRINKAGE_MAX {
        return None;
    }
    let rostered = (u64::from(people) * u64::from(WHOLE)).div_ceil((WHOLE - shrinkage).into());
    u32::try_from(rostered).ok()
}

/// Erlang B: the part of callers who are turned away when nobody can wait, for one person more.
/// Each step is a mean of numbers between 0 and 1, so it is right for any load.
fn next_blocked(blocked: f64, load: Load, count: u32) -> f64 {
    let turned = load.erlangs * blocked;
    turned / (f64::from(count) + turned)
}

/// Erlang C, from Erlang B.
fn waits(load: Load, people: u32, blocked: f64) -> Option<Wait> {
    let free = f64::from(people) - load.erlangs;
    if free <= 0.0 {
        return None;
    }
    let probability = f64::from(people) * blocked / (free + load.erlangs * blocked);
    let pace = if load.handling > 0.0 { free / load.handling } else { f64::MAX };
    Some(Wait { probability, pace })
}

#[cfg(test)]
mod tests;
