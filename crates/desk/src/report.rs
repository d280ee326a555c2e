//! The report of a period, and the promises behind each of its numbers.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use ledger::reported::Line;
use ledger::{Stop, Tx};
use promises::Verdict;
use promises::report::{Cause, Cell, Group, Happened, Report, View};

use crate::House;
use crate::limits::{PAGE_LINES, REPORT_DAYS_MAX};

/// The report of the days from `from` to `to`, both included: of the promises that were due on one
/// of them, and of the waits of who wrote on one of them, as known at `now`. It is read a day at a
/// time, so that a year of a large municipality takes no more memory than a day.
///
/// # Errors
/// Refused for more days than a report is about; else when the database fails.
pub fn report(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    (from, to): (Date, Date),
) -> Result<Report, Stop> {
    let mut report = Report::default();
    for day in days((from, to))? {
        for it in judged(tx, house, now, day)? {
            report.add(it.cell, it.verdict, it.cause);
        }
        let span = (house.begin_of(day), house.end_of(day));
        for promises in tx.asked(span)? {
            report.waits.add(&promises, now);
        }
    }
    Ok(report)
}

fn days((from, to): (Date, Date)) -> Result<impl Iterator<Item = Date>, Stop> {
    let longest = from.saturating_add(Span::new().days(REPORT_DAYS_MAX - 1));
    if to < from || to > longest {
        return Err(promises::Refusal::SpanWrong.into());
    }
    Ok(from.series(Span::new().days(1)).take_while(move |day| *day <= to))
}

/// A promise with its verdict and its place in the report.
struct Judged {
    line: Line,
    cell: Cell,
    verdict: Verdict,
    cause: Option<Cause>,
}

/// The promises that were due on a day, and those without a deadline that were made on it.
fn judged(tx: &mut Tx<'_>, house: &House, now: Timestamp, day: Date) -> Result<Vec<Judged>, Stop> {
    let (from, until) = (house.begin_of(day), house.end_of(day));
    let lines = tx.reported((from, until))?;
    let courses: BTreeMap<i64, Vec<Happened>> =
        tx.overdue_courses((from, until, now))?.into_iter().collect();
    let judge = |line: Line| {
        let promise = &line.promise;
        let verdict = promise.verdict(now);
        let history = courses.get(&line.contact).map_or(&[][..], Vec::as_slice);
        let cell = Cell {
            norm: promise.norm.clone(),
            duty: promise.duty,
            generation: house.norms(line.received_at).generation.clone(),
            month: day.first_of_month(),
            channel: line.channel,
            department: line.team,
        };
        let cause = (verdict == Verdict::Broken).then(|| Cause::of(promise, history));
        Judged { cell, verdict, cause, line }
    };
    Ok(lines.into_iter().map(judge).collect())
}

/// Which promises of a period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Behind {
    /// In which row of a view; any when there is none.
    pub group: Option<(View, Group)>,
    /// Of which number.
    pub number: Number,
}

/// A number of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Number {
    /// All promises.
    #[default]
    All,
    /// Kept.
    Kept,
    /// Broken.
    Broken,
    /// Broken for one cause.
    Cause(Cause),
    /// Still owed and in time.
    Open,
    /// Those of the open ones that are at risk.
    AtRisk,
    /// Not owed after all.
    NotApplicable,
    /// Done, where the norm sets no limit.
    Measured,
}

impl Number {
    /// The stable word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Number::All => "all",
            Number::Kept => "kept",
            Number::Broken => "broken",
            Number::Cause(cause) => cause.word(),
            Number::Open => "open",
            Number::AtRisk => "at-risk",
            Number::NotApplicable => "not-applicable",
            Number::Measured => "measured",
        }
    }

    /// The one with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Number> {
        let plain = [
            Number::All,
            Number::Kept,
            Number::Broken,
            Number::Open,
            Number::AtRisk,
            Number::NotApplicable,
            Number::Measured,
        ];
        let causes = Cause::ALL.into_iter().map(Number::Cause);
        plain.into_iter().chain(causes).find(|number| number.word() == word)
    }

    /// Whether it counts a promise.
    fn counts(self, verdict: Verdict, cause: Option<Cause>) -> bool {
        match self {
            Number::All => true,
            Number::Kept => verdict == Verdict::Kept,
            Number::Broken => verdict == Verdict::Broken,
            Number::Cause(one) => cause == Some(one),
            Number::Open => matches!(verdict, Verdict::Open | Verdict::AtRisk),
            Number::AtRisk => verdict == Verdict::AtRisk,
            Number::NotApplicable => verdict == Verdict::NotApplicable,
            Number::Measured => verdict == Verdict::Measured,
        }
    }
}

/// A promise behind a number.
#[derive(Clone, Debug)]
pub struct Counted {
    /// The contact.
    pub contact: i64,
    /// Its number as people say it.
    pub number: String,
    /// Its subject.
    pub subject: String,
    /// Whether what was personal was removed.
    pub is_erased: bool,
    /// The norm.
    pub norm: String,
    /// Whether it is a date that was told.
    pub is_date: bool,
    /// The day that counts: of the deadline, or on which it was made.
    pub day: Date,
    /// What became of it.
    pub verdict: Verdict,
    /// Why it was broken.
    pub cause: Option<Cause>,
    /// Its place in the list: a page begins behind it.
    pub place: (Date, i64, u32),
}

/// The promises behind a number, by day, contact and number, behind a place in the list: a page of
/// them, and whether there are more.
///
/// # Errors
/// Refused for more days than a report is about; else when the database fails.
pub fn behind(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    (from, to): (Date, Date),
    (which, after): (&Behind, Option<(Date, i64, u32)>),
) -> Result<(Vec<Counted>, bool), Stop> {
    let most = PAGE_LINES as usize;
    let mut found: Vec<Judged> = Vec::new();
    let mut places = Vec::new();
    for day in days((from, to))?.filter(|day| after.is_none_or(|after| *day >= after.0)) {
        let mut all = judged(tx, house, now, day)?;
        all.retain(|it| {
            let is_in = which.group.as_ref().is_none_or(|(view, row)| view.of(&it.cell) == *row);
            let place = (day, it.line.contact, it.line.promise.nr);
            is_in
                && which.number.counts(it.verdict, it.cause)
                && after.is_none_or(|after| place > after)
        });
        all.sort_unstable_by_key(|it| (it.line.contact, it.line.promise.nr));
        places.extend(all.iter().map(|it| (day, it.line.contact, it.line.promise.nr)));
        found.extend(all);
        if found.len() > most {
            break;
        }
    }
    let has_more = found.len() > most;
    found.truncate(most);
    let mut counted = Vec::new();
    for (it, place) in found.into_iter().zip(places) {
        let Some(contact) = tx.contact(it.line.contact)? else { continue };
        counted.push(Counted {
            contact: contact.id,
            number: house.number(contact.id, contact.received_at),
            is_erased: contact.erased_at.is_some(),
            subject: contact.subject,
            is_date: it.cell.is_date(),
            norm: it.cell.norm,
            day: place.0,
            verdict: it.verdict,
            cause: it.cause,
            place,
        });
    }
    Ok((counted, has_more))
}
