//! Telling other programs what happens here: who is told what, and how far each was told.
//!
//! Nothing is queued. A subscription knows the fact up to which it was told, and who sends walks the
//! chain from there, one event after the other. Sending again is setting that place back.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use ledger::webhooks::{Webhook, WebhookKeys, WebhookState};
use ledger::{Stop, Tx};
use promises::{Fact, Refusal, WebhookChange};

use crate::accounts::Agent;
use crate::events::{EventType, event, test_event, type_of};
use crate::limits::{
    LINE_CHARS_MAX, WEBHOOK_ADDRESS_MAX, WEBHOOK_COUNTED, WEBHOOK_EVENTS_AT_ONCE,
    WEBHOOK_FACTS_AT_ONCE, WEBHOOK_FAIL_DAYS, WEBHOOK_LEASE_SECONDS, WEBHOOK_RATE_MAX,
    WEBHOOK_WAIT_SECONDS_MAX, WEBHOOK_WAIT_SECONDS_MIN, WEBHOOKS_AT_ONCE, WEBHOOKS_LISTED,
    WEBHOOKS_MAX,
};
use crate::rights::Administer;
use crate::{House, TokenSecret};

/// Why nothing is sent, as a code: somebody wanted so, the receiver stayed away, or it is gone.
const BY_HAND: &str = "asked";
const FAILING: &str = "failing";
const GONE: &str = "gone";

/// A subscription as it is asked for.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct NewWebhook {
    /// Where events are sent to.
    pub address: String,
    /// What it is for.
    pub about: String,
    /// What it is told.
    pub types: Vec<EventType>,
    /// What the receiver wants to be shown, if anything.
    pub bearer: String,
    /// Whether the receiver agreed otherwise than by answering the question.
    pub agreed: bool,
}

/// What the receiver wants to be shown is not for logs.
impl fmt::Debug for NewWebhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NewWebhook({:?}, {:?}, {:?})", self.address, self.about, self.types)
    }
}

/// What can be done with a subscription.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebhookDeed {
    /// Send nothing for a while.
    Pause,
    /// Send again, from where it stopped.
    Resume,
    /// Never send again.
    Close,
    /// Send an event to try it with.
    Test,
    /// Send again what happened from a moment on.
    ReplayFrom(Timestamp),
    /// Send again from an event on; the ones before it are passed over.
    ReplayAt(i64),
}

/// A subscription with how many events wait for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookHealth {
    /// The subscription.
    pub webhook: Webhook,
    /// Events that wait, among the next facts.
    pub waiting: u32,
    /// Whether there are more facts than were looked at.
    pub more: bool,
}

/// Makes a subscription that is told what happens from now on; says its key. Without an agent the
/// caller is who keeps the machine.
///
/// # Errors
/// Refused when it has no name or is told nothing, when its address can not be sent to, or when
/// there are as many as there may be.
pub fn add_webhook(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: Option<&Agent<Administer>>,
    asked: &NewWebhook,
    secret: &TokenSecret,
) -> Result<i64, Stop> {
    let about = asked.about.split_whitespace().collect::<Vec<_>>().join(" ");
    if about.is_empty() || about.chars().count() > LINE_CHARS_MAX {
        return Err(Refusal::NameMissing.into());
    }
    let address = webhook_address(&asked.address).ok_or(Refusal::WebhookAddress)?;
    let told = EventType::ALL.iter().filter(|it| asked.types.contains(it));
    let types = told.map(|it| it.word()).collect::<Vec<_>>().join(" ");
    if types.is_empty() {
        return Err(Refusal::WebhookTypeMissing.into());
    }
    let bearer = asked.bearer.trim();
    if bearer.len() > WEBHOOK_ADDRESS_MAX || !bearer.bytes().all(|it| it.is_ascii_graphic()) {
        return Err(Refusal::TextTooLong.into());
    }
    let all = tx.webhooks(WEBHOOKS_LISTED)?;
    if all.iter().filter(|it| it.state != WebhookState::Closed).count() >= WEBHOOKS_MAX {
        return Err(Refusal::TooManyWebhooks.into());
    }
    let by = agent.map(Agent::id);
    let keys = WebhookKeys { secret: secret.text().to_owned(), bearer: bearer.to_owned() };
    let named = (address.as_str(), about.as_str(), types.as_str());
    let webhook = tx.add_webhook(named, &keys, asked.agreed, (by, now))?;
    let change = WebhookChange::Made;
    tx.house_fact(
        now,
        by,
        &Fact::WebhookChanged { webhook, change, types: Some(types), behind: None },
    );
    Ok(webhook)
}

/// An address that events can be sent to, as it is sent to: `https://`, or `http://` to this
/// machine itself, without a name, a password or a fragment.
#[must_use]
pub fn webhook_address(text: &str) -> Option<String> {
    let text = text.trim();
    let allowed = |byte: u8| byte.is_ascii_graphic() && !b"\"<>\\^`{|}#".contains(&byte);
    if text.len() > WEBHOOK_ADDRESS_MAX || !text.bytes().all(allowed) {
        return None;
    }
    let (scheme, rest) = text.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, place) = rest.split_at(end);
    let authority = authority.to_ascii_lowercase();
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (authority.as_str(), None),
    };
    let is_port = |port: &str| port.parse::<u16>().is_ok_and(|port| port > 0);
    if host.is_empty() || host.contains('@') || !port.is_none_or(is_port) {
        return None;
    }
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let loopback = bare.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback());
    let right = match scheme.as_str() {
        "https" => true,
        "http" => host == "localhost" || loopback,
        _ => false,
    };
    let place = match place.as_bytes().first() {
        Some(b'/') => place.to_owned(),
        _ => format!("/{place}"),
    };
    right.then(|| format!("{scheme}://{authority}{place}"))
}

/// Does something with a subscription. Whoever is at work on it finds that out before it sends
/// the next event.
///
/// # Errors
/// Refused when there is no such subscription or it is over, or when there is no such moment or
/// event to begin from.
pub fn change_webhook(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: Option<&Agent<Administer>>,
    id: i64,
    deed: WebhookDeed,
) -> Result<(), Stop> {
    let found = tx.webhook_to_change(id)?.filter(|it| it.state != WebhookState::Closed);
    let mut webhook = found.ok_or(Refusal::NotFound)?;
    let mut behind = None;
    let change = match deed {
        WebhookDeed::Test => {
            webhook.test_at = Some(now);
            webhook.next_at = now;
            tx.keep_webhook(&webhook)?;
            return Ok(());
        }
        WebhookDeed::Pause => {
            (webhook.state, webhook.reason) = (WebhookState::Paused, BY_HAND.to_owned());
            WebhookChange::Paused
        }
        WebhookDeed::Resume => {
            begin_anew(&mut webhook, now);
            WebhookChange::Resumed
        }
        WebhookDeed::Close => {
            (webhook.state, webhook.reason) = (WebhookState::Closed, BY_HAND.to_owned());
            WebhookChange::Closed
        }
        WebhookDeed::ReplayFrom(_) | WebhookDeed::ReplayAt(_) => {
            webhook.position = replayed(tx, now, deed)?;
            begin_anew(&mut webhook, now);
            behind = Some(webhook.position);
            WebhookChange::Replayed
        }
    };
    change_state(tx, (now, agent.map(Agent::id)), &mut webhook, change, behind)
}

/// The fact behind which is sent again.
fn replayed(tx: &mut Tx<'_>, now: Timestamp, deed: WebhookDeed) -> Result<i64, Stop> {
    let place = match deed {
        WebhookDeed::ReplayFrom(at) if at <= now => tx.first_fact_from(at)? - 1,
        WebhookDeed::ReplayAt(event) if event >= 1 && event <= tx.last_fact()? => event - 1,
        _ => return Err(Refusal::WebhookReplay.into()),
    };
    Ok(place)
}

/// Keeps it in nobody's hands, and says so in a fact.
fn change_state(
    tx: &mut Tx<'_>,
    (now, by): (Timestamp, Option<i64>),
    webhook: &mut Webhook,
    change: WebhookChange,
    behind: Option<i64>,
) -> Result<(), Stop> {
    webhook.lease_until = Timestamp::UNIX_EPOCH;
    tx.keep_webhook(webhook)?;
    if webhook.state == WebhookState::Closed {
        tx.forget_webhook_keys(webhook.id)?;
    }
    let fact = Fact::WebhookChanged { webhook: webhook.id, change, types: None, behind };
    tx.house_fact(now, by, &fact);
    Ok(())
}

fn begin_anew(webhook: &mut Webhook, now: Timestamp) {
    (webhook.state, webhook.reason) = (WebhookState::On, String::new());
    (webhook.tries, webhook.failing_since, webhook.next_at) = (0, None, now);
}

/// The subscriptions that were made last, the newest first, each with what waits for it.
///
/// # Errors
/// When the database fails.
pub fn webhooks(tx: &mut Tx<'_>) -> Result<Vec<WebhookHealth>, Stop> {
    let last = tx.last_fact()?;
    let mut all = Vec::new();
    for webhook in tx.webhooks(WEBHOOKS_LISTED)? {
        let ends = webhook.state == WebhookState::Closed || webhook.position >= last;
        let facts = match ends {
            true => Vec::new(),
            false => tx.some_facts_after(webhook.position, WEBHOOK_COUNTED)?,
        };
        let told = |it: &&ledger::Chained| type_of(it).is_some_and(|it| wants(&webhook, it.0));
        let waiting = u32::try_from(facts.iter().filter(told).count()).unwrap_or(u32::MAX);
        let more = facts.last().is_some_and(|it| it.id < last);
        all.push(WebhookHealth { webhook, waiting, more });
    }
    Ok(all)
}

/// How many subscriptions fail at this moment, and how many were paused because they did.
///
/// # Errors
/// When the database fails.
pub fn webhooks_in_trouble(tx: &mut Tx<'_>) -> Result<(u32, u32), Stop> {
    let (mut failing, mut paused) = (0, 0);
    for it in tx.webhooks(WEBHOOKS_LISTED)? {
        failing += u32::from(it.state == WebhookState::On && it.failing_since.is_some());
        paused += u32::from(it.state == WebhookState::Paused && it.reason == FAILING);
    }
    Ok((failing, paused))
}

fn wants(webhook: &Webhook, event_type: EventType) -> bool {
    webhook.types.split(' ').any(|word| word == event_type.word())
}

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
