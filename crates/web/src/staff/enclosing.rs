//! What an employee sends along with an answer: read from the form, kept with the draft, listed.

use axum::extract::multipart::{Field, Multipart};
use axum::extract::{FromRequest, Path, Request, State};
use axum::http::{StatusCode, header};
use desk::{Enclosure, Item, NewFile, Stop};
use serde::de::DeserializeOwned;
use serde::de::value::{Error as Mismatch, MapDeserializer};
use words::Words;

use super::{Worker, files, item};
use crate::door::Door;
use crate::pages::{Choice, DraftFile};
use crate::site::{Answer, Failure, Typed};

/// The name of the file inputs of the composer.
const FILES: &str = "file";
/// The name of its choices among what the resident sent.
const AGAIN: &str = "ook";

/// A form of the page of a contact, with the files that came with it.
pub(crate) struct Composed<T> {
    pub(super) filled: T,
    pub(super) files: Files,
}

/// What is to go along with an answer.
#[derive(Default)]
pub(crate) struct Files {
    /// Files from the employee's own machine.
    new: Vec<NewFile>,
    /// Attachments of the contact that go along too: "message/nr".
    again: Vec<String>,
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Composed<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Composed<T>, Failure> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let is_multipart = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/"));
        if !is_multipart {
            let Typed(filled) = Typed::from_request(request, state).await?;
            return Ok(Composed { filled, files: Files::default() });
        }
        let unreadable = |_| Failure(StatusCode::BAD_REQUEST);
        let mut parts = Multipart::from_request(request, state).await.map_err(unreadable)?;
        let (mut texts, mut files) = (Vec::new(), Files::default());
        let broken = |error: axum::extract::multipart::MultipartError| Failure(error.status());
        while let Some(part) = parts.next_field().await.map_err(broken)? {
            let name = part.name().unwrap_or_default().to_owned();
            match name.as_str() {
                FILES => files.new.extend(file(part).await.map_err(broken)?),
                AGAIN => files.again.push(part.text().await.map_err(broken)?),
                _ => texts.push((name, part.text().await.map_err(broken)?)),
            }
        }
        let fields = MapDeserializer::<_, Mismatch>::new(texts.into_iter());
        let filled = T::deserialize(fields).map_err(|_| Failure(StatusCode::BAD_REQUEST))?;
        Ok(Composed { filled, files })
    }
}

/// A file; nothing when the input was left empty.
async fn file(
    part: Field<'_>,
) -> Result<Option<NewFile>, axum::extract::multipart::MultipartError> {
    let name = part.file_name().unwrap_or_default().to_owned();
    let bytes = part.bytes().await?.to_vec();
    Ok((!name.is_empty() || !bytes.is_empty()).then_some(NewFile { name, bytes }))
}

/// Keeps with the draft what came with the form, and takes the file with the number `off` off.
pub(super) async fn enclose(
    door: &Door,
    worker: &Worker,
    item: &Item,
    (files, off): (Files, Option<u32>),
) -> Result<(), Stop> {
    let Files { mut new, again } = files;
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
            desk::remove_enclosure(tx, &agent, contact, nr)?;
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
    let all = door.desk.read(move |tx, _, _| Ok(tx.enclosures(contact)?)).await?;
    let is_it = |it: &Enclosure| {
        let mine = it.letter.is_some() || it.employee == worker.agent.id();
        mine && (it.letter.unwrap_or_default(), it.nr) == (letter, nr)
    };
    let found = all.into_iter().find(is_it).ok_or(Failure::NOT_FOUND)?;
    let bytes = door.desk.blob(found.blob).await?;
    Ok(files::answer(&found.name, bytes, true))
}
