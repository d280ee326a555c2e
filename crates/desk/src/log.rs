//! The log: who saw, changed and took out what. It is the chain of facts itself, so nobody can
//! write something else in it afterwards.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use ledger::log::{Asked, Sort};
use ledger::{Stop, Tx};
use promises::{Fact, Sight};

use crate::limits::SEEN_MINUTES;
use crate::rights::{Audit, Right};
use crate::{Agent, House};

/// Which part of the log is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogPart {
    /// Of this employee.
    pub employee: Option<i64>,
    /// About this contact.
    pub contact: Option<i64>,
    /// Of this sort.
    pub sort: Option<Sort>,
    /// From the beginning of this day.
    pub from: Option<Date>,
    /// Until the end of this day.
    pub until: Option<Date>,
    /// Before this line of the log.
    pub before: Option<i64>,
}

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// Its place in the chain.
    pub id: i64,
    /// When it was done.
    pub at: Timestamp,
    /// The employee who did it.
    pub employee: i64,
    /// The number of the contact it is about.
    pub contact: Option<String>,
    /// What was done; nothing when a newer program wrote a fact this one does not know.
    pub fact: Option<Fact>,
}

/// Whether an employee saw this of a contact a short time ago: then it is not written down again.
///
/// # Errors
/// When the database fails.
pub fn saw<R: Right>(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: &Agent<R>,
    (contact, what): (i64, Sight),
) -> Result<bool, Stop> {
    let ago = SignedDuration::from_mins(SEEN_MINUTES);
    let after = now.checked_sub(ago).unwrap_or(Timestamp::MIN);
    Ok(tx.saw(contact, agent.id(), &Fact::Seen { what }, after)?)
}

/// Writes down that an employee sees something of a contact, when it is not written down already.
///
/// # Errors
/// When the database fails.
pub fn see<R: Right>(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: &Agent<R>,
    (contact, what): (i64, Sight),
) -> Result<(), Stop> {
    if !saw(tx, now, agent, (contact, what))? {
        tx.fact(now, contact, Some(agent.id()), &Fact::Seen { what });
    }
    Ok(())
}

/// Writes down that an employee searched, and how many contacts were shown.
pub fn searched<R: Right>(tx: &mut Tx<'_>, now: Timestamp, agent: &Agent<R>, found: u32) {
    tx.house_fact(now, agent.id(), &Fact::Searched { found });
}

/// Writes down that an employee takes a list out, as its address asks for it.
pub fn exported<R: Right>(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: &Agent<R>,
    (list, contacts): (&str, u32),
) {
    tx.house_fact(now, agent.id(), &Fact::ListExported { list: list.to_owned(), contacts });
}

/// Lines of the log, the newest first, at most so many.
///
/// # Errors
/// When the database fails.
pub fn log(
    tx: &mut Tx<'_>,
    house: &House,
    _: &Agent<Audit>,
    part: &LogPart,
    at_most: u32,
) -> Result<Vec<LogLine>, Stop> {
    let after = match part.from {
        Some(day) => tx.first_fact_from(house.begin_of(day))? - 1,
        None => 0,
    };
    let until = match part.until {
        Some(day) => tx.first_fact_from(house.end_of(day))?,
        None => i64::MAX,
    };
    let asked = Asked {
        employee: part.employee,
        contact: part.contact,
        sort: part.sort,
        after,
        before: part.before.unwrap_or(i64::MAX).min(until),
    };
    let line = |it: ledger::log::Logged| LogLine {
        id: it.id,
        at: it.at,
        employee: it.actor,
        contact: it.contact.map(|(contact, received_at)| house.number(contact, received_at)),
        fact: serde_json::from_str(&it.data).ok(),
    };
    Ok(tx.log(&asked, at_most)?.into_iter().map(line).collect())
}
