//! What programs read, as data.

use std::borrow::Cow;
use std::collections::BTreeMap;

use desk::{Contact, House, Message, Source, Spot, Stop, Tx};
use jiff::Timestamp;
use jiff::civil::Date;
use promises::Verdict;
use serde::Serialize;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// Where the interface stands.
pub(super) const BASE: &str = "/api/v1";

/// Names the words of an enum of the business in the description of the interface.
macro_rules! worded {
    ($($(#[doc = $doc:literal])* $name:ident = $all:expr;)+) => {$(
        $(#[doc = $doc])*
        pub(super) struct $name;

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let words = $all.iter().map(|it| it.word());
                let doc = concat!($($doc),*).trim();
                let object = ObjectBuilder::new().schema_type(Type::String);
                object.description(Some(doc)).enum_values(Some(words)).into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($name))
            }
        }
    )+};
}

worded! {
    /// How a contact reached the municipality.
    Channel = norms::Channel::ALL;
    /// What a contact is about.
    Kind = norms::Kind::ALL;
    /// What the first message of a contact is.
    Class = norms::Class::ALL;
}

/// Whether a contact is done with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum State {
    /// Somebody is to do something about it.
    Open,
    /// It is done with.
    Closed,
}

impl State {
    pub(super) const ALL: [State; 2] = [State::Open, State::Closed];

    pub(super) fn word(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Closed => "closed",
        }
    }

    fn of(contact: &Contact) -> State {
        if contact.closed { State::Closed } else { State::Open }
    }
}

/// A contact of a resident.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ContactRow {
    /// Its number, which the resident has too.
    #[schema(example = "2026-000123")]
    number: String,
    /// Where all of it can be read.
    #[schema(format = "uri-reference")]
    href: String,
    /// How it came in.
    #[schema(value_type = Channel)]
    channel: &'static str,
    /// What it is about.
    #[schema(value_type = Kind)]
    kind: &'static str,
    /// What its first message is.
    #[schema(value_type = Class)]
    class: &'static str,
    /// Whether it is done with.
    state: State,
    /// When it reached the municipality.
    #[schema(value_type = String, format = DateTime)]
    received_at: Timestamp,
    /// The language of the resident.
    #[schema(example = "nl")]
    language: String,
    /// What it is about, in one line.
    subject: String,
    /// What it is told apart by, in the words of the norm file.
    facets: BTreeMap<String, String>,
}

impl ContactRow {
    pub(super) fn of(house: &House, contact: &Contact) -> ContactRow {
        let number = house.number(contact.id, contact.received_at);
        ContactRow {
            href: href(&number),
            number,
            channel: contact.channel.word(),
            kind: contact.kind.word(),
            class: contact.class.word(),
            state: State::of(contact),
            received_at: contact.received_at,
            language: contact.lang.clone(),
            subject: contact.subject.clone(),
            facets: contact.facets.clone().into_iter().collect(),
        }
    }
}

/// Where a contact can be read.
pub(super) fn href(number: &str) -> String {
    format!("{BASE}/contacts/{number}")
}

/// All of a contact.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ContactDetail {
    #[serde(flatten)]
    row: ContactRow,
    /// The name of the resident.
    name: String,
    /// The mail address of the resident.
    email: String,
    /// The telephone number of the resident.
    phone: String,
    /// The postal address of the resident.
    address: String,
    /// The contact that it possibly belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    related: Option<String>,
    /// What came in, and notes, in order.
    messages: Vec<MessageRow>,
}

/// A message of a contact, or a note.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct MessageRow {
    /// When it came in.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// From whom: `resident`, `registered` by an employee, or a `note` for colleagues.
    #[schema(value_type = MessageSource)]
    source: &'static str,
    /// Who wrote it.
    author: String,
    /// What it says.
    text: String,
}

/// From whom a message is.
struct MessageSource;

impl PartialSchema for MessageSource {
    fn schema() -> RefOr<Schema> {
        let words = [Source::Resident, Source::Registered, Source::Note].map(Source::word);
        ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).into()
    }
}

impl ToSchema for MessageSource {}

impl ContactDetail {
    pub(super) fn of(
        tx: &mut Tx<'_>,
        house: &House,
        contact: &Contact,
    ) -> Result<ContactDetail, Stop> {
        let related = match contact.related {
            Some(id) => tx.contact(id)?.map(|it| house.number(it.id, it.received_at)),
            None => None,
        };
        let message = |it: Message| MessageRow {
            at: it.at,
            source: it.source.word(),
            author: it.author,
            text: it.body,
        };
        Ok(ContactDetail {
            row: ContactRow::of(house, contact),
            name: contact.name.clone(),
            email: contact.email.clone(),
            phone: contact.phone.clone(),
            address: contact.address.clone(),
            related,
            messages: tx.messages(contact.id)?.into_iter().map(message).collect(),
        })
    }
}

/// What can be said of a promise now.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum PromiseState {
    /// Owed and in time.
    Open,
    /// Owed and in time, but only if somebody acts.
    AtRisk,
    /// Done in time.
    Kept,
    /// Not done in time; also when it was done later.
    Broken,
    /// Done, where the norm sets no limit.
    Measured,
    /// Not owed after all.
    NotApplicable,
}

/// Something that was promised to a resident.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct PromiseRow {
    /// The number of the contact.
    #[schema(example = "2026-000123")]
    contact: String,
    /// Its number within the contact.
    #[schema(minimum = 1)]
    number: u32,
    /// The norm that it falls under.
    #[schema(example = "message.contact")]
    norm: String,
    /// What is owed.
    #[schema(example = "answer-or-say-when")]
    duty: String,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    made_at: Timestamp,
    /// The first moment that is too late.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime, nullable = false)]
    due_at: Option<Timestamp>,
    /// The last day that is in time.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date, nullable = false)]
    due_on: Option<Date>,
    /// What can be said of it now.
    state: PromiseState,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime, nullable = false)]
    settled_at: Option<Timestamp>,
}

impl PromiseRow {
    pub(super) fn of(contact: String, promise: &promises::Promise, now: Timestamp) -> PromiseRow {
        PromiseRow {
            contact,
            number: promise.nr,
            norm: promise.norm.clone(),
            duty: promise.duty.word().to_string(),
            made_at: promise.made_at,
            due_at: promise.due.at,
            due_on: promise.due.on,
            state: match promise.verdict(now) {
                Verdict::Open => PromiseState::Open,
                Verdict::AtRisk => PromiseState::AtRisk,
                Verdict::Kept => PromiseState::Kept,
                Verdict::Broken => PromiseState::Broken,
                Verdict::Measured => PromiseState::Measured,
                Verdict::NotApplicable => PromiseState::NotApplicable,
            },
            settled_at: promise.settled.map(|it| it.at),
        }
    }
}

/// A note to call somebody back.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct CallBackRow {
    #[serde(flatten)]
    contact: ContactRow,
    /// Who is to be called.
    name: String,
    /// The telephone number.
    phone: String,
    /// The first moment that is too late.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime, nullable = false)]
    due_at: Option<Timestamp>,
}

impl CallBackRow {
    pub(super) fn of(tx: &mut Tx<'_>, house: &House, it: &Contact) -> Result<CallBackRow, Stop> {
        let situation = it.situation(tx.promises(it.id)?);
        Ok(CallBackRow {
            contact: ContactRow::of(house, it),
            name: it.name.clone(),
            phone: it.phone.clone(),
            due_at: situation.next().and_then(|promise| promise.due.at),
        })
    }
}

/// A spot on the map (WGS 84).
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Location {
    /// To the north, in degrees.
    #[schema(minimum = -90, maximum = 90, example = 53.1745)]
    latitude: f64,
    /// To the east, in degrees.
    #[schema(minimum = -180, maximum = 180, example = 5.4225)]
    longitude: f64,
}

/// Something in the street that a resident reported.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ReportRow {
    #[serde(flatten)]
    contact: ContactRow,
    /// What it is: a category of the norm file.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "light")]
    category: Option<String>,
    /// Where it is, when the resident pointed at it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    location: Option<Location>,
}

impl ReportRow {
    pub(super) fn of(tx: &mut Tx<'_>, house: &House, it: &Contact) -> Result<ReportRow, Stop> {
        #[expect(clippy::cast_precision_loss, reason = "at most 180 million")]
        let degrees = |millionths: i64| millionths as f64 / 1e6;
        let location =
            |it: Spot| Location { latitude: degrees(it.lat), longitude: degrees(it.lon) };
        Ok(ReportRow {
            contact: ContactRow::of(house, it),
            category: it.facets.get(norms::Category::FACET).cloned(),
            location: tx.spot(it.id)?.map(location),
        })
    }
}

/// What a contact is from now on.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Corrected {
    /// The number of the contact.
    #[schema(example = "2026-000123")]
    pub(super) number: String,
    /// What its message is.
    #[schema(example = "fyi")]
    pub(super) class: String,
}

/// What is said about something that was taken in.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Receipt {
    /// The number of the contact.
    #[schema(example = "2026-000123")]
    number: String,
    /// Where all of it can be read.
    #[schema(format = "uri-reference")]
    href: String,
    /// Where the resident follows it. Who has this address reads along: give it to nobody else.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = "uri")]
    follow_url: Option<String>,
    /// What was promised.
    promises: Vec<PromiseRow>,
}

impl Receipt {
    /// The receipt of a contact, with its follow link when it was just made.
    pub(super) fn of(
        tx: &mut Tx<'_>,
        house: &House,
        now: Timestamp,
        (contact, is_new): (&Contact, bool),
    ) -> Result<Receipt, Stop> {
        let number = house.number(contact.id, contact.received_at);
        let lang = words::Lang::from_code(&contact.lang).unwrap_or_default();
        let owed = tx.promises(contact.id)?;
        let row = |it: &promises::Promise| PromiseRow::of(number.clone(), it, now);
        Ok(Receipt {
            promises: owed.iter().map(row).collect(),
            follow_url: is_new
                .then(|| house.follow_link(&number, (contact.id, contact.link_turn), lang)),
            href: href(&number),
            number,
        })
    }
}

/// A page of a list, as `items` with where the `next` one is.
macro_rules! page {
    ($($(#[doc = $doc:literal])* $name:ident of $row:ident;)+) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, Debug, Serialize, ToSchema)]
        #[serde(rename_all = "camelCase")]
        pub(super) struct $name {
            /// What is on this page.
            pub(super) items: Vec<$row>,
            /// Where the next page is; nothing behind the last one.
            #[serde(skip_serializing_if = "Option::is_none")]
            #[schema(nullable = false, format = "uri-reference")]
            pub(super) next: Option<String>,
        }
    )+};
}

page! {
    /// A page of contacts, in the order of receipt.
    ContactPage of ContactRow;
    /// A page of promises, by deadline.
    PromisePage of PromiseRow;
    /// A page of call-back notes, in the order of receipt.
    CallBackPage of CallBackRow;
    /// A page of reports, in the order of receipt.
    ReportPage of ReportRow;
}

/// What was promised about one contact.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct PromiseList {
    /// Every promise, by number.
    pub(super) items: Vec<PromiseRow>,
}
