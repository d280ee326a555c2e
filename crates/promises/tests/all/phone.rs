//! What is known of a call is the same in whatever order it is told, and figures of calls add up.

use jiff::{SignedDuration, Timestamp};
use promises::call::{Action, Call, End, Event, How, Line, Open, Queue, Situation, Target, step};
use promises::phone::{Outcome, Record, Told, expected_wait, told_by};
use promises::phone_figures::{PhoneFigures, WAIT_STEPS};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::harlingen;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).expect("in range")
}

fn record(told: &[(i64, Told)]) -> Record {
    let moments: Vec<_> = told.iter().map(|(second, told)| (at(*second), *told)).collect();
    Record::of(&moments).expect("something was told")
}

fn seconds(wait: Option<SignedDuration>) -> Option<i64> {
    wait.map(|it| it.as_secs())
}

#[test]
fn a_call_is_known_by_what_was_told() {
    use Told as T;
    type Line<'a> = (&'a [(i64, Told)], Option<Outcome>, Option<i64>, Option<i64>);
    let table: [Line; 14] = [
        (&[(0, T::Rang)], None, None, None),
        (&[(0, T::Rang), (9, T::Answered)], None, Some(9), None),
        (
            &[(0, T::Rang), (9, T::Answered), (70, T::Ended)],
            Some(Outcome::Answered),
            Some(9),
            Some(61),
        ),
        // The wait begins in the queue, not in the menu.
        (
            &[(0, T::Rang), (30, T::Queued), (45, T::Answered), (60, T::Ended)],
            Some(Outcome::Answered),
            Some(15),
            Some(15),
        ),
        // Only the employee's screen told of it: how long the caller had waited nobody knows.
        (&[(0, T::Answered), (60, T::Ended)], Some(Outcome::Answered), None, Some(60)),
        (&[(0, T::Rang), (40, T::Abandoned)], Some(Outcome::Abandoned), Some(40), None),
        // Some exchanges say that a call ended, and never that nobody had answered.
        (&[(0, T::Rang), (40, T::Ended)], Some(Outcome::Abandoned), Some(40), None),
        // Lost: that it was answered. Who was put through was spoken to.
        (
            &[(0, T::Rang), (50, T::Transferred), (90, T::Ended)],
            Some(Outcome::Transferred),
            Some(50),
            Some(40),
        ),
        // An exchange that calls every end an abandonment.
        (
            &[(0, T::Rang), (9, T::Answered), (70, T::Abandoned)],
            Some(Outcome::Answered),
            Some(9),
            Some(61),
        ),
        (&[(0, T::Rang), (3, T::Closed), (3, T::Ended)], Some(Outcome::Closed), None, None),
        (&[(0, T::Rang), (9, T::Undecided), (9, T::Ended)], Some(Outcome::Undecided), None, None),
        (&[(0, T::Rang), (5, T::Noted), (8, T::Ended)], Some(Outcome::Noted), Some(8), None),
        // Nobody told when it ended.
        (
            &[(0, T::Rang), (9, T::Answered), (21_600, T::Lost)],
            Some(Outcome::Unknown),
            Some(9),
            None,
        ),
        // What is told after all counts.
        (
            &[(0, T::Rang), (9, T::Answered), (21_600, T::Lost), (70, T::Ended)],
            Some(Outcome::Answered),
            Some(9),
            Some(61),
        ),
    ];
    for (told, outcome, waited, spoken) in table {
        let record = record(told);
        let known = (record.outcome, seconds(record.waited()), seconds(record.spoken()));
        assert_eq!(known, (outcome, waited, spoken), "{told:?}");
    }
    assert_eq!(Record::of(&[]), None);
}

proptest! {
    #[test]
    fn order_and_repetition_change_nothing(
        told in proptest::collection::vec((0_i64..500, select(&Told::ALL[..])), 1..9),
        seed in any::<u64>(),
    ) {
        let mut mixed = told.clone();
        // Turned round, and its first half told a second time where that adds no transfer.
        mixed.rotate_left(usize::try_from(seed % 9).unwrap_or(0) % told.len());
        mixed.reverse();
        let harmless = told.iter().filter(|(_, it)| *it != Told::Transferred);
        let again: Vec<_> = harmless.copied().collect();
        mixed.extend(again.iter().take(told.len() / 2));
        prop_assert_eq!(record(&told), record(&mixed));
    }

    #[test]
    fn a_call_that_is_over_stays_over(
        told in proptest::collection::vec((0_i64..500, select(&Told::ALL[..])), 1..9),
        less in subsequence((0..8_usize).collect::<Vec<_>>(), 0..8),
    ) {
        let all = record(&told);
        prop_assert!(all.waited().is_none_or(|wait| !wait.is_negative()));
        prop_assert!(all.spoken().is_none_or(|spoken| !spoken.is_negative()));
        let some: Vec<_> =
            told.iter().enumerate().filter(|(nr, _)| !less.contains(nr)).map(|it| *it.1).collect();
        if !some.is_empty() {
            let fewer = record(&some);
            prop_assert!(fewer.outcome.is_none() || all.outcome.is_some(), "told less: {some:?}");
        }
    }

    #[test]
    fn figures_add_up(
        calls in proptest::collection::vec(
            proptest::collection::vec((0_i64..900, select(&Told::ALL[..])), 1..6), 0..40),
    ) {
        let records: Vec<Record> = calls.iter().map(|told| record(told)).collect();
        let all = PhoneFigures::of(&records);
        prop_assert_eq!(all.calls, u64::try_from(records.len()).unwrap_or(0));
        let count = |wanted: fn(&Record) -> bool| {
            records.iter().filter(|it| wanted(it)).count() as u64
        };
        prop_assert_eq!(all.going_on, count(|it| it.outcome.is_none()));
        prop_assert_eq!(
            all.abandoned + all.hung_up_at_once,
            count(|it| it.outcome == Some(Outcome::Abandoned))
        );
        let waits = count(|it| it.answered_at.is_some() && it.waited().is_some());
        prop_assert_eq!(all.distribution().iter().sum::<u64>(), waits);
        prop_assert!(all.at_once <= all.answered_and_over);
        prop_assert!(all.answered_and_over <= all.answered);
        let whole = all.within(SignedDuration::MAX);
        prop_assert!(whole.part <= whole.whole);
        let mut before = 0;
        for step in WAIT_STEPS {
            let within = all.within(SignedDuration::from_secs(step)).part;
            prop_assert!(before <= within);
            before = within;
        }
        prop_assert!(all.waited(50) <= all.waited(90));
    }
}

#[test]
fn a_wait_is_foreseen_from_the_answers_lately() {
    let answers: Vec<Timestamp> = (0..10).map(|nr| at(nr * 60)).collect();
    // Ten answers in ten minutes: a minute for each place.
    let foreseen = |place| expected_wait(place, &answers, (at(0), at(600)));
    assert_eq!(foreseen(1), Some(SignedDuration::from_secs(60)));
    assert_eq!(foreseen(4), Some(SignedDuration::from_secs(240)));
    assert_eq!(expected_wait(1, &answers[..2], (at(0), at(600))), None, "too few to say so");
    assert_eq!(expected_wait(1, &answers, (at(900), at(1500))), None, "too long ago");
}

/// What each step of a call tells, one after the other.
fn told(events: &[Event]) -> (Vec<Vec<Told>>, Option<End>) {
    let menu = harlingen().menu.expect("a menu");
    let now = Situation {
        open: Open::Now,
        disrupted: false,
        number: true,
        lines: [(Queue::Employee, Line { place: 1, expected: None })].into(),
        absent: vec![Target::Colleague("weg".to_owned())],
    };
    let mut call = Call::new(&menu);
    let mut all = Vec::new();
    for event in events {
        let (after, actions): (Call, Vec<Action>) = step(&menu, &now, &call, event);
        all.push(told_by(&call, &after, &actions));
        call = after;
    }
    (all, call.end())
}

#[test]
fn what_a_step_tells() {
    use Event as E;
    use Told as T;
    let press = |digit: &str| E::Digits(digit.to_owned());
    let kees = Target::Colleague("kees".to_owned());
    let blind = E::Transfer(kees.clone(), How::Blind);
    let attended = E::Transfer(kees, How::Attended);
    assert_eq!(
        told(&[E::Rings, press("0"), E::Answers, E::HangsUp]).0,
        [vec![T::Rang], vec![T::Queued], vec![T::Answered], vec![T::Ended]]
    );
    assert_eq!(
        told(&[E::Rings, press("0"), E::Answers, blind, E::Reached, E::HangsUp]).0[3..],
        [vec![], vec![T::Transferred], vec![T::Ended]]
    );
    let asked = [E::Rings, press("0"), E::Answers, attended.clone(), E::Reached, E::Completes];
    assert_eq!(told(&asked).0[3..], [vec![], vec![], vec![T::Transferred]]);
    let not = [E::Rings, press("0"), E::Answers, attended, E::NotReached];
    assert_eq!(told(&not).0[3..], [vec![], vec![T::Noted]]);
    let away = E::Transfer(Target::Colleague("weg".to_owned()), How::Blind);
    assert_eq!(told(&[E::Rings, press("0"), E::Answers, away]).0[3..], [vec![T::Noted]]);
    // A department that the caller chose is the first that speaks to them.
    assert_eq!(told(&[E::Rings, press("3"), E::Reached]).0[1..], [vec![], vec![T::Answered]]);
    assert_eq!(told(&[E::Rings, E::HangsUp]).0[1..], [vec![T::Undecided, T::Ended]]);
    assert_eq!(told(&[E::Rings, press("0"), E::HangsUp]).0[2..], [vec![T::Abandoned]]);
    assert_eq!(told(&[E::Rings, press("4"), E::HangsUp]).0[2..], [vec![T::Informed, T::Ended]]);
}
