//! What changes while a page is open: the counts of the views, who else has the same contact on the
//! screen, and what happens to the call that somebody is in. Server-sent events; a page without
//! them shows how things stood when it was opened.

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

/// What the page is about.
#[derive(Clone, Copy)]
enum Shows {
    /// The list of the work.
    Work,
    /// A contact, and the last fact of it that stands there.
    Contact(i64, i64),
    /// A telephone call, and how many events of it were heard.
    Call(i64, u32),
}

/// What a page with this connection knows.
struct Watcher {
    door: Door,
    worker: Worker,
    session: Session,
    shows: Shows,
    looked: u32,
    fact: i64,
    here: Vec<String>,
    told: Vec<(&'static str, Value)>,
}

/// GET /werk/live
pub(crate) async fn live(State(door): State<Door>, worker: Worker, jar: CookieJar) -> Response {
    events(door, (worker, &jar), Shows::Work)
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
    Ok(events(door, (worker, &jar), Shows::Contact(contact, shown.na)))
}

/// The call that a page is about, and how many events of it were heard then.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct InCall {
    oproep: i64,
    na: u32,
}

/// GET /werk/gesprek/live
pub(crate) async fn live_call(
    State(door): State<Door>,
    worker: Worker,
    jar: CookieJar,
    Query(call): Query<InCall>,
) -> Response {
    events(door, (worker, &jar), Shows::Call(call.oproep, call.na))
}

fn events(door: Door, (worker, jar): (Worker, &CookieJar), shows: Shows) -> Response {
    let session = session(&door, jar);
    let (here, told) = (Vec::new(), Vec::new());
    let watcher = Watcher { door, worker, session, shows, looked: 0, fact: -1, here, told };
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
        match self.shows {
            Shows::Work => self.look_at_counts().await?,
            Shows::Contact(contact, seen) => self.look_at_contact(contact, seen).await?,
            Shows::Call(call, heard) => self.look_at_call(call, heard).await?,
        }
        Ok(true)
    }

    async fn look_at_counts(&mut self) -> Result<(), Stop> {
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

    async fn look_at_call(&mut self, call: i64, heard: u32) -> Result<(), Stop> {
        let call = self.door.desk.read(move |tx, _, _| Ok(tx.phone_call(call)?)).await?;
        if let Some(call) = call.filter(|it| it.heard > heard) {
            self.shows = Shows::Call(call.id, call.heard);
            let is_over = call.record.ended_at.is_some();
            // Of a call that we do not steer, only its end matters to who is in it.
            if is_over || !call.state.is_empty() {
                let key = if is_over { "staff-phone-over" } else { "staff-phone-changed" };
                self.told.push(("changed", json!(self.worker.words.say(key))));
            }
        }
        Ok(())
    }

    async fn look_at_contact(&mut self, contact: i64, seen: i64) -> Result<(), Stop> {
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
            self.shows = Shows::Contact(contact, last);
            self.told.push(("changed", json!(words.say("staff-changed"))));
        }
        Ok(())
    }
}

fn sentence(words: &Words, name: &str, types: bool) -> String {
    words.say1(if types { "staff-here-typing" } else { "staff-here" }, "who", name)
}
