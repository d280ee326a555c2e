//! When each way of contact can be reached, for people and, in the same page, for machines.

use axum::extract::State;
use axum::http::StatusCode;
use calendar::{Interval, Oddity, OpeningHours, Week};
use desk::{ContactWay, Disruption};
use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use norms::{Channel, ChannelHours, Class, Duty, Facets, Kind, Norms, Subject};
use serde_json::{Value, json};
use words::{Lang, Words};

use super::disrupted::disrupted;
use super::home::opening;
use super::{Answer, Reader, show};
use crate::door::Door;
use crate::pages::{DayRow, Frame, Status, WayRow};

/// Days in the table of hours: today and those after it.
const DAYS: usize = 7;
/// How far ahead special days are looked for, in days.
const SPECIAL_DAYS: usize = 120;

/// GET /bereikbaar
pub(crate) async fn status(State(door): State<Door>, reader: Reader) -> Answer {
    let (words, now) = (&reader.words, door.desk.now());
    let norms = door.desk.house().norms(now);
    let copy = door.disruptions.copy();
    let lasting: Vec<&Disruption> = copy.lasting(now).collect();
    let ways = ways_of(norms).into_iter().map(|way| {
        let touching = lasting.iter().filter(|it| it.ways.contains(&way));
        WayRow {
            way,
            opening: hours_of(norms, way).map(|hours| opening(words, hours, now)),
            promise: promise(norms, now, way, words.lang()),
            disruptions: touching.map(|it| disrupted(&door, words, it)).collect(),
        }
    });
    let special = special_days(norms, now);
    let frame = reader.frame(&door);
    let page = Status {
        ways: ways.collect(),
        appointment_href: norms.appointment_address().map(str::to_owned),
        days: coming_days(norms, now).take(DAYS).map(|date| day(words, norms, now, date)).collect(),
        data: for_machines(&door.desk.house().site, &frame, (norms, norms.day(now)), &special),
        special: special.into_iter().map(|date| day(words, norms, now, date)).collect(),
        frame,
    };
    show(StatusCode::OK, &page)
}

/// The ways of contact of this municipality: social media only when a norm is about them.
fn ways_of(norms: &Norms) -> Vec<ContactWay> {
    let has_social = norms.channels().any(|channel| channel == Channel::Social);
    let is_here = |way: &ContactWay| *way != ContactWay::Social || has_social;
    ContactWay::ALL.into_iter().filter(is_here).collect()
}

fn hours_of(norms: &Norms, way: ContactWay) -> Option<&ChannelHours> {
    match way {
        ContactWay::Phone => Some(&norms.phone),
        ContactWay::Counter => Some(&norms.counter),
        ContactWay::Message | ContactWay::Social => None,
    }
}

/// What a message may expect: the sentence of its norm.
fn promise(norms: &Norms, now: Timestamp, way: ContactWay, lang: Lang) -> Option<String> {
    let channel = match way {
        ContactWay::Message => Channel::Form,
        ContactWay::Social => Channel::Social,
        ContactWay::Phone | ContactWay::Counter => return None,
    };
    let (kind, facets) = (Kind::Question, &Facets::new());
    let owed = norms.owed(&Subject { channel, kind, facets, on: norms.day(now) }, Class::Message);
    let contact = owed.into_iter().find(|norm| norm.duty != Duty::ACKNOWLEDGE)?;
    Some(contact.text(lang.code()).to_owned())
}

/// Today and the days after it.
fn coming_days(norms: &Norms, now: Timestamp) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(norms.day(now)), |day| day.tomorrow().ok())
}

/// The days to come on which the telephone or the counter has other hours than its week says; a
/// weekend is nothing special.
fn special_days(norms: &Norms, now: Timestamp) -> Vec<Date> {
    let is_special = |date: &Date| {
        [&norms.phone, &norms.counter].into_iter().any(|it| {
            let has_hours = !it.week.on(date.weekday()).is_empty();
            match it.open.oddity(*date) {
                None | Some(Oddity::NoHours) => false,
                Some(Oddity::DayOff(_)) => has_hours,
                Some(Oddity::Exception(_) | Oddity::ClosesEarly(_)) => true,
            }
        })
    };
    coming_days(norms, now).take(SPECIAL_DAYS).filter(is_special).collect()
}

fn day(words: &Words, norms: &Norms, now: Timestamp, date: Date) -> DayRow {
    let times = |hours: &OpeningHours| match hours.intervals(date).as_slice() {
        [] => words.say("site-status-closed"),
        open => words.intervals(open),
    };
    let why = [&norms.phone, &norms.counter].into_iter().find_map(|it| why(words, &it.open, date));
    DayRow {
        day: format!("{} {}", words.weekday(date.weekday()), words.short_date(date)),
        why,
        phone: times(&norms.phone.open),
        counter: times(&norms.counter.open),
        today: date == norms.day(now),
    }
}

/// Why a day has other hours: "eerste kerstdag"; nothing on a weekend and on an ordinary day.
fn why(words: &Words, hours: &OpeningHours, date: Date) -> Option<String> {
    let closures = hours.calendar().closures();
    let is_weekend = [Weekday::Saturday, Weekday::Sunday].contains(&date.weekday());
    match hours.oddity(date)? {
        Oddity::NoHours => None,
        Oddity::DayOff(_) if is_weekend => None,
        Oddity::DayOff(why) => Some(words.day_off(why, closures)),
        Oddity::Exception(index) => {
            hours.exceptions().get(usize::from(index)).map(|it| it.why.clone())
        }
        Oddity::ClosesEarly(index) => closures.get(usize::from(index)).map(|it| it.why.clone()),
    }
    .filter(|why| !why.is_empty())
}

/// The page as data (schema.org), for search engines: a script element that no browser runs.
fn for_machines(
    site: &str,
    frame: &Frame,
    (norms, today): (&Norms, Date),
    special: &[Date],
) -> String {
    let office = json!({
        "@context": "https://schema.org",
        "@type": "GovernmentOffice",
        "name": frame.words.say1("site-municipality", "name", &frame.municipality),
        "url": site,
        "email": frame.email,
        "telephone": frame.phone,
        "openingHoursSpecification": specifications(&norms.counter, today, special),
        "contactPoint": {
            "@type": "ContactPoint",
            "contactType": "customer service",
            "telephone": frame.phone,
            "availableLanguage": Lang::ALL.map(Lang::code),
            "hoursAvailable": specifications(&norms.phone, today, special),
        },
    });
    // Nothing in it may end the element it stands in.
    office.to_string().replace('<', "\\u003c")
}

/// The hours of the week, of seasons to come with a week of their own, and of special days.
fn specifications(hours: &ChannelHours, today: Date, special: &[Date]) -> Vec<Value> {
    let coming = hours.seasons.iter().filter(|season| season.to >= today);
    let seasons = coming.flat_map(|season| weekly(&season.week, Some((season.from, season.to))));
    let dated = special.iter().flat_map(|date| {
        // A day that opens and closes at midnight is closed.
        let midnight = jiff::civil::Time::midnight();
        let open = hours.open.intervals(*date);
        let closed = open.is_empty().then_some(Interval { from: midnight, to: midnight });
        open.into_iter().chain(closed).map(|it| specification(it, Some((*date, *date))))
    });
    weekly(&hours.week, None).into_iter().chain(seasons).chain(dated).collect()
}

fn weekly(week: &Week, holds: Option<(Date, Date)>) -> Vec<Value> {
    let of = |weekday: Weekday| {
        week.on(weekday).iter().map(move |interval| {
            let mut one = specification(*interval, holds);
            one["dayOfWeek"] = json!(format!("https://schema.org/{weekday:?}"));
            one
        })
    };
    Weekday::Monday.cycle_forward().take(7).flat_map(of).collect()
}

/// One stretch of hours, and from which day to which it holds.
fn specification(hours: Interval, holds: Option<(Date, Date)>) -> Value {
    let mut one = json!({
        "@type": "OpeningHoursSpecification",
        "opens": hours.from.strftime("%H:%M").to_string(),
        "closes": hours.to.strftime("%H:%M").to_string(),
    });
    if let Some((first, last)) = holds {
        one["validFrom"] = json!(first.to_string());
        one["validThrough"] = json!(last.to_string());
    }
    one
}
