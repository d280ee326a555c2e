//! Mail in: from bytes on the wire to an arrival at the desk. Stored before it is answered for.

use std::sync::Arc;

use desk::{Arrival, Attachment, Desk, House, LINE_CHARS_MAX, Scan, Thread, Way};
use ledger::faults;
use norms::{Channel, Class, Kind};

use crate::mail::{self, FoundIn, Mailbox, Message, Own, Proof, SubjectKind, Verdict};
use crate::smtp::{Envelope, Intake, Protocol, Taken};
use crate::{Prover, Scanner};

/// Mail larger than this is read on a thread that may block, in bytes.
const LARGE: usize = 256 * 1024;

/// What mail is read with, by whatever way it comes.
#[derive(Clone)]
pub struct MailRoom {
    /// What the municipality calls its own, its mailboxes included.
    pub own: Arc<Own>,
    /// The name of the mail server in front of us whose proofs are believed.
    pub authserv_id: Option<String>,
    /// The virus scanner that is asked about attachments before they are stored.
    pub scanner: Option<Arc<Scanner>>,
}

impl MailRoom {
    /// A room that believes nobody and scans nothing.
    #[must_use]
    pub fn new(own: Own) -> MailRoom {
        MailRoom { own: Arc::new(own), authserv_id: None, scanner: None }
    }
}

/// Takes mail from a listener to the desk.
pub struct MailIn {
    desk: Desk,
    way: Way,
    room: MailRoom,
    prover: Option<Prover>,
}

impl MailIn {
    /// Mail that comes by a way, for the addresses of this desk's house.
    #[must_use]
    pub fn new(desk: Desk, protocol: Protocol, room: MailRoom) -> MailIn {
        let way = match protocol {
            Protocol::Lmtp => Way::Lmtp,
            Protocol::Smtp => Way::Smtp,
        };
        desk.doors().opened(way);
        MailIn { desk, way, room, prover: None }
    }

    /// Proves by its own look-ups where mail over SMTP comes from.
    #[must_use]
    pub fn proving(self, prover: Prover) -> MailIn {
        MailIn { prover: Some(prover), ..self }
    }

    /// By our own look-ups for what strangers hand over; by the server in front of us otherwise.
    async fn proof(&self, envelope: &Envelope, raw: &[u8]) -> Option<Proof> {
        if envelope.protocol != Protocol::Smtp {
            return None;
        }
        let prover = self.prover.as_ref()?;
        Some(prover.prove(envelope.peer.ip(), &envelope.helo, &envelope.sender, raw).await)
    }
}

/// A mail as it was delivered.
#[derive(Clone, Copy, Debug, Default)]
pub struct Delivered<'a> {
    /// The envelope sender; `Some("")` for none, `None` when nobody knows it.
    pub sender: Option<&'a str>,
    /// The addresses it was delivered to.
    pub recipients: &'a [String],
    /// What was proven about where it comes from.
    pub proof: Option<Proof>,
    /// The name of the mail server whose `Authentication-Results` are believed when nothing was
    /// proven.
    pub authserv_id: Option<&'a str>,
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
        let serves =
            recipient.eq_ignore_ascii_case("postmaster") || self.desk.house().serves(recipient);
        if !serves {
            self.desk.doors().refused(self.way);
        }
        serves
    }

    async fn take(&self, envelope: Envelope, raw: Vec<u8>) -> Vec<Taken> {
        let count = envelope.recipients.len();
        let large = raw.len() > LARGE;
        let proof = self.proof(&envelope, &raw).await;
        let read = || {
            let Envelope { sender, recipients, .. } = &envelope;
            let authserv_id = self.room.authserv_id.as_deref();
            let delivered = Delivered { sender: Some(sender), recipients, proof, authserv_id };
            arrival_of(self.desk.house(), &self.room.own, &delivered, raw)
        };
        let mut arrival = if large { tokio::task::block_in_place(read) } else { read() };
        if let Some(scanner) = &self.room.scanner {
            scanner.at_intake(&mut arrival).await;
        }
        let taken = match self.desk.receive(arrival).await {
            Ok(_) => {
                self.desk.doors().took(self.way, self.desk.now());
                Taken::Stored
            }
            Err(error) => {
                self.desk.doors().postponed(self.way);
                tracing::error!(%error, "a mail could not be stored");
                Taken::Later("it can not be stored at the moment".to_owned())
            }
        };
        faults::point("before-reply");
        vec![taken; count]
    }
}

/// What a mail from a mailbox is to the desk: it was delivered for the address the mailbox stands
/// for, and for those of ours that it names itself; one of them may carry a signed token.
#[must_use]
pub(crate) fn arrival_in_mailbox(
    house: &House,
    room: &MailRoom,
    address: &str,
    raw: Vec<u8>,
) -> Arrival {
    let mut recipients = vec![address.to_owned()];
    recipients.extend(mail::delivered_for(&raw).into_iter().filter(|it| house.serves(it)));
    let delivered = Delivered {
        recipients: &recipients,
        authserv_id: room.authserv_id.as_deref(),
        ..Delivered::default()
    };
    arrival_of(house, &room.own, &delivered, raw)
}

/// What a mail is to the desk when nothing is proven about where it comes from. `sender` is the
/// envelope sender, `Some("")` for none.
#[must_use]
pub fn arrival(
    house: &House,
    own: &Own,
    sender: Option<&str>,
    recipients: &[String],
    raw: Vec<u8>,
) -> Arrival {
    arrival_of(house, own, &Delivered { sender, recipients, ..Delivered::default() }, raw)
}

/// What a mail is to the desk.
#[must_use]
pub fn arrival_of(house: &House, own: &Own, delivered: &Delivered<'_>, raw: Vec<u8>) -> Arrival {
    let Delivered { sender, recipients, .. } = *delivered;
    let envelope = mail::Envelope { sender, recipients };
    let is_ours = |id: &str| house.token(id).is_some();
    let (message, verdict) = mail::check(&raw, &envelope, own, &is_ours);
    let proof = delivered.proof.or_else(|| {
        delivered.authserv_id.and_then(|name| Proof::from_headers(&message.headers, name))
    });
    let proof = proof.unwrap_or_default();
    let mut evidence: Vec<String> =
        verdict.evidence.iter().map(|found| found.rule.to_owned()).collect();
    evidence.extend(proof.evidence().into_iter().map(str::to_owned));
    let forwarded = mail::original_sender(&message, own);
    if forwarded.is_some() {
        evidence.push(FORWARDED.to_owned());
    }
    let from = message.from.as_ref();
    let writer: Option<&Mailbox> = forwarded.as_ref().or(from);
    let answer_to = forwarded.as_ref().or(verdict.answer_to.as_ref());
    // Nothing proves that the writer of a forwarded mail wrote it: an employee decides.
    let provable = proof.forged().is_none() && forwarded.is_none();
    Arrival {
        class: class(verdict.class),
        evidence,
        lang: message.language.code().to_owned(),
        name: writer.and_then(|writer| writer.name.clone()).unwrap_or_default(),
        email: answer_to.or(from).map(|to| to.address.clone()).unwrap_or_default(),
        mailable: provable && verdict.answer_to.is_some() && may_be_mailed(&verdict),
        subject: message.subject.clone(),
        body: message.new_text.clone(),
        quoted: message.quoted.clone(),
        trouble: trouble(&message, &verdict),
        thread: thread(house, own, recipients, (&message, &raw)),
        has_html: message.has_html,
        attachments: attachments(&message),
        raw: Some(raw),
        ..Arrival::new(Channel::Email, kind(&message, &verdict, own, recipients))
    }
}

/// The rule that the contact is the writer of what a colleague forwards (INTAKE 31).
const FORWARDED: &str = "forwarded-by-colleague";

/// What could not be read; and that an answer under a new subject may be a new question, which an
/// employee has to see (INTAKE 27).
fn trouble(message: &Message, verdict: &Verdict) -> String {
    let mut trouble = message.trouble.clone();
    let asked_anew = verdict.evidence.iter().any(|found| found.rule == "new-question");
    if asked_anew && verdict.class == mail::Class::FollowUp {
        trouble.push("perhaps a new question: it has a new subject and quotes nothing".to_owned());
    }
    trouble.join("; ")
}

/// What a mail says about the conversation it belongs to.
fn thread(
    house: &House,
    own: &Own,
    recipients: &[String],
    (message, raw): (&Message, &[u8]),
) -> Thread {
    let number = mail::candidates(message, own)
        .into_iter()
        .find(|it| matches!(it.found, FoundIn::Subject | FoundIn::Quoted))
        .map(|it| it.id);
    let answers = message.subject_kind == SubjectKind::Reply
        || !message.in_reply_to.is_empty()
        || !message.references.is_empty();
    Thread {
        message_id: message.message_id.clone(),
        written: Some(mail::written(raw)),
        recipients: recipients.to_vec(),
        candidates: ids(message),
        references: conversation(message).join(" "),
        number,
        forwards: message.subject_kind == SubjectKind::Forward,
        answers,
        quoted_link: house.contact_of_link(&message.text),
        sender: message.from.as_ref().map(|from| from.address.clone()).unwrap_or_default(),
        bounce: message.bounce.as_ref().map(|bounce| {
            let status = bounce.status.as_deref().unwrap_or("5.0.0");
            let failed = bounce.action.as_deref().is_none_or(|action| action == "failed");
            (failed && !status.starts_with('4'), status.to_owned())
        }),
        undelivered_to: message
            .bounce
            .as_ref()
            .and_then(|bounce| bounce.final_recipient.clone())
            .unwrap_or_default(),
    }
}

/// What came with a mail, numbered as it will stand in addresses. No scanner has looked yet.
pub(crate) fn attachments(message: &Message) -> Vec<Attachment> {
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

/// The ids of the conversation so far. A mail program that names no conversation may name the one
/// mail that it answers (RFC 5322, 3.6.4).
fn conversation(message: &Message) -> &[String] {
    match (message.references.as_slice(), message.in_reply_to.as_slice()) {
        ([], [one]) => std::slice::from_ref(one),
        (named, _) => named,
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

fn kind(message: &Message, verdict: &Verdict, own: &Own, recipients: &[String]) -> Kind {
    let to_invoices = || {
        message.to.iter().any(|to| own.has_invoice_address(to))
            || recipients.iter().any(|to| own.takes_invoices_at(to))
    };
    match verdict.class {
        mail::Class::Invoice => Kind::Invoice,
        mail::Class::Message if to_invoices() => Kind::Invoice,
        _ => Kind::Question,
    }
}
