//! Registering by hand what came in by telephone, at the counter, by post or anywhere else.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use desk::{Agent, Desk, Done, House, Stop, Tx};
use jiff::Timestamp;
use promises::Refusal;
use serde::Deserialize;

use super::register_check::{Filled, Ready, check};
use super::{Worker, item_page, said, seen};
use crate::door::Door;
use crate::pages::{Earlier, Register, RegisterProblem, RegisterTyped, Registered, Section};
use crate::site::{Answer, Failure, Typed, day, see_other, show, why};

/// What the address may add: the number of what was just registered.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Added {
    nummer: String,
}

/// GET /werk/registreren
pub(crate) async fn register_form(
    State(door): State<Door>,
    worker: Worker,
    Query(added): Query<Added>,
) -> Answer {
    let zone = door.desk.house().zone().clone();
    let here = door.desk.now().to_zoned(zone);
    let (date, time) = (here.date().to_string(), here.strftime("%H:%M").to_string());
    let mut page = page(&door, &worker, RegisterTyped::at(&date, &time), Vec::new());
    page.registered = registered(&door, &worker, added.nummer).await?;
    show(StatusCode::OK, &page)
}

/// POST /werk/registreren
pub(crate) async fn register(
    State(door): State<Door>,
    worker: Worker,
    Typed(filled): Typed<Filled>,
) -> Answer {
    let typed = filled.typed();
    let now = door.desk.now();
    let problems = match check(&typed, now, door.desk.house().norms(now)) {
        Err(problems) => problems,
        Ok(ready) if filled.anyway.is_empty() && ready.earlier.is_none() => {
            let alike = alike(&door, &worker, &ready).await?;
            if !alike.is_empty() {
                let page = Register { alike, ..page(&door, &worker, typed, Vec::new()) };
                return show(StatusCode::UNPROCESSABLE_ENTITY, &page);
            }
            return taken_down(&door, &worker, typed, ready).await;
        }
        Ok(ready) => return taken_down(&door, &worker, typed, ready).await,
    };
    show(StatusCode::UNPROCESSABLE_ENTITY, &page(&door, &worker, typed, problems))
}

/// What is open already of the same person.
async fn alike(door: &Door, worker: &Worker, ready: &Ready) -> Result<Vec<Earlier>, Failure> {
    let (email, phone) = (ready.arrival.email.clone(), ready.arrival.phone.clone());
    let read = door.desk.read(move |tx, house, _| desk::alike(tx, house, (&email, &phone)));
    let norms = door.desk.house().norms(door.desk.now());
    let alike = read.await?;
    if !alike.is_empty() {
        seen::searched(door, worker, alike.len()).await?;
    }
    Ok(alike.iter().map(|it| item_page::listed(&worker.words, norms, it)).collect())
}

async fn taken_down(door: &Door, worker: &Worker, typed: RegisterTyped, ready: Ready) -> Answer {
    let problem = match take_down(&door.desk, worker.agent.clone(), ready).await {
        Ok(done) => {
            let frame = worker.frame(door, Section::Register);
            let back = format!("/werk/registreren?nummer={}", done.number);
            return Ok(see_other(&frame.href(&back)));
        }
        Err(Stop::Refused(Refusal::NotFound)) => RegisterProblem::EarlierUnknown,
        Err(Stop::Refused(Refusal::NotYours)) => RegisterProblem::NotYours,
        Err(Stop::Refused(Refusal::TextTooLong)) => RegisterProblem::TextTooLong,
        Err(Stop::Refused(Refusal::TextEmpty)) => RegisterProblem::SubjectMissing,
        Err(stop) => return Err(stop.into()),
    };
    show(StatusCode::UNPROCESSABLE_ENTITY, &page(door, worker, typed, vec![problem]))
}

async fn take_down(desk: &Desk, agent: Agent, ready: Ready) -> Result<Done, Stop> {
    desk.act(move |tx: &mut Tx<'_>, house: &House, now: Timestamp| {
        let Ready { arrival, reply, earlier } = &ready;
        let Some(earlier) = earlier else {
            return desk::register(tx, house, now, &agent, arrival, reply.as_ref());
        };
        let contact = desk::contact_by_number(tx, house, earlier)?.ok_or(Refusal::NotFound)?;
        let joins = (contact.id, arrival);
        desk::join_by_hand(tx, house, now, &agent, joins, reply.as_ref())
    })
    .await
}

fn page(
    door: &Door,
    worker: &Worker,
    typed: RegisterTyped,
    problems: Vec<RegisterProblem>,
) -> Register {
    let mut frame = worker.frame(door, Section::Register);
    frame.path = "/werk/registreren".to_owned();
    let norms = door.desk.house().norms(door.desk.now());
    let channels = said::channels_of(norms);
    let facets = said::facets_of(norms, &typed.facets);
    Register { frame, channels, facets, typed, problems, registered: None, alike: Vec::new() }
}

async fn registered(
    door: &Door,
    worker: &Worker,
    number: String,
) -> Result<Option<Registered>, Failure> {
    if number.is_empty() {
        return Ok(None);
    }
    let found = door.desk.read(move |tx, house, now| desk::item(tx, house, now, &number)).await?;
    let norms = door.desk.house().norms(door.desk.now());
    Ok(found.map(|item| {
        let situation = item.situation();
        let due = situation.next().map(|promise| &promise.due);
        Registered {
            due: due.and_then(|due| day(&worker.words, norms, due)),
            why: due.and_then(|due| why(&worker.words, norms, due)),
            number: item.number,
        }
    }))
}
