//! Passkeys of employees, and the challenges that were answered.

use jiff::Timestamp;

use crate::error::StorageError;
use crate::sql::{Tx, statements};

statements! {
    ADD = "INSERT INTO passkeys (employee, credential, public_key, counter, name, made_at)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (credential) DO NOTHING";
    OF_EMPLOYEE = "SELECT id, name, made_at, used_at, credential FROM passkeys
        WHERE employee = $1 ORDER BY id";
    BY_CREDENTIAL = "SELECT id, employee, public_key FROM passkeys WHERE credential = $1";
    USE = "UPDATE passkeys SET counter = $2, used_at = $3 WHERE id = $1
        AND (counter < $2 OR (counter = 0 AND CAST($2 AS BIGINT) = 0))";
    REMOVE = "DELETE FROM passkeys WHERE employee = $1 AND id = $2";
    FORGET = "DELETE FROM passkeys WHERE employee = $1";
    USE_CHALLENGE = "INSERT INTO used_challenges (hash, until) VALUES ($1, $2)
        ON CONFLICT (hash) DO NOTHING";
    SWEEP = "DELETE FROM used_challenges WHERE until <= $1";
}

/// A passkey of an employee, as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passkey {
    /// The key of the row.
    pub id: i64,
    /// The name its owner gave it.
    pub name: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it was used last.
    pub used_at: Option<Timestamp>,
    /// By what the authenticator knows it.
    pub credential: Vec<u8>,
}

/// A passkey that somebody shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownPasskey {
    /// The key of the row.
    pub id: i64,
    /// Whose it is.
    pub employee: i64,
    /// The public key, as COSE.
    pub key: Vec<u8>,
}

impl Tx<'_> {
    /// Keeps a passkey under a name. False when somebody has it already.
    ///
    /// # Errors
    /// When the database fails.
    pub fn add_passkey(
        &mut self,
        (employee, name): (i64, &str),
        (credential, key, counter): (&[u8], &[u8], u32),
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        let values = [
            employee.into(),
            credential.into(),
            key.into(),
            counter.into(),
            name.into(),
            now.into(),
        ];
        Ok(self.run(&ADD, &values)? > 0)
    }

    /// The passkeys of an employee, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn passkeys(&mut self, employee: i64) -> Result<Vec<Passkey>, StorageError> {
        self.all(&OF_EMPLOYEE, &[employee.into()], |row| {
            let used_at = row.instant(3)?;
            Ok(Passkey {
                id: row.int(0)?,
                name: row.text(1)?,
                made_at: row.instant(2)?,
                used_at: (used_at > Timestamp::UNIX_EPOCH).then_some(used_at),
                credential: row.bytes(4)?,
            })
        })
    }

    /// The passkey that an authenticator knows by this.
    ///
    /// # Errors
    /// When the database fails.
    pub fn passkey(&mut self, credential: &[u8]) -> Result<Option<KnownPasskey>, StorageError> {
        self.one(&BY_CREDENTIAL, &[credential.into()], |row| {
            Ok(KnownPasskey { id: row.int(0)?, employee: row.int(1)?, key: row.bytes(2)? })
        })
    }

    /// Uses a passkey with what its authenticator counts. False when that does not go on from what
    /// it was: then there are two of it, or it is gone.
    ///
    /// # Errors
    /// When the database fails.
    pub fn use_passkey(
        &mut self,
        id: i64,
        counter: u32,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        Ok(self.run(&USE, &[id.into(), counter.into(), now.into()])? > 0)
    }

    /// Removes a passkey of an employee. False when there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub fn remove_passkey(&mut self, employee: i64, id: i64) -> Result<bool, StorageError> {
        Ok(self.run(&REMOVE, &[employee.into(), id.into()])? > 0)
    }

    /// Removes every passkey of an employee.
    ///
    /// # Errors
    /// When the database fails.
    pub fn forget_passkeys(&mut self, employee: i64) -> Result<(), StorageError> {
        self.write(&FORGET, &[employee.into()])
    }

    /// Uses a challenge, given as its hash, that is over at a moment. False when it was used.
    ///
    /// # Errors
    /// When the database fails.
    pub fn use_challenge(&mut self, hash: &[u8], until: Timestamp) -> Result<bool, StorageError> {
        Ok(self.run(&USE_CHALLENGE, &[hash.into(), until.into()])? > 0)
    }

    /// Removes challenges that are over.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sweep_challenges(&mut self, now: Timestamp) -> Result<(), StorageError> {
        self.write(&SWEEP, &[now.into()])
    }
}
