//! A reply by mail waits a moment before it leaves. Until then it can be taken back, and what was
//! typed for it is kept.

use jiff::Timestamp;
use ledger::drafts::Draft as Typed;
use ledger::letters::Standing;
use ledger::{Stop, Tx};
use promises::{Event, Purpose, Refusal};

use crate::House;
use crate::accounts::Agent;
use crate::carry_out::{Done, Open, to_change};
use crate::limits::TEXT_BYTES_MAX;
use crate::locks;
use crate::rights;
use crate::write_letter::Draft;

/// Takes a letter back that has not left yet. What it ended is owed again by the same day, and what
/// was typed for it stands in the composer of who wrote it.
///
/// # Errors
/// Refused when the postman has had it in hand, or something was decided since.
pub fn recall(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    (contact, letter): (i64, u32),
) -> Result<Done, Stop> {
    let open = Open::load(tx, contact)?;
    let held = tx.letter(contact, letter)?.ok_or(Refusal::NotFound)?;
    let (Standing::Held { .. }, Some(writer)) = (&held.standing, held.employee) else {
        return Err(Refusal::LetterLeft.into());
    };
    if writer != agent.id() {
        rights::may_settle(agent.roles(), open.contact.kind)?;
    }
    let by = Draft { employee: Some(agent.id()), ..Draft::default() };
    let done = open.happen(tx, house, now, &Event::Recall(letter, held.at), &by)?;
    // The postman and this may come at the same instant; the database lets one of them.
    if !tx.recall_letter((contact, letter), now)? {
        return Err(Refusal::LetterLeft.into());
    }
    let place = (writer, contact);
    let typed = tx.draft(place, Some(letter))?.unwrap_or_default();
    let since = tx.draft(place, None)?.unwrap_or_default();
    tx.keep_draft(place, None, now, &joined(typed, since))?;
    if writer == agent.id() {
        locks::hold(tx, now, agent, contact)?;
    }
    tx.take_enclosures_back((contact, letter))?;
    tx.note_asked(contact, false)?;
    tx.forget_draft_of_letter((contact, letter))?;
    Ok(done)
}

/// What was taken back, and below it what was typed since.
fn joined(typed: Typed, since: Typed) -> Typed {
    let both = |first: String, next: String| match (first.is_empty(), next.is_empty()) {
        (false, false) if first != next => format!("{first}\n\n{next}"),
        (true, _) => next,
        _ => first,
    };
    let one = |first: String, next: String| if first.is_empty() { next } else { first };
    Typed {
        answer: both(typed.answer, since.answer),
        copies: one(typed.copies, since.copies),
        day: one(typed.day, since.day),
        day_text: both(typed.day_text, since.day_text),
        day_why: one(typed.day_why, since.day_why),
    }
}

/// The fields of the composer that a form holds; the other fields stay as they were kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The answer, and who gets a copy.
    Answer(String, String),
    /// The day, the words with it, and why.
    Day(String, String, String),
}

/// Keeps what an employee has typed so far; who begins to write has the contact from then on.
///
/// # Errors
/// Refused when there is no such contact, or the text is too long to be kept.
pub fn keep_draft(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: &Agent,
    contact: i64,
    part: &Part,
) -> Result<(), Stop> {
    let found = to_change(tx, contact)?;
    let place = (agent.id(), contact);
    let mut typed = tx.draft(place, None)?.unwrap_or_default();
    match part.clone() {
        Part::Answer(answer, copies) => (typed.answer, typed.copies) = (answer, copies),
        Part::Day(day, text, why) => {
            (typed.day, typed.day_text, typed.day_why) = (day, text, why);
        }
    }
    let Typed { answer, copies, day, day_text, day_why } = &typed;
    if [answer, copies, day, day_text, day_why].iter().any(|it| it.len() > TEXT_BYTES_MAX) {
        return Err(Refusal::TextTooLong.into());
    }
    if typed.is_empty() {
        tx.release_lock(contact, agent.id())?;
        return Ok(tx.forget_draft(place)?);
    }
    if !found.closed {
        locks::hold(tx, now, agent, contact)?;
    }
    Ok(tx.keep_draft(place, None, now, &typed)?)
}

/// What an employee typed under a contact and has not sent.
///
/// # Errors
/// When the database fails.
pub fn draft(tx: &mut Tx<'_>, agent: &Agent, contact: i64) -> Result<Typed, Stop> {
    Ok(tx.draft((agent.id(), contact), None)?.unwrap_or_default())
}

/// What is sent is no draft any more; of a letter that can be taken back it is kept with it.
pub(crate) fn sent_draft(
    tx: &mut Tx<'_>,
    now: Timestamp,
    (employee, contact): (i64, i64),
    (letter, purpose): (Option<u32>, Purpose),
    typed: &Typed,
) -> Result<(), Stop> {
    let place = (employee, contact);
    if let Some(letter) = letter {
        tx.keep_draft(place, Some(letter), now, typed)?;
    }
    // The other form of the composer keeps what is in it.
    let Some(mut left) = tx.draft(place, None)? else { return Ok(()) };
    match purpose {
        Purpose::Date => {
            (left.day, left.day_text, left.day_why) = Default::default();
        }
        _ => (left.answer, left.copies) = Default::default(),
    }
    if left.is_empty() {
        tx.forget_draft(place)?;
    } else {
        tx.keep_draft(place, None, now, &left)?;
    }
    Ok(())
}
