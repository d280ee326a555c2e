//! A mail that was overtaken by what answers it: it belongs to the contact that the answer began.
//!
//! Who names a Message-ID before it is there proves nothing: anybody can. So nothing is joined but
//! mail of one person: who wrote both mails, and where both are answered, is the same.

use jiff::{SignedDuration, Timestamp};
use ledger::contacts::email_key;
use ledger::{Stop, Tx};
use norms::{Channel, Class};

use crate::arrival::Arrival;
use crate::conversation::{Found, now_at};
use crate::limits::{AWAITED_DAYS, AWAITED_IDS_MAX, RELATED_MAX};

/// Where a mail belongs that an earlier one of the same person named.
///
/// What would be acknowledged joins only what was: a resident hears once of a conversation, and
/// not never.
pub(crate) fn by(tx: &mut Tx<'_>, now: Timestamp, arrival: &Arrival) -> Result<Option<i64>, Stop> {
    let thread = &arrival.thread;
    let (sender, answered_at) = (email_key(&thread.sender), email_key(&arrival.email));
    let named = is_of_a_person(arrival) && !thread.message_id.is_empty();
    if !named || sender.is_empty() || answered_at.is_empty() {
        return Ok(None);
    }
    let of = (answered_at.as_str(), arrival.kind);
    let Some(contact) = tx.mail_awaited_by(&thread.message_id, of, begin(now))? else {
        return Ok(None);
    };
    let Some(found) = tx.contact(contact)? else { return Ok(None) };
    let is_to_hear = arrival.class == Class::Message && arrival.mailable;
    if (is_to_hear && !found.acknowledgement_written) || !tx.is_participant(contact, &sender)? {
        return Ok(None);
    }
    tx.awaited_mail_came(&thread.message_id, contact)?;
    Ok(match now_at(tx, now, contact, RELATED_MAX)? {
        Found::Contact(contact) => Some(contact),
        _ => None,
    })
}

/// The mails that this one names may still come, and belong to its contact then. What is forwarded
/// is a contact of its own, whatever it refers to (INTAKE 26).
pub(crate) fn await_named(
    tx: &mut Tx<'_>,
    now: Timestamp,
    arrival: &Arrival,
    contact: i64,
) -> Result<(), Stop> {
    if !is_of_a_person(arrival) || arrival.thread.forwards {
        return Ok(());
    }
    let mut ids: Vec<&str> = Vec::new();
    for id in arrival.thread.candidates.iter().map(String::as_str) {
        let is_new = !id.is_empty() && id != arrival.thread.message_id && !ids.contains(&id);
        if is_new && ids.len() < AWAITED_IDS_MAX {
            ids.push(id);
        }
    }
    for id in ids {
        tx.await_mail(id, contact, now)?;
    }
    Ok(())
}

/// Forgets the mails that were waited for long enough.
pub(crate) fn forget(tx: &mut Tx<'_>, now: Timestamp) -> Result<(), Stop> {
    Ok(tx.sweep_awaited(begin(now))?)
}

fn is_of_a_person(arrival: &Arrival) -> bool {
    arrival.channel == Channel::Email && !arrival.class.is_robot()
}

/// What was named at this moment or before is waited for no longer.
fn begin(now: Timestamp) -> Timestamp {
    now.checked_sub(SignedDuration::from_hours(AWAITED_DAYS * 24)).unwrap_or(Timestamp::MIN)
}
