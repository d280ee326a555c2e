//! One e-mail as a value: who, to whom, about what, what was written now, what came with it, and
//! what could not be read. Reading never fails; an unreadable message is a message with trouble.

use super::attachment::{self, Attachment};
use super::bounce::{self, Bounce, Report};
use super::headers::{self, Headers};
use super::limits::cut_chars;
use super::limits::{
    LINE_CHARS_MAX, MESSAGE_BYTES_MAX, RECIPIENTS_MAX, REFERENCES_MAX, TROUBLE_MAX,
};
use super::parts::{self, Part};
use super::subject::{self, SubjectKind};
use super::{Mailbox, address, formatted, identity, phrases, quoted, readable};
use jiff::Timestamp;
use jiff::civil::Date;
use mail_parser::HeaderValue;
use mail_parser::parsers::MessageStream;
use words::Lang;

/// What the mail system said when it delivered, apart from the message itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct Envelope<'a> {
    /// The envelope sender: `Some("")` is the null sender `<>`; `None` when unknown (a file).
    pub sender: Option<&'a str>,
    /// The addresses it was delivered for.
    pub recipients: &'a [String],
}

/// One e-mail, read. Fields hold what the message says; nothing here is checked for truth.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Its id without brackets: the first usable one given, or an artificial stable one.
    pub message_id: String,
    /// Whether the id was made here because the message came without one.
    pub message_id_is_artificial: bool,
    /// The ids it answers, without brackets.
    pub in_reply_to: Vec<String>,
    /// The ids of its thread, oldest first, at most [`REFERENCES_MAX`].
    pub references: Vec<String>,
    /// The first mailbox of From; none when the field is missing or names nobody.
    pub from: Option<Mailbox>,
    /// Further mailboxes of From.
    pub from_more: Vec<Mailbox>,
    /// The Sender field.
    pub sender: Option<Mailbox>,
    /// The first mailbox of Reply-To.
    pub reply_to: Option<Mailbox>,
    /// The To field.
    pub to: Vec<Mailbox>,
    /// The Cc field.
    pub cc: Vec<Mailbox>,
    /// The subject as shown.
    pub subject: String,
    /// The subject without `Re:`, `Antw:`, `Fwd:` and the like.
    pub subject_core: String,
    /// What the outermost prefix says.
    pub subject_kind: SubjectKind,
    /// Our number in the subject: `2026-001234`.
    pub subject_number: Option<String>,
    /// What the Date field claims; the time of receipt rules every deadline, not this.
    pub date: Option<Timestamp>,
    /// The readable text, from HTML when there is only HTML.
    pub text: String,
    /// The part of the text written now.
    pub new_text: String,
    /// The history a client quoted; empty when there is none.
    pub quoted: String,
    /// What came with it.
    pub attachments: Vec<Attachment>,
    /// Whether it can also be shown with its own markup.
    pub has_html: bool,
    /// The language it seems to be written in.
    pub language: Lang,
    /// What could not be read, in English, for an employee.
    pub trouble: Vec<String>,
    /// The kind of machine-readable report it is, if one.
    pub report: Option<Report>,
    /// What it says about the delivery of something we sent.
    pub bounce: Option<Bounce>,
    /// What a calendar part asks for (RFC 5546), in lower case: `request`, `reply`.
    pub calendar_method: Option<String>,
    /// Its header fields.
    pub headers: Headers,
    /// The types of its parts, containers included, in order.
    pub part_kinds: Vec<String>,
}

/// Notes about what could not be read, at most [`TROUBLE_MAX`], each once.
#[derive(Debug, Default)]
pub(crate) struct Trouble(Vec<String>);

impl Trouble {
    pub(crate) fn note(&mut self, what: &str) {
        if self.0.len() < TROUBLE_MAX && !self.0.iter().any(|t| t == what) {
            self.0.push(what.to_owned());
        }
    }
}

/// Reads a message from its bytes. Any bytes give a message; what could not be read is in
/// `trouble`.
#[must_use]
pub fn read(raw: &[u8], envelope: &Envelope<'_>) -> Message {
    let mut trouble = Trouble::default();
    if raw.len() > MESSAGE_BYTES_MAX {
        trouble.note("a message larger than is read");
    }
    let raw = headers::with_line_ends(&raw[..raw.len().min(MESSAGE_BYTES_MAX)]);
    let (fields, start) = headers::split(&raw);
    if fields.is_empty() {
        trouble.note("no header fields");
    }
    let body = &raw[start..];
    let (message_id, message_id_is_artificial) = identity::own(&fields, body);
    let parts = parts::walk(fields.clone(), body, &mut trouble);
    let (text, in_text) = readable::of(&parts, &mut trouble);
    let split = quoted::split(&text);
    let attachments = attachment::list(&parts, &in_text);
    let subject = fields.shown("Subject").unwrap_or_default();
    let (subject_core, subject_kind) = subject::core(&subject);
    let mut from = mailboxes(&fields, "From").into_iter();
    let from_first = from.next();
    let bounce = bounce::find(&parts, &text, is_suspect(from_first.as_ref(), &subject, envelope));
    let guess = if split.new_text.is_empty() { &subject } else { &split.new_text };
    Message {
        message_id,
        message_id_is_artificial,
        in_reply_to: in_reply_to(&fields),
        references: identity::listed(&fields, "References"),
        from: from_first,
        from_more: from.collect(),
        sender: mailboxes(&fields, "Sender").into_iter().next(),
        reply_to: mailboxes(&fields, "Reply-To").into_iter().next(),
        to: mailboxes(&fields, "To"),
        cc: mailboxes(&fields, "Cc"),
        subject_core: subject_core.to_owned(),
        subject_kind,
        subject_number: subject::number(&subject).map(str::to_owned),
        date: fields.first("Date").and_then(instant),
        language: Lang::of_text(guess).unwrap_or_default(),
        new_text: split.new_text,
        quoted: split.quoted,
        attachments,
        has_html: formatted::has_html(&parts),
        report: bounce::report(&parts),
        calendar_method: calendar_method(&parts),
        bounce,
        part_kinds: parts.iter().map(|p| p.kind.clone()).collect(),
        trouble: trouble.0,
        headers: fields,
        subject,
        text,
    }
}

/// The method of the first calendar part: from its type, or else from its text.
fn calendar_method(parts: &[Part<'_>]) -> Option<String> {
    let part = parts.iter().find(|part| part.kind == "text/calendar")?;
    let named = part.parameter("method").map(str::to_lowercase);
    named.or_else(|| {
        let text = cut_chars(&part.text(), LINE_CHARS_MAX).to_lowercase();
        let method = text.lines().find_map(|line| line.trim().strip_prefix("method:"))?;
        Some(method.trim().to_owned())
    })
}

/// The decoded bytes of the part an [`Attachment`] names, when the message has it.
#[must_use]
pub fn content(raw: &[u8], part: usize) -> Option<Vec<u8>> {
    contents(raw, &[part]).pop().flatten()
}

/// The decoded bytes of several parts, in the order asked; the message is walked once.
#[must_use]
pub fn contents(raw: &[u8], wanted: &[usize]) -> Vec<Option<Vec<u8>>> {
    let raw = headers::with_line_ends(&raw[..raw.len().min(MESSAGE_BYTES_MAX)]);
    let (fields, start) = headers::split(&raw);
    let parts = parts::walk(fields, &raw[start..], &mut Trouble::default());
    let bytes = |at: &usize| parts.get(*at).map(|part| Part::bytes(part).into_owned());
    wanted.iter().map(bytes).collect()
}

fn mailboxes(fields: &Headers, name: &str) -> Vec<Mailbox> {
    fields.all(name).flat_map(address::list).take(RECIPIENTS_MAX).collect()
}

/// In-Reply-To; Outlook's older answers carry the id in a field of their own.
fn in_reply_to(fields: &Headers) -> Vec<String> {
    let mut found = identity::listed(fields, "In-Reply-To");
    found.truncate(REFERENCES_MAX);
    found
}

/// The instant a Date field claims, when it is a date that exists.
fn instant(field: &str) -> Option<Timestamp> {
    let line = format!("{}\n", cut_chars(field, LINE_CHARS_MAX));
    match MessageStream::new(line.as_bytes()).parse_date() {
        HeaderValue::DateTime(date) if date.is_valid() => {
            let (year, month) = (i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?);
            Date::new(year, month, i8::try_from(date.day).ok()?).ok()?;
            Timestamp::from_second(date.to_timestamp()).ok()
        }
        _ => None,
    }
}

/// Whether sender or subject are those of a mail system, so that the text is read as a report.
fn is_suspect(from: Option<&Mailbox>, subject: &str, envelope: &Envelope<'_>) -> bool {
    let system = from.is_some_and(|f| phrases::system_local(&f.local()).is_some());
    let subject = subject.to_lowercase();
    let titled = phrases::BOUNCE_SUBJECTS.iter().any(|s| subject.starts_with(s));
    system || titled || (envelope.sender == Some("") && from.is_none())
}
