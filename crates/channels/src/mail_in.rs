//! Mail in: from bytes on the wire to an arrival at the desk. Stored before it is answered for.

use std::sync::Arc;

use desk::{Arrival, Attachment, Desk, House, LINE_CHARS_MAX, Scan, Thread};
use ledger::faults;
use norms::{Channel, Class, Kind};

use crate::Scanner;
use crate::mail::{self, FoundIn, Message, Own, SubjectKind, Verdict};
use crate::smtp::{Envelope, Intake, Taken};

/// Mail larger than this is read on a thread that may block, in bytes.
const LARGE: usize = 256 * 1024;

/// Takes mail from the listeners to the desk.
pub struct MailIn {
    desk: Desk,
    own: Arc<Own>,
    scanner: Option<Arc<Scanner>>,
}

impl MailIn {
    /// Mail for the addresses of this desk's house.
    #[must_use]
    pub fn new(desk: Desk) -> MailIn {
        let own = Arc::new(own(desk.house()));
        MailIn { desk, own, scanner: None }
    }

    /// The same, with a virus scanner that is asked about attachments before they are stored.
    #[must_use]
    pub fn with_scanner(self, scanner: Option<Arc<Scanner>>) -> MailIn {
        MailIn { scanner, ..self }
    }
}

/// What the municipality calls its own, as its norm file says.
#[must_use]
pub fn own(house: &House) -> Own {
    Own {
        addresses: house.reaches().map(|reach| reach.email.clone()).collect(),
        domains: house.reaches().flat_map(|reach| reach.domains.clone()).collect(),
        invoice_addresses: house.reaches().filter_map(|reach| reach.invoice.clone()).collect(),
        names: vec![format!("Gemeente {}", house.name())],
    }
}

impl Intake for MailIn {
    fn serves(&self, recipient: &str) -> bool {
        recipient.eq_ignore_ascii_case("postmaster") || self.desk.house().serves(recipient)
    }

    async fn take(&self, envelope: Envelope, raw: Vec<u8>) -> Vec<Taken> {
        let count = envelope.recipients.len();
        let large = raw.len() > LARGE;
        let read = || {
            let Envelope { sender, recipients, .. } = &envelope;
            arrival(self.desk.house(), &self.own, Some(sender), recipients, raw)
        };
        let mut arrival = if large { tokio::task::block_in_place(read) } else { read() };
        if let Some(scanner) = &self.scanner {
            scanner.at_intake(&mut arrival).await;
        }
        let taken = match self.desk.receive(arrival).await {
            Ok(_) => Taken::Stored,
            Err(error) => {
                tracing::error!(%error, "a mail could not be stored");
                Taken::Later("it can not be stored at the moment".to_owned())
            }
        };
        faults::point("before-reply");
        vec![taken; count]
    }
}

/// What a mail is to the desk. `sender` is the envelope sender, `Some("")` for none.
#[must_use]
pub fn arrival(
    house: &House,
    own: &Own,
    sender: Option<&str>,
    recipients: &[String],
    raw: Vec<u8>,
) -> Arrival {
    let envelope = mail::Envelope { sender, recipients };
    let is_ours = |id: &str| house.token(id).is_some();
    let (message, verdict) = mail::check(&raw, &envelope, own, &is_ours);
    let evidence = verdict.evidence.iter().map(|found| found.rule.to_owned()).collect();
    let from = message.from.as_ref();
    let answer_to = verdict.answer_to.as_ref();
    let number = mail::candidates(&message, own)
        .into_iter()
        .find(|it| matches!(it.found, FoundIn::Subject | FoundIn::Quoted))
        .map(|it| it.id);
    let thread = Thread {
        message_id: message.message_id.clone(),
        recipients: recipients.to_vec(),
        candidates: ids(&message),
        references: message.references.join(" "),
        number,
        forwards: message.subject_kind == SubjectKind::Forward,
        sender: from.map(|from| from.address.clone()).unwrap_or_default(),
        bounce: message.bounce.as_ref().map(|bounce| {
            let status = bounce.status.as_deref().unwrap_or("5.0.0");
            let failed = bounce.action.as_deref().is_none_or(|action| action == "failed");
            (failed && !status.starts_with('4'), status.to_owned())
        }),
    };
    Arrival {
        class: class(verdict.class),
        evidence,
        lang: message.language.code().to_owned(),
        name: from.and_then(|from| from.name.clone()).unwrap_or_default(),
        email: answer_to.or(from).map(|to| to.address.clone()).unwrap_or_default(),
        mailable: answer_to.is_some() && may_be_mailed(&verdict),
        subject: message.subject.clone(),
        body: message.new_text.clone(),
        quoted: message.quoted.clone(),
        trouble: message.trouble.join("; "),
        thread,
        has_html: message.has_html,
        attachments: attachments(&message),
        raw: Some(raw),
        ..Arrival::new(Channel::Email, kind(&message, &verdict, own))
    }
}

/// What came with a mail, numbered as it will stand in addresses. No scanner has looked yet.
fn attachments(message: &Message) -> Vec<Attachment> {
    let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let numbered = message.attachments.iter().enumerate();
    numbered
        .map(|(at, it)| Attachment {
            contact: 0,
            message: 0,
            nr: number(at + 1),
            part: number(it.part),
            name: it.name.clone(),
            claimed: it.content_type.chars().take(LINE_CHARS_MAX).collect(),
            kind: it.kind.word().to_owned(),
            size: i64::try_from(it.size).unwrap_or(i64::MAX),
            inline: it.inline,
            scan: Scan::None,
        })
        .collect()
}

/// Whether an automatic mail may go back: at once when the verdict says so; later, when an
/// employee corrects the class of a message that a person wrote.
fn may_be_mailed(verdict: &Verdict) -> bool {
    match class(verdict.class) {
        Class::Message => verdict.acknowledge,
        other => !other.is_robot(),
    }
}

/// The ids a mail answers, the likeliest first; for a report, the letter it is about.
fn ids(message: &Message) -> Vec<String> {
    let about = message.bounce.iter().filter_map(|bounce| bounce.original_message_id.clone());
    let answers = message.in_reply_to.iter().chain(message.references.iter().rev()).cloned();
    about.chain(answers).collect()
}

fn class(class: mail::Class) -> Class {
    match class {
        mail::Class::Message | mail::Class::Invoice => Class::Message,
        mail::Class::FollowUp => Class::FollowUp,
        mail::Class::Fyi => Class::Fyi,
        mail::Class::AutoReply => Class::AutoReply,
        mail::Class::Bounce => Class::Bounce,
        mail::Class::List => Class::List,
        mail::Class::FeedbackReport => Class::FeedbackReport,
        mail::Class::Spam => Class::Spam,
        mail::Class::OwnLoop => Class::OwnLoop,
        mail::Class::Duplicate => Class::Duplicate,
    }
}

fn kind(message: &Message, verdict: &Verdict, own: &Own) -> Kind {
    let to_invoices = || message.to.iter().any(|to| own.has_invoice_address(to));
    match verdict.class {
        mail::Class::Invoice => Kind::Invoice,
        mail::Class::Message if to_invoices() => Kind::Invoice,
        _ => Kind::Question,
    }
}
