//! Confirming an appointment by the link in a mail. Opening the link only shows a button: mail
//! programs follow links by themselves.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use desk::{Appointment, Got};

use super::appointment_change::{facts, notes};
use super::{Answer, Failure, Reader, see_other, show};
use crate::door::Door;
use crate::pages::{AppointmentConfirm, ConfirmStep};

/// GET /afspraak/bevestigen/{visit}/{secret}
pub(crate) async fn appointment_confirm_form(
    State(door): State<Door>,
    reader: Reader,
    Path(link): Path<(i64, String)>,
) -> Answer {
    let Some(visit) = asked(&door, &link).await? else { return over(&door, &reader) };
    if let Some(done) = booked_already(&door, &visit).await? {
        return Ok(see_other(&reader.frame(&door).href(&done)));
    }
    if visit.held_until <= door.desk.now() {
        return over(&door, &reader);
    }
    let action = format!("/afspraak/bevestigen/{}/{}", link.0, link.1);
    let page = page(&door, &reader, Some(&visit), ConfirmStep::Confirm(action));
    show(StatusCode::OK, &page)
}

/// POST /afspraak/bevestigen/{visit}/{secret}
pub(crate) async fn appointment_confirm(
    State(door): State<Door>,
    reader: Reader,
    Path(link): Path<(i64, String)>,
) -> Answer {
    if asked(&door, &link).await?.is_none() {
        return over(&door, &reader);
    }
    let visit = link.0;
    let confirmed =
        door.desk.write(move |tx, house, now| desk::confirm_visit(tx, house, now, visit));
    match confirmed.await? {
        Got::Yes(done) => {
            door.desk.post(done.letters);
            let secret = door.desk.house().secret(done.contact, 0);
            let path = format!("/volg/{}/{secret}", done.number);
            Ok(see_other(&reader.frame(&door).href(&path)))
        }
        Got::Taken(_) => over(&door, &reader),
    }
}

/// The page on which somebody waits for the mail, once the appointment is asked for.
pub(super) async fn waiting(
    door: &Door,
    reader: &Reader,
    (visit, contact): (&Appointment, i64),
) -> Answer {
    if visit.held_until <= door.desk.now() {
        return over(door, reader);
    }
    let found = door.desk.read(move |tx, _, _| Ok(tx.contact(contact)?)).await?;
    let email = found.ok_or(Failure::NOT_FOUND)?.email;
    show(StatusCode::OK, &page(door, reader, Some(visit), ConfirmStep::Look(email)))
}

/// The time was not confirmed, and is anybody's again.
pub(super) fn over(door: &Door, reader: &Reader) -> Answer {
    show(StatusCode::GONE, &page(door, reader, None, ConfirmStep::Over))
}

fn page(
    door: &Door,
    reader: &Reader,
    visit: Option<&Appointment>,
    step: ConfirmStep,
) -> AppointmentConfirm {
    let (house, words) = (door.desk.house(), &reader.words);
    let of = |visit: &Appointment| {
        let norms = house.norms(visit.slot.from);
        let until = words.moment(visit.held_until, house.zone());
        (facts(words, house, visit), notes(words, norms, visit), until)
    };
    let (facts, notes, until) = visit.map(of).unwrap_or_default();
    AppointmentConfirm { facts, notes, until, step, frame: reader.frame(door) }
}

/// The visit that a link in a mail is about; nothing when it is gone.
async fn asked(
    door: &Door,
    (visit, secret): &(i64, String),
) -> Result<Option<Appointment>, Failure> {
    if !door.desk.house().is_confirm_secret(*visit, secret) {
        return Err(Failure::NOT_FOUND);
    }
    let id = *visit;
    Ok(door.desk.read(move |tx, _, _| desk::visit(tx, id)).await?)
}

/// The visit that is held under a link, or was; nothing when it is gone.
pub(super) async fn known(
    door: &Door,
    (visit, secret): &(i64, String),
) -> Result<Option<Appointment>, Failure> {
    if !door.desk.house().is_hold_secret(*visit, secret) {
        return Err(Failure::NOT_FOUND);
    }
    let id = *visit;
    Ok(door.desk.read(move |tx, _, _| desk::visit(tx, id)).await?)
}

/// Where an appointment that was made already is followed: the page was opened again.
pub(super) async fn booked_already(
    door: &Door,
    visit: &Appointment,
) -> Result<Option<String>, Failure> {
    let booked = visit.contact.filter(|_| !visit.is_unconfirmed());
    let Some(contact) = booked else { return Ok(None) };
    let found = door.desk.read(move |tx, house, _| {
        let found = tx.contact(contact)?;
        Ok(found.map(|it| house.number(contact, it.received_at)))
    });
    let number = found.await?.ok_or(Failure::NOT_FOUND)?;
    // The link that was given then: whoever has the mail gets no link that was renewed since.
    Ok(Some(format!("/volg/{number}/{}", door.desk.house().secret(contact, 0))))
}
