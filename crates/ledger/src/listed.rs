//! Contacts and promises as lists that are read page by page: each page begins behind the last row
//! of the one before, so that rows that arrive move nothing.

use jiff::Timestamp;
use norms::Kind;
use promises::Promise;

use crate::contacts::{Contact, contact_columns};
use crate::error::StorageError;
use crate::promise_rows::read_promise;
use crate::sql::{Tx, Value, statements};

/// Contacts behind a row, in the order of receipt.
macro_rules! contact {
    ($rest:literal) => {
        concat!(
            contact_columns!(),
            $rest,
            " AND (received_at, id) > ($1, $2) ORDER BY received_at, id LIMIT $3"
        )
    };
}

statements! {
    ANY = contact!("WHERE closed >= $4");
    // Most contacts are questions, and have no index of their own.
    QUESTIONS = contact!("WHERE kind = 'question' AND closed >= $4");
    OF_KIND = contact!("WHERE kind = $5 AND kind <> 'question' AND closed >= $4");
    OPEN = contact!("WHERE closed = 0");
    OPEN_OF_KIND = contact!("WHERE closed = 0 AND kind = $4");
    OWED = "SELECT nr, norm, duty, made_at, due_at, due_on, skipped, breach_noticed, settled_at,
        how, started_at, not_before, odd_days, agreed, contact FROM promises
        WHERE settled_at IS NULL AND due_at < $5 AND (due_at, contact, nr) > ($1, $2, $3)
        ORDER BY due_at, contact, nr LIMIT $4";
}

/// Which contacts a list has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Which {
    /// Only open ones, or only closed ones.
    pub closed: Option<bool>,
    /// Only those of a kind.
    pub kind: Option<Kind>,
}

impl Tx<'_> {
    /// Contacts in the order of receipt, behind a moment and key; at most so many.
    ///
    /// # Errors
    /// When the database fails.
    pub fn contacts_after(
        &mut self,
        which: Which,
        (at, id): (Timestamp, i64),
        most: u32,
    ) -> Result<Vec<Contact>, StorageError> {
        let closed = i64::from(which.closed == Some(true));
        let mut values: Vec<Value<'_>> = vec![at.into(), id.into(), most.into()];
        let sql = match (which.closed, which.kind) {
            (Some(false), None) => &OPEN,
            (Some(false), Some(kind)) => {
                values.push(kind.word().into());
                &OPEN_OF_KIND
            }
            (_, None) => {
                values.push(closed.into());
                &ANY
            }
            (_, Some(Kind::Question)) => {
                values.push(closed.into());
                &QUESTIONS
            }
            (_, Some(kind)) => {
                values.push(closed.into());
                values.push(kind.word().into());
                &OF_KIND
            }
        };
        self.all(sql, &values, Contact::read)
    }

    /// Open promises by deadline that are due before a moment, behind a deadline, contact and
    /// number; at most so many, each with its contact.
    ///
    /// # Errors
    /// When the database fails.
    pub fn owed_after(
        &mut self,
        (at, contact, nr): (Timestamp, i64, u32),
        before: Timestamp,
        most: u32,
    ) -> Result<Vec<(i64, Promise)>, StorageError> {
        let values = [at.into(), contact.into(), nr.into(), most.into(), before.into()];
        self.all(&OWED, &values, |row| Ok((row.int(14)?, read_promise(row)?)))
    }
}
