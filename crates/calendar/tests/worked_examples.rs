//! The worked examples of the norms, as tables: received on → due by.

use calendar::{Calendar, NormDays, TermLength};
use jiff::civil::Date;

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
