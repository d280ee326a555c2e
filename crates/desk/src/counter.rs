//! The counter on its day: who is there, who is called, who did not come; desks that are closed;
//! reminders, and residents that must be called because their appointment is not possible.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use ledger::claims::CounterBlock;
use ledger::letters::Letter;
use ledger::visits::{Appointment, CalledVisit, VisitState};
use ledger::{Stop, Tx};
use promises::counter::{self, Block};
use promises::{Fact, Refusal, VisitStep};

use crate::House;
use crate::accounts::Agent;
use crate::appointments::{blocks, on, step};
use crate::carry_out::{Done, Open};
use crate::confirming;
use crate::figures::note_first_free;
use crate::limits::{
    COUNTER_CLOSED_DAYS_MAX, HOLDS_KEPT_HOURS, LINE_CHARS_MAX, REMIND_HOUR, SCREEN_CALLS,
    SCREEN_MINUTES, VISITS_AT_ONCE, VISITS_OF_DAY,
};
use crate::rights::Lead;

/// The visits that begin on the days from `from` to `to`, both included, in order.
///
/// # Errors
/// When the database fails.
pub fn visits(
    tx: &mut Tx<'_>,
    house: &House,
    (from, to): (Date, Date),
) -> Result<Vec<Appointment>, Stop> {
    let days = u32::try_from(from.until(to).map_or(0, |span| span.get_days())).unwrap_or(0) + 1;
    let most = VISITS_OF_DAY.saturating_mul(days);
    Ok(tx.visits_between((house.begin_of(from), house.end_of(to)), most)?)
}

/// The resident is there, and gets a number of the waiting room.
///
/// # Errors
/// Refused when the visit is not of today, or not to come; else when the database fails.
pub fn arrived(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    contact: i64,
) -> Result<u32, Stop> {
    let (open, mut visit) = of_today(tx, house, now, contact)?;
    if !matches!(visit.state, VisitState::Booked | VisitState::Missed) {
        return Err(Refusal::AppointmentOver.into());
    }
    let ticket = match visit.ticket {
        Some(ticket) => ticket,
        None => tx.next_ticket(day_number(house.day(now)))?,
    };
    visit.ticket = Some(ticket);
    visit.arrived_at = visit.arrived_at.or(Some(now));
    visit.done_at = None;
    visit.state = VisitState::Arrived;
    take(tx, house, now, (open, &visit), (VisitStep::Arrived, agent))?;
    Ok(ticket)
}

/// Calls the resident to a desk: the screen of the waiting room shows number and desk. Called
/// again, it is shown again.
///
/// # Errors
/// Refused when the resident is not there, or there is no such desk; else when the database fails.
pub fn call(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    (contact, desk): (i64, &str),
) -> Result<Done, Stop> {
    let (open, mut visit) = of_today(tx, house, now, contact)?;
    if !matches!(visit.state, VisitState::Arrived | VisitState::Called) {
        return Err(Refusal::NotArrived.into());
    }
    let day = house.day(now);
    let desks = &on(house, day).appointments.desks;
    if !desks.iter().any(|known| known.id == desk && known.holds(day)) {
        return Err(Refusal::NoSuchDesk.into());
    }
    desk.clone_into(&mut visit.slot.desk);
    visit.called_at = Some(now);
    visit.state = VisitState::Called;
    take(tx, house, now, (open, &visit), (VisitStep::Called, agent))
}

/// The visits to come whose residents must be called, because they can not go on as agreed.
///
/// # Errors
/// When the database fails.
pub fn visits_to_call(tx: &mut Tx<'_>, now: Timestamp) -> Result<Vec<Appointment>, Stop> {
    Ok(tx.visits_to_be_called(now, VISITS_AT_ONCE)?)
}

/// Who was called in the last minutes and is not helped yet, the latest first: what the screen of
/// the waiting room shows. It holds nothing of a person.
///
/// # Errors
/// When the database fails.
pub fn on_screen(tx: &mut Tx<'_>, house: &House, now: Timestamp) -> Result<Vec<CalledVisit>, Stop> {
    let today = house.day(now);
    let since = now - SignedDuration::from_mins(SCREEN_MINUTES);
    let mut called = tx.called_visits((house.begin_of(today), house.end_of(today)), since)?;
    called.sort_by_key(|visit| std::cmp::Reverse((visit.called_at, visit.ticket)));
    called.truncate(SCREEN_CALLS);
    Ok(called)
}

/// The resident was helped, or did not come: what it says.
///
/// # Errors
/// Refused when that can not be; else when the database fails.
pub fn finish(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    (contact, was_helped): (i64, bool),
) -> Result<Done, Stop> {
    let (open, mut visit) = of_today(tx, house, now, contact)?;
    let (state, what) = match (was_helped, visit.state) {
        (true, VisitState::Arrived | VisitState::Called) => (VisitState::Served, VisitStep::Served),
        (true, _) => return Err(Refusal::NotArrived.into()),
        (false, VisitState::Served | VisitState::Cancelled | VisitState::Missed) => {
            return Err(Refusal::AppointmentOver.into());
        }
        (false, _) if now < visit.slot.from => return Err(Refusal::NotYetTime.into()),
        (false, _) => (VisitState::Missed, VisitStep::Missed),
    };
    visit.done_at = Some(now);
    visit.state = state;
    take(tx, house, now, (open, &visit), (what, agent))
}

/// Closes a desk for a while, or all of them. No appointment is removed: who has one gets a
/// promise to be called. How many that are.
///
/// # Errors
/// Refused when it ends before it begins, lasts too long, or there is no such desk; else when the
/// database fails.
pub fn close_desk(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent<Lead>,
    (block, why): (&Block, &str),
) -> Result<usize, Stop> {
    let longest = SignedDuration::from_hours(24 * COUNTER_CLOSED_DAYS_MAX);
    if block.to <= block.from || block.to <= now || block.to.duration_since(block.from) > longest {
        return Err(Refusal::SpanWrong.into());
    }
    let desks = &on(house, house.day(block.from)).appointments.desks;
    if let Some(desk) = &block.desk
        && !desks.iter().any(|known| known.id == *desk)
    {
        return Err(Refusal::NoSuchDesk.into());
    }
    let why: String = why.trim().chars().take(LINE_CHARS_MAX).collect();
    let id = tx.close_desk(block, &why, agent.id())?;
    let Block { desk, from, to } = block.clone();
    tx.house_fact(now, Some(agent.id()), &Fact::CounterClosed { block: id, desk, from, to });
    let mut unfit = 0;
    let blocks = blocks(tx, now)?;
    for visit in tx.visits_between((block.from.min(now), block.to), u32::MAX)? {
        unfit += usize::from(look_at(tx, house, now, (&visit, &blocks))?);
    }
    Ok(unfit)
}

/// Takes a closing back: its time can be booked again. Who was to be called still is.
///
/// # Errors
/// Refused when there is none that holds; else when the database fails.
pub fn open_desk(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: &Agent<Lead>,
    block: i64,
) -> Result<(), Stop> {
    if !tx.open_desk(block, now)? {
        return Err(Refusal::NotFound.into());
    }
    tx.house_fact(now, Some(agent.id()), &Fact::CounterOpened { block });
    Ok(())
}

/// The closings that are not over.
///
/// # Errors
/// When the database fails.
pub fn closings(tx: &mut Tx<'_>, now: Timestamp) -> Result<Vec<CounterBlock>, Stop> {
    Ok(tx.counter_blocks(now)?)
}

/// What the round of the watch does for the counter: reminders from the morning of the day before,
/// who did not come, holds that are over, and appointments that the hours of the file do not allow
/// any more. The letters that are fresh, and whether there may be more to do.
///
/// # Errors
/// When the database fails.
pub fn look_after_visits(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
) -> Result<(Vec<Letter>, bool), Stop> {
    let (letters, more) = remind(tx, house, now)?;
    note_first_free(tx, house, now)?;
    confirming::lapse(tx, house, now)?;
    let old = now.checked_sub(SignedDuration::from_hours(HOLDS_KEPT_HOURS));
    for hold in tx.holds_before(old.unwrap_or(Timestamp::MIN), VISITS_AT_ONCE)? {
        confirming::let_go(tx, &hold)?;
    }
    let today = house.begin_of(house.day(now));
    tx.sweep_claims(today)?;
    for mut visit in tx.visits_missed(today, VISITS_AT_ONCE)? {
        visit.state = VisitState::Missed;
        visit.done_at = Some(now);
        tx.step_visit(&visit, now)?;
        if let Some(open) = contact_of(tx, &visit)? {
            let norms = on(house, house.day(visit.slot.from));
            step(tx, house, now, (open, &visit, norms), VisitStep::Missed, None)?;
        }
    }
    Ok((letters, more))
}

/// How far the appointments to come were looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LookedAt {
    /// How many residents must be called.
    pub unfit: usize,
    /// The last one that was looked at; nothing when there is no other behind it.
    pub last: Option<(Timestamp, i64)>,
}

/// Looks at some appointments to come after a change of the norm file, behind the `last` one or
/// from now on: who has one that is not possible any more gets a promise to be called.
///
/// # Errors
/// When the database fails.
pub fn look_at_visits(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    last: Option<(Timestamp, i64)>,
) -> Result<LookedAt, Stop> {
    let visits = tx.booked_behind(last.unwrap_or((now, 0)), VISITS_AT_ONCE)?;
    let blocks = blocks(tx, now)?;
    let mut looked = LookedAt { unfit: 0, last: None };
    for visit in &visits {
        looked.unfit += usize::from(look_at(tx, house, now, (visit, &blocks))?);
    }
    if visits.len() >= VISITS_AT_ONCE as usize {
        looked.last = visits.last().map(|visit| (visit.slot.from, visit.id));
    }
    Ok(looked)
}

/// Whether a booked visit is not possible any more; says so once.
fn look_at(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    (visit, blocks): (&Appointment, &[Block]),
) -> Result<bool, Stop> {
    if visit.state != VisitState::Booked || visit.to_call || visit.slot.to <= now {
        return Ok(false);
    }
    let norms = on(house, house.day(visit.slot.from));
    if counter::still_fits(norms, &visit.products, &visit.slot, blocks) {
        return Ok(false);
    }
    let Some(open) = contact_of(tx, visit)? else { return Ok(false) };
    tx.visit_to_call(visit.id, true)?;
    step(tx, house, now, (open, visit, norms), VisitStep::Unfit, None)?;
    Ok(true)
}

fn remind(tx: &mut Tx<'_>, house: &House, now: Timestamp) -> Result<(Vec<Letter>, bool), Stop> {
    let mut letters = Vec::new();
    if house.zone().to_datetime(now).hour() < REMIND_HOUR {
        return Ok((letters, false));
    }
    let tomorrow = house.day(now).saturating_add(jiff::Span::new().days(1));
    let visits = tx.visits_to_remind((now, house.end_of(tomorrow)), VISITS_AT_ONCE)?;
    let more = visits.len() >= VISITS_AT_ONCE as usize;
    for visit in visits {
        tx.visit_reminded(visit.id)?;
        if visit.to_call {
            continue;
        }
        let Some(open) = contact_of(tx, &visit)? else { continue };
        let norms = on(house, house.day(visit.slot.from));
        let done = step(tx, house, now, (open, &visit, norms), VisitStep::Reminded, None)?;
        letters.extend(done.letters);
    }
    Ok((letters, more))
}

/// The contact of a visit, locked, unless it was erased.
pub(crate) fn contact_of(tx: &mut Tx<'_>, visit: &Appointment) -> Result<Option<Open>, Stop> {
    let Some(contact) = visit.contact else { return Ok(None) };
    match Open::load(tx, contact) {
        Ok(open) => Ok(Some(open)),
        Err(Stop::Refused(_)) => Ok(None),
        Err(stop) => Err(stop),
    }
}

/// A visit of today, with its contact, locked.
fn of_today(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    contact: i64,
) -> Result<(Open, Appointment), Stop> {
    let open = Open::load(tx, contact)?;
    let visit = tx.visit_of(contact)?.ok_or(Refusal::NoAppointment)?;
    let visit = tx.visit_to_change(visit.id)?.ok_or(Refusal::NoAppointment)?;
    if house.day(visit.slot.from) != house.day(now) {
        return Err(Refusal::NotToday.into());
    }
    Ok((open, visit))
}

/// Writes a step of a visit on its day.
fn take(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    (open, visit): (Open, &Appointment),
    (what, agent): (VisitStep, &Agent),
) -> Result<Done, Stop> {
    tx.step_visit(visit, now)?;
    let norms = on(house, house.day(visit.slot.from));
    step(tx, house, now, (open, visit, norms), what, Some(agent))
}

/// The number of a day since 1970.
pub(crate) fn day_number(day: Date) -> i64 {
    let since = jiff::civil::date(1970, 1, 1).until(day);
    since.map_or(0, |span| i64::from(span.get_days()))
}
