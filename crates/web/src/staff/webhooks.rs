//! Which programs are told what happens: made, tried, paused, told again, and ended.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use desk::{
    Administer, EventType, NewToken, NewWebhook, Stop, TokenSecret, Webhook, WebhookDeed,
    WebhookHealth, WebhookState,
};
use jiff::civil::DateTime;
use serde::Deserialize;
use words::Words;

use super::Worker;
use super::connections::page;
use crate::door::Door;
use crate::pages::{MadeConnection, WebhookRow, Webhooks, event_choices, event_key};
use crate::site::{Answer, Typed, show};

/// A subscription as it was typed.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    new: NewWebhook,
}

impl Asked {
    fn read(fields: &[(String, String)]) -> Asked {
        let all =
            |name: &'static str| fields.iter().filter(move |it| it.0 == name).map(|it| &*it.1);
        let one = |name: &'static str| all(name).next().unwrap_or_default().to_owned();
        Asked {
            new: NewWebhook {
                address: one("address"),
                about: one("about"),
                types: all("type").filter_map(EventType::from_word).collect(),
                bearer: one("bearer"),
                agreed: !one("agreed").is_empty(),
            },
        }
    }
}

/// What is done with a subscription, as it was typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typing {
    r#do: String,
    from: String,
}

/// What became of a form.
enum Done {
    /// A subscription was made: its secret.
    Made(TokenSecret),
    /// Something was done: the key of what is said.
    Changed(&'static str),
}

/// POST /werk/koppelingen/abonnementen: the fields `about`, `address`, `bearer`, `agreed`, and
/// `type` for each type of event.
pub(crate) async fn make_webhook(
    State(door): State<Door>,
    worker: Worker<Administer>,
    Typed(fields): Typed<Vec<(String, String)>>,
) -> Answer {
    let asked = Asked::read(&fields);
    let secret = TokenSecret::new(&door.desk.random());
    let (agent, new, made) = (worker.agent.clone(), asked.new.clone(), secret.clone());
    let making =
        door.desk.write(move |tx, _, now| desk::add_webhook(tx, now, Some(&agent), &new, &made));
    answer(&door, &worker, &asked, making.await.map(|_| Done::Made(secret))).await
}

/// POST /werk/koppelingen/abonnementen/{id}: the field `do`, and `from` to send again.
pub(crate) async fn change_webhook(
    State(door): State<Door>,
    worker: Worker<Administer>,
    Path(id): Path<i64>,
    Typed(typed): Typed<Typing>,
) -> Answer {
    let (deed, said) = match typed.r#do.as_str() {
        "pause" => (WebhookDeed::Pause, "staff-webhook-is-paused"),
        "resume" => (WebhookDeed::Resume, "staff-webhook-is-on"),
        "test" => (WebhookDeed::Test, "staff-webhook-is-tried"),
        "close" => (WebhookDeed::Close, "staff-webhook-is-over"),
        _ => (replay(&door, &typed.from), "staff-webhook-is-replayed"),
    };
    let agent = worker.agent.clone();
    let changing =
        door.desk.write(move |tx, _, now| desk::change_webhook(tx, now, Some(&agent), id, deed));
    answer(&door, &worker, &Asked::default(), changing.await.map(|()| Done::Changed(said))).await
}

/// From where is sent again: the number of an event, or a moment of civil time. What is neither is
/// an event that never was.
fn replay(door: &Door, from: &str) -> WebhookDeed {
    let from = from.trim();
    if let Ok(event) = from.parse() {
        return WebhookDeed::ReplayAt(event);
    }
    let moment = ["%Y-%m-%d %H:%M", "%d-%m-%Y %H:%M"]
        .iter()
        .find_map(|form| DateTime::strptime(form, from).ok());
    let zone = door.desk.house().zone().clone();
    match moment.and_then(|moment| moment.to_zoned(zone).ok()) {
        Some(moment) => WebhookDeed::ReplayFrom(moment.timestamp()),
        None => WebhookDeed::ReplayAt(0),
    }
}

async fn answer(
    door: &Door,
    worker: &Worker<Administer>,
    asked: &Asked,
    done: Result<Done, Stop>,
) -> Answer {
    let (mut status, words) = (StatusCode::OK, &worker.words);
    let mut page = page(door, worker, &NewToken::default()).await?;
    match done {
        Ok(Done::Made(secret)) => {
            let name = asked.new.about.clone();
            page.made = Some(MadeConnection { name, secret: secret.text().to_owned() });
        }
        Ok(Done::Changed(said)) => page.frame.done = Some(words.say(said)),
        Err(Stop::Refused(refusal)) => {
            page.problem = Some(words.say(refusal.key()));
            page.webhooks = Webhooks { rows: page.webhooks.rows, ..typed(words, asked) };
            status = StatusCode::UNPROCESSABLE_ENTITY;
        }
        Err(stop) => return Err(stop.into()),
    }
    // A secret is shown once, so this page is not one to come back to.
    show(status, &page)
}

fn typed(words: &Words, asked: &Asked) -> Webhooks {
    Webhooks {
        rows: Vec::new(),
        about: asked.new.about.clone(),
        address: asked.new.address.clone(),
        agreed: asked.new.agreed,
        types: event_choices(words, &asked.new.types),
    }
}

/// The subscriptions as the page shows them, and what was typed.
pub(super) fn listed(
    door: &Door,
    worker: &Worker<Administer>,
    all: Vec<WebhookHealth>,
    asked: &Asked,
) -> Webhooks {
    let (words, zone) = (&worker.words, door.desk.house().zone());
    let row = |health: WebhookHealth| {
        let it = health.webhook;
        let waiting = match health.more {
            true => words.say("staff-webhook-waiting-many"),
            false => words.count("staff-webhook-waiting", health.waiting.into()),
        };
        let answer = match it.answered_at {
            None => words.say("staff-webhook-answer-none"),
            Some(at) => {
                let at = words.short_moment(at, zone);
                words.say_with(
                    answer_key(&it.answer),
                    &[("at", (&at).into()), ("status", (&it.detail).into())],
                )
            }
        };
        let told = it.types.split(' ').filter_map(EventType::from_word);
        WebhookRow {
            id: it.id,
            trouble: trouble_key(&it).map(|key| words.say(key)),
            types: told.map(|it| words.say(event_key(it))).collect(),
            about: it.about,
            address: it.address.split_once("://").map_or("", |(_, rest)| rest).to_owned(),
            state: it.state,
            answer,
            waiting,
        }
    };
    Webhooks { rows: all.into_iter().map(row).collect(), ..typed(words, asked) }
}

fn trouble_key(it: &Webhook) -> Option<&'static str> {
    match (it.state, it.reason.as_str()) {
        (WebhookState::Paused, "failing") => Some("staff-webhook-given-up"),
        (WebhookState::Closed, "gone") => Some("staff-webhook-gone"),
        (WebhookState::On, _) if it.failing_since.is_some() => Some("staff-webhook-failing"),
        _ => None,
    }
}

fn answer_key(answer: &str) -> &'static str {
    match answer {
        "taken" => "staff-webhook-answer-taken",
        "agreed" => "staff-webhook-answer-agreed",
        "gone" => "staff-webhook-answer-gone",
        "redirect" => "staff-webhook-answer-redirect",
        "no-permission" => "staff-webhook-answer-no-permission",
        "not-allowed" => "staff-webhook-answer-not-allowed",
        "no-name" => "staff-webhook-answer-no-name",
        "no-connection" => "staff-webhook-answer-no-connection",
        "tls" => "staff-webhook-answer-tls",
        "late" => "staff-webhook-answer-late",
        "status" => "staff-webhook-answer-status",
        _ => "staff-webhook-answer-other",
    }
}
