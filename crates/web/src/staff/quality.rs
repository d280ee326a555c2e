//! How good answers are: what residents said in a month, and a sample to look at.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use desk::{Helped, House, Lead, Month, Review, Right, Sampled, Stop, Tx};
use jiff::Timestamp;
use jiff::civil::Date;
use promises::Sight;
use serde::Deserialize;

use super::{Worker, item, said, seen};
use crate::door::Door;
use crate::pages::{Drawn, Quality, Said, Section};
use crate::site::{Answer, Failure, Typed, see_other, show};

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
    letter: String,
    maand: String,
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
    worker: Worker<Lead>,
    Query(asked): Query<Asked>,
) -> Answer {
    show(StatusCode::OK, &page(&door, &worker, &asked.maand).await?)
}

async fn page(door: &Door, worker: &Worker<impl Right>, asked: &str) -> Result<Quality, Failure> {
    let today = door.desk.house().day(door.desk.now());
    let this = Month::of(today);
    let month = asked.parse::<Date>().map_or(this, Month::of).min(this);
    let is_over = month < this;
    let words = worker.words;
    let read = door.desk.read(move |tx, house, now| {
        let opinions = desk::opinions(tx, house, month)?;
        // While it lasts, what is drawn would change with all that happens.
        let sample = if is_over { desk::sample(tx, house, now, month)? } else { Vec::new() };
        Ok((opinions, sample, tx.employees()?))
    });
    let (opinions, sample, employees) = read.await?;
    let shown = sample.iter().map(|it| it.contact.id);
    for contact in shown.chain(opinions.added.iter().map(|(_, it)| it.contact)) {
        seen::note(door, worker, (contact, Sight::Contact)).await?;
    }
    let (helped, added) = (opinions.counts, opinions.added);
    let name = |id: i64| {
        let found = employees.iter().find(|it| it.id == id);
        found.map_or_else(|| words.say("staff-no-name"), |it| it.name.clone())
    };
    let marks = |it: &Review| [it.correct, it.complete, it.clear, it.kind];
    let mut good = [0_u32; 4];
    for review in sample.iter().filter_map(|it| it.review.as_ref()) {
        for (total, is_good) in good.iter_mut().zip(marks(review)) {
            *total += u32::from(is_good);
        }
    }
    let drawn = |it: Sampled| Drawn {
        number: door.desk.house().number(it.contact.id, it.contact.received_at),
        letter: it.answer.nr,
        subject: said::subject(&words, &it.contact.subject),
        answer: it.answer.body,
        found: it.review.as_ref().map(marks),
        reviewer: it.review.as_ref().map_or_else(String::new, |it| name(it.reviewer)),
        remark: it.review.map_or_else(String::new, |it| it.remark),
    };
    let said_words = |(number, opinion): (String, desk::Opinion)| Said {
        number,
        helped_key: helped_key(opinion.helped),
        words: opinion.words,
    };
    let at = |month: Month| format!("/werk/kwaliteit?maand={}", month.first());
    let mut frame = worker.frame(door, Section::House);
    frame.path = at(month);
    Ok(Quality {
        frame,
        month: words.month(month.first()),
        before_href: at(month.before()),
        after_href: is_over.then(|| at(month.after())),
        helped,
        words_of_residents: added.into_iter().map(said_words).collect(),
        is_over,
        sample: sample.into_iter().map(drawn).collect(),
        good,
        problem: None,
    })
}

/// POST /werk/kwaliteit/{number}
pub(crate) async fn review(
    State(door): State<Door>,
    worker: Worker<Lead>,
    Path(number): Path<String>,
    Typed(found): Typed<Found>,
) -> Answer {
    let contact = item::contact(&door.desk, &number).await?.id;
    let agent = worker.agent.clone();
    let is = |text: &str| text == "ja";
    let review = Review {
        contact,
        letter: found.letter.parse().unwrap_or_default(),
        at: door.desk.now(),
        reviewer: agent.id(),
        correct: is(&found.correct),
        complete: is(&found.complete),
        clear: is(&found.clear),
        kind: is(&found.kind),
        remark: found.remark.replace("\r\n", "\n").trim().to_owned(),
    };
    let remark = review.remark.clone();
    let keep =
        move |tx: &mut Tx<'_>, _: &House, now: Timestamp| desk::review(tx, now, &agent, &review);
    match door.desk.write(keep).await {
        Ok(()) => {
            let frame = worker.frame(&door, Section::House);
            // A day and nothing else comes back into the address.
            let day =
                found.maand.parse::<Date>().map_or_else(|_| String::new(), |it| it.to_string());
            Ok(see_other(&frame.href(&format!("/werk/kwaliteit?maand={day}"))))
        }
        Err(Stop::Refused(refusal)) => {
            let mut page = page(&door, &worker, &found.maand).await?;
            page.problem = Some(worker.words.say(refusal.key()));
            if let Some(drawn) = page.sample.iter_mut().find(|it| it.number == number) {
                drawn.remark = remark;
            }
            show(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(stop) => Err(stop.into()),
    }
}
