//! What happened to the contacts of a period, to be told again under other norms.
//!
//! Read in pieces of contacts that follow each other: their rows, their facts and their promises
//! each stand in that order, so a piece is three short walks.

use jiff::Timestamp;
use norms::{Channel, Due, Duty, Kind};
use promises::replay::History;
use promises::{Fact, How, Promise, Settlement};

use crate::error::StorageError;
use crate::promise_rows::json;
use crate::sql::{Row, Tx, statements};

/// How many contacts are read at a time.
pub const PIECE: i64 = 2_000;

statements! {
    SPAN = "SELECT MIN(id), MAX(id) FROM contacts WHERE received_at >= $1 AND received_at < $2";
    CONTACTS = "SELECT id, channel, kind, facets, received_at, mailable, acknowledgement_written
        FROM contacts WHERE id >= $1 AND id < $2 AND received_at >= $3 AND received_at < $4
        ORDER BY id";
    FACTS = "SELECT contact, at, kind, data FROM facts WHERE contact >= $1 AND contact <= $2
        ORDER BY contact, id";
    PROMISES = "SELECT contact, nr, norm, duty, made_at, due_at, due_on, settled_at, how,
        started_at, not_before, agreed FROM promises WHERE contact >= $1 AND contact <= $2
        ORDER BY contact, nr";
}

impl Tx<'_> {
    /// The first and the last key of the contacts received in `[from, until)`; nothing when there
    /// are none.
    ///
    /// # Errors
    /// When the database fails.
    pub fn received_span(
        &mut self,
        (from, until): (Timestamp, Timestamp),
    ) -> Result<Option<(i64, i64)>, StorageError> {
        let read = |row: &Row<'_>| Ok(row.int_or_none(0)?.zip(row.int_or_none(1)?));
        Ok(self.one(&SPAN, &[from.into(), until.into()], read)?.flatten())
    }

    /// What happened to the contacts received in `[from, until)` whose key is one of the [`PIECE`]
    /// from `first` on.
    ///
    /// # Errors
    /// When the database fails.
    pub fn histories(
        &mut self,
        first: i64,
        (from, until): (Timestamp, Timestamp),
    ) -> Result<Vec<History>, StorageError> {
        let values = [first.into(), (first + PIECE).into(), from.into(), until.into()];
        let mut found = self.all(&CONTACTS, &values, read_contact)?;
        let (Some((low, _)), Some((high, _))) = (found.first(), found.last()) else {
            return Ok(Vec::new());
        };
        let between = [(*low).into(), (*high).into()];
        let mut at = 0;
        self.all(&FACTS, &between, |row| {
            let Some(history) = find(&mut found, &mut at, row.int(0)?) else { return Ok(()) };
            if History::TELLING.contains(&row.text_here(2)?) {
                let fact: Fact = json(row.text_here(3)?, "a fact")?;
                history.facts.push((row.instant(1)?, fact));
            }
            Ok(())
        })?;
        at = 0;
        self.all(&PROMISES, &between, |row| {
            let Some(history) = find(&mut found, &mut at, row.int(0)?) else { return Ok(()) };
            history.promises.push(read_promise(row)?);
            Ok(())
        })?;
        Ok(found.into_iter().map(|(_, history)| history).collect())
    }
}

/// The contact with this key in a list in the order of keys, looked for from `at` on: rows of
/// others in between belong to contacts of another period.
fn find<'a>(
    found: &'a mut [(i64, History)],
    at: &mut usize,
    contact: i64,
) -> Option<&'a mut History> {
    while found.get(*at).is_some_and(|(id, _)| *id < contact) {
        *at += 1;
    }
    found.get_mut(*at).filter(|(id, _)| *id == contact).map(|(_, history)| history)
}

fn read_contact(row: &Row<'_>) -> Result<(i64, History), StorageError> {
    let (mailable, acknowledgement_written) = (row.yes(5)?, row.yes(6)?);
    let history = History {
        channel: row.word(1, Channel::from_word)?,
        kind: row.word(2, Kind::from_word)?,
        facets: json(row.text_here(3)?, "the facets of a contact")?,
        received_at: row.instant(4)?,
        // Who was erased has no address any more, and was acknowledged when they had one.
        can_be_mailed: mailable || acknowledgement_written,
        acknowledgement_written,
        facts: Vec::new(),
        promises: Vec::new(),
    };
    Ok((row.int(0)?, history))
}

/// A promise without the reasons of its date.
fn read_promise(row: &Row<'_>) -> Result<Promise, StorageError> {
    let due = Due {
        at: row.instant_or_none(5)?,
        on: match row.text_here(6)? {
            "" => None,
            day => Some(day.parse().map_err(|_| StorageError::unreadable("a day"))?),
        },
        not_before: row.instant_or_none(10)?,
        agreed: row.yes(11)?,
        ..Due::default()
    };
    let settled = match row.instant_or_none(7)? {
        Some(at) => Some(Settlement { at, how: row.word(8, How::from_word)? }),
        None => None,
    };
    Ok(Promise {
        nr: row.count(1)?,
        norm: row.text(2)?,
        duty: row.word(3, Duty::from_word)?,
        made_at: row.instant(4)?,
        started_at: row.instant(9)?,
        due,
        settled,
        breach_noticed: false,
    })
}
