//! What would change at the counter with a desk more or less. Nothing is kept.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use calendar::Interval;
use jiff::Span;
use jiff::civil::{Date, Time, Weekday};
use norms::Norms;
use promises::outlook::{self, Change, Outlook};
use serde::Deserialize;
use words::Words;

use super::Worker;
use super::counter_times::products_of;
use crate::door::Door;
use crate::pages::{Choice, Part, Section, WhatIf, WhatIfFound, WhatIfProblem, WhatIfRow};
use crate::site::{Answer, show};

/// How many weeks are looked ahead when nothing is typed, and at most.
const WEEKS: (i64, i64) = (4, 12);

/// The form, in the address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    wat: String,
    balie: String,
    dag: String,
    datum: String,
    van: String,
    tot: String,
    weken: String,
    /// The products, each as `product.ID`.
    #[serde(flatten)]
    others: BTreeMap<String, String>,
}

impl Asked {
    fn is_asked(&self) -> bool {
        !self.wat.is_empty()
    }

    fn closes(&self) -> bool {
        self.wat == "dicht"
    }

    fn products(&self) -> Vec<String> {
        let named = self.others.iter().filter(|(_, value)| !value.is_empty());
        named.filter_map(|(name, _)| name.strip_prefix("product.").map(str::to_owned)).collect()
    }

    fn weeks(&self) -> Option<i64> {
        match self.weken.as_str() {
            "" => Some(WEEKS.0),
            text => text.parse().ok().filter(|weeks| (1..=WEEKS.1).contains(weeks)),
        }
    }

    fn weekday(&self) -> Weekday {
        let nr = self.dag.parse().ok();
        nr.and_then(|nr| Weekday::from_monday_one_offset(nr).ok()).unwrap_or(Weekday::Monday)
    }

    /// The days that are meant, from today on.
    fn days(&self, today: Date) -> Result<Vec<Date>, WhatIfProblem> {
        let weeks = self.weeks().ok_or(WhatIfProblem::Weeks)?;
        if self.datum.is_empty() {
            return Ok(outlook::weekly(today, self.weekday(), weeks));
        }
        let last = today.saturating_add(Span::new().weeks(WEEKS.1));
        let day = self.datum.parse::<Date>().ok().filter(|day| (today..=last).contains(day));
        Ok(vec![day.ok_or(WhatIfProblem::Date)?])
    }

    /// What is asked for, or all that is wrong with it.
    fn change(&self, norms: &Norms, today: Date) -> Result<Change, Vec<WhatIfProblem>> {
        use WhatIfProblem as P;
        let desks = &norms.appointments.desks;
        let is_desk = desks.iter().any(|desk| desk.id == self.balie);
        let products = self.products();
        let is_product = |id: &String| norms.appointments.product(id).is_some();
        let (from, to) = (time(&self.van), time(&self.tot));
        let is_later = from.zip(to).is_none_or(|(from, to)| from < to);
        let days = self.days(today);
        let problems: Vec<P> = [
            (self.closes() && !is_desk, P::Desk),
            (!products.iter().all(is_product), P::Product),
            (self.weeks().is_none(), P::Weeks),
            (days == Err(P::Date), P::Date),
            (from.is_none(), P::From),
            (to.is_none() || !is_later, P::To),
        ]
        .into_iter()
        .filter_map(|(wrong, problem)| wrong.then_some(problem))
        .collect();
        match (days, from, to) {
            (Ok(days), Some(from), Some(to)) if problems.is_empty() => Ok(Change {
                closes: self.closes().then(|| self.balie.clone()),
                products,
                times: Interval { from, to },
                days,
            }),
            _ => Err(problems),
        }
    }
}

/// A time of a day, on a whole number of minutes.
fn time(text: &str) -> Option<Time> {
    text.parse::<Time>().ok().filter(|time| time.second() == 0 && time.subsec_nanosecond() == 0)
}

/// GET /werk/balie/wat-als
pub(crate) async fn what_if(
    State(door): State<Door>,
    worker: Worker,
    Query(asked): Query<Asked>,
) -> Answer {
    let house = door.desk.house();
    let (norms, today) = (house.norms(door.desk.now()), house.day(door.desk.now()));
    let words = &worker.words;
    let mut frame = worker.frame(&door, Section::Counter);
    "/werk/balie/wat-als".clone_into(&mut frame.path);
    let typed = [&asked.datum, &asked.van, &asked.tot, &asked.weken];
    let mut page = WhatIf {
        closes: asked.closes(),
        desks: desks(norms, &asked.balie),
        weekdays: weekdays(words, asked.weekday()),
        products: products_of(words, norms, |id| asked.products().iter().any(|it| it == id)),
        typed: typed.map(|text| text.chars().take(10).collect()),
        problems: Vec::new(),
        found: None,
        frame,
    };
    if !asked.is_asked() {
        page.typed[3] = WEEKS.0.to_string();
        return show(StatusCode::OK, &page);
    }
    let change = match asked.change(norms, today) {
        Ok(change) => change,
        Err(problems) => {
            page.problems = problems;
            return show(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let weeks = asked.weeks().unwrap_or(WEEKS.0);
    let last = change.days.last().copied().unwrap_or(today);
    let until = last.max(today.saturating_add(Span::new().weeks(weeks)));
    let asks = change.clone();
    let read = door.desk.read(move |tx, house, now| desk::what_if(tx, house, now, until, &asks));
    let outlooks = read.await?;
    page.found = Some(found(words, norms, (&change, until), outlooks));
    show(StatusCode::OK, &page)
}

fn desks(norms: &Norms, chosen: &str) -> Vec<Choice> {
    let mut desks: Vec<Choice> = Vec::new();
    for desk in &norms.appointments.desks {
        if !desks.iter().any(|it| it.value == desk.id) {
            let choice = Choice::new(&desk.id, &desk.name);
            desks.push(Choice { chosen: desk.id == chosen, ..choice });
        }
    }
    desks
}

fn weekdays(words: &Words, chosen: Weekday) -> Vec<Choice> {
    let choice = |day: Weekday| {
        let nr = day.to_monday_one_offset().to_string();
        Choice { chosen: day == chosen, ..Choice::new(&nr, &words.weekday(day)) }
    };
    (1..=7).filter_map(|nr| Weekday::from_monday_one_offset(nr).ok()).map(choice).collect()
}

fn found(
    words: &Words,
    norms: &Norms,
    (change, until): (&Change, Date),
    [before, after]: [Outlook; 2],
) -> WhatIfFound {
    let zone = &norms.municipality.zone;
    let rows = before.first_free.iter().zip(&after.first_free).map(|(before, after)| {
        let product = norms.appointments.product(&before.product);
        WhatIfRow {
            product: product.map_or_else(String::new, |it| it.name(words.lang().code()).to_owned()),
            moments: [before, after].map(|it| it.at.map(|(at, _)| words.short_moment(at, zone))),
            ahead: [before, after].map(|it| it.at.map(|(_, days)| days)),
        }
    });
    let days = match change.days.as_slice() {
        [day] => words.date(*day),
        days => {
            let weekday = days.first().map_or(Weekday::Monday, |day| day.weekday());
            let weekday = words.weekday(weekday);
            let count = i64::try_from(days.len()).unwrap_or_default();
            let values = [("weekday", (&weekday).into()), ("count", count.into())];
            words.say_with("staff-what-if-weekly", &values)
        }
    };
    let [from, to] = [change.times.from, change.times.to].map(|at| words.time(at));
    let desk = change.closes.as_deref().map(|id| norms.appointments.desk_name(id));
    let values = [
        ("desk", desk.unwrap_or_default().into()),
        ("days", (&days).into()),
        ("from", (&from).into()),
        ("to", (&to).into()),
    ];
    let key = match desk {
        Some(_) => "staff-what-if-closed-said",
        None => "staff-what-if-added-said",
    };
    let part = |it: &Outlook| Part { part: it.in_use.part, whole: it.in_use.whole };
    WhatIfFound {
        said: words.say_with(key, &values),
        rows: rows.collect(),
        in_use: [part(&before), part(&after)],
        until: words.plain_date(until),
        unfit: after.unfit.saturating_sub(before.unfit),
    }
}
