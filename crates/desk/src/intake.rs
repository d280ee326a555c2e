//! Taking in: a message becomes a contact, joins one, or is known already. One transaction.

use jiff::Timestamp;
use ledger::blobs::BlobId;
use ledger::contacts::{Contact, Kept, Message, Source, email_key};
use ledger::{Stop, Tx, faults};
use norms::{Channel, Class};
use promises::{Event, Refusal, Situation, decide};
use sha2::{Digest, Sha256};

use crate::House;
use crate::accounts::Agent;
use crate::answered::Answered;
use crate::arrival::Arrival;
use crate::carry_out::{Done, Open, to_change};
use crate::conversation::{self, Found};
use crate::limits::{LINE_CHARS_MAX, TEXT_BYTES_MAX};
use crate::may_mail;
use crate::overtaken;
use crate::reports;
use crate::write_letter::{Draft, OfVisit};

/// What became of an arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Took {
    /// It is a contact of its own.
    New,
    /// It joined a contact.
    Joined,
    /// It had been taken in already; nothing was written.
    Known,
}

/// The receipt for an arrival.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// What became of it.
    pub took: Took,
    /// The contact, and the letters to hand over.
    pub done: Done,
}

/// Takes in a message: the one door for every channel.
///
/// # Errors
/// Only when the database fails: nothing that arrives is refused.
pub fn receive(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    arrival: &Arrival,
) -> Result<Receipt, Stop> {
    faults::point("before-write");
    let bytes =
        || -> [u8; 32] { Sha256::digest(arrival.raw.as_deref().unwrap_or_default()).into() };
    let hash = arrival.thread.written.unwrap_or_else(bytes);
    match unused_id(tx, &arrival.thread.message_id, &hash, bytes)? {
        Ok(message_id) => take_in(tx, house, now, arrival, (&message_id, &hash)),
        Err(contact) => known(tx, house, contact),
    }
}

/// Takes in what is not known yet: as a contact, or into one.
pub(crate) fn take_in(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    arrival: &Arrival,
    identity: (&str, &[u8]),
) -> Result<Receipt, Stop> {
    let found = match conversation::find(tx, house, now, arrival)? {
        // Erased between the look and the lock: as if it had been erased before.
        Found::Letter(contact, _) | Found::Contact(contact) | Found::Perhaps(contact)
            if !stays(tx, contact)? =>
        {
            Found::Nothing
        }
        found => found,
    };
    let related = match found {
        Found::Letter(contact, letter) => {
            return bounced(tx, house, now, arrival, (contact, letter), identity);
        }
        Found::Contact(contact) => {
            let done = join(tx, house, now, arrival, contact, identity)?;
            return Ok(Receipt { took: Took::Joined, done });
        }
        Found::Perhaps(contact) => Some(contact),
        Found::Nothing => None,
    };
    let (took, done) = match overtaken::by(tx, now, arrival)? {
        Some(contact) if stays(tx, contact)? => {
            (Took::Joined, join(tx, house, now, arrival, contact, identity)?)
        }
        _ => (Took::New, begin(tx, house, now, arrival, related, identity)?),
    };
    overtaken::await_named(tx, now, arrival, done.contact)?;
    Ok(Receipt { took, done })
}

/// Whether a contact is there, and can not be erased before this transaction ends.
fn stays(tx: &mut Tx<'_>, contact: i64) -> Result<bool, Stop> {
    match to_change(tx, contact) {
        Ok(_) => Ok(true),
        Err(Stop::Refused(_)) => Ok(false),
        Err(stop) => Err(stop),
    }
}

/// The id under which a mail is remembered; the contact it belongs to when it is known already.
/// Another mail with the same id is kept under an id of its own (INTAKE 18).
pub(crate) fn unused_id(
    tx: &mut Tx<'_>,
    message_id: &str,
    hash: &[u8; 32],
    bytes: impl Fn() -> [u8; 32],
) -> Result<Result<String, i64>, Stop> {
    if message_id.is_empty() {
        return Ok(Ok(String::new()));
    }
    match tx.contact_of_message_id(message_id)? {
        None => Ok(Ok(message_id.to_owned())),
        // Until the copies of one mail were recognised, its bytes were what was remembered.
        Some((contact, same)) if same == hash || same == bytes() => Ok(Err(contact)),
        Some(_) => {
            let mark = data_encoding::HEXLOWER.encode(&hash[..8]);
            let own = format!("{message_id}#{mark}");
            Ok(match tx.contact_of_message_id(&own)? {
                None => Ok(own),
                Some((contact, _)) => Err(contact),
            })
        }
    }
}

pub(crate) fn known(tx: &mut Tx<'_>, house: &House, contact: i64) -> Result<Receipt, Stop> {
    let found = tx.contact(contact)?.ok_or(Refusal::NotFound)?;
    let number = house.number(contact, found.received_at);
    Ok(Receipt {
        took: Took::Known,
        done: Done { number, contact, letters: Vec::new(), held: Vec::new() },
    })
}

fn join(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    arrival: &Arrival,
    contact: i64,
    identity: (&str, &[u8]),
) -> Result<Done, Stop> {
    let open = Open::load(tx, contact)?;
    write_message(tx, now, arrival, contact, None, identity)?;
    if !arrival.class.is_robot() {
        tx.wake(contact)?;
    }
    faults::point("in-transaction");
    open.happen(tx, house, now, &Event::FollowedUp(arrival.class), &Draft::default())
}

/// A report about one of our letters: kept with the contact; when it is final, the letter counts
/// as not delivered and contact is owed again (INTAKE 54, 60, 69).
fn bounced(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    arrival: &Arrival,
    (contact, letter): (i64, u32),
    identity: (&str, &[u8]),
) -> Result<Receipt, Stop> {
    let done = join(tx, house, now, arrival, contact, identity)?;
    let about = email_key(&arrival.thread.undelivered_to);
    let written = tx.letter(contact, letter)?.ok_or(Refusal::NotFound)?;
    let is_copy = !about.is_empty()
        && about != email_key(&written.recipient)
        && written.copies.split(", ").any(|copy| email_key(copy) == about);
    let came_back = match &arrival.thread.bounce {
        // The resident has it: only a copy came back.
        Some((true, detail)) if is_copy => {
            tx.note_refused_copies((contact, letter), &format!("{about}: {detail}"))?;
            false
        }
        Some((true, detail)) => tx.letter_came_back(&written, now, detail)?,
        _ => false,
    };
    if came_back {
        let event = Event::LetterFailed(letter, written.purpose);
        Open::load(tx, contact)?.happen(tx, house, now, &event, &Draft::default())?;
        tx.wake(contact)?;
    }
    Ok(Receipt { took: Took::Joined, done })
}

fn begin(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    arrival: &Arrival,
    related: Option<i64>,
    identity: (&str, &[u8]),
) -> Result<Done, Stop> {
    let entry = Entry { related, identity, ..Entry::default() };
    let done = store_entry(tx, house, now, arrival, &entry)?;
    faults::point("in-transaction");
    Ok(done)
}

/// How a contact begins, beside what arrived.
pub(crate) struct Entry<'a> {
    /// The contact it may belong to.
    pub(crate) related: Option<i64>,
    /// Who registers it.
    pub(crate) agent: Option<&'a Agent>,
    /// The id under which a mail is remembered, and its hash.
    pub(crate) identity: (&'a str, &'a [u8]),
    /// What happens: it came in, or it is an appointment.
    pub(crate) event: &'a Event,
    /// The appointment that it is.
    pub(crate) visit: Option<&'a OfVisit<'a>>,
}

impl Default for Entry<'_> {
    fn default() -> Self {
        Entry {
            related: None,
            agent: None,
            identity: ("", &[]),
            event: &Event::Received,
            visit: None,
        }
    }
}

pub(crate) fn store(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    arrival: &Arrival,
    related: Option<i64>,
    agent: Option<&Agent>,
) -> Result<Done, Stop> {
    store_entry(tx, house, now, arrival, &Entry { related, agent, ..Entry::default() })
}

pub(crate) fn store_entry(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    arrival: &Arrival,
    entry: &Entry<'_>,
) -> Result<Done, Stop> {
    let Entry { related, agent, identity, event, visit } = *entry;
    let received_at = arrival.received_at.filter(|at| *at < now).unwrap_or(now);
    let mut evidence = arrival.evidence.join(" ");
    let mut mailable = arrival.mailable && !arrival.email.is_empty();
    if mailable
        && arrival.class == Class::Message
        && let Some(reason) = may_mail::obstacle(tx, house, now, arrival, related)?
    {
        mailable = false;
        evidence.push(' ');
        evidence.push_str(reason);
    }
    let mut fresh = Situation::new(arrival.channel, arrival.kind, arrival.class, received_at);
    fresh.facets = arrival.facets.clone();
    fresh.can_be_mailed = mailable;
    fresh.has_address = !arrival.email.is_empty();
    let decision = decide(now, house.norms(received_at), &fresh, event)?;
    let after = decision.after.clone().unwrap_or_else(|| fresh.clone());
    let mut contact = Contact {
        id: 0,
        channel: arrival.channel,
        kind: arrival.kind,
        class: arrival.class,
        received_at,
        lang: arrival.lang.clone(),
        name: line(&arrival.name),
        email: line(&arrival.email),
        phone: line(&arrival.phone),
        address: line(&arrival.address),
        subject: subject(arrival, related),
        evidence: evidence.trim().to_owned(),
        mailable,
        closed: after.closed,
        acknowledgement_written: after.acknowledgement_written,
        letters: after.letters,
        related,
        facets: arrival.facets.clone(),
        closed_at: after.closed.then_some(now),
        erased_at: None,
        link_turn: 0,
    };
    contact.id = tx.add_contact(&contact)?;
    write_message(tx, received_at, arrival, contact.id, agent, identity)?;
    reports::keep_place(tx, house, contact.id, arrival)?;
    let entered = match arrival.channel {
        Channel::Form => arrival.body.as_str(),
        _ => "",
    };
    // An acknowledgement repeats nothing of a mail (INTAKE 55).
    let answered = match arrival.channel {
        Channel::Email => Answered {
            message_id: arrival.thread.message_id.clone(),
            references: arrival.thread.references.clone(),
            ..Answered::default()
        },
        _ => Answered::default(),
    };
    let draft =
        Draft { employee: agent.map(Agent::id), entered, answered, visit, ..Draft::default() };
    // The row stands as the decision leaves it; what is left to write are promises and letters.
    let situation = Situation { promises: Vec::new(), ..after };
    Open { contact, situation }.write(tx, house, now, &decision, &draft)
}

/// Writes down what arrived: from the resident, or by the employee who registers it.
pub(crate) fn write_message(
    tx: &mut Tx<'_>,
    at: Timestamp,
    arrival: &Arrival,
    contact: i64,
    agent: Option<&Agent>,
    (message_id, hash): (&str, &[u8]),
) -> Result<(), Stop> {
    let source = if agent.is_some() { Source::Registered } else { Source::Resident };
    let from = match arrival.thread.sender.as_str() {
        "" if arrival.name.is_empty() => &arrival.email,
        "" => &arrival.name,
        sender => sender,
    };
    let message = Message {
        author: line(from),
        subject: line(&arrival.subject),
        body: text(&arrival.body),
        quoted: text(&arrival.quoted),
        trouble: line(&arrival.trouble),
        // Letters answer this id, so it must be one that the resident's mail program knows.
        message_id: match arrival.channel {
            Channel::Email => arrival.thread.message_id.clone(),
            _ => String::new(),
        },
        references: arrival.thread.references.clone(),
        employee: agent.map(Agent::id),
        has_html: arrival.has_html,
        ..blank(at, source)
    };
    let message = tx.add_message(contact, &message)?;
    if let Some(raw) = &arrival.raw {
        let hash: [u8; 32] = Sha256::digest(raw).into();
        let bytes = (!arrival.raw_is_stored).then_some(raw.as_slice());
        tx.add_raw(message, Kept { hash: &hash, bytes })?;
        if let Some(stored) = BlobId::from_hash(&hash).filter(|_| arrival.raw_is_stored) {
            tx.use_blob(&stored, contact)?;
        }
    }
    tx.add_attachments(message, &arrival.attachments)?;
    for moment in &arrival.moments {
        tx.add_call_moment(contact, *moment)?;
    }
    if !message_id.is_empty() {
        tx.claim_message_id(message_id, contact, hash)?;
    }
    Ok(())
}

pub(crate) fn blank(at: Timestamp, source: Source) -> Message {
    Message {
        id: 0,
        at,
        source,
        author: String::new(),
        subject: String::new(),
        body: String::new(),
        quoted: String::new(),
        trouble: String::new(),
        message_id: String::new(),
        references: String::new(),
        employee: None,
        has_raw: false,
        has_html: false,
    }
}

/// The subject of a new contact. What answers an older one carries its number, which would lead
/// every further answer there (INTAKE 33).
fn subject(arrival: &Arrival, related: Option<i64>) -> String {
    match related {
        None => line(&arrival.subject),
        Some(_) => line(&conversation::without_numbers(&arrival.subject)),
    }
}

/// One line of bounded length, without control characters.
fn line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LINE_CHARS_MAX).collect()
}

/// A text of bounded length. What is cut stands in the bytes as they came.
fn text(text: &str) -> String {
    let mut end = text.len().min(TEXT_BYTES_MAX);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].to_owned()
}
