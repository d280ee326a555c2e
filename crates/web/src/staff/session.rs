//! Signing in and out. The slow comparison of a password stands between two transactions, on a
//! thread of its own, and only a few run at a time.

use axum::extract::{Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use axum_extra::extract::CookieJar;
use desk::{Roles, SESSION_HOURS, SIGN_IN_WINDOW_MINUTES, Session, SignInError};
use serde::Deserialize;

use super::worker::{SESSION_COOKIE, staff_words};
use crate::door::Door;
use crate::pages::{Section, SignIn, SignInProblem, StaffFrame};
use crate::site::{Answer, Failure, Reader, Typed, Visitor, notices, see_other, show};

/// Passwords that are compared at the same time: each takes some 20 MB and 20 ms.
pub(crate) const HASHING_AT_ONCE: usize = 2;
/// The longest address to go on to, in bytes.
const NEXT_BYTES_MAX: usize = 300;

/// What the address of the sign-in page may say.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    next: String,
    einde: String,
}

/// The sign-in form as it comes in.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Filled {
    name: String,
    password: String,
    next: String,
}

/// GET /werk/aanmelden
pub(crate) async fn sign_in_form(
    State(door): State<Door>,
    reader: Reader,
    Query(asked): Query<Asked>,
) -> Answer {
    let ended = (!asked.einde.is_empty()).then_some(SignInProblem::Ended);
    let page = page(&door, &reader, (String::new(), asked.next), ended);
    show(StatusCode::OK, &page)
}

/// POST /werk/aanmelden
pub(crate) async fn sign_in(
    State(door): State<Door>,
    reader: Reader,
    Visitor(from): Visitor,
    Typed(filled): Typed<Filled>,
) -> Answer {
    let Filled { name, password, next } = filled;
    let session = Session::new(&door.desk.random());
    match admitted(&door, (name.clone(), password), from, session.clone()).await? {
        Ok(()) => {
            let mut response = see_other(&safe_next(&next));
            set_cookie(&door, &mut response, session.cookie(), SESSION_HOURS);
            Ok(response)
        }
        Err(problem) => {
            let problem = match problem {
                SignInError::Wrong => SignInProblem::Wrong,
                SignInError::TooMany => SignInProblem::TooMany { minutes: SIGN_IN_WINDOW_MINUTES },
            };
            let status = match problem {
                SignInProblem::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            show(status, &page(&door, &reader, (name, next), Some(problem)))
        }
    }
}

/// POST /werk/afmelden
pub(crate) async fn sign_out(State(door): State<Door>, jar: CookieJar) -> Answer {
    if let Some(cookie) = jar.get(SESSION_COOKIE) {
        let session = Session::from_cookie(cookie.value());
        door.desk.write(move |tx, _, _| desk::sign_out(tx, &session)).await?;
    }
    let mut response = see_other("/werk/aanmelden");
    set_cookie(&door, &mut response, "", 0);
    Ok(response)
}

async fn admitted(
    door: &Door,
    (login, password): (String, String),
    from: String,
    session: Session,
) -> Result<Result<(), SignInError>, Failure> {
    let knock = match door.desk.read(move |tx, _, now| desk::knock(tx, now, &login, &from)).await? {
        Ok(knock) => knock,
        Err(refused) => return Ok(Err(refused)),
    };
    // Who guesses too often is refused before waiting here, and so takes nobody's place.
    let held = knock.clone();
    let right = door.hashing.does(move || held.is_right(&password)).await?;
    let verb = move |tx: &mut desk::Tx<'_>, _: &desk::House, now| {
        desk::admit(tx, now, (&knock, right), &session)
    };
    Ok(door.desk.write(verb).await?.map(|_| ()))
}

fn page(
    door: &Door,
    reader: &Reader,
    (name, next): (String, String),
    problem: Option<SignInProblem>,
) -> SignIn {
    let frame = StaffFrame {
        words: staff_words(reader),
        municipality: door.desk.house().name().to_owned(),
        path: "/werk/aanmelden".to_owned(),
        employee: None,
        roles: Roles::default(),
        section: Section::Elsewhere,
        search: String::new(),
        done: None,
        notices: notices(door, &staff_words(reader)),
    };
    SignIn { frame, name, next, problem }
}

/// Sets the session cookie for so many hours; for none, the browser forgets it.
fn set_cookie(door: &Door, response: &mut Response, value: &str, hours: i64) {
    let secure = if door.secure_cookies { "; Secure" } else { "" };
    let seconds = hours * 3600;
    let text = format!(
        "{SESSION_COOKIE}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"
    );
    let value = HeaderValue::from_str(&text).expect("a session is base64 and the rest is ASCII");
    response.headers_mut().append(header::SET_COOKIE, value);
}

/// Only a page of the workspace: whoever signs in is never led to another site.
fn safe_next(next: &str) -> String {
    let inside = next == "/werk" || next.starts_with("/werk/") || next.starts_with("/werk?");
    let plain = next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let elsewhere = next.contains("//") || next.starts_with("/werk/aanmelden");
    if inside && plain && !elsewhere && next.len() <= NEXT_BYTES_MAX {
        next.to_owned()
    } else {
        "/werk".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_leads_into_the_workspace_only() {
        for (next, expected) in [
            ("/werk/contacten/2026-000001", "/werk/contacten/2026-000001"),
            ("/werk?lijst=mijn", "/werk?lijst=mijn"),
            ("", "/werk"),
            ("https://example.nl/werk", "/werk"),
            ("//example.nl", "/werk"),
            ("/werkelijk", "/werk"),
            ("/werk/..//example.nl", "/werk"),
            ("/werk\r\nSet-Cookie: a=b", "/werk"),
            ("/werk/aanmelden?next=/werk", "/werk"),
        ] {
            assert_eq!(safe_next(next), expected, "{next:?}");
        }
    }
}
