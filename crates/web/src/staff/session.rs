//! Signing in and out. The slow comparison of a password stands between two transactions, on a
//! thread of its own, and only a few run at a time.

use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use axum_extra::extract::CookieJar;
use desk::{Admitted, Roles, SESSION_HOURS, SIGN_IN_WINDOW_MINUTES, Session, SignInError};
use serde::Deserialize;

use super::access::{device, session};
use super::worker::{session_cookie, shown_session, staff_words};
use crate::door::Door;
use crate::pages::{Section, SignIn, SignInProblem, SignInStep, StaffFrame, query_value};
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
    welkom: String,
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
    let mut page = page(&door, &reader, (String::new(), asked.next), ended);
    if !asked.welkom.is_empty() {
        page.frame.done = Some(page.frame.words.say("staff-welcome-done"));
    }
    show(StatusCode::OK, &page)
}

/// POST /werk/aanmelden
pub(crate) async fn sign_in(
    State(door): State<Door>,
    reader: Reader,
    Visitor(from): Visitor,
    headers: HeaderMap,
    Typed(filled): Typed<Filled>,
) -> Answer {
    let Filled { name, password, next } = filled;
    let session = Session::new(&door.desk.random());
    let here = (session.clone(), device(&headers));
    match admitted(&door, (name.clone(), password), from, here).await? {
        Ok(how_far) => {
            let mut response = match how_far {
                Admitted::In(_) => see_other(&safe_next(&next)),
                Admitted::Half => {
                    let next = query_value(&safe_next(&next));
                    let page = stranger_frame(&door, &reader, "");
                    see_other(&page.href(&format!("/werk/aanmelden/code?next={next}")))
                }
            };
            set_cookie(&door, &mut response, session.cookie(), SESSION_HOURS);
            Ok(response)
        }
        Err(problem) => {
            turned_away(&door, "password", problem);
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
    if let Some(session) = shown_session(&door, &jar) {
        door.desk.write(move |tx, _, _| desk::sign_out(tx, &session)).await?;
    }
    let mut response = see_other("/werk/aanmelden");
    set_cookie(&door, &mut response, "", 0);
    Ok(response)
}

/// Counts that somebody could not come in, and logs why; not who, which may be a password that was
/// typed in the wrong place.
pub(super) fn turned_away(door: &Door, way: &'static str, why: SignInError) {
    let why = match why {
        SignInError::Wrong => "wrong",
        SignInError::TooMany => "too often",
    };
    tracing::info!(way, why, "a sign-in was refused");
    door.desk.doors().refused_sign_in();
}

async fn admitted(
    door: &Door,
    (login, password): (String, String),
    from: String,
    (session, device): (Session, String),
) -> Result<Result<Admitted, SignInError>, Failure> {
    let knock = match door.desk.read(move |tx, _, now| desk::knock(tx, now, &login, &from)).await? {
        Ok(knock) => knock,
        Err(refused) => return Ok(Err(refused)),
    };
    // Who guesses too often is refused before waiting here, and so takes nobody's place.
    let held = knock.clone();
    let right = door.hashing.does(move || held.is_right(&password)).await?;
    let verb = move |tx: &mut desk::Tx<'_>, _: &desk::House, now| {
        desk::admit(tx, now, (&knock, right), (&session, &device))
    };
    Ok(door.desk.write(verb).await?)
}

/// What the address of the second step may say, and its form.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Step {
    code: String,
    next: String,
}

/// GET /werk/aanmelden/code
pub(crate) async fn step_form(
    State(door): State<Door>,
    reader: Reader,
    jar: CookieJar,
    Query(asked): Query<Step>,
) -> Answer {
    if let Some(over) = half_is_over(&door, &jar, &asked.next).await? {
        return Ok(over);
    }
    show(StatusCode::OK, &step_page(&door, &reader, asked.next, None))
}

/// POST /werk/aanmelden/code: the half session makes way for a whole one with another secret.
pub(crate) async fn step(
    State(door): State<Door>,
    reader: Reader,
    (jar, headers): (CookieJar, HeaderMap),
    Typed(filled): Typed<Step>,
) -> Answer {
    if let Some(over) = half_is_over(&door, &jar, &filled.next).await? {
        return Ok(over);
    }
    let (half, device) = (session(&door, &jar), device(&headers));
    let session = Session::new(&door.desk.random());
    let (opened, code) = (session.clone(), filled.code.clone());
    let verb = move |tx: &mut desk::Tx<'_>, _: &desk::House, now| {
        desk::make_second_step(tx, now, (&half, &code), (&opened, &device))
    };
    let words = staff_words(&reader);
    let made = door.desk.write(verb).await?.inspect_err(|why| turned_away(&door, "code", *why));
    let (status, problem) = match made {
        Ok(_) => {
            let mut response = see_other(&safe_next(&filled.next));
            set_cookie(&door, &mut response, session.cookie(), SESSION_HOURS);
            return Ok(response);
        }
        Err(SignInError::Wrong) => {
            (StatusCode::UNPROCESSABLE_ENTITY, words.say("refusal-wrong-code"))
        }
        Err(SignInError::TooMany) => {
            let wait = words.count("staff-sign-in-too-many", SIGN_IN_WINDOW_MINUTES);
            (StatusCode::TOO_MANY_REQUESTS, wait)
        }
    };
    show(status, &step_page(&door, &reader, filled.next, Some(problem)))
}

/// The way back to the password, when no second step waits to be made any more.
async fn half_is_over(
    door: &Door,
    jar: &CookieJar,
    next: &str,
) -> Result<Option<Response>, Failure> {
    let half = session(door, jar);
    let waits = door.desk.read(move |tx, _, now| desk::is_half_way(tx, now, &half)).await?;
    let next = query_value(&safe_next(next));
    Ok((!waits).then(|| see_other(&format!("/werk/aanmelden?next={next}&einde=ja"))))
}

fn step_page(door: &Door, reader: &Reader, next: String, problem: Option<String>) -> SignInStep {
    let path = format!("/werk/aanmelden/code?next={}", query_value(&safe_next(&next)));
    SignInStep { frame: stranger_frame(door, reader, &path), next, problem }
}

/// What a page shares that nobody is signed in for.
pub(super) fn stranger_frame(door: &Door, reader: &Reader, path: &str) -> StaffFrame {
    StaffFrame {
        words: staff_words(reader),
        municipality: door.desk.house().name().to_owned(),
        path: path.to_owned(),
        employee: None,
        roles: Roles::default(),
        section: Section::Elsewhere,
        search: String::new(),
        done: None,
        notices: notices(door, &staff_words(reader)),
    }
}

pub(super) fn page(
    door: &Door,
    reader: &Reader,
    (name, next): (String, String),
    problem: Option<SignInProblem>,
) -> SignIn {
    let frame = stranger_frame(door, reader, "/werk/aanmelden");
    let elsewhere = door.sign_on.as_ref().map(|it| it.name.clone());
    let passkeys = door.passkeys.is_some();
    SignIn { frame, name, next, elsewhere, passkeys, problem }
}

/// Sets the session cookie for so many hours; for none, the browser forgets it.
pub(super) fn set_cookie(door: &Door, response: &mut Response, value: &str, hours: i64) {
    let secure = if door.secure_cookies { "; Secure" } else { "" };
    let seconds = hours * 3600;
    let name = session_cookie(door);
    let text = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    let value = HeaderValue::from_str(&text).expect("a session is base64 and the rest is ASCII");
    response.headers_mut().append(header::SET_COOKIE, value);
}

/// Only a page of the workspace: whoever signs in is never led to another site.
pub(super) fn safe_next(next: &str) -> String {
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
