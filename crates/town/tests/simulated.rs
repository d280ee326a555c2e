//! A town over weeks: the same seed gives the same facts, on both engines and with the program
//! ending in the middle, and all that must hold does.

#![allow(clippy::unwrap_used, clippy::missing_panics_doc, reason = "a test panics to fail")]

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::{Date, date};
use ledger::testing::Ground;
use town::{Fault, Faults, Lived, NormFile, Plan};

const FILE: &str = include_str!("../../../norms/harlingen.toml");

fn plan(seed: u64, from: Date, days: u32, crowd: u32, faults: Faults) -> Plan {
    let norms = Arc::new(NormFile::read(FILE, "harlingen.toml").unwrap());
    Plan { seed, from, days, crowd, faults, norms }
}

/// Lives a town; how, and its facts.
fn lived(ground: &Ground, plan: &Plan) -> (Lived, String) {
    let mut facts = Vec::new();
    let lived = town::simulate(ground.place(), plan, &mut facts).unwrap();
    (lived, String::from_utf8(facts).unwrap())
}

fn well(ground: &Ground, plan: &Plan) -> (Lived, String) {
    let (lived, facts) = lived(ground, plan);
    let violations: Vec<String> = lived.violations.iter().map(ToString::to_string).collect();
    assert!(violations.is_empty(), "seed {}: {violations:#?}", plan.seed);
    (lived, facts)
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let plan = plan(1, date(2026, 3, 23), 12, 60, Faults::default());
    let (first, facts) = well(&Ground::sqlite(), &plan);
    let (second, again) = well(&Ground::sqlite(), &plan);
    assert!(first.facts > 1_000, "{first:?}");
    assert_eq!(first, second);
    assert!(facts == again, "two histories");
    let (_, other) = well(&Ground::sqlite(), &Plan { seed: 2, ..plan.clone() });
    assert!(facts != other, "another seed has another history");
    let Some(ground) = Ground::postgres() else { return };
    let (third, elsewhere) = well(&ground, &plan);
    assert_eq!(first, third);
    assert!(facts == elsewhere, "the engines tell different stories");
}

#[test]
fn a_start_anywhere_ends_the_same() {
    let calm = plan(5, date(2026, 10, 19), 9, 60, Faults::default());
    let (_, facts) = well(&Ground::sqlite(), &calm);
    let rough = Plan { faults: Faults::of(&[Fault::Crash, Fault::Disk]), ..calm };
    let (lived, same) = well(&Ground::sqlite(), &rough);
    assert!(lived.mishaps > 20, "{}", lived.mishaps);
    assert!(facts == same, "what broke off shows");
    let Some(ground) = Ground::postgres() else { return };
    // There a number that was given in vain is not given again.
    let (_, elsewhere) = well(&ground, &rough);
    assert!(numbered(&facts) == numbered(&elsewhere), "what broke off shows on PostgreSQL");
}

/// The facts with contacts numbered by who comes first.
fn numbered(facts: &str) -> Vec<String> {
    let (mut known, mut lines) = (BTreeMap::new(), Vec::new());
    for line in facts.lines() {
        let mut fields: Vec<&str> = line.split('\t').collect();
        let next = known.len();
        let place = *known.entry(std::mem::take(&mut fields[2])).or_insert(next);
        lines.push(format!("{place} {}", fields.join(" ")));
    }
    lines
}

#[test]
fn all_holds_whatever_goes_wrong() {
    // Both changes of the clock, the turn of the year, and a summer with many on leave.
    let begins = [date(2026, 3, 26), date(2026, 10, 22), date(2026, 12, 28), date(2026, 7, 20)];
    for (seed, from) in (11..).zip(begins) {
        well(&Ground::sqlite(), &plan(seed, from, 8, 50, Faults::all()));
    }
}

/// A letter left, the program was killed before that was written, and the letter left once more:
/// the relay refused what it had taken before.
#[test]
fn a_letter_that_left_twice_is_lost_to_nobody() {
    well(&Ground::sqlite(), &plan(33, date(2026, 6, 1), 10, 100, Faults::all()));
}

#[test]
fn everything_of_a_year_occurs() {
    let (lived, _) = well(&Ground::sqlite(), &plan(25, date(2026, 6, 1), 45, 100, Faults::all()));
    eprintln!("{:#?}", lived.happened);
    for word in [
        "followed-up",
        "not-acknowledged",
        "letter-failed",
        "told-when",
        "broken",
        "handed-over",
        "class-corrected",
        "reopened",
        "called",
        "visit",
        "redated",
    ] {
        assert!(lived.happened.contains_key(word), "no {word}");
    }
    for channel in ["email", "form", "phone", "counter", "social", "post"] {
        assert!(lived.contacts.contains_key(channel), "nothing by {channel}: {lived:?}");
    }
    assert!(lived.checks.contains_key("behind"), "no mail was overtaken: {:?}", lived.checks);
    assert!(lived.checks.values().all(|times| *times > 0), "{:?}", lived.checks);
}
