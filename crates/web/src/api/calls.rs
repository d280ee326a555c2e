//! Events of telephone calls, told by an exchange that somebody else keeps. They can come late, in
//! any order and more than once: an event with the same id is the same event.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use desk::{CALL_HOURS_MAX, CALL_NAME_CHARS_MAX, CallEvent, PhoneCall, WriteCalls};
use promises::phone::Told;
use serde::Serialize;
use utoipa::ToSchema;

use super::admitted::Admitted;
use super::answer::{Answer, json};
use super::bodies::NewCallEvent;
use super::sent::{Asked, Posted};
use crate::door::Door;

/// The longest number, queue and name of an employee, in characters.
const LINE_CHARS_MAX: usize = 200;

/// How a call stands.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum Stands {
    /// Nobody has answered yet.
    Waiting,
    /// An employee speaks with the caller.
    Answered,
    /// It is over.
    Ended,
}

/// A call as it stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct CallState {
    /// What the exchange calls the call.
    call: String,
    /// How it stands.
    state: Stands,
    /// How long the caller waited, in seconds, when that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0)]
    waited_seconds: Option<i64>,
}

impl CallState {
    fn of(call: &PhoneCall) -> CallState {
        let state = match (call.record.ended_at, call.record.answered_at) {
            (Some(_), _) => Stands::Ended,
            (None, Some(_)) => Stands::Answered,
            (None, None) => Stands::Waiting,
        };
        let waited_seconds = call.record.waited().map(|wait| wait.as_secs());
        CallState { call: call.name.clone(), state, waited_seconds }
    }
}

/// Tells what happened to a telephone call. The `id` of the event is what it is known by: sent
/// again it changes nothing, so no other key is needed.
#[utoipa::path(post, path = "/calls/{call}/events", tag = "Calls", operation_id = "tellCall",
    params(("call" = String, Path, min_length = 1, max_length = 200,
        description = "What the exchange calls the call.", example = "1716301042.88")),
    request_body = NewCallEvent,
    responses((status = 200, description = "How the call stands.", body = CallState)),
    security(("token" = ["calls:write"])))]
pub(super) async fn tell_call(
    State(door): State<Door>,
    Admitted(supplier): Admitted<WriteCalls>,
    Path(call): Path<String>,
    Asked(asked): Asked,
    Posted { mut sent, .. }: Posted,
) -> Answer {
    asked.end()?;
    let event = sent.needed("id", CALL_NAME_CHARS_MAX);
    let told = sent.word("event", &Told::FROM_OUTSIDE, Told::word);
    if told.is_none() && !sent.is_wrong("event") {
        sent.wrong("event", "missing", "This has to be filled in.");
    }
    let (at, now) = (sent.moment("at"), door.desk.now());
    let oldest = jiff::SignedDuration::from_hours(CALL_HOURS_MAX);
    if at.is_some_and(|at| at > now || now.duration_since(at) > oldest) {
        let detail = format!("Not in the future, and at most {CALL_HOURS_MAX} hours ago.");
        sent.wrong("at", "value", &detail);
    }
    let number = sent.text("from", LINE_CHARS_MAX);
    let queue = sent.text("queue", LINE_CHARS_MAX);
    let employee = sent.text("employee", LINE_CHARS_MAX);
    if call.trim().is_empty() || call.chars().count() > CALL_NAME_CHARS_MAX {
        let detail = format!("The call is named by 1 to {CALL_NAME_CHARS_MAX} characters.");
        sent.wrong("call", "value", &detail);
    }
    sent.end()?;
    let exchange = format!("token-{}", supplier.token());
    let event = CallEvent { exchange, call, event, at, number, queue, employee, line: None };
    let told = told.unwrap_or(Told::Rang);
    let write = door.desk.write(move |tx, _, now| desk::tell_call(tx, now, &event, told));
    Ok(json(StatusCode::OK, &CallState::of(&write.await?)))
}
