//! What residents waited for: the confirmation, the first contact, the answer.

use jiff::Timestamp;
use norms::Duty;

use super::survival::Survival;
use crate::{How, Promise};

/// One question of a resident: promises of one contact that follow one another without a gap. A
/// message that comes after the answer is a question of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    /// When the resident began to wait.
    pub start: Timestamp,
    /// When the municipality first came back to them: with an answer, or with a date.
    pub contact: Option<Timestamp>,
    /// When the wait for the answer ended; nothing while it goes on.
    pub end: Option<Timestamp>,
    /// Whether it ended with the answer. Else nobody needed it any more: a date that was told was
    /// taken off, because the question was withdrawn.
    pub is_answered: bool,
}

impl Ask {
    /// Takes in the next promise, when it follows this question without a gap.
    fn takes(&mut self, next: Ask) -> bool {
        if self.end.is_some_and(|end| end < next.start) {
            return false;
        }
        let is_last = next.end >= self.end;
        let is_answered = if is_last { next.is_answered } else { self.is_answered };
        self.start = self.start.min(next.start);
        self.contact = [self.contact, next.contact].into_iter().flatten().min();
        self.end = self.end.zip(next.end).map(|(end, next)| end.max(next));
        self.is_answered = is_answered && self.end.is_some();
        true
    }
}

/// What was asked under the promises to one contact, given in the order of their numbers, as known
/// at `now`. What turned out not to be owed was not waited for.
#[must_use]
pub fn asks(promises: &[Promise], now: Timestamp) -> Vec<Ask> {
    let mut asks: Vec<Ask> = Vec::new();
    for promise in promises.iter().filter(|it| it.duty.is_kept_by_answer()) {
        let settled = promise.settled.filter(|settled| settled.at <= now);
        let how = settled.map(|settled| settled.how);
        if how == Some(How::Released) && promise.duty != Duty::KEEP_DATE {
            continue;
        }
        let is_answered = how == Some(How::Done);
        let end = settled.map(|settled| settled.at);
        let contact = end.filter(|_| is_answered);
        let ask = Ask { start: promise.started_at, contact, end, is_answered };
        if !asks.last_mut().is_some_and(|last| last.takes(ask)) {
            asks.push(ask);
        }
    }
    asks
}

/// The times that residents waited, each on the clock that they live by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waits {
    /// For the confirmation of receipt.
    pub acknowledgement: Survival,
    /// For the first contact: the answer, or the date of it.
    pub contact: Survival,
    /// For the answer.
    pub answer: Survival,
}

impl Waits {
    /// Adds what was waited for under the promises to one contact, as known at `now`.
    pub fn add(&mut self, promises: &[Promise], now: Timestamp) {
        for promise in promises.iter().filter(|it| it.duty == Duty::ACKNOWLEDGE) {
            let settled = promise.settled.filter(|settled| settled.at <= now);
            if settled.is_none_or(|settled| settled.how != How::Released) {
                let until = settled.map_or(now, |settled| settled.at);
                let wait = until.duration_since(promise.started_at);
                self.acknowledgement.add(wait, settled.is_some());
            }
        }
        for ask in asks(promises, now) {
            let until = ask.end.unwrap_or(now);
            let contact = ask.contact.unwrap_or(until);
            self.contact.add(contact.duration_since(ask.start), ask.contact.is_some());
            self.answer.add(until.duration_since(ask.start), ask.is_answered);
        }
    }

    /// Adds all of another.
    pub fn merge(&mut self, other: &Waits) {
        self.acknowledgement.merge(&other.acknowledgement);
        self.contact.merge(&other.contact);
        self.answer.merge(&other.answer);
    }

    /// The three, in the order in which a resident meets them, each with its stable word.
    #[must_use]
    pub fn each(&self) -> [(&'static str, &Survival); 3] {
        [
            ("acknowledgement", &self.acknowledgement),
            ("contact", &self.contact),
            ("answer", &self.answer),
        ]
    }
}
