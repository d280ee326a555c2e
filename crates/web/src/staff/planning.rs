//! A week of the counter by desk.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use desk::{Appointment, Contact, VisitState};
use jiff::civil::{Date, Weekday};
use jiff::{Span, Timestamp};
use promises::counter::{Block, Slot};
use promises::plan::{self, Stretch, Use};
use serde::Deserialize;
use words::Words;

use super::Worker;
use super::counter::{names, with_contacts};
use crate::door::Door;
use crate::pages::{PlanDay, PlanDesk, PlanTime, PlanWhat, Planning, Section, query_value};
use crate::site::{Answer, show};

/// Which week: any day of it.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    week: String,
}

/// What a week is made of.
struct Week<'a> {
    words: &'a Words,
    house: &'a desk::House,
    now: Timestamp,
    visits: Vec<(Appointment, Contact)>,
    slots: Vec<Slot>,
    blocks: Vec<Block>,
}

/// GET /werk/balie/planning
pub(crate) async fn planning(
    State(door): State<Door>,
    worker: Worker,
    Query(asked): Query<Asked>,
) -> Answer {
    let (house, now) = (door.desk.house(), door.desk.now());
    let today = house.day(now);
    let monday = monday_of(asked.week.parse().unwrap_or(today));
    let sunday = monday.saturating_add(Span::new().days(6));
    let read = door.desk.read(move |tx, house, _| {
        let mut visits = desk::visits(tx, house, (monday, sunday))?;
        visits.retain(|visit| visit.state != VisitState::Cancelled);
        let blocks = desk::closed_between(tx, house, (monday, sunday))?;
        Ok((with_contacts(tx, visits)?, blocks))
    });
    let (visits, blocks) = read.await?;
    let words = &worker.words;
    let slots = visits.iter().map(|(visit, _)| visit.slot.clone()).collect();
    let week = Week { words, house, now, visits, slots, blocks };
    let days: Vec<Date> =
        monday.series(Span::new().days(1)).take(7).filter(|day| week.is_shown(*day)).collect();
    let name = |day: Date| format!("{} {}", words.weekday(day.weekday()), words.short_date(day));
    let mut frame = worker.frame(&door, Section::Counter);
    frame.path = format!("/werk/balie/planning?week={monday}");
    let week_of = |weeks: i64| monday.saturating_add(Span::new().weeks(weeks)).to_string();
    let page = Planning {
        week: words.date(monday),
        mondays: [week_of(0), week_of(-1), week_of(1)],
        is_now: monday == monday_of(today),
        desks: week.desks(&days),
        days: days
            .iter()
            .map(|day| PlanDay { name: name(*day), day: day.to_string(), is_today: *day == today })
            .collect(),
        frame,
    };
    show(StatusCode::OK, &page)
}

fn monday_of(day: Date) -> Date {
    let since = i64::from(day.weekday().since(Weekday::Monday));
    day.saturating_sub(Span::new().days(since))
}

impl Week<'_> {
    /// Working days always; Saturday and Sunday when anything is there.
    fn is_shown(&self, day: Date) -> bool {
        let norms = self.house.norms(self.house.begin_of(day));
        !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
            || !norms.counter.open.openings(day).is_empty()
            || self.slots.iter().any(|slot| self.house.day(slot.from) == day)
    }

    /// The desks that are there on any of the days, and any that somebody is to come to.
    fn desks(&self, days: &[Date]) -> Vec<PlanDesk> {
        let mut desks: Vec<(String, String, bool)> = Vec::new();
        for day in days {
            let appointments = &self.house.norms(self.house.begin_of(*day)).appointments;
            for desk in appointments.desks.iter().filter(|desk| desk.holds(*day)) {
                if !desks.iter().any(|(id, ..)| *id == desk.id) {
                    desks.push((desk.id.clone(), desk.name.clone(), !desk.public));
                }
            }
        }
        for slot in &self.slots {
            if !desks.iter().any(|(id, ..)| *id == slot.desk) {
                desks.push((slot.desk.clone(), slot.desk.clone(), false));
            }
        }
        let desk = |(id, name, is_inside): (String, String, bool)| PlanDesk {
            name,
            is_inside,
            days: days.iter().map(|day| self.times(&id, *day)).collect(),
        };
        desks.into_iter().map(desk).collect()
    }

    fn times(&self, desk: &str, day: Date) -> Vec<PlanTime> {
        let norms = self.house.norms(self.house.begin_of(day));
        let of_day = |slot: &Slot| self.house.day(slot.from) == day;
        // A visit of another day keeps its place in the list and is at no desk.
        let nowhere = |slot: &Slot| Slot { desk: String::new(), ..slot.clone() };
        let slots: Vec<Slot> = self
            .slots
            .iter()
            .map(|slot| if of_day(slot) { slot.clone() } else { nowhere(slot) })
            .collect();
        let stretches = plan::day_of(norms, desk, day, &self.blocks, &slots);
        stretches.iter().map(|it| self.time(desk, day, it)).collect()
    }

    fn time(&self, desk: &str, day: Date, it: &Stretch) -> PlanTime {
        let zone = self.house.zone();
        let clock = |at: Timestamp| {
            let said = self.words.time(zone.to_datetime(at).time());
            said.strip_suffix(" uur").map_or(said.clone(), str::to_owned)
        };
        let is_over = it.to <= self.now;
        let (what, href) = match it.what {
            Use::Free => {
                // The first time that can still be booked in it.
                let from = it.from.max(promises::counter::Tick::from(self.now).begins());
                let desk = query_value(desk);
                let href = format!("/werk/balie/afspraak?dag={day}&time={from}&balie={desk}");
                (PlanWhat::Free, (!is_over).then_some(href))
            }
            Use::Closed => {
                (PlanWhat::Closed, (!is_over).then(|| "/werk/balie/sluitingen".to_owned()))
            }
            Use::Taken(place) => {
                let (visit, contact) = &self.visits[place];
                let norms = self.house.norms(self.house.begin_of(day));
                let number = self.house.number(contact.id, contact.received_at);
                let products = names(self.words, norms, &visit.products);
                let what = PlanWhat::Taken(products, visit.to_call);
                (what, Some(format!("/werk/contacten/{number}")))
            }
        };
        PlanTime { span: format!("{} – {}", clock(it.from), clock(it.to)), what, href }
    }
}
