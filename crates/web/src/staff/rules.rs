//! The norms tried on a moment, and the days of a year that do not count.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use desk::Anyone;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::{Span, Timestamp};
use norms::{Class, Norms};
use promises::{Event, Situation, decide};
use serde::Deserialize;
use words::Words;

use super::{Worker, said};
use crate::door::Door;
use crate::pages::{Channel, Choice, OwedRow, Rules, Section};
use crate::site::{Answer, day, show, why};

/// The years that can be shown; no norm file knows closures outside of them.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2100;

/// What is tried.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    op: String,
    kanaal: String,
    jaar: String,
}

/// GET /werk/normen
pub(crate) async fn rules(
    State(door): State<Door>,
    worker: Worker<Anyone>,
    Query(asked): Query<Asked>,
) -> Answer {
    let (house, words, now) = (door.desk.house(), &worker.words, door.desk.now());
    let zone = house.zone();
    let current = now.to_zoned(zone.clone()).datetime();
    let typed = asked.op.parse::<DateTime>().ok().filter(|it| YEARS.contains(&it.year()));
    let at = if asked.op.is_empty() { Some(current) } else { typed };
    let moment = at.and_then(|at| at.to_zoned(zone.clone()).ok()).map(|it| it.timestamp());
    let channel = Channel::from_code(&asked.kanaal).unwrap_or(Channel::Email);
    let norms = house.norms(moment.unwrap_or(now));
    let choice = |it: Channel| Choice {
        chosen: it == channel,
        ..Choice::new(it.code(), &words.say(it.key()))
    };
    let asked_year = asked.jaar.parse::<i16>().ok().filter(|year| YEARS.contains(year));
    let year = asked_year.unwrap_or_else(|| at.unwrap_or(current).year());
    let mut frame = worker.frame(&door, Section::House);
    frame.path = "/werk/normen".to_owned();
    let page = Rules {
        at: match at {
            Some(at) => at.strftime("%Y-%m-%dT%H:%M").to_string(),
            None => asked.op.clone(),
        },
        channels: said::channels_of(norms).into_iter().map(choice).collect(),
        owed: moment.map(|at| owed(words, norms, channel, at)).unwrap_or_default(),
        problem: moment.is_none().then(|| words.say("staff-rules-no-moment")),
        year,
        off: off(words, norms, year),
        months: (1..=12).filter_map(|month| working_days(words, norms, (year, month))).collect(),
        frame,
    };
    let status = if moment.is_some() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    show(status, &page)
}

/// What a message that comes in at this moment would be owed.
fn owed(words: &Words, norms: &Norms, channel: Channel, at: Timestamp) -> Vec<OwedRow> {
    let (way, kind) = said::sift(channel);
    let way = way.unwrap_or(norms::Channel::Email);
    let kind = kind.unwrap_or(norms::Kind::Question);
    let mut situation = Situation::new(way, kind, Class::Message, at);
    (situation.has_address, situation.can_be_mailed) = (true, true);
    let decided = decide(at, norms, &situation, &Event::Received);
    let promises = decided.ok().and_then(|it| it.after).map(|it| it.promises).unwrap_or_default();
    let row = |it: &promises::Promise| OwedRow {
        what: said::promise(words, norms, &it.norm, it.duty),
        norm: it.norm.clone(),
        due: day(words, norms, &it.due).unwrap_or_else(|| words.say("staff-no-limit")),
        why: why(words, norms, &it.due),
    };
    promises.iter().map(row).collect()
}

/// The days of a year on which nobody works, but for weekends.
fn off(words: &Words, norms: &Norms, year: i16) -> Vec<(String, String)> {
    let Ok(first) = Date::new(year, 1, 1) else { return Vec::new() };
    let is_weekend = |day: Date| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let days = norms.calendar.days_off(first, first.last_of_year());
    let closures = norms.calendar.closures();
    days.iter()
        .filter(|it| !is_weekend(it.date))
        .map(|it| (words.date(it.date), words.day_off(it.why, closures)))
        .collect()
}

fn working_days(words: &Words, norms: &Norms, month: (i16, i8)) -> Option<(String, usize)> {
    let first = Date::new(month.0, month.1, 1).ok()?;
    let days = first.series(Span::new().days(1)).take_while(|it| it.month() == month.1);
    let working = days.filter(|it| norms.calendar.is_working_day(*it));
    Some((words.month(first), working.count()))
}
