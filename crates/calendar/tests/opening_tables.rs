//! Opening hours by example: the counter and the telephone of a small town, read as a table.

use calendar::{
    Calendar, CalendarError, Closure, DayOff, Exception, Holiday, Interval, NormDays, OddDay,
    Oddity, OpeningHours, Season, Week,
};
use jiff::civil::{Date, Time, date, time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, civil::DateTime};

fn zone() -> TimeZone {
    TimeZone::get("Europe/Amsterdam").expect("sound test data")
}

/// `"8:30-12:30 13:30-16:30"` as intervals.
fn open(text: &str) -> Vec<Interval> {
    let time = |text: &str| -> Time { format!("{text:0>5}").parse().expect("sound test data") };
    let intervals =
        text.split_whitespace().map(|part| part.split_once('-').expect("sound test data"));
    intervals.map(|(from, to)| Interval { from: time(from), to: time(to) }).collect()
}

fn counter_week() -> Week {
    Week {
        monday: open("8:30-12:30"),
        tuesday: open("8:30-12:30 13:30-16:30"),
        wednesday: open("8:30-12:30 13:30-16:30"),
        thursday: open("8:30-12:30 13:30-19:00"),
        friday: open("8:30-12:30"),
        ..Week::default()
    }
}

fn one_day(day: Date, closes_at: Option<Time>) -> Closure {
    Closure { from: day, to: day, closes_at, why: "closed".into() }
}

/// The counter, with a summer week, a late Saturday and Christmas Eve until noon.
fn counter() -> OpeningHours {
    let closures =
        vec![one_day(date(2026, 12, 24), Some(time(12, 0, 0, 0))), one_day(date(2026, 9, 4), None)];
    let norm =
        Calendar::norm(&NormDays { closures, ..NormDays::default() }).expect("sound test data");
    let summer = Season {
        from: date(2026, 7, 20),
        to: date(2026, 8, 14),
        week: Week { tuesday: open("8:30-12:30"), ..counter_week() },
        why: "summer".into(),
    };
    let fair =
        Exception { date: date(2026, 6, 20), open: open("10:00-14:00"), why: "open day".into() };
    OpeningHours::new(counter_week(), vec![summer], vec![fair], norm, zone())
        .expect("sound test data")
}

fn at(text: &str) -> Timestamp {
    let local: DateTime = text.parse().expect("sound test data");
    local.to_zoned(zone()).expect("sound test data").timestamp()
}

fn shown(moment: Timestamp) -> String {
    moment.to_zoned(zone()).strftime("%a %Y-%m-%dT%H:%M").to_string()
}

#[test]
fn the_hours_of_a_date() {
    let counter = counter();
    let table = [
        (date(2026, 6, 9), "8:30-12:30 13:30-16:30", "an ordinary Tuesday"),
        (date(2026, 6, 11), "8:30-12:30 13:30-19:00", "an ordinary Thursday"),
        (date(2026, 7, 21), "8:30-12:30", "a Tuesday in the summer"),
        (date(2026, 8, 14), "8:30-12:30", "the last day of the summer"),
        (date(2026, 6, 20), "10:00-14:00", "a Saturday with an open day"),
        (date(2026, 6, 27), "", "an ordinary Saturday"),
        (date(2026, 4, 27), "", "King's Day"),
        (date(2026, 12, 24), "8:30-12:00", "Christmas Eve closes at noon"),
        (date(2026, 9, 4), "", "the municipality is closed"),
        (date(2201, 1, 5), "", "outside the tables"),
    ];
    for (day, hours, what) in table {
        assert_eq!(counter.intervals(day), open(hours), "{day}: {what}");
    }
}

#[test]
fn the_next_moment_open() {
    let counter = counter();
    let table = [
        ("2026-06-09T09:00", "Tue 2026-06-09T08:30", "Tue 2026-06-09T12:30", "open now"),
        ("2026-06-09T12:30", "Tue 2026-06-09T13:30", "Tue 2026-06-09T16:30", "the lunch break"),
        ("2026-06-11T19:00", "Fri 2026-06-12T08:30", "Fri 2026-06-12T12:30", "after closing"),
        ("2026-06-19T13:00", "Sat 2026-06-20T10:00", "Sat 2026-06-20T14:00", "the open day"),
        ("2026-12-24T12:00", "Mon 2026-12-28T08:30", "Mon 2026-12-28T12:30", "Christmas"),
        ("2026-04-24T12:30", "Tue 2026-04-28T08:30", "Tue 2026-04-28T12:30", "King's Day"),
    ];
    for (asked, from, to, what) in table {
        let next = counter.next_opening(at(asked)).unwrap();
        assert_eq!((shown(next.from).as_str(), shown(next.to).as_str()), (from, to), "{what}");
        assert_eq!(counter.is_open(at(asked)), next.from <= at(asked), "{what}");
    }
}

#[test]
fn working_hours_from_a_moment() {
    let counter = counter();
    let table = [
        ("2026-06-09T09:00", 60, "Tue 2026-06-09T10:00", "inside one opening"),
        ("2026-06-09T12:00", 60, "Tue 2026-06-09T14:00", "across the lunch break"),
        ("2026-06-09T12:00", 30, "Tue 2026-06-09T12:30", "up at closing, not after lunch"),
        ("2026-06-11T18:30", 60, "Fri 2026-06-12T09:00", "across the night"),
        ("2026-04-24T12:00", 60, "Tue 2026-04-28T09:00", "across King's Day"),
        ("2026-12-24T11:30", 60, "Mon 2026-12-28T09:00", "Christmas Eve ends at noon"),
        ("2026-06-13T11:00", 0, "Mon 2026-06-15T08:30", "no time: the next opening"),
        ("2026-06-15T09:00", -60, "Fri 2026-06-12T12:00", "back across the weekend"),
        ("2026-06-09T14:00", -30, "Tue 2026-06-09T13:30", "back to the start of an opening"),
        ("2026-03-27T12:00", 60, "Mon 2026-03-30T09:00", "summer time begins in between"),
        ("2026-10-23T12:00", 60, "Mon 2026-10-26T09:00", "summer time ends in between"),
    ];
    for (from, minutes, due, what) in table {
        let due_at = counter.due_moment(at(from), SignedDuration::from_mins(minutes));
        assert_eq!(shown(due_at), due, "{what}");
    }
}

#[test]
fn the_reasons_of_working_hours() {
    let counter = counter();
    let due = counter.add_working_time(at("2026-04-24T12:00"), SignedDuration::from_hours(1));
    let odd = |day, why| OddDay { date: date(2026, 4, day), why: Oddity::DayOff(why) };
    assert_eq!(
        due.odd_days,
        [
            odd(25, DayOff::Saturday),
            odd(26, DayOff::Sunday),
            odd(27, DayOff::Holiday(Holiday::KingsDay)),
        ]
    );
    let due = counter.add_working_time(at("2026-12-24T11:30"), SignedDuration::from_hours(1));
    assert_eq!(due.odd_days[0].why, Oddity::ClosesEarly(0));
    assert_eq!(due.odd_days.len(), 4);
}

/// A line that is always open, on days off too: exceptions open the two Sundays.
fn night_and_day() -> OpeningHours {
    let whole = open("00:00-00:00");
    let sundays = [date(2026, 3, 29), date(2026, 10, 25)];
    let exceptions = sundays.map(|date| Exception { date, open: whole.clone(), why: "".into() });
    let norm = Calendar::norm(&NormDays::default()).expect("sound test data");
    OpeningHours::new(Week::default(), vec![], exceptions.to_vec(), norm, zone())
        .expect("sound test data")
}

#[test]
fn a_day_on_which_the_clocks_change_lasts_as_long_as_it_lasts() {
    let line = night_and_day();
    let spent = |from, to| line.working_time_between(at(from), at(to));
    let hours = SignedDuration::from_hours;
    assert_eq!(spent("2026-03-29T00:00", "2026-03-30T00:00"), hours(23));
    assert_eq!(spent("2026-10-25T00:00", "2026-10-26T00:00"), hours(25));
    assert_eq!(shown(line.due_moment(at("2026-03-29T01:00"), hours(2))), "Sun 2026-03-29T04:00");
    assert_eq!(shown(line.due_moment(at("2026-10-25T01:00"), hours(4))), "Sun 2026-10-25T04:00");
}

#[test]
fn an_opening_in_the_skipped_hour_is_no_opening() {
    let day = date(2026, 3, 29);
    let hours_with = |text| {
        let exception = Exception { date: day, open: open(text), why: "".into() };
        let norm = Calendar::norm(&NormDays::default()).unwrap();
        OpeningHours::new(Week::default(), vec![], vec![exception], norm, zone()).unwrap()
    };
    assert!(hours_with("02:00-03:00").openings(day).is_empty());
    // Two openings that meet in the skipped hour do not overlap as moments.
    let openings = hours_with("01:00-02:30 02:45-04:00").openings(day);
    assert_eq!(openings.len(), 2);
    assert_eq!(openings[0].to, openings[1].from);
    assert_eq!(openings[1].to.duration_since(openings[0].from), SignedDuration::from_hours(2));
}

#[test]
fn a_closing_time_that_comes_twice_is_the_first() {
    let day = date(2026, 10, 25);
    let exception = Exception { date: day, open: open("01:00-02:30 02:30-04:00"), why: "".into() };
    let norm = Calendar::norm(&NormDays::default()).unwrap();
    let hours = OpeningHours::new(Week::default(), vec![], vec![exception], norm, zone()).unwrap();
    let openings = hours.openings(day);
    let minutes = |index: usize| {
        let open = openings[index];
        open.to.duration_since(open.from).as_mins()
    };
    assert_eq!((minutes(0), minutes(1)), (90, 150));
}

#[test]
fn what_cannot_be_is_refused() {
    let norm = Calendar::norm(&NormDays::default()).unwrap();
    let build = |monday: &str, seasons: Vec<Season>, exceptions: Vec<Exception>| {
        let week = Week { monday: open(monday), ..Week::default() };
        OpeningHours::new(week, seasons, exceptions, norm.clone(), zone()).unwrap_err().to_string()
    };
    let season = |from, to| Season { from, to, week: Week::default(), why: "".into() };
    let (may, june) = (date(2026, 5, 1), date(2026, 6, 1));
    let closed = Exception { date: may, open: vec![], why: "".into() };
    let said = [
        build("12:30-08:30", vec![], vec![]),
        build("08:30-12:30 12:00-16:00", vec![], vec![]),
        build("08:30-00:00 13:00-14:00", vec![], vec![]),
        build("", vec![season(june, may)], vec![]),
        build("", vec![season(may, june), season(june, june)], vec![]),
        build("", vec![], vec![closed.clone(), closed]),
        build("", vec![season(date(1899, 12, 31), may)], vec![]),
    ];
    let expected = [
        "opening from 12:30:00 to 08:30:00 is empty or runs backwards",
        "the opening that starts at 12:00:00 begins before the one above it has ended",
        "the opening that starts at 13:00:00 begins before the one above it has ended",
        "the days from 2026-06-01 to 2026-05-01 run backwards",
        "two seasons both hold 2026-06-01",
        "2026-05-01 has more than one exception",
        "1899-12-31 lies outside 1900-01-01 to 2200-12-31",
    ];
    assert_eq!(said, expected);
    let backwards = Closure { from: june, to: may, closes_at: None, why: "".into() };
    let days = NormDays { closures: vec![backwards], ..NormDays::default() };
    let refused = Calendar::norm(&days).unwrap_err();
    assert_eq!(refused, CalendarError::RangeBackwards { from: june, to: may });
}

#[test]
fn hours_that_never_open_answer_all_the_same() {
    let norm = Calendar::norm(&NormDays::default()).unwrap();
    let never = OpeningHours::new(Week::default(), vec![], vec![], norm, zone()).unwrap();
    let now = at("2026-06-09T09:00");
    assert_eq!(never.next_opening(now), None);
    let end_of_tables = at("2201-01-01T00:00");
    assert_eq!(never.due_moment(now, SignedDuration::from_hours(1)), end_of_tables);
    let start_of_tables = at("1900-01-01T00:00");
    assert_eq!(never.due_moment(now, SignedDuration::from_hours(-1)), start_of_tables);
    for moment in [Timestamp::MIN, Timestamp::MAX] {
        for time in [SignedDuration::MIN, SignedDuration::ZERO, SignedDuration::MAX] {
            assert!(!never.is_open(moment));
            let _ = counter().add_working_time(moment, time);
        }
        let _ = counter().next_opening(moment);
    }
}
