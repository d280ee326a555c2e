//! What a handler answers when something does not work: a status here, dressed as a page in the
//! reader's language on its way out.

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use desk::Stop;
use promises::Refusal;

/// What every handler answers.
pub(crate) type Answer = Result<Response, Failure>;

/// Why there is no page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Failure(pub(crate) StatusCode);

impl Failure {
    pub(crate) const NOT_FOUND: Failure = Failure(StatusCode::NOT_FOUND);
    pub(crate) const TOO_MANY: Failure = Failure(StatusCode::TOO_MANY_REQUESTS);
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        self.0.into_response()
    }
}

impl From<Stop> for Failure {
    fn from(stop: Stop) -> Failure {
        match stop {
            Stop::Refused(Refusal::NotFound) => Failure::NOT_FOUND,
            Stop::Refused(_) => Failure(StatusCode::BAD_REQUEST),
            // The sentence of a storage error holds no values.
            Stop::Storage(error) => {
                tracing::error!(full = error.is_full(), "not served: {error}");
                Failure(StatusCode::SERVICE_UNAVAILABLE)
            }
        }
    }
}

impl From<askama::Error> for Failure {
    fn from(error: askama::Error) -> Failure {
        tracing::error!("a page can not be written: {error}");
        Failure(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// A page with a status.
pub(crate) fn show(status: StatusCode, page: &impl Template) -> Answer {
    Ok((status, Html(page.render()?)).into_response())
}

/// On to another page, which is then asked for: reloading it sends nothing twice.
pub(crate) fn see_other(address: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response()
}
