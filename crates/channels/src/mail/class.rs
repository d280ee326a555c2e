//! What a message is to the desk, why, and where an answer may go.

use super::Mailbox;

/// What a message is to the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// A message of its own: it asks for contact.
    Message,
    /// It belongs to an earlier contact.
    FollowUp,
    /// It asks nothing: for information.
    Fyi,
    /// A machine sent it: an absence assistant, a ticket system, a notification.
    AutoReply,
    /// A mail system reports on something sent.
    Bounce,
    /// A mailing list or newsletter.
    List,
    /// A report about spam or authentication (RFC 5965, RFC 7489).
    FeedbackReport,
    /// The mail system marked it as spam.
    Spam,
    /// An invoice, or about one, sent to the address for invoices.
    Invoice,
    /// Our own mail that came back to us.
    OwnLoop,
    /// It was taken in before.
    Duplicate,
}

impl Class {
    /// Every class.
    pub const ALL: [Class; 11] = [
        Class::Message,
        Class::FollowUp,
        Class::Fyi,
        Class::AutoReply,
        Class::Bounce,
        Class::List,
        Class::FeedbackReport,
        Class::Spam,
        Class::Invoice,
        Class::OwnLoop,
        Class::Duplicate,
    ];

    /// The kebab-case name, as stored and as `belofte mail check` prints it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Class::Message => "message",
            Class::FollowUp => "follow-up",
            Class::Fyi => "fyi",
            Class::AutoReply => "auto-reply",
            Class::Bounce => "bounce",
            Class::List => "list",
            Class::FeedbackReport => "feedback-report",
            Class::Spam => "spam",
            Class::Invoice => "invoice",
            Class::OwnLoop => "own-loop",
            Class::Duplicate => "duplicate",
        }
    }
}

/// One thing found that says what a message is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The rule that found it: a short stable id.
    pub rule: &'static str,
    /// The intake statement the rule keeps.
    pub statement: u8,
    /// The header or words found, at most 200 characters, addresses shortened to their domain.
    pub found: String,
    /// What it says the message is.
    pub class: Class,
    /// How much it says so; from [`DECIDES`](super::DECIDES) on it decides alone, below zero it
    /// speaks against.
    pub weight: i8,
}

/// What a message is, whether it is acknowledged, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What it is.
    pub class: Class,
    /// Whether an acknowledgement goes out.
    pub acknowledge: bool,
    /// Why, in one English sentence.
    pub reason: String,
    /// What was found, strongest first.
    pub evidence: Vec<Evidence>,
    /// Where an answer may go; none when no valid address is known.
    pub answer_to: Option<Mailbox>,
}
