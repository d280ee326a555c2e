//! The worked examples of the norms, as tables: received on → due by.

use calendar::{Calendar, Closure, DayOff, Holiday, NormDays, TermLength};
use jiff::civil::Date;
use jiff::tz::TimeZone;

fn day(text: &str) -> Date {
    text.parse().expect("a date of the table")
}

/// Rows of `received → due`, with anything after the dates left to the reader.
fn rows(table: &str) -> impl Iterator<Item = (Date, Date)> {
    table.lines().filter(|line| !line.trim().is_empty()).map(|line| {
        let mut dates = line.split_whitespace().filter(|word| word.len() == 10);
        let mut next = || day(dates.next().expect("two dates in a row"));
        (next(), next())
    })
}

#[test]
fn two_working_days_on_the_norm_calendar() {
    let norm = Calendar::norm(&NormDays::default()).unwrap();
    let table = "
        Fri 2026-04-24 → Wed 2026-04-29   King's Day
        Wed 2026-05-13 → Mon 2026-05-18   Ascension; the decree day after it is a working day
        Thu 2026-04-02 → Tue 2026-04-07   Good Friday is a working day, Easter Monday is not
        Thu 2026-12-24 → Tue 2026-12-29   Christmas
        Tue 2027-05-04 → Mon 2027-05-10   Liberation Day and Ascension
        Wed 2025-12-31 → Mon 2026-01-05   New Year
        Sat 2026-06-13 → Tue 2026-06-16   received on a Saturday";
    for (received, due) in rows(table) {
        assert_eq!(norm.due_date(received, 2), due, "received {received}");
        assert_eq!(norm.add_working_days(received, 2).last, due, "received {received}");
    }
}

#[test]
fn six_weeks_by_law() {
    let law = Calendar::statutory();
    let table = "
        Fri 2026-04-03 → Mon 2026-05-18
        Fri 2026-02-20 → Tue 2026-04-07
        Fri 2026-11-13 → Mon 2026-12-28";
    for (received, due) in rows(table) {
        let term = law.statutory_term(received, TermLength::Weeks(6));
        assert_eq!(term.last, due, "received {received}");
    }
}

#[test]
fn what_the_law_does_and_does_not_extend() {
    let law = Calendar::statutory();
    use TermLength::{Days, Months, Weeks, Years};
    let table = [
        ("2026-06-11", Days(2), "2026-06-15", "ends on a Saturday: Monday"),
        ("2026-06-12", Days(1), "2026-06-15", "under three days: article 1 only"),
        ("2026-06-12", Days(3), "2026-06-16", "Monday is the only open day in it: one more"),
        ("2026-06-11", Days(3), "2026-06-15", "Friday and Monday are two open days"),
        ("2026-12-24", Days(4), "2026-12-29", "Christmas leaves Monday alone: one more"),
        ("2026-01-31", Days(90), "2026-05-01", "ends on a Friday"),
        ("2026-02-01", Days(90), "2026-05-04", "90 days are extended"),
        ("2026-01-31", Days(91), "2026-05-02", "91 days are not"),
        ("2026-03-14", Weeks(12), "2026-06-08", "12 weeks are extended"),
        ("2026-03-14", Weeks(13), "2026-06-13", "13 weeks are not"),
        ("2026-03-13", Months(3), "2026-06-15", "three months are extended"),
        ("2026-02-13", Months(4), "2026-06-13", "four months are not"),
        ("2025-06-13", Years(1), "2026-06-13", "a year is not"),
        ("2027-01-31", Months(1), "2027-03-01", "the last of February, a Sunday: Monday"),
        ("2026-05-06", Weeks(1), "2026-05-13", "ends the day before Ascension"),
        ("2026-05-07", Weeks(1), "2026-05-18", "Ascension, the decree day, the weekend"),
    ];
    for (from, length, last, what) in table {
        assert_eq!(law.statutory_term(day(from), length).last, day(last), "{what}");
    }
}

#[test]
fn an_extension_names_the_days_that_moved_it() {
    let law = Calendar::statutory();
    let term = law.statutory_term(day("2026-05-07"), TermLength::Weeks(1));
    let why: Vec<DayOff> = term.skipped.iter().map(|skipped| skipped.why).collect();
    let ascension = DayOff::Holiday(Holiday::Ascension);
    assert_eq!(why, [ascension, DayOff::Decree, DayOff::Saturday, DayOff::Sunday]);
    let json = serde_json::to_string(&term.skipped[..2]).unwrap();
    let expected = r#"[{"date":"2026-05-14","why":{"holiday":"ascension"}},"#.to_owned()
        + r#"{"date":"2026-05-15","why":"decree"}]"#;
    assert_eq!(json, expected);
}

#[test]
fn a_term_ends_at_midnight_on_both_clock_changes() {
    let zone = TimeZone::get("Europe/Amsterdam").unwrap();
    let law = Calendar::statutory();
    let table = [
        ("2026-03-28", "2026-03-28T23:00:00Z", "winter"),
        ("2026-03-29", "2026-03-29T22:00:00Z", "the day summer time begins"),
        ("2026-10-24", "2026-10-24T22:00:00Z", "summer"),
        ("2026-10-25", "2026-10-25T23:00:00Z", "the day summer time ends"),
    ];
    for (last, end, what) in table {
        assert_eq!(law.add_days(day(last), 0).end(&zone).to_string(), end, "{what}");
    }
}

#[test]
fn a_closure_moves_a_promise_and_an_early_closing_does_not() {
    let closed = |closes_at| Closure {
        from: day("2026-04-28"),
        to: day("2026-04-28"),
        closes_at,
        why: "team day".into(),
    };
    let norm = |closure| {
        let days = NormDays { closures: vec![closure], ..NormDays::default() };
        Calendar::norm(&days).expect("sound closures")
    };
    let moved = norm(closed(None)).add_working_days(day("2026-04-24"), 2);
    assert_eq!(moved.last, day("2026-04-30"));
    assert_eq!(moved.skipped[3].why, DayOff::Closure(0));
    let noon = jiff::civil::time(12, 0, 0, 0);
    assert_eq!(norm(closed(Some(noon))).due_date(day("2026-04-24"), 2), day("2026-04-29"));
}
