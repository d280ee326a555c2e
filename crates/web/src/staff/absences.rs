//! Noting who is away, and handing their open contacts over.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use desk::{Absence, Anyone, Employee, Right, Stop, Work};
use jiff::civil::Date;
use promises::Refusal;
use serde::Deserialize;

use super::Worker;
use crate::door::Door;
use crate::pages::{AbsenceRow, Absences, Choice, Section};
use crate::site::{Answer, Failure, Typed, see_other, show};

/// An absence as it is typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Filled {
    employee: String,
    first: String,
    last: String,
    stand_in: String,
    hand_over: String,
}

/// GET /werk/afwezig
pub(crate) async fn absences(State(door): State<Door>, worker: Worker<Anyone>) -> Answer {
    let today = door.desk.house().day(door.desk.now()).to_string();
    let me = worker.agent.id().to_string();
    let filled = Filled { employee: me, first: today, ..Filled::default() };
    show(StatusCode::OK, &page(&door, &worker, &filled, None).await?)
}

/// POST /werk/afwezig
pub(crate) async fn note_absence(
    State(door): State<Door>,
    worker: Worker<Anyone>,
    Typed(filled): Typed<Filled>,
) -> Answer {
    let Some(absence) = filled.read() else {
        let why = worker.words.say("staff-unclear-date");
        return show(
            StatusCode::UNPROCESSABLE_ENTITY,
            &page(&door, &worker, &filled, Some(why)).await?,
        );
    };
    let hands_over = filled.hand_over == "ja";
    let (agent, why) = (worker.agent.clone(), worker.words.say("staff-absence-note"));
    let (employee, to) = (absence.employee, absence.stand_in.filter(|_| hands_over));
    let by = agent.clone();
    let done = async {
        // Nothing is noted when what goes with it may not be.
        let gives = to.map(|to| agent.with::<Work>().map(|agent| (agent, to))).transpose()?;
        door.desk
            .write(move |tx, house, now| desk::set_absence(tx, house, now, &by, &absence))
            .await?;
        let Some((agent, to)) = gives else { return Ok(()) };
        let mut left = true;
        while left {
            let (agent, why) = (agent.clone(), why.clone());
            let handed = door.desk.write(move |tx, house, now| {
                desk::hand_over_all(tx, house, now, &agent, (employee, to), &why)
            });
            left = handed.await? == desk::HANDED_OVER_MAX as usize;
        }
        Ok(())
    };
    match done.await {
        Ok(()) => Ok(see_other(&worker.frame(&door, Section::House).href("/werk/afwezig"))),
        Err(Stop::Refused(refusal)) => {
            let why = worker.words.say(key(refusal));
            show(StatusCode::UNPROCESSABLE_ENTITY, &page(&door, &worker, &filled, Some(why)).await?)
        }
        Err(stop) => Err(stop.into()),
    }
}

/// POST /werk/afwezig/{id}/weg
pub(crate) async fn remove_absence(
    State(door): State<Door>,
    worker: Worker<Anyone>,
    Path(id): Path<i64>,
) -> Answer {
    let agent = worker.agent.clone();
    door.desk.write(move |tx, house, now| desk::remove_absence(tx, house, now, &agent, id)).await?;
    Ok(see_other(&worker.frame(&door, Section::House).href("/werk/afwezig")))
}

/// Days that are the wrong way round have a sentence of their own here.
fn key(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::DateInPast => "staff-absence-days",
        other => other.key(),
    }
}

impl Filled {
    fn read(&self) -> Option<Absence> {
        Some(Absence {
            id: 0,
            employee: self.employee.parse().ok()?,
            first: self.first.parse().ok()?,
            last: self.last.parse().ok()?,
            stand_in: self.stand_in.parse().ok(),
        })
    }
}

async fn page(
    door: &Door,
    worker: &Worker<impl Right>,
    filled: &Filled,
    problem: Option<String>,
) -> Result<Absences, Failure> {
    let today = door.desk.house().day(door.desk.now());
    let read = door.desk.read(move |tx, _, _| Ok((tx.absences(today)?, tx.employees()?)));
    let (all, employees) = read.await?;
    let mut frame = worker.frame(door, Section::House);
    frame.path = "/werk/afwezig".to_owned();
    let me = worker.agent.id();
    let name = |id: i64| {
        let found = employees.iter().find(|it| it.id == id);
        found.map_or_else(|| worker.words.say("staff-no-name"), |it| it.name.clone())
    };
    let days = |first: Date, last: Date| {
        let (first, last) = (worker.words.short_date(first), worker.words.short_date(last));
        let values = [("first", (&first).into()), ("last", (&last).into())];
        worker.words.say_with("staff-absence-days-of", &values)
    };
    let row = |it: Absence| AbsenceRow {
        id: it.id,
        who: name(it.employee),
        days: days(it.first, it.last),
        stand_in: it.stand_in.map(name),
        now: it.first <= today,
        removable: it.employee == worker.agent.id() || frame.may_lead(),
    };
    // Everybody for who leads, else only oneself; in one's place, who can do the work.
    let away = |it: &Employee| it.closed_at.is_none() && (frame.may_lead() || it.id == me);
    let choices = |chosen: &str, can: &dyn Fn(&Employee) -> bool| {
        let open = employees.iter().filter(|it: &&Employee| can(it));
        open.map(|it| Choice {
            chosen: it.id.to_string() == chosen,
            ..Choice::new(&it.id.to_string(), &it.name)
        })
        .collect::<Vec<_>>()
    };
    let (who, in_place) =
        (choices(&filled.employee, &away), choices(&filled.stand_in, &desk::works_with_residents));
    Ok(Absences {
        rows: all.into_iter().map(row).collect(),
        frame,
        employees: who,
        stand_ins: in_place,
        first: filled.first.clone(),
        last: filled.last.clone(),
        problem,
    })
}
