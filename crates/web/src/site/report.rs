//! Reporting something in the street: first what and where, then what is known already and the
//! rest. Who reports need not say who they are.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use desk::{Arrival, FileKind, NewFile, PHOTOS_BYTES_MAX, PHOTOS_MAX, Receipt, Scan};
use norms::{Category, Channel, Class, Facets, Kind, Norms};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use words::Words;

use super::composed::Composed;
use super::{Answer, Failure, Reader, Visitor, contact_check, home, see_other, show};
use crate::door::Door;
use crate::pages::{
    Choice, ContactProblem, ContactTyped, ReportDetails, ReportPlace, ReportProblem, ReportTyped,
};

/// The longest place, in characters.
const PLACE_CHARS_MAX: usize = 150;
/// Why a report that filled the trap is taken for unwanted mail.
const TRAPPED: &str = "form-trap";

/// What the address says: what, where, and whether somebody came back to change it.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    wat: Option<String>,
    waar: Option<String>,
    terug: String,
}

/// The form as it comes in.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Filled {
    wat: String,
    waar: String,
    beside: String,
    message: String,
    name: String,
    email: String,
    phone: String,
    website2: String,
    form_time: String,
}

impl Filled {
    fn typed(&self) -> ReportTyped {
        let line = |text: &str| text.trim().to_owned();
        ReportTyped {
            category: line(&self.wat),
            place: place(&self.waar),
            beside: line(&self.beside),
            message: self.message.replace("\r\n", "\n").trim().to_owned(),
            name: line(&self.name),
            email: line(&self.email),
            phone: line(&self.phone),
        }
    }

    /// The same for the same form with the same words and photos, so that a second press of the
    /// button is known for what it is.
    fn message_id(&self, files: &[NewFile]) -> String {
        let mut hash = Sha256::new();
        let texts = [&self.form_time, &self.wat, &self.waar, &self.message, &self.email];
        let texts = texts.into_iter().map(String::as_bytes);
        for field in texts.chain(files.iter().map(|file| file.bytes.as_slice())) {
            hash.update(field.len().to_le_bytes());
            hash.update(field);
        }
        format!("report.{}@house", data_encoding::HEXLOWER.encode(&hash.finalize()[..20]))
    }
}

/// GET /melding: with what and where in the address it asks for the rest.
pub(crate) async fn report_form(
    State(door): State<Door>,
    reader: Reader,
    Query(asked): Query<Asked>,
) -> Answer {
    let norms = door.desk.house().norms(door.desk.now());
    if norms.reports.is_empty() {
        return Err(Failure::NOT_FOUND);
    }
    let (what, place) = (asked.wat.as_deref(), place(asked.waar.as_deref().unwrap_or_default()));
    let category = what.and_then(|id| category(norms, id));
    let was_asked = asked.wat.is_some() || asked.waar.is_some();
    let problems = if was_asked { place_problems(category, &place) } else { Vec::new() };
    if let (Some(category), true, true) = (category, problems.is_empty(), asked.terug.is_empty()) {
        let typed = ReportTyped { category: category.id.clone(), place, ..ReportTyped::default() };
        let stamp = door.desk.house().stamp(door.desk.now());
        return details(&door, &reader, (typed, stamp), (Vec::new(), false)).await;
    }
    show(StatusCode::OK, &first(&door, &reader, (category, place), problems))
}

/// POST /melding
pub(crate) async fn report_send(
    State(door): State<Door>,
    reader: Reader,
    Visitor(from): Visitor,
    Composed { filled, files }: Composed<Filled>,
) -> Answer {
    let (typed, now, house) = (filled.typed(), door.desk.now(), door.desk.house());
    let norms = house.norms(now);
    let category = category(norms, &typed.category);
    let of_place = place_problems(category, &typed.place);
    let Some(category) = category.filter(|_| of_place.is_empty()) else {
        return show(
            StatusCode::UNPROCESSABLE_ENTITY,
            &first(&door, &reader, (category, typed.place), of_place),
        );
    };
    let timing = contact_check::timing(house.stamped(&filled.form_time), now);
    let stamp = match timing {
        Some(ContactProblem::FormExpired) => house.stamp(now),
        _ => filled.form_time.clone(),
    };
    let mut problems: Vec<ReportProblem> = timing.map(ReportProblem::Contact).into_iter().collect();
    problems.extend(problems_of(&typed, &files.new));
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if problems.is_empty() {
        let arrival = arrival(&door, (&filled, &typed), (category, reader.words), &files.new);
        let beside = Some(typed.beside.clone()).filter(|number| !number.is_empty());
        let problem = match door.desk.receive_form(arrival, from, beside).await {
            Ok(Some(Receipt { done, .. })) => {
                let secret = house.secret(done.contact);
                let sent = format!("/contact/verzonden/{}/{secret}", done.number);
                return Ok(see_other(&reader.frame(&door).href(&sent)));
            }
            Ok(None) => {
                status = StatusCode::TOO_MANY_REQUESTS;
                ContactProblem::TooMany
            }
            Err(stop) => {
                tracing::error!("a report was not stored: {stop}");
                status = StatusCode::SERVICE_UNAVAILABLE;
                ContactProblem::NotStored
            }
        };
        problems.push(ReportProblem::Contact(problem));
    }
    let again = (problems, !files.new.is_empty());
    let page = details(&door, &reader, (typed, stamp), again).await?;
    Ok((status, page).into_response())
}

/// What a report is to the desk.
fn arrival(
    door: &Door,
    (filled, typed): (&Filled, &ReportTyped),
    (category, words): (&Category, Words),
    photos: &[NewFile],
) -> Arrival {
    let trapped = !filled.website2.is_empty();
    let mut arrival = Arrival::new(Channel::Form, Kind::Report);
    if trapped {
        arrival.class = Class::Spam;
        arrival.evidence.push(TRAPPED.to_owned());
    }
    arrival.facets = Facets::from([(Category::FACET.to_owned(), category.id.clone())]);
    arrival.lang = words.lang().code().to_owned();
    arrival.name.clone_from(&typed.name);
    arrival.email.clone_from(&typed.email);
    arrival.mailable = !trapped && !typed.email.is_empty();
    arrival.phone.clone_from(&typed.phone);
    arrival.subject = format!("{}: {}", category.name(words.lang().code()), typed.place);
    arrival.body = format!("{}: {}\n\n{}", words.say("report-where"), typed.place, typed.message);
    arrival.thread.message_id = filled.message_id(photos);
    if !photos.is_empty() {
        let packed = (door.opener.pack)(&arrival.body, photos);
        arrival.attachments = packed.attachments;
        for photo in &mut arrival.attachments {
            photo.scan = if door.scans { Scan::Waiting } else { Scan::None };
        }
        arrival.raw = Some(packed.raw);
    }
    arrival
}

fn category<'a>(norms: &'a Norms, id: &str) -> Option<&'a Category> {
    norms.reports.iter().find(|known| known.id == id)
}

/// A place in one line.
fn place(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn place_problems(category: Option<&Category>, place: &str) -> Vec<ReportProblem> {
    let too_long = place.chars().count() > PLACE_CHARS_MAX;
    [
        (category.is_none(), ReportProblem::CategoryMissing),
        (place.is_empty(), ReportProblem::PlaceMissing),
        (too_long, ReportProblem::PlaceTooLong),
    ]
    .into_iter()
    .filter_map(|(wrong, problem)| wrong.then_some(problem))
    .collect()
}

/// What is wrong with the rest, in the order of the page.
fn problems_of(typed: &ReportTyped, photos: &[NewFile]) -> Vec<ReportProblem> {
    let contact = contact_check::problems(&ContactTyped {
        name: typed.name.clone(),
        email: typed.email.clone(),
        phone: typed.phone.clone(),
        subject: typed.place.clone(),
        message: typed.message.clone(),
        ..ContactTyped::default()
    });
    let of_message = |it: &ContactProblem| {
        matches!(it, ContactProblem::MessageMissing | ContactProblem::MessageTooLong)
    };
    let (message, you): (Vec<_>, Vec<_>) = contact
        .into_iter()
        // Who reports something need not say who they are.
        .filter(|it| *it != ContactProblem::EmailMissing)
        .partition(of_message);
    let bytes: usize = photos.iter().map(|photo| photo.bytes.len()).sum();
    let of_photos = if photos.len() > PHOTOS_MAX || bytes > PHOTOS_BYTES_MAX {
        Some(ReportProblem::PhotosTooLarge)
    } else {
        let not_one = |photo: &NewFile| !is_photo(FileKind::of(&photo.bytes, &photo.name));
        photos.iter().any(not_one).then_some(ReportProblem::NotAPhoto)
    };
    let contact = |list: Vec<ContactProblem>| list.into_iter().map(ReportProblem::Contact);
    contact(message).chain(of_photos).chain(contact(you)).collect()
}

fn is_photo(kind: FileKind) -> bool {
    use FileKind as K;
    matches!(kind, K::Png | K::Jpeg | K::Gif | K::Webp | K::Picture)
}

fn first(
    door: &Door,
    reader: &Reader,
    (chosen, place): (Option<&Category>, String),
    problems: Vec<ReportProblem>,
) -> ReportPlace {
    let mut frame = reader.frame(door);
    frame.path = "/melding".to_owned();
    let norms = door.desk.house().norms(door.desk.now());
    let choice = |it: &Category| Choice {
        chosen: chosen == Some(it),
        ..Choice::new(&it.id, it.name(reader.words.lang().code()))
    };
    ReportPlace { categories: norms.reports.iter().map(choice).collect(), frame, place, problems }
}

async fn details(
    door: &Door,
    reader: &Reader,
    (typed, form_time): (ReportTyped, String),
    (problems, photos_again): (Vec<ReportProblem>, bool),
) -> Result<Response, Failure> {
    let (now, words) = (door.desk.now(), reader.words);
    let norms = door.desk.house().norms(now);
    let of = category(norms, &typed.category).ok_or(Failure::NOT_FOUND)?;
    let (id, place) = (typed.category.clone(), typed.place.clone());
    let found =
        door.desk.read(move |tx, house, _| desk::similar_reports(tx, house, (&id, &place))).await?;
    let zone = &norms.municipality.zone;
    // Of what others wrote nothing is shown: the day is enough to know it by.
    let similar = found.iter().map(|(number, report)| Choice {
        chosen: *number == typed.beside,
        ..Choice::new(number, &words.date(report.received_at.to_zoned(zone.clone()).date()))
    });
    let lang = words.lang();
    let facets = Facets::from([(Category::FACET.to_owned(), of.id.clone())]);
    let mut frame = reader.frame(door);
    let query = crate::pages::query_value;
    frame.path = format!("/melding?wat={}&waar={}", query(&typed.category), query(&typed.place));
    let page = ReportDetails {
        category: of.name(lang.code()).to_owned(),
        handling: of.handling(lang.code()).to_owned(),
        promise: home::promise_of(norms, now, (Kind::Report, &facets), lang),
        similar: similar.collect(),
        frame,
        typed,
        problems,
        form_time,
        photos_again,
    };
    show(StatusCode::OK, &page)
}
