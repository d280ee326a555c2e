//! The employees: who works when, who has a good week, and when there is time for the next thing.

use std::collections::BTreeSet;

use desk::Agent;
use jiff::civil::{Date, Time, Weekday};
use jiff::{SignedDuration, Timestamp};
use norms::Norms;

use crate::chance::Chance;
use crate::texts::Hired;

/// How long one piece of work takes, in seconds.
const PIECE_SECONDS: i64 = 240;
/// How far ahead time is looked for, in days.
const AHEAD_DAYS: usize = 14;
/// Of a thousand working days, how many an employee is ill.
const ILL_IN_THOUSAND: u32 = 15;

/// An employee.
#[derive(Clone, Debug)]
pub(crate) struct Colleague {
    pub(crate) hired: Hired,
    pub(crate) agent: Agent,
    hours: [Option<(Time, Time)>; 5],
    /// From this day on not at work: a course.
    pub(crate) away_from: Option<Date>,
    ill: Option<Date>,
    /// Away from the first of these days up to and including the last.
    pub(crate) leave: Option<(Date, Date)>,
    /// The pieces of time that are taken, counted from the epoch.
    taken: BTreeSet<i64>,
    /// How this week goes: more forgets more.
    strain: u32,
}

/// All employees.
#[derive(Clone)]
pub(crate) struct Staff {
    pub(crate) people: Vec<Colleague>,
}

impl Staff {
    pub(crate) fn of(people: Vec<(Hired, Agent)>) -> Staff {
        let people = people
            .into_iter()
            .map(|(hired, agent)| Colleague {
                hours: std::array::from_fn(|day| hours(&hired.shifts[day])),
                hired,
                agent,
                away_from: None,
                ill: None,
                leave: None,
                taken: BTreeSet::new(),
                strain: 1,
            })
            .collect();
        Staff { people }
    }

    /// A day begins: someone may be ill, and on Mondays the mood changes.
    pub(crate) fn morning(&mut self, chance: &mut Chance, day: Date, now: Timestamp) {
        for colleague in &mut self.people {
            colleague.ill = chance.in_thousand(ILL_IN_THOUSAND).then_some(day);
            colleague.taken = colleague.taken.split_off(&piece(now));
            if day.weekday() == Weekday::Monday {
                colleague.strain = [1, 1, 1, 2][chance.place(4)];
            }
        }
    }

    /// How many of a thousand contacts this employee forgets now.
    pub(crate) fn forgets(&self, who: usize) -> u32 {
        self.people[who].hired.forgets * self.people[who].strain
    }

    /// Someone to look after a contact that came in on this day.
    pub(crate) fn someone(&self, chance: &mut Chance, day: Date) -> usize {
        let here =
            |it: &Colleague| it.away_from.is_none_or(|from| day < from) && !it.is_on_leave(day);
        chance.weighed(self.people.iter().map(|it| if here(it) { it.hired.share } else { 0 }))
    }

    /// A moment on this day, after `after`, at which someone has time: the preferred one, else a
    /// colleague. Nothing when nobody has.
    pub(crate) fn sometime(
        &mut self,
        chance: &mut Chance,
        norms: &Norms,
        (preferred, day): (usize, Date),
        after: Timestamp,
    ) -> Option<(usize, Timestamp)> {
        let start = chance.place(self.people.len());
        let others = (0..self.people.len()).map(|nr| (start + nr) % self.people.len());
        let turn: Vec<usize> =
            std::iter::once(preferred).chain(others.filter(|it| *it != preferred)).collect();
        turn.into_iter().find_map(|who| {
            let (from, to) = self.people[who].shift(norms, day)?;
            let from = from.max(after);
            let room = to.duration_since(from).as_secs();
            if room < PIECE_SECONDS {
                return None;
            }
            let wish = chance.between(0, room - PIECE_SECONDS);
            let wish = from.checked_add(SignedDuration::from_secs(wish)).ok()?;
            let at = self.people[who].book(wish, to).or_else(|| self.people[who].book(from, to))?;
            Some((who, at))
        })
    }

    /// The first moment from `after` on at which somebody has time.
    pub(crate) fn soonest(
        &mut self,
        chance: &mut Chance,
        norms: &Norms,
        after: Timestamp,
    ) -> Option<(usize, Timestamp)> {
        let days = std::iter::successors(Some(norms.day(after)), |day| day.tomorrow().ok());
        let start = chance.place(self.people.len());
        for day in days.take(AHEAD_DAYS) {
            let found = (0..self.people.len()).filter_map(|nr| {
                let who = (start + nr) % self.people.len();
                let (from, to) = self.people[who].shift(norms, day)?;
                let at = self.people[who].free(from.max(after), to)?;
                Some((at, who))
            });
            // The first of those with the earliest moment, so that everybody gets a turn.
            if let Some((at, who)) = found.min_by_key(|(at, _)| *at) {
                self.people[who].taken.insert(piece(at));
                return Some((who, at));
            }
        }
        None
    }
}

impl Colleague {
    /// Whether this employee is on leave on a day.
    pub(crate) fn is_on_leave(&self, day: Date) -> bool {
        self.leave.is_some_and(|(first, last)| (first..=last).contains(&day))
    }

    /// From when until when this employee works on a day.
    fn shift(&self, norms: &Norms, day: Date) -> Option<(Timestamp, Timestamp)> {
        let off = self.ill == Some(day)
            || self.is_on_leave(day)
            || self.away_from.is_some_and(|from| day >= from);
        if off || !norms.calendar.is_working_day(day) {
            return None;
        }
        let place = usize::try_from(day.weekday().to_monday_zero_offset()).ok()?;
        let (from, to) = (*self.hours.get(place)?)?;
        let at = |time: Time| {
            let zoned = day.to_datetime(time).to_zoned(norms.municipality.zone.clone());
            zoned.ok().map(|zoned| zoned.timestamp())
        };
        Some((at(from)?, at(to)?))
    }

    /// The first free piece of time between two moments.
    fn free(&self, from: Timestamp, to: Timestamp) -> Option<Timestamp> {
        let first = piece(from);
        let free = (first..=piece(to)).find(|it| !self.taken.contains(it))?;
        let at = if free == first { from } else { start_of(free)? };
        (at < to).then_some(at)
    }

    fn book(&mut self, from: Timestamp, to: Timestamp) -> Option<Timestamp> {
        let at = self.free(from, to)?;
        self.taken.insert(piece(at));
        Some(at)
    }
}

fn piece(at: Timestamp) -> i64 {
    at.as_second().div_euclid(PIECE_SECONDS)
}

fn start_of(piece: i64) -> Option<Timestamp> {
    Timestamp::from_second(piece * PIECE_SECONDS).ok()
}

/// `8.30-17.00` as two times; nothing for a day off.
fn hours(text: &str) -> Option<(Time, Time)> {
    let time = |text: &str| {
        let (hour, minute) = text.split_once('.')?;
        Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
    };
    let (from, to) = text.split_once('-')?;
    Some((time(from)?, time(to)?))
}
