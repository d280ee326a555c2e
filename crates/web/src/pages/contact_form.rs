//! The contact form: one page, no account, nothing typed is ever lost.
//!
//! Names of the inputs: kind, fyi, name, email, phone, subject, message, page, website2 (a trap
//! for robots that must stay empty) and form_time (signed, when the form was asked for).

use askama::Template;
use words::Lang;

use super::Frame;

/// The contact form, empty or with what was typed and what is wrong.
#[derive(Clone, Debug, Template)]
#[template(path = "contact_form.html")]
pub struct ContactForm {
    /// What every page shares.
    pub frame: Frame,
    /// What was typed, or what the form starts with.
    pub typed: ContactTyped,
    /// What is wrong, in the order of the form: form, subject, message, name, email, phone.
    pub problems: Vec<ContactProblem>,
    /// The signed moment the form was asked for.
    pub form_time: String,
    /// What a message may expect, the norm in words.
    pub promise: Option<String>,
}

/// What a resident typed.
#[derive(Clone, Debug, Default)]
pub struct ContactTyped {
    /// What it is about.
    pub kind: ContactKind,
    /// "Ter kennisneming": no answer is expected.
    pub fyi: bool,
    /// Name, may be empty.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Telephone number, may be empty.
    pub phone: String,
    /// Subject.
    pub subject: String,
    /// The message.
    pub message: String,
    /// The page it is about, may be empty.
    pub page: String,
}

/// What a message through the form is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ContactKind {
    /// A question.
    #[default]
    Question,
    /// Something wrong or missing on the website.
    Page,
    /// A tip about our service.
    Tip,
    /// A complaint.
    Complaint,
}

/// An input of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum ContactField {
    Name,
    Email,
    Phone,
    Subject,
    Message,
    /// The form as a whole.
    Form,
}

/// What is wrong with the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ContactProblem {
    /// No name, where one is needed.
    NameMissing,
    /// More characters than a name has.
    NameTooLong,
    /// No e-mail address.
    EmailMissing,
    /// Not an e-mail address.
    EmailWrong,
    /// Not a telephone number.
    PhoneWrong,
    /// No telephone number that can be called.
    PhoneMissing,
    /// No subject.
    SubjectMissing,
    /// Subject too long.
    SubjectTooLong,
    /// No message.
    MessageMissing,
    /// Message too long.
    MessageTooLong,
    /// The form lay open too long, or its token was changed.
    FormExpired,
    /// Sent faster than a person types.
    FormTooFast,
    /// Too many forms came from this network address lately.
    TooMany,
    /// It could not be stored; what was typed is kept.
    NotStored,
}

impl ContactKind {
    /// All kinds, in the order the form shows them.
    pub const ALL: [ContactKind; 4] =
        [ContactKind::Question, ContactKind::Page, ContactKind::Tip, ContactKind::Complaint];

    /// The value in the form.
    pub fn code(self) -> &'static str {
        match self {
            ContactKind::Question => "question",
            ContactKind::Page => "page",
            ContactKind::Tip => "tip",
            ContactKind::Complaint => "complaint",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<ContactKind> {
        ContactKind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The key of its name for an employee.
    pub fn staff_key(self) -> &'static str {
        match self {
            ContactKind::Question => "staff-about-question",
            ContactKind::Page => "staff-about-page",
            ContactKind::Tip => "staff-about-tip",
            ContactKind::Complaint => "staff-about-complaint",
        }
    }

    /// The key of its name for a resident.
    pub fn key(self) -> &'static str {
        match self {
            ContactKind::Question => "contact-kind-question",
            ContactKind::Page => "contact-kind-page",
            ContactKind::Tip => "contact-kind-tip",
            ContactKind::Complaint => "contact-kind-complaint",
        }
    }
}

impl ContactField {
    /// The name and id of the input; for the form as a whole, the id of the form.
    pub fn code(self) -> &'static str {
        match self {
            ContactField::Name => "name",
            ContactField::Email => "email",
            ContactField::Phone => "phone",
            ContactField::Subject => "subject",
            ContactField::Message => "message",
            ContactField::Form => "contact-form",
        }
    }
}

impl ContactProblem {
    /// The input it is about.
    pub fn field(self) -> ContactField {
        match self {
            ContactProblem::NameMissing | ContactProblem::NameTooLong => ContactField::Name,
            ContactProblem::EmailMissing | ContactProblem::EmailWrong => ContactField::Email,
            ContactProblem::PhoneWrong | ContactProblem::PhoneMissing => ContactField::Phone,
            ContactProblem::SubjectMissing | ContactProblem::SubjectTooLong => {
                ContactField::Subject
            }
            ContactProblem::MessageMissing | ContactProblem::MessageTooLong => {
                ContactField::Message
            }
            ContactProblem::FormExpired
            | ContactProblem::FormTooFast
            | ContactProblem::TooMany
            | ContactProblem::NotStored => ContactField::Form,
        }
    }

    /// The key of the sentence that says it.
    pub fn key(self) -> &'static str {
        match self {
            ContactProblem::NameMissing => "contact-problem-name-missing",
            ContactProblem::NameTooLong => "contact-problem-name-too-long",
            ContactProblem::EmailMissing => "contact-problem-email-missing",
            ContactProblem::EmailWrong => "contact-problem-email-wrong",
            ContactProblem::PhoneWrong => "contact-problem-phone-wrong",
            ContactProblem::PhoneMissing => "call-problem-phone",
            ContactProblem::SubjectMissing => "contact-problem-subject-missing",
            ContactProblem::SubjectTooLong => "contact-problem-subject-too-long",
            ContactProblem::MessageMissing => "contact-problem-message-missing",
            ContactProblem::MessageTooLong => "contact-problem-message-too-long",
            ContactProblem::FormExpired => "contact-problem-form-expired",
            ContactProblem::FormTooFast => "contact-problem-form-too-fast",
            ContactProblem::TooMany => "contact-problem-too-many",
            ContactProblem::NotStored => "contact-problem-not-stored",
        }
    }
}

impl ContactForm {
    /// The sentence about what is wrong with an input, if anything is.
    pub fn problem(&self, field: &str) -> Option<String> {
        let found = self.problems.iter().find(|problem| problem.field().code() == field)?;
        Some(self.frame.words.say(found.key()))
    }

    /// Invented states: empty, about a page, with everything wrong.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ContactForm)> {
        let empty = ContactForm {
            frame: Frame::sample(lang, "/contact"),
            typed: ContactTyped::default(),
            problems: Vec::new(),
            form_time: "1795401234.c2FtcGxl".into(),
            promise: Some(super::home::sample_promise(lang).into()),
        };
        let mut page = empty.clone();
        page.frame.path = "/contact?page=/normen".into();
        page.typed.kind = ContactKind::Page;
        page.typed.page = "/normen".into();
        let mut wrong = empty.clone();
        wrong.typed = ContactTyped {
            kind: ContactKind::Tip,
            fyi: true,
            name: "Jan Voorbeeld".into(),
            email: "jan.voorbeeld@example".into(),
            phone: "belt u maar".into(),
            message: "De lantaarn bij <de haven> is uit & \"'s avonds\" donker.".into(),
            ..ContactTyped::default()
        };
        wrong.problems = vec![
            ContactProblem::SubjectMissing,
            ContactProblem::MessageTooLong,
            ContactProblem::EmailWrong,
            ContactProblem::PhoneWrong,
        ];
        let mut other = empty.clone();
        other.problems = vec![
            ContactProblem::FormExpired,
            ContactProblem::SubjectTooLong,
            ContactProblem::MessageMissing,
            ContactProblem::NameTooLong,
            ContactProblem::EmailMissing,
        ];
        let mut fast = empty.clone();
        fast.problems = vec![ContactProblem::FormTooFast];
        let mut kept = wrong.clone();
        kept.problems = vec![ContactProblem::TooMany, ContactProblem::NotStored];
        vec![
            ("empty", empty),
            ("page", page),
            ("wrong", wrong),
            ("other", other),
            ("fast", fast),
            ("kept", kept),
        ]
    }
}
