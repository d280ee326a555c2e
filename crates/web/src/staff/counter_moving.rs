//! Moving an appointment and calling it off, by an employee; and the appointment on the page of its
//! contact.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use desk::{Appointment, Got, House, Stop, VisitState};
use jiff::Timestamp;
use norms::Product;
use promises::Refusal;
use promises::counter::{Booker, Wish};
use serde::Deserialize;
use words::Words;

use super::again::stopped;
use super::counter::names;
use super::counter_times::{free, near, times};
use super::deeds::Filled as Deed;
use super::{Worker, item, said};
use crate::door::Door;
use crate::pages::{CounterVisit, Moving, Section};
use crate::site::{Answer, Failure, Typed, see_other, show};

/// What the address may say, and the forms.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Filled {
    dag: String,
    time: String,
    sure: String,
}

/// The appointment as its panel shows it.
pub(super) fn panel(
    words: &Words,
    house: &House,
    now: Timestamp,
    visit: &Appointment,
) -> CounterVisit {
    let (from, lang) = (visit.slot.from, words.lang().code());
    let norms = house.norms(from);
    let products = || visit.products.iter().filter_map(|id| norms.appointments.product(id));
    // Where there are several, each says of which it is.
    let said = |product: &Product, text: &str| match visit.products.len() {
        _ if text.is_empty() => None,
        1 => Some(text.to_owned()),
        _ => Some(format!("{}: {text}", product.name(lang))),
    };
    CounterVisit {
        moment: words.moment(from, house.zone()),
        desk: norms.appointments.desk_name(&visit.slot.desk).to_owned(),
        products: names(words, norms, &visit.products),
        persons: visit.persons,
        bring: products().filter_map(|it| said(it, it.bring(lang))).collect(),
        cost: products().filter_map(|it| said(it, it.cost(lang))).collect(),
        state: visit.state,
        to_call: visit.to_call,
        to_come: visit.state == VisitState::Booked && from > now,
        day: house.day(from).to_string(),
    }
}

/// The appointment that a contact is, for its page.
pub(super) async fn panel_of(
    door: &Door,
    words: Words,
    contact: i64,
) -> Result<Option<CounterVisit>, Stop> {
    let read = door.desk.read(move |tx, house, now| {
        Ok(desk::visit_of(tx, contact)?.map(|visit| panel(&words, house, now, &visit)))
    });
    read.await
}

/// GET /werk/balie/afspraak/{number}
pub(crate) async fn move_form(
    State(door): State<Door>,
    worker: Worker,
    Path(number): Path<String>,
    Query(asked): Query<Filled>,
) -> Answer {
    show(StatusCode::OK, &page(&door, &worker, &number, &asked).await?)
}

/// POST /werk/balie/afspraak/{number}
pub(crate) async fn move_visit(
    State(door): State<Door>,
    worker: Worker,
    Path(number): Path<String>,
    Typed(filled): Typed<Filled>,
) -> Answer {
    let contact = item::contact(&door.desk, &number).await?.id;
    let mut page = page(&door, &worker, &number, &filled).await?;
    let words = &worker.words;
    let Ok(to) = filled.time.parse::<Timestamp>() else {
        page.refused = Some(words.say("staff-counter-problem-time"));
        return show(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let agent = worker.agent.clone();
    let write = door
        .desk
        .write(move |tx, house, now| desk::move_visit(tx, house, now, (contact, to), Some(&agent)));
    let status = match write.await {
        Ok(Got::Yes(done)) => {
            door.desk.post(done.letters);
            let item = format!("/werk/contacten/{number}?gedaan=verzet");
            return Ok(see_other(&page.frame.href(&item)));
        }
        Ok(Got::Taken(slots)) => {
            page.near = near(words, door.desk.house().zone(), &slots);
            page.refused = Some(words.say("staff-counter-taken"));
            StatusCode::CONFLICT
        }
        Err(Stop::Refused(refusal)) => {
            page.refused = Some(words.say(refusal.key()));
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Err(stop) => return Err(stop.into()),
    };
    show(status, &page)
}

/// POST /werk/balie/afspraak/{number}/afzeggen
pub(crate) async fn cancel_visit(
    State(door): State<Door>,
    worker: Worker,
    Path(number): Path<String>,
    Typed(filled): Typed<Filled>,
) -> Answer {
    let contact = item::contact(&door.desk, &number).await?.id;
    let agent = worker.agent.clone();
    let cancelled = match filled.sure.as_str() {
        "ja" => {
            let act = door.desk.act(move |tx, house, now| {
                desk::cancel_visit(tx, house, now, contact, Some(&agent))
            });
            act.await
        }
        _ => Err(Refusal::NotSure.into()),
    };
    match cancelled {
        Ok(done) => {
            let item = format!("/werk/contacten/{}?gedaan=afgezegd", done.number);
            Ok(see_other(&worker.frame(&door, Section::Work).href(&item)))
        }
        Err(stop) => stopped((&door, &worker), &number, ("afzeggen", &Deed::default()), stop).await,
    }
}

async fn page(
    door: &Door,
    worker: &Worker,
    number: &str,
    asked: &Filled,
) -> Result<Moving, Failure> {
    let item = item::find(door, worker, number).await?;
    let (words, contact) = (worker.words, item.contact.id);
    let house = door.desk.house();
    let wanted = asked.dag.parse().ok();
    let read = door.desk.read(move |tx, house, now| {
        let Some(visit) = desk::visit_of(tx, contact)? else { return Ok(None) };
        let by = Booker::Employee;
        let products = visit.products.clone();
        let wish = Wish { products, persons: visit.persons, by, desk: None };
        let day = wanted.unwrap_or_else(|| house.day(visit.slot.from)).max(house.day(now));
        let shown = panel(&words, house, now, &visit);
        let found = match shown.to_come {
            true => free(tx, (house, now), &wish, day, Some(visit.id))?,
            false => Vec::new(),
        };
        Ok(Some((shown, day, found)))
    });
    let (visit, day, found) = read.await?.ok_or(Failure::NOT_FOUND)?;
    let mut frame = worker.frame(door, Section::Counter);
    frame.path = format!("/werk/balie/afspraak/{number}");
    Ok(Moving {
        number: number.to_owned(),
        who: said::who(&words, &item.contact.name, &item.contact.email),
        visit,
        day: day.to_string(),
        times: times(&words, house.zone(), &found, &asked.time),
        near: Vec::new(),
        refused: None,
        frame,
    })
}
