//! An appointment that is made on the site and, where the norm file asks for it, confirmed by mail:
//! until then its time is only kept. It is a contact from the beginning, so its mail stands in the
//! outbox and it is found, followed in the facts and erased as any other.

use jiff::{SignedDuration, Timestamp};
use ledger::visits::{Appointment, VisitState};
use ledger::{Stop, Tx};
use norms::Norms;
use promises::counter;
use promises::{Event, Refusal, Visit, VisitStep};

use crate::House;
use crate::appointments::{arrival, blocks, is_soon, on, step};
use crate::carry_out::Done;
use crate::counter::contact_of;
use crate::intake::{Entry, known, store_entry};
use crate::limits::VISITS_AT_ONCE;
use crate::write_letter::OfVisit;
use crate::{Got, Visitor};

/// The time of a hold is kept until the resident confirms it by the link in a mail. Nothing when
/// somebody else has it; what was got of it is then still to be let go.
pub(crate) fn ask(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    (held, norms, minutes): (&Appointment, &Norms, i64),
    visitor: &Visitor,
) -> Result<Option<Done>, Stop> {
    let slot = &held.slot;
    let until = (now + SignedDuration::from_mins(minutes)).min(slot.from);
    if !tx.claim(held.id, slot, (Some(until), now))? {
        return Ok(None);
    }
    let asked = Appointment { held_until: until, ..held.clone() };
    let step = VisitStep::Asked;
    let of = OfVisit::new(step, &asked, norms);
    let event = Event::Booked(Visit { step, from: slot.from, desk: slot.desk.clone() });
    let entry = Entry { event: &event, visit: Some(&of), ..Entry::default() };
    let done = store_entry(tx, house, now, &arrival(house, now, held, visitor), &entry)?;
    // What nobody can confirm is not kept from others.
    if done.letters.is_empty() {
        return Err(Refusal::VisitUnmailable.into());
    }
    tx.ask_visit(held.id, done.contact, (until, now))?;
    Ok(Some(done))
}

/// The resident confirms an appointment by the link in the mail. Confirmed again, it says the same;
/// too late, it is [`Got::Taken`]: the time is anybody's again.
///
/// # Errors
/// When the database fails.
pub fn confirm_visit(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    visit: i64,
) -> Result<Got<Done>, Stop> {
    let over = || Ok(Got::Taken(Vec::new()));
    let Some(found) = tx.visit(visit)? else { return over() };
    let Some(contact) = found.contact else { return over() };
    // Locked in the order in which all verbs lock: the contact, then its visit.
    let Some(open) = contact_of(tx, &found)? else { return over() };
    let Some(found) = tx.visit_to_change(visit)? else { return over() };
    if !found.is_unconfirmed() {
        return Ok(Got::Yes(known(tx, house, contact)?.done));
    }
    let norms = on(house, house.day(found.slot.from));
    let blocks = blocks(tx, now)?;
    let is_kept = now < found.held_until
        && counter::still_fits(norms, &found.products, &found.slot, &blocks)
        && tx.keep_claims(visit, &found.slot)?;
    if !is_kept {
        return over();
    }
    tx.book_visit(visit, contact, (is_soon(house, now, found.slot.from), now))?;
    let booked = Appointment { state: VisitState::Booked, ..found };
    step(tx, house, now, (open, &booked, norms), VisitStep::Booked, None).map(Got::Yes)
}

/// What was not confirmed in time is free again, and its contact says so.
pub(crate) fn lapse(tx: &mut Tx<'_>, house: &House, now: Timestamp) -> Result<(), Stop> {
    for visit in tx.visits_lapsed(now, VISITS_AT_ONCE)? {
        let open = contact_of(tx, &visit)?;
        // Another process may have been first.
        if !tx.visit_to_change(visit.id)?.is_some_and(|visit| visit.is_unconfirmed()) {
            continue;
        }
        if let Some(open) = open {
            let norms = on(house, house.day(visit.slot.from));
            step(tx, house, now, (open, &visit, norms), VisitStep::Lapsed, None)?;
        }
        let_go(tx, &visit)?;
    }
    Ok(())
}

/// A visit that was never agreed on is gone, and its time free.
pub(crate) fn let_go(tx: &mut Tx<'_>, visit: &Appointment) -> Result<(), Stop> {
    tx.let_go(visit.id, &visit.slot, None)?;
    Ok(tx.drop_hold(visit.id)?)
}
