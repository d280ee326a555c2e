//! Following one contact, and adding to it, with nothing but the secret in the address.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use desk::{
    Appointment, Coming, Desk, Done, Followed, Helped, House, Item, OPINION_CHARS_MAX, Source,
    Stop, Tx,
};
use jiff::{SignedDuration, Timestamp};
use promises::{Purpose, Refusal};
use serde::Deserialize;

use super::appointment_change::{can_change, facts, notes};
use super::contact_check::{MESSAGE_CHARS_MAX, timing};
use super::follow_steps::{file, standing, steps};
use super::{Answer, Failure, Reader, Typed, Visitor, see_other, show};
use crate::door::Door;
use crate::pages::{
    ContactProblem, Erased, Follow, FollowProblem, LinkReplaced, OpinionForm, VisitPanel,
};

/// Within this time the same words are the same reply, sent twice, in minutes.
const SAME_REPLY_MINUTES: i64 = 10;

/// Number and secret of a follow page.
pub(super) type Link = Path<(String, String)>;

/// What the address may add.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Added {
    antwoord: String,
    oordeel: String,
}

/// A reply as it comes in.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Filled {
    message: String,
    form_time: String,
}

/// GET /volg/{number}/{secret}
pub(crate) async fn follow(
    State(door): State<Door>,
    reader: Reader,
    Path(link): Link,
    Query(added): Query<Added>,
) -> Answer {
    let item = match found(&door.desk, &link).await? {
        Followed::Open(item) => item,
        Followed::Replaced => return replaced(&door, &reader, link.0),
    };
    if let Some(at) = item.contact.erased_at {
        return gone(&door, &reader, item.number, at);
    }
    let replied = !added.antwoord.is_empty();
    let mut page = page(&door, &reader, &item, &link);
    let contact = item.contact.id;
    let visit = door.desk.read(move |tx, _, _| desk::visit_of(tx, contact)).await?;
    page.visit = visit.map(|visit| panel(&door, &reader, (&visit, &link)));
    if let Some(opinion) = &mut page.opinion {
        opinion.thanks = !added.oordeel.is_empty();
    }
    show(StatusCode::OK, &Follow { replied, ..page })
}

/// POST /volg/{number}/{secret}
pub(crate) async fn follow_reply(
    State(door): State<Door>,
    (reader, Visitor(from)): (Reader, Visitor),
    Path(link): Link,
    Typed(filled): Typed<Filled>,
) -> Answer {
    let item = find(&door.desk, &link).await?;
    let text = filled.message.replace("\r\n", "\n").trim().to_owned();
    let stamped = door.desk.house().stamped(&filled.form_time);
    let expired = timing(stamped, door.desk.now()) == Some(ContactProblem::FormExpired);
    let problem = if expired {
        FollowProblem::Expired
    } else if text.chars().count() > MESSAGE_CHARS_MAX {
        FollowProblem::TooLong
    } else {
        match reply(&door.desk, from, item.contact.id, &text).await {
            Ok(Some(done)) => {
                door.desk.post(done.letters);
                let back = format!("{}?antwoord=ja", path_of(&link));
                return Ok(see_other(&reader.frame(&door).href(&back)));
            }
            Ok(None) => FollowProblem::TooMany,
            Err(Stop::Refused(Refusal::TextEmpty)) => FollowProblem::Missing,
            Err(Stop::Refused(Refusal::TextTooLong)) => FollowProblem::TooLong,
            Err(stop) => return Err(stop.into()),
        }
    };
    let status = match problem {
        FollowProblem::TooMany => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let again = page(&door, &reader, &item, &link);
    show(status, &Follow { reply: text, problem: Some(problem), ..again })
}

/// What a resident says of an answer.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Judged {
    helped: String,
    words: String,
}

/// POST /volg/{number}/{secret}/oordeel
pub(crate) async fn follow_opinion(
    State(door): State<Door>,
    (reader, Visitor(from)): (Reader, Visitor),
    Path(link): Link,
    Typed(judged): Typed<Judged>,
) -> Answer {
    let item = find(&door.desk, &link).await?;
    let page = reader.frame(&door);
    // Nothing was chosen: the page again, at the question.
    let Some(helped) = Helped::from_word(&judged.helped) else {
        return Ok(see_other(&format!("{}#oordeel", page.href(&path_of(&link)))));
    };
    let contact = item.contact.id;
    let words: String =
        judged.words.replace("\r\n", "\n").chars().take(OPINION_CHARS_MAX).collect();
    let rate = door.desk.write_from(&from, Coming::Form, move |tx, _, now| {
        desk::rate(tx, now, contact, (helped, &words))
    });
    if rate.await?.is_none() {
        return Err(Failure::TOO_MANY);
    }
    let back = format!("{}?oordeel=ja", path_of(&link));
    Ok(see_other(&format!("{}#oordeel", page.href(&back))))
}

/// POST /volg/{number}/{secret}/nieuwe-link: this link ended up with somebody else.
pub(crate) async fn follow_renew(
    State(door): State<Door>,
    (reader, Visitor(from)): (Reader, Visitor),
    Path(link): Link,
) -> Answer {
    let contact = find(&door.desk, &link).await?.contact.id;
    let renew = door.desk.write_from(&from, Coming::Form, move |tx, house, now| {
        desk::renew_own_link(tx, house, now, contact)
    });
    let page = reader.frame(&door).href(&path_of(&link));
    match renew.await.map(Option::flatten) {
        // The page says from now on that there is a newer link.
        Ok(Some(done)) => {
            door.desk.post(done.letters);
            Ok(see_other(&page))
        }
        Ok(None) => Err(Failure::TOO_MANY),
        Err(Stop::Refused(Refusal::NoAddress)) => Ok(see_other(&format!("{page}#link"))),
        Err(stop) => Err(stop.into()),
    }
}

/// GET /volg/{number}/{secret}/bijlage/{letter}/{nr}: a file that went along with an answer.
pub(crate) async fn follow_file(
    State(door): State<Door>,
    Path((number, secret, letter, nr)): Path<(String, String, u32, u32)>,
) -> Answer {
    let item = find(&door.desk, &(number, secret)).await?;
    let found = file(&item, door.desk.now(), (letter, nr)).ok_or(Failure::NOT_FOUND)?;
    let bytes = door.desk.blob(found.blob).await?;
    Ok(crate::staff::answer_file(&found.name, bytes, true))
}

/// The page of a contact that is erased: nothing but that it is.
fn gone(door: &Door, reader: &Reader, number: String, at: Timestamp) -> Answer {
    let day = reader.words.date(door.desk.house().day(at));
    let mut frame = reader.frame(door);
    // Nothing on the page leads back to the secret.
    frame.path = "/volg".to_owned();
    show(StatusCode::GONE, &Erased { frame, number, day })
}

/// The page of a link for which there is a newer one.
fn replaced(door: &Door, reader: &Reader, number: String) -> Answer {
    let mut frame = reader.frame(door);
    // Nothing on the page leads back to the old secret.
    frame.path = "/volg".to_owned();
    show(StatusCode::GONE, &LinkReplaced { frame, number })
}

/// The contact of a link, where something can still be done.
pub(super) async fn find(desk: &Desk, link: &(String, String)) -> Result<Item, Failure> {
    match found(desk, link).await? {
        Followed::Open(item) if item.contact.erased_at.is_none() => Ok(*item),
        _ => Err(Failure::NOT_FOUND),
    }
}

async fn found(desk: &Desk, (number, secret): &(String, String)) -> Result<Followed, Failure> {
    let (number, secret) = (number.clone(), secret.clone());
    let found =
        desk.read(move |tx, house, now| desk::follow(tx, house, now, &number, &secret)).await?;
    found.ok_or(Failure::NOT_FOUND)
}

/// Adds a reply, unless it is the last one sent again, or too many came from one address.
async fn reply(desk: &Desk, from: String, contact: i64, text: &str) -> Result<Option<Done>, Stop> {
    let (text, again) = (text.to_owned(), text.to_owned());
    // What is there already is said to be there, however much came.
    if desk.read(move |tx, _, now| is_last_reply(tx, now, contact, &again)).await? {
        return Ok(Some(Done::default()));
    }
    let reply = move |tx: &mut Tx<'_>, house: &House, now: Timestamp| {
        // Two presses at the same instant.
        if is_last_reply(tx, now, contact, &text)? {
            return Ok(Done::default());
        }
        desk::reply_online(tx, house, now, contact, &text)
    };
    desk.write_from(&from, Coming::Form, reply).await
}

fn is_last_reply(tx: &mut Tx<'_>, now: Timestamp, contact: i64, text: &str) -> Result<bool, Stop> {
    let since = now.checked_sub(SignedDuration::from_mins(SAME_REPLY_MINUTES)).unwrap_or(now);
    let messages = tx.messages(contact)?;
    let mut replies = messages.iter().skip(1).filter(|message| message.source == Source::Resident);
    Ok(replies.next_back().is_some_and(|last| last.body == text && last.at > since))
}

pub(super) fn path_of((number, secret): &(String, String)) -> String {
    format!("/volg/{number}/{secret}")
}

fn page(door: &Door, reader: &Reader, item: &Item, link: &(String, String)) -> Follow {
    let (house, words) = (door.desk.house(), &reader.words);
    let (path, now) = (path_of(link), door.desk.now());
    let subject = match item.contact.subject.as_str() {
        "" => words.say("letter-no-subject"),
        subject => subject.to_owned(),
    };
    let mut frame = reader.frame(door);
    frame.path.clone_from(&path);
    Follow {
        frame,
        number: item.number.clone(),
        subject,
        standing: standing(words, house.norms(item.contact.received_at), &item.situation(), now),
        steps: steps(words, house.norms(item.contact.received_at), (item, &path), now),
        closed: item.contact.closed && !item.letters.iter().any(|it| it.standing.is_held(now)),
        reply_action: path,
        form_time: house.stamp(now),
        reply: String::new(),
        problem: None,
        replied: false,
        opinion: opinion(item, link, now),
        visit: None,
        renew_action: can_be_mailed(item).then(|| format!("{}/nieuwe-link", path_of(link))),
    }
}

/// The appointment that it is.
fn panel(
    door: &Door,
    reader: &Reader,
    (visit, link): (&Appointment, &(String, String)),
) -> VisitPanel {
    use desk::VisitState as V;
    let (house, words, path) = (door.desk.house(), &reader.words, path_of(link));
    let is_open = can_change(visit, door.desk.now());
    VisitPanel {
        facts: facts(words, house, visit),
        notes: notes(words, house.norms(visit.slot.from), visit),
        state: match visit.state {
            V::Held => "appointment-state-asked",
            V::Booked if visit.to_call => "appointment-state-call",
            V::Booked => "appointment-state-booked",
            V::Arrived | V::Called => "appointment-state-arrived",
            V::Served => "appointment-state-served",
            V::Missed => "appointment-state-missed",
            V::Cancelled => "appointment-state-cancelled",
        },
        is_off: matches!(visit.state, V::Missed | V::Cancelled) || visit.to_call,
        change: is_open.then(|| format!("{path}/verzetten")),
        cancel: format!("{path}/afzeggen"),
        calendar: is_open.then(|| format!("{path}/afspraak.ics")),
    }
}

/// Whether a new link can be mailed, as far as the page shows it: the verb decides.
fn can_be_mailed(item: &Item) -> bool {
    let came_back = |it: &desk::Letter| matches!(it.standing, desk::Standing::Failed { .. });
    let is_blocked = item.blocked.is_some() || item.letters.iter().any(came_back);
    !item.contact.email.is_empty() && !is_blocked
}

/// The question whether the answer helped, once one has left.
fn opinion(item: &Item, link: &(String, String), now: Timestamp) -> Option<OpinionForm> {
    let answers = |it: &&desk::Letter| it.purpose == Purpose::Answer && it.standing.is_told(now);
    item.letters.iter().find(answers)?;
    let said = item.opinion.as_ref();
    Some(OpinionForm {
        action: format!("{}/oordeel", path_of(link)),
        said: said.map(|it| (it.helped.word(), it.words.clone())),
        thanks: false,
    })
}
