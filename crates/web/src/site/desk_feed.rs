//! The calendar of a desk, for programs that subscribe to it by its secret link.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::IntoResponse;
use desk::TokenSecret;
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use sha2::{Digest, Sha256};

use super::reader::chosen;
use super::{Answer, Failure, Visitor};
use crate::door::Door;

/// GET /agenda/{secret}: a link that was ended, or never was, opens nothing.
pub(crate) async fn desk_feed(
    State(door): State<Door>,
    Path(secret): Path<String>,
    Visitor(network): Visitor,
    uri: Uri,
    asked: HeaderMap,
) -> Answer {
    let counting = door.desk.write(move |tx, _, now| desk::may_read_feed(tx, now, &network));
    if !counting.await? {
        return Err(Failure::TOO_MANY);
    }
    let secret = TokenSecret::read(secret.strip_suffix(".ics").unwrap_or(&secret));
    let lang = chosen(&uri).unwrap_or_default();
    let read = door.desk.read(move |tx, house, now| desk::feed(tx, house, now, (&secret, lang)));
    let feed = read.await?.ok_or(Failure::NOT_FOUND)?;
    let tag = tag_of(&feed.text);
    let mut response = match is_known(&asked, &tag, feed.changed_at) {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => {
            ([(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], feed.text).into_response()
        }
    };
    let headers = response.headers_mut();
    headers.insert(header::ETAG, HeaderValue::from_str(&tag).expect("a hash in quotes"));
    headers.insert(header::LAST_MODIFIED, date(feed.changed_at));
    Ok(response)
}

fn tag_of(text: &str) -> String {
    format!("\"{}\"", data_encoding::HEXLOWER.encode(&Sha256::digest(text.as_bytes())[..12]))
}

/// Whether who asks has it as it is (RFC 9110, 13.2.2): the mark counts, and the date only for who
/// has no mark.
fn is_known(asked: &HeaderMap, tag: &str, changed_at: Timestamp) -> bool {
    let said = |name| asked.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    if let Some(known) = said(header::IF_NONE_MATCH) {
        return known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag);
    }
    let since = said(header::IF_MODIFIED_SINCE).and_then(|date| rfc2822::parse(date).ok());
    since.is_some_and(|since| changed_at.as_second() <= since.timestamp().as_second())
}

/// A moment as HTTP writes it.
fn date(at: Timestamp) -> HeaderValue {
    let text = rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&at);
    text.ok()
        .and_then(|text| HeaderValue::from_str(&text).ok())
        .unwrap_or(HeaderValue::from_static("Thu, 01 Jan 1970 00:00:00 GMT"))
}
