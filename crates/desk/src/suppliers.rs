//! What programs of suppliers do: they take contacts in, add notes, and correct what a contact was
//! taken for. The same decisions follow as when a colleague does it; a fact says which token did.

use jiff::{SignedDuration, Timestamp};
use ledger::api_tokens::KeptAnswer;
use ledger::contacts::{Message, Source, email_key};
use ledger::letters::Letter;
use ledger::{Stop, Tx};
use norms::{Class, Kind};
use promises::{Event, Fact, Refusal};

use crate::House;
use crate::answered::Answered;
use crate::api_tokens::{Supplier, WriteContacts};
use crate::arrival::Arrival;
use crate::carry_out::{Done, Open};
use crate::intake::{blank, store};
use crate::limits::{API_ANSWER_HOURS, TEXT_BYTES_MAX};
use crate::may_mail::blocked;
use crate::write_letter::Draft;

/// A request that is done once, however often it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Once {
    /// What the supplier calls it.
    pub key: String,
    /// The hash of what is asked.
    pub request: [u8; 32],
}

/// What became of such a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Supplied {
    /// It was done, now or before: the answer, with the letters that are fresh.
    Done(KeptAnswer, Vec<Letter>),
    /// Something else was asked under this key.
    OtherRequest,
}

/// Does what a supplier asks, unless it was done under this key before: then the answer is the one
/// of that time. The answer is kept in the transaction of what it is about, so that no crash can
/// come between the two.
///
/// # Errors
/// What the verb refuses, or the failure of the database.
pub fn once(
    tx: &mut Tx<'_>,
    now: Timestamp,
    supplier: &Supplier<WriteContacts>,
    once: &Once,
    verb: impl FnOnce(&mut Tx<'_>) -> Result<(KeptAnswer, Vec<Letter>), Stop>,
) -> Result<Supplied, Stop> {
    let name = (supplier.token(), once.key.as_str());
    if let Some((request, answer)) = tx.kept_answer(name.0, name.1)? {
        let is_same = request == once.request;
        let again = || Supplied::Done(answer, Vec::new());
        return Ok(if is_same { again() } else { Supplied::OtherRequest });
    }
    let (answer, letters) = verb(tx)?;
    tx.keep_answer(name, &once.request, &answer, now)?;
    Ok(Supplied::Done(answer, letters))
}

/// Forgets what was answered so long ago that nobody asks again.
pub(crate) fn forget_answers(tx: &mut Tx<'_>, now: Timestamp) -> Result<(), Stop> {
    let kept = SignedDuration::from_hours(API_ANSWER_HOURS);
    Ok(tx.forget_answers(now.checked_sub(kept).unwrap_or(Timestamp::MIN))?)
}

/// Takes in what came in at a supplier's: as a contact of its own, with all that is promised.
///
/// # Errors
/// Refused when there is no text; else when the database fails.
pub fn take_in_supplied(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    supplier: &Supplier<WriteContacts>,
    arrival: &Arrival,
) -> Result<Done, Stop> {
    if arrival.subject.trim().is_empty() && arrival.body.trim().is_empty() {
        return Err(Refusal::TextEmpty.into());
    }
    let done = store(tx, house, now, arrival, None, None)?;
    say(tx, now, supplier, done.contact);
    Ok(done)
}

/// Adds a note for colleagues; a resident never sees it.
///
/// # Errors
/// Refused when there is no such contact, or the text is empty or too long.
pub fn note_supplied(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    supplier: &Supplier<WriteContacts>,
    (contact, text): (i64, &str),
) -> Result<Done, Stop> {
    if text.trim().is_empty() {
        return Err(Refusal::TextEmpty.into());
    }
    if text.len() > TEXT_BYTES_MAX {
        return Err(Refusal::TextTooLong.into());
    }
    let open = Open::load(tx, contact)?;
    let note = Message {
        author: supplier.name().to_owned(),
        body: text.trim().to_owned(),
        ..blank(now, Source::Note)
    };
    tx.add_message(contact, &note)?;
    say(tx, now, supplier, contact);
    open.happen(tx, house, now, &Event::Note, &Draft::default())
}

/// Corrects what a contact was taken for, when nothing happened to it since this version. Nothing
/// is done when something did.
///
/// # Errors
/// Refused when it is of that class already, or when it would be closed and is a complaint or an
/// invoice, which somebody whose work it is closes, or a colleague is writing the answer.
pub fn correct_class_supplied(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    supplier: &Supplier<WriteContacts>,
    (contact, version): (i64, i64),
    to: Class,
) -> Result<Option<Done>, Stop> {
    let mut open = Open::load(tx, contact)?;
    if tx.last_fact_of(contact)? != version {
        return Ok(None);
    }
    if !matches!(to, Class::Message | Class::FollowUp) {
        if matches!(open.contact.kind, Kind::Complaint | Kind::Invoice) {
            return Err(Refusal::NotYours.into());
        }
        if tx.lock(contact, now)?.is_some() {
            return Err(Refusal::LockedByColleague.into());
        }
    }
    // Since it came in an employee may have turned automatic mail to this address off.
    if blocked(tx, house, &email_key(&open.contact.email))?.is_some() {
        open.situation.can_be_mailed = false;
    }
    let answered = Answered::of(tx, &open.contact, &[])?;
    let draft = Draft { answered: Answered { original: None, ..answered }, ..Draft::default() };
    let event = Event::CorrectClass(to);
    let done = open.happen(tx, house, now, &event, &draft)?;
    say(tx, now, supplier, contact);
    Ok(Some(done))
}

fn say(tx: &mut Tx<'_>, now: Timestamp, supplier: &Supplier<WriteContacts>, contact: i64) {
    tx.fact(now, contact, None, &Fact::Supplied { token: supplier.token() });
}
