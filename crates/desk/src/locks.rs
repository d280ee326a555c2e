//! Two colleagues do not answer the same resident: who begins to write has the contact for a while,
//! and somebody else takes over on purpose or not at all.

use jiff::{SignedDuration, Timestamp};
use ledger::locks::Lock;
use ledger::{Stop, Tx};
use promises::{Event, Refusal};

use crate::House;
use crate::accounts::Agent;
use crate::carry_out::{Done, Open};
use crate::limits::LOCK_MINUTES;
use crate::write_letter::Draft;

/// An employee takes over from the colleague who is writing; what that colleague typed stays
/// theirs.
///
/// # Errors
/// Refused when there is no such contact, or it is closed.
pub fn take_over(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    contact: i64,
) -> Result<Done, Stop> {
    let open = Open::load(tx, contact)?;
    if open.contact.closed {
        return Err(Refusal::Closed.into());
    }
    let before = tx.lock(contact, now)?.filter(|lock| lock.employee != agent.id());
    tx.take_lock(contact, of(agent, now))?;
    let Some(before) = before else {
        let number = house.number(contact, open.contact.received_at);
        return Ok(Done { number, contact, ..Done::default() });
    };
    let by = Draft { employee: Some(agent.id()), ..Draft::default() };
    open.happen(tx, house, now, &Event::TakeOver(before.employee), &by)
}

/// The colleague who is writing to the resident of a contact, and until when that is so.
///
/// # Errors
/// When the database fails.
pub fn locked_by_other(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: &Agent,
    contact: i64,
) -> Result<Option<Lock>, Stop> {
    Ok(tx.lock(contact, now)?.filter(|lock| lock.employee != agent.id()))
}

/// Whether an employee may answer or close a contact: nobody else is writing.
pub(crate) fn is_free(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: &Agent,
    contact: i64,
) -> Result<(), Stop> {
    match locked_by_other(tx, now, agent, contact)? {
        None => Ok(()),
        Some(_) => Err(Refusal::LockedByColleague.into()),
    }
}

/// An employee goes on writing; when somebody else is, nothing changes.
pub(crate) fn hold(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: &Agent,
    contact: i64,
) -> Result<(), Stop> {
    Ok(tx.hold_lock(contact, of(agent, now), now)?)
}

fn of(agent: &Agent, now: Timestamp) -> Lock {
    let until = now.saturating_add(SignedDuration::from_mins(LOCK_MINUTES)).unwrap_or(now);
    Lock { employee: agent.id(), until }
}
