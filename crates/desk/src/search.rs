//! Finding contacts by what they say: everything that was written in them, by residents and by us.

use std::collections::BTreeSet;

use jiff::Timestamp;
use ledger::contacts::Contact;
use ledger::search::Stretch;
use ledger::{Stop, Tx};
use promises::{Fact, Purpose};
use words::search::{Stems, sought};

use crate::House;
use crate::limits::SEARCH_FACTS_AT_ONCE;

/// Lets contacts be found by what they say now, a piece at a time, and takes what was erased out of
/// the index; true when there may be more to do. For [`crate::Desk::follow`].
///
/// # Errors
/// When the database fails.
pub fn keep_findable(tx: &mut Tx<'_>, house: &House, _: Timestamp) -> Result<bool, Stop> {
    let stretch = tx.to_search(SEARCH_FACTS_AT_ONCE, &Fact::WORDLESS)?;
    if stretch.upto > stretch.after {
        follow(tx, house, &stretch)?;
    }
    Ok(stretch.has_more || tx.tidy_words()?)
}

fn follow(tx: &mut Tx<'_>, house: &House, stretch: &Stretch) -> Result<(), Stop> {
    if !tx.searched(stretch)? {
        // Another process did it.
        return Ok(());
    }
    let mut stems = Stems::default();
    for id in &stretch.contacts {
        match tx.contact(*id)?.filter(|it| it.erased_at.is_none()) {
            Some(contact) => {
                let words = words_of_contact(tx, house, &contact, &mut stems)?;
                tx.put_words(*id, &words.into_iter().collect::<Vec<_>>().join(" "))?;
            }
            None => tx.forget_words(*id)?,
        }
    }
    Ok(())
}

/// The contacts that have every word of a question, the last word at least in its beginning;
/// newest first, below the key `before`.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut Tx<'_>, question: &str, before: i64, most: u32) -> Result<Vec<Contact>, Stop> {
    let words = match phone_word(question) {
        Some(phone) => vec![phone],
        None => sought(question),
    };
    let mut found = Vec::new();
    for id in tx.find(&words, before, most)? {
        // One that was erased a moment ago may still be in the index.
        found.extend(tx.contact(id)?.filter(|it| it.erased_at.is_none()));
    }
    Ok(found)
}

fn words_of_contact(
    tx: &mut Tx<'_>,
    house: &House,
    contact: &Contact,
    stems: &mut Stems,
) -> Result<BTreeSet<String>, Stop> {
    let number = house.number(contact.id, contact.received_at);
    let Contact { name, email, phone, address, subject, .. } = contact;
    let mut texts =
        vec![number, name.clone(), email.clone(), phone.clone(), address.clone(), subject.clone()];
    for message in tx.messages(contact.id)? {
        texts.extend([message.author, message.subject, message.body]);
    }
    texts.extend(tx.attachments(contact.id)?.into_iter().map(|file| file.name));
    texts.extend(tx.tags_of(contact.id)?.into_iter().map(|tag| tag.name));
    texts.extend(tx.enclosures(contact.id)?.into_iter().map(|file| file.name));
    for letter in tx.letters(contact.id)? {
        // What a person wrote; the words of every acknowledgement find nothing.
        if letter.employee.is_some() && letter.purpose != Purpose::Acknowledgement {
            texts.push(letter.body);
        }
    }
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut words = stems.words_of(&texts);
    words.extend(phone_word(phone));
    Ok(words)
}

/// A Dutch telephone number as its digits at home, however it is written; nothing when it is none.
pub(crate) fn phone_word(text: &str) -> Option<String> {
    const DIGITS: std::ops::RangeInclusive<usize> = 8..=15;
    let is_sign = |c: char| c.is_ascii_digit() || " +-().".contains(c);
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if !text.chars().all(is_sign) || !DIGITS.contains(&digits.len()) {
        return None;
    }
    // The number of a contact begins with its year: "2026-000123".
    if !text.trim().starts_with('0') && House::contact_of_number(text).is_some() {
        return None;
    }
    let abroad = digits.strip_prefix("0031").or_else(|| digits.strip_prefix("31"));
    Some(match abroad {
        // "+31 (0)517": the zero is said and not dialled.
        Some(rest) => format!("0{}", rest.trim_start_matches('0')),
        None => digits,
    })
}

#[cfg(test)]
mod tests {
    use super::phone_word;

    #[test]
    fn a_telephone_number_is_one_word() {
        for text in ["0517 123456", "0517-12 34 56", "+31 517 123456", "0031(0)517123456"] {
            assert_eq!(phone_word(text).as_deref(), Some("0517123456"), "{text}");
        }
        for text in ["2026-000123", "lamp", "14 0517", "12", "2026 lamp 0517123456"] {
            assert_eq!(phone_word(text), None, "{text}");
        }
    }
}
