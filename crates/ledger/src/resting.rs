//! Contacts that wait for their resident, or are left alone for a while.

use jiff::Timestamp;

use crate::error::StorageError;
use crate::sql::{Tx, statements};

statements! {
    ASK = "UPDATE work SET asked = $2 WHERE contact = $1";
    SLEEP = "UPDATE work SET asleep_until = $2 WHERE contact = $1";
    WAKE = "UPDATE work SET asked = 0, asleep_until = 0
        WHERE contact = $1 AND (asked = 1 OR asleep_until > 0)";
    RESTING = "SELECT asked, asleep_until FROM work WHERE contact = $1";
}

impl Tx<'_> {
    /// Notes that the resident was asked something, or is no longer.
    ///
    /// # Errors
    /// When the database fails.
    pub fn note_asked(&mut self, contact: i64, asked: bool) -> Result<(), StorageError> {
        self.write(&ASK, &[contact.into(), asked.into()])?;
        Ok(())
    }

    /// Leaves a contact alone until a moment; wakes it, without one.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sleep(&mut self, contact: i64, until: Option<Timestamp>) -> Result<(), StorageError> {
        let until = until.map_or(0, Timestamp::as_microsecond);
        self.write(&SLEEP, &[contact.into(), until.into()])?;
        Ok(())
    }

    /// Something came in for a contact: nobody waits for the resident, and it sleeps no longer.
    ///
    /// # Errors
    /// When the database fails.
    pub fn wake(&mut self, contact: i64) -> Result<(), StorageError> {
        self.write(&WAKE, &[contact.into()])?;
        Ok(())
    }

    /// Whether the resident of a contact was asked something, and until when it is left alone.
    ///
    /// # Errors
    /// When the database fails.
    pub fn resting(&mut self, contact: i64) -> Result<(bool, Option<Timestamp>), StorageError> {
        let found = self.one(&RESTING, &[contact.into()], |row| {
            let asleep = if row.int(1)? > 0 { Some(row.instant(1)?) } else { None };
            Ok((row.yes(0)?, asleep))
        })?;
        Ok(found.unwrap_or_default())
    }
}
