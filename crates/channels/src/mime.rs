//! A letter as a mail: one version of the program makes the same bytes of it at every try.

use desk::{FileKind, Letter, NewFile, Packed, Sendable};
use lettre::address::Envelope as LettreEnvelope;
use lettre::message::header::{Cc, ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Body, Mailbox, Mailboxes, MultiPart, SinglePart};
use lettre::{Address, Message};
use promises::Purpose;

use sha2::{Digest, Sha256};
use words::icalendar;

use crate::mail::{self, Envelope, LOOP_HEADER};
use crate::mail_in;

/// Why a letter with such an address can never be sent.
const NOT_AN_ADDRESS: &str = "the address can not be used in a mail";

/// The letter as the bytes of a mail, with the bytes of what goes along, in order.
///
/// # Errors
/// A sentence when an address can not stand in a mail: such a letter can never be sent.
pub fn mime(sendable: &Sendable, files: &[Vec<u8>]) -> Result<Vec<u8>, String> {
    let letter = &sendable.letter;
    let to: Address = address(&letter.recipient)?;
    let from = Mailbox::new(Some(sendable.from_name.clone()), address(&sendable.from)?);
    let reply_to = Mailbox::new(Some(sendable.from_name.clone()), address(&sendable.reply_to)?);
    // The library asks for an envelope; the one that is used stands in the outbox.
    let envelope =
        LettreEnvelope::new(None, vec![to.clone()]).map_err(|error| error.to_string())?;
    let mut builder = Message::builder()
        .envelope(envelope)
        .from(from)
        .to(Mailbox::new(None, to))
        .reply_to(reply_to)
        .subject(&letter.subject)
        .date(letter.at.into())
        .message_id(Some(format!("<{}>", letter.message_id)));
    if !letter.in_reply_to.is_empty() {
        builder = builder.in_reply_to(bracketed(&letter.in_reply_to));
    }
    if !letter.references.is_empty() {
        builder = builder.references(bracketed(&letter.references));
    }
    let domain = sendable.from.rsplit_once('@').map_or("", |(_, domain)| domain);
    builder = builder.raw_header(header(LOOP_HEADER, domain));
    if matches!(letter.purpose, Purpose::Acknowledgement | Purpose::Link) {
        builder = builder
            .raw_header(header("Auto-Submitted", "auto-replied"))
            .raw_header(header("X-Auto-Response-Suppress", "All"))
            .raw_header(header("Precedence", "bulk"));
    }
    if !letter.copies.is_empty() {
        let copies: Mailboxes = letter.copies.parse().map_err(|_| NOT_AN_ADDRESS.to_owned())?;
        builder = builder.mailbox(Cc::from(copies));
    }
    let own = letter.message_id.split('@').next().unwrap_or("x");
    let words = MultiPart::alternative()
        .boundary(format!("part-{own}"))
        .singlepart(SinglePart::plain(text(letter)))
        .singlepart(SinglePart::html(desk::page_of(letter)));
    let (words, calendar) = match letter.calendar.as_str() {
        "" => (words, None),
        calendar => {
            let [shown, saved] = visit(calendar)?;
            (words.singlepart(shown), Some(saved))
        }
    };
    let enclosed = sendable.enclosures.iter().zip(files).map(|(enclosure, bytes)| {
        let kind = content_type(FileKind::from_word(&enclosure.kind));
        Ok(Attachment::new(enclosure.name.clone()).body(in_base64(bytes.clone())?, kind))
    });
    let along: Vec<SinglePart> =
        enclosed.chain(calendar.map(Ok)).collect::<Result<Vec<_>, String>>()?;
    let parts = if along.is_empty() {
        words
    } else {
        let with = MultiPart::mixed().boundary(format!("whole-{own}")).multipart(words);
        along.into_iter().fold(with, MultiPart::singlepart)
    };
    let message = builder.multipart(parts).map_err(|error| error.to_string())?;
    Ok(message.formatted())
}

/// A calendar file twice: mail programs with a calendar show the part beside the words, the last
/// they understand; others save the attachment.
fn visit(calendar: &str) -> Result<[SinglePart; 2], String> {
    let (method, lang) = icalendar::sent_as(calendar);
    let kind = |kind: &str| ContentType::parse(kind).map_err(|error| error.to_string());
    let body = || in_base64(calendar.as_bytes().to_vec());
    let shown = SinglePart::builder()
        .header(kind(&format!("text/calendar; charset=utf-8; method={method}"))?)
        .body(body()?);
    let name = icalendar::file_name(lang).to_owned();
    Ok([shown, Attachment::new(name).body(body()?, kind("application/ics")?)])
}

/// Bytes that go as they are: as text their line ends would not be safe on the way.
fn in_base64(bytes: Vec<u8>) -> Result<Body, String> {
    Body::new_with_encoding(bytes, ContentTransferEncoding::Base64)
        .map_err(|_| "an attachment can not be encoded".to_owned())
}

/// A text and the files that came with it as the bytes of a mail: the same bytes for the same form.
pub(crate) fn pack(text: &str, files: &[NewFile]) -> Packed {
    let mut own = Sha256::new();
    own.update(text);
    files.iter().for_each(|file| own.update(&file.bytes));
    let own = data_encoding::HEXLOWER.encode(&own.finalize()[..12]);
    let with = MultiPart::mixed()
        .boundary(format!("form-{own}"))
        .singlepart(SinglePart::plain(text.to_owned()));
    let parts = files.iter().map(|file| {
        let kind = content_type(FileKind::of(&file.bytes, &file.name));
        // What is in base64 already: any bytes can be written so.
        let body = data_encoding::BASE64_MIME.encode(&file.bytes).into_bytes();
        let body = Body::dangerous_pre_encoded(body, ContentTransferEncoding::Base64);
        Attachment::new(file.name.clone()).body(body, kind)
    });
    let raw = parts.fold(with, MultiPart::singlepart).formatted();
    let attachments = mail_in::attachments(&mail::read(&raw, &Envelope::default()));
    Packed { raw, attachments }
}

/// What mail programs show at once has its own type; the rest is bytes with a name.
fn content_type(kind: FileKind) -> ContentType {
    let named = match kind {
        FileKind::Text => "text/plain; charset=utf-8",
        kind => kind.shown_as().unwrap_or("application/octet-stream"),
    };
    ContentType::parse(named).unwrap_or(ContentType::TEXT_PLAIN)
}

fn address(text: &str) -> Result<Address, String> {
    text.parse().map_err(|_| NOT_AN_ADDRESS.to_owned())
}

/// The letter, and below it what it answers.
fn text(letter: &Letter) -> String {
    match letter.quoted.as_str() {
        "" => letter.body.clone(),
        quoted => format!("{}\n{quoted}", letter.body),
    }
}

fn bracketed(ids: &str) -> String {
    ids.split_whitespace().map(|id| format!("<{id}>")).collect::<Vec<_>>().join(" ")
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}
