//! What is expected of the working days of the next weeks, beside the hours that staff have.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use ledger::people::Employee;
use ledger::reported::Line;
use ledger::{Stop, Tx};
use norms::{Channel, Duty};
use promises::How;
use promises::forecast::{Day, Made, WEEKS_AHEAD, WEEKS_BACK, forecast};
use promises::workload::{Person, busy_from, minutes_on, per_hour};

use crate::House;
use crate::accounts::works_with_residents;
use crate::results::day_of_due;

/// The next weeks.
#[derive(Clone, Debug)]
pub struct Ahead {
    /// The last day that is over. What was made by the end of it is known; the day after it is the
    /// first that is foretold.
    pub until: Date,
    /// Each working day.
    pub days: Vec<DayAhead>,
    /// Promises of days that are over which are still owed: they come on top.
    pub overdue: u32,
    /// How many people work with residents.
    pub people: usize,
    /// Of how many of them it is not known how long they work.
    pub without_hours: usize,
    /// What nine in ten days that passed had at most for each hour of staff; nothing when that is
    /// not known.
    pub busy_from: Option<f64>,
}

/// One working day.
#[derive(Clone, Copy, Debug)]
pub struct DayAhead {
    /// What is expected of it.
    pub day: Day,
    /// Of the promises that are made already, how many are still owed.
    pub open: u32,
    /// How many minutes staff work; nothing when that is known of nobody.
    pub minutes: Option<u32>,
    /// Whether more is expected for each hour than nine in ten days had, or nobody works.
    pub is_busy: bool,
}

impl DayAhead {
    /// How many promises are expected to be due; nothing when too little is known.
    #[must_use]
    pub fn expected(&self) -> Option<f64> {
        Some(f64::from(self.day.known) + self.day.to_come?.mean)
    }

    /// Between which counts eight in ten days like it end.
    #[must_use]
    pub fn band(&self) -> Option<(u32, u32)> {
        let to_come = self.day.to_come?;
        Some((self.day.known + to_come.low, self.day.known + to_come.high))
    }

    /// How many promises are expected for each hour of staff.
    #[must_use]
    pub fn per_hour(&self) -> Option<f64> {
        per_hour(self.expected()?, self.minutes?)
    }

    /// That nobody works is only said where the hours of everybody are known.
    fn marked(mut self, busy_from: Option<f64>, all_known: bool) -> DayAhead {
        let is_busy = |expected: f64, minutes| match per_hour(expected, minutes) {
            Some(rate) => busy_from.is_some_and(|busy| rate > busy),
            None => all_known && expected > 0.0,
        };
        let known = self.expected().zip(self.minutes);
        self.is_busy = known.is_some_and(|(expected, minutes)| is_busy(expected, minutes));
        self
    }
}

/// What is expected of the next weeks, of everybody or of one team, as known at the end of the last
/// day that is over: the rest of today is in nobody's history. Promises are read a week at a time
/// and counted by the day they are due; those count that ask something of staff.
///
/// # Errors
/// Refused when there is no such team; else when the database fails.
pub fn ahead(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    team: Option<i64>,
) -> Result<Ahead, Stop> {
    if let Some(team) = team {
        tx.team_name(team)?.ok_or(promises::Refusal::UnknownTeam)?;
    }
    let today = house.day(now);
    let until = today.yesterday().unwrap_or(today);
    let first = until.saturating_sub(Span::new().weeks(WEEKS_BACK));
    let last = until.saturating_add(Span::new().weeks(WEEKS_AHEAD));
    let counts = |line: &Line| asks_staff(line) && team.is_none_or(|it| line.team == Some(it));
    let calendar = &house.norms(now).calendar;
    let due = Due::read(tx, house, (first, until, last), counts)?;
    let staff = staff(tx, team, (first, last))?;
    let known = staff.iter().filter(|it| it.week.is_some()).count();
    let minutes = |day: Date| minutes_on(calendar, &staff, day);
    let passed = due.passed((first, until)).filter(|(day, _)| calendar.is_working_day(*day));
    let busy_from = busy_from(passed.map(|(day, count)| (count, minutes(day))));
    let expected = forecast(calendar, &due.made(), until).into_iter();
    let days = expected.map(|day| DayAhead {
        day,
        open: due.open.get(&day.on).copied().unwrap_or_default(),
        minutes: (known > 0).then(|| minutes(day.on)),
        is_busy: false,
    });
    let overdue = tx.overdue(house.begin_of(today))?.iter().filter(|it| counts(it)).count();
    Ok(Ahead {
        until,
        days: days.map(|day| day.marked(busy_from, known == staff.len())).collect(),
        overdue: u32::try_from(overdue).unwrap_or(u32::MAX),
        people: staff.len(),
        without_hours: staff.len() - known,
        busy_from,
    })
}

/// Whether somebody has to do something for a promise by its day. The program confirms by itself
/// what comes by mail or form, and what was let go or moved to another day asks nothing then.
fn asks_staff(line: &Line) -> bool {
    let promise = &line.promise;
    let is_done = promise.settled.is_none_or(|it| it.how == How::Done);
    let by_itself = matches!(line.channel, Channel::Form | Channel::Email);
    let goes_by_itself = by_itself && promise.duty == Duty::ACKNOWLEDGE;
    promise.due.at.is_some() && is_done && !goes_by_itself
}

/// Promises counted by the day they were made on and the day they are due.
#[derive(Default)]
struct Due {
    counts: BTreeMap<(Date, Date), u32>,
    /// Of those that are known, how many are still owed, by the day they are due.
    open: BTreeMap<Date, u32>,
}

impl Due {
    /// Those due from the first day to the last; what was made after `until` is not known yet.
    fn read(
        tx: &mut Tx<'_>,
        house: &House,
        (first, until, last): (Date, Date, Date),
        counts: impl Fn(&Line) -> bool,
    ) -> Result<Due, Stop> {
        let mut due = Due::default();
        let mut count = |line: Line| {
            let on = house.day(line.promise.made_at);
            let Some(at) = line.promise.due.at.filter(|_| on <= until && counts(&line)) else {
                return;
            };
            let day = day_of_due(house, at);
            *due.counts.entry((on, day)).or_default() += 1;
            if line.promise.is_open() {
                *due.open.entry(day).or_default() += 1;
            }
        };
        for begin in first.series(Span::new().weeks(1)).take_while(|day| *day <= last) {
            let end = begin.saturating_add(Span::new().days(6)).min(last);
            tx.each_due((house.begin_of(begin), house.end_of(end)), &mut count)?;
        }
        Ok(due)
    }

    fn made(&self) -> Vec<Made> {
        let made = |(&(on, due), &count): (&(Date, Date), &u32)| Made { on, due, count };
        self.counts.iter().map(made).collect()
    }

    /// The days since the first promise was made, with how many were due on each.
    fn passed(&self, (first, until): (Date, Date)) -> impl Iterator<Item = (Date, u32)> {
        let mut by_day: BTreeMap<Date, u32> = BTreeMap::new();
        for ((_, due), count) in &self.counts {
            *by_day.entry(*due).or_default() += count;
        }
        let earliest = self.counts.keys().map(|(on, _)| *on).min();
        let days = earliest.map(|earliest| earliest.max(first).series(Span::new().days(1)));
        let days = days.into_iter().flatten().take_while(move |day| *day <= until);
        days.map(move |day| (day, by_day.get(&day).copied().unwrap_or_default()))
    }
}

/// Who works with residents, in one team or in any, and when between two days.
fn staff(
    tx: &mut Tx<'_>,
    team: Option<i64>,
    (first, last): (Date, Date),
) -> Result<Vec<Person>, Stop> {
    let members: Option<BTreeSet<i64>> =
        team.map(|team| tx.members(team)).transpose()?.map(BTreeSet::from_iter);
    let weeks = tx.working_hours()?;
    let absences = tx.absences_between((first, last))?;
    let is_in = |it: &Employee| members.as_ref().is_none_or(|members| members.contains(&it.id));
    let employees = tx.employees()?.into_iter();
    let works = employees.filter(|it| works_with_residents(it) && is_in(it));
    let away = |id: i64| absences.iter().filter(move |it| it.0 == id).map(|it| it.1).collect();
    Ok(works.map(|it| Person { week: weeks.get(&it.id).copied(), away: away(it.id) }).collect())
}
