//! `STARTTLS` over real sockets: mail within TLS, a certificate that is renewed while the listener
//! runs, and what a man in the middle would try.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use channels::smtp::sink::{Manner, Sink};
use channels::smtp::{Certificate, Door, Limits, Protocol};
use tempfile::TempDir;
use tokio::process::Command;

use crate::certificates::{certificate, trust};
use crate::client::Client;

/// A folder with a certificate and its key; nothing when they can not be made.
async fn pair() -> Option<(TempDir, PathBuf, PathBuf)> {
    let folder = tempfile::tempdir().expect("a directory");
    let (chain, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
    certificate(&chain, &key).await.then_some((folder, chain, key))
}

async fn sink(chain: &Path, key: &Path, limits: Limits) -> Sink {
    let certificate = Some(Certificate::read(chain, key).expect("a good pair"));
    let door = Door { certificate, limits, ..Door::new(Protocol::Smtp, "mail.example.nl") };
    Sink::behind(door, Manner::default()).await.expect("a free port")
}

/// A client that has heard that TLS may begin.
async fn ready(sink: &Sink) -> Client {
    let mut client = Client::greeted(sink.address()).await;
    assert!(client.ask("EHLO client").await.contains("\r\n250-STARTTLS\r\n"));
    assert_eq!(client.ask("STARTTLS").await, "220 2.0.0 Begin TLS");
    client
}

#[tokio::test]
async fn mail_within_tls_after_a_new_greeting() {
    let Some((_folder, chain, key)) = pair().await else { return };
    let sink = sink(&chain, &key, Limits::default()).await;
    let mut client = ready(&sink).await.within_tls(trust(&chain)).await.expect("TLS");
    assert_eq!(client.ask("MAIL FROM:<>").await, "503 5.5.1 Greet first");
    let greeting = client.ask("EHLO client").await;
    assert!(!greeting.contains("STARTTLS"), "{greeting}");
    client.say(b"MAIL FROM:<>\r\nRCPT TO:<a@example.nl>\r\nDATA\r\nhallo\r\n.\r\nQUIT\r\n").await;
    for code in ["250", "250", "354", "250", "221"] {
        assert_eq!(client.hear().await[..3], *code);
    }
    let collected = sink.stop().await.expect("in good order");
    assert_eq!(collected[0].raw, b"hallo\r\n");
    assert_eq!(collected[0].envelope.helo, "client");
}

/// Whoever stands between both ends can add bytes behind `STARTTLS`. They are not heard as if
/// they had come within TLS, whether they come with the command or a moment later.
#[tokio::test]
async fn what_is_sent_in_the_clear_behind_starttls_is_refused() {
    let Some((_folder, chain, key)) = pair().await else { return };
    let sink = sink(&chain, &key, Limits::default()).await;
    let injected = b"MAIL FROM:<>\r\nRCPT TO:<a@example.nl>\r\nDATA\r\n.\r\n";
    let mut client = Client::greeted(sink.address()).await;
    client.say(&[b"EHLO client\r\nSTARTTLS\r\n", &injected[..]].concat()).await;
    let heard = client.hear_all().await;
    let expected = "220 2.0.0 Begin TLS\r\n554 5.7.0 Nothing may follow STARTTLS in the clear\r\n";
    assert!(heard.ends_with(expected), "{heard}");
    let mut client = ready(&sink).await;
    client.say(injected).await;
    assert!(client.within_tls(trust(&chain)).await.is_err(), "the handshake has failed");
    assert_eq!(sink.count(), 0);
    assert!(ready(&sink).await.within_tls(trust(&chain)).await.is_ok(), "others go on");
}

#[tokio::test]
async fn a_handshake_that_does_not_come_ends_the_session() {
    let Some((_folder, chain, key)) = pair().await else { return };
    let limits = Limits { tls_timeout: Duration::from_millis(20), ..Limits::default() };
    let sink = sink(&chain, &key, limits).await;
    assert_eq!(ready(&sink).await.hear().await, "");
}

#[tokio::test]
async fn a_renewed_certificate_is_shown_without_a_restart() {
    let Some((folder, chain, key)) = pair().await else { return };
    let sink = sink(&chain, &key, Limits::default()).await;
    let old = folder.path().join("old.pem");
    fs::copy(&chain, &old).expect("copied");
    let goes = async |trusted: &Path| ready(&sink).await.within_tls(trust(trusted)).await.is_ok();
    assert!(goes(&old).await);
    // Half written: the new chain is there, its key is not. The last good pair stays.
    let Some((_newer, new_chain, new_key)) = pair().await else { return };
    fs::copy(&new_chain, &chain).expect("copied");
    assert!(goes(&old).await && !goes(&new_chain).await);
    fs::remove_file(&key).expect("removed");
    assert!(goes(&old).await);
    fs::copy(&new_key, &key).expect("copied");
    assert!(goes(&new_chain).await && !goes(&old).await);
}

#[tokio::test]
async fn what_is_no_pair_is_refused_at_the_start() {
    let Some((folder, chain, key)) = pair().await else { return };
    let Some((_other, _, other_key)) = pair().await else { return };
    let nothing = folder.path().join("nothing.pem");
    fs::write(&nothing, "no certificate\n").expect("written");
    let absent = folder.path().join("absent.pem");
    let table = [
        (&chain, &other_key, "can not be used together"),
        (&nothing, &key, "holds no certificate"),
        (&absent, &key, "can not be read"),
        (&chain, &nothing, "the private key"),
    ];
    for (chain, key, expected) in table {
        let error = Certificate::read(chain, key).expect_err("no pair").to_string();
        assert!(error.contains(expected), "{error}");
    }
}

/// A client that we did not write.
#[tokio::test]
async fn python_speaks_tls() {
    let Some((_folder, chain, key)) = pair().await else { return };
    let sink = sink(&chain, &key, Limits::default()).await;
    let program = r"
import smtplib, ssl, sys
server = smtplib.SMTP('localhost', int(sys.argv[1]), timeout=30)
server.starttls(context=ssl.create_default_context(cafile=sys.argv[2]))
assert not server.has_extn('starttls') or server.ehlo() and not server.has_extn('starttls')
assert server.sendmail('jan@example.org', ['a@example.nl'], b'Subject: x\r\n\r\nklaar\r\n') == {}
server.quit()
";
    let mut command = Command::new("python3");
    command.args(["-c", program, &sink.address().port().to_string()]).arg(&chain);
    let Ok(output) = command.output().await else {
        eprintln!("SKIPPED: there is no python3 to send mail with");
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(sink.stop().await.expect("in good order").len(), 1);
}
