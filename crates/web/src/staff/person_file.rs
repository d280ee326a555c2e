//! Everything of a person, as a file for programs and as a page for people. Who handled it stands
//! there by role, not by name: it is about the resident. The form is described in
//! docs/PERSON-FILE.md.

use data_encoding::BASE64;
use desk::{Attachment, Item, Letter, Message, PhoneCall, Scan, Source, Stop};
use jiff::Timestamp;
use promises::Promise;
use promises::phone::Outcome;
use serde_json::{Value, json};
use words::Words;

use super::{files, said};
use crate::door::Door;
use crate::pages::PersonContact;
use crate::site::Failure;

/// Bytes of files that one file of a person carries; of what is over, only the names.
const FILES_BYTES_MAX: usize = 100 * 1024 * 1024;

/// The file, in the form `belofte-person-1`.
pub(super) async fn json(
    door: &Door,
    (items, calls, is_cut): (&[Item], &[PhoneCall], bool),
) -> Result<String, Failure> {
    let mut room = FILES_BYTES_MAX;
    let mut contacts = Vec::new();
    for item in items {
        contacts.push(contact(door, item, &mut room).await?);
    }
    let file = json!({
        "format": "belofte-person-1",
        "municipality": door.desk.house().name(),
        "made-at": door.desk.now().to_string(),
        "complete": !is_cut,
        "contacts": contacts,
        "calls": calls.iter().map(call).collect::<Vec<_>>(),
    });
    Ok(format!("{file:#}\n"))
}

/// A call of which it is still known who called.
fn call(it: &PhoneCall) -> Value {
    let moment = |at: Option<Timestamp>| at.map(|at| at.to_string());
    json!({
        "number": it.number,
        "rang-at": it.record.rang_at.to_string(),
        "answered-at": moment(it.record.answered_at),
        "ended-at": moment(it.record.ended_at),
        "outcome": it.record.outcome.map(Outcome::word),
    })
}

/// A call to read: when it was, and how long was spoken.
pub(super) fn called(door: &Door, words: &Words, it: &PhoneCall) -> String {
    let at = words.short_moment(it.record.rang_at, door.desk.house().zone());
    match it.record.spoken() {
        Some(spoken) => format!("{at}, {}", words.length(spoken)),
        None => at,
    }
}

async fn contact(door: &Door, item: &Item, room: &mut usize) -> Result<Value, Failure> {
    let it = &item.contact;
    let (mut messages, mut letters) = (Vec::new(), Vec::new());
    for message in &item.messages {
        let mut attached = Vec::new();
        for file in item.attachments.iter().filter(|file| file.message == message.id) {
            attached.push(attachment(door, file, room).await?);
        }
        messages.push(of_message(item, message, &attached));
    }
    for letter in &item.letters {
        let mut along = Vec::new();
        for file in item.enclosures.iter().filter(|file| file.letter == Some(letter.nr)) {
            let bytes = door.desk.blob(file.blob).await?;
            along.push(json!({ "name": file.name, "size": file.size, "data": data(&bytes, room) }));
        }
        letters.push(of_letter(item, letter, &along));
    }
    let events: Vec<Value> = item
        .events
        .iter()
        .map(|event| {
            let what = event.fact.as_ref().map(promises::Fact::word);
            json!({ "at": event.at.to_string(), "what": what, "by": role(item, event.actor) })
        })
        .collect();
    Ok(json!({
        "number": item.number,
        "channel": it.channel.word(),
        "kind": it.kind.word(),
        "class": it.class.word(),
        "received-at": it.received_at.to_string(),
        "closed-at": it.closed_at.map(|at| at.to_string()),
        "language": it.lang,
        "name": it.name,
        "email": it.email,
        "phone": it.phone,
        "address": it.address,
        "subject": it.subject,
        "spot": item.spot.map(|spot| spot.to_string()),
        "told-apart-by": it.facets,
        "no-automatic-mail": item.blocked.as_ref().map(|it| &it.why),
        "tags": item.tags.iter().map(|tag| &tag.name).collect::<Vec<_>>(),
        "promises": item.promises.iter().map(promise).collect::<Vec<_>>(),
        "messages": messages,
        "letters": letters,
        "opinion": item.opinion.as_ref().map(|it| json!({
            "at": it.at.to_string(), "helped": it.helped.word(), "words": it.words,
        })),
        "events": events,
    }))
}

async fn attachment(door: &Door, file: &Attachment, room: &mut usize) -> Result<Value, Stop> {
    let bytes = match file.scan {
        Scan::Virus(_) => None,
        _ => files::bytes(door, file).await?,
    };
    Ok(json!({
        "name": file.name,
        "type": file.claimed,
        "size": file.size,
        "scan": file.scan.word(),
        "data": bytes.and_then(|bytes| data(&bytes, room)),
    }))
}

/// The bytes in base64, while there is room.
fn data(bytes: &[u8], room: &mut usize) -> Option<String> {
    *room = room.checked_sub(bytes.len())?;
    Some(BASE64.encode(bytes))
}

fn of_message(item: &Item, message: &Message, attachments: &[Value]) -> Value {
    let author = match message.source {
        Source::Note => None,
        Source::Resident | Source::Registered => Some(&message.author),
    };
    json!({
        "at": message.at.to_string(),
        "source": message.source.word(),
        "author": author,
        "by": role(item, message.employee),
        "subject": message.subject,
        "text": message.body,
        "quoted": message.quoted,
        "attachments": attachments,
    })
}

fn of_letter(item: &Item, letter: &Letter, files: &[Value]) -> Value {
    json!({
        "at": letter.at.to_string(),
        "purpose": letter.purpose.word(),
        "via": letter.via.word(),
        "to": letter.recipient,
        "copies": letter.copies,
        "by": role(item, letter.employee),
        "subject": letter.subject,
        "text": letter.body,
        "files": files,
    })
}

fn promise(promise: &Promise) -> Value {
    let moment = |at: Option<Timestamp>| at.map(|at| at.to_string());
    json!({
        "norm": promise.norm,
        "duty": promise.duty.word(),
        "made-at": promise.made_at.to_string(),
        "due-at": moment(promise.due.at),
        "due-on": promise.due.on.map(|on| on.to_string()),
        "settled-at": moment(promise.settled.map(|it| it.at)),
        "how": promise.settled.map(|it| it.how.word()),
    })
}

/// What somebody who works here is; nothing when the program did it.
fn role(item: &Item, employee: Option<i64>) -> Option<String> {
    Some(item.employees.get(&employee?)?.roles.clone())
}

/// One contact to read.
pub(super) fn readable(door: &Door, words: &Words, item: &Item) -> PersonContact {
    let (it, house) = (&item.contact, door.desk.house());
    let norms = house.norms(it.received_at);
    let at = |at: Timestamp| words.short_moment(at, house.zone());
    let facts = [
        ("staff-row-received", at(it.received_at)),
        ("staff-name", it.name.clone()),
        ("staff-email", it.email.clone()),
        ("staff-phone", it.phone.clone()),
        ("staff-address", it.address.clone()),
        ("staff-spot", item.spot.map_or_else(String::new, |spot| spot.to_string())),
    ];
    let mut texts: Vec<(Timestamp, (String, String, String, String))> = Vec::new();
    for message in &item.messages {
        let who = match message.source {
            Source::Note => words.say("staff-note"),
            Source::Resident | Source::Registered => words.say("people-from-you"),
        };
        let files = item.attachments.iter().filter(|file| file.message == message.id);
        let files: Vec<&str> = files.map(|file| file.name.as_str()).collect();
        let text = message.body.clone();
        texts.push((message.at, (who, at(message.at), text, files.join(", "))));
    }
    for letter in &item.letters {
        let files = item.enclosures.iter().filter(|file| file.letter == Some(letter.nr));
        let files: Vec<&str> = files.map(|file| file.name.as_str()).collect();
        let told = (words.say("people-from-us"), at(letter.at), letter.body.clone());
        texts.push((letter.at, (told.0, told.1, told.2, files.join(", "))));
    }
    texts.sort_by_key(|(at, _)| *at);
    let promised = item.promises.iter().map(|it| {
        let day = crate::site::day(words, norms, &it.due);
        (
            said::promise(words, norms, &it.norm, it.duty),
            day.unwrap_or_else(|| words.say("staff-no-limit")),
        )
    });
    PersonContact {
        title: format!("{} {}", item.number, said::subject(words, &it.subject)),
        facts: facts
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(key, value)| (words.say(key), value))
            .collect(),
        promises: promised.collect(),
        texts: texts.into_iter().map(|(_, text)| text).collect(),
    }
}
