//! The relay: to our own listener as the other end, and to relays that misbehave.

use std::time::Duration;

use channels::relay::{Patience, Relay, SendError};
use channels::smtp::sink::{Manner, Sink};
use channels::smtp::{Limits, Protocol, Taken};

use crate::scripted::{DATA, GREETS, MAIL, OFFERS, PLAIN, Part, RCPT, Scripted};

const TO: &str = "jan@example.org";

/// Patience for relays of which the test knows that they never answer.
fn impatient() -> Patience {
    let short = Duration::from_millis(50);
    Patience { turn: short, connect: short, greet: short, envelope: short, text: short }
}

fn relay(url: &str) -> Relay {
    Relay::new(url).expect("a good URL")
}

/// `Retry 451`, `Fail -`, `Accepted`: the verdict in one word and the code.
async fn verdict(relay: &Relay) -> String {
    let code = |code: Option<u16>| code.map_or("-".to_owned(), |code| code.to_string());
    match relay.send(None, TO, b"hallo\r\n").await {
        Ok(_) => "Accepted".to_owned(),
        Err(SendError::Retry { code: known, .. }) => format!("Retry {}", code(known)),
        Err(SendError::Fail { code: known, .. }) => format!("Fail {}", code(known)),
    }
}

#[tokio::test]
async fn letters_arrive_byte_by_byte() {
    let sink = Sink::start().await.expect("a free port");
    let relay = relay(&sink.url());
    let table: [(&[u8], &[u8]); 7] = [
        (b"Subject: x\r\n\r\nhallo\r\n", b"Subject: x\r\n\r\nhallo\r\n"),
        (b".\r\n..\r\n...a\r\n.\r\n", b".\r\n..\r\n...a\r\n.\r\n"),
        (b"no line end", b"no line end\r\n"),
        (b"\r\n", b"\r\n"),
        (b"\r\n\r\n", b"\r\n\r\n"),
        (b"bare\n.\nends\r.\r", b"bare\r\n.\r\nends\r\n.\r\n"),
        ("\u{e9}\u{e9}n \u{20ac}\r\n".as_bytes(), "\u{e9}\u{e9}n \u{20ac}\r\n".as_bytes()),
    ];
    for (raw, _) in table {
        relay.send(Some("contact@example.nl"), TO, raw).await.expect("accepted");
    }
    relay.send(None, "j\u{f6}rn@example.org", b"x\r\n").await.expect("accepted");
    let collected = sink.stop().await.expect("in good order");
    for ((raw, expected), one) in table.iter().zip(&collected) {
        assert_eq!(one.raw, *expected, "{raw:?}");
        assert_eq!(one.envelope.sender, "contact@example.nl");
        assert_eq!(one.envelope.recipients, [TO]);
    }
    assert_eq!(collected[7].envelope.sender, "");
    assert_eq!(collected[7].envelope.recipients, ["j\u{f6}rn@example.org"]);
}

#[tokio::test]
async fn connections_are_kept_and_shared() {
    let sink = Sink::start().await.expect("a free port");
    let relay = relay(&sink.url());
    for _ in 0..5 {
        relay.send(None, TO, b"one by one\r\n").await.expect("accepted");
    }
    let peers = |from: usize| {
        let collected = sink.collected();
        let peers: std::collections::HashSet<_> =
            collected[from..].iter().map(|one| one.envelope.peer).collect();
        peers.len()
    };
    assert_eq!(peers(0), 1);
    let sends = (0..100).map(|index| {
        let relay = relay.clone();
        let raw = format!("{index}\r\n");
        tokio::spawn(async move { relay.send(None, TO, raw.as_bytes()).await })
    });
    for send in sends.collect::<Vec<_>>() {
        send.await.expect("no panic").expect("accepted");
    }
    assert_eq!(sink.count(), 105);
    assert!(peers(5) <= channels::relay::CONNECTIONS_MAX, "{} connections", peers(5));
    relay.rest().await;
    relay.send(None, TO, b"after a rest\r\n").await.expect("accepted");
}

#[tokio::test]
async fn refusals_keep_the_connection() {
    let manner = Manner {
        serves: |recipient| recipient != "unknown@example.org",
        answer: |_, raw| match raw {
            b"later\r\n" => vec![Taken::Later("busy".to_owned())],
            b"never\r\n" => vec![Taken::Refused("spam".to_owned())],
            _ => vec![Taken::Stored],
        },
        ..Manner::default()
    };
    let limits = Limits { connections: 1, message_bytes: 1000, ..Limits::default() };
    let started = Sink::start_with(Protocol::Smtp, limits, manner).await;
    let sink = started.expect("a free port");
    let relay = relay(&sink.url());
    let big = [b'a'; 2000];
    let table: [(&str, &[u8], &str); 5] = [
        (TO, b"later\r\n", "Retry { code: Some(451), why: \"transient error (451): 4.3.0 busy\" }"),
        (TO, b"never\r\n", "Fail { code: Some(554), why: \"permanent error (554): 5.6.0 spam\" }"),
        (
            "unknown@example.org",
            b"x",
            "Fail { code: Some(550), why: \"permanent error (550): \
          5.1.1 No such address here\" }",
        ),
        (
            TO,
            &big,
            "Fail { code: Some(552), why: \"permanent error (552): \
          5.3.4 Uw e-mail is te groot: hoogstens 1000 bytes, met alle bijlagen. \
          Jo e-mail is te grut: heechstens 1000 bytes, mei alle bylagen. \
          Your e-mail is too big: at most 1000 bytes, attachments included.\" }",
        ),
        ("jan", b"x", "Fail { code: None, why: \"the recipient is not a mail address\" }"),
    ];
    for (recipient, raw, expected) in table {
        let error = relay.send(None, recipient, raw).await.expect_err(expected);
        assert_eq!(format!("{error:?}"), expected);
        // Only one connection is allowed, so this goes over the same one.
        relay.send(None, TO, b"fine\r\n").await.expect("accepted");
    }
}

#[tokio::test]
async fn a_copy_that_is_refused_keeps_no_letter_back() {
    let manner =
        Manner { serves: |recipient| recipient != "unknown@example.org", ..Manner::default() };
    let started = Sink::start_with(Protocol::Smtp, Limits::default(), manner).await;
    let sink = started.expect("a free port");
    let relay = relay(&sink.url());
    let to = [TO, "unknown@example.org", "an@example.org"];
    let taken = relay.send_to(None, &to, b"with copies\r\n").await.expect("accepted");
    let [refused] = &taken.refused[..] else { panic!("{:?}", taken.refused) };
    assert!(refused.starts_with("unknown@example.org: ") && refused.contains("550"), "{refused}");
    let first = ["unknown@example.org", TO];
    let error = relay.send_to(None, &first, b"x\r\n").await.expect_err("refused");
    assert!(matches!(error, SendError::Fail { code: Some(550), .. }), "{error:?}");
    let collected = sink.stop().await.expect("in good order");
    assert_eq!(collected.len(), 1);
    assert_eq!(collected[0].envelope.recipients, [TO, "an@example.org"]);
}

#[tokio::test]
async fn relays_that_misbehave() {
    let table: [(&str, Part, &str); 12] = [
        ("closes at once", &[], "Retry -"),
        ("refuses us", &[("", "554 go away\r\n")], "Retry 554"),
        ("full", &[("", "421 later\r\n")], "Retry 421"),
        ("speaks something else", &[("", "SSH-2.0-x\r\n")], "Retry -"),
        ("no EHLO", &[GREETS, ("EHLO ", "502 no\r\n"), ("QUIT", "")], "Retry 502"),
        (
            "wants login",
            &[
                GREETS,
                OFFERS,
                OFFERS,
                ("MAIL", "530 login\r\n503 a\r\n503 b\r\n"),
                ("RSET", "250 ok\r\n"),
            ],
            "Retry 530",
        ),
        (
            "no such person",
            &[
                GREETS,
                OFFERS,
                OFFERS,
                MAIL,
                ("RCPT", "550 no\r\n"),
                ("DATA", "503 no\r\n"),
                ("RSET", "250 ok\r\n"),
            ],
            "Fail 550",
        ),
        (
            "no person but text",
            &[GREETS, OFFERS, OFFERS, MAIL, ("RCPT", "550 no\r\n"), DATA],
            "Fail 550",
        ),
        (
            "without pipelining",
            &[GREETS, PLAIN, PLAIN, MAIL, RCPT, DATA, (".", "250 ok\r\n")],
            "Accepted",
        ),
        (
            "without pipelining, grey",
            &[GREETS, PLAIN, PLAIN, MAIL, ("RCPT", "450 later\r\n"), ("RSET", "250 ok\r\n")],
            "Retry 450",
        ),
        (
            "closes after the text",
            &[GREETS, OFFERS, OFFERS, MAIL, RCPT, DATA, (".", "")],
            "Retry -",
        ),
        (
            "full at the text",
            &[GREETS, OFFERS, OFFERS, MAIL, RCPT, DATA, (".", "452 full\r\n")],
            "Retry 452",
        ),
    ];
    for (what, part, expected) in table {
        let scripted = Scripted::start(vec![part]).await;
        assert_eq!(verdict(&relay(&scripted.url())).await, expected, "{what}");
        scripted.played().await;
    }
}

#[tokio::test]
async fn a_silent_relay_is_a_retry_and_no_hang() {
    const HANG: (&str, &str) = ("hang", "");
    let table: [Part; 4] = [
        &[HANG],
        &[GREETS, HANG],
        &[GREETS, OFFERS, OFFERS, MAIL, HANG],
        &[GREETS, OFFERS, OFFERS, MAIL, RCPT, DATA, HANG],
    ];
    for part in table {
        let scripted = Scripted::start(vec![part]).await;
        let relay = Relay::with_patience(&scripted.url(), impatient()).expect("a good URL");
        assert_eq!(verdict(&relay).await, "Retry -", "{part:?}");
    }
    let nobody = Sink::start().await.expect("a free port");
    let url = nobody.url();
    nobody.stop().await.expect("in good order");
    assert_eq!(verdict(&relay(&url)).await, "Retry -");
}

#[tokio::test]
async fn a_connection_that_died_while_parked_is_no_news_about_the_letter() {
    let once: Part = &[GREETS, OFFERS, OFFERS, MAIL, RCPT, DATA, (".", "250 ok\r\n")];
    let told: Part = &[
        GREETS,
        OFFERS,
        OFFERS,
        MAIL,
        RCPT,
        DATA,
        (".", "250 ok\r\n"),
        ("MAIL", "421 too long idle\r\n"),
    ];
    let scripted = Scripted::start(vec![once, told, once]).await;
    let relay = relay(&scripted.url());
    for _ in 0..3 {
        assert_eq!(verdict(&relay).await, "Accepted");
    }
    scripted.played().await;
}

#[tokio::test]
async fn a_letter_that_is_given_up_does_not_lend_its_answer_to_the_next() {
    // The first connection says yes to the first text, but too late; the second says no.
    let late: Part = &[GREETS, OFFERS, OFFERS, MAIL, RCPT, DATA, ("hang", "")];
    let no: Part = &[GREETS, OFFERS, OFFERS, MAIL, RCPT, DATA, (".", "554 no\r\n")];
    let scripted = Scripted::start(vec![late, no]).await;
    let relay = Relay::with_patience(
        &scripted.url(),
        Patience { text: Duration::from_secs(1), ..Patience::default() },
    );
    let relay = relay.expect("a good URL");
    assert_eq!(verdict(&relay).await, "Retry -");
    assert_eq!(verdict(&relay).await, "Fail 554");
}

#[tokio::test]
async fn a_password_is_never_told() {
    let offers: (&str, &str) = ("EHLO ", "250-relay\r\n250 AUTH PLAIN\r\n");
    let part = [GREETS, offers, ("AUTH PLAIN", "535 AGphbgBnZWhlaW0= geheim is wrong\r\n")];
    let scripted = Scripted::start(vec![part.to_vec().leak()]).await;
    let relay = relay(&scripted.url().replace("smtp://", "smtp://jan:geheim@"));
    let error = relay.send(None, TO, b"x\r\n").await.expect_err("refused");
    let shown = format!("{relay:?} {error:?} {error}");
    assert!(shown.contains("Some(535)") && !shown.contains("geheim"), "{shown}");
    assert!(!shown.contains("AGphbgBnZWhlaW0="), "{shown}");
}

#[tokio::test]
async fn tls_that_is_asked_for_is_never_left_out() {
    let sink = Sink::start().await.expect("a free port");
    for scheme in ["smtp+starttls", "smtps"] {
        let url = sink.url().replace("smtp:", &format!("{scheme}:"));
        let relay = Relay::with_patience(
            &url,
            Patience { greet: Duration::from_secs(2), ..Patience::default() },
        );
        assert_eq!(verdict(&relay.expect("a good URL")).await, "Retry -", "{scheme}");
    }
    assert_eq!(sink.count(), 0);
}
