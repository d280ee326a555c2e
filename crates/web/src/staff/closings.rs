//! Desks that are closed for a while: listed, closed and opened again.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use desk::{CounterBlock, Lead, Right, Stop, Work};
use promises::Refusal;
use promises::counter::Block;
use serde::Deserialize;

use super::Worker;
use super::disruptions::{moment, parts};
use crate::door::Door;
use crate::pages::{Choice, ClosingRow, ClosingTyped, Closings, Section};
use crate::site::{Answer, Failure, Typed, see_other, show};

/// Where the closings are.
const PATH: &str = "/werk/balie/sluitingen";

/// A closing as it is typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Filled {
    desk: String,
    from_date: String,
    from_time: String,
    to_date: String,
    to_time: String,
    why: String,
}

impl Filled {
    fn typed(self) -> ClosingTyped {
        let line = |text: String| text.trim().to_owned();
        ClosingTyped {
            from: [self.from_date, self.from_time].map(line),
            to: [self.to_date, self.to_time].map(line),
            why: line(self.why),
        }
    }
}

/// GET /werk/balie/sluitingen
pub(crate) async fn closings(State(door): State<Door>, worker: Worker<Work>) -> Answer {
    let from = parts(door.desk.now(), door.desk.house().zone());
    let typed = ClosingTyped { from, ..ClosingTyped::default() };
    show(StatusCode::OK, &page(&door, &worker, "", typed).await?)
}

/// POST /werk/balie/sluitingen
pub(crate) async fn close_desk(
    State(door): State<Door>,
    worker: Worker<Lead>,
    Typed(filled): Typed<Filled>,
) -> Answer {
    let (desk, typed) = (filled.desk.clone(), filled.typed());
    let zone = door.desk.house().zone();
    let refusal = match (moment(&typed.from, zone), moment(&typed.to, zone)) {
        (Some(from), Some(to)) => {
            let (agent, why) = (worker.agent.clone(), typed.why.clone());
            let block = Block { desk: Some(desk.clone()).filter(|it| !it.is_empty()), from, to };
            let write = door.desk.write(move |tx, house, now| {
                desk::close_desk(tx, house, now, &agent, (&block, &why))
            });
            match write.await {
                Ok(_) => return Ok(see_other(&worker.frame(&door, Section::Counter).href(PATH))),
                Err(Stop::Refused(refusal)) => refusal,
                Err(stop) => return Err(stop.into()),
            }
        }
        _ => Refusal::SpanWrong,
    };
    let refused = Some(worker.words.say(refusal.key()));
    let page = Closings { refused, ..page(&door, &worker, &desk, typed).await? };
    show(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// POST /werk/balie/sluitingen/{id}/weg
pub(crate) async fn open_desk(
    State(door): State<Door>,
    worker: Worker<Lead>,
    Path(id): Path<i64>,
) -> Answer {
    let agent = worker.agent.clone();
    door.desk.write(move |tx, _, now| desk::open_desk(tx, now, &agent, id)).await?;
    Ok(see_other(&worker.frame(&door, Section::Counter).href(PATH)))
}

async fn page(
    door: &Door,
    worker: &Worker<impl Right>,
    desk: &str,
    typed: ClosingTyped,
) -> Result<Closings, Failure> {
    let read = door
        .desk
        .read(|tx, _, now| Ok((desk::closings(tx, now)?, desk::visits_to_call(tx, now)?.len())));
    let (all, to_call) = read.await?;
    let (house, words) = (door.desk.house(), &worker.words);
    let appointments = &house.norms(door.desk.now()).appointments;
    let row = |it: CounterBlock| {
        let [from, to] =
            [it.block.from, it.block.to].map(|at| words.short_moment(at, house.zone()));
        ClosingRow {
            id: it.id,
            desk: it.block.desk.map(|id| appointments.desk_name(&id).to_owned()),
            span: format!("{from} – {to}"),
            why: it.why,
        }
    };
    let mut frame = worker.frame(door, Section::Counter);
    PATH.clone_into(&mut frame.path);
    let choice = |id: &str, name: &str| Choice { chosen: id == desk, ..Choice::new(id, name) };
    Ok(Closings {
        rows: all.into_iter().map(row).collect(),
        desks: appointments.desks.iter().map(|it| choice(&it.id, &it.name)).collect(),
        typed,
        to_call,
        refused: None,
        frame,
    })
}
