//! The published norms with their results, counted anew at most once a minute.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use desk::{Desk, House, MonthResult, NormResult, NormTarget, Stop, Tx};
use jiff::civil::Date;
use jiff::{SignedDuration, Span, Timestamp};
use norms::Norms;
use promises::figures::Share;
use tokio::sync::Mutex;
use words::Words;

use super::norm_rows::Rows;
use super::{Answer, Reader, show};
use crate::door::Door;
use crate::pages::{NormsPage, Score};

/// How long counted results are shown before they are counted again, in seconds.
const RESULTS_SECONDS: i64 = 60;
/// Whole months that are added up to a year.
pub(super) const MONTHS: i64 = 12;

/// The results as they were counted last. A copy only: the truth stands in the database.
#[derive(Default)]
pub(crate) struct Counted(Mutex<Option<Arc<Tally>>>);

/// Results and when they were counted.
pub(crate) struct Tally {
    pub(crate) at: Timestamp,
    pub(crate) list: Vec<NormResult>,
    pub(super) targets: Vec<NormTarget>,
    pub(super) counter: Option<AtCounter>,
}

/// What the counter is measured by in public.
pub(super) struct AtCounter {
    /// The most working days that the first free time of any product is ahead now; nothing when
    /// one has none.
    pub(super) ahead: Option<u32>,
    /// Who was called on time in the last whole month, of who was called.
    pub(super) on_time: Share,
    /// That month.
    pub(super) month: Date,
}

/// The results, at most a minute old. Who comes while they are counted waits for that count.
pub(crate) async fn counted(door: &Door) -> Result<Arc<Tally>, Stop> {
    let mut kept = door.counted.0.lock().await;
    let now = door.desk.now();
    let fresh = |tally: &&Arc<Tally>| {
        tally.at <= now && now.duration_since(tally.at) < SignedDuration::from_secs(RESULTS_SECONDS)
    };
    if let Some(tally) = kept.as_ref().filter(fresh) {
        return Ok(Arc::clone(tally));
    }
    let tally = Arc::new(count(&door.desk).await?);
    *kept = Some(Arc::clone(&tally));
    Ok(tally)
}

async fn count(desk: &Desk) -> Result<Tally, Stop> {
    desk.read(|tx, house, at| {
        let list = desk::results(tx, house, at, false)?;
        let counter = at_counter(tx, house, at)?;
        Ok(Tally { at, list, targets: desk::targets(tx, house, at)?, counter })
    })
    .await
}

/// Nothing where no appointments are made.
fn at_counter(tx: &mut Tx<'_>, house: &House, at: Timestamp) -> Result<Option<AtCounter>, Stop> {
    let norms = house.norms(at);
    if !norms.appointments.are_made() {
        return Ok(None);
    }
    let month = norms.day(at).first_of_month().saturating_sub(Span::new().months(1));
    let figures = desk::counter_figures(tx, house, (month, month.last_of_month()))?;
    let free = desk::free_now(tx, house, at)?;
    let ahead: Option<Vec<u32>> = free.iter().map(|it| it.at.map(|(_, days)| days)).collect();
    let on_time = figures.all.on_time(norms.appointments.rules.late_minutes);
    Ok(Some(AtCounter { ahead: ahead.and_then(|days| days.into_iter().max()), on_time, month }))
}

/// GET /normen
pub(crate) async fn norms(State(door): State<Door>, reader: Reader) -> Answer {
    let tally = counted(&door).await?;
    let house = door.desk.house();
    let norms = house.norms(door.desk.now());
    let (month, year) = month_names(&reader.words, norms, tally.at);
    let rows = Rows::of(&reader.words, &house.charter, &tally);
    let page = NormsPage {
        month,
        year,
        counted: reader.words.short_moment(tally.at, &norms.municipality.zone),
        total: total(&tally),
        is_split: rows.is_split(),
        sections: rows.sections(),
        frame: reader.frame(&door),
    };
    show(StatusCode::OK, &page)
}

/// All promises of the last whole month, dates that were told included: a date is a promise too.
fn total(tally: &Tally) -> Score {
    tally.list.iter().fold(Score::default(), |sum, result| sum.plus(score(&result.last_month)))
}

/// "oktober 2026", and the twelve whole months with the one that runs.
pub(super) fn month_names(words: &Words, norms: &Norms, at: Timestamp) -> (String, String) {
    let this = norms.day(at).first_of_month();
    let back = |months: i64| -> Date { this.saturating_sub(Span::new().months(months)) };
    let (first, last) = (words.month(back(MONTHS)), words.month(this));
    let year =
        words.say_with("norms-months", &[("first", (&first).into()), ("last", (&last).into())]);
    (words.month(back(1)), year)
}

/// Counts as the page shows them.
pub(super) fn score(result: &MonthResult) -> Score {
    let whole = |count: i64| u64::try_from(count).unwrap_or(0);
    Score { kept: whole(result.kept), broken: whole(result.broken), open: whole(result.open) }
}
