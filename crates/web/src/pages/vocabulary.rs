//! Closed sets of words that several pages share: channels, kinds, urgency, states of a letter.

/// Where a contact came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Channel {
    Website,
    Phone,
    Form,
    Email,
    Social,
    Counter,
    Post,
    Report,
    Complaint,
    Invoice,
    Voicemail,
    Text,
    Chat,
    Fax,
    Visit,
}

impl Channel {
    /// All channels, in the order a choice shows them.
    pub const ALL: [Channel; 15] = [
        Channel::Phone,
        Channel::Counter,
        Channel::Email,
        Channel::Form,
        Channel::Social,
        Channel::Post,
        Channel::Website,
        Channel::Report,
        Channel::Complaint,
        Channel::Invoice,
        Channel::Voicemail,
        Channel::Text,
        Channel::Chat,
        Channel::Fax,
        Channel::Visit,
    ];

    /// The value in a form: "phone".
    pub fn code(self) -> &'static str {
        match self {
            Channel::Website => "website",
            Channel::Phone => "phone",
            Channel::Form => "form",
            Channel::Email => "email",
            Channel::Social => "social",
            Channel::Counter => "counter",
            Channel::Post => "post",
            Channel::Report => "report",
            Channel::Complaint => "complaint",
            Channel::Invoice => "invoice",
            Channel::Voicemail => "voicemail",
            Channel::Text => "text",
            Channel::Chat => "chat",
            Channel::Fax => "fax",
            Channel::Visit => "visit",
        }
    }

    /// The channel with this code.
    pub fn from_code(code: &str) -> Option<Channel> {
        Channel::ALL.into_iter().find(|channel| channel.code() == code)
    }

    /// The key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Channel::Website => "staff-channel-website",
            Channel::Phone => "staff-channel-phone",
            Channel::Form => "staff-channel-form",
            Channel::Email => "staff-channel-email",
            Channel::Social => "staff-channel-social",
            Channel::Counter => "staff-channel-counter",
            Channel::Post => "staff-channel-post",
            Channel::Report => "staff-channel-report",
            Channel::Complaint => "staff-channel-complaint",
            Channel::Invoice => "staff-channel-invoice",
            Channel::Voicemail => "staff-channel-voicemail",
            Channel::Text => "staff-channel-text",
            Channel::Chat => "staff-channel-chat",
            Channel::Fax => "staff-channel-fax",
            Channel::Visit => "staff-channel-visit",
        }
    }
}

/// How a message is treated; the evidence decides and an employee may correct it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An ordinary message that is owed an answer.
    Ordinary,
    /// Sent for information; asks nothing.
    Fyi,
    /// Belongs to an earlier contact.
    FollowUp,
    /// Sent by a machine.
    Automatic,
    /// Nobody asked for it.
    Spam,
}

impl Kind {
    /// All kinds, in the order a choice shows them.
    pub const ALL: [Kind; 5] =
        [Kind::Ordinary, Kind::Fyi, Kind::FollowUp, Kind::Automatic, Kind::Spam];

    /// The value in a form.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Ordinary => "ordinary",
            Kind::Fyi => "fyi",
            Kind::FollowUp => "follow-up",
            Kind::Automatic => "automatic",
            Kind::Spam => "spam",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Kind::Ordinary => "staff-kind-ordinary",
            Kind::Fyi => "staff-kind-fyi",
            Kind::FollowUp => "staff-kind-follow-up",
            Kind::Automatic => "staff-kind-automatic",
            Kind::Spam => "staff-view-spam",
        }
    }

    /// The key of the button that makes a message this kind.
    pub fn correct_key(self) -> &'static str {
        match self {
            Kind::Ordinary => "staff-kind-make-ordinary",
            Kind::Fyi => "staff-kind-make-fyi",
            Kind::FollowUp => "staff-kind-make-follow-up",
            Kind::Automatic => "staff-kind-make-automatic",
            Kind::Spam => "staff-view-spam",
        }
    }
}

/// How near a deadline is; said in words and shown in colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Urgency {
    /// The deadline has passed.
    Overdue,
    /// Due before the end of today.
    Today,
    /// Due on the next working day.
    Soon,
    /// Due later.
    Later,
    /// Nothing is owed.
    Nothing,
}

impl Urgency {
    /// The word for style sheets and scripts.
    pub fn code(self) -> &'static str {
        match self {
            Urgency::Overdue => "overdue",
            Urgency::Today => "today",
            Urgency::Soon => "soon",
            Urgency::Later => "later",
            Urgency::Nothing => "nothing",
        }
    }

    /// The key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Urgency::Overdue => "staff-urgency-overdue",
            Urgency::Today => "staff-urgency-today",
            Urgency::Soon => "staff-urgency-soon",
            Urgency::Later => "staff-urgency-later",
            Urgency::Nothing => "staff-urgency-nothing",
        }
    }
}

/// Where a letter to a resident stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LetterState {
    /// Written, and can still be taken back.
    Held,
    /// Taken back before it left.
    Recalled,
    /// Written, not yet handed to the mail server.
    Waiting,
    /// Handed over.
    Sent,
    /// Refused for good; somebody must do something.
    Failed,
    /// To be printed and posted by hand.
    OnPaper,
}

impl LetterState {
    /// The word for style sheets.
    pub fn code(self) -> &'static str {
        match self {
            LetterState::Held => "held",
            LetterState::Recalled => "recalled",
            LetterState::Waiting => "waiting",
            LetterState::Sent => "sent",
            LetterState::Failed => "failed",
            LetterState::OnPaper => "paper",
        }
    }

    /// The key of its name.
    pub fn key(self) -> &'static str {
        match self {
            LetterState::Held => "staff-letter-held",
            LetterState::Recalled => "staff-letter-recalled",
            LetterState::Waiting => "staff-letter-waiting",
            LetterState::Sent => "staff-letter-sent",
            LetterState::Failed => "staff-letter-failed",
            LetterState::OnPaper => "staff-letter-paper",
        }
    }
}

/// One option of a choice: a person, a team, a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The value in the form.
    pub value: String,
    /// What the person reads.
    pub label: String,
    /// Whether it is chosen now.
    pub chosen: bool,
}

impl Choice {
    /// An option that is not chosen.
    pub fn new(value: &str, label: &str) -> Choice {
        Choice { value: value.into(), label: label.into(), chosen: false }
    }
}
