//! Signing in elsewhere: away to the provider of the municipality, and back.

use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use axum_extra::extract::CookieJar;
use desk::{SESSION_HOURS, SIGN_IN_WINDOW_MINUTES, Session, Stop, Turn};
use promises::Refusal;
use serde::Deserialize;

use super::access::device;
use super::session::{page, safe_next, set_cookie};
use crate::door::Door;
use crate::pages::SignInProblem;
use crate::site::{Answer, Failure, Reader, Visitor, see_other, show};

/// The cookie that knows who went away. It is not signed: it says nothing that this site believes
/// but that the same browser comes back. Who bends it has a state, nonce or verifier that the
/// provider does not know, and who could put one in another's browser could put a signed one there
/// too.
const TURN_COOKIE: &str = "belofte-elders";
/// How long somebody may take to sign in there, in seconds.
const TURN_SECONDS: u32 = 15 * 60;

/// Where to go after signing in.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Away {
    next: String,
}

/// What the provider sends people back with.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Back {
    code: String,
    state: String,
}

/// GET /werk/aanmelden/elders
pub(crate) async fn elsewhere(
    State(door): State<Door>,
    reader: Reader,
    Visitor(from): Visitor,
    Query(away): Query<Away>,
) -> Answer {
    let sign_on = door.sign_on.as_ref().ok_or(Failure::NOT_FOUND)?;
    if !may_sign_on(&door, from).await? {
        return failed(&door, &reader, &away.next, TOO_MANY);
    }
    let random = [door.desk.random(), door.desk.random(), door.desk.random()];
    let turn = Turn::new([&random[0], &random[1], &random[2]]);
    match sign_on.provider.address(&turn, door.desk.now()).await {
        Ok(address) => {
            let mut response = see_other(&address);
            let next = data_encoding::BASE64URL_NOPAD.encode(safe_next(&away.next).as_bytes());
            let kept = format!("{}.{next}", turn.cookie());
            remember(&door, &mut response, &kept, TURN_SECONDS);
            Ok(response)
        }
        Err(error) => {
            tracing::warn!(%error, "nobody can sign in elsewhere");
            failed(&door, &reader, &away.next, SignInProblem::Elsewhere)
        }
    }
}

/// GET /werk/aanmelden/terug
pub(crate) async fn back(
    State(door): State<Door>,
    reader: Reader,
    jar: CookieJar,
    (Visitor(from), headers): (Visitor, HeaderMap),
    Query(back): Query<Back>,
) -> Answer {
    let sign_on = door.sign_on.clone().ok_or(Failure::NOT_FOUND)?;
    let kept = jar.get(TURN_COOKIE).map(|it| it.value().to_owned()).unwrap_or_default();
    let next = kept.rsplit_once('.').and_then(|(_, next)| {
        let next = data_encoding::BASE64URL_NOPAD.decode(next.as_bytes()).ok()?;
        String::from_utf8(next).ok()
    });
    let next = safe_next(&next.unwrap_or_default());
    let turn = Turn::back(&kept, &back.state).filter(|_| !back.code.is_empty());
    let Some(turn) = turn else {
        // Somebody else's answer, one that came too late, or a "no" from the provider.
        return failed(&door, &reader, &next, SignInProblem::Elsewhere);
    };
    if !may_sign_on(&door, from).await? {
        return failed(&door, &reader, &next, TOO_MANY);
    }
    let who = match sign_on.provider.who(&back.code, &turn, door.desk.now()).await {
        Ok(who) => who,
        Err(error) => {
            tracing::warn!(%error, "somebody could not sign in elsewhere");
            return failed(&door, &reader, &next, SignInProblem::Elsewhere);
        }
    };
    let roles = sign_on.roles(&who.groups);
    let session = Session::new(&door.desk.random());
    let (opened, device) = (session.clone(), device(&headers));
    let verb = move |tx: &mut desk::Tx<'_>, _: &desk::House, now| {
        desk::admit_outsider(tx, now, (&who, roles), (&opened, &device))
    };
    match door.desk.write(verb).await {
        Ok(Err(refusal)) => failed(&door, &reader, &next, SignInProblem::Refused(refusal)),
        Ok(Ok(_)) => {
            let mut response = see_other(&next);
            remember(&door, &mut response, "", 0);
            set_cookie(&door, &mut response, session.cookie(), SESSION_HOURS);
            Ok(response)
        }
        Err(Stop::Refused(Refusal::LoginTaken)) => {
            failed(&door, &reader, &next, SignInProblem::Taken)
        }
        Err(Stop::Refused(refusal)) => {
            failed(&door, &reader, &next, SignInProblem::Refused(refusal))
        }
        Err(stop) => Err(stop.into()),
    }
}

/// Why nobody goes to the provider or comes from it for a while.
const TOO_MANY: SignInProblem = SignInProblem::TooMany { minutes: SIGN_IN_WINDOW_MINUTES };

async fn may_sign_on(door: &Door, from: String) -> Result<bool, Failure> {
    Ok(door.desk.write(move |tx, _, now| desk::may_sign_on(tx, now, &from)).await?)
}

fn failed(door: &Door, reader: &Reader, next: &str, problem: SignInProblem) -> Answer {
    let page = page(door, reader, (String::new(), next.to_owned()), Some(problem));
    let status = match problem {
        SignInProblem::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let mut response = show(status, &page)?;
    remember(door, &mut response, "", 0);
    Ok(response)
}

fn remember(door: &Door, response: &mut Response, value: &str, seconds: u32) {
    let secure = if door.secure_cookies { "; Secure" } else { "" };
    let text = format!(
        "{TURN_COOKIE}={value}; Path=/werk/aanmelden; Max-Age={seconds}; HttpOnly; \
         SameSite=Lax{secure}"
    );
    let value = HeaderValue::from_str(&text).expect("a turn is base64 and dots");
    response.headers_mut().append(header::SET_COOKIE, value);
}
