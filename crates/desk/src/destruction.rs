//! What is past its term goes, once a month and after somebody approved the list.
//!
//! A term is counted in whole years from the day on which a contact was closed. A list is of one
//! month that is over and has what was past its term on the last day of it.

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use ledger::destruction::{Destruction, Fate, Kept, OfKind};
use ledger::{Chained, Stop, Tx};
use norms::{Kind, Term};
use promises::{Fact, Refusal};
use sha2::{Digest, Sha256};

use crate::House;
use crate::accounts::Agent;
use crate::carry_out::to_change;
use crate::erasure::{may_be_erased, wipe};
use crate::limits::{
    DESTROY_AT_ONCE, DESTROY_MAX, DESTRUCTIONS_LISTED, KEPT_DAYS_MAX, KEPT_LISTED, LINE_CHARS_MAX,
};
use crate::rights::Lead;

/// What is past its term of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastTerm {
    /// The kind.
    pub kind: Kind,
    /// Its term.
    pub term: Term,
    /// The contacts, the first that were closed first, with their numbers.
    pub contacts: Vec<(i64, String)>,
}

/// The list of the last month that is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToDestroy {
    /// Its month: "2026-10".
    pub month: String,
    /// The last day of that month.
    pub last_day: Date,
    /// What is on it, by kind; kinds without anything are left out.
    pub kinds: Vec<PastTerm>,
    /// What changes when anything on the list does.
    pub mark: String,
    /// What is kept longer, with the numbers.
    pub kept: Vec<(String, Kept)>,
    /// The lists that were approved, the latest first.
    pub earlier: Vec<Destruction>,
}

impl ToDestroy {
    /// How many contacts are on it.
    #[must_use]
    pub fn count(&self) -> usize {
        self.kinds.iter().map(|it| it.contacts.len()).sum()
    }

    /// Whether there may be more than fits on one list: that waits for the next one.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.count() >= DESTROY_MAX as usize
    }

    /// Whether this list was approved already.
    #[must_use]
    pub fn is_approved(&self) -> bool {
        self.earlier.iter().any(|it| it.month == self.month)
    }
}

/// What is past its term as at the end of last month.
///
/// # Errors
/// When the database fails.
pub fn to_destroy(tx: &mut Tx<'_>, house: &House, now: Timestamp) -> Result<ToDestroy, Stop> {
    let today = house.day(now);
    let last_day = today.first_of_month().yesterday().unwrap_or(today);
    let retention = &house.norms(now).retention;
    let (mut kinds, mut room, mut mark) = (Vec::new(), DESTROY_MAX, Sha256::new());
    for kind in Kind::ALL {
        let term = retention.of(*kind);
        let closed = last_day.saturating_sub(Span::new().years(i64::from(term.years)));
        let past = tx.past_term(*kind, (house.end_of(closed), today), room)?;
        if past.is_empty() {
            continue;
        }
        room -= u32::try_from(past.len()).unwrap_or(room).min(room);
        mark.update(format!("{kind} {} {}\n", term.years, term.ground));
        past.iter().for_each(|(id, _)| mark.update(id.to_be_bytes()));
        let contacts = past.into_iter().map(|(id, at)| (id, house.number(id, at))).collect();
        kinds.push(PastTerm { kind: *kind, term, contacts });
    }
    let kept = tx.kept_longer(KEPT_LISTED)?;
    Ok(ToDestroy {
        month: last_day.strftime("%Y-%m").to_string(),
        last_day,
        kinds,
        mark: data_encoding::HEXLOWER.encode(&mark.finalize()[..16]),
        kept: kept.into_iter().map(|it| (house.number(it.contact, it.received_at), it)).collect(),
        earlier: tx.destructions(DESTRUCTIONS_LISTED)?,
    })
}

/// Keeps a contact past its term until a day, because of an objection or a lawsuit; an empty
/// reason lets it go again.
///
/// # Errors
/// Refused when there is no such contact or it is erased, the day is over or too far away, or the
/// reason is too long.
pub fn keep_longer(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent<Lead>,
    contact: i64,
    (until, why): (Date, &str),
) -> Result<(), Stop> {
    let found = to_change(tx, contact)?;
    let today = house.day(now);
    if why.trim().is_empty() {
        return Err(Refusal::TextEmpty.into());
    }
    if why.chars().count() > LINE_CHARS_MAX {
        return Err(Refusal::TextTooLong.into());
    }
    if until < today {
        return Err(Refusal::DateInPast.into());
    }
    if until > today.saturating_add(Span::new().days(KEPT_DAYS_MAX)) {
        return Err(Refusal::DateTooFar.into());
    }
    let why = why.trim().to_owned();
    let (received_at, employee) = (found.received_at, agent.id());
    Ok(tx.keep_longer(&Kept { contact, received_at, until, why, employee }, now)?)
}

/// A contact is kept no longer than its term after all.
///
/// # Errors
/// Refused when there is no such contact or it is erased.
pub fn keep_no_longer(tx: &mut Tx<'_>, _: &Agent<Lead>, contact: i64) -> Result<(), Stop> {
    to_change(tx, contact)?;
    Ok(tx.keep_no_longer(contact)?)
}

/// Approves the list of a month as it was seen: its contacts are erased from now on, a few at a
/// time.
///
/// # Errors
/// Refused when it is not the list of now, was approved already, or has nothing on it.
pub fn approve_destruction(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent<Lead>,
    (month, mark): (&str, &str),
) -> Result<(), Stop> {
    let list = to_destroy(tx, house, now)?;
    if list.is_approved() {
        return Err(Refusal::ListApproved.into());
    }
    if list.month != month || list.mark != mark {
        return Err(Refusal::ListChanged.into());
    }
    if list.kinds.is_empty() {
        return Err(Refusal::ListEmpty.into());
    }
    let contacts = u32::try_from(list.count()).unwrap_or(u32::MAX);
    let approved = Destruction {
        month: list.month.clone(),
        approved_at: now,
        employee: agent.id(),
        passed_over: 0,
        erased_before: 0,
        done_at: None,
    };
    let of_kinds: Vec<(OfKind, Vec<i64>)> = list.kinds.into_iter().map(of_kind).collect();
    tx.add_destruction(&approved, &of_kinds)?;
    let fact = Fact::DestructionApproved { list: list.month, contacts, hash: list.mark };
    tx.house_fact(now, agent.id(), &fact);
    Ok(())
}

fn of_kind(past: PastTerm) -> (OfKind, Vec<i64>) {
    let ids: Vec<i64> = past.contacts.iter().map(|(id, _)| *id).collect();
    let of = OfKind {
        kind: past.kind,
        years: u32::from(past.term.years),
        ground: past.term.ground,
        contacts: u32::try_from(ids.len()).unwrap_or(u32::MAX),
        first: ids.iter().copied().min().unwrap_or_default(),
        last: ids.iter().copied().max().unwrap_or_default(),
    };
    (of, ids)
}

/// Erases some of what was approved; says whether there is more. What was taken up again or is
/// kept since then is passed over. Broken off, it goes on where it was.
///
/// # Errors
/// When the database fails.
pub fn destroy_some(tx: &mut Tx<'_>, house: &House, now: Timestamp) -> Result<bool, Stop> {
    let next = tx.to_destroy(DESTROY_AT_ONCE)?;
    for (month, id) in &next {
        let turn = destroy(tx, house, now, (month, *id))?;
        tx.destroyed((month, *id), turn, now)?;
    }
    Ok(next.len() >= DESTROY_AT_ONCE as usize)
}

fn destroy(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    (month, id): (&str, i64),
) -> Result<Fate, Stop> {
    let contact = match to_change(tx, id) {
        Ok(contact) => contact,
        Err(Stop::Refused(Refusal::Erased)) => return Ok(Fate::ErasedBefore),
        Err(Stop::Refused(_)) => return Ok(Fate::PassedOver),
        Err(stop) => return Err(stop),
    };
    let Some((list, ..)) = tx.destruction(month)? else { return Ok(Fate::PassedOver) };
    // Taken up again and closed since the list was approved: its term begins anew.
    if contact.closed_at.is_some_and(|closed| closed >= list.approved_at) {
        return Ok(Fate::PassedOver);
    }
    match may_be_erased(tx, house, now, &contact) {
        Err(Stop::Refused(_)) => return Ok(Fate::PassedOver),
        other => other?,
    }
    wipe(tx, house, now, &contact, (list.employee, Some(month.to_owned())))?;
    Ok(Fate::Erased)
}

/// What is certified of a list: what stood on it, how many are still to be erased, and the fact
/// that it was approved, with its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The list.
    pub list: Destruction,
    /// What stood on it, by kind.
    pub kinds: Vec<OfKind>,
    /// How many are still to be erased.
    pub left: u32,
    /// The fact.
    pub fact: Option<Chained>,
}

/// The certificate of a list that was approved.
///
/// # Errors
/// When the database fails.
pub fn certificate(tx: &mut Tx<'_>, month: &str) -> Result<Option<Certificate>, Stop> {
    let Some((list, kinds, left)) = tx.destruction(month)? else { return Ok(None) };
    let is_it = |fact: &Chained| {
        let said = serde_json::from_str(&fact.data).ok();
        matches!(said, Some(Fact::DestructionApproved { list, .. }) if list == month)
    };
    let fact = tx.approvals()?.into_iter().find(is_it);
    Ok(Some(Certificate { list, kinds, left, fact }))
}
