//! Whether an automatic mail may go to an address: not to one that is gone or blocked, and never so
//! many that two programs could answer each other for long.

use jiff::{SignedDuration, Timestamp};
use ledger::blocked::Blocked;
use ledger::contacts::email_key;
use ledger::{Stop, Tx};
use promises::Refusal;

use crate::House;
use crate::accounts::Agent;
use crate::arrival::Arrival;
use crate::attempts::too_many;
use crate::carry_out::to_change;
use crate::limits::{
    ANSWERS_OF_DOMAIN, ANSWERS_OF_THREAD, AUTOMATIC_MAILS, FAILURES_MAX, LINE_CHARS_MAX,
    RELATED_MAX, UNDELIVERABLE_DAYS,
};

/// From now on the address of this contact gets no automatic mail: a program behind it that no rule
/// knows, or a person who asked for it (INTAKE 47). What comes from it is taken in as before.
///
/// # Errors
/// Refused when there is no such contact, it has no address, or no reason is given.
pub fn block_address(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    contact: i64,
    why: &str,
) -> Result<(), Stop> {
    let key = address_of(tx, contact)?;
    let why: String = why.trim().chars().take(LINE_CHARS_MAX).collect();
    if why.is_empty() {
        return Err(Refusal::TextEmpty.into());
    }
    let blocked = Blocked { at: now, employee: agent.id(), why };
    Ok(tx.block((&key, &house.hidden_address(&key)), &blocked)?)
}

/// From now on the address of this contact gets automatic mail again.
///
/// # Errors
/// Refused when there is no such contact, or it has no address.
pub fn unblock_address(tx: &mut Tx<'_>, house: &House, contact: i64) -> Result<(), Stop> {
    let key = address_of(tx, contact)?;
    Ok(tx.unblock((&key, &house.hidden_address(&key)))?)
}

/// Why an address gets no automatic mail, also when all that its person sent before is erased.
///
/// # Errors
/// When the database fails.
pub(crate) fn blocked(tx: &mut Tx<'_>, house: &House, key: &str) -> Result<Option<Blocked>, Stop> {
    Ok(tx.blocked((key, &house.hidden_address(key)))?)
}

fn address_of(tx: &mut Tx<'_>, contact: i64) -> Result<String, Stop> {
    // Locked: erasing it meanwhile would leave the address behind.
    let found = to_change(tx, contact)?;
    let key = email_key(&found.email);
    if key.is_empty() { Err(Refusal::NoAddress.into()) } else { Ok(key) }
}

/// How many, within how many minutes.
type Limits = &'static [(u32, i64)];

/// Why no automatic mail goes to the writer of this arrival, as the name of a rule; counts the
/// mail when there is no reason.
pub(crate) fn obstacle(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    arrival: &Arrival,
    related: Option<i64>,
) -> Result<Option<&'static str>, Stop> {
    let key = email_key(&arrival.email);
    if blocked(tx, house, &key)?.is_some() {
        return Ok(Some("blocked"));
    }
    if is_undeliverable(tx, now, &key)? {
        return Ok(Some("undeliverable"));
    }
    let mut windows: Vec<(String, Limits)> = vec![(bucket(&key), &AUTOMATIC_MAILS)];
    // Whoever answers our letters from ever new addresses is counted by what stays the same.
    if let Some(related) = related {
        windows.push((format!("thread:{}", root(tx, related)?), &ANSWERS_OF_THREAD));
    }
    if related.is_some() || arrival.thread.answers {
        let domain = key.rsplit('@').next().unwrap_or_default();
        windows.push((format!("domain:{domain}"), &ANSWERS_OF_DOMAIN));
    }
    for (bucket, limits) in &windows {
        if too_many(tx, now, bucket, limits)? {
            return Ok(Some("rate-limit"));
        }
    }
    for (bucket, _) in &windows {
        tx.count_attempt(bucket, now)?;
    }
    Ok(None)
}

/// Whether a mail that nobody here wrote may go to an address: it is one, nobody turned that off,
/// and it did not come back lately.
pub(crate) fn gets_automatic_mail(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    key: &str,
) -> Result<bool, Stop> {
    let may = !key.is_empty() && blocked(tx, house, key)?.is_none();
    Ok(may && !is_undeliverable(tx, now, key)?)
}

/// Where automatic mail to an address is counted.
pub(crate) fn bucket(key: &str) -> String {
    format!("mail:{key}")
}

/// The first contact of a chain in which each may belong to the one before.
fn root(tx: &mut Tx<'_>, contact: i64) -> Result<i64, Stop> {
    let mut root = contact;
    for _ in 0..RELATED_MAX {
        match tx.contact(root)?.and_then(|found| found.related) {
            Some(before) => root = before,
            None => break,
        }
    }
    Ok(root)
}

/// Whether a letter to this address came back lately because the address does not exist
/// (INTAKE 46).
fn is_undeliverable(tx: &mut Tx<'_>, now: Timestamp, key: &str) -> Result<bool, Stop> {
    let window = SignedDuration::from_hours(24 * UNDELIVERABLE_DAYS);
    let since = now.checked_sub(window).unwrap_or(Timestamp::MIN);
    let details = tx.failures_to(key, since, FAILURES_MAX)?;
    Ok(details.iter().any(|detail| says_gone(detail)))
}

/// Whether a failure is about the address for good: class 5, but not a full mailbox (5.2.2), nor a
/// refusal of this one message (5.3.4, 5.6, 5.7). INTAKE 69.
fn says_gone(detail: &str) -> bool {
    let words = detail.split(|c: char| !(c.is_ascii_digit() || c == '.'));
    let status = words.map(|word| word.trim_matches('.')).find(|word| {
        let numbers: Vec<&str> = word.split('.').collect();
        let class = numbers.first().is_some_and(|class| ["4", "5"].contains(class));
        class && numbers.len() == 3 && numbers.iter().all(|number| (1..=3).contains(&number.len()))
    });
    let passing = ["5.2.2", "5.3.4"];
    status.is_some_and(|status| {
        status.starts_with("5.")
            && !passing.contains(&status)
            && !status.starts_with("5.6.")
            && !status.starts_with("5.7.")
    })
}

#[cfg(test)]
mod tests {
    use super::says_gone;

    /// INTAKE 69: what marks an address and what is only about one letter.
    #[test]
    fn which_failures_are_about_the_address() {
        for (detail, gone) in [
            ("5.1.1", true),
            ("5.1.10", true),
            ("5.4.4", true),
            ("5.0.0", true),
            ("550 5.1.1 no such user", true),
            ("permanent error (550): 5.1.1 <x@example.nl>: unknown", true),
            ("5.2.2", false),
            ("552 5.2.2 mailbox full", false),
            ("5.3.4", false),
            ("5.6.0", false),
            ("5.7.1", false),
            ("4.2.2", false),
            ("connection refused", false),
            ("", false),
        ] {
            assert_eq!(says_gone(detail), gone, "{detail}");
        }
    }
}
