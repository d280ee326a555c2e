//! What employees do with a contact among themselves: assign, hand over, note, close, reopen,
//! correct its class.

use jiff::Timestamp;
use ledger::contacts::{Message, Source, email_key};
use ledger::{Stop, Tx};
use norms::Class;
use promises::{Event, Outcome, Refusal};

use crate::House;
use crate::accounts::Agent;
use crate::answered::Answered;
use crate::carry_out::{Done, Open};
use crate::limits::TEXT_BYTES_MAX;
use crate::write_letter::Draft;

/// Puts a contact in the hands of an employee, or of nobody.
///
/// # Errors
/// Refused when there is no such contact or employee, or the contact is closed.
pub fn assign(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    contact: i64,
    to: Option<i64>,
) -> Result<Done, Stop> {
    let open = open_for_work(tx, contact)?;
    if let Some(to) = to {
        is_colleague(tx, to)?;
    }
    let done = open.happen(tx, house, now, &Event::Assign(to), &by(agent))?;
    tx.assign(contact, to)?;
    Ok(done)
}

/// Hands a contact over to a colleague with a note why.
///
/// # Errors
/// Refused as [`assign`], and when the note is empty or too long.
pub fn hand_over(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    contact: i64,
    (to, why): (i64, &str),
) -> Result<Done, Stop> {
    let open = open_for_work(tx, contact)?;
    is_colleague(tx, to)?;
    write_note(tx, now, agent, contact, why)?;
    let done = open.happen(tx, house, now, &Event::HandOver(to), &by(agent))?;
    tx.assign(contact, Some(to))?;
    Ok(done)
}

/// Writes a note for colleagues. A resident never sees it.
///
/// # Errors
/// Refused when there is no such contact, or the text is empty or too long.
pub fn note(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    contact: i64,
    text: &str,
) -> Result<Done, Stop> {
    let open = Open::load(tx, contact)?;
    write_note(tx, now, agent, contact, text)?;
    open.happen(tx, house, now, &Event::Note, &by(agent))
}

/// Closes a contact with a reason.
///
/// # Errors
/// Refused when it is closed, or something is owed that this reason does not settle.
pub fn close(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    contact: i64,
    outcome: Outcome,
) -> Result<Done, Stop> {
    Open::load(tx, contact)?.happen(tx, house, now, &Event::Close(outcome), &by(agent))
}

/// Takes a closed contact up again; contact is owed again from now.
///
/// # Errors
/// Refused when it is not closed.
pub fn reopen(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    contact: i64,
) -> Result<Done, Stop> {
    Open::load(tx, contact)?.happen(tx, house, now, &Event::Reopen, &by(agent))
}

/// Corrects what a message was taken for: the acknowledgement is sent after all, or what was owed
/// is not owed any more.
///
/// # Errors
/// Refused when it is of that class already.
pub fn correct_class(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    contact: i64,
    to: Class,
) -> Result<Done, Stop> {
    let mut open = Open::load(tx, contact)?;
    // Since it came in an employee may have turned automatic mail to this address off.
    if tx.blocked(&email_key(&open.contact.email))?.is_some() {
        open.situation.can_be_mailed = false;
    }
    let answered = Answered::of(tx, &open.contact, &[])?;
    let draft = Draft { answered: Answered { original: None, ..answered }, ..by(agent) };
    open.happen(tx, house, now, &Event::CorrectClass(to), &draft)
}

fn by(agent: &Agent) -> Draft<'_> {
    Draft { employee: Some(agent.id()), ..Draft::default() }
}

fn open_for_work(tx: &mut Tx<'_>, contact: i64) -> Result<Open, Stop> {
    let open = Open::load(tx, contact)?;
    if open.contact.closed {
        return Err(Refusal::Closed.into());
    }
    Ok(open)
}

fn is_colleague(tx: &mut Tx<'_>, employee: i64) -> Result<(), Stop> {
    match tx.employee(employee)? {
        Some(employee) if employee.closed_at.is_none() => Ok(()),
        _ => Err(Refusal::UnknownEmployee.into()),
    }
}

fn write_note(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: &Agent,
    contact: i64,
    text: &str,
) -> Result<(), Stop> {
    if text.trim().is_empty() {
        return Err(Refusal::TextEmpty.into());
    }
    if text.len() > TEXT_BYTES_MAX {
        return Err(Refusal::TextTooLong.into());
    }
    let note = Message {
        id: 0,
        at: now,
        source: Source::Note,
        author: agent.name().to_owned(),
        subject: String::new(),
        body: text.trim().to_owned(),
        quoted: String::new(),
        trouble: String::new(),
        message_id: String::new(),
        references: String::new(),
        employee: Some(agent.id()),
        has_raw: false,
        has_html: false,
    };
    tx.add_message(contact, &note)?;
    Ok(())
}
