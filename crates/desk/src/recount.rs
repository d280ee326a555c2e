//! Results counted again from the chained facts alone, and held against the tables and against
//! what the public page says: the counts, and promise by promise. For who does not take our word
//! for it.

mod compared;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::hash::RandomState;

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use ledger::{Stop, Tx, Verified, Walked};
use norms::Duty;
use promises::report::{Recount, Told};
use promises::{Fact, Verdict};

use crate::House;
use crate::results::{MonthResult, generations, month_of_due, name_of, tally};
pub use compared::Differing;
use compared::{Sums, look_closer, rows_of_all};

/// What is counted together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    month: String,
    generation: String,
    norm: String,
    duty: Duty,
}

type Results = BTreeMap<Key, MonthResult>;

/// What a recount came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recounted {
    /// The chain does not hold, so nothing can be counted from it.
    Broken {
        /// The place in the chain.
        at: i64,
        /// What is wrong with it.
        why: &'static str,
    },
    /// Everything was counted.
    Counted {
        /// How many facts were walked.
        facts: i64,
        /// How many promises of the period they tell of.
        promises: i64,
        /// Which counts differ.
        differences: Vec<Difference>,
        /// Of how many contacts the table has promises otherwise, whatever the counts come to.
        contacts: usize,
        /// The promises that differ, of the first [`crate::DIFFERENT_CONTACTS_MAX`] of those
        /// contacts.
        promise_by_promise: Vec<Differing>,
    },
}

/// Whose count differs from that of the facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The table of promises.
    Table,
    /// The count of a month that is over, as the public page shows it.
    Page,
}

/// One number that is not what the facts say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Whose it is.
    pub of: Whose,
    /// The month: `2026-11`.
    pub month: String,
    /// The generation of the norms.
    pub generation: String,
    /// The norm.
    pub norm: String,
    /// What was owed.
    pub duty: Duty,
    /// What the facts say.
    pub facts: MonthResult,
    /// What is said instead.
    pub said: MonthResult,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Difference { month, generation, norm, duty, facts, said, .. } = self;
        let whose = match self.of {
            Whose::Table => "the promises say",
            Whose::Page => "the public page says",
        };
        let counts = |it: &MonthResult| {
            let MonthResult { kept, broken, open, released, measured } = it;
            let mut all = format!("{kept} kept, {broken} broken, {open} open, {released} n/a");
            if *measured > 0 {
                all.push_str(&format!(", {measured} measured"));
            }
            all
        };
        let (facts, said) = (counts(facts), counts(said));
        write!(f, "{month} {norm} ({duty}, norms of {generation}): ")?;
        write!(f, "{whose} {said}; the facts say {facts}")
    }
}

/// Counts the promises of the days from `from` to `to`, both included, from the facts alone, and
/// says where the table of promises or the public page differs. The links of the chain are checked
/// on the way.
///
/// # Errors
/// When the database fails, or a fact can not be read or can not have happened.
pub fn recount(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    days: (Date, Date),
) -> Result<Recounted, Stop> {
    let period = Period { house, now, days, hashes: RandomState::new() };
    let (mut heard, mut facts, mut sums) = (Heard::default(), Results::new(), Sums::new());
    let mut each = |told: &Told| {
        period.count(&mut facts, told);
        period.sum(&mut sums, told);
    };
    // Facts and tables are those of one moment.
    tx.stand_still()?;
    if let Err((at, why)) = heard.all(tx, |_| true, &mut each)? {
        return Ok(Recounted::Broken { at, why });
    }
    heard.recount.owed().for_each(each);
    let tables = Tables::read(tx, &period)?;
    let contacts = compared::different(&sums, &tables.sums);
    Ok(Recounted::Counted {
        facts: heard.walked.facts(),
        promises: facts.values().map(all_of).sum(),
        differences: tables.differ_from(&facts),
        contacts: contacts.len(),
        promise_by_promise: look_closer(tx, &period, &contacts)?,
    })
}

fn all_of(it: &MonthResult) -> i64 {
    it.kept + it.broken + it.open + it.released + it.measured
}

/// What is counted.
struct Period<'a> {
    house: &'a House,
    now: Timestamp,
    days: (Date, Date),
    /// What sums of promises are made with: nobody can know beforehand which promises would come
    /// to the same sum.
    hashes: RandomState,
}

impl Period<'_> {
    /// From and until when.
    fn span(&self) -> (Timestamp, Timestamp) {
        (self.house.begin_of(self.days.0), self.house.end_of(self.days.1))
    }

    /// Where a promise counts, when it does.
    fn key(&self, it: &Told) -> Option<Key> {
        let (from, until) = self.span();
        let (is_in, month) = match it.due_at {
            // A deadline is the first instant that is too late: midnight belongs to the day before.
            Some(due) => (due > from && due <= until, month_of_due(self.house, due)),
            None => (it.made_at >= from && it.made_at < until, name_of(self.house.day(it.made_at))),
        };
        is_in.then(|| Key {
            month,
            generation: self.house.norms(it.received_at).generation.clone(),
            norm: it.norm.clone(),
            duty: it.duty,
        })
    }

    fn count(&self, results: &mut Results, it: &Told) {
        let Some(key) = self.key(it) else { return };
        let result = results.entry(key).or_default();
        *match it.verdict(self.now) {
            Verdict::Kept => &mut result.kept,
            Verdict::Broken => &mut result.broken,
            Verdict::Open | Verdict::AtRisk => &mut result.open,
            Verdict::Measured => &mut result.measured,
            Verdict::NotApplicable => &mut result.released,
        } += 1;
    }
}

/// What the facts told so far.
#[derive(Default)]
struct Heard {
    walked: Walked,
    recount: Recount,
}

/// The place in the chain that does not hold, and what is wrong with it.
type Wrong = (i64, &'static str);

impl Heard {
    /// Hears all facts about the contacts that are wanted; `each` is shown what came to its end.
    fn all(
        &mut self,
        tx: &mut Tx<'_>,
        wants: impl Fn(i64) -> bool,
        each: &mut impl FnMut(&Told),
    ) -> Result<Result<(), Wrong>, Stop> {
        let Heard { walked, recount } = self;
        let mut odd = None;
        let verified = tx.tell_on(walked, &mut |chained| {
            let wanted = chained.contact.filter(|contact| odd.is_none() && wants(*contact));
            let Some(contact) = wanted else { return };
            // What the chain vouches for is the text, not the columns beside it.
            let heard = serde_json::from_str::<Fact>(&chained.data)
                .map_err(|_| "it can not be read")
                .and_then(|fact| {
                    recount.hear((contact, chained.at), &fact, &mut |told| each(&told))
                });
            odd = heard.err().map(|why| (chained.id, why));
        })?;
        Ok(match (odd, verified) {
            (Some(wrong), _) => Err(wrong),
            (None, Verified::Broken { at, why }) => Err((at, why)),
            (None, Verified::Whole { .. }) => Ok(()),
        })
    }
}

/// What the tables say.
#[derive(Default)]
struct Tables {
    promises: Results,
    /// What the promises to each contact come to.
    sums: Sums,
    /// The months that are over and were counted, with what the public page says of them.
    months: BTreeMap<String, Results>,
}

impl Tables {
    fn read(tx: &mut Tx<'_>, period: &Period<'_>) -> Result<Tables, Stop> {
        let Period { house, now, days: (from, to), .. } = *period;
        let (first, last) = period.span();
        let mut tables = Tables::default();
        rows_of_all(tx, |told| period.sum(&mut tables.sums, told))?;
        let months = from.first_of_month().series(Span::new().months(1));
        for month in months.take_while(|month| *month <= to) {
            let name = name_of(month);
            let (begin, end) = (house.begin_of(month), house.end_of(month.last_of_month()));
            let (since, until) = (begin.max(first), end.min(last));
            let mut tallies = tally(tx, house, (since, until), now)?;
            for under in generations(house) {
                tallies.extend(tx.tally_undated((since, until, now), under)?);
            }
            add(&mut tables.promises, &name, &tallies);
            if (since, until) == (begin, end)
                && let Some(kept) = tx.kept_month(&name, &house.charter.names())?
            {
                add(tables.months.entry(name.clone()).or_default(), &name, &kept);
            }
        }
        Ok(tables)
    }

    fn differ_from(&self, facts: &Results) -> Vec<Difference> {
        let mut differences = compare(Whose::Table, facts, &self.promises);
        for (month, said) in &self.months {
            // What has no deadline is never kept by month: the page counts it each time.
            let dated = |(key, it): (&Key, &MonthResult)| {
                let dated = MonthResult { open: 0, measured: 0, ..*it };
                (key.month == *month && dated != MonthResult::default())
                    .then(|| (key.clone(), dated))
            };
            let of_month: Results = facts.iter().filter_map(dated).collect();
            differences.extend(compare(Whose::Page, &of_month, said));
        }
        differences
    }
}

fn add(results: &mut Results, month: &str, tallies: &[ledger::results::Tally]) {
    for it in tallies {
        let key = Key {
            month: month.to_owned(),
            generation: it.generation.clone(),
            norm: it.norm.clone(),
            duty: it.duty,
        };
        results.entry(key).or_default().add(it);
    }
}

fn compare(of: Whose, facts: &Results, said: &Results) -> Vec<Difference> {
    let keys: BTreeSet<&Key> = facts.keys().chain(said.keys()).collect();
    let result = |results: &Results, key: &Key| results.get(key).copied().unwrap_or_default();
    let both = keys.into_iter().map(|key| (key, result(facts, key), result(said, key)));
    both.filter(|(_, facts, said)| facts != said)
        .map(|(key, facts, said)| Difference {
            of,
            month: key.month.clone(),
            generation: key.generation.clone(),
            norm: key.norm.clone(),
            duty: key.duty,
            facts,
            said,
        })
        .collect()
}
