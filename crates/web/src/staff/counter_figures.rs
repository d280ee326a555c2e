//! What the counter is measured by, over a period, on a page and as a file.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use desk::{FIGURES_DAYS_MAX, FreeDays};
use jiff::Span;
use jiff::civil::Date;
use norms::Norms;
use promises::figures::{Figures, Share};
use promises::outlook::FirstFree;
use serde::Deserialize;
use words::Words;

use super::{Worker, export};
use crate::door::Door;
use crate::pages::{CounterFigures, FigureGroup, FigureRow, FreeRow, Part, Section};
use crate::site::{Answer, Failure, see_other, show};

/// How many days the period has when none is asked for.
const DAYS: i64 = 30;
/// The columns of the file, by the key of their name.
const COLUMNS: [&str; 15] = [
    "staff-figures-by",
    "staff-figures-name",
    "staff-figures-visits",
    "staff-figures-served",
    "staff-figures-called",
    "staff-figures-on-time",
    "staff-figures-half-minutes",
    "staff-figures-nine-minutes",
    "staff-figures-missed",
    "staff-figures-moved",
    "staff-figures-cancelled",
    "staff-figures-taken-minutes",
    "staff-figures-open-minutes",
    "staff-figures-free-middle",
    "staff-figures-free-most",
];

/// Which period.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    van: String,
    tot: String,
}

/// A period as it was asked for, and what is wrong with each of its days.
pub(super) struct Period {
    pub(super) days: (Date, Date),
    pub(super) typed: [String; 2],
    pub(super) problems: [Option<&'static str>; 2],
}

impl Asked {
    /// The days that are asked for; the last thirty where nothing is, or something is wrong.
    pub(super) fn period(&self, today: Date) -> Period {
        let usual = (today.saturating_sub(Span::new().days(DAYS - 1)), today);
        let day = |text: &str, usual: Date| match text {
            "" => Ok(usual),
            text => text.parse::<Date>().map_err(|_| "staff-figures-problem-day"),
        };
        let (from, to) = (day(&self.van, usual.0), day(&self.tot, usual.1));
        let mut problems = [from.err(), to.err()];
        let days = (from.unwrap_or(usual.0), to.unwrap_or(usual.1));
        if problems == [None, None] {
            let longest = days.0.saturating_add(Span::new().days(FIGURES_DAYS_MAX - 1));
            problems[1] = match days.1 {
                to if to < days.0 => Some("staff-figures-problem-before"),
                to if to > longest => Some("staff-figures-problem-long"),
                _ => None,
            };
        }
        let is_wrong = problems != [None, None];
        let typed = |text: &str, day: Date| match text {
            "" => day.to_string(),
            text => text.chars().take(10).collect(),
        };
        let typed = [typed(&self.van, days.0), typed(&self.tot, days.1)];
        Period { days: if is_wrong { usual } else { days }, typed, problems }
    }
}

/// What a page of figures is made of.
struct Found {
    figures: desk::CounterFigures,
    now: Vec<FirstFree>,
}

async fn read(door: &Door, days: (Date, Date)) -> Result<Found, Failure> {
    let read = door.desk.read(move |tx, house, now| {
        let figures = desk::counter_figures(tx, house, days)?;
        Ok(Found { figures, now: desk::free_now(tx, house, now)? })
    });
    Ok(read.await?)
}

/// GET /werk/balie/cijfers
pub(crate) async fn counter_figures(
    State(door): State<Door>,
    worker: Worker,
    Query(asked): Query<Asked>,
) -> Answer {
    let house = door.desk.house();
    let Period { days, typed, problems } = asked.period(house.day(door.desk.now()));
    let found = read(&door, days).await?;
    let (words, norms) = (&worker.words, house.norms(door.desk.now()));
    let first_free = found.now.iter().map(|it| {
        let period = found.figures.first_free.iter().find(|(id, _)| *id == it.product);
        free_row(words, norms, it, period.map(|(_, days)| days))
    });
    let [from, to] = [days.0, days.1].map(|day| words.plain_date(day));
    let between = [("first", (&from).into()), ("last", (&to).into())];
    let mut frame = worker.frame(&door, Section::Counter);
    frame.path = format!("/werk/balie/cijfers?van={}&tot={}", days.0, days.1);
    let is_wrong = problems != [None, None];
    let page = CounterFigures {
        days: typed,
        problems: problems.map(|problem| problem.map(|key| words.say(key))),
        period: words.say_with("norms-months", &between),
        late: norms.appointments.rules.late_minutes,
        limit: norms.appointments.rules.first_free_days,
        walked_in: found.figures.all.walked_in,
        first_free: first_free.collect(),
        groups: groups(words, norms, &found.figures),
        is_cut: found.figures.is_cut,
        frame,
    };
    let status = if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    show(status, &page)
}

/// GET /werk/balie/cijfers.csv
pub(crate) async fn counter_figures_file(
    State(door): State<Door>,
    worker: Worker,
    Query(asked): Query<Asked>,
) -> Answer {
    let house = door.desk.house();
    let Period { days, typed: [from, to], problems } = asked.period(house.day(door.desk.now()));
    if problems != [None, None] {
        // The page says what is wrong; only what may stand in an address comes back into it.
        let plain = |text: String| -> String {
            text.chars().filter(|it| it.is_ascii_digit() || *it == '-').collect()
        };
        let page = format!("/werk/balie/cijfers?van={}&tot={}", plain(from), plain(to));
        return Ok(see_other(&worker.frame(&door, Section::Counter).href(&page)));
    }
    let found = read(&door, days).await?;
    let norms = house.norms(door.desk.now());
    let text = table(&worker.words, norms, &found.figures);
    let name = format!("belofte-balie-{}-{}.csv", days.0, days.1);
    Ok((export::headers(&name), text).into_response())
}

pub(super) fn part(share: Share) -> Part {
    Part { part: share.part, whole: share.whole }
}

fn free_row(words: &Words, norms: &Norms, it: &FirstFree, period: Option<&FreeDays>) -> FreeRow {
    let ahead = it.at.map(|(_, days)| days);
    let limit = norms.appointments.rules.first_free_days;
    FreeRow {
        product: product_name(words, norms, &it.product),
        now: it.at.map(|(at, _)| words.short_moment(at, &norms.municipality.zone)),
        ahead,
        is_in_time: limit.map(|limit| ahead.is_some_and(|ahead| ahead <= limit)),
        period: period.and_then(|it| Some([it.median?, it.most?])),
        in_time: period.and_then(|it| it.in_time).map(part),
    }
}

fn product_name(words: &Words, norms: &Norms, id: &str) -> String {
    let product = norms.appointments.product(id);
    product.map_or_else(|| id.to_owned(), |it| it.name(words.lang().code()).to_owned())
}

/// All, and by product, desk and weekday: the key of each, with its rows by name.
fn named<'a>(
    words: &Words,
    norms: &Norms,
    found: &'a desk::CounterFigures,
) -> [(&'static str, Vec<(String, &'a Figures)>); 4] {
    let product = |(id, it): &'a (String, Figures)| (product_name(words, norms, id), it);
    let desk = |(id, it): &'a (String, Figures)| (norms.appointments.desk_name(id).to_owned(), it);
    let weekdays = found.weekdays.iter().map(|(day, it)| (words.weekday(*day), it));
    [
        ("staff-figures-all", vec![(words.say("staff-figures-all"), &found.all)]),
        ("staff-counter-product", found.products.iter().map(product).collect()),
        ("staff-counter-desk", found.desks.iter().map(desk).collect()),
        ("staff-figures-weekday", weekdays.collect()),
    ]
}

fn groups(words: &Words, norms: &Norms, found: &desk::CounterFigures) -> Vec<FigureGroup> {
    if found.all.visits == 0 {
        return Vec::new();
    }
    let late = norms.appointments.rules.late_minutes;
    let row = |(name, it): &(String, &Figures)| FigureRow {
        name: name.clone(),
        visits: it.visits,
        on_time: part(it.on_time(late)),
        waited: minutes(it),
        missed: part(it.no_show()),
        moved: part(it.was_moved()),
        cancelled: part(it.called_off()),
        in_use: (it.open_minutes > 0).then(|| part(it.in_use())),
    };
    let group = |(key, rows): &(&'static str, Vec<(String, &Figures)>)| FigureGroup {
        key,
        rows: rows.iter().map(row).collect(),
    };
    named(words, norms, found).iter().map(group).collect()
}

/// The minutes that half and nine of ten waited at most.
fn minutes(figures: &Figures) -> Option<[i64; 2]> {
    Some([figures.waited(50)?.as_mins(), figures.waited(90)?.as_mins()])
}

/// The figures as a file: plain numbers, one line for each row of the page.
fn table(words: &Words, norms: &Norms, found: &desk::CounterFigures) -> String {
    let mut text = export::begin();
    export::row(&mut text, &COLUMNS.map(|key| words.say(key)));
    let late = norms.appointments.rules.late_minutes;
    let free: BTreeMap<String, &FreeDays> =
        found.first_free.iter().map(|(id, days)| (product_name(words, norms, id), days)).collect();
    let number = |it: Option<u32>| it.map_or_else(String::new, |it| it.to_string());
    for (key, rows) in named(words, norms, found) {
        for (name, it) in rows {
            let waited = minutes(it)
                .map_or([String::new(), String::new()], |it| it.map(|minutes| minutes.to_string()));
            let days = free.get(&name).filter(|_| key == "staff-counter-product");
            let (on_time, [half, nine]) = (it.on_time(late), waited);
            export::row(
                &mut text,
                &[
                    words.say(key),
                    name,
                    it.visits.to_string(),
                    it.served.to_string(),
                    on_time.whole.to_string(),
                    on_time.part.to_string(),
                    half,
                    nine,
                    it.missed.to_string(),
                    it.moved.to_string(),
                    it.cancelled.to_string(),
                    it.taken_minutes.to_string(),
                    it.open_minutes.to_string(),
                    number(days.and_then(|it| it.median)),
                    number(days.and_then(|it| it.most)),
                ],
            );
        }
    }
    text
}
