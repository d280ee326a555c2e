//! The sentences that the listener says, with their codes (RFC 5321 §4.2, RFC 3463).

use words::{Lang, Value, Words};

use super::body::Loss;
use super::{Protocol, Taken};

/// Bytes in the megabyte that people count attachments in.
const BYTES_PER_MB: usize = 1024 * 1024;
/// Longest reason of the intake that is passed on, bytes; a reply line has 512 in all.
const REASON_BYTES_MAX: usize = 400;

pub(super) const RESET: &str = "250 2.0.0 Reset";
pub(super) const NOTHING_DONE: &str = "250 2.0.0 Still here";
pub(super) const SENDER_FINE: &str = "250 2.1.0 Sender noted";
pub(super) const RECIPIENT_FINE: &str = "250 2.1.5 Recipient noted";
pub(super) const GO_ON: &str = "354 Write; end with a line that has only a dot";
pub(super) const GOODBYE: &str = "221 2.0.0 Goodbye";
pub(super) const HELP: &str = "214 2.0.0 See RFC 5321 and RFC 2033";
pub(super) const VERIFY: &str = "252 2.5.0 Send a message and it will show";
pub(super) const STORED: &str = "250 2.0.0 Stored";

pub(super) const SHUTTING_DOWN: &str = "421 4.3.2 Stopping for maintenance, please come back later";
pub(super) const TOO_SLOW: &str = "421 4.4.2 Waited too long, please connect again";
pub(super) const TOO_MANY_CONNECTIONS: &str = "421 4.7.0 Too many connections, please come back";
pub(super) const TOO_MANY_MESSAGES: &str = "421 4.7.0 Many messages by now, please connect again";
pub(super) const TOO_MANY_MISTAKES: &str = "421 4.7.0 Too many commands without sense";
pub(super) const SESSION_LONG: &str = "421 4.4.2 Enough for one session, please connect again";
pub(super) const TOO_MANY_UNKNOWN: &str = "421 4.7.0 Too many addresses that are not here";
pub(super) const NOT_MAIL: &str = "421 4.7.0 Mail is spoken here, and nothing else";

pub(super) const SECURE_NOW: &str = "220 2.0.0 Begin TLS";
pub(super) const SECURE_ALREADY: &str = "503 5.5.1 This is within TLS already";
pub(super) const SENT_TOO_EARLY: &str = "554 5.7.0 Nothing may follow STARTTLS in the clear";

pub(super) const NO_SUCH_COMMAND: &str = "500 5.5.2 No such command";
pub(super) const LINE_TOO_LONG: &str = "500 5.5.2 Command line too long";
pub(super) const BAD_LINE: &str = "500 5.5.2 A command is UTF-8 text that ends with CR LF";
pub(super) const BAD_SYNTAX: &str = "501 5.5.4 Command not understood";
pub(super) const BAD_SENDER: &str = "501 5.1.7 Sender address not understood";
pub(super) const BAD_RECIPIENT: &str = "501 5.1.3 Recipient address not understood";
pub(super) const NOT_OFFERED: &str = "502 5.5.1 Not offered here";
pub(super) const OTHER_GREETING: &str = "500 5.5.1 The greeting here is ";
pub(super) const GREET_FIRST: &str = "503 5.5.1 Greet first";
pub(super) const SENDER_ALREADY: &str = "503 5.5.1 There is a sender already";
pub(super) const SENDER_FIRST: &str = "503 5.5.1 Sender first";
pub(super) const RECIPIENT_FIRST: &str = "503 5.5.1 No valid recipient yet";
pub(super) const BDAT_BEGUN: &str = "503 5.5.1 Begun with BDAT, go on with BDAT";
pub(super) const NOT_HERE: &str = "550 5.1.1 No such address here";
pub(super) const TOO_MANY_RECIPIENTS: &str = "452 4.5.3 Too many recipients in one message";
pub(super) const NOT_ANNOUNCED_UTF8: &str = "553 5.6.7 Say SMTPUTF8 for an address beyond ASCII";
pub(super) const NO_SUCH_PARAMETER: &str = "555 5.5.4 Parameter not offered here";
pub(super) const NO_ROOM: &str = "452 4.3.1 Too much mail at this moment, please try again";

/// Why the intake gave no answer in time, as the sender reads it.
pub(super) const INTAKE_SILENT: &str = "Could not store in time";
/// An answer that the intake owed and did not give.
pub(super) const INTAKE_WITHOUT_ANSWER: &str = "Could not store";

/// The answer for a text that was not kept.
pub(super) fn of_loss(loss: Loss, message_bytes_max: usize) -> String {
    match loss {
        Loss::TooBig => too_big(message_bytes_max),
        Loss::NoRoom => NO_ROOM.to_owned(),
    }
}

/// What the author of a mail that is too big reads in the failure report of their own server:
/// that it did not arrive, and how big it may be. In every language of residents, because who
/// wrote it is not known; in letters of ASCII, because replies have no others.
pub(super) fn too_big(message_bytes_max: usize) -> String {
    let most = match message_bytes_max / BYTES_PER_MB {
        0 => format!("{message_bytes_max} bytes"),
        mb => format!("{mb} MB"),
    };
    let values = [("most", Value::Text(&most))];
    let say = |lang| one_line(&Words::new(lang).say_with("refusal-mail-too-big", &values));
    let [first, second, third] = Lang::ALL.map(say);
    format!("552-5.3.4 {first}\r\n552-5.3.4 {second}\r\n552 5.3.4 {third}")
}

/// The answer of the intake on the wire.
pub(super) fn of_taken(taken: &Taken) -> String {
    match taken {
        Taken::Stored => STORED.to_owned(),
        Taken::Later(reason) => format!("451 4.3.0 {}", one_line(reason)),
        Taken::Refused(reason) => format!("554 5.6.0 {}", one_line(reason)),
    }
}

/// The one answer for all recipients that SMTP has room for: later beats refused beats stored,
/// because nothing may be lost and nothing may be called stored that is not.
pub(super) fn worst(taken: Vec<Taken>) -> Taken {
    let rank = |taken: &Taken| match taken {
        Taken::Stored => 0,
        Taken::Refused(_) => 1,
        Taken::Later(_) => 2,
    };
    // The first of the worst, so that the reason is the one of the first recipient it fits.
    let worst = taken.into_iter().rev().max_by_key(rank);
    worst.unwrap_or_else(|| Taken::Later(INTAKE_WITHOUT_ANSWER.to_owned()))
}

/// The greeting names of a dialogue, for the sender that uses another.
pub(super) fn greeting_names(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Smtp => "EHLO",
        Protocol::Lmtp => "LHLO",
    }
}

/// A reason cut to one printable line, so that no text from elsewhere can forge a reply.
fn one_line(reason: &str) -> String {
    let mut line = String::with_capacity(reason.len().min(REASON_BYTES_MAX));
    for letter in reason.chars().take(REASON_BYTES_MAX) {
        line.push(if letter.is_ascii_graphic() { letter } else { ' ' });
    }
    let line = line.trim();
    if line.is_empty() { INTAKE_WITHOUT_ANSWER.to_owned() } else { line.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_answer_wins() {
        let table = [
            ("SS", "250 2.0.0 Stored"),
            ("SR", "554 5.6.0 refused 1"),
            ("RRS", "554 5.6.0 refused 0"),
            ("SRL", "451 4.3.0 later 2"),
            ("", "451 4.3.0 Could not store"),
        ];
        for (answers, expected) in table {
            let taken = answers.chars().enumerate().map(|(index, letter)| match letter {
                'S' => Taken::Stored,
                'R' => Taken::Refused(format!("refused {index}")),
                _ => Taken::Later(format!("later {index}")),
            });
            assert_eq!(of_taken(&worst(taken.collect())), expected, "{answers}");
        }
    }

    #[test]
    fn whoever_sends_too_much_is_told_how_much_may_be() {
        let lines = too_big(25 * BYTES_PER_MB);
        let expected = "552-5.3.4 Uw e-mail is te groot: hoogstens 25 MB, met alle bijlagen.\r\n\
                        552-5.3.4 Jo e-mail is te grut: heechstens 25 MB, mei alle bylagen.\r\n\
                        552 5.3.4 Your e-mail is too big: at most 25 MB, attachments included.";
        assert_eq!(lines, expected);
        assert!(too_big(20).contains("20 bytes"));
    }

    #[test]
    fn a_reason_is_one_line() {
        let forged = Taken::Later("disk\r\n250 2.0.0 fine \u{e9}\n".to_owned());
        assert_eq!(of_taken(&forged), "451 4.3.0 disk  250 2.0.0 fine");
        assert!(of_taken(&Taken::Refused("x".repeat(9999))).len() < 512);
    }
}
