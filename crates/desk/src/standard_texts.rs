//! What helps an employee to write: standard texts with variables, and a signature.

use jiff::Timestamp;
use ledger::texts::{Signature, StandardText};
use ledger::{Stop, Tx};
use promises::Refusal;
use words::templates::{Fault, Values, check, fill};
use words::{Lang, Words};

use crate::House;
use crate::accounts::Agent;
use crate::limits::{LINE_CHARS_MAX, SIGNATURE_CHARS_MAX, TEXTS_MAX};
use crate::rights::{Edit, Right};

/// The variables of standard texts.
pub const TEXT_VARIABLES: [&str; 8] =
    ["naam", "nummer", "onderwerp", "datum", "uiterlijk", "medewerker", "telefoon", "gemeente"];

/// Why a standard text is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextFault {
    /// It has no name, or one that is too long.
    Name,
    /// Another text of this language has the name.
    NameTaken,
    /// There is no text.
    Empty,
    /// There are as many as there may be.
    TooMany,
    /// The text can not be used.
    Body(Fault),
}

/// The standard texts by language and name.
///
/// # Errors
/// When the database fails.
pub fn texts(tx: &mut Tx<'_>) -> Result<Vec<StandardText>, Stop> {
    Ok(tx.texts(TEXTS_MAX)?)
}

/// One standard text.
///
/// # Errors
/// Refused when there is none with this key.
pub fn text(tx: &mut Tx<'_>, id: i64) -> Result<StandardText, Stop> {
    Ok(tx.text(id)?.ok_or(Refusal::NotFound)?)
}

/// Adds a standard text (key 0), or changes one.
///
/// # Errors
/// Refused when there is none to change; what is wrong with it is an answer.
pub fn keep_text(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: &Agent<Edit>,
    text: &StandardText,
) -> Result<Result<(), TextFault>, Stop> {
    let StandardText { id, lang, name, body } = text;
    if name.trim().is_empty() || name.chars().count() > LINE_CHARS_MAX || name.contains('\n') {
        return Ok(Err(TextFault::Name));
    }
    if body.trim().is_empty() {
        return Ok(Err(TextFault::Empty));
    }
    if let Err(fault) = check(body, &TEXT_VARIABLES) {
        return Ok(Err(TextFault::Body(fault)));
    }
    let all = tx.texts(TEXTS_MAX)?;
    if all.iter().any(|it| it.id != *id && it.lang == *lang && it.name == *name) {
        return Ok(Err(TextFault::NameTaken));
    }
    if *id == 0 && all.len() >= TEXTS_MAX as usize {
        return Ok(Err(TextFault::TooMany));
    }
    if !tx.keep_text(text, now, agent.id())? {
        return Err(Refusal::NotFound.into());
    }
    Ok(Ok(()))
}

/// Removes a standard text.
///
/// # Errors
/// When the database fails.
pub fn remove_text(tx: &mut Tx<'_>, _: &Agent<Edit>, id: i64) -> Result<(), Stop> {
    Ok(tx.remove_text(id)?)
}

/// A standard text for a contact, with its variables filled in. What a resident wrote is put in as
/// it is (INTAKE 55).
///
/// # Errors
/// Refused when there is no such contact or text.
pub fn fill_text(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    (contact, id): (i64, i64),
) -> Result<String, Stop> {
    let contact = tx.contact(contact)?.ok_or(Refusal::NotFound)?;
    let text = text(tx, id)?;
    let situation = contact.situation(tx.promises(contact.id)?);
    let words = Words::new(Lang::from_code(&text.lang).unwrap_or_default());
    let due = situation.next().and_then(|promise| promise.due.on);
    let name = signature(tx, agent)?.name;
    let values = Values::from([
        ("naam", contact.name.trim().to_owned()),
        ("nummer", house.number(contact.id, contact.received_at)),
        ("onderwerp", contact.subject.trim().to_owned()),
        ("datum", words.date(house.day(now))),
        ("uiterlijk", due.map(|on| words.date(on)).unwrap_or_default()),
        ("medewerker", name),
        ("telefoon", house.norms(now).reach.phone.clone()),
        ("gemeente", house.name().to_owned()),
    ]);
    // It was checked when it was kept; what can not be filled in is shown as it stands.
    Ok(fill(&text.body, &values).unwrap_or(text.body))
}

/// What stands under the answers of an employee; their name when they set nothing.
///
/// # Errors
/// When the database fails.
pub fn signature<R: Right>(tx: &mut Tx<'_>, agent: &Agent<R>) -> Result<Signature, Stop> {
    let mut signature = tx.signature(agent.id())?.unwrap_or_default();
    if signature.name.trim().is_empty() {
        agent.name().clone_into(&mut signature.name);
    }
    Ok(signature)
}

/// Sets what stands under the answers of an employee.
///
/// # Errors
/// Refused when it is too long.
pub fn set_signature<R: Right>(
    tx: &mut Tx<'_>,
    agent: &Agent<R>,
    signature: &Signature,
) -> Result<(), Stop> {
    let Signature { name, department, more } = signature;
    let long = |text: &str, most: usize| text.chars().count() > most;
    let lines = [name, department].iter().any(|line| long(line, LINE_CHARS_MAX));
    if lines || long(more, SIGNATURE_CHARS_MAX) {
        return Err(Refusal::TextTooLong.into());
    }
    Ok(tx.sign_with(agent.id(), signature)?)
}

/// The signature as lines of text.
pub(crate) fn signature_of(tx: &mut Tx<'_>, agent: &Agent) -> Result<String, Stop> {
    let Signature { name, department, more } = signature(tx, agent)?;
    let lines = [name.trim(), department.trim(), more.trim()];
    Ok(lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"))
}
