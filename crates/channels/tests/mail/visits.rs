//! A letter about a visit: the calendar file goes beside its words and as an attachment, and the
//! mail is otherwise what it was.

use channels::mime;
use desk::Sendable;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders};
use words::Lang;
use words::icalendar::{Invitation, Method, invitation};

use crate::answers::{letters, with_files};

fn calendar(method: Method, lang: Lang) -> String {
    let moment = |text: &str| -> Timestamp { text.parse().expect("a moment") };
    invitation(&Invitation {
        uid: "2026-000001@contact.example.nl",
        sequence: 1,
        method,
        lang,
        from: moment("2026-11-26T19:00:00+01:00"),
        to: moment("2026-11-26T19:20:00+01:00"),
        zone: &TimeZone::get("Europe/Amsterdam").expect("a zone"),
        stamp: moment("2026-11-23T09:00:00+01:00"),
        summary: "Ôfspraak; paspoart 😀",
        description: "Nim mei:\n.\nFrom hjir: jo âlde paspoart",
        location: "Stadhuis, Harlingen",
        link: "",
        organizer: ("Gemeente Harlingen", "info@harlingen.example"),
        attendee: Some(("Sjoerd Fôarbyld", "sjoerd@example.nl")),
        alarm_minutes: Some(60),
    })
}

fn about(mut sendable: Sendable, calendar: &str) -> Sendable {
    calendar.clone_into(&mut sendable.letter.calendar);
    sendable
}

/// A part's type with its parameters, as it stands in the mail.
fn kind(part: &MessagePart<'_>) -> String {
    let Some(kind) = part.content_type() else { return String::new() };
    let attributes = kind.attributes().unwrap_or_default().iter();
    let attributes = attributes.filter(|it| it.name != "boundary");
    let attributes: String = attributes.map(|it| format!("; {}={}", it.name, it.value)).collect();
    format!("{}/{}{attributes}", kind.ctype(), kind.subtype().unwrap_or_default())
}

fn kinds(mail: &[u8]) -> Vec<String> {
    let read: Message<'_> = MessageParser::default().parse(mail).expect("a mail");
    read.parts.iter().map(kind).collect()
}

#[test]
fn the_visit_stands_beside_the_words_and_as_a_file() {
    let table = [
        (Method::Request, "REQUEST", Lang::Nl, "afspraak.ics"),
        (Method::Cancel, "CANCEL", Lang::Fy, "ofspraak.ics"),
        (Method::Request, "REQUEST", Lang::En, "appointment.ics"),
    ];
    let answer = letters("nl").pop().expect("an answer");
    for (method, word, lang, name) in table {
        let calendar = calendar(method, lang);
        let answer = about(answer.clone(), &calendar);
        let mail = mime(&answer, &[]).expect("it can be sent");
        assert_eq!(mime(&answer, &[]).as_ref(), Ok(&mail), "INTAKE 61: the same bytes");
        assert!(mail.is_ascii() && mail.split(|byte| *byte == b'\n').all(|line| line.len() <= 998));
        let shown = format!("text/calendar; charset=utf-8; method={word}");
        let plain = "text/plain; charset=utf-8";
        let html = "text/html; charset=utf-8";
        let parts =
            ["multipart/mixed", "multipart/alternative", plain, html, &shown, "application/ics"];
        assert_eq!(kinds(&mail), parts);
        let read: Message<'_> = MessageParser::default().parse(&mail).expect("a mail");
        let [.., beside, along] = read.parts.as_slice() else { panic!("six parts") };
        assert_eq!(beside.contents(), calendar.as_bytes());
        assert_eq!(along.contents(), calendar.as_bytes());
        assert_eq!(along.attachment_name(), Some(name));
        assert!(beside.content_disposition().is_none(), "it is no file of its own");
    }
}

#[test]
fn files_come_before_the_visit() {
    let (answer, files) = with_files();
    let without = kinds(&mime(&answer, &files).expect("it can be sent"));
    let answer = about(answer, &calendar(Method::Request, Lang::Nl));
    let mut with = kinds(&mime(&answer, &files).expect("it can be sent"));
    assert_eq!(with.pop().as_deref(), Some("application/ics"));
    assert_eq!(with.remove(4), "text/calendar; charset=utf-8; method=REQUEST");
    assert_eq!(with, without);
}
