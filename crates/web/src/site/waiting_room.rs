//! The screen of the waiting room: which number is called to which desk, and nothing of a person.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use desk::CalledVisit;

use super::{Answer, Reader, show};
use crate::door::Door;
use crate::pages::{CalledNumber, WaitingRoom};

/// GET /wachtruimte
pub(crate) async fn waiting_room(State(door): State<Door>, reader: Reader) -> Answer {
    let called = door.desk.read(desk::on_screen).await?;
    let norms = door.desk.house().norms(door.desk.now());
    let zone = door.desk.house().zone();
    let row = |it: CalledVisit| CalledNumber {
        number: it.ticket,
        desk: norms.appointments.desk_name(&it.desk).to_owned(),
        at: reader.words.time(it.called_at.to_zoned(zone.clone()).time()),
    };
    let calls = called.into_iter().map(row).collect();
    let page = WaitingRoom { frame: reader.frame(&door), calls };
    let shown = show(StatusCode::OK, &page)?;
    Ok(([(header::CACHE_CONTROL, "no-store")], shown).into_response())
}
