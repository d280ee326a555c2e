//! What residents fill in on the site: a contact, or more about one; never too much from one place.

use jiff::Timestamp;
use ledger::contacts::{Message, Source};
use ledger::{Stop, Tx, faults};
use norms::Class;
use promises::{Event, Refusal};
use sha2::{Digest, Sha256};

use crate::House;
use crate::attempts::too_many;
use crate::carry_out::{Done, Open};
use crate::intake::{Arrival, Receipt, blank, known, take_in, unused_id};
use crate::limits::{FORMS, TEXT_BYTES_MAX};
use crate::write_letter::Draft;

/// Takes in a form that was filled in from a network address. Nothing when too many came from
/// there lately; a form that is known already always gets its receipt. What is about the same as
/// the contact with the number `beside` is linked to it.
///
/// # Errors
/// Only when the database fails.
pub fn receive_form(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    (arrival, beside): (&Arrival, Option<&str>),
    network: &str,
) -> Result<Option<Receipt>, Stop> {
    faults::point("before-write");
    let hash: [u8; 32] = Sha256::digest([]).into();
    let message_id = match unused_id(tx, &arrival.thread.message_id, &hash, || hash)? {
        Ok(message_id) => message_id,
        Err(contact) => return known(tx, house, contact).map(Some),
    };
    if too_many_forms(tx, now, network)? {
        return Ok(None);
    }
    let receipt = take_in(tx, house, now, arrival, (&message_id, &hash))?;
    if let Some(beside) = beside
        && let Some(other) = crate::contact_by_number(tx, house, beside)?
        && other.kind == arrival.kind
    {
        crate::link(tx, receipt.done.contact, Some(other.id))?;
    }
    Ok(Some(receipt))
}

/// A resident adds to a contact on its follow page. Nothing when too many forms came from their
/// network address lately.
///
/// # Errors
/// Refused when there is no such contact, or the text is empty or too long.
pub fn reply_online(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    contact: i64,
    (text, network): (&str, &str),
) -> Result<Option<Done>, Stop> {
    if text.trim().is_empty() {
        return Err(Refusal::TextEmpty.into());
    }
    if text.len() > TEXT_BYTES_MAX {
        return Err(Refusal::TextTooLong.into());
    }
    if too_many_forms(tx, now, network)? {
        return Ok(None);
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
    open.happen(tx, house, now, &event, &Draft::default()).map(Some)
}

/// Whether as many forms came from a network address lately as may; counts this one when not.
pub(crate) fn too_many_forms(tx: &mut Tx<'_>, now: Timestamp, network: &str) -> Result<bool, Stop> {
    let bucket = format!("form:{network}");
    let full = too_many(tx, now, &bucket, &FORMS)?;
    if !full {
        tx.count_attempt(&bucket, now)?;
    }
    Ok(full)
}
