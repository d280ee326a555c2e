//! Calling residents back: whom to call next, how it went, and that it happens when somebody is
//! away.

use jiff::civil::{Date, Time, time};
use jiff::{SignedDuration, Timestamp, ToSpan};
use ledger::callbacks::Moments;
use ledger::work::{Line, Sift, Whose};
use ledger::{Stop, Tx};
use norms::{Channel, Class, Facets, Kind, Subject};
use promises::callback::{Turn, Waiting, turn};
use promises::{Attempt, CallResult, Duty, Event};

use crate::accounts::{Agent, works_with_residents};
use crate::carry_out::{Done, Open};
use crate::limits::{
    CALL_MOMENTS_MAX, CALLS_MAX, CALLS_REMINDED_MAX, HANDED_OVER_MAX, LEAD_REMINDED_HOURS,
};
use crate::rights::{Lead, Roles};
use crate::write_letter::Draft;
use crate::{House, Reply, locks, rights};

/// Who reminds of a call: no employee.
pub const NOBODY: i64 = 0;

/// Where a morning ends, for who likes to be called in the morning.
const NOON: Time = time(12, 0, 0, 0);

/// How a call ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallEnd {
    /// The resident has the answer.
    Answered(Reply),
    /// The resident knows when the answer comes.
    Told(Date, Reply),
    /// The resident was not spoken to.
    Missed(CallResult),
}

/// Somebody who waits for a call.
#[derive(Clone, Debug)]
pub struct ToCall {
    /// The contact as it stands in the list of work.
    pub line: Line,
    /// The moments the resident likes, as far as they are not past.
    pub moments: Moments,
    /// The attempts, the oldest first.
    pub attempts: Vec<Attempt>,
    /// When to call.
    pub turn: Turn,
}

/// Who waits for a call, whoever is to be called first at the top: at most [`CALLS_MAX`] of them.
///
/// # Errors
/// When the database fails.
pub fn calls(tx: &mut Tx<'_>, house: &House, now: Timestamp) -> Result<Vec<ToCall>, Stop> {
    let sift = Sift { awake_at: Some(now), ..Sift::all(Whose::ToCall) };
    let lines = tx.work(&sift, (i64::MIN, i64::MIN), None, CALLS_MAX)?;
    let (mut moments, mut attempts) = (tx.all_call_moments(now)?, tx.all_call_attempts()?);
    let policy = &house.norms(now).callbacks;
    let mut calls: Vec<ToCall> = lines
        .into_iter()
        .map(|line| {
            let moments = match (line.duty, line.due_on.parse::<Date>()) {
                // Who was told a day expects the call on that day.
                (Duty::KEEP_DATE, Ok(day)) => vec![within_hours(house, day)],
                _ => moments.remove(&line.contact).unwrap_or_default(),
            };
            let attempts = attempts.remove(&line.contact).unwrap_or_default();
            let (due_at, last) = (line.due_at, attempts.last().copied());
            let waiting = Waiting { due_at, moments: moments.clone(), last };
            let turn = turn(policy, &waiting, now);
            ToCall { line, moments, attempts, turn }
        })
        .collect();
    calls.sort_by_key(|call| (call.turn, call.line.place()));
    Ok(calls)
}

/// Writes down how a call went. Who was spoken to has the answer or a date; who did not pick up is
/// called back when enough was tried, as the norm file says.
///
/// # Errors
/// Refused when there is no such contact, it is closed, or a colleague is writing; and as
/// [`crate::answer`] and [`crate::say_when`] are.
pub fn called(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    contact: i64,
    end: &CallEnd,
) -> Result<Done, Stop> {
    let open = Open::load(tx, contact)?;
    rights::may_settle(agent.roles(), open.contact.kind)?;
    locks::is_free(tx, now, agent, contact)?;
    let result = match end {
        CallEnd::Answered(_) | CallEnd::Told(..) => CallResult::Reached,
        CallEnd::Missed(result) => *result,
    };
    let earlier = tx.call_attempts(contact)?;
    tx.add_call_attempt(contact, earlier.len() + 1, Attempt { at: now, result }, agent.id())?;
    let draft = Draft { employee: Some(agent.id()), ..Draft::default() };
    let tried = open.happen(tx, house, now, &Event::Called(result, earlier), &draft)?;
    match end {
        CallEnd::Answered(reply) => crate::answer(tx, house, now, agent, contact, reply),
        CallEnd::Told(on, reply) => crate::say_when(tx, house, now, agent, contact, (*on, reply)),
        CallEnd::Missed(_) => Ok(tried),
    }
}

/// The day by which somebody who asks now over a channel is called back; nothing when no norm says.
#[must_use]
pub fn called_by(house: &House, now: Timestamp, channel: Channel) -> Option<Date> {
    let (norms, facets) = (house.norms(now), Facets::new());
    let subject = Subject { channel, kind: Kind::CallBack, facets: &facets, on: norms.day(now) };
    let owed = norms.owed(&subject, Class::Message);
    let norm = owed.into_iter().find(|norm| norm.duty != Duty::ACKNOWLEDGE)?;
    norms.due(norm, now).on
}

/// The moments that somebody who asks to be called now can choose from: mornings and afternoons in
/// the hours of the telephone, up to the day by which we call.
#[must_use]
pub fn moments_to_call(house: &House, now: Timestamp, channel: Channel) -> Moments {
    let norms = house.norms(now);
    let mut found = Moments::new();
    let mut day = house.day(now);
    let last = called_by(house, now, channel).unwrap_or_else(|| day.saturating_add(7.days()));
    while day <= last && found.len() < CALL_MOMENTS_MAX {
        for opening in norms.phone.open.openings(day) {
            let halves = halves(house, day, (opening.from, opening.to));
            found.extend(halves.into_iter().filter(|(_, to)| *to > now));
        }
        day = day.saturating_add(1.day());
    }
    found.truncate(CALL_MOMENTS_MAX);
    found
}

/// When the telephone is open on a day; the whole day, when it is not.
fn within_hours(house: &House, day: Date) -> (Timestamp, Timestamp) {
    let begin = house.begin_of(day);
    let openings = house.norms(begin).phone.open.openings(day);
    match (openings.first(), openings.last()) {
        (Some(first), Some(last)) => (first.from, last.to),
        _ => (begin, house.end_of(day)),
    }
}

/// An opening as morning and afternoon.
fn halves(house: &House, day: Date, (from, to): (Timestamp, Timestamp)) -> Moments {
    match day.to_datetime(NOON).to_zoned(house.zone().clone()) {
        Ok(noon) if from < noon.timestamp() && noon.timestamp() < to => {
            vec![(from, noon.timestamp()), (noon.timestamp(), to)]
        }
        _ => vec![(from, to)],
    }
}

/// What must be called before an employee who is away is back goes to who stands in; without
/// anybody, to nobody, so that colleagues see it.
///
/// # Errors
/// When the database fails.
pub fn pass_on_calls(tx: &mut Tx<'_>, house: &House, now: Timestamp) -> Result<usize, Stop> {
    let mut passed = 0;
    let away = crate::away(tx, house.day(now))?;
    for (employee, absence) in &away {
        let by = house.end_of(absence.last);
        // Who is away too does not stand in.
        let stand_in = absence.stand_in.filter(|it| !away.contains_key(it));
        for contact in tx.calls_of(*employee, by, HANDED_OVER_MAX)? {
            let to = match stand_in {
                Some(to) => tx.employee(to)?.filter(works_with_residents).map(|it| it.id),
                None => None,
            };
            let event = to.map_or(Event::Assign(None), Event::HandOver);
            let team = tx.in_hands_of(contact)?.team;
            Open::load(tx, contact)?.happen(tx, house, now, &event, &Draft::default())?;
            match (to, team) {
                (None, Some((team, _))) => tx.give_team(contact, team)?,
                _ => tx.assign(contact, to)?,
            }
            tx.release_lock(contact, *employee)?;
            passed += 1;
        }
    }
    Ok(passed)
}

/// Reminds of calls in the hours of the telephone: who has one, on the last day that it is open
/// before the call is due; who leads, when few hours of that day are left. Each finds it among what
/// they are mentioned in. A date that a resident was told stays what it is when the municipality
/// closes on that day, so the last day can be an earlier one.
///
/// # Errors
/// When the database fails.
pub fn remind_of_calls(tx: &mut Tx<'_>, house: &House, now: Timestamp) -> Result<usize, Stop> {
    let hours = &house.norms(now).phone.open;
    if !hours.is_open(now) {
        return Ok(0);
    }
    let mut reminded = 0;
    let tomorrow = house.end_of(house.day(now));
    let next = hours.next_opening(tomorrow).map(|it| house.begin_of(house.day(it.from)));
    let last = next.unwrap_or(tomorrow);
    for call in tx.calls_to_remind(1, last, CALLS_REMINDED_MAX)? {
        let who = match (call.employee, call.team) {
            (Some(employee), _) => vec![employee],
            (None, Some(team)) => tx.members(team)?,
            (None, None) => Vec::new(),
        };
        reminded += remind(tx, now, (call.contact, 1), &who)?;
    }
    // That must be called before the telephone closes; what is overdue can not wait.
    let closes = hours.openings(house.day(now)).last().map(|it| it.to);
    let left = SignedDuration::from_hours(LEAD_REMINDED_HOURS);
    let soon = closes.is_some_and(|closes| closes.duration_since(now) <= left);
    for call in tx.calls_to_remind(2, if soon { last } else { now }, CALLS_REMINDED_MAX)? {
        let leads = leads(tx, call.team)?;
        reminded += remind(tx, now, (call.contact, 2), &leads)?;
    }
    Ok(reminded)
}

fn remind(
    tx: &mut Tx<'_>,
    now: Timestamp,
    (contact, step): (i64, u32),
    who: &[i64],
) -> Result<usize, Stop> {
    for employee in who {
        tx.mention((*employee, contact), now, NOBODY)?;
    }
    tx.call_reminded(contact, step)?;
    Ok(who.len())
}

/// Who leads the team that has a contact; who leads at all, when none of the team does.
fn leads(tx: &mut Tx<'_>, team: Option<i64>) -> Result<Vec<i64>, Stop> {
    let all = tx.employees()?;
    let leads = all
        .iter()
        .filter(|it| it.closed_at.is_none() && Roles::from_words(&it.roles).have::<Lead>());
    let leads: Vec<i64> = leads.map(|it| it.id).collect();
    let members = match team {
        Some(team) => tx.members(team)?,
        None => Vec::new(),
    };
    let of_team: Vec<i64> = leads.iter().copied().filter(|it| members.contains(it)).collect();
    Ok(if of_team.is_empty() { leads } else { of_team })
}
