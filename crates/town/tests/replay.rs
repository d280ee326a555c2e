//! A town told again: by its own norms nothing is otherwise, by stricter ones what is counted by
//! hand.

#![allow(clippy::unwrap_used, clippy::missing_panics_doc, reason = "a test panics to fail")]

use std::collections::BTreeMap;
use std::sync::Arc;

use desk::{House, WithOther};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use ledger::testing::Ground;
use ledger::{Ledger, on_both};
use norms::{Channel, Duty, Norms};
use promises::replay::{Compared, Row};
use promises::{How, Promise, Verdict};
use town::{Faults, NormFile, Plan};

const FILE: &str = include_str!("../../../norms/harlingen.toml");
/// The days of a town, and the moment at which it is looked at.
const FIRST: Date = date(2026, 3, 27);
const DAYS: u32 = 9;
const NOW: &str = "2026-04-05T00:00:00Z";

fn lived(ground: &Ground, seed: u64) -> Ledger {
    let faults = Faults::default();
    let norms = Arc::new(NormFile::read(FILE, "harlingen.toml").unwrap());
    let plan = Plan { seed, from: FIRST, days: DAYS, crowd: 40, faults, norms };
    let lived = town::simulate(ground.place(), &plan, &mut Vec::new()).unwrap();
    assert!(lived.violations.is_empty(), "seed {seed}");
    ground.ledger()
}

fn replayed(ledger: &Ledger, norms: Norms) -> Compared {
    let house = House::new(Norms::parse(FILE, "harlingen.toml").unwrap(), "https://x.nl", [7; 32]);
    let with = WithOther::days(&house, norms, (FIRST, date(2026, 4, 4)), NOW.parse().unwrap());
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(desk::replay(ledger, with)).unwrap()
}

/// The file with one working day in place of two for one norm.
fn stricter(id: &str) -> Norms {
    let (before, norm) = FILE.split_at(FILE.find(&format!("id = \"{id}\"")).unwrap());
    let (from, to) = ("within = \"2 working days\"", "within = \"1 working day\"");
    assert!(norm.contains(from));
    let other = before.to_owned() + &norm.replacen(from, to, 1);
    Norms::parse(&other, "other.toml").unwrap()
}

/// Every promise with the channel of its contact.
fn promises(ledger: &Ledger) -> Vec<(Channel, Promise)> {
    let all = ledger.read(|tx| {
        let mut all = Vec::new();
        for id in 1.. {
            let Some(contact) = tx.contact(id)? else { break };
            all.extend(tx.promises(id)?.into_iter().map(|it| (contact.channel, it)));
        }
        Ok(all)
    });
    all.wait().unwrap()
}

/// What one working day in place of two breaks, counted from the rows of the promises with nothing
/// but the calendar: how many on each channel, and how many of those were not done.
fn by_hand(ledger: &Ledger, norms: &Norms, id: &str) -> BTreeMap<Channel, (u64, u64)> {
    let now: Timestamp = NOW.parse().unwrap();
    let mut broken: BTreeMap<Channel, (u64, u64)> = BTreeMap::new();
    for (channel, promise) in promises(ledger) {
        if promise.norm != id || promise.duty == Duty::KEEP_DATE {
            continue;
        }
        let last = norms.calendar.due_date(norms.day(promise.started_at), 1);
        let due = norms.end_of(last);
        let late = match promise.settled.filter(|it| it.at <= now) {
            Some(it) => it.how == How::Done && it.at >= due,
            None => now >= due,
        };
        if late && promise.verdict(now) != Verdict::Broken {
            let counted = broken.entry(channel).or_default();
            counted.0 += 1;
            counted.1 += u64::from(promise.settled.is_none_or(|it| it.at > now));
        }
    }
    broken
}

#[test]
fn by_its_own_norms_nothing_is_otherwise() {
    for seed in 1..=6 {
        let ledger = lived(&Ground::sqlite(), seed);
        let compared = replayed(&ledger, Norms::parse(FILE, "same.toml").unwrap());
        assert!(compared.contacts > 40, "seed {seed}: {}", compared.contacts);
        assert!(compared.rows.len() > 5, "seed {seed}: {:?}", compared.rows);
        let differs: Vec<&Row> = compared.rows.iter().filter(|row| row.differs()).collect();
        assert!(differs.is_empty(), "seed {seed}: {differs:#?}");
    }
}

on_both! {
    fn a_stricter_norm_breaks_what_is_counted_by_hand(ground: &Ground) {
        let ledger = lived(ground, 11);
        let norms = stricter("message.contact");
        let compared = replayed(&ledger, norms.clone());
        let (own, others): (Vec<&Row>, Vec<&Row>) =
            compared.rows.iter().partition(|it| it.norm == "message.contact" && !it.is_date);
        assert!(others.iter().all(|row| !row.differs()), "{others:#?}");
        let found: BTreeMap<Channel, (u64, u64)> = { own.iter() }
            .filter(|row| row.to_broken > 0)
            .map(|row| (row.channel, (row.to_broken, row.earlier.undone)))
            .collect();
        assert!(found.values().map(|(broken, _)| broken).sum::<u64>() > 3, "{found:?}");
        assert_eq!(found, by_hand(&ledger, &norms, "message.contact"));
        for row in own {
            assert_eq!((row.no_longer_broken, row.new, row.gone), (0, 0, 0));
            assert_eq!(row.earlier.done() + row.earlier.undone, row.to_broken);
            assert_eq!(row.after.broken, row.before.broken + row.to_broken);
        }
    }
}
