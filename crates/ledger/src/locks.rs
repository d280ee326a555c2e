//! Who is writing to whom: a contact waits for the answer of one employee.

use jiff::Timestamp;

use crate::error::StorageError;
use crate::sql::{Tx, statements};

statements! {
    HOLD = "INSERT INTO locks (contact, employee, until) VALUES ($1, $2, $3)
        ON CONFLICT (contact) DO UPDATE SET employee = excluded.employee, until = excluded.until
        WHERE locks.employee = excluded.employee OR locks.until <= $4";
    TAKE = "INSERT INTO locks (contact, employee, until) VALUES ($1, $2, $3)
        ON CONFLICT (contact) DO UPDATE SET employee = excluded.employee, until = excluded.until";
    RELEASE = "DELETE FROM locks WHERE contact = $1 AND employee = $2";
    OF_CONTACT = "SELECT employee, until FROM locks WHERE contact = $1 AND until > $2";
}

/// Who writes an answer, until when others leave it to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lock {
    /// The employee.
    pub employee: i64,
    /// Until when, unless they go on writing.
    pub until: Timestamp,
}

impl Tx<'_> {
    /// An employee goes on writing, unless somebody else does.
    ///
    /// # Errors
    /// When the database fails.
    pub fn hold_lock(
        &mut self,
        contact: i64,
        lock: Lock,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let Lock { employee, until } = lock;
        self.run(&HOLD, &[contact.into(), employee.into(), until.into(), now.into()])?;
        Ok(())
    }

    /// An employee writes from now on, whoever did before.
    ///
    /// # Errors
    /// When the database fails.
    pub fn take_lock(&mut self, contact: i64, lock: Lock) -> Result<(), StorageError> {
        self.write(&TAKE, &[contact.into(), lock.employee.into(), lock.until.into()])?;
        Ok(())
    }

    /// An employee writes no longer.
    ///
    /// # Errors
    /// When the database fails.
    pub fn release_lock(&mut self, contact: i64, employee: i64) -> Result<(), StorageError> {
        self.write(&RELEASE, &[contact.into(), employee.into()])?;
        Ok(())
    }

    /// Who is writing to the resident of a contact.
    ///
    /// # Errors
    /// When the database fails.
    pub fn lock(&mut self, contact: i64, now: Timestamp) -> Result<Option<Lock>, StorageError> {
        self.one(&OF_CONTACT, &[contact.into(), now.into()], |row| {
            Ok(Lock { employee: row.int(0)?, until: row.instant(1)? })
        })
    }
}
