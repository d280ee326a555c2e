//! The calendars of desks: a secret link is made, shown once, renewed and ended.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use desk::{Lead, Right, Stop, TokenSecret, Work};
use promises::Refusal;

use super::Worker;
use crate::door::Door;
use crate::pages::{FeedRow, Feeds, MadeConnection, Section};
use crate::site::{Answer, Failure, see_other, show};

/// Where the calendars are.
const PATH: &str = "/werk/balie/agendas";

/// GET /werk/balie/agendas
pub(crate) async fn feeds(State(door): State<Door>, worker: Worker<Work>) -> Answer {
    show(StatusCode::OK, &page(&door, &worker).await?)
}

/// POST /werk/balie/agendas/{desk}
pub(crate) async fn renew_feed(
    State(door): State<Door>,
    worker: Worker<Lead>,
    Path(desk): Path<String>,
) -> Answer {
    let secret = TokenSecret::new(&door.desk.random());
    let (agent, made, of) = (worker.agent.clone(), secret.clone(), desk.clone());
    let making = door
        .desk
        .write(move |tx, house, now| desk::renew_feed(tx, house, now, &agent, (&of, &made)));
    match making.await {
        Ok(()) => {}
        Err(Stop::Refused(Refusal::NoSuchDesk)) => return Err(Failure::NOT_FOUND),
        Err(stop) => return Err(stop.into()),
    }
    let house = door.desk.house();
    let appointments = &house.norms(door.desk.now()).appointments;
    let link = format!("{}/agenda/{}.ics", house.site, secret.text());
    let made = MadeConnection { name: appointments.desk_name(&desk).to_owned(), secret: link };
    // A secret is shown once, so this page is not one to come back to.
    show(StatusCode::OK, &Feeds { made: Some(made), ..page(&door, &worker).await? })
}

/// POST /werk/balie/agendas/{desk}/eind
pub(crate) async fn end_feed(
    State(door): State<Door>,
    worker: Worker<Lead>,
    Path(desk): Path<String>,
) -> Answer {
    let agent = worker.agent.clone();
    door.desk.write(move |tx, _, now| desk::end_feed(tx, now, &agent, &desk)).await?;
    Ok(see_other(&worker.frame(&door, Section::Counter).href(PATH)))
}

async fn page(door: &Door, worker: &Worker<impl Right>) -> Result<Feeds, Failure> {
    let links = door.desk.read(|tx, _, _| desk::feeds(tx)).await?;
    let (house, words) = (door.desk.house(), &worker.words);
    let row = |desk: &str, name: &str| FeedRow {
        id: desk.to_owned(),
        desk: name.to_owned(),
        since: links
            .iter()
            .find(|link| link.desk == desk)
            .map(|link| words.plain_date(house.day(link.made_at))),
    };
    let appointments = &house.norms(door.desk.now()).appointments;
    let mut rows: Vec<FeedRow> =
        appointments.desks.iter().map(|desk| row(&desk.id, &desk.name)).collect();
    // A desk may stand in the file more than once, for each of its seasons.
    rows.dedup_by(|one, other| one.id == other.id);
    // Of a desk that went from the file the link can still be ended.
    let gone = links.iter().filter(|link| !appointments.desks.iter().any(|it| it.id == link.desk));
    rows.extend(gone.map(|link| row(&link.desk, &link.desk)));
    let mut frame = worker.frame(door, Section::Counter);
    PATH.clone_into(&mut frame.path);
    Ok(Feeds { rows, made: None, frame })
}
