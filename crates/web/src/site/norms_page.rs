//! The published norms with their results, counted anew at most once a minute.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use desk::{Desk, MonthResult, NormResult, Stop};
use jiff::civil::Date;
use jiff::{SignedDuration, Span, Timestamp};
use norms::{Duty, Norm, Norms};
use sha2::{Digest, Sha256};
use tokio::sync::Mutex;
use words::Words;

use super::{Answer, Failure, Reader, show};
use crate::door::Door;
use crate::pages::{Group, NormRow, NormSection, NormsPage, Results, Score};

/// How long counted results are shown before they are counted again, in seconds.
const RESULTS_SECONDS: i64 = 60;
/// Whole months that are added up to a year.
const MONTHS: i64 = 12;

/// The results as they were counted last. A copy only: the truth stands in the database.
#[derive(Default)]
pub(crate) struct Counted(Mutex<Option<Arc<Tally>>>);

/// Results and when they were counted.
pub(super) struct Tally {
    pub(super) at: Timestamp,
    pub(super) list: Vec<NormResult>,
}

/// The results, at most a minute old. Who comes while they are counted waits for that count.
pub(super) async fn counted(door: &Door) -> Result<Arc<Tally>, Stop> {
    let mut kept = door.counted.0.lock().await;
    let now = door.desk.now();
    let fresh = |tally: &&Arc<Tally>| {
        tally.at <= now && now.duration_since(tally.at) < SignedDuration::from_secs(RESULTS_SECONDS)
    };
    if let Some(tally) = kept.as_ref().filter(fresh) {
        return Ok(Arc::clone(tally));
    }
    let tally = Arc::new(Tally { at: now, list: count(&door.desk).await? });
    *kept = Some(Arc::clone(&tally));
    Ok(tally)
}

async fn count(desk: &Desk) -> Result<Vec<NormResult>, Stop> {
    desk.read(|tx, house, now| desk::results(tx, house, now, false)).await
}

/// GET /normen
pub(crate) async fn norms(State(door): State<Door>, reader: Reader, headers: HeaderMap) -> Answer {
    let tally = counted(&door).await?;
    let norms = door.desk.house().norms(door.desk.now());
    let (month, year) = month_names(&reader.words, norms, tally.at);
    let page = NormsPage {
        month,
        year,
        counted: reader.words.short_moment(tally.at, &norms.municipality.zone),
        total: total(&tally),
        sections: sections(&reader.words, norms, &tally.list),
        frame: reader.frame(&door),
    };
    tagged(show(StatusCode::OK, &page)?, &headers).await
}

/// All promises of the last whole month, dates that were told included: a date is a promise too.
pub(super) fn total(tally: &Tally) -> Score {
    tally.list.iter().fold(Score::default(), |sum, result| sum.plus(score(&result.last_month)))
}

/// Names the page by its content, so that a reader who has it need not load it again.
async fn tagged(page: Response, asked: &HeaderMap) -> Answer {
    let (mut parts, body) = page.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX)
        .await
        .map_err(|_| Failure(StatusCode::INTERNAL_SERVER_ERROR))?;
    let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(&bytes)[..8]);
    // Weak: the same page may travel compressed or not (RFC 9110, 8.8.1).
    let tag = format!("W/\"{hash}\"");
    let known = asked.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok());
    let same = known.is_some_and(|known| known.split(',').any(|one| one.trim() == tag));
    parts
        .headers
        .insert(header::ETAG, tag.parse().map_err(|_| Failure(StatusCode::INTERNAL_SERVER_ERROR))?);
    if same {
        return Ok((StatusCode::NOT_MODIFIED, parts.headers).into_response());
    }
    Ok(Response::from_parts(parts, axum::body::Body::from(bytes)))
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

fn sections(words: &Words, norms: &Norms, results: &[NormResult]) -> Vec<NormSection> {
    // A chapter that the page does not know stands with the last one, never nowhere.
    let group_of = |norm: &Norm| Group::of_norm(&norm.id).unwrap_or(Group::Improve);
    let section = |group: Group| {
        let own = norms.list.iter().filter(|norm| group_of(norm) == group);
        NormSection { group, norms: own.map(|norm| row(words, norm, results)).collect() }
    };
    Group::ALL.into_iter().map(section).filter(|section| !section.norms.is_empty()).collect()
}

fn row(words: &Words, norm: &Norm, results: &[NormResult]) -> NormRow {
    let found =
        |is_date| results.iter().find(|result| result.norm == norm.id && result.is_date == is_date);
    let is_counted = norm.duty.is_promised() || norm.duty == Duty::KEEP_DATE;
    let keeps_dates = norm.duty == Duty::KEEP_DATE;
    let own = found(keeps_dates);
    let score_of = |result: &NormResult| Results {
        month: score(&result.last_month),
        year: score(&result.year),
    };
    let lang = words.lang().code();
    let translation = Some(norm.text(lang)).filter(|text| *text != norm.sentence);
    let mut measured = Vec::new();
    if let Some(handled) = own.map(|own| own.year.measured).filter(|count| *count > 0) {
        measured.push((words.say("norms-handled"), handled.to_string()));
    }
    let dates = if keeps_dates { None } else { found(true) };
    measured.extend(dates.and_then(|dates| dates_kept(words, &dates.year)));
    NormRow {
        id: norm.id.clone(),
        sentence: norm.sentence.clone(),
        translation: translation.map(str::to_owned),
        results: is_counted.then(|| own.map(score_of).unwrap_or_default()),
        measured,
    }
}

/// "Toegezegde datum gehouden", "12 van 13".
fn dates_kept(words: &Words, result: &MonthResult) -> Option<(String, String)> {
    let all = result.kept + result.broken;
    let values = [("kept", result.kept.into()), ("all", all.into())];
    (all > 0).then(|| (words.say("norms-dates"), words.say_with("norms-dates-kept", &values)))
}

/// Counts as the page shows them.
fn score(result: &MonthResult) -> Score {
    let whole = |count: i64| u64::try_from(count).unwrap_or(0);
    Score { kept: whole(result.kept), broken: whole(result.broken), open: whole(result.open) }
}
