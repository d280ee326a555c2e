//! How good answers are: what residents say of them, and a sample that colleagues look at.

use jiff::Timestamp;
use jiff::civil::Date;
use ledger::contacts::Contact;
use ledger::letters::Letter;
use ledger::quality::{Helped, Opinion, Review};
use ledger::{Stop, Tx};
use promises::{Fact, Purpose, Refusal};
use sha2::{Digest, Sha256};

use crate::House;
use crate::accounts::Agent;
use crate::carry_out::to_change;
use crate::limits::{OPINION_CHARS_MAX, OPINIONS_MAX, SAMPLE, SAMPLE_TRIES, TEXT_BYTES_MAX};
use crate::rights::Lead;

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

/// A resident says whether the last answer to a contact helped; the last time counts.
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
    to_change(tx, contact)?;
    let letter = last_answer(tx, now, contact)?.ok_or(Refusal::NothingAnswered)?.nr;
    let words = words.trim().to_owned();
    let before = tx.opinion((contact, letter))?;
    if before.is_some_and(|it| it.helped == helped && it.words == words) {
        return Ok(());
    }
    tx.say_opinion(&Opinion { contact, letter, at: now, helped, words })?;
    tx.fact(now, contact, None, &Fact::Rated);
    Ok(())
}

/// What residents said in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opinions {
    /// How many said each thing, in the order of [`Helped::ALL`].
    pub counts: [u32; 3],
    /// What they added, the newest first, each with the number of its contact.
    pub added: Vec<(String, Opinion)>,
}

/// What residents said in a month.
///
/// # Errors
/// When the database fails.
pub fn opinions(tx: &mut Tx<'_>, house: &House, month: Month) -> Result<Opinions, Stop> {
    let bounds = month.bounds(house);
    let mut counts = [0; 3];
    for (count, helped) in counts.iter_mut().zip(Helped::ALL) {
        *count = tx.count_opinions(bounds, helped)?;
    }
    let added = tx.opinions(bounds, OPINIONS_MAX)?;
    let numbered =
        added.into_iter().map(|(it, received_at)| (house.number(it.contact, received_at), it));
    Ok(Opinions { counts, added: numbered.collect() })
}

/// The last answer to a contact that has left: not one that is held or was taken back.
///
/// # Errors
/// When the database fails.
pub fn last_answer(tx: &mut Tx<'_>, now: Timestamp, contact: i64) -> Result<Option<Letter>, Stop> {
    let mut letters = tx.letters(contact)?;
    letters.retain(|it| is_answer(it, now));
    Ok(letters.pop())
}

/// Whether a letter is an answer that has left.
pub(crate) fn is_answer(letter: &Letter, now: Timestamp) -> bool {
    letter.standing.is_told(now) && letter.purpose == Purpose::Answer
}

/// Keeps what an employee found of an answer.
///
/// # Errors
/// Refused when that is not the last answer, a colleague was earlier, or the remark is too long.
pub fn review(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: &Agent<Lead>,
    review: &Review,
) -> Result<(), Stop> {
    if review.remark.len() > TEXT_BYTES_MAX {
        return Err(Refusal::TextTooLong.into());
    }
    to_change(tx, review.contact)?;
    let answer = last_answer(tx, now, review.contact)?.ok_or(Refusal::NothingAnswered)?;
    if answer.nr != review.letter {
        return Err(Refusal::ChangedSince.into());
    }
    if !tx.keep_review(&Review { at: now, reviewer: agent.id(), ..review.clone() })? {
        return Err(Refusal::ReviewedAlready.into());
    }
    Ok(())
}

/// An answer of the sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sampled {
    /// Its contact.
    pub contact: Contact,
    /// The answer.
    pub answer: Letter,
    /// What a colleague found of it.
    pub review: Option<Review>,
}

/// The answers of a month that colleagues look at: drawn by chance from what happened in it. Once
/// the month is over they are the same for everybody who looks, until one is answered again.
///
/// # Errors
/// When the database fails.
pub fn sample(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    month: Month,
) -> Result<Vec<Sampled>, Stop> {
    let (from, until) = month.bounds(house);
    let (first, end) = (first_since(tx, from)?, first_since(tx, until)?);
    let Some(facts) = u64::try_from(end - first).ok().filter(|many| *many > 0) else {
        return Ok(Vec::new());
    };
    let mut drawn: Vec<Sampled> = Vec::new();
    for draw in 0..SAMPLE as u64 * SAMPLE_TRIES {
        if drawn.len() == SAMPLE {
            break;
        }
        let dice = Sha256::digest(format!("{}:{draw}", month.0));
        let dice = u64::from_be_bytes(dice[..8].try_into().expect("eight bytes"));
        let at = i64::try_from(dice % facts).expect("within what was counted");
        let Some((_, Some(id))) = tx.fact_at(first + at)? else { continue };
        if drawn.iter().any(|it| it.contact.id == id) {
            continue;
        }
        let answer = last_answer(tx, now, id)?.filter(|it| (from..until).contains(&it.at));
        if let (Some(answer), Some(contact)) =
            (answer, tx.contact(id)?.filter(|it| it.erased_at.is_none()))
        {
            let review = tx.review(answer.key())?;
            drawn.push(Sampled { contact, answer, review });
        }
    }
    Ok(drawn)
}

/// The place in the chain of the first fact at or after a moment, by halving: facts stand in the
/// order in which they happened.
fn first_since(tx: &mut Tx<'_>, moment: Timestamp) -> Result<i64, Stop> {
    let (mut low, mut high) = (1, tx.last_fact()? + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        match tx.fact_at(middle)? {
            Some((at, _)) if at < moment => low = middle + 1,
            _ => high = middle,
        }
    }
    Ok(low)
}
