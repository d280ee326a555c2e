//! Public pages kept in memory as they were made, and known by their content.
//!
//! A page is made anew when something happened (where another process wrote it, seconds later) and
//! every minute, since it says what is open. It is packed for browsers once, not for
//! each reader.

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

/// How browsers ask for a page that is packed.
const PACKED: &str = "gzip";

/// The pages as they were made last.
#[derive(Default)]
pub(crate) struct Kept(Mutex<HashMap<Key, Page>>);

/// Which page it is.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    path: String,
    lang: Lang,
    is_packed: bool,
}

/// A page, what it was made of, and its name.
#[derive(Clone)]
struct Page {
    headers: HeaderMap,
    bytes: Bytes,
    made: Made,
}

/// When a page was made: at the last fact that was read, and in a minute.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Made {
    fact: i64,
    minute: i64,
}

impl Made {
    fn of(fact: i64, now: Timestamp) -> Made {
        Made { fact, minute: now.as_second().div_euclid(MINUTE_SECONDS) }
    }
}

impl Kept {
    fn find(&self, key: &Key, made: Made) -> Option<Page> {
        let pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pages.get(key).filter(|page| page.made == made).cloned()
    }

    fn keep(&self, key: Key, page: Page) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key, page);
    }
}

impl Page {
    /// The page, or that the reader has it already (RFC 9110, 13.1.2).
    fn answer(self, asked: &HeaderMap) -> Response {
        let known = asked.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok());
        let own = self.headers.get(header::ETAG).and_then(|own| own.to_str().ok());
        let same = known
            .zip(own)
            .is_some_and(|(known, own)| known.split(',').any(|one| one.trim() == own));
        if same {
            return (StatusCode::NOT_MODIFIED, self.headers).into_response();
        }
        (self.headers, Body::from(self.bytes)).into_response()
    }
}

/// Stands around the pages that show nothing personal. One that is asked for with anything but a
/// language is made each time.
pub(crate) async fn kept(State(door): State<Door>, mut request: Request, next: Next) -> Response {
    if request.method() == Method::GET {
        return page_of(&door, request, next).await;
    }
    if request.method() != Method::HEAD {
        return next.run(request).await;
    }
    // What would be sent, without the page itself (RFC 9110, 9.3.2).
    *request.method_mut() = Method::GET;
    page_of(&door, request, next).await.map(|_| Body::empty())
}

async fn page_of(door: &Door, mut request: Request, next: Next) -> Response {
    let made = Made::of(door.disruptions.copy().fact, door.desk.now());
    let (asked, uri) = (request.headers().clone(), request.uri().clone());
    let lang = Reader::of(&asked, &uri).words.lang();
    let key = Key { path: uri.path().to_owned(), lang, is_packed: takes_packed(&asked) };
    let is_plain = is_plain(&uri);
    if let Some(page) = door.kept.find(&key, made).filter(|_| is_plain) {
        return page.answer(&asked);
    }
    let way = HeaderValue::from_static(if key.is_packed { PACKED } else { "identity" });
    request.headers_mut().insert(header::ACCEPT_ENCODING, way);
    let response = next.run(request).await;
    if response.status() != StatusCode::OK {
        return response;
    }
    let (parts, body) = response.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, PAGE_BYTES_MAX).await else {
        return Failure(StatusCode::INTERNAL_SERVER_ERROR).into_response();
    };
    let mut headers = parts.headers;
    headers.remove(header::CONTENT_LENGTH);
    let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(&bytes)[..8]);
    // Weak: another packer may pack the same page otherwise (RFC 9110, 8.8.1).
    if let Ok(tag) = HeaderValue::from_str(&format!("W/\"{hash}\"")) {
        headers.insert(header::ETAG, tag);
    }
    let page = Page { headers, bytes, made };
    if is_plain {
        door.kept.keep(key, page.clone());
    }
    page.answer(&asked)
}

/// Whether a browser takes a page that is packed.
fn takes_packed(asked: &HeaderMap) -> bool {
    let asked = asked.get(header::ACCEPT_ENCODING).and_then(|asked| asked.to_str().ok());
    let entries = asked.unwrap_or_default().split(',');
    entries
        .filter_map(|entry| {
            let (name, weight) = entry.split_once(';').unwrap_or((entry, ""));
            (name.trim() == PACKED).then(|| weight.trim().trim_end_matches(['0', '.']))
        })
        .any(|weight| weight != "q=")
}

/// Whether an address asks for nothing but a page and a language.
fn is_plain(uri: &Uri) -> bool {
    uri.query().is_none_or(|query| query.split('&').all(|part| part.starts_with("lang=")))
}
