//! What arrives, in the words of the desk, whatever channel it came over.

use jiff::Timestamp;
use ledger::attachments::Attachment;
use ledger::callbacks::Moments;
use ledger::places::Spot;
use ledger::sent_forms::SentForm;
use norms::{Channel, Class, Facets, Kind};

/// What arrives, over whatever channel, in the words of the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// How it came in.
    pub channel: Channel,
    /// What it is about.
    pub kind: Kind,
    /// What else it is told apart by, in the words of the norm file.
    pub facets: Facets,
    /// What it is by itself; whether it is a follow-up is decided here.
    pub class: Class,
    /// Why it has that class: rule names, not texts.
    pub evidence: Vec<String>,
    /// The language of the resident, as a code.
    pub lang: String,
    /// The name the resident gave.
    pub name: String,
    /// Where an answer goes.
    pub email: String,
    /// Whether an automatic mail may go there.
    pub mailable: bool,
    /// The phone number the resident gave.
    pub phone: String,
    /// The postal address the resident gave.
    pub address: String,
    /// Where a report is about; empty when it does not say.
    pub place: String,
    /// The spot on the map that a report is about.
    pub spot: Option<Spot>,
    /// What it says it is about.
    pub subject: String,
    /// What is new in it.
    pub body: String,
    /// The history it quotes.
    pub quoted: String,
    /// When the resident likes to be called, each moment with its end.
    pub moments: Moments,
    /// What could not be read.
    pub trouble: String,
    /// When it reached the municipality, when that is before now (a letter of this morning).
    pub received_at: Option<Timestamp>,
    /// The form it was filled in on; for forms of the site only.
    pub form: Option<SentForm>,
    /// The conversation it belongs to; for mail only.
    pub thread: Thread,
    /// The bytes as they came; for mail only.
    pub raw: Option<Vec<u8>>,
    /// Whether those bytes are in the store already, so that the row only names them.
    pub raw_is_stored: bool,
    /// Whether it can also be shown with its own markup.
    pub has_html: bool,
    /// What came with it, in order.
    pub attachments: Vec<Attachment>,
}

impl Arrival {
    /// An arrival with nothing in it yet.
    #[must_use]
    pub fn new(channel: Channel, kind: Kind) -> Arrival {
        Arrival {
            channel,
            kind,
            facets: Facets::new(),
            class: Class::Message,
            evidence: Vec::new(),
            lang: "nl".to_owned(),
            name: String::new(),
            email: String::new(),
            mailable: false,
            phone: String::new(),
            address: String::new(),
            place: String::new(),
            spot: None,
            subject: String::new(),
            body: String::new(),
            quoted: String::new(),
            moments: Moments::new(),
            trouble: String::new(),
            received_at: None,
            form: None,
            thread: Thread::default(),
            raw: None,
            raw_is_stored: false,
            has_html: false,
            attachments: Vec::new(),
        }
    }
}

/// What a mail says about the conversation it belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Thread {
    /// Its own id, without brackets.
    pub message_id: String,
    /// A hash of what its author wrote, the same for every copy of it: what the mail servers on
    /// the way to each mailbox add does not count. Without it, the bytes as they came count.
    pub written: Option<[u8; 32]>,
    /// The addresses it was delivered to; one of ours may carry a signed token.
    pub recipients: Vec<String>,
    /// Ids it answers, the likeliest first (INTAKE 23).
    pub candidates: Vec<String>,
    /// The References header, ids with a space between.
    pub references: String,
    /// A number of ours in its subject or text: a guess, not a proof.
    pub number: Option<String>,
    /// It forwards something: a new contact, whatever it refers to (INTAKE 26).
    pub forwards: bool,
    /// It answers something, as its subject or its headers say.
    pub answers: bool,
    /// The contact whose follow link it quotes; only who got a letter of it has the link.
    pub quoted_link: Option<(i64, u32)>,
    /// The address it comes from, for the check that a guess comes from a participant.
    pub sender: String,
    /// For a report of non-delivery: whether it is final, and what it says.
    pub bounce: Option<(bool, String)>,
    /// For such a report: whom it could not be delivered to, where it says.
    pub undelivered_to: String,
}
