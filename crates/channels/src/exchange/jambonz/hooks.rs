//! What jambonz sends, as what happened to a call.

use jiff::SignedDuration;
use promises::call::Event;
use serde_json::{Map, Value};

use crate::exchange::{At, BODY_MAX, Hook, Takes, Told, Unread, call_id, number};

/// What a hook tells of a call.
///
/// The caller's line names its own call; other lines are of the call in the address.
///
/// # Errors
/// When the body is not one of this hook.
pub fn told(hook: Hook, at: At<'_>, body: &[u8]) -> Result<Told, Unread> {
    let body = read(body)?;
    let own = text(&body, "call_sid")?.ok_or(Unread::Lacks("call_sid"))?;
    let call = call_id(at.call.unwrap_or(own))?;
    let (event, part) = happened(hook, &body)?;
    // What is sent again is the same; what is asked again has another turn.
    let id = match hook {
        Hook::New => format!("{call}/new"),
        Hook::Status | Hook::Queues => format!("{call}/{}/{own}/{part}", hook.name()),
        Hook::Wait | Hook::Aside => format!("{call}/{}/{}/{part}", hook.name(), at.turn),
        _ => format!("{call}/{}/{}", hook.name(), at.turn),
    };
    let is_caller = own == call && text(&body, "direction")? != Some("outbound");
    let from = text(&body, "from")?.filter(|_| is_caller && !withheld(&body));
    Ok(Told { call, line: call_id(own)?, id, number: from.and_then(number), event })
}

/// What an employee's line tells when it asks for a caller ([`Hook::Take`]).
///
/// # Errors
/// When the body is not that of a new call.
pub fn taking(body: &[u8]) -> Result<Takes, Unread> {
    let body = read(body)?;
    let call = call_id(text(&body, "call_sid")?.ok_or(Unread::Lacks("call_sid"))?)?;
    let from = text(&body, "from")?.ok_or(Unread::Lacks("from"))?;
    let line = from.trim_start_matches("sip:").split('@').next().unwrap_or_default();
    Ok(Takes { call, line: line.to_owned() })
}

/// What happened, and what tells it from the same at another time.
fn happened(hook: Hook, body: &Body) -> Result<(Option<Event>, String), Unread> {
    let none = String::new();
    Ok(match hook {
        Hook::New if text(body, "direction")? == Some("outbound") => (None, none),
        Hook::New => (Some(Event::Rings), none),
        Hook::Keys => (Some(keys(body)?), none),
        Hook::Wait => {
            let waited = whole(body, "queue_time")?.ok_or(Unread::Lacks("queue_time"))?;
            (place(body)?.map(|place| waits(place, waited)), waited.to_string())
        }
        Hook::Queued => (Some(queued(body)?), none),
        Hook::Left => (Some(Event::Left), none),
        Hook::Nowhere => (Some(Event::NotReached), none),
        Hook::Reached => (Some(Event::Reached), none),
        Hook::Dialled => (dialled(body)?, none),
        Hook::Consulted => (dialled(body)?.map(back), none),
        Hook::Status => {
            let status = text(body, "call_status")?.ok_or(Unread::Lacks("call_status"))?;
            let others = text(body, "direction")? == Some("outbound")
                || body.contains_key("parent_call_sid");
            (is_final(status)?.then_some(Event::HangsUp).filter(|_| !others), status.to_owned())
        }
        Hook::Queues => queues(body)?,
        Hook::Aside | Hook::Taken | Hook::Take | Hook::Next => (None, none),
        Hook::Answered => return Err(Unread::Value("the hook", hook.name().to_owned())),
    })
}

fn keys(body: &Body) -> Result<Event, Unread> {
    let reason = text(body, "reason")?.ok_or(Unread::Lacks("reason"))?;
    match reason {
        "dtmfDetected" => {
            let digits = text(body, "digits")?.ok_or(Unread::Lacks("digits"))?;
            Ok(Event::Digits(digits.to_owned()))
        }
        "timeout" | "error" | "speechDetected" | "stt-low-confidence" => Ok(Event::Silence),
        other => Err(Unread::Value("reason", other.to_owned())),
    }
}

fn waits(place: u32, waited: u32) -> Event {
    let waited = SignedDuration::from_secs(waited.into());
    Event::Waits { place, expected: None, waited }
}

/// The place in a queue. It counts from nought there; where it could not be found, at the end.
fn place(body: &Body) -> Result<Option<u32>, Unread> {
    Ok(match whole(body, "queue_position")? {
        Some(before) => Some(before.saturating_add(1)),
        None => whole(body, "queue_size")?.map(|size| size.max(1)),
    })
}

fn queued(body: &Body) -> Result<Event, Unread> {
    let result = text(body, "queue_result")?.ok_or(Unread::Lacks("queue_result"))?;
    match result {
        // Both are gone by now; it counts where the queue's own hook was lost.
        "bridged" => Ok(Event::Answers),
        "hangup" => Ok(Event::HangsUp),
        "leave" | "error" => Ok(Event::Left),
        other => Err(Unread::Value("queue_result", other.to_owned())),
    }
}

/// What became of who was called. The caller may be gone before that.
fn dialled(body: &Body) -> Result<Option<Event>, Unread> {
    if text(body, "call_status")?.is_some_and(|it| is_final(it) == Ok(true)) {
        return Ok(Some(Event::HangsUp));
    }
    let status = text(body, "dial_call_status")?.ok_or(Unread::Lacks("dial_call_status"))?;
    Ok(match status {
        "completed" => Some(Event::Reached),
        "failed" | "busy" | "no-answer" => Some(Event::NotReached),
        "trying" | "ringing" | "early-media" | "in-progress" => None,
        other => return Err(Unread::Value("dial_call_status", other.to_owned())),
    })
}

/// On the line of an employee: whatever it was, who was called is not there now. The employee may
/// be gone too, but not the caller.
fn back(_: Event) -> Event {
    Event::NotReached
}

fn is_final(status: &str) -> Result<bool, Unread> {
    match status {
        "completed" | "failed" | "busy" | "no-answer" => Ok(true),
        "trying" | "ringing" | "early-media" | "in-progress" | "queued" => Ok(false),
        other => Err(Unread::Value("call_status", other.to_owned())),
    }
}

/// The account's hook for queues; leaving is also told of who hangs up or leaves by itself.
fn queues(body: &Body) -> Result<(Option<Event>, String), Unread> {
    let event = text(body, "event")?.ok_or(Unread::Lacks("event"))?;
    let reason = text(body, "leave_reason")?.unwrap_or_default();
    let answered = event == "leave" && reason == "dequeued";
    let queue = text(body, "queue")?.unwrap_or_default();
    Ok((answered.then_some(Event::Answers), format!("{event}/{reason}/{queue}")))
}

/// Whether the caller asked not to be known (RFC 3323).
fn withheld(body: &Body) -> bool {
    let headers = body.get("sip").and_then(|it| it.get("headers")).and_then(Value::as_object);
    let privacy =
        headers.into_iter().flatten().find(|(name, _)| name.eq_ignore_ascii_case("privacy"));
    let asked = privacy.and_then(|(_, value)| value.as_str()).unwrap_or_default();
    asked.split(';').any(|it| ["id", "user", "header"].contains(&it.trim()))
}

type Body = Map<String, Value>;

fn read(body: &[u8]) -> Result<Body, Unread> {
    if body.len() > BODY_MAX {
        return Err(Unread::TooLong);
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(body)) => Ok(body),
        _ => Err(Unread::Form("an object of JSON")),
    }
}

fn text<'a>(body: &'a Body, name: &'static str) -> Result<Option<&'a str>, Unread> {
    match body.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(other) => Err(Unread::Value(name, other.to_string())),
    }
}

fn whole(body: &Body, name: &'static str) -> Result<Option<u32>, Unread> {
    match body.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => {
            let whole = value.as_u64().and_then(|it| u32::try_from(it).ok());
            whole.map(Some).ok_or_else(|| Unread::Value(name, value.to_string()))
        }
    }
}
