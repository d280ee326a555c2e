//! What is wrong with a request, as RFC 9457 has it: every answer that is no success looks so.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use desk::Stop;
use promises::Refusal;
use serde::Serialize;
use utoipa::ToSchema;

/// The media type of problems.
pub(super) const PROBLEM_JSON: &str = "application/problem+json";

/// Every kind of problem, with what it says: the page for suppliers has a place for each.
pub(crate) const KINDS: &[(&str, &str)] = &[
    (INVALID, "Something is wrong with what was sent: everything is named under `errors`."),
    (NO_TOKEN, "There is no token, or it is over. Ask the municipality for one."),
    (NO_SCOPE, "The token does not have the scope that this asks for."),
    (NOT_FOUND, "There is nothing at this address."),
    (NO_METHOD, "This can not be done here; the header Allow says what can."),
    (REFUSED, "It can not be done as things are now; the detail says why."),
    (VERSION_CHANGED, "Something happened to the contact since you read it: read it again."),
    (NO_VERSION, "Say which version a correction is about: If-Match with the ETag."),
    (TOO_LARGE, "The body is larger than is read."),
    (LONG_ADDRESS, "The address is longer than is read."),
    (NO_JSON, "The body is not sent as application/json."),
    (KEY_TAKEN, "Something else was asked under this Idempotency-Key."),
    (TOO_MANY, "More was asked in one minute than may be; Retry-After says when to go on."),
    (BROKEN, "Something went wrong here. It has been written down."),
    (UNAVAILABLE, "It can not be done at this moment; try again."),
];

/// Something is wrong with what was sent.
const INVALID: &str = "invalid-input";
/// There is nothing here.
const NOT_FOUND: &str = "not-found";
/// The method is not for this address.
const NO_METHOD: &str = "method-not-allowed";
/// The body is too large.
const TOO_LARGE: &str = "too-large";
/// The address is too long.
const LONG_ADDRESS: &str = "address-too-long";
/// The body is something else than JSON.
const NO_JSON: &str = "unsupported-media-type";
/// The desk says no.
const REFUSED: &str = "refused";
/// Something went wrong on this side.
const BROKEN: &str = "broken";
/// Nothing can be done now.
const UNAVAILABLE: &str = "unavailable";
/// No token that lasts.
pub(super) const NO_TOKEN: &str = "token-missing";
/// A token without the scope.
pub(super) const NO_SCOPE: &str = "scope-missing";
/// Too much in one minute.
pub(super) const TOO_MANY: &str = "too-many-requests";
/// Another version than was read.
pub(super) const VERSION_CHANGED: &str = "version-changed";
/// No version was named.
pub(super) const NO_VERSION: &str = "version-missing";
/// Another request has the key.
pub(super) const KEY_TAKEN: &str = "key-taken";

/// What is wrong.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Problem {
    /// What kind of problem it is: a place in the documentation.
    #[serde(rename = "type")]
    #[schema(format = "uri-reference", example = "/api#invalid-input")]
    pub(super) kind: String,
    /// The kind in a few words, always the same.
    #[schema(example = "Invalid input")]
    pub(super) title: String,
    /// The status of the answer.
    #[schema(minimum = 400, maximum = 599, example = 400)]
    pub(super) status: u16,
    /// What is wrong this time.
    #[schema(value_type = String)]
    pub(super) detail: Box<str>,
    /// Everything that is wrong with what was sent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub(super) errors: Vec<FieldError>,
    #[serde(skip)]
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
}

/// What is wrong with one part of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct FieldError {
    /// The part of the request: `body`, `query` or `header`.
    #[serde(rename = "in")]
    pub(super) place: &'static str,
    /// The name of the parameter or header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    /// The place in the body (RFC 6901).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) pointer: Option<String>,
    /// What is wrong, for programs: `missing`, `unknown`, `type`, `value`, `too-long`, `syntax`.
    pub(super) code: &'static str,
    /// What is wrong, for people.
    pub(super) detail: String,
}

impl Problem {
    /// A problem of a kind.
    pub(super) fn new(status: StatusCode, kind: &str, detail: &str) -> Problem {
        let mut title = kind.replace('-', " ");
        if let Some(first) = title.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        Problem {
            kind: format!("/api#{kind}"),
            title,
            status: status.as_u16(),
            detail: detail.into(),
            errors: Vec::new(),
            headers: Vec::new(),
        }
    }

    /// The problem of a status of which nothing more is known.
    pub(super) fn of_status(status: StatusCode) -> Problem {
        let (kind, detail) = match status.as_u16() {
            404 => (NOT_FOUND, "There is nothing here."),
            405 => (NO_METHOD, "This can not be done here; see the header Allow."),
            413 => (TOO_LARGE, "The body is larger than is read."),
            414 => (LONG_ADDRESS, "The address is longer than is read."),
            415 => (NO_JSON, "Send the body as application/json."),
            503 => (UNAVAILABLE, "It can not be done at this moment; try again."),
            500.. => (BROKEN, "Something went wrong here; it has been written down."),
            _ => (INVALID, "The request can not be read."),
        };
        let problem = Problem::new(status, kind, detail);
        if status == StatusCode::SERVICE_UNAVAILABLE { problem.retry_after(10) } else { problem }
    }

    /// With all that is wrong with what was sent.
    pub(super) fn invalid(errors: Vec<FieldError>) -> Problem {
        let detail = match errors.len() {
            1 => "One thing is wrong with what was sent.".to_owned(),
            count => format!("{count} things are wrong with what was sent."),
        };
        let problem = Problem::new(StatusCode::BAD_REQUEST, INVALID, &detail);
        Problem { errors, ..problem }
    }

    /// One thing that is wrong with a header.
    pub(super) fn header(name: &str, code: &'static str, detail: &str) -> Problem {
        Problem::invalid(vec![FieldError {
            place: "header",
            name: Some(name.to_owned()),
            pointer: None,
            code,
            detail: detail.to_owned(),
        }])
    }

    /// With a header.
    pub(super) fn with(mut self, name: HeaderName, value: &'static str) -> Problem {
        self.headers.push((name, HeaderValue::from_static(value)));
        self
    }

    /// With when it makes sense to try again, in seconds.
    pub(super) fn retry_after(mut self, seconds: i64) -> Problem {
        self.headers.push((header::RETRY_AFTER, HeaderValue::from(seconds)));
        self
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_REQUEST);
        let body = serde_json::to_string(&self).expect("a problem is plain data");
        let mut response = (status, [(header::CONTENT_TYPE, PROBLEM_JSON)], body).into_response();
        response.headers_mut().extend(self.headers);
        response
    }
}

impl From<Stop> for Problem {
    fn from(stop: Stop) -> Problem {
        let refusal = match stop {
            Stop::Refused(Refusal::NotFound) => return Problem::of_status(StatusCode::NOT_FOUND),
            Stop::Refused(refusal) => refusal,
            // The sentence of a storage error holds no values.
            Stop::Storage(error) => {
                tracing::error!(full = error.is_full(), "not served: {error}");
                return Problem::of_status(StatusCode::SERVICE_UNAVAILABLE);
            }
        };
        let said = words::Words::new(words::Lang::En).say(refusal.key());
        Problem::new(StatusCode::CONFLICT, REFUSED, &said)
    }
}
