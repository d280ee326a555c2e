//! Reading: contacts, what was promised about them, call-back notes and reports.

use axum::extract::{OriginalUri, Path, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use desk::{Contact, House, ReadContacts, Stop, Tx, Which};
use jiff::Timestamp;
use norms::Kind;

use super::admitted::Admitted;
use super::answer::{Answer, json, tagged};
use super::listing::Listing;
use super::problem::Problem;
use super::sent::{Asked, Sent};
use super::shapes::{
    CallBackPage, CallBackRow, ContactDetail, ContactPage, ContactRow, PromiseList, PromisePage,
    PromiseRow, ReportPage, ReportRow, State as ContactState,
};
use crate::door::Door;

/// Which contacts are asked for.
struct Filter {
    listing: Listing,
    which: Which,
    /// The same in words, for the link to the next page.
    named: Vec<(&'static str, Option<String>)>,
}

impl Filter {
    fn read(asked: &mut Sent, kind: Option<Kind>) -> Filter {
        let mut listing = Listing::read(asked);
        let state = asked.word("state", &ContactState::ALL, ContactState::word);
        let since = asked.moment("receivedSince");
        if let Some(since) = since {
            listing.after = listing.after.max((since, 0, 0));
        }
        let asked_kind = match kind {
            Some(_) => None,
            None => asked.word("kind", Kind::ALL, Kind::word),
        };
        let named = vec![
            ("state", state.map(|it| it.word().to_owned())),
            ("receivedSince", since.map(|it| it.to_string())),
            ("kind", asked_kind.map(|it| it.word().to_owned())),
        ];
        let closed = state.map(|it| it == ContactState::Closed);
        Filter { listing, which: Which { closed, kind: kind.or(asked_kind) }, named }
    }
}

/// The page of a list of contacts, each made into a row; and where the next page is.
async fn page_of<T: Send + 'static>(
    door: &Door,
    (program, asked): (&Admitted<ReadContacts>, &Uri),
    (path, filter): (&'static str, Filter),
    row: impl Fn(&mut Tx<'_>, &House, &Contact) -> Result<T, Stop> + Send + 'static,
) -> Result<(Vec<T>, Option<String>), Problem> {
    let read = door.desk.read(move |tx, house, _| {
        let Filter { listing, which, named } = &filter;
        let (at, id, _) = listing.after;
        let found = tx.contacts_after(*which, (at, id), listing.reads())?;
        let position = |it: &Contact| (it.received_at, it.id, 0);
        let (found, next) = listing.page(found, (path, named), position);
        let rows: Result<Vec<T>, Stop> = found.iter().map(|it| row(tx, house, it)).collect();
        Ok((rows?, next))
    });
    let (rows, next) = read.await?;
    program.takes(door, asked, rows.len()).await?;
    Ok((rows, next))
}

/// Contacts in the order of receipt.
#[utoipa::path(get, path = "/contacts", tag = "Contacts", operation_id = "listContacts",
    params(
        ("state" = inline(Option<ContactState>), Query, description = "Only open or closed ones."),
        ("kind" = inline(Option<super::shapes::Kind>), Query, description = "Only of this kind."),
        ("receivedSince" = Option<String>, Query, format = DateTime,
            description = "Only what was received at or after this moment."),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200,
            description = "Rows on a page; 50 when it is not said."),
        ("cursor" = Option<String>, Query, description = "From a `next` link."),
    ),
    responses((status = 200, description = "A page.", body = ContactPage)),
    security(("token" = ["contacts:read"])))]
pub(super) async fn contacts(
    State(door): State<Door>,
    program: Admitted<ReadContacts>,
    OriginalUri(uri): OriginalUri,
    Asked(mut asked): Asked,
) -> Answer {
    let filter = Filter::read(&mut asked, None);
    asked.end()?;
    let row = |_: &mut Tx<'_>, house: &House, it: &Contact| Ok(ContactRow::of(house, it));
    let (items, next) = page_of(&door, (&program, &uri), ("/contacts", filter), row).await?;
    Ok(json(StatusCode::OK, &ContactPage { items, next }))
}

/// Notes to call somebody back, in the order of receipt.
#[utoipa::path(get, path = "/call-backs", tag = "Contacts", operation_id = "listCallBacks",
    params(
        ("state" = inline(Option<ContactState>), Query, description = "Only open or closed ones."),
        ("receivedSince" = Option<String>, Query, format = DateTime,
            description = "Only what was received at or after this moment."),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200,
            description = "Rows on a page; 50 when it is not said."),
        ("cursor" = Option<String>, Query, description = "From a `next` link."),
    ),
    responses((status = 200, description = "A page.", body = CallBackPage)),
    security(("token" = ["contacts:read"])))]
pub(super) async fn call_backs(
    State(door): State<Door>,
    program: Admitted<ReadContacts>,
    OriginalUri(uri): OriginalUri,
    Asked(mut asked): Asked,
) -> Answer {
    let filter = Filter::read(&mut asked, Some(Kind::CallBack));
    asked.end()?;
    let (items, next) =
        page_of(&door, (&program, &uri), ("/call-backs", filter), CallBackRow::of).await?;
    Ok(json(StatusCode::OK, &CallBackPage { items, next }))
}

/// What residents reported in the street, in the order of receipt.
#[utoipa::path(get, path = "/reports", tag = "Contacts", operation_id = "listReports",
    params(
        ("state" = inline(Option<ContactState>), Query, description = "Only open or closed ones."),
        ("receivedSince" = Option<String>, Query, format = DateTime,
            description = "Only what was received at or after this moment."),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200,
            description = "Rows on a page; 50 when it is not said."),
        ("cursor" = Option<String>, Query, description = "From a `next` link."),
    ),
    responses((status = 200, description = "A page.", body = ReportPage)),
    security(("token" = ["contacts:read"])))]
pub(super) async fn reports(
    State(door): State<Door>,
    program: Admitted<ReadContacts>,
    OriginalUri(uri): OriginalUri,
    Asked(mut asked): Asked,
) -> Answer {
    let filter = Filter::read(&mut asked, Some(Kind::Report));
    asked.end()?;
    let (items, next) =
        page_of(&door, (&program, &uri), ("/reports", filter), ReportRow::of).await?;
    Ok(json(StatusCode::OK, &ReportPage { items, next }))
}

/// One contact, with its messages.
#[utoipa::path(get, path = "/contacts/{number}", tag = "Contacts", operation_id = "readContact",
    params(
        ("number" = String, Path, description = "The number of the contact.",
            example = "2026-000123"),
        ("If-None-Match" = Option<String>, Header, description = "The ETag of an earlier answer."),
    ),
    responses(
        (status = 200, description = "The contact.", body = ContactDetail),
        (status = 304, description = "It is as it was."),
    ),
    security(("token" = ["contacts:read"])))]
pub(super) async fn contact(
    State(door): State<Door>,
    program: Admitted<ReadContacts>,
    Path(number): Path<String>,
    Asked(asked): Asked,
    headers: HeaderMap,
) -> Answer {
    asked.end()?;
    let read = door.desk.read(move |tx, house, _| {
        let contact = known(tx, house, &number)?;
        let detail = ContactDetail::of(tx, house, &contact)?;
        Ok((contact.id, tx.last_fact_of(contact.id)?, detail))
    });
    let (id, version, contact) = read.await?;
    program.sees(&door, id).await?;
    Ok(tagged(&headers, Some(&tag(version)), &contact))
}

/// What was promised about one contact.
#[utoipa::path(get, path = "/contacts/{number}/promises", tag = "Contacts",
    operation_id = "listPromisesOfContact",
    params(
        ("number" = String, Path, description = "The number of the contact.",
            example = "2026-000123"),
        ("If-None-Match" = Option<String>, Header, description = "The ETag of an earlier answer."),
    ),
    responses(
        (status = 200, description = "Every promise, by number.", body = PromiseList),
        (status = 304, description = "It is as it was."),
    ),
    security(("token" = ["contacts:read"])))]
pub(super) async fn promises_of(
    State(door): State<Door>,
    program: Admitted<ReadContacts>,
    Path(number): Path<String>,
    Asked(asked): Asked,
    headers: HeaderMap,
) -> Answer {
    asked.end()?;
    let read = door.desk.read(move |tx, house, now| {
        let contact = known(tx, house, &number)?;
        let promises = tx.promises(contact.id)?;
        let row = |it: &::promises::Promise| PromiseRow::of(number.clone(), it, now);
        Ok((contact.id, PromiseList { items: promises.iter().map(row).collect() }))
    });
    let (id, list) = read.await?;
    program.sees(&door, id).await?;
    Ok(tagged(&headers, None, &list))
}

/// Open promises with a deadline, the first due first.
#[utoipa::path(get, path = "/promises", tag = "Contacts", operation_id = "listPromises",
    params(
        ("dueBefore" = Option<String>, Query, format = DateTime,
            description = "Only what is due before this moment."),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200,
            description = "Rows on a page; 50 when it is not said."),
        ("cursor" = Option<String>, Query, description = "From a `next` link."),
    ),
    responses((status = 200, description = "A page.", body = PromisePage)),
    security(("token" = ["contacts:read"])))]
pub(super) async fn promises(
    State(door): State<Door>,
    program: Admitted<ReadContacts>,
    OriginalUri(uri): OriginalUri,
    Asked(mut asked): Asked,
) -> Answer {
    let listing = Listing::read(&mut asked);
    let before = asked.moment("dueBefore");
    asked.end()?;
    let read = door.desk.read(move |tx, house, now| {
        let until = before.unwrap_or(Timestamp::MAX);
        let found = tx.owed_after(listing.after, until, listing.reads())?;
        let named = [("dueBefore", before.map(|it| it.to_string()))];
        let position = |(contact, it): &(i64, ::promises::Promise)| {
            (it.due.at.unwrap_or(Timestamp::MAX), *contact, it.nr)
        };
        let (found, next) = listing.page(found, ("/promises", &named), position);
        let mut items = Vec::new();
        for (contact, promise) in &found {
            if let Some(of) = tx.contact(*contact)? {
                let number = house.number(of.id, of.received_at);
                items.push(PromiseRow::of(number, promise, now));
            }
        }
        Ok(PromisePage { items, next })
    });
    let page = read.await?;
    program.takes(&door, &uri, page.items.len()).await?;
    Ok(json(StatusCode::OK, &page))
}

/// The contact with this number.
pub(super) fn known(tx: &mut Tx<'_>, house: &House, number: &str) -> Result<Contact, Stop> {
    let found = desk::contact_by_number(tx, house, number)?;
    found.ok_or_else(|| ::promises::Refusal::NotFound.into())
}

/// The mark of a version.
pub(super) fn tag(version: i64) -> String {
    format!("\"{version}\"")
}
