//! What stands in the books once the program is gone: which mail is stored, and how often.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, bail};
use ledger::contacts::Source;
use ledger::{Ledger, Stop, Tx, Verified};

use crate::server::Works;

/// How often each mail is stored, by its Message-ID.
///
/// # Errors
/// When the books can not be read, or the chain of facts does not hold.
pub(crate) fn stored(works: &Works) -> Result<BTreeMap<String, usize>> {
    tokio::task::block_in_place(|| {
        let ledger = Ledger::open(&works.place())?;
        match ledger.read(|tx| tx.verify()).wait()? {
            Verified::Whole { .. } => Ok(ledger.read(counts).wait()?),
            Verified::Broken { at, why } => bail!("the chain breaks at {at}: {why}"),
        }
    })
}

fn counts(tx: &mut Tx<'_>) -> Result<BTreeMap<String, usize>, Stop> {
    let mut counts = BTreeMap::new();
    for contact in contacts(tx)? {
        for message in tx.messages(contact)? {
            if message.source == Source::Resident {
                *counts.entry(message.message_id).or_default() += 1;
            }
        }
    }
    Ok(counts)
}

/// Every contact: whatever happens to one is a fact.
fn contacts(tx: &mut Tx<'_>) -> Result<BTreeSet<i64>, Stop> {
    let (mut all, mut last) = (BTreeSet::new(), 0);
    loop {
        let facts = tx.facts_after(last)?;
        let Some(fact) = facts.last() else { return Ok(all) };
        last = fact.id;
        all.extend(facts.iter().filter_map(|fact| fact.contact));
    }
}
