//! How well the promises were kept, counted per month of the deadline.
//!
//! A verdict no longer changes once its deadline has passed, so a month that is over is counted
//! once and kept; a correction afterwards throws the count of that month away.

use jiff::Timestamp;
use norms::Duty;

use crate::error::StorageError;
use crate::sql::{Row, Tx, statements};

statements! {
    COUNT = "SELECT norm, duty,
        CAST(SUM(CASE WHEN how = 'done' AND settled_at <= $3 AND settled_at < due_at
            AND (not_before IS NULL OR settled_at >= not_before) THEN 1 ELSE 0 END) AS BIGINT),
        CAST(SUM(CASE WHEN (settled_at <= $3 AND (how = 'moved'
            OR (how = 'done' AND (settled_at >= due_at OR settled_at < not_before))))
            OR ((settled_at IS NULL OR settled_at > $3) AND due_at <= $3)
            THEN 1 ELSE 0 END) AS BIGINT),
        CAST(SUM(CASE WHEN (settled_at IS NULL OR settled_at > $3) AND due_at > $3
            THEN 1 ELSE 0 END) AS BIGINT),
        CAST(SUM(CASE WHEN how = 'released' THEN 1 ELSE 0 END) AS BIGINT)
        FROM promises WHERE due_at > $1 AND due_at <= $2
        GROUP BY norm, duty ORDER BY norm, duty";
    COUNT_UNDATED = "SELECT norm, duty,
        CAST(SUM(CASE WHEN how = 'done' AND settled_at >= not_before
            THEN 1 ELSE 0 END) AS BIGINT),
        CAST(SUM(CASE WHEN how = 'done' AND settled_at < not_before
            THEN 1 ELSE 0 END) AS BIGINT),
        CAST(SUM(CASE WHEN how = 'done' AND not_before IS NULL THEN 1 ELSE 0 END) AS BIGINT),
        CAST(SUM(CASE WHEN settled_at IS NULL THEN 1 ELSE 0 END) AS BIGINT),
        CAST(SUM(CASE WHEN how = 'released' THEN 1 ELSE 0 END) AS BIGINT)
        FROM promises WHERE due_at IS NULL AND made_at >= $1 AND made_at < $2
        GROUP BY norm, duty ORDER BY norm, duty";
    KEPT_MONTH = "SELECT norm, duty, kept, broken, released FROM month_results
        WHERE month = $1 ORDER BY norm, duty";
    KEEP_MONTH = "INSERT INTO month_results (month, norm, duty, kept, broken, released)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (month, norm, duty) DO UPDATE
        SET kept = excluded.kept, broken = excluded.broken, released = excluded.released";
    FORGET_MONTH = "DELETE FROM month_results WHERE month = $1";
}

/// The promises under one norm whose deadline lies in a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The norm.
    pub norm: String,
    /// What was owed; a date that was told is counted apart.
    pub duty: Duty,
    /// Done in time.
    pub kept: i64,
    /// Not done in time, whether done later or not.
    pub broken: i64,
    /// Still owed and in time.
    pub open: i64,
    /// Not owed after all.
    pub released: i64,
    /// Done under a norm without a limit.
    pub measured: i64,
}

/// The name under which "there was nothing" is kept for a month, so that it is not counted again.
const NOTHING: &str = "-";

impl Tx<'_> {
    /// Counts the promises due in `[from, until)` as known at `now`, straight from their rows.
    ///
    /// # Errors
    /// When the database fails.
    pub fn tally(
        &mut self,
        from: Timestamp,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<Vec<Tally>, StorageError> {
        // A deadline is the first instant that is too late: midnight belongs to the day before.
        self.all(&COUNT, &[from.into(), until.into(), now.into()], |row| {
            Ok(Tally {
                norm: row.text(0)?,
                duty: row.word(1, Duty::from_word)?,
                kept: row.int(2)?,
                broken: row.int(3)?,
                open: row.int(4)?,
                released: row.int(5)?,
                measured: 0,
            })
        })
    }

    /// Counts the promises without a limit that were made in `[from, until)`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn tally_undated(
        &mut self,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<Tally>, StorageError> {
        self.all(&COUNT_UNDATED, &[from.into(), until.into()], |row| {
            Ok(Tally {
                norm: row.text(0)?,
                duty: row.word(1, Duty::from_word)?,
                kept: row.int(2)?,
                broken: row.int(3)?,
                open: row.int(5)?,
                released: row.int(6)?,
                measured: row.int(4)?,
            })
        })
    }

    /// The count that was kept of a month that is over (`2026-11`), if it was.
    ///
    /// # Errors
    /// When the database fails.
    pub fn kept_month(&mut self, month: &str) -> Result<Option<Vec<Tally>>, StorageError> {
        let rows = self.all(&KEPT_MONTH, &[month.into()], |row: &Row<'_>| {
            Ok((row.text(0)?, row.text(1)?, row.int(2)?, row.int(3)?, row.int(4)?))
        })?;
        if rows.is_empty() {
            return Ok(None);
        }
        rows.into_iter()
            .filter(|(norm, ..)| norm != NOTHING)
            .map(|(norm, duty, kept, broken, released)| {
                let duty =
                    Duty::from_word(&duty).ok_or_else(|| StorageError::unreadable("a word"))?;
                Ok(Tally { norm, duty, kept, broken, open: 0, released, measured: 0 })
            })
            .collect::<Result<_, _>>()
            .map(Some)
    }

    /// Keeps the count of a month that is over.
    ///
    /// # Errors
    /// When the database fails.
    pub fn keep_month(&mut self, month: &str, tallies: &[Tally]) -> Result<(), StorageError> {
        let nothing =
            [month.into(), NOTHING.into(), "".into(), 0_i64.into(), 0_i64.into(), 0_i64.into()];
        self.run(&KEEP_MONTH, &nothing)?;
        for tally in tallies {
            let duty = tally.duty.word();
            let values = [
                month.into(),
                (&tally.norm).into(),
                (&duty).into(),
                tally.kept.into(),
                tally.broken.into(),
                tally.released.into(),
            ];
            self.run(&KEEP_MONTH, &values)?;
        }
        Ok(())
    }

    /// Throws the count of a month away: one of its promises was corrected.
    ///
    /// # Errors
    /// When the database fails.
    pub fn forget_month(&mut self, month: &str) -> Result<(), StorageError> {
        self.run(&FORGET_MONTH, &[month.into()])?;
        Ok(())
    }
}
