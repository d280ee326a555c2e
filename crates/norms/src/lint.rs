//! What is wrong with norms that are right one by one: ties, contradictions, limits that cannot
//! be kept, and norms that nothing measures.

use std::ops::Range;

use calendar::Interval;
use jiff::civil::Weekday;
use jiff::{SignedDuration, Timestamp};

use crate::file::{Place, Reader};
use crate::norms::Measure;
use crate::start::is_named;
use crate::{Aim, Bound, Channel, Deed, Duty, Feed, Kind, Limit, Norm, Norms, Start};

/// How far ahead hours are looked at.
const HORIZON: SignedDuration = SignedDuration::from_hours(10 * 366 * 24);

/// A day by the clock.
const DAY: SignedDuration = SignedDuration::from_hours(24);

const WEEKDAYS: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// Says what is wrong with the norms together. `places` says where each stands.
pub(crate) fn lint(reader: &mut Reader<'_>, norms: &Norms, places: &[Place]) {
    for (norm, place) in norms.list.iter().zip(places) {
        then(reader, norms, norm, place);
        start(reader, norms, norm, place);
        limit(reader, norms, norm, place);
        targets(reader, norm, place);
        measured(reader, norm, place);
    }
    circles(reader, norms, places);
    pairs(reader, norms, places);
}

fn then(reader: &mut Reader<'_>, norms: &Norms, norm: &Norm, place: &Place) {
    let (Some(then), Some(span)) = (&norm.then, &place.then) else { return };
    if norms.get(then).is_none_or(|norm| norm.duty != Duty::KEEP_DATE) {
        let message = format!("“{then}” is not a norm about keeping a date");
        reader.wrong(span.clone(), message, "the id of a norm with must = \"keep-date\"");
    }
    if !norm.duty.is_kept_by_date() {
        let message = format!("“{}” is not kept by telling a date", norm.duty);
        reader.wrong(span.clone(), message, "no `then`, or “-or-say-when” behind `must`");
    }
}

fn start(reader: &mut Reader<'_>, norms: &Norms, norm: &Norm, place: &Place) {
    let Some(span) = &place.start else { return };
    if let Some(other) = norm.start.norm() {
        let named: Vec<&Norm> = norms.list.iter().filter(|it| is_named(other, &it.id)).collect();
        if named.is_empty() {
            let message = format!("there is no norm “{other}”");
            reader.wrong(span.clone(), message, "the id of another norm of this file");
        } else if !named.iter().any(|it| it.duty.is_promised()) {
            let message = format!("“{other}” is never kept or broken for one contact");
            reader.wrong(span.clone(), message, "the id of a norm about one contact");
        }
    }
    let alone = matches!(norm.start, Start::Every(_));
    if alone && norm.duty != Duty::of(&[Deed::Publish]) {
        let message = format!("“{}” is about contacts, and no contact comes back", norm.duty);
        reader.wrong(span.clone(), message, "must = \"publish\", or another start");
    }
}

fn limit(reader: &mut Reader<'_>, norms: &Norms, norm: &Norm, place: &Place) {
    let Some(span) = place.limit.clone() else { return };
    let counted = norm.duty == Duty::of(&[Deed::Transfer]);
    if counted != matches!(norm.limit, Limit::Times(_)) && norm.limit != Limit::AsSoonAsPossible {
        let expected = if counted { "“2 times”" } else { "a time; only transfers are counted" };
        let message = format!("“{}” does not fit “{}”", norm.limit, norm.duty);
        reader.wrong(span, message, expected);
        return;
    }
    if matches!(norm.limit, Limit::Rings(_)) && norm.duty != Duty::of(&[Deed::PickUp]) {
        let message = "only the telephone rings".to_owned();
        reader.wrong(span, message, "seconds, or must = \"pick-up\"");
        return;
    }
    if norm.bound == Bound::Before && norm.start.is_at_receipt() {
        let message = "before it was received, nobody knew of it".to_owned();
        reader.wrong(span, message, "from = \"expiry\", \"event\" or \"appointment\"");
        return;
    }
    if norm.limit == Limit::AsSoonAsPossible && norm.bound != Bound::Within {
        let message = format!("“{}” “{}” says nothing", norm.bound, norm.limit);
        reader.wrong(span, message, "a number with a unit");
        return;
    }
    hours(reader, norms, norm, (span, place.has_hours));
}

/// Hours that make a limit impossible, or a limit that does not heed its hours.
fn hours(
    reader: &mut Reader<'_>,
    norms: &Norms,
    norm: &Norm,
    (span, own_hours): (Range<usize>, bool),
) {
    let waits = waits_in(norm.duty);
    let works = matches!(norm.limit, Limit::WorkingSeconds(_));
    let by_clock = match norm.limit {
        Limit::Seconds(seconds) => Some(SignedDuration::from_secs(i64::from(seconds))),
        Limit::Rings(rings) => Some(norms.ring * i32::try_from(rings).unwrap_or(i32::MAX)),
        _ => None,
    };
    let name = match waits {
        Some(usual) if !own_hours => usual,
        _ if works || waits.is_some() || own_hours => &norm.hours,
        _ => return,
    };
    let open = &norms.hours(name).unwrap_or(&norms.phone).open;
    let start = norms.end_of(norms.municipality.valid_from);
    if open.next_opening(start).is_none() {
        let message = format!("hours.{name} are never open");
        reader.wrong(span, message, "`hours` that are open, or a limit in days");
        return;
    }
    if let Limit::WorkingSeconds(seconds) = norm.limit {
        let horizon = start.saturating_add(HORIZON).unwrap_or(Timestamp::MAX);
        let time = SignedDuration::from_secs(i64::from(seconds));
        if open.working_time_between(start, horizon) < time {
            let message = format!("hours.{name} are not open for {} in all", norm.limit);
            reader.wrong(span.clone(), message, "`hours` that go on, or a shorter limit");
        }
    }
    let Some(by_clock) = by_clock else { return };
    let stretch = longest_stretch(norms, name);
    if waits.is_some() && by_clock > stretch {
        let message = format!("hours.{name} are never open for {} on end", norm.limit);
        reader.wrong(span, message, "a limit that ends before the hours do");
    } else if waits.is_none() && own_hours {
        let message =
            format!("“{}” runs by the clock, also when hours.{name} are closed", norm.limit);
        reader.warn(span, message, "working hours or working minutes, or no `hours`");
    }
}

/// The hours in which somebody waits on the telephone or at the counter: nobody waits when closed.
fn waits_in(duty: Duty) -> Option<&'static str> {
    match duty.feed() {
        Feed::Calls => Some("phone"),
        Feed::Visits => Some("counter"),
        Feed::Promises | Feed::Uptime | Feed::Nothing => None,
    }
}

/// The longest that these hours are open without a break, in an ordinary week or in a season.
fn longest_stretch(norms: &Norms, name: &str) -> SignedDuration {
    let hours = norms.hours(name).unwrap_or(&norms.phone);
    let weeks = hours.seasons.iter().map(|season| &season.week).chain([&hours.week]);
    let days = weeks.flat_map(|week| WEEKDAYS.into_iter().flat_map(|day| week.on(day)));
    let exceptions = hours.open.exceptions().iter().flat_map(|exception| &exception.open);
    days.chain(exceptions).map(length).max().unwrap_or_default()
}

/// How long an interval is; midnight at its end is that of the next day.
fn length(interval: &Interval) -> SignedDuration {
    let length = interval.to.duration_since(interval.from);
    if length.is_positive() { length } else { length + DAY }
}

fn targets(reader: &mut Reader<'_>, norm: &Norm, place: &Place) {
    for (target, span) in norm.targets.iter().zip(&place.targets) {
        if norm.duty.feed() == Feed::Nothing {
            let message = format!("nothing that is measured tells how often “{}” is", norm.duty);
            reader.wrong(span.clone(), message, "no `target`, or another `must`");
        }
        let own = norm.limit == Limit::AsSoonAsPossible;
        if target.limit.is_none() && own && norm.duty.feed() != Feed::Uptime {
            let message = format!("{target} of what? the norm sets no limit");
            reader.wrong(span.clone(), message, "“80 % within 25 seconds”, or `within`");
        }
        if target.aim == Aim::Average && target.limit.is_some_and(Limit::is_in_days) {
            let message = "an average is measured by the clock".to_owned();
            reader.wrong(span.clone(), message, "“average 20 seconds” or “average 8 hours”");
        }
    }
}

fn measured(reader: &mut Reader<'_>, norm: &Norm, place: &Place) {
    let standing = matches!(norm.duty.deed(), Deed::Standing);
    if standing && norm.measure.is_none() {
        let message = format!("nothing measures “{}”", norm.id);
        let expected = format!("measure = one of: {}", Measure::WORDS.join(" "));
        reader.warn(place.must.clone(), message, expected);
    }
    if norm.measure.is_some() && norm.duty.is_promised() {
        let message = "what is promised to a contact is measured by its promises".to_owned();
        reader.warn(place.must.clone(), message, "no `measure` in this norm");
    }
}

/// A chain of norms, each starting at the end of another, that never begins.
fn circles(reader: &mut Reader<'_>, norms: &Norms, places: &[Place]) {
    for (norm, place) in norms.list.iter().zip(places) {
        if waits_for(norms, norm, &norm.id, norms.list.len()) {
            let span = place.start.clone().unwrap_or_else(|| place.id.clone());
            let message = format!("“{}” waits for itself", norm.id);
            reader.wrong(span, message, "a chain that begins at a moment such as “receipt”");
        }
    }
}

/// Whether the clock of a norm starts, by however many steps, at the end of the norm with this id.
fn waits_for(norms: &Norms, norm: &Norm, id: &str, steps: usize) -> bool {
    let (Some(named), Some(left)) = (norm.start.norm(), steps.checked_sub(1)) else {
        return false;
    };
    let mut before = norms.list.iter().filter(|it| is_named(named, &it.id));
    before.any(|it| it.id == id || waits_for(norms, it, id, left))
}

fn pairs(reader: &mut Reader<'_>, norms: &Norms, places: &[Place]) {
    for (index, a) in norms.list.iter().enumerate() {
        for (b, place) in norms.list.iter().zip(places).skip(index + 1) {
            if !a.duty.is_promised() || !b.duty.is_promised() || !a.scope.overlaps(&b.scope) {
                continue;
            }
            if is_tie(a, b) {
                let message =
                    format!("“{}” and “{}” cover the same contacts for the same need", a.id, b.id);
                let expected = "a narrower scope (where, season, kinds, channels) for one of them";
                reader.wrong(place.id.clone(), message, expected);
            }
            let (ack, contact) = if a.duty == Duty::ACKNOWLEDGE { (a, b) } else { (b, a) };
            if is_slower(norms, ack, contact) {
                let message = format!(
                    "“{}” ({}) may come after “{}” ({})",
                    ack.id, ack.limit, contact.id, contact.limit
                );
                let span = place.limit.clone().unwrap_or_else(|| place.id.clone());
                reader.warn(span, message, "an acknowledgement sooner than the answer");
            }
        }
    }
}

/// Two norms of one need and equal narrowness for the same contact: nobody could say which holds.
fn is_tie(a: &Norm, b: &Norm) -> bool {
    a.duty.is_same_need(b.duty)
        && a.start == b.start
        && a.scope.narrowness() == b.scope.narrowness()
}

/// Whether both hold for some contact and the acknowledgement takes longer than the answer.
fn is_slower(norms: &Norms, ack: &Norm, contact: &Norm) -> bool {
    let timed = |norm: &Norm| norm.bound == Bound::Within && norm.start.is_at_receipt();
    if ack.duty != Duty::ACKNOWLEDGE || contact.duty == Duty::ACKNOWLEDGE {
        return false;
    }
    if !timed(ack) || !timed(contact) || !contact.duty.is_kept_by_answer() {
        return false;
    }
    let (Some(first), Some(second)) = (ack.limit.rough_seconds(), contact.limit.rough_seconds())
    else {
        return false;
    };
    first > second && both_hold(norms, ack, contact)
}

/// Whether some contact is owed both: a narrower norm may stand in for one of them.
fn both_hold(norms: &Norms, a: &Norm, b: &Norm) -> bool {
    let wins = |norm: &Norm, channel: Channel, kind: Kind| {
        let covers = |scope: &crate::Scope| {
            (scope.channels.is_empty() || scope.channels.contains(&channel))
                && (scope.kinds.is_empty() || scope.kinds.contains(&kind))
        };
        let beaten = norms.list.iter().any(|other| {
            other.duty.is_same_need(norm.duty)
                && other.scope.facets == norm.scope.facets
                && other.scope.season == norm.scope.season
                && other.scope.narrowness() > norm.scope.narrowness()
                && covers(&other.scope)
        });
        covers(&norm.scope) && !beaten
    };
    let pairs =
        Channel::ALL.iter().flat_map(|channel| Kind::ALL.iter().map(move |it| (channel, it)));
    pairs.into_iter().any(|(channel, kind)| wins(a, *channel, *kind) && wins(b, *channel, *kind))
}
