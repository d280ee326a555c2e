//! How somebody comes in: the password, the second step, the codes for when that is lost, and the
//! sessions that are open.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum_extra::extract::CookieJar;
use desk::{
    Agent, Anyone, House, Invitation, RECOVERY_RANDOM, Role, Roles, SECOND_STEP_BYTES, Session,
    SignInError, StepSecret, Stop, Tx,
};
use promises::Refusal;
use qrcode::QrCode;
use qrcode::render::svg;
use serde::Deserialize;
use words::Words;

use super::session::{set_cookie, stranger_frame};
use super::worker::shown_session;
use super::{Worker, passkeys};
use crate::door::Door;
use crate::pages::{Access, Choice, NewStep, OpenSession, Passkey, Section, Welcome, role_key};
use crate::site::{Answer, Failure, Reader, Typed, see_other, show};

/// The size of a picture of a code, in points.
const PICTURE_POINTS: u32 = 200;

/// Any form of the page as it comes in.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Filled {
    pub(super) password: String,
    fresh: String,
    code: String,
    secret: String,
    session: String,
    pub(super) name: String,
    pub(super) challenge: String,
    pub(super) client: String,
    pub(super) attestation: String,
    pub(super) passkey: i64,
}

/// What was done just before, as the address says.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Before {
    gedaan: String,
}

/// The key of the sentence that says what was done.
fn done_key(done: &str) -> Option<&'static str> {
    Some(match done {
        "sleutel" => "staff-passkey-added",
        "sleutel-weg" => "staff-passkey-removed",
        "stap-weg" => "staff-step-is-off",
        "sessie" => "staff-session-ended",
        "anderen" => "staff-sessions-ended",
        _ => return None,
    })
}

/// Every role with its name; those somebody has are chosen.
pub(super) fn role_choices(words: &Words, roles: Roles) -> Vec<Choice> {
    let choice = |role: Role| Choice {
        chosen: roles.has(role),
        ..Choice::new(role.word(), &words.say(role_key(role)))
    };
    Role::ALL.map(choice).to_vec()
}

/// What a browser says that it is.
pub(super) fn device(headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT).and_then(|it| it.to_str().ok());
    agent.unwrap_or_default().to_owned()
}

/// GET /werk/mij/toegang
pub(crate) async fn access(
    State(door): State<Door>,
    worker: Worker<Anyone>,
    (jar, headers): (CookieJar, HeaderMap),
    Query(before): Query<Before>,
) -> Answer {
    let mut page = page(&door, &worker, &session(&door, &jar)).await?;
    page.frame.done = done_key(&before.gedaan).map(|key| worker.words.say(key));
    page.device = device_name(&device(&headers)).unwrap_or_default();
    show(StatusCode::OK, &page)
}

/// POST /werk/mij/toegang/{verb}
pub(crate) async fn change_access(
    State(door): State<Door>,
    worker: Worker<Anyone>,
    Path(verb): Path<String>,
    (jar, headers): (CookieJar, HeaderMap),
    Typed(filled): Typed<Filled>,
) -> Answer {
    let (agent, here, words) = (worker.agent.clone(), session(&door, &jar), worker.words);
    if verb.starts_with("sleutel") {
        return passkeys::change(&door, &worker, (&here, &verb), filled).await;
    }
    let mut page = page(&door, &worker, &here).await?;
    let done = match verb.as_str() {
        "wachtwoord" => return password(&door, &worker, (here, device(&headers)), filled).await,
        "begin" if !page.second_step => {
            let secret = StepSecret::new(&door.desk.random::<SECOND_STEP_BYTES>());
            page.new_step = Some(new_step(&door, &agent, &secret).await?);
            return show(StatusCode::OK, &page);
        }
        "stap" => second_step(&door, (&agent, here), &filled).await,
        "codes" => {
            let random = door.desk.random::<RECOVERY_RANDOM>();
            let code = filled.code.clone();
            let verb = move |tx: &mut Tx<'_>, _: &House, now| {
                desk::renew_recovery_codes(tx, now, &agent, &code, &random)
            };
            or_why(door.desk.write(verb).await, Refusal::WrongCode)
        }
        "stap-weg" => {
            let code = filled.code.clone();
            let verb = move |tx: &mut Tx<'_>, _: &House, now| {
                desk::end_second_step(tx, now, &agent, &code)
            };
            or_why(door.desk.write(verb).await, Refusal::WrongCode).map(|()| Vec::new())
        }
        "sessie" | "anderen" => {
            let (others, done) = (verb == "anderen", format!("?gedaan={verb}"));
            let verb = move |tx: &mut Tx<'_>, _: &House, _| {
                let which = if others { Err(&here) } else { Ok(filled.session.as_str()) };
                desk::end_sessions(tx, &agent, which)
            };
            door.desk.write(verb).await?;
            return Ok(see_other(&page.frame.href(&format!("/werk/mij/toegang{done}"))));
        }
        _ => return Err(Failure::NOT_FOUND),
    };
    match done {
        Ok(codes) if codes.is_empty() => {
            Ok(see_other(&page.frame.href(&format!("/werk/mij/toegang?gedaan={verb}"))))
        }
        Ok(codes) => {
            // Shown once: what is kept is only what they are known by.
            let mut page = self::page(&door, &worker, &session(&door, &jar)).await?;
            page.codes = codes;
            show(StatusCode::OK, &page)
        }
        Err(Stop::Refused(refusal)) => {
            page.problem = Some(words.say(refusal.key()));
            if let Some(secret) = StepSecret::read(&filled.secret).filter(|_| verb == "stap") {
                page.new_step = Some(new_step(&door, &worker.agent, &secret).await?);
            }
            show(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(stop) => Err(stop.into()),
    }
}

async fn second_step(
    door: &Door,
    (agent, here): (&Agent<Anyone>, Session),
    filled: &Filled,
) -> Result<Vec<String>, Stop> {
    let secret = StepSecret::read(&filled.secret).ok_or(Refusal::WrongCode)?;
    let (agent, code) = (agent.clone(), filled.code.clone());
    let random = door.desk.random::<RECOVERY_RANDOM>();
    let verb = move |tx: &mut Tx<'_>, _: &House, now| {
        desk::begin_second_step(tx, now, (&agent, &here), (&secret, &code), &random)
    };
    door.desk.write(verb).await
}

/// What was tried, or why not: it was wrong, or was wrong too often.
pub(super) fn or_why<T>(
    tried: Result<Result<T, SignInError>, Stop>,
    wrong: Refusal,
) -> Result<T, Stop> {
    tried?.map_err(|why| match why {
        SignInError::Wrong => wrong.into(),
        SignInError::TooMany => Refusal::TooManyTries.into(),
    })
}

/// The password of now is compared, and the new one made, before any transaction.
async fn password(
    door: &Door,
    worker: &Worker<Anyone>,
    (here, device): (Session, String),
    Filled { password, fresh, .. }: Filled,
) -> Answer {
    let id = worker.agent.id();
    let account = door.desk.read(move |tx, _, _| Ok(tx.employee(id)?)).await?;
    let held = account.map(|it| it.password).unwrap_or_default();
    let now_held = held.clone();
    let salt = door.desk.random::<16>();
    let compared = door
        .hashing
        .does(move || (desk::is_password(&held, &password), desk::hash_password(&fresh, &salt)));
    let (right, hash) = compared.await?;
    let agent = worker.agent.clone();
    let next = Session::new(&door.desk.random());
    let opened = next.clone();
    let changed = match hash {
        Err(_) => Err(Refusal::PasswordLength.into()),
        Ok(hash) => {
            let verb = move |tx: &mut Tx<'_>, _: &House, now| {
                let session = (&opened, device.as_str());
                desk::change_password(tx, now, &agent, (right, &now_held, &hash), session)
            };
            or_why(door.desk.write(verb).await, Refusal::WrongPassword)
        }
    };
    match changed {
        Ok(()) => {
            let mut page = page(door, worker, &next).await?;
            page.frame.done = Some(worker.words.say("staff-password-changed"));
            let mut shown = show(StatusCode::OK, &page)?;
            set_cookie(door, &mut shown, next.cookie(), desk::SESSION_HOURS);
            Ok(shown)
        }
        Err(Stop::Refused(refusal)) => {
            let mut page = page(door, worker, &here).await?;
            page.problem = Some(worker.words.say(refusal.key()));
            show(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(stop) => Err(stop.into()),
    }
}

pub(super) async fn page(
    door: &Door,
    worker: &Worker<Anyone>,
    here: &Session,
) -> Result<Access, Failure> {
    let agent = worker.agent.clone();
    let read = door.desk.read(move |tx, _, now| {
        let second_step = !tx.second_step(agent.id())?.is_empty();
        let (sessions, passkeys) = (desk::sessions(tx, now, &agent)?, desk::passkeys(tx, &agent)?);
        Ok((sessions, second_step, tx.codes_left(agent.id())?, passkeys))
    });
    let (sessions, second_step, codes_left, passkeys) = read.await?;
    let (words, zone) = (worker.words, door.desk.house().zone().clone());
    let shown = |it: desk::OpenSession| OpenSession {
        here: it.token == here.hash(),
        name: desk::session_name(&it.token),
        device: device_name(&it.device).unwrap_or_else(|| words.say("staff-device-unknown")),
        since: words.short_moment(it.made_at, &zone),
        until: words.short_moment(it.expires_at, &zone),
    };
    let passkey = |it: desk::Passkey| Passkey {
        id: it.id,
        name: it.name,
        made: words.short_moment(it.made_at, &zone),
        used: it.used_at.map(|at| words.short_moment(at, &zone)),
    };
    let mut frame = worker.frame(door, Section::Texts);
    frame.path = "/werk/mij/toegang".to_owned();
    Ok(Access {
        frame,
        second_step,
        codes_left: i64::from(codes_left),
        sessions: sessions.into_iter().map(shown).collect(),
        new_step: None,
        codes: Vec::new(),
        passkeys: door.passkeys.is_some().then(|| passkeys.into_iter().map(passkey).collect()),
        new_passkey: None,
        device: String::new(),
        problem: None,
    })
}

async fn new_step(
    door: &Door,
    agent: &Agent<Anyone>,
    secret: &StepSecret,
) -> Result<NewStep, Failure> {
    let id = agent.id();
    let account = door.desk.read(move |tx, _, _| Ok(tx.employee(id)?)).await?;
    let login = account.map(|it| it.login).unwrap_or_default();
    let issuer = format!("Belofte {}", door.desk.house().name());
    let address = secret.address(&issuer, &login);
    let picture = QrCode::new(address.as_bytes()).map(|code| {
        let size = (PICTURE_POINTS, PICTURE_POINTS);
        let picture = code.render::<svg::Color<'_>>().min_dimensions(size.0, size.1).build();
        picture.split_once("?>").map(|it| it.1.to_owned()).unwrap_or_default()
    });
    Ok(NewStep { secret: secret.text().to_owned(), picture: picture.unwrap_or_default() })
}

/// "Firefox, Windows"; nothing for what says neither.
fn device_name(agent: &str) -> Option<String> {
    // The order counts: most browsers say that they are others too.
    const BROWSERS: [(&str, &str); 5] = [
        ("Edg/", "Edge"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];
    let of = |list: &[(&str, &'static str)]| {
        list.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name)
    };
    let found: Vec<&str> = of(&BROWSERS).into_iter().chain(of(&SYSTEMS)).collect();
    (!found.is_empty()).then(|| found.join(", "))
}

pub(super) fn session(door: &Door, jar: &CookieJar) -> Session {
    shown_session(door, jar).unwrap_or_else(|| Session::from_cookie(""))
}

/// GET /werk/welkom/{secret}: somebody chooses a password.
pub(crate) async fn welcome_form(
    State(door): State<Door>,
    reader: Reader,
    Path(secret): Path<String>,
) -> Answer {
    welcome(&door, &reader, secret, None).await
}

/// POST /werk/welkom/{secret}
pub(crate) async fn welcomed(
    State(door): State<Door>,
    reader: Reader,
    Path(secret): Path<String>,
    Typed(filled): Typed<Filled>,
) -> Answer {
    let invitation = Invitation::read(&secret);
    let asked = invitation.clone();
    // Who has no link takes nobody's place in the room where passwords are hashed.
    let known = door.desk.read(move |tx, _, now| desk::invited(tx, now, &asked)).await;
    if let Err(Stop::Refused(refusal)) = &known {
        return welcome(&door, &reader, secret, Some(*refusal)).await;
    }
    known?;
    let salt = door.desk.random::<16>();
    let hash = door.hashing.does(move || desk::hash_password(&filled.fresh, &salt)).await?;
    let Ok(hash) = hash else {
        return welcome(&door, &reader, secret, Some(Refusal::PasswordLength)).await;
    };
    let accepted =
        door.desk.write(move |tx, _, now| desk::accept_invitation(tx, now, &invitation, &hash));
    match accepted.await {
        Ok(()) => {
            let frame = stranger_frame(&door, &reader, "");
            Ok(see_other(&frame.href("/werk/aanmelden?welkom=ja")))
        }
        Err(Stop::Refused(refusal)) => welcome(&door, &reader, secret, Some(refusal)).await,
        Err(stop) => Err(stop.into()),
    }
}

async fn welcome(door: &Door, reader: &Reader, secret: String, problem: Option<Refusal>) -> Answer {
    let invitation = Invitation::read(&secret);
    let found = door.desk.read(move |tx, _, now| desk::invited(tx, now, &invitation)).await;
    let path = format!("/werk/welkom/{secret}");
    let frame = stranger_frame(door, reader, &path);
    let say = |refusal: Refusal| frame.words.say(refusal.key());
    let (known, problem, status) = match (found, problem) {
        (Ok(it), None) => (Some(it), None, StatusCode::OK),
        (Ok(it), Some(why)) => (Some(it), Some(say(why)), StatusCode::UNPROCESSABLE_ENTITY),
        (Err(Stop::Refused(why)), _) => (None, Some(say(why)), StatusCode::NOT_FOUND),
        (Err(stop), _) => return Err(stop.into()),
    };
    let (name, login) = known.map(|it| (it.name, it.login)).unwrap_or_default();
    show(status, &Welcome { frame, name, login, action: path, problem })
}

#[cfg(test)]
mod tests {
    use super::device_name;

    #[test]
    fn a_browser_is_called_what_people_call_it() {
        let firefox = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0";
        assert_eq!(device_name(firefox).as_deref(), Some("Firefox, Windows"));
        let edge = "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36 Edg/140.0";
        assert_eq!(device_name(edge).as_deref(), Some("Edge, Linux"));
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 19 like Mac OS X) Safari/605.1";
        assert_eq!(device_name(phone).as_deref(), Some("Safari, iPhone"));
        assert_eq!(device_name("iets anders"), None);
    }
}
