//! A contact with everything that belongs to it, as it is read for the checkers.

use desk::{Contact, Letter, Sift, Stop, Tx, Whose};
use jiff::Timestamp;
use norms::Duty;
use promises::{Fact, Promise};

/// A fact of a contact, with when it happened.
#[derive(Clone, Debug)]
pub(crate) struct Happened {
    pub(crate) at: Timestamp,
    pub(crate) fact: Fact,
}

/// A contact, whole.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) contact: Contact,
    pub(crate) promises: Vec<Promise>,
    pub(crate) letters: Vec<Letter>,
    pub(crate) facts: Vec<Happened>,
    /// By when the list of work shows that something must be done; nothing when it is not there.
    pub(crate) listed: Option<Option<Timestamp>>,
    /// How many colleagues were reminded of it.
    pub(crate) reminded: usize,
}

impl Seen {
    /// Reads a contact.
    pub(crate) fn read(tx: &mut Tx<'_>, id: i64, staff: &[i64]) -> Result<Option<Seen>, Stop> {
        let Some(contact) = tx.contact(id)? else { return Ok(None) };
        let promises = tx.promises(id)?;
        let read = |it: desk::Chained| {
            let fact = serde_json::from_str(&it.data);
            let fact = fact.map_err(|_| desk::StorageError::other("a fact that is none"))?;
            Ok::<Happened, Stop>(Happened { at: it.at, fact })
        };
        let facts = tx.facts_of(id)?.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let situation = contact.situation(promises.clone());
        let listed = match situation.next() {
            Some(next) if !contact.closed => listed(tx, id, next.due.at)?,
            _ => None,
        };
        let mut reminded = 0;
        if situation.is_to_call() && !contact.closed {
            for employee in staff {
                reminded += usize::from(tx.mentioned_by(*employee, id)?.is_some());
            }
        }
        let letters = tx.letters(id)?;
        Ok(Some(Seen { contact, promises, letters, facts, listed, reminded }))
    }

    pub(crate) fn facts(&self) -> impl DoubleEndedIterator<Item = &Fact> {
        self.facts.iter().map(|it| &it.fact)
    }

    pub(crate) fn open(&self) -> impl Iterator<Item = &Promise> {
        self.promises.iter().filter(|promise| promise.is_open())
    }

    pub(crate) fn is_visit(&self) -> bool {
        self.facts().any(|fact| matches!(fact, Fact::Visit { .. }))
    }
}

/// Whether a duty is the one promise of contact that somebody waits for.
pub(crate) fn is_contact(duty: Duty) -> bool {
    duty.is_kept_by_date() || duty == Duty::KEEP_DATE
}

/// Whether the list of work shows a contact at the place where its deadline belongs.
fn listed(
    tx: &mut Tx<'_>,
    contact: i64,
    due: Option<Timestamp>,
) -> Result<Option<Option<Timestamp>>, Stop> {
    let place = due.map_or(i64::MAX, Timestamp::as_microsecond);
    let all = Sift::all(Whose::All);
    let lines = tx.work(&all, (place, contact - 1), None, 1)?;
    Ok(lines.first().filter(|line| line.contact == contact).map(|line| line.due_at))
}
