//! The link by which a resident follows a contact: whom it opens it for, and a new one when it
//! ended up with somebody else.

use jiff::Timestamp;
use ledger::contacts::email_key;
use ledger::{Stop, Tx};
use promises::{Event, Refusal};

use crate::House;
use crate::accounts::Agent;
use crate::attempts::too_many;
use crate::carry_out::{Done, Open};
use crate::limits::LINKS_RENEWED;
use crate::may_mail::gets_automatic_mail;
use crate::views::{Item, contact_by_number, item};
use crate::write_letter::Draft;

/// What stands behind a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Followed {
    /// Everything about the contact, for its resident.
    Open(Box<Item>),
    /// There is a newer link; of the contact nothing is told.
    Replaced,
}

/// What a number and a secret open: nothing when this house never made them for each other.
///
/// # Errors
/// When the database fails.
pub fn follow(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    number: &str,
    secret: &str,
) -> Result<Option<Followed>, Stop> {
    let Some(id) = House::contact_of_number(number) else { return Ok(None) };
    let Some(turn) = house.turn_of_secret(id, secret) else { return Ok(None) };
    let Some(contact) = contact_by_number(tx, house, number)? else { return Ok(None) };
    // Of what is erased every link tells that it is, and nothing else.
    if contact.link_turn != turn && contact.erased_at.is_none() {
        return Ok(Some(Followed::Replaced));
    }
    Ok(item(tx, house, now, number)?.map(|item| Followed::Open(Box::new(item))))
}

/// An employee makes a new link for a resident, because the old one ended up with somebody else.
/// It is mailed at once where there is an address.
///
/// # Errors
/// Refused when there is no such contact, or it is erased.
pub fn renew_link(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    contact: i64,
) -> Result<Done, Stop> {
    let draft = Draft { employee: Some(agent.id()), ..Draft::default() };
    let open = Open::load(tx, contact)?;
    renew(tx, house, now, open, &draft)
}

/// Who has the link asks for a new one: it goes to the address of the contact and to nobody else,
/// and the old one opens nothing any more. Nothing when that happened too often lately.
///
/// # Errors
/// Refused when there is no such contact, or no address that a mail may go to.
pub fn renew_own_link(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    contact: i64,
) -> Result<Option<Done>, Stop> {
    let open = Open::load(tx, contact)?;
    if !gets_automatic_mail(tx, house, now, &email_key(&open.contact.email))? {
        return Err(Refusal::NoAddress.into());
    }
    let bucket = format!("link:{contact}");
    if too_many(tx, now, &bucket, &LINKS_RENEWED)? {
        return Ok(None);
    }
    tx.count_attempt(&bucket, now)?;
    renew(tx, house, now, open, &Draft::default()).map(Some)
}

fn renew(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    mut open: Open,
    draft: &Draft<'_>,
) -> Result<Done, Stop> {
    open.contact.link_turn += 1;
    tx.turn_link(open.contact.id, open.contact.link_turn)?;
    open.happen(tx, house, now, &Event::RenewLink, draft)
}
