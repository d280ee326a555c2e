//! The chain of facts: each carries a hash over itself and the one before, so tampering shows.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::error::{Stop, StorageError};
use crate::sql::{Engine, Row, Sql, Tx, statements};

/// Appends facts. When it fails, the piece of work that it belongs to is undone: SQLite need not be
/// able to undo a part of the statement by itself.
macro_rules! append {
    (postgres $rows:literal) => {
        concat!("INSERT INTO facts (id, at, contact, actor, kind, data, hash) VALUES ", $rows)
    };
    ($rows:literal) => {
        concat!(
            "INSERT OR FAIL INTO facts (id, at, contact, actor, kind, data, hash) VALUES ",
            $rows
        )
    };
}

/// What appends one fact, two, and three.
const APPENDS: [&Sql; 3] = [&APPEND, &APPEND_TWO, &APPEND_THREE];

statements! {
    LAST = "SELECT last, hash FROM chain WHERE one = 1",
        postgres "SELECT last, hash FROM chain WHERE one = 1 FOR UPDATE";
    MOVE = "UPDATE chain SET last = $1, hash = $2 WHERE one = 1";
    APPEND = append!("($1, $2, $3, $4, $5, $6, $7)"),
        postgres append!(postgres "($1, $2, $3, $4, $5, $6, $7)");
    APPEND_TWO = append!("($1, $2, $3, $4, $5, $6, $7), ($8, $9, $10, $11, $12, $13, $14)"),
        postgres append!(postgres "($1, $2, $3, $4, $5, $6, $7),
        ($8, $9, $10, $11, $12, $13, $14)");
    APPEND_THREE = append!("($1, $2, $3, $4, $5, $6, $7), ($8, $9, $10, $11, $12, $13, $14),
        ($15, $16, $17, $18, $19, $20, $21)"),
        postgres append!(postgres "($1, $2, $3, $4, $5, $6, $7),
        ($8, $9, $10, $11, $12, $13, $14), ($15, $16, $17, $18, $19, $20, $21)");
    OF_CONTACT = "SELECT id, at, contact, actor, data, hash FROM facts
        WHERE contact = $1 AND kind <> 'seen' ORDER BY id";
    FROM_ID = "SELECT id, at, contact, actor, data, hash FROM facts
        WHERE id > $1 ORDER BY id LIMIT $2";
}

/// The setting that says when everything was last verified.
const LAST_VERIFIED: &str = "verified";
/// What it says of what was found.
const WHOLE: &str = "whole";
const BROKEN: &str = "broken";

/// How many facts are read at a time when the chain is walked.
const WALK: i64 = 5_000;

/// A fact with its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chained {
    /// Its place, from 1, without gaps.
    pub id: i64,
    /// When it happened.
    pub at: jiff::Timestamp,
    /// The contact it is about.
    pub contact: Option<i64>,
    /// The employee who did it; nobody when the system did.
    pub actor: Option<i64>,
    /// The fact as JSON.
    pub data: String,
    hash: Vec<u8>,
}

impl Chained {
    pub(crate) fn read(row: &Row<'_>) -> Result<Chained, StorageError> {
        Ok(Chained {
            id: row.int(0)?,
            at: row.instant(1)?,
            contact: row.int_or_none(2)?,
            actor: row.int_or_none(3)?,
            data: row.text(4)?,
            hash: row.bytes(5)?,
        })
    }

    /// The hash over it and everything before it, in hex.
    #[must_use]
    pub fn hash(&self) -> String {
        data_encoding::HEXLOWER.encode(&self.hash)
    }

    /// The line that is hashed, and exported.
    #[must_use]
    pub fn line(&self) -> String {
        line(self.id, self.at, self.contact, self.actor, &self.data)
    }
}

fn line(
    id: i64,
    at: jiff::Timestamp,
    contact: Option<i64>,
    actor: Option<i64>,
    data: &str,
) -> String {
    let mut line = format!("{id}\t{}\t", at.as_microsecond());
    for id in [contact, actor] {
        // Writing into a text can not fail.
        let _ = match id {
            Some(id) => write!(line, "{id}\t"),
            None => line.write_str("-\t"),
        };
    }
    line.push_str(data);
    line
}

fn link(before: &[u8], line: &str) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(before);
    hash.update(line.as_bytes());
    hash.finalize().to_vec()
}

/// Where the chain ends.
#[derive(Clone, Debug)]
pub(crate) struct End {
    last: i64,
    hash: Vec<u8>,
}

/// Where the chain ends, as this transaction sees it.
fn end(tx: &mut Tx<'_>) -> Result<Option<End>, StorageError> {
    if let Engine::Sqlite(line) = &tx.engine
        && let Some(end) = line.end().borrow().as_ref()
    {
        return Ok(Some(end.clone()));
    }
    tx.one(&LAST, &[], |row| Ok(End { last: row.int(0)?, hash: row.bytes(1)? }))
}

/// Appends the facts that a piece of work has gathered. Last of all, so that the lock on the end
/// of the chain is short. Where pieces share a transaction, the end is noted once: [`note_end`].
pub(crate) fn append(tx: &mut Tx<'_>) -> Result<(), StorageError> {
    let waiting = std::mem::take(&mut tx.facts);
    if waiting.is_empty() {
        return Ok(());
    }
    let mut end = end(tx)?.ok_or_else(|| StorageError::unreadable("a chain without an end"))?;
    for facts in waiting.chunks(APPENDS.len()) {
        let links = facts.iter().map(|fact| {
            let last = end.last + 1;
            let line = line(last, fact.at, fact.contact, fact.actor, &fact.data);
            end = End { last, hash: link(&end.hash, &line) };
            end.clone()
        });
        let links: Vec<End> = links.collect();
        let values = facts.iter().zip(&links).flat_map(|(fact, End { last, hash })| {
            let (id, data, hash) = ((*last).into(), (&fact.data).into(), hash.as_slice().into());
            let (at, contact, actor) = (fact.at.into(), fact.contact.into(), fact.actor.into());
            [id, at, contact, actor, fact.kind.into(), data, hash]
        });
        tx.write(APPENDS[facts.len() - 1], &values.collect::<Vec<_>>())?;
    }
    match &tx.engine {
        Engine::Sqlite(line) => {
            line.end().replace(Some(end));
            Ok(())
        }
        Engine::Postgres(_) => tx.write(&MOVE, &[end.last.into(), end.hash.as_slice().into()]),
    }
}

/// Writes down where the chain ends, before a transaction that several pieces of work share is
/// committed.
pub(crate) fn note_end(tx: &mut Tx<'_>) -> Result<(), StorageError> {
    let Engine::Sqlite(line) = &tx.engine else { return Ok(()) };
    match line.end().take() {
        Some(End { last, hash }) => tx.write(&MOVE, &[last.into(), hash.as_slice().into()]),
        None => Ok(()),
    }
}

/// What happened to a contact, in order; who only looked at it stands in the log.
///
/// # Errors
/// When the database fails.
pub(crate) fn of_contact(tx: &mut Tx<'_>, contact: i64) -> Result<Vec<Chained>, StorageError> {
    tx.all(&OF_CONTACT, &[contact.into()], Chained::read)
}

/// What a walk of the chain found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verified {
    /// Every link holds.
    Whole {
        /// How many facts there are.
        facts: i64,
    },
    /// The first fact whose link does not hold, or that is missing.
    Broken {
        /// Its place in the chain.
        at: i64,
        /// What is wrong with it.
        why: &'static str,
    },
}

/// How far a walk of the chain has come: everything up to there holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Walked {
    last: i64,
    hash: Vec<u8>,
}

impl Walked {
    /// How many facts that is.
    #[must_use]
    pub fn facts(&self) -> i64 {
        self.last
    }
}

impl Tx<'_> {
    /// The facts after this place in the chain, a bounded number of them, in order.
    ///
    /// # Errors
    /// When the database fails.
    pub fn facts_after(&mut self, id: i64) -> Result<Vec<Chained>, StorageError> {
        self.all(&FROM_ID, &[id.into(), WALK.into()], Chained::read)
    }

    /// What happened to a contact, in order; who only looked at it stands in the log.
    ///
    /// # Errors
    /// When the database fails.
    pub fn facts_of(&mut self, contact: i64) -> Result<Vec<Chained>, StorageError> {
        of_contact(self, contact)
    }

    /// Notes that everything was verified, and whether all of it held.
    ///
    /// # Errors
    /// When the database fails.
    pub fn note_verified(
        &mut self,
        at: jiff::Timestamp,
        is_whole: bool,
    ) -> Result<(), StorageError> {
        let found = if is_whole { WHOLE } else { BROKEN };
        self.change_setting(LAST_VERIFIED, &format!("{} {found}", at.as_second()))
    }

    /// When everything was last verified, and whether all of it held; nothing before the first
    /// time.
    ///
    /// # Errors
    /// When the database fails.
    pub fn last_verified(&mut self) -> Result<Option<(jiff::Timestamp, bool)>, StorageError> {
        let Some(noted) = self.setting(LAST_VERIFIED)? else { return Ok(None) };
        let read = noted.split_once(' ').and_then(|(second, found)| {
            let at = jiff::Timestamp::from_second(second.parse().ok()?).ok()?;
            Some((at, found == WHOLE))
        });
        read.map(Some).ok_or_else(|| StorageError::unreadable("when all was verified"))
    }

    /// Walks the chain from the first fact to the last.
    ///
    /// # Errors
    /// When the database fails.
    pub fn verify(&mut self) -> Result<Verified, Stop> {
        self.verify_on(&mut Walked::default())
    }

    /// Walks the chain on from where an earlier walk came; what holds is not walked again.
    ///
    /// # Errors
    /// When the database fails.
    pub fn verify_on(&mut self, walked: &mut Walked) -> Result<Verified, Stop> {
        self.tell_on(walked, &mut |_| {})
    }

    /// As [`Tx::verify_on`], telling each fact once its link holds.
    ///
    /// # Errors
    /// When the database fails.
    pub fn tell_on(
        &mut self,
        walked: &mut Walked,
        each: &mut impl FnMut(&Chained),
    ) -> Result<Verified, Stop> {
        loop {
            let facts = self.facts_after(walked.last)?;
            if facts.is_empty() {
                break;
            }
            for fact in facts {
                if fact.id != walked.last + 1 {
                    return Ok(Verified::Broken { at: walked.last + 1, why: "it is missing" });
                }
                let hash = link(&walked.hash, &fact.line());
                if hash != fact.hash {
                    return Ok(Verified::Broken { at: fact.id, why: "it was changed" });
                }
                *walked = Walked { last: fact.id, hash };
                each(&fact);
            }
        }
        let Walked { last, ref hash } = *walked;
        match end(self)? {
            Some(end) if end.last == last && (last == 0 || end.hash == *hash) => {
                Ok(Verified::Whole { facts: last })
            }
            _ => Ok(Verified::Broken { at: last + 1, why: "facts at the end are missing" }),
        }
    }
}
