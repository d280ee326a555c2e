//! Programs of suppliers: their tokens, how much they ask, and what they were answered.

use jiff::Timestamp;

use crate::error::StorageError;
use crate::sql::{Row, Tx, statements};

statements! {
    ADD = "INSERT INTO api_tokens (hash, name, scopes, made_by, made_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6)" => id;
    BY_HASH = "SELECT id, name, scopes, made_by, made_at, expires_at, last_used_at, ended_at
        FROM api_tokens WHERE hash = $1";
    ALL = "SELECT id, name, scopes, made_by, made_at, expires_at, last_used_at, ended_at
        FROM api_tokens ORDER BY id DESC LIMIT $1";
    END = "UPDATE api_tokens SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL";
    USED = "UPDATE api_tokens SET last_used_at = $2 WHERE id = $1";
    TAKE = "INSERT INTO attempts (bucket, at, times) VALUES ($1, $2, $3)
        ON CONFLICT (bucket, at) DO UPDATE SET times = attempts.times + excluded.times
        WHERE attempts.times < $4";
    ANSWER = "SELECT request, contact, place, body FROM api_answers WHERE token = $1 AND name = $2";
    KEEP = "INSERT INTO api_answers (token, name, request, contact, place, body, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    SWEEP = "DELETE FROM api_answers WHERE at <= $1";
}

/// A token of a supplier, without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// The key.
    pub id: i64,
    /// What it is for.
    pub name: String,
    /// What it may, in words with a space between.
    pub scopes: String,
    /// The employee who made it; nobody when it came from the command line.
    pub made_by: Option<i64>,
    /// When it was made.
    pub made_at: Timestamp,
    /// From when it does not open anything.
    pub expires_at: Timestamp,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Timestamp>,
    /// When it was ended before its time.
    pub ended_at: Option<Timestamp>,
}

impl ApiToken {
    fn read(row: &Row<'_>) -> Result<ApiToken, StorageError> {
        Ok(ApiToken {
            id: row.int(0)?,
            name: row.text(1)?,
            scopes: row.text(2)?,
            made_by: row.int_or_none(3)?,
            made_at: row.instant(4)?,
            expires_at: row.instant(5)?,
            last_used_at: Some(row.instant(6)?).filter(|at| *at > Timestamp::UNIX_EPOCH),
            ended_at: row.instant_or_none(7)?,
        })
    }

    /// Whether it opens anything at a moment.
    #[must_use]
    pub fn is_alive(&self, now: Timestamp) -> bool {
        self.ended_at.is_none() && now < self.expires_at
    }
}

/// What was answered to a request that made something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAnswer {
    /// The contact that it is about; it is forgotten when that is erased.
    pub contact: Option<i64>,
    /// Where what was made can be read.
    pub place: String,
    /// The answer itself.
    pub body: String,
}

impl Tx<'_> {
    /// Keeps a token with this hash of its secret; says its key.
    ///
    /// # Errors
    /// When the database fails.
    pub fn add_api_token(
        &mut self,
        hash: &[u8; 32],
        (name, scopes): (&str, &str),
        made_by: Option<i64>,
        (now, until): (Timestamp, Timestamp),
    ) -> Result<i64, StorageError> {
        let hash = hash.as_slice().into();
        let values = [hash, name.into(), scopes.into(), made_by.into(), now.into(), until.into()];
        self.add(&ADD, &values)
    }

    /// The token with this hash of its secret.
    ///
    /// # Errors
    /// When the database fails.
    pub fn api_token(&mut self, hash: &[u8; 32]) -> Result<Option<ApiToken>, StorageError> {
        self.one(&BY_HASH, &[hash.as_slice().into()], ApiToken::read)
    }

    /// The tokens that were made last, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn api_tokens(&mut self, most: u32) -> Result<Vec<ApiToken>, StorageError> {
        self.all(&ALL, &[most.into()], ApiToken::read)
    }

    /// Ends a token. False when there is none, or it was ended before.
    ///
    /// # Errors
    /// When the database fails.
    pub fn end_api_token(&mut self, id: i64, now: Timestamp) -> Result<bool, StorageError> {
        Ok(self.run(&END, &[id.into(), now.into()])? > 0)
    }

    /// Notes that a token is in use.
    ///
    /// # Errors
    /// When the database fails.
    pub fn api_token_used(&mut self, id: i64, now: Timestamp) -> Result<(), StorageError> {
        self.write(&USED, &[id.into(), now.into()])?;
        Ok(())
    }

    /// Counts so many attempts at once in a bucket. False, and none is counted, when as many as may
    /// were counted there at that moment.
    ///
    /// # Errors
    /// When the database fails.
    pub fn count_attempts(
        &mut self,
        (bucket, at): (&str, Timestamp),
        (times, most): (u32, u32),
    ) -> Result<bool, StorageError> {
        let values = [bucket.into(), at.into(), times.into(), most.into()];
        Ok(self.run(&TAKE, &values)? > 0)
    }

    /// What was answered to a token under a name, and the hash of that request.
    ///
    /// # Errors
    /// When the database fails.
    pub fn kept_answer(
        &mut self,
        token: i64,
        name: &str,
    ) -> Result<Option<(Vec<u8>, KeptAnswer)>, StorageError> {
        self.one(&ANSWER, &[token.into(), name.into()], |row| {
            let (contact, place, body) = (row.int_or_none(1)?, row.text(2)?, row.text(3)?);
            Ok((row.bytes(0)?, KeptAnswer { contact, place, body }))
        })
    }

    /// Keeps what was answered. The database refuses a second one under the name.
    ///
    /// # Errors
    /// When the name is taken ([`StorageError::is_taken`]) or the database fails.
    pub fn keep_answer(
        &mut self,
        (token, name): (i64, &str),
        request: &[u8; 32],
        answer: &KeptAnswer,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let request = request.as_slice().into();
        let (place, body) = ((&answer.place).into(), (&answer.body).into());
        let contact = answer.contact.into();
        self.write(&KEEP, &[token.into(), name.into(), request, contact, place, body, now.into()])
    }

    /// Forgets answers from before a moment.
    ///
    /// # Errors
    /// When the database fails.
    pub fn forget_answers(&mut self, before: Timestamp) -> Result<(), StorageError> {
        self.write(&SWEEP, &[before.into()])?;
        Ok(())
    }
}
