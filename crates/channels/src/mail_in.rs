//! Mail in: from bytes on the wire to an arrival at the desk. Stored before it is answered for.

use std::sync::Arc;

use desk::{Arrival, Desk, House, Thread, Way};
use ledger::faults;
use norms::{Channel, Class, Kind};

use crate::mail::{self, FoundIn, Message, Own, SubjectKind, Verdict};
use crate::smtp::{Envelope, Intake, Protocol, Taken};

/// Mail larger than this is read on a thread that may block, in bytes.
const LARGE: usize = 256 * 1024;

/// Takes mail from a listener to the desk.
pub struct MailIn {
    desk: Desk,
    own: Arc<Own>,
    way: Way,
}

impl MailIn {
    /// Mail that comes by a way, for the addresses of this desk's house. `own` is what the
    /// municipality calls its own, its mailboxes included.
    #[must_use]
    pub fn new(desk: Desk, protocol: Protocol, own: Arc<Own>) -> MailIn {
        let way = match protocol {
            Protocol::Lmtp => Way::Lmtp,
            Protocol::Smtp => Way::Smtp,
        };
        desk.doors().opened(way);
        MailIn { desk, own, way }
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
        let read = || {
            let Envelope { sender, recipients, .. } = &envelope;
            arrival(self.desk.house(), &self.own, Some(sender), recipients, raw)
        };
        let arrival = if large { tokio::task::block_in_place(read) } else { read() };
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
pub(crate) fn arrival_in_mailbox(house: &House, own: &Own, address: &str, raw: Vec<u8>) -> Arrival {
    let mut recipients = vec![address.to_owned()];
    recipients.extend(mail::delivered_for(&raw).into_iter().filter(|it| house.serves(it)));
    arrival(house, own, None, &recipients, raw)
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
        written: Some(mail::written(&raw)),
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
        raw: Some(raw),
        ..Arrival::new(Channel::Email, kind(&message, &verdict, own, recipients))
    }
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
