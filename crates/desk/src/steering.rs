//! Calls that an exchange asks us about: each event is one step of [`promises::call::step`], and
//! what was answered to it is answered again when it comes again.

use jiff::{SignedDuration, Timestamp};
use ledger::disruptions::{ContactWay, Disruption};
use ledger::phone_calls::PhoneCall;
use ledger::{Stop, Tx};
use norms::{Channel, Kind};
use promises::call::{self, Action, Call, For, How, Note, Open, Place, Queue, Situation, Target};
use promises::phone::{Told, expected_wait, told_by};
use promises::{Event, Refusal};
use words::{Lang, Words};

use crate::accounts::Agent;
use crate::arrival::Arrival;
use crate::disruptions::published_disruptions;
use crate::handling::{Hands, put};
use crate::intake::store;
use crate::limits::{ANSWERS_LATELY_MINUTES, CALLS_AT_ONCE_MAX, TAKE_SECONDS};
use crate::phone_calls::{CallEvent, dialled, find, lines, note};
use crate::write_letter::Draft;
use crate::{House, away, call_number, carry_out};

/// A call after an event, and what the exchange has to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Steered {
    /// The key of the call; 0 of one that nobody knows.
    pub call: i64,
    /// The exchange.
    pub exchange: String,
    /// What it calls the call.
    pub name: String,
    /// Which step of the call it was.
    pub turn: u32,
    /// In order.
    pub actions: Vec<Action>,
    /// The line of the employee, by the exchange's name for it; may be empty.
    pub employee_line: String,
    /// The line of who was called for the caller; may be empty.
    pub target_line: String,
    /// Where who has to be called is called, when that is known.
    pub dial: Option<String>,
    /// What is out of order, in the languages that it is told in.
    pub disruption: Vec<(Lang, String)>,
}

/// What was answered to an event, and at which turn.
type Answered = (u32, Vec<Action>);

impl Steered {
    /// Nothing is to be done about a call that nobody knows, or by what was told of it.
    #[must_use]
    pub fn nothing(name: &str, turn: u32) -> Steered {
        Steered {
            call: 0,
            exchange: String::new(),
            name: name.to_owned(),
            turn,
            actions: Vec::new(),
            employee_line: String::new(),
            target_line: String::new(),
            dial: None,
            disruption: Vec::new(),
        }
    }
}

/// Who is next in a queue, for an employee who asks for a caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// This caller: their call as the exchange calls it, where they wait, and the last turn.
    Caller(String, Queue, u32),
    /// Nobody waits.
    Nobody,
    /// The line that asks is not that of an employee.
    UnknownLine,
}

/// What an employee wants of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// To put the caller through.
    PutThrough(Hands, How),
    /// To leave the caller with who was asked.
    Complete,
    /// To go back to the caller.
    GoBack,
}

/// Decides what becomes of a call that the exchange asks about. One that nobody knows begins when
/// it rings; whatever else is told of it changes nothing.
///
/// # Errors
/// Refused without a name for the call and the event, and without a menu in the norm file; else
/// when the database fails.
pub fn steer_call(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    event: &CallEvent,
    what: &call::Event,
) -> Result<Option<Steered>, Stop> {
    let known = *what == call::Event::Rings || tx.has_phone_call((&event.exchange, &event.call))?;
    known.then(|| steer(tx, house, now, event, (what, false))).transpose()
}

/// Ends a call that fell silent, as if the caller had hung up at a moment that nobody knows.
pub(crate) fn steer_lost(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    event: &CallEvent,
) -> Result<Steered, Stop> {
    steer(tx, house, now, event, (&call::Event::HangsUp, true))
}

fn steer(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    event: &CallEvent,
    (what, lost): (&call::Event, bool),
) -> Result<Steered, Stop> {
    event.has_names()?;
    let menu = house.norms(now).menu.as_ref().ok_or(Refusal::NoMenu)?;
    let mut call = find(tx, now, event)?;
    if let Some(answer) = tx.call_answer(call.id, &event.event)? {
        return steered(tx, now, &call, serde_json::from_str(&answer).unwrap_or_default());
    }
    if call.forgotten {
        return steered(tx, now, &call, Answered::default());
    }
    let before: Call = serde_json::from_str(&call.state).unwrap_or_else(|_| Call::new(menu));
    let situation = situation(tx, house, now, &call)?;
    let what = foreseen(tx, now, &call, what)?;
    let (after, actions) = call::step(menu, &situation, &before, &what);
    for action in &actions {
        if let Action::Note(note) = action {
            let contact = make_note(tx, house, now, (&call, &after), (note, &situation))?;
            tx.link_call(call.id, contact)?;
        }
    }
    call.state = serde_json::to_string(&after).unwrap_or_default();
    if let Place::Waiting(queue) = &after.at {
        call.queue = queue.text();
    }
    has_line(tx, &mut call, event, &what)?;
    let mut told = told_by(&before, &after, &actions);
    if lost {
        told.retain(|told| !told.is_end());
        told.push(Told::Lost);
    }
    let answered: Answered = (call.heard + 1, actions);
    let answer = serde_json::to_string(&answered).unwrap_or_default();
    note(tx, now, event, (&mut call, &told), &answer)?;
    steered(tx, now, &call, answered)
}

/// With what an exchange needs to do it.
fn steered(
    tx: &mut Tx<'_>,
    now: Timestamp,
    call: &PhoneCall,
    answered: Answered,
) -> Result<Steered, Stop> {
    let (turn, actions) = answered;
    let target = actions.iter().find_map(|action| match action {
        Action::Connect(target, ..) => Some(target),
        _ => None,
    });
    let dial = target.map(|target| dialled(tx, target)).transpose()?.flatten();
    let tells = |action: &Action| match action {
        Action::Say(said) => said.what == call::Announcement::Disruption,
        _ => false,
    };
    let disruption = match actions.iter().any(tells) {
        true => disruption(tx, now)?,
        false => Vec::new(),
    };
    Ok(Steered {
        call: call.id,
        exchange: call.exchange.clone(),
        name: call.name.clone(),
        turn,
        actions,
        employee_line: call.employee_line.clone(),
        target_line: call.target_line.clone(),
        dial,
        disruption,
    })
}

/// How long a caller who waits will probably wait, where the exchange does not say so.
fn foreseen(
    tx: &mut Tx<'_>,
    now: Timestamp,
    call: &PhoneCall,
    what: &call::Event,
) -> Result<call::Event, Stop> {
    let call::Event::Waits { place, expected: None, waited } = *what else {
        return Ok(what.clone());
    };
    let since = now - SignedDuration::from_mins(ANSWERS_LATELY_MINUTES);
    let answers = tx.answers_since(since, CALLS_AT_ONCE_MAX)?;
    let of_queue = answers.into_iter().filter(|(queue, _)| *queue == call.queue);
    let answers: Vec<Timestamp> = of_queue.map(|(_, at)| at).collect();
    let expected = expected_wait(place, &answers, (since, now));
    Ok(call::Event::Waits { place, expected, waited })
}

/// Writes down which lines are with the caller. Where an exchange gives an employee another caller
/// than who was meant, the employee is with this one.
fn has_line(
    tx: &mut Tx<'_>,
    call: &mut PhoneCall,
    event: &CallEvent,
    what: &call::Event,
) -> Result<(), Stop> {
    let Some(line) = event.line.as_ref().filter(|line| **line != event.call) else { return Ok(()) };
    match what {
        call::Event::Reached => call.target_line.clone_from(line),
        call::Event::Answers if call.employee_line != *line => {
            if let Some(mut meant) = tx.phone_call_on_line((&call.exchange, line))? {
                call.employee = meant.employee;
                (meant.employee, meant.taken_at) = (None, None);
                meant.employee_line.clear();
                tx.set_phone_call(&meant)?;
            }
            call.employee_line.clone_from(line);
        }
        _ => {}
    }
    Ok(())
}

/// A line is over: that of a caller, who hung up, or that of an employee. One that nobody knows
/// changes nothing.
///
/// # Errors
/// As [`steer_call`].
pub fn line_over(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    event: &CallEvent,
) -> Result<Option<Steered>, Stop> {
    let named = (event.exchange.as_str(), event.call.as_str());
    if tx.has_phone_call(named)? {
        return steer(tx, house, now, event, (&call::Event::HangsUp, false)).map(Some);
    }
    let Some(call) = tx.phone_call_on_line(named)? else { return Ok(None) };
    let event = CallEvent { call: call.name, number: None, ..event.clone() };
    steer(tx, house, now, &event, (&call::Event::EmployeeLeaves, false)).map(Some)
}

/// Gives an employee's line, by the exchange's name for its call and its number or user name, the
/// caller who waits longest. For a moment nobody else gets that caller.
///
/// # Errors
/// When the database fails.
pub fn next_caller(
    tx: &mut Tx<'_>,
    now: Timestamp,
    exchange: &str,
    (line, who): (&str, &str),
) -> Result<Next, Stop> {
    let number = call_number(who);
    let phones = tx.employee_phones()?;
    let login = phones.into_iter().find(|(_, phone)| Some(phone) == number.as_ref());
    let login = login.map_or_else(|| who.to_owned(), |(login, _)| login);
    let Some(employee) = tx.employee_by_login(&login)?.filter(crate::works_with_residents) else {
        return Ok(Next::UnknownLine);
    };
    let found = match tx.phone_call_on_line((exchange, line))? {
        Some(taken) => Some(taken),
        None => waits_longest(tx, now, exchange)?,
    };
    let Some(found) = found else { return Ok(Next::Nobody) };
    // Locked: two who ask at once do not get the same caller.
    let named = (exchange, found.name.as_str());
    let mut call = tx.phone_call_named(named, "", now)?;
    if is_taken(&call, now) && call.employee_line != line {
        return Ok(Next::Nobody);
    }
    call.employee = Some(employee.id);
    line.clone_into(&mut call.employee_line);
    call.taken_at = Some(now);
    tx.set_phone_call(&call)?;
    Ok(Next::Caller(call.name, Queue::from_text(&call.queue), call.heard))
}

fn waits_longest(
    tx: &mut Tx<'_>,
    now: Timestamp,
    exchange: &str,
) -> Result<Option<PhoneCall>, Stop> {
    let going_on = tx.phone_calls_going_on(CALLS_AT_ONCE_MAX)?;
    let waits = |it: &PhoneCall| {
        it.exchange == exchange && it.record.is_waiting() && it.record.queued_at.is_some()
    };
    let waiting = going_on.into_iter().filter(|it| waits(it) && !is_taken(it, now));
    Ok(waiting.min_by_key(|it| it.record.queued_at))
}

/// Whether an employee is being given the caller at this moment.
fn is_taken(call: &PhoneCall, now: Timestamp) -> bool {
    let since = now - SignedDuration::from_secs(TAKE_SECONDS);
    call.taken_at.is_some_and(|at| since < at)
}

/// What lines were to do that did not ask, at a turn of a call.
///
/// # Errors
/// When the database fails.
pub fn call_at_turn(
    tx: &mut Tx<'_>,
    now: Timestamp,
    named: (&str, &str),
    turn: u32,
) -> Result<Option<Steered>, Stop> {
    if !tx.has_phone_call(named)? {
        return Ok(None);
    }
    let call = tx.phone_call_named(named, "", now)?;
    let answers = tx.call_answers(call.id)?;
    let answers = answers.iter().filter_map(|it| serde_json::from_str::<Answered>(it).ok());
    let answered = { answers }.find(|it| it.0 == turn).unwrap_or_default();
    steered(tx, now, &call, answered).map(Some)
}

/// An employee wants something of the caller they are with.
///
/// # Errors
/// Refused when the call is not one that we steer, or another employee's.
pub fn wish_for_call(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    (call, turn): (i64, u32),
    wish: &Wish,
) -> Result<Steered, Stop> {
    let call = tx.phone_call(call)?.ok_or(Refusal::NotFound)?;
    if call.employee != Some(agent.id()) || call.employee_line.is_empty() {
        return Err(Refusal::NotFound.into());
    }
    let what = match wish {
        Wish::PutThrough(hands, how) => call::Event::Transfer(target_of(tx, *hands)?, *how),
        Wish::Complete => call::Event::Completes,
        Wish::GoBack => call::Event::NotReached,
    };
    // What is sent twice from one page is done once. No exchange begins a name with a space.
    let event = CallEvent {
        exchange: call.exchange,
        call: call.name,
        event: format!(" wish-{turn}"),
        ..CallEvent::default()
    };
    steer(tx, house, now, &event, (&what, false))
}

fn target_of(tx: &mut Tx<'_>, hands: Hands) -> Result<Target, Stop> {
    Ok(match hands {
        Hands::Team(team) => Target::Department(tx.team_name(team)?.ok_or(Refusal::UnknownTeam)?),
        Hands::Employee(employee) => {
            Target::Colleague(tx.employee(employee)?.ok_or(Refusal::UnknownEmployee)?.login)
        }
    })
}

/// What is out of order on the telephone, as it is told.
fn disruption(tx: &mut Tx<'_>, now: Timestamp) -> Result<Vec<(Lang, String)>, Stop> {
    let all = published_disruptions(tx, now)?;
    let touches = |it: &Disruption| it.lasts(now) && it.ways.contains(&ContactWay::Phone);
    let all: Vec<Disruption> = all.into_iter().filter(touches).collect();
    let in_lang = |lang: Lang| {
        let told = all.iter().map(|it| it.text(lang.code())).filter(|(of, _)| *of == lang.code());
        let text = told.map(|(_, text)| text).collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some((lang, text))
    };
    Ok(Lang::ALL.into_iter().filter_map(in_lang).collect())
}

/// What holds outside a call.
fn situation(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    call: &PhoneCall,
) -> Result<Situation, Stop> {
    let open = &house.norms(now).phone.open;
    let open = match open.is_open(now) {
        true => Open::Now,
        false => Open::From(open.next_opening(now).map(|opening| opening.from)),
    };
    Ok(Situation {
        open,
        disrupted: !disruption(tx, now)?.is_empty(),
        number: call_number(&call.number).is_some(),
        lines: lines(tx, now)?,
        absent: absent(tx, house, now)?,
    })
}

/// Who is not called now: who is away, and who has no telephone.
fn absent(tx: &mut Tx<'_>, house: &House, now: Timestamp) -> Result<Vec<Target>, Stop> {
    let away = away(tx, house.day(now))?;
    let phones = tx.employee_phones()?;
    let employees = tx.employees()?;
    let employees = employees
        .into_iter()
        .filter(|it| away.contains_key(&it.id) || !phones.contains_key(&it.login))
        .map(|it| Target::Colleague(it.login));
    let with = tx.team_phones()?;
    let teams = tx.teams()?.into_iter().map(|it| it.name).filter(|it| !with.contains_key(it));
    let chosen = house.norms(now).menu.iter().flat_map(|menu| &menu.choices);
    let chosen = chosen.filter_map(|choice| match &choice.to {
        norms::Goes::Department(name) if !with.contains_key(name) => Some(name.clone()),
        _ => None,
    });
    let teams = teams.chain(chosen).map(Target::Department);
    Ok(employees.chain(teams).collect())
}

/// The note that the caller is called back: a contact like any other, in the hands of who was not
/// reached.
fn make_note(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    (call, after): (&PhoneCall, &Call),
    (note, situation): (&Note, &Situation),
) -> Result<i64, Stop> {
    let words = Words::new(Lang::Nl);
    let (subject, hands) = match &note.to {
        For::Queue(queue) => (words.say(queue_key(queue)), None),
        For::Target(target) => {
            let name = match target {
                Target::Department(name) | Target::Colleague(name) => name,
            };
            (words.say1("call-note-for", "name", name), hands_of(tx, target)?)
        }
    };
    let body = match note.keeps {
        Some(place) => words.say_with("call-note-place", &[("place", i64::from(place).into())]),
        None => words.say("call-note-menu"),
    };
    let mut arrival = Arrival {
        phone: note.number.clone().unwrap_or_else(|| call.number.clone()),
        subject,
        body,
        lang: after.lang.clone(),
        ..Arrival::new(Channel::Phone, Kind::CallBack)
    };
    // Who keeps a place is called when it would have been their turn.
    if let (Some(_), For::Queue(queue)) = (note.keeps, &note.to)
        && let Some(opening) = house.norms(now).phone.open.next_opening(now)
    {
        let expected = situation.lines.get(queue).and_then(|line| line.expected);
        let from = now + expected.unwrap_or(SignedDuration::ZERO);
        arrival.moments.push((from.min(opening.to), opening.to));
    }
    // There is no address: no letter comes of it.
    let done = store(tx, house, now, &arrival, None, None)?;
    if let Some(hands) = hands {
        let event = match hands {
            Hands::Employee(employee) => Event::Assign(Some(employee)),
            Hands::Team(team) => Event::GiveTeam(team),
        };
        let open = carry_out::Open::load(tx, done.contact)?;
        open.happen(tx, house, now, &event, &Draft::default())?;
        put(tx, done.contact, Some(hands))?;
    }
    Ok(done.contact)
}

fn queue_key(queue: &Queue) -> &'static str {
    match queue {
        Queue::Appointment => "call-note-appointment",
        Queue::Report => "call-note-report",
        Queue::Employee | Queue::Named(_) => "call-note-question",
    }
}

/// Who gets a note that somebody was not reached: that one, where they are known here.
fn hands_of(tx: &mut Tx<'_>, target: &Target) -> Result<Option<Hands>, Stop> {
    Ok(match target {
        Target::Department(name) => {
            let team = tx.teams()?.into_iter().find(|it| it.name == *name);
            team.map(|it| Hands::Team(it.id))
        }
        Target::Colleague(login) => {
            let employee = tx.employee_by_login(login)?;
            let works = employee.filter(crate::works_with_residents);
            works.map(|it| Hands::Employee(it.id))
        }
    })
}
