//! The figures of this process in the text form of Prometheus, for whoever may see them.
//!
//! They name mailboxes and count mail; no person is in them. All the same they tell how much mail a
//! municipality gets and where it fails, so they are not for everyone: with a token, only who shows
//! it; without one, only this machine itself, and never what a proxy passes on.

use std::fmt::Write;
use std::net::SocketAddr;

use axum::extract::{ConnectInfo, FromRequestParts, State};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use desk::{COUNT_MAX, MailboxHealth, Sift, Way, Whose};
use jiff::{SignedDuration, Timestamp};
use subtle::ConstantTimeEq;

use super::{Answer, Failure};
use crate::door::Door;

/// The header fields by which a proxy says for whom it asks.
const PASSED_ON: [&str; 3] = ["x-forwarded-for", "forwarded", "x-real-ip"];

/// How soon a promise ends that somebody looks at today.
const A_DAY: SignedDuration = SignedDuration::from_hours(24);

/// Someone who may read the figures.
pub(crate) struct Watcher;

impl FromRequestParts<Door> for Watcher {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, door: &Door) -> Result<Watcher, Response> {
        let may = match &door.metrics_token {
            Some(token) => shows(parts, token),
            // Behind a proxy on this machine everybody seems to be this machine.
            None => !door.trust_proxy && is_this_machine(parts),
        };
        if may { Ok(Watcher) } else { Err(Failure::NOT_FOUND.into_response()) }
    }
}

fn shows(parts: &Parts, token: &str) -> bool {
    let shown = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let shown = shown.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
    !token.is_empty() && bool::from(shown.trim().as_bytes().ct_eq(token.as_bytes()))
}

fn is_this_machine(parts: &Parts) -> bool {
    let connected = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|it| it.0.ip());
    let loopback = connected.is_some_and(|address| address.to_canonical().is_loopback());
    loopback && !PASSED_ON.iter().any(|name| parts.headers.contains_key(*name))
}

/// What the database counts.
struct Counted {
    mailboxes: Vec<MailboxHealth>,
    waiting: u32,
    failed: u32,
    /// For how long the first of those that wait has waited, in seconds.
    waited: i64,
    overdue: u32,
    due: u32,
    /// When everything was last verified, and whether it held.
    verified: Option<(Timestamp, bool)>,
    /// Programs that are not told what happens: they fail now, or were given up.
    webhooks: (u32, u32),
}

/// GET /metrics
pub(crate) async fn metrics(State(door): State<Door>, _: Watcher) -> Answer {
    let counted = door
        .desk
        .read(|tx, _, now| {
            Ok(Counted {
                mailboxes: desk::mailbox_health(tx)?,
                waiting: tx.count_waiting_letters(COUNT_MAX)?,
                failed: tx.count_failed_letters(COUNT_MAX)?,
                webhooks: desk::webhooks_in_trouble(tx)?,
                waited: tx.first_waiting_letter()?.map_or(0, |at| now.duration_since(at).as_secs()),
                due: tx.count_work(&Sift::all(Whose::All), None, Some(now + A_DAY), COUNT_MAX)?,
                overdue: tx.count_work(&Sift::all(Whose::All), None, Some(now), COUNT_MAX)?,
                verified: tx.last_verified()?,
            })
        })
        .await?;
    let mut page = Page::default();
    doors(&mut page, &door);
    mailboxes(&mut page, &counted.mailboxes, door.desk.doors().mailboxes());
    page.family("belofte_letters_waiting", "gauge", "Letters that wait to be sent, up to 1000.");
    page.figure("belofte_letters_waiting", &[], counted.waiting.into());
    let name = "belofte_letters_waiting_seconds";
    page.family(name, "gauge", "How long the first of the letters that wait has waited.");
    page.figure(name, &[], counted.waited);
    page.family("belofte_letters_failed", "gauge", "Letters that were given up, up to 1000.");
    page.figure("belofte_letters_failed", &[], counted.failed.into());
    page.family("belofte_contacts_overdue", "gauge", "Open contacts past a promise, up to 1000.");
    page.figure("belofte_contacts_overdue", &[], counted.overdue.into());
    let name = "belofte_contacts_due";
    page.family(name, "gauge", "Open contacts past a promise or within a day of it, up to 1000.");
    page.figure(name, &[], counted.due.into());
    condition(&mut page, door.desk.doors().room(), counted.verified);
    let name = "belofte_webhooks_failing";
    page.family(name, "gauge", "Webhooks that do not take their events now.");
    page.figure(name, &[], counted.webhooks.0.into());
    let name = "belofte_webhooks_paused";
    page.family(name, "gauge", "Webhooks that were given up after failing for days.");
    page.figure(name, &[], counted.webhooks.1.into());
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind)], page.0).into_response())
}

fn doors(page: &mut Page, door: &Door) {
    page.family("belofte_mail_taken_total", "counter", "Mails taken in by a listener.");
    let counted = Way::ALL.map(|way| (way, door.desk.doors().counted(way)));
    let figure = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    for (way, it) in &counted {
        page.figure("belofte_mail_taken_total", &[("way", way.code())], figure(it.taken));
    }
    page.family("belofte_mail_refused_total", "counter", "Recipients turned away by a listener.");
    for (way, it) in &counted {
        page.figure("belofte_mail_refused_total", &[("way", way.code())], figure(it.refused));
    }
    page.family("belofte_mail_postponed_total", "counter", "Mails told to come back later.");
    for (way, it) in &counted {
        page.figure("belofte_mail_postponed_total", &[("way", way.code())], figure(it.postponed));
    }
    let name = "belofte_sign_in_refused_total";
    page.family(name, "counter", "Passwords, codes and passkeys that let nobody in.");
    page.figure(name, &[], figure(door.desk.doors().sign_ins_refused()));
}

/// The room there is, and when somebody last verified that nothing was changed or lost.
fn condition(page: &mut Page, room: Option<u64>, verified: Option<(Timestamp, bool)>) {
    let name = "belofte_data_free_bytes";
    page.family(name, "gauge", "Bytes that are free where the data folder stands.");
    if let Some(room) = room {
        page.figure(name, &[], i64::try_from(room).unwrap_or(i64::MAX));
    }
    let name = "belofte_verified_timestamp_seconds";
    page.family(name, "gauge", "When `belofte verify` last ended; 0 before the first time.");
    page.figure(name, &[], verified.map_or(0, |(at, _)| at.as_second()));
    let name = "belofte_verified_whole";
    page.family(name, "gauge", "1 when it found the chain and the large mail whole.");
    if let Some((_, is_whole)) = verified {
        page.figure(name, &[], i64::from(is_whole));
    }
}

/// A figure of a mailbox: its name, its kind, what it says, and how it is read.
type Figure = (&'static str, &'static str, &'static str, fn(&MailboxHealth) -> i64);

const FIGURES: [Figure; 8] = [
    ("taken", "gauge", "Mails taken in since its numbering began.", |it| it.mailbox.taken),
    ("refused", "gauge", "Mails refused since its numbering began.", |it| it.mailbox.refused),
    ("set_aside", "gauge", "Mails that wait for an employee.", |it| it.set_aside.into()),
    ("waiting", "gauge", "Messages still to be read.", |it| it.mailbox.waiting),
    ("on_server", "gauge", "Messages at the last count.", |it| it.mailbox.on_server),
    ("unaccounted", "gauge", "Messages neither taken nor refused.", |it| it.mailbox.unaccounted),
    ("seen_timestamp_seconds", "gauge", "When it was last read.", |it| {
        it.mailbox.seen_at.map_or(0, |at| at.as_second())
    }),
    ("failing", "gauge", "1 while it can not be read.", |it| {
        i64::from(it.mailbox.failing_since.is_some())
    }),
];

fn mailboxes(page: &mut Page, all: &[MailboxHealth], configured: &[String]) {
    for (name, kind, about, read) in FIGURES {
        let family = format!("belofte_mailbox_{name}");
        page.family(&family, kind, about);
        for it in all.iter().filter(|it| configured.contains(&it.mailbox.name)) {
            page.figure(&family, &[("mailbox", &it.mailbox.name)], read(it));
        }
    }
}

/// The text as it grows.
#[derive(Default)]
struct Page(String);

impl Page {
    fn family(&mut self, name: &str, kind: &str, about: &str) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.0, "# HELP {name} {about}\n# TYPE {name} {kind}");
    }

    /// Labels are names of our own: nothing in them is to be escaped.
    fn figure(&mut self, name: &str, labels: &[(&str, &str)], value: i64) {
        let labels: Vec<String> =
            labels.iter().map(|(name, value)| format!("{name}=\"{value}\"")).collect();
        let labels = match labels.as_slice() {
            [] => String::new(),
            labels => format!("{{{}}}", labels.join(",")),
        };
        // Writing to a String cannot fail.
        let _ = writeln!(self.0, "{name}{labels} {value}");
    }
}
