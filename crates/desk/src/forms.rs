//! What residents fill in on the site: a contact, or more about one.

use jiff::Timestamp;
use ledger::contacts::{Message, Source};
use ledger::sent_forms::SentForm;
use ledger::{Stop, Tx, faults};
use norms::Class;
use promises::{Event, Refusal};

use crate::House;
use crate::arrival::Arrival;
use crate::carry_out::{Done, Open};
use crate::intake::{Receipt, blank, known, take_in};
use crate::limits::TEXT_BYTES_MAX;
use crate::reports::same_report;
use crate::write_letter::Draft;

/// Takes in a form that was filled in. One that is known already gets its receipt again. A report
/// about the same as the open one with the number `beside` is linked to it.
///
/// # Errors
/// Only when the database fails.
pub fn receive_form(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    (arrival, beside): (&Arrival, Option<&str>),
) -> Result<Receipt, Stop> {
    faults::point("before-write");
    if let Some(known) = known_form(tx, house, arrival.form.as_ref())? {
        return Ok(known);
    }
    let beside = match beside.filter(|_| arrival.class == Class::Message) {
        Some(number) => same_report(tx, house, (number, &arrival.facets))?,
        None => None,
    };
    let receipt = take_in(tx, house, now, arrival, ("", &[]))?;
    if let Some(form) = &arrival.form {
        tx.keep_form(form, receipt.done.contact)?;
    }
    if beside.is_some() {
        match crate::link(tx, receipt.done.contact, beside) {
            // Erased just now: then it stands alone.
            Ok(()) | Err(Stop::Refused(_)) => {}
            Err(stop) => return Err(stop),
        }
    }
    Ok(receipt)
}

/// A resident adds to a contact on its follow page.
///
/// # Errors
/// Refused when there is no such contact, or the text is empty or too long.
pub fn reply_online(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    contact: i64,
    text: &str,
) -> Result<Done, Stop> {
    if text.trim().is_empty() {
        return Err(Refusal::TextEmpty.into());
    }
    if text.len() > TEXT_BYTES_MAX {
        return Err(Refusal::TextTooLong.into());
    }
    let open = Open::load(tx, contact)?;
    let message = Message {
        author: open.contact.name.clone(),
        body: text.trim().to_owned(),
        ..blank(now, Source::Resident)
    };
    tx.add_message(contact, &message)?;
    tx.wake(contact)?;
    let event = Event::FollowedUp(Class::Message);
    open.happen(tx, house, now, &event, &Draft::default())
}

/// The receipt of a form that came in before, if it did.
///
/// # Errors
/// When the database fails.
pub fn known_form(
    tx: &mut Tx<'_>,
    house: &House,
    form: Option<&SentForm>,
) -> Result<Option<Receipt>, Stop> {
    let Some(form) = form else { return Ok(None) };
    match tx.contact_of_form(form)? {
        Some(contact) => known(tx, house, contact).map(Some),
        None => Ok(None),
    }
}
