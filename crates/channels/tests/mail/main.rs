//! The understanding of e-mail, shown on tables of text: one line a rule, one block a message, one
//! fixture a file, and properties that hold for any bytes.

mod answers;
mod arriving;
#[path = "../../../../tests/expected.rs"]
mod expected;
mod files;
mod fixtures;
mod forged;
mod properties;
mod quoted;
mod reading;
mod rules;
mod shapes;
mod verdicts;
mod visits;

use channels::mail::{self, Envelope, Message, Own, Verdict};

/// What the municipality of the tests calls its own.
fn own() -> Own {
    let list = |items: &[&str]| items.iter().map(|i| (*i).to_owned()).collect();
    Own {
        addresses: list(&["info@harlingen.example", "gemeente@harlingen.example"]),
        domains: list(&["harlingen.example"]),
        invoice_addresses: list(&["factuur@harlingen.example"]),
        names: list(&["Gemeente Harlingen"]),
    }
}

/// Message-IDs that were taken in or sent before.
const KNOWN: &[&str] = &["bekend-1@voorbeeld.example", "antwoord-1@mailer.example"];

/// Checks a message written with plain line ends; `Envelope-From:` and `Envelope-To:` lines at its
/// start set the envelope.
fn check(text: &str) -> (Message, Verdict) {
    let (mut sender, mut recipients) = (None, Vec::new());
    let mut rest = text;
    while let Some((line, after)) = rest.split_once('\n') {
        if let Some(value) = line.strip_prefix("Envelope-From:") {
            sender = Some(value.trim().trim_matches(['<', '>']).to_owned());
        } else if let Some(value) = line.strip_prefix("Envelope-To:") {
            recipients.push(value.trim().to_owned());
        } else {
            break;
        }
        rest = after;
    }
    let envelope = Envelope { sender: sender.as_deref(), recipients: &recipients };
    mail::check(rest.as_bytes(), &envelope, &own(), &|id| KNOWN.contains(&id))
}
