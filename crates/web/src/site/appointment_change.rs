//! An appointment on the page where it is followed: what it is, moving it, calling it off.

use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use desk::{Appointment, Got, House, Stop};
use jiff::Timestamp;
use norms::{Norms, Product};
use promises::Refusal;
use words::Words;

use super::appointment::{Asked, When, moment};
use super::follow::{Link, find, path_of};
use super::{Answer, Failure, Reader, Typed, see_other, show};
use crate::door::Door;

/// GET /volg/{number}/{secret}/verzetten
pub(crate) async fn appointment_move_form(
    State(door): State<Door>,
    reader: Reader,
    Path(link): Link,
    Query(asked): Query<Asked>,
) -> Answer {
    let (contact, visit) = followed(&door, &link).await?;
    if !can_change(&visit, door.desk.now()) {
        return Ok(see_other(&reader.frame(&door).href(&path_of(&link))));
    }
    let norms = door.desk.house().norms(door.desk.now());
    let when = When::moving(&door, norms, (&visit, contact), &link)?;
    show(StatusCode::OK, &when.page(&reader, asked.dag.parse().ok(), None).await?)
}

/// POST /volg/{number}/{secret}/verzetten
pub(crate) async fn appointment_move(
    State(door): State<Door>,
    reader: Reader,
    Path(link): Link,
    Typed(chosen): Typed<Asked>,
) -> Answer {
    let (contact, visit) = followed(&door, &link).await?;
    let norms = door.desk.house().norms(door.desk.now());
    let when = When::moving(&door, norms, (&visit, contact), &link)?;
    let back = reader.frame(&door).href(&path_of(&link));
    let Some(at) = moment(&chosen.tijd) else { return Ok(see_other(&back)) };
    let moved = door
        .desk
        .write(move |tx, house, now| desk::move_visit(tx, house, now, (contact, at), None));
    match moved.await {
        Ok(Got::Yes(done)) => {
            door.desk.post(done.letters);
            Ok(see_other(&back))
        }
        Ok(Got::Taken(near)) => {
            let day = Some(door.desk.house().day(at));
            let page = when.page(&reader, day, Some(("appointment-gone", near))).await?;
            show(StatusCode::CONFLICT, &page)
        }
        // It began, or was called off, meanwhile: the page says how it stands.
        Err(Stop::Refused(Refusal::AppointmentOver)) => Ok(see_other(&back)),
        Err(stop) => Err(stop.into()),
    }
}

/// POST /volg/{number}/{secret}/afzeggen
pub(crate) async fn appointment_cancel(
    State(door): State<Door>,
    reader: Reader,
    Path(link): Link,
) -> Answer {
    let (contact, _) = followed(&door, &link).await?;
    let done =
        door.desk.act(move |tx, house, now| desk::cancel_visit(tx, house, now, contact, None));
    match done.await {
        Ok(_) | Err(Stop::Refused(Refusal::AppointmentOver)) => {
            Ok(see_other(&reader.frame(&door).href(&path_of(&link))))
        }
        Err(stop) => Err(stop.into()),
    }
}

/// GET /volg/{number}/{secret}/afspraak.ics: the appointment for a calendar.
pub(crate) async fn appointment_calendar(State(door): State<Door>, Path(link): Link) -> Answer {
    let (contact, _) = followed(&door, &link).await?;
    let file = door.desk.read(move |tx, house, now| desk::calendar_of(tx, house, now, contact));
    let file = file.await?.ok_or(Failure::NOT_FOUND)?;
    let kind = "text/calendar; charset=utf-8";
    let name = "attachment; filename=\"afspraak.ics\"";
    let headers = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, file).into_response())
}

/// Whether a resident can still change an appointment.
pub(super) fn can_change(visit: &Appointment, now: Timestamp) -> bool {
    visit.state == desk::VisitState::Booked && visit.slot.from > now
}

/// What is said of an appointment: label and value.
pub(super) fn facts(words: &Words, house: &House, visit: &Appointment) -> Vec<(String, String)> {
    let norms = house.norms(visit.slot.from);
    let names = products(norms, visit).map(|it| it.name(words.lang().code()).to_owned());
    let minutes = visit.slot.to.duration_since(visit.slot.from).as_mins();
    let mut facts = vec![
        (words.say("letter-visit-for"), names.collect::<Vec<_>>().join(", ")),
        (words.say("letter-visit-when"), words.moment(visit.slot.from, house.zone())),
        (words.say("letter-visit-lasts"), words.count("letter-visit-minutes", minutes)),
        (words.say("letter-visit-where"), words.say1("letter-visit-place", "name", house.name())),
    ];
    if visit.persons > 1 {
        facts.push((words.say("letter-visit-persons"), visit.persons.to_string()));
    }
    facts
}

/// What to bring and what it costs, in words.
pub(super) fn notes(words: &Words, norms: &Norms, visit: &Appointment) -> Vec<String> {
    notes_of(words, &products(norms, visit).collect::<Vec<_>>())
}

/// The same of products; where there are several, each says of which it is.
pub(super) fn notes_of(words: &Words, products: &[&Product]) -> Vec<String> {
    let lang = words.lang().code();
    let mut notes = Vec::new();
    for product in products {
        let texts = [
            ("letter-visit-bring", product.bring(lang)),
            ("letter-visit-cost", product.cost(lang)),
        ];
        for (key, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
            let said = words.say1(key, "text", text);
            notes.push(match products.len() {
                1 => said,
                _ => format!("{}: {said}", product.name(lang)),
            });
        }
    }
    notes
}

fn products<'a>(norms: &'a Norms, visit: &'a Appointment) -> impl Iterator<Item = &'a Product> {
    visit.products.iter().filter_map(|id| norms.appointments.product(id))
}

/// The contact and the appointment of a follow link.
async fn followed(door: &Door, link: &(String, String)) -> Result<(i64, Appointment), Failure> {
    let contact = find(&door.desk, link).await?.contact.id;
    let visit = door.desk.read(move |tx, _, _| desk::visit_of(tx, contact)).await?;
    Ok((contact, visit.ok_or(Failure::NOT_FOUND)?))
}
