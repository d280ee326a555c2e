//! What changes while a page is open: the counts of the views, and who else has the same contact on
//! the screen. Server-sent events; a page without them shows how things stood when it was opened.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Path, Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use desk::{Session, Stop, Work};
use futures_util::stream::{Stream, unfold};
use serde::Deserialize;
use serde_json::{Value, json};
use words::Words;

use super::access::session;
use super::work::{counts, tabs};
use super::{Worker, item};
use crate::door::Door;
use crate::pages::WorkTab;
use crate::site::Failure;

/// How often it is looked whether something changed.
const LOOK: Duration = Duration::from_secs(2);
/// After how many looks a page says again that it is open.
const SIGN_EVERY: u32 = 5;
/// After how many looks the views are counted even when nothing happened: the time goes on.
const COUNT_EVERY: u32 = 15;
/// How often one connection looks; the browser then connects anew.
const LOOKS: u32 = 150;

/// What a page with this connection knows.
struct Watcher {
    door: Door,
    worker: Worker,
    session: Session,
    contact: Option<(i64, i64)>,
    looked: u32,
    fact: i64,
    here: Vec<String>,
    told: Vec<(&'static str, Value)>,
}

/// GET /werk/live
pub(crate) async fn live(State(door): State<Door>, worker: Worker, jar: CookieJar) -> Response {
    events(door, (worker, session(&jar)), None)
}

/// The last fact that the page shows: whoever listens again later hears what came meanwhile.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Shown {
    na: i64,
}

/// GET /werk/contacten/{number}/live
pub(crate) async fn live_item(
    State(door): State<Door>,
    worker: Worker,
    jar: CookieJar,
    Path(number): Path<String>,
    Query(shown): Query<Shown>,
) -> Result<Response, Failure> {
    let contact = item::contact(&door.desk, &number).await?.id;
    Ok(events(door, (worker, session(&jar)), Some((contact, shown.na))))
}

fn events(
    door: Door,
    (worker, session): (Worker, Session),
    contact: Option<(i64, i64)>,
) -> Response {
    let (here, told) = (Vec::new(), Vec::new());
    let watcher = Watcher { door, worker, session, contact, looked: 0, fact: -1, here, told };
    let events = Sse::new(stream(watcher)).keep_alive(KeepAlive::default());
    // A proxy that saves up what it hears would tell nothing.
    ([("x-accel-buffering", "no")], events).into_response()
}

fn stream(watcher: Watcher) -> impl Stream<Item = Result<Event, Infallible>> {
    unfold(watcher, |mut watcher| async move {
        loop {
            if watcher.looked > LOOKS || watcher.door.is_closing() {
                return None;
            }
            if let Some((name, data)) = watcher.told.pop() {
                return Some((Ok(Event::default().event(name).data(data.to_string())), watcher));
            }
            if watcher.looked > 0 {
                watcher.door.sleep(LOOK).await;
            }
            watcher.looked += 1;
            match watcher.look().await {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => {
                    tracing::debug!(%error, "a page that is open could not be told what changed");
                }
            }
        }
    })
}

impl Watcher {
    /// Looks once; what changed waits in `told`. False when who listens is not signed in any more,
    /// or may no longer read this.
    async fn look(&mut self) -> Result<bool, Stop> {
        let session = self.session.clone();
        let agent = self.door.desk.read(move |tx, _, now| session.agent(tx, now)).await?;
        if agent.is_none_or(|agent| agent.with::<Work>().is_err()) {
            return Ok(false);
        }
        self.look_at_counts().await?;
        self.look_at_contact().await?;
        Ok(true)
    }

    async fn look_at_counts(&mut self) -> Result<(), Stop> {
        // The page of a contact shows no counts.
        if self.contact.is_some() {
            return Ok(());
        }
        let (me, before) = (self.worker.agent.id(), self.fact);
        let again = self.looked % COUNT_EVERY == 1;
        let read = self.door.desk.read(move |tx, house, now| {
            let fact = tx.last_fact()?;
            let counted =
                if fact != before || again { Some(counts(tx, house, now, me)?) } else { None };
            Ok((fact, counted))
        });
        let (fact, counted) = read.await?;
        self.fact = fact;
        if let Some(counted) = counted {
            let count = |tab: &WorkTab| (tab.view.code().to_owned(), json!(tab.count));
            self.told.push(("counts", Value::Object(tabs(counted).iter().map(count).collect())));
        }
        Ok(())
    }

    async fn look_at_contact(&mut self) -> Result<(), Stop> {
        let Some((contact, seen)) = self.contact else { return Ok(()) };
        let agent = self.worker.agent.clone();
        if self.looked % SIGN_EVERY == 1 {
            let me = agent.id();
            self.door.desk.write(move |tx, _, now| Ok(tx.looks((contact, me), now)?)).await?;
        }
        let read = self.door.desk.read(move |tx, _, now| {
            Ok((desk::others_at(tx, now, &agent, contact)?, tx.last_fact_of(contact)?))
        });
        let (others, last) = read.await?;
        let words = self.worker.words;
        let said = others.iter().map(|(other, types)| sentence(&words, &other.name, *types));
        let said = said.collect::<Vec<_>>();
        if said != self.here {
            self.told.push(("here", json!(said)));
            self.here = said;
        }
        if last > seen {
            self.contact = Some((contact, last));
            self.told.push(("changed", json!(words.say("staff-changed"))));
        }
        Ok(())
    }
}

fn sentence(words: &Words, name: &str, types: bool) -> String {
    words.say1(if types { "staff-here-typing" } else { "staff-here" }, "who", name)
}
