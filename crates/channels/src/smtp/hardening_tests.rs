//! What hostile clients say, as text or byte by byte, and that it comes to nothing.

use super::conversation_tests::{plays_in, rehearse};
use super::limits::MESSAGE_BYTES;
use super::rehearsal::Rehearsal;
use super::{Door, Limits, Protocol};

fn secure(limits: Limits) -> Rehearsal {
    Rehearsal::offering_tls(&Door { limits, ..Door::new(Protocol::Smtp, "mail.example.nl") })
}

#[test]
fn tls_begins_with_nothing_known() {
    plays_in(
        secure(Limits::default()),
        "< 220 mail.example.nl ESMTP Belofte
         > EHLO client
         < 250-mail.example.nl
         < 250-PIPELINING
         < 250-SIZE 26214400
         < 250-8BITMIME
         < 250-SMTPUTF8
         < 250-ENHANCEDSTATUSCODES
         < 250-STARTTLS
         < 250 CHUNKING
         > MAIL FROM:<jan@example.org>
         < 250 2.1.0 Sender noted
         > STARTTLS now
         < 501 5.5.4 Command not understood
         > STARTTLS
         < 220 2.0.0 Begin TLS
         > RCPT TO:<contact@example.nl>
         < 503 5.5.1 Sender first
         > MAIL FROM:<jan@example.org>
         < 503 5.5.1 Greet first
         > EHLO client
         < 250-mail.example.nl
         < 250-PIPELINING
         < 250-SIZE 26214400
         < 250-8BITMIME
         < 250-SMTPUTF8
         < 250-ENHANCEDSTATUSCODES
         < 250 CHUNKING
         > STARTTLS
         < 503 5.5.1 This is within TLS already",
    );
}

#[test]
fn nothing_pipelined_behind_starttls_is_heard() {
    for injected in ["RSET\r\n", "M", "\r\n", "EHLO x\r\nMAIL FROM:<>\r\n"] {
        let mut session = secure(Limits::default());
        assert!(!session.hear(format!("EHLO c\r\nSTARTTLS\r\n{injected}").as_bytes()));
        let expected =
            "220 2.0.0 Begin TLS\r\n554 5.7.0 Nothing may follow STARTTLS in the clear\r\n";
        assert!(session.outcome.replies.ends_with(expected), "{}", session.outcome.replies);
    }
}

#[test]
fn without_a_certificate_tls_is_not_offered() {
    let mut session = rehearse(Protocol::Lmtp, Limits::default());
    session.hear(b"LHLO c\r\nSTARTTLS\r\nNOOP\r\n");
    let replies = session.outcome.replies;
    assert!(!replies.contains("250-STARTTLS"), "{replies}");
    assert!(replies.ends_with("502 5.5.1 Not offered here\r\n250 2.0.0 Still here\r\n"));
}

#[test]
fn a_web_page_can_not_make_a_browser_send_mail() {
    for verb in ["GET", "POST", "post", "CONNECT", "OPTIONS"] {
        let mut session = rehearse(Protocol::Smtp, Limits::default());
        let request = format!("{verb} / HTTP/1.1\r\nHost: x\r\n\r\nHELO x\r\nMAIL FROM:<>\r\n");
        assert!(!session.hear(request.as_bytes()), "{verb}");
        let expected = "421 4.7.0 Mail is spoken here, and nothing else\r\n";
        assert!(session.outcome.replies.ends_with(expected), "{}", session.outcome.replies);
    }
}

#[test]
fn whoever_tries_names_must_come_back_for_more() {
    let limits = Limits { unknown_recipients: 2, ..Limits::default() };
    plays_in(
        rehearse(Protocol::Smtp, limits),
        "< 220 mail.example.nl ESMTP Belofte
         > HELO client
         < 250 mail.example.nl
         > MAIL FROM:<>
         < 250 2.1.0 Sender noted
         > RCPT TO:<a@elders.example>
         < 550 5.1.1 No such address here
         > RCPT TO:<b@elders.example>
         < 550 5.1.1 No such address here
         > RCPT TO:<a@example.nl>
         < 250 2.1.5 Recipient noted
         > RCPT TO:<c@elders.example>
         < 421 4.7.0 Too many addresses that are not here",
    );
}

/// INTAKE 11: what is too big is read and thrown away as far as that goes, and its sender is told.
#[test]
fn what_is_too_big_is_drained_in_bounds() {
    let limits = Limits { message_bytes: 100, discarded_bytes: 1000, ..Limits::default() };
    let begin = b"EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@example.nl>\r\n";
    let mut session = rehearse(Protocol::Smtp, limits.clone());
    assert!(session.hear(&[&begin[..], b"DATA\r\n"].concat()));
    assert!(session.hear(&[b'x'; 900]), "drained");
    assert_eq!(session.held_bytes(), 0, "and not kept");
    assert!(session.hear(b"\r\n.\r\nNOOP\r\n"));
    let told = "552 5.3.4 Your e-mail is too big: at most 100 bytes, attachments included.\r\n";
    assert!(session.outcome.replies.ends_with(&format!("{told}250 2.0.0 Still here\r\n")));

    let mut session = rehearse(Protocol::Smtp, limits.clone());
    session.hear(&[&begin[..], b"DATA\r\n"].concat());
    let pieces = (0..99).take_while(|_| session.hear(&[b'x'; 90])).count();
    assert!((10..14).contains(&pieces), "1000 bytes, and no more: {pieces} of 90");
    assert!(session.outcome.replies.ends_with(told), "{}", session.outcome.replies);

    let mut session = rehearse(Protocol::Smtp, limits);
    assert!(!session.hear(&[&begin[..], b"BDAT 1001\r\n"].concat()), "not begun with");
    assert!(session.outcome.replies.ends_with(told), "{}", session.outcome.replies);
}

/// Where the network cuts a text changes neither the answer nor when its sender is sent away.
#[test]
fn what_is_too_big_is_answered_alike_however_it_is_cut() {
    let limits = Limits { message_bytes: 300, discarded_bytes: 900, ..Limits::default() };
    let begin = b"LHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@example.nl>\r\nDATA\r\n";
    for (bytes, end) in
        [(880, &b""[..]), (910, b""), (880, b"\r\n.\r\nNOOP\r\n"), (910, b"\r\n.\r\n")]
    {
        let text = [&vec![b'x'; bytes][..], end].concat();
        let play = |cut: usize| {
            let mut session = rehearse(Protocol::Lmtp, limits.clone());
            let goes_on = session.hear(&[begin, &text[..cut]].concat());
            let goes_on = goes_on && session.hear(&text[cut..]);
            (goes_on, session.outcome.replies)
        };
        let whole = play(0);
        for cut in [1, 250, 299, 300, 301, 600, bytes] {
            assert_eq!(play(cut), whole, "{bytes} bytes, cut at {cut}");
        }
    }
}

/// A mail of one line is a mail: it is taken as it came (INTAKE 5), however long the line.
#[test]
fn a_line_of_any_length_is_taken() {
    let mut session = rehearse(Protocol::Smtp, Limits::default());
    session.hear(b"HELO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@example.nl>\r\nDATA\r\n");
    let line = vec![b'x'; MESSAGE_BYTES - 2];
    session.hear(&line);
    session.hear(b"\r\n.\r\n");
    assert!(session.outcome.replies.ends_with("250 2.0.0 Stored\r\n"));
    assert_eq!(session.outcome.messages[0].1, [&line[..], b"\r\n"].concat());
}

/// A sender that writes commands and never reads costs no more than a batch of replies.
#[test]
fn replies_do_not_pile_up() {
    let mut session = rehearse(Protocol::Smtp, Limits { idle_commands: 9999, ..Limits::default() });
    session.hear(b"");
    let before = session.outcome.replies.len();
    session.hear(&b"NOOP\r\n".repeat(5000));
    let said = session.outcome.replies.len() - before;
    assert_eq!(said, 5000 * "250 2.0.0 Still here\r\n".len());
    assert!(session.replies_bytes_max() < 20_000, "{}", session.replies_bytes_max());
}
