//! What employees tell of clocks: something was done, a moment came, a norm does not hold here.

use jiff::Timestamp;
use jiff::civil::Date;
use ledger::{Stop, Tx};
use norms::{Deed, Moment};
use promises::Event;

use crate::House;
use crate::accounts::Agent;
use crate::carry_out::{Done, Open};
use crate::rights;
use crate::write_letter::Draft;

/// Something that was promised has been done: delivered, made safe, paid.
///
/// # Errors
/// Refused when nothing open is kept by it.
pub fn did(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    contact: i64,
    deed: Deed,
) -> Result<Done, Stop> {
    happens(tx, house, now, agent, contact, &Event::Did(deed))
}

/// A moment from which clocks run has come, or is known now: it was paid, it expires then.
///
/// # Errors
/// Refused when there is no such contact.
pub fn happened(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    contact: i64,
    (moment, at): (Moment, Timestamp),
) -> Result<Done, Stop> {
    happens(tx, house, now, agent, contact, &Event::Happened(moment, at))
}

/// Sets a promise aside on a ground of the norm file, until a day where the ground asks for one.
///
/// # Errors
/// Refused when it is not open, its norm knows no such ground, or the day is missing or past.
pub fn set_aside(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    contact: i64,
    (promise, ground, until): (u32, &str, Option<Date>),
) -> Result<Done, Stop> {
    let event = Event::SetAside(promise, ground.to_owned(), until);
    happens(tx, house, now, agent, contact, &event)
}

fn happens(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    contact: i64,
    event: &Event,
) -> Result<Done, Stop> {
    let draft = Draft { employee: Some(agent.id()), ..Draft::default() };
    let open = Open::load(tx, contact)?;
    rights::may_settle(agent.roles(), open.contact.kind)?;
    open.happen(tx, house, now, event, &draft)
}
