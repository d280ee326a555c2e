//! What became of promises, told from the facts alone: as whoever does not trust the tables would.

use std::collections::{HashMap, VecDeque};

use jiff::{SignedDuration, Timestamp};
use norms::{Due, Duty};

use crate::promise::verdict;
use crate::{Fact, Settlement, Verdict};

/// How long after its end a promise may still be owed again: a mail that is taken back takes back
/// what it ended, within [`crate::RECALL_SECONDS`]. Much longer than that, as clocks differ.
const SETTLED_AFTER: SignedDuration = SignedDuration::from_hours(1);

/// A promise as the facts tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The contact.
    pub contact: i64,
    /// Its number within the contact.
    pub nr: u32,
    /// The norm.
    pub norm: String,
    /// What is owed.
    pub duty: Duty,
    /// When the contact reached the municipality.
    pub received_at: Timestamp,
    /// When it was made.
    pub made_at: Timestamp,
    /// The first instant that is too late.
    pub due_at: Option<Timestamp>,
    /// The first instant that is not too early.
    pub not_before: Option<Timestamp>,
    /// How it ended.
    pub settled: Option<Settlement>,
}

/// Promises while the facts are told in their order. What can not change any more is handed over
/// and forgotten, so that only what is owed is kept in memory, and when each contact came in.
#[derive(Debug, Default)]
pub struct Recount {
    received: HashMap<i64, Timestamp>,
    owed: HashMap<(i64, u32), Told>,
    ended: VecDeque<(Timestamp, (i64, u32))>,
}

impl Recount {
    /// Hears the next fact; hands over the promises that have come to their end.
    ///
    /// # Errors
    /// What is odd about a fact that no course of events can have made.
    pub fn hear(
        &mut self,
        (contact, at): (i64, Timestamp),
        fact: &Fact,
        each: &mut impl FnMut(Told),
    ) -> Result<(), &'static str> {
        self.let_go(at, each);
        match *fact {
            Fact::Received { received_at, .. } => {
                self.received.insert(contact, received_at.unwrap_or(at));
            }
            Fact::Promised { promise: nr, ref norm, duty, due_at, not_before, .. } => {
                let received_at = self.received.get(&contact).copied();
                let told = Told {
                    contact,
                    nr,
                    norm: norm.clone(),
                    duty,
                    received_at: received_at.ok_or("promised to a contact that never came in")?,
                    made_at: at,
                    due_at,
                    not_before,
                    settled: None,
                };
                self.owed.insert((contact, nr), told);
            }
            Fact::Settled { promise: nr, how, at: later } => {
                let settled = Settlement { at: later.unwrap_or(at), how };
                self.of(contact, nr)?.settled = Some(settled);
                self.ended.push_back((settled.at, (contact, nr)));
            }
            Fact::Restored { promise: nr } => self.of(contact, nr)?.settled = None,
            Fact::Redated { promise: nr, new_at, not_before, .. } => {
                let told = self.of(contact, nr)?;
                (told.due_at, told.not_before) = (new_at, not_before);
            }
            _ => {}
        }
        Ok(())
    }

    /// What has not come to its end, as far as the facts were told.
    pub fn owed(&self) -> impl Iterator<Item = &Told> {
        self.owed.values()
    }

    fn of(&mut self, contact: i64, nr: u32) -> Result<&mut Told, &'static str> {
        self.owed.get_mut(&(contact, nr)).ok_or("about a promise that is not owed")
    }

    /// Hands over what ended so long ago that it stays so.
    fn let_go(&mut self, now: Timestamp, each: &mut impl FnMut(Told)) {
        let is_long_ago = |at: Timestamp| now.duration_since(at) > SETTLED_AFTER;
        while let Some((at, key)) = self.ended.front().copied().filter(|(at, _)| is_long_ago(*at)) {
            self.ended.pop_front();
            let ended = self.owed.get(&key).and_then(|told| told.settled);
            // What was owed again, and ended again, waits for its later end.
            if ended.is_some_and(|settled| settled.at == at) {
                self.owed.remove(&key).into_iter().for_each(&mut *each);
            }
        }
    }
}

impl Told {
    /// What can be said of it, as known at `now`; whether it is at risk does not follow from facts.
    #[must_use]
    pub fn verdict(&self, now: Timestamp) -> Verdict {
        let due = Due { at: self.due_at, not_before: self.not_before, ..Due::default() };
        // A mail that settles it can still be taken back until then.
        let settled = self.settled.filter(|settled| settled.at <= now);
        match verdict(&due, self.made_at, settled, now) {
            Verdict::AtRisk => Verdict::Open,
            told => told,
        }
    }
}
