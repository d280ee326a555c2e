//! Telling other programs what happens here: who is told what, and how far each was told.
//!
//! Nothing is queued. A subscription knows the fact up to which it was told, and who sends walks
//! the chain from there, one event after the other. Sending again is setting that place back.

use std::fmt;

use jiff::Timestamp;
use ledger::webhooks::{Webhook, WebhookKeys, WebhookState};
use ledger::{Stop, Tx};
use promises::{Fact, Refusal, WebhookChange};

use crate::TokenSecret;
use crate::accounts::Agent;
use crate::events::{EventType, type_of};
use crate::limits::{
    LINE_CHARS_MAX, WEBHOOK_ADDRESS_MAX, WEBHOOK_COUNTED, WEBHOOKS_LISTED, WEBHOOKS_MAX,
};
use crate::rights::Administer;

/// Why nothing is sent, as a code: somebody wanted so, the receiver stayed away, or it is gone.
const BY_HAND: &str = "asked";
pub(crate) const FAILING: &str = "failing";
pub(crate) const GONE: &str = "gone";

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
pub(crate) fn change_state(
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

pub(crate) fn wants(webhook: &Webhook, event_type: EventType) -> bool {
    webhook.types.split(' ').any(|word| word == event_type.word())
}
