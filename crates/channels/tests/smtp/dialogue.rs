//! What the conversation tables can not show: sockets, time, many sessions at once.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use channels::smtp::sink::{Manner, Sink};
use channels::smtp::{Door, Envelope, Intake, Limits, Protocol, Taken, serve};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};

use crate::client::Client;

async fn sink(limits: Limits) -> Sink {
    Sink::start_with(Protocol::Smtp, limits, Manner::default()).await.expect("a free port")
}

#[tokio::test]
async fn a_pipelined_session_in_one_write() {
    let sink = sink(Limits::default()).await;
    let mut client = Client::connect(sink.address()).await;
    let mut wire = b"EHLO client\r\n".to_vec();
    for index in 0..50 {
        wire.extend(format!("MAIL FROM:<>\r\nRCPT TO:<{index}@example.nl>\r\nDATA\r\n").bytes());
        wire.extend(format!("message {index}\r\n..\r\n.\r\n").bytes());
    }
    wire.extend(b"QUIT\r\n");
    client.say(&wire).await;
    let heard = client.hear_all().await;
    assert_eq!(heard.matches("250 2.0.0 Stored\r\n").count(), 50, "{heard}");
    assert!(heard.ends_with("221 2.0.0 Goodbye\r\n"));
    let collected = sink.stop().await.expect("in good order");
    for (index, one) in collected.iter().enumerate() {
        assert_eq!(one.raw, format!("message {index}\r\n.\r\n").as_bytes());
        assert_eq!(one.envelope.recipients, [format!("{index}@example.nl")]);
        assert!(one.envelope.peer.ip().is_loopback());
    }
}

#[tokio::test]
async fn a_client_that_writes_byte_by_byte() {
    let sink = sink(Limits::default()).await;
    let mut client = Client::greeted(sink.address()).await;
    let wire =
        b"EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@example.nl>\r\nDATA\r\n..\r\n\r\n.\r\nQUIT\r\n";
    for byte in wire {
        client.say(&[*byte]).await;
        tokio::task::yield_now().await;
    }
    assert!(client.hear_all().await.ends_with("250 2.0.0 Stored\r\n221 2.0.0 Goodbye\r\n"));
    assert_eq!(sink.collected()[0].raw, b".\r\n\r\n");
}

/// INTAKE 11.
#[tokio::test]
async fn too_big_while_reading_keeps_the_connection() {
    let sink = sink(Limits { message_bytes: 100_000, ..Limits::default() }).await;
    let mut client = Client::in_data(sink.address()).await;
    client.say(&b"0123456789\r\n".repeat(30_000)).await;
    let refused = client.ask(".").await;
    assert!(refused.starts_with("552-5.3.4 ") && refused.contains("at most 100000 bytes"));
    client.say(b"MAIL FROM:<>\r\nRCPT TO:<a@example.nl>\r\nDATA\r\nsmall\r\n.\r\n").await;
    for code in ["250", "250", "354", "250"] {
        assert_eq!(client.hear().await[..3], *code);
    }
    assert_eq!(sink.collected()[0].raw, b"small\r\n");
}

/// INTAKE 1: what was not handed over whole is not there.
#[tokio::test]
async fn breaking_off_in_the_text_hands_nothing_over() {
    let sink = sink(Limits::default()).await;
    for text in ["half a mess", "all but the end\r\n", "all but the last byte\r\n.\r", ""] {
        let mut client = Client::in_data(sink.address()).await;
        client.say(text.as_bytes()).await;
        drop(client);
    }
    let mut client = Client::in_data(sink.address()).await;
    assert_eq!(client.ask("whole\r\n.").await, "250 2.0.0 Stored");
    drop(client);
    let collected = sink.stop().await.expect("in good order");
    assert_eq!(collected.len(), 1);
    assert_eq!(collected[0].raw, b"whole\r\n");
}

/// INTAKE 3.
#[tokio::test]
async fn answers_of_the_intake() {
    let answer = |envelope: &Envelope, _: &[u8]| -> Vec<Taken> {
        let one = |recipient: &String| match recipient.as_str() {
            "later@example.nl" => Taken::Later("database away".to_owned()),
            "never@example.nl" => Taken::Refused("no".to_owned()),
            _ => Taken::Stored,
        };
        envelope.recipients.iter().map(one).collect()
    };
    let manner = Manner { answer, ..Manner::default() };
    let later = "451 4.3.0 database away";
    let table = [
        (Protocol::Smtp, "later", vec![later]),
        (Protocol::Smtp, "never", vec!["554 5.6.0 no"]),
        (Protocol::Smtp, "a later", vec![later]),
        (Protocol::Lmtp, "a later never", vec!["250 2.0.0 Stored", later, "554 5.6.0 no"]),
    ];
    for (protocol, recipients, expected) in table {
        let started = Sink::start_with(protocol, Limits::default(), manner).await;
        let sink = started.expect("a free port");
        let mut client = Client::greeted(sink.address()).await;
        client.ask(if protocol == Protocol::Smtp { "EHLO c" } else { "LHLO c" }).await;
        client.ask("MAIL FROM:<>").await;
        for recipient in recipients.split(' ') {
            client.ask(&format!("RCPT TO:<{recipient}@example.nl>")).await;
        }
        client.ask("DATA").await;
        client.say(b".\r\n").await;
        for answer in expected {
            assert_eq!(client.hear().await, answer, "{protocol:?} {recipients}");
        }
        assert_eq!(client.ask("NOOP").await, "250 2.0.0 Still here");
    }
}

#[tokio::test]
async fn connections_are_limited_per_peer_and_in_all() {
    let per_peer = Limits { connections_per_peer: 2, ..Limits::default() };
    for limits in [per_peer, Limits { connections: 2, ..Limits::default() }] {
        let sink = sink(limits).await;
        let first = Client::greeted(sink.address()).await;
        let mut second = Client::greeted(sink.address()).await;
        let third = Client::connect(sink.address()).await;
        assert_eq!(third.hear_all().await, "421 4.7.0 Too many connections, please come back\r\n");
        drop(first);
        // The place is free as soon as the listener has noticed.
        while !Client::connect(sink.address()).await.hear().await.starts_with("220 ") {}
        assert_eq!(second.ask("NOOP").await, "250 2.0.0 Still here");
    }
}

#[tokio::test]
async fn memory_is_shared_by_all_sessions() {
    let sink = sink(Limits { memory_bytes: 200_000, ..Limits::default() }).await;
    let big = b"0123456789\r\n".repeat(8_000);
    let mut first = Client::in_data(sink.address()).await;
    first.say(&big).await;
    // Not all of the first may have arrived; a second that takes all the room tells when it has.
    loop {
        let mut second = Client::in_data(sink.address()).await;
        second.say(&big).await;
        let answer = second.ask(".").await;
        if answer.starts_with("452 4.3.1 ") {
            break;
        }
        assert_eq!(answer, "250 2.0.0 Stored");
    }
    assert_eq!(first.ask(".").await, "250 2.0.0 Stored");
    let mut second = Client::in_data(sink.address()).await;
    second.say(&big).await;
    assert_eq!(second.ask(".").await, "250 2.0.0 Stored");
}

#[tokio::test]
async fn silence_ends_a_session() {
    let short = Duration::from_millis(20);
    let table = [
        (Limits { command_timeout: short, ..Limits::default() }, false),
        (Limits { text_silence: short, ..Limits::default() }, true),
        (Limits { text_timeout: short, ..Limits::default() }, true),
    ];
    for (limits, in_text) in table {
        let sink = sink(limits).await;
        let client = if in_text {
            Client::in_data(sink.address()).await
        } else {
            Client::greeted(sink.address()).await
        };
        let expected = "421 4.4.2 Waited too long, please connect again\r\n";
        assert_eq!(client.hear_all().await, expected);
        assert_eq!(sink.count(), 0);
    }
}

/// A sender that never pauses is told to connect again, between two commands; the text that is
/// under way comes to its end.
#[tokio::test]
async fn a_session_does_not_last_for_ever() {
    let limits = Limits {
        session_timeout: Duration::from_millis(100),
        idle_commands: u32::MAX,
        ..Limits::default()
    };
    let sink = sink(limits).await;
    let mut client = Client::greeted(sink.address()).await;
    let expected = "421 4.4.2 Enough for one session, please connect again";
    loop {
        let answer = client.ask("NOOP").await;
        if answer == expected {
            break;
        }
        assert_eq!(answer, "250 2.0.0 Still here");
    }
    let idle = Client::greeted(sink.address()).await;
    assert_eq!(idle.hear_all().await, format!("{expected}\r\n"));
    let mut writing = Client::in_data(sink.address()).await;
    writing.say(b"first half\r\n").await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(writing.ask("second half\r\n.").await, "250 2.0.0 Stored");
    assert_eq!(writing.hear().await, expected);
    assert_eq!(sink.collected()[0].raw, b"first half\r\nsecond half\r\n");
}

/// An intake that commits when the test lets it.
struct Gated {
    came: watch::Sender<usize>,
    gate: Semaphore,
}

impl Intake for Gated {
    fn serves(&self, _recipient: &str) -> bool {
        true
    }

    async fn take(&self, _envelope: Envelope, raw: Vec<u8>) -> Vec<Taken> {
        assert_ne!(raw, b"panic\r\n", "an intake that breaks down");
        self.came.send_modify(|came| *came += 1);
        self.gate.acquire().await.expect("never closed").forget();
        vec![Taken::Stored]
    }
}

async fn gated(limits: Limits) -> (Arc<Gated>, std::net::SocketAddr) {
    let intake = Arc::new(Gated { came: watch::Sender::new(0), gate: Semaphore::new(0) });
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
    let address = listener.local_addr().expect("bound");
    let door = Door { limits, ..Door::new(Protocol::Smtp, "mail.example.nl") };
    let serving = serve(listener, door, Arc::clone(&intake), watch::channel(false).1);
    tokio::spawn(serving);
    (intake, address)
}

/// INTAKE 1.
#[tokio::test]
async fn stored_is_said_after_the_commit_and_not_before() {
    let (intake, address) = gated(Limits::default()).await;
    let mut client = Client::in_data(address).await;
    client.say(b"hallo\r\n.\r\n").await;
    intake.came.subscribe().wait_for(|came| *came == 1).await.expect("alive");
    assert!(client.hears_nothing());
    intake.gate.add_permits(1);
    assert_eq!(client.hear().await, "250 2.0.0 Stored");
}

/// INTAKE 1, 3 and 10: one mail that breaks the intake does not hold up the next.
#[tokio::test]
async fn an_intake_that_hangs_or_breaks_down_promises_nothing() {
    let limits = Limits { intake_timeout: Duration::from_millis(20), ..Limits::default() };
    let (_intake, address) = gated(limits).await;
    let mut client = Client::in_data(address).await;
    assert_eq!(client.ask("hallo\r\n.").await, "451 4.3.0 Could not store in time");
    let mut client = Client::in_data(address).await;
    client.say(b"panic\r\n.\r\n").await;
    assert_eq!(client.hear().await, "");
    assert_eq!(Client::greeted(address).await.ask("HELO c").await, "250 mail.example.nl");
}
