//! Taking back a reply that has not left yet.

use jiff::{SignedDuration, Timestamp};

use super::Course;
use crate::{Fact, Promise, Refusal};

/// How long an answer or a date by mail waits before it leaves, in seconds.
pub const RECALL_SECONDS: i64 = 20;

/// When a reply by mail that is written at a moment leaves. Until then it can be taken back, and
/// counts as not given; from then on it counts as given.
#[must_use]
pub fn leaves_at(written_at: Timestamp) -> Timestamp {
    written_at.checked_add(SignedDuration::from_secs(RECALL_SECONDS)).unwrap_or(Timestamp::MAX)
}

impl Course<'_> {
    /// Takes back a reply by mail. All that it ended and began carries the moment at which it
    /// leaves: what ended is owed again by the same day, what began is not owed.
    pub(super) fn recall(&mut self, letter: u32, written_at: Timestamp) -> Result<(), Refusal> {
        let leaves_at = leaves_at(written_at);
        if self.now >= leaves_at {
            return Err(Refusal::LetterLeft);
        }
        let since =
            |promise: &Promise| promise.made_at > written_at || promise.started_at == leaves_at;
        let ended_since = |promise: &Promise| since(promise) && !promise.is_open();
        if letter != self.it.letters || self.it.promises.iter().any(ended_since) {
            return Err(Refusal::ChangedSince);
        }
        self.facts.push(Fact::Recalled { letter });
        let began: Vec<u32> =
            self.it.open().filter(|promise| since(promise)).map(|promise| promise.nr).collect();
        let restored = self.restore(leaves_at);
        // What was promised since because nothing was owed is owed already.
        for nr in began {
            let promise = self.it.promises.iter().find(|promise| promise.nr == nr);
            let doubled = promise.is_some_and(|promise| {
                promise.started_at == leaves_at
                    || restored.iter().any(|again| again.duty.is_same_need(promise.duty))
            });
            if doubled {
                self.release(nr);
            }
        }
        if self.it.is_owed_contact() {
            self.open_again();
        }
        Ok(())
    }

    /// What ended at that moment is owed again.
    fn restore(&mut self, ended_at: Timestamp) -> Vec<Promise> {
        let mut restored = Vec::new();
        for promise in &mut self.it.promises {
            if promise.settled.is_some_and(|settled| settled.at == ended_at) {
                promise.settled = None;
                self.facts.push(Fact::Restored { promise: promise.nr });
                restored.push(promise.clone());
            }
        }
        restored
    }
}
