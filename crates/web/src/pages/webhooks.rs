//! Which programs are told what happens, and how that goes: the second half of the page of
//! connections.
//!
//! The form posts to /werk/koppelingen/abonnementen (about, address, bearer, agreed, type for each
//! type); that of a subscription to /werk/koppelingen/abonnementen/{id} (do, from).

use desk::{EventType, WebhookState};
use words::Words;

use super::Choice;

/// The subscriptions, and the form for another.
#[derive(Clone, Debug, Default)]
pub struct Webhooks {
    /// Every subscription, the newest first.
    pub rows: Vec<WebhookRow>,
    /// What was typed.
    pub about: String,
    /// What was typed.
    pub address: String,
    /// What was chosen.
    pub agreed: bool,
    /// What can be told; what was chosen is chosen.
    pub types: Vec<Choice>,
}

/// A subscription.
#[derive(Clone, Debug)]
pub struct WebhookRow {
    /// Its key.
    pub id: i64,
    /// What it is for.
    pub about: String,
    /// Where events are sent to, without its scheme.
    pub address: String,
    /// Whether anything is sent.
    pub state: WebhookState,
    /// Why not, or that it fails; nothing when all is well.
    pub trouble: Option<String>,
    /// What it is told.
    pub types: Vec<String>,
    /// The last answer, and when that was.
    pub answer: String,
    /// How many events wait.
    pub waiting: String,
}

impl WebhookRow {
    pub(super) fn number(&self) -> String {
        self.id.to_string()
    }

    pub(super) fn is_on(&self) -> bool {
        self.state == WebhookState::On
    }

    pub(super) fn is_closed(&self) -> bool {
        self.state == WebhookState::Closed
    }
}

/// The key of what a type of event is called.
pub fn event_key(event: EventType) -> &'static str {
    match event {
        EventType::Received => "staff-event-type-received",
        EventType::CallBackAsked => "staff-event-type-call-back",
        EventType::Reported => "staff-event-type-report",
        EventType::FollowedUp => "staff-event-type-followed-up",
        EventType::Acknowledged => "staff-event-type-acknowledged",
        EventType::Answered => "staff-event-type-answered",
        EventType::DateTold => "staff-event-type-date-told",
        EventType::Recalled => "staff-event-type-recalled",
        EventType::Corrected => "staff-event-type-corrected",
        EventType::Closed => "staff-event-type-closed",
        EventType::Reopened => "staff-event-type-reopened",
        EventType::Erased => "staff-event-type-erased",
        EventType::Visit => "staff-event-type-visit",
        EventType::Promised => "staff-event-type-promised",
        EventType::Settled => "staff-event-type-settled",
        EventType::Broken => "staff-event-type-broken",
        EventType::Restored => "staff-event-type-restored",
        EventType::Redated => "staff-event-type-redated",
        EventType::SetAside => "staff-event-type-set-aside",
    }
}

/// What a receiver can be told, with what was chosen.
pub fn event_choices(words: &Words, chosen: &[EventType]) -> Vec<Choice> {
    let choice = |it: &EventType| Choice {
        chosen: chosen.contains(it),
        ..Choice::new(it.word(), &words.say(event_key(*it)))
    };
    EventType::ALL.iter().map(choice).collect()
}

/// Invented subscriptions: one that takes everything, one that fails, one that was given up, one
/// that is over.
pub(super) fn sample(words: &Words) -> Webhooks {
    let row = |id, about: &str, state, trouble: Option<&str>| WebhookRow {
        id,
        about: about.into(),
        address: "zaken.example.nl/berichten".into(),
        state,
        trouble: trouble.map(|key| words.say(key)),
        types: vec![words.say("staff-event-type-received"), words.say("staff-event-type-closed")],
        answer: words.say1("staff-webhook-answer-taken", "at", "23 nov, 8.30 uur"),
        waiting: words.count("staff-webhook-waiting", 0),
    };
    let mut failing = row(2, "Website", WebhookState::On, Some("staff-webhook-failing"));
    failing.answer = words.say1("staff-webhook-answer-late", "at", "23 nov, 8.30 uur");
    failing.waiting = words.count("staff-webhook-waiting", 12);
    Webhooks {
        rows: vec![
            row(4, "Zaaksysteem", WebhookState::On, None),
            row(3, "Dashboard", WebhookState::Paused, Some("staff-webhook-given-up")),
            failing,
            row(1, "Proef", WebhookState::Closed, Some("staff-webhook-gone")),
        ],
        types: event_choices(words, &[]),
        ..Webhooks::default()
    }
}
