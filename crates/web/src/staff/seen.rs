//! Who sees a contact, its files or its telephone number is written down before it is given.

use desk::{House, Right, Tx};
use promises::Sight;

use super::Worker;
use crate::door::Door;
use crate::site::Failure;

/// Writes down that somebody searched, and how many contacts are shown.
pub(super) async fn searched<R: Right>(
    door: &Door,
    worker: &Worker<R>,
    shown: usize,
) -> Result<(), Failure> {
    let (agent, shown) = (worker.agent.clone(), u32::try_from(shown).unwrap_or(u32::MAX));
    let note = move |tx: &mut Tx<'_>, _: &House, now| {
        desk::searched(tx, now, &agent, shown);
        Ok(())
    };
    Ok(door.desk.write(note).await?)
}

/// Writes down that somebody sees this of a contact; not again for what they saw just now.
pub(super) async fn note<R: Right>(
    door: &Door,
    worker: &Worker<R>,
    seen: (i64, Sight),
) -> Result<(), Failure> {
    Ok(door.desk.sees(&worker.agent, seen).await?)
}
