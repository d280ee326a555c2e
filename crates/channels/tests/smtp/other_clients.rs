//! Clients of others: lettre, and Python's smtplib for SMTP and LMTP.

use std::process::Stdio;

use channels::smtp::sink::{Collected, Manner, Sink};
use channels::smtp::{Limits, Protocol, Taken};
use lettre::{Message, SmtpTransport, Transport};
use tokio::process::Command;

#[tokio::test]
async fn lettre_sends() {
    let sink = Sink::start().await.expect("a free port");
    let message = Message::builder()
        .from("Jan Voorbeeld <jan@example.org>".parse().expect("an address"))
        .to("contact@example.nl".parse().expect("an address"))
        .subject("Lantaarn \u{2026} kapot")
        .body("Beste gemeente,\r\n.\r\n..\r\nIn de Voorstraat, één lamp.\r\n".to_owned())
        .expect("a message");
    let expected = message.formatted();
    let port = sink.address().port();
    let sent = tokio::task::spawn_blocking(move || {
        let transport = SmtpTransport::builder_dangerous("127.0.0.1").port(port).build();
        (0..3).map(|_| transport.send(&message).is_ok()).collect::<Vec<_>>()
    });
    assert_eq!(sent.await.expect("lettre ran"), [true; 3]);
    let collected = sink.stop().await.expect("in good order");
    assert_eq!(collected.len(), 3);
    for one in collected {
        // lettre adds a line end of its own before the last dot.
        assert_eq!(one.raw, [&expected[..], b"\r\n"].concat());
        assert_eq!(one.envelope.sender, "jan@example.org");
    }
}

/// Runs a Python program that gets the port of the sink as its argument. None, and loudly so,
/// when there is no Python here.
async fn python(protocol: Protocol, manner: Manner, program: &str) -> Option<Vec<Collected>> {
    let sink = Sink::start_with(protocol, Limits::default(), manner).await.expect("a free port");
    let port = sink.address().port().to_string();
    let mut command = Command::new("python3");
    command.args(["-c", program, &port]).stdin(Stdio::null());
    let Ok(output) = command.output().await else {
        eprintln!("SKIPPED: there is no python3 to send mail with");
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(sink.stop().await.expect("in good order"))
}

#[tokio::test]
async fn python_speaks_smtp() {
    let program = r"
import smtplib, sys
server = smtplib.SMTP('127.0.0.1', int(sys.argv[1]), timeout=30)
server.ehlo()
for name in ['pipelining', 'size', '8bitmime', 'smtputf8', 'enhancedstatuscodes', 'chunking']:
    assert server.has_extn(name), name
assert server.sendmail('jan@example.org', ['a@example.nl', 'b@example.nl'],
    b'Subject: x\r\n\r\n.\r\n..\r\nklaar\r\n') == {}
assert server.sendmail('j\xf6rn@example.org', ['\xe9\xe9n@example.nl'],
    'Subject: \xe9\r\n\r\n\u20ac\r\n'.encode(), ['SMTPUTF8', 'BODY=8BITMIME']) == {}
try:
    server.sendmail('jan@example.org', ['a@elders.example'], b'x')
    raise AssertionError('taken')
except smtplib.SMTPRecipientsRefused as refused:
    assert refused.recipients['a@elders.example'][0] == 550
server.quit()
";
    let manner =
        Manner { serves: |recipient| recipient.ends_with("@example.nl"), ..Manner::default() };
    let Some(collected) = python(Protocol::Smtp, manner, program).await else { return };
    let [first, second] = &collected[..] else { panic!("{collected:?}") };
    assert_eq!(first.raw, b"Subject: x\r\n\r\n.\r\n..\r\nklaar\r\n");
    assert_eq!(first.envelope.recipients, ["a@example.nl", "b@example.nl"]);
    assert_eq!(second.raw, "Subject: \u{e9}\r\n\r\n\u{20ac}\r\n".as_bytes());
    assert_eq!(second.envelope.sender, "j\u{f6}rn@example.org");
}

#[tokio::test]
async fn python_speaks_lmtp() {
    let program = r"
import smtplib, sys
server = smtplib.LMTP('127.0.0.1', int(sys.argv[1]))
assert server.sendmail('', ['a@example.nl'], b'one\r\n') == {}
server.mail('jan@example.org')
for name in ['a', 'later', 'b']:
    assert server.rcpt(name + '@example.nl')[0] == 250
assert server.docmd('DATA')[0] == 354
server.send(b'two\r\n.\r\n')
assert [server.getreply()[0] for _ in range(3)] == [250, 451, 250]
server.quit()
";
    let manner = Manner {
        answer: |envelope, _| {
            let later = |recipient: &String| recipient.starts_with("later@");
            let one = |recipient| match later(recipient) {
                true => Taken::Later("not now".to_owned()),
                false => Taken::Stored,
            };
            envelope.recipients.iter().map(one).collect()
        },
        ..Manner::default()
    };
    let Some(collected) = python(Protocol::Lmtp, manner, program).await else { return };
    let raw: Vec<&[u8]> = collected.iter().map(|one| &one.raw[..]).collect();
    assert_eq!(raw, [&b"one\r\n"[..], b"two\r\n"]);
    assert_eq!(collected[0].envelope.sender, "");
}
