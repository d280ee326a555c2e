//! Promises as a report reads them: with what they are told apart by, a stretch of time at a time.
//! Their order does not matter, so that no list has to be sorted.

use jiff::Timestamp;
use norms::{Channel, Due, Duty, Kind};
use promises::report::{Happened, Told};
use promises::{How, Promise, Settlement};

use crate::error::StorageError;
use crate::promise_rows::json;
use crate::sql::{Row, Tx, statements};

/// Promises with the contact and the team that they belong to.
macro_rules! lines {
    ($where:literal) => {
        concat!(
            "SELECT p.contact, p.nr, p.norm, p.duty, p.made_at, p.started_at, p.due_at, p.due_on,
        p.not_before, p.settled_at, p.how, c.channel, c.kind, c.received_at, t.team
        FROM promises AS p JOIN contacts AS c ON c.id = p.contact
        LEFT JOIN contact_teams AS t ON t.contact = p.contact WHERE ",
            $where
        )
    };
}

statements! {
    DUE = lines!("p.due_at > $1 AND p.due_at <= $2");
    UNDATED = lines!("p.due_at IS NULL AND p.made_at >= $1 AND p.made_at < $2");
    OVERDUE = lines!("p.due_at <= $1 AND p.settled_at IS NULL");
    // Not everything that these promises are is broken: what is not is left out by who reads it.
    HISTORY = "SELECT f.id, f.contact, f.at, f.actor, f.data
        FROM promises AS p JOIN facts AS f ON f.contact = p.contact
        WHERE p.due_at > $1 AND p.due_at <= $2 AND p.due_at <= $3
        AND (p.settled_at IS NULL OR p.settled_at >= p.due_at)
        AND f.kind NOT IN ('seen', 'received', 'promised')";
    ASKED = "SELECT p.contact, p.nr, p.duty, p.started_at, p.settled_at, p.how
        FROM contacts AS c JOIN promises AS p ON p.contact = c.id
        WHERE c.received_at >= $1 AND c.received_at < $2";
    AFTER = "SELECT p.contact, p.nr, p.norm, p.duty, c.received_at, p.made_at, p.due_at,
        p.not_before, p.settled_at, p.how
        FROM promises AS p JOIN contacts AS c ON c.id = p.contact
        WHERE (p.contact, p.nr) > ($1, $2) ORDER BY p.contact, p.nr LIMIT $3";
}

/// How many promises are read at a time when all of them are gone through.
const WALK: i64 = 5_000;

/// A promise with what it is told apart by.
#[derive(Clone, Debug)]
pub struct Line {
    /// The contact.
    pub contact: i64,
    /// The promise; why its date is that date is left out.
    pub promise: Promise,
    /// How the contact came in.
    pub channel: Channel,
    /// What it is about.
    pub kind: Kind,
    /// When it came in.
    pub received_at: Timestamp,
    /// The team that has it.
    pub team: Option<i64>,
}

/// How a promise ended, from two columns.
fn settlement(row: &Row<'_>, column: usize) -> Result<Option<Settlement>, StorageError> {
    let at = row.instant_or_none(column)?;
    at.map(|at| Ok(Settlement { at, how: row.word(column + 1, How::from_word)? })).transpose()
}

fn line(row: &Row<'_>) -> Result<Line, StorageError> {
    let on = match row.text(7)?.as_str() {
        "" => None,
        day => Some(day.parse().map_err(|_| StorageError::unreadable("a day"))?),
    };
    let (at, not_before) = (row.instant_or_none(6)?, row.instant_or_none(8)?);
    let promise = Promise {
        nr: row.count(1)?,
        norm: row.text(2)?,
        duty: row.word(3, Duty::from_word)?,
        made_at: row.instant(4)?,
        started_at: row.instant(5)?,
        due: Due { at, on, not_before, ..Due::default() },
        settled: settlement(row, 9)?,
        breach_noticed: false,
    };
    Ok(Line {
        contact: row.int(0)?,
        promise,
        channel: row.word(11, Channel::from_word)?,
        kind: row.word(12, Kind::from_word)?,
        received_at: row.instant(13)?,
        team: row.int_or_none(14)?,
    })
}

impl Tx<'_> {
    /// The promises whose deadline lies in a stretch of time, as results are counted, and those
    /// without one that were made in it. In no order.
    ///
    /// # Errors
    /// When the database fails.
    pub fn reported(
        &mut self,
        (from, until): (Timestamp, Timestamp),
    ) -> Result<Vec<Line>, StorageError> {
        let span = [from.into(), until.into()];
        let mut lines = self.all(&DUE, &span, line)?;
        lines.extend(self.all(&UNDATED, &span, line)?);
        Ok(lines)
    }

    /// Shows each promise whose deadline lies in a stretch of time, in no order.
    ///
    /// # Errors
    /// When the database fails.
    pub fn each_due(
        &mut self,
        (from, until): (Timestamp, Timestamp),
        mut see: impl FnMut(Line),
    ) -> Result<(), StorageError> {
        self.all(&DUE, &[from.into(), until.into()], |row| {
            see(line(row)?);
            Ok(())
        })?;
        Ok(())
    }

    /// Promises as their rows have them, each as facts would tell it: those behind a contact and a
    /// number, a bounded number of them, in that order.
    ///
    /// # Errors
    /// When the database fails.
    pub fn promises_after(&mut self, (contact, nr): (i64, u32)) -> Result<Vec<Told>, StorageError> {
        self.all(&AFTER, &[contact.into(), nr.into(), WALK.into()], |row| {
            Ok(Told {
                contact: row.int(0)?,
                nr: row.count(1)?,
                norm: row.text(2)?,
                duty: row.word(3, Duty::from_word)?,
                received_at: row.instant(4)?,
                made_at: row.instant(5)?,
                due_at: row.instant_or_none(6)?,
                not_before: row.instant_or_none(7)?,
                settled: settlement(row, 8)?,
            })
        })
    }

    /// The promises whose deadline lies before a moment and that are still owed. In no order.
    ///
    /// # Errors
    /// When the database fails.
    pub fn overdue(&mut self, at: Timestamp) -> Result<Vec<Line>, StorageError> {
        self.all(&OVERDUE, &[at.into()], line)
    }

    /// What happened to the contacts of promises that are due in a stretch of time and were not
    /// done in time, as known at `now`: by contact, in order, each fact once.
    ///
    /// # Errors
    /// When the database fails.
    pub fn overdue_courses(
        &mut self,
        (from, until, now): (Timestamp, Timestamp, Timestamp),
    ) -> Result<Vec<(i64, Vec<Happened>)>, StorageError> {
        let values = [from.into(), until.into(), now.into()];
        let mut facts = self.all(&HISTORY, &values, |row| {
            let fact = json(&row.text(4)?, "a fact")?;
            let happened = Happened { at: row.instant(2)?, actor: row.int_or_none(3)?, fact };
            Ok((row.int(1)?, row.int(0)?, happened))
        })?;
        facts.sort_unstable_by_key(|(contact, id, _)| (*contact, *id));
        // Two promises of one contact bring each of its facts twice.
        facts.dedup_by_key(|(_, id, _)| *id);
        let mut courses: Vec<(i64, Vec<Happened>)> = Vec::new();
        for (contact, _, happened) in facts {
            match courses.last_mut().filter(|(last, _)| *last == contact) {
                Some((_, history)) => history.push(happened),
                None => courses.push((contact, vec![happened])),
            }
        }
        Ok(courses)
    }

    /// The promises to contacts that came in in a stretch of time, each contact apart, in the order
    /// of their numbers: what they are, and from when to when they were owed.
    ///
    /// # Errors
    /// When the database fails.
    pub fn asked(
        &mut self,
        (from, until): (Timestamp, Timestamp),
    ) -> Result<Vec<Vec<Promise>>, StorageError> {
        let mut found = self.all(&ASKED, &[from.into(), until.into()], |row| {
            let started_at = row.instant(3)?;
            let promise = Promise {
                nr: row.count(1)?,
                norm: String::new(),
                duty: row.word(2, Duty::from_word)?,
                made_at: started_at,
                started_at,
                due: Due::default(),
                settled: settlement(row, 4)?,
                breach_noticed: false,
            };
            Ok((row.int(0)?, promise))
        })?;
        found.sort_unstable_by_key(|(contact, promise)| (*contact, promise.nr));
        let contacts = found.chunk_by(|(one, _), (other, _)| one == other);
        Ok(contacts.map(|all| all.iter().map(|(_, promise)| promise.clone()).collect()).collect())
    }
}
