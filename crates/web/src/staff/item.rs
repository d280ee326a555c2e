//! One contact, shown; and its mail as it came, to keep but never to open here.

use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use desk::{Desk, Item, Scan};
use serde::Deserialize;

use super::{Worker, deeds, files, item_page};
use crate::door::Door;
use crate::site::{Answer, Failure, show};

/// What the address may add: what was just done.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Added {
    gedaan: String,
}

/// GET /werk/contacten/{number}
pub(crate) async fn item(
    State(door): State<Door>,
    worker: Worker,
    Path(number): Path<String>,
    Query(added): Query<Added>,
) -> Answer {
    let item = find(&door.desk, &number).await?;
    let mut page = item_page::page(&door, &worker, &item);
    page.frame.done = deeds::done_key(&added.gedaan).map(|key| worker.words.say(key));
    show(StatusCode::OK, &page)
}

/// The contact with this number.
pub(super) async fn find(desk: &Desk, number: &str) -> Result<Item, Failure> {
    let number = number.to_owned();
    let found = desk.read(move |tx, house, _| desk::item(tx, house, &number)).await?;
    found.ok_or(Failure::NOT_FOUND)
}

/// GET /werk/contacten/{number}/bericht/{message}/bron
pub(crate) async fn raw(
    State(door): State<Door>,
    worker: Worker,
    Path((number, message)): Path<(String, i64)>,
) -> Answer {
    let asked = number.clone();
    let contact = door
        .desk
        .read(move |tx, house, _| desk::contact_by_number(tx, house, &asked))
        .await?
        .ok_or(Failure::NOT_FOUND)?;
    let attachments = files::of_message(&door, number.clone(), message).await?;
    // The mail as it came holds the virus too.
    if let Some(virus) = attachments.iter().find(|it| matches!(it.scan, Scan::Virus(_))) {
        let page = files::locked(&door, &worker, &number, virus);
        return show(StatusCode::FORBIDDEN, &page);
    }
    let bytes = door.desk.raw(contact.id, message).await?.ok_or(Failure::NOT_FOUND)?;
    // The number was found, so it is digits and a dash.
    let name = format!("attachment; filename=\"{}-{message}.eml\"", number.trim());
    let headers = [
        (header::CONTENT_TYPE, "message/rfc822"),
        (header::CONTENT_DISPOSITION, name.as_str()),
        // Whatever a browser makes of it after all: no scripts, no origin, nothing loaded.
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"),
    ];
    Ok((headers, bytes).into_response())
}
