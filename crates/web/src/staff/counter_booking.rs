//! Booking a visit for who calls, on one page.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use desk::{Got, Stop, Visitor, is_address};
use jiff::Timestamp;
use promises::counter::{Booker, Wish};
use serde::Deserialize;
use words::Lang;

use super::Worker;
use super::counter_times::{free, near, persons_of, products_of, times};
use crate::door::Door;
use crate::pages::{BookProblem, BookTyped, Booking, Section};
use crate::site::{Answer, Failure, Typed, is_phone, see_other, show};

/// The longest name, in characters.
const NAME_CHARS_MAX: usize = 200;

/// The form, and what of it stands in an address.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Filled {
    persons: String,
    dag: String,
    /// A day that is chosen in place of it.
    kies: String,
    /// Only the times are asked for.
    toon: String,
    time: String,
    name: String,
    email: String,
    phone: String,
    remark: String,
    taal: String,
    /// The only desk that is asked for.
    balie: String,
    /// "ja" when the resident stands at the counter without an appointment.
    binnen: String,
    /// The products, each as `product.ID`.
    #[serde(flatten)]
    others: BTreeMap<String, String>,
}

impl Filled {
    fn wish(&self) -> Wish {
        let named = self.others.iter().filter(|(_, value)| !value.is_empty());
        let id = |(name, _): (&String, &String)| name.strip_prefix("product.").map(str::to_owned);
        Wish {
            products: named.filter_map(id).collect(),
            persons: self.persons.parse().unwrap_or(1),
            by: Booker::Employee,
            desk: Some(self.balie.clone()).filter(|desk| !desk.is_empty()),
        }
    }

    fn typed(&self) -> BookTyped {
        let line = |text: &str| text.trim().to_owned();
        BookTyped {
            name: line(&self.name),
            email: line(&self.email),
            phone: line(&self.phone),
            remark: self.remark.replace("\r\n", "\n").trim().to_owned(),
            lang: Lang::from_code(&self.taal).unwrap_or_default(),
        }
    }

    /// What is wrong, in the order of the form.
    fn problems(&self) -> Vec<BookProblem> {
        use BookProblem as P;
        let typed = self.typed();
        let (email, phone) = (&typed.email, &typed.phone);
        let is_name = !typed.name.is_empty() && typed.name.chars().count() <= NAME_CHARS_MAX;
        let problems = [
            (self.wish().products.is_empty(), P::Product),
            (self.time.parse::<Timestamp>().is_err(), P::Time),
            (!is_name, P::Name),
            (!phone.is_empty() && !is_phone(phone), P::Phone),
            (phone.is_empty() && email.is_empty(), P::Reach),
            (!email.is_empty() && !is_address(email), P::Email),
        ];
        problems.into_iter().filter_map(|(wrong, problem)| wrong.then_some(problem)).collect()
    }
}

/// GET /werk/balie/afspraak
pub(crate) async fn book_form(
    State(door): State<Door>,
    worker: Worker,
    Query(asked): Query<Filled>,
) -> Answer {
    show(StatusCode::OK, &page(&door, &worker, &asked).await?)
}

/// POST /werk/balie/afspraak
pub(crate) async fn book(
    State(door): State<Door>,
    worker: Worker,
    Typed(mut filled): Typed<Filled>,
) -> Answer {
    if !filled.kies.is_empty() {
        filled.dag = std::mem::take(&mut filled.kies);
        filled.toon = "tijden".to_owned();
    }
    if !filled.toon.is_empty() {
        return show(StatusCode::OK, &page(&door, &worker, &filled).await?);
    }
    let problems = filled.problems();
    let Ok(from) = filled.time.parse::<Timestamp>() else {
        let page = Booking { problems, ..page(&door, &worker, &filled).await? };
        return show(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    if !problems.is_empty() {
        let page = Booking { problems, ..page(&door, &worker, &filled).await? };
        return show(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let (agent, wish, typed) = (worker.agent.clone(), filled.wish(), filled.typed());
    let visitor = Visitor {
        name: typed.name,
        email: typed.email,
        phone: typed.phone,
        remark: typed.remark,
        lang: typed.lang.code().to_owned(),
        walked_in: filled.binnen == "ja",
    };
    let write = door.desk.write(move |tx, house, now| {
        desk::book_at(tx, house, now, &agent, (&wish, from), &visitor)
    });
    let refused = match write.await {
        Ok(Got::Yes(done)) => {
            door.desk.post(done.letters);
            let page = format!("/werk/contacten/{}?gedaan=afspraak", done.number);
            return Ok(see_other(&worker.frame(&door, Section::Counter).href(&page)));
        }
        Ok(Got::Taken(slots)) => {
            let mut page = page(&door, &worker, &filled).await?;
            page.near = near(&worker.words, door.desk.house().zone(), &slots);
            page.refused = Some(worker.words.say("staff-counter-taken"));
            return show(StatusCode::CONFLICT, &page);
        }
        Err(Stop::Refused(refusal)) => worker.words.say(refusal.key()),
        Err(stop) => return Err(stop.into()),
    };
    let page = Booking { refused: Some(refused), ..page(&door, &worker, &filled).await? };
    show(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

async fn page(door: &Door, worker: &Worker, filled: &Filled) -> Result<Booking, Failure> {
    let house = door.desk.house();
    let today = house.day(door.desk.now());
    let (wish, day) = (filled.wish(), filled.dag.parse().unwrap_or(today).max(today));
    let found = match wish.products.is_empty() {
        true => None,
        false => {
            let wish = wish.clone();
            let read =
                door.desk.read(move |tx, house, now| free(tx, (house, now), &wish, day, None));
            Some(read.await?)
        }
    };
    let norms = house.norms(door.desk.now());
    let mut frame = worker.frame(door, Section::Counter);
    "/werk/balie/afspraak".clone_into(&mut frame.path);
    Ok(Booking {
        products: products_of(&worker.words, norms, |id| wish.products.iter().any(|it| it == id)),
        persons: persons_of(norms, &wish.persons.to_string()),
        day: day.to_string(),
        desk: wish.desk.clone().map(|id| {
            let name = norms.appointments.desk_name(&id).to_owned();
            (id, name)
        }),
        walked_in: filled.binnen == "ja",
        wanted: filled.time.parse::<Timestamp>().ok().map(|at| at.to_string()),
        times: found.map(|found| times(&worker.words, house.zone(), &found, &filled.time)),
        near: Vec::new(),
        typed: filled.typed(),
        problems: Vec::new(),
        refused: None,
        frame,
    })
}
