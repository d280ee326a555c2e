//! What residents fill in on the site: a contact, or more about one; never too much from one place.

use jiff::Timestamp;
use ledger::contacts::{Message, Source};
use ledger::sent_forms::SentForm;
use ledger::{Stop, Tx, faults};
use norms::Class;
use promises::{Event, Refusal};

use crate::House;
use crate::arrival::Arrival;
use crate::attempts::too_many;
use crate::carry_out::{Done, Open};
use crate::intake::{Receipt, blank, known, take_in};
use crate::limits::{FORMS, FORMS_WITH_FILES, TEXT_BYTES_MAX};
use crate::reports::same_report;
use crate::write_letter::Draft;

/// Takes in a form that was filled in from a network address. Nothing when too many came from
/// there lately; a form that is known already always gets its receipt. A report
/// about the same as the open one with the number `beside` is linked to it.
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
    if let Some(contact) = came_before(tx, arrival.form.as_ref())? {
        return known(tx, house, contact).map(Some);
    }
    let mut buckets = vec![of_forms(network)];
    buckets.extend(arrival.raw.as_ref().map(|_| of_files(network)));
    if full_after(tx, now, &buckets)? {
        return Ok(None);
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

/// Whether a form with files may come from a network address, or is known already: asked before
/// its files are stored, and not counted. [`receive_form`] decides.
///
/// # Errors
/// When the database fails.
pub fn may_come(
    tx: &mut Tx<'_>,
    now: Timestamp,
    (form, network): (Option<&SentForm>, &str),
) -> Result<bool, Stop> {
    if came_before(tx, form)?.is_some() {
        return Ok(true);
    }
    for (bucket, limits) in [of_forms(network), of_files(network)] {
        if too_many(tx, now, &bucket, limits)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The contact that a form became when it came in before.
fn came_before(tx: &mut Tx<'_>, form: Option<&SentForm>) -> Result<Option<i64>, Stop> {
    match form {
        Some(form) => Ok(tx.contact_of_form(form)?),
        None => Ok(None),
    }
}

/// Whether as many forms came from a network address lately as may; counts this one when not.
pub(crate) fn too_many_forms(tx: &mut Tx<'_>, now: Timestamp, network: &str) -> Result<bool, Stop> {
    full_after(tx, now, &[of_forms(network)])
}

/// The limits on what so many may come within.
type Limits = &'static [(u32, i64)];

/// Where the forms of a network address are counted.
fn of_forms(network: &str) -> (String, Limits) {
    (format!("form:{network}"), &FORMS)
}

/// Where its forms with files are counted.
fn of_files(network: &str) -> (String, Limits) {
    (format!("files:{network}"), &FORMS_WITH_FILES)
}

/// Whether one of the buckets is full; counts once in each when none is.
fn full_after(tx: &mut Tx<'_>, now: Timestamp, buckets: &[(String, Limits)]) -> Result<bool, Stop> {
    for (bucket, limits) in buckets {
        if too_many(tx, now, bucket, limits)? {
            return Ok(true);
        }
    }
    for (bucket, _) in buckets {
        tx.count_attempt(bucket, now)?;
    }
    Ok(false)
}
