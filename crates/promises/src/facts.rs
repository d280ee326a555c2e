//! Facts: who did what when. They hold no personal data, so that they can stay for ever.

use jiff::Timestamp;
use jiff::civil::Date;
use norms::{Channel, Class, Deed, Duty, Kind, Moment};
use serde::{Deserialize, Serialize};

use crate::house::{AccountChange, Sight, WebhookChange};
use crate::{CallResult, How, Outcome, Purpose, Via, VisitStep};

/// One thing that happened to a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Fact {
    /// It came in.
    Received {
        /// Over which channel.
        channel: Channel,
        /// About what.
        kind: Kind,
        /// What the message is.
        class: Class,
        /// When it reached the municipality, where that is not the moment of this fact.
        #[serde(skip_serializing_if = "Option::is_none")]
        received_at: Option<Timestamp>,
        /// The generation of the norms that hold for it.
        norms: String,
    },
    /// Another message of the same conversation came in.
    FollowedUp {
        /// What that message is.
        class: Class,
    },
    /// It is not acknowledged, and why.
    NotAcknowledged {
        /// `fyi`, `follow-up`, a class of robot, or `no-address`.
        reason: String,
    },
    /// Something is owed from now on.
    Promised {
        /// The number of the promise.
        promise: u32,
        /// Under which norm.
        norm: String,
        /// What.
        duty: Duty,
        /// The first instant that is too late.
        #[serde(skip_serializing_if = "Option::is_none")]
        due_at: Option<Timestamp>,
        /// The last day that is in time.
        #[serde(skip_serializing_if = "Option::is_none")]
        due_on: Option<Date>,
        /// The first instant that is not too early, where there is one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        not_before: Option<Timestamp>,
    },
    /// A promise ended.
    Settled {
        /// The number of the promise.
        promise: u32,
        /// How.
        how: How,
        /// When, where that is later than this fact: a mail that keeps it can be taken back first.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<Timestamp>,
    },
    /// A letter was taken back before it left.
    Recalled {
        /// Which.
        letter: u32,
    },
    /// A promise is owed as if it had not been settled: what settled it was taken back.
    Restored {
        /// The number of the promise.
        promise: u32,
    },
    /// A promise was not kept in time, noticed by the watch.
    Broken {
        /// The number of the promise.
        promise: u32,
    },
    /// Receipt was confirmed.
    Acknowledged {
        /// The letter, when Belofte wrote one.
        #[serde(skip_serializing_if = "Option::is_none")]
        letter: Option<u32>,
    },
    /// An employee answered.
    Answered {
        /// How.
        via: Via,
        /// The letter, when Belofte wrote one.
        #[serde(skip_serializing_if = "Option::is_none")]
        letter: Option<u32>,
    },
    /// An employee said when the answer comes.
    ToldWhen {
        /// The day that was said.
        on: Date,
        /// How.
        via: Via,
        /// The letter, when Belofte wrote one.
        #[serde(skip_serializing_if = "Option::is_none")]
        letter: Option<u32>,
    },
    /// Something that was promised was done.
    Did {
        /// What.
        deed: Deed,
    },
    /// A moment from which clocks run.
    Happened {
        /// Which.
        moment: Moment,
        /// When it was, or will be.
        at: Timestamp,
    },
    /// A promise was set aside on a ground of the norm file.
    SetAside {
        /// The number of the promise.
        promise: u32,
        /// The ground, by name.
        ground: String,
        /// Until which day, where the ground asks for one.
        #[serde(skip_serializing_if = "Option::is_none")]
        until: Option<Date>,
    },
    /// A promise got another date because the calendar changed. Why each day is
    /// skipped stands with the promise.
    Redated {
        /// The number of the promise.
        promise: u32,
        /// The last day that was in time.
        #[serde(skip_serializing_if = "Option::is_none")]
        old_on: Option<Date>,
        /// The last day that is in time.
        #[serde(skip_serializing_if = "Option::is_none")]
        new_on: Option<Date>,
        /// The first instant that was too late.
        #[serde(skip_serializing_if = "Option::is_none")]
        old_at: Option<Timestamp>,
        /// The first instant that is too late.
        #[serde(skip_serializing_if = "Option::is_none")]
        new_at: Option<Timestamp>,
        /// The first instant that is not too early from now on, where there is one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        not_before: Option<Timestamp>,
        /// The closures that made it so, in the words of the norm file.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        why: Vec<String>,
    },
    /// A letter was handed to the mail server.
    LetterSent {
        /// Which.
        letter: u32,
        /// What it was for.
        purpose: Purpose,
    },
    /// A letter can not be delivered.
    LetterFailed {
        /// Which.
        letter: u32,
        /// What it was for.
        purpose: Purpose,
    },
    /// An employee is looking after it, or nobody any more.
    Assigned {
        /// The employee.
        to: Option<i64>,
    },
    /// It was given to a team.
    GivenToTeam {
        /// The team.
        team: i64,
    },
    /// It was handed over to another employee, with a note.
    HandedOver {
        /// The employee.
        to: i64,
    },
    /// An employee wrote a note for colleagues.
    Noted,
    /// A program of a supplier did what the facts of this moment say that nobody here did.
    Supplied {
        /// The token that it came in with.
        token: i64,
    },
    /// A tag was put on it.
    Tagged {
        /// The tag.
        tag: i64,
    },
    /// A tag was taken off it.
    Untagged {
        /// The tag.
        tag: i64,
    },
    /// An employee took over from the colleague who was writing.
    TakenOver {
        /// The colleague.
        from: i64,
    },
    /// The class of the message was corrected by an employee.
    ClassCorrected {
        /// What it was taken for.
        from: Class,
        /// What it is.
        to: Class,
    },
    /// It is done with.
    Closed {
        /// Why.
        outcome: Outcome,
    },
    /// It is taken up again.
    Reopened,
    /// Everything personal was removed: so much of it.
    Erased {
        /// Messages and notes.
        messages: u32,
        /// Letters, of which only when and what for is left.
        letters: u32,
        /// Files that came or went along.
        files: u32,
        /// The list it stood on, by its month; nothing when a person asked for it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        list: Option<String>,
    },
    /// A list of what is past its term was approved: what stands on it is erased. About no contact.
    DestructionApproved {
        /// The list, by its month.
        list: String,
        /// How many contacts are on it.
        contacts: u32,
        /// A hash of what is on it in hex.
        hash: String,
    },
    /// Something became of the appointment it is.
    Visit {
        /// What.
        step: VisitStep,
        /// When the visit begins.
        from: Timestamp,
        /// The desk.
        desk: String,
    },
    /// An employee tried to call the resident.
    Called {
        /// What it came to.
        result: CallResult,
    },
    /// The resident said whether the answer helped; what they said stands elsewhere.
    Rated,
    /// The link that the resident follows it by opens nothing any more: there is a new one.
    LinkRenewed {
        /// The letter that brings it, when there is an address.
        #[serde(skip_serializing_if = "Option::is_none")]
        letter: Option<u32>,
    },
    /// An employee or a program saw it. Once in a while for what is looked at again and again.
    Seen {
        /// What of it.
        what: Sight,
        /// The token, when it was a program.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        token: Option<i64>,
    },
    /// An employee searched; for what is not kept. About no contact.
    Searched {
        /// How many contacts were shown.
        found: u32,
    },
    /// An employee signed in. About no contact.
    SignedIn,
    /// A list was taken out of the program. About no contact.
    ListExported {
        /// Which, as its address asks for it.
        list: String,
        /// How many contacts.
        contacts: u32,
        /// The token, when it was a program that took it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        token: Option<i64>,
    },
    /// The words of a letter of the municipality were changed. About no contact.
    LetterTextChanged {
        /// Which letter.
        letter: String,
        /// In which language, as a code.
        lang: String,
        /// SHA-256 of its subject and text in hex; nothing when it has the built-in words again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hash: Option<String>,
    },
    /// Something changed about who comes in and what they may. About no contact.
    AccountChanged {
        /// The employee.
        employee: i64,
        /// What.
        change: AccountChange,
        /// What they are from now on, where that is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        roles: Option<String>,
    },
    /// A token was made for a supplier. About no contact.
    TokenMade {
        /// The token.
        token: i64,
        /// What it may, in words with a space between.
        scopes: String,
    },
    /// A token was ended before its time. About no contact.
    TokenEnded {
        /// The token.
        token: i64,
    },
    /// A desk, or every desk, is closed for a while. About no contact.
    CounterClosed {
        /// The closing.
        block: i64,
        /// The desk; nothing when it is all of them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        desk: Option<String>,
        /// The first moment it is closed.
        from: Timestamp,
        /// The first moment it is open again.
        to: Timestamp,
    },
    /// A closing of a desk was taken back. About no contact.
    CounterOpened {
        /// The closing.
        block: i64,
    },
    /// A secret link to the calendar of a desk was made, or ended. About no contact.
    FeedChanged {
        /// The link.
        feed: i64,
        /// The desk, when it was made.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        desk: Option<String>,
    },
    /// Something changed about who is told what happens here. About no contact.
    WebhookChanged {
        /// The webhook.
        webhook: i64,
        /// What.
        change: WebhookChange,
        /// When it was made: what it is told, in words with a space between.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        types: Option<String>,
        /// When it was replayed: the fact behind which it is told again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        behind: Option<i64>,
    },
    /// A disruption was published, or what is published of it was changed. About no contact.
    DisruptionPublished {
        /// The disruption.
        disruption: i64,
        /// SHA-256 of its texts in hex.
        hash: String,
    },
    /// A disruption is over. About no contact.
    DisruptionEnded {
        /// The disruption.
        disruption: i64,
    },
}

impl Fact {
    /// The words of facts that come without anything that was written: what a contact is found by
    /// stays as it is. A fact that is not named here may bring words.
    pub const WORDLESS: [&str; 16] = [
        "not-acknowledged",
        "promised",
        "settled",
        "restored",
        "broken",
        "acknowledged",
        "redated",
        "letter-sent",
        "letter-failed",
        "rated",
        "link-renewed",
        "taken-over",
        "seen",
        "supplied",
        "visit",
        "called",
    ];

    /// The stable word of the kind of fact, as in its JSON.
    pub fn word(&self) -> &'static str {
        match self {
            Fact::Received { .. } => "received",
            Fact::FollowedUp { .. } => "followed-up",
            Fact::NotAcknowledged { .. } => "not-acknowledged",
            Fact::Promised { .. } => "promised",
            Fact::Settled { .. } => "settled",
            Fact::Recalled { .. } => "recalled",
            Fact::Restored { .. } => "restored",
            Fact::Broken { .. } => "broken",
            Fact::Acknowledged { .. } => "acknowledged",
            Fact::Answered { .. } => "answered",
            Fact::ToldWhen { .. } => "told-when",
            Fact::Did { .. } => "did",
            Fact::Happened { .. } => "happened",
            Fact::SetAside { .. } => "set-aside",
            Fact::Redated { .. } => "redated",
            Fact::LetterSent { .. } => "letter-sent",
            Fact::LetterFailed { .. } => "letter-failed",
            Fact::Assigned { .. } => "assigned",
            Fact::GivenToTeam { .. } => "given-to-team",
            Fact::HandedOver { .. } => "handed-over",
            Fact::Noted => "noted",
            Fact::Supplied { .. } => "supplied",
            Fact::Tagged { .. } => "tagged",
            Fact::Untagged { .. } => "untagged",
            Fact::TakenOver { .. } => "taken-over",
            Fact::ClassCorrected { .. } => "class-corrected",
            Fact::Closed { .. } => "closed",
            Fact::Reopened => "reopened",
            Fact::Erased { .. } => "erased",
            Fact::DestructionApproved { .. } => "destruction-approved",
            Fact::Visit { .. } => "visit",
            Fact::CounterClosed { .. } => "counter-closed",
            Fact::CounterOpened { .. } => "counter-opened",
            Fact::Called { .. } => "called",
            Fact::FeedChanged { .. } => "feed-changed",
            Fact::Rated => "rated",
            Fact::LinkRenewed { .. } => "link-renewed",
            Fact::Seen { .. } => "seen",
            Fact::Searched { .. } => "searched",
            Fact::SignedIn => "signed-in",
            Fact::ListExported { .. } => "list-exported",
            Fact::LetterTextChanged { .. } => "letter-text-changed",
            Fact::AccountChanged { .. } => "account-changed",
            Fact::TokenMade { .. } => "token-made",
            Fact::TokenEnded { .. } => "token-ended",
            Fact::WebhookChanged { .. } => "webhook-changed",
            Fact::DisruptionPublished { .. } => "disruption-published",
            Fact::DisruptionEnded { .. } => "disruption-ended",
        }
    }
}
