//! What became of the targets of norms: not of one contact, but of all of a period together.

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use ledger::{Stop, Tx};
use norms::{Feed, Norm, Norms, Period, Target};
use promises::{Case, TargetResult, judge};

use crate::House;
use crate::results::{YEAR_MONTHS, generations, start_of};

/// Months in a quarter.
const QUARTER_MONTHS: i8 = 3;

/// A target of a norm of one generation of the charter, over the last whole period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NormTarget {
    /// The generation, by name.
    pub generation: String,
    /// The norm.
    pub norm: String,
    /// The first day of the first month.
    pub first: Date,
    /// The first day of the last month.
    pub last: Date,
    /// The target and how it came out.
    pub result: TargetResult,
}

/// The targets of every generation that has begun, as known at `now`: of the last whole month or
/// quarter, or of the last twelve whole months.
///
/// # Errors
/// When the database fails.
pub fn targets(tx: &mut Tx<'_>, house: &House, now: Timestamp) -> Result<Vec<NormTarget>, Stop> {
    let mut found = Vec::new();
    let begun = house.charter.in_force().zip(generations(house)).filter(|(it, _)| it.from <= now);
    for (it, under) in begun {
        for norm in &it.norms.list {
            for target in &norm.targets {
                let (first, last) = whole(house.day(now), target.period);
                let until = start_of(house, last.saturating_add(Span::new().months(1)));
                let period = (start_of(house, first), until);
                let cases = match norm.duty.feed() {
                    Feed::Promises => tx.cases((&norm.id, norm.duty), period, under)?,
                    _ => Vec::new(),
                };
                let result = judged(it.norms, norm, *target, &cases, now);
                let (generation, norm) = (it.norms.generation.clone(), norm.id.clone());
                found.push(NormTarget { generation, norm, first, last, result });
            }
        }
    }
    Ok(found)
}

/// The last whole period before a day: the first days of its first and its last month.
fn whole(today: Date, period: Period) -> (Date, Date) {
    let this = today.first_of_month();
    let back = |day: Date, months: i8| day.saturating_sub(Span::new().months(months));
    match period {
        Period::Month => (back(this, 1), back(this, 1)),
        Period::Quarter => {
            let quarter = back(this, (this.month() - 1) % QUARTER_MONTHS);
            (back(quarter, QUARTER_MONTHS), back(quarter, 1))
        }
        Period::Year => (this.saturating_sub(Span::new().months(YEAR_MONTHS)), back(this, 1)),
    }
}

fn judged(
    norms: &Norms,
    norm: &Norm,
    target: Target,
    cases: &[Case],
    now: Timestamp,
) -> TargetResult {
    let of_one = Norm { targets: vec![target], ..norm.clone() };
    let mut results = judge(norms, &of_one, cases, now).targets;
    results.pop().unwrap_or(TargetResult { target, reached: None, is_met: None })
}
