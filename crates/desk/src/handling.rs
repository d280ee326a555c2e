//! What employees do with a contact among themselves: assign, hand over, note, close, reopen,
//! correct its class.

use std::collections::BTreeSet;

use jiff::Timestamp;
use ledger::contacts::{Message, Source, email_key};
use ledger::{Stop, Tx};
use norms::Class;
use promises::{Event, Outcome, Refusal};

use crate::House;
use crate::accounts::{Agent, works_with_residents};
use crate::answered::Answered;
use crate::carry_out::{Done, Open};
use crate::limits::{MENTIONS_MAX, TEXT_BYTES_MAX};
use crate::locks;
use crate::may_mail::blocked;
use crate::rights;
use crate::write_letter::Draft;

/// In whose hands a contact can be put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hands {
    /// An employee's. The team, when there is one, keeps it too.
    Employee(i64),
    /// A team's, and nobody's in it yet.
    Team(i64),
}

/// Puts a contact in the hands of an employee or a team, or of nobody.
///
/// # Errors
/// Refused when there is no such contact, employee or team, or the contact is closed.
pub fn assign(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    contact: i64,
    to: Option<Hands>,
) -> Result<Done, Stop> {
    let open = open_for_work(tx, contact)?;
    if let Some(to) = to {
        are_there(tx, to)?;
    }
    let event = match to {
        None => Event::Assign(None),
        Some(Hands::Employee(to)) => Event::Assign(Some(to)),
        Some(Hands::Team(team)) => Event::GiveTeam(team),
    };
    let done = open.happen(tx, house, now, &event, &by(agent))?;
    put(tx, contact, to)?;
    if to != Some(Hands::Employee(agent.id())) {
        tx.release_lock(contact, agent.id())?;
    }
    Ok(done)
}

/// Hands a contact over to a colleague or a team with a note why.
///
/// # Errors
/// Refused as [`assign`], and when the note is empty or too long.
pub fn hand_over(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    contact: i64,
    (to, why): (Hands, &str),
) -> Result<Done, Stop> {
    let open = open_for_work(tx, contact)?;
    are_there(tx, to)?;
    write_note(tx, now, agent, contact, why)?;
    let event = match to {
        Hands::Employee(to) => Event::HandOver(to),
        Hands::Team(team) => Event::GiveTeam(team),
    };
    let done = open.happen(tx, house, now, &event, &by(agent))?;
    put(tx, contact, Some(to))?;
    // Whoever has it now may answer.
    tx.release_lock(contact, agent.id())?;
    Ok(done)
}

/// Writes a note for colleagues. A resident never sees it. Who it is for, and whoever it names as
/// `@login`, finds the contact among what they are mentioned in.
///
/// # Errors
/// Refused when there is no such contact or colleague, or the text is empty or too long.
pub fn note(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    contact: i64,
    (text, to): (&str, Option<i64>),
) -> Result<Done, Stop> {
    let open = Open::load(tx, contact)?;
    if let Some(to) = to {
        is_colleague(tx, to)?;
    }
    write_note(tx, now, agent, contact, text)?;
    if let Some(to) = to.filter(|to| *to != agent.id()) {
        tx.mention((to, contact), now, agent.id())?;
    }
    open.happen(tx, house, now, &Event::Note, &by(agent))
}

/// Closes a contact with a reason.
///
/// # Errors
/// Refused when it is closed, something is owed that this reason does not settle, it is the work of
/// somebody else, or a colleague is writing the answer.
pub fn close(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    contact: i64,
    outcome: Outcome,
) -> Result<Done, Stop> {
    let open = Open::load(tx, contact)?;
    rights::may_settle(agent.roles(), open.contact.kind)?;
    locks::is_free(tx, now, agent, contact)?;
    tx.release_lock(contact, agent.id())?;
    open.happen(tx, house, now, &Event::Close(outcome), &by(agent))
}

/// Closes a contact that goes on in another one: nothing of it is settled by that.
pub(crate) fn close_merged(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    contact: i64,
) -> Result<Done, Stop> {
    let event = Event::Close(Outcome::Duplicate);
    locks::is_free(tx, now, agent, contact)?;
    tx.release_lock(contact, agent.id())?;
    Open::load(tx, contact)?.happen(tx, house, now, &event, &by(agent))
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
/// Refused when it is of that class already, or what is the work of somebody else,
/// or what a colleague is answering, would be closed.
pub fn correct_class(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    contact: i64,
    to: Class,
) -> Result<Done, Stop> {
    let mut open = Open::load(tx, contact)?;
    if !matches!(to, Class::Message | Class::FollowUp) {
        rights::may_settle(agent.roles(), open.contact.kind)?;
        // What asks nothing is closed.
        locks::is_free(tx, now, agent, contact)?;
    }
    // Since it came in an employee may have turned automatic mail to this address off.
    if blocked(tx, house, &email_key(&open.contact.email))?.is_some() {
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

/// Whether somebody with this key can be given a contact.
pub(crate) fn is_colleague(tx: &mut Tx<'_>, employee: i64) -> Result<(), Stop> {
    match tx.employee(employee)? {
        Some(employee) if works_with_residents(&employee) => Ok(()),
        _ => Err(Refusal::UnknownEmployee.into()),
    }
}

/// Whether who is meant can be given a contact.
fn are_there(tx: &mut Tx<'_>, hands: Hands) -> Result<(), Stop> {
    match hands {
        Hands::Employee(employee) => is_colleague(tx, employee),
        Hands::Team(team) => crate::teams::is_there(tx, team),
    }
}

pub(crate) fn put(tx: &mut Tx<'_>, contact: i64, hands: Option<Hands>) -> Result<(), Stop> {
    match hands {
        None => tx.assign(contact, None)?,
        Some(Hands::Employee(employee)) => tx.assign(contact, Some(employee))?,
        Some(Hands::Team(team)) => tx.give_team(contact, team)?,
    }
    Ok(())
}

/// The colleagues that a text names as `@login`.
fn named(tx: &mut Tx<'_>, text: &str) -> Result<BTreeSet<i64>, Stop> {
    let mut named = BTreeSet::new();
    let is_sign = |c: char| !c.is_alphanumeric() && !"@._-+".contains(c);
    let logins = text.split(is_sign).filter_map(|word| word.strip_prefix('@'));
    for login in logins.take(MENTIONS_MAX) {
        let found = tx.employee_by_login(&login.trim_end_matches('.').to_lowercase())?;
        named.extend(found.filter(works_with_residents).map(|it| it.id));
    }
    Ok(named)
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
    let mut mentioned = named(tx, text)?;
    mentioned.remove(&agent.id());
    for employee in mentioned {
        tx.mention((employee, contact), now, agent.id())?;
    }
    Ok(())
}
