//! The addresses at which telephone exchanges ask what to do. What they say is understood
//! elsewhere.

use std::future::Future;
use std::pin::Pin;

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use desk::{HookAnswer, HookAsked, Steered};

use crate::door::Door;

/// The most bytes of what an exchange sends at once; an INVITE with all its headers fits.
pub(crate) const BODY_BYTES_MAX: usize = 64 * 1024;

/// What an exchange is told later.
type Told<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Who speaks with exchanges.
pub trait Exchanges: Send + Sync {
    /// Answers what an exchange asks or tells.
    fn answer<'a>(&'a self, asked: HookAsked<'a>) -> Told<'a, HookAnswer>;
    /// Has an exchange do what an employee wanted of a call; what goes wrong is said for the log.
    fn carry_out(&self, steered: Steered) -> Told<'_, Result<(), String>>;
}

/// POST /telefoon/{exchange}/{hook}
pub(crate) async fn hook(
    State(door): State<Door>,
    Path((exchange, hook)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Some(exchanges) = &door.exchanges else { return StatusCode::NOT_FOUND.into_response() };
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let asked = HookAsked {
        exchange: &exchange,
        hook: &hook,
        query: query.as_deref().unwrap_or_default(),
        header: &header,
        body: &body,
    };
    let HookAnswer { status, content_type, body } = exchanges.answer(asked).await;
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = [(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, "no-store")];
    (status, headers, body).into_response()
}
