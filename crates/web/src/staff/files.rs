//! Attachments: what each is in words, and giving them out so that they can do no harm.

use axum::extract::{Path, State};
use axum::http::header::{self, HeaderValue};
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use desk::{Attachment, FileKind, Handling, Risk, Scan, Stop, StorageError};
use promises::Sight;
use words::Words;

use super::{Worker, seen};
use crate::door::Door;
use crate::pages::{self, FilePage, Section, query_value};
use crate::site::{Answer, Failure, show};

/// What a browser may do with the bytes of a stranger: show them, in a box of their own. Objects of
/// our own are what a browser makes of a PDF to show it.
const BOXED: &str = "sandbox; default-src 'none'; img-src 'self'; object-src 'self'; \
    style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// The type of what is only saved: no browser opens it.
const BYTES: &str = "application/octet-stream";

/// What the address of an attachment says.
type Place = (String, i64, u32);

/// GET /werk/contacten/{number}/bericht/{message}/bijlage/{nr}
pub(crate) async fn file(
    State(door): State<Door>,
    worker: Worker,
    Path(place): Path<Place>,
) -> Answer {
    let found = find(&door, &worker, place.clone()).await?;
    match handling(&found) {
        Handling::Show => give(&door, &found, true).await,
        Handling::Save => give(&door, &found, false).await,
        Handling::AskFirst(risk) => {
            let words = &worker.words;
            let page = FilePage {
                title: words.say("staff-file-ask"),
                why: words.say(risk_key(risk)),
                action: Some(href(&place.0, &found)),
                ..blank(&door, &worker, &place.0, &found)
            };
            show(StatusCode::OK, &page)
        }
        Handling::Never => refuse(&door, &worker, &place.0, &found),
    }
}

/// POST /werk/contacten/{number}/bericht/{message}/bijlage/{nr}: the second choice.
pub(crate) async fn save_file(
    State(door): State<Door>,
    worker: Worker,
    Path(place): Path<Place>,
) -> Answer {
    let found = find(&door, &worker, place.clone()).await?;
    match handling(&found) {
        Handling::Never => refuse(&door, &worker, &place.0, &found),
        Handling::Show | Handling::Save | Handling::AskFirst(_) => give(&door, &found, false).await,
    }
}

/// The attachment; that the employee sees it is written down.
async fn find(
    door: &Door,
    worker: &Worker,
    (number, message, nr): Place,
) -> Result<Attachment, Failure> {
    let of_message = of_message(door, number, message).await?;
    let found = of_message.into_iter().find(|it| it.nr == nr).ok_or(Failure::NOT_FOUND)?;
    seen::note(door, worker, (found.contact, Sight::File)).await?;
    Ok(found)
}

/// The attachments of a message of the contact with this number; none when there is no such one.
pub(super) async fn of_message(
    door: &Door,
    number: String,
    message: i64,
) -> Result<Vec<Attachment>, Failure> {
    let found =
        door.desk.read(move |tx, house, _| match desk::contact_by_number(tx, house, &number)? {
            Some(contact) => Ok(tx.attachments_of(contact.id, message)?),
            None => Ok(Vec::new()),
        });
    Ok(found.await?)
}

fn handling(attachment: &Attachment) -> Handling {
    FileKind::from_word(&attachment.kind).handling(&attachment.scan)
}

async fn give(door: &Door, attachment: &Attachment, shown: bool) -> Answer {
    let bytes = bytes(door, attachment).await?.ok_or(Failure::NOT_FOUND)?;
    Ok(answer(&attachment.name, bytes, shown))
}

/// The bytes of an attachment, read out of its mail; nothing when the mail does not have them.
pub(super) async fn bytes(door: &Door, attachment: &Attachment) -> Result<Option<Vec<u8>>, Stop> {
    let raw = door.desk.raw(attachment.contact, attachment.message).await?;
    let (open, part) = (door.opener.attachment, attachment.part);
    let opened = move || raw.and_then(|raw| open(&raw, part));
    let broken = |_| StorageError::other("a mail could not be opened");
    Ok(tokio::task::spawn_blocking(opened).await.map_err(broken)?)
}

/// Whether an attachment may go along with a letter of ours: only what may also be saved here at
/// once.
pub(super) fn may_go_along(attachment: &Attachment) -> bool {
    matches!(handling(attachment), Handling::Show | Handling::Save)
}

/// The bytes of a stranger, boxed. What they are is looked at once more: the type that is sent
/// comes from the bytes that are sent.
pub(crate) fn answer(name: &str, bytes: Vec<u8>, shown: bool) -> Response {
    let kind = FileKind::of(&bytes, name);
    let shown_as = kind.shown_as().filter(|_| shown);
    let content_type = match shown_as {
        Some("text/plain") => text_type(&bytes),
        Some(content_type) => content_type,
        None => BYTES,
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(content_type)),
        (header::CONTENT_DISPOSITION, disposition(name, shown_as.is_some())),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(BOXED)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("same-origin"),
        ),
    ];
    (headers, bytes).into_response()
}

/// Text is UTF-8, or else what programs on Windows wrote.
fn text_type(bytes: &[u8]) -> &'static str {
    match std::str::from_utf8(bytes) {
        Ok(_) => "text/plain; charset=utf-8",
        Err(_) => "text/plain; charset=windows-1252",
    }
}

/// The header with the name in both of its forms (RFC 6266): letters that any program reads, and
/// the name itself.
fn disposition(name: &str, shown: bool) -> HeaderValue {
    let plain = |c: char| if c.is_ascii_alphanumeric() || " .-_()".contains(c) { c } else { '_' };
    let fallback: String = name.chars().map(plain).collect();
    let whole = query_value(name).replace('/', "%2F");
    let manner = if shown { "inline" } else { "attachment" };
    let text = format!("{manner}; filename=\"{fallback}\"; filename*=UTF-8''{whole}");
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("attachment"))
}

fn refuse(door: &Door, worker: &Worker, number: &str, attachment: &Attachment) -> Answer {
    let page = locked(door, worker, number, attachment);
    show(StatusCode::FORBIDDEN, &page)
}

/// The page that says that a virus was found.
pub(super) fn locked(
    door: &Door,
    worker: &Worker,
    number: &str,
    attachment: &Attachment,
) -> FilePage {
    let words = &worker.words;
    FilePage {
        title: words.say("staff-file-never"),
        why: words.say1("staff-file-never-why", "name", attachment.scan.found()),
        ..blank(door, worker, number, attachment)
    }
}

fn blank(door: &Door, worker: &Worker, number: &str, attachment: &Attachment) -> FilePage {
    let mut frame = worker.frame(door, Section::Work);
    frame.path = href(number, attachment);
    let about = about(&worker.words, &attachment.kind, attachment.size);
    FilePage {
        frame,
        number: number.to_owned(),
        name: attachment.name.clone(),
        about,
        title: String::new(),
        why: String::new(),
        action: None,
    }
}

fn href(number: &str, attachment: &Attachment) -> String {
    let Attachment { message, nr, .. } = attachment;
    format!("/werk/contacten/{number}/bericht/{message}/bijlage/{nr}")
}

/// "foto (JPEG), 120 kB", of a file of this kind and so many bytes.
pub(super) fn about(words: &Words, kind: &str, size: i64) -> String {
    let kind = words.say(kind_key(FileKind::from_word(kind)));
    format!("{kind}, {}", words.size(size))
}

/// An attachment as the page of its contact lists it.
pub(super) fn listed(words: &Words, number: &str, attachment: &Attachment) -> pages::Attachment {
    let handling = handling(attachment);
    let mut about = vec![about(words, &attachment.kind, attachment.size)];
    let mut notes = Vec::new();
    if attachment.inline {
        about.push(words.say("staff-file-inline"));
    }
    if matches!(handling, Handling::AskFirst(Risk::Program | Risk::Macros | Risk::Page)) {
        notes.push(words.say("staff-file-risk"));
    }
    match &attachment.scan {
        Scan::Virus(name) => notes.push(words.say1("staff-file-virus", "name", name)),
        Scan::Waiting | Scan::Unscannable => notes.push(words.say("staff-file-not-scanned")),
        // Without a scanner it holds for all of them, and is no alarm.
        Scan::None => about.push(words.say("staff-file-not-scanned")),
        Scan::Clean => {}
    }
    pages::Attachment {
        name: attachment.name.clone(),
        about: about.join(", "),
        notes,
        href: (handling != Handling::Never).then(|| href(number, attachment)),
    }
}

fn risk_key(risk: Risk) -> &'static str {
    match risk {
        Risk::Program => "staff-file-ask-program",
        Risk::Macros => "staff-file-ask-macros",
        Risk::Page => "staff-file-ask-page",
        Risk::NotScanned => "staff-file-ask-not-scanned",
    }
}

fn kind_key(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Png => "staff-file-png",
        FileKind::Jpeg => "staff-file-jpeg",
        FileKind::Gif => "staff-file-gif",
        FileKind::Webp => "staff-file-webp",
        FileKind::Pdf => "staff-file-pdf",
        FileKind::Text => "staff-file-text",
        FileKind::Picture => "staff-file-picture",
        FileKind::Document => "staff-file-document",
        FileKind::Macros => "staff-file-macros",
        FileKind::Archive => "staff-file-archive",
        FileKind::Mail => "staff-file-mail",
        FileKind::Sound => "staff-file-sound",
        FileKind::Film => "staff-file-film",
        FileKind::Page => "staff-file-page",
        FileKind::Program => "staff-file-program",
        FileKind::Unknown => "staff-file-unknown",
    }
}
