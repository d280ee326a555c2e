//! Writing a decision: its facts, promises and letters, together.

use jiff::Timestamp;
use ledger::contacts::Contact;
use ledger::letters::{Letter, Standing};
use ledger::{Stop, Tx};
use promises::{Decision, Event, Fact, How, Refusal, Situation, decide};

use crate::House;
use crate::own_letter::LetterName;
use crate::write_letter::Draft;

/// What a verb has done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// The number of the contact.
    pub number: String,
    /// The contact.
    pub contact: i64,
    /// Fresh letters, leased to this process, to be handed over after the commit.
    pub letters: Vec<Letter>,
    /// Letters that can still be taken back; the outbox gives them out when their time has come.
    pub held: Vec<(i64, u32)>,
}

/// A contact that is being changed: its row, locked, and its situation.
pub(crate) struct Open {
    pub(crate) contact: Contact,
    pub(crate) situation: Situation,
}

/// Reads and locks a contact that is not erased.
pub(crate) fn to_change(tx: &mut Tx<'_>, contact: i64) -> Result<Contact, Stop> {
    let found = tx.contact_to_change(contact)?.ok_or(Refusal::NotFound)?;
    if found.erased_at.is_some() { Err(Refusal::Erased.into()) } else { Ok(found) }
}

impl Open {
    /// Reads and locks a contact.
    pub(crate) fn load(tx: &mut Tx<'_>, contact: i64) -> Result<Open, Stop> {
        let contact = to_change(tx, contact)?;
        let promises = tx.promises(contact.id)?;
        let situation = contact.situation(promises);
        Ok(Open { contact, situation })
    }

    /// Decides and writes what follows.
    pub(crate) fn happen(
        self,
        tx: &mut Tx<'_>,
        house: &House,
        now: Timestamp,
        event: &Event,
        draft: &Draft<'_>,
    ) -> Result<Done, Stop> {
        let decision = decide(now, house.norms(self.contact.received_at), &self.situation, event)?;
        self.write(tx, house, now, &decision, draft)
    }

    /// Writes a decision about this contact.
    pub(crate) fn write(
        self,
        tx: &mut Tx<'_>,
        house: &House,
        now: Timestamp,
        decision: &Decision,
        draft: &Draft<'_>,
    ) -> Result<Done, Stop> {
        let Open { contact, situation } = self;
        let after = decision.after.as_ref().unwrap_or(&situation);
        tx.change_contact(contact.id, (&situation, after), contact.closed_at.unwrap_or(now))?;
        for fact in &decision.facts {
            tx.fact(now, contact.id, draft.employee, fact);
            keep_results_right(tx, house, now, fact, &situation)?;
        }
        let (mut letters, mut held) = (Vec::new(), Vec::new());
        for (nr, purpose) in &decision.letters {
            let own = match LetterName::of(*purpose, after) {
                Some(name) => tx.letter_text(name.code(), &contact.lang)?,
                None => None,
            };
            let which = ((*nr, *purpose), own.as_ref());
            let letter = draft.letter(house, now, &contact, after, which);
            tx.add_letter(&letter)?;
            match letter.standing {
                Standing::Waiting { .. } => letters.push(letter),
                _ => held.push((contact.id, *nr)),
            }
        }
        Ok(Done {
            number: house.number(contact.id, contact.received_at),
            contact: contact.id,
            letters,
            held,
        })
    }
}

/// What is released, or turns out to be owed, after its deadline changes a month that may have
/// been counted.
fn keep_results_right(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    fact: &Fact,
    before: &Situation,
) -> Result<(), Stop> {
    let due = match fact {
        Fact::Settled { promise, how: How::Released, .. } => {
            before.promises.iter().find(|known| known.nr == *promise).and_then(|it| it.due.at)
        }
        Fact::Restored { promise } => {
            before.promises.iter().find(|known| known.nr == *promise).and_then(|it| it.due.at)
        }
        Fact::Promised { due_at, .. } => due_at.filter(|due| *due <= now),
        _ => None,
    };
    if let Some(due) = due {
        tx.forget_month(&crate::results::month_of_due(house, due))?;
    }
    Ok(())
}
