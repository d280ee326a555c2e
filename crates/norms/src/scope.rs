//! What a norm is about: channels, kinds of contact and classes of message.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Makes an enum whose variants have one stable word each, used in files, facts and the database.
macro_rules! worded {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant,)+ }

        impl $name {
            /// All of them, in a fixed order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];
            /// Their words, in the same order.
            pub const WORDS: &'static [&'static str] = &[$($word,)+];

            /// The stable word.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word,)+ }
            }

            /// The one with this word.
            pub fn from_word(word: &str) -> Option<$name> {
                match word { $($word => Some($name::$variant),)+ _ => None }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.word())
            }
        }
    };
}
pub(crate) use worded;

worded! {
    /// How a contact reached the municipality.
    Channel {
        /// By telephone.
        Phone = "phone",
        /// Through a form on the site.
        Form = "form",
        /// By e-mail.
        Email = "email",
        /// Through social media.
        Social = "social",
        /// At the counter of the town hall.
        Counter = "counter",
        /// A letter on paper.
        Post = "post",
    }
}

worded! {
    /// What a contact is about.
    Kind {
        /// A question or request.
        Question = "question",
        /// An error or gap on the site.
        Feedback = "feedback",
        /// A tip about the service itself.
        Tip = "tip",
        /// Something wrong in public space (melding).
        Report = "report",
        /// A complaint in the sense of chapter 9 of the Awb (klacht).
        Complaint = "complaint",
        /// An invoice from a supplier.
        Invoice = "invoice",
        /// A note to call someone back (terugbelnotitie).
        CallBack = "call-back",
    }
}

worded! {
    /// What a message is, which decides whether it is acknowledged and whether anything is owed.
    Class {
        /// An ordinary message of a person.
        Message = "message",
        /// Belongs to an earlier contact.
        FollowUp = "follow-up",
        /// Sent for information only (ter kennisneming).
        Fyi = "fyi",
        /// Written by a program in answer to something: out of office, ticket systems.
        AutoReply = "auto-reply",
        /// A report that a letter of ours could not be delivered.
        Bounce = "bounce",
        /// A mailing list or newsletter.
        List = "list",
        /// A complaint by a mail provider about a letter of ours.
        FeedbackReport = "feedback-report",
        /// Marked as unwanted by the mail server.
        Spam = "spam",
        /// A letter of our own that came back in.
        OwnLoop = "own-loop",
        /// The same message a second time.
        Duplicate = "duplicate",
    }
}

impl Class {
    /// Whether nobody waits for an answer because no person wrote it to be answered.
    pub fn is_robot(self) -> bool {
        match self {
            Class::Message | Class::FollowUp | Class::Fyi => false,
            Class::AutoReply
            | Class::Bounce
            | Class::List
            | Class::FeedbackReport
            | Class::Spam
            | Class::OwnLoop
            | Class::Duplicate => true,
        }
    }
}

/// Which contacts a norm is about. An empty list means all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// The channels it holds for.
    pub channels: Vec<Channel>,
    /// The kinds of contact it holds for.
    pub kinds: Vec<Kind>,
}

impl Scope {
    /// Whether a contact over this channel, of this kind, is inside the scope.
    pub fn covers(&self, channel: Channel, kind: Kind) -> bool {
        (self.channels.is_empty() || self.channels.contains(&channel))
            && (self.kinds.is_empty() || self.kinds.contains(&kind))
    }

    /// How narrow the scope is: a rule for a kind beats a rule for a channel beats a general one.
    pub fn narrowness(&self) -> u8 {
        2 * u8::from(!self.kinds.is_empty()) + u8::from(!self.channels.is_empty())
    }
}
