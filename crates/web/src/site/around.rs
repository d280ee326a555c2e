//! What stands around every page: security headers, the remembered language, and a page in the
//! reader's language for every status that has none.

use std::any::Any;

use askama::Template;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderName};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use words::Lang;

use super::Reader;
use super::reader::{LANGUAGE_COOKIE, chosen};
use crate::door::Door;
use crate::pages::{ErrorPage, Trouble};

/// What a page may load and do: nothing from elsewhere, nothing inline, no frames.
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
/// The same for a page with a map of another server: its pictures.
pub(super) fn policy_with_pictures_of(host: &str) -> String {
    format!("{POLICY}; img-src 'self' {host}")
}

/// Pages with a secret in their address: it must not travel, and nobody else keeps them. What posts
/// there acts on the secret and on no cookie.
const WITH_SECRET: [&str; 6] = [
    "/volg",
    "/contact/verzonden",
    "/afspraak/gegevens",
    "/afspraak/bevestigen",
    FEEDS,
    "/werk/welkom",
];
/// Calendars, which programs subscribe to.
const FEEDS: &str = "/agenda";

/// What a page may ask of the device: nothing.
const PERMISSIONS: &str = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), \
    magnetometer=(), microphone=(), payment=(), usb=()";
/// How many headers that may be, with those of a page: so much room is made at once.
const HEADERS: usize = 16;
/// A year, in seconds: how long a chosen language is remembered, and https is insisted on.
const YEAR_SECONDS: u32 = 365 * 24 * 3600;
/// When who was refused may try again, in seconds.
const RETRY_SECONDS: &str = "60";

/// Sets the headers that protect readers, whatever the answer is, and remembers the language.
pub(crate) async fn guard(State(door): State<Door>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let language = chosen(request.uri());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    protect(headers, &path, door.secure_cookies);
    if let Some(language) = language {
        headers.append(header::SET_COOKIE, language_cookie(language, door.secure_cookies));
    }
    response
}

fn is_part_of(path: &str, place: &str) -> bool {
    path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether the address holds a secret.
pub(crate) fn has_secret(path: &str) -> bool {
    WITH_SECRET.iter().any(|place| is_part_of(path, place))
}

fn protect(headers: &mut HeaderMap, path: &str, secure: bool) {
    let (has_secret, is_feed) = (has_secret(path), is_part_of(path, FEEDS));
    let is_private = has_secret || is_part_of(path, "/werk");
    headers.reserve(HEADERS);
    let default = |headers: &mut HeaderMap, name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    default(headers, header::CONTENT_SECURITY_POLICY, POLICY);
    let referrer = if has_secret { "no-referrer" } else { "same-origin" };
    default(headers, header::REFERRER_POLICY, referrer);
    default(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    default(headers, header::X_FRAME_OPTIONS, "DENY");
    default(headers, HeaderName::from_static("permissions-policy"), PERMISSIONS);
    default(headers, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    default(headers, HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    if is_private {
        default(headers, HeaderName::from_static("x-robots-tag"), "noindex, nofollow");
        // A program that subscribes keeps the calendar, and asks whether it changed.
        let kept = if is_feed { "private, no-cache" } else { "no-store" };
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    } else {
        default(headers, header::CACHE_CONTROL, "no-cache");
        if is_html(headers) {
            headers.append(header::VARY, HeaderValue::from_static("Cookie, Accept-Language"));
        }
    }
    insist(headers, secure);
}

/// Browsers and programs that came over https come over nothing else for a year.
fn insist(headers: &mut HeaderMap, secure: bool) {
    if secure {
        let year = HeaderValue::from_static("max-age=31536000");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
}

/// Stands around what programs ask.
pub(crate) async fn around_programs(
    State(door): State<Door>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    insist(response.headers_mut(), door.secure_cookies);
    response
}

fn language_cookie(language: Lang, secure: bool) -> HeaderValue {
    let secure = if secure { "; Secure" } else { "" };
    let kept = format!("Path=/; Max-Age={YEAR_SECONDS}; SameSite=Lax; HttpOnly{secure}");
    let text = format!("{LANGUAGE_COOKIE}={language}; {kept}");
    HeaderValue::from_str(&text).expect("a code and numbers are ASCII")
}

fn is_html(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/html"))
}

/// Gives every failure without a page its page, so that no reader sees a bare status.
pub(crate) async fn dress(State(door): State<Door>, request: Request, next: Next) -> Response {
    let reader = Reader::of(request.headers(), request.uri());
    let for_machines = ["/healthz", "/readyz"].contains(&request.uri().path());
    let response = next.run(request).await;
    let failed = response.status().is_client_error() || response.status().is_server_error();
    if !failed || for_machines || is_html(response.headers()) {
        return response;
    }
    let trouble = trouble(response.status());
    let page = ErrorPage { frame: reader.frame(&door), trouble };
    let status = StatusCode::from_u16(trouble.status()).unwrap_or(response.status());
    let mut dressed = match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(_) => return response,
    };
    if matches!(trouble, Trouble::TooMany | Trouble::Unavailable) {
        dressed.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY_SECONDS));
    }
    dressed
}

fn trouble(status: StatusCode) -> Trouble {
    match status {
        StatusCode::FORBIDDEN => Trouble::Forbidden,
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED | StatusCode::URI_TOO_LONG => {
            Trouble::NotFound
        }
        StatusCode::PAYLOAD_TOO_LARGE => Trouble::TooLarge,
        StatusCode::TOO_MANY_REQUESTS => Trouble::TooMany,
        StatusCode::SERVICE_UNAVAILABLE => Trouble::Unavailable,
        status if status.is_server_error() => Trouble::Broken,
        _ => Trouble::BadRequest,
    }
}

/// A handler broke off. The message of a panic may hold anything, so it is not logged here; the
/// panic hook of the process writes where it happened.
#[allow(clippy::needless_pass_by_value, reason = "the layer hands the message over")]
pub(crate) fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a handler broke off");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
