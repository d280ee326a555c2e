//! Mails as they come over the wire: from people, from programs that answer for them, from mail
//! servers, newsletters and suppliers. Bytes only; what they mean is for the listener to find out.

use data_encoding::BASE64;
use jiff::tz::TimeZone;
use jiff::{Timestamp, fmt::rfc2822};

use crate::residents::Resident;

/// Bytes of a subject in one encoded word (RFC 2047, 2: at most 75 characters of it).
const ENCODED_BYTES_MAX: usize = 42;

/// The mail an answer belongs to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Thread<'a> {
    /// The Message-ID it answers, without brackets.
    pub(crate) answers: &'a str,
    /// The References, without the one it answers.
    pub(crate) references: &'a str,
}

/// A mail to be written.
#[derive(Clone, Debug)]
pub(crate) struct Mail<'a> {
    pub(crate) from: &'a Resident,
    pub(crate) to: &'a str,
    pub(crate) subject: &'a str,
    pub(crate) text: &'a str,
    pub(crate) at: Timestamp,
    pub(crate) id: &'a str,
    pub(crate) thread: Thread<'a>,
    /// More header lines, each with its line end.
    pub(crate) headers: String,
}

impl Mail<'_> {
    /// A mail as a mail program writes it.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let plain = format!(
            "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{}",
            crlf(self.text)
        );
        if !self.from.html {
            return format!("{}{plain}\r\n", self.head()).into_bytes();
        }
        let html: String =
            self.text.split("\n\n").map(|part| format!("<p>{}</p>", escape(part))).collect();
        format!(
            "{}Content-Type: multipart/alternative; boundary=\"=_deel\"\r\n\r\n--=_deel\r\n\
             {plain}\r\n--=_deel\r\nContent-Type: text/html; charset=utf-8\r\n\
             Content-Transfer-Encoding: 8bit\r\n\r\n<html><body>{}</body></html>\r\n--=_deel--\r\n",
            self.head(),
            crlf(&html.replace('\n', "<br>\n"))
        )
        .into_bytes()
    }

    /// An invoice: a sentence, and the invoice itself as a file.
    pub(crate) fn invoice(&self, number: &str) -> Vec<u8> {
        let ubl = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<Invoice><ID>{number}</ID></Invoice>"
        );
        format!(
            "{}Content-Type: multipart/mixed; boundary=\"=_deel\"\r\n\r\n--=_deel\r\n\
             Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\
             {}\r\n--=_deel\r\nContent-Type: application/xml; name=\"factuur-{number}.xml\"\r\n\
             Content-Disposition: attachment; filename=\"factuur-{number}.xml\"\r\n\r\n\
             {ubl}\r\n--=_deel--\r\n",
            self.head(),
            crlf(self.text)
        )
        .into_bytes()
    }

    fn head(&self) -> String {
        let Thread { answers, references } = self.thread;
        let thread = match answers {
            "" => String::new(),
            id => format!(
                "In-Reply-To: <{id}>\r\nReferences: {}<{id}>\r\n",
                references.split_whitespace().map(|id| format!("<{id}>\r\n ")).collect::<String>()
            ),
        };
        format!(
            "From: {} <{}>\r\nTo: {}\r\nSubject: {}\r\nDate: {}\r\nMessage-ID: <{}>\r\n\
             MIME-Version: 1.0\r\n{thread}{}",
            encoded(&self.from.name),
            self.from.email,
            self.to,
            encoded(self.subject),
            date(self.at),
            self.id,
            self.headers
        )
    }
}

/// The report of a mail server that a letter could not be delivered (RFC 3464).
pub(crate) fn bounce(recipient: &str, to: &str, id: &str, letter: &str, at: Timestamp) -> Vec<u8> {
    format!(
        "Return-Path: <>\r\nFrom: Mail Delivery System <MAILER-DAEMON@mx.example.nl>\r\n\
         To: {to}\r\nSubject: Undelivered Mail Returned to Sender\r\nDate: {}\r\n\
         Message-ID: <{id}>\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"=_deel\"\r\n\r\n\
         --=_deel\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
         Your letter could not be put into the mailbox: it is full.\r\n\r\n\
         --=_deel\r\nContent-Type: message/delivery-status\r\n\r\n\
         Reporting-MTA: dns; mx.example.nl\r\n\r\nFinal-Recipient: rfc822; {recipient}\r\n\
         Action: failed\r\nStatus: 5.2.2\r\nDiagnostic-Code: smtp; 552 5.2.2 mailbox full\r\n\r\n\
         --=_deel\r\nContent-Type: text/rfc822-headers\r\n\r\n\
         To: {recipient}\r\nMessage-ID: <{letter}>\r\n\r\n--=_deel--\r\n",
        date(at)
    )
    .into_bytes()
}

/// Header lines of a program that answers for someone who is away.
pub(crate) fn absent_headers() -> String {
    "Auto-Submitted: auto-replied\r\nX-Auto-Response-Suppress: All\r\n".to_owned()
}

/// Header lines of a newsletter (RFC 2919, RFC 2369).
pub(crate) fn list_headers() -> String {
    "List-Id: <nieuws.example.org>\r\n\
     List-Unsubscribe: <https://example.org/afmelden>\r\nPrecedence: bulk\r\n"
        .to_owned()
}

/// Header lines the mail system adds to what it takes for spam.
pub(crate) fn spam_headers() -> String {
    "X-Spam-Flag: YES\r\nX-Spam-Status: Yes, score=14.2\r\n".to_owned()
}

/// A line from a letter, as mail programs quote it.
pub(crate) fn quoted(text: &str, day: &str) -> String {
    let lines = text.lines().map(|line| format!("> {line}\n")).collect::<String>();
    format!("\n\nOp {day} schreef Gemeente Harlingen <info@harlingen.nl>:\n{lines}")
}

fn date(at: Timestamp) -> String {
    rfc2822::to_string(&at.to_zoned(TimeZone::UTC)).expect("a year of this age can be written")
}

fn crlf(text: &str) -> String {
    text.replace('\n', "\r\n")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A header text: as it is when it is plain, else in encoded words (RFC 2047).
fn encoded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut words = vec![String::new()];
    for c in text.chars() {
        if words.last().is_some_and(|word| word.len() + c.len_utf8() > ENCODED_BYTES_MAX) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.push(c);
        }
    }
    let words: Vec<String> = words
        .iter()
        .map(|word| format!("=?utf-8?B?{}?=", BASE64.encode(word.as_bytes())))
        .collect();
    words.join("\r\n ")
}
