//! Mail whose sender is not who it says: kept and marked, and acknowledged to nobody. The name
//! server that is asked is one of ours, on the loopback address.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Instant;

use channels::smtp::Protocol;
use channels::smtp::sink::Sink;
use tokio::net::UdpSocket;
use tokio::task::JoinHandle;

use crate::books::{Books, sent_all};
use crate::data::{Data, on_both_engines};
use crate::post::{INFO, Mail, taken};
use crate::program::{Belofte, Start};

/// Names and their texts. What is not here does not exist; about `stil.example` nothing is said.
const ZONE: &[(&str, &str)] = &[
    ("goed.example", "v=spf1 ip4:127.0.0.1 -all"),
    ("_dmarc.goed.example", "v=DMARC1; p=reject"),
    ("streng.example", "v=spf1 -all"),
    ("_dmarc.streng.example", "v=DMARC1; p=reject"),
    ("kijkt.example", "v=spf1 -all"),
    ("_dmarc.kijkt.example", "v=DMARC1; p=none"),
    ("zonder.example", "v=spf1 -all"),
    ("twijfel.example", "v=spf1 ~all"),
];

/// The domain whose name servers never answer.
const SILENT: &str = "stil.example";

/// The domain of the writer, whether a letter goes out, and the rule that says why not.
const TABLE: &[(&str, bool, &str)] = &[
    ("goed.example", true, "dmarc-pass"),
    ("streng.example", false, "dmarc-fail"),
    ("kijkt.example", true, ""),
    ("zonder.example", false, "spf-fail"),
    ("twijfel.example", true, ""),
    ("onbekend.example", true, ""),
    (SILENT, true, ""),
];

/// The longest that a mail may wait for silent name servers, in seconds: the limit and some work.
const WAIT_SECONDS_MAX: u64 = 20;

on_both_engines!(who_is_not_who_they_say, the_server_in_front_of_us);

/// INTAKE 57: by our own look-ups, for mail over SMTP.
async fn who_is_not_who_they_say(data: Data) {
    let sink = Sink::start().await.expect("a free port");
    let (resolver, serving) = name_server().await;
    let start = Start::with_relay(sink.url())
        .with("BELOFTE_MAIL_SMTP_VERIFY", "true".to_owned())
        .with("BELOFTE_MAIL_RESOLVER", resolver.to_string());
    let belofte = Belofte::started(&data, &start).await;
    for (domain, ..) in TABLE {
        let began = Instant::now();
        taken(Protocol::Smtp, belofte.smtp, &mail(domain, "")).await;
        let took = began.elapsed().as_secs();
        assert!(took < WAIT_SECONDS_MAX, "{domain} took {took} seconds");
    }
    // Who hands over by LMTP has looked already: nothing is asked.
    let mut inside = mail("streng.example", "");
    inside.raw = String::from_utf8(inside.raw).expect("text").replace("<van-", "<lmtp-").into();
    taken(Protocol::Lmtp, belofte.lmtp, &inside).await;
    sent_all(&data).await;
    belofte.stop().await;
    serving.abort();
    let books = Books::read(&data).await;
    let mut wrong = String::new();
    for (domain, letter, rule) in TABLE {
        let entry = books.of(&format!("van-{domain}@mail.example"));
        let evidence = &entry.contact.evidence;
        let named = rule.is_empty() || evidence.split(' ').any(|found| found == *rule);
        if entry.letters.is_empty() == *letter || !named {
            wrong.push_str(&format!("{domain}: {} letters, {evidence}\n", entry.letters.len()));
        }
        assert!(!entry.contact.closed, "{domain}: contact is owed all the same");
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert_eq!(books.of("lmtp-streng.example@mail.example").letters.len(), 1);
    data.remove().await;
}

/// INTAKE 57: by what the mail server in front of us found, under the name that is configured.
async fn the_server_in_front_of_us(data: Data) {
    let sink = Sink::start().await.expect("a free port");
    let start = Start::with_relay(sink.url())
        .with("BELOFTE_MAIL_AUTHSERV_ID", "mx.harlingen.example".to_owned());
    let belofte = Belofte::started(&data, &start).await;
    let found = |name: &str, result: &str| {
        format!("Authentication-Results: {name}; dmarc={result} header.from=x\n")
    };
    for (domain, field) in [
        ("vals.example", found("mx.harlingen.example", "fail (p=reject)")),
        ("echt.example", found("mx.harlingen.example", "pass")),
        ("praat.example", found("mx.elders.example", "fail (p=reject)")),
    ] {
        taken(Protocol::Lmtp, belofte.lmtp, &mail(domain, &field)).await;
    }
    sent_all(&data).await;
    belofte.stop().await;
    let books = Books::read(&data).await;
    let letters = |domain: &str| books.of(&format!("van-{domain}@mail.example")).letters.len();
    assert_eq!(letters("vals.example"), 0);
    assert_eq!(letters("echt.example"), 1);
    assert_eq!(letters("praat.example"), 1, "a stranger's word counts for nothing");
    data.remove().await;
}

fn mail(domain: &str, fields: &str) -> Mail {
    let sender = format!("jan@{domain}");
    let raw = format!(
        "{fields}From: Jan Voorbeeld <{sender}>\nTo: {INFO}\nDate: Mon, 2 Mar 2026 10:00:00 +0100\n\
         Message-ID: <van-{domain}@mail.example>\nSubject: Lantaarnpaal\n\nDe lamp is stuk.\n"
    );
    Mail::raw(&sender, raw.replace('\n', "\r\n").into_bytes())
}

/// A name server that knows the zone.
async fn name_server() -> (SocketAddr, JoinHandle<()>) {
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
    let address = socket.local_addr().expect("it is bound");
    let serving = tokio::spawn(async move {
        let mut buffer = [0; 1_500];
        while let Ok((length, from)) = socket.recv_from(&mut buffer).await {
            if let Some(answer) = answer(&buffer[..length]) {
                let _ = socket.send_to(&answer, from).await;
            }
        }
    });
    (address, serving)
}

/// The answer to one question (RFC 1035, 4): its text, or that there is none.
fn answer(question: &[u8]) -> Option<Vec<u8>> {
    const HEADER: usize = 12;
    const TXT: u16 = 16;
    let (mut at, mut labels) = (HEADER, Vec::new());
    while question[at] != 0 {
        let end = at + 1 + usize::from(question[at]);
        labels.push(String::from_utf8_lossy(&question[at + 1..end]).to_lowercase());
        at = end;
    }
    let asked = &question[HEADER..at + 5];
    let kind = u16::from_be_bytes([question[at + 1], question[at + 2]]);
    let name = labels.join(".");
    if name == SILENT || name.ends_with(&format!(".{SILENT}")) {
        return None;
    }
    let known = ZONE.iter().find(|(known, _)| *known == name);
    let text = known.filter(|_| kind == TXT).map(|(_, text)| *text);
    let exists =
        ZONE.iter().any(|(known, _)| *known == name || known.ends_with(&format!(".{name}")));
    let code: u8 = if exists { 0x80 } else { 0x83 };
    let mut answer = question[..2].to_vec();
    answer.extend([0x85, code, 0, 1, 0, u8::from(text.is_some()), 0, 0, 0, 0]);
    answer.extend_from_slice(asked);
    if let Some(text) = text {
        let length = u8::try_from(text.len()).expect("a short text");
        // The name again by its place, TXT, IN, a minute to live, and the text with its length.
        answer.extend([0xC0, 0x0C, 0, 16, 0, 1, 0, 0, 0, 60, 0, length + 1, length]);
        answer.extend_from_slice(text.as_bytes());
    }
    Some(answer)
}
