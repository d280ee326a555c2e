//! By when: the worked examples of the norms, and the edges of days and clocks.

use jiff::civil::DateTime;
use norms::{Limit, Norms};

use crate::{HARLINGEN, harlingen};

/// `received  limit → the last day in time, the first instant too late, the days skipped`.
const EXAMPLES: &str = "
Fri 2026-04-24 15:00  2 working days → Wed 2026-04-29 skipped Sat 25, Sun 26, Mon 27
Wed 2026-05-13 16:00  2 working days → Mon 2026-05-18 skipped Thu 14, Sat 16, Sun 17
Thu 2026-04-02 09:00  2 working days → Tue 2026-04-07 skipped Sat 04, Sun 05, Mon 06
Thu 2026-12-24 11:00  2 working days → Tue 2026-12-29 skipped Fri 25, Sat 26, Sun 27
Tue 2027-05-04 10:00  2 working days → Mon 2027-05-10 skipped Wed 05, Thu 06, Sat 08, Sun 09
Wed 2025-12-31 23:59  2 working days → Mon 2026-01-05 skipped Thu 01, Sat 03, Sun 04
Sat 2026-11-21 12:00  2 working days → Tue 2026-11-24 skipped Sun 22
Sun 2026-11-22 00:00  2 working days → Tue 2026-11-24
Fri 2026-11-20 23:59  2 working days → Tue 2026-11-24 skipped Sat 21, Sun 22
Mon 2026-11-23 09:00  1 working day → Tue 2026-11-24
Fri 2026-04-03 09:00  6 weeks by law → Mon 2026-05-18 skipped Fri 15, Sat 16, Sun 17
Fri 2026-02-20 09:00  6 weeks by law → Tue 2026-04-07 skipped Fri 03, Sat 04, Sun 05, Mon 06
Fri 2026-11-13 09:00  6 weeks by law → Mon 2026-12-28 skipped Fri 25, Sat 26, Sun 27
Mon 2026-11-23 09:00  6 weeks by law → Mon 2027-01-04
Fri 2026-11-27 09:00  30 days → Sun 2026-12-27
Sat 2026-10-24 23:59  2 working days → Tue 2026-10-27 skipped Sun 25
Mon 2026-11-23 09:00  as soon as possible → never
Mon 2026-11-23 09:00  at once → Mon 2026-11-23 09:01
Sun 2026-03-29 01:59  5 minutes → Sun 2026-03-29 03:04
Sun 2026-10-25 01:30  4 hours → Sun 2026-10-25 04:30
";

#[test]
fn worked_examples() {
    let norms = harlingen();
    let computed: Vec<String> = EXAMPLES
        .trim()
        .lines()
        .map(|line| {
            let (given, _) = line.split_once(" → ").expect("given → due");
            format!("{given} → {}", due(&norms, given))
        })
        .collect();
    assert_eq!(computed.join("\n"), EXAMPLES.trim());
}

fn due(norms: &Norms, given: &str) -> String {
    let (received, limit) = given.split_once("  ").expect("received  limit");
    let received = DateTime::strptime("%a %Y-%m-%d %H:%M", received).expect("a moment");
    let zone = norms.municipality.zone.clone();
    let start = received.to_zoned(zone.clone()).expect("in range").timestamp();
    let due = norms.due_within(limit.parse::<Limit>().expect("a limit"), "phone", start);
    let Some(at) = due.at else { return "never".to_owned() };
    let at = at.to_zoned(zone);
    let Some(on) = due.on else { return at.strftime("%a %Y-%m-%d %H:%M").to_string() };
    let first_too_late = on.tomorrow().expect("in range").at(0, 0, 0, 0);
    assert_eq!(at.datetime(), first_too_late, "a term in days ends with its last day");
    let skipped: Vec<String> =
        due.skipped.iter().map(|day| day.date.strftime("%a %d").to_string()).collect();
    let on = on.strftime("%a %Y-%m-%d");
    if skipped.is_empty() {
        return on.to_string();
    }
    format!("{on} skipped {}", skipped.join(", "))
}

/// What a municipality closes itself moves its own promises, and no term set by law.
#[test]
fn a_closure_moves_the_promise_but_not_the_law() {
    let closed = HARLINGEN.replace(
        "closures = []",
        "closures = [{ from = 2026-12-28, to = 2026-12-29, why = \"tussen de feestdagen\" }]",
    );
    let norms = Norms::parse(&closed, "closed.toml").expect("a closure of two days");
    let received = "Thu 2026-12-24 11:00";
    assert_eq!(
        due(&norms, &format!("{received}  2 working days")),
        "Thu 2026-12-31 skipped Fri 25, Sat 26, Sun 27, Mon 28, Tue 29"
    );
    assert_eq!(
        due(&norms, "Fri 2026-11-13 09:00  6 weeks by law"),
        "Mon 2026-12-28 skipped Fri 25, Sat 26, Sun 27"
    );
}

#[test]
fn good_friday_and_decree_days_are_as_the_file_says() {
    let off = HARLINGEN
        .replace("good-friday = \"working day\"", "good-friday = \"day off\"")
        .replace("decree-days = \"working day\"", "decree-days = \"day off\"");
    let norms = Norms::parse(&off, "off.toml").expect("days off");
    assert_eq!(
        due(&norms, "Thu 2026-04-02 09:00  2 working days"),
        "Wed 2026-04-08 skipped Fri 03, Sat 04, Sun 05, Mon 06"
    );
    assert_eq!(
        due(&norms, "Wed 2026-05-13 16:00  2 working days"),
        "Tue 2026-05-19 skipped Thu 14, Fri 15, Sat 16, Sun 17"
    );
}

#[test]
fn a_day_ends_where_the_next_begins() {
    let norms = harlingen();
    for day in ["2026-03-29", "2026-10-25", "2026-12-31"] {
        let day: jiff::civil::Date = day.parse().expect("a day");
        let end = norms.end_of(day);
        assert_eq!(norms.day(end), day.tomorrow().expect("in range"));
        let before = end.checked_sub(jiff::SignedDuration::from_nanos(1)).expect("in range");
        assert_eq!(norms.day(before), day);
    }
}
