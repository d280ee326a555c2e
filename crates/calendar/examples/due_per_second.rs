//! How many deadlines the calendar computes in one second of processor time, beside a walk that
//! looks at one day after another.
//!
//! Run with `cargo run --release -p calendar --example due_per_second`.

use std::hint::black_box;
use std::time::Instant;

use calendar::{Calendar, Interval, NormDays, OpeningHours, Week};
use jiff::civil::{Date, date, time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};

/// Different questions asked in turn.
const QUESTIONS: usize = 4_096;
/// Answers asked of the fast functions.
const MANY: usize = 50_000_000;
/// Answers asked of the slower functions.
const FEW: usize = 2_000_000;

fn main() {
    let norm = Calendar::norm(&NormDays::default()).expect("the default is sound");
    let questions = questions();
    print("due date, from the tables", MANY, &questions, |(from, days)| {
        norm.due_date(from, days).day()
    });
    print("due date, a day at a time", FEW, &questions, |(from, days)| {
        walk(&norm, from, days).day()
    });
    print("term with its reasons", FEW, &questions, |(from, days)| {
        i8::try_from(norm.add_working_days(from, days).skipped.len() % 100).unwrap_or(0)
    });
    let default = NormDays::default();
    print("calendars built", 50, &[&default], |days| i8::from(Calendar::norm(days).is_ok()));
    print("opening hours built", 50, &[()], |()| {
        i8::from(office(norm.clone()).exceptions().is_empty())
    });
    let hours = office(norm.clone());
    let moments: Vec<(Timestamp, SignedDuration)> = questions
        .iter()
        .map(|(from, days)| {
            let start = from.at(10, 7, 0, 0).to_zoned(TimeZone::UTC).expect("in range");
            (start.timestamp(), SignedDuration::from_hours(i64::from(*days)))
        })
        .collect();
    print("working hours, from the tables", FEW, &moments, |(from, time)| {
        i8::try_from(hours.due_moment(from, time).as_second() % 100).unwrap_or(0)
    });
    print("working hours with reasons", FEW, &moments, |(from, time)| {
        i8::try_from(hours.add_working_time(from, time).odd_days.len() % 100).unwrap_or(0)
    });
}

/// Dates spread over forty years, with 1 to 30 working days.
fn questions() -> Vec<(Date, u32)> {
    let start = date(2010, 1, 1);
    let mut seed: u32 = 1;
    let mut next = move |below: u32| {
        // A small linear generator: the same questions on every run.
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) % below
    };
    let question = |_| (start.saturating_add(Span::new().days(next(14_610))), 1 + next(30));
    (0..QUESTIONS).map(question).collect()
}

/// The plain way: look at every day until enough have counted.
fn walk(calendar: &Calendar, from: Date, days: u32) -> Date {
    let (mut day, mut left) = (from, days);
    while left > 0 {
        day = day.tomorrow().expect("far from the end of time");
        left -= u32::from(calendar.is_working_day(day));
    }
    day
}

/// A counter with a lunch break and a short Friday.
fn office(calendar: Calendar) -> OpeningHours {
    let morning = Interval { from: time(8, 30, 0, 0), to: time(12, 30, 0, 0) };
    let afternoon = Interval { from: time(13, 30, 0, 0), to: time(16, 30, 0, 0) };
    let day = vec![morning, afternoon];
    let week = Week {
        monday: day.clone(),
        tuesday: day.clone(),
        wednesday: day.clone(),
        thursday: day,
        friday: vec![morning],
        ..Week::default()
    };
    let zone = TimeZone::get("Europe/Amsterdam").expect("the zone data is compiled in");
    OpeningHours::new(week, vec![], vec![], calendar, zone).expect("the week is sound")
}

/// Asks questions in turn and prints the answers a second of processor time.
fn print<Q: Copy>(what: &str, times: usize, questions: &[Q], answer: impl Fn(Q) -> i8) {
    let (cpu, wall) = (cpu_ns(), Instant::now());
    let mut sum = 0_i64;
    for question in questions.iter().cycle().take(times) {
        sum += i64::from(answer(black_box(*question)));
    }
    black_box(sum);
    let spent = match (cpu, cpu_ns()) {
        (Some(before), Some(after)) if after > before => u128::from(after - before),
        _ => wall.elapsed().as_nanos().max(1),
    };
    let per_second = times as u128 * 1_000_000_000 / spent;
    println!("{what:<32} {per_second:>12} a second");
}

/// Nanoseconds this thread has been on a processor, where the kernel tells.
fn cpu_ns() -> Option<u64> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    stat.split_whitespace().next()?.parse().ok()
}
