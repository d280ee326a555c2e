//! How good answers are: what residents say of them, and a sample that colleagues look at.

use jiff::Timestamp;
use jiff::civil::Date;
use ledger::contacts::Contact;
use ledger::quality::{Helped, Opinion, Review};
use ledger::{Stop, Tx};
use promises::{Fact, Refusal};
use sha2::{Digest, Sha256};

use crate::House;
use crate::accounts::Agent;
use crate::limits::{OPINION_CHARS_MAX, OPINIONS_MAX, SAMPLE, SAMPLE_TRIES, TEXT_BYTES_MAX};

/// A month of the calendar, by its first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(Date);

impl Month {
    /// The month of a day.
    #[must_use]
    pub fn of(day: Date) -> Month {
        Month(day.first_of_month())
    }

    /// Its first day.
    #[must_use]
    pub fn first(self) -> Date {
        self.0
    }

    /// The one before.
    #[must_use]
    pub fn before(self) -> Month {
        Month::of(self.0.yesterday().unwrap_or(self.0))
    }

    /// The one after.
    #[must_use]
    pub fn after(self) -> Month {
        Month::of(self.0.last_of_month().tomorrow().unwrap_or(self.0))
    }

    fn bounds(self, house: &House) -> (Timestamp, Timestamp) {
        let last = self.0.last_of_month();
        (house.begin_of(self.0), house.end_of(last))
    }
}

/// A resident says whether the answer to a contact helped; the last time counts.
///
/// # Errors
/// Refused when nothing was answered, or the text is too long.
pub fn rate(
    tx: &mut Tx<'_>,
    now: Timestamp,
    contact: i64,
    (helped, words): (Helped, &str),
) -> Result<(), Stop> {
    if words.chars().count() > OPINION_CHARS_MAX {
        return Err(Refusal::TextTooLong.into());
    }
    tx.last_answer(contact)?.ok_or(Refusal::NothingAnswered)?;
    let words = words.trim().to_owned();
    let before = tx.opinion(contact)?;
    if before.is_some_and(|it| it.helped == helped && it.words == words) {
        return Ok(());
    }
    tx.say_opinion(&Opinion { contact, at: now, helped, words })?;
    tx.fact(now, contact, None, &Fact::Rated);
    Ok(())
}

/// What residents said in a month, the newest first.
///
/// # Errors
/// When the database fails.
pub fn opinions(tx: &mut Tx<'_>, house: &House, month: Month) -> Result<Vec<Opinion>, Stop> {
    Ok(tx.opinions(month.bounds(house), OPINIONS_MAX)?)
}

/// Keeps what an employee found of the answer to a contact.
///
/// # Errors
/// Refused when nothing was answered, or the remark is too long.
pub fn review(tx: &mut Tx<'_>, now: Timestamp, agent: &Agent, review: &Review) -> Result<(), Stop> {
    if review.remark.len() > TEXT_BYTES_MAX {
        return Err(Refusal::TextTooLong.into());
    }
    tx.last_answer(review.contact)?.ok_or(Refusal::NothingAnswered)?;
    Ok(tx.keep_review(&Review { at: now, reviewer: agent.id(), ..review.clone() })?)
}

/// The answers of a month that a colleague looks at: drawn by chance from the contacts that came
/// in then, and the same for everybody who looks. Each with its answer and what was found of it.
///
/// # Errors
/// When the database fails.
pub fn sample(
    tx: &mut Tx<'_>,
    house: &House,
    month: Month,
) -> Result<Vec<(Contact, String, Option<Review>)>, Stop> {
    let (from, until) = month.bounds(house);
    let (first, end) = (first_since(tx, from)?, first_since(tx, until)?);
    let Some(contacts) = u64::try_from(end - first).ok().filter(|many| *many > 0) else {
        return Ok(Vec::new());
    };
    let mut drawn: Vec<(Contact, String, Option<Review>)> = Vec::new();
    for draw in 0..SAMPLE as u64 * SAMPLE_TRIES {
        if drawn.len() == SAMPLE {
            break;
        }
        let dice = Sha256::digest(format!("{}:{draw}", month.0));
        let dice = u64::from_be_bytes(dice[..8].try_into().expect("eight bytes"));
        let at = i64::try_from(dice % contacts).expect("within what was counted");
        let id = first + at;
        if drawn.iter().any(|it| it.0.id == id) {
            continue;
        }
        let Some(answer) = tx.last_answer(id)? else { continue };
        if let Some(contact) = tx.contact(id)? {
            drawn.push((contact, answer, tx.review(id)?));
        }
    }
    Ok(drawn)
}

/// The key of the first contact that was received at or after a moment, by halving: keys follow
/// the order in which contacts come in, but for letters that are registered a day later.
fn first_since(tx: &mut Tx<'_>, moment: Timestamp) -> Result<i64, Stop> {
    let (mut low, mut high) = (1, tx.last_contact()? + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        match tx.contact_from(middle)? {
            Some((id, at)) if at < moment => low = id + 1,
            _ => high = middle,
        }
    }
    Ok(low)
}
