//! Reporting something in the street: first what and where, then what is known already and the
//! rest. Who reports need not say who they are.

use axum::extract::{Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use desk::{Arrival, House, NewFile, PhotoFault, Receipt, Scan, SentForm, Spot, Tx, check_photos};
use jiff::Timestamp;
use norms::{Category, Channel, Class, Facets, Kind, Norms};
use serde::Deserialize;
use words::Words;

use super::around::policy_with_pictures_of;
use super::composed::{Composed, Files};
use super::{Answer, Failure, Reader, Visitor, contact_check, home, see_other, show};
use crate::door::Door;
use crate::pages::{
    Choice, ContactProblem, ContactTyped, ReportDetails, ReportMap, ReportPlace, ReportProblem,
    ReportTyped,
};

/// The longest place, in characters.
const PLACE_CHARS_MAX: usize = 150;
/// Reports whose photos are packed at the same time: each takes some 100 MB of memory at its most.
pub(crate) const PACKING_AT_ONCE: usize = 2;
/// Why a report that filled the trap is taken for unwanted mail.
const TRAPPED: &str = "form-trap";

/// What the address says: what, and where.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    wat: Option<String>,
    waar: Option<String>,
    plek: String,
}

/// The form as it comes in.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Filled {
    wat: String,
    waar: String,
    plek: String,
    metplek: String,
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
            spot: spot(&self.plek),
            with_spot: !self.metplek.is_empty(),
            beside: line(&self.beside),
            message: self.message.replace("\r\n", "\n").trim().to_owned(),
            name: line(&self.name),
            email: line(&self.email),
            phone: line(&self.phone),
            photos_again: false,
        }
    }

    /// The same words and photos from another network address are another form.
    fn sent(&self, asked_at: Timestamp, network: &str, files: &[NewFile]) -> SentForm {
        let texts = [
            network,
            &self.form_time,
            &self.wat,
            &self.waar,
            &self.plek,
            &self.metplek,
            &self.beside,
            &self.message,
            &self.name,
            &self.email,
            &self.phone,
            &self.website2,
        ];
        let texts = texts.into_iter().map(str::as_bytes);
        let files = files.iter().flat_map(|file| [file.name.as_bytes(), file.bytes.as_slice()]);
        SentForm::new(asked_at, [b"report".as_slice()].into_iter().chain(texts).chain(files))
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
    if let (Some(category), true) = (category, problems.is_empty()) {
        let (category, spot) = (category.id.clone(), spot(&asked.plek));
        let with_spot = true;
        let typed = ReportTyped { category, place, spot, with_spot, ..ReportTyped::default() };
        let stamp = door.desk.house().stamp(door.desk.now());
        let page = details(&door, &reader, (typed, stamp), Vec::new()).await?;
        return show(StatusCode::OK, &page);
    }
    show_first(
        &door,
        StatusCode::OK,
        &first(&door, &reader, (category, place, &asked.plek), problems),
    )
}

/// POST /melding
pub(crate) async fn report_send(
    State(door): State<Door>,
    reader: Reader,
    Visitor(from): Visitor,
    Composed { filled, files }: Composed<Filled>,
) -> Answer {
    let (mut typed, now, house) = (filled.typed(), door.desk.now(), door.desk.house());
    let Some(category) = category(house.norms(now), &typed.category) else {
        let problems = place_problems(None, &typed.place);
        let page = first(&door, &reader, (None, typed.place, &typed.spot), problems);
        return show_first(&door, StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let asked = house.stamped(&filled.form_time);
    let timing = contact_check::timing(asked, now);
    let stamp = match timing {
        Some(ContactProblem::FormExpired) => house.stamp(now),
        _ => filled.form_time.clone(),
    };
    typed.photos_again = files.too_large || !files.new.is_empty();
    let mut problems: Vec<ReportProblem> = timing.map(ReportProblem::Contact).into_iter().collect();
    problems.extend(problems_of(&typed, (category, &files)));
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if problems.is_empty() {
        let beside = Some(typed.beside.clone()).filter(|number| !number.is_empty());
        let mut arrival = arrival((&typed, &filled.website2), (category, reader.words));
        arrival.form = asked.map(|asked| filled.sent(asked, &from, &files.new));
        enclose(&door, &mut arrival, files.new).await?;
        let problem = match door.desk.receive_form(arrival, from, beside).await {
            Ok(Some(Receipt { done, .. })) => {
                let secret = house.secret(done.contact, 0);
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
    show(status, &details(&door, &reader, (typed, stamp), problems).await?)
}

/// What a report is to the desk.
fn arrival((typed, trap): (&ReportTyped, &str), (category, words): (&Category, Words)) -> Arrival {
    let mut arrival = Arrival::new(Channel::Form, Kind::Report);
    if !trap.is_empty() {
        arrival.class = Class::Spam;
        arrival.evidence.push(TRAPPED.to_owned());
    }
    arrival.facets = Facets::from([(Category::FACET.to_owned(), category.id.clone())]);
    arrival.lang = words.lang().code().to_owned();
    arrival.name.clone_from(&typed.name);
    arrival.email.clone_from(&typed.email);
    arrival.mailable = trap.is_empty() && !typed.email.is_empty();
    arrival.phone.clone_from(&typed.phone);
    arrival.place.clone_from(&typed.place);
    arrival.spot = Spot::parse(&typed.spot).filter(|_| typed.with_spot);
    arrival.subject = format!("{}: {}", category.name(words.lang().code()), typed.place);
    arrival.body = format!("{}: {}\n", words.say("report-where"), typed.place);
    if let Some(spot) = arrival.spot {
        arrival.body += &format!("{}: {spot}\n", words.say("report-where-map"));
    }
    arrival.body += &format!("\n{}", typed.message);
    arrival
}

/// Packs the photos with the text, a few reports at a time: a mail of some tens of megabytes is
/// written, and read again for what is attached to it.
async fn enclose(door: &Door, arrival: &mut Arrival, photos: Vec<NewFile>) -> Result<(), Failure> {
    if photos.is_empty() {
        return Ok(());
    }
    let (pack, body) = (door.opener.pack, arrival.body.clone());
    let packed = door.packing.does(move || pack(&body, &photos)).await?;
    arrival.attachments = packed.attachments;
    for photo in &mut arrival.attachments {
        photo.scan = if door.scans { Scan::Waiting } else { Scan::None };
    }
    arrival.raw = Some(packed.raw);
    Ok(())
}

fn category<'a>(norms: &'a Norms, id: &str) -> Option<&'a Category> {
    norms.reports.iter().find(|known| known.id == id)
}

/// The first page; where it has a map, that may be loaded from its server.
fn show_first(door: &Door, status: StatusCode, page: &ReportPlace) -> Answer {
    let mut shown = show(status, page)?;
    if let Some(host) = door.map.as_ref().and_then(|map| map.host())
        && let Ok(policy) = HeaderValue::from_str(&policy_with_pictures_of(host))
    {
        shown.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    Ok(shown)
}

/// A spot as it is written; nothing when it is none.
fn spot(text: &str) -> String {
    Spot::parse(text).map(|spot| spot.to_string()).unwrap_or_default()
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

/// What is wrong with a report, in the order of the page.
fn problems_of(typed: &ReportTyped, (category, files): (&Category, &Files)) -> Vec<ReportProblem> {
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
    let of_place = |it: &ContactProblem| {
        matches!(it, ContactProblem::SubjectMissing | ContactProblem::SubjectTooLong)
    };
    let (message, you): (Vec<_>, Vec<_>) = contact
        .into_iter()
        // Who reports something need not say who they are.
        .filter(|it| *it != ContactProblem::EmailMissing && !of_place(it))
        .partition(of_message);
    let checked =
        if files.too_large { Err(PhotoFault::TooLarge) } else { check_photos(&files.new) };
    let of_photos = checked.err().map(|fault| match fault {
        PhotoFault::NotAPhoto => ReportProblem::NotAPhoto,
        PhotoFault::TooLarge => ReportProblem::PhotosTooLarge,
    });
    let contact = |list: Vec<ContactProblem>| list.into_iter().map(ReportProblem::Contact);
    let place = place_problems(Some(category), &typed.place).into_iter();
    place.chain(contact(message)).chain(contact(you)).chain(of_photos).collect()
}

fn first(
    door: &Door,
    reader: &Reader,
    (chosen, place, pointed): (Option<&Category>, String, &str),
    problems: Vec<ReportProblem>,
) -> ReportPlace {
    let mut frame = reader.frame(door);
    let norms = door.desk.house().norms(door.desk.now());
    let chosen = chosen.map(|it| it.id.as_str()).unwrap_or_default();
    if !problems.is_empty() {
        frame.path = address(chosen, &place, pointed);
    }
    let categories = choices(norms, chosen, reader.words);
    let map = door.map.as_ref().map(|map| ReportMap {
        tiles: map.tiles().to_owned(),
        by: map.by.clone(),
        centre: map.centre.to_string(),
        zoom: map.zoom,
    });
    ReportPlace { categories, frame, place, spot: spot(pointed), map, problems }
}

/// The page with what and where in its address.
fn address(category: &str, place: &str, pointed: &str) -> String {
    let of = crate::pages::query_value;
    let address = format!("/melding?wat={}&waar={}", of(category), of(place));
    match spot(pointed).as_str() {
        "" => address,
        spot => format!("{address}&plek={}", of(spot)),
    }
}

fn choices(norms: &Norms, chosen: &str, words: Words) -> Vec<Choice> {
    let choice = |it: &Category| Choice {
        chosen: it.id == chosen,
        ..Choice::new(&it.id, it.name(words.lang().code()))
    };
    norms.reports.iter().map(choice).collect()
}

async fn details(
    door: &Door,
    reader: &Reader,
    (mut typed, form_time): (ReportTyped, String),
    problems: Vec<ReportProblem>,
) -> Result<ReportDetails, Failure> {
    let (now, words) = (door.desk.now(), reader.words);
    let norms = door.desk.house().norms(now);
    let of = category(norms, &typed.category).ok_or(Failure::NOT_FOUND)?;
    let (id, place) = (typed.category.clone(), typed.place.clone());
    let spot = Spot::parse(&typed.spot);
    let similar = move |tx: &mut Tx<'_>, house: &House, _| {
        desk::similar_reports(tx, house, (&id, &place, spot))
    };
    let found = door.desk.read(similar).await?;
    // What was chosen may have been closed since.
    if !found.iter().any(|(number, _)| *number == typed.beside) {
        typed.beside.clear();
    }
    let zone = &norms.municipality.zone;
    // Of what others wrote nothing is shown: the day is enough to know it by.
    let similar = found.iter().map(|(number, report)| Choice {
        chosen: *number == typed.beside,
        ..Choice::new(number, &words.date(report.received_at.to_zoned(zone.clone()).date()))
    });
    let lang = words.lang();
    let facets = Facets::from([(Category::FACET.to_owned(), of.id.clone())]);
    let mut frame = reader.frame(door);
    frame.path = address(&typed.category, &typed.place, &typed.spot);
    Ok(ReportDetails {
        categories: choices(norms, &of.id, words),
        handling: of.handling(lang.code()).to_owned(),
        promise: home::promise_of(norms, now, (Kind::Report, &facets), lang),
        similar: similar.collect(),
        frame,
        typed,
        problems,
        form_time,
    })
}
