//! The report of a period, and what is expected of the next weeks, as data for programs.

use std::collections::BTreeMap;

use desk::{Ahead, DayAhead, Team};
use jiff::civil::Date;
use promises::report::{Cause, Counts, Group, Report, Survival, View};
use serde_json::{Map, Value, json};

/// Of how many in a hundred it is told within which time they were helped.
pub(crate) const PERCENTS: [u8; 4] = [50, 80, 90, 95];

/// The report as JSON: by norm, channel, department and month, the causes of what was broken, and
/// how long residents waited.
#[must_use]
pub fn report_json((from, to): (Date, Date), report: &Report, teams: &[Team]) -> Value {
    let norms = report.sums(|cell| (cell.generation.clone(), cell.norm.clone(), cell.duty));
    let norms = norms.iter().map(|((generation, norm, duty), it)| {
        let names = [
            ("generation", json!(generation)),
            ("norm", json!(norm)),
            ("duty", json!(duty.word())),
        ];
        counts(names, it)
    });
    let view = |view: View, name: &'static str| -> Vec<Value> {
        let rows = report.by(view);
        rows.iter().map(|(row, it)| counts([(name, key(row, teams))], it)).collect()
    };
    let waits = report.waits.each().map(|(word, all)| (word.to_owned(), wait(all)));
    json!({
        "from": from,
        "to": to,
        "total": counts([], &report.total()),
        "norms": norms.collect::<Vec<_>>(),
        "channels": view(View::Channel, "channel"),
        "departments": view(View::Department, "department"),
        "months": view(View::Month, "month"),
        "dates": counts([], &report.dates()),
        "waits": Map::from_iter(waits),
    })
}

fn key(group: &Group, teams: &[Team]) -> Value {
    match group {
        Group::Norm(norm, _) => json!(norm),
        Group::Channel(channel) => json!(channel.word()),
        Group::Department(team) => json!(team.map(|team| team_name(team, teams))),
        Group::Month(first) => json!(month(*first)),
    }
}

pub(crate) fn month(first: Date) -> String {
    first.strftime("%Y-%m").to_string()
}

/// The name of a team; its number when it is no more.
pub(crate) fn team_name(id: i64, teams: &[Team]) -> String {
    let team = teams.iter().find(|team| team.id == id);
    team.map_or_else(|| id.to_string(), |team| team.name.clone())
}

fn counts<const N: usize>(names: [(&str, Value); N], it: &Counts) -> Value {
    let causes = Cause::ALL.into_iter().zip(it.causes).filter(|(_, count)| *count > 0);
    let causes: BTreeMap<&str, u64> = causes.map(|(cause, count)| (cause.word(), count)).collect();
    let numbers = [
        ("kept", json!(it.kept)),
        ("broken", json!(it.broken)),
        ("open", json!(it.open)),
        ("atRisk", json!(it.at_risk)),
        ("notApplicable", json!(it.not_applicable)),
        ("measured", json!(it.measured)),
        ("causes", json!(causes)),
    ];
    let all = names.into_iter().chain(numbers);
    Value::Object(all.map(|(name, value)| (name.to_owned(), value)).collect())
}

fn wait(all: &Survival) -> Value {
    let within = PERCENTS.map(|percent| {
        (percent.to_string(), json!(all.within(percent).map(|time| time.as_mins())))
    });
    let curve = all.curve().into_iter().map(|it| json!([it.minutes, it.waiting]));
    json!({
        "ended": all.ended(),
        "goingOn": all.going_on(),
        "withinMinutes": Map::from_iter(within),
        "curve": curve.collect::<Vec<_>>(),
    })
}

/// What is expected of the next weeks as JSON: a day at a time, in promises and minutes.
#[must_use]
pub fn ahead_json(found: &Ahead) -> Value {
    let day = |it: &DayAhead| {
        json!({
            "day": it.day.on,
            "made": it.day.known,
            "open": it.open,
            "toCome": it.day.to_come.map(|it| it.mean),
            "low": it.band().map(|it| it.0),
            "high": it.band().map(|it| it.1),
            "minutes": it.minutes,
            "perHour": it.per_hour(),
            "busy": it.is_busy,
        })
    };
    json!({
        "until": found.until,
        "days": found.days.iter().map(day).collect::<Vec<_>>(),
        "overdue": found.overdue,
        "people": found.people,
        "peopleWithoutHours": found.without_hours,
        "busyFromPerHour": found.busy_from,
    })
}
