//! To which conversation a mail belongs: the surest sign first, and what became of it since.

use jiff::{SignedDuration, Timestamp};
use ledger::contacts::{Contact, email_key};
use ledger::{Stop, Tx};
use promises::{Fact, Outcome};

use crate::House;
use crate::arrival::{Arrival, Thread};
use crate::house::Token;
use crate::limits::{RELATED_MAX, REOPEN_DAYS, THREAD_IDS_MAX};

/// What a mail belongs to.
pub(crate) enum Found {
    /// It reports about this letter.
    Letter(i64, u32),
    /// It belongs to this contact.
    Contact(i64),
    /// It may belong to this contact, but nothing proves it.
    Perhaps(i64),
    Nothing,
}

/// Looks for the conversation, the surest sign first (INTAKE 23 to 26).
pub(crate) fn find(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    arrival: &Arrival,
) -> Result<Found, Stop> {
    match look(tx, house, arrival)? {
        Found::Contact(contact) if !arrival.class.is_robot() => {
            now_at(tx, now, contact, RELATED_MAX)
        }
        found => Ok(found),
    }
}

/// Where an answer to a contact goes now: to the one it was merged into, or, when it has been
/// closed for long, to a new one beside it (INTAKE 28).
pub(crate) fn now_at(
    tx: &mut Tx<'_>,
    now: Timestamp,
    contact: i64,
    steps: u32,
) -> Result<Found, Stop> {
    let Some(found) = tx.contact(contact)?.filter(|found| found.closed) else {
        return Ok(Found::Contact(contact));
    };
    let closed = tx.facts_of(contact)?.into_iter().rev().find_map(|chained| {
        match serde_json::from_str(&chained.data) {
            Ok(Fact::Closed { outcome }) => Some((chained.at, outcome)),
            _ => None,
        }
    });
    let Some((at, outcome)) = closed else { return Ok(Found::Contact(contact)) };
    // Only a contact of the same person: what it possibly belongs to may be somebody else's.
    if let (Outcome::Duplicate, Some(survivor)) = (outcome, found.related) {
        let same = |it: &Contact| email_key(&it.email) == email_key(&found.email);
        if tx.contact(survivor)?.as_ref().is_some_and(same) {
            return match steps {
                0 => Ok(Found::Contact(survivor)),
                // It may have been merged into another one since.
                steps => now_at(tx, now, survivor, steps - 1),
            };
        }
    }
    let long_ago = at.checked_add(SignedDuration::from_hours(REOPEN_DAYS * 24));
    Ok(match long_ago {
        Ok(last) if now > last => Found::Perhaps(contact),
        _ => Found::Contact(contact),
    })
}

fn look(tx: &mut Tx<'_>, house: &House, arrival: &Arrival) -> Result<Found, Stop> {
    let thread = &arrival.thread;
    let tokens = || {
        let signed = thread.recipients.iter().chain(&thread.candidates).take(THREAD_IDS_MAX);
        signed.filter_map(|text| house.token(text)).collect::<Vec<_>>()
    };
    // A report that came to another address than the one it was asked to: it names the letter.
    if arrival.class.is_robot() && thread.bounce.is_some() {
        for id in thread.candidates.iter().take(THREAD_IDS_MAX) {
            if let Some((contact, letter)) = house.letter_of(id)
                && is_letter(tx, contact, letter)?
            {
                return Ok(Found::Letter(contact, letter));
            }
        }
    }
    for token in tokens() {
        let contact = match token {
            Token::Letter(contact, letter) if arrival.class.is_robot() => {
                if is_letter(tx, contact, letter)? {
                    return Ok(Found::Letter(contact, letter));
                }
                continue;
            }
            Token::Letter(contact, _) | Token::Contact(contact) => contact,
        };
        if is_there(tx, contact)? {
            return Ok(if thread.forwards {
                Found::Perhaps(contact)
            } else {
                Found::Contact(contact)
            });
        }
    }
    if let Some((contact, turn)) = thread.quoted_link
        && is_there(tx, contact)?
        && tx.contact(contact)?.is_some_and(|found| found.link_turn == turn)
    {
        return Ok(if thread.forwards { Found::Perhaps(contact) } else { Found::Contact(contact) });
    }
    for id in thread.candidates.iter().filter(|id| !id.is_empty()).take(THREAD_IDS_MAX) {
        if let Some((contact, _)) = tx.contact_of_message_id(id)?
            && is_there(tx, contact)?
        {
            return belongs(tx, thread, contact);
        }
    }
    if let Some(contact) = thread.number.as_deref().and_then(House::contact_of_number) {
        let found = tx.contact(contact)?;
        let right = found.is_some_and(|found| {
            found.erased_at.is_none()
                && Some(house.number(contact, found.received_at)) == thread.number
        });
        if right {
            return belongs(tx, thread, contact);
        }
    }
    Ok(Found::Nothing)
}

/// Whether something can belong to a contact: nothing belongs to what was erased.
fn is_there(tx: &mut Tx<'_>, contact: i64) -> Result<bool, Stop> {
    Ok(tx.contact(contact)?.is_some_and(|found| found.erased_at.is_none()))
}

/// Whether something can come back for a letter of a contact.
fn is_letter(tx: &mut Tx<'_>, contact: i64, letter: u32) -> Result<bool, Stop> {
    Ok(is_there(tx, contact)? && tx.letter(contact, letter)?.is_some())
}

/// An unsigned sign counts only when it comes from someone who takes part (INTAKE 24).
fn belongs(tx: &mut Tx<'_>, thread: &Thread, contact: i64) -> Result<Found, Stop> {
    let sender = email_key(&thread.sender);
    let owner = tx.contact(contact)?.is_some_and(|found| email_key(&found.email) == sender);
    let takes_part = !sender.is_empty() && (owner || tx.is_participant(contact, &sender)?);
    Ok(if takes_part && !thread.forwards {
        Found::Contact(contact)
    } else {
        Found::Perhaps(contact)
    })
}

/// A subject without numbers of ours in brackets.
pub(crate) fn without_numbers(subject: &str) -> String {
    let mut clean = String::new();
    let mut rest = subject;
    while let Some((before, after)) = rest.split_once('[') {
        clean.push_str(before);
        rest = match after.split_once(']') {
            Some((inner, beyond)) if House::contact_of_number(inner).is_some() => beyond,
            _ => {
                clean.push('[');
                after
            }
        };
    }
    clean.push_str(rest);
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}
