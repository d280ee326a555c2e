//! Tokens of suppliers: made, seen once, and ended.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use desk::{Administer, ApiToken, NewToken, Scope, Stop, TokenSecret};

use super::Worker;
use super::webhooks::{Asked, listed};
use crate::door::Door;
use crate::pages::{Connection, Connections, MadeConnection, Section, connection_scopes};
use crate::site::{Answer, Failure, Typed, show};

/// What became of a form.
enum Done {
    /// A token was made: what it is called and its secret.
    Made(String, TokenSecret),
    /// It was ended.
    Ended,
}

/// GET /werk/koppelingen
pub(crate) async fn connections(State(door): State<Door>, worker: Worker<Administer>) -> Answer {
    show(StatusCode::OK, &page(&door, &worker, &asked(&[])).await?)
}

/// POST /werk/koppelingen: the fields `name`, `days`, and `scope` for each scope.
pub(crate) async fn make_connection(
    State(door): State<Door>,
    worker: Worker<Administer>,
    Typed(fields): Typed<Vec<(String, String)>>,
) -> Answer {
    let asked = asked(&fields);
    let secret = TokenSecret::new(&door.desk.random());
    let (agent, new, made) = (worker.agent.clone(), asked.clone(), secret.clone());
    let making =
        door.desk.write(move |tx, _, now| desk::make_token(tx, now, Some(&agent), &new, &made));
    let done = making.await.map(|_| Done::Made(asked.name.clone(), secret));
    answer(&door, &worker, &asked, done).await
}

/// POST /werk/koppelingen/{id}/eind
pub(crate) async fn end_connection(
    State(door): State<Door>,
    worker: Worker<Administer>,
    Path(id): Path<i64>,
) -> Answer {
    let agent = worker.agent.clone();
    let ending = door.desk.write(move |tx, _, now| desk::end_token(tx, now, Some(&agent), id));
    answer(&door, &worker, &asked(&[]), ending.await.map(|()| Done::Ended)).await
}

fn asked(fields: &[(String, String)]) -> NewToken {
    let named = |name: &'static str| fields.iter().filter(move |it| it.0 == name).map(|it| &it.1);
    NewToken {
        name: named("name").next().cloned().unwrap_or_default(),
        scopes: named("scope").filter_map(|word| Scope::from_word(word)).collect(),
        days: named("days").next().and_then(|days| days.trim().parse().ok()).unwrap_or_default(),
    }
}

async fn answer(
    door: &Door,
    worker: &Worker<Administer>,
    asked: &NewToken,
    done: Result<Done, Stop>,
) -> Answer {
    let (mut status, words) = (StatusCode::OK, &worker.words);
    let mut page = match &done {
        Err(_) => page(door, worker, asked).await?,
        Ok(_) => page(door, worker, &self::asked(&[])).await?,
    };
    match done {
        Ok(Done::Made(name, secret)) => {
            page.made = Some(MadeConnection { name, secret: secret.text().to_owned() });
        }
        Ok(Done::Ended) => page.frame.done = Some(words.say("staff-connection-ended")),
        Err(Stop::Refused(refusal)) => {
            page.problem = Some(words.say(refusal.key()));
            status = StatusCode::UNPROCESSABLE_ENTITY;
        }
        Err(stop) => return Err(stop.into()),
    }
    // A secret is shown once, so this page is not one to come back to.
    show(status, &page)
}

pub(super) async fn page(
    door: &Door,
    worker: &Worker<Administer>,
    asked: &NewToken,
) -> Result<Connections, Failure> {
    let read = door.desk.read(|tx, _, _| Ok((desk::tokens(tx)?, desk::webhooks(tx)?)));
    let (words, now, zone) = (&worker.words, door.desk.now(), door.desk.house().zone());
    let row = |it: ApiToken| Connection {
        id: it.id,
        is_alive: it.is_alive(now),
        scopes: it.scopes.split(' ').filter_map(Scope::from_word).map(Scope::word).collect(),
        until: words.plain_date(door.desk.house().day(it.ended_at.unwrap_or(it.expires_at))),
        used: it.last_used_at.map(|at| words.short_moment(at, zone)),
        name: it.name,
    };
    let mut frame = worker.frame(door, Section::House);
    frame.path = "/werk/koppelingen".to_owned();
    let (tokens, webhooks) = read.await?;
    Ok(Connections {
        connections: tokens.into_iter().map(row).collect(),
        webhooks: listed(door, worker, webhooks, &Asked::default()),
        name: asked.name.clone(),
        days: if asked.days == 0 { Connections::DAYS } else { asked.days },
        scopes: connection_scopes(words, &asked.scopes),
        made: None,
        problem: None,
        frame,
    })
}
