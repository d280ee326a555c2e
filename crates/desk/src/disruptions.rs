//! Disruptions: an employee publishes what does not work, changes it, and says when it is over.

use jiff::{SignedDuration, Timestamp};
use ledger::disruptions::Disruption;
use ledger::{Stop, Tx};
use promises::{Fact, Refusal};
use sha2::{Digest, Sha256};
use words::Lang;

use crate::accounts::Agent;
use crate::limits::{
    DISRUPTION_CHARS_MAX, DISRUPTION_DAYS_MAX, DISRUPTIONS_LISTED, DISRUPTIONS_OPEN_MAX,
};
use crate::rights::Publish;

/// Why a disruption is not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisruptionFault {
    /// No way of contact is chosen.
    Ways,
    /// There is no text in Dutch.
    DutchMissing,
    /// The text in this language is too long.
    TooLong(Lang),
    /// It begins at no moment, or more than a year from now.
    Since,
    /// It is expected to end before it begins, or more than a year from now.
    Expected,
    /// As many last as may.
    TooMany,
}

/// What is wrong with a disruption by itself, in the order of the form.
#[must_use]
pub fn disruption_faults(now: Timestamp, disruption: &Disruption) -> Vec<DisruptionFault> {
    let Disruption { ways, nl, fy, en, since, expected, .. } = disruption;
    let near = |at: Timestamp| {
        let most = SignedDuration::from_hours(24 * DISRUPTION_DAYS_MAX);
        at.duration_since(now).abs() <= most
    };
    let long = |text: &str| text.chars().count() > DISRUPTION_CHARS_MAX;
    let texts = [(Lang::Nl, nl), (Lang::Fy, fy), (Lang::En, en)];
    let too_long = texts.into_iter().filter(|(_, text)| long(text));
    let mut faults = Vec::new();
    if ways.is_empty() {
        faults.push(DisruptionFault::Ways);
    }
    if nl.trim().is_empty() {
        faults.push(DisruptionFault::DutchMissing);
    }
    faults.extend(too_long.map(|(lang, _)| DisruptionFault::TooLong(lang)));
    if !near(*since) {
        faults.push(DisruptionFault::Since);
    }
    if expected.is_some_and(|expected| expected <= *since || !near(expected)) {
        faults.push(DisruptionFault::Expected);
    }
    faults
}

/// Publishes a disruption (key 0), or changes one that is not over.
///
/// # Errors
/// Refused when there is none to change; what is wrong with it is an answer.
pub fn publish_disruption(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: &Agent<Publish>,
    disruption: &Disruption,
) -> Result<Result<(), Vec<DisruptionFault>>, Stop> {
    let faults = disruption_faults(now, disruption);
    if !faults.is_empty() {
        return Ok(Err(faults));
    }
    if disruption.id == 0 {
        let open = tx.disruptions(DISRUPTIONS_OPEN_MAX)?;
        let open = open.iter().filter(|it| it.ended.is_none()).count();
        if open >= DISRUPTIONS_OPEN_MAX as usize {
            return Ok(Err(vec![DisruptionFault::TooMany]));
        }
    }
    let key = tx.keep_disruption(disruption, now, agent.id())?.ok_or(Refusal::NotFound)?;
    let Disruption { nl, fy, en, .. } = disruption;
    let hash = data_encoding::HEXLOWER
        .encode(&Sha256::digest([nl, fy, en].map(String::as_str).join("\n")));
    tx.house_fact(now, agent.id(), &Fact::DisruptionPublished { disruption: key, hash });
    Ok(Ok(()))
}

/// Says that a disruption is over. One that had not begun is called off.
///
/// # Errors
/// Refused when there is none that is not over.
pub fn end_disruption(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: &Agent<Publish>,
    id: i64,
) -> Result<(), Stop> {
    if !tx.end_disruption(id, now, agent.id())? {
        return Err(Refusal::NotFound.into());
    }
    tx.house_fact(now, agent.id(), &Fact::DisruptionEnded { disruption: id });
    Ok(())
}

/// The disruptions for employees: first those that are not over, the latest first.
///
/// # Errors
/// When the database fails.
pub fn disruptions(tx: &mut Tx<'_>) -> Result<Vec<Disruption>, Stop> {
    Ok(tx.disruptions(DISRUPTIONS_LISTED)?)
}

/// The disruptions for everybody: those that last, then those that are over, the
/// latest first.
///
/// # Errors
/// When the database fails.
pub fn published_disruptions(tx: &mut Tx<'_>, now: Timestamp) -> Result<Vec<Disruption>, Stop> {
    Ok(tx.published_disruptions(now, DISRUPTIONS_LISTED)?)
}

/// One disruption that is not over.
///
/// # Errors
/// Refused when there is none with this key.
pub fn disruption(tx: &mut Tx<'_>, id: i64) -> Result<Disruption, Stop> {
    let found = tx.disruption(id)?.filter(|disruption| disruption.ended.is_none());
    Ok(found.ok_or(Refusal::NotFound)?)
}
