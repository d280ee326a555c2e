//! The PROXY header over real sockets: who is behind the proxy is whom limits and envelopes name.

use std::time::Duration;

use channels::smtp::sink::{Manner, Sink};
use channels::smtp::{Door, Limits, Protocol};

use crate::client::Client;

async fn proxied(limits: Limits) -> Sink {
    let door = Door { limits, proxy_protocol: true, ..Door::new(Protocol::Smtp, "mx.example.nl") };
    Sink::behind(door, Manner::default()).await.expect("a free port")
}

/// A connection that the proxy makes for this client.
async fn connect(sink: &Sink, header: &[u8]) -> Client {
    let mut client = Client::connect(sink.address()).await;
    client.say(header).await;
    client
}

fn line(last: u8) -> Vec<u8> {
    format!("PROXY TCP4 192.0.2.{last} 192.0.2.200 5000 25\r\n").into_bytes()
}

/// Version 2 for the same client, from port 5000.
fn binary(last: u8) -> Vec<u8> {
    let mut header = b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c".to_vec();
    header.extend([192, 0, 2, last, 192, 0, 2, 200, 0x13, 0x88, 0, 25]);
    header
}

#[tokio::test]
async fn the_client_behind_the_proxy_is_the_peer() {
    let sink = proxied(Limits::default()).await;
    let mail = b"HELO c\r\nMAIL FROM:<>\r\nRCPT TO:<a@example.nl>\r\nDATA\r\nx\r\n.\r\nQUIT\r\n";
    // In one write with the first commands, and byte by byte.
    let together = connect(&sink, &[line(7), mail.to_vec()].concat()).await;
    assert!(together.hear_all().await.ends_with("221 2.0.0 Goodbye\r\n"));
    let mut slowly = Client::connect(sink.address()).await;
    for byte in binary(8) {
        slowly.say(&[byte]).await;
        tokio::task::yield_now().await;
    }
    slowly.say(mail).await;
    assert!(slowly.hear_all().await.starts_with("220 mx.example.nl"));
    let peers = sink.collected().into_iter().map(|one| one.envelope.peer.to_string());
    assert_eq!(peers.collect::<Vec<_>>(), ["192.0.2.7:5000", "192.0.2.8:5000"]);
}

#[tokio::test]
async fn a_proxy_that_only_looks_is_greeted() {
    let sink = proxied(Limits::default()).await;
    for header in [&b"PROXY UNKNOWN\r\n"[..], b"\r\n\r\n\0\r\nQUIT\n\x20\0\0\0"] {
        assert_eq!(connect(&sink, header).await.hear().await, "220 mx.example.nl ESMTP Belofte");
    }
}

#[tokio::test]
async fn without_a_header_nothing_is_said() {
    let limits = Limits { proxy_timeout: Duration::from_millis(50), ..Limits::default() };
    let sink = proxied(limits).await;
    for header in [&b"EHLO client\r\n"[..], b"PROXY TCP4 1.2.3.4\r\n", b"PROXY", b""] {
        assert_eq!(connect(&sink, header).await.hear().await, "");
    }
}

/// The other way round: a header that nobody asked for proves nothing about anyone.
#[tokio::test]
async fn a_header_that_is_not_asked_for_is_a_mistake() {
    let sink = Sink::start().await.expect("a free port");
    let mut client = connect(&sink, &line(7)).await;
    assert_eq!(client.hear().await[..3], *"220");
    assert_eq!(client.hear().await, "500 5.5.2 No such command");
}

#[tokio::test]
async fn connections_are_counted_for_the_client_and_not_for_the_proxy() {
    let sink = proxied(Limits { connections_per_peer: 1, ..Limits::default() }).await;
    let mut one = connect(&sink, &line(1)).await;
    assert_eq!(one.hear().await[..3], *"220");
    let mut other = connect(&sink, &line(2)).await;
    assert_eq!(other.hear().await[..3], *"220");
    let again = connect(&sink, &binary(1)).await;
    assert_eq!(again.hear_all().await, "421 4.7.0 Too many connections, please come back\r\n");
}
