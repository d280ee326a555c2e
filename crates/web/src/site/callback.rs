//! The form by which a resident asks to be called, inside and outside the hours of the telephone.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use desk::{Arrival, House, SentForm, call_number, is_address};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use norms::{Channel, Class, Kind};
use serde::Deserialize;
use words::Words;

use super::contact::take_in;
use super::contact_check::{MESSAGE_CHARS_MAX, NAME_CHARS_MAX, SUBJECT_CHARS_MAX, timing};
use super::{Answer, Reader, Typed, Visitor, see_other, show};
use crate::door::Door;
use crate::pages::{CallForm, Choice, ContactProblem, ContactTyped};

/// Why a form that filled the trap is taken for unwanted mail.
const TRAPPED: &str = "form-trap";

/// The form as it comes in.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Filled {
    name: String,
    phone: String,
    email: String,
    subject: String,
    message: String,
    website2: String,
    form_time: String,
    /// `moment.SECOND` for each moment that is chosen.
    #[serde(flatten)]
    others: BTreeMap<String, String>,
}

impl Filled {
    fn typed(&self) -> ContactTyped {
        let line = |text: &str| text.trim().to_owned();
        ContactTyped {
            name: line(&self.name),
            phone: line(&self.phone),
            email: line(&self.email),
            subject: line(&self.subject),
            message: self.message.replace("\r\n", "\n").trim().to_owned(),
            ..ContactTyped::default()
        }
    }

    fn is_chosen(&self, from: Timestamp) -> bool {
        self.others.contains_key(&format!("moment.{}", from.as_second()))
    }

    fn sent(&self, asked_at: Timestamp) -> SentForm {
        let typed = [&self.name, &self.phone, &self.email, &self.subject, &self.message];
        let fields = typed.into_iter().chain([&self.form_time]).chain(self.others.keys());
        SentForm::new(asked_at, ["call"].into_iter().chain(fields.map(String::as_str)))
    }

    fn arrival(&self, house: &House, now: Timestamp, words: Words) -> Arrival {
        let typed = self.typed();
        let trapped = !self.website2.is_empty();
        let mut arrival = Arrival::new(Channel::Form, Kind::CallBack);
        if trapped {
            arrival.class = Class::Spam;
            arrival.evidence.push(TRAPPED.to_owned());
        }
        arrival.moments = desk::moments_to_call(house, now, Channel::Form);
        arrival.moments.retain(|(from, _)| self.is_chosen(*from));
        arrival.lang = words.lang().code().to_owned();
        arrival.name = typed.name;
        arrival.phone = typed.phone;
        arrival.mailable = !trapped && !typed.email.is_empty();
        arrival.email = typed.email;
        arrival.subject = typed.subject;
        arrival.body = typed.message;
        arrival
    }
}

/// What is wrong with what was typed, in the order of the fields.
fn problems(typed: &ContactTyped) -> Vec<ContactProblem> {
    use ContactProblem as P;
    let longer = |text: &str, most: usize| text.chars().count() > most;
    [
        (typed.name.is_empty(), P::NameMissing),
        (longer(&typed.name, NAME_CHARS_MAX), P::NameTooLong),
        (call_number(&typed.phone).is_none(), P::PhoneMissing),
        (typed.subject.is_empty(), P::SubjectMissing),
        (longer(&typed.subject, SUBJECT_CHARS_MAX), P::SubjectTooLong),
        (longer(&typed.message, MESSAGE_CHARS_MAX), P::MessageTooLong),
        (!typed.email.is_empty() && !is_address(&typed.email), P::EmailWrong),
    ]
    .into_iter()
    .filter_map(|(wrong, problem)| wrong.then_some(problem))
    .collect()
}

/// GET /terugbellen
pub(crate) async fn call_form(State(door): State<Door>, reader: Reader) -> Answer {
    let stamp = door.desk.house().stamp(door.desk.now());
    show(StatusCode::OK, &form(&door, &reader, (&Filled::default(), stamp), Vec::new()))
}

/// POST /terugbellen
pub(crate) async fn call_send(
    State(door): State<Door>,
    reader: Reader,
    Visitor(from): Visitor,
    Typed(filled): Typed<Filled>,
) -> Answer {
    let (now, house) = (door.desk.now(), door.desk.house());
    let asked = house.stamped(&filled.form_time);
    let timing = timing(asked, now);
    let stamp = match timing {
        Some(ContactProblem::FormExpired) => house.stamp(now),
        _ => filled.form_time.clone(),
    };
    let mut problems = problems(&filled.typed());
    problems.extend(timing);
    let (status, problem) = if problems.is_empty() {
        let mut arrival = filled.arrival(house, now, reader.words);
        arrival.form = asked.map(|asked| filled.sent(asked));
        match take_in(&door, arrival, from).await {
            Ok(sent) => return Ok(see_other(&reader.frame(&door).href(&sent))),
            Err((status, problem)) => (status, Some(problem)),
        }
    } else {
        (StatusCode::UNPROCESSABLE_ENTITY, None)
    };
    problems.extend(problem);
    show(status, &form(&door, &reader, (&filled, stamp), problems))
}

fn form(
    door: &Door,
    reader: &Reader,
    (filled, form_time): (&Filled, String),
    problems: Vec<ContactProblem>,
) -> CallForm {
    let (now, house, words) = (door.desk.now(), door.desk.house(), &reader.words);
    let mut frame = reader.frame(door);
    "/terugbellen".clone_into(&mut frame.path);
    let moments = desk::moments_to_call(house, now, Channel::Form).into_iter().map(|moment| {
        let (value, chosen) = (moment.0.as_second().to_string(), filled.is_chosen(moment.0));
        Choice { chosen, ..Choice::new(&value, &moments_of(words, house.zone(), moment)) }
    });
    CallForm {
        typed: filled.typed(),
        moments: moments.collect(),
        due: desk::called_by(house, now, Channel::Form).map(|day| words.date(day)),
        problems,
        form_time,
        frame,
    }
}

/// "maandag 23 november 2026, 8.30 uur tot 12.00 uur".
pub(crate) fn moments_of(
    words: &Words,
    zone: &TimeZone,
    (from, to): (Timestamp, Timestamp),
) -> String {
    let [from, to] = [from, to].map(|at| at.to_zoned(zone.clone()));
    let (day, begins) = (words.date(from.date()), words.time(from.time()));
    let ends = words.time(to.time());
    let values = [("day", (&day).into()), ("from", (&begins).into()), ("to", (&ends).into())];
    words.say_with("call-moment", &values)
}
