//! Handing letters to the mail server: leased, tried again with growing waits, given up at last.

use jiff::{SignedDuration, Timestamp};
use ledger::enclosures::Enclosure;
use ledger::letters::{Letter, Standing};
use ledger::{Stop, Tx};
use promises::Event;

use crate::House;
use crate::carry_out::Open;
use crate::enclosures::enclosures_of;
use crate::limits::{
    LETTER_LEASE_SECONDS, LETTER_TRIES_MAX, LETTER_WAIT_SECONDS_MAX, LETTER_WAIT_SECONDS_MIN,
    LETTERS_AT_ONCE,
};
use crate::write_letter::Draft;

/// A letter with all that its mail needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sendable {
    /// The letter.
    pub letter: Letter,
    /// What goes along with it, in order.
    pub enclosures: Vec<Enclosure>,
    /// Where answers to it go.
    pub reply_to: String,
    /// The address it is from.
    pub from: String,
    /// The name it is from.
    pub from_name: String,
}

impl Sendable {
    /// A letter with what its mail needs now; nothing goes along.
    #[must_use]
    pub fn of(house: &House, now: Timestamp, letter: Letter) -> Sendable {
        Sendable {
            enclosures: Vec::new(),
            reply_to: house.reply_address(letter.contact),
            from: house.norms(now).reach.email.clone(),
            from_name: format!("Gemeente {}", house.name()),
            letter,
        }
    }

    /// Everybody it goes to: the resident first, then who gets a copy.
    #[must_use]
    pub fn recipients(&self) -> Vec<&str> {
        let copies = self.letter.copies.split(", ").filter(|copy| !copy.is_empty());
        std::iter::once(self.letter.recipient.as_str()).chain(copies).collect()
    }
}

/// Takes letters whose time has come; nobody else takes them while the lease lasts.
///
/// # Errors
/// When the database fails.
pub fn lease(tx: &mut Tx<'_>, now: Timestamp) -> Result<Vec<(i64, u32)>, Stop> {
    Ok(tx.lease_letters(now, lease_end(now), LETTERS_AT_ONCE)?)
}

/// When a lease taken at this moment ends. A letter whose lease ends at another moment than the
/// one its bearer knows is in other hands.
#[must_use]
pub fn lease_end(from: Timestamp) -> Timestamp {
    from.checked_add(SignedDuration::from_secs(LETTER_LEASE_SECONDS)).unwrap_or(Timestamp::MAX)
}

/// A letter is still under way to a slow mail server: nobody else takes it meanwhile.
///
/// # Errors
/// When the database fails.
pub fn hold(tx: &mut Tx<'_>, now: Timestamp, letter: (i64, u32)) -> Result<(), Stop> {
    Ok(tx.lease_longer(letter, lease_end(now))?)
}

/// At the start of the only process on a database: what an earlier process had in its hands when
/// it ended is nobody's, and goes out at once. A letter sent in its last moment goes out twice,
/// with the same Message-ID (INTAKE 61).
///
/// # Errors
/// When the database fails.
pub fn take_back(tx: &mut Tx<'_>, now: Timestamp) -> Result<u64, Stop> {
    Ok(tx.take_letters_back(now, lease_end(now))?)
}

/// At a stop in good order: letters that were in our hands and were not begun go out from another
/// process at once. Each with the end of its lease; with none it is leased since it was written.
/// Gives how many were still ours.
///
/// # Errors
/// When the database fails.
pub fn hand_back(
    tx: &mut Tx<'_>,
    now: Timestamp,
    letters: &[((i64, u32), Option<Timestamp>)],
) -> Result<u64, Stop> {
    let mut handed = 0;
    for &((contact, letter), lease) in letters {
        let lease = match lease {
            Some(lease) => lease,
            None => match tx.waiting_letter(contact, letter)? {
                Some(waiting) => lease_end(waiting.at),
                None => continue,
            },
        };
        handed += u64::from(tx.hand_letter_back((contact, letter), lease, now)?);
    }
    Ok(handed)
}

/// A leased letter as it is to be sent; nothing when it no longer waits.
///
/// # Errors
/// When the database fails.
pub fn sendable(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    (contact, letter): (i64, u32),
) -> Result<Option<Sendable>, Stop> {
    let Some(waiting) = tx.waiting_letter(contact, letter)? else { return Ok(None) };
    let enclosures = enclosures_of(tx, (contact, letter))?;
    Ok(Some(Sendable { enclosures, ..Sendable::of(house, now, waiting) }))
}

/// The mail server took a letter. Only now is an acknowledgement an acknowledgement.
///
/// # Errors
/// When the database fails.
pub fn sent(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    (contact, letter): (i64, u32),
) -> Result<(), Stop> {
    finish(tx, house, now, (contact, letter), None)
}

/// The mail server took a letter, but not every copy of it.
///
/// # Errors
/// When the database fails.
pub fn sent_but_copies(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    letter: (i64, u32),
    refused: &str,
) -> Result<(), Stop> {
    finish(tx, house, now, letter, None)?;
    Ok(tx.note_refused_copies(letter, refused)?)
}

/// The mail server refused a letter for good.
///
/// # Errors
/// When the database fails.
pub fn failed(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    (contact, letter): (i64, u32),
    why: &str,
) -> Result<(), Stop> {
    finish(tx, house, now, (contact, letter), Some(why))
}

/// A try failed; the letter waits, longer every time, and is given up in the end.
///
/// # Errors
/// When the database fails.
pub fn delayed(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    (contact, letter): (i64, u32),
    why: &str,
) -> Result<(), Stop> {
    let Some(waiting) = tx.waiting_letter(contact, letter)? else { return Ok(()) };
    let tries = match waiting.standing {
        Standing::Waiting { tries, .. } => tries,
        _ => 0,
    };
    if tries + 1 >= LETTER_TRIES_MAX {
        return finish(tx, house, now, (contact, letter), Some(why));
    }
    let doubled = LETTER_WAIT_SECONDS_MIN.saturating_mul(1 << tries.min(30));
    let wait = SignedDuration::from_secs(doubled.min(LETTER_WAIT_SECONDS_MAX));
    let next_at = now.checked_add(wait).unwrap_or(Timestamp::MAX);
    Ok(tx.postpone_letter((contact, letter), next_at, why)?)
}

fn finish(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    (contact, letter): (i64, u32),
    failure: Option<&str>,
) -> Result<(), Stop> {
    let open = Open::load(tx, contact)?;
    let Some(waiting) = tx.waiting_letter(contact, letter)? else { return Ok(()) };
    tx.letter_done(&waiting, now, failure)?;
    tx.forget_draft_of_letter((contact, letter))?;
    let event = match failure {
        None => Event::LetterSent(letter, waiting.purpose),
        Some(_) => Event::LetterFailed(letter, waiting.purpose),
    };
    open.happen(tx, house, now, &event, &Draft::default())?;
    if failure.is_some() {
        tx.wake(contact)?;
    }
    Ok(())
}
