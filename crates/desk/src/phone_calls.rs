//! Telephone calls: what exchanges tell of them is written down. Every event has a name, under
//! which it is written down once.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use ledger::phone_calls::{CallEventRow, PhoneCall};
use ledger::{Stop, Tx};
use promises::Refusal;
use promises::call::{Line, Queue, Target};
use promises::phone::{Record, Told, expected_wait};

use crate::accounts::Agent;
use crate::handling::Hands;
use crate::limits::{
    ANSWERS_LATELY_MINUTES, CALL_HOURS_MAX, CALL_NAME_CHARS_MAX, CALL_NUMBER_DAYS,
    CALLS_AT_ONCE_MAX, LINE_CHARS_MAX,
};
use crate::rights::Lead;
use crate::steering::steer_lost;
use crate::{House, call_number};

/// Where an event of a call comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallEvent {
    /// Who tells it.
    pub exchange: String,
    /// What that exchange calls the call.
    pub call: String,
    /// What it calls the event: the same name is the same event.
    pub event: String,
    /// When it was; now, when that is not known.
    pub at: Option<Timestamp>,
    /// The number of the caller, where it is known.
    pub number: Option<String>,
    /// The queue, where the exchange has queues of its own.
    pub queue: Option<String>,
    /// Who answered, by user name.
    pub employee: Option<String>,
    /// The line that tells it, by the exchange's name for it, when that is not the caller's.
    pub line: Option<String>,
}

impl CallEvent {
    pub(crate) fn at(&self, now: Timestamp) -> Timestamp {
        let oldest = now - SignedDuration::from_hours(CALL_HOURS_MAX);
        self.at.filter(|at| oldest <= *at && *at <= now).unwrap_or(now)
    }

    fn number(&self) -> String {
        let typed = self.number.as_deref().unwrap_or_default();
        call_number(typed).unwrap_or_else(|| typed.trim().chars().take(LINE_CHARS_MAX).collect())
    }

    pub(crate) fn has_names(&self) -> Result<(), Refusal> {
        let fits = |name: &str| !name.is_empty() && name.chars().count() <= CALL_NAME_CHARS_MAX;
        let all = fits(&self.exchange) && fits(&self.call) && fits(&self.event);
        all.then_some(()).ok_or(Refusal::CallUnnamed)
    }
}

/// Writes down what an exchange tells of a call that it steers itself. Events can come late, in any
/// order and more than once.
///
/// # Errors
/// Refused without a name for the call and the event; else when the database fails.
pub fn tell_call(
    tx: &mut Tx<'_>,
    now: Timestamp,
    event: &CallEvent,
    told: Told,
) -> Result<PhoneCall, Stop> {
    event.has_names()?;
    let mut call = find(tx, now, event)?;
    if call.forgotten || tx.call_answer(call.id, &event.event)?.is_some() {
        return Ok(call);
    }
    note(tx, now, event, (&mut call, &[told]), "")?;
    Ok(call)
}

pub(crate) fn find(tx: &mut Tx<'_>, now: Timestamp, event: &CallEvent) -> Result<PhoneCall, Stop> {
    let named = (event.exchange.as_str(), event.call.as_str());
    Ok(tx.phone_call_named(named, &event.number(), event.at(now))?)
}

/// Writes an event down, and what the call is now by all that was told of it.
pub(crate) fn note(
    tx: &mut Tx<'_>,
    now: Timestamp,
    event: &CallEvent,
    (call, told): (&mut PhoneCall, &[Told]),
    answer: &str,
) -> Result<(), Stop> {
    let row = CallEventRow { name: &event.event, at: event.at(now), told, answer };
    tx.add_call_event(call.id, row)?;
    if call.number.is_empty() {
        call.number = event.number();
    }
    call.heard += 1;
    // What comes late does not undo what was later.
    let at = event.at(now);
    let queue = event.queue.as_deref().filter(|queue| !queue.is_empty());
    if let Some(queue) = queue.filter(|_| call.queue_at.is_none_or(|before| before <= at)) {
        call.queue = Queue::from_text(queue).text().chars().take(LINE_CHARS_MAX).collect();
        call.queue_at = Some(at);
    }
    if let Some(login) = &event.employee
        && call.employee_at.is_none_or(|before| before <= at)
        && let Some(employee) = tx.employee_by_login(login)?
    {
        call.employee = Some(employee.id);
        call.employee_at = Some(at);
    }
    if let Some(record) = Record::of(&tx.told_of_call(call.id)?) {
        call.record = record;
    }
    Ok(tx.set_phone_call(call)?)
}

/// How it stands with each queue in which anybody waits.
///
/// # Errors
/// When the database fails.
pub fn lines(tx: &mut Tx<'_>, now: Timestamp) -> Result<BTreeMap<Queue, Line>, Stop> {
    let since = now - SignedDuration::from_mins(ANSWERS_LATELY_MINUTES);
    let answers = tx.answers_since(since, CALLS_AT_ONCE_MAX)?;
    let mut waiting: BTreeMap<String, u32> = BTreeMap::new();
    for call in tx.phone_calls_going_on(CALLS_AT_ONCE_MAX)? {
        if call.record.is_waiting() && call.record.queued_at.is_some() {
            *waiting.entry(call.queue).or_default() += 1;
        }
    }
    let line = |(queue, count): (String, u32)| {
        let answers: Vec<Timestamp> =
            answers.iter().filter(|(of, _)| *of == queue).map(|(_, at)| *at).collect();
        let place = count + 1;
        let expected = expected_wait(place, &answers, (since, now));
        (Queue::from_text(&queue), Line { place, expected })
    };
    Ok(waiting.into_iter().map(line).collect())
}

/// Where somebody is called; nothing when that is not known.
///
/// # Errors
/// When the database fails.
pub fn dialled(tx: &mut Tx<'_>, target: &Target) -> Result<Option<String>, Stop> {
    Ok(match target {
        Target::Department(name) => tx.team_phones()?.remove(name),
        Target::Colleague(login) => tx.employee_phones()?.remove(login),
    })
}

/// Says where teams and employees are called; an empty number is none.
///
/// # Errors
/// Refused when a number can not be called, or there is no such team or employee.
pub fn set_phones(
    tx: &mut Tx<'_>,
    _: &Agent<Lead>,
    phones: &[(Hands, String)],
) -> Result<(), Stop> {
    for (hands, typed) in phones {
        let phone = match typed.trim() {
            "" => String::new(),
            typed => call_number(typed).ok_or(Refusal::NoPhone)?,
        };
        match *hands {
            Hands::Team(team) => {
                tx.team_name(team)?.ok_or(Refusal::UnknownTeam)?;
                tx.set_team_phone(team, &phone)?;
            }
            Hands::Employee(employee) => {
                tx.employee(employee)?.ok_or(Refusal::UnknownEmployee)?;
                tx.set_employee_phone(employee, &phone)?;
            }
        }
    }
    Ok(())
}

/// Ends the calls of which nobody tells any more. Says how many.
///
/// # Errors
/// When the database fails.
pub fn end_lost_calls(tx: &mut Tx<'_>, house: &House, now: Timestamp) -> Result<usize, Stop> {
    let oldest = now - SignedDuration::from_hours(CALL_HOURS_MAX);
    let going_on = tx.phone_calls_going_on(CALLS_AT_ONCE_MAX)?;
    let lost: Vec<_> = going_on.into_iter().filter(|it| it.record.rang_at < oldest).collect();
    for call in &lost {
        let event = CallEvent {
            exchange: call.exchange.clone(),
            call: call.name.clone(),
            // No exchange begins a name with a space.
            event: " lost".to_owned(),
            ..CallEvent::default()
        };
        // Who waited when it fell silent is called back, as if they had hung up.
        if !call.state.is_empty() && house.norms(now).menu.is_some() {
            steer_lost(tx, house, now, &event)?;
        } else {
            tell_call(tx, now, &event, Told::Lost)?;
        }
    }
    Ok(lost.len())
}

/// Forgets who called longer ago than that is kept. Says in how many calls.
///
/// # Errors
/// When the database fails.
pub fn forget_callers(tx: &mut Tx<'_>, _: &House, now: Timestamp) -> Result<usize, Stop> {
    let old = now - SignedDuration::from_hours(24 * CALL_NUMBER_DAYS);
    Ok(tx.forget_callers(old, CALLS_AT_ONCE_MAX)?)
}
