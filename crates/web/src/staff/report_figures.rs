//! How well promises were kept over a period: on a page, as a file, as a list of what is behind a
//! number, and as the report of a year.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use desk::{Behind, CountedPromise, House, Lead, Number, Team};
use jiff::civil::Date;
use jiff::{SignedDuration, Span};
use norms::{Channel, Kind, Norms};
use promises::Verdict;
use promises::report::{Cause, Counts, Group, Report, View};
use serde::Deserialize;
use words::Words;

use super::counter_figures::{Asked as Days, Period};
use super::{Worker, export, said};
use crate::chart;
use crate::door::Door;
use crate::pages::{
    AnnualReport, FigureLine, PeriodFigures, ReportFigures, ReportItem, ReportItems, Section,
    Sentence, WaitLine, query_value,
};
use crate::report_file::{PERCENTS, month, report_json, team_name};
use crate::site::{Answer, Failure, see_other, show};

/// The code of what no team has.
const NO_TEAM: &str = "-";
/// What is behind the code of a norm where it is about dates that were told.
const DATE: &str = "~date";
/// The columns of the file.
const COLUMNS: [&str; 12] = [
    "generation",
    "norm",
    "duty",
    "month",
    "channel",
    "department",
    "kept",
    "broken",
    "open",
    "at-risk",
    "not-applicable",
    "measured",
];
/// From how long a wait is told in days, in hours.
const DAYS_FROM: SignedDuration = SignedDuration::from_hours(48);

/// Which period, told apart by what.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    #[serde(flatten)]
    days: Days,
    per: String,
}

/// Which promises of a period.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct AskedList {
    #[serde(flatten)]
    days: Days,
    per: String,
    rij: String,
    getal: String,
    na: String,
}

impl Asked {
    fn view(&self) -> View {
        View::from_word(&self.per).unwrap_or_default()
    }
}

/// The report of a period, a month at a time, so that others read in between.
async fn read(door: &Door, (from, to): (Date, Date)) -> Result<(Report, Vec<Team>), Failure> {
    let mut report = Report::default();
    let at = door.desk.now();
    let mut first = from;
    while first <= to {
        let last = first.last_of_month().min(to);
        let part = door.desk.read(move |tx, house, _| desk::report(tx, house, at, (first, last)));
        report.merge(&part.await?);
        first = last.saturating_add(Span::new().days(1));
    }
    Ok((report, door.desk.read(|tx, _, _| Ok(tx.teams()?)).await?))
}

/// GET /werk/cijfers
pub(crate) async fn report_figures(
    State(door): State<Door>,
    worker: Worker<Lead>,
    Query(asked): Query<Asked>,
) -> Answer {
    let house = door.desk.house();
    let today = house.day(door.desk.now());
    let Period { days, typed, problems } = asked.days.period(today);
    let (report, teams) = read(&door, days).await?;
    let shown = Shown { words: &worker.words, house, teams: &teams, days };
    let mut frame = worker.frame(&door, Section::House);
    let (view, is_wrong) = (asked.view(), problems != [None, None]);
    frame.path = format!("/werk/cijfers?van={}&tot={}&per={}", days.0, days.1, view.word());
    let page = ReportFigures {
        days: typed,
        problems: problems.map(|problem| problem.map(|key| worker.words.say(key))),
        figures: shown.figures(&report, view),
        year: today.year().saturating_sub(1).to_string(),
        frame,
    };
    let status = if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    show(status, &page)
}

/// GET /werk/cijfers.csv: every count by everything it can be told apart by.
pub(crate) async fn report_csv(
    State(door): State<Door>,
    worker: Worker<Lead>,
    Query(asked): Query<Asked>,
) -> Answer {
    let days = match days_of(&door, &asked.days) {
        Ok(days) => days,
        Err(page) => return Ok(see_other(&worker.frame(&door, Section::House).href(&page))),
    };
    let (report, teams) = read(&door, days).await?;
    let mut text = export::begin();
    let causes = Cause::ALL.map(|cause| format!("broken-{}", cause.word()));
    let columns: Vec<String> = COLUMNS.map(str::to_owned).into_iter().chain(causes).collect();
    export::row(&mut text, &columns);
    for (cell, it) in &report.cells {
        let names = [
            cell.generation.clone(),
            cell.norm.clone(),
            cell.duty.word(),
            month(cell.month),
            cell.channel.word().to_owned(),
            cell.department.map_or_else(String::new, |team| team_name(team, &teams)),
        ];
        let counts = [it.kept, it.broken, it.open, it.at_risk, it.not_applicable, it.measured];
        let counts = counts.into_iter().chain(it.causes).map(|count| count.to_string());
        export::row(&mut text, &names.into_iter().chain(counts).collect::<Vec<_>>());
    }
    let name = format!("belofte-beloften-{}-{}.csv", days.0, days.1);
    Ok((export::headers(&name), text).into_response())
}

/// GET /werk/cijfers.json: the same as `belofte report --json`.
pub(crate) async fn report_data(
    State(door): State<Door>,
    worker: Worker<Lead>,
    Query(asked): Query<Asked>,
) -> Answer {
    let days = match days_of(&door, &asked.days) {
        Ok(days) => days,
        Err(page) => return Ok(see_other(&worker.frame(&door, Section::House).href(&page))),
    };
    let (report, teams) = read(&door, days).await?;
    Ok(Json(report_json(days, &report, &teams)).into_response())
}

/// The days that are asked for; where they are wrong, the page that says so.
fn days_of(door: &Door, asked: &Days) -> Result<(Date, Date), String> {
    let today = door.desk.house().day(door.desk.now());
    let Period { days, typed: [from, to], problems } = asked.period(today);
    if problems == [None, None] {
        return Ok(days);
    }
    Err(format!("/werk/cijfers?van={}&tot={}", query_value(&from), query_value(&to)))
}

/// GET /werk/cijfers/lijst: the promises behind a number.
pub(crate) async fn report_items(
    State(door): State<Door>,
    worker: Worker<Lead>,
    Query(asked): Query<AskedList>,
) -> Answer {
    let Ok(days) = days_of(&door, &asked.days) else { return Err(Failure::NOT_FOUND) };
    let view = View::from_word(&asked.per).unwrap_or_default();
    let number = Number::from_word(&asked.getal).ok_or(Failure::NOT_FOUND)?;
    let group = match asked.rij.as_str() {
        "" => None,
        code => Some((view, group_of(view, code).ok_or(Failure::NOT_FOUND)?)),
    };
    let after = place(&asked.na);
    let which = Behind { group: group.clone(), number };
    let read = door.desk.read(move |tx, house, now| {
        let page = desk::behind(tx, house, now, days, (&which, after))?;
        Ok((page, tx.teams()?))
    });
    let ((found, has_more), teams) = read.await?;
    let shown = Shown { words: &worker.words, house: door.desk.house(), teams: &teams, days };
    let query = |per: &str| format!("van={}&tot={}&per={per}", days.0, days.1);
    let here = format!(
        "/werk/cijfers/lijst?{}&rij={}&getal={}",
        query(view.word()),
        query_value(&asked.rij),
        number.word()
    );
    let more = found.last().filter(|_| has_more).map(|last| {
        let (day, contact, nr) = last.place;
        format!("{here}&na={day}_{contact}_{nr}")
    });
    let name = group.map(|(_, row)| shown.name(&row));
    let mut frame = worker.frame(&door, Section::House);
    frame.path = here;
    let page = ReportItems {
        number: worker.words.say(&number_key(number)),
        about: name.into_iter().chain([shown.period()]).collect::<Vec<_>>().join(", "),
        back: format!("/werk/cijfers?{}", query(view.word())),
        items: found.iter().map(|it| shown.item(it)).collect(),
        more,
        frame,
    };
    show(StatusCode::OK, &page)
}

/// GET /werk/cijfers/jaar/{year}
pub(crate) async fn annual_report(
    State(door): State<Door>,
    worker: Worker<Lead>,
    Path(year): Path<i16>,
) -> Answer {
    let house = door.desk.house();
    let today = house.day(door.desk.now());
    let first = Date::new(year, 1, 1).map_err(|_| Failure::NOT_FOUND)?;
    let last = first.last_of_year().min(today);
    if last < first || year < 2000 {
        return Err(Failure::NOT_FOUND);
    }
    let days = (first, last);
    let (report, teams) = read(&door, days).await?;
    let words = &worker.words;
    let shown = Shown { words, house, teams: &teams, days };
    let page = AnnualReport {
        year: year.to_string(),
        until: (last < first.last_of_year()).then(|| words.plain_date(last)),
        made: words.plain_date(today),
        sentences: sentences(house.norms(house.begin_of(last)), &report),
        figures: shown.figures(&report, View::Channel),
        frame: worker.frame(&door, Section::House),
    };
    show(StatusCode::OK, &page)
}

/// The norms of the file that had anything to keep, with what became of it; those that hold no
/// longer by their id alone. Dates that were told count with the norm under which they were.
fn sentences(norms: &Norms, report: &Report) -> Vec<Sentence> {
    let mut counts: BTreeMap<String, Counts> = report.sums(|cell| cell.norm.clone());
    let of_file = norms.list.iter().filter_map(|norm| {
        let counts = counts.remove(&norm.id)?;
        Some(Sentence { id: norm.id.clone(), sentence: norm.sentence.clone(), counts })
    });
    let mut sentences: Vec<Sentence> = of_file.collect();
    let gone = counts.into_iter();
    sentences.extend(gone.map(|(id, counts)| Sentence { sentence: id.clone(), id, counts }));
    sentences
}

/// "2026-11-24_42_2": a place in a list.
fn place(text: &str) -> Option<(Date, i64, u32)> {
    let mut parts = text.split('_');
    let place =
        (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some(place)
}

/// The row of a view that has this code.
fn group_of(view: View, code: &str) -> Option<Group> {
    Some(match view {
        View::Norm => match code.strip_suffix(DATE) {
            Some(norm) => Group::Norm(norm.to_owned(), true),
            None => Group::Norm(code.to_owned(), false),
        },
        View::Channel => Group::Channel(Channel::from_word(code)?),
        View::Department if code == NO_TEAM => Group::Department(None),
        View::Department => Group::Department(Some(code.parse().ok()?)),
        View::Month => Group::Month(format!("{code}-01").parse().ok()?),
    })
}

/// The code of a row of a view.
fn code_of(group: &Group) -> String {
    match group {
        Group::Norm(norm, is_date) => format!("{norm}{}", if *is_date { DATE } else { "" }),
        Group::Channel(channel) => channel.word().to_owned(),
        Group::Department(team) => team.map_or(NO_TEAM.to_owned(), |team| team.to_string()),
        Group::Month(first) => month(*first),
    }
}

/// The key of the name of a number.
fn number_key(number: Number) -> String {
    match number {
        Number::Cause(cause) => PeriodFigures::cause_key(&cause).to_owned(),
        Number::All => "staff-report-all".to_owned(),
        Number::Measured => "staff-report-measured-name".to_owned(),
        number => format!("staff-report-{}", number.word()),
    }
}

/// What figures are shown with.
struct Shown<'a> {
    words: &'a Words,
    house: &'a House,
    teams: &'a [Team],
    days: (Date, Date),
}

impl Shown<'_> {
    fn period(&self) -> String {
        let [from, to] = [self.days.0, self.days.1].map(|day| self.words.plain_date(day));
        let between = [("first", (&from).into()), ("last", (&to).into())];
        self.words.say_with("norms-months", &between)
    }

    fn figures(&self, report: &Report, view: View) -> PeriodFigures {
        let words = self.words;
        let lines = |view: View| -> Vec<FigureLine> {
            report.by(view).iter().map(|(row, counts)| self.line(row, *counts)).collect()
        };
        let months = lines(View::Month);
        let bars: Vec<(String, Counts)> =
            months.iter().map(|line| (line.code.clone(), line.counts)).collect();
        let parts = ["staff-report-kept", "staff-report-broken", "staff-report-open"]
            .map(|key| words.say(key));
        let [kept, broken, open] = &parts;
        let total = report.total();
        let causes = Cause::ALL.into_iter().zip(total.causes).filter(|(_, count)| *count > 0);
        let mut causes: Vec<(Cause, u64)> = causes.collect();
        causes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let waits = report.waits.each().map(|(word, all)| (wait_key(word), all));
        let named = waits.map(|(key, all)| (words.say(key), all));
        PeriodFigures {
            period: self.period(),
            days: [self.days.0.to_string(), self.days.1.to_string()],
            view,
            total,
            rows: lines(view),
            months_picture: chart::months(
                &bars,
                [kept, broken, open],
                &words.say("staff-report-months-picture"),
            ),
            months,
            waits: waits
                .into_iter()
                .map(|(key, all)| WaitLine {
                    key,
                    counts: [all.ended(), all.going_on()],
                    within: PERCENTS.map(|it| Some(self.length(all.within(it)?))),
                })
                .collect(),
            waits_picture: chart::waits(&named, words, &words.say("staff-report-waits-picture")),
            causes,
            dates: report.dates(),
        }
    }

    fn line(&self, row: &Group, counts: Counts) -> FigureLine {
        let about = match row {
            Group::Norm(norm, false) => {
                self.norms().get(norm).map(|norm| norm.sentence.clone()).unwrap_or_default()
            }
            _ => String::new(),
        };
        FigureLine { name: self.name(row), about, code: code_of(row), counts }
    }

    /// The norms at the end of the period.
    fn norms(&self) -> &Norms {
        self.house.norms(self.house.begin_of(self.days.1))
    }

    fn name(&self, row: &Group) -> String {
        match row {
            Group::Norm(norm, false) => norm.clone(),
            Group::Norm(norm, true) => format!("{norm}, {}", self.words.say("staff-report-date")),
            Group::Channel(channel) => {
                self.words.say(said::channel(*channel, Kind::Question).key())
            }
            Group::Department(None) => self.words.say("staff-report-no-team"),
            Group::Department(Some(team)) => team_name(*team, self.teams),
            Group::Month(first) => self.words.month(*first),
        }
    }

    /// "35 minuten", "26 uur", "5 dagen": days by the clock, rounded up.
    fn length(&self, time: SignedDuration) -> String {
        if time < DAYS_FROM {
            return self.words.length(time);
        }
        self.words.count("staff-report-days", (time.as_mins() + 24 * 60 - 1) / (24 * 60))
    }

    fn item(&self, it: &CountedPromise) -> ReportItem {
        let verdict = match it.verdict {
            Verdict::Kept => Number::Kept,
            Verdict::Broken => Number::Broken,
            Verdict::Open => Number::Open,
            Verdict::AtRisk => Number::AtRisk,
            Verdict::Measured => Number::Measured,
            Verdict::NotApplicable => Number::NotApplicable,
        };
        let verdict = self.words.say(&number_key(verdict));
        let cause = it.cause.map(|cause| self.words.say(&number_key(Number::Cause(cause))));
        ReportItem {
            number: it.number.clone(),
            subject: said::subject_of(self.words, &it.subject, it.is_erased),
            promise: self.name(&Group::Norm(it.norm.clone(), it.is_date)),
            day: self.words.plain_date(it.day),
            verdict: cause.map_or(verdict.clone(), |cause| format!("{verdict}: {cause}")),
        }
    }
}

fn wait_key(word: &str) -> &'static str {
    match word {
        "acknowledgement" => "staff-report-wait-acknowledgement",
        "contact" => "staff-report-wait-contact",
        _ => "staff-report-wait-answer",
    }
}
