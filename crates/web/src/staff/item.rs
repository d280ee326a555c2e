//! One contact, shown; and its mail as it came, to keep but never to open here.

use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use desk::{Contact, Desk, Item, Right, Scan, StandardText};
use promises::Sight;
use serde::Deserialize;

use super::{Worker, counter_moving, deeds, files, item_page, seen, timeline};
use crate::door::Door;
use crate::pages::{Choice, Phone};
use crate::site::{Answer, Failure, show};

/// What the address may add: what was just done, and what is shown on purpose: `toon=telefoon`.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Added {
    gedaan: String,
    toon: String,
}

/// GET /werk/contacten/{number}
pub(crate) async fn item(
    State(door): State<Door>,
    worker: Worker,
    Path(number): Path<String>,
    Query(added): Query<Added>,
) -> Answer {
    let item = find(&door, &worker, &number).await?;
    let (agent, contact) = (worker.agent.clone(), item.contact.id);
    let read = door.desk.read(move |tx, _, _| {
        Ok((desk::draft(tx, &agent, contact)?, tx.mentioned_by(agent.id(), contact)?))
    });
    let (typed, mentioned_by) = read.await?;
    let mut page = item_page::page(&door, &worker, &item);
    item_page::with_draft(&mut page, typed);
    if let Some((by, at)) = mentioned_by {
        page.mention = Some(match by {
            desk::NOBODY => worker.words.say("staff-reminded"),
            by => {
                let who = timeline::name(&worker.words, &item, by);
                worker.words.say1("staff-mentioned-by", "who", &who)
            }
        });
        page.mentioned_at = at.to_string();
    }
    if added.toon == "telefoon" && page.phone == Phone::Hidden {
        seen::note(&door, &worker, (contact, Sight::Phone)).await?;
        page.phone = Phone::Shown(item.contact.phone.clone());
    }
    page.visit = counter_moving::panel_of(&door, worker.words, contact).await?;
    page.standard = standard(&door.desk, &item.contact.lang).await?;
    page.frame.done = deeds::done_key(&added.gedaan).map(|key| worker.words.say(key));
    show(StatusCode::OK, &page)
}

/// The standard texts to put into an answer; those in the language of the resident first.
pub(super) async fn standard(desk: &Desk, lang: &str) -> Result<Vec<Choice>, Failure> {
    let mut all = desk.read(|tx, _, _| desk::texts(tx)).await?;
    all.sort_by_key(|text| text.lang != lang);
    let choice = |text: &StandardText| {
        let name = if text.lang == lang {
            text.name.clone()
        } else {
            format!("{} ({})", text.name, text.lang)
        };
        Choice::new(&text.id.to_string(), &name)
    };
    Ok(all.iter().map(choice).collect())
}

/// The contact with this number; that the employee sees it is written down.
pub(super) async fn find<R: Right>(
    door: &Door,
    worker: &Worker<R>,
    number: &str,
) -> Result<Item, Failure> {
    let number = number.to_owned();
    let read = door.desk.read(move |tx, house, now| desk::item(tx, house, now, &number));
    let item = read.await?.ok_or(Failure::NOT_FOUND)?;
    seen::note(door, worker, (item.contact.id, Sight::Contact)).await?;
    Ok(item)
}

/// The row of the contact with this number, where nothing else of it is needed.
pub(super) async fn contact(desk: &Desk, number: &str) -> Result<Contact, Failure> {
    let number = number.to_owned();
    let found = desk.read(move |tx, house, _| desk::contact_by_number(tx, house, &number)).await?;
    found.ok_or(Failure::NOT_FOUND)
}

/// GET /werk/contacten/{number}/bericht/{message}/bron
pub(crate) async fn raw(
    State(door): State<Door>,
    worker: Worker,
    Path((number, message)): Path<(String, i64)>,
) -> Answer {
    let contact = contact(&door.desk, &number).await?;
    seen::note(&door, &worker, (contact.id, Sight::Original)).await?;
    let attachments = files::of_message(&door, number.clone(), message).await?;
    // The mail as it came holds the virus too.
    if let Some(virus) = attachments.iter().find(|it| matches!(it.scan, Scan::Virus(_))) {
        let page = files::locked(&door, &worker, &number, virus);
        return show(StatusCode::FORBIDDEN, &page);
    }
    let bytes = door.desk.raw(contact.id, message).await?.ok_or(Failure::NOT_FOUND)?;
    // The number was found, so it is digits and a dash.
    let name = format!("attachment; filename=\"{}-{message}.eml\"", number.trim());
    let headers = [
        (header::CONTENT_TYPE, "message/rfc822"),
        (header::CONTENT_DISPOSITION, name.as_str()),
        // Whatever a browser makes of it after all: no scripts, no origin, nothing loaded.
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"),
    ];
    Ok((headers, bytes).into_response())
}
