//! The tables against a brute-force walk that looks at one day after another.

use calendar::{
    Calendar, Closure, DayOff, Decrees, FIRST_DAY, Holiday, LAST_DAY, NormDays, Skipped,
    TermLength, easter,
};
use jiff::Span;
use jiff::civil::{Date, Weekday, date, time};
use proptest::prelude::*;

/// The reasons a day may be off, told again in the plainest way: no table, no list of a year.
fn plainly_off(day: Date, days: &NormDays) -> Option<DayOff> {
    if let Some(holiday) = plainly_holiday(day)
        && !days.holidays_worked
        && (holiday != Holiday::GoodFriday || days.good_friday_off)
    {
        return Some(DayOff::Holiday(holiday));
    }
    match day.weekday() {
        Weekday::Saturday => return Some(DayOff::Saturday),
        Weekday::Sunday => return Some(DayOff::Sunday),
        _ => {}
    }
    if days.decree_days_off && days.decrees.days.contains(&day) {
        return Some(DayOff::Decree);
    }
    let closed =
        |closure: &Closure| closure.closes_at.is_none() && closure.from <= day && day <= closure.to;
    let index = days.closures.iter().position(closed)?;
    Some(DayOff::Closure(u16::try_from(index).expect("sound test data")))
}

fn plainly_holiday(day: Date) -> Option<Holiday> {
    let year = day.year();
    let birthday = match year {
        ..1949 => date(year, 8, 31),
        1949..2014 => date(year, 4, 30),
        _ => date(year, 4, 27),
    };
    let birthday = match (birthday.weekday(), year) {
        (Weekday::Sunday, ..1980) => birthday.tomorrow().expect("sound test data"),
        (Weekday::Sunday, _) => birthday.yesterday().expect("sound test data"),
        _ => birthday,
    };
    let since_easter = easter(year).until(day).expect("sound test data").get_days();
    match (day.month(), day.day(), since_easter) {
        (1, 1, _) => Some(Holiday::NewYear),
        (12, 25, _) => Some(Holiday::Christmas),
        (12, 26, _) => Some(Holiday::SecondChristmas),
        _ if day == birthday && year < 2014 => Some(Holiday::QueensDay),
        _ if day == birthday => Some(Holiday::KingsDay),
        (5, 5, _) if year >= 1945 => Some(Holiday::LiberationDay),
        (_, _, -2) => Some(Holiday::GoodFriday),
        (_, _, 1) => Some(Holiday::EasterMonday),
        (_, _, 39) => Some(Holiday::Ascension),
        (_, _, 50) => Some(Holiday::WhitMonday),
        _ => None,
    }
}

fn inside(day: Date) -> Date {
    day.clamp(FIRST_DAY, LAST_DAY)
}

/// One day further, or one back, without leaving the tables.
fn step(day: Date, by: i32) -> Date {
    inside(day.saturating_add(Span::new().days(by)))
}

/// Walks `count` working days away from `from`; with none, to the nearest working day.
fn walk(days: &NormDays, from: Date, count: u32, by: i32) -> (Date, Vec<Skipped>) {
    let limit = if by > 0 { LAST_DAY } else { FIRST_DAY };
    let mut day = inside(from);
    let mut skipped = Vec::new();
    let mut left = count;
    let mut here = count == 0;
    loop {
        if !here && day == limit {
            break;
        }
        day = if here { day } else { step(day, by) };
        here = false;
        match plainly_off(day, days) {
            Some(why) => skipped.push(Skipped { date: day, why }),
            None => left = left.saturating_sub(1),
        }
        if left == 0 && plainly_off(day, days).is_none() {
            break;
        }
    }
    skipped.sort_by_key(|skipped| skipped.date);
    (day, skipped)
}

fn any_day() -> impl Strategy<Value = Date> {
    let whole = (0..109_938_i32).prop_map(|days| step(FIRST_DAY, days));
    // Most often the years in which decrees and closures stand.
    let near = (0..3_000_i32).prop_map(|days| step(date(2022, 6, 1), days));
    let edges = prop_oneof![
        (-50..50_i32).prop_map(|days| { FIRST_DAY.saturating_add(Span::new().days(days)) }),
        (-50..50_i32).prop_map(|days| LAST_DAY.saturating_add(Span::new().days(days)))
    ];
    prop_oneof![3 => whole, 6 => near, 1 => edges]
}

fn any_closure() -> impl Strategy<Value = Closure> {
    (any_day(), 0..12_i32, any::<bool>()).prop_map(|(from, length, early)| {
        let from = inside(from);
        let closes_at = early.then_some(time(12, 0, 0, 0));
        Closure { from, to: step(from, length), closes_at, why: "team day".into() }
    })
}

fn any_days() -> impl Strategy<Value = NormDays> {
    let closures = prop::collection::vec(any_closure(), 0..6);
    (any::<bool>(), any::<bool>(), any::<bool>(), closures).prop_map(
        |(holidays_worked, good_friday_off, decree_days_off, closures)| NormDays {
            holidays_worked,
            good_friday_off,
            decree_days_off,
            closures,
            decrees: Decrees::default(),
        },
    )
}

/// Lengths on both sides of every border of the law, the short ones most often.
fn any_length() -> impl Strategy<Value = TermLength> {
    prop_oneof![
        3 => (0..6_u32).prop_map(TermLength::Days),
        2 => (0..120_u32).prop_map(TermLength::Days),
        2 => (0..16_u32).prop_map(TermLength::Weeks),
        2 => (0..6_u32).prop_map(TermLength::Months),
        1 => (0..3_u32).prop_map(TermLength::Years),
    ]
}

#[test]
fn every_day_of_three_centuries_has_the_plain_reason() {
    let days = NormDays { good_friday_off: true, decree_days_off: true, ..NormDays::default() };
    let law = Calendar::statutory();
    let mut day = FIRST_DAY;
    let mut counted = 0_i64;
    while day < LAST_DAY {
        assert_eq!(law.day_off(day), plainly_off(day, &days), "{day}");
        day = day.tomorrow().unwrap();
        counted += i64::from(plainly_off(day, &days).is_none());
    }
    assert_eq!(law.working_days_between(FIRST_DAY, LAST_DAY), counted);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn counting_is_what_a_walk_finds(
        days in any_days(),
        questions in prop::collection::vec((any_day(), 0..40_u32), 40),
    ) {
        let norm = Calendar::norm(&days).unwrap();
        for (from, count) in questions {
            let (last, skipped) = walk(&days, from, count, 1);
            let term = norm.add_working_days(from, count);
            prop_assert_eq!(term.last, last, "{} + {}", from, count);
            prop_assert_eq!(norm.due_date(from, count), last);
            if last < LAST_DAY {
                prop_assert_eq!(term.skipped, skipped, "{} + {}", from, count);
            }
            let clear = norm.add_clear_working_days(from, count);
            prop_assert_eq!(clear.last, walk(&days, from, count + 1, 1).0);

            let (first, skipped) = walk(&days, from, count, -1);
            let back = norm.subtract_working_days(from, count);
            prop_assert_eq!(back.last, first, "{} - {}", from, count);
            if first > FIRST_DAY {
                prop_assert_eq!(back.skipped, skipped, "{} - {}", from, count);
            }
            let clear = norm.subtract_clear_working_days(from, count);
            prop_assert_eq!(clear.last, walk(&days, from, count + 1, -1).0);
        }
    }

    #[test]
    fn between_counts_the_working_days(
        days in any_days(),
        from in any_day(),
        length in 0..400_i32,
    ) {
        let norm = Calendar::norm(&days).unwrap();
        let from = inside(from);
        let until = step(from, length);
        let mut counted = 0;
        let mut off = Vec::new();
        let mut day = from;
        while day < until {
            day = step(day, 1);
            match plainly_off(day, &days) {
                Some(why) => off.push(Skipped { date: day, why }),
                None => counted += 1,
            }
        }
        prop_assert_eq!(norm.working_days_between(from, until), counted);
        prop_assert_eq!(norm.working_days_between(until, from), -counted);
        if from < until {
            prop_assert_eq!(norm.days_off(step(from, 1), until), off);
        }
    }

    #[test]
    fn there_and_back_is_the_same_working_day(from in any_day(), count in 0..500_u32) {
        let law = Calendar::statutory();
        let start = law.due_date(inside(from).min(date(2190, 1, 1)), 0);
        let there = law.due_date(start, count);
        prop_assert_eq!(law.subtract_working_days(there, count).last, start);
        prop_assert_eq!(law.working_days_between(start, there), i64::from(count));
    }

    #[test]
    fn a_statutory_term_is_extended_as_the_law_reads(
        questions in prop::collection::vec((any_day(), any_length()), 40),
    ) {
        let law = Calendar::statutory();
        for (from, length) in questions {
            let from = inside(from).min(date(2190, 1, 1));
            let (span, extended, long) = match length {
                TermLength::Days(n) => (Span::new().days(n), n <= 90, n >= 3),
                TermLength::Weeks(n) => (Span::new().weeks(n), n <= 12, n >= 1),
                TermLength::Months(n) => (Span::new().months(n), n <= 3, n >= 1),
                TermLength::Years(n) => (Span::new().years(n), false, n >= 1),
            };
            let mut last = from.checked_add(span).unwrap();
            let open_days = |last: Date| law.working_days_between(from, last);
            while extended && (!law.is_working_day(last) || long && open_days(last) < 2) {
                last = step(last, 1);
            }
            prop_assert_eq!(law.statutory_term(from, length).last, last, "{} {:?}", from, length);
        }
    }

    #[test]
    fn any_date_and_count_is_answered(
        day in (Date::MIN.year()..=Date::MAX.year(), 1..=12_i8, 1..=28_i8),
        count in any::<u32>(),
    ) {
        let law = Calendar::statutory();
        let day = date(day.0, day.1, day.2);
        for length in [
            TermLength::Days(count),
            TermLength::Weeks(count),
            TermLength::Months(count),
            TermLength::Years(count),
        ] {
            let term = law.statutory_term(day, length);
            prop_assert!((FIRST_DAY..=LAST_DAY).contains(&term.last));
            let before = law.statutory_term_before(day, length);
            prop_assert!((FIRST_DAY..=LAST_DAY).contains(&before.last));
        }
        prop_assert!(law.due_date(day, count) >= FIRST_DAY);
        prop_assert!(law.subtract_working_days(day, count).last <= LAST_DAY);
        let _ = (law.day_off(day), law.days_off(day, LAST_DAY.min(day)));
    }
}
