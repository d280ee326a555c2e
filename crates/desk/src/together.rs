//! Contacts beside each other: one that belongs to another, one that is the same as another, and
//! one message that is a question of its own.

use jiff::Timestamp;
use ledger::contacts::{Contact, Source};
use ledger::{Stop, Tx};
use norms::Kind;
use promises::{Outcome, Refusal};

use crate::House;
use crate::accounts::Agent;
use crate::carry_out::Done;
use crate::intake::{Arrival, store};
use crate::limits::ALIKE_MAX;

/// Notes that a contact belongs to another one; to none, without it.
///
/// # Errors
/// Refused when one of them is not there, or they are the same one.
pub fn link(tx: &mut Tx<'_>, contact: i64, to: Option<i64>) -> Result<(), Stop> {
    tx.contact_to_change(contact)?.ok_or(Refusal::NotFound)?;
    if let Some(to) = to {
        if to == contact {
            return Err(Refusal::SameContact.into());
        }
        tx.contact(to)?.ok_or(Refusal::NotFound)?;
    }
    Ok(tx.relate(contact, to)?)
}

/// What is open already of the person with this address or telephone number, newest first, with the
/// numbers of the contacts: what is registered now may belong to it.
///
/// # Errors
/// When the database fails.
pub fn alike(
    tx: &mut Tx<'_>,
    house: &House,
    (email, phone): (&str, &str),
) -> Result<Vec<(String, Contact)>, Stop> {
    const NONE: i64 = 0;
    let mut found = Vec::new();
    if !email.trim().is_empty() {
        found.extend(tx.contacts_of_person(email, NONE, ALIKE_MAX)?);
    }
    if !phone.trim().is_empty() {
        found.extend(tx.contacts_of_phone(phone, ALIKE_MAX)?);
    }
    found.retain(|contact| !contact.closed);
    found.sort_by_key(|contact| std::cmp::Reverse(contact.id));
    found.dedup_by_key(|contact| contact.id);
    Ok(found.into_iter().map(|it| (house.number(it.id, it.received_at), it)).collect())
}

/// A contact is about the same as another one, and goes on there: it is closed as a duplicate, and
/// what the same person answers to it joins the other.
///
/// # Errors
/// Refused as [`link`], and when it is closed.
pub fn merge(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    (contact, into): (i64, i64),
) -> Result<Done, Stop> {
    // Two that point at each other would send an answer round and round.
    if tx.contact(into)?.is_some_and(|it| it.related == Some(contact)) {
        tx.relate(into, None)?;
    }
    link(tx, contact, Some(into))?;
    crate::close(tx, house, now, agent, contact, Outcome::Duplicate)
}

/// One message of a conversation is a question of its own: it becomes a contact beside it, with
/// promises from the moment it came in.
///
/// # Errors
/// Refused when there is no such message of a resident, or it is the first of its contact.
pub fn split(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    (contact, message): (i64, i64),
) -> Result<Done, Stop> {
    let from = tx.contact_to_change(contact)?.ok_or(Refusal::NotFound)?;
    let messages = tx.messages(contact)?;
    let is_it = |it: &&ledger::contacts::Message| it.id == message && it.source != Source::Note;
    let found = messages.iter().skip(1).find(is_it).ok_or(Refusal::NotFound)?;
    let subject = match found.subject.trim() {
        "" => from.subject.clone(),
        subject => subject.to_owned(),
    };
    let registered = found.source == Source::Registered;
    let arrival = Arrival {
        received_at: Some(found.at),
        lang: from.lang.clone(),
        name: from.name.clone(),
        email: from.email.clone(),
        phone: from.phone.clone(),
        address: from.address.clone(),
        mailable: from.mailable && !registered,
        subject,
        body: found.body.clone(),
        ..Arrival::new(from.channel, Kind::Question)
    };
    store(tx, house, now, &arrival, Some(contact), registered.then_some(agent))
}
