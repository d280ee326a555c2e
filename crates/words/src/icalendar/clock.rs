//! What a calendar file says of a zone's clock, taken from the changes of the zone itself.
//!
//! Outlook only understands a zone with one rule a year for each of its two clocks, so that is
//! what is written wherever it is true of the zone for as long as the events last; elsewhere every
//! change is written out.

use std::cell::RefCell;
use std::sync::Arc;

use jiff::civil::{DateTime, date};
use jiff::tz::{Dst, Offset, TimeZone, TimeZoneTransition};
use jiff::{SignedDuration, Timestamp};

/// So many changes after the last event are to follow a rule before it is believed: three years.
const RULE_CHANGES_MIN: usize = 6;

/// So many changes back the beginning of a rule is looked for: fifty years.
const RULE_CHANGES_BACK_MAX: usize = 100;

/// The last such weekday of a month, the way RFC 5545 counts.
const LAST: i8 = -1;

/// A zone as far as some events need it.
pub(super) struct Clock {
    zone: TimeZone,
    /// Nothing when moments are in UTC: the zone is that, or has no name to call it by.
    name: Option<String>,
    changes: Arc<[Change]>,
}

/// The changes that were looked up last, and for which events they are right: those that begin and
/// end between the same two changes. Looking back fifty years costs more than the rest of a file.
struct Known {
    name: String,
    from: Timestamp,
    until: Timestamp,
    changes: Arc<[Change]>,
}

thread_local! {
    static KNOWN: RefCell<Option<Known>> = const { RefCell::new(None) };
}

/// A moment at which the clock begins to differ otherwise from UTC.
#[derive(Clone, Debug, PartialEq)]
struct Change {
    /// On the clock that ends.
    local: DateTime,
    before: Offset,
    after: Offset,
    summer: bool,
    abbreviation: String,
    /// Which of the weekdays of its month it is, when it comes back every year.
    every: Option<i8>,
}

impl Clock {
    /// The clock of a zone for events from one moment until another.
    pub(super) fn of(zone: &TimeZone, from: Timestamp, to: Timestamp) -> Clock {
        let name = zone.iana_name().filter(|name| *name != "UTC").map(str::to_owned);
        let changes = match &name {
            Some(name) => known(zone, name, (from, to)),
            None => [].into(),
        };
        Clock { zone: zone.clone(), name, changes }
    }

    /// The zone as a component of the file.
    pub(super) fn lines(&self) -> Vec<String> {
        let Some(name) = &self.name else { return Vec::new() };
        let mut lines = vec!["BEGIN:VTIMEZONE".to_owned(), format!("TZID:{name}")];
        for change in &*self.changes {
            let kind = if change.summer { "DAYLIGHT" } else { "STANDARD" };
            lines.push(format!("BEGIN:{kind}"));
            lines.push(format!("DTSTART:{}", on_the_clock(change.local)));
            if let Some(nth) = change.every {
                let month = change.local.month();
                let day = &change.local.strftime("%a").to_string().to_uppercase()[..2];
                lines.push(format!("RRULE:FREQ=YEARLY;BYMONTH={month};BYDAY={nth}{day}"));
            }
            lines.push(format!("TZOFFSETFROM:{}", from_utc(change.before)));
            lines.push(format!("TZOFFSETTO:{}", from_utc(change.after)));
            lines.push(format!("TZNAME:{}", change.abbreviation));
            lines.push(format!("END:{kind}"));
        }
        lines.push("END:VTIMEZONE".to_owned());
        lines
    }

    /// The parameters and the values of the begin and the end of an event. In the hour that the
    /// clock shows twice only UTC says which of both is meant.
    pub(super) fn moments(&self, moments: [Timestamp; 2]) -> [String; 2] {
        let local = moments.map(|at| self.zone.to_datetime(at));
        let unclear = local.iter().any(|at| self.zone.to_ambiguous_timestamp(*at).is_ambiguous());
        match &self.name {
            Some(name) if !unclear => {
                local.map(|local| format!(";TZID={name}:{}", on_the_clock(local)))
            }
            _ => moments.map(|at| format!(":{}", in_utc(at))),
        }
    }
}

/// The changes of a zone by its name, from memory where the last ones are right.
fn known(zone: &TimeZone, name: &str, (from, to): (Timestamp, Timestamp)) -> Arc<[Change]> {
    KNOWN.with_borrow_mut(|known| {
        let is_right = |it: &&mut Known| {
            it.name == name && (it.from..it.until).contains(&from) && to < it.until
        };
        if let Some(known) = known.as_mut().filter(is_right) {
            return Arc::clone(&known.changes);
        }
        let changes: Arc<[Change]> =
            by_rule(zone, from, to).unwrap_or_else(|| one_by_one(zone, from, to)).into();
        let begin = zone.preceding(just_after(from)).next();
        let end = zone.following(from).next();
        let until = end.map_or(Timestamp::MAX, |change| change.timestamp());
        if from <= to && to < until {
            let from = begin.map_or(Timestamp::MIN, |change| change.timestamp());
            let (name, changes) = (name.to_owned(), Arc::clone(&changes));
            *known = Some(Known { name, from, until, changes });
        }
        changes
    })
}

/// `20261126T180000Z`.
pub(super) fn in_utc(at: Timestamp) -> String {
    format!("{}Z", on_the_clock(Offset::UTC.to_datetime(at)))
}

/// `20261126T190000`.
fn on_the_clock(at: DateTime) -> String {
    at.strftime("%Y%m%dT%H%M%S").to_string()
}

/// `+0100`; with seconds for the clocks of before 1940.
fn from_utc(offset: Offset) -> String {
    let sign = if offset.is_negative() { '-' } else { '+' };
    let seconds = offset.seconds().abs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match seconds {
        0 => format!("{sign}{hours:02}{minutes:02}"),
        _ => format!("{sign}{hours:02}{minutes:02}{seconds:02}"),
    }
}

/// The two clocks as rules, each from the first year in which it was so: there are programs that
/// read a rule wrong in the year in which it begins. Nothing when the rules do not foretell every
/// change until after the last event, and a few more.
fn by_rule(zone: &TimeZone, from: Timestamp, to: Timestamp) -> Option<Vec<Change>> {
    let earlier = zone.preceding(just_after(from)).take(RULE_CHANGES_BACK_MAX);
    let earlier: Vec<Change> = earlier.map(|change| Change::of(zone, &change)).collect();
    let later = until(zone.following(from), to, RULE_CHANGES_MIN);
    let later: Vec<Change> = later.map(|change| Change::of(zone, &change)).collect();
    let [second, first, ..] = earlier.as_slice() else { return None };
    if first.summer == second.summer || later.len() < RULE_CHANGES_MIN {
        return None;
    }
    let first = first.rule(every_second(&later, 0), every_second(&earlier, 3))?;
    let second = second.rule(every_second(&later, 1), every_second(&earlier, 2))?;
    Some(vec![first, second])
}

/// The two clocks take turns.
fn every_second(changes: &[Change], from: usize) -> impl Iterator<Item = &Change> {
    changes.iter().skip(from).step_by(2)
}

/// The change to the clock of the first event, and every one until after the last event.
fn one_by_one(zone: &TimeZone, from: Timestamp, to: Timestamp) -> Vec<Change> {
    let first = match zone.preceding(just_after(from)).next() {
        Some(change) => Change::of(zone, &change),
        None => Change::never(zone, from),
    };
    let later = until(zone.following(from), to, 1).map(|change| Change::of(zone, &change));
    std::iter::once(first).chain(later).collect()
}

/// The changes until a moment, and so many after it.
fn until<'t>(
    changes: impl Iterator<Item = TimeZoneTransition<'t>>,
    to: Timestamp,
    more: usize,
) -> impl Iterator<Item = TimeZoneTransition<'t>> {
    let mut after = 0;
    changes.take_while(move |change| {
        after += usize::from(change.timestamp() > to);
        after <= more
    })
}

fn just_after(at: Timestamp) -> Timestamp {
    at.checked_add(SignedDuration::from_nanos(1)).unwrap_or(at)
}

impl Change {
    fn of(zone: &TimeZone, change: &TimeZoneTransition<'_>) -> Change {
        let at = change.timestamp();
        let before = at.checked_sub(SignedDuration::from_nanos(1)).unwrap_or(at);
        let before = zone.to_offset(before);
        Change {
            local: before.to_datetime(at),
            before,
            after: change.offset(),
            summer: change.dst() == Dst::Yes,
            abbreviation: change.abbreviation().to_owned(),
            every: None,
        }
    }

    /// A clock that was always so.
    fn never(zone: &TimeZone, at: Timestamp) -> Change {
        let now = zone.to_offset_info(at);
        Change {
            local: date(1601, 1, 1).at(0, 0, 0, 0),
            before: now.offset(),
            after: now.offset(),
            summer: false,
            abbreviation: now.abbreviation().to_owned(),
            every: None,
        }
    }

    /// The rule by which it comes in all later years, since the first year in which it did.
    fn rule<'c>(
        &'c self,
        later: impl Iterator<Item = &'c Change>,
        earlier: impl Iterator<Item = &'c Change>,
    ) -> Option<Change> {
        let now_and_later: Vec<&Change> = std::iter::once(self).chain(later).collect();
        let mut rules = [LAST, (self.local.day() - 1) / 7 + 1]
            .map(|nth| Change { every: Some(nth), ..self.clone() })
            .into_iter();
        let rule = rules.find(|rule| {
            let mut told = (0..).zip(&now_and_later);
            told.all(|(years, change)| rule.falls(years).as_ref() == Some(*change))
        })?;
        let back = (1_i16..).zip(earlier);
        let same = back.take_while(|(years, change)| rule.falls(-years).as_ref() == Some(*change));
        let local = same.last().map_or(rule.local, |(_, change)| change.local);
        Some(Change { local, ..rule })
    }

    /// The change by the rule, so many years later; earlier with a number below zero.
    fn falls(&self, years: i16) -> Option<Change> {
        let month = self.local.date().first_of_month();
        let month = month.with().year(month.year().checked_add(years)?).build().ok()?;
        let day = month.nth_weekday_of_month(self.every?, self.local.weekday()).ok()?;
        Some(Change { local: day.to_datetime(self.local.time()), every: None, ..self.clone() })
    }
}
