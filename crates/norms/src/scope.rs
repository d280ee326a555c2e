//! What a norm is about: channels, kinds of contact and classes of message.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::season::Season;
use crate::words::worded;

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
        /// A spoken message that was left.
        Voicemail = "voicemail",
        /// A text message: SMS or a messenger.
        Text = "text",
        /// A conversation in writing on the site.
        Chat = "chat",
        /// By fax.
        Fax = "fax",
        /// At the resident's home.
        Visit = "visit",
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
        /// A request for a decision, permit or provision (aanvraag).
        Application = "application",
        /// An objection to a decision (bezwaar).
        Objection = "objection",
        /// Something ordered, such as an extract or a travel document.
        Order = "order",
        /// An appointment.
        Appointment = "appointment",
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

/// What is known of a contact besides its channel and kind, by the names the norm file declares:
/// `topic` is `noise`, `visit` is `walk-in`.
pub type Facets = BTreeMap<String, String>;

/// A contact, as far as the choice of its norms goes.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// How it came in.
    pub channel: Channel,
    /// What it is about.
    pub kind: Kind,
    /// What else is known of it.
    pub facets: &'a Facets,
    /// The day its clock starts; some norms hold in a part of the year.
    pub on: Date,
}

/// Which contacts a norm is about. An empty list means all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// The channels it holds for.
    pub channels: Vec<Channel>,
    /// The kinds of contact it holds for.
    pub kinds: Vec<Kind>,
    /// For each facet named, the values it holds for.
    pub facets: BTreeMap<String, Vec<String>>,
    /// The part of the year it holds in.
    pub season: Option<Season>,
}

impl Scope {
    /// Whether a contact is inside the scope. What is not known of a contact is not what a norm
    /// asks for.
    #[must_use]
    pub fn covers(&self, subject: &Subject<'_>) -> bool {
        let has = |(facet, values): (&String, &Vec<String>)| {
            subject.facets.get(facet).is_some_and(|value| values.contains(value))
        };
        (self.channels.is_empty() || self.channels.contains(&subject.channel))
            && (self.kinds.is_empty() || self.kinds.contains(&subject.kind))
            && self.facets.iter().all(has)
            && self.season.is_none_or(|season| season.holds(subject.on))
    }

    /// How narrow the scope is. A rule that names more facets beats one that names fewer; then a
    /// rule for a season, a kind, a channel, each before the next.
    #[must_use]
    pub fn narrowness(&self) -> usize {
        let named = |is: bool, weight: usize| if is { weight } else { 0 };
        self.facets.len() * 8
            + named(self.season.is_some(), 4)
            + named(!self.kinds.is_empty(), 2)
            + named(!self.channels.is_empty(), 1)
    }

    /// Whether some contact is inside both.
    pub(crate) fn overlaps(&self, other: &Scope) -> bool {
        let facets_meet = self.facets.iter().all(|(facet, values)| {
            other.facets.get(facet).is_none_or(|others| meet(values, others))
        });
        let seasons_meet = match (self.season, other.season) {
            (Some(a), Some(b)) => a.overlaps(b),
            _ => true,
        };
        facets_meet
            && seasons_meet
            && (self.channels.is_empty()
                || other.channels.is_empty()
                || meet(&self.channels, &other.channels))
            && (self.kinds.is_empty() || other.kinds.is_empty() || meet(&self.kinds, &other.kinds))
    }
}

fn meet<T: PartialEq>(a: &[T], b: &[T]) -> bool {
    a.iter().any(|one| b.contains(one))
}
