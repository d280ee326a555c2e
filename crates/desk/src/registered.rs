//! Contacts that an employee writes down: the telephone, the counter, the post, social media.

use jiff::Timestamp;
use ledger::{Stop, Tx};
use promises::{Event, Refusal};

use crate::accounts::Agent;
use crate::arrival::Arrival;
use crate::carry_out::{Done, Open};
use crate::intake::{store, write_message};
use crate::write_letter::Draft;
use crate::{House, Reply};

/// An employee registers a contact by hand, over any channel, perhaps answered at once.
///
/// # Errors
/// Refused when the text is empty; else when the database fails.
pub fn register(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    arrival: &Arrival,
    answered: Option<&Reply>,
) -> Result<Done, Stop> {
    says_something(arrival)?;
    let done = store(tx, house, now, arrival, None, Some(agent))?;
    answered_at_once(tx, house, now, agent, (done, answered))
}

/// An employee writes down what belongs to an earlier contact, perhaps answered at once. It joins
/// that contact as a follow-up does: never acknowledged, and contact is owed again.
///
/// # Errors
/// Refused when there is no such contact, or the text is empty; else when the database fails.
pub fn join_by_hand(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    (contact, arrival): (i64, &Arrival),
    answered: Option<&Reply>,
) -> Result<Done, Stop> {
    says_something(arrival)?;
    let open = Open::load(tx, contact)?;
    let at = arrival.received_at.filter(|at| *at < now).unwrap_or(now);
    write_message(tx, at, arrival, contact, Some(agent), ("", &[]))?;
    tx.wake(contact)?;
    let draft = Draft { employee: Some(agent.id()), ..Draft::default() };
    let done = open.happen(tx, house, now, &Event::FollowedUp(arrival.class), &draft)?;
    answered_at_once(tx, house, now, agent, (done, answered))
}

fn says_something(arrival: &Arrival) -> Result<(), Refusal> {
    if arrival.subject.trim().is_empty() && arrival.body.trim().is_empty() {
        return Err(Refusal::TextEmpty);
    }
    Ok(())
}

fn answered_at_once(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    (done, reply): (Done, Option<&Reply>),
) -> Result<Done, Stop> {
    let Some(reply) = reply else { return Ok(done) };
    let answered = crate::answer(tx, house, now, agent, done.contact, reply)?;
    Ok(Done { letters: [done.letters, answered.letters].concat(), ..answered })
}
