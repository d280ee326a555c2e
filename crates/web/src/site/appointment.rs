//! Making an appointment: what for, when, who. Opening a page changes nothing: mail programs
//! follow links by themselves.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use desk::{Appointment, Coming, Done, Got, House, Stop, Visitor as Comes};
use jiff::Timestamp;
use jiff::civil::Date;
use norms::{Norms, Product};
use promises::Refusal;
use promises::counter::{Booker, Slot, Wish};
use serde::Deserialize;

use super::appointment_change::{facts, notes, notes_of};
use super::appointment_confirm::{booked_already, known, over, waiting};
use super::contact_check::{self, timing};
use super::follow::path_of;
use super::{Answer, Failure, Reader, Typed, Visitor, see_other, show};
use crate::door::Door;
use crate::pages::{
    AppointmentWhat, AppointmentWhen, AppointmentWho, Choice, ContactProblem, ContactTyped,
};

/// Days with a free time that are shown.
const DAYS_SHOWN: usize = 10;
/// The longest remark, in characters.
const REMARK_CHARS_MAX: usize = 1_000;

/// What the address says, or the form with a time: `wat` once for each product.
#[derive(Clone, Default, Deserialize)]
#[serde(from = "Vec<(String, String)>")]
pub(crate) struct Asked {
    wat: Vec<String>,
    personen: String,
    pub(super) dag: String,
    pub(super) tijd: String,
    plek: String,
}

impl From<Vec<(String, String)>> for Asked {
    fn from(fields: Vec<(String, String)>) -> Asked {
        let mut asked = Asked::default();
        for (name, value) in fields {
            match name.as_str() {
                "wat" => asked.wat.push(value),
                "personen" => asked.personen = value,
                "dag" => asked.dag = value,
                "tijd" => asked.tijd = value,
                "plek" => asked.plek = value,
                _ => {}
            }
        }
        asked
    }
}

impl Asked {
    /// The products that are known, each once, in the order of the norm file.
    fn products<'a>(&self, norms: &'a Norms) -> Vec<&'a Product> {
        chosen(norms, &self.wat)
    }
}

/// Who comes, as typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Filled {
    name: String,
    email: String,
    phone: String,
    message: String,
    website2: String,
    form_time: String,
}

/// GET /afspraak: with products in the address it asks when.
pub(crate) async fn appointment(
    State(door): State<Door>,
    reader: Reader,
    Query(asked): Query<Asked>,
) -> Answer {
    let norms = door.desk.house().norms(door.desk.now());
    if !norms.appointments.are_made() {
        return Err(Failure::NOT_FOUND);
    }
    let products = asked.products(norms);
    let persons = persons(norms, &asked.personen);
    if let Some(problem) = problem_with(norms, &products) {
        let was_asked = !asked.wat.is_empty() || !asked.personen.is_empty();
        let problem = Some(problem).filter(|_| was_asked);
        return show(StatusCode::OK, &what(&door, &reader, (&products, persons), problem));
    }
    let page = When::of(&door, products, persons, &asked.plek);
    let day = asked.dag.parse().ok();
    show(StatusCode::OK, &page.page(&reader, day, None).await?)
}

/// POST /afspraak: keeps a time free, and asks who comes.
pub(crate) async fn appointment_hold(
    State(door): State<Door>,
    reader: Reader,
    Visitor(from): Visitor,
    Typed(chosen): Typed<Asked>,
) -> Answer {
    let norms = door.desk.house().norms(door.desk.now());
    let products = chosen.products(norms);
    let persons = persons(norms, &chosen.personen);
    if let Some(problem) = problem_with(norms, &products) {
        let page = what(&door, &reader, (&products, persons), Some(problem));
        return show(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let when = When::of(&door, products, persons, &chosen.plek);
    let Some(at) = moment(&chosen.tijd) else {
        let page = when.page(&reader, None, Some(("appointment-over", Vec::new()))).await?;
        return show(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let (wish, own) = (when.wish(), when.own);
    let held = door.desk.write_from(&from, Coming::Hold, move |tx, house, now| {
        desk::hold_visit(tx, house, now, (&wish, at), own)
    });
    let day = Some(door.desk.house().day(at));
    match held.await? {
        Some(Got::Yes(held)) => {
            let secret = door.desk.house().hold_secret(held.visit);
            let next = format!("/afspraak/gegevens/{}/{secret}", held.visit);
            Ok(see_other(&reader.frame(&door).href(&next)))
        }
        Some(Got::Taken(near)) => {
            let page = when.page(&reader, day, Some(("appointment-gone", near))).await?;
            show(StatusCode::CONFLICT, &page)
        }
        None => {
            let page = when.page(&reader, day, Some(("appointment-busy", Vec::new()))).await?;
            show(StatusCode::TOO_MANY_REQUESTS, &page)
        }
    }
}

/// GET /afspraak/gegevens/{visit}/{secret}
pub(crate) async fn appointment_details(
    State(door): State<Door>,
    reader: Reader,
    Path(link): Path<(i64, String)>,
) -> Answer {
    let Some(visit) = known(&door, &link).await? else { return over(&door, &reader) };
    if visit.is_unconfirmed()
        && let Some(contact) = visit.contact
    {
        return waiting(&door, &reader, (&visit, contact)).await;
    }
    if let Some(done) = booked_already(&door, &visit).await? {
        return Ok(see_other(&reader.frame(&door).href(&done)));
    }
    let stamp = door.desk.house().stamp(door.desk.now());
    show(StatusCode::OK, &who(&door, &reader, (&visit, &link), stamp))
}

/// POST /afspraak/gegevens/{visit}/{secret}: the appointment is made.
pub(crate) async fn appointment_make(
    State(door): State<Door>,
    reader: Reader,
    Path(link): Path<(i64, String)>,
    Typed(filled): Typed<Filled>,
) -> Answer {
    let house = door.desk.house();
    if !house.is_hold_secret(link.0, &link.1) {
        return Err(Failure::NOT_FOUND);
    }
    let now = door.desk.now();
    let typed = [&filled.name, &filled.email, &filled.phone, &filled.message];
    let typed = typed.map(|text| text.replace("\r\n", "\n").trim().to_owned());
    let timing = timing(house.stamped(&filled.form_time), now);
    let stamp = match timing {
        Some(ContactProblem::FormExpired) => house.stamp(now),
        _ => filled.form_time.clone(),
    };
    let trapped = !filled.website2.is_empty();
    let too_fast = trapped.then_some(ContactProblem::FormTooFast);
    let problems: Vec<ContactProblem> =
        timing.or(too_fast).into_iter().chain(problems_of(&typed)).collect();
    // The page again, with what was typed.
    let again = async || {
        let page = who(&door, &reader, (&held(&door, &link).await?, &link), stamp.clone());
        Ok::<_, Failure>(AppointmentWho { typed: typed.clone(), ..page })
    };
    if !problems.is_empty() {
        let page = AppointmentWho { problems, ..again().await? };
        return show(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let [name, email, phone, remark] = typed.clone();
    let lang = reader.words.lang().code().to_owned();
    let comes = Comes { name, email, phone, remark, lang, walked_in: false };
    let id = link.0;
    let made =
        door.desk.write(move |tx, house, now| desk::book_visit(tx, house, now, (id, &comes)));
    match made.await {
        Ok(Got::Yes(done)) => Ok(see_other(&made_at(&door, &reader, (&link, done)))),
        Ok(Got::Taken(near)) => {
            let visit = held(&door, &link).await?;
            let products = chosen(house.norms(now), &visit.products);
            let when = When::of(&door, products, visit.persons, "");
            let day = Some(house.day(visit.slot.from));
            let page = when.page(&reader, day, Some(("appointment-gone", near))).await?;
            show(StatusCode::CONFLICT, &page)
        }
        Err(Stop::Refused(why @ (Refusal::VisitsTooMany | Refusal::VisitUnmailable))) => {
            let refused = Some(why.key());
            show(StatusCode::CONFLICT, &AppointmentWho { refused, ..again().await? })
        }
        Err(stop) => Err(stop.into()),
    }
}

/// Where somebody goes on whose appointment is made: where it is followed. Where it has to be
/// confirmed, the page of the details says to look in the mail.
fn made_at(door: &Door, reader: &Reader, (link, done): (&(i64, String), Done)) -> String {
    door.desk.post(done.letters);
    let house = door.desk.house();
    let rules = &house.norms(door.desk.now()).appointments.rules;
    reader.frame(door).href(&match rules.confirm_minutes {
        Some(_) => format!("/afspraak/gegevens/{}/{}", link.0, link.1),
        None => format!("/volg/{}/{}", done.number, house.secret(done.contact, 0)),
    })
}

/// The page that asks when, for a new appointment or for one that moves.
pub(super) struct When<'a> {
    door: &'a Door,
    products: Vec<&'a Product>,
    persons: u8,
    /// What is held or moved: its time counts as free.
    own: Option<i64>,
    /// The address of the page, without the day.
    address: String,
    action: String,
    along: Vec<(&'static str, String)>,
    back: String,
    moves: Option<Timestamp>,
}

impl<'a> When<'a> {
    fn of(door: &'a Door, products: Vec<&'a Product>, persons: u8, place: &str) -> When<'a> {
        let own = own_hold(door.desk.house(), place);
        let mut address = address_of(products.iter().map(|it| it.id.as_str()), persons);
        let mut along: Vec<_> = products.iter().map(|it| ("wat", it.id.clone())).collect();
        along.push(("personen", persons.to_string()));
        if own.is_some() {
            address.push_str(&format!("&plek={}", crate::pages::query_value(place)));
            along.push(("plek", place.to_owned()));
        }
        When {
            door,
            products,
            persons,
            own,
            address,
            action: "/afspraak".to_owned(),
            along,
            back: "/afspraak".to_owned(),
            moves: None,
        }
    }

    pub(super) fn moving(
        door: &'a Door,
        norms: &'a Norms,
        (visit, _): (&Appointment, i64),
        link: &(String, String),
    ) -> Result<When<'a>, Failure> {
        let products = chosen(norms, &visit.products);
        if products.is_empty() {
            return Err(Failure::NOT_FOUND);
        }
        let path = path_of(link);
        let address = format!("{path}/verzetten?");
        Ok(When {
            door,
            products,
            persons: visit.persons,
            own: Some(visit.id),
            action: format!("{path}/verzetten"),
            address,
            along: Vec::new(),
            back: path,
            moves: Some(visit.slot.from),
        })
    }

    fn wish(&self) -> Wish {
        let products = self.products.iter().map(|product| product.id.clone()).collect();
        Wish { products, persons: self.persons, by: Booker::Resident, desk: None }
    }

    pub(super) async fn page(
        self,
        reader: &Reader,
        day: Option<Date>,
        problem: Option<(&'static str, Vec<Slot>)>,
    ) -> Result<AppointmentWhen, Failure> {
        let (wish, own) = (self.wish(), self.own);
        let found = self.door.desk.read(move |tx, house, now| {
            let today = house.day(now);
            let mut found = desk::first_free(tx, house, now, &wish, (today, DAYS_SHOWN), own)?;
            // A day further away can be asked for in the address.
            let asked = day.filter(|day| found.iter().all(|(known, _)| known != day));
            if let Some(day) = asked {
                let slots = desk::offer(tx, house, now, &wish, (day, day), own)?;
                if !slots.is_empty() {
                    found.push((day, slots));
                }
            }
            Ok(found)
        });
        let found = found.await?;
        let words = &reader.words;
        let zone = self.door.desk.house().zone();
        let chosen = found.iter().find(|(known, _)| Some(*known) == day).or(found.first());
        let shown = chosen.map(|(day, _)| *day);
        let days = found.iter().map(|(on, _)| Choice {
            chosen: Some(*on) == shown,
            ..Choice::new(&format!("{}&dag={on}", self.address), &words.date(*on))
        });
        let times = chosen.iter().flat_map(|(_, slots)| slots).map(|slot| {
            let time = words.time(zone.to_datetime(slot.from).time());
            Choice::new(&slot.from.as_second().to_string(), &time)
        });
        let (problem, near) = problem.map_or((None, Vec::new()), |(key, near)| (Some(key), near));
        let instead = near.iter().map(|slot| {
            let moment = words.short_moment(slot.from, zone);
            Choice::new(&slot.from.as_second().to_string(), &moment)
        });
        let mut frame = reader.frame(self.door);
        frame.path = self.address.trim_end_matches('?').to_owned();
        let name: Vec<&str> =
            self.products.iter().map(|product| product.name(words.lang().code())).collect();
        let name = name.join(", ");
        Ok(AppointmentWhen {
            what: match self.persons {
                1 => format!("{name}."),
                more => format!("{name}, {}.", words.count("appointment-for", i64::from(more))),
            },
            notes: notes_of(words, &self.products),
            days: days.collect(),
            day: shown.map(|day| words.date(day)).unwrap_or_default(),
            times: times.collect(),
            instead: instead.collect(),
            problem,
            action: self.action,
            along: self.along,
            back: self.back,
            moves: self.moves.map(|at| words.moment(at, zone)),
            frame,
        })
    }
}

fn what(
    door: &Door,
    reader: &Reader,
    (chosen, persons): (&[&Product], u8),
    problem: Option<&'static str>,
) -> AppointmentWhat {
    let norms = door.desk.house().norms(door.desk.now());
    let words = &reader.words;
    let lang = words.lang().code();
    let all = &norms.appointments;
    let products = all.products.iter().map(|product| {
        let is_chosen = chosen.iter().any(|chosen| chosen.id == product.id);
        let choice = Choice { chosen: is_chosen, ..Choice::new(&product.id, product.name(lang)) };
        let lasts = words.count("letter-visit-minutes", product.minutes);
        (choice, lasts)
    });
    let persons = (1..=all.rules.persons_max).map(|count| Choice {
        chosen: count == persons,
        ..Choice::new(&count.to_string(), &count.to_string())
    });
    AppointmentWhat {
        frame: reader.frame(door),
        products: products.collect(),
        persons: persons.collect(),
        problem,
    }
}

fn who(
    door: &Door,
    reader: &Reader,
    (visit, link): (&Appointment, &(i64, String)),
    form_time: String,
) -> AppointmentWho {
    let (house, words) = (door.desk.house(), &reader.words);
    let path = format!("/afspraak/gegevens/{}/{}", link.0, link.1);
    let place = format!("{}.{}", link.0, link.1);
    let other = format!(
        "{}&dag={}&plek={}",
        address_of(visit.products.iter().map(String::as_str), visit.persons),
        house.day(visit.slot.from),
        crate::pages::query_value(&place)
    );
    AppointmentWho {
        facts: facts(words, house, visit),
        notes: notes(words, house.norms(visit.slot.from), visit),
        until: words.time(house.zone().to_datetime(visit.held_until).time()),
        other,
        action: path,
        typed: <[String; 4]>::default(),
        problems: Vec::new(),
        refused: None,
        form_time,
        email_help: match house.norms(door.desk.now()).appointments.rules.confirm_minutes {
            Some(_) => "appointment-email-confirm",
            None => "appointment-email-help",
        },
        frame: reader.frame(door),
    }
}

/// What is wrong with who comes, in the order of the page.
fn problems_of([name, email, phone, remark]: &[String; 4]) -> Vec<ContactProblem> {
    let contact = contact_check::problems(&ContactTyped {
        name: name.clone(),
        email: email.clone(),
        phone: phone.clone(),
        // What this form does not ask.
        subject: "-".to_owned(),
        message: "-".to_owned(),
        ..ContactTyped::default()
    });
    let missing = name.is_empty().then_some(ContactProblem::NameMissing);
    let too_long = remark.chars().count() > REMARK_CHARS_MAX;
    let too_long = too_long.then_some(ContactProblem::MessageTooLong);
    missing.into_iter().chain(contact).chain(too_long).collect()
}

/// The visit that is held under a link, or was.
async fn held(door: &Door, link: &(i64, String)) -> Result<Appointment, Failure> {
    known(door, link).await?.ok_or(Failure::NOT_FOUND)
}

/// The hold that somebody has, when its secret is right: "12.secret".
fn own_hold(house: &House, place: &str) -> Option<i64> {
    let (visit, secret) = place.split_once('.')?;
    let visit = visit.parse().ok()?;
    house.is_hold_secret(visit, secret).then_some(visit)
}

/// The products with these ids, each once, in the order of the norm file.
fn chosen<'a>(norms: &'a Norms, ids: &[String]) -> Vec<&'a Product> {
    norms.appointments.products.iter().filter(|product| ids.contains(&product.id)).collect()
}

/// Why no times can be shown for these products: there are none, or no desk for residents does
/// all of them.
fn problem_with(norms: &Norms, products: &[&Product]) -> Option<&'static str> {
    if products.is_empty() {
        return Some("appointment-problem-what");
    }
    let ids: Vec<String> = products.iter().map(|product| product.id.clone()).collect();
    let does_all = norms.appointments.desks.iter().any(|desk| desk.public && desk.serves(&ids));
    (!does_all).then_some("appointment-problem-together")
}

/// Where times are chosen for these products.
fn address_of<'a>(products: impl Iterator<Item = &'a str>, persons: u8) -> String {
    let mut address = format!("/afspraak?personen={persons}");
    for id in products {
        address.push_str(&format!("&wat={}", crate::pages::query_value(id)));
    }
    address
}

fn persons(norms: &Norms, text: &str) -> u8 {
    let most = norms.appointments.rules.persons_max;
    text.trim().parse().unwrap_or(1).clamp(1, most)
}

/// A moment in seconds since 1970, as a button sends it.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    Timestamp::from_second(text.trim().parse().ok()?).ok()
}
