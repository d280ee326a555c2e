//! What programs send, as the description of the interface tells it. Handlers read it field by
//! field ([`super::sent`]); a test sends every field that stands here.
#![allow(dead_code, reason = "they are told, not made")]

use std::collections::BTreeMap;

use utoipa::ToSchema;

use super::shapes::{Channel, Class, Location};

/// A contact that came in elsewhere.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
pub(super) struct NewContact {
    /// How it came in.
    #[schema(value_type = Channel)]
    channel: String,
    /// What it is about. Call-back notes and reports have a place of their own.
    kind: NewKind,
    /// What it is about, in one line.
    #[schema(min_length = 1, max_length = 200, pattern = "\\S", example = "Paspoort verlengen")]
    subject: String,
    /// What the resident says.
    #[schema(max_length = 20000)]
    text: Option<String>,
    /// Nothing is asked: it is for information only.
    for_information: Option<bool>,
    /// What it is told apart by, in the words of the norm file.
    facets: Option<BTreeMap<String, String>>,
    /// The name of the resident.
    #[schema(max_length = 200)]
    name: Option<String>,
    /// The mail address of the resident.
    #[schema(max_length = 200, format = Email, example = "jan@example.nl")]
    email: Option<String>,
    /// The telephone number of the resident.
    #[schema(max_length = 30, example = "06-12345678")]
    phone: Option<String>,
    /// The postal address of the resident.
    #[schema(max_length = 200)]
    address: Option<String>,
    /// The language of the resident; Dutch when it is not said.
    language: Option<Language>,
    /// When it reached the municipality; now when it is not said.
    #[schema(format = DateTime)]
    received_at: Option<String>,
}

/// A kind of contact that is taken in as it is.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum NewKind {
    Question,
    Feedback,
    Tip,
    Complaint,
    Invoice,
    Application,
    Objection,
    Order,
}

/// A language of residents.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
enum Language {
    Nl,
    Fy,
    En,
}

/// A note to call somebody back.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
pub(super) struct NewCallBack {
    /// The telephone number.
    #[schema(min_length = 3, max_length = 30, example = "06-12345678")]
    phone: String,
    /// What it is about, in one line.
    #[schema(
        min_length = 1,
        max_length = 200,
        pattern = "\\S",
        example = "Vraag over een vergunning"
    )]
    subject: String,
    /// What the resident says.
    #[schema(max_length = 20000)]
    text: Option<String>,
    /// Who is to be called.
    #[schema(max_length = 200)]
    name: Option<String>,
    /// The mail address of the resident.
    #[schema(max_length = 200, format = Email)]
    email: Option<String>,
    /// The postal address of the resident.
    #[schema(max_length = 200)]
    address: Option<String>,
    /// The language of the resident; Dutch when it is not said.
    language: Option<Language>,
    /// When it reached the municipality; now when it is not said.
    #[schema(format = DateTime)]
    received_at: Option<String>,
}

/// Something in the street.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
pub(super) struct NewReport {
    /// What it is: a category of the norm file.
    #[schema(min_length = 1, max_length = 200, example = "light")]
    category: String,
    /// Where it is, in words.
    #[schema(min_length = 1, max_length = 150, pattern = "\\S", example = "Voorbeeldstraat 10")]
    place: String,
    /// What the resident says.
    #[schema(min_length = 1, max_length = 20000, pattern = "\\S", example = "De lamp is uit.")]
    text: String,
    /// Where it is, on the map.
    location: Option<Location>,
    /// How it came in; `form` when it is not said.
    #[schema(value_type = Option<Channel>)]
    channel: Option<String>,
    /// The name of the resident.
    #[schema(max_length = 200)]
    name: Option<String>,
    /// The mail address of the resident.
    #[schema(max_length = 200, format = Email)]
    email: Option<String>,
    /// The telephone number of the resident.
    #[schema(max_length = 30)]
    phone: Option<String>,
    /// The postal address of the resident.
    #[schema(max_length = 200)]
    address: Option<String>,
    /// The language of the resident; Dutch when it is not said.
    language: Option<Language>,
    /// When it reached the municipality; now when it is not said.
    #[schema(format = DateTime)]
    received_at: Option<String>,
}

/// A note for colleagues.
#[derive(ToSchema)]
pub(super) struct NewNote {
    /// What it says.
    #[schema(
        min_length = 1,
        max_length = 20000,
        pattern = "\\S",
        example = "Doorgezet naar de aannemer."
    )]
    text: String,
}

/// What a contact was really.
#[derive(ToSchema)]
pub(super) struct NewClass {
    /// What its first message is.
    #[schema(value_type = Class)]
    class: String,
}

/// Something that happened to a telephone call.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
pub(super) struct NewCallEvent {
    /// What the exchange calls the event: the same id is the same event.
    #[schema(min_length = 1, max_length = 200, pattern = "\\S", example = "1716301042.88-2")]
    id: String,
    /// What happened.
    event: EventWord,
    /// When it happened; now when it is not said.
    #[schema(format = DateTime)]
    at: Option<String>,
    /// The number of the caller, when it is known.
    #[schema(max_length = 200, example = "+31612345678")]
    from: Option<String>,
    /// The queue in which the caller waits.
    #[schema(max_length = 200)]
    queue: Option<String>,
    /// Who answered: the name with which this employee signs in.
    #[schema(max_length = 200)]
    employee: Option<String>,
}

/// What happens to a call.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum EventWord {
    /// Somebody calls.
    Ringing,
    /// The caller waits for an employee.
    Queued,
    /// An employee answered.
    Answered,
    /// The caller was put through to somebody else, who answered.
    Transferred,
    /// The call is over.
    Ended,
    /// The caller hung up before anybody answered.
    Abandoned,
}
