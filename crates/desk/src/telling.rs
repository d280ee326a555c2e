//! Telling a receiver what happened: who is at work on it, what is to be sent now, and what an
//! answer means.

use jiff::{SignedDuration, Timestamp};
use ledger::webhooks::{Webhook, WebhookKeys, WebhookState};
use ledger::{Stop, Tx};
use promises::WebhookChange;

use crate::House;
use crate::events::{event, test_event, type_of};
use crate::limits::{
    WEBHOOK_EVENTS_AT_ONCE, WEBHOOK_FACTS_AT_ONCE, WEBHOOK_FAIL_DAYS, WEBHOOK_LEASE_SECONDS,
    WEBHOOK_RATE_MAX, WEBHOOK_WAIT_SECONDS_MAX, WEBHOOK_WAIT_SECONDS_MIN, WEBHOOKS_AT_ONCE,
};
use crate::webhooks::{FAILING, GONE, change_state, wants};

/// A subscription in the hands of who sends, until a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WebhookLease {
    /// Which.
    pub webhook: i64,
    until: Timestamp,
}

/// What is to be sent to a receiver now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// Where to.
    pub address: String,
    /// What it is signed with, and what the receiver wants to be shown.
    pub keys: WebhookKeys,
    /// Whether the receiver is to be asked first whether it wants to be told.
    pub asks: bool,
    /// The name by which we ask.
    pub origin: String,
    /// Events, in order.
    pub events: Vec<Outgoing>,
    /// The fact up to which it is told once they are sent.
    pub walked_to: i64,
}

/// An event on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// Its id.
    pub id: String,
    /// The event as JSON.
    pub body: String,
    /// The fact it is of; none when it is only to try with.
    fact: Option<i64>,
}

/// What a receiver answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// It wants to be told, so many events in a minute; 0 is any number.
    Agreed(u32),
    /// It took an event, with this status.
    Taken(Outgoing, String),
    /// It did not take it, or nothing was heard: a code, and more exactly; and how many seconds it
    /// wants to be left alone.
    NotTaken(Option<Outgoing>, &'static str, String, Option<i64>),
    /// It is gone and never wants to hear from us again.
    Gone(String),
    /// Nothing was sent; everything up to this fact was looked at.
    Walked(i64),
    /// Nothing was sent, and who sends stops.
    LetGo,
}

/// Subscriptions that may have something to be told now.
///
/// # Errors
/// When the database fails.
pub fn due_webhooks(tx: &mut Tx<'_>, now: Timestamp) -> Result<Vec<i64>, Stop> {
    Ok(tx.due_webhooks(now, WEBHOOKS_AT_ONCE)?)
}

/// Takes a subscription into hands; nothing when it is in others.
///
/// # Errors
/// When the database fails.
pub fn lease_webhook(
    tx: &mut Tx<'_>,
    now: Timestamp,
    webhook: i64,
) -> Result<Option<WebhookLease>, Stop> {
    let until = lease_end(now);
    Ok(tx.lease_webhook(webhook, now, until)?.then_some(WebhookLease { webhook, until }))
}

/// At the start of the only process on a database: what an earlier process was at work on is in
/// nobody's hands. What it sent in its last moment is sent again, with the same id.
///
/// # Errors
/// When the database fails.
pub fn take_webhooks_back(tx: &mut Tx<'_>) -> Result<(), Stop> {
    Ok(tx.let_webhooks_go()?)
}

/// As exact as the ledger keeps it.
fn lease_end(now: Timestamp) -> Timestamp {
    let end = later(now, WEBHOOK_LEASE_SECONDS).as_microsecond();
    Timestamp::from_microsecond(end).unwrap_or(Timestamp::MAX)
}

fn later(now: Timestamp, seconds: i64) -> Timestamp {
    now.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
}

/// What is to be sent to a leased subscription now; nothing when it is in other hands.
///
/// # Errors
/// When the database fails.
pub fn parcel(tx: &mut Tx<'_>, house: &House, lease: WebhookLease) -> Result<Option<Parcel>, Stop> {
    let Some(webhook) = tx.webhook(lease.webhook)?.filter(|it| it.lease_until == lease.until)
    else {
        return Ok(None);
    };
    let Some(keys) = tx.webhook_keys(webhook.id)? else { return Ok(None) };
    let (mut events, mut walked_to) = (Vec::new(), webhook.position);
    if let Some(asked_at) = webhook.test_at {
        let (id, event) = test_event(house, webhook.id, asked_at);
        events.push(Outgoing { id, body: event.to_string(), fact: None });
    }
    let facts = match webhook.state {
        WebhookState::On => tx.some_facts_after(webhook.position, WEBHOOK_FACTS_AT_ONCE)?,
        _ => Vec::new(),
    };
    for chained in facts {
        if events.len() >= WEBHOOK_EVENTS_AT_ONCE {
            break;
        }
        walked_to = chained.id;
        let Some((event_type, fact)) = type_of(&chained).filter(|it| wants(&webhook, it.0)) else {
            continue;
        };
        if let Some(event) = event(tx, house, &chained, (event_type, &fact))? {
            let (id, body) = (chained.id.to_string(), event.to_string());
            events.push(Outgoing { id, body, fact: Some(chained.id) });
        }
    }
    Ok(Some(Parcel {
        asks: !webhook.agreed && !events.is_empty(),
        address: webhook.address,
        keys,
        origin: house.host().to_owned(),
        events,
        walked_to,
    }))
}

/// Keeps what a receiver answered, and goes on holding the subscription when there may be more to
/// send to it now. Nothing is kept when it is in other hands, or somebody changed it meanwhile.
///
/// # Errors
/// When the database fails.
pub fn heard(
    tx: &mut Tx<'_>,
    now: Timestamp,
    lease: WebhookLease,
    heard: &Heard,
) -> Result<Option<WebhookLease>, Stop> {
    let found = tx.webhook_to_change(lease.webhook)?;
    let Some(mut webhook) = found.filter(|it| it.lease_until == lease.until) else {
        return Ok(None);
    };
    let mut said = |code: &str, detail: &str| {
        webhook.answered_at = Some(now);
        (webhook.answer, webhook.detail) = (code.to_owned(), detail.to_owned());
    };
    let goes_on = match heard {
        Heard::Agreed(rate) => {
            said("agreed", "");
            let rate = Some(*rate).filter(|rate| *rate <= WEBHOOK_RATE_MAX).unwrap_or(0);
            (webhook.agreed, webhook.rate) = (true, rate);
            true
        }
        Heard::Taken(event, status) => {
            said("taken", status);
            took(&mut webhook, event, now)
        }
        Heard::NotTaken(event, code, detail, alone) => {
            said(code, detail);
            let is_test = event.as_ref().is_some_and(|it| it.fact.is_none());
            match webhook.state == WebhookState::On && !is_test {
                true => failed(&mut webhook, now, *alone),
                false => webhook.test_at = None,
            }
            if webhook.failing_since.is_some_and(|since| is_over(since, now)) && !is_test {
                (webhook.state, webhook.reason) = (WebhookState::Paused, FAILING.to_owned());
                change_state(tx, (now, None), &mut webhook, WebhookChange::Paused, None)?;
                return Ok(None);
            }
            is_test && webhook.state == WebhookState::On
        }
        Heard::Gone(status) => {
            said("gone", status);
            (webhook.state, webhook.reason) = (WebhookState::Closed, GONE.to_owned());
            webhook.test_at = None;
            change_state(tx, (now, None), &mut webhook, WebhookChange::Closed, None)?;
            return Ok(None);
        }
        Heard::Walked(position) => {
            webhook.position = webhook.position.max(*position);
            webhook.state == WebhookState::On && webhook.position < tx.last_fact()?
        }
        Heard::LetGo => false,
    };
    let until = if goes_on { lease_end(now) } else { Timestamp::UNIX_EPOCH };
    webhook.lease_until = until;
    tx.keep_webhook(&webhook)?;
    Ok(goes_on.then_some(WebhookLease { until, ..lease }))
}

/// Whether a receiver stayed away for so long that nothing is sent any more.
fn is_over(since: Timestamp, now: Timestamp) -> bool {
    now >= later(since, WEBHOOK_FAIL_DAYS * 24 * 3_600)
}

/// A receiver took an event. True when the next one may follow at once.
fn took(webhook: &mut Webhook, event: &Outgoing, now: Timestamp) -> bool {
    match event.fact {
        Some(fact) => webhook.position = fact,
        None => webhook.test_at = None,
    }
    (webhook.tries, webhook.failing_since) = (0, None);
    if webhook.rate > 0 {
        webhook.next_at = later(now, 60 / i64::from(webhook.rate));
    }
    webhook.rate == 0
}

/// It did not, and is tried again, after a wait that grows; later when it wants to be left alone.
fn failed(webhook: &mut Webhook, now: Timestamp, alone: Option<i64>) {
    let doubled = WEBHOOK_WAIT_SECONDS_MIN.saturating_mul(1 << webhook.tries.min(30));
    let wait = doubled.max(alone.unwrap_or(0)).min(WEBHOOK_WAIT_SECONDS_MAX);
    webhook.tries += 1;
    webhook.failing_since = webhook.failing_since.or(Some(now));
    webhook.next_at = later(now, wait);
    // Somebody who wants to try it does so again.
    webhook.test_at = None;
}
