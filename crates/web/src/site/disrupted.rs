//! The disruptions every page tells of, kept in memory as they were read last.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use desk::{Disruption, Stop};
use jiff::{SignedDuration, Timestamp};
use words::{Lang, Words};

use crate::door::Door;
use crate::pages::{Disrupted, way_key};

/// How old the copy may be while this process writes nothing, in seconds: other processes may
/// write too. Also how old it may be for what answers a form.
const AGE_SECONDS_MAX: i64 = 5;
/// How long a page waits for the disruptions, in milliseconds; then it tells of those it knows.
const WAIT_MILLIS_MAX: u64 = 500;
/// Addresses for machines, which show no disruptions.
const FOR_MACHINES: [&str; 5] = ["/static/", "/healthz", "/readyz", "/metrics", "/robots.txt"];

/// The disruptions, and how far the chain of facts was, as they were read last. A copy only: the
/// truth stands in the database.
#[derive(Default)]
pub(crate) struct Known {
    copy: RwLock<Arc<Copied>>,
    reading: tokio::sync::Mutex<()>,
}

/// One reading.
#[derive(Clone, Default)]
pub(crate) struct Copied {
    /// How far the chain of facts was: a page that was made at the same fact need not be made
    /// anew. A draft that is kept, or who looks at what, is no fact.
    pub(super) fact: i64,
    commits: u64,
    at: Option<Timestamp>,
    pub(super) list: Vec<Disruption>,
}

impl Known {
    /// The disruptions as they were read last.
    pub(crate) fn copy(&self) -> Arc<Copied> {
        Arc::clone(&self.copy.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads them again when the copy is too old, or `at_once` when anything was written. Who comes
    /// while they are read goes on with what is known.
    async fn refresh(&self, door: &Door, at_once: bool) {
        let (commits, now, copy) = (door.desk.commits(), door.desk.now(), self.copy());
        if copy.is_young(now) && (copy.commits == commits || !at_once) {
            return;
        }
        let Ok(_reading) = self.reading.try_lock() else { return };
        let read = door
            .desk
            .read(|tx, _, now| Ok((tx.last_fact()?, desk::published_disruptions(tx, now)?)));
        let answer = tokio::time::timeout(Duration::from_millis(WAIT_MILLIS_MAX), read).await;
        let before = self.copy();
        let (fact, list) = match answer.unwrap_or_else(|_| Err(Stop::from(slow()))) {
            Ok(read) => read,
            // A page goes on without news; the database is asked again when this copy is old.
            Err(stop) => {
                tracing::error!("the disruptions are not known: {stop}");
                (before.fact, before.list.clone())
            }
        };
        let copied = Copied { fact, commits, at: Some(now), list };
        *self.copy.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(copied);
    }
}

fn slow() -> desk::StorageError {
    desk::StorageError::other("the database does not answer in time")
}

impl Copied {
    fn is_young(&self, now: Timestamp) -> bool {
        let at = self.at.filter(|at| *at <= now);
        at.is_some_and(|at| now.duration_since(at) < SignedDuration::from_secs(AGE_SECONDS_MAX))
    }

    /// Those that last.
    pub(super) fn lasting(&self, now: Timestamp) -> impl Iterator<Item = &Disruption> {
        self.list.iter().filter(move |disruption| disruption.lasts(now))
    }
}

/// Sees to it that a page knows the disruptions before it is made.
pub(crate) async fn informed(State(door): State<Door>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if !FOR_MACHINES.iter().any(|start| path.starts_with(start)) {
        // What answers a form is seldom a page.
        let at_once = request.method().is_safe();
        door.disruptions.refresh(&door, at_once).await;
    }
    next.run(request).await
}

/// The disruptions that last, in the words of a reader.
pub(crate) fn notices(door: &Door, words: &Words) -> Vec<Disrupted> {
    let (now, copy) = (door.desk.now(), door.disruptions.copy());
    copy.lasting(now).map(|disruption| disrupted(door, words, disruption)).collect()
}

/// A disruption in the words of a reader.
pub(super) fn disrupted(door: &Door, words: &Words, disruption: &Disruption) -> Disrupted {
    let (now, zone) = (door.desk.now(), door.desk.house().zone());
    let (lang, text) = disruption.text(words.lang().code());
    let moment = |at: Timestamp| words.short_moment(at, zone);
    Disrupted {
        id: disruption.id,
        ways: ways(words, disruption),
        text: text.to_owned(),
        lang: Lang::from_code(lang).unwrap_or_default(),
        since: moment(disruption.since),
        expected: disruption.expected.filter(|at| *at > now).map(moment),
    }
}

/// "telefoon, balie"; in one word when it is everything.
pub(crate) fn ways(words: &Words, disruption: &Disruption) -> String {
    if disruption.ways.len() == desk::ContactWay::ALL.len() {
        return words.say("site-way-all");
    }
    let names: Vec<String> = disruption.ways.iter().map(|way| words.say(way_key(*way))).collect();
    names.join(", ")
}
