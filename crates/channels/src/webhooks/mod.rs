//! Telling other programs what happens: events are sent one after the other to each receiver, until
//! it took them. What is told, and how far each was told, is the desk's.

mod networks;
mod signed;

use std::sync::Arc;
use std::time::Duration;

use desk::{Desk, Heard, Outgoing, Parcel, Stop, WebhookLease};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HOST, RETRY_AFTER, USER_AGENT};
use hyper::http::request::Builder;
use hyper::{HeaderMap, Method, Request, StatusCode, Uri};
use ledger::faults;
use tokio::sync::{Semaphore, watch};

use crate::endpoint::spoken;
use crate::tls::Tls;
use crate::wire::Wire;
use networks::Unreached;
pub use networks::{Network, Networks};
use signed::sign;

/// Receivers that are spoken to at a time.
const UNDER_WAY_MAX: usize = 16;
/// How often it is looked whether something happened that is to be told.
const ROUND: Duration = Duration::from_secs(1);
/// What an event is sent as: structured, in JSON.
const EVENT_JSON: &str = "application/cloudevents+json; charset=UTF-8";

/// Sends events until told to stop, and only to where they may go.
pub async fn send_events(desk: Desk, networks: Networks, mut stop: watch::Receiver<bool>) {
    let sender = Sender { desk, networks, tls: Tls::of_this_machine(), stop: stop.clone() };
    let (sender, hands) = (Arc::new(sender), Arc::new(Semaphore::new(UNDER_WAY_MAX)));
    let mut round = tokio::time::interval(ROUND);
    round.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => break,
            _ = round.tick() => {}
        }
        let due = match sender.desk.read(|tx, _, now| desk::due_webhooks(tx, now)).await {
            Ok(due) => due,
            Err(error) => {
                tracing::warn!(%error, "who is to be told can not be read");
                continue;
            }
        };
        for webhook in due {
            let Ok(hand) = Arc::clone(&hands).acquire_owned().await else { return };
            let sender = Arc::clone(&sender);
            tokio::spawn(async move {
                if let Err(error) = sender.tell(webhook).await {
                    // The lease ends, and what was not written down is sent again.
                    tracing::warn!(%error, webhook, "a webhook is left for the next round");
                }
                drop(hand);
            });
        }
    }
    // An event that is under way is finished; the rest is sent after the next start.
    let all = u32::try_from(UNDER_WAY_MAX).unwrap_or(u32::MAX);
    let _ = hands.acquire_many(all).await;
}

/// What is sent with.
struct Sender {
    desk: Desk,
    networks: Networks,
    tls: Tls,
    stop: watch::Receiver<bool>,
}

/// The status and the header fields of an answer.
type Answer = (StatusCode, HeaderMap);

/// Why there is no answer: a code of what is said to the administrator.
type NoAnswer = &'static str;

impl Sender {
    /// Tells one receiver all there is, unless another process does.
    async fn tell(&self, webhook: i64) -> Result<(), Stop> {
        let leased =
            self.desk.write(move |tx, _, now| desk::lease_webhook(tx, now, webhook)).await?;
        let Some(mut lease) = leased else { return Ok(()) };
        loop {
            let parcel = self.desk.read(move |tx, house, _| desk::parcel(tx, house, lease)).await?;
            let Some(parcel) = parcel else { return Ok(()) };
            match self.deliver(lease, &parcel).await? {
                Some(next) => lease = next,
                None => return Ok(()),
            }
            if *self.stop.borrow() {
                // Another process may go on at once.
                return self.keep(lease, Heard::LetGo).await.map(drop);
            }
        }
    }

    /// Sends a parcel as far as the receiver takes it. Answers the lease when there may be more.
    async fn deliver(
        &self,
        lease: WebhookLease,
        parcel: &Parcel,
    ) -> Result<Option<WebhookLease>, Stop> {
        if parcel.asks {
            let heard = agreement(&parcel.origin, self.ask(parcel).await);
            return self.keep(lease, heard).await;
        }
        let mut held = lease;
        for event in &parcel.events {
            faults::point("before-send");
            let answer = self.post(held.webhook, parcel, event).await;
            faults::point("after-send");
            match self.keep(held, heard(event, answer)).await? {
                Some(next) => held = next,
                None => return Ok(None),
            }
            if *self.stop.borrow() {
                return Ok(Some(held));
            }
        }
        self.keep(held, Heard::Walked(parcel.walked_to)).await
    }

    async fn keep(&self, lease: WebhookLease, heard: Heard) -> Result<Option<WebhookLease>, Stop> {
        if let Heard::NotTaken(_, code, detail, _) = &heard {
            tracing::info!(webhook = lease.webhook, code, detail, "an event has to wait");
        }
        self.desk.write(move |tx, _, now| desk::heard(tx, now, lease, &heard)).await
    }

    /// Asks a receiver whether it wants to be told (CloudEvents, HTTP Web Hooks, 4.1).
    async fn ask(&self, parcel: &Parcel) -> Result<Answer, NoAnswer> {
        let request = Request::builder().method(Method::OPTIONS);
        self.send(parcel, request, Bytes::new()).await
    }

    async fn post(
        &self,
        webhook: i64,
        parcel: &Parcel,
        event: &Outgoing,
    ) -> Result<Answer, NoAnswer> {
        let key = (&*webhook.to_string(), &*parcel.keys.secret);
        let created = self.desk.now().as_second();
        let signed = sign(key, &parcel.address, (EVENT_JSON, &event.body), created);
        let mut request = Request::builder()
            .method(Method::POST)
            .header(CONTENT_TYPE, EVENT_JSON)
            .header("Content-Digest", signed.digest)
            .header("Signature-Input", signed.input)
            .header("Signature", signed.signature);
        if !parcel.keys.bearer.is_empty() {
            request = request.header(AUTHORIZATION, format!("Bearer {}", parcel.keys.bearer));
        }
        self.send(parcel, request, Bytes::from(event.body.clone())).await
    }

    /// Sends a request to the address of a parcel. Redirects are not followed, and of the answer
    /// only the head is read.
    async fn send(
        &self,
        parcel: &Parcel,
        request: Builder,
        body: Bytes,
    ) -> Result<Answer, NoAnswer> {
        let sending = async {
            let url: Uri = parcel.address.parse().map_err(|_| "address")?;
            let (host, authority) = url.host().zip(url.authority()).ok_or("address")?;
            let secure = url.scheme_str() == Some("https");
            let bare = host.trim_start_matches('[').trim_end_matches(']');
            let port = url.port_u16().unwrap_or(if secure { 443 } else { 80 });
            let stream = self.networks.connect((bare, port), secure).await.map_err(code)?;
            let wire: Box<dyn Wire> = match secure {
                true => self.tls.around(stream, bare).await.map_err(|_| "tls")?,
                false => Box::new(stream),
            };
            let place = url.path_and_query().map_or("/", |it| it.as_str());
            let request = request
                .uri(place)
                .header(HOST, authority.as_str())
                .header(USER_AGENT, "belofte")
                .header("WebHook-Request-Origin", &parcel.origin)
                .body(Full::new(body))
                .map_err(|_| "address")?;
            let head = async |it: hyper::Response<_>| Ok((it.status(), it.headers().clone()));
            spoken(wire, request, head).await.map_err(|_| "no-answer")
        };
        let most = Duration::from_secs(desk::WEBHOOK_ANSWER_SECONDS);
        tokio::time::timeout(most, sending).await.unwrap_or(Err("late"))
    }
}

fn code(unreached: Unreached) -> NoAnswer {
    match unreached {
        Unreached::NoName => "no-name",
        Unreached::NotAllowed => "not-allowed",
        Unreached::NoConnection => "no-connection",
    }
}

/// What an answer to an event means: only 2xx is a yes.
fn heard(event: &Outgoing, answer: Result<Answer, NoAnswer>) -> Heard {
    match answer {
        Ok((status, _)) if status.is_success() => {
            Heard::Taken(event.clone(), status.as_u16().to_string())
        }
        Ok((StatusCode::GONE, _)) => Heard::Gone(StatusCode::GONE.as_u16().to_string()),
        Ok((status, headers)) => {
            let code = if status.is_redirection() { "redirect" } else { "status" };
            let status = status.as_u16().to_string();
            Heard::NotTaken(Some(event.clone()), code, status, seconds(&headers))
        }
        Err(code) => Heard::NotTaken(Some(event.clone()), code, String::new(), None),
    }
}

/// What an answer to the question means whether it wants to be told.
fn agreement(origin: &str, answer: Result<Answer, NoAnswer>) -> Heard {
    match answer {
        Ok((StatusCode::GONE, _)) => Heard::Gone(StatusCode::GONE.as_u16().to_string()),
        Ok((status, headers)) => {
            let named = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
            let allowed = named("WebHook-Allowed-Origin").unwrap_or_default().trim();
            let agrees = allowed == "*" || allowed.eq_ignore_ascii_case(origin);
            match status.is_success() && agrees {
                // An asterisk, or nothing: any number.
                true => Heard::Agreed(
                    named("WebHook-Allowed-Rate")
                        .and_then(|it| it.trim().parse().ok())
                        .unwrap_or(0),
                ),
                false => {
                    let status = status.as_u16().to_string();
                    Heard::NotTaken(None, "no-permission", status, seconds(&headers))
                }
            }
        }
        Err(code) => Heard::NotTaken(None, code, String::new(), None),
    }
}

/// How long a receiver wants to be left alone.
fn seconds(headers: &HeaderMap) -> Option<i64> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok().filter(|it| *it >= 0)
}
