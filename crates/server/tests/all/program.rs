//! A running `belofte`: where it listens, what it said, and the ways it can end.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{ExitStatus, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::net::TcpStream;
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::timeout;

use crate::data::Data;

/// The longest wait for anything that must happen: longer than any lease of a process that died.
/// Reached only by a failure.
pub(crate) const PATIENCE: Duration = Duration::from_secs(150);

/// Waits for something that must happen.
pub(crate) async fn soon<T>(what: &str, event: impl Future<Output = T>) -> T {
    match timeout(PATIENCE, event).await {
        Ok(value) => value,
        Err(_) => panic!("waited {PATIENCE:?} for {what}"),
    }
}

/// Looks again and again until it is so.
pub(crate) async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    soon(what, async {
        while !is_so().await {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    })
    .await;
}

/// How the program is started.
#[derive(Clone, Debug, Default)]
pub(crate) struct Start {
    /// The mail server for letters, as a URL; without it they stay in the outbox.
    pub(crate) relay: Option<String>,
    /// A planned failure, `point:n`.
    pub(crate) fault: Option<String>,
    /// How far the clock is ahead, in seconds.
    pub(crate) ahead_seconds: i64,
    /// Where LMTP listens; on a free port when it does not matter.
    pub(crate) lmtp: Option<SocketAddr>,
    /// The certificate and the key that LMTP shows.
    pub(crate) lmtp_certificate: Option<(PathBuf, PathBuf)>,
    /// Further environment variables.
    pub(crate) variables: Vec<(String, String)>,
}

impl Start {
    pub(crate) fn with_relay(url: String) -> Start {
        Start { relay: Some(url), ..Start::default() }
    }

    /// The same with a failure planned.
    pub(crate) fn failing_at(&self, fault: &str) -> Start {
        Start { fault: Some(fault.to_owned()), ..self.clone() }
    }

    /// The same with this environment variable.
    pub(crate) fn with(&self, name: &str, value: String) -> Start {
        let mut start = self.clone();
        start.variables.push((name.to_owned(), value));
        start
    }

    /// The same with the clock ahead.
    pub(crate) fn ahead(&self, seconds: i64) -> Start {
        Start { ahead_seconds: seconds, ..self.clone() }
    }
}

/// The built program with the environment it needs and nothing of ours.
pub(crate) fn command(data: &Data) -> Command {
    let mut command = bare_command();
    data.name_to(&mut command);
    command
}

/// The built program without any data.
pub(crate) fn bare_command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_belofte"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("BELOFTE_") {
            command.env_remove(name);
        }
    }
    command.stdin(Stdio::null()).kill_on_drop(true);
    command
}

/// Runs the program to its end.
pub(crate) async fn run(command: &mut Command) -> Output {
    soon("the program to end", command.output()).await.expect("the program starts")
}

/// Runs it with a text on standard input.
pub(crate) async fn run_with(command: &mut Command, input: &str) -> Output {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("piped");
    stdin.write_all(input.as_bytes()).await.expect("the program reads");
    drop(stdin);
    soon("the program to end", child.wait_with_output()).await.expect("it ran")
}

/// What it printed.
pub(crate) fn said(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("text");
    (text(&output.stdout), text(&output.stderr))
}

/// `belofte serve`, listening.
pub(crate) struct Belofte {
    child: Child,
    log: Arc<Mutex<String>>,
    pub(crate) lmtp: SocketAddr,
    pub(crate) smtp: SocketAddr,
    pub(crate) site: SocketAddr,
}

impl Belofte {
    /// Starts it and waits until it listens. When it ends before that, its exit and its words.
    pub(crate) async fn start(data: &Data, start: &Start) -> Result<Belofte, (ExitStatus, String)> {
        let mut command = command(data);
        let lmtp = start.lmtp.map_or("127.0.0.1:0".to_owned(), |address| address.to_string());
        if let Some((certificate, key)) = &start.lmtp_certificate {
            command.env("BELOFTE_MAIL_LMTP_CERTIFICATE", certificate);
            command.env("BELOFTE_MAIL_LMTP_KEY", key);
        }
        command
            .args(["serve", "--listen", "127.0.0.1:0"])
            .env("BELOFTE_MAIL_LMTP_LISTEN", lmtp)
            .env("BELOFTE_MAIL_SMTP_LISTEN", "127.0.0.1:0")
            .env("BELOFTE_CLOCK_OFFSET_SECONDS", start.ahead_seconds.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command.envs(start.variables.iter().map(|(name, value)| (name, value)));
        if let Some(relay) = &start.relay {
            command.env("BELOFTE_MAIL_RELAY_URL", relay);
        }
        if let Some(fault) = &start.fault {
            command.env("BELOFTE_FAULT", fault);
        }
        command.envs(start.variables.iter().cloned());
        let mut child = command.spawn().expect("the program starts");
        let log = Arc::new(Mutex::new(String::new()));
        let errors = child.stderr.take().expect("piped");
        let listening = tokio::spawn(keep(BufReader::new(errors), Arc::clone(&log)));
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let addresses = soon("the program to listen", addresses(&mut lines)).await;
        let Some([lmtp, smtp, site]) = addresses else {
            let status = soon("the program to end", child.wait()).await.expect("it ran");
            drop(listening.await);
            let log = log.lock().expect("unbroken").clone();
            return Err((status, log));
        };
        tokio::spawn(keep(lines.into_inner(), Arc::clone(&log)));
        Ok(Belofte { child, log, lmtp, smtp, site })
    }

    /// Starts it, and expects it to listen.
    pub(crate) async fn started(data: &Data, start: &Start) -> Belofte {
        match Belofte::start(data, start).await {
            Ok(belofte) => belofte,
            Err((status, log)) => panic!("it ended with {status} before it listened\n{log}"),
        }
    }

    /// What it has written so far: on standard error, and on standard output since it listens.
    pub(crate) fn log(&self) -> String {
        self.log.lock().expect("unbroken").clone()
    }

    /// Asks it to stop, and expects that it does so in good order.
    pub(crate) async fn stop(mut self) {
        let pid = self.child.id().expect("it runs").to_string();
        let asked = Command::new("kill").args(["-TERM", &pid]).status().await;
        assert!(asked.is_ok_and(|status| status.success()), "no signal sent");
        let status = soon("the program to stop", self.child.wait()).await.expect("it ran");
        assert!(status.success(), "it stopped with {status}\n{}", self.log());
    }

    /// Ends it as a power cut would.
    pub(crate) async fn kill(mut self) {
        self.child.kill().await.expect("it ran");
    }

    /// Waits until it has ended by itself.
    pub(crate) async fn ended(&mut self) -> ExitStatus {
        soon("the program to end by itself", self.child.wait()).await.expect("it ran")
    }

    /// The status and the body of a page.
    pub(crate) async fn get(&self, path: &str) -> (u16, String) {
        let ask = async {
            let mut stream = TcpStream::connect(self.site).await.expect("the site listens");
            let request =
                format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.site);
            stream.write_all(request.as_bytes()).await.expect("the site reads");
            let mut bytes = Vec::new();
            stream.read_to_end(&mut bytes).await.expect("the site answers");
            String::from_utf8_lossy(&bytes).into_owned()
        };
        let answer = soon("a page", ask).await;
        let status = answer.get(9..12).and_then(|code| code.parse().ok()).expect("a status line");
        (status, answer.split_once("\r\n\r\n").unwrap_or_default().1.to_owned())
    }
}

/// LMTP, SMTP and site, in the order in which they are printed.
async fn addresses(lines: &mut Lines<BufReader<ChildStdout>>) -> Option<[SocketAddr; 3]> {
    let mut found = [None; 3];
    while let Ok(Some(line)) = lines.next_line().await {
        let Some(address) = line.strip_prefix("listening on ") else { continue };
        let (scheme, address) = address.split_once("://")?;
        let place = ["lmtp", "smtp", "http"].iter().position(|known| *known == scheme)?;
        found[place] = address.parse().ok();
        if let [Some(lmtp), Some(smtp), Some(site)] = found {
            return Some([lmtp, smtp, site]);
        }
    }
    None
}

async fn keep(mut errors: impl AsyncBufRead + Unpin, log: Arc<Mutex<String>>) {
    let mut line = String::new();
    while errors.read_line(&mut line).await.is_ok_and(|count| count > 0) {
        log.lock().expect("unbroken").push_str(&line);
        line.clear();
    }
}
