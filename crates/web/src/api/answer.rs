//! Answers as JSON, with what is the same in each.

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::problem::Problem;

/// What a handler answers.
pub(super) type Answer = Result<Response, Problem>;

/// Data with a status.
pub(super) fn json(status: StatusCode, data: &impl Serialize) -> Response {
    written(status, text_of(data))
}

/// Data as it was written before.
pub(super) fn written(status: StatusCode, text: String) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], text).into_response()
}

/// Data as text.
pub(super) fn text_of(data: &impl Serialize) -> String {
    serde_json::to_string(data).expect("what programs read is plain data")
}

/// Data with the mark of its version, or only that it is as it was.
pub(super) fn tagged(asked: &HeaderMap, tag: Option<&str>, data: &impl Serialize) -> Response {
    let text = text_of(data);
    let tag = match tag {
        Some(tag) => tag.to_owned(),
        None => {
            let hash = Sha256::digest(text.as_bytes());
            format!("\"{}\"", data_encoding::HEXLOWER.encode(&hash[..12]))
        }
    };
    let mut response = if is_named(asked.get(header::IF_NONE_MATCH), &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        written(StatusCode::OK, text)
    };
    let value = HeaderValue::from_str(&tag).expect("a hash in quotes");
    response.headers_mut().insert(header::ETAG, value);
    response
}

/// Whether a header names this version.
fn is_named(header: Option<&HeaderValue>, tag: &str) -> bool {
    let named = header.and_then(|it| it.to_str().ok()).unwrap_or_default();
    let own = |it: &str| it.trim().trim_start_matches("W/") == tag;
    named.trim() == "*" || named.split(',').any(own)
}

/// Open data: pages of other sites may read it too.
pub(super) fn open(mut response: Response) -> Response {
    let any = HeaderValue::from_static("*");
    response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, any);
    let shared = HeaderName::from_static("cross-origin-resource-policy");
    response.headers_mut().insert(shared, HeaderValue::from_static("cross-origin"));
    response
}
