//! Row 6: deadlines and verdicts, from the tables of a charter and beside a walk of one day after
//! another.

use std::hint::black_box;
use std::time::Instant;

use anyhow::{Context, Result};
use jiff::Timestamp;
use jiff::civil::Date;
use norms::{NEVER, Norm, Norms};
use promises::count;

use crate::fill;
use crate::report::{Bound, Figure, Figures};
use crate::stage::{Engine, Stage};

/// Contacts of the month that is judged.
const CONTACTS: usize = 1_000_000;
/// Deadlines that are asked of the slower ways.
const FEW: usize = 200_000;
/// The norm whose deadlines are computed: two working days.
const NORM: &str = "message.contact";
/// The first second of the month: 1 November 2026.
const MONTH_S: i64 = 1_793_487_600;
/// Seconds in the thirty days of it.
const MONTH_LENGTH_S: i64 = 30 * 86_400;

/// The cases of a month: when each came in and when it was done, if it was.
struct Month {
    starts_s: Vec<i64>,
    ends_s: Vec<i64>,
}

/// Measures row 6. It needs no database, so it stands in the first column.
pub(crate) fn measure(stage: &Stage) -> Result<Vec<Figure>> {
    let norms = fill::norms()?;
    let norm = norms.get(NORM).context("the norms have changed")?;
    let month = month();
    let mut figures = Figures::new(Engine::Sqlite);
    let [mut table, mut verdicts, mut reasons, mut walked, mut report_ms] =
        [(); 5].map(|()| Vec::new());
    for _ in 0..stage.amounts.runs {
        let deadlines = norms.deadlines(norm);
        let due = |start: &i64| deadlines.due(*start);
        table.push(a_second(CONTACTS, || {
            month.starts_s.iter().map(due).fold(0_i64, i64::wrapping_add)
        }));
        let now = MONTH_S + MONTH_LENGTH_S;
        let judge = || count(&deadlines, &month.starts_s, &month.ends_s, now);
        verdicts.push(a_second(CONTACTS, judge));
        let begin = Instant::now();
        let fresh = norms.deadlines(norm);
        black_box(count(&fresh, &month.starts_s, &month.ends_s, now));
        report_ms.push(begin.elapsed().as_secs_f64() * 1e3);
        let moments: Vec<Timestamp> = month.starts_s[..FEW]
            .iter()
            .filter_map(|start| Timestamp::from_second(*start).ok())
            .collect();
        reasons.push(a_second(FEW, || {
            moments.iter().map(|at| norms.due(norm, *at).skipped.len()).sum::<usize>()
        }));
        walked.push(a_second(FEW, || {
            moments.iter().map(|at| i64::from(walk(&norms, norm, *at).day())).sum::<i64>()
        }));
    }
    let least = |must, goal| (Bound::AtLeast(must), Bound::AtLeast(goal));
    figures.judged(6, "deadlines per second", "/s", &table, least(1e7, 1e8));
    figures.judged(6, "verdicts per second", "/s", &verdicts, least(1e7, 1e8));
    figures.aimed(6, "deadlines with reasons per second", "/s", &reasons, Bound::AtLeast(1e6));
    let report = "a month of 1,000,000 contacts judged, its table built first";
    figures.aimed(6, report, "ms", &report_ms, Bound::AtMost(50.0));
    figures.add(6, "deadlines per second by a walk of one day after another", "/s", &walked);
    let ratio: Vec<f64> = table.iter().zip(&walked).map(|(a, b)| a / b).collect();
    figures.add(6, "the table against the walk", "×", &ratio);
    Ok(figures.list)
}

/// How often a second something is done that does `count` of it at a time: for half a second, on
/// one thread that waits for nothing.
fn a_second<T>(count: usize, mut work: impl FnMut() -> T) -> f64 {
    let begin = Instant::now();
    let mut done = 0_usize;
    while begin.elapsed().as_secs_f64() < 0.5 {
        black_box(work());
        done += count;
    }
    done as f64 / begin.elapsed().as_secs_f64()
}

/// Contacts spread over the month in no order, most of them answered.
fn month() -> Month {
    let mut seed: u64 = 1;
    let mut next = move |below: i64| {
        // A small linear generator: the same contacts on every run.
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(seed >> 33).unwrap_or(0) % below
    };
    let starts_s: Vec<i64> = (0..CONTACTS).map(|_| MONTH_S + next(MONTH_LENGTH_S)).collect();
    let ends = starts_s.iter().map(|start| match next(20) {
        0 => NEVER,
        _ => start + next(5 * 86_400),
    });
    Month { ends_s: ends.collect(), starts_s }
}

/// Two working days further, looking at each day: what there was before the tables.
fn walk(norms: &Norms, norm: &Norm, start: Timestamp) -> Date {
    let norms::Limit::WorkingDays(days) = norm.limit else { return Date::MAX };
    let mut day = norms.day(start);
    for _ in 0..days {
        day = day.tomorrow().unwrap_or(Date::MAX);
        while !norms.calendar.is_working_day(day) {
            day = day.tomorrow().unwrap_or(Date::MAX);
        }
    }
    day
}
