//! How well the promises were kept, counted per month of the deadline and per generation of the
//! norms.
//!
//! A verdict no longer changes once its deadline has passed, so a month that is over is counted
//! once and kept; a correction afterwards throws the count of that month away.

use jiff::Timestamp;
use norms::Duty;

use crate::error::StorageError;
use crate::sql::{Row, Tx, statements};

/// Counts the promises with a limit whose deadline lies in a period.
macro_rules! count {
    ($join:literal, $of:literal) => {
        concat!(
            "SELECT norm, duty,
        CAST(SUM(CASE WHEN how = 'done' AND settled_at <= $3 AND settled_at < due_at
            AND (not_before IS NULL OR settled_at >= not_before) THEN 1 ELSE 0 END) AS BIGINT),
        CAST(SUM(CASE WHEN (settled_at <= $3 AND (how = 'moved'
            OR (how = 'done' AND (settled_at >= due_at OR settled_at < not_before))))
            OR ((settled_at IS NULL OR settled_at > $3) AND due_at <= $3)
            THEN 1 ELSE 0 END) AS BIGINT),
        CAST(SUM(CASE WHEN (settled_at IS NULL OR settled_at > $3) AND due_at > $3
            THEN 1 ELSE 0 END) AS BIGINT),
        CAST(SUM(CASE WHEN how = 'released' THEN 1 ELSE 0 END) AS BIGINT)
        FROM promises",
            $join,
            " WHERE due_at > $1 AND due_at <= $2",
            $of,
            " GROUP BY norm, duty ORDER BY norm, duty"
        )
    };
}

/// Counts the promises without a limit that were made in a period.
macro_rules! count_undated {
    ($join:literal, $of:literal) => {
        concat!(
            "SELECT norm, duty,
        CAST(SUM(CASE WHEN how = 'done' AND settled_at <= $3 AND settled_at >= not_before
            THEN 1 ELSE 0 END) AS BIGINT),
        CAST(SUM(CASE WHEN settled_at <= $3 AND (how = 'moved'
            OR (how = 'done' AND settled_at < not_before)) THEN 1 ELSE 0 END) AS BIGINT),
        CAST(SUM(CASE WHEN how = 'done' AND settled_at <= $3 AND not_before IS NULL
            THEN 1 ELSE 0 END) AS BIGINT),
        CAST(SUM(CASE WHEN settled_at IS NULL OR settled_at > $3 THEN 1 ELSE 0 END) AS BIGINT),
        CAST(SUM(CASE WHEN how = 'released' THEN 1 ELSE 0 END) AS BIGINT)
        FROM promises",
            $join,
            " WHERE due_at IS NULL AND made_at >= $1 AND made_at < $2",
            $of,
            " GROUP BY norm, duty ORDER BY norm, duty"
        )
    };
}

statements! {
    COUNT = count!("", "");
    COUNT_OF = count!(
        " JOIN contacts ON id = contact",
        " AND received_at >= $4 AND received_at < $5"
    );
    COUNT_UNDATED = count_undated!("", "");
    COUNT_UNDATED_OF = count_undated!(
        " JOIN contacts ON id = contact",
        " AND received_at >= $4 AND received_at < $5"
    );
    KEPT_MONTH = "SELECT generation, norm, duty, kept, broken, released FROM month_results
        WHERE month = $1 ORDER BY generation, norm, duty";
    KEEP_MONTH = "INSERT INTO month_results
        (month, generation, norm, duty, kept, broken, released)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (month, generation, norm, duty) DO UPDATE
        SET kept = excluded.kept, broken = excluded.broken, released = excluded.released";
    FORGET_MONTH = "DELETE FROM month_results WHERE month = $1";
}

/// The promises under one norm whose deadline lies in a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The generation of the norms, by name.
    pub generation: String,
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

/// The contacts whose promises are counted: those under one generation of the norms.
#[derive(Clone, Copy, Debug)]
pub struct Under<'a> {
    /// The name of the generation.
    pub generation: &'a str,
    /// From and until when they were received; any time when there is one generation only, and
    /// then nobody looks at the contacts.
    pub received: Option<(Timestamp, Timestamp)>,
}

/// The name under which the generations that were told apart are kept for a month. It is there
/// also when there was nothing to count, so that nothing is not counted again.
const GENERATIONS: &str = "-";

impl Tx<'_> {
    /// Counts the promises due in `[from, until)` as known at `now`, straight from their rows.
    ///
    /// # Errors
    /// When the database fails.
    pub fn tally(
        &mut self,
        (from, until, now): (Timestamp, Timestamp, Timestamp),
        under: Under<'_>,
    ) -> Result<Vec<Tally>, StorageError> {
        let read = |row: &Row<'_>| {
            Ok(Tally {
                generation: under.generation.to_owned(),
                norm: row.text(0)?,
                duty: row.word(1, Duty::from_word)?,
                kept: row.int(2)?,
                broken: row.int(3)?,
                open: row.int(4)?,
                released: row.int(5)?,
                measured: 0,
            })
        };
        // A deadline is the first instant that is too late: midnight belongs to the day before.
        let (from, until, now) = (from.into(), until.into(), now.into());
        match under.received {
            None => self.all(&COUNT, &[from, until, now], read),
            Some((first, next)) => {
                self.all(&COUNT_OF, &[from, until, now, first.into(), next.into()], read)
            }
        }
    }

    /// Counts the promises without a limit that were made in `[from, until)`, as known at `now`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn tally_undated(
        &mut self,
        (from, until, now): (Timestamp, Timestamp, Timestamp),
        under: Under<'_>,
    ) -> Result<Vec<Tally>, StorageError> {
        let read = |row: &Row<'_>| {
            Ok(Tally {
                generation: under.generation.to_owned(),
                norm: row.text(0)?,
                duty: row.word(1, Duty::from_word)?,
                kept: row.int(2)?,
                broken: row.int(3)?,
                open: row.int(5)?,
                released: row.int(6)?,
                measured: row.int(4)?,
            })
        };
        let (from, until, now) = (from.into(), until.into(), now.into());
        match under.received {
            None => self.all(&COUNT_UNDATED, &[from, until, now], read),
            Some((first, next)) => {
                self.all(&COUNT_UNDATED_OF, &[from, until, now, first.into(), next.into()], read)
            }
        }
    }

    /// The count that was kept of a month that is over (`2026-11`), if it was and told the same
    /// `generations` apart.
    ///
    /// # Errors
    /// When the database fails.
    pub fn kept_month(
        &mut self,
        month: &str,
        generations: &str,
    ) -> Result<Option<Vec<Tally>>, StorageError> {
        let rows = self.all(&KEPT_MONTH, &[month.into()], |row: &Row<'_>| {
            let names = (row.text(0)?, row.text(1)?, row.text(2)?);
            Ok((names, row.int(3)?, row.int(4)?, row.int(5)?))
        })?;
        let is_mark = |norm: &str| norm == GENERATIONS;
        if !rows.iter().any(|((told, norm, _), ..)| is_mark(norm) && told == generations) {
            return Ok(None);
        }
        rows.into_iter()
            .filter(|((_, norm, _), ..)| !is_mark(norm))
            .map(|((generation, norm, duty), kept, broken, released)| {
                let duty =
                    Duty::from_word(&duty).ok_or_else(|| StorageError::unreadable("a word"))?;
                let (open, measured) = (0, 0);
                Ok(Tally { generation, norm, duty, kept, broken, open, released, measured })
            })
            .collect::<Result<_, _>>()
            .map(Some)
    }

    /// Keeps the count of a month that is over, in place of any that was kept.
    ///
    /// # Errors
    /// When the database fails.
    pub fn keep_month(
        &mut self,
        month: &str,
        generations: &str,
        tallies: &[Tally],
    ) -> Result<(), StorageError> {
        self.forget_month(month)?;
        let (mark, zero) = (GENERATIONS.into(), 0_i64.into());
        let told = [month.into(), generations.into(), mark, "".into(), zero, zero, zero];
        self.write(&KEEP_MONTH, &told)?;
        for tally in tallies {
            let duty = tally.duty.word();
            let values = [
                month.into(),
                (&tally.generation).into(),
                (&tally.norm).into(),
                (&duty).into(),
                tally.kept.into(),
                tally.broken.into(),
                tally.released.into(),
            ];
            self.write(&KEEP_MONTH, &values)?;
        }
        Ok(())
    }

    /// Throws the count of a month away: one of its promises was corrected.
    ///
    /// # Errors
    /// When the database fails.
    pub fn forget_month(&mut self, month: &str) -> Result<(), StorageError> {
        self.write(&FORGET_MONTH, &[month.into()])?;
        Ok(())
    }
}
