//! Calling residents back: what an attempt came to, when enough was tried, and whom to call next.

use jiff::Timestamp;
use norms::{CallBacks, Deed, Norms};
use serde::{Deserialize, Serialize};

use crate::{Kind, Situation};

/// What an attempt to call came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CallResult {
    /// The resident was spoken to.
    Reached,
    /// Nobody picked up, or the line was busy.
    NoAnswer,
    /// A message was left on a voicemail.
    Voicemail,
    /// The number is not the resident's, or is no number.
    WrongNumber,
}

impl CallResult {
    /// Every result.
    pub const ALL: [CallResult; 4] =
        [CallResult::Reached, CallResult::NoAnswer, CallResult::Voicemail, CallResult::WrongNumber];

    /// The stable word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            CallResult::Reached => "reached",
            CallResult::NoAnswer => "no-answer",
            CallResult::Voicemail => "voicemail",
            CallResult::WrongNumber => "wrong-number",
        }
    }

    /// The one with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<CallResult> {
        CallResult::ALL.into_iter().find(|result| result.word() == word)
    }
}

/// An attempt to call a resident.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// When.
    pub at: Timestamp,
    /// What it came to.
    pub result: CallResult,
}

/// Whether somebody counts as called back after these attempts, the oldest first. Attempts within
/// the pause after one that counts do not count, nor does a wrong number.
#[must_use]
pub fn is_called_back(norms: &Norms, attempts: &[Attempt]) -> bool {
    let policy = &norms.callbacks;
    let mut counted: Vec<Timestamp> = Vec::new();
    for attempt in attempts {
        match attempt.result {
            CallResult::Reached => return true,
            CallResult::Voicemail if policy.voicemail => return true,
            CallResult::WrongNumber => continue,
            CallResult::NoAnswer | CallResult::Voicemail => {}
        }
        if counted.last().is_none_or(|last| is_over(policy, *last, attempt.at)) {
            counted.push(attempt.at);
        }
    }
    let mut days: Vec<_> = counted.iter().map(|at| norms.day(*at)).collect();
    days.dedup();
    let tries = u32::try_from(counted.len()).unwrap_or(u32::MAX);
    let days = u32::try_from(days.len()).unwrap_or(u32::MAX);
    policy.attempts.is_some_and(|enough| tries >= enough && days >= policy.days)
}

fn is_over(policy: &CallBacks, last: Timestamp, at: Timestamp) -> bool {
    at.duration_since(last) >= policy.pause
}

/// A resident who waits to be called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// The first instant that is too late; nothing when no limit holds.
    pub due_at: Option<Timestamp>,
    /// The moments the resident asked for, each with its end; none is any time.
    pub moments: Vec<(Timestamp, Timestamp)>,
    /// The last attempt.
    pub last: Option<Attempt>,
}

/// When to call somebody: whoever comes first in this order is called first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// Now, and until this moment at the latest.
    Now(Timestamp),
    /// Not before this moment.
    From(Timestamp),
    /// Not at all: another number is needed first.
    Number(Timestamp),
}

/// Whose turn it is at a moment. A moment that the resident asked for goes before any other as
/// long as one is left before the deadline; who did not pick up is left alone for the pause of
/// the norm file, unless the deadline is nearer.
#[must_use]
pub fn turn(policy: &CallBacks, waiting: &Waiting, now: Timestamp) -> Turn {
    let due = waiting.due_at.unwrap_or(Timestamp::MAX);
    if waiting.last.is_some_and(|last| last.result == CallResult::WrongNumber) {
        return Turn::Number(due);
    }
    let missed = waiting.last.filter(|last| last.result != CallResult::Reached);
    let rested = missed.and_then(|last| last.at.checked_add(policy.pause).ok());
    if let Some(rested) = rested.filter(|rested| now < *rested && *rested < due) {
        return Turn::From(rested);
    }
    let asked = || waiting.moments.iter().filter(|(from, to)| *to > now && *from < due);
    match asked().min() {
        Some((from, to)) if *from <= now => Turn::Now(due.min(*to)),
        Some((from, _)) if due > now => Turn::From(*from),
        _ => Turn::Now(due),
    }
}

impl Situation {
    /// Whether calling is the way to reach this resident: they asked for it, or it was promised.
    #[must_use]
    pub fn is_to_call(&self) -> bool {
        self.kind == Kind::CallBack
            || self.promises.iter().any(|promise| promise.duty.is_kept_by(Deed::CallBack))
    }
}
