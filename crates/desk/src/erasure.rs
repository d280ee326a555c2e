//! Removing what is personal of a contact. The facts stay, and with them what norms are measured
//! on: that somebody asked something then, and what became of the promise.

use jiff::{SignedDuration, Timestamp};
use ledger::blobs::BlobId;
use ledger::contacts::{Contact, email_key};
use ledger::letters::Standing;
use ledger::visits::{Appointment, VisitState};
use ledger::{Stop, Tx};
use promises::{Fact, Refusal};

use crate::House;
use crate::accounts::Agent;
use crate::carry_out::{Done, to_change};
use crate::confirming;
use crate::limits::{LOOSE_AT_ONCE, LOOSE_HOURS};
use crate::may_mail::bucket;
use crate::rights::Lead;

/// Removes everything personal of one contact, because a person asked for it. Nothing brings it
/// back.
///
/// # Errors
/// Refused when there is no such contact or it is erased, while it is open or something is
/// promised, while a letter still has to leave, while an appointment is to come, and while it is
/// kept longer on purpose.
pub fn erase(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent<Lead>,
    contact: i64,
) -> Result<Done, Stop> {
    let found = to_change(tx, contact)?;
    may_be_erased(tx, house, now, &found)?;
    wipe(tx, house, now, &found, (agent.id(), None))?;
    let number = house.number(contact, found.received_at);
    Ok(Done { number, contact, ..Done::default() })
}

/// Whether a contact can be erased now.
pub(crate) fn may_be_erased(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    contact: &Contact,
) -> Result<(), Stop> {
    let today = house.day(now);
    if !contact.closed {
        return Err(Refusal::EraseOpen.into());
    }
    if tx.promises(contact.id)?.iter().any(promises::Promise::is_open) {
        return Err(Refusal::ErasePromised.into());
    }
    let waits = |it: &Standing| matches!(it, Standing::Held { .. } | Standing::Waiting { .. });
    if tx.letters(contact.id)?.iter().any(|letter| waits(&letter.standing)) {
        return Err(Refusal::EraseLetter.into());
    }
    // Who is expected at the counter has to be known there. An employee calls it off first, so that
    // the resident hears of it and the time is free again.
    if tx.visit_of(contact.id)?.is_some_and(|visit| {
        use VisitState as V;
        let is_on = matches!(visit.state, V::Booked | V::Arrived | V::Called);
        is_on && house.day(visit.slot.from) >= today
    }) {
        return Err(Refusal::EraseVisit.into());
    }
    if tx.kept_until(contact.id)?.is_some_and(|until| until >= today) {
        return Err(Refusal::EraseKept.into());
    }
    Ok(())
}

/// Removes what is personal, and says so in a fact: how much, and on which list it stood.
pub(crate) fn wipe(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    contact: &Contact,
    (actor, list): (i64, Option<String>),
) -> Result<(), Stop> {
    let count = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
    let id = contact.id;
    let files = tx.attachments(id)?.len() + tx.enclosures(id)?.len();
    let fact = Fact::Erased {
        messages: tx.count_messages(id)?,
        letters: count(tx.letters(id)?.len()),
        files: count(files),
        list,
    };
    if let Some(visit) = tx.visit_of(id)?.filter(Appointment::is_unconfirmed) {
        confirming::let_go(tx, &visit)?;
    }
    for tag in tx.tags_of(id)? {
        tx.take_tag(id, tag.id)?;
    }
    for blob in tx.leave_blobs(id)? {
        tx.loosen_blob(&blob, now)?;
    }
    let key = email_key(&contact.email);
    tx.erase_contact(id, (&key, &house.hidden_address(&key), &bucket(&key)), now)?;
    tx.fact(now, id, Some(actor), &fact);
    Ok(())
}

/// Bytes in the store that nothing has needed for a day, some at a time.
///
/// # Errors
/// When the database fails.
pub(crate) fn loose(tx: &mut Tx<'_>, now: Timestamp) -> Result<Vec<BlobId>, Stop> {
    Ok(tx.loose_blobs(long_ago(now), LOOSE_AT_ONCE)?)
}

/// Bytes of the store are gone, or were left because they were put again a short time ago: those
/// are looked at again in a day.
pub(crate) fn settle_blobs(
    tx: &mut Tx<'_>,
    now: Timestamp,
    (gone, left): (&[BlobId], &[BlobId]),
) -> Result<(), Stop> {
    for id in gone {
        tx.blob_is_settled(id, long_ago(now))?;
    }
    for id in left {
        tx.loosen_blob(id, now)?;
    }
    Ok(())
}

fn long_ago(now: Timestamp) -> Timestamp {
    now.checked_sub(SignedDuration::from_hours(LOOSE_HOURS)).unwrap_or(Timestamp::MIN)
}
