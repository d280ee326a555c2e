//! Erlang's formula against published tables and by its properties, and the table of half hours.

use jiff::civil::{Weekday, date, time};
use jiff::{SignedDuration, Timestamp};
use norms::{Answer, Norms};
use proptest::prelude::*;

use super::{
    Advice, Cell, DAYS_MAX, Goal, Load, PEOPLE_MAX, SHRINKAGE_MAX, TooMuch, advice, needed,
    next_blocked, rostered, table, wait,
};

const HARLINGEN: &str = include_str!("../../../../norms/harlingen.toml");

fn seconds(seconds: i64) -> SignedDuration {
    SignedDuration::from_secs(seconds)
}

/// A load in Erlang, of calls of four minutes.
fn load(erlangs: f64) -> Load {
    Load::new(erlangs, seconds(240), seconds(240)).expect("a load")
}

fn blocked(erlangs: f64, lines: u32) -> f64 {
    (1..=lines).fold(1.0, |it, count| next_blocked(it, load(erlangs), count))
}

/// The table of Erlang B in Collins, Carrier Grade Voice over IP (second edition, appendix A): the
/// load that so many lines carry when this part is turned away, to a tenth.
#[test]
fn the_published_table_of_erlang_b_is_met() {
    let parts = [
        0.0001, 0.0005, 0.001, 0.002, 0.003, 0.004, 0.005, 0.006, 0.007, 0.008, 0.009, 0.01, 0.02,
        0.03, 0.04, 0.05,
    ];
    for (lines, carried) in [
        (4, [0.2, 0.4, 0.4, 0.5, 0.6, 0.7, 0.7, 0.7, 0.8, 0.8, 0.8, 0.9, 1.1, 1.3, 1.4, 1.5]),
        (5, [0.5, 0.6, 0.8, 0.9, 1.0, 1.1, 1.1, 1.2, 1.2, 1.3, 1.3, 1.4, 1.7, 1.9, 2.1, 2.2]),
        (6, [0.7, 1.0, 1.1, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.8, 1.9, 1.9, 2.3, 2.5, 2.8, 3.0]),
        (7, [1.1, 1.4, 1.6, 1.8, 1.9, 2.1, 2.2, 2.2, 2.3, 2.4, 2.4, 2.5, 2.9, 3.2, 3.5, 3.7]),
        (8, [1.4, 1.8, 2.1, 2.3, 2.5, 2.6, 2.7, 2.8, 2.9, 3.0, 3.1, 3.1, 3.6, 4.0, 4.3, 4.5]),
        (9, [1.8, 2.3, 2.6, 2.9, 3.1, 3.2, 3.3, 3.4, 3.5, 3.6, 3.7, 3.8, 4.3, 4.7, 5.1, 5.4]),
    ] {
        for (part, carried) in parts.iter().zip(carried) {
            let (less, more) = (blocked(carried - 0.051, lines), blocked(carried + 0.051, lines));
            assert!(less <= *part && *part <= more, "{lines} lines, {carried}: {less}..{more}");
        }
    }
    // The manual of the calculator at erlang.com: 15 lines carry 8.108 at one in a hundred.
    assert!((blocked(8.108, 15) - 0.01).abs() < 5e-6);
}

/// The worked example of Erlang C that Mitan publishes: 360 calls of four minutes in half an hour,
/// 55 people, 15 seconds.
#[test]
fn the_published_example_of_erlang_c_is_met() {
    let load = Load::new(360.0, seconds(1800), seconds(240)).expect("a load");
    assert!((load.erlangs() - 48.0).abs() < 1e-9);
    let waits = wait(load, 55).expect("enough people");
    assert!((waits.probability() - 0.239).abs() < 0.0005, "{waits:?}");
    assert!((waits.mean().as_secs_f64() - 8.2).abs() < 0.05, "{waits:?}");
    assert!((waits.within(seconds(15)) - 0.846).abs() < 0.0005, "{waits:?}");
}

/// The sum of the formula itself, reckoned elsewhere with sixty digits.
#[test]
fn the_formula_is_met_where_sums_overflow() {
    for (people, erlangs, turned_away, waits) in [
        (1, 0.5, 0.333_333, 0.5),
        (2, 1.0, 0.2, 0.333_333),
        (3, 2.0, 0.210_526, 0.444_444),
        (5, 3.0, 0.110_054, 0.236_152),
        (5, 4.0, 0.199_067, 0.554_113),
        (10, 5.0, 0.018_385, 0.036_105),
        (10, 8.0, 0.121_661, 0.409_180),
        (10, 9.0, 0.167_963, 0.668_732),
        (14, 10.0, 0.056_819, 0.174_132),
        (15, 10.0, 0.036_497, 0.102_042),
        (20, 15.0, 0.045_593, 0.160_429),
        (20, 18.0, 0.109_213, 0.550_769),
        (25, 20.0, 0.050_222, 0.209_103),
        (30, 25.0, 0.052_603, 0.249_893),
        (50, 40.0, 0.018_691, 0.086_953),
        (50, 45.0, 0.054_104, 0.363_864),
        (100, 90.0, 0.026_957, 0.216_940),
        (100, 95.0, 0.048_804, 0.506_457),
        (200, 190.0, 0.027_968, 0.365_264),
        (500, 480.0, 0.014_326, 0.266_513),
        (1000, 980.0, 0.013_831, 0.412_200),
    ] {
        let seen = blocked(erlangs, people);
        assert!((seen - turned_away).abs() < 1e-6, "{people} {erlangs}: {seen}");
        let seen = wait(load(erlangs), people).expect("enough people").probability();
        assert!((seen - waits).abs() < 1.5e-6, "{people} {erlangs}: {seen}");
    }
}

#[test]
fn a_queue_that_only_grows_has_no_wait() {
    assert_eq!(wait(load(5.0), 5), None);
    assert_eq!(wait(load(5.0), 0), None);
    assert!(wait(load(5.0), 6).is_some());
    assert_eq!(needed(load(1e6), Goal::Mean(seconds(60))), None, "more than {PEOPLE_MAX}");
    assert!(needed(load(4_900.0), Goal::Mean(seconds(60))).is_some());
    let nothing = Load::new(10.0, seconds(1800), SignedDuration::ZERO).expect("a load");
    let at_once = wait(nothing, 1).expect("enough people");
    assert_eq!((at_once.mean(), at_once.within(SignedDuration::ZERO)), (seconds(0), 1.0));
    assert_eq!(Load::new(1.0, seconds(0), seconds(1)), None);
    assert_eq!(Load::new(-1.0, seconds(1), seconds(1)), None);
    assert_eq!(Load::new(1.0, seconds(1), seconds(-1)), None);
    assert_eq!(Load::new(f64::NAN, seconds(1), seconds(1)), None);
}

#[test]
fn breaks_and_meetings_take_more_people() {
    assert_eq!(rostered(7, 0), Some(7));
    assert_eq!(rostered(7, 300), Some(10));
    assert_eq!(rostered(8, 300), Some(12), "rounded up");
    assert_eq!(rostered(0, 300), Some(0));
    assert_eq!(rostered(1, SHRINKAGE_MAX), Some(10));
    assert_eq!(rostered(1, SHRINKAGE_MAX + 1), None);
    assert_eq!(rostered(u32::MAX, 300), None);
}

proptest! {
    #[test]
    fn more_people_wait_less_and_more_work_waits_more(
        erlangs in 0.01_f64..400.0,
        more in 1.0_f64..1.2,
        spare in 1_u32..60,
        goal in prop_oneof![
            (1_i64..600).prop_map(|mean| Goal::Mean(seconds(mean))),
            (0_i64..600, 1_u32..1000).prop_map(|(within, share)| {
                Goal::Answer(Answer { within: seconds(within), share })
            }),
        ],
    ) {
        let people = (1_u32..).find(|it| f64::from(*it) > erlangs * more).unwrap_or(1) + spare;
        let now = wait(load(erlangs), people).expect("enough people");
        prop_assert!((0.0..=1.0).contains(&now.probability()));
        prop_assert!(now.probability() >= blocked(erlangs, people) - 1e-12);
        for better in [wait(load(erlangs), people + 1), wait(load(erlangs / more), people)] {
            let better = better.expect("enough people");
            prop_assert!(better.probability() <= now.probability());
            prop_assert!(better.mean() <= now.mean());
            prop_assert!(better.within(seconds(20)) >= now.within(seconds(20)));
        }
        prop_assert!(now.within(seconds(30)) >= now.within(seconds(20)));
        let fewest = needed(load(erlangs), goal).expect("no more than there can be");
        prop_assert!(wait(load(erlangs), fewest).is_some_and(|it| it.reaches(goal)));
        prop_assert!(!wait(load(erlangs), fewest - 1).is_some_and(|it| it.reaches(goal)));
        prop_assert!(needed(load(erlangs * more), goal) >= Some(fewest));
    }
}

fn harlingen() -> Norms {
    Norms::parse(HARLINGEN, "harlingen.toml").expect("the file is right")
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

#[test]
fn a_week_is_told_in_its_own_half_hours() {
    let norms = harlingen();
    let hours = &norms.phone.open;
    let four_weeks = (date(2026, 11, 2), date(2026, 11, 29));
    let calls = [
        (at("2026-11-02T07:30:00Z"), seconds(200)),
        (at("2026-11-09T07:59:59Z"), seconds(400)),
        (at("2026-11-09T08:00:00Z"), seconds(100)),
        (at("2026-11-06T11:30:00Z"), seconds(60)),
        (at("2026-10-30T08:00:00Z"), seconds(60)),
        (at("2026-11-02T07:29:59Z"), seconds(60)),
    ];
    let table = table(hours, four_weeks, &calls).expect("no more than is counted");
    assert_eq!(table.cells.len(), 4 * 16 + 8, "Friday is a morning");
    assert_eq!(table.outside, 2, "before it opens, and on Friday after half past twelve");
    let first = &table.cells[0];
    assert_eq!((first.weekday, first.from), (Weekday::Monday, time(8, 30, 0, 0)));
    assert_eq!((first.days, first.calls), (4, 2));
    assert_eq!(first.handling(), Some(seconds(300)));
    assert!((first.expected() - 0.5).abs() < 1e-9);
    assert!((first.load().expect("calls").erlangs() - 600.0 / 7200.0).abs() < 1e-9);
    assert_eq!(table.cells[1].calls, 1);
    let last = table.cells.last().expect("cells");
    assert_eq!((last.weekday, last.from), (Weekday::Friday, time(12, 0, 0, 0)));
    assert_eq!((last.needed(Goal::Mean(seconds(60))), last.wait(1)), (Some(1), None), "no calls");
}

#[test]
fn the_hours_of_a_closed_day_are_not_counted() {
    let norms = harlingen();
    // Christmas is on a Friday.
    let two_weeks = (date(2026, 12, 14), date(2026, 12, 27));
    let table = table(&norms.phone.open, two_weeks, &[]).expect("no more than is counted");
    let days = |weekday| table.cells.iter().find(|it| it.weekday == weekday).map(|it| it.days);
    assert_eq!((days(Weekday::Monday), days(Weekday::Friday)), (Some(2), Some(1)));
    assert_eq!(days(Weekday::Saturday), None);
}

#[test]
fn more_than_is_counted_is_refused() {
    let norms = harlingen();
    let days = |count: usize| {
        let last = date(2024, 1, 1).saturating_add(jiff::Span::new().days(count as i64 - 1));
        table(&norms.phone.open, (date(2024, 1, 1), last), &[]).map(|_| ())
    };
    assert_eq!(days(DAYS_MAX), Ok(()));
    assert_eq!(days(DAYS_MAX + 1), Err(TooMuch::Days));
}

fn busy(weekday: Weekday, hour: i8, minute: i8, calls: u64) -> Cell {
    Cell {
        weekday,
        from: time(hour, minute, 0, 0),
        days: 1,
        open: SignedDuration::from_mins(30),
        calls,
        handled: seconds(300) * i32::try_from(calls).expect("few"),
    }
}

#[test]
fn an_advice_says_where_two_more_do_the_most() {
    let monday = [(8, 30, 6), (9, 0, 24), (9, 30, 30), (10, 0, 30), (10, 30, 24), (11, 0, 6)];
    let mut cells: Vec<Cell> =
        monday.map(|(hour, minute, calls)| busy(Weekday::Monday, hour, minute, calls)).to_vec();
    cells
        .extend([(8, 30), (9, 0), (9, 30), (10, 0)].map(|(h, m)| busy(Weekday::Tuesday, h, m, 12)));
    let given = advice(&cells, |_| 5, seconds(60)).expect("too few on Monday");
    assert_eq!(given.before, None, "five people can not do the work of five");
    assert_eq!((given.weekday, given.more), (Weekday::Monday, 2));
    assert_eq!((given.from, given.until), (time(9, 0, 0, 0), time(11, 0, 0, 0)));
    assert!(given.after < seconds(60), "{given:?}");
    let with = |more: u32| advice(&cells, |_| 5 + more, seconds(60));
    assert!(with(1).is_some_and(|it: Advice| it.more == 1 && it.before > Some(seconds(60))));
    assert_eq!(with(2), None, "then nobody waits too long");
    assert_eq!(advice(&[], |_| 1, seconds(60)), None);
    assert_eq!(advice(&cells[..3], |_| 0, seconds(60)), None, "less than a stretch");
    assert!(advice(&cells[..4], |_| 0, seconds(60)).is_some(), "nobody is there yet");
}
