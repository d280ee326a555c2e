//! What a report says: how long residents waited, and why promises were broken.

use jiff::{SignedDuration, Timestamp};
use norms::{Deed, Due, Duty};
use promises::report::{Cause, Happened, Survival, Waits, asks};
use promises::{Fact, How, Outcome, Promise, Purpose, Settlement, Via};
use proptest::prelude::*;

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_780_000_000 + minute * 60).expect("in range")
}

fn survival(waits: &[(i64, bool)]) -> Survival {
    let mut all = Survival::default();
    for (minutes, is_ended) in waits {
        all.add(SignedDuration::from_mins(*minutes), *is_ended);
    }
    all
}

/// "6 .857, 7 .807": the times and shares of a curve.
fn said(all: &Survival) -> String {
    let point = |it: &promises::report::Point| format!("{} {:.3}", it.minutes, it.waiting);
    all.curve().iter().map(point).collect::<Vec<_>>().join(", ")
}

/// Weeks in remission of 21 patients (Freireich and others, Blood 21, 1963), the worked example of
/// the estimate in most textbooks. Of those with `false` it is only known that it
/// lasted so long.
#[test]
fn the_estimate_is_that_of_the_textbooks() {
    let ended = [6, 6, 6, 7, 10, 13, 16, 22, 23].map(|week| (week, true));
    let going_on = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map(|week| (week, false));
    let all = survival(&[&ended[..], &going_on[..]].concat());
    assert_eq!(said(&all), "6 0.857, 7 0.807, 10 0.753, 13 0.690, 16 0.627, 22 0.538, 23 0.448");
    assert_eq!(all.within(50), Some(SignedDuration::from_mins(23)));
    assert_eq!(all.within(10), Some(SignedDuration::from_mins(6)));
    assert_eq!(all.within(80), None, "too many still wait to know");
    assert_eq!((all.ended(), all.going_on()), (9, 12));
}

#[test]
fn a_wait_is_rounded_up_to_minutes() {
    for (seconds, minutes) in [(-5, 0), (0, 0), (1, 1), (59, 1), (60, 1), (61, 2)] {
        let mut all = Survival::default();
        all.add(SignedDuration::from_secs(seconds), true);
        assert_eq!(all.within(100), Some(SignedDuration::from_mins(minutes)), "{seconds} s");
    }
    assert_eq!(Survival::default().within(50), None);
    assert_eq!(survival(&[(5, false)]).curve(), []);
}

/// The estimate as its definition says: at every time at which a wait ended, the product of the
/// shares that were not helped of who still waited then.
fn by_definition(waits: &[(i64, bool)], minutes: i64) -> f64 {
    let mut times: Vec<i64> = waits.iter().filter(|it| it.1).map(|it| it.0).collect();
    times.sort_unstable();
    times.dedup();
    let count = |of: &dyn Fn(&(i64, bool)) -> bool| {
        f64::from(u32::try_from(waits.iter().filter(|it| of(it)).count()).expect("few"))
    };
    let until = times.into_iter().filter(|time| *time <= minutes);
    until.map(|time| 1.0 - count(&|it| it.1 && it.0 == time) / count(&|it| it.0 >= time)).product()
}

proptest! {
    #[test]
    fn a_curve_is_what_the_definition_says(
        waits in prop::collection::vec((0_i64..40, any::<bool>()), 0..60),
    ) {
        let all = survival(&waits);
        let mut before = 1.0;
        for point in all.curve() {
            prop_assert!((point.waiting - by_definition(&waits, point.minutes)).abs() < 1e-9);
            prop_assert!(point.waiting < before, "it only goes down");
            before = point.waiting;
        }
    }

    #[test]
    fn without_open_ones_it_is_the_plain_share(
        minutes in prop::collection::vec(0_i64..40, 1..60), percent in 1_u8..=100,
    ) {
        let all = survival(&minutes.iter().map(|it| (*it, true)).collect::<Vec<_>>());
        let mut sorted = minutes.clone();
        sorted.sort_unstable();
        for point in all.curve() {
            let longer = sorted.iter().filter(|it| **it > point.minutes).count();
            let share = longer as f64 / sorted.len() as f64;
            prop_assert!((point.waiting - share).abs() < 1e-9);
        }
        let rank = (sorted.len() * usize::from(percent)).div_ceil(100);
        prop_assert_eq!(all.within(percent), Some(SignedDuration::from_mins(sorted[rank - 1])));
    }

    #[test]
    fn neither_order_nor_parts_matter(
        waits in prop::collection::vec((0_i64..40, any::<bool>()), 0..40), cut in 0_usize..40,
    ) {
        let whole = survival(&waits);
        let mut turned = waits.clone();
        turned.reverse();
        prop_assert_eq!(&survival(&turned), &whole);
        let (first, rest) = waits.split_at(cut.min(waits.len()));
        let mut parts = survival(first);
        parts.merge(&survival(rest));
        prop_assert_eq!(parts, whole);
    }

    /// What is not known yet only makes the times longer: nobody looks better by leaving work.
    #[test]
    fn an_open_item_never_shortens_a_time(
        minutes in prop::collection::vec(1_i64..40, 1..30),
        open in prop::collection::vec(0_i64..40, 0..30),
    ) {
        let closed: Vec<(i64, bool)> = minutes.iter().map(|it| (*it, true)).collect();
        let open = open.iter().map(|it| (*it, false));
        let all: Vec<(i64, bool)> = closed.iter().copied().chain(open).collect();
        let (closed, all) = (survival(&closed), survival(&all));
        for percent in [50, 80, 90] {
            let (less, more) = (closed.within(percent), all.within(percent));
            prop_assert!(more.is_none_or(|more| less.is_some_and(|less| less <= more)));
        }
    }
}

/// A promise from minute to minute, in a line: what, from, and how it ended.
fn promise(nr: u32, duty: Duty, start: i64, due: i64, end: Option<(How, i64)>) -> Promise {
    Promise {
        nr,
        norm: "message.contact".to_owned(),
        duty,
        made_at: at(start),
        started_at: at(start),
        due: Due { at: Some(at(due)), ..Due::default() },
        settled: end.map(|(how, minute)| Settlement { at: at(minute), how }),
        breach_noticed: false,
    }
}

#[test]
fn what_a_resident_waited_for() {
    let asked = Duty::ANSWER_OR_SAY_WHEN;
    let date = Duty::KEEP_DATE;
    let (done, moved, released) = (How::Done, How::Moved, How::Released);
    type Owed = (Duty, i64, Option<(How, i64)>);
    let table: &[(&str, &[Owed], &str)] = &[
        ("nothing", &[], ""),
        ("waits", &[(asked, 0, None)], "0: - ..."),
        ("answered", &[(asked, 0, Some((done, 5)))], "0: 5 5"),
        (
            "a date, then the answer",
            &[(asked, 0, Some((done, 5))), (date, 5, Some((done, 9)))],
            "0: 5 9",
        ),
        ("a date, still waits", &[(asked, 0, Some((done, 5))), (date, 5, None)], "0: 5 ..."),
        (
            "a date that was moved",
            &[
                (asked, 0, Some((done, 5))),
                (date, 5, Some((moved, 7))),
                (date, 7, Some((done, 20))),
            ],
            "0: 5 20",
        ),
        (
            "asks again after the answer",
            &[(asked, 0, Some((done, 5))), (asked, 30, Some((done, 31)))],
            "0: 5 5; 30: 31 31",
        ),
        (
            "withdrawn after a date was told",
            &[(asked, 0, Some((done, 5))), (date, 5, Some((released, 8)))],
            "0: 5 given up at 8",
        ),
        ("not owed after all", &[(asked, 0, Some((released, 5)))], ""),
        (
            "set aside for a later date",
            &[(asked, 0, Some((released, 5))), (asked, 0, Some((done, 9)))],
            "0: 9 9",
        ),
        (
            "a decision besides the contact",
            &[(asked, 0, Some((done, 5))), (Duty::DECIDE, 0, None)],
            "0: 5 ...",
        ),
        ("a mail that can be taken back", &[(asked, 0, Some((done, 100)))], "0: - ..."),
        ("only a confirmation", &[(Duty::ACKNOWLEDGE, 0, Some((done, 1)))], ""),
    ];
    for (name, promises, expected) in table {
        let nrs = 1..;
        let promises: Vec<Promise> = nrs
            .zip(*promises)
            .map(|(nr, (duty, start, end))| promise(nr, *duty, *start, 1000, *end))
            .collect();
        let minute = |it: Timestamp| it.duration_since(at(0)).as_mins();
        let said = asks(&promises, at(50)).into_iter().map(|ask| {
            assert!(ask.end.is_some() || !ask.is_answered, "{name}");
            let contact = ask.contact.map_or("-".to_owned(), |it| minute(it).to_string());
            let answer = match ask.end {
                None => "...".to_owned(),
                Some(end) if ask.is_answered => minute(end).to_string(),
                Some(end) => format!("given up at {}", minute(end)),
            };
            format!("{}: {contact} {answer}", minute(ask.start))
        });
        assert_eq!(said.collect::<Vec<_>>().join("; "), *expected, "{name}");
    }
}

#[test]
fn the_waits_of_a_contact_are_counted_until_now() {
    let mut waits = Waits::default();
    let confirmed = promise(1, Duty::ACKNOWLEDGE, 0, 10, Some((How::Done, 2)));
    waits.add(&[confirmed, promise(2, Duty::ANSWER_OR_SAY_WHEN, 0, 10, None)], at(50));
    let counts = waits.each().map(|(word, all)| (word, all.ended(), all.going_on()));
    assert_eq!(counts, [("acknowledgement", 1, 0), ("contact", 0, 1), ("answer", 0, 1)]);
    assert_eq!(waits.acknowledgement.within(50), Some(SignedDuration::from_mins(2)));
    let mut both = waits.clone();
    both.merge(&waits);
    assert_eq!(both.answer.going_on(), 2);
}

#[test]
fn every_broken_promise_has_one_cause() {
    const DAY: i64 = 24 * 60;
    let asked = Duty::ANSWER_OR_SAY_WHEN;
    let fact =
        |minute: i64, actor: Option<i64>, fact: Fact| Happened { at: at(minute), actor, fact };
    let taken = |minute| fact(minute, Some(1), Fact::Assigned { to: Some(1) });
    let let_go = |minute| fact(minute, Some(1), Fact::Assigned { to: None });
    let noted = |minute| fact(minute, Some(1), Fact::Noted);
    let team = |minute| fact(minute, Some(1), Fact::GivenToTeam { team: 3 });
    let failed = |minute, purpose| fact(minute, None, Fact::LetterFailed { letter: 1, purpose });
    let answered = |minute| fact(minute, Some(1), Fact::Answered { via: Via::Phone, letter: None });
    let closed = |minute| fact(minute, None, Fact::Closed { outcome: Outcome::Answered });
    let kept_open = |duty| promise(1, duty, 0, DAY, None);
    let late = |duty, by: i64| promise(1, duty, 0, DAY, Some((How::Done, DAY + by)));
    let moved = |minute| promise(1, Duty::KEEP_DATE, 0, DAY, Some((How::Moved, minute)));
    let mut found_late = late(asked, 2 * DAY);
    found_late.made_at = at(DAY);
    let mut early = promise(1, Duty::of(&[Deed::Visit]), 0, DAY, Some((How::Done, 5)));
    early.due.not_before = Some(at(10));
    let table: &[(Promise, &[Happened], Cause)] = &[
        (moved(5), &[taken(1)], Cause::DateMoved),
        (moved(DAY), &[taken(1)], Cause::DatePassed),
        (kept_open(Duty::KEEP_DATE), &[], Cause::DatePassed),
        (late(Duty::KEEP_DATE, 1), &[taken(1)], Cause::DatePassed),
        (found_late, &[taken(1)], Cause::KnownTooLate),
        (early, &[taken(1)], Cause::TooEarly),
        (kept_open(asked), &[failed(3, Purpose::Answer)], Cause::NotDelivered),
        (kept_open(asked), &[failed(DAY, Purpose::Answer)], Cause::Untouched),
        (kept_open(asked), &[failed(3, Purpose::Acknowledgement)], Cause::Untouched),
        (kept_open(Duty::ACKNOWLEDGE), &[failed(3, Purpose::Acknowledgement)], Cause::NotDelivered),
        (kept_open(Duty::ACKNOWLEDGE), &[failed(3, Purpose::Answer)], Cause::ConfirmedLate),
        (late(Duty::ACKNOWLEDGE, 5), &[], Cause::ConfirmedLate),
        (late(asked, 0), &[], Cause::JustLate),
        (late(asked, DAY - 1), &[taken(1)], Cause::JustLate),
        (late(asked, DAY), &[taken(1)], Cause::NotFinished),
        (late(asked, DAY), &[taken(DAY), answered(2 * DAY), closed(2 * DAY)], Cause::Untouched),
        (kept_open(asked), &[], Cause::Untouched),
        (kept_open(asked), &[team(2)], Cause::LeftWithTeam),
        (kept_open(asked), &[taken(1), team(2)], Cause::LeftWithTeam),
        (kept_open(asked), &[team(1), taken(2)], Cause::NotFinished),
        (kept_open(asked), &[taken(1), let_go(2)], Cause::LetGo),
        (kept_open(asked), &[noted(2)], Cause::LetGo),
        (kept_open(asked), &[fact(1, Some(1), Fact::HandedOver { to: 2 })], Cause::NotFinished),
    ];
    for (promise, history, expected) in table {
        assert_eq!(Cause::of(promise, history), *expected, "{promise:?} {history:?}");
    }
    for cause in Cause::ALL {
        let in_table = table.iter().any(|(.., expected)| *expected == cause);
        assert!(in_table, "{} is in no line", cause.word());
        assert_eq!(Cause::ALL[cause.place()], cause);
        assert_eq!(Cause::from_word(cause.word()), Some(cause));
    }
}
