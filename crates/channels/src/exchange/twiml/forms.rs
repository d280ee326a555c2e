//! What an exchange sends as a form, as what happened to a call.

use jiff::SignedDuration;
use promises::call::Event;

use crate::exchange::{At, BODY_MAX, Hook, Takes, Told, Unread, call_id, number};

/// What a hook tells of a call.
///
/// The caller's line names its own call; other lines are of the call in the address.
///
/// # Errors
/// When the form is not one of this hook.
pub fn told(hook: Hook, at: At<'_>, body: &[u8]) -> Result<Told, Unread> {
    let form = Form::read(body)?;
    let own = form.must("CallSid")?;
    // Before two lines are joined, the one that is asked is that of the caller, whoever takes it.
    let named = at.call.filter(|_| hook != Hook::Answered);
    let call = call_id(named.unwrap_or(own))?;
    let (event, part) = happened(hook, &form)?;
    // What is sent again is the same; what is asked again has another turn.
    let id = match hook {
        Hook::New => format!("{call}/new"),
        Hook::Answered => format!("{call}/answered/{}", form.may("DequeingCallSid").unwrap_or("")),
        Hook::Status => format!("{call}/status/{own}/{part}"),
        Hook::Wait | Hook::Aside => format!("{call}/{}/{}/{part}", hook.name(), at.turn),
        _ => format!("{call}/{}/{}", hook.name(), at.turn),
    };
    let from = form.may("From").filter(|_| own == call && !outbound(&form));
    // Who takes the caller is with them from now on.
    let line = form.may("DequeingCallSid").filter(|_| hook == Hook::Answered).unwrap_or(own);
    Ok(Told { call, line: call_id(line)?, id, number: from.and_then(number), event })
}

/// What an employee's line tells when it asks for a caller ([`Hook::Take`]).
///
/// # Errors
/// When the form is not that of a new call.
pub fn taking(body: &[u8]) -> Result<Takes, Unread> {
    let form = Form::read(body)?;
    let call = call_id(form.must("CallSid")?)?;
    let from = form.must("From")?;
    let line = from.trim_start_matches("sip:").trim_start_matches("client:");
    Ok(Takes { call, line: line.split('@').next().unwrap_or_default().to_owned() })
}

/// What happened, and what tells it from the same at another time.
fn happened(hook: Hook, form: &Form) -> Result<(Option<Event>, String), Unread> {
    let none = String::new();
    Ok(match hook {
        Hook::New if outbound(form) => (None, none),
        Hook::New => (Some(Event::Rings), none),
        Hook::Keys => (Some(keys(form)), none),
        Hook::Wait => {
            let waited = form.whole("QueueTime")?.ok_or(Unread::Lacks("QueueTime"))?;
            (place(form)?.map(|place| waits(place, waited)), waited.to_string())
        }
        Hook::Queued => (queued(form)?, none),
        Hook::Answered => (Some(Event::Answers), none),
        Hook::Left => (Some(Event::Left), none),
        Hook::Nowhere => (Some(Event::NotReached), none),
        Hook::Reached => (Some(Event::Reached), none),
        Hook::Dialled if is_final(form)? => (Some(Event::HangsUp), none),
        Hook::Dialled => (Some(dialled(form)?), none),
        // On the line of an employee: who was called is not there now, whatever it was.
        Hook::Consulted => (dialled(form).map(|_| Some(Event::NotReached))?, none),
        Hook::Status => {
            let status = form.must("CallStatus")?.to_owned();
            let over = is_final(form)? && !outbound(form);
            (over.then_some(Event::HangsUp), status)
        }
        Hook::Aside | Hook::Taken | Hook::Take => (None, none),
        Hook::Queues | Hook::Next => {
            return Err(Unread::Value("the hook", hook.name().to_owned()));
        }
    })
}

/// A call that the exchange made itself.
fn outbound(form: &Form) -> bool {
    let direction = form.may("Direction").unwrap_or_default();
    direction.starts_with("outbound") || form.may("ParentCallSid").is_some_and(|it| !it.is_empty())
}

/// Some leave the field out when nothing was pressed, some send it empty.
fn keys(form: &Form) -> Event {
    match form.may("Digits") {
        None | Some("") => Event::Silence,
        Some(digits) => Event::Digits(digits.to_owned()),
    }
}

fn waits(place: u32, waited: u32) -> Event {
    let waited = SignedDuration::from_secs(waited.into());
    Event::Waits { place, expected: None, waited }
}

/// The place in a queue, from one; where it is not told, at the end.
fn place(form: &Form) -> Result<Option<u32>, Unread> {
    let place = form.whole("QueuePosition")?.or(form.whole("CurrentQueueSize")?);
    Ok(place.map(|place| place.max(1)))
}

fn queued(form: &Form) -> Result<Option<Event>, Unread> {
    let result = form.must("QueueResult")?;
    Ok(match result {
        "bridged" | "bridging-in-process" => Some(Event::Answers),
        "hangup" => Some(Event::HangsUp),
        "leave" | "error" | "system-error" | "queue-full" => Some(Event::Left),
        // The line was told to do something else.
        "redirected" | "redirected-from-bridged" => None,
        other => return Err(Unread::Value("QueueResult", other.to_owned())),
    })
}

/// What became of who was called.
fn dialled(form: &Form) -> Result<Event, Unread> {
    match form.must("DialCallStatus")? {
        "completed" | "answered" => Ok(Event::Reached),
        "busy" | "no-answer" | "failed" | "canceled" => Ok(Event::NotReached),
        other => Err(Unread::Value("DialCallStatus", other.to_owned())),
    }
}

fn ended(status: &str) -> bool {
    matches!(status, "completed" | "busy" | "no-answer" | "failed" | "canceled")
}

/// Whether the line itself is over.
fn is_final(form: &Form) -> Result<bool, Unread> {
    match form.may("CallStatus") {
        None | Some("queued" | "initiated" | "ringing" | "in-progress") => Ok(false),
        Some(status) if ended(status) => Ok(true),
        Some(other) => Err(Unread::Value("CallStatus", other.to_owned())),
    }
}

/// The fields of a form, in the order in which they were sent.
pub(super) fn fields(body: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(body).into_owned().collect()
}

struct Form(Vec<(String, String)>);

impl Form {
    fn read(body: &[u8]) -> Result<Form, Unread> {
        match body.len() > BODY_MAX {
            true => Err(Unread::TooLong),
            false => Ok(Form(fields(body))),
        }
    }

    fn may(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str())
    }

    fn must(&self, name: &'static str) -> Result<&str, Unread> {
        self.may(name).filter(|it| !it.is_empty()).ok_or(Unread::Lacks(name))
    }

    fn whole(&self, name: &'static str) -> Result<Option<u32>, Unread> {
        let Some(text) = self.may(name).filter(|it| !it.is_empty()) else { return Ok(None) };
        text.parse().map(Some).map_err(|_| Unread::Value(name, text.to_owned()))
    }
}
