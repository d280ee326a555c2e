//! The contact form: shown, checked, taken in once, with nothing that was typed ever lost.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use desk::{Arrival, Receipt, SentForm};
use jiff::Timestamp;
use norms::{Channel, Class, Kind};
use serde::Deserialize;
use words::Words;

use super::{Answer, Reader, Typed, Visitor, contact_check, home, see_other, show};
use crate::door::Door;
use crate::pages::{ContactForm, ContactKind, ContactProblem, ContactTyped};

/// The longest address of a page that a message is about, in characters.
const PAGE_CHARS_MAX: usize = 200;
/// Why a message that filled the trap is taken for unwanted mail.
const TRAPPED: &str = "form-trap";

/// What the address of the form may say beforehand.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    page: String,
    kind: String,
}

/// The form as it comes in.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Filled {
    kind: String,
    fyi: String,
    name: String,
    email: String,
    phone: String,
    subject: String,
    message: String,
    page: String,
    website2: String,
    form_time: String,
}

impl Filled {
    fn typed(&self) -> ContactTyped {
        let line = |text: &str| text.trim().to_owned();
        ContactTyped {
            kind: ContactKind::from_code(&self.kind).unwrap_or_default(),
            fyi: !self.fyi.is_empty(),
            name: line(&self.name),
            email: line(&self.email),
            phone: line(&self.phone),
            subject: line(&self.subject),
            message: self.message.replace("\r\n", "\n").trim().to_owned(),
            page: page_name(&self.page),
        }
    }

    fn sent(&self, asked_at: Timestamp) -> SentForm {
        let fields = [
            "contact",
            self.form_time.as_str(),
            &self.kind,
            &self.fyi,
            &self.name,
            &self.email,
            &self.phone,
            &self.subject,
            &self.message,
            &self.page,
            &self.website2,
        ];
        SentForm::new(asked_at, fields)
    }

    fn arrival(&self, typed: &ContactTyped, words: Words) -> Arrival {
        let trapped = !self.website2.is_empty();
        let kind = match typed.kind {
            ContactKind::Question => Kind::Question,
            ContactKind::Page => Kind::Feedback,
            ContactKind::Tip => Kind::Tip,
            ContactKind::Complaint => Kind::Complaint,
        };
        let mut arrival = Arrival::new(Channel::Form, kind);
        arrival.class = match (trapped, typed.fyi) {
            (true, _) => Class::Spam,
            (false, true) => Class::Fyi,
            (false, false) => Class::Message,
        };
        if trapped {
            arrival.evidence.push(TRAPPED.to_owned());
        }
        arrival.lang = words.lang().code().to_owned();
        arrival.name.clone_from(&typed.name);
        arrival.email.clone_from(&typed.email);
        arrival.mailable = !trapped;
        arrival.phone.clone_from(&typed.phone);
        arrival.subject.clone_from(&typed.subject);
        arrival.body.clone_from(&typed.message);
        if !typed.page.is_empty() {
            let about = words.say("contact-about-page");
            arrival.body.push_str(&format!("\n\n{about}: {}", typed.page));
        }
        arrival
    }
}

/// GET /contact
pub(crate) async fn contact_form(
    State(door): State<Door>,
    reader: Reader,
    Query(asked): Query<Asked>,
) -> Answer {
    let page = page_name(&asked.page);
    let about = if page.is_empty() { ContactKind::default() } else { ContactKind::Page };
    let kind = ContactKind::from_code(&asked.kind).unwrap_or(about);
    let typed = ContactTyped { kind, page, ..ContactTyped::default() };
    let stamp = door.desk.house().stamp(door.desk.now());
    show(StatusCode::OK, &form(&door, &reader, (typed, stamp), Vec::new()))
}

/// POST /contact
pub(crate) async fn contact_send(
    State(door): State<Door>,
    reader: Reader,
    Visitor(from): Visitor,
    Typed(filled): Typed<Filled>,
) -> Answer {
    let (typed, now, house) = (filled.typed(), door.desk.now(), door.desk.house());
    let asked = house.stamped(&filled.form_time);
    let timing = contact_check::timing(asked, now);
    let stamp = match timing {
        Some(ContactProblem::FormExpired) => house.stamp(now),
        _ => filled.form_time.clone(),
    };
    let mut problems = contact_check::problems(&typed);
    problems.extend(timing);
    let (status, problem) = if problems.is_empty() {
        let mut arrival = filled.arrival(&typed, reader.words);
        arrival.form = asked.map(|asked| filled.sent(asked));
        match take_in(&door, arrival, from).await {
            Ok(sent) => return Ok(see_other(&reader.frame(&door).href(&sent))),
            Err((status, problem)) => (status, Some(problem)),
        }
    } else {
        (StatusCode::UNPROCESSABLE_ENTITY, None)
    };
    problems.extend(problem);
    show(status, &form(&door, &reader, (typed, stamp), problems))
}

/// Takes a form in that is right: the page that says so, or why it was not taken.
pub(super) async fn take_in(
    door: &Door,
    arrival: Arrival,
    from: String,
) -> Result<String, (StatusCode, ContactProblem)> {
    match door.desk.receive_form(arrival, from, None).await {
        Ok(Some(Receipt { done, .. })) => {
            let secret = door.desk.house().secret(done.contact, 0);
            Ok(format!("/contact/verzonden/{}/{secret}", done.number))
        }
        Ok(None) => Err((StatusCode::TOO_MANY_REQUESTS, ContactProblem::TooMany)),
        Err(stop) => {
            tracing::error!("a form was not stored: {stop}");
            Err((StatusCode::SERVICE_UNAVAILABLE, ContactProblem::NotStored))
        }
    }
}

fn form(
    door: &Door,
    reader: &Reader,
    (typed, form_time): (ContactTyped, String),
    problems: Vec<ContactProblem>,
) -> ContactForm {
    let mut frame = reader.frame(door);
    if frame.path.contains("page=") {
        // What the form is about stands in the form itself; of a sent one the address is plain.
        frame.path = with_page(&typed.page);
    }
    let now = door.desk.now();
    let promise = home::promise(door.desk.house().norms(now), now, reader.words.lang());
    ContactForm { frame, typed, problems, form_time, promise }
}

fn with_page(page: &str) -> String {
    if page.is_empty() {
        return "/contact".to_owned();
    }
    format!("/contact?page={}", crate::pages::query_value(page))
}

/// The page a message is about, one line, without the secret of a follow page.
fn page_name(page: &str) -> String {
    let line: String = page
        .trim()
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(PAGE_CHARS_MAX)
        .collect();
    let secret_after = ["/volg/", "/contact/verzonden/"];
    let Some(place) = secret_after.into_iter().find(|place| line.starts_with(place)) else {
        return line;
    };
    let number = line[place.len()..].split(['/', '?']).next().unwrap_or_default();
    format!("{place}{number}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_about_a_follow_page_does_not_hold_its_secret() {
        for (page, expected) in [
            ("/normen", "/normen"),
            ("/volg/2026-000001/geheim?lang=fy", "/volg/2026-000001"),
            ("/contact/verzonden/2026-000001/geheim", "/contact/verzonden/2026-000001"),
            ("  /a\nb ", "/a b"),
        ] {
            assert_eq!(page_name(page), expected);
        }
    }

    #[test]
    fn the_same_form_is_known_and_another_is_not() {
        let form = |name: &str, email: &str| Filled {
            name: name.into(),
            email: email.into(),
            form_time: "1.a".into(),
            ..Filled::default()
        };
        let asked_at = Timestamp::UNIX_EPOCH;
        assert_eq!(form("jan", "x").sent(asked_at), form("jan", "x").sent(asked_at));
        assert_ne!(form("jan", "x").sent(asked_at), form("ja", "nx").sent(asked_at));
    }
}
