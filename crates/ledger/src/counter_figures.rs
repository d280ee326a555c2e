//! What the counter is measured by: the course of visits, closings of the past, and what was free
//! on each day. Nothing here is about a person.

use jiff::Timestamp;
use promises::counter::{Block, Slot};
use promises::figures::{Course, Ended};

use crate::error::StorageError;
use crate::sql::{Row, Tx, statements};
use crate::visits::VisitState;

statements! {
    COURSES = "SELECT products, desk, from_at, to_at, until_at, made_at, walk_in, version, state,
        arrived_at, first_called_at FROM appointments WHERE from_at >= $1 AND from_at < $2
        AND state <> 'held' ORDER BY from_at, id LIMIT $3";
    // A closing that was taken back lasted until then.
    BLOCKS = "SELECT desk, from_at, to_at, ended_at FROM counter_blocks
        WHERE to_at > $1 AND from_at < $2 ORDER BY to_at, id LIMIT $3";
    NOTED = "SELECT COUNT(*) FROM (SELECT 1 FROM first_free WHERE day = $1 LIMIT 1) AS counted";
    NOTE = "INSERT INTO first_free (day, product, working_days) VALUES ($1, $2, $3)
        ON CONFLICT (day, product) DO NOTHING";
    FIRST_FREE = "SELECT day, product, working_days FROM first_free WHERE day >= $1 AND day <= $2
        ORDER BY day, product LIMIT $3";
}

/// How far ahead the first free time of a product was on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstFreeOn {
    /// The number of the day since 1970.
    pub day: i64,
    /// The product, by id.
    pub product: String,
    /// How many working days; nothing when there was none.
    pub working_days: Option<u32>,
}

fn course(row: &Row<'_>) -> Result<Course, StorageError> {
    let state = row.word(8, VisitState::from_word)?;
    let ended = match state {
        VisitState::Served => Ended::Served,
        VisitState::Missed => Ended::Missed,
        VisitState::Cancelled => Ended::Cancelled,
        _ => Ended::Not,
    };
    // Calling off is a change too.
    let moved = row.count(7)?.saturating_sub(u32::from(ended == Ended::Cancelled));
    Ok(Course {
        products: row.text(0)?.lines().map(str::to_owned).collect(),
        slot: Slot {
            desk: row.text(1)?,
            from: row.instant(2)?,
            to: row.instant(3)?,
            until: row.instant(4)?,
        },
        made_at: row.instant(5)?,
        walked_in: row.yes(6)?,
        moved,
        arrived_at: row.instant_or_none(9)?,
        called_at: row.instant_or_none(10)?,
        ended,
    })
}

impl Tx<'_> {
    /// The course of the visits that begin in a stretch of time, in order.
    ///
    /// # Errors
    /// When the database fails.
    pub fn visit_courses(
        &mut self,
        (from, to): (Timestamp, Timestamp),
        most: u32,
    ) -> Result<Vec<Course>, StorageError> {
        self.all(&COURSES, &[from.into(), to.into(), most.into()], course)
    }

    /// The closings that lie in a stretch of time, each for as long as it lasted.
    ///
    /// # Errors
    /// When the database fails.
    pub fn counter_blocks_between(
        &mut self,
        (from, to): (Timestamp, Timestamp),
        most: u32,
    ) -> Result<Vec<Block>, StorageError> {
        let read = |row: &Row<'_>| {
            let (desk, end) = (row.text(0)?, row.instant(2)?);
            let to = row.instant_or_none(3)?.map_or(end, |ended| ended.min(end));
            Ok(Block { desk: Some(desk).filter(|it| !it.is_empty()), from: row.instant(1)?, to })
        };
        let mut blocks = self.all(&BLOCKS, &[from.into(), to.into(), most.into()], read)?;
        blocks.retain(|block| block.from < block.to);
        Ok(blocks)
    }

    /// Whether it was written down what was free on a day, by its number since 1970.
    ///
    /// # Errors
    /// When the database fails.
    pub fn is_first_free_noted(&mut self, day: i64) -> Result<bool, StorageError> {
        let found = self.one(&NOTED, &[day.into()], |row| row.count(0))?;
        Ok(found.unwrap_or_default() > 0)
    }

    /// Writes down how far ahead the first free time of a product is on a day; what stands there
    /// stays.
    ///
    /// # Errors
    /// When the database fails.
    pub fn note_first_free(&mut self, on: &FirstFreeOn) -> Result<(), StorageError> {
        let values = [on.day.into(), (&on.product).into(), on.working_days.into()];
        self.write(&NOTE, &values)?;
        Ok(())
    }

    /// How far ahead first free times were on the days from `from` to `to`, both included.
    ///
    /// # Errors
    /// When the database fails.
    pub fn first_free_days(
        &mut self,
        (from, to): (i64, i64),
        most: u32,
    ) -> Result<Vec<FirstFreeOn>, StorageError> {
        self.all(&FIRST_FREE, &[from.into(), to.into(), most.into()], |row| {
            Ok(FirstFreeOn {
                day: row.int(0)?,
                product: row.text(1)?,
                working_days: row.int_or_none(2)?.and_then(|days| u32::try_from(days).ok()),
            })
        })
    }
}
