//! A person asks what is known about them: showing it, giving it as a file or on paper, and erasing
//! what can be erased. What was typed never stands in an address.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use desk::{AboutPerson, Erasable, Item, LINE_CHARS_MAX, Lead, OfPerson, PhoneCall, Right, Stop};
use promises::{Refusal, Sight};

use super::person_file;
use super::{Worker, said, seen};
use crate::door::Door;
use crate::pages::{PersonPage, PersonPrint, PersonRow, Section};
use crate::site::{Answer, Failure, Typed, show};

/// What is typed: `who`, `number` for each contact that is chosen, `sure` and `why`.
struct Asked {
    who: String,
    numbers: Vec<String>,
    is_sure: bool,
    why: String,
}

impl Asked {
    fn read(fields: &[(String, String)]) -> Asked {
        let named = |name: &'static str| fields.iter().filter(move |it| it.0 == name);
        let first = |name| named(name).next().map(|it| it.1.trim().to_owned()).unwrap_or_default();
        Asked {
            who: first("who"),
            numbers: named("number").map(|it| it.1.clone()).collect(),
            is_sure: first("sure") == "ja",
            why: first("why"),
        }
    }
}

/// GET /werk/persoon
pub(crate) async fn person_form(State(door): State<Door>, worker: Worker<Lead>) -> Answer {
    show(StatusCode::OK, &blank(&door, &worker))
}

/// POST /werk/persoon
pub(crate) async fn person(
    State(door): State<Door>,
    worker: Worker<Lead>,
    Typed(fields): Typed<Vec<(String, String)>>,
) -> Answer {
    let asked = Asked::read(&fields);
    show(StatusCode::OK, &page(&door, &worker, &asked).await?)
}

/// POST /werk/persoon/bestand: everything, as a file. Who takes it out is written down.
pub(crate) async fn person_as_file(
    State(door): State<Door>,
    worker: Worker<Lead>,
    Typed(fields): Typed<Vec<(String, String)>>,
) -> Answer {
    let (items, calls, is_cut) = taken_out(&door, &worker, &Asked::read(&fields)).await?;
    for item in &items {
        if !item.attachments.is_empty() || !item.enclosures.is_empty() {
            seen::note(&door, &worker, (item.contact.id, Sight::File)).await?;
        }
    }
    let text = person_file::json(&door, (&items, &calls, is_cut)).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/json; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"belofte-persoon.json\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, text).into_response())
}

/// POST /werk/persoon/lezen: everything, to read and to print. Written down as well.
pub(crate) async fn person_print(
    State(door): State<Door>,
    worker: Worker<Lead>,
    Typed(fields): Typed<Vec<(String, String)>>,
) -> Answer {
    let asked = Asked::read(&fields);
    let (items, calls, is_cut) = taken_out(&door, &worker, &asked).await?;
    let page = PersonPrint {
        more: is_cut.then(|| more(&worker)),
        frame: blank(&door, &worker).frame,
        at: worker.words.short_moment(door.desk.now(), door.desk.house().zone()),
        contacts: items.iter().map(|it| person_file::readable(&door, &worker.words, it)).collect(),
        calls: calls.iter().map(|it| person_file::called(&door, &worker.words, it)).collect(),
        who: asked.who,
    };
    show(StatusCode::OK, &page)
}

/// POST /werk/persoon/wissen: erases what is chosen; why the others stay is noted with them.
pub(crate) async fn person_erase(
    State(door): State<Door>,
    worker: Worker<Lead>,
    Typed(fields): Typed<Vec<(String, String)>>,
) -> Answer {
    let asked = Asked::read(&fields);
    let about = about(&door, &worker, &asked.who).await?.contacts;
    let left: Vec<&OfPerson> = about
        .iter()
        .filter(|it| !matches!(it.erasable, Erasable::Yes | Erasable::OfAnother))
        .filter(|it| !asked.numbers.contains(&it.number))
        .collect();
    let refused = match (asked.is_sure, left.is_empty() || !asked.why.is_empty()) {
        (false, _) => Some(Refusal::NotSure),
        (true, false) => Some(Refusal::TextEmpty),
        // A note that would be refused keeps everything back, before anything is erased.
        (true, true) if asked.why.chars().count() > LINE_CHARS_MAX => Some(Refusal::TextTooLong),
        (true, true) => None,
    };
    if let Some(refusal) = refused {
        let mut page = page(&door, &worker, &asked).await?;
        page.problem = Some(worker.words.say(refusal.key()));
        return show(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let missed = erase_and_note(&door, &worker, &asked, (&about, &left)).await?;
    let (agent, who) = (worker.agent.clone(), asked.who.clone());
    let forget = door.desk.write(move |tx, _, now| desk::forget_calls_from(tx, now, &agent, &who));
    forget.await?;
    let mut page = page(&door, &worker, &asked).await?;
    if !missed.is_empty() {
        let numbers = missed.join(", ");
        page.problem = Some(worker.words.say1("people-not-done", "numbers", &numbers));
    }
    show(StatusCode::OK, &page)
}

/// Each in a transaction of its own: what is refused meanwhile keeps no other back. Gives the
/// numbers of those.
async fn erase_and_note(
    door: &Door,
    worker: &Worker<Lead>,
    asked: &Asked,
    (about, left): (&[OfPerson], &[&OfPerson]),
) -> Result<Vec<String>, Failure> {
    let mut missed = Vec::new();
    let is_chosen = |it: &&OfPerson| asked.numbers.contains(&it.number);
    for it in about.iter().filter(is_chosen).filter(|it| it.erasable != Erasable::OfAnother) {
        let (agent, contact) = (worker.agent.clone(), it.contact.id);
        let erase =
            door.desk.write(move |tx, house, now| desk::erase(tx, house, now, &agent, contact));
        match erase.await {
            Ok(_) => {}
            Err(Stop::Refused(_)) => missed.push(it.number.clone()),
            Err(stop) => return Err(stop.into()),
        }
    }
    let note = worker.words.say1("people-not-erased", "why", &asked.why);
    for it in left {
        let (agent, note) = (worker.agent.with().map_err(Stop::from)?, note.clone());
        let contact = it.contact.id;
        let noted = door.desk.write(move |tx, house, now| {
            desk::note(tx, house, now, &agent, contact, (&note, None))
        });
        match noted.await {
            Ok(_) => {}
            Err(Stop::Refused(_)) => missed.push(it.number.clone()),
            Err(stop) => return Err(stop.into()),
        }
    }
    Ok(missed)
}

async fn about(door: &Door, worker: &Worker<Lead>, who: &str) -> Result<AboutPerson, Failure> {
    let (agent, who) = (worker.agent.clone(), who.to_owned());
    let read =
        door.desk.read(move |tx, house, now| desk::contacts_about(tx, house, now, &agent, &who));
    Ok(read.await?)
}

/// Everything of a person, and whether there may be more; that it is taken out is written down
/// before it is given.
async fn taken_out(
    door: &Door,
    worker: &Worker<Lead>,
    asked: &Asked,
) -> Result<(Vec<Item>, Vec<PhoneCall>, bool), Failure> {
    let AboutPerson { contacts: mut about, calls, is_cut } =
        about(door, worker, &asked.who).await?;
    // What somebody else wrote is not for who only took part in it.
    about.retain(|it| it.erasable != Erasable::OfAnother);
    let contacts = u32::try_from(about.len()).unwrap_or(u32::MAX);
    let agent = worker.agent.clone();
    let written = door.desk.write(move |tx, _, now| {
        desk::exported(tx, now, &agent, ("persoon", contacts));
        Ok(())
    });
    written.await?;
    let read = door.desk.read(move |tx, house, now| {
        let mut items = Vec::new();
        for it in &about {
            items.extend(desk::item(tx, house, now, &it.number)?);
        }
        Ok(items)
    });
    let items = read.await?;
    for item in &items {
        seen::note(door, worker, (item.contact.id, Sight::Contact)).await?;
        if !item.contact.phone.is_empty() {
            seen::note(door, worker, (item.contact.id, Sight::Phone)).await?;
        }
    }
    Ok((items, calls, is_cut))
}

fn blank(door: &Door, worker: &Worker<impl Right>) -> PersonPage {
    let mut frame = worker.frame(door, Section::House);
    frame.path = "/werk/persoon".to_owned();
    PersonPage {
        frame,
        who: String::new(),
        contacts: None,
        calls: None,
        more: None,
        why: String::new(),
        problem: None,
    }
}

/// That there is more than is looked at together.
fn more(worker: &Worker<impl Right>) -> String {
    worker.words.say1("people-person-more", "most", &desk::PERSON_CONTACTS_MAX.to_string())
}

async fn page(door: &Door, worker: &Worker<Lead>, asked: &Asked) -> Result<PersonPage, Failure> {
    let words = &worker.words;
    let house = door.desk.house();
    let row = |it: OfPerson| PersonRow {
        subject: said::subject(words, &it.contact.subject),
        received: words.short_date(house.day(it.contact.received_at)),
        erasable: !matches!(it.erasable, Erasable::No(_) | Erasable::OfAnother),
        chosen: it.erasable == Erasable::Yes || asked.numbers.contains(&it.number),
        note: match &it.erasable {
            Erasable::Yes => None,
            Erasable::MayBeKept(term) => {
                Some(words.say1("people-may-keep", "ground", &term.ground))
            }
            Erasable::OfAnother => Some(words.say("people-of-another")),
            Erasable::No(refusal) => Some(words.say(refusal.key())),
        },
        number: it.number,
    };
    let AboutPerson { contacts, calls, is_cut } = about(door, worker, &asked.who).await?;
    let rows: Vec<PersonRow> = contacts.into_iter().map(row).collect();
    seen::searched(door, worker, rows.len()).await?;
    Ok(PersonPage {
        who: asked.who.clone(),
        contacts: Some(rows),
        calls: (!calls.is_empty()).then(|| {
            words.count("people-person-calls", calls.len().try_into().unwrap_or(i64::MAX))
        }),
        more: is_cut.then(|| more(worker)),
        why: asked.why.clone(),
        ..blank(door, worker)
    })
}
