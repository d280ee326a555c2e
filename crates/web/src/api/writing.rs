//! Writing: contacts, call-back notes and reports that come in elsewhere, notes, and corrections.
//! What is sent once is done once: every POST carries an `Idempotency-Key`.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use desk::{
    API_KEY_CHARS_MAX, Arrival, Contact, Done, House, KeptAnswer, Once, Spot, Stop, Supplied,
    Supplier, Tx, WriteContacts,
};
use jiff::Timestamp;
use norms::{Category, Channel, Class, Facets, Kind, Norms};
use words::Lang;

use super::admitted::Admitted;
use super::answer::{Answer, tagged, text_of, written};
use super::bodies::{NewCallBack, NewClass, NewContact, NewNote, NewReport};
use super::problem::{KEY_TAKEN, NO_VERSION, Problem, VERSION_CHANGED};
use super::reading::{known, tag};
use super::sent::{Asked, Posted, Sent};
use super::shapes::{Corrected, Receipt, href};
use crate::door::Door;
use crate::site::is_phone;

/// The longest one-line text, in characters.
const LINE_CHARS_MAX: usize = 200;
/// The longest place, in characters.
const PLACE_CHARS_MAX: usize = 150;
/// The longest text, in characters.
const TEXT_CHARS_MAX: usize = 20_000;
/// How long ago something may have been received, in days.
const RECEIVED_DAYS_MAX: i64 = 366;
/// Kinds of contact that are taken in as they are; the others have a place of their own.
const KINDS: [Kind; 8] = [
    Kind::Question,
    Kind::Feedback,
    Kind::Tip,
    Kind::Complaint,
    Kind::Invoice,
    Kind::Application,
    Kind::Objection,
    Kind::Order,
];

/// The name of the header by which the same request is known.
const KEY: &str = "Idempotency-Key";

/// Takes in a contact that came in elsewhere. What is promised is decided as for any other; who
/// left a mail address gets the acknowledgement that goes with it.
#[utoipa::path(post, path = "/contacts", tag = "Contacts", operation_id = "createContact",
    params(("Idempotency-Key" = String, Header, min_length = 1, max_length = 100,
        description = "A name of your own for this request; see above.")),
    request_body = NewContact,
    responses((status = 201, description = "It was taken in.", body = Receipt)),
    security(("token" = ["contacts:write"])))]
pub(super) async fn create_contact(
    State(door): State<Door>,
    Admitted(supplier): Admitted<WriteContacts>,
    Asked(asked): Asked,
    headers: HeaderMap,
    Posted { mut sent, hash }: Posted,
) -> Answer {
    asked.end()?;
    let (now, norms) = (door.desk.now(), door.desk.house().norms(door.desk.now()));
    let channel = sent.word("channel", Channel::ALL, Channel::word);
    let kind = sent.word("kind", &KINDS, Kind::word);
    let mut arrival =
        arrival(&mut sent, (channel.unwrap_or(Channel::Form), kind.unwrap_or(Kind::Question)), now);
    for (name, is_missing) in [("channel", channel.is_none()), ("kind", kind.is_none())] {
        if is_missing && !sent.is_wrong(name) {
            sent.wrong(name, "missing", "This has to be filled in.");
        }
    }
    arrival.subject = sent.needed("subject", LINE_CHARS_MAX);
    arrival.body = sent.text("text", TEXT_CHARS_MAX).unwrap_or_default();
    arrival.facets = facets(&mut sent, norms);
    if sent.flag("forInformation") {
        arrival.class = Class::Fyi;
    } else if arrival.email.is_empty() && arrival.phone.is_empty() && arrival.address.is_empty() {
        let way = "Without a mail address, telephone number or postal address nobody can answer.";
        sent.wrong("email", "missing", way);
    }
    sent.end()?;
    take_in(&door, supplier, key(&headers, hash)?, arrival).await
}

/// Takes in a note to call somebody back.
#[utoipa::path(post, path = "/call-backs", tag = "Contacts", operation_id = "createCallBack",
    params(("Idempotency-Key" = String, Header, min_length = 1, max_length = 100,
        description = "A name of your own for this request; see above.")),
    request_body = NewCallBack,
    responses((status = 201, description = "It was taken in.", body = Receipt)),
    security(("token" = ["contacts:write"])))]
pub(super) async fn create_call_back(
    State(door): State<Door>,
    Admitted(supplier): Admitted<WriteContacts>,
    Asked(asked): Asked,
    headers: HeaderMap,
    Posted { mut sent, hash }: Posted,
) -> Answer {
    asked.end()?;
    let now = door.desk.now();
    let has_phone = sent.has("phone");
    let mut arrival = arrival(&mut sent, (Channel::Phone, Kind::CallBack), now);
    if !has_phone {
        sent.wrong("phone", "missing", "This has to be filled in.");
    }
    arrival.subject = sent.needed("subject", LINE_CHARS_MAX);
    arrival.body = sent.text("text", TEXT_CHARS_MAX).unwrap_or_default();
    sent.end()?;
    take_in(&door, supplier, key(&headers, hash)?, arrival).await
}

/// Takes in what a resident reported in the street. Who reports need not say who they are.
#[utoipa::path(post, path = "/reports", tag = "Contacts", operation_id = "createReport",
    params(("Idempotency-Key" = String, Header, min_length = 1, max_length = 100,
        description = "A name of your own for this request; see above.")),
    request_body = NewReport,
    responses((status = 201, description = "It was taken in.", body = Receipt)),
    security(("token" = ["contacts:write"])))]
pub(super) async fn create_report(
    State(door): State<Door>,
    Admitted(supplier): Admitted<WriteContacts>,
    Asked(asked): Asked,
    headers: HeaderMap,
    Posted { mut sent, hash }: Posted,
) -> Answer {
    asked.end()?;
    let (now, norms) = (door.desk.now(), door.desk.house().norms(door.desk.now()));
    let channel = sent.word("channel", Channel::ALL, Channel::word).unwrap_or(Channel::Form);
    let mut arrival = arrival(&mut sent, (channel, Kind::Report), now);
    let id = sent.needed("category", LINE_CHARS_MAX);
    let category = norms.reports.iter().find(|it| it.id == id);
    if category.is_none() && !sent.is_wrong("category") {
        let known: Vec<&str> = norms.reports.iter().map(|it| it.id.as_str()).collect();
        sent.wrong("category", "value", &format!("One of: {}.", known.join(", ")));
    }
    let place = sent.needed("place", PLACE_CHARS_MAX);
    let text = sent.needed("text", TEXT_CHARS_MAX);
    let spot = sent.object("location", |it| {
        let degrees = (it.degrees("latitude", 90.0), it.degrees("longitude", 180.0));
        Spot::parse(&format!("{},{}", degrees.0, degrees.1))
    });
    arrival.spot = spot.flatten();
    sent.end()?;
    arrival.facets = Facets::from([(Category::FACET.to_owned(), id)]);
    let name = category.map(|it| it.name(&arrival.lang)).unwrap_or_default();
    arrival.subject = format!("{name}: {place}");
    arrival.body = format!("{place}\n\n{text}");
    arrival.place = place;
    take_in(&door, supplier, key(&headers, hash)?, arrival).await
}

/// Adds a note for colleagues; a resident never sees it.
#[utoipa::path(post, path = "/contacts/{number}/notes", tag = "Contacts",
    operation_id = "createNote",
    params(
        ("number" = String, Path, description = "The number of the contact.",
            example = "2026-000123"),
        ("Idempotency-Key" = String, Header, min_length = 1, max_length = 100,
            description = "A name of your own for this request; see above."),
    ),
    request_body = NewNote,
    responses((status = 201, description = "It was added.", body = Receipt)),
    security(("token" = ["contacts:write"])))]
pub(super) async fn create_note(
    State(door): State<Door>,
    Admitted(supplier): Admitted<WriteContacts>,
    Path(number): Path<String>,
    Asked(asked): Asked,
    headers: HeaderMap,
    Posted { mut sent, hash }: Posted,
) -> Answer {
    asked.end()?;
    let text = sent.needed("text", TEXT_CHARS_MAX);
    sent.end()?;
    let once = key(&headers, hash)?;
    let verb = move |tx: &mut Tx<'_>, house: &House, now: Timestamp| {
        desk::once(tx, now, &supplier, &once, |tx| {
            let contact = known(tx, house, &number)?;
            let note = (contact.id, text.as_str());
            let done = desk::note_supplied(tx, house, now, &supplier, note)?;
            answer(tx, house, now, (done, false))
        })
    };
    supplied(door.desk.supply(verb).await?)
}

/// Corrects what a contact was taken for: what is owed follows from it anew.
#[utoipa::path(patch, path = "/contacts/{number}", tag = "Contacts",
    operation_id = "correctContact",
    params(
        ("number" = String, Path, description = "The number of the contact.",
            example = "2026-000123"),
        ("If-Match" = String, Header, description = "The ETag of the contact as you read it."),
    ),
    request_body = NewClass,
    responses((status = 200, description = "What it is now.", body = Corrected)),
    security(("token" = ["contacts:write"])))]
pub(super) async fn correct_contact(
    State(door): State<Door>,
    Admitted(supplier): Admitted<WriteContacts>,
    Path(number): Path<String>,
    Asked(asked): Asked,
    headers: HeaderMap,
    Posted { mut sent, .. }: Posted,
) -> Answer {
    asked.end()?;
    let class = sent.word("class", Class::ALL, Class::word);
    if class.is_none() && !sent.is_wrong("class") {
        sent.wrong("class", "missing", "This has to be filled in.");
    }
    sent.end()?;
    let Some(named) = headers.get(header::IF_MATCH) else {
        let detail = "Say which version this is about: If-Match with the ETag.";
        let status = StatusCode::PRECONDITION_REQUIRED;
        return Err(Problem::new(status, NO_VERSION, detail));
    };
    let named = named.to_str().unwrap_or_default().trim().to_owned();
    let (class, of) = (class.unwrap_or(Class::Message), number.clone());
    let corrected = door.desk.write(move |tx, house, now| {
        let contact = known(tx, house, &of)?.id;
        let version = tx.last_fact_of(contact)?;
        if named != tag(version) {
            return Ok(None);
        }
        let about = (contact, version);
        desk::correct_class_supplied(tx, house, now, &supplier, about, class)
    });
    let Some(mut done) = corrected.await? else {
        let detail = "Something happened to the contact since you read it.";
        return Err(Problem::new(StatusCode::PRECONDITION_FAILED, VERSION_CHANGED, detail));
    };
    door.desk.post(std::mem::take(&mut done.letters));
    let read = door.desk.read(move |tx, house, _| {
        let contact = known(tx, house, &number)?;
        Ok((tx.last_fact_of(contact.id)?, number.clone(), contact.class))
    });
    // Nothing else of the contact: a program may write without being allowed to read.
    let (version, number, class) = read.await?;
    let corrected = Corrected { number, class: class.word().to_owned() };
    Ok(tagged(&HeaderMap::new(), Some(&tag(version)), &corrected))
}

/// What every contact says about who it is from and when it came in.
fn arrival(sent: &mut Sent, (channel, kind): (Channel, Kind), now: Timestamp) -> Arrival {
    let mut arrival = Arrival::new(channel, kind);
    let lang = sent.word("language", &Lang::ALL, Lang::code).unwrap_or_default();
    arrival.lang = lang.code().to_owned();
    arrival.name = sent.text("name", LINE_CHARS_MAX).unwrap_or_default();
    arrival.email = sent.text("email", LINE_CHARS_MAX).unwrap_or_default();
    arrival.phone = sent.text("phone", LINE_CHARS_MAX).unwrap_or_default();
    arrival.address = sent.text("address", LINE_CHARS_MAX).unwrap_or_default();
    arrival.mailable = !arrival.email.is_empty();
    if !arrival.email.is_empty() && !desk::is_address(&arrival.email) {
        sent.wrong("email", "value", "This is no mail address.");
    }
    if !arrival.phone.is_empty() && !is_phone(&arrival.phone) {
        sent.wrong("phone", "value", "This is no telephone number.");
    }
    if let Some(at) = sent.moment("receivedAt") {
        let days = jiff::SignedDuration::from_hours(24 * RECEIVED_DAYS_MAX);
        if at > now || now.duration_since(at) > days {
            let detail = format!("Not in the future, and at most {RECEIVED_DAYS_MAX} days ago.");
            sent.wrong("receivedAt", "value", &detail);
        }
        arrival.received_at = Some(at);
    }
    arrival
}

/// What the contact is told apart by, in the words of the norm file.
fn facets(sent: &mut Sent, norms: &Norms) -> Facets {
    let read = |inner: &mut Sent| {
        let mut facets = BTreeMap::new();
        for name in inner.names() {
            let known = norms.facets.get(&name).filter(|_| name != Category::FACET);
            let Some(known) = known else { continue };
            let value = inner.text(&name, LINE_CHARS_MAX).unwrap_or_default();
            if !known.contains_key(&value) && !inner.is_wrong(&name) {
                let words: Vec<&str> = known.keys().map(String::as_str).collect();
                inner.wrong(&name, "value", &format!("One of: {}.", words.join(", ")));
            }
            facets.insert(name, value);
        }
        facets
    };
    sent.object("facets", read).unwrap_or_default().into_iter().collect()
}

/// The key under which this is done once.
fn key(headers: &HeaderMap, request: [u8; 32]) -> Result<Once, Problem> {
    let missing = "Give this request a name of your own, so that it is done once.";
    let Some(value) = headers.get(KEY) else {
        return Err(Problem::header(KEY, "missing", missing));
    };
    let key = value.to_str().unwrap_or_default().trim();
    if key.is_empty() || key.chars().count() > API_KEY_CHARS_MAX {
        let detail = format!("From 1 to {API_KEY_CHARS_MAX} characters of ASCII.");
        return Err(Problem::header(KEY, "value", &detail));
    }
    Ok(Once { key: key.to_owned(), request })
}

async fn take_in(
    door: &Door,
    supplier: Supplier<WriteContacts>,
    once: Once,
    arrival: Arrival,
) -> Answer {
    let verb = move |tx: &mut Tx<'_>, house: &House, now: Timestamp| {
        desk::once(tx, now, &supplier, &once, |tx| {
            let done = desk::take_in_supplied(tx, house, now, &supplier, &arrival)?;
            answer(tx, house, now, (done, true))
        })
    };
    supplied(door.desk.supply(verb).await?)
}

/// What is answered, in the words that are kept with the key.
fn answer(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    (done, is_new): (Done, bool),
) -> Result<(KeptAnswer, Vec<desk::Letter>), Stop> {
    let contact: Contact = known(tx, house, &done.number)?;
    let receipt = Receipt::of(tx, house, now, (&contact, is_new))?;
    let (contact, place) = (Some(contact.id), href(&done.number));
    let answer = KeptAnswer { contact, place, body: text_of(&receipt) };
    Ok((answer, done.letters))
}

fn supplied(supplied: Supplied) -> Result<Response, Problem> {
    match supplied {
        Supplied::Done(answer, _) => {
            let place = [(header::LOCATION, answer.place)];
            Ok((place, written(StatusCode::CREATED, answer.body)).into_response())
        }
        Supplied::OtherRequest => {
            let detail = "Something else was asked under this Idempotency-Key.";
            Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, KEY_TAKEN, detail))
        }
    }
}
