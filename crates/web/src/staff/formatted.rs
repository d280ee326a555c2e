//! A mail with its own markup: cleaned, in a frame without rights, and without fetching anything
//! until an employee asks for it.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header::{self, HeaderValue};
use axum::http::{HeaderName, StatusCode};
use axum::response::{Html, IntoResponse};
use desk::{FileKind, Formatted, Scan};
use promises::Sight;
use serde::Deserialize;

use super::markup::{Cleaned, clean};
use super::{Worker, files, seen};
use crate::door::Door;
use crate::pages::{FormattedContent, FormattedPage, Section};
use crate::site::{Answer, Failure, see_other, show};

/// What the content of the frame may do: have its looks, show what came with it, and open links in
/// a window of their own.
const BOXED: &str = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; \
    style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'self'";
/// The same, after an employee asked for the pictures of this message.
const BOXED_WITH_REMOTE: &str = "sandbox allow-popups allow-popups-to-escape-sandbox; \
    default-src 'none'; style-src 'unsafe-inline'; img-src data: https:; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'self'; upgrade-insecure-requests";

/// What the address may add: the mark that an employee asked for pictures from outside. Only the
/// button makes it, so that a link in a mail can not ask.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    beelden: String,
}

type Place = (String, i64);

/// GET /werk/contacten/{number}/bericht/{message}/opgemaakt
pub(crate) async fn formatted(
    State(door): State<Door>,
    worker: Worker,
    Path((number, message)): Path<Place>,
    Query(asked): Query<Asked>,
) -> Answer {
    let shows_remote = door.desk.house().is_pictures_mark(message, &asked.beelden);
    let (subject, cleaned) = cleaned(&door, &worker, (&number, message), shows_remote).await?;
    let mut frame = worker.frame(&door, Section::Work);
    frame.path = address(&number, message);
    let added = if shows_remote { format!("?beelden={}", asked.beelden) } else { String::new() };
    let page = FormattedPage {
        content: format!("{}/inhoud{added}", frame.path),
        action: frame.href(&frame.path),
        frame,
        number,
        subject,
        has_remote: cleaned.has_remote,
        shows_remote,
    };
    show(StatusCode::OK, &page)
}

/// POST /werk/contacten/{number}/bericht/{message}/opgemaakt: asks for the pictures from outside.
pub(crate) async fn ask_pictures(
    State(door): State<Door>,
    worker: Worker,
    Path((number, message)): Path<Place>,
) -> Answer {
    // The number comes back in a header, so it must be one that exists.
    let item = super::item::find(&door, &worker, &number).await?;
    let mark = door.desk.house().pictures_mark(message);
    let path = format!("{}?beelden={mark}", address(&item.number, message));
    Ok(see_other(&worker.frame(&door, Section::Work).href(&path)))
}

/// GET /werk/contacten/{number}/bericht/{message}/opgemaakt/inhoud
pub(crate) async fn content(
    State(door): State<Door>,
    worker: Worker,
    Path((number, message)): Path<Place>,
    Query(asked): Query<Asked>,
) -> Answer {
    let shows_remote = door.desk.house().is_pictures_mark(message, &asked.beelden);
    let (_, cleaned) = cleaned(&door, &worker, (&number, message), shows_remote).await?;
    let title = worker.words.say("staff-formatted-title");
    let page = FormattedContent { title, html: cleaned.html };
    let boxed = if shows_remote { BOXED_WITH_REMOTE } else { BOXED };
    let headers = [
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(boxed)),
        (header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("same-origin"),
        ),
    ];
    Ok((headers, Html(page.render()?)).into_response())
}

fn address(number: &str, message: i64) -> String {
    format!("/werk/contacten/{}/bericht/{message}/opgemaakt", number.trim())
}

/// The subject of the contact and the cleaned markup of the message; that the employee sees it is
/// written down.
async fn cleaned(
    door: &Door,
    worker: &Worker,
    (number, message): (&str, i64),
    shows_remote: bool,
) -> Result<(String, Cleaned), Failure> {
    let asked = number.to_owned();
    let contact = door
        .desk
        .read(move |tx, house, _| desk::contact_by_number(tx, house, &asked))
        .await?
        .ok_or(Failure::NOT_FOUND)?;
    seen::note(door, worker, (contact.id, Sight::Contact)).await?;
    let attachments = files::of_message(door, number.to_owned(), message).await?;
    let locked: Vec<u32> = attachments
        .iter()
        .filter(|it| matches!(it.scan, Scan::Virus(_)))
        .map(|it| it.part)
        .collect();
    let raw = door.desk.raw(contact.id, message).await?.ok_or(Failure::NOT_FOUND)?;
    let open = door.opener.formatted;
    let work = move || open(&raw).map(|mail| clean(&shown(mail, &locked), shows_remote));
    let broken = |_| Failure(StatusCode::INTERNAL_SERVER_ERROR);
    let cleaned = tokio::task::spawn_blocking(work).await.map_err(broken)?;
    Ok((contact.subject, cleaned.ok_or(Failure::NOT_FOUND)?))
}

/// Without pictures that are locked, or that are no pictures.
fn shown(mut mail: Formatted, locked: &[u32]) -> Formatted {
    mail.pictures
        .retain(|it| !locked.contains(&it.part) && FileKind::of(&it.bytes, "").is_shown_picture());
    mail
}
