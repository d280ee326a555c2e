//! Addresses that get no automatic mail, because an employee decided so.

use jiff::Timestamp;

use crate::error::StorageError;
use crate::sql::{Row, Tx, statements};

statements! {
    PUT = "INSERT INTO blocked (email_key, at, employee, why) VALUES ($1, $2, $3, $4)
        ON CONFLICT (email_key) DO UPDATE SET at = excluded.at, employee = excluded.employee,
        why = excluded.why";
    ONE = "SELECT at, employee, why FROM blocked WHERE email_key IN ($1, $2) LIMIT 1";
    REMOVE = "DELETE FROM blocked WHERE email_key IN ($1, $2)";
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

/// An address, as [`email_key`](crate::contacts::email_key) writes it, and as it is remembered when
/// everything of its person is erased.
pub type Address<'a> = (&'a str, &'a str);

impl Tx<'_> {
    /// From now on an address gets no automatic mail.
    ///
    /// # Errors
    /// When the database fails.
    pub fn block(&mut self, address: Address<'_>, blocked: &Blocked) -> Result<(), StorageError> {
        self.unblock(address)?;
        let (at, employee) = (blocked.at.into(), blocked.employee.into());
        self.write(&PUT, &[address.0.into(), at, employee, (&blocked.why).into()])?;
        Ok(())
    }

    /// From now on an address gets automatic mail again.
    ///
    /// # Errors
    /// When the database fails.
    pub fn unblock(&mut self, (key, hidden): Address<'_>) -> Result<(), StorageError> {
        self.write(&REMOVE, &[key.into(), hidden.into()])?;
        Ok(())
    }

    /// Why an address gets no automatic mail; nothing when it does.
    ///
    /// # Errors
    /// When the database fails.
    pub fn blocked(&mut self, (key, hidden): Address<'_>) -> Result<Option<Blocked>, StorageError> {
        self.one(&ONE, &[key.into(), hidden.into()], Blocked::read)
    }
}
