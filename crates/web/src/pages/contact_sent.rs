//! What a resident sees after sending: the number, what happens next, and by when.

use askama::Template;
use jiff::civil::date;
use words::{Lang, Words};

use super::{ContactKind, Frame};

/// The page after the contact form was sent.
#[derive(Clone, Debug, Template)]
#[template(path = "contact_sent.html")]
pub struct ContactSent {
    /// What every page shares.
    pub frame: Frame,
    /// The number of the contact: "2026-000123".
    pub number: String,
    /// The day before whose end we are in touch: "woensdag 25 november 2026"; none for a message
    /// that asks nothing.
    pub due: Option<String>,
    /// The days that were skipped, as `Words::skipped` says them.
    pub why: Option<String>,
    /// Where the acknowledgement goes; none when none is sent.
    pub acknowledged_to: Option<String>,
    /// The address to follow the contact, with its secret.
    pub follow_href: String,
    /// The norm it falls under, in words, when that sets no day.
    pub promise: Option<String>,
    /// The key of what it was about.
    pub about: &'static str,
    /// The subject as it was sent.
    pub subject: String,
    /// The message as it was sent; returned to the sender (Awb 2:17).
    pub message: String,
}

impl ContactSent {
    /// Invented states: an ordinary message, one with days skipped, one that asks nothing.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ContactSent)> {
        let words = Words::new(lang);
        let plain = ContactSent {
            frame: Frame::sample(lang, "/contact/verzonden"),
            number: "2026-000123".into(),
            due: Some(words.date(date(2026, 11, 25))),
            why: None,
            acknowledged_to: Some("jan.voorbeeld@example.nl".into()),
            follow_href: "/volgen/2026-000123/ZX7QK2M9".into(),
            promise: None,
            about: ContactKind::Question.key(),
            subject: "Lantaarn bij de haven".into(),
            message: "Goedemiddag,\n\nDe lantaarn bij de haven is uit.\n\nJan Voorbeeld".into(),
        };
        let mut holiday = plain.clone();
        holiday.due = Some(words.date(date(2026, 4, 29)));
        let days = [
            format!("{} {}", words.say("day-saturday"), words.short_date(date(2026, 4, 25))),
            format!("{} {}", words.say("day-sunday"), words.short_date(date(2026, 4, 26))),
            format!(
                "{} {} ({})",
                words.say("day-monday"),
                words.short_date(date(2026, 4, 27)),
                words.say("holiday-kings-day")
            ),
        ];
        let list = words.list(&days);
        holiday.why =
            Some(words.say_with("days-skipped", &[("days", (&list).into()), ("count", 3.into())]));
        let mut fyi = plain.clone();
        fyi.due = None;
        fyi.acknowledged_to = None;
        let mut report = fyi.clone();
        report.promise = Some(super::home::sample_promise(lang).into());
        report.about = "report-kind";
        vec![("plain", plain), ("holiday", holiday), ("fyi", fyi), ("report", report)]
    }
}
