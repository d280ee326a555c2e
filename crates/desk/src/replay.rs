//! What if: the contacts of a period under another norm file. Nothing is kept.

use std::collections::VecDeque;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use ledger::histories::PIECE;
use ledger::{Ledger, Pending, Stop, Tx};
use norms::Norms;
use promises::replay::Compared;

use crate::House;
use crate::results::start_of;

/// Pieces that are read at a time; other readers take their turn between them.
const AT_ONCE: usize = 2;

/// Which contacts are told again, and by which norms.
#[derive(Clone, Debug)]
pub struct WithOther {
    /// The norms that would have held, whatever day their file is valid from.
    pub norms: Norms,
    /// The first instant at which contacts were received.
    pub from: Timestamp,
    /// The first instant after it.
    pub until: Timestamp,
    /// What is known then.
    pub now: Timestamp,
}

impl WithOther {
    /// For the contacts received from the first day to the last, as known at `now`.
    #[must_use]
    pub fn days(house: &House, norms: Norms, (first, last): (Date, Date), now: Timestamp) -> Self {
        WithOther { norms, from: start_of(house, first), until: house.end_of(last), now }
    }
}

/// What became of the contacts of a period, beside what would have become of them under other
/// norms. Read in pieces, so memory does not grow with the period; what is written meanwhile may
/// or may not be told.
///
/// # Errors
/// When the database fails.
pub async fn replay(ledger: &Ledger, asked: WithOther) -> Result<Compared, Stop> {
    let mut compared = Compared::default();
    let period = (asked.from, asked.until);
    let span = ledger.read(move |tx| Ok(tx.received_span(period)?)).await?;
    let Some((first, last)) = span else { return Ok(compared) };
    let asked = Arc::new(asked);
    let mut under_way: VecDeque<Pending<Compared>> = VecDeque::new();
    let mut next = first;
    while next <= last || !under_way.is_empty() {
        while next <= last && under_way.len() < AT_ONCE {
            let (asked, from) = (Arc::clone(&asked), next);
            under_way.push_back(ledger.read(move |tx| piece(tx, &asked, from)));
            next += PIECE;
        }
        if let Some(oldest) = under_way.pop_front() {
            compared.add(oldest.await?);
        }
    }
    compared.rows.sort_by_key(|row| {
        let norms = &asked.norms.list;
        let place = norms.iter().position(|norm| norm.id == row.norm).unwrap_or(norms.len());
        (place, row.norm.clone(), row.is_date, row.channel)
    });
    Ok(compared)
}

fn piece(tx: &mut Tx<'_>, asked: &WithOther, first: i64) -> Result<Compared, Stop> {
    let mut compared = Compared::default();
    for history in tx.histories(first, (asked.from, asked.until))? {
        compared.count(&asked.norms, &history, asked.now);
    }
    Ok(compared)
}
