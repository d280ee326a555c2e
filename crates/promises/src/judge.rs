//! Verdicts on norms of every kind: on one case, and on all cases of a period.
//!
//! A case is whatever a norm is about: a contact, a call, a visit, an outage. What is not done
//! counts: an open case past its limit is broken, and its time so far counts in an average.

use jiff::{SignedDuration, Timestamp};
use norms::{
    Aim, Bound, Consequence, Deadlines, Due, Limit, Money, NEVER, Norm, Norms, Target, WHOLE,
};

use crate::promise::verdict as verdict_on;
use crate::{How, Settlement, Verdict};

/// One case under a norm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// When its clock started.
    pub start: Timestamp,
    /// When it was done, when it was.
    pub end: Option<Timestamp>,
    /// How often something happened, for norms that count.
    pub times: u32,
    /// By when, where a promise says so: people may have agreed on another date than the norm's
    /// own limit gives, or the calendar changed since.
    pub due: Option<Due>,
    /// Why the norm does not hold for it: a class of message, or a ground of the norm file.
    pub excuse: Option<String>,
}

impl Case {
    /// Whether people agreed on another date: no other limit than that date holds then.
    fn is_agreed(&self) -> bool {
        self.due.as_ref().is_some_and(|due| due.agreed)
    }
}

/// The verdict on a case, as known at `now`. When it is [`Verdict::NotApplicable`], the case's own
/// excuse says why.
#[must_use]
pub fn verdict(norms: &Norms, norm: &Norm, case: &Case, now: Timestamp) -> Verdict {
    verdict_by(norms, norm, norm.limit, case, now)
}

fn verdict_by(norms: &Norms, norm: &Norm, limit: Limit, case: &Case, now: Timestamp) -> Verdict {
    let own = limit == norm.limit;
    if case.excuse.is_some() || (case.is_agreed() && !own) {
        return Verdict::NotApplicable;
    }
    if let Limit::Times(most) = limit {
        return match (case.times > most, case.end) {
            (true, _) => Verdict::Broken,
            (false, Some(_)) => Verdict::Kept,
            (false, None) => Verdict::Open,
        };
    }
    let due = match (&case.due, norm.bound) {
        (Some(due), _) if own => due.clone(),
        (_, Bound::Within) => norms.due_within(limit, &norm.hours, case.start),
        _ => norms.due(norm, case.start),
    };
    // A wait of 25 whole seconds is within 25 seconds; a deed at midnight is of the next day.
    let to_the_second = due.on.is_none() && case.end.is_some() && case.end == due.at;
    if to_the_second {
        return Verdict::Kept;
    }
    let settled = case.end.map(|at| Settlement { at, how: How::Done });
    verdict_on(&due, case.start, settled, now)
}

/// What became of all cases of a period under one norm.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judgement {
    /// Done in time.
    pub kept: u64,
    /// Not done in time, also when done later.
    pub broken: u64,
    /// Still owed and in time, at risk or not.
    pub open: u64,
    /// Done, where the norm sets no limit.
    pub measured: u64,
    /// Left out, each with a reason.
    pub excused: u64,
    /// The targets, in the order of the norm.
    pub targets: Vec<TargetResult>,
}

/// What became of many cases under one norm with a latest moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Done in time.
    pub kept: u64,
    /// Not done in time, also when done later.
    pub broken: u64,
    /// Still owed and in time.
    pub open: u64,
}

/// The verdicts on many cases at once, each the one that [`verdict`] gives: the second the clock of
/// a case started, and the second it was done, [`NEVER`] while it is not. Columns of one length.
#[must_use]
pub fn count(deadlines: &Deadlines, starts_s: &[i64], ends_s: &[i64], now_s: i64) -> Counts {
    // A deadline by the clock is in time to the second; the end of a day is not of that day.
    let grace = i64::from(!deadlines.is_in_days());
    let mut counts = Counts::default();
    for (start, end) in starts_s.iter().zip(ends_s) {
        let due = deadlines.due(*start);
        let done = *end != NEVER;
        let kept = done && *end < due.saturating_add(grace);
        let open = !done && now_s < due;
        counts.kept += u64::from(kept);
        counts.open += u64::from(open);
        counts.broken += u64::from(!kept && !open);
    }
    counts
}

/// How a target came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TargetResult {
    /// The target.
    pub target: Target,
    /// What was reached; `None` without a case that can be judged.
    pub reached: Option<Reached>,
    /// Whether the target was met; `None` without a case that can be judged.
    pub is_met: Option<bool>,
}

/// What was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    /// This share, in thousandths, rounded down: all is all.
    Share(u32),
    /// On average this long.
    Time(SignedDuration),
    /// On average so often, in thousandths.
    Times(u64),
}

/// Judges all cases of a period.
#[must_use]
pub fn judge(norms: &Norms, norm: &Norm, cases: &[Case], now: Timestamp) -> Judgement {
    let mut judgement = Judgement::default();
    for case in cases {
        *match verdict(norms, norm, case, now) {
            Verdict::Kept => &mut judgement.kept,
            Verdict::Broken => &mut judgement.broken,
            Verdict::Open | Verdict::AtRisk => &mut judgement.open,
            Verdict::Measured => &mut judgement.measured,
            Verdict::NotApplicable => &mut judgement.excused,
        } += 1;
    }
    judgement.targets =
        norm.targets.iter().map(|target| reached(norms, norm, *target, cases, now)).collect();
    judgement
}

fn reached(
    norms: &Norms,
    norm: &Norm,
    target: Target,
    cases: &[Case],
    now: Timestamp,
) -> TargetResult {
    let limit = target.limit.unwrap_or(norm.limit);
    let reached = match target.aim {
        Aim::Share(_) | Aim::Most => share(norms, norm, limit, cases, now).map(Reached::Share),
        Aim::Average => average(limit, cases, now),
    };
    let is_met = reached.map(|reached| match (target.aim, reached) {
        (Aim::Share(least), Reached::Share(share)) => share >= least,
        (Aim::Most, Reached::Share(share)) => share > WHOLE / 2,
        (_, Reached::Times(times)) => match limit {
            Limit::Times(most) => times <= u64::from(most) * u64::from(WHOLE),
            _ => true,
        },
        (_, Reached::Time(time)) => time <= allowed(norms, norm, limit),
        (Aim::Average, Reached::Share(_)) => false,
    });
    TargetResult { target, reached, is_met }
}

/// The share that was kept of what can be judged, in thousandths.
fn share(norms: &Norms, norm: &Norm, limit: Limit, cases: &[Case], now: Timestamp) -> Option<u32> {
    let (mut kept, mut judged) = (0_u64, 0_u64);
    for case in cases {
        match verdict_by(norms, norm, limit, case, now) {
            Verdict::Kept => (kept, judged) = (kept + 1, judged + 1),
            Verdict::Broken => judged += 1,
            Verdict::Open | Verdict::AtRisk | Verdict::Measured | Verdict::NotApplicable => {}
        }
    }
    let share = (kept * u64::from(WHOLE)).checked_div(judged)?;
    Some(u32::try_from(share).unwrap_or(WHOLE))
}

/// The average of what holds: an open case counts with its time so far.
fn average(limit: Limit, cases: &[Case], now: Timestamp) -> Option<Reached> {
    let held = || cases.iter().filter(|case| case.excuse.is_none() && !case.is_agreed());
    let count = u64::try_from(held().count()).ok().filter(|count| *count > 0)?;
    if let Limit::Times(_) = limit {
        let times: u64 = held().map(|case| u64::from(case.times)).sum();
        return Some(Reached::Times(times * u64::from(WHOLE) / count));
    }
    let took = |case: &Case| case.end.unwrap_or(now).duration_since(case.start).as_millis();
    let sum: i128 = held().map(took).sum();
    let average = i64::try_from(sum / i128::from(count)).unwrap_or(i64::MAX);
    Some(Reached::Time(SignedDuration::from_millis(average)))
}

/// The time by the clock that a limit allows.
fn allowed(norms: &Norms, norm: &Norm, limit: Limit) -> SignedDuration {
    let start = Timestamp::UNIX_EPOCH;
    let due = norms.due_within(limit, &norm.hours, start);
    due.at.map_or(SignedDuration::MAX, |at| at.duration_since(start))
}

/// What is owed to the resident because a case was broken, as known at `now`; nothing when it was
/// not. Days late are whole days, counted from the limit.
#[must_use]
pub fn owed_when_broken<'a>(
    norms: &Norms,
    norm: &'a Norm,
    case: &Case,
    now: Timestamp,
) -> Vec<(&'a Consequence, Option<Money>)> {
    if verdict(norms, norm, case, now) != Verdict::Broken {
        return Vec::new();
    }
    let due = norms.due(norm, case.start).at;
    let late = due.map(|due| case.end.unwrap_or(now).duration_since(due).as_hours() / 24);
    let days_late = u32::try_from(late.unwrap_or(0)).unwrap_or(0);
    norm.if_broken.iter().map(|consequence| (consequence, consequence.owed(days_late))).collect()
}
