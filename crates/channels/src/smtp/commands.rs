//! The commands: their order (RFC 5321 §4.1.4) and what each of them does to the session.

use std::borrow::Cow;

use smtp_proto::{
    Error, MAIL_BODY_7BIT, MAIL_BODY_8BITMIME, MAIL_SMTPUTF8, MailFrom, RcptTo, Request,
};

use super::body::{Body, Loss};
use super::conversation::{Conversation, Phase, Transaction};
use super::dots::DotReader;
use super::{Protocol, reply};

/// How requests of the web begin (RFC 9110 §9.1, RFC 5789).
const WEB_VERBS: [&str; 8] =
    ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS"];

type Command<'a> = Request<Cow<'a, str>>;

impl Conversation {
    /// Does what a complete line, with its line end, asks for, and adds the reply.
    pub(super) fn obey(&mut self, line: &[u8], serves: &dyn Fn(&str) -> bool) {
        let Some(text) = clean(line) else {
            return self.complain(reply::BAD_LINE);
        };
        if is_of_the_web(text) {
            return self.dismiss(reply::NOT_MAIL);
        }
        match Request::parse(&mut line.iter()) {
            Ok(command) => self.follow(command, text, serves),
            Err(error) => self.complain(of_error(&error)),
        }
    }

    fn follow(&mut self, command: Command<'_>, text: &str, serves: &dyn Fn(&str) -> bool) {
        match command {
            Request::Ehlo { host } => self.greeted(Protocol::Smtp, &host, true),
            Request::Helo { host } => self.greeted(Protocol::Smtp, &host, false),
            Request::Lhlo { host } => self.greeted(Protocol::Lmtp, &host, true),
            Request::Mail { from } => self.mail(&from, text),
            Request::Rcpt { to } => self.rcpt(&to, text, serves),
            Request::Data => self.data(),
            Request::Bdat { chunk_size, is_last } => self.bdat(chunk_size, is_last),
            Request::Rset => {
                self.transaction = None;
                self.idle(reply::RESET);
            }
            Request::Noop { .. } => self.idle(reply::NOTHING_DONE),
            Request::Vrfy { .. } => self.idle(reply::VERIFY),
            Request::Help { .. } => self.idle(reply::HELP),
            Request::Quit => self.dismiss(reply::GOODBYE),
            Request::StartTls => self.start_tls(text),
            Request::Expn { .. }
            | Request::Auth { .. }
            | Request::Etrn { .. }
            | Request::Atrn { .. }
            | Request::Burl { .. } => self.complain(reply::NOT_OFFERED),
        }
    }

    /// A command that is fine but brings no message nearer; too many of those are a mistake.
    fn idle(&mut self, answer: &str) {
        self.idle_commands += 1;
        if self.idle_commands > self.house.limits.idle_commands {
            self.complain(answer);
        } else {
            self.say(answer);
        }
    }

    fn greeted(&mut self, protocol: Protocol, host: &str, extended: bool) {
        if protocol != self.house.protocol {
            let name = reply::greeting_names(self.house.protocol);
            return self.complain(&format!("{}{name}", reply::OTHER_GREETING));
        }
        self.transaction = None;
        self.helo = Some(host.to_owned());
        let hostname = &self.house.hostname;
        let answer = if extended {
            let size = self.house.limits.message_bytes;
            let tls = if self.house.offers_tls && !self.secure { "250-STARTTLS\r\n" } else { "" };
            format!(
                "250-{hostname}\r\n250-PIPELINING\r\n250-SIZE {size}\r\n250-8BITMIME\r\n\
                 250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n{tls}250 CHUNKING"
            )
        } else {
            format!("250 {hostname}")
        };
        self.idle(&answer);
    }

    /// What was said so far is forgotten only when the handshake has succeeded.
    fn start_tls(&mut self, text: &str) {
        if !text.trim_end().eq_ignore_ascii_case("STARTTLS") {
            self.complain(reply::BAD_SYNTAX);
        } else if !self.house.offers_tls {
            self.complain(reply::NOT_OFFERED);
        } else if self.secure {
            self.complain(reply::SECURE_ALREADY);
        } else {
            self.phase = Phase::Handshake;
            self.say(reply::SECURE_NOW);
        }
    }

    fn mail(&mut self, from: &MailFrom<Cow<'_, str>>, text: &str) {
        if self.helo.is_none() {
            return self.complain(reply::GREET_FIRST);
        }
        if self.transaction.is_some() {
            return self.complain(reply::SENDER_ALREADY);
        }
        if !only_offered(from) {
            return self.complain(reply::NO_SUCH_PARAMETER);
        }
        // The grammar reads `<postmaster>` as an empty address; as a sender it means nothing.
        let Some(sender) = written_address(text).filter(|one| one.is_empty() || one.contains('@'))
        else {
            return self.complain(reply::BAD_SENDER);
        };
        let beyond_ascii = from.flags & MAIL_SMTPUTF8 != 0;
        if !beyond_ascii && !sender.is_ascii() {
            return self.complain(reply::NOT_ANNOUNCED_UTF8);
        }
        let limits = &self.house.limits;
        if from.size > limits.message_bytes {
            let answer = reply::too_big(limits.message_bytes);
            return self.say(&answer);
        }
        if self.messages >= limits.messages_per_session {
            return self.dismiss(reply::TOO_MANY_MESSAGES);
        }
        let body = Body::new(self.house.memory.share(), limits.message_bytes, from.size);
        self.messages += 1;
        self.transaction = Some(Transaction {
            sender: sender.to_owned(),
            beyond_ascii,
            recipients: Vec::new(),
            chunked: false,
            body,
        });
        self.say(reply::SENDER_FINE);
    }

    fn rcpt(&mut self, to: &RcptTo<Cow<'_, str>>, text: &str, serves: &dyn Fn(&str) -> bool) {
        let recipients_max = self.house.limits.recipients;
        let Some(transaction) = &mut self.transaction else {
            return self.complain(reply::SENDER_FIRST);
        };
        if to.flags != 0 || to.orcpt.is_some() || to.rrvs != 0 {
            return self.complain(reply::NO_SUCH_PARAMETER);
        }
        let Some(recipient) = written_address(text).filter(|one| !one.is_empty()) else {
            return self.complain(reply::BAD_RECIPIENT);
        };
        if !transaction.beyond_ascii && !recipient.is_ascii() {
            return self.complain(reply::NOT_ANNOUNCED_UTF8);
        }
        if transaction.chunked {
            return self.complain(reply::BDAT_BEGUN);
        }
        if transaction.recipients.len() >= recipients_max {
            return self.say(reply::TOO_MANY_RECIPIENTS);
        }
        if !serves(recipient) {
            return self.unknown();
        }
        transaction.recipients.push(recipient.to_owned());
        self.say(reply::RECIPIENT_FINE);
    }

    /// Nobody has so many wrong addresses by accident: who tries names is slowed down.
    fn unknown(&mut self) {
        self.unknown_recipients += 1;
        if self.unknown_recipients > self.house.limits.unknown_recipients {
            self.dismiss(reply::TOO_MANY_UNKNOWN);
        } else {
            self.say(reply::NOT_HERE);
        }
    }

    fn data(&mut self) {
        match &self.transaction {
            None => self.complain(reply::SENDER_FIRST),
            Some(transaction) if transaction.recipients.is_empty() => {
                self.complain(reply::RECIPIENT_FIRST);
            }
            Some(transaction) if transaction.chunked => self.complain(reply::BDAT_BEGUN),
            Some(_) => {
                self.phase = Phase::Text(DotReader::new());
                self.say(reply::GO_ON);
            }
        }
    }

    /// A chunk follows its command at once, so its bytes must be read even when they are refused
    /// (RFC 3030 §4.1).
    fn bdat(&mut self, bytes: usize, last: bool) {
        let limits = &self.house.limits;
        let (discarded_max, too_big) = (limits.discarded_bytes, limits.message_bytes);
        if bytes > discarded_max {
            return self.dismiss(&reply::too_big(too_big));
        }
        let refusal = match &mut self.transaction {
            None => Some(reply::SENDER_FIRST),
            Some(transaction) if transaction.recipients.is_empty() => Some(reply::RECIPIENT_FIRST),
            Some(transaction) => {
                transaction.chunked = true;
                if transaction.body.discarded_bytes() > discarded_max {
                    let loss = transaction.body.loss().unwrap_or(Loss::TooBig);
                    return self.dismiss(&reply::of_loss(loss, too_big));
                }
                None
            }
        };
        match refusal {
            None => self.phase = Phase::Chunk { bytes, left: bytes, last },
            Some(refusal) => {
                self.phase = Phase::Refuse { left: bytes };
                self.complain(refusal);
            }
        }
    }
}

/// The command without its line end; none when it holds what no command may hold: no CR LF at
/// the end, control characters, or bytes that are no UTF-8.
fn clean(line: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(line.strip_suffix(b"\r\n")?).ok()?;
    (!text.bytes().any(|byte| byte.is_ascii_control())).then_some(text)
}

/// Whether a browser speaks, made to by a page that carries commands in a form. Its request would
/// be a few mistakes, and the commands would follow.
fn is_of_the_web(text: &str) -> bool {
    let verb = text.split(' ').next().unwrap_or_default();
    WEB_VERBS.iter().any(|one| verb.eq_ignore_ascii_case(one))
}

/// Whether `MAIL` has only parameters that the greeting offers.
fn only_offered(from: &MailFrom<Cow<'_, str>>) -> bool {
    let offered = MAIL_BODY_7BIT | MAIL_BODY_8BITMIME | MAIL_SMTPUTF8;
    let plain = MailFrom {
        address: from.address.clone(),
        flags: from.flags & offered,
        size: from.size,
        ..MailFrom::default()
    };
    *from == plain
}

/// The address between `<` and `>` as it was written, quotes included, without a source route
/// (RFC 5321 appendix F.2). The grammar has checked the line before; it takes quotes off, which
/// would make `"a@b"@example.nl` another address.
fn written_address(text: &str) -> Option<&str> {
    let (_, path) = text.split_once('<')?;
    let (mut quoted, mut escaped) = (false, false);
    let end = path.bytes().position(|byte| {
        let plain = !std::mem::take(&mut escaped);
        match byte {
            b'"' if plain => quoted = !quoted,
            b'\\' if plain => escaped = quoted,
            _ => {}
        }
        byte == b'>' && !quoted
    })?;
    let address = &path[..end];
    let routed = address.starts_with('@');
    Some(if routed { address.split_once(':')?.1 } else { address })
}

/// The reply to a line that the grammar does not know.
fn of_error(error: &Error) -> &'static str {
    match error {
        Error::UnknownCommand => reply::NO_SUCH_COMMAND,
        Error::InvalidSenderAddress => reply::BAD_SENDER,
        Error::InvalidRecipientAddress => reply::BAD_RECIPIENT,
        Error::UnsupportedParameter { .. } => reply::NO_SUCH_PARAMETER,
        Error::SyntaxError { .. }
        | Error::InvalidParameter { .. }
        | Error::NeedsMoreData { .. }
        | Error::ResponseTooLong
        | Error::InvalidResponse { .. } => reply::BAD_SYNTAX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_as_written() {
        let table = [
            ("MAIL FROM:<>", Some("")),
            ("MAIL FROM:<jan@example.nl> SIZE=3", Some("jan@example.nl")),
            (r#"RCPT TO:<"a@b"@example.nl>"#, Some(r#""a@b"@example.nl"#)),
            (r#"RCPT TO:<"a>\"b"@example.nl> X"#, Some(r#""a>\"b"@example.nl"#)),
            ("RCPT TO:<@a.example,@b.example:jan@example.nl>", Some("jan@example.nl")),
            ("RCPT TO:<Postmaster>", Some("Postmaster")),
            ("RCPT TO:jan@example.nl", None),
            ("RCPT TO:<jan@example.nl", None),
        ];
        for (line, expected) in table {
            assert_eq!(written_address(line), expected, "{line}");
        }
    }
}
