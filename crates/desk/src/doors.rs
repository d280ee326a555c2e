//! The doors of this process: what came in through each since it started, and who was turned away,
//! for whoever keeps an eye on it; and how much room it has. Nothing is decided on it, and nothing
//! of it is stored.

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use jiff::Timestamp;
use tokio::sync::Notify;

/// A door that mail is brought to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    /// The mail server of the municipality delivers.
    Lmtp,
    /// Any mail server delivers.
    Smtp,
}

/// What came to one door.
#[derive(Debug, Default)]
struct Tally {
    open: AtomicBool,
    taken: AtomicU64,
    refused: AtomicU64,
    postponed: AtomicU64,
    last_at: AtomicI64,
}

/// What came to one door, read at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Whether it listens.
    pub open: bool,
    /// Mails taken in.
    pub taken: u64,
    /// Recipients turned away: not an address of ours.
    pub refused: u64,
    /// Mails that were to come back later.
    pub postponed: u64,
    /// When the last one was taken in.
    pub last_at: Option<Timestamp>,
}

/// All doors of one process.
#[derive(Debug, Default)]
pub struct Doors {
    lmtp: Tally,
    smtp: Tally,
    mailboxes: OnceLock<Vec<String>>,
    sign_ins_refused: AtomicU64,
    relay: AtomicBool,
    room: Mutex<Option<u64>>,
    bell: Notify,
}

impl Way {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Way; 2] = [Way::Lmtp, Way::Smtp];

    /// Its name in addresses and figures.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Way::Lmtp => "lmtp",
            Way::Smtp => "smtp",
        }
    }
}

impl Doors {
    fn of(&self, way: Way) -> &Tally {
        match way {
            Way::Lmtp => &self.lmtp,
            Way::Smtp => &self.smtp,
        }
    }

    /// A listener stands behind this door.
    pub fn opened(&self, way: Way) {
        self.of(way).open.store(true, Ordering::Relaxed);
    }

    /// A mail was taken in.
    pub fn took(&self, way: Way, at: Timestamp) {
        let tally = self.of(way);
        tally.taken.fetch_add(1, Ordering::Relaxed);
        tally.last_at.store(at.as_microsecond(), Ordering::Relaxed);
    }

    /// A recipient was turned away.
    pub fn refused(&self, way: Way) {
        self.of(way).refused.fetch_add(1, Ordering::Relaxed);
    }

    /// A mail was to come back later.
    pub fn postponed(&self, way: Way) {
        self.of(way).postponed.fetch_add(1, Ordering::Relaxed);
    }

    /// Somebody tried to sign in, and could not.
    pub fn refused_sign_in(&self) {
        self.sign_ins_refused.fetch_add(1, Ordering::Relaxed);
    }

    /// How often somebody tried to sign in, and could not.
    #[must_use]
    pub fn sign_ins_refused(&self) -> u64 {
        self.sign_ins_refused.load(Ordering::Relaxed)
    }

    /// What came to a door so far.
    #[must_use]
    pub fn counted(&self, way: Way) -> Counted {
        let tally = self.of(way);
        let last_at = tally.last_at.load(Ordering::Relaxed);
        Counted {
            open: tally.open.load(Ordering::Relaxed),
            taken: tally.taken.load(Ordering::Relaxed),
            refused: tally.refused.load(Ordering::Relaxed),
            postponed: tally.postponed.load(Ordering::Relaxed),
            last_at: Timestamp::from_microsecond(last_at).ok().filter(|_| last_at != 0),
        }
    }

    /// The mailboxes this process reads, told once at the start.
    pub fn reads(&self, names: Vec<String>) {
        // A second telling changes nothing: the configuration does not change while it runs.
        let _ = self.mailboxes.set(names);
    }

    /// The names of the mailboxes this process reads.
    #[must_use]
    pub fn mailboxes(&self) -> &[String] {
        self.mailboxes.get().map_or(&[], Vec::as_slice)
    }

    /// Letters go out through a relay.
    pub fn has_relay(&self) {
        self.relay.store(true, Ordering::Relaxed);
    }

    /// Whether letters go out through a relay.
    #[must_use]
    pub fn relay(&self) -> bool {
        self.relay.load(Ordering::Relaxed)
    }

    /// So many bytes are free where the data stands; nothing when that can not be told.
    pub fn has_room(&self, bytes: Option<u64>) {
        *self.room.lock().unwrap_or_else(PoisonError::into_inner) = bytes;
    }

    /// How many bytes were free where the data stands, when it was last looked at.
    #[must_use]
    pub fn room(&self) -> Option<u64> {
        *self.room.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wakes every reader of a mailbox: there is something to do.
    pub fn ring(&self) {
        self.bell.notify_waiters();
    }

    /// Returns at the next ring.
    pub async fn rung(&self) {
        self.bell.notified().await;
    }
}
