//! What is taken of the desks at the counter: by visits, and by closings.

use jiff::Timestamp;
use promises::counter::{Block, Slot, Taken, Tick};

use crate::error::StorageError;
use crate::sql::{Tx, statements};

statements! {
    // Counts what the claim got: fewer than it asked for is a race that was lost. A row that has
    // expired, or is of the same visit, is taken over.
    CLAIM = "WITH RECURSIVE ticks(tick) AS (SELECT CAST($1 AS BIGINT) UNION ALL
        SELECT tick + 1 FROM ticks WHERE tick + 1 < CAST($2 AS BIGINT))
        INSERT INTO claims (tick, desk, appointment, expires)
        SELECT tick, CAST($3 AS TEXT), CAST($4 AS BIGINT), CAST($5 AS BIGINT) FROM ticks
        WHERE true ON CONFLICT (tick, desk) DO UPDATE SET appointment = excluded.appointment,
        expires = excluded.expires WHERE claims.appointment = excluded.appointment
        OR (claims.expires <> 0 AND claims.expires <= CAST($6 AS BIGINT))";
    LET_GO = "DELETE FROM claims WHERE tick >= $1 AND tick < $2 AND desk = $3
        AND appointment = $4";
    LET_GO_BUT = "DELETE FROM claims WHERE tick >= $1 AND tick < $2 AND desk = $3
        AND appointment = $4 AND NOT (desk = $5 AND tick >= $6 AND tick < $7)";
    KEEP = "UPDATE claims SET expires = 0 WHERE tick >= $1 AND tick < $2 AND desk = $3
        AND appointment = $4";
    TAKEN = "SELECT tick, desk FROM claims WHERE tick >= $1 AND tick < $2
        AND (expires = 0 OR expires > $3) AND appointment <> $4";
    SWEEP_CLAIMS = "DELETE FROM claims WHERE tick < $1";
    CLOSE = "INSERT INTO counter_blocks (desk, from_at, to_at, why, employee)
        VALUES ($1, $2, $3, $4, $5)" => id;
    OPEN = "UPDATE counter_blocks SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL";
    BLOCKS = "SELECT id, desk, from_at, to_at, why FROM counter_blocks
        WHERE ended_at IS NULL AND to_at > $1 ORDER BY to_at, id";
}

/// A closing of a desk, with its key and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CounterBlock {
    /// Its key.
    pub id: i64,
    /// Which desk, and when.
    pub block: Block,
    /// Why, for colleagues.
    pub why: String,
}

/// The ticks of a slot: the first, and the first that is not its own.
fn ticks(slot: &Slot) -> (i64, i64) {
    (Tick::of(slot.from).0, Tick::from(slot.until).0)
}

impl Tx<'_> {
    /// Claims all ticks of a slot for a visit: for good, or until `expires`. False when one of
    /// them is another's; then what was got is still to be let go.
    ///
    /// # Errors
    /// When the database fails.
    pub fn claim(
        &mut self,
        id: i64,
        slot: &Slot,
        (expires, now): (Option<Timestamp>, Timestamp),
    ) -> Result<bool, StorageError> {
        let (first, end) = ticks(slot);
        let expires = expires.map_or(0, Timestamp::as_microsecond);
        let values =
            [first.into(), end.into(), (&slot.desk).into(), id.into(), expires.into(), now.into()];
        let got = self.run(&CLAIM, &values)?;
        Ok(i64::try_from(got).unwrap_or(i64::MAX) == end - first)
    }

    /// Lets go of the ticks of a slot that a visit has, but not of those of `but`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn let_go(&mut self, id: i64, slot: &Slot, but: Option<&Slot>) -> Result<(), StorageError> {
        let (first, end) = ticks(slot);
        match but {
            None => {
                let values = [first.into(), end.into(), (&slot.desk).into(), id.into()];
                self.write(&LET_GO, &values)?;
            }
            Some(but) => {
                let (keep, keep_end) = ticks(but);
                let values = [
                    first.into(),
                    end.into(),
                    (&slot.desk).into(),
                    id.into(),
                    (&but.desk).into(),
                    keep.into(),
                    keep_end.into(),
                ];
                self.write(&LET_GO_BUT, &values)?;
            }
        }
        Ok(())
    }

    /// Makes the claims of a visit lasting. False when it has not all of them any more.
    ///
    /// # Errors
    /// When the database fails.
    pub fn keep_claims(&mut self, id: i64, slot: &Slot) -> Result<bool, StorageError> {
        let (first, end) = ticks(slot);
        let values = [first.into(), end.into(), (&slot.desk).into(), id.into()];
        let kept = self.run(&KEEP, &values)?;
        Ok(i64::try_from(kept).unwrap_or(i64::MAX) == end - first)
    }

    /// Takes what is claimed between two moments, but for what the visit `own` has.
    ///
    /// # Errors
    /// When the database fails.
    pub fn take_claims(
        &mut self,
        taken: &mut Taken,
        (from, to): (Timestamp, Timestamp),
        own: Option<i64>,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let own = own.unwrap_or_default();
        let values = [Tick::of(from).0.into(), Tick::from(to).0.into(), now.into(), own.into()];
        self.all(&TAKEN, &values, |row| {
            taken.take(row.text_here(1)?, Tick(row.int(0)?));
            Ok(())
        })?;
        Ok(())
    }

    /// Removes claims of before a moment: that time will not be booked any more.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sweep_claims(&mut self, before: Timestamp) -> Result<(), StorageError> {
        self.write(&SWEEP_CLAIMS, &[Tick::of(before).0.into()])?;
        Ok(())
    }

    /// Closes a desk for a while, or all of them; its key.
    ///
    /// # Errors
    /// When the database fails.
    pub fn close_desk(
        &mut self,
        block: &Block,
        why: &str,
        employee: i64,
    ) -> Result<i64, StorageError> {
        let desk = block.desk.as_deref().unwrap_or_default();
        let values = [desk.into(), block.from.into(), block.to.into(), why.into(), employee.into()];
        self.add(&CLOSE, &values)
    }

    /// Takes a closing back. False when there is none that holds.
    ///
    /// # Errors
    /// When the database fails.
    pub fn open_desk(&mut self, id: i64, now: Timestamp) -> Result<bool, StorageError> {
        Ok(self.run(&OPEN, &[id.into(), now.into()])? > 0)
    }

    /// The closings that are not over at a moment.
    ///
    /// # Errors
    /// When the database fails.
    pub fn counter_blocks(&mut self, now: Timestamp) -> Result<Vec<CounterBlock>, StorageError> {
        self.all(&BLOCKS, &[now.into()], |row| {
            Ok(CounterBlock {
                id: row.int(0)?,
                block: Block {
                    desk: Some(row.text(1)?).filter(|desk| !desk.is_empty()),
                    from: row.instant(2)?,
                    to: row.instant(3)?,
                },
                why: row.text(4)?,
            })
        })
    }
}
