//! Disruptions: listed, published, changed and ended.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use desk::{Anyone, ContactWay, Disruption, DisruptionFault, Publish, Right, disruption_faults};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use serde::Deserialize;
use words::{Lang, Words};

use super::Worker;
use crate::door::Door;
use crate::pages::{DisruptionRow, DisruptionTyped, DisruptionsPage, Section, Stage};
use crate::site::{self, Answer, Typed, see_other, show};

/// Where the disruptions are.
const PATH: &str = "/werk/storingen";

/// A disruption as it is typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Filled {
    phone: String,
    counter: String,
    message: String,
    social: String,
    nl: String,
    fy: String,
    en: String,
    since_date: String,
    since_time: String,
    expected_date: String,
    expected_time: String,
}

impl Filled {
    fn typed(self, id: i64) -> DisruptionTyped {
        let ticked = |way: &ContactWay| {
            let value = match way {
                ContactWay::Phone => &self.phone,
                ContactWay::Counter => &self.counter,
                ContactWay::Message => &self.message,
                ContactWay::Social => &self.social,
            };
            !value.is_empty()
        };
        let line = |text: String| text.trim().to_owned();
        let plain = |text: String| text.replace("\r\n", "\n").trim().to_owned();
        DisruptionTyped {
            id: Some(id).filter(|id| *id != 0),
            ways: ContactWay::ALL.into_iter().filter(ticked).collect(),
            texts: [self.nl, self.fy, self.en].map(plain),
            since: [self.since_date, self.since_time].map(line),
            expected: [self.expected_date, self.expected_time].map(line),
        }
    }
}

/// GET /werk/storingen
pub(crate) async fn disruptions(State(door): State<Door>, worker: Worker<Anyone>) -> Answer {
    let since = parts(door.desk.now(), door.desk.house().zone());
    let typed = DisruptionTyped { since, ..DisruptionTyped::default() };
    page(&door, &worker, typed, Vec::new()).await
}

/// GET /werk/storingen/{id}
pub(crate) async fn disruption(
    State(door): State<Door>,
    worker: Worker<Anyone>,
    Path(id): Path<i64>,
) -> Answer {
    let found = door.desk.read(move |tx, _, _| desk::disruption(tx, id)).await?;
    let zone = door.desk.house().zone();
    let typed = DisruptionTyped {
        id: Some(id),
        ways: found.ways,
        texts: [found.nl, found.fy, found.en],
        since: parts(found.since, zone),
        expected: found.expected.map(|at| parts(at, zone)).unwrap_or_default(),
    };
    page(&door, &worker, typed, Vec::new()).await
}

/// POST /werk/storingen
pub(crate) async fn publish_disruption(
    door: State<Door>,
    worker: Worker<Publish>,
    filled: Typed<Filled>,
) -> Answer {
    change_disruption(door, worker, Path(0), filled).await
}

/// POST /werk/storingen/{id}
pub(crate) async fn change_disruption(
    State(door): State<Door>,
    worker: Worker<Publish>,
    Path(id): Path<i64>,
    Typed(filled): Typed<Filled>,
) -> Answer {
    let typed = filled.typed(id);
    let disruption = match read(&door, &typed) {
        Ok(disruption) => disruption,
        Err(faults) => return page(&door, &worker, typed, faults).await,
    };
    let agent = worker.agent.clone();
    let publish = door
        .desk
        .write(move |tx, _, now| desk::publish_disruption(tx, now, &agent, &disruption))
        .await?;
    match publish {
        Ok(()) => Ok(see_other(&worker.frame(&door, Section::Disruptions).href(PATH))),
        Err(faults) => page(&door, &worker, typed, faults).await,
    }
}

/// POST /werk/storingen/{id}/voorbij
pub(crate) async fn end_disruption(
    State(door): State<Door>,
    worker: Worker<Publish>,
    Path(id): Path<i64>,
) -> Answer {
    let agent = worker.agent.clone();
    door.desk.write(move |tx, _, now| desk::end_disruption(tx, now, &agent, id)).await?;
    Ok(see_other(&worker.frame(&door, Section::Disruptions).href(PATH)))
}

/// What was typed as a disruption, or everything that is wrong with it, in the order of the form.
fn read(door: &Door, typed: &DisruptionTyped) -> Result<Disruption, Vec<DisruptionFault>> {
    let (now, zone) = (door.desk.now(), door.desk.house().zone());
    let since = moment(&typed.since, zone);
    let expected = match typed.expected.iter().all(String::is_empty) {
        true => Ok(None),
        false => moment(&typed.expected, zone).ok_or(DisruptionFault::Expected).map(Some),
    };
    let [nl, fy, en] = typed.texts.clone();
    let disruption = Disruption {
        id: typed.id.unwrap_or_default(),
        ways: typed.ways.clone(),
        nl,
        fy,
        en,
        since: since.unwrap_or(now),
        expected: expected.unwrap_or_default(),
        ended: None,
    };
    let mut faults = disruption_faults(now, &disruption);
    if since.is_none() {
        let at = faults.iter().position(|fault| *fault == DisruptionFault::Expected);
        faults.insert(at.unwrap_or(faults.len()), DisruptionFault::Since);
    }
    faults.extend(expected.err());
    if faults.is_empty() { Ok(disruption) } else { Err(faults) }
}

/// The moment that a day and a time say together.
pub(super) fn moment([day, time]: &[String; 2], zone: &TimeZone) -> Option<Timestamp> {
    let (day, time): (Date, Time) = (day.parse().ok()?, time.parse().ok()?);
    let zoned = DateTime::from_parts(day, time).to_zoned(zone.clone()).ok()?;
    Some(zoned.timestamp())
}

/// The day and the time of a moment, as inputs hold them.
pub(super) fn parts(at: Timestamp, zone: &TimeZone) -> [String; 2] {
    let there = at.to_zoned(zone.clone());
    [there.strftime("%Y-%m-%d").to_string(), there.strftime("%H:%M").to_string()]
}

async fn page(
    door: &Door,
    worker: &Worker<impl Right>,
    typed: DisruptionTyped,
    faults: Vec<DisruptionFault>,
) -> Answer {
    let all = door.desk.read(|tx, _, _| desk::disruptions(tx)).await?;
    let (words, zone) = (&worker.words, door.desk.house().zone());
    let now = door.desk.now();
    let mut frame = worker.frame(door, Section::Disruptions);
    PATH.clone_into(&mut frame.path);
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let rows = all.into_iter().map(|it| row(words, zone, now, it)).collect();
    show(status, &DisruptionsPage { frame, rows, typed, faults })
}

fn row(words: &Words, zone: &TimeZone, now: Timestamp, disruption: Disruption) -> DisruptionRow {
    let moment = |at: Timestamp| words.short_moment(at, zone);
    let stage = match (disruption.ended, disruption.expected) {
        (Some(_), _) => Stage::Over,
        _ if disruption.since > now => Stage::Announced,
        (None, Some(expected)) if expected <= now => Stage::Overdue,
        _ => Stage::Lasting,
    };
    let ways = site::ways(words, &disruption);
    let texts = [(Lang::Nl, disruption.nl), (Lang::Fy, disruption.fy), (Lang::En, disruption.en)];
    DisruptionRow {
        id: disruption.id,
        ways,
        texts: texts.into_iter().filter(|(_, text)| !text.is_empty()).collect(),
        since: moment(disruption.since),
        expected: disruption.expected.map(moment),
        ended: disruption.ended.map(moment),
        stage,
    }
}
