//! Tags: words that employees put on contacts, to find together what belongs together.

use jiff::Timestamp;
use ledger::tags::Tag;
use ledger::{Stop, Tx};
use promises::{Event, Refusal};

use crate::House;
use crate::accounts::Agent;
use crate::carry_out::{Done, Open};
use crate::limits::{TAG_CHARS_MAX, TAGS_MAX, TAGS_OF_CONTACT_MAX};
use crate::write_letter::Draft;

/// Puts a tag on a contact, open or closed; one that has it keeps it. A tag is there from the first
/// contact that has it until the last.
///
/// # Errors
/// Refused when there is no such contact, the name is no name of a tag, the contact has as many as
/// it may have, or there are as many as there may be.
pub fn tag(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    contact: i64,
    name: &str,
) -> Result<Done, Stop> {
    let (name, folded) = called(name)?;
    let open = Open::load(tx, contact)?;
    let known = tx.tag_called(&folded)?;
    if known.is_none() && tx.count_tags(TAGS_MAX)? >= TAGS_MAX {
        return Err(Refusal::NoMoreTags.into());
    }
    let on_it = tx.tags_of(contact)?;
    if known.as_ref().is_some_and(|known| on_it.contains(known)) {
        return Ok(nothing_done(house, open));
    }
    if on_it.len() >= TAGS_OF_CONTACT_MAX {
        return Err(Refusal::TooManyTags.into());
    }
    let tag = match known {
        Some(known) => known,
        None => tx.tag_named(&name, &folded)?,
    };
    tx.put_tag(contact, tag.id)?;
    open.happen(tx, house, now, &Event::Tag(tag.id), &by(agent))
}

/// Takes a tag off a contact.
///
/// # Errors
/// Refused when there is no such contact.
pub fn untag(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    contact: i64,
    tag: i64,
) -> Result<Done, Stop> {
    let open = Open::load(tx, contact)?;
    if !tx.take_tag(contact, tag)? {
        return Ok(nothing_done(house, open));
    }
    open.happen(tx, house, now, &Event::Untag(tag), &by(agent))
}

/// The tags that contacts have, by name.
///
/// # Errors
/// When the database fails.
pub fn tags(tx: &mut Tx<'_>) -> Result<Vec<Tag>, Stop> {
    Ok(tx.tags(TAGS_MAX)?)
}

/// Whether a tag can be called so.
///
/// # Errors
/// Refused when it can not.
pub fn is_tag_name(name: &str) -> Result<(), Refusal> {
    called(name).map(|_| ())
}

/// A name of a tag with single spaces, and as it is compared. Letters, digits and what stands
/// between the parts of a word; so a list of names can be read by anything.
fn called(name: &str) -> Result<(String, String), Refusal> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_sign = |c: char| c.is_alphanumeric() || " -_.&+/'’".contains(c);
    let is_name = name.chars().any(char::is_alphanumeric) && name.chars().all(is_sign);
    if !is_name || name.chars().count() > TAG_CHARS_MAX {
        return Err(Refusal::TagName);
    }
    let folded = name.to_lowercase();
    Ok((name, folded))
}

fn by(agent: &Agent) -> Draft<'static> {
    Draft { employee: Some(agent.id()), ..Draft::default() }
}

fn nothing_done(house: &House, Open { contact, .. }: Open) -> Done {
    let number = house.number(contact.id, contact.received_at);
    Done { number, contact: contact.id, ..Done::default() }
}

#[cfg(test)]
mod tests {
    use promises::Refusal;

    use super::called;

    #[test]
    fn a_tag_is_a_name_in_one_line() {
        let of = |name: &str| called(name).map(|it| it.0);
        assert_eq!(of("  Sail   2026 "), Ok("Sail 2026".to_owned()));
        assert_eq!(called("Wmo/Jeugd").map(|it| it.1), Ok("wmo/jeugd".to_owned()));
        for bad in ["", " - ", "a;b", "a,b", "<b>", "een\u{7}bel", &"x".repeat(41)] {
            assert_eq!(of(bad), Err(Refusal::TagName), "{bad:?}");
        }
    }
}
