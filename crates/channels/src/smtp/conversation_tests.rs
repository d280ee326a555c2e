//! The dialogue as text: what the client says (`>`) and what the server answers (`<`).

use super::rehearsal::{Outcome, Rehearsal};
use super::{Door, Limits, Protocol};

/// A session over this protocol with these limits.
pub(super) fn rehearse(protocol: Protocol, limits: Limits) -> Rehearsal {
    Rehearsal::new(&Door { limits, ..Door::new(protocol, "mail.example.nl") })
}

/// Plays the lines with `>` and compares all that was said with the script. `\0`, `\n` and such
/// can be written in a line; each line gets CR LF.
fn plays(protocol: Protocol, limits: Limits, script: &str) -> Outcome {
    plays_in(rehearse(protocol, limits), script)
}

/// The same in a session that stands ready.
pub(super) fn plays_in(mut session: Rehearsal, script: &str) -> Outcome {
    let script: Vec<&str> = script.lines().map(str::trim_start).filter(|l| !l.is_empty()).collect();
    let mut heard: Vec<String> = Vec::new();
    for line in script.iter().filter(|line| line.starts_with('>')) {
        let said = line[1..].strip_prefix(' ').unwrap_or("");
        session.hear(b"");
        heard.extend(session.outcome.replies.drain(..).as_str().lines().map(|r| format!("< {r}")));
        heard.push((*line).to_owned());
        let wire = said.replace("\\0", "\0").replace("\\n", "\n").replace("\\r", "\r");
        session.hear(format!("{wire}\r\n").as_bytes());
    }
    heard.extend(session.outcome.replies.drain(..).as_str().lines().map(|r| format!("< {r}")));
    assert_eq!(heard.join("\n"), script.join("\n"));
    session.outcome
}

fn smtp(script: &str) -> Outcome {
    plays(Protocol::Smtp, Limits::default(), script)
}

fn lmtp(script: &str) -> Outcome {
    plays(Protocol::Lmtp, Limits::default(), script)
}

#[test]
fn a_message_over_smtp() {
    let outcome = smtp(
        "< 220 mail.example.nl ESMTP Belofte
         > EHLO client.example.org
         < 250-mail.example.nl
         < 250-PIPELINING
         < 250-SIZE 26214400
         < 250-8BITMIME
         < 250-SMTPUTF8
         < 250-ENHANCEDSTATUSCODES
         < 250 CHUNKING
         > MAIL FROM:<jan@example.org> SIZE=12 BODY=8BITMIME
         < 250 2.1.0 Sender noted
         > RCPT TO:<contact@example.nl>
         < 250 2.1.5 Recipient noted
         > DATA
         < 354 Write; end with a line that has only a dot
         > Subject: lamp
         >
         > ..kapot
         > .
         < 250 2.0.0 Stored
         > QUIT
         < 221 2.0.0 Goodbye",
    );
    let [(envelope, raw)] = &outcome.messages[..] else { panic!("{outcome:?}") };
    assert_eq!(envelope.helo, "client.example.org");
    assert_eq!(envelope.sender, "jan@example.org");
    assert_eq!(envelope.recipients, ["contact@example.nl"]);
    assert_eq!(raw, b"Subject: lamp\r\n\r\n.kapot\r\n");
}

#[test]
fn order_and_sense_of_commands() {
    smtp(
        "< 220 mail.example.nl ESMTP Belofte
         > MAIL FROM:<jan@example.org>
         < 503 5.5.1 Greet first
         > LHLO client
         < 500 5.5.1 The greeting here is EHLO
         > HELO client
         < 250 mail.example.nl
         > RCPT TO:<contact@example.nl>
         < 503 5.5.1 Sender first
         > DATA
         < 503 5.5.1 Sender first
         > MAIL FROM:<>
         < 250 2.1.0 Sender noted
         > MAIL FROM:<jan@example.org>
         < 503 5.5.1 There is a sender already
         > DATA
         < 503 5.5.1 No valid recipient yet
         > RCPT TO:<jan@elders.example>
         < 550 5.1.1 No such address here
         > DATA
         < 503 5.5.1 No valid recipient yet
         > RSET
         < 250 2.0.0 Reset
         > RCPT TO:<contact@example.nl>
         < 503 5.5.1 Sender first
         > NOOP
         < 250 2.0.0 Still here
         > VRFY jan
         < 252 2.5.0 Send a message and it will show
         > HELP
         < 214 2.0.0 See RFC 5321 and RFC 2033
         > EXPN lijst
         < 502 5.5.1 Not offered here
         > STARTTLS
         < 502 5.5.1 Not offered here
         > AUTH PLAIN AGphbgBnZWhlaW0=
         < 502 5.5.1 Not offered here
         > GROET
         < 500 5.5.2 No such command
         >
         < 500 5.5.2 No such command
         > quit
         < 221 2.0.0 Goodbye",
    );
}

#[test]
fn addresses_and_parameters() {
    let outcome = smtp(
        "< 220 mail.example.nl ESMTP Belofte
         > HELO client
         < 250 mail.example.nl
         > MAIL FROM:jan@example.org
         < 501 5.5.4 Command not understood
         > MAIL FROM:<postmaster>
         < 501 5.1.7 Sender address not understood
         > MAIL FROM:<jan@example.org> RET=FULL
         < 555 5.5.4 Parameter not offered here
         > MAIL FROM:<jan@example.org> BODY=BINARYMIME
         < 555 5.5.4 Parameter not offered here
         > MAIL FROM:<jan@example.org> REQUIRETLS
         < 555 5.5.4 Parameter not offered here
         > MAIL FROM:<jan@example.org> KLEUR=ROOD
         < 555 5.5.4 Parameter not offered here
         > MAIL FROM:<jan@example.org> SIZE=26214401
         < 552-5.3.4 Uw e-mail is te groot: hoogstens 25 MB, met alle bijlagen.
         < 552-5.3.4 Jo e-mail is te grut: heechstens 25 MB, mei alle bylagen.
         < 552 5.3.4 Your e-mail is too big: at most 25 MB, attachments included.
         > MAIL FROM:<jörn@example.org>
         < 553 5.6.7 Say SMTPUTF8 for an address beyond ASCII
         > MAIL FROM:<jörn@example.org> SMTPUTF8
         < 250 2.1.0 Sender noted
         > RCPT TO:<>
         < 501 5.1.3 Recipient address not understood
         > RCPT TO:<contact@example.nl> NOTIFY=NEVER
         < 555 5.5.4 Parameter not offered here
         > RCPT TO:<Postmaster>
         < 250 2.1.5 Recipient noted
         > RCPT TO:<@a.example,@b.example:contact@example.nl>
         < 250 2.1.5 Recipient noted
         > RCPT TO:<\"a@b\"@example.nl>
         < 250 2.1.5 Recipient noted
         > RCPT TO:<één@example.nl>
         < 250 2.1.5 Recipient noted
         > DATA
         < 354 Write; end with a line that has only a dot
         > .
         < 250 2.0.0 Stored",
    );
    let (envelope, raw) = &outcome.messages[0];
    assert_eq!(envelope.sender, "jörn@example.org");
    let expected = ["Postmaster", "contact@example.nl", "\"a@b\"@example.nl", "één@example.nl"];
    assert_eq!(envelope.recipients, expected);
    assert_eq!(raw, b"");
}

/// INTAKE 5 too: every byte stays what it is.
#[test]
fn no_smuggling() {
    let outcome = smtp(
        "< 220 mail.example.nl ESMTP Belofte
         > HELO client
         < 250 mail.example.nl
         > MAIL FROM:<a@example.org>
         < 250 2.1.0 Sender noted
         > RCPT TO:<contact@example.nl>
         < 250 2.1.5 Recipient noted
         > DATA
         < 354 Write; end with a line that has only a dot
         > one\\n.\\nMAIL FROM:<b@example.org>\\nRCPT TO:<contact@example.nl>\\nDATA
         > two\\n.
         > three\\r.\\rRSET
         > nul \\0 nul
         > .
         < 250 2.0.0 Stored
         > NOOP\\nRSET
         < 500 5.5.2 A command is UTF-8 text that ends with CR LF
         < 250 2.0.0 Reset
         > NO\\rOP
         < 500 5.5.2 A command is UTF-8 text that ends with CR LF
         > NOOP \\0
         < 500 5.5.2 A command is UTF-8 text that ends with CR LF",
    );
    let [(_, raw)] = &outcome.messages[..] else { panic!("one message, not {outcome:?}") };
    let text = "one\n.\nMAIL FROM:<b@example.org>\nRCPT TO:<contact@example.nl>\nDATA\r\n\
                two\n.\r\nthree\r.\rRSET\r\nnul \0 nul\r\n";
    assert_eq!(std::str::from_utf8(raw), Ok(text));
}

#[test]
fn one_answer_for_many_in_smtp() {
    let begin = "< 220 mail.example.nl ESMTP Belofte
                 > HELO client
                 < 250 mail.example.nl
                 > MAIL FROM:<>
                 < 250 2.1.0 Sender noted";
    let table = [
        (&["a"][..], "250 2.0.0 Stored"),
        (&["a", "never", "b"], "554 5.6.0 not this one"),
        (&["never", "later", "a"], "451 4.3.0 disk full"),
    ];
    for (recipients, expected) in table {
        let mut script = begin.to_owned();
        for recipient in recipients {
            script += &format!("\n> RCPT TO:<{recipient}@example.nl>");
            script += "\n< 250 2.1.5 Recipient noted";
        }
        script += "\n> DATA\n< 354 Write; end with a line that has only a dot\n> .";
        script += &format!("\n< {expected}\n> RSET\n< 250 2.0.0 Reset");
        smtp(&script);
    }
}

#[test]
fn an_answer_each_in_lmtp() {
    let outcome = lmtp(
        "< 220 mail.example.nl LMTP Belofte
         > EHLO client
         < 500 5.5.1 The greeting here is LHLO
         > LHLO client
         < 250-mail.example.nl
         < 250-PIPELINING
         < 250-SIZE 26214400
         < 250-8BITMIME
         < 250-SMTPUTF8
         < 250-ENHANCEDSTATUSCODES
         < 250 CHUNKING
         > MAIL FROM:<jan@example.org>
         < 250 2.1.0 Sender noted
         > DATA
         < 503 5.5.1 No valid recipient yet
         > RCPT TO:<later@example.nl>
         < 250 2.1.5 Recipient noted
         > RCPT TO:<jan@elders.example>
         < 550 5.1.1 No such address here
         > RCPT TO:<never@example.nl>
         < 250 2.1.5 Recipient noted
         > RCPT TO:<contact@example.nl>
         < 250 2.1.5 Recipient noted
         > DATA
         < 354 Write; end with a line that has only a dot
         > hallo
         > .
         < 451 4.3.0 disk full
         < 554 5.6.0 not this one
         < 250 2.0.0 Stored",
    );
    assert_eq!(outcome.messages.len(), 1);
}

#[test]
fn limits_refuse_and_the_session_goes_on() {
    let limits = Limits {
        message_bytes: 20,
        command_line_bytes: 40,
        recipients: 2,
        messages_per_session: 3,
        ..Limits::default()
    };
    let outcome = plays(
        Protocol::Lmtp,
        limits,
        "< 220 mail.example.nl LMTP Belofte
         > LHLO client
         < 250-mail.example.nl
         < 250-PIPELINING
         < 250-SIZE 20
         < 250-8BITMIME
         < 250-SMTPUTF8
         < 250-ENHANCEDSTATUSCODES
         < 250 CHUNKING
         > NOOP 0123456789012345678901234567890123
         < 500 5.5.2 Command line too long
         > MAIL FROM:<> SIZE=21
         < 552-5.3.4 Uw e-mail is te groot: hoogstens 20 bytes, met alle bijlagen.
         < 552-5.3.4 Jo e-mail is te grut: heechstens 20 bytes, mei alle bylagen.
         < 552 5.3.4 Your e-mail is too big: at most 20 bytes, attachments included.
         > MAIL FROM:<>
         < 250 2.1.0 Sender noted
         > RCPT TO:<a@example.nl>
         < 250 2.1.5 Recipient noted
         > RCPT TO:<b@example.nl>
         < 250 2.1.5 Recipient noted
         > RCPT TO:<c@example.nl>
         < 452 4.5.3 Too many recipients in one message
         > DATA
         < 354 Write; end with a line that has only a dot
         > 12345678
         > 12345678
         > RSET
         > .
         < 552-5.3.4 Uw e-mail is te groot: hoogstens 20 bytes, met alle bijlagen.
         < 552-5.3.4 Jo e-mail is te grut: heechstens 20 bytes, mei alle bylagen.
         < 552 5.3.4 Your e-mail is too big: at most 20 bytes, attachments included.
         < 552-5.3.4 Uw e-mail is te groot: hoogstens 20 bytes, met alle bijlagen.
         < 552-5.3.4 Jo e-mail is te grut: heechstens 20 bytes, mei alle bylagen.
         < 552 5.3.4 Your e-mail is too big: at most 20 bytes, attachments included.
         > MAIL FROM:<>
         < 250 2.1.0 Sender noted
         > RCPT TO:<a@example.nl>
         < 250 2.1.5 Recipient noted
         > DATA
         < 354 Write; end with a line that has only a dot
         > 12345678
         > 12345678
         > .
         < 250 2.0.0 Stored
         > MAIL FROM:<>
         < 250 2.1.0 Sender noted
         > RSET
         < 250 2.0.0 Reset
         > MAIL FROM:<>
         < 421 4.7.0 Many messages by now, please connect again",
    );
    assert_eq!(outcome.messages.len(), 1);
}

#[test]
fn no_room_for_now() {
    let limits = Limits { memory_bytes: 1000, ..Limits::default() };
    let outcome = plays(
        Protocol::Smtp,
        limits,
        "< 220 mail.example.nl ESMTP Belofte
         > HELO client
         < 250 mail.example.nl
         > MAIL FROM:<>
         < 250 2.1.0 Sender noted
         > RCPT TO:<a@example.nl>
         < 250 2.1.5 Recipient noted
         > DATA
         < 354 Write; end with a line that has only a dot
         > a
         > .
         < 452 4.3.1 Too much mail at this moment, please try again",
    );
    assert!(outcome.messages.is_empty());
}

#[test]
fn nonsense_and_idleness_end() {
    let bad = Limits { bad_commands: 3, ..Limits::default() };
    plays(
        Protocol::Smtp,
        bad.clone(),
        "< 220 mail.example.nl ESMTP Belofte
         > GIT / HTTP/1.1
         < 500 5.5.2 No such command
         > Host: mail
         < 500 5.5.2 No such command
         > X
         < 421 4.7.0 Too many commands without sense",
    );
    plays(
        Protocol::Smtp,
        Limits { idle_commands: 1, ..bad },
        "< 220 mail.example.nl ESMTP Belofte
         > NOOP
         < 250 2.0.0 Still here
         > NOOP
         < 250 2.0.0 Still here
         > NOOP
         < 250 2.0.0 Still here
         > NOOP
         < 421 4.7.0 Too many commands without sense",
    );
}

#[test]
fn chunks() {
    let limits = Limits { message_bytes: 20, discarded_bytes: 50, ..Limits::default() };
    let outcome = plays(
        Protocol::Lmtp,
        limits,
        "< 220 mail.example.nl LMTP Belofte
         > BDAT 6 LAST
         < 503 5.5.1 Sender first
         > RSET
         > LHLO client
         < 250-mail.example.nl
         < 250-PIPELINING
         < 250-SIZE 20
         < 250-8BITMIME
         < 250-SMTPUTF8
         < 250-ENHANCEDSTATUSCODES
         < 250 CHUNKING
         > MAIL FROM:<>
         < 250 2.1.0 Sender noted
         > RCPT TO:<later@example.nl>
         < 250 2.1.5 Recipient noted
         > RCPT TO:<a@example.nl>
         < 250 2.1.5 Recipient noted
         > BDAT 5
         > .\\r\\n
         < 250 2.0.0 5 bytes here
         > DATA
         < 503 5.5.1 Begun with BDAT, go on with BDAT
         > RCPT TO:<b@example.nl>
         < 503 5.5.1 Begun with BDAT, go on with BDAT
         > BDAT 3
         > x
         < 250 2.0.0 3 bytes here
         > BDAT 0 LAST
         < 451 4.3.0 disk full
         < 250 2.0.0 Stored
         > MAIL FROM:<>
         < 250 2.1.0 Sender noted
         > RCPT TO:<a@example.nl>
         < 250 2.1.5 Recipient noted
         > BDAT 22
         > 01234567890123456789
         < 552-5.3.4 Uw e-mail is te groot: hoogstens 20 bytes, met alle bijlagen.
         < 552-5.3.4 Jo e-mail is te grut: heechstens 20 bytes, mei alle bylagen.
         < 552 5.3.4 Your e-mail is too big: at most 20 bytes, attachments included.
         > BDAT 3 LAST
         > x
         < 552-5.3.4 Uw e-mail is te groot: hoogstens 20 bytes, met alle bijlagen.
         < 552-5.3.4 Jo e-mail is te grut: heechstens 20 bytes, mei alle bylagen.
         < 552 5.3.4 Your e-mail is too big: at most 20 bytes, attachments included.
         > BDAT 99999999
         < 552-5.3.4 Uw e-mail is te groot: hoogstens 20 bytes, met alle bijlagen.
         < 552-5.3.4 Jo e-mail is te grut: heechstens 20 bytes, mei alle bylagen.
         < 552 5.3.4 Your e-mail is too big: at most 20 bytes, attachments included.",
    );
    let [(_, raw)] = &outcome.messages[..] else { panic!("{outcome:?}") };
    assert_eq!(raw, b".\r\n\r\nx\r\n");
}
