//! The employee behind a request. Every route of the workspace asks for one, so none can forget
//! to: without a session that lasts there is only the way to the sign-in page.

use axum::extract::FromRequestParts;
use axum::http::Method;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use desk::{Agent, Session};
use words::{Lang, Words};

use crate::door::Door;
use crate::pages::{Section, StaffFrame, query_value};
use crate::site::{Failure, Reader, notices, see_other};

/// The cookie that carries a session.
pub(super) const SESSION_COOKIE: &str = "belofte";

/// An employee at work.
pub(crate) struct Worker {
    pub(crate) agent: Agent,
    pub(crate) words: Words,
    /// The address of the page, without language.
    pub(crate) path: String,
}

impl Worker {
    /// What every page of the workspace shares.
    pub(super) fn frame(&self, door: &Door, section: Section) -> StaffFrame {
        StaffFrame {
            words: self.words,
            municipality: door.desk.house().name().to_owned(),
            path: self.path.clone(),
            employee: Some(self.agent.name().to_owned()),
            section,
            search: String::new(),
            done: None,
            notices: notices(door, &self.words),
        }
    }
}

impl FromRequestParts<Door> for Worker {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, door: &Door) -> Result<Worker, Response> {
        let Ok(reader) = Reader::from_request_parts(parts, door).await;
        let cookie = CookieJar::from_headers(&parts.headers)
            .get(SESSION_COOKIE)
            .map(|cookie| Session::from_cookie(cookie.value()));
        let had_session = cookie.is_some();
        if let Some(session) = cookie {
            let found = door.desk.read(move |tx, _, now| session.agent(tx, now)).await;
            if let Some(agent) = found.map_err(|stop| Failure::from(stop).into_response())? {
                return Ok(Worker { agent, words: staff_words(&reader), path: reader.path });
            }
        }
        let ended = if had_session { "&einde=ja" } else { "" };
        let next = query_value(&back_to(&parts.method, &reader.path));
        Err(see_other(&format!("/werk/aanmelden?next={next}{ended}")))
    }
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
