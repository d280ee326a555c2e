//! How good answers are: what residents said in a month, and a sample to look at.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use desk::{Helped, House, Month, Review, Tx};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;

use super::{Worker, item, said};
use crate::door::Door;
use crate::pages::{Drawn, Quality, Said, Section};
use crate::site::{Answer, Typed, see_other, show};

/// Which month: its first day.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    maand: String,
}

/// What a colleague found.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Found {
    correct: String,
    complete: String,
    clear: String,
    kind: String,
    remark: String,
    back: String,
}

/// The key of what a resident said.
pub(crate) fn helped_key(helped: Helped) -> &'static str {
    match helped {
        Helped::Yes => "follow-helped-yes",
        Helped::Partly => "follow-helped-partly",
        Helped::No => "follow-helped-no",
    }
}

/// GET /werk/kwaliteit
pub(crate) async fn quality(
    State(door): State<Door>,
    worker: Worker,
    Query(asked): Query<Asked>,
) -> Answer {
    let today = door.desk.house().day(door.desk.now());
    let this = Month::of(today);
    let day = asked.maand.parse::<Date>().unwrap_or(today);
    let month = Month::of(day).min(this);
    let words = worker.words;
    let read = door.desk.read(move |tx, house, _| {
        let opinions = desk::opinions(tx, house, month)?;
        let mut numbered = Vec::new();
        for opinion in opinions {
            let contact = tx.contact(opinion.contact)?;
            let number = contact.map(|it| house.number(it.id, it.received_at));
            numbered.push((number.unwrap_or_default(), opinion));
        }
        let sample = desk::sample(tx, house, month)?;
        let drawn = |(contact, answer, review): (desk::Contact, String, Option<Review>)| {
            (house.number(contact.id, contact.received_at), contact.subject, answer, review)
        };
        let sample: Vec<_> = sample.into_iter().map(drawn).collect();
        Ok((numbered, sample, tx.employees()?))
    });
    let (opinions, sample, employees) = read.await?;
    let said_so = |helped| opinions.iter().filter(|it| it.1.helped == helped).count();
    let count = |helped| u32::try_from(said_so(helped)).unwrap_or(u32::MAX);
    let helped = Helped::ALL.map(count);
    let with_words = opinions.into_iter().filter(|it| !it.1.words.is_empty());
    let said_words = |(number, opinion): (String, desk::Opinion)| Said {
        number,
        helped_key: helped_key(opinion.helped),
        words: opinion.words,
    };
    let name = |id: i64| {
        let found = employees.iter().find(|it| it.id == id);
        found.map_or_else(|| words.say("staff-no-name"), |it| it.name.clone())
    };
    let marks = |it: &Review| [it.correct, it.complete, it.clear, it.kind];
    let mut good = [0_u32; 4];
    for review in sample.iter().filter_map(|it| it.3.as_ref()) {
        for (total, is_good) in good.iter_mut().zip(marks(review)) {
            *total += u32::from(is_good);
        }
    }
    let drawn =
        |(number, subject, answer, review): (String, String, String, Option<Review>)| Drawn {
            number,
            subject: said::subject(&words, &subject),
            answer,
            found: review.as_ref().map(marks),
            reviewer: review.as_ref().map_or_else(String::new, |it| name(it.reviewer)),
            remark: review.map_or_else(String::new, |it| it.remark),
        };
    let at = |month: Month| format!("/werk/kwaliteit?maand={}", month.first());
    let mut frame = worker.frame(&door, Section::Elsewhere);
    frame.path = at(month);
    let page = Quality {
        frame,
        month: words.month(month.first()),
        before_href: at(month.before()),
        after_href: (month < this).then(|| at(month.after())),
        helped,
        words_of_residents: with_words.map(said_words).collect(),
        sample: sample.into_iter().map(drawn).collect(),
        good,
    };
    show(StatusCode::OK, &page)
}

/// POST /werk/kwaliteit/{number}
pub(crate) async fn review(
    State(door): State<Door>,
    worker: Worker,
    Path(number): Path<String>,
    Typed(found): Typed<Found>,
) -> Answer {
    let contact = item::contact(&door.desk, &number).await?.id;
    let agent = worker.agent.clone();
    let is = |text: &str| text == "ja";
    let review = Review {
        contact,
        at: door.desk.now(),
        reviewer: agent.id(),
        correct: is(&found.correct),
        complete: is(&found.complete),
        clear: is(&found.clear),
        kind: is(&found.kind),
        remark: found.remark.replace("\r\n", "\n").trim().to_owned(),
    };
    let keep =
        move |tx: &mut Tx<'_>, _: &House, now: Timestamp| desk::review(tx, now, &agent, &review);
    let frame = worker.frame(&door, Section::Elsewhere);
    match door.desk.write(keep).await {
        Ok(()) => {
            let day = found.back.strip_prefix("/werk/kwaliteit?maand=").unwrap_or_default();
            let month = day.parse::<Date>().map_or_else(|_| String::new(), |it| it.to_string());
            Ok(see_other(&frame.href(&format!("/werk/kwaliteit?maand={month}"))))
        }
        Err(stop) => Err(stop.into()),
    }
}
