//! Contacts beside each other: one that belongs to another, one that is the same as another, and
//! one message that is a question of its own.

use jiff::Timestamp;
use ledger::contacts::{Contact, Source, email_key};
use ledger::{Stop, Tx};
use norms::Kind;
use promises::Refusal;

use crate::House;
use crate::accounts::Agent;
use crate::arrival::Arrival;
use crate::carry_out::{Done, to_change};
use crate::handling::close_merged;
use crate::intake::store;
use crate::limits::{ALIKE_MAX, EARLIER_CONTACTS_MAX};
use crate::rights;

/// Notes that a contact belongs to another one; to none, without it.
///
/// # Errors
/// Refused when one of them is not there, or they are the same one.
pub fn link(tx: &mut Tx<'_>, contact: i64, to: Option<i64>) -> Result<(), Stop> {
    if to == Some(contact) {
        return Err(Refusal::SameContact.into());
    }
    // Both locked, in the order of their keys: what is erased meanwhile has no link to it.
    let other = to.unwrap_or(contact);
    for id in [contact.min(other), contact.max(other)] {
        to_change(tx, id)?;
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
        found.extend(tx.contacts_of_person(email, NONE, (i64::MAX, ALIKE_MAX))?);
    }
    if !phone.trim().is_empty() {
        found.extend(tx.contacts_of_phone(phone, (i64::MAX, ALIKE_MAX))?);
    }
    found.retain(|contact| !contact.closed);
    found.sort_by_key(|contact| std::cmp::Reverse(contact.id));
    found.dedup_by_key(|contact| contact.id);
    Ok(found.into_iter().map(|it| (house.number(it.id, it.received_at), it)).collect())
}

/// A contact is about the same as another one of the same person, and goes on there: it is closed
/// as a duplicate, and what is answered to it joins the other.
///
/// # Errors
/// Refused as [`link`], when it is closed or a colleague is answering it, and when the other is of
/// someone else: each of them was promised an answer.
pub fn merge(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    (contact, into): (i64, i64),
) -> Result<Done, Stop> {
    // In the order of their keys, so that two who merge them both ways take turns.
    for id in [contact.min(into), contact.max(into)] {
        to_change(tx, id)?;
    }
    let found = tx.contact(contact)?.ok_or(Refusal::NotFound)?;
    let other = tx.contact(into)?.ok_or(Refusal::NotFound)?;
    if other.closed {
        return Err(Refusal::OtherClosed.into());
    }
    // A complaint goes on as a question only by whose work it is.
    if found.kind != other.kind {
        rights::may_settle(agent.roles(), found.kind)?;
    }
    if !is_same_person(&found, &other) {
        return Err(Refusal::OtherPerson.into());
    }
    // Two that point at each other would send an answer round and round.
    if other.related == Some(contact) {
        tx.relate(into, None)?;
    }
    link(tx, contact, Some(into))?;
    close_merged(tx, house, now, agent, contact)
}

/// Whether two contacts are of one person, by address or by telephone number.
fn is_same_person(one: &Contact, other: &Contact) -> bool {
    let email = email_key(&one.email);
    let phone = one.phone.trim();
    (!email.is_empty() && email == email_key(&other.email))
        || (!phone.is_empty() && phone == other.phone.trim())
}

/// One message of a conversation is a question of its own: it becomes a contact beside it, with
/// promises from the moment it came in. Done twice, it is the same contact.
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
    let from = to_change(tx, contact)?;
    let messages = tx.messages(contact)?;
    let is_it = |it: &&ledger::contacts::Message| it.id == message && it.source != Source::Note;
    let found = messages.iter().skip(1).find(is_it).ok_or(Refusal::NotFound)?;
    let subject = match found.subject.trim() {
        "" => from.subject.clone(),
        subject => subject.to_owned(),
    };
    // What came with a complaint stays one until somebody whose work it is says otherwise.
    let kind = match from.kind {
        kind @ (Kind::Complaint | Kind::Invoice) => kind,
        _ => Kind::Question,
    };
    let is_split = |it: &&Contact| it.received_at == found.at && it.subject == subject;
    if let Some(known) = tx.related_to(contact, EARLIER_CONTACTS_MAX)?.iter().find(is_split) {
        return Ok(Done { contact: known.id, ..Done::default() });
    }
    let registered = found.source == Source::Registered;
    // Who wrote it is answered: that may be someone else in the conversation.
    let (name, email) = match crate::is_address(&found.author) {
        true if email_key(&found.author) != email_key(&from.email) => {
            (String::new(), found.author.clone())
        }
        _ => (from.name.clone(), from.email.clone()),
    };
    let arrival = Arrival {
        received_at: Some(found.at),
        lang: from.lang.clone(),
        name,
        email,
        phone: from.phone.clone(),
        address: from.address.clone(),
        mailable: from.mailable && !registered,
        subject,
        body: found.body.clone(),
        ..Arrival::new(from.channel, kind)
    };
    store(tx, house, now, &arrival, Some(contact), registered.then_some(agent))
}
