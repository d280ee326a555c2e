//! Calling residents back: the moments they like, and how it went.

use std::collections::BTreeMap;

use jiff::Timestamp;
use promises::{Attempt, CallResult};

use crate::error::StorageError;
use crate::sql::{Row, Tx, statements};

statements! {
    ADD_MOMENT = "INSERT INTO call_moments (contact, from_at, to_at) VALUES ($1, $2, $3)
        ON CONFLICT (contact, from_at) DO NOTHING";
    MOMENTS = "SELECT contact, from_at, to_at FROM call_moments WHERE contact = $1
        ORDER BY from_at LIMIT $2";
    MOMENTS_OF_ALL = "SELECT m.contact, m.from_at, m.to_at FROM work w
        JOIN call_moments m ON m.contact = w.contact WHERE w.to_call = 1 AND m.to_at > $1
        ORDER BY w.due_at, w.contact, m.from_at LIMIT $2";
    ADD_ATTEMPT = "INSERT INTO call_attempts (contact, nr, at, result, employee)
        VALUES ($1, $2, $3, $4, $5)";
    ATTEMPTS = "SELECT contact, at, result FROM call_attempts WHERE contact = $1
        ORDER BY nr LIMIT $2";
    // Those of somebody who is away, due before they are back.
    OF_ABSENT = "SELECT contact FROM work WHERE to_call = 1 AND employee = $1 AND due_at <= $2
        ORDER BY due_at, contact LIMIT $3";
    TO_REMIND = "SELECT contact, employee, team FROM work WHERE to_call = 1 AND reminded < $1
        AND due_at <= $2 ORDER BY due_at, contact LIMIT $3";
    REMINDED = "UPDATE work SET reminded = $2 WHERE contact = $1";
    ATTEMPTS_OF_ALL = "SELECT a.contact, a.at, a.result FROM work w
        JOIN call_attempts a ON a.contact = w.contact WHERE w.to_call = 1
        ORDER BY w.due_at, w.contact, a.nr LIMIT $1";
}

/// The most attempts of one contact, and moments it can like.
pub const ATTEMPTS_MAX: u32 = 200;
/// The most rows that are read for the whole list.
const ROWS_MAX: u32 = 20_000;

/// A call that somebody is to be reminded of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallInHands {
    /// The contact.
    pub contact: i64,
    /// The employee who has it.
    pub employee: Option<i64>,
    /// The team that has it.
    pub team: Option<i64>,
}

/// Moments that a resident likes to be called at, each with its end.
pub type Moments = Vec<(Timestamp, Timestamp)>;

impl Tx<'_> {
    /// A resident likes to be called between these moments.
    ///
    /// # Errors
    /// When the database fails.
    pub fn add_call_moment(
        &mut self,
        contact: i64,
        (from, to): (Timestamp, Timestamp),
    ) -> Result<(), StorageError> {
        self.write(&ADD_MOMENT, &[contact.into(), from.into(), to.into()])?;
        Ok(())
    }

    /// When a resident likes to be called, past moments too.
    ///
    /// # Errors
    /// When the database fails.
    pub fn call_moments(&mut self, contact: i64) -> Result<Moments, StorageError> {
        let rows = self.all(&MOMENTS, &[contact.into(), ATTEMPTS_MAX.into()], moment)?;
        Ok(rows.into_iter().map(|(_, moment)| moment).collect())
    }

    /// When those who wait for a call like it, as far as that is not past.
    ///
    /// # Errors
    /// When the database fails.
    pub fn all_call_moments(
        &mut self,
        now: Timestamp,
    ) -> Result<BTreeMap<i64, Moments>, StorageError> {
        let rows = self.all(&MOMENTS_OF_ALL, &[now.into(), ROWS_MAX.into()], moment)?;
        Ok(by_contact(rows))
    }

    /// Writes an attempt down, after these.
    ///
    /// # Errors
    /// When the database fails.
    pub fn add_call_attempt(
        &mut self,
        contact: i64,
        nr: usize,
        attempt: Attempt,
        employee: i64,
    ) -> Result<(), StorageError> {
        let values = [
            contact.into(),
            i64::try_from(nr).unwrap_or(i64::MAX).into(),
            attempt.at.into(),
            attempt.result.word().into(),
            employee.into(),
        ];
        self.write(&ADD_ATTEMPT, &values)?;
        Ok(())
    }

    /// The attempts to call a resident, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn call_attempts(&mut self, contact: i64) -> Result<Vec<Attempt>, StorageError> {
        let rows = self.all(&ATTEMPTS, &[contact.into(), ATTEMPTS_MAX.into()], attempt)?;
        Ok(rows.into_iter().map(|(_, attempt)| attempt).collect())
    }

    /// The calls in the hands of an employee that must be made by a moment.
    ///
    /// # Errors
    /// When the database fails.
    pub fn calls_of(
        &mut self,
        employee: i64,
        by: Timestamp,
        most: u32,
    ) -> Result<Vec<i64>, StorageError> {
        self.all(&OF_ABSENT, &[employee.into(), by.into(), most.into()], |row| row.int(0))
    }

    /// The calls that must be made by a moment and of which fewer than so many were reminded.
    ///
    /// # Errors
    /// When the database fails.
    pub fn calls_to_remind(
        &mut self,
        reminded: u32,
        by: Timestamp,
        most: u32,
    ) -> Result<Vec<CallInHands>, StorageError> {
        self.all(&TO_REMIND, &[reminded.into(), by.into(), most.into()], |row| {
            Ok(CallInHands {
                contact: row.int(0)?,
                employee: row.int_or_none(1)?,
                team: row.int_or_none(2)?,
            })
        })
    }

    /// Notes who was reminded of a call: 1 for who has it, 2 for who leads too.
    ///
    /// # Errors
    /// When the database fails.
    pub fn call_reminded(&mut self, contact: i64, who: u32) -> Result<(), StorageError> {
        self.write(&REMINDED, &[contact.into(), who.into()])?;
        Ok(())
    }

    /// The attempts to call those who wait for it, of each the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn all_call_attempts(&mut self) -> Result<BTreeMap<i64, Vec<Attempt>>, StorageError> {
        Ok(by_contact(self.all(&ATTEMPTS_OF_ALL, &[ROWS_MAX.into()], attempt)?))
    }
}

fn moment(row: &Row<'_>) -> Result<(i64, (Timestamp, Timestamp)), StorageError> {
    Ok((row.int(0)?, (row.instant(1)?, row.instant(2)?)))
}

fn attempt(row: &Row<'_>) -> Result<(i64, Attempt), StorageError> {
    let attempt = Attempt { at: row.instant(1)?, result: row.word(2, CallResult::from_word)? };
    Ok((row.int(0)?, attempt))
}

fn by_contact<T>(rows: Vec<(i64, T)>) -> BTreeMap<i64, Vec<T>> {
    let mut found: BTreeMap<i64, Vec<T>> = BTreeMap::new();
    for (contact, row) in rows {
        found.entry(contact).or_default().push(row);
    }
    found
}
