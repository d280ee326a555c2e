//! Teams and who is in them.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use desk::{Anyone, Lead, Right, Stop};
use promises::Refusal;

use super::Worker;
use crate::door::Door;
use crate::pages::{Choice, Section, TeamForm, Teams};
use crate::site::{Answer, Failure, Typed, see_other, show};

/// A team as it comes in: the fields `name`, `questions`, and `member` for each member.
struct Filled {
    name: String,
    questions: String,
    members: Vec<i64>,
}

impl Filled {
    fn read(fields: &[(String, String)]) -> Filled {
        let named = |name: &'static str| fields.iter().filter(move |it| it.0 == name);
        let text = |name| named(name).next().map(|it| it.1.clone()).unwrap_or_default();
        Filled {
            name: text("name"),
            questions: text("questions"),
            members: named("member").filter_map(|it| it.1.parse().ok()).collect(),
        }
    }
}

/// GET /werk/teams
pub(crate) async fn teams(State(door): State<Door>, worker: Worker<Anyone>) -> Answer {
    show(StatusCode::OK, &page(&door, &worker).await?)
}

/// POST /werk/teams
pub(crate) async fn add_team(
    State(door): State<Door>,
    worker: Worker<Lead>,
    Typed(fields): Typed<Vec<(String, String)>>,
) -> Answer {
    keep(&door, &worker, None, Filled::read(&fields)).await
}

/// POST /werk/teams/{id}
pub(crate) async fn change_team(
    State(door): State<Door>,
    worker: Worker<Lead>,
    Path(id): Path<i64>,
    Typed(fields): Typed<Vec<(String, String)>>,
) -> Answer {
    keep(&door, &worker, Some(id), Filled::read(&fields)).await
}

async fn keep(door: &Door, worker: &Worker<Lead>, team: Option<i64>, filled: Filled) -> Answer {
    let Filled { name, questions, members } = filled;
    let agent = worker.agent.clone();
    let typed = (name.clone(), questions.clone());
    let chosen = members.clone();
    let kept = door
        .desk
        .write(move |tx, _, now| {
            let team = desk::keep_team(tx, now, &agent, team, (name.as_str(), &members))?;
            desk::keep_questions(tx, &agent, team, &questions)
        })
        .await;
    let kept = match kept {
        // A colleague made one with this name at this very moment.
        Err(Stop::Storage(error)) if error.is_taken() => Err(Refusal::TeamNameTaken.into()),
        other => other,
    };
    match kept {
        Ok(_) => Ok(see_other(&worker.frame(door, Section::House).href("/werk/teams"))),
        Err(Stop::Refused(refusal)) => {
            let mut page = page(door, worker).await?;
            page.problem = Some(worker.words.say(refusal.key()));
            // What was typed stands where it was typed.
            let form = match team {
                None => Some(&mut page.fresh),
                Some(id) => page.teams.iter_mut().find(|it| it.id == id),
            };
            if let Some(form) = form {
                (form.name, form.questions) = typed;
                for member in &mut form.members {
                    member.chosen = chosen.iter().any(|id| id.to_string() == member.value);
                }
            }
            show(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(stop) => Err(stop.into()),
    }
}

async fn page(door: &Door, worker: &Worker<impl Right>) -> Result<Teams, Failure> {
    let read = door.desk.read(|tx, _, _| {
        let mut teams = Vec::new();
        for team in tx.teams()? {
            let members = tx.members(team.id)?;
            teams.push((team, members));
        }
        Ok((teams, tx.employees()?))
    });
    let (teams, employees) = read.await?;
    let choices = |members: &[i64]| {
        // Who has left and is still in it is shown, to be taken out.
        let shown = employees
            .iter()
            .filter(|it| desk::works_with_residents(it) || members.contains(&it.id));
        let choice = |it: &desk::Employee| Choice {
            chosen: members.contains(&it.id),
            ..Choice::new(&it.id.to_string(), &it.name)
        };
        shown.map(choice).collect::<Vec<_>>()
    };
    let form = |(team, members): (desk::Team, Vec<i64>)| TeamForm {
        id: team.id,
        name: team.name,
        questions: team.questions,
        members: choices(&members),
    };
    let mut frame = worker.frame(door, Section::House);
    frame.path = "/werk/teams".to_owned();
    let fresh =
        TeamForm { id: 0, name: String::new(), questions: String::new(), members: choices(&[]) };
    Ok(Teams { frame, teams: teams.into_iter().map(form).collect(), fresh, problem: None })
}
