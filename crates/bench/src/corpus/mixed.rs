//! The mixed corpus: bundles of twenty mails of every sort that a mailbox gets.

use std::ops::Range;
use std::sync::Arc;

use super::parts::{Attached, base64};
use super::words::{ABSENT, ASKED_AGAIN, QUESTIONS};
use super::{Batch, Mail, way, wire};

/// What a mail is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    /// A question as plain text.
    Text,
    /// The same with markup beside it.
    Markup,
    /// A question with a document or a photo.
    Attachment(Attached),
    /// A second mail of someone whose first was taken in earlier.
    FollowUp,
    /// An absence assistant.
    AutoReply,
    /// A mail system that could not deliver something.
    Bounce,
    /// The mail at [`REPEATED`] again, byte for byte.
    Again,
}

/// Twenty mails in the order in which they come.
const BUNDLE: [Sort; 20] = [
    Sort::Text,
    Sort::Markup,
    Sort::Text,
    Sort::Attachment(Attached::Document),
    Sort::Text,
    Sort::FollowUp,
    Sort::Markup,
    Sort::Text,
    Sort::AutoReply,
    Sort::Text,
    Sort::Attachment(Attached::Photo),
    Sort::Markup,
    Sort::Text,
    Sort::FollowUp,
    Sort::Bounce,
    Sort::Text,
    Sort::Markup,
    Sort::Again,
    Sort::Attachment(Attached::Document),
    Sort::Text,
];
/// Where in the bundle the mail stands that comes twice.
const REPEATED: usize = 10;
/// Where the two mails stand that those who wrote them follow up later.
const FOLLOWED: [usize; 2] = [0, 1];

/// Mixed mails to one address, numbered on.
pub(crate) struct Mixed {
    to: Arc<str>,
    /// The bundles of the batch before the next one.
    earlier: Range<u64>,
}

impl Mixed {
    pub(crate) fn new(to: &Arc<str>) -> Mixed {
        Mixed { to: Arc::clone(to), earlier: 0..0 }
    }

    /// The next bundles. Their follow-ups belong to mails of the batch before, which must have
    /// been taken in; the first batch has questions in their place.
    pub(crate) fn next(&mut self, bundles: u64) -> Batch {
        let these = self.earlier.end..self.earlier.end + bundles;
        let mut mails: Vec<Mail> = Vec::new();
        for bundle in these.clone() {
            let start = mails.len();
            for (place, sort) in BUNDLE.into_iter().enumerate() {
                let mail = match sort {
                    Sort::Again => {
                        Mail { is_acknowledged: false, ..mails[start + REPEATED].clone() }
                    }
                    Sort::FollowUp => self.follow_up(bundle, place),
                    _ => mail(sort, number(bundle, place), &self.to),
                };
                mails.push(mail);
            }
        }
        self.earlier = these;
        mails.into()
    }

    fn follow_up(&self, bundle: u64, place: usize) -> Mail {
        let number = number(bundle, place);
        let count = self.earlier.end - self.earlier.start;
        if count == 0 {
            return mail(Sort::Text, number, &self.to);
        }
        let (nth, followed) = (bundle % count, FOLLOWED[usize::from(place > BUNDLE.len() / 2)]);
        let first = self::number(self.earlier.start + nth, followed);
        let (sender, first_id) = (sender(first), id(first));
        let (subject, _) = question(first);
        let head = head(number, &sender, &format!("Re: {subject}"), &self.to);
        let text = format!(
            "{head}In-Reply-To: <{first_id}>\nReferences: <{first_id}>\n{TEXT}\n{ASKED_AGAIN}\n\
             Groeten,\nBewoner {first}\n"
        );
        Mail { sender, id: id(number), is_acknowledged: false, wire: wire(&text) }
    }
}

const TEXT: &str = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n";

fn number(bundle: u64, place: usize) -> u64 {
    bundle * BUNDLE.len() as u64 + place as u64
}

fn sender(number: u64) -> String {
    format!("bewoner.{number}@example.nl")
}

fn id(number: u64) -> String {
    format!("{number}.mixed@example.nl")
}

fn question(number: u64) -> (&'static str, &'static str) {
    QUESTIONS[usize::try_from(number).unwrap_or_default() % QUESTIONS.len()]
}

fn head(number: u64, from: &str, subject: &str, to: &str) -> String {
    let (way, id) = (way(number), id(number));
    format!(
        "{way}From: Bewoner Voorbeeld <{from}>\nTo: Gemeente <{to}>\nSubject: {subject}\n\
         Date: Mon, 5 Oct 2026 10:14:55 +0200\nMessage-ID: <{id}>\nMIME-Version: 1.0\n"
    )
}

fn mail(sort: Sort, number: u64, to: &str) -> Mail {
    let sender = sender(number);
    let (subject, said) = question(number);
    let head = head(number, &sender, subject, to);
    let said = format!(
        "Geachte mevrouw, meneer,\n\n{said}\nMet vriendelijke groet,\nBewoner {number}\n\
         Voorbeeldkade {number}, Harlingen\n"
    );
    let (text, is_acknowledged) = match sort {
        Sort::Markup => (markup(&head, &said), true),
        Sort::Attachment(attached) => (attachment(&head, &said, (attached, number)), true),
        Sort::AutoReply => (format!("{head}Auto-Submitted: auto-replied\n{TEXT}\n{ABSENT}"), false),
        Sort::Bounce => {
            let sender = String::new();
            return Mail {
                sender,
                id: id(number),
                is_acknowledged: false,
                wire: bounce(number, to),
            };
        }
        Sort::Text | Sort::FollowUp | Sort::Again => (format!("{head}{TEXT}\n{said}"), true),
    };
    Mail { sender, id: id(number), is_acknowledged, wire: wire(&text) }
}

fn markup(head: &str, said: &str) -> String {
    let html = said.replace("\n\n", "</p>\n<p>");
    let html = base64(
        format!(
            "<html><head><style>p {{ font-family: sans-serif; margin: 0 0 1em }}</style></head>\n\
             <body><p>{html}</p></body></html>\n"
        )
        .as_bytes(),
    );
    format!(
        "{head}Content-Type: multipart/alternative; boundary=\"grens\"\n\n\
         --grens\n{TEXT}\n{said}\n\
         --grens\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n\
         {html}--grens--\n"
    )
}

fn attachment(head: &str, said: &str, (attached, number): (Attached, u64)) -> String {
    let (kind, name, bytes) = (attached.kind(), attached.name(), attached.bytes(number));
    let lines = base64(&bytes);
    format!(
        "{head}Content-Type: multipart/mixed; boundary=\"grens\"\n\n\
         --grens\n{TEXT}\n{said}\n\
         --grens\nContent-Type: {kind}; name=\"{name}\"\nContent-Transfer-Encoding: base64\n\
         Content-Disposition: attachment; filename=\"{name}\"\n\n{lines}--grens--\n"
    )
}

/// A report about a mail that was not ours.
fn bounce(number: u64, to: &str) -> Vec<u8> {
    let (way, id) = (way(number), id(number));
    wire(&format!(
        "{way}From: Mail Delivery System <MAILER-DAEMON@out.example.nl>\nTo: <{to}>\n\
         Subject: Undelivered Mail Returned to Sender\nDate: Mon, 5 Oct 2026 10:14:55 +0200\n\
         Message-ID: <{id}>\nAuto-Submitted: auto-replied\nMIME-Version: 1.0\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"grens\"\n\n\
         --grens\n{TEXT}\nYour mail could not be delivered.\n\n\
         --grens\nContent-Type: message/delivery-status\n\n\
         Reporting-MTA: dns; out.example.nl\n\n\
         Final-Recipient: rfc822; weg.{number}@example.nl\nAction: failed\nStatus: 5.1.1\n\
         Diagnostic-Code: smtp; 550 5.1.1 user unknown\n\n\
         --grens\nContent-Type: text/rfc822-headers\n\n\
         From: <{to}>\nTo: <weg.{number}@example.nl>\nSubject: Uitnodiging\n\
         Message-ID: <{number}.elders@example.nl>\n\n--grens--\n"
    ))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_bundle_has_a_share_of_every_sort() {
        let count = |is_so: fn(&Sort) -> bool| BUNDLE.iter().filter(|sort| is_so(sort)).count();
        assert_eq!(count(|sort| *sort == Sort::Text), 8);
        assert_eq!(count(|sort| *sort == Sort::Markup), 4);
        assert_eq!(count(|sort| matches!(sort, Sort::Attachment(_))), 3);
        assert_eq!(count(|sort| *sort == Sort::FollowUp), 2);
        assert!(matches!(BUNDLE[REPEATED], Sort::Attachment(_)));
        assert!(FOLLOWED.iter().all(|at| matches!(BUNDLE[*at], Sort::Text | Sort::Markup)));
    }

    #[test]
    fn batches_are_the_same_every_time_and_follow_each_other() {
        let to: Arc<str> = "info@example.nl".into();
        let (mut one, mut other) = (Mixed::new(&to), Mixed::new(&to));
        let (first, second) = (one.next(2), one.next(3));
        assert_eq!(first[7].wire, other.next(2)[7].wire);
        assert_eq!((first.len(), second.len()), (40, 60));
        let ids: BTreeSet<&str> = first.iter().chain(&*second).map(|mail| &*mail.id).collect();
        assert_eq!(ids.len(), 95, "each bundle has one mail twice");
        // A follow-up comes from who wrote the mail that it answers.
        assert_eq!(second[33].sender, first[21].sender);
        assert!(!second[33].is_acknowledged);
        assert_eq!(second.iter().filter(|mail| mail.is_acknowledged).count(), 45);
    }

    #[test]
    fn no_line_is_taken_for_the_end() {
        let to: Arc<str> = "info@example.nl".into();
        let mut mixed = Mixed::new(&to);
        for mail in mixed.next(1).iter().chain(&*mixed.next(1)) {
            let text = mail.wire.strip_suffix(b"\r\n.\r\n").expect("it ends");
            let mut lines = text.split(|byte| *byte == b'\n');
            assert!(lines.all(|line| !line.starts_with(b".")), "{}", mail.id);
        }
    }
}
