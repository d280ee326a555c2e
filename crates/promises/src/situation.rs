//! What is known of a contact when something happens to it.

use jiff::Timestamp;
use norms::{Channel, Class, Duty, Facets, Kind, Norms, Subject};

use crate::Promise;

/// The state of a contact that decisions depend on, read from its rows. Never written back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Situation {
    /// How the contact came in.
    pub channel: Channel,
    /// What it is about.
    pub kind: Kind,
    /// What its first message is.
    pub class: Class,
    /// What else it is told apart by, in the words of the norm file.
    pub facets: Facets,
    /// When it reached the municipality; every norm runs from here.
    pub received_at: Timestamp,
    /// Whether there is an address that an automatic mail may be sent to.
    pub can_be_mailed: bool,
    /// Whether there is an address that an employee can mail to.
    pub has_address: bool,
    /// Whether it has been closed.
    pub closed: bool,
    /// Whether an acknowledgement was written or handed over, whatever became of it.
    pub acknowledgement_written: bool,
    /// How many letters were written so far; replies by phone or on paper count too.
    pub letters: u32,
    /// The promises made so far, by number.
    pub promises: Vec<Promise>,
}

impl Situation {
    /// The situation of a contact that has just come in.
    pub fn new(channel: Channel, kind: Kind, class: Class, received_at: Timestamp) -> Situation {
        Situation {
            channel,
            kind,
            class,
            facets: Facets::new(),
            received_at,
            can_be_mailed: false,
            has_address: false,
            closed: false,
            acknowledgement_written: false,
            letters: 0,
            promises: Vec::new(),
        }
    }

    /// The contact as far as the choice of its norms goes.
    pub fn subject(&self, norms: &Norms) -> Subject<'_> {
        let Situation { channel, kind, ref facets, received_at, .. } = *self;
        Subject { channel, kind, facets, on: norms.day(received_at) }
    }

    /// The promises still owed.
    pub fn open(&self) -> impl Iterator<Item = &Promise> {
        self.promises.iter().filter(|promise| promise.is_open())
    }

    /// Whether someone still owes the resident an answer, a date or a deed.
    pub fn is_owed_contact(&self) -> bool {
        self.open().any(|promise| promise.duty != Duty::ACKNOWLEDGE)
    }

    /// The promise that stands first: what the work list and the follow page show. An
    /// acknowledgement that is written is under way and nobody's work.
    pub fn next(&self) -> Option<&Promise> {
        let by_hand =
            |promise: &&Promise| promise.duty == Duty::ACKNOWLEDGE && !self.acknowledgement_written;
        self.open()
            .filter(|promise| promise.duty != Duty::ACKNOWLEDGE)
            .chain(self.open().filter(by_hand))
            .min_by_key(|promise| promise.due.at.unwrap_or(Timestamp::MAX))
    }
}
