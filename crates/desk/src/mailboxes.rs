//! Mailboxes read over IMAP: what a mail becomes and how far the mailbox was read are committed
//! together, so that no moment exists at which one of the two is missing (INTAKE 1, 2, 7).

use jiff::{SignedDuration, Timestamp};
use ledger::mailboxes::{Mailbox, MailboxMail, Outcome};
use ledger::{Stop, Tx};
use promises::Refusal;

use crate::House;
use crate::arrival::Arrival;
use crate::intake::{Receipt, receive};
use crate::limits::{COUNT_MAX, MAIL_TRIES_MAX, MAIL_WAIT_SECONDS, MAILBOX_LEASE_SECONDS};

/// Why a mail was refused that its owner has marked as deleted.
pub const REASON_DELETED: &str = "deleted";
/// Why a mail was refused that is larger than a mailbox may hand over.
pub const REASON_TOO_LARGE: &str = "too-large";
/// Why a mail could not be taken in: the program ended while it was at work on it.
pub const REASON_BROKE_OFF: &str = "broke-off";
/// Why a mail could not be taken in: it is no longer in the mailbox.
pub const REASON_GONE: &str = "gone";

/// A message in a mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The name of the mailbox.
    pub mailbox: String,
    /// The numbering of the server.
    pub uidvalidity: u32,
    /// The number of the message.
    pub uid: u32,
    /// Its size in bytes, as the server says it.
    pub size: u32,
    /// When it reached the mailbox, as far as the server said it.
    pub arrived: Option<Timestamp>,
}

/// A mailbox as an operator looks at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailboxHealth {
    /// Its row.
    pub mailbox: Mailbox,
    /// Mails that wait for another try.
    pub trying: u32,
    /// Mails that are set aside.
    pub set_aside: u32,
}

/// Takes a mailbox for one reader, as long as a lease lasts. False when another process has it.
///
/// # Errors
/// When the database fails.
pub fn hold_mailbox(
    tx: &mut Tx<'_>,
    now: Timestamp,
    name: &str,
    holder: &str,
) -> Result<bool, Stop> {
    tx.mailbox(name, now)?;
    Ok(tx.hold_mailbox(name, holder, (now, later(now, MAILBOX_LEASE_SECONDS)))?)
}

/// Gives a mailbox back, so that another process need not wait for the end of the lease.
///
/// # Errors
/// When the database fails.
pub fn release_mailbox(
    tx: &mut Tx<'_>,
    now: Timestamp,
    name: &str,
    holder: &str,
) -> Result<(), Stop> {
    tx.hold_mailbox(name, holder, (now, now))?;
    Ok(())
}

/// A mailbox as the server numbers it now. When that is not how it was numbered before, the
/// reading begins again, and what is known already is recognised by its Message-ID (INTAKE 8).
///
/// # Errors
/// When the database fails.
pub fn numbered_mailbox(
    tx: &mut Tx<'_>,
    now: Timestamp,
    name: &str,
    uidvalidity: u32,
) -> Result<(Mailbox, bool), Stop> {
    let mailbox = tx.mailbox(name, now)?;
    if mailbox.uidvalidity == uidvalidity {
        return Ok((mailbox, false));
    }
    tx.renumber_mailbox(name, uidvalidity)?;
    Ok((tx.mailbox(name, now)?, mailbox.uidvalidity != 0))
}

/// Takes in a mail from a mailbox: as [`receive`] does, and the mailbox is read up to it in the
/// same transaction. With a reason, the mail itself stayed where it is and counts as refused.
///
/// # Errors
/// Only when the database fails: nothing that arrives is refused.
pub fn receive_from(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    arrival: &Arrival,
    (place, reason): (&Place, Option<&str>),
) -> Result<Receipt, Stop> {
    let receipt = receive(tx, house, now, arrival)?;
    let outcome = if reason.is_some() { Outcome::Refused } else { Outcome::Taken };
    let mail = MailboxMail {
        outcome,
        reason: reason.unwrap_or_default().to_owned(),
        contact: Some(receipt.done.contact),
        ..blank(place, now)
    };
    tx.put_mail(&mail, None)?;
    Ok(receipt)
}

/// A mail is not taken in, for a reason that holds.
///
/// # Errors
/// When the database fails.
pub fn refuse_mail(
    tx: &mut Tx<'_>,
    now: Timestamp,
    place: &Place,
    reason: &str,
) -> Result<(), Stop> {
    let mail =
        MailboxMail { outcome: Outcome::Refused, reason: reason.to_owned(), ..blank(place, now) };
    Ok(tx.put_mail(&mail, None)?)
}

/// A try to take in a mail failed. It is tried again, each time after a longer wait; after
/// [`MAIL_TRIES_MAX`] tries it is set aside with its bytes, when there are any, and the answer is
/// [`Outcome::SetAside`] (INTAKE 10).
///
/// # Errors
/// When the database fails.
pub fn mail_failed(
    tx: &mut Tx<'_>,
    now: Timestamp,
    place: &Place,
    reason: &str,
    bytes: Option<&[u8]>,
) -> Result<Outcome, Stop> {
    let before = tx.mailbox_mail(&place.mailbox, place.uidvalidity, place.uid)?;
    // Another reader was at it meanwhile, and had no trouble.
    if let Some(done @ (Outcome::Taken | Outcome::Refused)) = before.as_ref().map(|it| it.outcome) {
        return Ok(done);
    }
    let kept = match &before {
        Some(before) => tx.mail_bytes(before.id)?,
        None => None,
    };
    let tries = before.filter(|it| it.outcome == Outcome::Trying).map_or(0, |it| it.tries) + 1;
    let outcome = if tries >= MAIL_TRIES_MAX { Outcome::SetAside } else { Outcome::Trying };
    let step = usize::try_from(tries - 1).unwrap_or(usize::MAX).min(MAIL_WAIT_SECONDS.len() - 1);
    let mail = MailboxMail {
        outcome,
        reason: reason.to_owned(),
        tries,
        next_at: later(now, MAIL_WAIT_SECONDS[step]),
        ..blank(place, now)
    };
    // What was kept once is not forgotten because of one more failure.
    let bytes = bytes.filter(|_| outcome == Outcome::SetAside).or(kept.as_deref());
    tx.put_mail(&mail, bytes)?;
    Ok(outcome)
}

/// A mail that was to be tried again is no longer in the mailbox. It is set aside so that someone
/// sees it; when that someone asked for this try, it is forgotten.
///
/// # Errors
/// When the database fails.
pub fn mail_gone(tx: &mut Tx<'_>, now: Timestamp, mail: &MailboxMail) -> Result<(), Stop> {
    if mail.tries == 0 {
        return Ok(tx.drop_mail(mail.id)?);
    }
    let gone = MailboxMail {
        outcome: Outcome::SetAside,
        reason: REASON_GONE.to_owned(),
        at: now,
        ..mail.clone()
    };
    Ok(tx.put_mail(&gone, None)?)
}

/// An employee wants a mail that was set aside to be tried again.
///
/// # Errors
/// Refused when there is no such mail, or it is no longer set aside.
pub fn retry_mail(tx: &mut Tx<'_>, now: Timestamp, id: i64) -> Result<(), Stop> {
    if tx.reopen_mail(id, now)? { Ok(()) } else { Err(Refusal::NotFound.into()) }
}

/// Every mailbox with its figures.
///
/// # Errors
/// When the database fails.
pub fn mailbox_health(tx: &mut Tx<'_>) -> Result<Vec<MailboxHealth>, Stop> {
    let mut all = Vec::new();
    for mailbox in tx.mailboxes()? {
        let trying = tx.count_mails_left(&mailbox.name, Outcome::Trying, COUNT_MAX)?;
        let set_aside = tx.count_mails_left(&mailbox.name, Outcome::SetAside, COUNT_MAX)?;
        all.push(MailboxHealth { mailbox, trying, set_aside });
    }
    Ok(all)
}

fn blank(place: &Place, now: Timestamp) -> MailboxMail {
    MailboxMail {
        id: 0,
        mailbox: place.mailbox.clone(),
        uidvalidity: place.uidvalidity,
        uid: place.uid,
        outcome: Outcome::Taken,
        reason: String::new(),
        contact: None,
        at: now,
        size: i64::from(place.size),
        tries: 0,
        next_at: now,
        arrived: place.arrived,
    }
}

fn later(now: Timestamp, seconds: i64) -> Timestamp {
    now.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
}
