//! How many promises are expected to be due in the next weeks, beside the hours of staff: on a page
//! and as a file.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use desk::{Ahead, DayAhead, Lead, Stop, Team};
use serde::Deserialize;
use words::Words;

use super::staffing::{decimal, decimals};
use super::working_hours::hours;
use super::{Worker, export};
use crate::chart::{self, DayBar};
use crate::door::Door;
use crate::pages::{AheadPage, AheadRow, Choice, Section};
use crate::site::{Answer, Failure, show};

/// The columns of the file.
const COLUMNS: [&str; 10] = [
    "day",
    "made",
    "open",
    "to-come",
    "low",
    "high",
    "hours",
    "per-hour",
    "busy-from-per-hour",
    "busy",
];

/// Of which team; of everybody, without.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    team: String,
}

async fn read(door: &Door, asked: &Asked) -> Result<(Ahead, Vec<Team>), Failure> {
    let team = match asked.team.as_str() {
        "" => None,
        team => Some(team.parse().map_err(|_| Failure::NOT_FOUND)?),
    };
    let read =
        door.desk.read(move |tx, house, now| Ok((desk::ahead(tx, house, now, team)?, tx.teams()?)));
    match read.await {
        Err(Stop::Refused(_)) => Err(Failure::NOT_FOUND),
        read => Ok(read?),
    }
}

/// GET /werk/cijfers/vooruit
pub(crate) async fn ahead(
    State(door): State<Door>,
    worker: Worker<Lead>,
    Query(asked): Query<Asked>,
) -> Answer {
    let (found, teams) = read(&door, &asked).await?;
    let words = &worker.words;
    let choice = |it: &Team| Choice {
        chosen: it.id.to_string() == asked.team,
        ..Choice::new(&it.id.to_string(), &it.name)
    };
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let page = AheadPage {
        frame: worker.frame(&door, Section::House),
        teams: teams.iter().map(choice).collect(),
        until: words.plain_date(found.until),
        picture: picture(words, &found.days),
        days: found.days.iter().map(|it| row(words, it)).collect(),
        overdue: found.overdue.into(),
        without_hours: count(found.without_hours),
        knows_hours: found.without_hours < found.people,
        busy_from: found.busy_from.map(|it| rate(words, it)),
    };
    show(StatusCode::OK, &page)
}

/// GET /werk/cijfers/vooruit.csv
pub(crate) async fn ahead_csv(
    State(door): State<Door>,
    worker: Worker<Lead>,
    Query(asked): Query<Asked>,
) -> Answer {
    let (found, _) = read(&door, &asked).await?;
    let number = |it: Option<f64>| it.map_or_else(String::new, |it| decimal(&worker.words, it));
    let rated = |it: Option<f64>| it.map_or_else(String::new, |it| rate(&worker.words, it));
    let whole = |it: Option<u32>| it.map_or_else(String::new, |it| it.to_string());
    let mut text = export::begin();
    export::row(&mut text, &COLUMNS.map(str::to_owned));
    for it in &found.days {
        let band = it.band();
        export::row(
            &mut text,
            &[
                it.day.on.to_string(),
                it.day.known.to_string(),
                it.open.to_string(),
                number(it.day.to_come.map(|it| it.mean)),
                whole(band.map(|it| it.0)),
                whole(band.map(|it| it.1)),
                it.minutes.map_or_else(String::new, |it| hours(&worker.words, it)),
                rated(it.per_hour()),
                rated(found.busy_from),
                if it.is_busy { "yes" } else { "no" }.to_owned(),
            ],
        );
    }
    let name = format!("belofte-vooruit-{}.csv", found.until);
    Ok((export::headers(&name), text).into_response())
}

/// "0,56": so many promises an hour. One decimal would make a busy day of a small municipality look
/// like any other.
fn rate(words: &Words, number: f64) -> String {
    decimals(words, number, 2)
}

fn row(words: &Words, it: &DayAhead) -> AheadRow {
    let day = it.day.on;
    let mark = match it.minutes {
        Some(0) => "staff-ahead-nobody",
        _ => "staff-ahead-busy",
    };
    AheadRow {
        day: format!("{} {}", words.weekday(day.weekday()), words.short_date(day)),
        made: it.day.known,
        open: it.open,
        to_come: it.day.to_come.map(|it| decimal(words, it.mean)),
        band: it.band(),
        hours: it.minutes.map(|minutes| hours(words, minutes)),
        per_hour: it.per_hour().map(|it| rate(words, it)),
        mark: it.is_busy.then_some(mark),
    }
}

fn picture(words: &Words, days: &[DayAhead]) -> String {
    let bar = |it: &DayAhead| DayBar {
        name: words.short_date(it.day.on),
        made: it.day.known,
        band: it.band(),
        hours: it.minutes.map(|minutes| f64::from(minutes) / 60.0),
    };
    let bars: Vec<DayBar> = days.iter().map(bar).collect();
    let names = ["staff-ahead-made", "staff-ahead-band", "staff-ahead-hours"];
    let [made, band, hours] = &names.map(|key| words.say(key));
    chart::ahead(&bars, [made, band, hours], &words.say("staff-ahead-picture"))
}
