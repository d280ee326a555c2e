//! Register a contact by hand, in seconds and by keyboard. Posts to /werk/registreren.
//!
//! Inputs: channel, kind, name, phone, email, address, subject, text, date, time, fyi,
//! follow_up, earlier, answered, answer, lang.

use askama::Template;
use norms::{Category, Facets};
use words::Lang;

use super::{Channel, Choice, ContactKind, Earlier, Section, StaffFrame};

/// The form to register a contact.
#[derive(Clone, Debug, Template)]
#[template(path = "register.html")]
pub struct Register {
    /// What every page shares.
    pub frame: StaffFrame,
    /// The channels to choose from.
    pub channels: Vec<Channel>,
    /// What the norm file tells contacts apart by: of each facet its name and its values.
    pub facets: Vec<(String, Vec<Choice>)>,
    /// What was typed, or what the form starts with.
    pub typed: RegisterTyped,
    /// What is wrong, in the order of the fields.
    pub problems: Vec<RegisterProblem>,
    /// The contact that was registered just before.
    pub registered: Option<Registered>,
    /// What is open already of the same person, to be looked at first.
    pub alike: Vec<Earlier>,
}

/// What an employee typed.
#[derive(Clone, Debug)]
pub struct RegisterTyped {
    /// Where it came in.
    pub channel: Channel,
    /// What it is about.
    pub kind: ContactKind,
    /// The resident's name.
    pub name: String,
    /// Their telephone number.
    pub phone: String,
    /// Their e-mail address.
    pub email: String,
    /// Their postal address.
    pub address: String,
    /// The language to answer in.
    pub lang: Lang,
    /// The subject.
    pub subject: String,
    /// What was said or written.
    pub text: String,
    /// The day it was received (ISO).
    pub date: String,
    /// The time it was received (HH:MM).
    pub time: String,
    /// It asks nothing.
    pub fyi: bool,
    /// It belongs to an earlier contact.
    pub follow_up: bool,
    /// The number of that earlier contact.
    pub earlier: String,
    /// It was answered at once.
    pub answered: bool,
    /// The answer that was given.
    pub answer: String,
    /// Where it is, of a report; may be empty.
    pub place: String,
    /// What the contact is told apart by, in the words of the norm file.
    pub facets: Facets,
}

/// An input of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum RegisterField {
    Name,
    Phone,
    Email,
    Subject,
    Text,
    Date,
    Earlier,
    Answer,
}

/// What is wrong with the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RegisterProblem {
    /// No way to reach the resident, while something is owed.
    NoWayBack,
    /// Not a telephone number.
    PhoneWrong,
    /// Not an e-mail address.
    EmailWrong,
    /// A complaint or an invoice is answered by somebody whose work it is.
    NotYours,
    /// No subject.
    SubjectMissing,
    /// A text, subject or name is too long.
    TextTooLong,
    /// Not a date and time.
    DateWrong,
    /// Received in the future.
    DateInFuture,
    /// There is no contact with that number.
    EarlierUnknown,
    /// Answered at once, but what the answer was is missing.
    AnswerMissing,
}

/// A contact that was registered just before.
#[derive(Clone, Debug)]
pub struct Registered {
    /// Its number.
    pub number: String,
    /// By when something is owed, in words.
    pub due: Option<String>,
    /// The days that were skipped.
    pub why: Option<String>,
}

impl RegisterField {
    /// The name and id of the input.
    pub fn code(self) -> &'static str {
        match self {
            RegisterField::Name => "name",
            RegisterField::Phone => "phone",
            RegisterField::Email => "email",
            RegisterField::Subject => "subject",
            RegisterField::Text => "text",
            RegisterField::Date => "date",
            RegisterField::Earlier => "earlier",
            RegisterField::Answer => "answer",
        }
    }
}

impl RegisterProblem {
    /// The input it is about.
    pub fn field(self) -> RegisterField {
        match self {
            RegisterProblem::NoWayBack | RegisterProblem::PhoneWrong => RegisterField::Phone,
            RegisterProblem::EmailWrong => RegisterField::Email,
            RegisterProblem::SubjectMissing => RegisterField::Subject,
            RegisterProblem::TextTooLong => RegisterField::Text,
            RegisterProblem::DateWrong | RegisterProblem::DateInFuture => RegisterField::Date,
            RegisterProblem::EarlierUnknown => RegisterField::Earlier,
            RegisterProblem::AnswerMissing | RegisterProblem::NotYours => RegisterField::Answer,
        }
    }

    /// The key of the sentence that says it.
    pub fn key(self) -> &'static str {
        match self {
            RegisterProblem::NoWayBack => "staff-register-problem-no-way-back",
            RegisterProblem::PhoneWrong => "staff-register-problem-phone-wrong",
            RegisterProblem::EmailWrong => "staff-register-problem-email-wrong",
            RegisterProblem::NotYours => "refusal-not-yours",
            RegisterProblem::SubjectMissing => "staff-register-problem-subject-missing",
            RegisterProblem::TextTooLong => "staff-register-problem-text-too-long",
            RegisterProblem::DateWrong => "staff-register-problem-date-wrong",
            RegisterProblem::DateInFuture => "staff-register-problem-date-in-future",
            RegisterProblem::EarlierUnknown => "staff-register-problem-earlier-unknown",
            RegisterProblem::AnswerMissing => "staff-register-problem-answer-missing",
        }
    }
}

impl RegisterTyped {
    /// An empty form at a moment: the date (ISO) and the time (HH:MM) it is received.
    pub fn at(date: &str, time: &str) -> RegisterTyped {
        RegisterTyped {
            channel: Channel::Phone,
            kind: ContactKind::Question,
            name: String::new(),
            phone: String::new(),
            email: String::new(),
            address: String::new(),
            lang: Lang::Nl,
            subject: String::new(),
            text: String::new(),
            date: date.into(),
            time: time.into(),
            fyi: false,
            follow_up: false,
            earlier: String::new(),
            answered: false,
            answer: String::new(),
            place: String::new(),
            facets: Facets::new(),
        }
    }
}

impl Registered {
    /// The address of the contact.
    pub fn path(&self) -> String {
        format!("/werk/contacten/{}", self.number)
    }
}

impl Register {
    /// What an employee calls a facet.
    pub fn facet_label(&self, facet: &str) -> String {
        match facet {
            Category::FACET => self.frame.words.say("staff-register-category"),
            facet => facet.to_owned(),
        }
    }

    /// Whether a facet is only of reports.
    pub fn is_of_reports(&self, facet: &str) -> bool {
        facet == Category::FACET
    }

    /// For inputs that nothing can be wrong with.
    pub fn no_problem(&self) -> Option<String> {
        None
    }

    /// The sentence about what is wrong with an input, if anything is.
    pub fn problem(&self, field: &str) -> Option<String> {
        let found = self.problems.iter().find(|problem| problem.field().code() == field)?;
        Some(self.frame.words.say(found.key()))
    }

    /// Invented states: empty, just registered one, everything wrong.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Register)> {
        let empty = Register {
            frame: StaffFrame::sample(lang, "/werk/registreren", Section::Register),
            channels: Channel::ALL[..10].to_vec(),
            facets: vec![
                ("onderwerp".into(), vec![Choice::new("lamp", "Een lamp is stuk")]),
                (Category::FACET.into(), vec![Choice::new("light", "Straatverlichting")]),
            ],
            typed: RegisterTyped::at("2026-11-23", "15:04"),
            problems: Vec::new(),
            registered: None,
            alike: Vec::new(),
        };
        let mut alike = empty.clone();
        alike.alike = vec![Earlier {
            number: "2026-000123".into(),
            subject: "Lantaarn bij de haven".into(),
            received: "23 nov".into(),
            open: true,
        }];
        let mut after = empty.clone();
        after.registered = Some(Registered {
            number: "2026-000131".into(),
            due: Some("woensdag 25 november 2026".into()),
            why: None,
        });
        let mut wrong = empty.clone();
        wrong.typed.channel = Channel::Counter;
        wrong.typed.kind = ContactKind::Complaint;
        wrong.typed.email = "jan".into();
        wrong.typed.answered = true;
        wrong.typed.follow_up = true;
        wrong.typed.earlier = "2025-999999".into();
        wrong.problems = vec![
            RegisterProblem::PhoneWrong,
            RegisterProblem::EmailWrong,
            RegisterProblem::SubjectMissing,
            RegisterProblem::TextTooLong,
            RegisterProblem::DateInFuture,
            RegisterProblem::EarlierUnknown,
            RegisterProblem::AnswerMissing,
        ];
        let mut other = empty.clone();
        other.problems = vec![RegisterProblem::NoWayBack, RegisterProblem::DateWrong];
        vec![
            ("alike", alike),
            ("empty", empty),
            ("after", after),
            ("wrong", wrong),
            ("other", other),
        ]
    }
}
