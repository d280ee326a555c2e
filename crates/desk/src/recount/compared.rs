//! The table of promises held against the facts promise by promise: two that were touched up so
//! that they make up for one another leave every count as it was.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::hash::BuildHasher;

use jiff::Timestamp;
use ledger::{Stop, Tx};
use promises::Verdict;
use promises::report::Told;

use super::{Heard, Period};
use crate::limits::DIFFERENT_CONTACTS_MAX;

/// For each contact one number that all its promises come to, in whatever order they are added: so
/// little of a promise is kept that a million of them fit in memory.
pub(super) type Sums = HashMap<i64, u64>;

/// A promise that the table has otherwise than the facts tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differing {
    /// The contact.
    pub contact: i64,
    /// Its number as people say it.
    pub number: String,
    /// The number of the promise within the contact.
    pub nr: u32,
    /// What the facts say of it, in words; nothing when they do not know it.
    pub facts: Option<String>,
    /// What the table says of it; nothing when it is not there.
    pub said: Option<String>,
}

impl fmt::Display for Differing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Differing { number, nr, facts, said, .. } = self;
        let said = said.as_deref().unwrap_or("nothing");
        let facts = facts.as_deref().unwrap_or("nothing");
        write!(f, "{number}, promise {nr}: the promises say {said}; the facts say {facts}")
    }
}

/// Everything of a promise that must be the same, as it is said. In whole microseconds, as moments
/// are stored. The earliest moment counts by its verdict: older facts do not tell it.
fn in_words(it: &Told, now: Timestamp) -> String {
    let stored = |at: Timestamp| Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at);
    let Told { norm, duty, .. } = it;
    let mut words = format!("{norm} ({duty}) made {}", stored(it.made_at));
    if let Some(due) = it.due_at {
        words.push_str(&format!(", due {}", stored(due)));
    }
    if let Some(settled) = it.settled {
        words.push_str(&format!(", {} {}", settled.how.word(), stored(settled.at)));
    }
    format!("{words}: {}", word(it.verdict(now)))
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Kept => "kept",
        Verdict::Broken => "broken",
        Verdict::Open | Verdict::AtRisk => "open",
        Verdict::Measured => "measured",
        Verdict::NotApplicable => "n/a",
    }
}

impl Period<'_> {
    /// Adds a promise to the sum of its contact, when it counts.
    pub(super) fn sum(&self, sums: &mut Sums, it: &Told) {
        if self.key(it).is_some() {
            let sum = sums.entry(it.contact).or_default();
            *sum = sum.wrapping_add(self.hashes.hash_one((it.nr, in_words(it, self.now))));
        }
    }
}

/// The contacts whose promises do not come to the same.
pub(super) fn different(facts: &Sums, said: &Sums) -> BTreeSet<i64> {
    let contacts = facts.keys().chain(said.keys()).copied();
    contacts.filter(|contact| facts.get(contact) != said.get(contact)).collect()
}

/// Goes through all rows of the table, in their order.
pub(super) fn rows_of_all(tx: &mut Tx<'_>, mut each: impl FnMut(&Told)) -> Result<(), Stop> {
    let mut place = (0, 0);
    loop {
        let rows = tx.promises_after(place)?;
        let Some(last) = rows.last() else { return Ok(()) };
        place = (last.contact, last.nr);
        rows.iter().for_each(&mut each);
    }
}

/// Promises of a few contacts.
type Few = BTreeMap<(i64, u32), Told>;

/// Walks the chain once more, for the first of these contacts only: which of their promises differ.
pub(super) fn look_closer(
    tx: &mut Tx<'_>,
    period: &Period<'_>,
    contacts: &BTreeSet<i64>,
) -> Result<Vec<Differing>, Stop> {
    let few: BTreeSet<i64> = contacts.iter().take(DIFFERENT_CONTACTS_MAX).copied().collect();
    if few.is_empty() {
        return Ok(Vec::new());
    }
    let (mut heard, mut facts) = (Heard::default(), Few::new());
    let mut each = |told: &Told| {
        facts.insert((told.contact, told.nr), told.clone());
    };
    // That the chain holds was seen a moment ago.
    let _ = heard.all(tx, |contact| few.contains(&contact), &mut each)?;
    heard.recount.owed().for_each(each);
    let mut said = Few::new();
    for contact in &few {
        let rows = tx.promises_after((contact - 1, u32::MAX))?.into_iter();
        let own = rows.take_while(|told| told.contact == *contact);
        said.extend(own.map(|told| ((told.contact, told.nr), told)));
    }
    let keys: BTreeSet<(i64, u32)> = facts.keys().chain(said.keys()).copied().collect();
    let differing = keys.into_iter().filter_map(|key| {
        let (told, said) = (facts.get(&key), said.get(&key));
        let [in_facts, in_table] = [told, said].map(|it| Some(in_words(it?, period.now)));
        let received_at = told.or(said)?.received_at;
        (in_facts != in_table).then(|| Differing {
            contact: key.0,
            number: period.house.number(key.0, received_at),
            nr: key.1,
            facts: in_facts,
            said: in_table,
        })
    });
    Ok(differing.collect())
}
