//! By when a norm must be kept, and why then.

use calendar::{DayOff, OddDay, Skipped, Term, TermLength};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{Bound, Limit, Norm, Norms};

/// When something is due, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The first instant that is too late; `None` when the norm sets no latest moment.
    pub at: Option<Timestamp>,
    /// The last day that is in time, for limits in days.
    pub on: Option<Date>,
    /// The first instant that is not too early, for norms that set one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Timestamp>,
    /// Whether people agreed on it or set it: the calendar does not move it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub agreed: bool,
    /// The days that did not count.
    pub skipped: Vec<Skipped>,
    /// The days with other hours than usual, for limits in working hours.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub odd_days: Vec<OddDay>,
}

/// Of the time by the clock, this part in four may go by before a promise is at risk.
const AT_RISK_AFTER_QUARTERS: i32 = 3;
/// A promise by a day is at risk on its last day.
const LAST_DAY: SignedDuration = SignedDuration::from_hours(24);

impl Due {
    /// Due by the end of a day that was agreed on.
    #[must_use]
    pub fn by(on: Date, end: Timestamp) -> Due {
        Due { at: Some(end), on: Some(on), agreed: true, ..Due::default() }
    }

    /// The moment from which an open promise needs attention to be kept, when it was made at
    /// `start`.
    #[must_use]
    pub fn at_risk_from(&self, start: Timestamp) -> Option<Timestamp> {
        let at = self.at?;
        if self.on.is_some() {
            return at.checked_sub(LAST_DAY).ok();
        }
        let part = at.duration_since(start) * AT_RISK_AFTER_QUARTERS / 4;
        start.checked_add(part).ok()
    }
}

/// Which way a limit is counted from its start.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Forward,
    Backward,
}

/// A moment found by counting, and what was passed over on the way.
struct Counted {
    /// The end of the day for limits in days, else the moment itself.
    at: Timestamp,
    on: Option<Date>,
    skipped: Vec<Skipped>,
    odd_days: Vec<OddDay>,
}

impl Counted {
    /// As the latest moment.
    fn due(self) -> Due {
        let Counted { at, on, skipped, odd_days } = self;
        Due { at: Some(at), on, skipped, odd_days, ..Due::default() }
    }
}

impl Norms {
    /// When a norm whose clock starts at `start` must be kept, with the reasons.
    #[must_use]
    pub fn due(&self, norm: &Norm, start: Timestamp) -> Due {
        match norm.bound {
            Bound::Within => self.due_within(norm.limit, &norm.hours, start),
            Bound::Before => self
                .count(norm.limit, &norm.hours, start, Way::Backward)
                .map_or_else(Due::default, Counted::due),
            Bound::AtLeast => {
                let earliest = self.count(norm.limit, &norm.hours, start, Way::Forward);
                Due { not_before: earliest.map(|it| self.start_of(&it)), ..Due::default() }
            }
            Bound::Around => {
                let earliest = self.count(norm.limit, &norm.hours, start, Way::Backward);
                let due = self.due_within(norm.limit, &norm.hours, start);
                Due { not_before: earliest.map(|it| self.start_of(&it)), ..due }
            }
        }
    }

    /// When something with this limit, counted forward from `start`, must be done. `hours` names
    /// the hours that working hours pass in.
    #[must_use]
    pub fn due_within(&self, limit: Limit, hours: &str, start: Timestamp) -> Due {
        self.count(limit, hours, start, Way::Forward).map_or_else(Due::default, Counted::due)
    }

    /// When something is due whose clock stands still from `now` to the end of `until`: what was
    /// left of the time is left then.
    #[must_use]
    pub fn resume(&self, norm: &Norm, due: &Due, now: Timestamp, until: Date) -> Due {
        let Some(on) = due.on else {
            let pause = self.end_of(until).duration_since(now).max(SignedDuration::ZERO);
            let at = due.at.map(|at| at.checked_add(pause).unwrap_or(Timestamp::MAX));
            return Due { at, agreed: true, ..due.clone() };
        };
        let today = self.day(now);
        let left = |days: i64| u32::try_from(days.max(0)).unwrap_or(u32::MAX);
        let term = match norm.limit {
            Limit::WorkingDays(_) | Limit::ClearWorkingDays(_) => {
                let days = self.calendar.working_days_between(today, on);
                self.calendar.add_working_days(until, left(days))
            }
            _ => self.calendar.add_days(until, left(i64::from((on - today).get_days()))),
        };
        let at = Some(term.end(&self.municipality.zone));
        let (on, skipped) = (Some(term.last), term.skipped);
        Due { at, on, skipped, agreed: true, ..Due::default() }
    }

    /// The municipality's own closures on the way to a date, each once, in its own words.
    #[must_use]
    pub fn closures_before(&self, due: &Due) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for skipped in &due.skipped {
            let DayOff::Closure(index) = skipped.why else { continue };
            let closure = self.calendar.closures().get(usize::from(index));
            found.extend(closure.map(|it| it.why.clone()).filter(|why| !found.contains(why)));
        }
        found
    }

    /// The beginning of a day found by counting, or the moment.
    fn start_of(&self, counted: &Counted) -> Timestamp {
        let before = counted.on.and_then(|day| day.yesterday().ok());
        before.map_or(counted.at, |day| self.end_of(day))
    }

    fn count(&self, limit: Limit, hours: &str, start: Timestamp, way: Way) -> Option<Counted> {
        let signed = |time: SignedDuration| if way == Way::Forward { time } else { -time };
        let by_clock = |time: SignedDuration| {
            let end = if way == Way::Forward { Timestamp::MAX } else { Timestamp::MIN };
            let at = start.checked_add(signed(time)).unwrap_or(end);
            Some(Counted { at, on: None, skipped: Vec::new(), odd_days: Vec::new() })
        };
        let seconds = |count: u32| SignedDuration::from_secs(i64::from(count));
        match limit {
            Limit::AsSoonAsPossible | Limit::Times(_) => None,
            Limit::AtOnce => by_clock(self.at_once),
            Limit::Seconds(count) => by_clock(seconds(count)),
            Limit::Rings(count) => by_clock(self.ring * i32::try_from(count).unwrap_or(i32::MAX)),
            Limit::WorkingSeconds(count) => {
                let hours = self.hours(hours).unwrap_or(&self.phone);
                let worked = hours.open.add_working_time(start, signed(seconds(count)));
                let odd_days = worked.odd_days;
                Some(Counted { at: worked.at, on: None, skipped: Vec::new(), odd_days })
            }
            limit => {
                let term = self.term(limit, self.day(start), way);
                let at = term.end(&self.municipality.zone);
                let skipped = term.skipped;
                Some(Counted { at, on: Some(term.last), skipped, odd_days: Vec::new() })
            }
        }
    }

    /// The last day in time of a limit in days.
    fn term(&self, limit: Limit, day: Date, way: Way) -> Term {
        let days = &self.calendar;
        let forward = way == Way::Forward;
        match limit {
            Limit::WorkingDays(n) if forward => days.add_working_days(day, n),
            Limit::WorkingDays(n) => days.subtract_working_days(day, n),
            Limit::ClearWorkingDays(n) if forward => days.add_clear_working_days(day, n),
            Limit::ClearWorkingDays(n) => days.subtract_clear_working_days(day, n),
            Limit::ByLaw(length) if forward => self.statutory.statutory_term(day, length),
            Limit::ByLaw(length) => self.statutory.statutory_term_before(day, length),
            Limit::Term(TermLength::Days(n)) if forward => days.add_days(day, n),
            Limit::Term(TermLength::Days(n)) => days.subtract_days(day, n),
            Limit::Term(TermLength::Weeks(n)) if forward => days.add_weeks(day, n),
            Limit::Term(TermLength::Weeks(n)) => days.subtract_weeks(day, n),
            Limit::Term(TermLength::Months(n)) if forward => days.add_months(day, n),
            Limit::Term(TermLength::Months(n)) => days.subtract_months(day, n),
            Limit::Term(TermLength::Years(n)) if forward => days.add_months(day, n * 12),
            Limit::Term(TermLength::Years(n)) => days.subtract_months(day, n * 12),
            // The day itself; what has no days has been counted by the clock.
            _ => days.add_days(day, 0),
        }
    }
}
