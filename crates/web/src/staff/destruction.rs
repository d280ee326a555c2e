//! The list of what is past its term: looking, keeping, approving; and the certificate.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use desk::{Employee, House, Item, Kept, Lead, OfKind, PastTerm, Right, Stop, ToDestroy};
use promises::{Fact, Refusal};
use serde::Deserialize;
use words::Words;

use super::{Worker, item, timeline};
use crate::door::Door;
use crate::norm_words::kinds_key;
use crate::pages::{CertificatePage, DestroyedRow, Destructions, KeptRow, Section};
use crate::site::{Answer, Failure, Typed, see_other, show};

/// Numbers that are shown of each kind.
const NUMBERS_SHOWN: usize = 1_000;

/// The approval of a list.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Approval {
    month: String,
    mark: String,
    sure: String,
}

/// A contact that is kept longer, or no longer.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Exception {
    number: String,
    until: String,
    why: String,
    off: String,
}

/// GET /werk/vernietigen
pub(crate) async fn destructions(State(door): State<Door>, worker: Worker<Lead>) -> Answer {
    show(StatusCode::OK, &page(&door, &worker).await?)
}

/// POST /werk/vernietigen
pub(crate) async fn approve_destruction(
    State(door): State<Door>,
    worker: Worker<Lead>,
    Typed(filled): Typed<Approval>,
) -> Answer {
    let agent = worker.agent.clone();
    let Approval { month, mark, sure } = filled;
    let certificate = format!("/werk/vernietigen/{month}");
    let approved = match sure.as_str() {
        "ja" => {
            let approve = door.desk.write(move |tx, house, now| {
                desk::approve_destruction(tx, house, now, &agent, (&month, &mark))
            });
            approve.await
        }
        _ => Err(Refusal::NotSure.into()),
    };
    match approved {
        Ok(()) => Ok(see_other(&worker.frame(&door, Section::House).href(&certificate))),
        Err(stop) => again(&door, &worker, stop, Exception::default()).await,
    }
}

/// POST /werk/vernietigen/uitzondering
pub(crate) async fn keep_longer(
    State(door): State<Door>,
    worker: Worker<Lead>,
    Typed(filled): Typed<Exception>,
) -> Answer {
    let agent = worker.agent.clone();
    let Exception { number, until, why, off } = &filled;
    let (number, why, is_off) = (number.trim().to_owned(), why.clone(), off == "ja");
    let until = until.parse().ok();
    let kept = door.desk.write(move |tx, house, now| {
        let found = desk::contact_by_number(tx, house, &number)?.ok_or(Refusal::NoSuchNumber)?;
        if is_off {
            return desk::keep_no_longer(tx, &agent, found.id);
        }
        let until = until.ok_or(Refusal::DateMissing)?;
        desk::keep_longer(tx, house, now, &agent, found.id, (until, &why))
    });
    match kept.await {
        Ok(()) => Ok(see_other(&worker.frame(&door, Section::House).href("/werk/vernietigen"))),
        Err(stop) => again(&door, &worker, stop, filled).await,
    }
}

/// The page again, with why nothing was done and what was typed.
async fn again(door: &Door, worker: &Worker<Lead>, stop: Stop, typed: Exception) -> Answer {
    let Stop::Refused(refusal) = stop else { return Err(stop.into()) };
    let mut page = page(door, worker).await?;
    page.problem = Some(worker.words.say(refusal.key()));
    page.typed = [typed.number, typed.until, typed.why];
    let status = match refusal {
        Refusal::ListChanged | Refusal::ListApproved => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    show(status, &page)
}

async fn page(door: &Door, worker: &Worker<impl Right>) -> Result<Destructions, Failure> {
    let words = worker.words;
    let list = door.desk.read(desk::to_destroy).await?;
    let house = door.desk.house();
    let mut frame = worker.frame(door, Section::House);
    frame.path = "/werk/vernietigen".to_owned();
    let is_approved = list.is_approved();
    let more = list.is_full().then(|| words.say1("people-destroy-more", "most", &most()));
    let ToDestroy { month, last_day, kinds, mark, kept, earlier } = list;
    let kept_row =
        |(number, it): (String, Kept)| KeptRow { number, until: words.date(it.until), why: it.why };
    Ok(Destructions {
        frame,
        month,
        last_day: words.date(last_day),
        mark,
        is_approved,
        more,
        kinds: kinds.into_iter().map(|it| listed(&words, it)).collect(),
        kept: kept.into_iter().map(kept_row).collect(),
        earlier: earlier
            .into_iter()
            .map(|it| (it.month, words.date(house.day(it.approved_at))))
            .collect(),
        typed: Default::default(),
        date_min: house.day(door.desk.now()).to_string(),
        problem: None,
    })
}

fn most() -> String {
    desk::DESTROY_MAX.to_string()
}

fn listed(words: &Words, past: PastTerm) -> DestroyedRow {
    let count = i64::try_from(past.contacts.len()).unwrap_or(i64::MAX);
    let mut numbers: Vec<String> = past.contacts.into_iter().map(|(_, number)| number).collect();
    let ends = (numbers.first().cloned(), numbers.last().cloned());
    numbers.truncate(NUMBERS_SHOWN);
    DestroyedRow {
        kind: words.say(kinds_key(past.kind)),
        years: words.count("retention-years", past.term.years.into()),
        ground: past.term.ground,
        count: words.count("people-contacts", count),
        ends: (ends.0.unwrap_or_default(), ends.1.unwrap_or_default()),
        numbers,
    }
}

/// GET /werk/vernietigen/{about}: of the list of a month, or of one contact.
pub(crate) async fn certificate(
    State(door): State<Door>,
    worker: Worker<Lead>,
    Path(about): Path<String>,
) -> Answer {
    if House::contact_of_number(&about).is_some() {
        let item = item::find(&door, &worker, &about).await?;
        return single(&door, &worker, &item).await;
    }
    let month = about.clone();
    let read = door.desk.read(move |tx, _, _| {
        let Some(found) = desk::certificate(tx, &month)? else { return Ok(None) };
        let mut ends = Vec::new();
        for of in &found.kinds {
            let mut received = Vec::new();
            for id in [of.first, of.last] {
                received.push(tx.contact(id)?.map(|it| (id, it.received_at)));
            }
            ends.push(received);
        }
        Ok(Some((found, ends, tx.employees()?)))
    });
    let (found, ends, employees) = read.await?.ok_or(Failure::NOT_FOUND)?;
    let (words, house) = (worker.words, door.desk.house());
    let number = |end: &Option<(i64, jiff::Timestamp)>| {
        end.map_or_else(String::new, |(id, at)| house.number(id, at))
    };
    let row = |(of, ends): (OfKind, Vec<_>)| DestroyedRow {
        kind: words.say(kinds_key(of.kind)),
        years: words.count("retention-years", of.years.into()),
        ground: of.ground,
        count: words.count("people-contacts", of.contacts.into()),
        ends: (number(&ends[0]), number(&ends[1])),
        numbers: Vec::new(),
    };
    let state = match (found.left, found.list.passed_over) {
        (0, 0) => words.say("people-destroyed-all"),
        (0, passed) => words.count("people-destroyed-but", passed.into()),
        (left, _) => words.count("people-destroyed-left", left.into()),
    };
    let before = match found.list.erased_before {
        0 => None,
        count => Some(words.count("people-destroyed-before", count.into())),
    };
    show(
        StatusCode::OK,
        &CertificatePage {
            frame: framed(&door, &worker, &about),
            is_single: false,
            who: name(&words, &employees, found.list.employee),
            at: words.short_moment(found.list.approved_at, house.zone()),
            state,
            kinds: found.kinds.into_iter().zip(ends).map(row).collect(),
            removed: Vec::new(),
            before,
            fact: found.fact.map(|fact| (fact.id, fact.hash())),
            about,
        },
    )
}

/// The certificate of one contact that is erased.
async fn single(door: &Door, worker: &Worker<Lead>, item: &Item) -> Answer {
    let (words, contact) = (worker.words, item.contact.id);
    let facts = door.desk.read(move |tx, _, _| Ok(tx.facts_of(contact)?)).await?;
    let erased = facts.into_iter().find_map(|fact| match serde_json::from_str(&fact.data) {
        Ok(Fact::Erased { messages, letters, files, .. }) => Some((fact, messages, letters, files)),
        _ => None,
    });
    let (fact, messages, letters, files) = erased.ok_or(Failure::NOT_FOUND)?;
    let removed = [
        ("people-removed-messages", messages),
        ("people-removed-letters", letters),
        ("people-removed-files", files),
    ];
    let page = CertificatePage {
        frame: framed(door, worker, &item.number),
        about: item.number.clone(),
        is_single: true,
        who: fact.actor.map_or_else(String::new, |id| timeline::name(&words, item, id)),
        at: words.short_moment(fact.at, door.desk.house().zone()),
        state: words.say("people-destroyed-all"),
        kinds: Vec::new(),
        removed: removed.map(|(key, count)| words.count(key, count.into())).to_vec(),
        before: None,
        fact: Some((fact.id, fact.hash())),
    };
    show(StatusCode::OK, &page)
}

fn framed(door: &Door, worker: &Worker<Lead>, about: &str) -> crate::pages::StaffFrame {
    let mut frame = worker.frame(door, Section::House);
    frame.path = format!("/werk/vernietigen/{about}");
    frame
}

fn name(words: &Words, employees: &[Employee], id: i64) -> String {
    let found = employees.iter().find(|it| it.id == id);
    found.map_or_else(|| words.say("staff-no-name"), |it| it.name.clone())
}
