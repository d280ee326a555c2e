//! How many people the telephone takes, reckoned from the calls of a period.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use jiff::SignedDuration;
use norms::Answer;
use promises::staffing::{Advice, Cell, Goal, Table, advice, rostered};
use serde::Deserialize;
use words::{Lang, Words};

use super::Worker;
use super::counter_figures::{Asked, Period};
use crate::door::Door;
use crate::pages::{HalfHour, Section, Staffing, percentage};
use crate::site::{self, show};

/// What is aimed at where the norm file says nothing.
const USUAL: Answer = Answer { within: SignedDuration::from_secs(60), share: 800 };
/// The most people that can be asked about.
const PEOPLE_MAX: u32 = 500;
/// The most of their time that goes elsewhere, in percents.
const ELSEWHERE_MAX: u32 = 90;
/// How many answer, and the part of their time that goes elsewhere, where nothing is asked.
const ASKED: (u32, u32) = (2, 25);

/// Who answers now.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Team {
    mensen: String,
    weg: String,
}

/// GET /werk/telefoon/bezetting
pub(crate) async fn staffing(
    State(door): State<Door>,
    worker: Worker,
    Query(asked): Query<Asked>,
    Query(team): Query<Team>,
) -> site::Answer {
    let (house, now) = (door.desk.house(), door.desk.now());
    let Period { days, typed, problems } = asked.period(house.day(now));
    let read = door.desk.read(move |tx, house, _| desk::phoned(tx, house, days));
    let (table, words) = (read.await?, &worker.words);
    let people = number(&team.mensen, (ASKED.0, 1..=PEOPLE_MAX));
    let elsewhere = number(&team.weg, (ASKED.1, 0..=ELSEWHERE_MAX));
    let answer = house.norms(now).menu.as_ref().and_then(|menu| menu.answer).unwrap_or(USUAL);
    let said = |typed: &str, usual: u32, number: Option<u32>, most: u32| {
        let wrong = words.say_with("staff-staffing-problem", &[("most", i64::from(most).into())]);
        let typed = if typed.trim().is_empty() { usual.to_string() } else { typed.to_owned() };
        (typed.chars().take(5).collect(), number.is_none().then_some(wrong))
    };
    let is_wrong = problems != [None, None] || people.is_none() || elsewhere.is_none();
    let reckoned = Reckoned {
        people: people.unwrap_or(ASKED.0),
        elsewhere: elsewhere.unwrap_or(ASKED.1) * 10,
        answer,
    };
    let [from, to] = [days.0, days.1].map(|day| words.plain_date(day));
    let mut frame = worker.frame(&door, Section::Calls);
    frame.path = format!("/werk/telefoon/bezetting?van={}&tot={}", days.0, days.1);
    let page = Staffing {
        frame,
        days: typed,
        problems: problems.map(|problem| problem.map(|key| words.say(key))),
        people: said(&team.mensen, ASKED.0, people, PEOPLE_MAX),
        elsewhere: said(&team.weg, ASKED.1, elsewhere, ELSEWHERE_MAX),
        period: words
            .say_with("norms-months", &[("first", (&from).into()), ("last", (&to).into())]),
        goal: goal(words, answer),
        advice: reckoned.advice(words, &table.cells),
        weekdays: reckoned.weekdays(words, &table),
        outside: i64::try_from(table.outside).unwrap_or(i64::MAX),
    };
    show(if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, &page)
}

/// A whole number that was typed; the usual one when nothing was, nothing when it is none of these.
fn number(typed: &str, (usual, range): (u32, std::ops::RangeInclusive<u32>)) -> Option<u32> {
    match typed.trim() {
        "" => Some(usual),
        typed => typed.parse().ok().filter(|it| range.contains(it)),
    }
}

fn goal(words: &Words, answer: Answer) -> String {
    let share = percentage(u64::from(answer.share), words);
    let within = words.length(answer.within);
    words.say_with("staff-staffing-goal", &[("share", (&share).into()), ("time", (&within).into())])
}

/// "4,5": with one decimal.
pub(super) fn decimal(words: &Words, number: f64) -> String {
    decimals(words, number, 1)
}

/// "0,56": with so many decimals.
pub(super) fn decimals(words: &Words, number: f64, digits: usize) -> String {
    let text = format!("{number:.digits$}");
    if words.lang() == Lang::En { text } else { text.replace('.', ",") }
}

/// What the table is reckoned with.
struct Reckoned {
    people: u32,
    /// In thousandths.
    elsewhere: u32,
    answer: Answer,
}

impl Reckoned {
    fn weekdays(&self, words: &Words, table: &Table) -> Vec<(String, Vec<HalfHour>)> {
        let mut days: Vec<(String, Vec<HalfHour>)> = Vec::new();
        // Where nobody calls one person is enough, and a row would say no more.
        for cell in table.cells.iter().filter(|cell| cell.calls > 0) {
            let day = words.weekday(cell.weekday);
            let half_hour = self.half_hour(words, cell);
            match days.last_mut().filter(|(last, _)| *last == day) {
                Some((_, half_hours)) => half_hours.push(half_hour),
                None => days.push((day, vec![half_hour])),
            }
        }
        days
    }

    fn half_hour(&self, words: &Words, cell: &Cell) -> HalfHour {
        let needed = cell.needed(Goal::Answer(self.answer));
        HalfHour {
            from: words.time(cell.from),
            calls: decimal(words, cell.expected()),
            handling: cell.handling().filter(|_| cell.calls > 0).map(|it| words.length(it)),
            needed,
            rostered: needed.and_then(|needed| rostered(needed, self.elsewhere)),
            wait: cell.wait(self.people).map(|wait| words.length(wait.mean())),
            is_short: needed.is_none_or(|needed| needed > self.people),
        }
    }

    fn advice(&self, words: &Words, cells: &[Cell]) -> Option<String> {
        let found: Advice = advice(cells, |_| self.people, self.answer.within)?;
        let (day, from, until) =
            (words.weekday(found.weekday), words.time(found.from), words.time(found.until));
        let (wait, under) = (words.length(found.after), words.length(self.answer.within));
        let values = [
            ("more", i64::from(found.more).into()),
            ("day", (&day).into()),
            ("from", (&from).into()),
            ("until", (&until).into()),
            ("wait", (&wait).into()),
            ("under", (&under).into()),
        ];
        Some(words.say_with("staff-staffing-advice", &values))
    }
}
