//! How well the promises were kept, per norm and month of the deadline.

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use ledger::results::Tally;
use ledger::{Stop, Tx};
use norms::Duty;

use crate::House;

/// Months shown and added up on the public page.
const MONTHS: i16 = 12;

/// What became of the promises under one norm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MonthResult {
    /// Done in time.
    pub kept: i64,
    /// Not done in time; also when it was done later.
    pub broken: i64,
    /// Still owed and in time.
    pub open: i64,
    /// Not owed after all.
    pub released: i64,
    /// Done, where the norm sets no limit.
    pub measured: i64,
}

impl MonthResult {
    /// The share that was kept of what has a verdict, in percents, rounded down: 100 is all.
    #[must_use]
    pub fn percent(&self) -> Option<i64> {
        let judged = self.kept + self.broken;
        (judged > 0).then(|| self.kept * 100 / judged)
    }

    fn add(&mut self, tally: &Tally) {
        self.kept += tally.kept;
        self.broken += tally.broken;
        self.open += tally.open;
        self.released += tally.released;
        self.measured += tally.measured;
    }
}

/// The results of one norm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NormResult {
    /// The norm.
    pub norm: String,
    /// The dates that were told under it are counted apart.
    pub is_date: bool,
    /// The last whole month.
    pub last_month: MonthResult,
    /// This month so far.
    pub this_month: MonthResult,
    /// The last twelve whole months and this one so far.
    pub year: MonthResult,
}

/// The month in which a deadline lies: a deadline at midnight belongs to the day before.
pub(crate) fn month_of_due(house: &House, due: Timestamp) -> String {
    let before = due.checked_sub(jiff::SignedDuration::from_nanos(1)).unwrap_or(due);
    name_of(house.day(before))
}

fn name_of(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

/// The results of every norm that has any, as known at `now`. Months that are over are counted
/// once; with `keep`, the counts are written down for next time.
///
/// # Errors
/// When the database fails.
pub fn results(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    keep: bool,
) -> Result<Vec<NormResult>, Stop> {
    let mut found: Vec<NormResult> = Vec::new();
    for back in (0..=MONTHS).rev() {
        let (first, from, until) = month(house, now, back);
        let mut tallies = if back == 0 {
            tx.tally(from, until, now)?
        } else {
            whole_month(tx, first, (from, until, now), keep)?
        };
        tallies.extend(tx.tally_undated(from, until)?);
        for tally in &tallies {
            let result = entry(&mut found, tally);
            result.year.add(tally);
            match back {
                0 => result.this_month.add(tally),
                1 => result.last_month.add(tally),
                _ => {}
            }
        }
    }
    Ok(found)
}

/// Counts the months that are over, each once, and writes the counts down. The month that runs
/// still changes, and is left to whoever asks for [`results`]: counting it is most of the work.
///
/// # Errors
/// When the database fails.
pub fn keep_months(tx: &mut Tx<'_>, house: &House, now: Timestamp) -> Result<(), Stop> {
    for back in 1..=MONTHS {
        let (first, from, until) = month(house, now, back);
        whole_month(tx, first, (from, until, now), true)?;
    }
    Ok(())
}

/// The first day of the month so many months ago, and the instants it lasts from and until.
fn month(house: &House, now: Timestamp, back: i16) -> (Date, Timestamp, Timestamp) {
    let this_month = house.day(now).first_of_month();
    let first = this_month.saturating_sub(Span::new().months(back));
    let next = first.saturating_add(Span::new().months(1));
    (first, start_of(house, first), start_of(house, next))
}

fn whole_month(
    tx: &mut Tx<'_>,
    first: Date,
    (from, until, now): (Timestamp, Timestamp, Timestamp),
    keep: bool,
) -> Result<Vec<Tally>, Stop> {
    let month = name_of(first);
    if let Some(kept) = tx.kept_month(&month)? {
        return Ok(kept);
    }
    let tallies = tx.tally(from, until, now)?;
    if keep {
        tx.keep_month(&month, &tallies)?;
    }
    Ok(tallies)
}

fn entry<'a>(found: &'a mut Vec<NormResult>, tally: &Tally) -> &'a mut NormResult {
    let is_date = tally.duty == Duty::KEEP_DATE;
    let known = found.iter().position(|it| it.norm == tally.norm && it.is_date == is_date);
    let index = known.unwrap_or_else(|| {
        found.push(NormResult {
            norm: tally.norm.clone(),
            is_date,
            last_month: MonthResult::default(),
            this_month: MonthResult::default(),
            year: MonthResult::default(),
        });
        found.len() - 1
    });
    &mut found[index]
}

fn start_of(house: &House, day: Date) -> Timestamp {
    day.to_zoned(house.zone().clone()).map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}
