//! The interface for programs of suppliers: `/api/v1`.
//!
//! As thin as the pages: a handler reads what was sent, calls one verb of the desk, and answers.
//! There is no session and no cookie, so no page of another site can make a browser do anything
//! here; what is not open data asks for a token. Everything that goes wrong is told as a problem.

mod admitted;
mod answer;
mod appointments;
mod bodies;
mod calls;
mod events;
mod listing;
mod problem;
mod public;
mod reading;
mod sent;
mod shapes;
mod writing;

use std::any::Any;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use norms::Norms;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::info::{Contact, Info, License};
use utoipa::openapi::path::Operation;
use utoipa::openapi::schema::{AdditionalProperties, Object, Schema, Type};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{
    Components, ContentBuilder, OpenApi, Ref, RefOr, ResponseBuilder, Server, Tag,
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) use admitted::Requests;
pub(crate) use problem::KINDS;
use problem::{PROBLEM_JSON, Problem};

use crate::door::Door;

/// The version of the interface (semantic versioning): the address has the first number.
const VERSION: &str = "1.1.0";
/// The header that says the version.
const VERSION_HEADER: &str = "API-Version";
/// The largest body that is read, in bytes.
const BODY_BYTES_MAX: usize = 256 * 1024;
/// How long a request may take, in seconds.
const REQUEST_SECONDS_MAX: u64 = 30;
/// The longest address that is looked at, in bytes.
const ADDRESS_BYTES_MAX: usize = 4_000;

/// What the description says above everything.
const ABOUT: &str = "What the contact centre of a municipality promises and keeps, as data.\n\n\
    Norms, opening hours and results are open data. For everything else send a token that the \
    municipality made for you: `Authorization: Bearer belofte_…`.\n\n\
    Lists come in pages: follow `next` until there is none. What arrives moves nothing.\n\n\
    Every POST carries an `Idempotency-Key`, a name of your own for the request. Sent again within \
    24 hours with the same body it is answered as the first time and done only once; with another \
    body it is refused (422).\n\n\
    At most 600 requests in a minute with one token (6,000 with `calls:write` alone); the answer \
    429 says when to go on.";

/// Everything under the address of the interface.
pub(crate) fn router(door: Door) -> Router {
    let (routes, _) = described();
    routes
        .fallback(nothing)
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            Duration::from_secs(REQUEST_SECONDS_MAX),
        ))
        .layer(CatchPanicLayer::custom(broke_off))
        .layer(from_fn(dress))
        .layer(CompressionLayer::new())
        .with_state(door)
}

/// The description of the interface of a municipality (OpenAPI 3.1).
#[must_use]
pub fn openapi(norms: &Norms) -> OpenApi {
    let (_, mut doc) = described();
    let mut contact = Contact::new();
    contact.name = Some(norms.municipality.name.clone());
    contact.email = Some(norms.reach.email.clone());
    contact.url = Some(norms.reach.website.clone());
    doc.info.contact = Some(contact);
    doc
}

/// The description as text, made once for each generation of the norms: it holds the address of the
/// municipality, which may change with them.
#[derive(Debug, Default)]
pub(crate) struct Described(Mutex<Option<(Date, Arc<str>)>>);

impl Described {
    fn text(&self, norms: &Norms) -> Arc<str> {
        let mut made = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*made {
            Some((since, text)) if *since == norms.municipality.valid_from => Arc::clone(text),
            _ => {
                let text: Arc<str> = answer::text_of(&openapi(norms)).into();
                *made = Some((norms.municipality.valid_from, Arc::clone(&text)));
                text
            }
        }
    }
}

/// The routes with their description: both come from one place, so they can not differ.
fn described() -> (Router<Door>, OpenApi) {
    let mut info = Info::new("Belofte", VERSION);
    info.description = Some(ABOUT.to_owned());
    let mut license = License::new("EUPL-1.2");
    license.identifier = Some("EUPL-1.2".to_owned());
    info.license = Some(license);
    let mut doc = OpenApi::new(info, utoipa::openapi::Paths::new());
    doc.servers = Some(vec![Server::new(shapes::BASE)]);
    let token = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    let mut components = Components::new();
    components.add_security_scheme("token", token);
    doc.components = Some(components);
    let (router, mut doc) = OpenApiRouter::with_openapi(doc)
        .routes(routes!(public::norms))
        .routes(routes!(public::opening_hours))
        .routes(routes!(appointments::availability))
        .routes(routes!(public::results))
        .routes(routes!(public::description))
        .routes(routes!(reading::contacts, writing::create_contact))
        .routes(routes!(reading::contact, writing::correct_contact))
        .routes(routes!(reading::promises_of))
        .routes(routes!(writing::create_note))
        .routes(routes!(reading::promises))
        .routes(routes!(reading::call_backs, writing::create_call_back))
        .routes(routes!(reading::reports, writing::create_report))
        .routes(routes!(calls::tell_call))
        .split_for_parts();
    complete(&mut doc);
    (router, doc)
}

/// Adds what is the same everywhere: the version in every answer, and the problems.
fn complete(doc: &mut OpenApi) {
    let tag = |name: &str, about: &str| {
        let mut tag = Tag::new(name);
        tag.description = Some(about.to_owned());
        tag
    };
    doc.tags = Some(vec![
        tag("Open data", "For everybody, without a token."),
        tag("Contacts", "With a token of the municipality."),
        tag("Calls", "Told by a telephone exchange, with a token of the municipality."),
        tag("Events", "Sent to an address that the municipality was given."),
    ]);
    let components = doc.components.get_or_insert_with(Components::new);
    for (name, schema) in [
        ("Problem", <Problem as utoipa::PartialSchema>::schema()),
        ("FieldError", <problem::FieldError as utoipa::PartialSchema>::schema()),
    ] {
        components.schemas.insert(name.to_owned(), schema);
    }
    let event = serde_json::from_value(events::event()).expect("a schema");
    components.schemas.insert(events::EVENT.to_owned(), event);
    doc.extensions = Some([("webhooks", events::webhooks())].into_iter().collect());
    // A field that is not known is refused, so the description closes what is sent.
    for name in [
        "NewContact",
        "NewCallBack",
        "NewReport",
        "NewNote",
        "NewClass",
        "Location",
        "NewCallEvent",
    ] {
        if let Some(RefOr::T(Schema::Object(object))) = components.schemas.get_mut(name) {
            object.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
        }
    }
    for item in doc.paths.paths.values_mut() {
        let operations = [&mut item.get, &mut item.post, &mut item.patch];
        for operation in operations.into_iter().flatten() {
            complete_operation(operation);
        }
    }
}

fn complete_operation(operation: &mut Operation) {
    if operation.description.is_none() {
        operation.description.clone_from(&operation.summary);
    }
    let named = operation.parameters.iter().flatten().any(|it| it.name == "number");
    let matched = operation.parameters.iter().flatten().any(|it| it.name == "If-Match");
    let asks_once = operation.parameters.iter().flatten().any(|it| it.name == "Idempotency-Key");
    let is_secured = operation.security.is_some();
    let reads_body = operation.request_body.is_some();
    let is_tagged = operation.responses.responses.contains_key("304");
    let mut problem = |status: &str, about: &str, when: bool| {
        if when {
            let content =
                ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
            let response = ResponseBuilder::new().description(about).content(PROBLEM_JSON, content);
            operation.responses.responses.insert(status.to_owned(), RefOr::T(response.build()));
        }
    };
    problem("400", "Something is wrong with what was sent; everything is named.", true);
    problem("401", "There is no token, or it is over.", is_secured);
    problem("403", "The token does not have the scope.", is_secured);
    problem("404", "There is no contact with this number.", named);
    problem("409", "It can not be done as things are now.", reads_body);
    problem("412", "The contact is another version.", matched);
    problem("413", "The body is larger than is read.", reads_body);
    problem("415", "The body is not JSON.", reads_body);
    problem("422", "Something else was asked under this key.", asks_once);
    problem("428", "The header If-Match is missing.", matched);
    problem("429", "More was asked in one minute than may be.", is_secured);
    problem("503", "It can not be done at this moment.", true);
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else { continue };
        let header = |about: &str| {
            let text = Object::with_type(Type::String);
            HeaderBuilder::new().schema(text).description(Some(about)).build()
        };
        let version = header("The full version of the interface.");
        response.headers.insert(VERSION_HEADER.to_owned(), version);
        if is_tagged && (status == "200" || status == "304") {
            response.headers.insert("ETag".to_owned(), header("The mark of this version."));
        }
        if status == "201" {
            response.headers.insert("Location".to_owned(), header("Where the contact is."));
        }
        if status == "429" || status == "503" {
            let seconds = header("When to try again, in seconds.");
            response.headers.insert("Retry-After".to_owned(), seconds);
        }
    }
}

async fn nothing() -> StatusCode {
    StatusCode::NOT_FOUND
}

/// For every address under `/api` that is not of a version.
pub(crate) async fn nowhere() -> Response {
    versioned(Problem::of_status(StatusCode::NOT_FOUND).into_response())
}

/// Gives every failure the form of a problem, and every answer its version.
async fn dress(request: Request, next: Next) -> Response {
    let length = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    let response = match length > ADDRESS_BYTES_MAX {
        true => StatusCode::URI_TOO_LONG.into_response(),
        false => next.run(request).await,
    };
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE);
    let is_problem = kind.is_some_and(|kind| kind == PROBLEM_JSON);
    if is_problem || !(status.is_client_error() || status.is_server_error()) {
        return versioned(response);
    }
    let mut dressed = Problem::of_status(status).into_response();
    for name in [header::ALLOW, header::RETRY_AFTER] {
        if let Some(value) = response.headers().get(&name) {
            dressed.headers_mut().insert(name, value.clone());
        }
    }
    versioned(dressed)
}

fn versioned(mut response: Response) -> Response {
    let headers = response.headers_mut();
    let name = HeaderName::from_bytes(VERSION_HEADER.as_bytes()).expect("a header name");
    headers.insert(name, HeaderValue::from_static(VERSION));
    // What is personal is kept nowhere on the way.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache, private"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// A handler broke off. The message of a panic may hold anything, so it is not logged here.
#[allow(clippy::needless_pass_by_value, reason = "the layer hands the message over")]
fn broke_off(_: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a handler of the interface broke off");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_description_is_made_once() {
        let source = include_str!("../../../../norms/harlingen.toml");
        let norms = Norms::parse(source, "harlingen.toml").expect("they are right");
        let described = Described::default();
        let (first, second) = (described.text(&norms), described.text(&norms));
        assert!(Arc::ptr_eq(&first, &second) && first.starts_with('{'));
    }
}
