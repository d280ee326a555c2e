//! What an employee sends along with an answer: read from the form, kept with the draft, listed.

use axum::extract::{Path, State};
use desk::{Enclosure, Item, NewFile, Stop};
use promises::{Refusal, Sight};
use words::Words;

use super::{Worker, files, item, seen};
use crate::door::Door;
use crate::pages::{Choice, DraftFile};
use crate::site::{Answer, Failure, Files};

/// Keeps with the draft what came with the form, and takes the file with the number `off` off.
pub(super) async fn enclose(
    door: &Door,
    worker: &Worker,
    item: &Item,
    (files, off): (Files, Option<u32>),
) -> Result<(), Stop> {
    let Files { mut new, again, too_large } = files;
    if too_large {
        return Err(Refusal::FilesTooLarge.into());
    }
    for choice in again {
        new.extend(from_item(door, item, &choice).await?);
    }
    let mut stored = Vec::new();
    for file in new {
        stored.push(door.desk.put_file(file).await?);
    }
    if stored.is_empty() && off.is_none() {
        return Ok(());
    }
    let (agent, contact) = (worker.agent.clone(), item.contact.id);
    let kept = door.desk.write(move |tx, _, now| {
        if let Some(nr) = off {
            desk::remove_enclosure(tx, now, &agent, contact, nr)?;
        }
        for file in &stored {
            desk::enclose(tx, now, &agent, contact, file)?;
        }
        Ok(())
    });
    kept.await
}

/// An attachment of the contact as a file of its own; nothing when it is not given out.
async fn from_item(door: &Door, item: &Item, choice: &str) -> Result<Option<NewFile>, Stop> {
    let is_it = |it: &&desk::Attachment| {
        choice == format!("{}/{}", it.message, it.nr) && files::may_go_along(it)
    };
    let Some(found) = item.attachments.iter().find(is_it) else { return Ok(None) };
    let bytes = files::bytes(door, found).await?;
    Ok(bytes.map(|bytes| NewFile { name: found.name.clone(), bytes }))
}

/// What waits to be sent along by this employee.
pub(super) fn waiting(words: &Words, item: &Item, employee: i64) -> Vec<DraftFile> {
    let own = |it: &&Enclosure| it.employee == employee && it.letter.is_none();
    item.enclosures.iter().filter(own).map(|it| listed(words, &item.number, it)).collect()
}

/// What went along with a letter.
pub(super) fn sent(words: &Words, item: &Item, letter: u32) -> Vec<DraftFile> {
    let with = |it: &&Enclosure| it.letter == Some(letter);
    item.enclosures.iter().filter(with).map(|it| listed(words, &item.number, it)).collect()
}

fn listed(words: &Words, number: &str, enclosure: &Enclosure) -> DraftFile {
    let letter = enclosure.letter.unwrap_or_default();
    DraftFile {
        nr: enclosure.nr,
        name: enclosure.name.clone(),
        about: files::about(words, &enclosure.kind, enclosure.size),
        href: format!("/werk/contacten/{number}/brief/{letter}/bijlage/{}", enclosure.nr),
    }
}

/// The attachments of the contact that can go along with an answer.
pub(super) fn choices(words: &Words, item: &Item) -> Vec<Choice> {
    let can = item.attachments.iter().filter(|it| files::may_go_along(it));
    can.map(|it| {
        let label = format!("{} ({})", it.name, files::about(words, &it.kind, it.size));
        Choice::new(&format!("{}/{}", it.message, it.nr), &label)
    })
    .collect()
}

/// GET /werk/contacten/{number}/brief/{letter}/bijlage/{nr}: letter 0 is what is not sent yet.
pub(crate) async fn enclosure(
    State(door): State<Door>,
    worker: Worker,
    Path((number, letter, nr)): Path<(String, u32, u32)>,
) -> Answer {
    let contact = item::contact(&door.desk, &number).await?.id;
    seen::note(&door, &worker, (contact, Sight::File)).await?;
    let all = door.desk.read(move |tx, _, _| Ok(tx.enclosures(contact)?)).await?;
    let is_it = |it: &Enclosure| {
        let mine = it.letter.is_some() || it.employee == worker.agent.id();
        mine && (it.letter.unwrap_or_default(), it.nr) == (letter, nr)
    };
    let found = all.into_iter().find(is_it).ok_or(Failure::NOT_FOUND)?;
    let bytes = door.desk.blob(found.blob).await?;
    Ok(files::answer(&found.name, bytes, true))
}
