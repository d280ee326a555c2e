//! Every checker bites: shown something broken, it says so; shown the same unbroken, nothing does.

use std::sync::{Arc, OnceLock};

use desk::{Appointment, House};
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use ledger::testing::Ground;
use norms::{Class, Duty};
use promises::{Fact, How, Purpose, Settlement};

use super::seen::Happened;
use super::{Moment, Seen, counter, look, private};
use crate::{Faults, NormFile, Plan};

const FILE: &str = include_str!("../../../../norms/harlingen.toml");

struct Lived {
    seen: Vec<Seen>,
    visits: Vec<Appointment>,
    house: House,
    now: Timestamp,
}

impl Lived {
    fn moment(&self) -> Moment<'_> {
        Moment { house: &self.house, now: self.now }
    }
}

/// A few days of a town, read whole.
fn lived() -> &'static Lived {
    static LIVED: OnceLock<Lived> = OnceLock::new();
    LIVED.get_or_init(|| {
        let ground = Ground::sqlite();
        let (from, days) = (date(2026, 6, 1), 11);
        let (crowd, faults) = (100, Faults::default());
        let norms = Arc::new(NormFile::read(FILE, "harlingen.toml").expect("the norms"));
        let plan = Plan { seed: 4, from, days, crowd, faults, norms };
        crate::simulate(ground.place(), &plan, &mut std::io::sink()).expect("a town");
        let house = House::new(plan.norms.charter.clone(), "https://x", [0; 32]);
        let of = house.clone();
        let read = ground.ledger().read(move |tx| {
            let staff: Vec<i64> = tx.employees()?.iter().map(|it| it.id).collect();
            let mut seen = Vec::new();
            for id in 1.. {
                let Some(it) = Seen::read(tx, id, &staff)? else { break };
                seen.push(it);
            }
            Ok((seen, desk::visits(tx, &of, (date(2026, 6, 1), date(2026, 6, 26)))?))
        });
        let (seen, visits) = read.wait().expect("read");
        let now = house.begin_of(date(2026, 6, 12));
        Lived { seen, visits, house, now }
    })
}

/// Breaks the first contact that is asked for; says who noticed.
fn noticed(which: impl Fn(&Seen) -> bool, broken: impl Fn(&mut Seen)) -> Vec<&'static str> {
    let moment = lived().moment();
    let mut seen = lived().seen.iter().find(|it| which(it)).expect("there is one").clone();
    assert_eq!(look(&seen, &moment), [], "nothing is wrong yet");
    broken(&mut seen);
    look(&seen, &moment).into_iter().map(|it| it.checker).collect()
}

fn is_written(purpose: Purpose) -> impl Fn(&Seen) -> bool {
    move |seen| seen.letters.iter().any(|it| it.purpose == purpose)
}

fn says(seen: &mut Seen, fact: Fact) {
    seen.facts.push(Happened { at: Timestamp::UNIX_EPOCH, fact });
}

#[test]
fn silence_is_noticed() {
    let is_fyi = |seen: &Seen| {
        seen.contact.class == Class::Fyi
            && seen.facts().any(|it| matches!(it, Fact::NotAcknowledged { .. }))
    };
    let found = noticed(is_fyi, |seen| {
        seen.facts.retain(|it| !matches!(it.fact, Fact::NotAcknowledged { .. }));
    });
    assert_eq!(found, ["acknowledged"]);
    let found = noticed(is_written(Purpose::Acknowledgement), |seen| {
        let owed = seen.promises.iter_mut().find(|it| it.duty == Duty::ACKNOWLEDGE);
        owed.expect("it was owed").settled = None;
    });
    assert!(found.contains(&"acknowledged"), "it left and is owed: {found:?}");
    let found = noticed(is_written(Purpose::Acknowledgement), |seen| {
        let owed = seen.promises.iter_mut().find(|it| it.duty == Duty::ACKNOWLEDGE);
        owed.expect("it was owed").settled = None;
        seen.letters.retain(|it| it.purpose != Purpose::Acknowledgement);
    });
    assert!(found.contains(&"acknowledged"), "nobody wrote it: {found:?}");
}

#[test]
fn a_second_acknowledgement_is_noticed() {
    let found = noticed(is_written(Purpose::Acknowledgement), |seen| {
        let first = seen.letters.iter().find(|it| it.purpose == Purpose::Acknowledgement);
        let again = first.expect("a letter").clone();
        seen.letters.push(again);
    });
    assert_eq!(found, ["once"]);
    let found = noticed(
        |seen| seen.contact.class.is_robot(),
        |seen| says(seen, Fact::Acknowledged { letter: None }),
    );
    assert_eq!(found, ["once"]);
}

#[test]
fn a_promise_that_is_missing_or_left_over_is_noticed() {
    let waits = |seen: &Seen| !seen.contact.closed;
    let found = noticed(waits, |seen| {
        let end = Settlement { at: Timestamp::UNIX_EPOCH, how: How::Done };
        seen.promises.iter_mut().for_each(|it| it.settled = Some(end));
    });
    assert_eq!(found, ["one-promise"]);
    let is_done = |seen: &Seen| {
        seen.contact.closed && seen.promises.iter().any(|it| it.duty.is_kept_by_date())
    };
    let found = noticed(is_done, |seen| {
        let kept = seen.promises.iter_mut().find(|it| it.duty.is_kept_by_date());
        kept.expect("one").settled = None;
    });
    assert_eq!(found, ["one-promise"]);
}

#[test]
fn a_date_that_moves_by_itself_is_noticed() {
    let is_done = |seen: &Seen| seen.contact.closed && !seen.promises.is_empty();
    let found = noticed(is_done, |seen| {
        says(seen, Fact::Settled { promise: 1, how: How::Moved, at: None });
    });
    assert_eq!(found, ["told"]);
    let dated =
        |seen: &Seen| seen.contact.closed && seen.promises.iter().any(|it| it.due.at.is_some());
    let found = noticed(dated, |seen| {
        for due in seen.promises.iter_mut().filter_map(|it| it.due.at.as_mut()) {
            *due += SignedDuration::from_hours(24);
        }
    });
    assert_eq!(found, ["told"]);
}

#[test]
fn a_deadline_that_nobody_sees_is_noticed() {
    let waits = |seen: &Seen| seen.listed.is_some_and(|due| due.is_some());
    assert_eq!(noticed(waits, |seen| seen.listed = None), ["warned"]);
    let later = |seen: &mut Seen| {
        seen.listed = seen.listed.map(|due| due.map(|due| due + SignedDuration::from_hours(1)));
    };
    assert_eq!(noticed(waits, later), ["warned"]);
    let missed = |seen: &Seen| seen.open().any(|it| it.breach_noticed);
    let found = noticed(missed, |seen| {
        seen.promises.iter_mut().for_each(|it| it.breach_noticed = false);
    });
    assert_eq!(found, ["warned"]);
    let to_call = |seen: &Seen| {
        let situation = seen.contact.situation(seen.promises.clone());
        !seen.contact.closed && situation.is_to_call()
    };
    let found = noticed(to_call, |seen| {
        let next = seen.contact.situation(seen.promises.clone()).next().map(|it| it.nr);
        seen.reminded = 0;
        says(seen, Fact::Broken { promise: next.expect("it waits") });
    });
    assert_eq!(found, ["warned"]);
}

#[test]
fn a_letter_without_a_cause_is_noticed() {
    let found = noticed(is_written(Purpose::Acknowledgement), |seen| {
        let mut letter = seen.letters[0].clone();
        (letter.nr, letter.purpose) = (90, Purpose::Answer);
        seen.letters.push(letter);
    });
    assert_eq!(found, ["cause"]);
    let found = noticed(is_written(Purpose::Answer), |seen| {
        let answer = seen.letters.iter().find(|it| it.purpose == Purpose::Answer).expect("one");
        let sent = Fact::LetterSent { letter: answer.nr, purpose: Purpose::Answer };
        says(seen, sent.clone());
        says(seen, sent);
    });
    assert_eq!(found, ["cause"]);
}

#[test]
fn a_double_visit_and_one_at_night_are_noticed() {
    let Lived { visits, now, .. } = lived();
    let moment = lived().moment();
    assert_eq!(counter::check(visits, &moment), None);
    let to_come = |it: &&Appointment| it.slot.from > *now && it.state == desk::VisitState::Booked;
    let visit = visits.iter().find(to_come).expect("somebody comes");
    let double = [visit.clone(), Appointment { id: 9_999, ..visit.clone() }];
    assert!(counter::check(&double, &moment).expect("double").contains("9999"));
    let mut night = visit.clone();
    night.slot.from += SignedDuration::from_hours(14);
    night.slot.to += SignedDuration::from_hours(14);
    assert!(counter::check(&[night], &moment).expect("at night").contains("outside hours"));
}

#[test]
fn what_is_personal_is_noticed() {
    let texts = crate::texts::Texts::read();
    let mut chance = crate::chance::Chance::new(1);
    let residents = crate::residents::Residents::settle(&texts, &mut chance);
    let personal = private::Personal::of(&residents.people, &texts.staff);
    let fine = "7\t1767225600000000\t3\t-\t{\"fact\":\"settled\",\"promise\":1,\"how\":\"done\"}";
    assert_eq!(personal.in_line(fine), None);
    let people = residents.people.iter().filter(|it| it.goods.is_none());
    let someone = people.max_by_key(|it| it.name.len()).expect("somebody");
    for (part, expected) in [
        (someone.email.as_str(), "“@”"),
        (someone.phone.as_str(), "“06-0000”"),
        (someone.name.as_str(), "the name"),
        (someone.address.as_str(), "stands in a fact"),
        ("mag de heg weg?", "a text"),
    ] {
        let found = personal.in_line(&fine.replace("done", part)).expect(part);
        assert!(found.contains(expected), "{part}: {found}");
    }
}

/// What is wrong outside a contact is noticed while a town lives: see `simulate`.
#[test]
fn every_checker_has_a_name_of_its_own() {
    let names: Vec<&str> = super::CHECKERS.iter().map(|it| it.name).collect();
    let names = [names, super::OTHERS.map(|it| it.0).to_vec()].concat();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(sorted.len(), names.len());
}
