//! The log: who saw, changed and took out what. It is the chain of facts itself, so nobody can
//! write something else in it afterwards.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use ledger::log::{Asked, By, Sort};
use ledger::{Stop, Tx};
use promises::{Fact, Sight};

use crate::api_tokens::{Opens, Supplier};
use crate::limits::SEEN_MINUTES;
use crate::rights::{Audit, Right};
use crate::{Agent, Desk, House};

/// Which part of the log is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogPart {
    /// Of whom.
    pub by: Option<By>,
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

/// Who did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doer {
    /// An employee.
    Employee(i64),
    /// A program, with this token.
    Program(i64),
    /// Who keeps the machine, at its command line, or the machine by itself.
    System,
}

impl<R: Right> From<&Agent<R>> for Doer {
    fn from(agent: &Agent<R>) -> Doer {
        Doer::Employee(agent.id())
    }
}

impl<S: Opens> From<&Supplier<S>> for Doer {
    fn from(supplier: &Supplier<S>) -> Doer {
        Doer::Program(supplier.token())
    }
}

impl Doer {
    fn employee(self) -> Option<i64> {
        match self {
            Doer::Employee(id) => Some(id),
            Doer::Program(_) | Doer::System => None,
        }
    }

    fn token(self) -> Option<i64> {
        match self {
            Doer::Program(token) => Some(token),
            Doer::Employee(_) | Doer::System => None,
        }
    }

    fn sight(self, what: Sight) -> Fact {
        Fact::Seen { what, token: self.token() }
    }

    fn taken(self, list: &str, contacts: u32) -> Fact {
        Fact::ListExported { list: list.to_owned(), contacts, token: self.token() }
    }

    fn of(employee: Option<i64>, fact: Option<&Fact>) -> Doer {
        match (employee, fact) {
            (Some(id), _) => Doer::Employee(id),
            (
                None,
                Some(
                    Fact::Supplied { token }
                    | Fact::Seen { token: Some(token), .. }
                    | Fact::ListExported { token: Some(token), .. },
                ),
            ) => Doer::Program(*token),
            _ => Doer::System,
        }
    }
}

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// Its place in the chain.
    pub id: i64,
    /// When it was done.
    pub at: Timestamp,
    /// Who did it.
    pub by: Doer,
    /// The number of the contact it is about.
    pub contact: Option<String>,
    /// What was done; nothing when a newer program wrote a fact this one does not know.
    pub fact: Option<Fact>,
}

/// Whether somebody saw this of a contact a short time ago: then it is not written down again.
fn saw(
    tx: &mut Tx<'_>,
    now: Timestamp,
    doer: Doer,
    (contact, what): (i64, Sight),
) -> Result<bool, Stop> {
    Ok(tx.saw(contact, doer.employee(), &doer.sight(what), short_ago(now))?)
}

fn short_ago(now: Timestamp) -> Timestamp {
    now.checked_sub(SignedDuration::from_mins(SEEN_MINUTES)).unwrap_or(Timestamp::MIN)
}

/// Writes down that somebody sees something of a contact, when it is not written down already.
///
/// # Errors
/// When the database fails.
pub fn see(
    tx: &mut Tx<'_>,
    now: Timestamp,
    doer: impl Into<Doer>,
    (contact, what): (i64, Sight),
) -> Result<(), Stop> {
    let doer = doer.into();
    if !saw(tx, now, doer, (contact, what))? {
        tx.fact(now, contact, doer.employee(), &doer.sight(what));
    }
    Ok(())
}

impl Desk {
    /// Writes down that somebody sees something of a contact, before it is given to them; not
    /// again for what they saw just now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sees(&self, doer: impl Into<Doer>, seen: (i64, Sight)) -> Result<(), Stop> {
        let doer = doer.into();
        // Read first: most of the time there is nothing to write.
        if self.read(move |tx, _, now| saw(tx, now, doer, seen)).await? {
            return Ok(());
        }
        self.write(move |tx, _, now| see(tx, now, doer, seen)).await
    }

    /// Writes down that a program takes so many lines of a list, before they are given to it; not
    /// again for the same it took just now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn takes(
        &self,
        program: impl Into<Doer>,
        (list, lines): (&str, u32),
    ) -> Result<(), Stop> {
        let (program, list) = (program.into(), Arc::<str>::from(list));
        let asked = Arc::clone(&list);
        if self.read(move |tx, _, now| took(tx, now, program, (&*asked, lines))).await? {
            return Ok(());
        }
        let note = move |tx: &mut Tx<'_>, _: &House, now| {
            exported(tx, now, program, (&*list, lines));
            Ok(())
        };
        self.write(note).await
    }
}

/// Writes down that an employee searched, and how many contacts were shown.
pub fn searched<R: Right>(tx: &mut Tx<'_>, now: Timestamp, agent: &Agent<R>, found: u32) {
    tx.house_fact(now, agent.id(), &Fact::Searched { found });
}

/// Writes down that somebody takes a list out, as its address asks for it.
pub fn exported(
    tx: &mut Tx<'_>,
    now: Timestamp,
    doer: impl Into<Doer>,
    (list, contacts): (&str, u32),
) {
    let doer = doer.into();
    tx.house_fact(now, doer.employee(), &doer.taken(list, contacts));
}

/// Whether a program took the same list a short time ago: one that asks every minute fills the log
/// with nothing new.
///
/// # Errors
/// When the database fails.
pub fn took(
    tx: &mut Tx<'_>,
    now: Timestamp,
    program: impl Into<Doer>,
    (list, contacts): (&str, u32),
) -> Result<bool, Stop> {
    let program = program.into();
    let from = tx.first_fact_from(short_ago(now))?;
    Ok(tx.took(program.employee(), &program.taken(list, contacts), from)?)
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
        by: part.by,
        contact: part.contact,
        sort: part.sort,
        after,
        before: part.before.unwrap_or(i64::MAX).min(until),
    };
    let line = |it: ledger::log::Logged| {
        let fact: Option<Fact> = serde_json::from_str(&it.data).ok();
        LogLine {
            id: it.id,
            at: it.at,
            by: Doer::of(it.actor, fact.as_ref()),
            contact: it.contact.map(|(contact, received_at)| house.number(contact, received_at)),
            fact,
        }
    };
    Ok(tx.log(&asked, at_most)?.into_iter().map(line).collect())
}
