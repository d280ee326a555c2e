//! What the telephone is measured by, over a period: all calls, and those of each weekday and hour.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use jiff::{SignedDuration, Timestamp};
use ledger::{Stop, Tx};
use norms::Deed;
use promises::figures::Share;
use promises::phone::Record;
use promises::phone_figures::{PhoneFigures, SHORT_SECONDS};
use promises::staffing::{Table, table};

use crate::House;
use crate::limits::PHONE_FIGURES_CALLS_MAX;
use crate::results::tally;

/// How long a call takes as long as none has ended.
const USUAL_CALL: SignedDuration = SignedDuration::from_mins(4);

/// The figures of a period.
#[derive(Clone, Debug, Default)]
pub struct PhoneReport {
    /// All calls.
    pub all: PhoneFigures,
    /// By weekday, Monday first, where there were any.
    pub weekdays: Vec<(Weekday, PhoneFigures)>,
    /// By the hour in which they began, where there were any.
    pub hours: Vec<(i8, PhoneFigures)>,
    /// Call-backs that fell due: who was called in time.
    pub called_back: Share,
    /// Whether there were more calls than are read at once: then the last are not counted.
    pub is_cut: bool,
}

/// The figures of the days from `from` to `to`, both included.
///
/// # Errors
/// When the database fails.
pub fn phone_figures(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    (from, to): (Date, Date),
) -> Result<PhoneReport, Stop> {
    let span = (house.begin_of(from), house.end_of(to));
    let calls = tx.phone_calls_between(span, PHONE_FIGURES_CALLS_MAX)?;
    let records: Vec<Record> = calls.iter().map(|call| call.record).collect();
    let mut weekdays: BTreeMap<i8, Vec<Record>> = BTreeMap::new();
    let mut hours: BTreeMap<i8, Vec<Record>> = BTreeMap::new();
    for record in &records {
        let at = record.rang_at.to_zoned(house.zone().clone());
        weekdays.entry(at.weekday().to_monday_zero_offset()).or_default().push(*record);
        hours.entry(at.hour()).or_default().push(*record);
    }
    let weekday = |(nr, records): (i8, Vec<Record>)| {
        Some((Weekday::from_monday_zero_offset(nr).ok()?, PhoneFigures::of(&records)))
    };
    Ok(PhoneReport {
        all: PhoneFigures::of(&records),
        weekdays: weekdays.into_iter().filter_map(weekday).collect(),
        hours: hours.into_iter().map(|(hour, it)| (hour, PhoneFigures::of(&it))).collect(),
        called_back: called_back(tx, house, now, span)?,
        is_cut: calls.len() >= PHONE_FIGURES_CALLS_MAX as usize,
    })
}

/// Promises to call back that fell due: kept, of those kept and broken.
fn called_back(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    span: (Timestamp, Timestamp),
) -> Result<Share, Stop> {
    let count = |count: i64| u64::try_from(count).unwrap_or_default();
    let mut share = Share::default();
    for tally in tally(tx, house, span, now)? {
        if tally.duty.is_kept_by(Deed::CallBack) {
            share.part += count(tally.kept);
            share.whole += count(tally.kept) + count(tally.broken);
        }
    }
    Ok(share)
}

/// Who asked for an employee on these days, by half hour of the week. Who gave up counts as a call
/// like the others: it would have taken as long.
///
/// # Errors
/// When the database fails.
pub fn phoned(tx: &mut Tx<'_>, house: &House, (from, to): (Date, Date)) -> Result<Table, Stop> {
    let span = (house.begin_of(from), house.end_of(to));
    let calls = tx.phone_calls_between(span, PHONE_FIGURES_CALLS_MAX)?;
    let records: Vec<Record> = calls.iter().map(|call| call.record).collect();
    let usual = PhoneFigures::of(&records).mean_spoken().unwrap_or(USUAL_CALL);
    let short = SignedDuration::from_secs(SHORT_SECONDS);
    let asked = records
        .iter()
        .filter(|it| it.waited().is_some_and(|wait| wait >= short) || it.answered_at.is_some());
    let asked: Vec<_> = asked.map(|it| (it.rang_at, it.spoken().unwrap_or(usual))).collect();
    let hours = &house.norms(house.begin_of(to)).phone.open;
    // Bounded by what is read and by the days that can be asked for.
    Ok(table(hours, (from, to), &asked).unwrap_or_default())
}
