//! What became of many contacts under the norms of then, beside what would have under others.

use std::collections::BTreeMap;

use jiff::Timestamp;
use norms::{Channel, Duty, Limit, Norms};

use super::{History, ended, replay};
use crate::{How, Promise, Verdict};

/// How promises ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ends {
    /// Done in time.
    pub kept: u64,
    /// Not done in time.
    pub broken: u64,
    /// Still owed and in time.
    pub open: u64,
    /// Done, under a norm without a limit.
    pub measured: u64,
    /// Not owed after all.
    pub not_applicable: u64,
}

impl Ends {
    fn count(&mut self, verdict: Verdict) {
        *match verdict {
            Verdict::Kept => &mut self.kept,
            Verdict::Broken => &mut self.broken,
            Verdict::Open | Verdict::AtRisk => &mut self.open,
            Verdict::Measured => &mut self.measured,
            Verdict::NotApplicable => &mut self.not_applicable,
        } += 1;
    }

    fn add(&mut self, other: Ends) {
        self.kept += other.kept;
        self.broken += other.broken;
        self.open += other.open;
        self.measured += other.measured;
        self.not_applicable += other.not_applicable;
    }
}

/// By how much something was too late: the time in which it could have been done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Short {
    /// So many minutes, begun ones too; of opening hours where the limit counts those.
    Minutes(u32),
    /// So many working days; a deadline in days is missed by at least one.
    WorkingDays(u32),
}

/// What would have had to be done earlier to keep what would be broken, and was not broken then.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Earlier {
    /// How many would have had to be done so much earlier.
    pub by: BTreeMap<Short, u64>,
    /// How many have not been done at all.
    pub undone: u64,
}

/// The steps in which is told how much earlier: days and hours that people plan in.
const DAYS: [u32; 4] = [1, 2, 5, 10];
const MINUTES: [u32; 4] = [60, 4 * 60, 24 * 60, 7 * 24 * 60];

impl Earlier {
    /// How many would have had to be done earlier by at most each step that holds any, and by more
    /// than the step before; without a step, by more than the last one.
    #[must_use]
    pub fn steps(&self) -> Vec<(Option<Short>, u64)> {
        let mut steps: Vec<(Option<Short>, u64)> = Vec::new();
        for (short, count) in &self.by {
            let step = match *short {
                Short::WorkingDays(days) => {
                    DAYS.into_iter().find(|step| days <= *step).map(Short::WorkingDays)
                }
                Short::Minutes(minutes) => {
                    MINUTES.into_iter().find(|step| minutes <= *step).map(Short::Minutes)
                }
            };
            match steps.last_mut() {
                Some((last, so_far)) if *last == step => *so_far += count,
                _ => steps.push((step, *count)),
            }
        }
        steps
    }

    /// How many were done, and too late.
    #[must_use]
    pub fn done(&self) -> u64 {
        self.by.values().sum()
    }

    /// The time within which this share of them, in percents, falls short: 50 is the median.
    #[must_use]
    pub fn within(&self, percents: u64) -> Option<Short> {
        let wanted = (self.done() * percents).div_ceil(100).max(1);
        let mut so_far = 0;
        let reached = |(_, count): &(&Short, &u64)| {
            so_far += **count;
            so_far >= wanted
        };
        { self.by.iter() }.find(reached).map(|(short, _)| *short)
    }
}

/// The promises under one norm to the contacts of one channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The channel.
    pub channel: Channel,
    /// The norm.
    pub norm: String,
    /// The dates that were told under it are counted apart.
    pub is_date: bool,
    /// As it was.
    pub before: Ends,
    /// As it would have been.
    pub after: Ends,
    /// Promises that would be broken, and were not.
    pub to_broken: u64,
    /// Promises that were broken, and would not be.
    pub no_longer_broken: u64,
    /// Promises that would have been made, and were not.
    pub new: u64,
    /// Promises that were made, and would not have been.
    pub gone: u64,
    /// The work that would have had to be done earlier.
    pub earlier: Earlier,
}

impl Row {
    fn new(channel: Channel, norm: &str, is_date: bool) -> Row {
        Row {
            channel,
            norm: norm.to_owned(),
            is_date,
            before: Ends::default(),
            after: Ends::default(),
            to_broken: 0,
            no_longer_broken: 0,
            new: 0,
            gone: 0,
            earlier: Earlier::default(),
        }
    }

    /// Whether anything would have been otherwise.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.before != self.after
            || self.to_broken + self.no_longer_broken + self.new + self.gone > 0
    }
}

/// What became of the contacts of a period, and what would have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// How many contacts.
    pub contacts: u64,
    /// A row for each channel and norm under which anything was promised, or would have been.
    pub rows: Vec<Row>,
}

impl Compared {
    /// Replays one contact under other norms and counts it, as known at `now`.
    pub fn count(&mut self, norms: &Norms, history: &History, now: Timestamp) {
        self.contacts += 1;
        let again = replay(norms, history, now);
        let mut left: Vec<&Promise> = again.iter().collect();
        for then in &history.promises {
            let twin = left.iter().position(|it| is_same(it, then)).map(|at| left.remove(at));
            self.pair(norms, history.channel, (Some(then), twin), now);
        }
        for fresh in left {
            self.pair(norms, history.channel, (None, Some(fresh)), now);
        }
    }

    /// Adds what was counted of other contacts.
    pub fn add(&mut self, other: Compared) {
        self.contacts += other.contacts;
        for its in other.rows {
            let row = self.row(its.channel, &its.norm, its.is_date);
            row.before.add(its.before);
            row.after.add(its.after);
            row.to_broken += its.to_broken;
            row.no_longer_broken += its.no_longer_broken;
            row.new += its.new;
            row.gone += its.gone;
            row.earlier.undone += its.earlier.undone;
            for (short, count) in its.earlier.by {
                *row.earlier.by.entry(short).or_default() += count;
            }
        }
    }

    fn row(&mut self, channel: Channel, norm: &str, is_date: bool) -> &mut Row {
        let same = |it: &Row| it.channel == channel && it.is_date == is_date && it.norm == norm;
        let place = self.rows.iter().position(same).unwrap_or_else(|| {
            self.rows.push(Row::new(channel, norm, is_date));
            self.rows.len() - 1
        });
        &mut self.rows[place]
    }

    /// Counts a promise as it was and as it would have been.
    fn pair(
        &mut self,
        norms: &Norms,
        channel: Channel,
        (then, again): (Option<&Promise>, Option<&Promise>),
        now: Timestamp,
    ) {
        let Some(named) = then.or(again) else { return };
        let row = self.row(channel, &named.norm, named.duty == Duty::KEEP_DATE);
        let [before, after] = [then, again].map(|it| it.map(|it| it.verdict(now)));
        before.into_iter().for_each(|verdict| row.before.count(verdict));
        after.into_iter().for_each(|verdict| row.after.count(verdict));
        let is_owed = |verdict: Verdict| verdict != Verdict::NotApplicable;
        let broken = Some(Verdict::Broken);
        match (before, after) {
            (None, Some(after)) => row.new += u64::from(is_owed(after)),
            (Some(before), None) => row.gone += u64::from(is_owed(before)),
            (before, after) => {
                row.to_broken += u64::from(after == broken && before != broken);
                row.no_longer_broken += u64::from(before == broken && after != broken);
            }
        }
        if let Some(again) = again
            && after == broken
            && before != broken
        {
            row.earlier.count(norms, again, now);
        }
    }
}

impl Earlier {
    /// Counts a promise that would be broken.
    fn count(&mut self, norms: &Norms, promise: &Promise, now: Timestamp) {
        let done = ended(promise, now).filter(|it| it.how == How::Done).map(|it| it.at);
        match (promise.due.at, done) {
            (Some(due), Some(done)) if done >= due => {
                *self.by.entry(short(norms, promise, (due, done))).or_default() += 1;
            }
            // Done too early is nothing to do earlier.
            (_, Some(_)) => {}
            (_, None) => self.undone += 1,
        }
    }
}

fn short(norms: &Norms, promise: &Promise, (due, done): (Timestamp, Timestamp)) -> Short {
    if let Some(on) = promise.due.on {
        let days = norms.calendar.working_days_between(on, norms.day(done));
        return Short::WorkingDays(u32::try_from(days).unwrap_or_default().max(1));
    }
    let norm = norms.get(&promise.norm);
    let in_hours = norm.filter(|norm| matches!(norm.limit, Limit::WorkingSeconds(_)));
    let hours = in_hours.and_then(|norm| norms.hours(&norm.hours));
    let time = match hours {
        Some(hours) => hours.open.working_time_between(due, done),
        None => done.duration_since(due),
    };
    let minutes = u32::try_from(time.as_secs().max(0)).unwrap_or(u32::MAX).div_ceil(60);
    Short::Minutes(minutes.max(1))
}

/// Whether two promises are of the same norm, and both or neither are a date that was told.
fn is_same(a: &Promise, b: &Promise) -> bool {
    a.norm == b.norm && (a.duty == Duty::KEEP_DATE) == (b.duty == Duty::KEEP_DATE)
}
