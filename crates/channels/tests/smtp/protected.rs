//! TLS to the relay, both ways of it, against a relay written in Python with a certificate made
//! by openssl for the occasion. The trust in that certificate is given through `SSL_CERT_FILE`,
//! so the sending happens in a child process of this test.

use std::path::Path;
use std::process::{Output, Stdio};

use channels::relay::{Relay, SendError};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::certificates::certificate;

/// A relay with TLS, one connection at a time: `wrapped` or `starttls`, with a login.
const RELAY: &str = r#"
import base64, socket, ssl, sys
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[2], sys.argv[3])
server = socket.create_server(('127.0.0.1', 0))
print(server.getsockname()[1], flush=True)
while True:
    link = server.accept()[0]
    try:
        if sys.argv[1] == 'wrapped':
            link = context.wrap_socket(link, server_side=True)
        link.sendall(b'220 relay\r\n')
        lines = link.makefile('rb')
        while line := lines.readline():
            if line.startswith(b'EHLO'):
                safe = isinstance(link, ssl.SSLSocket)
                link.sendall(b'250-relay\r\n250-PIPELINING\r\n250 '
                    + (b'AUTH PLAIN' if safe else b'STARTTLS') + b'\r\n')
            elif line.startswith(b'STARTTLS'):
                link.sendall(b'220 go\r\n')
                link = context.wrap_socket(link, server_side=True)
                lines = link.makefile('rb')
            elif line.startswith(b'AUTH PLAIN'):
                fine = base64.b64decode(line.split()[2]) == b'\0jan\0geheim@'
                link.sendall(b'235 ok\r\n' if fine else b'535 no\r\n')
            elif line.startswith(b'DATA'):
                link.sendall(b'354 go\r\n')
                while lines.readline() != b'.\r\n':
                    pass
                link.sendall(b'250 taken\r\n')
            else:
                link.sendall(b'250 ok\r\n')
    except OSError:
        pass
"#;

/// The child: sends two letters over the relay of `RELAY_URL`. Does nothing without it.
#[tokio::test]
async fn sends_when_told_where() {
    let Ok(url) = std::env::var("RELAY_URL") else { return };
    let relay = Relay::new(&url).expect("a good URL");
    for _ in 0..2 {
        match relay.send(None, "jan@example.org", b"hallo\r\n").await {
            Ok(accepted) => println!("ACCEPTED {}", accepted.reply),
            Err(SendError::Retry { why, .. }) => println!("RETRY {why}"),
            Err(SendError::Fail { why, .. }) => println!("FAIL {why}"),
        }
    }
}

async fn child(url: &str, trusted: Option<&Path>) -> Output {
    let mut command = Command::new(std::env::current_exe().expect("this test"));
    command.args(["--exact", "protected::sends_when_told_where", "--nocapture"]);
    command.env("RELAY_URL", url);
    if let Some(trusted) = trusted {
        command.env("SSL_CERT_FILE", trusted);
    }
    command.output().await.expect("this test runs")
}

/// Starts the Python relay and tells its port.
async fn start(how: &str, certificate: &Path, key: &Path) -> Option<(Child, String)> {
    let mut command = Command::new("python3");
    command.args(["-c", RELAY, how]).arg(certificate).arg(key);
    command.stdout(Stdio::piped()).kill_on_drop(true);
    let mut running = command.spawn().ok()?;
    let mut lines = BufReader::new(running.stdout.take()?).lines();
    let port = lines.next_line().await.ok()??;
    Some((running, port))
}

#[tokio::test]
async fn both_ways_of_tls() {
    let directory = tempfile::tempdir().expect("a directory");
    let (cert, key) = (directory.path().join("cert.pem"), directory.path().join("key.pem"));
    if !certificate(&cert, &key).await {
        return;
    }
    for (how, scheme) in [("wrapped", "smtps"), ("starttls", "smtp+starttls")] {
        let Some((_running, port)) = start(how, &cert, &key).await else {
            eprintln!("SKIPPED: there is no python3 to play the relay");
            return;
        };
        let url = |login: &str, host: &str| format!("{scheme}://{login}{host}:{port}");
        let table = [
            (url("jan:geheim%40@", "localhost"), Some(&*cert), "ACCEPTED taken", 2),
            (url("jan:verkeerd@", "localhost"), Some(&*cert), "RETRY the relay refused", 2),
            (url("", "127.0.0.1"), Some(&*cert), "RETRY no ", 2),
            (url("", "localhost"), None, "RETRY no ", 2),
        ];
        for (url, trusted, expected, times) in table {
            let output = child(&url, trusted).await;
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            assert_eq!(said.matches(expected).count(), times, "{url}: {said}");
            assert!(!said.contains("geheim") && !said.contains("verkeerd"), "{said}");
        }
    }
}
