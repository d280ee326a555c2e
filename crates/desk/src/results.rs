//! How well the promises were kept, per norm and month of the deadline. Where the norms changed,
//! the results split: what was received under each generation of the charter is counted apart.

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use ledger::results::{Tally, Under};
use ledger::{Stop, Tx};
use norms::{Duty, InForce};

use crate::House;

/// Months shown and added up on the public page.
pub(crate) const YEAR_MONTHS: i16 = 12;

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

    pub(crate) fn add(&mut self, tally: &Tally) {
        self.kept += tally.kept;
        self.broken += tally.broken;
        self.open += tally.open;
        self.released += tally.released;
        self.measured += tally.measured;
    }
}

/// The results of one norm of one generation of the charter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NormResult {
    /// The generation, by name.
    pub generation: String,
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
    name_of(day_of_due(house, due))
}

/// The day that a deadline is about: midnight is the end of the day before.
pub(crate) fn day_of_due(house: &House, due: Timestamp) -> Date {
    house.day(due.checked_sub(jiff::SignedDuration::from_nanos(1)).unwrap_or(due))
}

pub(crate) fn name_of(day: Date) -> String {
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
    for back in (0..=YEAR_MONTHS).rev() {
        for tally in &of_month(tx, house, now, (back, keep))? {
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

/// What became of all promises of the last whole month, dates that were told included. The month
/// that runs is not looked at: counting it is most of the work of [`results`].
///
/// # Errors
/// When the database fails.
pub fn last_month(tx: &mut Tx<'_>, house: &House, now: Timestamp) -> Result<MonthResult, Stop> {
    let mut sum = MonthResult::default();
    of_month(tx, house, now, (1, false))?.iter().for_each(|tally| sum.add(tally));
    Ok(sum)
}

/// The promises of the month so many months ago, with those without a limit that were made in it.
fn of_month(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    (back, keep): (i16, bool),
) -> Result<Vec<Tally>, Stop> {
    let (first, from, until) = month(house, now, back);
    let mut tallies = if back == 0 {
        tally(tx, house, (from, until), now)?
    } else {
        whole_month(tx, house, first, (from, until, now), keep)?
    };
    for under in generations(house) {
        tallies.extend(tx.tally_undated((from, until, now), under)?);
    }
    Ok(tallies)
}

/// Counts the months that are over, each once, and writes the counts down. The month that runs
/// still changes, and is left to whoever asks for [`results`]: counting it is most of the work.
///
/// # Errors
/// When the database fails.
pub fn keep_months(tx: &mut Tx<'_>, house: &House, now: Timestamp) -> Result<(), Stop> {
    for back in 1..=YEAR_MONTHS {
        let (first, from, until) = month(house, now, back);
        whole_month(tx, house, first, (from, until, now), true)?;
    }
    Ok(())
}

/// Counts the promises due in `[from, until)` as known at `now`, each generation of the norms
/// apart.
///
/// # Errors
/// When the database fails.
pub fn tally(
    tx: &mut Tx<'_>,
    house: &House,
    (from, until): (Timestamp, Timestamp),
    now: Timestamp,
) -> Result<Vec<Tally>, Stop> {
    let mut tallies = Vec::new();
    for under in generations(house) {
        tallies.extend(tx.tally((from, until, now), under)?);
    }
    Ok(tallies)
}

/// The generations that are counted apart.
pub(crate) fn generations(house: &House) -> Vec<Under<'_>> {
    let is_split = house.charter.generations().len() > 1;
    let under = |it: InForce<'_>| (it.from, it.until);
    let all = house.charter.in_force();
    all.map(|it| Under { generation: &it.norms.generation, received: is_split.then(|| under(it)) })
        .collect()
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
    house: &House,
    first: Date,
    (from, until, now): (Timestamp, Timestamp, Timestamp),
    keep: bool,
) -> Result<Vec<Tally>, Stop> {
    let month = name_of(first);
    let told_apart = house.charter.names();
    if let Some(kept) = tx.kept_month(&month, &told_apart)? {
        return Ok(kept);
    }
    let tallies = tally(tx, house, (from, until), now)?;
    if keep {
        tx.keep_month(&month, &told_apart, &tallies)?;
    }
    Ok(tallies)
}

fn entry<'a>(found: &'a mut Vec<NormResult>, tally: &Tally) -> &'a mut NormResult {
    let is_date = tally.duty == Duty::KEEP_DATE;
    let same = |it: &NormResult| {
        it.norm == tally.norm && it.is_date == is_date && it.generation == tally.generation
    };
    let known = found.iter().position(same);
    let index = known.unwrap_or_else(|| {
        found.push(NormResult {
            generation: tally.generation.clone(),
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

/// The first instant of a day.
pub(crate) fn start_of(house: &House, day: Date) -> Timestamp {
    day.to_zoned(house.zone().clone()).map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}
