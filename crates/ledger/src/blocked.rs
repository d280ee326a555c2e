//! Addresses that get no automatic mail, because an employee decided so.

use jiff::Timestamp;

use crate::error::StorageError;
use crate::sql::{Row, Tx, statements};

statements! {
    PUT = "INSERT INTO blocked (email_key, at, employee, why) VALUES ($1, $2, $3, $4)
        ON CONFLICT (email_key) DO UPDATE SET at = excluded.at, employee = excluded.employee,
        why = excluded.why";
    ONE = "SELECT at, employee, why FROM blocked WHERE email_key = $1";
    REMOVE = "DELETE FROM blocked WHERE email_key = $1";
}

/// Why an address gets no automatic mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// Since when.
    pub at: Timestamp,
    /// Who decided it.
    pub employee: i64,
    /// Why.
    pub why: String,
}

impl Blocked {
    fn read(row: &Row<'_>) -> Result<Blocked, StorageError> {
        Ok(Blocked { at: row.instant(0)?, employee: row.int(1)?, why: row.text(2)? })
    }
}

impl Tx<'_> {
    /// From now on an address (as [`email_key`](crate::contacts::email_key) writes it) gets no
    /// automatic mail.
    ///
    /// # Errors
    /// When the database fails.
    pub fn block(&mut self, email_key: &str, blocked: &Blocked) -> Result<(), StorageError> {
        let values =
            [email_key.into(), blocked.at.into(), blocked.employee.into(), (&blocked.why).into()];
        self.write(&PUT, &values)?;
        Ok(())
    }

    /// From now on an address gets automatic mail again.
    ///
    /// # Errors
    /// When the database fails.
    pub fn unblock(&mut self, email_key: &str) -> Result<(), StorageError> {
        self.write(&REMOVE, &[email_key.into()])?;
        Ok(())
    }

    /// Why an address gets no automatic mail; nothing when it does.
    ///
    /// # Errors
    /// When the database fails.
    pub fn blocked(&mut self, email_key: &str) -> Result<Option<Blocked>, StorageError> {
        self.one(&ONE, &[email_key.into()], Blocked::read)
    }
}
