//! What an employee does with somebody on the telephone: who it may be, and what comes of the call.

use jiff::{SignedDuration, Timestamp};
use ledger::contacts::Contact;
use ledger::phone_calls::{CallEventRow, PhoneCall};
use ledger::{Stop, Tx};
use promises::call::{Call, How, Place, Target};
use promises::phone::{Record, Told};
use promises::{Promise, Refusal};

use crate::accounts::Agent;
use crate::arrival::Arrival;
use crate::carry_out::Done;
use crate::handling::Hands;
use crate::limits::{
    CALL_HOURS_MAX, CALL_NAME_CHARS_MAX, CALL_WRITTEN_MINUTES, CALLER_CONTACTS_MAX,
};
use crate::{House, Reply, call_number, intake, registered};

/// The exchange of calls that no exchange tells of.
const DESK: &str = "desk";

/// Who may be calling.
#[derive(Clone, Debug, Default)]
pub struct Caller {
    /// The call, while it goes on or when it has just ended, and an exchange tells of it.
    pub call: Option<PhoneCall>,
    /// Where the caller is, when we steer the call and the employee who asks has it.
    pub stands: Option<Stands>,
    /// What we know of this number, newest first.
    pub contacts: Vec<Known>,
}

/// Where a caller is whom an employee has on the telephone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stands {
    /// With the employee.
    Talks,
    /// The telephone of somebody else rings, whom this names.
    Rings(String),
    /// The employee asks somebody else, whom this names; the caller waits.
    Asks(String),
}

/// A contact of a caller.
#[derive(Clone, Debug)]
pub struct Known {
    /// Its number.
    pub number: String,
    /// The contact.
    pub contact: Contact,
    /// What is owed first.
    pub owed: Option<Promise>,
}

/// What comes of a call, or of one of the questions in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallCame {
    /// It was answered.
    Answered(Reply),
    /// The caller was put through, and this says to whom.
    PutThrough(Reply),
    /// It is to be answered later: by who has it, or by nobody yet.
    Later(Option<Hands>),
}

/// A call that an employee takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenCall {
    /// The call that an exchange tells of.
    pub call: Option<i64>,
    /// What the page calls the call, where none does.
    pub page: String,
    /// Which question of the call it is, so that what is sent twice is done once.
    pub question: u32,
    /// Since when the employee speaks to the caller.
    pub since: Timestamp,
    /// What the caller asks.
    pub arrival: Arrival,
    /// What comes of it.
    pub came: CallCame,
}

/// Who may be calling: from a number, in a call that the page knows, or else in the call that the
/// employee has.
///
/// # Errors
/// When the database fails.
pub fn caller(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    (number, call): (&str, Option<i64>),
) -> Result<Caller, Stop> {
    let dialled = call_number(number);
    let call = match (dialled, call) {
        (Some(dialled), _) => last_call(tx, now, &dialled)?,
        (None, Some(call)) => tx.phone_call(call)?.filter(|it| !it.forgotten),
        (None, None) => tx.phone_call_of_employee(agent.id())?,
    };
    let number = match (&call, number.trim()) {
        (Some(call), "") => call.number.clone(),
        (_, number) => number.to_owned(),
    };
    let contacts = match number.as_str() {
        "" => Vec::new(),
        number => tx.contacts_of_phone(number, (i64::MAX, CALLER_CONTACTS_MAX))?,
    };
    let known = contacts.into_iter().map(|contact| {
        let situation = contact.situation(tx.promises(contact.id)?);
        let number = house.number(contact.id, contact.received_at);
        Ok(Known { number, owed: situation.next().cloned(), contact })
    });
    let contacts = known.collect::<Result<_, Stop>>()?;
    let stands = match &call {
        Some(call) => stands(tx, call, agent)?,
        None => None,
    };
    Ok(Caller { call, stands, contacts })
}

fn stands(tx: &mut Tx<'_>, call: &PhoneCall, agent: &Agent) -> Result<Option<Stands>, Stop> {
    let is_theirs = call.employee == Some(agent.id()) && !call.employee_line.is_empty();
    let Some(state) = serde_json::from_str::<Call>(&call.state).ok().filter(|_| is_theirs) else {
        return Ok(None);
    };
    let mut name = |target: Target| match target {
        Target::Department(name) => Ok(name),
        Target::Colleague(login) => {
            let known = tx.employee_by_login(&login)?;
            Ok::<String, Stop>(known.map_or(login, |it| it.name))
        }
    };
    Ok(match state.at {
        Place::Talking if !state.transferred => Some(Stands::Talks),
        Place::Ringing(target, How::Attended) => Some(Stands::Rings(name(target)?)),
        Place::Consulting(target) => Some(Stands::Asks(name(target)?)),
        _ => None,
    })
}

/// The last call from a number, while it goes on or when it has just ended.
fn last_call(tx: &mut Tx<'_>, now: Timestamp, number: &str) -> Result<Option<PhoneCall>, Stop> {
    let since = now - SignedDuration::from_hours(CALL_HOURS_MAX);
    let just = now - SignedDuration::from_mins(CALL_WRITTEN_MINUTES);
    let call = tx.phone_calls_from(number, since, 1)?.pop();
    Ok(call.filter(|call| call.record.ended_at.is_none_or(|ended| just <= ended)))
}

/// Writes down what comes of a call. The call itself is over with it, unless an exchange tells of
/// it; another question of the same call can follow.
///
/// # Errors
/// Refused as [`crate::register`] and [`crate::assign`] are, and without a name for the call.
pub fn take_call(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    taken: &TakenCall,
) -> Result<Done, Stop> {
    let mut call = call_of(tx, now, taken)?;
    if call.forgotten {
        return Err(Refusal::NotFound.into());
    }
    // Two employees can have the same call, each with a page of their own. No exchange begins a
    // name with a space.
    let name = format!(" question-{}-{}", taken.page, taken.question);
    if let Some(contact) = tx.call_answer(call.id, &name)? {
        let contact = contact.parse().map_err(|_| Refusal::NotFound)?;
        return Ok(intake::known(tx, house, contact)?.done);
    }
    let reply = match &taken.came {
        CallCame::Answered(reply) | CallCame::PutThrough(reply) => Some(reply),
        CallCame::Later(_) => None,
    };
    let mut done = registered::register(tx, house, now, agent, &taken.arrival, reply)?;
    if let CallCame::Later(Some(hands)) = taken.came {
        let given = crate::assign(tx, house, now, agent, done.contact, Some(hands))?;
        done.letters.extend(given.letters);
    }
    tx.link_call(call.id, done.contact)?;
    let told = match taken.came {
        CallCame::PutThrough(_) if call.exchange == DESK => Some(Told::Transferred),
        CallCame::Later(_) if taken.arrival.kind == norms::Kind::CallBack => Some(Told::Noted),
        _ => None,
    };
    written(tx, now, agent, &mut call, (&name, told, &done.contact.to_string()))?;
    Ok(done)
}

/// Writes down that a caller makes an appointment: the appointment is a contact of its own.
///
/// # Errors
/// Refused without a name for the call.
pub fn call_for_appointment(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: &Agent,
    taken: &TakenCall,
) -> Result<(), Stop> {
    let mut call = call_of(tx, now, taken)?;
    let name = format!(" appointment-{}-{}", taken.page, taken.question);
    if !call.forgotten && tx.call_answer(call.id, &name)?.is_none() {
        written(tx, now, agent, &mut call, (&name, None, "-"))?;
    }
    Ok(())
}

/// Writes down what an employee did in a call. One that no exchange tells of is over with it.
fn written(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: &Agent,
    call: &mut PhoneCall,
    (name, told, answer): (&str, Option<Told>, &str),
) -> Result<(), Stop> {
    let over = (call.exchange == DESK).then_some(Told::Ended);
    let told: Vec<Told> = told.into_iter().chain(over).collect();
    tx.add_call_event(call.id, CallEventRow { name, at: now, told: &told, answer })?;
    call.employee = Some(agent.id());
    if let Some(record) = Record::of(&tx.told_of_call(call.id)?) {
        call.record = record;
    }
    Ok(tx.set_phone_call(call)?)
}

/// The call an exchange tells of; else one of our own, which begins when the employee answered.
fn call_of(tx: &mut Tx<'_>, now: Timestamp, taken: &TakenCall) -> Result<PhoneCall, Stop> {
    if taken.page.is_empty() || taken.page.chars().count() > CALL_NAME_CHARS_MAX {
        return Err(Refusal::CallUnnamed.into());
    }
    let told = match taken.call {
        Some(id) => tx.phone_call(id)?.filter(|call| !call.forgotten),
        None => None,
    };
    if let Some(found) = told {
        // Locked, so that what the exchange tells meanwhile comes before or after this.
        let named = (found.exchange.as_str(), found.name.as_str());
        return Ok(tx.phone_call_named(named, &found.number, found.record.rang_at)?);
    }
    let number = call_number(&taken.arrival.phone).unwrap_or_default();
    let longest = SignedDuration::from_hours(CALL_HOURS_MAX);
    let since = taken.since.clamp(now - longest, now);
    let call = tx.phone_call_named((DESK, &taken.page), &number, since)?;
    if !call.forgotten && tx.call_answer(call.id, " begin")?.is_none() {
        let told = [Told::Answered];
        let begin = CallEventRow { name: " begin", at: since, told: &told, answer: "-" };
        tx.add_call_event(call.id, begin)?;
    }
    Ok(call)
}
