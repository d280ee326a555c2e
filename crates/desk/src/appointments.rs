//! Appointments at the counter: what is free, holding it, booking, moving and calling off.
//!
//! What is free is computed by [`promises::counter::free`], for the offer and for the booking
//! alike. That nobody has the same five minutes of a desk twice is the key of the table of claims.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use ledger::contacts::email_key;
use ledger::visits::{Appointment, VisitState};
use ledger::{Stop, StorageError, Tx};
use norms::{Channel, Kind, Norms};
use promises::counter::{self, Booker, Slot, Taken, Wish};
use promises::{Event, Refusal, Visit, VisitStep};
use words::Lang;

use crate::House;
use crate::accounts::Agent;
use crate::arrival::Arrival;
use crate::booking::{begin, can_be_kept};
use crate::carry_out::{Done, Open};
use crate::confirming;
use crate::intake::known;
use crate::limits::{ALTERNATIVES, HOLD_MINUTES, NEAR_DAYS, OFFER_DAYS_AT_ONCE, VISITS_OF_ADDRESS};
use crate::write_letter::{Draft, OfVisit};

/// A time that is kept free while somebody says who they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The key of the visit.
    pub visit: i64,
    /// When, and at which desk.
    pub slot: Slot,
    /// Until when it is kept.
    pub until: Timestamp,
}

/// What became of an attempt to get a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Got<T> {
    /// It is theirs.
    Yes(T),
    /// Somebody was before them; these are nearest to it.
    Taken(Vec<Slot>),
}

/// Who comes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visitor {
    /// The name.
    pub name: String,
    /// Where the confirmation goes; may be empty when an employee books.
    pub email: String,
    /// The telephone number; may be empty.
    pub phone: String,
    /// What the counter should know; may be empty.
    pub remark: String,
    /// The language, as a code.
    pub lang: String,
    /// Whether they stand at the counter without an appointment.
    pub walked_in: bool,
}

/// What fits on the days from `from` to `to`, both included, each beginning once, with what the
/// visit `own` has as free.
///
/// # Errors
/// When the database fails.
pub fn offer(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    wish: &Wish,
    (from, to): (Date, Date),
    own: Option<i64>,
) -> Result<Vec<Slot>, Stop> {
    let (first, last) = counter::days(house.norms(now), wish.by, now);
    let (from, to) = (from.max(first), to.min(last));
    if to < from {
        return Ok(Vec::new());
    }
    let span = (house.begin_of(from), house.end_of(to));
    let taken = taken(tx, span, own, now)?;
    let days = from.series(jiff::Span::new().days(1)).take_while(|day| *day <= to);
    Ok(days.flat_map(|day| counter::free(on(house, day), wish, day, now, &taken)).collect())
}

/// The first days from `from` on that have a free time, at most so many, with all their times.
///
/// # Errors
/// When the database fails.
pub fn first_free(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    wish: &Wish,
    (from, days): (Date, usize),
    own: Option<i64>,
) -> Result<Vec<(Date, Vec<Slot>)>, Stop> {
    let (first, last) = counter::days(house.norms(now), wish.by, now);
    let mut day = from.max(first);
    let mut found: Vec<(Date, Vec<Slot>)> = Vec::new();
    while day <= last && found.len() < days {
        let to = day.saturating_add(jiff::Span::new().days(OFFER_DAYS_AT_ONCE - 1));
        for slot in offer(tx, house, now, wish, (day, to), own)? {
            let on = house.day(slot.from);
            match found.last_mut() {
                Some((known, slots)) if *known == on => slots.push(slot),
                _ => found.push((on, vec![slot])),
            }
        }
        day = to.saturating_add(jiff::Span::new().days(1));
    }
    found.truncate(days);
    Ok(found)
}

/// Keeps a time free for some minutes, at the desk that suits best. A hold that somebody has
/// already is moved: their own never stands in their way.
///
/// # Errors
/// Refused when nothing like it can be booked; else when the database fails.
pub fn hold_visit(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    (wish, from): (&Wish, Timestamp),
    own: Option<i64>,
) -> Result<Got<Held>, Stop> {
    is_possible(house, now, wish)?;
    let own = match own {
        Some(visit) => tx
            .visit_to_change(visit)?
            .filter(|it| it.state == VisitState::Held && it.contact.is_none()),
        None => None,
    };
    let until = now + SignedDuration::from_mins(HOLD_MINUTES);
    let what = (wish.products.as_slice(), wish.persons);
    let found = free_at(tx, house, now, (wish, from), own.as_ref().map(|it| it.id))?;
    let Some(slot) = found else {
        return nearest(tx, house, now, (wish, from)).map(Got::Taken);
    };
    let visit = match &own {
        Some(own) => own.id,
        None => tx.add_visit(what, &slot, (until, now))?,
    };
    take(tx, (visit, own.as_ref()), &slot, (Some(until), now))?;
    if own.is_some() {
        tx.move_hold(visit, what, &slot, until)?;
    }
    Ok(Got::Yes(Held { visit, slot, until }))
}

/// A time that is held becomes an appointment: a contact with a number, a confirmation, and a link
/// by which it is changed. Where the norm file asks for it, what a resident books is kept until it
/// is confirmed by mail. Asked again, it says the same.
///
/// # Errors
/// Refused when there is no such hold, somebody has as many appointments as may be, or a text is
/// too long; else when the database fails.
pub fn book_visit(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    (visit, visitor): (i64, &Visitor),
) -> Result<Got<Done>, Stop> {
    let held = tx.visit_to_change(visit)?.ok_or(Refusal::NotFound)?;
    if let Some(contact) = held.contact {
        return Ok(Got::Yes(known(tx, house, contact)?.done));
    }
    can_be_kept(visitor)?;
    let key = email_key(&visitor.email);
    if tx.visits_of_address(&key, now, VISITS_OF_ADDRESS)? >= VISITS_OF_ADDRESS {
        return Err(Refusal::VisitsTooMany.into());
    }
    let slot = held.slot.clone();
    let wish = Wish {
        products: held.products.clone(),
        persons: held.persons,
        by: Booker::Resident,
        desk: None,
    };
    // The ten minutes may be over: what nobody took meanwhile is still theirs.
    let norms = on(house, house.day(slot.from));
    let blocks = blocks(tx, now)?;
    let is_there = slot.from >= now && counter::still_fits(norms, &held.products, &slot, &blocks);
    let confirm = house.norms(now).appointments.rules.confirm_minutes;
    if is_there
        && let Some(minutes) = confirm
        && let Some(done) = confirming::ask(tx, house, now, (&held, norms, minutes), visitor)?
    {
        return Ok(Got::Yes(done));
    }
    let is_kept = is_there
        && confirm.is_none()
        && (tx.keep_claims(visit, &slot)? || tx.claim(visit, &slot, (None, now))?);
    if !is_kept {
        tx.let_go(visit, &slot, None)?;
        return nearest(tx, house, now, (&wish, slot.from)).map(Got::Taken);
    }
    let done = begin(tx, house, now, (&held, norms), (visitor, None))?;
    tx.book_visit(visit, done.contact, (is_soon(house, now, held.slot.from), now))?;
    Ok(Got::Yes(done))
}

/// Moves an appointment to another time: the new one in and the old one out, or nothing.
///
/// # Errors
/// Refused when the contact is no appointment to come; else when the database fails.
pub fn move_visit(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    (contact, to): (i64, Timestamp),
    agent: Option<&Agent>,
) -> Result<Got<Done>, Stop> {
    let open = Open::load(tx, contact)?;
    let visit = to_come(tx, now, contact)?;
    let by = if agent.is_some() { Booker::Employee } else { Booker::Resident };
    let products = visit.products.clone();
    let wish = Wish { products, persons: visit.persons, by, desk: None };
    is_possible(house, now, &wish)?;
    if visit.slot.from == to && !visit.to_call {
        return Ok(Got::Yes(known(tx, house, contact)?.done));
    }
    let Some(slot) = free_at(tx, house, now, (&wish, to), Some(visit.id))? else {
        return nearest(tx, house, now, (&wish, to)).map(Got::Taken);
    };
    take(tx, (visit.id, Some(&visit)), &slot, (None, now))?;
    tx.move_visit(visit.id, &slot, (is_soon(house, now, slot.from), now))?;
    let norms = on(house, house.day(slot.from));
    let moved = Appointment { slot, version: visit.version + 1, ..visit };
    step(tx, house, now, (open, &moved, norms), VisitStep::Moved, agent).map(Got::Yes)
}

/// Calls an appointment off.
///
/// # Errors
/// Refused when the contact is no appointment to come; else when the database fails.
pub fn cancel_visit(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    contact: i64,
    agent: Option<&Agent>,
) -> Result<Done, Stop> {
    let open = Open::load(tx, contact)?;
    let visit = to_come(tx, now, contact)?;
    tx.let_go(visit.id, &visit.slot, None)?;
    tx.cancel_visit(visit.id, now)?;
    let norms = on(house, house.day(visit.slot.from));
    let gone = Appointment { version: visit.version + 1, ..visit };
    step(tx, house, now, (open, &gone, norms), VisitStep::Cancelled, agent)
}

/// The appointment that a contact is, if it is one.
///
/// # Errors
/// When the database fails.
pub fn visit_of(tx: &mut Tx<'_>, contact: i64) -> Result<Option<Appointment>, Stop> {
    Ok(tx.visit_of(contact)?)
}

/// A visit by its key, also one that is only held.
///
/// # Errors
/// When the database fails.
pub fn visit(tx: &mut Tx<'_>, visit: i64) -> Result<Option<Appointment>, Stop> {
    Ok(tx.visit(visit)?)
}

/// The calendar file of the appointment that a contact is, as it stands.
///
/// # Errors
/// When the database fails.
pub fn calendar_of(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    contact: i64,
) -> Result<Option<String>, Stop> {
    let (Some(found), Some(visit)) = (tx.contact(contact)?, tx.visit_of(contact)?) else {
        return Ok(None);
    };
    if visit.state == VisitState::Held {
        return Ok(None);
    }
    let step = match visit.state {
        VisitState::Cancelled => VisitStep::Cancelled,
        _ => VisitStep::Booked,
    };
    let of = OfVisit::new(step, &visit, on(house, house.day(visit.slot.from)));
    Ok(Some(of.calendar(house, now, &found)))
}

/// A step of a visit happens to its contact, with the letter that belongs to it.
pub(crate) fn step(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    (open, visit, norms): (Open, &Appointment, &Norms),
    step: VisitStep,
    agent: Option<&Agent>,
) -> Result<Done, Stop> {
    let of = OfVisit::new(step, visit, norms);
    let draft = Draft { employee: agent.map(Agent::id), visit: Some(&of), ..Draft::default() };
    let Slot { from, ref desk, .. } = visit.slot;
    let event = Event::Visit(Visit { step, from, desk: desk.clone() });
    open.happen(tx, house, now, &event, &draft)
}

/// The norms under which a visit on a day is.
pub(crate) fn on(house: &House, day: Date) -> &Norms {
    house.norms(house.begin_of(day))
}

/// The closings of desks from now on.
pub(crate) fn blocks(tx: &mut Tx<'_>, now: Timestamp) -> Result<Vec<counter::Block>, Stop> {
    Ok(tx.counter_blocks(now)?.into_iter().map(|closing| closing.block).collect())
}

fn taken(
    tx: &mut Tx<'_>,
    span: (Timestamp, Timestamp),
    own: Option<i64>,
    now: Timestamp,
) -> Result<Taken, Stop> {
    let mut taken = Taken::new(blocks(tx, now)?);
    tx.take_claims(&mut taken, span, own, now)?;
    Ok(taken)
}

/// Where a time can be had, at the desk that suits best. Only what is taken of that time is read.
pub(crate) fn free_at(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    (wish, from): (&Wish, Timestamp),
    own: Option<i64>,
) -> Result<Option<Slot>, Stop> {
    let norms = on(house, house.day(from));
    let Some((_, claim)) = counter::lasts(norms, wish) else { return Ok(None) };
    // As `offer`: the days on which a visit can be booked are those of the file of today.
    let (first, last) = counter::days(house.norms(now), wish.by, now);
    if !(first..=last).contains(&house.day(from)) {
        return Ok(None);
    }
    let taken = taken(tx, (from, from + claim), own, now)?;
    Ok(counter::free_at(norms, wish, from, now, &taken))
}

/// Claims what was found free, in place of what the visit had. When somebody was faster since then,
/// all of this work runs again and finds what they left.
pub(crate) fn take(
    tx: &mut Tx<'_>,
    (visit, before): (i64, Option<&Appointment>),
    slot: &Slot,
    until: (Option<Timestamp>, Timestamp),
) -> Result<(), Stop> {
    if !tx.claim(visit, slot, until)? {
        return Err(StorageError::overtaken().into());
    }
    if let Some(before) = before {
        tx.let_go(visit, &before.slot, Some(slot))?;
    }
    Ok(())
}

/// The free times nearest to one that is not, each once, in order: mostly on the same day, and only
/// when that has too few, in the weeks around it.
pub(crate) fn nearest(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    (wish, from): (&Wish, Timestamp),
) -> Result<Vec<Slot>, Stop> {
    let away = |slot: &Slot| slot.from.duration_since(from).abs();
    let day = house.day(from);
    let mut found = Vec::new();
    for days in [0, NEAR_DAYS] {
        let span = jiff::Span::new().days(days);
        let (first, last) = (day.saturating_sub(span), day.saturating_add(span));
        found = offer(tx, house, now, wish, (first, last), None)?;
        found.sort_by_key(away);
        found.truncate(ALTERNATIVES);
        // What lies outside these days is not nearer than their ends.
        let ends = [house.begin_of(first), house.end_of(last)];
        let nearest_end = ends.map(|end| end.duration_since(from).abs()).into_iter().min();
        let is_enough = found.len() == ALTERNATIVES;
        if is_enough && found.last().map(away) <= nearest_end {
            break;
        }
    }
    found.sort_by_key(|slot| slot.from);
    Ok(found)
}

pub(crate) fn is_possible(house: &House, now: Timestamp, wish: &Wish) -> Result<(), Refusal> {
    let norms = house.norms(now);
    if counter::lasts(norms, wish).is_none() {
        return Err(Refusal::NoSuchProduct);
    }
    if wish.persons == 0 || wish.persons > norms.appointments.rules.persons_max {
        return Err(Refusal::PersonsTooMany);
    }
    Ok(())
}

/// The appointment that a contact is, locked, while it is still to come.
fn to_come(tx: &mut Tx<'_>, now: Timestamp, contact: i64) -> Result<Appointment, Stop> {
    let visit = tx.visit_of(contact)?.ok_or(Refusal::NoAppointment)?;
    let visit = tx.visit_to_change(visit.id)?.ok_or(Refusal::NoAppointment)?;
    if visit.state != VisitState::Booked || visit.slot.from <= now {
        return Err(Refusal::AppointmentOver.into());
    }
    Ok(visit)
}

/// Whether a visit is so soon that nobody is reminded of it: today or tomorrow.
pub(crate) fn is_soon(house: &House, now: Timestamp, from: Timestamp) -> bool {
    let tomorrow = house.day(now).saturating_add(jiff::Span::new().days(1));
    house.day(from) <= tomorrow
}

pub(crate) fn arrival(
    house: &House,
    now: Timestamp,
    held: &Appointment,
    visitor: &Visitor,
) -> Arrival {
    let norms = house.norms(now);
    let lang = Lang::from_code(&visitor.lang).unwrap_or_default();
    let names = held.products.iter().filter_map(|id| norms.appointments.product(id));
    let names: Vec<&str> = names.map(|product| product.name(lang.code())).collect();
    Arrival {
        lang: lang.code().to_owned(),
        name: visitor.name.clone(),
        email: visitor.email.trim().to_owned(),
        mailable: !visitor.email.trim().is_empty(),
        phone: visitor.phone.clone(),
        subject: names.join(", "),
        body: visitor.remark.clone(),
        ..Arrival::new(Channel::Counter, Kind::Appointment)
    }
}
