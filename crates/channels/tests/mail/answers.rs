//! Whole mails as they leave: an answer in each language, byte by byte, and read back by two
//! parsers that we did not write.

use std::io::Write;
use std::process::{Command, Stdio};

use channels::mime;
use desk::{Agent, Arrival, BlobId, Enclosure, House, Reply, Sendable, Stop, Thread, Tx};
use jiff::Timestamp;
use ledger::{Ledger, Place};
use mail_parser::{HeaderValue, Message, MessageParser, MimeHeaders};
use norms::{Channel, Kind, Norms};
use promises::Via;

use crate::expected;

/// Longer than any line on the wire may be (RFC 5322, 2.1.1), with what clients trip over.
fn text() -> String {
    let long = "De lantaarnpaal bij nummer 12 is vandaag vervangen en brandt weer. ".repeat(20);
    format!(
        "Beste Sjoerd,\n\n{}\n\nFrom hier af gaat het goed.\n.\nPrijs: € 0,00 = niets 😀\n\n\
         Fenna <b>Voorbeeld</b>",
        long.trim_end()
    )
}

/// A resident mails in a language, with a thread behind it; what an employee answers to it, and the
/// acknowledgement, as they are to be sent.
pub(crate) fn letters(lang: &'static str) -> Vec<Sendable> {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = Ledger::open(&Place::File(folder.path().join("belofte.db"))).expect("it opens");
    let source = include_str!("../../../../norms/harlingen.toml");
    let norms = Norms::parse(source, "harlingen.toml").expect("the file is right");
    let house = House::new(norms, "https://contact.example.nl", [7; 32]);
    let monday: Timestamp = "2026-11-23T09:00:00+01:00".parse().expect("a moment");
    let story = move |tx: &mut Tx<'_>| -> Result<Vec<Sendable>, Stop> {
        let roles = Some(desk::Roles::ALL_ROUND);
        let els: Agent =
            desk::open_account(tx, monday, ("els", "Els Voorbeeld"), "x", roles)?.with()?;
        let id = "lamp-2@post.example.nl".to_owned();
        let references = "lamp-0@post.example.nl lamp-1@post.example.nl".to_owned();
        let arrival = Arrival {
            name: "Sjoerd Fôarbyld".to_owned(),
            email: "sjoerd@example.nl".to_owned(),
            mailable: true,
            subject: "Re: Antw: Lampe stikken yn ’e Foarstrjitte".to_owned(),
            body: "Goedemorgen,\n\nDe lamp is <stuk> & scheef.\n> dit stond er al\n\nSjoerd".into(),
            lang: lang.to_owned(),
            thread: Thread { message_id: id, references, ..Thread::default() },
            ..Arrival::new(Channel::Email, Kind::Question)
        };
        let contact = desk::receive(tx, &house, monday, &arrival)?.done.contact;
        let copies = "wijk@example.nl, Team.Buiten@example.nl".to_owned();
        let reply = Reply { copies, ..Reply::new(Via::Mail, &text()) };
        desk::answer(tx, &house, monday, &els, contact, &reply)?;
        let mut found = Vec::new();
        for nr in [1, 2] {
            found.extend(desk::sendable(tx, &house, monday, (contact, nr))?);
        }
        Ok(found)
    };
    ledger.write(story).wait().expect("a story")
}

fn answer(lang: &'static str) -> Vec<u8> {
    let answer = letters(lang).pop().expect("an answer");
    let mail = mime(&answer, &[]).expect("it can be sent");
    assert_eq!(mime(&answer, &[]).as_ref(), Ok(&mail), "INTAKE 61: the same bytes at every try");
    mail
}

fn shows(lang: &'static str, file: &str) {
    let mail = String::from_utf8(answer(lang)).expect("ASCII on the wire");
    assert!(mail.is_ascii() && !mail.replace("\r\n", "").contains(['\r', '\n']));
    let longest = mail.lines().map(str::len).max().expect("lines");
    assert!(longest <= 998, "RFC 5322, 2.1.1: a line of {longest}");
    expected::expect(file, &mail.replace("\r\n", "\n"));
}

#[test]
fn in_dutch() {
    shows("nl", "answer-nl.eml");
}

#[test]
fn in_frisian() {
    shows("fy", "answer-fy.eml");
}

#[test]
fn in_english() {
    shows("en", "answer-en.eml");
}

fn ids(value: &HeaderValue<'_>) -> Vec<String> {
    let list = value.as_text_list().unwrap_or_default();
    list.iter().map(ToString::to_string).collect()
}

/// What Outlook, Gmail and Thunderbird go by: In-Reply-To, the whole References, and the subject.
#[test]
fn mail_parser_reads_it_back() {
    let mail = answer("nl");
    let read: Message<'_> = MessageParser::default().parse(&mail).expect("a mail");
    assert_eq!(ids(read.in_reply_to()), ["lamp-2@post.example.nl"]);
    let chain = ["lamp-0@post.example.nl", "lamp-1@post.example.nl", "lamp-2@post.example.nl"];
    assert_eq!(ids(read.references()), chain);
    assert_eq!(read.subject(), Some("Re: Lampe stikken yn ’e Foarstrjitte"));
    let plain = read.body_text(0).expect("a text");
    let sent = plain.replace("\r\n", "\n");
    assert!(sent.contains(&text()), "{sent}");
    assert!(sent.contains("schreef Sjoerd Fôarbyld:\n> Goedemorgen,\n>\n> De lamp"), "{sent}");
    let html = read.body_html(0).expect("a page");
    assert!(html.contains("<div class=\"gmail_quote\">"), "{html}");
    assert!(html.contains("De lamp is &lt;stuk&gt; &amp; scheef."), "{html}");
    assert!(html.contains("Fenna &lt;b&gt;Voorbeeld&lt;/b&gt;"), "{html}");
}

/// INTAKE 53: an acknowledgement names its kind, has one recipient and repeats no words.
#[test]
fn an_acknowledgement_stays_what_it_is() {
    let ack = letters("nl").remove(0);
    let mail = String::from_utf8(mime(&ack, &[]).expect("it can be sent")).expect("ASCII");
    for header in ["Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All"] {
        assert!(mail.contains(header), "{mail}");
    }
    assert!(!mail.contains("\r\nCc:") && !mail.contains("gmail_quote"), "{mail}");
    assert!(!mail.contains("scheef"), "INTAKE 55: the words of a mail are not repeated");
}

/// A photo and a document with names that are no ASCII, and a drawing that could run in a browser.
pub(crate) fn with_files() -> (Sendable, Vec<Vec<u8>>) {
    let files = [
        ("Plattegrond ’e Foarstrjitte – definitief (versie 2), met alle leidingen.pdf", "pdf"),
        ("brêge.png", "png"),
        ("tekening.svg", "page"),
        ("lijst.txt", "text"),
    ];
    let bytes: Vec<Vec<u8>> = vec![
        b"%PDF-1.7\n\x00\xff ".repeat(400),
        b"\x89PNG\r\n\x1a\n\x00".to_vec(),
        b"<svg>\n<a onload='alert(1)'/>\r</svg>\r\n".to_vec(),
        "één\r\ntwee\n.\nFrom drie".as_bytes().to_vec(),
    ];
    let mut answer = letters("nl").pop().expect("an answer");
    answer.enclosures = files
        .iter()
        .zip(&bytes)
        .enumerate()
        .map(|(index, ((name, kind), bytes))| Enclosure {
            contact: answer.letter.contact,
            employee: 1,
            nr: u32::try_from(index).expect("few") + 1,
            letter: Some(answer.letter.nr),
            name: (*name).to_owned(),
            kind: (*kind).to_owned(),
            size: i64::try_from(bytes.len()).expect("small"),
            blob: BlobId::of(bytes),
        })
        .collect();
    (answer, bytes)
}

/// Files arrive with their names, their bytes and a type that no program runs.
#[test]
fn files_go_along_whole() {
    let (answer, files) = with_files();
    let mail = mime(&answer, &files).expect("it can be sent");
    assert_eq!(mime(&answer, &files).as_ref(), Ok(&mail), "INTAKE 61: the same bytes");
    assert!(mail.is_ascii() && mail.split(|byte| *byte == b'\n').all(|line| line.len() <= 998));
    let read: Message<'_> = MessageParser::default().parse(&mail).expect("a mail");
    assert!(read.body_text(0).expect("a text").replace("\r\n", "\n").contains(&text()));
    assert_eq!(read.attachment_count(), files.len());
    for (nr, (enclosure, bytes)) in (0_u32..).zip(answer.enclosures.iter().zip(&files)) {
        let part = read.attachment(nr).expect("it is there");
        assert_eq!(part.attachment_name(), Some(enclosure.name.as_str()));
        assert_eq!(part.contents(), bytes, "{}", enclosure.name);
        let kind = part.content_type().expect("it has a type");
        let kind = format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default());
        let expected = ["application/pdf", "image/png", "application/octet-stream", "text/plain"];
        assert_eq!(kind, expected[nr as usize], "{}", enclosure.name);
    }
    // The mail as this program itself would read it.
    let own = channels::OPENER.attachment;
    assert!((0..12).filter_map(|part| own(&mail, part)).any(|bytes| bytes == files[1]));
}

const READ: &str = r"
import email, email.policy, json, sys
m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
part = lambda kind: m.get_body((kind,))
print(json.dumps([
    m['subject'], m['in-reply-to'], m['references'].split(), m['message-id'],
    [a.addr_spec for a in m['cc'].addresses], [p.get_content_type() for p in m.walk()],
    part('plain').get_content_charset(), part('plain').get_content().replace('\r\n', '\n'),
    part('html').get_content_charset(), len(part('html').get_content()) > 100,
    [str(d) for p in m.walk() for d in p.defects]]))
";

#[test]
fn python_reads_it_back() {
    let python = Command::new("python3")
        .args(["-c", READ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut python) = python else {
        eprintln!("python3 is not here, so its parser says nothing");
        return;
    };
    python.stdin.take().expect("it listens").write_all(&answer("nl")).expect("it takes a mail");
    let out = python.wait_with_output().expect("it ends");
    let said = String::from_utf8(out.stdout).expect("JSON");
    let text: String = as_json(&text());
    for part in [
        "\"Re: Lampe stikken yn \\u2019e Foarstrjitte\", \"<lamp-2@post.example.nl>\"",
        "\"<lamp-0@post.example.nl>\", \"<lamp-1@post.example.nl>\", \"<lamp-2@post.example.nl>\"",
        "[\"wijk@example.nl\", \"Team.Buiten@example.nl\"]",
        "[\"multipart/alternative\", \"text/plain\", \"text/html\"]",
        "\"utf-8\", true, []]",
        &text,
    ] {
        assert!(said.contains(part), "no {part} in {said}");
    }
}

/// A text as Python's json writes it, without the quotation marks.
fn as_json(text: &str) -> String {
    let mut out = String::new();
    for unit in text.encode_utf16() {
        match u8::try_from(unit).map(char::from) {
            Ok('\n') => out.push_str("\\n"),
            Ok('"') => out.push_str("\\\""),
            Ok(c) if c.is_ascii() => out.push(c),
            _ => out.push_str(&format!("\\u{unit:04x}")),
        }
    }
    out
}
