//! How employees arrange their work: what they leave alone for a while, views they keep, who looks
//! at what, who is away, and how long they work.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use ledger::workspace::{Absence, Other, SavedView};
use ledger::{Stop, Tx};
use promises::Refusal;
use promises::workload::{DAY_MINUTES_MAX, Week};

use crate::House;
use crate::accounts::{Agent, works_with_residents};
use crate::carry_out::to_change;
use crate::handling::{Hands, is_colleague};
use crate::limits::{
    HANDED_OVER_MAX, LINE_CHARS_MAX, PRESENCE_SECONDS, SAVED_VIEWS_MAX, TYPING_SECONDS,
    VIEW_BYTES_MAX,
};
use crate::rights::{Lead, Right};

/// Leaves a contact alone until the begin of a day; wakes it, without one.
///
/// # Errors
/// Refused when there is no such contact, it is closed, the day is not after today, or its deadline
/// comes first.
pub fn sleep(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    contact: i64,
    until: Option<Date>,
) -> Result<(), Stop> {
    let found = to_change(tx, contact)?;
    if found.closed {
        return Err(Refusal::Closed.into());
    }
    let Some(day) = until else { return Ok(tx.sleep(contact, None)?) };
    if day <= house.day(now) {
        return Err(Refusal::DateInPast.into());
    }
    let promises = tx.promises(contact)?;
    let next = found.situation(promises).next().and_then(|promise| promise.due.at);
    let begins = house.begin_of(day);
    if next.is_some_and(|due| due <= begins) {
        return Err(Refusal::SleepsTooLong.into());
    }
    Ok(tx.sleep(contact, Some(begins))?)
}

/// Keeps a view of the work list under a name, for the employee or for everybody.
///
/// # Errors
/// Refused when it has no name, asks for too much, or there are as many as there may be.
pub fn keep_view(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: &Agent,
    (name, query): (&str, &str),
    shared: bool,
) -> Result<(), Stop> {
    let name: String = name.trim().chars().take(LINE_CHARS_MAX).collect();
    if name.is_empty() {
        return Err(Refusal::TextEmpty.into());
    }
    if query.len() > VIEW_BYTES_MAX {
        return Err(Refusal::TextTooLong.into());
    }
    if tx.views_of(agent.id())?.len() >= SAVED_VIEWS_MAX {
        return Err(Refusal::TooManyViews.into());
    }
    let employee = (!shared).then(|| agent.id());
    let view = SavedView { id: 0, employee, name, query: query.to_owned() };
    Ok(tx.add_view(&view, now)?)
}

/// The colleagues who have a contact on the screen, and whether each is writing in it.
///
/// # Errors
/// When the database fails.
pub fn others_at(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: &Agent,
    contact: i64,
) -> Result<Vec<(Other, bool)>, Stop> {
    let since = |seconds| now.checked_sub(SignedDuration::from_secs(seconds)).unwrap_or(now);
    let others = tx.others_at((contact, agent.id()), since(PRESENCE_SECONDS))?;
    let typing = since(TYPING_SECONDS);
    let is_typing = |other: &Other| other.typed_at.is_some_and(|at| at > typing);
    Ok(others.into_iter().map(|other| (other.clone(), is_typing(&other))).collect())
}

/// Who is away on a day, and until which day.
///
/// # Errors
/// When the database fails.
pub fn away(tx: &mut Tx<'_>, today: Date) -> Result<BTreeMap<i64, Absence>, Stop> {
    let mut all = tx.absences(today)?;
    all.retain(|absence| absence.first <= today);
    Ok(all.into_iter().map(|absence| (absence.employee, absence)).collect())
}

/// An employee is away from one day to another, and a colleague has the work meanwhile. Everybody
/// says so of themselves; of others, who leads does.
///
/// # Errors
/// Refused when it is somebody else's absence, the days are over or the wrong way round, or one of
/// the employees is not there.
pub fn set_absence<R: Right>(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent<R>,
    absence: &Absence,
) -> Result<(), Stop> {
    of_own_or_leads(agent, absence.employee)?;
    if absence.last < absence.first || absence.last < house.day(now) {
        return Err(Refusal::DateInPast.into());
    }
    let away = tx.employee(absence.employee)?.filter(|it| it.closed_at.is_none());
    away.ok_or(Refusal::UnknownEmployee)?;
    if let Some(colleague) = absence.stand_in {
        is_colleague(tx, colleague)?;
    }
    if absence.stand_in == Some(absence.employee) {
        return Err(Refusal::UnknownEmployee.into());
    }
    Ok(tx.add_absence(absence)?)
}

/// Hands what is open in the hands of an employee over to a colleague, at most [`HANDED_OVER_MAX`]
/// contacts; says how many that were. Each contact notes it, with why.
///
/// # Errors
/// Refused when it is somebody else's work, there is no such colleague, or no reason is given.
pub fn hand_over_all(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    (from, to): (i64, i64),
    why: &str,
) -> Result<usize, Stop> {
    of_own_or_leads(agent, from)?;
    let all = tx.work_of(from, HANDED_OVER_MAX)?;
    for contact in &all {
        crate::hand_over(tx, house, now, agent, *contact, (Hands::Employee(to), why))?;
    }
    Ok(all.len())
}

/// An absence is taken back, by whom it is of or by who leads.
///
/// # Errors
/// Refused when there is no such absence any more, or it is somebody else's.
pub fn remove_absence<R: Right>(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent<R>,
    id: i64,
) -> Result<(), Stop> {
    let all = tx.absences(house.day(now))?;
    let found = all.iter().find(|it| it.id == id).ok_or(Refusal::NotFound)?;
    of_own_or_leads(agent, found.employee)?;
    Ok(tx.remove_absence(id)?)
}

/// Keeps how many minutes an employee works on each day of the week; forgets it, without.
///
/// # Errors
/// Refused when there is no such employee who works with residents, or a day has more minutes than
/// there are.
pub fn set_working_hours(
    tx: &mut Tx<'_>,
    _: &Agent<Lead>,
    employee: i64,
    week: Option<Week>,
) -> Result<(), Stop> {
    tx.employee(employee)?.filter(works_with_residents).ok_or(Refusal::UnknownEmployee)?;
    if week.into_iter().flatten().any(|minutes| minutes > DAY_MINUTES_MAX) {
        return Err(Refusal::HoursWrong.into());
    }
    Ok(tx.set_working_hours(employee, week)?)
}

fn of_own_or_leads<R: Right>(agent: &Agent<R>, employee: i64) -> Result<(), Refusal> {
    if agent.id() == employee { Ok(()) } else { agent.with::<Lead>().map(drop) }
}
