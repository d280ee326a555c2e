//! The front page: open or not at this moment, the ways to reach us, how last month went.

use axum::extract::State;
use axum::http::StatusCode;
use calendar::{OpeningHours, Week};
use jiff::Timestamp;
use jiff::civil::Weekday;
use norms::{Channel, ChannelHours, Class, Duty, Facets, Kind, Norms, Subject};
use words::{Lang, Words};

use super::norms_page::{month_names, score};
use super::{Answer, Reader, show};
use crate::door::Door;
use crate::pages::{Home, Hours, KeptTeaser, NextOpening, Opening, Reachable};

const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// GET /
pub(crate) async fn home(State(door): State<Door>, reader: Reader) -> Answer {
    let now = door.desk.now();
    let norms = door.desk.house().norms(now);
    let last_month = door.desk.read(desk::last_month).await?;
    let total = score(&last_month);
    let (month, _) = month_names(&reader.words, norms, now);
    let page = Home {
        phone: opening(&reader.words, &norms.phone, now),
        counter: opening(&reader.words, &norms.counter, now),
        post_address: Vec::new(),
        visit_address: Vec::new(),
        appointment_href: norms.appointment_address().map(str::to_owned),
        report_href: (!norms.reports.is_empty()).then(|| "/melding".to_owned()),
        promise: promise(norms, now, reader.words.lang()),
        kept: total.measured().then_some(KeptTeaser { month, score: total }),
        frame: reader.frame(&door),
    };
    show(StatusCode::OK, &page)
}

/// What a message through the form may expect: the sentence of its norm.
pub(super) fn promise(norms: &Norms, now: Timestamp, lang: Lang) -> Option<String> {
    promise_of(norms, now, (Kind::Question, &Facets::new()), lang)
}

/// What something of this kind that comes in through a form may expect.
pub(super) fn promise_of(
    norms: &Norms,
    now: Timestamp,
    (kind, facets): (Kind, &Facets),
    lang: Lang,
) -> Option<String> {
    let channel = Channel::Form;
    let owed = norms.owed(&Subject { channel, kind, facets, on: norms.day(now) }, Class::Message);
    let contact = owed.into_iter().find(|norm| norm.duty != Duty::ACKNOWLEDGE)?;
    Some(contact.text(lang.code()).to_owned())
}

pub(super) fn opening(words: &Words, of: &ChannelHours, now: Timestamp) -> Opening {
    let ChannelHours { open: hours, week, .. } = of;
    let today = now.to_zoned(hours.zone().clone()).date();
    let group = group_of(week, today.weekday());
    let lines = words.week(week).into_iter().enumerate();
    Opening {
        now: reachable(words, hours, now),
        hours: lines
            .map(|(index, (days, times))| Hours { days, times, today: group == Some(index) })
            .collect(),
    }
}

fn reachable(words: &Words, hours: &OpeningHours, now: Timestamp) -> Reachable {
    let Some(next) = hours.next_opening(now) else {
        return Reachable::Closed(NextOpening::Unknown);
    };
    let civil = |at: Timestamp| at.to_zoned(hours.zone().clone());
    if next.from <= now {
        return Reachable::OpenUntil(words.time(civil(next.to).time()));
    }
    let (today, opens) = (civil(now).date(), civil(next.from));
    let time = words.time(opens.time());
    Reachable::Closed(if opens.date() == today {
        NextOpening::Today(time)
    } else if today.tomorrow().is_ok_and(|tomorrow| opens.date() == tomorrow) {
        NextOpening::Tomorrow(time)
    } else {
        NextOpening::On { day: words.date(opens.date()), time }
    })
}

/// Which line of `Words::week` a day is in: days in a row with equal hours share one, closed days
/// have none.
fn group_of(week: &Week, day: Weekday) -> Option<usize> {
    let mut lines = 0;
    let mut before: Option<&[calendar::Interval]> = None;
    for weekday in WEEK {
        let hours = week.on(weekday);
        let new_line = !hours.is_empty() && before != Some(hours);
        lines += usize::from(new_line);
        before = Some(hours);
        if weekday == day {
            return (!hours.is_empty()).then(|| lines - 1);
        }
    }
    None
}
