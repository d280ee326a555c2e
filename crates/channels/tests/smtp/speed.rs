//! How fast it is. Run by hand: `cargo test --release -p channels --test smtp -- --ignored
//! --nocapture --test-threads 1`. Sender and listener run in one process, so the CPU time of a
//! message is that of both ends together.

use std::fs;
use std::net::SocketAddr;
use std::time::Instant;

use channels::relay::Relay;
use channels::smtp::sink::{Manner, Sink};
use channels::smtp::{Limits, Protocol};
use lettre::address::Envelope;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

use crate::client::Client;

const MESSAGES: usize = 20_000;
const SENDERS: usize = 8;
/// Ticks of the kernel's CPU accounting in a second, the same on every Linux.
const TICKS: f64 = 100.0;

/// CPU seconds of this process so far.
fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").expect("Linux");
    let (_, fields) = stat.rsplit_once(')').expect("a name in brackets");
    let ticks = fields.split_whitespace().skip(11).take(2).map(|field| field.parse::<f64>());
    ticks.map(|ticks| ticks.expect("a number")).sum::<f64>() / TICKS
}

fn letter() -> Vec<u8> {
    let mut letter = b"From: jan@example.org\r\nSubject: lantaarn\r\n\r\n".to_vec();
    letter.extend(b"In de Voorstraat brandt een lantaarn niet meer, al een week.\r\n".repeat(40));
    letter
}

async fn counting() -> Sink {
    let manner = Manner { keeps: false, ..Manner::default() };
    let limits = Limits { messages_per_session: u32::MAX, ..Limits::default() };
    Sink::start_with(Protocol::Smtp, limits, manner).await.expect("a free port")
}

/// Runs so many senders, each of which sends its share, and prints what it took.
async fn measured<F: Future<Output = ()> + Send + 'static>(what: &str, sender: impl Fn() -> F) {
    let (cpu, wall) = (cpu_seconds(), Instant::now());
    let senders: Vec<_> = (0..SENDERS).map(|_| tokio::spawn(sender())).collect();
    for sender in senders {
        sender.await.expect("no panic");
    }
    let (cpu, wall) = (cpu_seconds() - cpu, wall.elapsed().as_secs_f64());
    let (each, total) = (cpu / MESSAGES as f64 * 1e6, MESSAGES as f64 / wall);
    println!("{what}: {each:.0} us CPU a message, both ends; {total:.0} messages a second");
}

async fn raw_client(address: SocketAddr) {
    let mut client = Client::greeted(address).await;
    client.ask("EHLO client").await;
    let text = [&letter()[..], b".\r\n"].concat();
    for _ in 0..MESSAGES / SENDERS {
        client.say(b"MAIL FROM:<>\r\nRCPT TO:<a@example.nl>\r\nDATA\r\n").await;
        for _ in 0..3 {
            client.hear().await;
        }
        client.say(&text).await;
        assert_eq!(client.hear().await, "250 2.0.0 Stored");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement, not a test"]
async fn listener() {
    let sink = counting().await;
    let address = sink.address();
    measured("listener, raw client", || raw_client(address)).await;
    assert_eq!(sink.count(), MESSAGES);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement, not a test"]
async fn relay() {
    let sink = counting().await;
    let relay = Relay::new(&sink.url()).expect("a good URL");
    measured("relay", || {
        let relay = relay.clone();
        async move {
            let letter = letter();
            for _ in 0..MESSAGES / SENDERS {
                relay.send(None, "jan@example.org", &letter).await.expect("accepted");
            }
        }
    })
    .await;
    assert_eq!(sink.count(), MESSAGES);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement, not a test"]
async fn pool_of_lettre() {
    let sink = counting().await;
    let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(&sink.url()).expect("a good URL");
    let transport = builder.build::<Tokio1Executor>();
    measured("lettre with its own pool", || {
        let transport = transport.clone();
        async move {
            let to = "jan@example.org".parse().expect("an address");
            let envelope = Envelope::new(None, vec![to]).expect("a recipient");
            let letter = letter();
            for _ in 0..MESSAGES / SENDERS {
                transport.send_raw(&envelope, &letter).await.expect("accepted");
            }
        }
    })
    .await;
    assert_eq!(sink.count(), MESSAGES);
}
