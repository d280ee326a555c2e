//! Mails that others named and that have not come in: an answer can overtake what it answers.

use jiff::Timestamp;
use norms::Kind;
use sha2::{Digest, Sha256};

use crate::error::StorageError;
use crate::sql::{Tx, statements};

statements! {
    AWAIT = "INSERT INTO awaited (hash, contact, at) VALUES ($1, $2, $3)
        ON CONFLICT (hash, contact) DO UPDATE SET at = excluded.at";
    AWAITED_BY = "SELECT a.contact FROM awaited a JOIN contacts c ON c.id = a.contact
        WHERE a.hash = $1 AND a.at > $2 AND c.email_key = $3 AND c.kind = $4
        ORDER BY a.contact LIMIT 1";
    CAME = "DELETE FROM awaited WHERE hash = $1 AND contact = $2";
    SWEEP_AWAITED = "DELETE FROM awaited WHERE at <= $1";
}

fn hash(message_id: &str) -> [u8; 32] {
    Sha256::digest(message_id.as_bytes()).into()
}

impl Tx<'_> {
    /// A mail of this contact names another one that has not come in.
    ///
    /// # Errors
    /// When the database fails.
    pub fn await_mail(
        &mut self,
        message_id: &str,
        contact: i64,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        self.write(&AWAIT, &[hash(message_id)[..].into(), contact.into(), now.into()])
    }

    /// The first contact of this kind and this address (as [`crate::contacts::email_key`] writes
    /// it) that has waited for a mail since after `since`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn mail_awaited_by(
        &mut self,
        message_id: &str,
        (email, kind): (&str, Kind),
        since: Timestamp,
    ) -> Result<Option<i64>, StorageError> {
        let hash = hash(message_id);
        let values = [hash[..].into(), since.into(), email.into(), kind.word().into()];
        self.one(&AWAITED_BY, &values, |row| row.int(0))
    }

    /// A mail that a contact waited for came in.
    ///
    /// # Errors
    /// When the database fails.
    pub fn awaited_mail_came(
        &mut self,
        message_id: &str,
        contact: i64,
    ) -> Result<(), StorageError> {
        self.write(&CAME, &[hash(message_id)[..].into(), contact.into()])
    }

    /// Nobody waits any more for what was named at this moment or before.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sweep_awaited(&mut self, before: Timestamp) -> Result<(), StorageError> {
        self.write(&SWEEP_AWAITED, &[before.into()])
    }
}
