//! Booking at once: an employee, for who calls or stands at the counter. Nothing is held before.

use jiff::Timestamp;
use ledger::visits::Appointment;
use ledger::{Stop, Tx};
use norms::Norms;
use promises::counter::Wish;
use promises::{Event, Refusal, Visit, VisitStep};

use crate::House;
use crate::accounts::Agent;
use crate::appointments::{Got, Visitor, arrival, free_at, is_possible, is_soon};
use crate::appointments::{nearest, on, take};
use crate::carry_out::Done;
use crate::intake::{Entry, store_entry};
use crate::limits::TEXT_BYTES_MAX;
use crate::write_letter::OfVisit;

/// An employee books a time for somebody: a contact with a number, and a confirmation where there
/// is an address.
///
/// # Errors
/// Refused when nothing like it can be booked, or a text is too long; else when the database fails.
pub fn book_at(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    (wish, from): (&Wish, Timestamp),
    visitor: &Visitor,
) -> Result<Got<Done>, Stop> {
    is_possible(house, now, wish)?;
    can_be_kept(visitor)?;
    let Some(slot) = free_at(tx, house, now, (wish, from), None)? else {
        return nearest(tx, house, now, (wish, from)).map(Got::Taken);
    };
    let norms = on(house, house.day(slot.from));
    let is_soon = is_soon(house, now, slot.from);
    let visit = Appointment::booked((&wish.products, wish.persons), slot, now);
    let done = begin(tx, house, now, (&visit, norms), (visitor, Some(agent)))?;
    let added = tx.add_booked_visit(&visit, done.contact, (is_soon, visitor.walked_in))?;
    take(tx, (added, None), &visit.slot, (None, now))?;
    Ok(Got::Yes(done))
}

/// A visit whose time is claimed, or will be before this is kept, begins as a contact, with the
/// letter that confirms it.
pub(crate) fn begin(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    (visit, norms): (&Appointment, &Norms),
    (visitor, agent): (&Visitor, Option<&Agent>),
) -> Result<Done, Stop> {
    let step = VisitStep::Booked;
    let of = OfVisit::new(step, visit, norms);
    let slot = &visit.slot;
    let event = Event::Booked(Visit { step, from: slot.from, desk: slot.desk.clone() });
    let entry = Entry { agent, event: &event, visit: Some(&of), ..Entry::default() };
    store_entry(tx, house, now, &arrival(house, now, visit, visitor), &entry)
}

/// Whether what the counter should know about who comes is not too long.
pub(crate) fn can_be_kept(visitor: &Visitor) -> Result<(), Refusal> {
    if visitor.remark.len() > TEXT_BYTES_MAX { Err(Refusal::TextTooLong) } else { Ok(()) }
}
