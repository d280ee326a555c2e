//! The day of a desk, figures of visits, and what would change with other desks.

use calendar::Interval;
use jiff::civil::{Date, Weekday, date, time};
use jiff::{SignedDuration, Timestamp};
use norms::Norms;
use promises::counter::{Block, Slot, Tick};
use promises::figures::{Course, Ended, Figures, median};
use promises::outlook::{Change, changed, outlook, weekly};
use promises::plan::{Use, day_of, open_minutes};
use proptest::prelude::*;

use crate::harlingen;

const WEDNESDAY: Date = date(2026, 11, 25);

fn at(norms: &Norms, day: Date, hour: i8, minute: i8) -> Timestamp {
    let there = day.at(hour, minute, 0, 0).to_zoned(norms.municipality.zone.clone());
    there.expect("in range").timestamp()
}

fn slot(from: Timestamp, minutes: i64, desk: &str) -> Slot {
    let to = from + SignedDuration::from_mins(minutes);
    Slot { from, to, until: to, desk: desk.to_owned() }
}

fn course(from: Timestamp, waited: Option<i64>, ended: Ended) -> Course {
    Course {
        products: vec!["paspoort".to_owned()],
        slot: slot(from, 15, "1"),
        made_at: from - SignedDuration::from_hours(30),
        walked_in: false,
        moved: 0,
        arrived_at: waited.map(|_| from - SignedDuration::from_mins(5)),
        called_at: waited.map(|minutes| from + SignedDuration::from_mins(minutes)),
        ended,
    }
}

#[test]
fn a_day_of_a_desk_is_free_taken_and_closed() {
    let norms = harlingen();
    let at = |hour, minute| at(&norms, WEDNESDAY, hour, minute);
    let visits = [slot(at(9, 0), 15, "1"), slot(at(9, 15), 10, "2"), slot(at(12, 20), 30, "1")];
    let block = Block { desk: None, from: at(10, 2), to: at(11, 0) };
    let day = day_of(&norms, "1", WEDNESDAY, std::slice::from_ref(&block), &visits);
    let said: Vec<_> = day
        .iter()
        .map(|it| {
            let zone = &norms.municipality.zone;
            let clock = |at| zone.to_datetime(at).strftime("%H:%M").to_string();
            format!("{}-{} {:?}", clock(it.from), clock(it.to), it.what)
        })
        .collect();
    assert_eq!(
        said,
        [
            "08:30-09:00 Free",
            "09:00-09:15 Taken(0)",
            "09:15-10:00 Free",
            "10:00-11:00 Closed",
            "11:00-12:20 Free",
            // It runs over the end of the opening, and is shown nevertheless.
            "12:20-12:50 Taken(2)",
            "13:30-16:30 Free",
        ]
    );
    assert_eq!(open_minutes(&norms, "1", WEDNESDAY, &[block]), 6 * 60);
    assert_eq!(open_minutes(&norms, "9", WEDNESDAY, &[]), 0);
    assert!(day_of(&norms, "1", date(2026, 12, 25), &[], &[]).is_empty());
}

#[test]
fn figures_say_how_long_residents_waited() {
    let norms = harlingen();
    let from = at(&norms, WEDNESDAY, 9, 0);
    let mut courses: Vec<Course> =
        [0, 2, 4, 15, 16].map(|it| course(from, Some(it), Ended::Served)).to_vec();
    courses.push(course(from, None, Ended::Missed));
    courses.push(course(from, None, Ended::Cancelled));
    courses[0].moved = 2;
    // Who came late waited since then; who was called too soon did not wait.
    courses[4].arrived_at = Some(from + SignedDuration::from_mins(14));
    courses.push(course(from, Some(-3), Ended::Served));
    let mut walked_in = course(from, Some(40), Ended::Served);
    (walked_in.walked_in, walked_in.made_at) = (true, from);
    courses.push(walked_in);
    let all = Figures::of(&norms, &courses, 240);
    assert_eq!((all.visits, all.served, all.missed, all.cancelled), (9, 7, 1, 1));
    assert_eq!(all.walked_in, [1, 0]);
    assert_eq!(all.waited(50), Some(SignedDuration::from_mins(2)));
    assert_eq!(all.waited(90), Some(SignedDuration::from_mins(15)));
    assert_eq!((all.on_time(4).part, all.on_time(4).whole), (5, 6));
    assert_eq!(all.no_show().per_mille(), Some(125));
    assert_eq!((all.was_moved().part, all.called_off().part), (1, 1));
    assert_eq!((all.in_use().part, all.in_use().whole), (120, 240));
    let none = Figures::of(&norms, [], 0);
    assert_eq!((none.waited(50), none.on_time(15).per_mille()), (None, None));
    assert_eq!(
        [median(&mut []), median(&mut [7, 1, 3]), median(&mut [4, 2])],
        [None, Some(3), Some(2)]
    );
}

#[test]
fn a_desk_more_on_an_evening_brings_the_first_free_time_nearer() {
    let norms = harlingen();
    let now = at(&norms, WEDNESDAY, 9, 0);
    // All desks are taken until Monday.
    let monday = date(2026, 11, 30);
    let mut visits = Vec::new();
    for day in [WEDNESDAY, date(2026, 11, 26), date(2026, 11, 27)] {
        for desk in ["1", "2", "3"] {
            for opening in norms.counter.open.openings(day) {
                let minutes = opening.to.duration_since(opening.from).as_mins();
                visits.push((vec!["paspoort".to_owned()], slot(opening.from, minutes, desk)));
            }
        }
    }
    let ask = |change: &Change| {
        let (other, blocks) = changed(&norms, &[], change).expect("times of a day");
        outlook(|_| &other, now, (WEDNESDAY, monday), &blocks, &visits)
    };
    let before = outlook(|_| &norms, now, (WEDNESDAY, monday), &[], &visits);
    let passport = |it: &promises::outlook::Outlook| it.first_free[0].at;
    assert_eq!(passport(&before), Some((at(&norms, monday, 8, 30), 3)));
    // Beyond the hours of the counter, on Thursday evening.
    let mut more = Change {
        closes: None,
        products: vec!["paspoort".to_owned()],
        times: Interval { from: time(19, 30, 0, 0), to: time(21, 0, 0, 0) },
        days: weekly(WEDNESDAY, Weekday::Thursday, 1),
    };
    let after = ask(&more);
    assert_eq!(passport(&after), Some((at(&norms, date(2026, 11, 26), 19, 30), 1)));
    assert_eq!(after.first_free[2], before.first_free[2], "it is for passports only");
    assert_eq!(after.in_use.whole, before.in_use.whole + 90);
    assert_eq!((after.in_use.part, after.unfit), (before.in_use.part, 0));
    // Desk 1 less on Monday morning: later at that desk, and nothing that was agreed on is lost.
    more.closes = Some("1".to_owned());
    more.times = Interval { from: time(8, 0, 0, 0), to: time(13, 0, 0, 0) };
    more.days = weekly(WEDNESDAY, Weekday::Monday, 1);
    let after = ask(&more);
    assert_eq!(after.in_use.whole, before.in_use.whole - 240);
    assert_eq!(passport(&after), passport(&before), "desk 2 is there too");
    assert_eq!(after.first_free[5].at.expect("desk 1 on Tuesday").1, 4);
    more.days = weekly(WEDNESDAY, Weekday::Thursday, 1);
    assert_eq!(ask(&more).unfit, 1);
}

proptest! {
    /// The stretches of a day come in order, do not overlap, hold every visit, and are free for as
    /// many minutes as the desk is open without what is taken.
    #[test]
    fn a_day_is_told_without_gaps(
        day in crate::counter::days(),
        starts in prop::collection::btree_set(0_i64..100, 0..8),
        block in prop::option::of((0_i64..700, 1_i64..300)),
    ) {
        let norms = harlingen();
        let start = Tick::from(at(&norms, day, 8, 30)).0;
        let visits: Vec<Slot> =
            starts.iter().map(|tick| slot(Tick(start + tick).begins(), 5, "1")).collect();
        let from = |minutes: i64| Tick(start).begins() + SignedDuration::from_mins(minutes);
        let blocks: Vec<Block> = block
            .map(|(after, minutes)| {
                let (from, to) = (from(after), from(after + minutes));
                Block { desk: None, from, to }
            })
            .into_iter()
            .collect();
        let told = day_of(&norms, "1", day, &blocks, &visits);
        prop_assert!(told.windows(2).all(|pair| pair[0].to <= pair[1].from));
        prop_assert!(told.iter().all(|it| it.from < it.to));
        for (place, visit) in visits.iter().enumerate() {
            let found = told.iter().find(|it| it.what == Use::Taken(place)).expect("is told");
            prop_assert_eq!((found.from, found.to), (visit.from, visit.until));
        }
        let minutes = |what: fn(&Use) -> bool| -> i64 {
            let some = told.iter().filter(|it| what(&it.what));
            some.map(|it| it.to.duration_since(it.from).as_mins()).sum()
        };
        let free = minutes(|what| *what == Use::Free);
        prop_assert!(free <= open_minutes(&norms, "1", day, &blocks));
        let taken = minutes(|what| matches!(what, Use::Taken(_)));
        prop_assert!(open_minutes(&norms, "1", day, &blocks) <= free + taken);
    }

    /// A desk more never makes a first free time later, and a desk less never makes one sooner.
    #[test]
    fn more_is_never_later_and_less_never_sooner(
        weekday in 1_i8..=7,
        hour in 7_i8..20,
        length in 1_i8..4,
        desk in prop::sample::select(vec!["1", "2", "3"]),
        busy in prop::collection::vec((0_i64..5, 0_i64..40), 0..30),
    ) {
        let norms = harlingen();
        let now = at(&norms, WEDNESDAY, 9, 0);
        let mut visits = Vec::new();
        for (day, step) in busy {
            let day = WEDNESDAY.saturating_add(jiff::Span::new().days(day));
            let from = at(&norms, day, 8, 30) + SignedDuration::from_mins(10 * step);
            visits.push((vec!["afhalen".to_owned()], slot(from, 10, "1")));
        }
        let weekday = Weekday::from_monday_one_offset(weekday).expect("a weekday");
        let mut change = Change {
            closes: None,
            products: Vec::new(),
            times: Interval { from: time(hour, 0, 0, 0), to: time(hour + length, 0, 0, 0) },
            days: weekly(WEDNESDAY, weekday, 2),
        };
        let span = (WEDNESDAY, date(2026, 12, 9));
        let ask = |change: &Change| {
            let (norms, blocks) = changed(&norms, &[], change).expect("times of a day");
            outlook(|_| &norms, now, span, &blocks, &visits)
        };
        let before = outlook(|_| &norms, now, span, &[], &visits);
        let more = ask(&change);
        change.closes = Some(desk.to_owned());
        let less = ask(&change);
        for (place, first) in before.first_free.iter().enumerate() {
            let when = |it: &promises::outlook::Outlook| {
                it.first_free[place].at.map_or(Timestamp::MAX, |it| it.0)
            };
            let first = first.at.map_or(Timestamp::MAX, |it| it.0);
            prop_assert!(when(&more) <= first && first <= when(&less));
        }
        prop_assert!(less.in_use.whole <= before.in_use.whole);
        prop_assert!(before.in_use.whole <= more.in_use.whole);
        prop_assert_eq!(less.in_use.part, before.in_use.part);
    }
}
