//! The page after sending. It is asked for by itself, so that reloading it sends nothing again.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use desk::{Followed, Item};
use norms::{Class, Due, Kind, Norms};
use promises::Purpose;
use words::Words;

use super::follow_steps::owed;
use super::{Answer, Failure, Reader, home, show};
use crate::door::Door;
use crate::pages::{ContactKind, ContactSent};

/// GET /contact/verzonden/{number}/{secret}
pub(crate) async fn contact_sent(
    State(door): State<Door>,
    reader: Reader,
    Path((number, secret)): Path<(String, String)>,
) -> Answer {
    let (asked, key) = (number.clone(), secret.clone());
    let found =
        door.desk.read(move |tx, house, now| desk::follow(tx, house, now, &asked, &key)).await?;
    let Some(Followed::Open(item)) = found else { return Err(Failure::NOT_FOUND) };
    let norms = door.desk.house().norms(door.desk.now());
    let situation = item.situation();
    let about_what = (item.contact.kind, &item.contact.facets);
    let lang = reader.words.lang();
    let promise = home::promise_of(norms, door.desk.now(), about_what, lang);
    let due = owed(&situation, door.desk.now()).map(|promise| &promise.due);
    let page = ContactSent {
        due: due.and_then(|due| day(&reader.words, norms, due)),
        why: due.and_then(|due| why(&reader.words, norms, due)),
        acknowledged_to: acknowledged_to(&item),
        follow_href: format!("/volg/{number}/{secret}"),
        promise: promise.filter(|_| item.contact.class == Class::Message && !item.contact.closed),
        about: about(item.contact.kind),
        message: item.messages.first().map(|first| first.body.clone()).unwrap_or_default(),
        subject: item.contact.subject,
        number,
        frame: reader.frame(&door),
    };
    show(StatusCode::OK, &page)
}

fn acknowledged_to(item: &Item) -> Option<String> {
    let acknowledges = |letter: &&desk::Letter| letter.purpose == Purpose::Acknowledgement;
    item.letters.iter().find(acknowledges).map(|letter| letter.recipient.clone())
}

/// The key of what it was about.
fn about(kind: Kind) -> &'static str {
    match kind {
        Kind::Report => "report-kind",
        Kind::CallBack => "call-kind",
        Kind::Feedback => ContactKind::Page.key(),
        Kind::Tip => ContactKind::Tip.key(),
        Kind::Complaint => ContactKind::Complaint.key(),
        _ => ContactKind::Question.key(),
    }
}

/// The last day in time, or the moment; nothing when the norm sets no limit.
pub(crate) fn day(words: &Words, norms: &Norms, due: &Due) -> Option<String> {
    match (due.on, due.at) {
        (Some(on), _) => Some(words.date(on)),
        (None, Some(at)) => Some(words.moment(at, &norms.municipality.zone)),
        (None, None) => None,
    }
}

/// The days that did not count, in words.
pub(crate) fn why(words: &Words, norms: &Norms, due: &Due) -> Option<String> {
    words.skipped(&due.skipped, norms.calendar.closures())
}
