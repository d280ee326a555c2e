//! Passkeys: added and taken away by who has them, and shown at the door.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use data_encoding::BASE64URL_NOPAD;
use desk::{
    Agent, Anyone, Asserted, Attested, House, NewPasskey, Purpose, SESSION_HOURS,
    SIGN_IN_WINDOW_MINUTES, Session, SignInError, Stop, Tx,
};
use promises::Refusal;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Worker;
use super::access::{Filled, device, or_why, page};
use super::session::{page as sign_in_page, safe_next, set_cookie, turned_away};
use crate::door::Door;
use crate::pages::{NewPasskey as Making, SignInProblem};
use crate::passkeys::Passkeys;
use crate::site::{Answer, Failure, Reader, Typed, Visitor, see_other, show};

/// Adds a passkey or takes one away: sleutel-begin (password, name), sleutel (name, challenge,
/// client, attestation), sleutel-weg (passkey).
pub(super) async fn change(
    door: &Door,
    worker: &Worker<Anyone>,
    (here, verb): (&Session, &str),
    filled: Filled,
) -> Answer {
    let passkeys = door.passkeys.as_ref().ok_or(Failure::NOT_FOUND)?;
    let name = filled.name.clone();
    let done = match verb {
        "sleutel-weg" => remove(door, &worker.agent, &filled).await.map(|()| "sleutel-weg"),
        "sleutel" => add(door, passkeys, (&worker.agent, here), filled).await.map(|()| "sleutel"),
        _ => match password_is_right(door, &worker.agent, filled.password).await {
            Ok(()) => {
                let mut page = page(door, worker, here).await?;
                page.new_passkey = Some(making(door, passkeys, (&worker.agent, here), name).await?);
                return show(StatusCode::OK, &page);
            }
            Err(stop) => Err(stop),
        },
    };
    let mut page = page(door, worker, here).await?;
    match done {
        Ok(done) => Ok(see_other(&page.frame.href(&format!("/werk/mij/toegang?gedaan={done}")))),
        Err(Stop::Refused(refusal)) => {
            page.problem = Some(worker.words.say(refusal.key()));
            page.device = name;
            show(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(stop) => Err(stop.into()),
    }
}

/// Who adds a passkey gives the password: an open session alone is not enough.
async fn password_is_right(
    door: &Door,
    agent: &Agent<Anyone>,
    password: String,
) -> Result<(), Stop> {
    let id = agent.id();
    let account = door.desk.read(move |tx, _, _| Ok(tx.employee(id)?)).await?;
    let held = account.map(|it| it.password).unwrap_or_default();
    let compared = held.clone();
    let right = door.hashing.does(move || desk::is_password(&compared, &password)).await;
    let (right, agent) = (right.unwrap_or(false), agent.clone());
    let verb = move |tx: &mut Tx<'_>, _: &House, now| {
        desk::proves_password(tx, now, &agent, (right, &held))
    };
    or_why(door.desk.write(verb).await, Refusal::WrongPassword)
}

/// What a browser needs to ask an authenticator for a passkey.
async fn making(
    door: &Door,
    passkeys: &Passkeys,
    (agent, here): (&Agent<Anyone>, &Session),
    name: String,
) -> Result<Making, Failure> {
    let by = agent.clone();
    let read = door.desk.read(move |tx, _, _| {
        Ok((tx.employee(by.id())?.map(|it| it.login), desk::passkeys(tx, &by)?))
    });
    let (login, known) = read.await?;
    let (house, purpose) = (door.desk.house(), Purpose::Add(agent.id(), here));
    let known = known.iter().map(|it| BASE64URL_NOPAD.encode(&it.credential));
    Ok(Making {
        name,
        challenge: house.challenge(door.desk.now(), purpose, &door.desk.random()),
        place: passkeys.place.clone(),
        user: house.user_handle(agent.id()),
        login: login.unwrap_or_default(),
        who: agent.name().to_owned(),
        known: known.collect::<Vec<_>>().join(" "),
    })
}

async fn add(
    door: &Door,
    passkeys: &Passkeys,
    (agent, here): (&Agent<Anyone>, &Session),
    filled: Filled,
) -> Result<(), Stop> {
    let Filled { name, challenge, client, attestation, .. } = filled;
    let (client, attestation) = (bytes(&client), bytes(&attestation));
    let it = Attested { client: &client, attestation: &attestation };
    let made = (passkeys.witness.made)(&passkeys.ceremony(&challenge), &it);
    let new: NewPasskey = made.map_err(|why| {
        tracing::info!(why, "a passkey was not made");
        Refusal::PasskeyNotMade
    })?;
    let (agent, here) = (agent.clone(), here.clone());
    let verb = move |tx: &mut Tx<'_>, house: &House, now| {
        desk::add_passkey(tx, house, now, (&agent, &here, &challenge), (&new, &name))
    };
    door.desk.write(verb).await
}

async fn remove(door: &Door, agent: &Agent<Anyone>, filled: &Filled) -> Result<(), Stop> {
    let (agent, id) = (agent.clone(), filled.passkey);
    door.desk.write(move |tx, _, now| desk::remove_passkey(tx, now, &agent, id)).await
}

/// POST /werk/aanmelden/sleutel/vraag: what an authenticator is to sign.
pub(crate) async fn ask_for_passkey(State(door): State<Door>) -> Result<Json<Value>, Failure> {
    let passkeys = door.passkeys.as_ref().ok_or(Failure::NOT_FOUND)?;
    let (now, random) = (door.desk.now(), door.desk.random());
    let challenge = door.desk.house().challenge(now, Purpose::SignIn, &random);
    Ok(Json(json!({ "challenge": challenge, "place": passkeys.place })))
}

/// A passkey as it is shown at the door; but for the address, all of it base64.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Shown {
    challenge: String,
    credential: String,
    user: String,
    client: String,
    authenticator: String,
    signature: String,
    next: String,
}

/// POST /werk/aanmelden/sleutel
pub(crate) async fn sign_in_with_passkey(
    State(door): State<Door>,
    reader: Reader,
    Visitor(from): Visitor,
    headers: HeaderMap,
    Typed(it): Typed<Shown>,
) -> Answer {
    let session = Session::new(&door.desk.random());
    let next = safe_next(&it.next);
    let shown = admitted(&door, it, from, (&session, device(&headers))).await?;
    let shown = shown.inspect_err(|why| turned_away(&door, "passkey", *why));
    let (status, problem) = match shown {
        Ok(_) => {
            let mut response = see_other(&next);
            set_cookie(&door, &mut response, session.cookie(), SESSION_HOURS);
            return Ok(response);
        }
        Err(SignInError::Wrong) => (StatusCode::UNPROCESSABLE_ENTITY, SignInProblem::Passkey),
        Err(SignInError::TooMany) => {
            let minutes = SIGN_IN_WINDOW_MINUTES;
            (StatusCode::TOO_MANY_REQUESTS, SignInProblem::TooMany { minutes })
        }
    };
    show(status, &sign_in_page(&door, &reader, (String::new(), next), Some(problem)))
}

async fn admitted(
    door: &Door,
    it: Shown,
    from: String,
    (session, device): (&Session, String),
) -> Result<Result<i64, SignInError>, Failure> {
    let passkeys = door.passkeys.as_ref().ok_or(Failure::NOT_FOUND)?;
    let (credential, user) = (bytes(&it.credential), it.user);
    let knock = door.desk.read(move |tx, house, now| {
        desk::knock_with_passkey(tx, house, now, (&credential, &user), &from)
    });
    let knock = match knock.await? {
        Ok(knock) => knock,
        Err(refused) => return Ok(Err(refused)),
    };
    let parts = [&it.client, &it.authenticator, &it.signature].map(|text| bytes(text));
    let [client, authenticator, signature] = &parts;
    let said = Asserted { client, authenticator, signature };
    let ceremony = passkeys.ceremony(&it.challenge);
    let shown = knock.key().ok_or("nobody knows it");
    let shown = shown.and_then(|key| (passkeys.witness.shown)(&ceremony, &said, key));
    let counted = shown.inspect_err(|why| tracing::info!(why, "a passkey opened nothing")).ok();
    let (session, challenge) = (session.clone(), it.challenge);
    let verb = move |tx: &mut Tx<'_>, house: &House, now| {
        let shown = (&knock, challenge.as_str(), counted);
        desk::admit_with_passkey(tx, house, now, shown, (&session, &device))
    };
    Ok(door.desk.write(verb).await?)
}

/// Bytes as a browser sends them; what can not be read is nothing.
fn bytes(text: &str) -> Vec<u8> {
    BASE64URL_NOPAD.decode(text.as_bytes()).unwrap_or_default()
}
