//! What an employee typed into the register, checked and in the words of the desk.

use std::collections::BTreeMap;

use desk::{Arrival, Reply};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use norms::{Category, Class, Facets, Kind, Norms};
use promises::Via;
use serde::Deserialize;
use words::Lang;

use super::said;
use crate::pages::{Channel, ContactKind, RegisterProblem, RegisterTyped};
use crate::site::is_phone;

/// The longest one-line text, in characters.
const LINE_CHARS_MAX: usize = 200;
/// The longest text, in characters.
const TEXT_CHARS_MAX: usize = 20_000;

/// The form as it comes in.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Filled {
    channel: String,
    kind: String,
    name: String,
    phone: String,
    email: String,
    address: String,
    lang: String,
    subject: String,
    text: String,
    date: String,
    time: String,
    fyi: String,
    follow_up: String,
    earlier: String,
    place: String,
    answered: String,
    answer: String,
    /// The number of the contact it joins, of those that were pointed at.
    join: String,
    /// It is a new contact, whatever was pointed at.
    pub(super) anyway: String,
    /// What else the form holds: the facets, each as `facet.NAME`.
    #[serde(flatten)]
    others: BTreeMap<String, String>,
}

impl Filled {
    fn is_report(&self) -> bool {
        Channel::from_code(&self.channel) == Some(Channel::Report)
    }

    /// The facets; what only a report has counts only for one, since it is hidden otherwise.
    fn facets(&self) -> Facets {
        let named = self.others.iter().filter(|(name, value)| {
            let of_reports = name.strip_prefix("facet.") == Some(Category::FACET);
            !value.is_empty() && (!of_reports || self.is_report())
        });
        let facet = |(name, value): (&String, &String)| {
            Some((name.strip_prefix("facet.")?.to_owned(), value.clone()))
        };
        named.filter_map(facet).collect()
    }

    pub(super) fn typed(&self) -> RegisterTyped {
        let line = |text: &str| text.trim().to_owned();
        let text = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
        RegisterTyped {
            channel: Channel::from_code(&self.channel).unwrap_or(Channel::Phone),
            kind: ContactKind::from_code(&self.kind).unwrap_or_default(),
            name: line(&self.name),
            phone: line(&self.phone),
            email: line(&self.email),
            address: text(&self.address),
            lang: Lang::from_code(&self.lang).unwrap_or_default(),
            subject: line(&self.subject),
            text: text(&self.text),
            date: line(&self.date),
            time: line(&self.time),
            fyi: !self.fyi.is_empty(),
            follow_up: !self.follow_up.is_empty() || !self.join.is_empty(),
            earlier: line(if self.join.is_empty() { &self.earlier } else { &self.join }),
            answered: !self.answered.is_empty(),
            answer: text(&self.answer),
            place: if self.is_report() { line(&self.place) } else { String::new() },
            facets: self.facets(),
        }
    }
}

/// A contact ready to be registered.
#[derive(Clone)]
pub(super) struct Ready {
    pub(super) arrival: Arrival,
    /// The answer that was given at once.
    pub(super) reply: Option<Reply>,
    /// The number of the contact it belongs to.
    pub(super) earlier: Option<String>,
}

/// Checks what was typed.
///
/// # Errors
/// Everything that is wrong, in the order of the fields.
pub(super) fn check(
    typed: &RegisterTyped,
    now: Timestamp,
    norms: &Norms,
) -> Result<Ready, Vec<RegisterProblem>> {
    use RegisterProblem as P;
    let received = received(typed, now, &norms.municipality.zone);
    let longer = |text: &str, most: usize| text.chars().count() > most;
    let RegisterTyped { name, phone, email, subject, earlier, place, .. } = typed;
    let lines = [name, phone, email, subject, earlier, place];
    let texts = [&typed.address, &typed.text, &typed.answer];
    let too_long = lines.iter().any(|line| longer(line, LINE_CHARS_MAX))
        || texts.iter().any(|text| longer(text, TEXT_CHARS_MAX));
    let problems: Vec<P> = [
        (has_no_way_back(typed), P::NoWayBack),
        (!typed.phone.is_empty() && !is_phone(&typed.phone), P::PhoneWrong),
        (!typed.email.is_empty() && !desk::is_address(&typed.email), P::EmailWrong),
        (typed.subject.is_empty() && typed.place.is_empty(), P::SubjectMissing),
        (too_long, P::TextTooLong),
        (received == Err(P::DateWrong), P::DateWrong),
        (received == Err(P::DateInFuture), P::DateInFuture),
        (typed.follow_up && typed.earlier.is_empty(), P::EarlierUnknown),
        (typed.answered && typed.answer.is_empty(), P::AnswerMissing),
    ]
    .into_iter()
    .filter_map(|(wrong, problem)| wrong.then_some(problem))
    .collect();
    match received {
        Ok(received) if problems.is_empty() => Ok(ready(typed, received, norms)),
        _ => Err(problems),
    }
}

/// Something is owed, and nothing says where it could go. Who speaks over social media is reached
/// there, by name; a follow-up by what its first message says.
fn has_no_way_back(typed: &RegisterTyped) -> bool {
    let known = [&typed.phone, &typed.email, &typed.address].iter().any(|way| !way.is_empty())
        || (typed.channel == Channel::Social && !typed.name.is_empty());
    !known && !typed.answered && !typed.fyi && !typed.follow_up
}

/// The moment of receipt; nothing when it is this very minute.
fn received(
    typed: &RegisterTyped,
    now: Timestamp,
    zone: &TimeZone,
) -> Result<Option<Timestamp>, RegisterProblem> {
    let wrong = |_| RegisterProblem::DateWrong;
    let day: Date = typed.date.parse().map_err(wrong)?;
    let time: Time = typed.time.parse().map_err(wrong)?;
    let at = DateTime::from_parts(day, time).to_zoned(zone.clone()).map_err(wrong)?.timestamp();
    let minute = |at: Timestamp| at.as_second().div_euclid(60);
    match minute(at).cmp(&minute(now)) {
        std::cmp::Ordering::Less => Ok(Some(at)),
        std::cmp::Ordering::Equal => Ok(None),
        std::cmp::Ordering::Greater => Err(RegisterProblem::DateInFuture),
    }
}

fn ready(typed: &RegisterTyped, received_at: Option<Timestamp>, norms: &Norms) -> Ready {
    let (channel, kind) = place(typed);
    let mut arrival = Arrival::new(channel, kind);
    if typed.fyi && !typed.answered {
        arrival.class = Class::Fyi;
    }
    arrival.lang = typed.lang.code().to_owned();
    arrival.name.clone_from(&typed.name);
    arrival.email.clone_from(&typed.email);
    arrival.mailable = !typed.email.is_empty();
    arrival.phone.clone_from(&typed.phone);
    arrival.address.clone_from(&typed.address);
    arrival.subject = subject(typed, norms);
    arrival.place.clone_from(&typed.place);
    arrival.body.clone_from(&typed.text);
    arrival.facets.clone_from(&typed.facets);
    arrival.received_at = received_at;
    let via: Via = said::way_back(channel, !typed.email.is_empty());
    let reply = Reply::new(via, &typed.answer);
    Ready {
        arrival,
        reply: typed.answered.then_some(reply),
        earlier: typed.follow_up.then(|| typed.earlier.clone()),
    }
}

/// What it is about in one line, of a report with its place: "Straatverlichting: Voorstraat 10".
fn subject(typed: &RegisterTyped, norms: &Norms) -> String {
    if typed.place.is_empty() {
        return typed.subject.clone();
    }
    let chosen = typed.facets.get(Category::FACET);
    let category = norms.reports.iter().find(|it| Some(&it.id) == chosen);
    match (typed.subject.as_str(), category) {
        ("", Some(category)) => format!("{}: {}", category.name, typed.place),
        ("", None) => typed.place.clone(),
        (subject, _) => format!("{subject}: {}", typed.place),
    }
}

/// Where it came in and what it is about, from the two choices of the form. Some channels of the
/// municipal page are kinds of contact; those come by telephone unless their nature says otherwise.
fn place(typed: &RegisterTyped) -> (norms::Channel, Kind) {
    use norms::Channel as C;
    let about = match typed.kind {
        ContactKind::Question => Kind::Question,
        ContactKind::Page => Kind::Feedback,
        ContactKind::Tip => Kind::Tip,
        ContactKind::Complaint => Kind::Complaint,
    };
    // A question that is not answered while the resident is there is a call-back note.
    let spoken = match about {
        Kind::Question if !typed.answered && !typed.fyi => Kind::CallBack,
        about => about,
    };
    match typed.channel {
        Channel::Phone => (C::Phone, spoken),
        Channel::Counter => (C::Counter, spoken),
        Channel::Email => (C::Email, about),
        Channel::Form => (C::Form, about),
        Channel::Social => (C::Social, about),
        Channel::Post => (C::Post, about),
        Channel::Website => (C::Form, Kind::Feedback),
        Channel::Report => (C::Phone, Kind::Report),
        Channel::Complaint => (C::Phone, Kind::Complaint),
        Channel::Invoice => (C::Post, Kind::Invoice),
        Channel::Voicemail => (C::Voicemail, spoken),
        Channel::Text => (C::Text, about),
        Channel::Chat => (C::Chat, about),
        Channel::Fax => (C::Fax, about),
        Channel::Visit => (C::Visit, about),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> RegisterTyped {
        RegisterTyped {
            phone: "06-12345678".into(),
            subject: "Lantaarn".into(),
            ..RegisterTyped::at("2026-11-23", "15:04")
        }
    }

    fn now() -> Timestamp {
        "2026-11-23T14:04:30Z".parse().unwrap()
    }

    fn harlingen() -> Norms {
        let source = include_str!("../../../../norms/harlingen.toml");
        Norms::parse(source, "harlingen.toml").unwrap_or_else(|wrong| panic!("{wrong}"))
    }

    #[test]
    fn a_report_is_named_by_what_and_where() {
        let of = |category: &str, subject: &str, place: &str| {
            let facets = Facets::from([(Category::FACET.to_owned(), category.to_owned())]);
            let (subject, place) = (subject.to_owned(), place.to_owned());
            super::subject(&RegisterTyped { facets, subject, place, ..typed() }, &harlingen())
        };
        assert_eq!(of("light", "", "Voorstraat 10"), "Straatverlichting: Voorstraat 10");
        assert_eq!(of("light", "Lamp knippert", "Voorstraat 10"), "Lamp knippert: Voorstraat 10");
        assert_eq!(of("", "", "Voorstraat 10"), "Voorstraat 10");
        assert_eq!(of("light", "Lamp", ""), "Lamp");
    }

    fn zone() -> TimeZone {
        TimeZone::get("Europe/Amsterdam").unwrap()
    }

    #[test]
    fn every_channel_of_the_form_has_its_place() {
        let mut told = String::new();
        for channel in Channel::ALL {
            for answered in [false, true] {
                let typed = RegisterTyped { channel, answered, ..typed() };
                let (place, kind) = place(&typed);
                let when = if answered { " answered" } else { "" };
                told.push_str(&format!("{}{when} -> {place} {kind}\n", channel.code()));
            }
        }
        assert_eq!(
            told,
            "phone -> phone call-back\nphone answered -> phone question\n\
             counter -> counter call-back\ncounter answered -> counter question\n\
             email -> email question\nemail answered -> email question\n\
             form -> form question\nform answered -> form question\n\
             social -> social question\nsocial answered -> social question\n\
             post -> post question\npost answered -> post question\n\
             website -> form feedback\nwebsite answered -> form feedback\n\
             report -> phone report\nreport answered -> phone report\n\
             complaint -> phone complaint\ncomplaint answered -> phone complaint\n\
             invoice -> post invoice\ninvoice answered -> post invoice\n\
             voicemail -> voicemail call-back\nvoicemail answered -> voicemail question\n\
             text -> text question\ntext answered -> text question\n\
             chat -> chat question\nchat answered -> chat question\n\
             fax -> fax question\nfax answered -> fax question\n\
             visit -> visit question\nvisit answered -> visit question\n"
        );
    }

    #[test]
    fn what_only_a_report_has_counts_only_for_one() {
        let others = BTreeMap::from([("facet.report".to_owned(), "light".to_owned())]);
        let filled = |channel: &str| Filled {
            channel: channel.to_owned(),
            place: "Voorbeeldstraat 10".to_owned(),
            others: others.clone(),
            ..Filled::default()
        };
        let report = filled("report").typed();
        assert_eq!((report.place.as_str(), report.facets.len()), ("Voorbeeldstraat 10", 1));
        let call = filled("phone").typed();
        assert_eq!((call.place.as_str(), call.facets.len()), ("", 0));
    }

    #[test]
    fn what_is_wrong_is_said() {
        use RegisterProblem as P;
        let norms = harlingen();
        let check = |typed: RegisterTyped| check(&typed, now(), &norms).err().unwrap_or_default();
        assert_eq!(check(typed()), []);
        assert_eq!(check(RegisterTyped { phone: String::new(), ..typed() }), [P::NoWayBack]);
        assert_eq!(check(RegisterTyped { phone: "bel".into(), ..typed() }), [P::PhoneWrong]);
        assert_eq!(check(RegisterTyped { email: "jan".into(), ..typed() }), [P::EmailWrong]);
        assert_eq!(check(RegisterTyped { subject: String::new(), ..typed() }), [P::SubjectMissing]);
        assert_eq!(check(RegisterTyped { name: "x".repeat(201), ..typed() }), [P::TextTooLong]);
        assert_eq!(check(RegisterTyped { date: "gisteren".into(), ..typed() }), [P::DateWrong]);
        assert_eq!(check(RegisterTyped { time: "15:05".into(), ..typed() }), [P::DateInFuture]);
        assert_eq!(check(RegisterTyped { follow_up: true, ..typed() }), [P::EarlierUnknown]);
        assert_eq!(check(RegisterTyped { answered: true, ..typed() }), [P::AnswerMissing]);
    }

    #[test]
    fn this_minute_is_now_and_an_earlier_one_is_that_moment() {
        let at = |time: &str| {
            let typed = RegisterTyped { time: time.into(), ..typed() };
            received(&typed, now(), &zone()).unwrap()
        };
        assert_eq!(at("15:04"), None);
        assert_eq!(at("09:00"), Some("2026-11-23T08:00:00Z".parse().unwrap()));
    }
}
