//! The rules by which a message is judged: one table, each with the intake statement it keeps. A
//! strong rule decides alone; weak ones add up, and only together with a sign of another kind.

use super::Class::{AutoReply, Bounce, Duplicate, FeedbackReport, FollowUp, Fyi, Invoice};
use super::Class::{List, Message as Ordinary, OwnLoop, Spam};
use super::Kind::{Body, Envelope as Sending, Header, Label, Sender, Structure, Subject, Thread};
use super::{Class, Envelope, Message, Own, mailer, notices, ours, wording};

/// From this weight on a rule decides alone.
pub const DECIDES: i8 = 5;
/// The sum from which weak rules of at least two kinds decide together.
pub const TOGETHER: i16 = 4;

/// The kind of sign: two weak signs of one kind may have one cause, so they do not decide together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A header field.
    Header,
    /// The envelope.
    Envelope,
    /// The address or name of the sender.
    Sender,
    /// The subject.
    Subject,
    /// The text.
    Body,
    /// The form of the message: its parts, its being a reply.
    Structure,
    /// What it refers to.
    Thread,
    /// A label the writer put on it, or the address it was sent to.
    Label,
}

/// What a rule looks at: the message and its words in lower case, prepared once.
pub struct Case<'a> {
    /// The message.
    pub message: &'a Message,
    /// How it was delivered.
    pub envelope: &'a Envelope<'a>,
    /// What is our own.
    pub own: &'a Own,
    /// Whether a Message-ID is one of ours or taken in before.
    pub known: &'a dyn Fn(&str) -> bool,
    /// The subject in lower case, blanks single.
    pub subject: String,
    /// The start of the new text in lower case, blanks single, straight apostrophes.
    pub opening: String,
}

/// One rule.
pub struct Rule {
    /// A short stable id.
    pub id: &'static str,
    /// The intake statement it keeps.
    pub statement: u8,
    /// What it says the message is.
    pub class: Class,
    /// The kind of sign.
    pub kind: Kind,
    /// How much it says so.
    pub weight: i8,
    /// Why that matters, to be read after "because".
    pub because: &'static str,
    /// What it finds, as text to show.
    pub test: fn(&Case<'_>) -> Option<String>,
}

/// Writes the table a row a rule: statement, id, class, kind, weight, test, and why it matters.
macro_rules! rules {
    ($($statement:literal $id:literal: $class:ident, $kind:ident, $weight:literal, $test:path,
        $because:literal;)+) => {
        /// Every rule. The order is that of the statements within a class; it decides nothing.
        pub const RULES: &[Rule] = &[$(Rule {
            id: $id,
            statement: $statement,
            class: $class,
            kind: $kind,
            weight: $weight,
            because: $because,
            test: $test,
        }),+];
    };
}

rules! {
    // Reports by structure and by the headers of mail systems.
    40 "delivery-report": Bounce, Structure, 20, mailer::delivery_report,
        "it is a delivery report";
    40 "unnamed-report": Bounce, Structure, 6, mailer::unnamed_report,
        "it is a machine-made report";
    40 "disposition-report": AutoReply, Structure, 20, mailer::disposition_report,
        "it is a read receipt";
    40 "feedback-report": FeedbackReport, Structure, 20, mailer::feedback_report,
        "it is a spam report";
    40 "domain-report": FeedbackReport, Subject, 6, wording::domain_report,
        "it is a report about our domain";
    40 "complaint-report": FeedbackReport, Subject, 6, wording::complaint_report,
        "it is a spam report";
    42 "failed-recipients": Bounce, Header, 12, mailer::failed_recipients,
        "a mail system names recipients that failed";
    42 "report-header": Bounce, Header, 6, mailer::report_header,
        "it has a header of delivery reports";
    41 "mail-system": Bounce, Sender, 6, mailer::system_sender,
        "a mail system sent it";
    40 "null-sender": AutoReply, Sending, 5, mailer::null_sender,
        "its return address is empty";
    43 "system-name": Bounce, Sender, 2, mailer::system_name,
        "the sender is named as a mail system";
    43 "bounce-subject": Bounce, Subject, 3, wording::bounce_subject,
        "the subject is that of a delivery report";
    43 "bounce-words": Bounce, Body, 1, wording::bounce_words,
        "it has the words of a delivery report";
    43 "bounce-text": Bounce, Body, 2, wording::bounce_text,
        "it has the text of a delivery report";
    43 "status-code": Bounce, Body, 1, wording::status_code,
        "it names a delivery status";
    43 "returned-copy": Bounce, Structure, 1, wording::returned_copy,
        "it returns a message";
    43 "report-opening": Bounce, Body, 5, notices::report_opening,
        "it opens as delivery reports do";
    43 "greeting": Bounce, Body, -4, wording::greeting,
        "it greets as people do";
    43 "greeting-abroad": Bounce, Body, -2, wording::greeting_abroad,
        "it greets as people do";
    43 "questioned": Bounce, Body, -1, wording::questioned,
        "it asks something";

    // Machines that say so.
    36 "auto-submitted": AutoReply, Header, 6, mailer::auto_submitted,
        "Auto-Submitted says a machine sent it";
    37 "precedence-reply": AutoReply, Header, 6, mailer::precedence_reply,
        "Precedence says it is an automatic reply";
    37 "loop": AutoReply, Header, 5, mailer::loop_header,
        "X-Loop says a machine sent it";
    38 "suppress": AutoReply, Header, 5, mailer::suppress,
        "its sender asks not to be answered by machines";
    42 "auto-header": AutoReply, Header, 6, mailer::auto_header,
        "a header says a machine sent it";
    42 "inbox-rule": AutoReply, Header, 6, mailer::inbox_rule,
        "a mailbox rule sent it";
    42 "calendar-reply": AutoReply, Structure, 6, notices::calendar_reply,
        "a calendar program answers an invitation";
    42 "ticket-header": AutoReply, Header, 2, notices::ticket_header,
        "a ticket system sent it";
    41 "machine-sender": AutoReply, Sender, 5, notices::machine_sender,
        "a program or device sent it";
    41 "unread-sender": AutoReply, Sender, 5, mailer::unread_sender,
        "nobody reads its sender's address";
    41 "unread-sender-for-person": Ordinary, Sender, 5, mailer::unread_sender_for_person,
        "nobody reads its sender's address";
    41 "unread-reply-to": AutoReply, Sender, 5, mailer::unread_reply_to,
        "nobody reads its reply address";
    41 "role-sender": Ordinary, Sender, 5, mailer::role_sender,
        "a technical address sent it";

    // Machines that only sound like it.
    43 "auto-label": AutoReply, Subject, 5, wording::auto_label,
        "the subject is labelled as an automatic reply";
    43 "auto-subject": AutoReply, Subject, 3, wording::auto_subject,
        "the subject is that of an automatic reply";
    43 "auto-subject-within": AutoReply, Subject, 1, wording::auto_subject_within,
        "the subject mentions an automatic reply";
    43 "absence-text": AutoReply, Body, 2, wording::absence,
        "it says the writer is away";
    43 "absence-detail": AutoReply, Body, 1, wording::absence_detail,
        "it says who replaces the writer";
    43 "automatic-text": AutoReply, Body, 3, wording::automatic,
        "it says a machine sent it";
    43 "receipt-text": AutoReply, Body, 2, wording::receipt,
        "it confirms that something arrived";
    43 "challenge-text": AutoReply, Body, 2, wording::challenge,
        "it asks to prove who wrote";
    43 "absence-notice": AutoReply, Body, 5, notices::absence_notice,
        "it has all the words of an absence notice";
    43 "receipt-notice": AutoReply, Body, 5, notices::receipt_notice,
        "an organisation confirms receipt and says what happens next";
    43 "automatic-sentence": AutoReply, Body, 5, notices::automatic_sentence,
        "a sentence of its own says that a machine sent it";
    43 "challenge-request": AutoReply, Body, 5, notices::challenge_request,
        "it asks to prove who wrote behind a link";
    43 "ticket-subject": AutoReply, Subject, 2, notices::ticket_subject,
        "the subject has the number of a ticket system";
    43 "own-matter": AutoReply, Body, -2, notices::own_matter,
        "it goes on about the writer's own matter";
    43 "bare-reply": AutoReply, Structure, 1, wording::bare_reply,
        "it replies without quoting or asking";
    43 "asks": AutoReply, Body, -2, wording::asks,
        "it asks something";

    // Lists and newsletters.
    39 "list-header": List, Header, 8, mailer::list_header,
        "it came over a mailing list";
    37 "precedence": List, Header, 5, mailer::precedence_bulk,
        "Precedence says it is bulk mail";
    39 "list-sender": List, Sender, 3, mailer::list_sender,
        "a list sent it";
    39 "bulk-sender": List, Sender, 2, mailer::bulk_sender,
        "an address for bulk mail sent it";
    39 "campaign-header": List, Header, 2, mailer::campaign_header,
        "a mailing service sent it";
    39 "newsletter-text": List, Body, 2, wording::newsletter,
        "it has the words of a newsletter";
    39 "newsletter-subject": List, Subject, 2, wording::newsletter_subject,
        "the subject is that of a newsletter";

    // Spam, as the mail system judged it.
    45 "spam-flag": Spam, Header, 8, mailer::spam_flag,
        "the mail system marked it as spam";
    45 "spam-subject": Spam, Subject, 3, wording::spam_subject,
        "the subject is marked as spam";

    // Ours.
    44 "own-sender": OwnLoop, Sender, 7, ours::own_sender,
        "one of our own addresses sent it";
    44 "own-message-id": OwnLoop, Header, 7, ours::own_message_id,
        "its Message-ID is one of ours";
    44 "own-loop-header": OwnLoop, Header, 7, ours::own_loop_header,
        "it carries our own loop header";
    14 "known-message-id": Duplicate, Thread, 7, ours::known_message_id,
        "its Message-ID was taken in before";

    // What people write.
    20 "no-sender": Ordinary, Sender, 5, ours::no_sender,
        "it has no valid address to answer to";
    23 "reply-to-known": FollowUp, Thread, 5, ours::reply_to_known,
        "it answers a message we know";
    23 "reply-to-ours": FollowUp, Thread, 5, ours::reply_to_ours,
        "it answers a message of ours";
    23 "number-with-history": FollowUp, Thread, 5, ours::number_with_history,
        "it has our number and quotes us";
    24 "number-alone": FollowUp, Thread, 0, ours::number_alone,
        "it has our number but quotes nothing of ours";
    27 "new-question": FollowUp, Thread, 0, ours::new_question,
        "it changes the subject and quotes nothing";
    35 "fyi-label": Fyi, Label, 5, ours::fyi_label,
        "it is marked as for information";
    35 "fyi-but-asks": Fyi, Label, 0, ours::fyi_but_asks,
        "it is marked as for information but asks something";
    35 "copy-only": Fyi, Label, 5, ours::copy_only,
        "we only got a copy";
    19 "invoice-address": Invoice, Label, 5, ours::invoice,
        "it is an invoice to the address for invoices";
}
