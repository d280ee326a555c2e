//! The expected ways to say no. Each has a sentence for the person, under `refusal-…` in the words.

use std::fmt;

/// Why something is not done. Nothing has changed when a refusal comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such contact.
    NotFound,
    /// The contact is closed; it can be reopened.
    Closed,
    /// The contact is not closed, so it can not be reopened.
    NotClosed,
    /// The date lies before today.
    DateInPast,
    /// The date lies further away than a promise may.
    DateTooFar,
    /// Nothing that is owed is kept by telling a date: an invoice is paid, not answered.
    NoDateOwed,
    /// The text is empty.
    TextEmpty,
    /// The text is longer than the limit.
    TextTooLong,
    /// There is no address to mail to.
    NoAddress,
    /// Something is still owed; answer, say when, or close with a reason that says why not.
    PromisesOpen,
    /// It is of that class already.
    SameClass,
    /// Only messages are acknowledged, and this one already is or needs none.
    NothingToAcknowledge,
    /// Nothing that is open was promised that this would keep or set aside.
    NothingPromised,
    /// The norm file knows no such ground for this norm.
    NoSuchGround,
    /// A day is needed.
    DateMissing,
    /// No role of who asks has the right to it.
    NotAllowed,
    /// Complaints and invoices are answered by somebody whose work they are.
    NotYours,
    /// There is no such employee, or the account is closed.
    UnknownEmployee,
    /// There is no such team.
    UnknownTeam,
    /// Another team has this name.
    TeamNameTaken,
    /// Nobody who works here is in the team, so nobody would see it.
    TeamEmpty,
    /// There are as many teams as there may be.
    TooManyTeams,
    /// A colleague judged this answer already.
    ReviewedAlready,
    /// Nothing was answered, so there is nothing to judge.
    NothingAnswered,
    /// A colleague answered or said when after this page was opened.
    AnsweredMeanwhile,
    /// The letter is with the postman already.
    LetterLeft,
    /// Something was decided after the letter was written, so taking it back undoes too much.
    ChangedSince,
    /// An address for a copy is no mail address, or there are too many.
    CopyAddress,
    /// The files that go along are too many, or too large together.
    FilesTooLarge,
    /// A program does not go along: mail servers refuse the whole letter for it.
    FileProgram,
    /// A contact can not belong to itself.
    SameContact,
    /// The deadline comes before the day until which it would be left alone.
    SleepsTooLong,
    /// There are as many kept views as there may be.
    TooManyViews,
    /// No contact has this number.
    NoSuchNumber,
    /// The other contact is of someone else, who was promised an answer too.
    OtherPerson,
    /// The other contact is closed, so nothing goes on there.
    OtherClosed,
    /// Files can not go along this way.
    FilesNeedMail,
    /// A colleague is writing the answer; who means to can take over.
    LockedByColleague,
    /// It is no name for a tag: empty, too long, or with other signs than letters and digits.
    TagName,
    /// Somebody else signs in with this name.
    LoginTaken,
    /// Who signs in elsewhere is in no group that is something here.
    NoRoleElsewhere,
    /// The account of who signs in is closed.
    AccountIsClosed,
    /// Somebody has to be left who can open accounts.
    LastAdministrator,
    /// The link is over: it was used, replaced, or is too old.
    InvitationOver,
    /// The password is not the one of now.
    WrongPassword,
    /// The password is too short or too long.
    PasswordLength,
    /// The code is not the one of now, or was used.
    WrongCode,
    /// It was tried too often; wait.
    TooManyTries,
    /// There is a second step already.
    SecondStepIsOn,
    /// What the browser says of a new passkey does not hold, or it took too long.
    PasskeyNotMade,
    /// This passkey is there already.
    PasskeyKnown,
    /// There are as many passkeys as there may be.
    TooManyPasskeys,
    /// Somebody has to be something.
    RoleMissing,
    /// Somebody has to have a name.
    NameMissing,
    /// The contact has as many tags as it may have.
    TooManyTags,
    /// There are as many tags as there may be.
    NoMoreTags,
    /// Everything personal of the contact was removed.
    Erased,
    /// What is open is not erased.
    EraseOpen,
    /// Something is still promised, so it is not erased.
    ErasePromised,
    /// A letter still has to leave, so it is not erased.
    EraseLetter,
    /// It is kept longer on purpose, so it is not erased.
    EraseKept,
    /// What can not be undone was not confirmed.
    NotSure,
    /// The list of what is destroyed changed after this page was opened.
    ListChanged,
    /// The list of this month was approved already.
    ListApproved,
    /// Nothing is past its term.
    ListEmpty,
    /// A token has to open something.
    ScopeMissing,
    /// A token lasts at least a day and at most a year.
    TokenDays,
    /// There are as many tokens as there may be.
    TooManyTokens,
    /// The counter is not for that.
    NoSuchProduct,
    /// Nobody, or more than may come together.
    PersonsTooMany,
    /// The contact is no appointment.
    NoAppointment,
    /// The appointment has begun, was called off, or is over.
    AppointmentOver,
    /// One address has as many appointments to come as may be.
    VisitsTooMany,
    /// Who is called, or was helped, has to be there.
    NotArrived,
    /// There is no such desk on that day.
    NoSuchDesk,
    /// Nobody is missed before the time of the appointment.
    NotYetTime,
    /// A closing ends after it begins, not in the past, and does not last too long.
    SpanWrong,
    /// Arriving and being called are for the day itself.
    NotToday,
    /// That is no address that events can be sent to.
    WebhookAddress,
    /// A webhook has to be told something.
    WebhookTypeMissing,
    /// There are as many webhooks as there may be.
    TooManyWebhooks,
    /// That is no event and no moment from which events can be sent again.
    WebhookReplay,
}

impl Refusal {
    /// Every refusal, for the test that each has its sentence.
    pub const ALL: [Refusal; 82] = [
        Refusal::NotFound,
        Refusal::Closed,
        Refusal::NotClosed,
        Refusal::DateInPast,
        Refusal::DateTooFar,
        Refusal::NoDateOwed,
        Refusal::TextEmpty,
        Refusal::TextTooLong,
        Refusal::NoAddress,
        Refusal::PromisesOpen,
        Refusal::SameClass,
        Refusal::NothingToAcknowledge,
        Refusal::NothingPromised,
        Refusal::NoSuchGround,
        Refusal::DateMissing,
        Refusal::NotAllowed,
        Refusal::NotYours,
        Refusal::UnknownEmployee,
        Refusal::UnknownTeam,
        Refusal::TeamNameTaken,
        Refusal::TeamEmpty,
        Refusal::TooManyTeams,
        Refusal::ReviewedAlready,
        Refusal::NothingAnswered,
        Refusal::AnsweredMeanwhile,
        Refusal::LetterLeft,
        Refusal::ChangedSince,
        Refusal::CopyAddress,
        Refusal::FilesTooLarge,
        Refusal::FileProgram,
        Refusal::SameContact,
        Refusal::SleepsTooLong,
        Refusal::TooManyViews,
        Refusal::NoSuchNumber,
        Refusal::OtherPerson,
        Refusal::OtherClosed,
        Refusal::FilesNeedMail,
        Refusal::LockedByColleague,
        Refusal::TagName,
        Refusal::TooManyTags,
        Refusal::NoMoreTags,
        Refusal::Erased,
        Refusal::EraseOpen,
        Refusal::ErasePromised,
        Refusal::EraseLetter,
        Refusal::EraseKept,
        Refusal::NotSure,
        Refusal::ListChanged,
        Refusal::ListApproved,
        Refusal::ListEmpty,
        Refusal::LoginTaken,
        Refusal::NoRoleElsewhere,
        Refusal::AccountIsClosed,
        Refusal::LastAdministrator,
        Refusal::InvitationOver,
        Refusal::WrongPassword,
        Refusal::PasswordLength,
        Refusal::WrongCode,
        Refusal::TooManyTries,
        Refusal::SecondStepIsOn,
        Refusal::PasskeyNotMade,
        Refusal::PasskeyKnown,
        Refusal::TooManyPasskeys,
        Refusal::RoleMissing,
        Refusal::NameMissing,
        Refusal::ScopeMissing,
        Refusal::TokenDays,
        Refusal::TooManyTokens,
        Refusal::NoSuchProduct,
        Refusal::PersonsTooMany,
        Refusal::NoAppointment,
        Refusal::AppointmentOver,
        Refusal::VisitsTooMany,
        Refusal::NotArrived,
        Refusal::NoSuchDesk,
        Refusal::NotYetTime,
        Refusal::SpanWrong,
        Refusal::NotToday,
        Refusal::WebhookAddress,
        Refusal::WebhookTypeMissing,
        Refusal::TooManyWebhooks,
        Refusal::WebhookReplay,
    ];

    /// The key of its sentence in the words.
    pub fn key(self) -> &'static str {
        match self {
            Refusal::NotFound => "refusal-not-found",
            Refusal::Closed => "refusal-closed",
            Refusal::NotClosed => "refusal-not-closed",
            Refusal::DateInPast => "refusal-date-in-past",
            Refusal::DateTooFar => "refusal-date-too-far",
            Refusal::NoDateOwed => "refusal-no-date-owed",
            Refusal::TextEmpty => "refusal-text-empty",
            Refusal::TextTooLong => "refusal-text-too-long",
            Refusal::NoAddress => "refusal-no-address",
            Refusal::PromisesOpen => "refusal-promises-open",
            Refusal::SameClass => "refusal-same-class",
            Refusal::NothingToAcknowledge => "refusal-nothing-to-acknowledge",
            Refusal::NothingPromised => "refusal-nothing-promised",
            Refusal::NoSuchGround => "refusal-no-such-ground",
            Refusal::DateMissing => "refusal-date-missing",
            Refusal::NotAllowed => "refusal-not-allowed",
            Refusal::NotYours => "refusal-not-yours",
            Refusal::UnknownEmployee => "refusal-unknown-employee",
            Refusal::UnknownTeam => "refusal-unknown-team",
            Refusal::TeamNameTaken => "refusal-team-name-taken",
            Refusal::TeamEmpty => "refusal-team-empty",
            Refusal::TooManyTeams => "refusal-too-many-teams",
            Refusal::ReviewedAlready => "refusal-reviewed-already",
            Refusal::NothingAnswered => "refusal-nothing-answered",
            Refusal::AnsweredMeanwhile => "refusal-answered-meanwhile",
            Refusal::LetterLeft => "refusal-letter-left",
            Refusal::ChangedSince => "refusal-changed-since",
            Refusal::CopyAddress => "refusal-copy-address",
            Refusal::FilesTooLarge => "refusal-files-too-large",
            Refusal::FileProgram => "refusal-file-program",
            Refusal::SameContact => "refusal-same-contact",
            Refusal::SleepsTooLong => "refusal-sleeps-too-long",
            Refusal::TooManyViews => "refusal-too-many-views",
            Refusal::NoSuchNumber => "refusal-no-such-number",
            Refusal::OtherPerson => "refusal-other-person",
            Refusal::OtherClosed => "refusal-other-closed",
            Refusal::FilesNeedMail => "refusal-files-need-mail",
            Refusal::LockedByColleague => "refusal-locked-by-colleague",
            Refusal::TagName => "refusal-tag-name",
            Refusal::LoginTaken => "refusal-login-taken",
            Refusal::NoRoleElsewhere => "refusal-no-role-elsewhere",
            Refusal::AccountIsClosed => "refusal-account-is-closed",
            Refusal::LastAdministrator => "refusal-last-administrator",
            Refusal::InvitationOver => "refusal-invitation-over",
            Refusal::WrongPassword => "refusal-wrong-password",
            Refusal::PasswordLength => "refusal-password-length",
            Refusal::WrongCode => "refusal-wrong-code",
            Refusal::TooManyTries => "refusal-too-many-tries",
            Refusal::SecondStepIsOn => "refusal-second-step-is-on",
            Refusal::PasskeyNotMade => "refusal-passkey-not-made",
            Refusal::PasskeyKnown => "refusal-passkey-known",
            Refusal::TooManyPasskeys => "refusal-too-many-passkeys",
            Refusal::RoleMissing => "refusal-role-missing",
            Refusal::NameMissing => "refusal-name-missing",
            Refusal::TooManyTags => "refusal-too-many-tags",
            Refusal::NoMoreTags => "refusal-no-more-tags",
            Refusal::Erased => "refusal-erased",
            Refusal::EraseOpen => "refusal-erase-open",
            Refusal::ErasePromised => "refusal-erase-promised",
            Refusal::EraseLetter => "refusal-erase-letter",
            Refusal::EraseKept => "refusal-erase-kept",
            Refusal::NotSure => "refusal-not-sure",
            Refusal::ListChanged => "refusal-list-changed",
            Refusal::ListApproved => "refusal-list-approved",
            Refusal::ListEmpty => "refusal-list-empty",
            Refusal::ScopeMissing => "refusal-scope-missing",
            Refusal::TokenDays => "refusal-token-days",
            Refusal::TooManyTokens => "refusal-too-many-tokens",
            Refusal::NoSuchProduct => "refusal-no-such-product",
            Refusal::PersonsTooMany => "refusal-persons-too-many",
            Refusal::NoAppointment => "refusal-no-appointment",
            Refusal::AppointmentOver => "refusal-appointment-over",
            Refusal::VisitsTooMany => "refusal-visits-too-many",
            Refusal::NotArrived => "refusal-not-arrived",
            Refusal::NoSuchDesk => "refusal-no-such-desk",
            Refusal::NotYetTime => "refusal-not-yet-time",
            Refusal::SpanWrong => "refusal-span-wrong",
            Refusal::NotToday => "refusal-not-today",
            Refusal::WebhookAddress => "refusal-webhook-address",
            Refusal::WebhookTypeMissing => "refusal-webhook-type-missing",
            Refusal::TooManyWebhooks => "refusal-too-many-webhooks",
            Refusal::WebhookReplay => "refusal-webhook-replay",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

impl std::error::Error for Refusal {}
