//! Calling back: what counts, and whose turn it is.

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};
use norms::Norms;
use promises::callback::{Turn, Waiting, is_called_back, turn};
use promises::{
    Attempt, CallResult, Channel, Class, Event, Fact, How, Kind, Outcome, Situation, Via, decide,
};
use proptest::prelude::*;
use proptest::sample::select;

use crate::harlingen;

fn at(norms: &Norms, civil: &str) -> Timestamp {
    let civil = DateTime::strptime("%Y-%m-%d %H:%M", civil).expect("a moment");
    civil.to_zoned(norms.municipality.zone.clone()).expect("in range").timestamp()
}

fn missed(norms: &Norms, moments: &[&str]) -> Vec<Attempt> {
    let attempt = |it: &&str| Attempt { at: at(norms, it), result: CallResult::NoAnswer };
    moments.iter().map(attempt).collect()
}

#[test]
fn three_attempts_on_two_days_count() {
    let norms = harlingen();
    for (moments, counts) in [
        (&["2026-11-23 09:00"][..], false),
        (&["2026-11-23 09:00", "2026-11-23 11:00", "2026-11-23 13:00"], false),
        (&["2026-11-23 09:00", "2026-11-23 09:05", "2026-11-24 09:00"], false),
        (&["2026-11-23 09:00", "2026-11-23 11:00", "2026-11-24 09:00"], true),
        (&["2026-11-23 09:00", "2026-11-24 11:00", "2026-11-25 09:00"], true),
    ] {
        assert_eq!(is_called_back(&norms, &missed(&norms, moments)), counts, "{moments:?}");
    }
}

#[test]
fn who_was_spoken_to_was_called_back_and_a_wrong_number_is_no_attempt() {
    let mut norms = harlingen();
    let all = ["2026-11-23 09:00", "2026-11-23 11:00", "2026-11-24 09:00"];
    let mut attempts = missed(&norms, &all);
    for attempt in &mut attempts {
        attempt.result = CallResult::WrongNumber;
    }
    assert!(!is_called_back(&norms, &attempts));
    attempts[0].result = CallResult::Reached;
    assert!(is_called_back(&norms, &attempts));
    attempts[0].result = CallResult::Voicemail;
    assert!(!is_called_back(&norms, &attempts[..1]), "here a voicemail is one attempt");
    norms.callbacks.voicemail = true;
    assert!(is_called_back(&norms, &attempts[..1]));
    norms.callbacks.voicemail = false;
    norms.callbacks.attempts = None;
    assert!(!is_called_back(&norms, &missed(&norms, &all)), "only who was spoken to");
}

#[test]
fn a_resident_who_is_never_there_is_called_back_by_the_policy() {
    let norms = harlingen();
    let came = at(&norms, "2026-11-23 09:00");
    let fresh = Situation::new(Channel::Phone, Kind::CallBack, Class::Message, came);
    let mut it = decide(came, &norms, &fresh, &Event::Received).unwrap().after.unwrap();
    assert!(it.is_to_call());
    let mut earlier = Vec::new();
    for (moment, last) in
        [("2026-11-23 10:00", false), ("2026-11-23 14:00", false), ("2026-11-24 10:00", true)]
    {
        let now = at(&norms, moment);
        let result = CallResult::NoAnswer;
        let event = Event::Called(result, earlier.clone());
        let decision = decide(now, &norms, &it, &event).unwrap();
        assert_eq!(decision.facts[0], Fact::Called { result });
        let closed = decision.facts.contains(&Fact::Closed { outcome: Outcome::Unreached });
        assert_eq!(closed, last, "{moment}");
        it = decision.after.unwrap_or(it);
        earlier.push(Attempt { at: now, result });
    }
    assert!(it.promises.iter().all(|it| it.settled.is_some_and(|end| end.how == How::Done)));
}

#[test]
fn an_attempt_alone_keeps_nothing_and_a_date_is_kept_by_calling_then() {
    let norms = harlingen();
    let came = at(&norms, "2026-11-23 09:00");
    let fresh = Situation::new(Channel::Phone, Kind::Question, Class::Message, came);
    let it = decide(came, &norms, &fresh, &Event::Received).unwrap().after.unwrap();
    let event = Event::Called(CallResult::Reached, Vec::new());
    let spoken = decide(came, &norms, &it, &event).unwrap();
    assert_eq!(spoken.after, None, "who was spoken to still needs an answer or a date");
    let told = Event::SayWhen(norms.day(at(&norms, "2026-12-01 12:00")), Via::Phone);
    let it = decide(came, &norms, &it, &told).unwrap().after.unwrap();
    assert!(it.is_to_call(), "it is still to be called on the day that was said");
}

#[test]
fn whose_turn_it_is() {
    let norms = harlingen();
    let policy = &norms.callbacks;
    let at = |civil| at(&norms, civil);
    let due = at("2026-11-25 00:00");
    let now = at("2026-11-23 10:00");
    let waiting = Waiting { due_at: Some(due), ..Waiting::default() };
    assert_eq!(turn(policy, &waiting, now), Turn::Now(due));
    // A moment that was asked for goes first, and who asked for later is left until then.
    let morning = (at("2026-11-23 08:30"), at("2026-11-23 12:00"));
    let tomorrow = (at("2026-11-24 13:00"), at("2026-11-24 16:30"));
    let likes = |moments: &[_]| Waiting { moments: moments.to_vec(), ..waiting.clone() };
    assert_eq!(turn(policy, &likes(&[tomorrow, morning]), now), Turn::Now(morning.1));
    assert_eq!(turn(policy, &likes(&[tomorrow]), now), Turn::From(tomorrow.0));
    assert_eq!(turn(policy, &likes(&[morning]), at("2026-11-23 14:00")), Turn::Now(due));
    // After an attempt others go first for two hours, but never past the deadline.
    let tried = |civil, result| {
        let last = Some(Attempt { at: at(civil), result });
        Waiting { last, ..waiting.clone() }
    };
    let rests = tried("2026-11-23 09:30", CallResult::NoAnswer);
    assert_eq!(turn(policy, &rests, now), Turn::From(at("2026-11-23 11:30")));
    let late = tried("2026-11-24 23:00", CallResult::NoAnswer);
    assert_eq!(turn(policy, &late, at("2026-11-24 23:10")), Turn::Now(due));
    let wrong = tried("2026-11-20 09:30", CallResult::WrongNumber);
    assert_eq!(turn(policy, &wrong, now), Turn::Number(due));
    assert!(Turn::Now(due) < Turn::From(now) && Turn::From(due) < Turn::Number(now));
}

proptest! {
    /// Whoever waits gets a turn: whatever was asked for and tried, by the deadline at the latest.
    #[test]
    fn a_turn_comes_before_the_deadline(
        due in 0_i64..200, now in 0_i64..200, last in proptest::option::of(0_i64..200),
        moments in proptest::collection::vec((0_i64..200, 1_i64..10), 0..4),
        result in select(&[CallResult::NoAnswer, CallResult::Voicemail][..]),
    ) {
        let norms = harlingen();
        let hour = |hours: i64| {
            Timestamp::UNIX_EPOCH.checked_add(SignedDuration::from_hours(hours)).unwrap()
        };
        let waiting = Waiting {
            due_at: Some(hour(due)),
            moments: moments.iter().map(|(from, long)| (hour(*from), hour(from + long))).collect(),
            last: last.filter(|last| *last <= now).map(|last| Attempt { at: hour(last), result }),
        };
        match turn(&norms.callbacks, &waiting, hour(now)) {
            Turn::Now(until) => prop_assert!(until <= hour(due)),
            Turn::From(from) => {
                prop_assert!(from > hour(now));
                prop_assert!(from < hour(due), "{from} is before the deadline {}", hour(due));
            }
            Turn::Number(_) => prop_assert!(false, "the number is right"),
        }
    }

    /// More attempts never undo what counts.
    #[test]
    fn what_counts_stays(hours in proptest::collection::vec(0_i64..100, 0..8)) {
        let norms = harlingen();
        let mut hours = hours;
        hours.sort_unstable();
        let at = |hours: i64| Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hours);
        let attempts: Vec<Attempt> = hours
            .iter()
            .map(|it| Attempt { at: at(*it), result: CallResult::NoAnswer })
            .collect();
        let mut counted = false;
        for end in 0..=attempts.len() {
            let counts = is_called_back(&norms, &attempts[..end]);
            prop_assert!(counts || !counted);
            counted = counts;
        }
    }
}
