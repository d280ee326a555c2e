//! Every page a person sees: what it shows as plain data, next to the template that shows it.
//!
//! A handler fills a page from the database and renders it. Nothing here decides or computes a
//! date; words come from `words` by key, so that every sentence exists in every language.
//! Each page has samples with invented data. A test renders them all in every language, and
//! `cargo run -p web --example gallery -- DIR` writes them out to be looked at.

mod absences;
mod access;
mod ahead;
mod api_page;
mod appointment;
mod call_form;
mod calls;
mod channels;
mod closings;
mod connections;
mod contact_form;
mod contact_sent;
mod counter;
mod counter_booking;
mod counter_figures;
mod counting_page;
mod destruction;
mod disrupted;
mod disruptions;
mod erased;
mod error_page;
mod feeds;
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
mod norm_what_if;
mod norms_page;
mod norms_samples;
mod outbox;
mod person;
mod phone;
mod plain;
mod planning;
mod quality;
mod register;
mod report;
mod report_figures;
mod rules;
mod search_page;
mod sign_in;
mod staff_frame;
mod staffing;
mod status;
mod teams;
mod texts;
mod vocabulary;
mod waiting_room;
mod webhooks;
mod what_if;
mod work_list;
mod work_samples;
mod working_hours;

pub use absences::{AbsenceRow, Absences};
pub use access::{
    Access, EmployeeForm, Employees, NewLink, NewPasskey, NewStep, OpenSession, Passkey, Welcome,
    role_key,
};
pub use ahead::{AheadPage, AheadRow};
pub use api_page::{ApiExample, ApiPage, api_examples};
pub use appointment::{AppointmentConfirm, AppointmentWhat, AppointmentWhen, AppointmentWho};
pub use appointment::{ConfirmStep, VisitPanel};
pub use call_form::CallForm;
pub use calls::{Call, CallLine, CallNote, Calls, NoteProblem, NoteTyped};
pub use channels::{Channels, DoorRow, Health, MailboxRow, RelayRow, SetAsideRow, TroubleShown};
pub use closings::{ClosingRow, ClosingTyped, Closings};
pub use connections::{Connection, Connections, MadeConnection, connection_scopes};
pub use contact_form::{ContactField, ContactForm, ContactKind, ContactProblem, ContactTyped};
pub use contact_sent::ContactSent;
pub(crate) use counter::state_key as visit_state_key;
pub use counter::{CallRow, CounterDay, CounterVisit, VisitRow, WalkIn};
pub use counter_booking::{BookProblem, BookTyped, Booking, Moving, Times};
pub use counter_figures::{CounterFigures, FigureGroup, FigureRow, FreeRow, Part};
pub use counting_page::{CountedNorm, CountingPage};
pub use destruction::{CertificatePage, DestroyedRow, Destructions, KeptRow};
pub use disrupted::Disrupted;
pub(crate) use disruptions::way_key;
pub use disruptions::{DisruptionRow, DisruptionTyped, DisruptionsPage, Stage};
pub use erased::{Erased, LinkReplaced};
pub use error_page::{ErrorPage, Trouble};
pub use feeds::{FeedRow, Feeds};
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
pub use norm_what_if::{NormEffect, NormWhatIf, NormWhatIfFound};
pub(crate) use norms_page::percentage;
pub use norms_page::{Group, NormRow, NormSection, NormsPage, Results, Score, TargetRow};
pub use outbox::{Outbox, OutboxLetter, OutboxView};
pub use person::{PersonContact, PersonPage, PersonPrint, PersonRow};
pub(crate) use phone::encoded;
pub use phone::{CallScreen, KnownContact, Party, PhoneBoard, PhoneFiguresPage, PhoneNumbers};
pub use phone::{PhoneNumbersOf, QueueLine};
pub use plain::{Accessibility, Privacy, TermRow};
pub use planning::{PlanDay, PlanDesk, PlanTime, PlanWhat, Planning};
pub use quality::{Drawn, Quality, Said};
pub use register::{Register, RegisterField, RegisterProblem, RegisterTyped, Registered};
pub use report::{ReportDetails, ReportMap, ReportPlace, ReportProblem, ReportTyped};
pub use report_figures::{AnnualReport, FigureLine, PeriodFigures, ReportFigures, ReportItem};
pub use report_figures::{ReportItems, Sentence, WaitLine};
pub use rules::{OwedRow, Rules};
pub use search_page::{Found, FoundKind, SearchPage};
pub use sign_in::{SignIn, SignInProblem, SignInStep};
pub use staff_frame::{NotAllowed, Section, StaffFrame};
pub use staffing::{HalfHour, Staffing};
pub use status::{DayRow, Status, WayRow};
pub use teams::{TeamForm, Teams};
pub use texts::{SignaturePage, TextRow, TextTyped, Texts};
pub use vocabulary::{Channel, Choice, Kind, LetterState, Urgency};
pub use waiting_room::{CalledNumber, WaitingRoom};
pub use webhooks::{WebhookRow, Webhooks, event_choices, event_key};
pub use what_if::{WhatIf, WhatIfFound, WhatIfProblem, WhatIfRow};
pub use work_list::{KeptView, Sifter, View, WorkList, WorkRow, WorkTab};
pub use working_hours::{HoursForm, WorkingHours};
