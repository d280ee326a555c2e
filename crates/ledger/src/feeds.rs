//! Calendars of desks behind secret links, and what stands in them.

use jiff::Timestamp;

use crate::error::StorageError;
use crate::sql::{Tx, statements};
use crate::visits::Appointment;

statements! {
    ADD = "INSERT INTO counter_feeds (hash, desk, made_by, made_at) VALUES ($1, $2, $3, $4)" => id;
    END = "UPDATE counter_feeds SET ended_at = $2 WHERE desk = $1 AND ended_at IS NULL
        RETURNING id";
    BY_HASH = "SELECT id, desk, made_at FROM counter_feeds WHERE hash = $1 AND ended_at IS NULL";
    ALL = "SELECT id, desk, made_at FROM counter_feeds WHERE ended_at IS NULL ORDER BY desk";
    // What is only held is nobody's yet.
    OF_DESK = "SELECT a.id, a.contact, a.state, a.products, a.persons, a.desk, a.from_at, a.to_at,
        a.until_at, a.held_until, a.made_at, a.version, a.to_call, a.ticket, a.arrived_at,
        a.called_at, a.done_at, a.changed_at, c.received_at FROM appointments a
        JOIN contacts c ON c.id = a.contact WHERE a.contact IS NOT NULL AND a.state <> 'held'
        AND a.desk = $1 AND a.from_at >= $2 AND a.from_at < $3 ORDER BY a.from_at, a.id LIMIT $4";
    CHANGED = "SELECT MAX(changed_at) FROM appointments";
}

/// The calendar of a desk that a link opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CounterFeed {
    /// Its key.
    pub id: i64,
    /// The desk.
    pub desk: String,
    /// When the link was made.
    pub made_at: Timestamp,
}

/// A visit as a calendar shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedVisit {
    /// The visit.
    pub visit: Appointment,
    /// When its contact came in: its number says the year.
    pub received_at: Timestamp,
    /// When what is shown of it changed last.
    pub changed_at: Timestamp,
}

impl Tx<'_> {
    /// Keeps a link to the calendar of a desk by the hash of its secret; its key.
    ///
    /// # Errors
    /// When the desk has one already ([`StorageError::is_taken`]) or the database fails.
    pub fn add_feed(
        &mut self,
        hash: &[u8; 32],
        desk: &str,
        (made_by, now): (i64, Timestamp),
    ) -> Result<i64, StorageError> {
        let values = [hash.as_slice().into(), desk.into(), made_by.into(), now.into()];
        self.add(&ADD, &values)
    }

    /// Ends the link of a desk; its key, when it had one.
    ///
    /// # Errors
    /// When the database fails.
    pub fn end_feed(&mut self, desk: &str, now: Timestamp) -> Result<Option<i64>, StorageError> {
        self.one(&END, &[desk.into(), now.into()], |row| row.int(0))
    }

    /// The calendar that a link with this hash of its secret opens.
    ///
    /// # Errors
    /// When the database fails.
    pub fn feed(&mut self, hash: &[u8; 32]) -> Result<Option<CounterFeed>, StorageError> {
        self.one(&BY_HASH, &[hash.as_slice().into()], |row| {
            Ok(CounterFeed { id: row.int(0)?, desk: row.text(1)?, made_at: row.instant(2)? })
        })
    }

    /// Every link that opens a calendar, by desk.
    ///
    /// # Errors
    /// When the database fails.
    pub fn feeds(&mut self) -> Result<Vec<CounterFeed>, StorageError> {
        self.all(&ALL, &[], |row| {
            Ok(CounterFeed { id: row.int(0)?, desk: row.text(1)?, made_at: row.instant(2)? })
        })
    }

    /// The visits to a desk that begin in a stretch of time, in order, whatever became of them.
    ///
    /// # Errors
    /// When the database fails.
    pub fn visits_of_desk(
        &mut self,
        desk: &str,
        (from, to): (Timestamp, Timestamp),
        most: u32,
    ) -> Result<Vec<FeedVisit>, StorageError> {
        let values = [desk.into(), from.into(), to.into(), most.into()];
        self.all(&OF_DESK, &values, |row| {
            let visit = Appointment::read(row)?;
            let changed_at = row.instant(17)?.max(visit.made_at);
            Ok(FeedVisit { visit, received_at: row.instant(18)?, changed_at })
        })
    }

    /// When any visit was last changed; nothing when none ever was.
    ///
    /// # Errors
    /// When the database fails.
    pub fn visits_changed_at(&mut self) -> Result<Option<Timestamp>, StorageError> {
        let changed = self.one(&CHANGED, &[], |row| row.instant_or_none(0))?;
        Ok(changed.flatten().filter(|at| *at > Timestamp::UNIX_EPOCH))
    }
}
