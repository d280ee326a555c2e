//! Every page a person sees: what it shows as plain data, next to the template that shows it.
//!
//! A handler fills a page from the database and renders it. Nothing here decides or computes a
//! date; words come from `words` by key, so that every sentence exists in every language.
//! Each page has samples with invented data. A test renders them all in every language, and
//! `cargo run -p web --example gallery -- DIR` writes them out to be looked at.

mod absences;
mod access;
mod api_page;
mod appointment;
mod channels;
mod connections;
mod contact_form;
mod contact_sent;
mod destruction;
mod disrupted;
mod disruptions;
mod erased;
mod error_page;
mod file_page;
mod follow;
mod formatted_page;
mod frame;
mod gallery;
mod home;
mod item;
mod item_samples;
mod letter_texts;
mod logbook;
mod norms_page;
mod norms_samples;
mod outbox;
mod person;
mod plain;
mod quality;
mod register;
mod report;
mod rules;
mod search_page;
mod sign_in;
mod staff_frame;
mod status;
mod teams;
mod texts;
mod vocabulary;
mod webhooks;
mod work_list;
mod work_samples;

pub use absences::{AbsenceRow, Absences};
pub use access::{
    Access, EmployeeForm, Employees, NewLink, NewPasskey, NewStep, OpenSession, Passkey, Welcome,
    role_key,
};
pub use api_page::{ApiExample, ApiPage, api_examples};
pub use appointment::{AppointmentWhat, AppointmentWhen, AppointmentWho, VisitPanel};
pub use channels::{Channels, DoorRow, Health, MailboxRow, RelayRow, SetAsideRow, TroubleShown};
pub use connections::{Connection, Connections, MadeConnection, connection_scopes};
pub use contact_form::{ContactField, ContactForm, ContactKind, ContactProblem, ContactTyped};
pub use contact_sent::ContactSent;
pub use destruction::{CertificatePage, DestroyedRow, Destructions, KeptRow};
pub use disrupted::Disrupted;
pub(crate) use disruptions::way_key;
pub use disruptions::{DisruptionRow, DisruptionTyped, DisruptionsPage, Stage};
pub use erased::{Erased, LinkReplaced};
pub use error_page::{ErrorPage, Trouble};
pub use file_page::FilePage;
pub use follow::{Follow, FollowProblem, FollowStep, FollowStepKind, OpinionForm, Standing};
pub(crate) use formatted_page::FormattedContent;
pub use formatted_page::FormattedPage;
pub(crate) use frame::query_value;
pub use frame::{Frame, LanguageLink};
pub use gallery::{Shown, gallery};
pub use home::{Home, Hours, KeptTeaser, NextOpening, Opening, Reachable};
pub use item::DraftFile;
pub use item::{
    Attachment, Class, Delivery, Draft, Earlier, EventKind, Held, Hints, ItemEvent, ItemNotice,
    ItemPage, Locked, Phone, Promise, Verdict,
};
pub use letter_texts::{LetterLang, LetterRow, LetterTextPage, LetterTexts};
pub use logbook::{LogAsked, LogRow, Logbook};
pub(crate) use norms_page::percentage;
pub use norms_page::{Group, NormRow, NormSection, NormsPage, Results, Score, TargetRow};
pub use outbox::{Outbox, OutboxLetter, OutboxView};
pub use person::{PersonContact, PersonPage, PersonPrint, PersonRow};
pub use plain::{Accessibility, Privacy, TermRow};
pub use quality::{Drawn, Quality, Said};
pub use register::{Register, RegisterField, RegisterProblem, RegisterTyped, Registered};
pub use report::{ReportDetails, ReportMap, ReportPlace, ReportProblem, ReportTyped};
pub use rules::{OwedRow, Rules};
pub use search_page::{Found, FoundKind, SearchPage};
pub use sign_in::{SignIn, SignInProblem, SignInStep};
pub use staff_frame::{NotAllowed, Section, StaffFrame};
pub use status::{DayRow, Status, WayRow};
pub use teams::{TeamForm, Teams};
pub use texts::{SignaturePage, TextRow, TextTyped, Texts};
pub use vocabulary::{Channel, Choice, Kind, LetterState, Urgency};
pub use webhooks::{WebhookRow, Webhooks, event_choices, event_key};
pub use work_list::{KeptView, Sifter, View, WorkList, WorkRow, WorkTab};
