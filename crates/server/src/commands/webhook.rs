//! `belofte webhook`: programs that are told what happens here.

use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Subcommand;
use desk::{EventType, NewWebhook, TokenSecret, WebhookDeed, WebhookHealth};
use jiff::Timestamp;

use crate::configuration::Given;
use crate::say::say;
use crate::wiring;

#[derive(clap::Args)]
pub(crate) struct Webhook {
    #[command(subcommand)]
    what: What,
    #[command(flatten)]
    given: Given,
}

#[derive(Subcommand)]
enum What {
    /// Make a subscription and print its secret, which is shown only now.
    Add {
        /// Where events are sent to: https://, or http:// to this machine itself.
        address: String,
        /// What it is for.
        #[arg(long)]
        about: String,
        /// What it is told, like nl.belofte.contact.closed. Once for each type; without any,
        /// everything.
        #[arg(long = "type", value_parser = event_type)]
        types: Vec<EventType>,
        /// The receiver agreed otherwise, so it is not asked first.
        #[arg(long)]
        agreed: bool,
        /// What the receiver wants to be shown as a bearer token.
        #[arg(long, env = "BELOFTE_WEBHOOK_BEARER", hide_env_values = true)]
        bearer: Option<String>,
    },
    /// Send nothing for a while.
    Pause {
        /// Its number.
        number: i64,
    },
    /// Send again, from where it stopped.
    Resume {
        /// Its number.
        number: i64,
    },
    /// Never send again.
    Close {
        /// Its number.
        number: i64,
    },
    /// Send an event to try it with.
    Test {
        /// Its number.
        number: i64,
    },
    /// Send again what happened.
    Replay {
        /// Its number.
        number: i64,
        /// From this moment on, like 2026-11-23T09:00:00+01:00.
        #[arg(long, required_unless_present = "event", conflicts_with = "event")]
        since: Option<Timestamp>,
        /// From this event on, by its id; the ones before it are passed over.
        #[arg(long)]
        event: Option<i64>,
    },
    /// List the subscriptions, the newest first.
    List,
}

pub(crate) fn webhook(webhook: Webhook) -> Result<ExitCode> {
    let (ledger, now) = wiring::opened(&webhook.given)?;
    let (number, deed, done) = match webhook.what {
        What::Add { address, about, types, agreed, bearer } => {
            let types = if types.is_empty() { EventType::ALL.to_vec() } else { types };
            let bearer = bearer.unwrap_or_default();
            let asked = NewWebhook { address, about, types, bearer, agreed };
            let mut random = [0; 32];
            wiring::chance()(&mut random);
            let secret = TokenSecret::new(&random);
            let made = secret.clone();
            let number = ledger
                .write(move |tx| desk::add_webhook(tx, now, None, &asked, &made))
                .wait()
                .context("the webhook can not be made")?;
            say!("webhook {number} is made; its secret is shown only now");
            say!("{}", secret.text());
            return Ok(ExitCode::SUCCESS);
        }
        What::List => {
            for it in ledger.read(desk::webhooks).wait()? {
                say!("{}", line(&it));
            }
            return Ok(ExitCode::SUCCESS);
        }
        What::Pause { number } => (number, WebhookDeed::Pause, "is paused"),
        What::Resume { number } => (number, WebhookDeed::Resume, "goes on"),
        What::Close { number } => (number, WebhookDeed::Close, "is closed"),
        What::Test { number } => (number, WebhookDeed::Test, "gets an event to try it with"),
        What::Replay { number, since, event } => {
            let deed = match (since, event) {
                (Some(since), _) => WebhookDeed::ReplayFrom(since),
                (None, event) => WebhookDeed::ReplayAt(event.unwrap_or_default()),
            };
            (number, deed, "is sent again what happened")
        }
    };
    ledger
        .write(move |tx| desk::change_webhook(tx, now, None, number, deed))
        .wait()
        .with_context(|| format!("nothing was done with webhook {number}"))?;
    say!("webhook {number} {done}");
    Ok(ExitCode::SUCCESS)
}

/// The number, what it is for, where it is, how it goes, the last answer, and how much waits.
fn line(it: &WebhookHealth) -> String {
    let webhook = &it.webhook;
    let more = if it.more { "+" } else { "" };
    format!(
        "{}\t{}\t{}\t{} {}\t{} {}\t{}{more}",
        webhook.id,
        webhook.about,
        webhook.address,
        webhook.state.word(),
        webhook.reason,
        webhook.answer,
        webhook.detail,
        it.waiting
    )
}

/// A type of event by its word.
fn event_type(word: &str) -> Result<EventType, String> {
    let words: Vec<&str> = EventType::ALL.iter().map(|it| it.word()).collect();
    EventType::from_word(word)
        .ok_or_else(|| format!("a type of event is one of: {}", words.join(", ")))
}
