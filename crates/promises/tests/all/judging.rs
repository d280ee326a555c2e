//! Verdicts of every kind on norms of other councils, and many at once.

use jiff::{SignedDuration, Timestamp};
use norms::{NEVER, Norm, Norms};
use promises::{Case, Reached, Verdict, count, judge, owed_when_broken, verdict};
use proptest::prelude::*;

macro_rules! example {
    ($name:literal) => {
        Norms::parse(
            include_str!(concat!("../../../../norms/examples/", $name, ".toml")),
            concat!($name, ".toml"),
        )
        .expect("an example")
    };
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

fn case(start: &str, end: Option<&str>) -> Case {
    Case { start: at(start), end: end.map(at), times: 0, due: None, excuse: None }
}

/// A case that took so many seconds, from one moment on.
fn took(seconds: i64) -> Case {
    let start = at("2026-11-23T09:00:00Z");
    let end = start + SignedDuration::from_secs(seconds);
    Case { start, end: Some(end), times: 0, due: None, excuse: None }
}

fn with_targets(norms: &Norms, id: &str, targets: &[&str]) -> Norm {
    let norm = norms.get(id).expect("a norm").clone();
    let targets = targets.iter().map(|text| text.parse().expect("a target")).collect();
    Norm { targets, ..norm }
}

const NOON: &str = "2026-11-23T12:00:00Z";

#[test]
fn a_wait_is_in_time_to_the_second() {
    let katwijk = example!("katwijk");
    let norm = katwijk.get("phone.answer").expect("a norm");
    let on = |seconds| verdict(&katwijk, norm, &took(seconds), at(NOON));
    assert_eq!((on(19), on(20), on(21)), (Verdict::Kept, Verdict::Kept, Verdict::Broken));
    let still = Case { end: None, ..took(0) };
    assert_eq!(verdict(&katwijk, norm, &still, at("2026-11-23T09:00:14Z")), Verdict::Open);
    assert_eq!(verdict(&katwijk, norm, &still, at("2026-11-23T09:00:15Z")), Verdict::AtRisk);
    assert_eq!(verdict(&katwijk, norm, &still, at(NOON)), Verdict::Broken);
}

#[test]
fn times_are_counted() {
    let terneuzen = example!("terneuzen");
    let norm = terneuzen.get("phone.transfer").expect("a norm");
    let on = |times, end| {
        let case = Case { times, end, ..took(60) };
        verdict(&terneuzen, norm, &case, at(NOON))
    };
    let over = Some(at(NOON));
    assert_eq!((on(2, over), on(3, over)), (Verdict::Kept, Verdict::Broken));
    assert_eq!((on(2, None), on(3, None)), (Verdict::Open, Verdict::Broken));
    let norm = with_targets(&terneuzen, "phone.transfer", &["average 1 time a month"]);
    let cases: Vec<Case> = [0, 1, 3].into_iter().map(|times| Case { times, ..took(9) }).collect();
    let judged = judge(&terneuzen, &norm, &cases, at(NOON));
    assert_eq!(judged.targets[0].reached, Some(Reached::Times(1_333)));
    assert_eq!(judged.targets[0].is_met, Some(false));
}

#[test]
fn two_tiers_and_an_average_on_one_event() {
    let gloucestershire = example!("south-gloucestershire-1");
    let targets =
        ["80 % within 20 seconds a month", "100 % within 60 seconds", "average 25 seconds"];
    let norm = with_targets(&gloucestershire, "phone.answer", &targets);
    let mut cases: Vec<Case> = [5, 10, 15, 20, 50].into_iter().map(took).collect();
    let met = |cases: &[Case]| -> Vec<Option<bool>> {
        let judged = judge(&gloucestershire, &norm, cases, at(NOON));
        judged.targets.iter().map(|target| target.is_met).collect()
    };
    assert_eq!(met(&cases), [Some(true), Some(true), Some(true)]);
    // Somebody who still waits at noon is in no share a kept one, and weighs in the average.
    cases.push(Case { end: None, ..took(0) });
    assert_eq!(met(&cases), [Some(false), Some(false), Some(false)]);
    assert_eq!(met(&[]), [None, None, None], "nothing to judge is not met and not missed");
    let excused = Case { excuse: Some("fyi".to_owned()), ..took(500) };
    assert_eq!(verdict(&gloucestershire, &norm, &excused, at(NOON)), Verdict::NotApplicable);
    assert_eq!(judge(&gloucestershire, &norm, &[excused], at(NOON)).excused, 1);
}

#[test]
fn most_is_more_than_half_and_what_is_late_and_open_is_broken() {
    let alphen = example!("alphen-aan-den-rijn");
    let norm = alphen.get("report.solve").expect("a norm");
    let done = case("2026-11-02T09:00:00Z", Some("2026-11-03T09:00:00Z"));
    let late = case("2026-11-02T09:00:00Z", None);
    let judged = judge(&alphen, norm, &[done.clone(), late.clone()], at(NOON));
    assert_eq!((judged.kept, judged.broken, judged.open), (1, 1, 0));
    assert_eq!(judged.targets[0].reached, Some(Reached::Share(500)));
    assert_eq!(judged.targets[0].is_met, Some(false), "half is not most");
    let judged = judge(&alphen, norm, &[done.clone(), done, late], at(NOON));
    assert_eq!(judged.targets[0].is_met, Some(true));
}

/// A date of the promise itself takes the place of the limit; where people agreed on it, no other
/// limit holds either.
#[test]
fn a_promise_is_judged_by_its_own_date() {
    let norms = crate::harlingen();
    let targets = ["80 %", "80 % within 1 working day", "average 1 hour"];
    let norm = with_targets(&norms, "message.contact", &targets);
    let done = case("2026-11-02T09:00:00Z", Some("2026-11-06T09:00:00Z"));
    let reached = |cases: &[Case]| -> Vec<Option<Reached>> {
        let judged = judge(&norms, &norm, cases, at(NOON));
        judged.targets.iter().map(|target| target.reached).collect()
    };
    let late = Some(Reached::Share(0));
    let hours = Some(Reached::Time(SignedDuration::from_hours(4 * 24)));
    assert_eq!(reached(std::slice::from_ref(&done)), [late, late, hours]);
    let on = jiff::civil::date(2026, 11, 6);
    let agreed = norms::Due::by(on, norms.end_of(on));
    let moved = norms::Due { agreed: false, ..agreed.clone() };
    let kept = Some(Reached::Share(1_000));
    assert_eq!(reached(&[Case { due: Some(moved), ..done.clone() }]), [kept, late, hours]);
    assert_eq!(reached(&[Case { due: Some(agreed), ..done }]), [kept, None, None]);
}

#[test]
fn around_before_and_not_sooner_than() {
    let harrow = example!("harrow");
    let norm = harrow.get("visit.arrive").expect("a norm");
    let arrives = |end| {
        let case = case("2026-11-23T09:00:00Z", Some(end));
        verdict(&harrow, norm, &case, at(NOON))
    };
    assert_eq!(arrives("2026-11-23T08:45:00Z"), Verdict::Kept);
    assert_eq!(arrives("2026-11-23T08:44:59Z"), Verdict::Broken, "too early is not kept");
    assert_eq!(arrives("2026-11-23T09:15:00Z"), Verdict::Kept);
    assert_eq!(arrives("2026-11-23T09:15:01Z"), Verdict::Broken);
    let baarn = example!("baarn");
    let norm = baarn.get("order.remind").expect("a norm");
    let reminded = |end| verdict(&baarn, norm, &case("2027-02-28T23:00:00Z", Some(end)), at(NOON));
    assert_eq!(reminded("2027-02-28T22:59:59Z"), Verdict::Kept);
    assert_eq!(reminded("2027-02-28T23:00:00Z"), Verdict::Broken, "the day itself is too late");
    let mut least = harrow.get("visit.change").expect("a norm").clone();
    (least.bound, least.limit) = (norms::Bound::AtLeast, "2 weeks".parse().expect("a limit"));
    let waited = |end| verdict(&harrow, &least, &case("2026-11-02T09:00:00Z", Some(end)), at(NOON));
    assert_eq!(waited("2026-11-15T23:59:59Z"), Verdict::Broken);
    assert_eq!(waited("2026-11-16T00:00:00Z"), Verdict::Kept);
}

#[test]
fn what_is_owed_for_a_broken_norm_grows_to_its_cap() {
    let stevenage = example!("stevenage");
    let norm = stevenage.get("second.repair").expect("a norm");
    let owed = |end: Option<&str>, now: &str| {
        let case = case("2026-11-23T09:00:00Z", end);
        let owed = owed_when_broken(&stevenage, norm, &case, at(now));
        owed.iter().filter_map(|(_, money)| Some(money.as_ref()?.to_string())).collect::<Vec<_>>()
    };
    // Due on Tuesday the 24th, until midnight.
    assert!(owed(Some("2026-11-24T23:59:00Z"), "2026-12-31T00:00:00Z").is_empty());
    assert_eq!(owed(Some("2026-11-25T09:00:00Z"), "2026-12-31T00:00:00Z"), ["GBP 10"]);
    assert_eq!(owed(Some("2026-11-28T09:00:00Z"), "2026-12-31T00:00:00Z"), ["GBP 16"]);
    assert_eq!(owed(None, "2026-12-31T00:00:00Z"), ["GBP 50"]);
    let harrow = example!("harrow");
    let norm = harrow.get("counter.walk-in").expect("a norm");
    assert_eq!(owed_when_broken(&harrow, norm, &took(16 * 60), at(NOON)).len(), 2);
}

/// Norms with every way of counting.
fn any_norm() -> impl Strategy<Value = (Norms, Norm)> {
    let limits = prop::sample::select(vec![
        "at once",
        "25 seconds",
        "4 hours",
        "same day",
        "2 working days",
        "3 clear working days",
        "30 days",
        "6 weeks",
        "2 months",
        "6 weeks by law",
        "1 year",
        "8 working hours",
        "as soon as possible",
    ]);
    let bounds = prop::sample::select(vec![norms::Bound::Within, norms::Bound::Before]);
    (limits, bounds).prop_map(|(limit, bound)| {
        let norms = crate::harlingen();
        let mut norm = norms.get("message.contact").expect("a norm").clone();
        (norm.limit, norm.bound) = (limit.parse().expect("a limit"), bound);
        (norms, norm)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Moments of three centuries, and those around midnights and clock changes.
    #[test]
    fn the_table_says_what_due_says(
        (norms, norm) in any_norm(),
        starts in prop::collection::vec(
            prop_oneof![
                -2_300_000_000_i64..7_300_000_000,
                (0_i64..600).prop_map(|at| 1_774_742_400 + at * 600),
                (0_i64..600).prop_map(|at| 1_792_886_400 + at * 600),
            ],
            50,
        ),
        ends in prop::collection::vec(0_i64..4_000_000, 50),
    ) {
        let deadlines = norms.deadlines(&norm);
        let now = at("2027-06-01T12:00:00Z");
        let mut counts = promises::Counts::default();
        let (mut start_column, mut end_column) = (Vec::new(), Vec::new());
        for (start_s, took) in starts.into_iter().zip(ends) {
            let start = Timestamp::from_second(start_s).expect("in range");
            let due = norms.due(&norm, start).at.map_or(NEVER, Timestamp::as_second);
            prop_assert_eq!(deadlines.due(start_s), due, "{} from {}", norm.limit, start);
            let end_s = if took % 3 == 0 { NEVER } else { start_s + took };
            let end = Timestamp::from_second(end_s).ok().filter(|_| end_s != NEVER);
            let case = Case { start, end, times: 0, due: None, excuse: None };
            match verdict(&norms, &norm, &case, now) {
                Verdict::Kept | Verdict::Measured => counts.kept += 1,
                Verdict::Broken => counts.broken += 1,
                Verdict::Open | Verdict::AtRisk => counts.open += 1,
                Verdict::NotApplicable => prop_assert!(false, "nothing was excused"),
            }
            start_column.push(start_s);
            end_column.push(end_s);
        }
        let counted = count(&deadlines, &start_column, &end_column, now.as_second());
        prop_assert_eq!(counted, counts);
    }
}
