//! Public pages kept in memory as they were made, and known by their content.
//!
//! A page is made anew when something was written, every few seconds since other processes may
//! write too, and every minute since it says what is open.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use words::Lang;

use super::{Failure, Reader};
use crate::door::Door;

/// The largest page that is known by its content, in bytes.
const PAGE_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Seconds of the minutes that a page holds for.
const MINUTE_SECONDS: i64 = 60;

/// The pages as they were made last, by address and language.
#[derive(Default)]
pub(crate) struct Kept(Mutex<HashMap<(String, Lang), Page>>);

/// A page, what it was made of, and its name.
#[derive(Clone)]
struct Page {
    html: Bytes,
    tag: HeaderValue,
    made: Made,
}

/// Of what a page was made: the reading of the disruptions, which follows every write, and the
/// minute.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Made {
    reading: u64,
    minute: i64,
}

impl Made {
    fn of(reading: u64, now: Timestamp) -> Made {
        Made { reading, minute: now.as_second().div_euclid(MINUTE_SECONDS) }
    }
}

impl Kept {
    fn find(&self, key: &(String, Lang), made: Made) -> Option<Page> {
        let pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pages.get(key).filter(|page| page.made == made).cloned()
    }

    fn keep(&self, key: (String, Lang), page: Page) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key, page);
    }
}

impl Page {
    /// The page, or that the reader has it already (RFC 9110, 13.1.2).
    fn answer(self, asked: &HeaderMap) -> Response {
        let known = asked.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok());
        let own = self.tag.to_str().unwrap_or_default();
        let same = known.is_some_and(|known| known.split(',').any(|one| one.trim() == own));
        let html = HeaderValue::from_static("text/html; charset=utf-8");
        let headers = [(header::CONTENT_TYPE, html), (header::ETAG, self.tag)];
        if same {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        (headers, Body::from(self.html)).into_response()
    }
}

/// Stands around the pages that show nothing personal. One that is asked for with anything but a
/// language is made each time.
pub(crate) async fn kept(State(door): State<Door>, request: Request, next: Next) -> Response {
    if request.method() != Method::GET {
        return next.run(request).await;
    }
    let made = Made::of(door.disruptions.copy().nr, door.desk.now());
    let (asked, uri) = (request.headers().clone(), request.uri().clone());
    let reader = Reader::of(&asked, &uri);
    let key = (uri.path().to_owned(), reader.words.lang());
    let is_plain = is_plain(&uri);
    if let Some(page) = door.kept.find(&key, made).filter(|_| is_plain) {
        return page.answer(&asked);
    }
    let response = next.run(request).await;
    if response.status() != StatusCode::OK {
        return response;
    }
    let Ok(html) = axum::body::to_bytes(response.into_body(), PAGE_BYTES_MAX).await else {
        return Failure(StatusCode::INTERNAL_SERVER_ERROR).into_response();
    };
    let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(&html)[..8]);
    // Weak: the same page may travel compressed or not (RFC 9110, 8.8.1).
    let Ok(tag) = HeaderValue::from_str(&format!("W/\"{hash}\"")) else {
        return Failure(StatusCode::INTERNAL_SERVER_ERROR).into_response();
    };
    let page = Page { html, tag, made };
    if is_plain {
        door.kept.keep(key, page.clone());
    }
    page.answer(&asked)
}

/// Whether an address asks for nothing but a page and a language.
fn is_plain(uri: &Uri) -> bool {
    uri.query().is_none_or(|query| query.split('&').all(|part| part.starts_with("lang=")))
}
