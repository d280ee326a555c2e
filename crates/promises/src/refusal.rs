//! The expected ways to say no. Each has a sentence for the person, under `refusal-…` in the words.

use std::fmt;

/// Declares the refusals, each with the key of its sentence.
macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident = $key:literal;)+) => {
        /// Why something is not done. Nothing has changed when a refusal comes back.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Refusal {
            $($(#[$doc])* $name,)+
        }

        impl Refusal {
            /// Every refusal, for the test that each has its sentence.
            pub const ALL: &[Refusal] = &[$(Refusal::$name,)+];

            /// The key of its sentence in the words.
            pub fn key(self) -> &'static str {
                match self {
                    $(Refusal::$name => $key,)+
                }
            }
        }
    };
}

refusals! {
    /// There is no such contact.
    NotFound = "refusal-not-found";
    /// A call or its event has no name, or one that is too long.
    CallUnnamed = "refusal-call-unnamed";
    /// This is no telephone number that can be called.
    NoPhone = "refusal-no-phone";
    /// The norm file has no menu, so that calls can not be steered.
    NoMenu = "refusal-no-menu";
    /// The contact is closed; it can be reopened.
    Closed = "refusal-closed";
    /// The contact is not closed, so it can not be reopened.
    NotClosed = "refusal-not-closed";
    /// The date lies before today.
    DateInPast = "refusal-date-in-past";
    /// The date lies further away than a promise may.
    DateTooFar = "refusal-date-too-far";
    /// Nothing that is owed is kept by telling a date: an invoice is paid, not answered.
    NoDateOwed = "refusal-no-date-owed";
    /// The text is empty.
    TextEmpty = "refusal-text-empty";
    /// The text is longer than the limit.
    TextTooLong = "refusal-text-too-long";
    /// There is no address to mail to.
    NoAddress = "refusal-no-address";
    /// Something is still owed; answer, say when, or close with a reason that says why not.
    PromisesOpen = "refusal-promises-open";
    /// It is of that class already.
    SameClass = "refusal-same-class";
    /// Only messages are acknowledged, and this one already is or needs none.
    NothingToAcknowledge = "refusal-nothing-to-acknowledge";
    /// Nothing that is open was promised that this would keep or set aside.
    NothingPromised = "refusal-nothing-promised";
    /// The norm file knows no such ground for this norm.
    NoSuchGround = "refusal-no-such-ground";
    /// A day is needed.
    DateMissing = "refusal-date-missing";
    /// No role of who asks has the right to it.
    NotAllowed = "refusal-not-allowed";
    /// Complaints and invoices are answered by somebody whose work they are.
    NotYours = "refusal-not-yours";
    /// There is no such employee, or the account is closed.
    UnknownEmployee = "refusal-unknown-employee";
    /// There is no such team.
    UnknownTeam = "refusal-unknown-team";
    /// Another team has this name.
    TeamNameTaken = "refusal-team-name-taken";
    /// That is no number of hours, or more than a day has.
    HoursWrong = "refusal-hours-wrong";
    /// Nobody who works here is in the team, so nobody would see it.
    TeamEmpty = "refusal-team-empty";
    /// There are as many teams as there may be.
    TooManyTeams = "refusal-too-many-teams";
    /// A colleague judged this answer already.
    ReviewedAlready = "refusal-reviewed-already";
    /// Nothing was answered, so there is nothing to judge.
    NothingAnswered = "refusal-nothing-answered";
    /// A colleague answered or said when after this page was opened.
    AnsweredMeanwhile = "refusal-answered-meanwhile";
    /// The letter is with the postman already.
    LetterLeft = "refusal-letter-left";
    /// Something was decided after the letter was written, so taking it back undoes too much.
    ChangedSince = "refusal-changed-since";
    /// An address for a copy is no mail address, or there are too many.
    CopyAddress = "refusal-copy-address";
    /// The files that go along are too many, or too large together.
    FilesTooLarge = "refusal-files-too-large";
    /// A program does not go along: mail servers refuse the whole letter for it.
    FileProgram = "refusal-file-program";
    /// A contact can not belong to itself.
    SameContact = "refusal-same-contact";
    /// The deadline comes before the day until which it would be left alone.
    SleepsTooLong = "refusal-sleeps-too-long";
    /// There are as many kept views as there may be.
    TooManyViews = "refusal-too-many-views";
    /// No contact has this number.
    NoSuchNumber = "refusal-no-such-number";
    /// The other contact is of someone else, who was promised an answer too.
    OtherPerson = "refusal-other-person";
    /// The other contact is closed, so nothing goes on there.
    OtherClosed = "refusal-other-closed";
    /// Files can not go along this way.
    FilesNeedMail = "refusal-files-need-mail";
    /// A colleague is writing the answer; who means to can take over.
    LockedByColleague = "refusal-locked-by-colleague";
    /// It is no name for a tag: empty, too long, or with other signs than letters and digits.
    TagName = "refusal-tag-name";
    /// Somebody else signs in with this name.
    LoginTaken = "refusal-login-taken";
    /// Who signs in elsewhere is in no group that is something here.
    NoRoleElsewhere = "refusal-no-role-elsewhere";
    /// The account of who signs in is closed.
    AccountIsClosed = "refusal-account-is-closed";
    /// Somebody has to be left who can open accounts.
    LastAdministrator = "refusal-last-administrator";
    /// The link is over: it was used, replaced, or is too old.
    InvitationOver = "refusal-invitation-over";
    /// The password is not the one of now.
    WrongPassword = "refusal-wrong-password";
    /// The password is too short or too long.
    PasswordLength = "refusal-password-length";
    /// The code is not the one of now, or was used.
    WrongCode = "refusal-wrong-code";
    /// It was tried too often; wait.
    TooManyTries = "refusal-too-many-tries";
    /// There is a second step already.
    SecondStepIsOn = "refusal-second-step-is-on";
    /// What the browser says of a new passkey does not hold, or it took too long.
    PasskeyNotMade = "refusal-passkey-not-made";
    /// This passkey is there already.
    PasskeyKnown = "refusal-passkey-known";
    /// There are as many passkeys as there may be.
    TooManyPasskeys = "refusal-too-many-passkeys";
    /// Somebody has to be something.
    RoleMissing = "refusal-role-missing";
    /// Somebody has to have a name.
    NameMissing = "refusal-name-missing";
    /// The contact has as many tags as it may have.
    TooManyTags = "refusal-too-many-tags";
    /// There are as many tags as there may be.
    NoMoreTags = "refusal-no-more-tags";
    /// Everything personal of the contact was removed.
    Erased = "refusal-erased";
    /// What is open is not erased.
    EraseOpen = "refusal-erase-open";
    /// Something is still promised, so it is not erased.
    ErasePromised = "refusal-erase-promised";
    /// A letter still has to leave, so it is not erased.
    EraseLetter = "refusal-erase-letter";
    /// It is kept longer on purpose, so it is not erased.
    EraseKept = "refusal-erase-kept";
    /// An appointment at the counter is still to come.
    EraseVisit = "refusal-erase-visit";
    /// What can not be undone was not confirmed.
    NotSure = "refusal-not-sure";
    /// The list of what is destroyed changed after this page was opened.
    ListChanged = "refusal-list-changed";
    /// The list of this month was approved already.
    ListApproved = "refusal-list-approved";
    /// Nothing is past its term.
    ListEmpty = "refusal-list-empty";
    /// A token has to open something.
    ScopeMissing = "refusal-scope-missing";
    /// A token lasts at least a day and at most a year.
    TokenDays = "refusal-token-days";
    /// There are as many tokens as there may be.
    TooManyTokens = "refusal-too-many-tokens";
    /// The counter is not for that.
    NoSuchProduct = "refusal-no-such-product";
    /// Nobody, or more than may come together.
    PersonsTooMany = "refusal-persons-too-many";
    /// The contact is no appointment.
    NoAppointment = "refusal-no-appointment";
    /// The appointment has begun, was called off, or is over.
    AppointmentOver = "refusal-appointment-over";
    /// One address has as many appointments to come as may be.
    VisitsTooMany = "refusal-visits-too-many";
    /// The address gets no mail by which the appointment could be confirmed.
    VisitUnmailable = "refusal-visit-unmailable";
    /// Who is called, or was helped, has to be there.
    NotArrived = "refusal-not-arrived";
    /// There is no such desk on that day.
    NoSuchDesk = "refusal-no-such-desk";
    /// Nobody is missed before the time of the appointment.
    NotYetTime = "refusal-not-yet-time";
    /// A closing ends after it begins, not in the past, and does not last too long.
    SpanWrong = "refusal-span-wrong";
    /// Arriving and being called are for the day itself.
    NotToday = "refusal-not-today";
    /// That is no address that events can be sent to.
    WebhookAddress = "refusal-webhook-address";
    /// A webhook has to be told something.
    WebhookTypeMissing = "refusal-webhook-type-missing";
    /// There are as many webhooks as there may be.
    TooManyWebhooks = "refusal-too-many-webhooks";
    /// That is no event and no moment from which events can be sent again.
    WebhookReplay = "refusal-webhook-replay";
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

impl std::error::Error for Refusal {}
