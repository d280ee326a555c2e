//! Open data: the norms, when the municipality can be reached, and how well the norms are kept.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use calendar::Interval;
use desk::{MonthResult, NormResult};
use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use norms::{ChannelHours, Norms};
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::{Answer, open, tagged, written};
use super::sent::Asked;
use crate::door::Door;
use crate::site::counted;

/// Days of which the hours are told.
const DAYS: usize = 28;

/// The norms that hold now.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct NormList {
    /// The municipality.
    municipality: String,
    /// The title of the published page.
    page: String,
    /// The language of the sentences.
    language: String,
    /// The first day on which they hold.
    #[schema(value_type = String, format = Date)]
    valid_from: Date,
    /// The norms, in the order of the page.
    items: Vec<NormRow>,
}

/// A norm.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct NormRow {
    /// Its name, which promises and results refer to.
    #[schema(example = "message.contact")]
    id: String,
    /// Its sentence, to the letter.
    sentence: String,
    /// The same in other languages, by language.
    translations: BTreeMap<String, String>,
    /// What it obliges to.
    #[schema(example = "answer-or-say-when")]
    duty: String,
}

/// The norms that hold now.
#[utoipa::path(get, path = "/norms", tag = "Open data", operation_id = "listNorms",
    responses((status = 200, description = "The norms.", body = NormList)))]
pub(super) async fn norms(
    State(door): State<Door>,
    Asked(asked): Asked,
    headers: HeaderMap,
) -> Answer {
    asked.end()?;
    let norms = door.desk.house().norms(door.desk.now());
    let row = |it: &norms::Norm| NormRow {
        id: it.id.clone(),
        sentence: it.sentence.clone(),
        translations: it.translations.clone(),
        duty: it.duty.to_string(),
    };
    let list = NormList {
        municipality: norms.municipality.name.clone(),
        page: norms.municipality.page.clone(),
        language: norms.municipality.language.clone(),
        valid_from: norms.municipality.valid_from,
        items: norms.list.iter().map(row).collect(),
    };
    Ok(open(tagged(&headers, None, &list)))
}

/// When the municipality can be reached.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct OpeningHoursList {
    /// The zone of every time in it.
    #[schema(example = "Europe/Amsterdam")]
    time_zone: String,
    /// Each way of contact that has hours.
    items: Vec<WayHours>,
}

/// The hours of one way of contact.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct WayHours {
    /// Which: `phone`, `counter`, or a name of the norm file.
    #[schema(example = "phone")]
    way: String,
    /// The ordinary week, by day.
    week: Vec<WeekdayHours>,
    /// The coming four weeks, with everything that is different.
    days: Vec<DayHours>,
}

/// The hours of a day of the week.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct WeekdayHours {
    /// The day, in English.
    #[schema(example = "monday")]
    weekday: String,
    /// When it is open.
    open: Vec<Stretch>,
}

/// The hours of a day.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct DayHours {
    /// The day.
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// When it is open; nothing when it is closed.
    open: Vec<Stretch>,
}

/// A stretch of hours.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Stretch {
    /// The first minute that is open.
    #[schema(example = "08:30", pattern = "^[0-2][0-9]:[0-5][0-9]$")]
    from: String,
    /// The first minute that is closed again; 00:00 is the end of the day.
    #[schema(example = "12:30", pattern = "^[0-2][0-9]:[0-5][0-9]$")]
    until: String,
}

impl Stretch {
    fn of(interval: &Interval) -> Stretch {
        let minute = |time: jiff::civil::Time| time.strftime("%H:%M").to_string();
        Stretch { from: minute(interval.from), until: minute(interval.to) }
    }
}

/// When the telephone and the counter are open.
#[utoipa::path(get, path = "/opening-hours", tag = "Open data", operation_id = "listOpeningHours",
    responses((status = 200, description = "The hours.", body = OpeningHoursList)))]
pub(super) async fn opening_hours(
    State(door): State<Door>,
    Asked(asked): Asked,
    headers: HeaderMap,
) -> Answer {
    asked.end()?;
    let now = door.desk.now();
    let norms = door.desk.house().norms(now);
    let own = [("phone", &norms.phone), ("counter", &norms.counter)];
    let other = norms.other_hours.iter().map(|(name, hours)| (name.as_str(), hours));
    let ways = own.into_iter().chain(other);
    let list = OpeningHoursList {
        time_zone: norms.municipality.zone.iana_name().unwrap_or_default().to_owned(),
        items: ways.map(|(way, hours)| way_hours(norms, (way, hours), now)).collect(),
    };
    Ok(open(tagged(&headers, None, &list)))
}

fn way_hours(norms: &Norms, (way, hours): (&str, &ChannelHours), now: Timestamp) -> WayHours {
    let stretches = |open: &[Interval]| open.iter().map(Stretch::of).collect();
    let weekday = |day: Weekday| WeekdayHours {
        weekday: format!("{day:?}").to_lowercase(),
        open: stretches(hours.week.on(day)),
    };
    let first = norms.day(now);
    let days = first.series(jiff::Span::new().days(1)).take(DAYS);
    WayHours {
        way: way.to_owned(),
        week: Weekday::Monday.cycle_forward().take(7).map(weekday).collect(),
        days: days.map(|on| DayHours { on, open: stretches(&hours.open.intervals(on)) }).collect(),
    }
}

/// How well the norms are kept.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ResultList {
    /// When it was counted.
    #[schema(value_type = String, format = DateTime)]
    counted_at: Timestamp,
    /// The results of every norm that has any.
    items: Vec<ResultRow>,
}

/// The results of one norm.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ResultRow {
    /// The norm.
    #[schema(example = "message.contact")]
    norm: String,
    /// The generation of the norms that it is of.
    #[schema(example = "2026-01-01")]
    generation: String,
    /// Whether it counts the dates that were told under the norm, and not the norm itself.
    tells_dates: bool,
    /// The last whole month.
    last_month: Counts,
    /// This month so far.
    this_month: Counts,
    /// The last twelve whole months and this one so far.
    year: Counts,
}

/// What became of promises.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Counts {
    /// Done in time.
    kept: i64,
    /// Not done in time; also when it was done later.
    broken: i64,
    /// Still owed and in time.
    open: i64,
    /// Not owed after all.
    released: i64,
    /// Done, where the norm sets no limit.
    measured: i64,
    /// The share that was kept of what was kept or broken, in percents, rounded down.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 100)]
    percent: Option<i64>,
}

impl Counts {
    fn of(it: &MonthResult) -> Counts {
        let MonthResult { kept, broken, open, released, measured } = *it;
        Counts { kept, broken, open, released, measured, percent: it.percent() }
    }
}

/// How well the norms are kept, counted at most a minute ago.
#[utoipa::path(get, path = "/results", tag = "Open data", operation_id = "listResults",
    responses((status = 200, description = "The results.", body = ResultList)))]
pub(super) async fn results(
    State(door): State<Door>,
    Asked(asked): Asked,
    headers: HeaderMap,
) -> Answer {
    asked.end()?;
    let tally = counted(&door).await?;
    let row = |it: &NormResult| ResultRow {
        norm: it.norm.clone(),
        generation: it.generation.clone(),
        tells_dates: it.is_date,
        last_month: Counts::of(&it.last_month),
        this_month: Counts::of(&it.this_month),
        year: Counts::of(&it.year),
    };
    let list = ResultList { counted_at: tally.at, items: tally.list.iter().map(row).collect() };
    Ok(open(tagged(&headers, None, &list)))
}

/// This description of the interface.
#[utoipa::path(get, path = "/openapi.json", tag = "Open data", operation_id = "readDescription",
    responses((status = 200, description = "OpenAPI 3.1.", body = serde_json::Value)))]
pub(super) async fn description(State(door): State<Door>, Asked(asked): Asked) -> Answer {
    asked.end()?;
    let norms = door.desk.house().norms(door.desk.now());
    Ok(open(written(StatusCode::OK, door.described.text(norms).to_string())))
}
