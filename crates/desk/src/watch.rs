//! The watch: derives again what is owed, so that no lost job can lose a promise.

use jiff::{SignedDuration, Timestamp};
use ledger::letters::Letter;
use ledger::{Stop, Tx};
use promises::Event;

use crate::House;
use crate::carry_out::Open;
use crate::limits::{ATTEMPTS_HOURS, FORM_HOURS_MAX, WATCH_AT_ONCE};
use crate::overtaken;
use crate::suppliers;
use crate::write_letter::Draft;

/// Looks at every contact with something overdue or forgotten; notices breaches once, writes what
/// was not written. Says which letters are fresh, and whether there may be more to look at.
///
/// # Errors
/// When the database fails.
pub fn watch(tx: &mut Tx<'_>, house: &House, now: Timestamp) -> Result<(Vec<Letter>, bool), Stop> {
    let contacts = tx.to_watch(now, WATCH_AT_ONCE)?;
    let more = contacts.len() >= WATCH_AT_ONCE as usize;
    let mut letters = Vec::new();
    for contact in contacts {
        let open = Open::load(tx, contact)?;
        let done = open.happen(tx, house, now, &Event::Watch, &Draft::default())?;
        letters.extend(done.letters);
    }
    let old = SignedDuration::from_hours(ATTEMPTS_HOURS);
    let old = now.checked_sub(old).unwrap_or(Timestamp::MIN);
    tx.sweep_sessions(now)?;
    // Once an hour, since all of them are walked over; a watch goes round every minute.
    if now.as_second().rem_euclid(3_600) < 60 {
        tx.sweep_attempts(old)?;
    }
    tx.sweep_challenges(now)?;
    let oldest = SignedDuration::from_hours(FORM_HOURS_MAX + 1);
    tx.sweep_forms(now.checked_sub(oldest).unwrap_or(Timestamp::MIN))?;
    overtaken::forget(tx, now)?;
    suppliers::forget_answers(tx, now)?;
    tx.forget_looks(old)?;
    Ok((letters, more))
}
