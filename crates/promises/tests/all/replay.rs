//! The situation as the facts alone tell it: what a reader of the chain would believe.

use jiff::Timestamp;
use promises::{Fact, How, Situation};

/// What facts say of a promise: norm, deadline, how and when it ended, whether its breach was seen.
type Told = (String, Option<Timestamp>, Option<(How, Timestamp)>, bool);

/// What facts say of a contact.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Telling {
    class: String,
    closed: bool,
    promises: Vec<Told>,
}

impl Telling {
    /// Reads one more fact, of this moment.
    pub(crate) fn read(&mut self, at: Timestamp, fact: &Fact) {
        match fact {
            Fact::Received { class, .. } | Fact::ClassCorrected { to: class, .. } => {
                self.class = class.word().to_owned();
            }
            Fact::Promised { promise, norm, due_at, .. } => {
                assert_eq!(*promise as usize, self.promises.len() + 1, "numbers have no gaps");
                self.promises.push((norm.clone(), *due_at, None, false));
            }
            Fact::Settled { promise, how, at: later } => {
                let told = &mut self.promises[*promise as usize - 1].2;
                assert!(told.is_none(), "promise {promise} ends twice");
                *told = Some((*how, later.unwrap_or(at)));
            }
            Fact::Restored { promise } => {
                let told = &mut self.promises[*promise as usize - 1].2;
                assert!(told.is_some_and(|(_, end)| end > at), "promise {promise} has ended");
                *told = None;
            }
            Fact::Broken { promise } => {
                let noticed = &mut self.promises[*promise as usize - 1].3;
                assert!(!*noticed, "the breach of promise {promise} is noticed twice");
                *noticed = true;
            }
            Fact::Closed { .. } => {
                assert!(!self.closed, "closed twice");
                self.closed = true;
            }
            Fact::Reopened => {
                assert!(self.closed, "opened while open");
                self.closed = false;
            }
            _ => {}
        }
    }

    /// The same of a situation.
    pub(crate) fn of(it: &Situation) -> Telling {
        let promises = it.promises.iter().map(|promise| {
            let ended = promise.settled.map(|settled| (settled.how, settled.at));
            (promise.norm.clone(), promise.due.at, ended, promise.breach_noticed)
        });
        Telling {
            class: it.class.word().to_owned(),
            closed: it.closed,
            promises: promises.collect(),
        }
    }
}
