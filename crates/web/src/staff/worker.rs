//! The employee behind a request. Every route of the workspace asks for one, so none can forget
//! to: without a session that lasts there is only the way to the sign-in page.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use desk::{Agent, Anyone, Right, Session, Work};
use words::{Lang, Words};

use crate::door::Door;
use crate::pages::{NotAllowed, Section, StaffFrame, query_value};
use crate::site::{Failure, Reader, notices, see_other, show};

/// The cookie that carries a session. Over https it has a name by which browsers take it from
/// nobody but this very site (RFC 6265bis, 4.1.3.2).
pub(super) fn session_cookie(door: &Door) -> &'static str {
    if door.secure_cookies { "__Host-belofte" } else { "belofte" }
}

/// The session that a browser shows, whether it lasts or not.
pub(super) fn shown_session(door: &Door, jar: &CookieJar) -> Option<Session> {
    jar.get(session_cookie(door)).map(|cookie| Session::from_cookie(cookie.value()))
}

/// An employee at work, with the right that the route asks for.
pub(crate) struct Worker<R: Right = Work> {
    pub(crate) agent: Agent<R>,
    pub(crate) words: Words,
    /// The address of the page, without language.
    pub(crate) path: String,
}

impl<R: Right> Worker<R> {
    /// What every page of the workspace shares.
    pub(super) fn frame(&self, door: &Door, section: Section) -> StaffFrame {
        StaffFrame {
            words: self.words,
            municipality: door.desk.house().name().to_owned(),
            path: self.path.clone(),
            employee: Some(self.agent.name().to_owned()),
            roles: self.agent.roles(),
            section,
            search: String::new(),
            done: None,
            notices: notices(door, &self.words),
        }
    }
}

impl<R: Right> FromRequestParts<Door> for Worker<R> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, door: &Door) -> Result<Self, Response> {
        let Ok(reader) = Reader::from_request_parts(parts, door).await;
        let session = shown_session(door, &CookieJar::from_headers(&parts.headers));
        let had_session = session.is_some();
        if let Some(session) = session {
            let found = door.desk.look(move |tx, _, now| session.agent(tx, now)).await;
            if let Some(agent) = found.map_err(|stop| Failure::from(stop).into_response())? {
                let (words, path) = (staff_words(&reader), reader.path);
                return match agent.with() {
                    Ok(agent) => Ok(Worker { agent, words, path }),
                    Err(_) => Err(not_allowed(door, &Worker { agent, words, path })),
                };
            }
        }
        let ended = if had_session { "&einde=ja" } else { "" };
        let next = query_value(&back_to(&parts.method, &reader.path));
        Err(see_other(&format!("/werk/aanmelden?next={next}{ended}")))
    }
}

/// Says that a right is missing, with the way to what is allowed. Who signs in comes where their
/// work is.
fn not_allowed(door: &Door, worker: &Worker<Anyone>) -> Response {
    let frame = worker.frame(door, Section::Elsewhere);
    let first = frame.menu().first().map_or("/werk/mij", |section| section.path());
    if worker.path.split('?').next() == Some("/werk") && first != "/werk" {
        return see_other(&frame.href(first));
    }
    let page = NotAllowed { frame };
    show(StatusCode::FORBIDDEN, &page).unwrap_or_else(IntoResponse::into_response)
}

/// The workspace speaks Dutch and English.
pub(super) fn staff_words(reader: &Reader) -> Words {
    let lang = reader.words.lang();
    if Lang::STAFF.contains(&lang) { reader.words } else { Words::new(Lang::default()) }
}

/// Where to go after signing in: a page, never a form that was being sent.
fn back_to(method: &Method, path: &str) -> String {
    if method == Method::GET {
        return path.to_owned();
    }
    match path.strip_prefix("/werk/contacten/").and_then(|rest| rest.split('/').next()) {
        Some(number) => format!("/werk/contacten/{number}"),
        None => "/werk".to_owned(),
    }
}
