//! A person asks what is known about them: every contact of one address or telephone number, and
//! which of those can be erased.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use ledger::contacts::{Contact, email_key};
use ledger::phone_calls::PhoneCall;
use ledger::{Stop, Tx};
use norms::{Kind, Term};
use promises::Refusal;

use crate::accounts::Agent;
use crate::erasure::may_be_erased;
use crate::limits::{CALL_NUMBER_DAYS, PERSON_CONTACTS_MAX};
use crate::rights::Lead;
use crate::search::{find, phone_word};
use crate::{House, call_number};

/// Whether a contact can be erased because a person asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Erasable {
    /// It can.
    Yes,
    /// It can, and need not: a law asks that it is kept until a term is over.
    MayBeKept(Term),
    /// It is the contact of somebody else, in which this person took part.
    OfAnother,
    /// It can not yet.
    No(Refusal),
}

/// A contact of a person who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfPerson {
    /// Its number.
    pub number: String,
    /// The contact.
    pub contact: Contact,
    /// Whether it can be erased.
    pub erasable: Erasable,
}

/// What there is about a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AboutPerson {
    /// The contacts, newest first.
    pub contacts: Vec<OfPerson>,
    /// The calls from the number of which it is still known who called, the last first.
    pub calls: Vec<PhoneCall>,
    /// Whether there may be more than are looked at together.
    pub is_cut: bool,
}

/// Every contact of an address or a telephone number, newest first: those that it belongs to, and
/// those in which the address took part.
///
/// # Errors
/// When the database fails.
pub fn contacts_about(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    _: &Agent<Lead>,
    who: &str,
) -> Result<AboutPerson, Stop> {
    let who = who.trim();
    let mut found: Vec<Contact> = Vec::new();
    let most = PERSON_CONTACTS_MAX;
    let is_full = |list: &[Contact]| list.len() >= most as usize;
    let (own, named);
    if who.contains('@') {
        own = tx.contacts_of_person(who, 0, (i64::MAX, most))?;
        named = find(tx, who, i64::MAX, most)?;
    } else if phone_word(who).is_some() {
        own = tx.contacts_of_phone(who, (i64::MAX, most))?;
        named = find(tx, who, i64::MAX, most)?;
    } else {
        (own, named) = (Vec::new(), Vec::new());
    }
    let is_cut = is_full(&own) || is_full(&named);
    found.extend(own);
    let (key, digits) = (email_key(who), phone_word(who));
    for contact in named {
        let is_theirs = match who.contains('@') {
            true => tx.is_participant(contact.id, &key)?,
            false => phone_word(&contact.phone).is_some_and(|phone| Some(phone) == digits),
        };
        if is_theirs {
            found.push(contact);
        }
    }
    let mut seen = BTreeSet::new();
    found.retain(|it| it.erased_at.is_none() && seen.insert(it.id));
    found.sort_by_key(|it| std::cmp::Reverse(it.id));
    let retention = &house.norms(now).retention;
    let mut contacts = Vec::new();
    for contact in found {
        // Whose it is says the address, or the number, that it came with.
        let is_own = !who.contains('@') || email_key(&contact.email) == email_key(who);
        let erasable = match may_be_erased(tx, house, now, &contact) {
            _ if !is_own => Erasable::OfAnother,
            Err(Stop::Refused(refusal)) => Erasable::No(refusal),
            Err(stop) => return Err(stop),
            // Advice and tips nobody has to keep; the others a law may ask for (AVG, 17 lid 3).
            Ok(()) => match contact.kind {
                Kind::Question | Kind::Feedback | Kind::Tip | Kind::CallBack => Erasable::Yes,
                kind => Erasable::MayBeKept(retention.of(kind)),
            },
        };
        let number = house.number(contact.id, contact.received_at);
        contacts.push(OfPerson { number, contact, erasable });
    }
    let calls = calls_from(tx, now, who)?;
    Ok(AboutPerson { contacts, calls, is_cut })
}

fn calls_from(tx: &mut Tx<'_>, now: Timestamp, who: &str) -> Result<Vec<PhoneCall>, Stop> {
    let since = now - SignedDuration::from_hours(24 * (CALL_NUMBER_DAYS + 1));
    match call_number(who) {
        Some(number) => Ok(tx.phone_calls_from(&number, since, PERSON_CONTACTS_MAX)?),
        None => Ok(Vec::new()),
    }
}

/// Forgets who called from a number, in the calls that are over. Says in how many.
///
/// # Errors
/// When the database fails.
pub fn forget_calls_from(
    tx: &mut Tx<'_>,
    now: Timestamp,
    _: &Agent<Lead>,
    who: &str,
) -> Result<usize, Stop> {
    let mut calls = calls_from(tx, now, who)?;
    calls.retain(|call| call.record.ended_at.is_some());
    for call in &calls {
        tx.forget_caller(call.id)?;
    }
    Ok(calls.len())
}
