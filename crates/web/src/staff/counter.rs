//! The counter on its day: the list of a day, each step of a visit, and who comes without an
//! appointment.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use desk::{Appointment, Contact, Got, House, Stop, Tx, VisitState, Visitor};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use norms::Norms;
use promises::Refusal;
use promises::Sight;
use promises::counter::{Booker, Wish};
use serde::Deserialize;
use words::{Lang, Words};

use super::counter_times::{persons_of, products_of};
use super::{Worker, item, said, seen};
use crate::door::Door;
use crate::pages::{CallRow, Choice, CounterDay, Phone, Section, VisitRow, WalkIn};
use crate::site::{Answer, Failure, Typed, see_other, show};

/// The longest name, in characters.
const NAME_CHARS_MAX: usize = 200;

/// What the address may say: which day, whose telephone number, what was just done.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    dag: String,
    toon: String,
    gedaan: String,
    nummer: String,
}

/// The form of a step.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Step {
    dag: String,
    desk: String,
}

/// The form for who comes without an appointment.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Filled {
    product: String,
    persons: String,
    name: String,
}

/// GET /werk/balie
pub(crate) async fn counter(
    State(door): State<Door>,
    worker: Worker,
    Query(asked): Query<Asked>,
) -> Answer {
    let mut page = page(&door, &worker, &asked.dag, &Filled::default()).await?;
    if let Some(call) = page.calls.iter_mut().find(|it| it.number == asked.toon) {
        let contact = item::contact(&door.desk, &asked.toon).await?;
        if call.phone == Phone::Hidden {
            seen::note(&door, &worker, (contact.id, Sight::Phone)).await?;
            call.phone = Phone::Shown(contact.phone);
        }
    }
    page.frame.done = done(&worker.words, &asked);
    show(StatusCode::OK, &page)
}

fn done(words: &Words, asked: &Asked) -> Option<String> {
    let key = match asked.gedaan.as_str() {
        "aangemeld" => "staff-counter-done-arrived",
        "oproepen" => "staff-counter-done-called",
        "geholpen" => "staff-counter-done-served",
        "niet-gekomen" => "staff-counter-done-missed",
        _ => return None,
    };
    match asked.nummer.parse() {
        Ok(ticket) => Some(words.count("staff-counter-done-ticket", ticket)),
        Err(_) => Some(words.say(key)),
    }
}

/// POST /werk/balie/bezoek/{number}/{verb}
pub(crate) async fn visit_step(
    State(door): State<Door>,
    worker: Worker,
    Path((number, verb)): Path<(String, String)>,
    Typed(step): Typed<Step>,
) -> Answer {
    let (contact, agent) = (item::contact(&door.desk, &number).await?.id, worker.agent.clone());
    let (deed, desk) = (verb.clone(), step.desk.clone());
    let write = door.desk.write(move |tx, house, now| {
        Ok(match deed.as_str() {
            "aangemeld" => Some(desk::arrived(tx, house, now, &agent, contact)?),
            "oproepen" => desk::call(tx, house, now, &agent, (contact, &desk)).map(|_| None)?,
            "geholpen" => desk::finish(tx, house, now, &agent, (contact, true)).map(|_| None)?,
            "niet-gekomen" => {
                desk::finish(tx, house, now, &agent, (contact, false)).map(|_| None)?
            }
            _ => return Err(Refusal::NotFound.into()),
        })
    });
    match write.await {
        Ok(ticket) => Ok(back(&door, &worker, &step.dag, (&verb, ticket, &number))),
        Err(Stop::Refused(refusal)) if refusal != Refusal::NotFound => {
            let page = page(&door, &worker, &step.dag, &Filled::default()).await?;
            let refused = Some(worker.words.say(refusal.key()));
            show(StatusCode::UNPROCESSABLE_ENTITY, &CounterDay { refused, ..page })
        }
        Err(stop) => Err(stop.into()),
    }
}

fn back(
    door: &Door,
    worker: &Worker,
    day: &str,
    (verb, ticket, number): (&str, Option<u32>, &str),
) -> axum::response::Response {
    let day = day.parse::<Date>().map(|day| format!("dag={day}&")).unwrap_or_default();
    let ticket = ticket.map(|it| format!("&nummer={it}")).unwrap_or_default();
    let page = format!("/werk/balie?{day}gedaan={verb}{ticket}");
    let href = worker.frame(door, Section::Counter).href(&page);
    see_other(&format!("{href}#bezoek-{number}"))
}

/// What became of somebody without an appointment.
enum WalkedIn {
    /// They wait, with this number of the contact and of the waiting room.
    Waits(String, u32),
    /// The first time there is for them.
    Later(Timestamp),
    /// There is none.
    Never,
}

/// POST /werk/balie
pub(crate) async fn without_appointment(
    State(door): State<Door>,
    worker: Worker,
    Typed(filled): Typed<Filled>,
) -> Answer {
    let name: String = filled.name.trim().chars().take(NAME_CHARS_MAX).collect();
    let wish = Wish {
        products: vec![filled.product.clone()],
        persons: filled.persons.parse().unwrap_or(1),
        by: Booker::Employee,
        desk: None,
    };
    let (agent, asked) = (worker.agent.clone(), wish.clone());
    let visitor = Visitor {
        name: name.clone(),
        lang: Lang::Nl.code().to_owned(),
        walked_in: true,
        ..Visitor::default()
    };
    let write = door.desk.write(move |tx, house, now| {
        if name.is_empty() {
            return Err(Refusal::TextEmpty.into());
        }
        let today = house.day(now);
        let first = desk::first_free(tx, house, now, &asked, (today, 1), None)?;
        let Some((day, slots)) = first.first() else { return Ok(WalkedIn::Never) };
        let from = slots[0].from;
        if *day != today {
            return Ok(WalkedIn::Later(from));
        }
        match desk::book_at(tx, house, now, &agent, (&asked, from), &visitor)? {
            Got::Yes(done) => {
                let ticket = desk::arrived(tx, house, now, &agent, done.contact)?;
                Ok(WalkedIn::Waits(done.number, ticket))
            }
            Got::Taken(_) => Ok(WalkedIn::Never),
        }
    });
    let words = &worker.words;
    let (refused, later) = match write.await {
        Ok(WalkedIn::Waits(number, ticket)) => {
            return Ok(back(&door, &worker, "", ("aangemeld", Some(ticket), &number)));
        }
        Ok(WalkedIn::Later(from)) => (None, Some(from)),
        Ok(WalkedIn::Never) => (Some(words.say("staff-counter-never")), None),
        Err(Stop::Refused(refusal)) => (Some(words.say(refusal.key())), None),
        Err(stop) => return Err(stop.into()),
    };
    let mut page = page(&door, &worker, "", &filled).await?;
    let zone = door.desk.house().zone();
    page.walk_in.later = later.map(|from| {
        let day = door.desk.house().day(from);
        let (product, persons) = (&filled.product, wish.persons);
        let href = format!(
            "/werk/balie/afspraak?product.{product}=ja&persons={persons}&dag={day}&binnen=ja"
        );
        (words.moment(from, zone), href)
    });
    page.refused = refused;
    show(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

async fn page(
    door: &Door,
    worker: &Worker,
    day: &str,
    filled: &Filled,
) -> Result<CounterDay, Failure> {
    let house = door.desk.house();
    let (now, words) = (door.desk.now(), worker.words);
    let today = house.day(now);
    let day = day.parse().unwrap_or(today);
    let read = door.desk.read(move |tx, house, now| {
        let visits = desk::visits(tx, house, (day, day))?;
        let calls = desk::visits_to_call(tx, now)?;
        Ok((with_contacts(tx, visits)?, with_contacts(tx, calls)?))
    });
    let (visits, calls) = read.await?;
    let norms = house.norms(house.begin_of(day));
    let mut frame = worker.frame(door, Section::Counter);
    frame.path = format!("/werk/balie?dag={day}");
    let states = [
        VisitState::Booked,
        VisitState::Arrived,
        VisitState::Called,
        VisitState::Served,
        VisitState::Missed,
        VisitState::Cancelled,
    ];
    let count = |state: VisitState| visits.iter().filter(|it| it.0.state == state).count();
    let desks = norms.appointments.desks.iter().filter(|desk| desk.holds(day));
    Ok(CounterDay {
        has_products: !norms.appointments.products.is_empty(),
        day: words.date(day),
        days: [day, day.saturating_sub(1.day()), day.saturating_add(1.day())]
            .map(|day| day.to_string()),
        today: day == today,
        counts: states.map(|state| (crate::pages::visit_state_key(state), count(state))).to_vec(),
        calls: calls.iter().map(|it| call(&words, house, it)).collect(),
        rows: visits.iter().map(|it| row(&words, (house, norms), now, it)).collect(),
        desks: desks.map(|desk| Choice::new(&desk.id, &desk.name)).collect(),
        walk_in: WalkIn {
            products: products_of(&words, norms, |id| id == filled.product),
            persons: persons_of(norms, &filled.persons),
            name: filled.name.clone(),
            later: None,
        },
        refused: None,
        frame,
    })
}

/// The visits with their contacts; what was erased is gone.
pub(super) fn with_contacts(
    tx: &mut Tx<'_>,
    visits: Vec<Appointment>,
) -> Result<Vec<(Appointment, Contact)>, Stop> {
    let mut found = Vec::new();
    for visit in visits {
        let Some(contact) = visit.contact else { continue };
        if let Some(contact) = tx.contact(contact)? {
            found.push((visit, contact));
        }
    }
    Ok(found)
}

fn row(
    words: &Words,
    (house, norms): (&House, &Norms),
    now: Timestamp,
    (visit, contact): &(Appointment, Contact),
) -> VisitRow {
    let desk = &visit.slot.desk;
    VisitRow {
        number: house.number(contact.id, contact.received_at),
        time: words.time(house.zone().to_datetime(visit.slot.from).time()),
        who: said::who(words, &contact.name, &contact.email),
        products: names(words, norms, &visit.products),
        persons: visit.persons,
        desk: (norms.appointments.desk_name(desk).to_owned(), desk.clone()),
        state: visit.state,
        ticket: visit.ticket,
        is_time: visit.slot.from <= now,
        to_call: visit.to_call,
    }
}

fn call(words: &Words, house: &House, (visit, contact): &(Appointment, Contact)) -> CallRow {
    CallRow {
        number: house.number(contact.id, contact.received_at),
        moment: words.moment(visit.slot.from, house.zone()),
        who: said::who(words, &contact.name, &contact.email),
        products: names(words, house.norms(visit.slot.from), &visit.products),
        phone: if contact.phone.is_empty() { Phone::None } else { Phone::Hidden },
    }
}

/// The products by name, in the language of the page: "Paspoort, Rijbewijs".
pub(super) fn names(words: &Words, norms: &Norms, products: &[String]) -> String {
    let name = |id: &String| match norms.appointments.product(id) {
        Some(product) => product.name(words.lang().code()).to_owned(),
        None => id.clone(),
    };
    products.iter().map(name).collect::<Vec<_>>().join(", ")
}
