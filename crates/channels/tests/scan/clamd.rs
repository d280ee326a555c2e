//! A clamd of this test's own, on a free port of the loopback address, with a database that knows
//! one virus: a phrase that we made up. Nothing is downloaded.

use std::fs;
use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

/// The virus: only this phrase, and only for this clamd.
pub(crate) const VIRUS: &str = "BELOFTE-PROEF-VIRUS-VOORBEELD-8517";
/// What clamd calls a signature that does not come from its makers.
pub(crate) const FOUND: &str = "Belofte.Proef.UNOFFICIAL";
/// The largest attachment this clamd takes, in bytes.
pub(crate) const STREAM_MAX: usize = 1024 * 1024;
/// How long it may take to read its database and listen. Reached only by a failure.
const START_MAX: Duration = Duration::from_secs(60);
/// Between two looks at it.
const LOOK: Duration = Duration::from_millis(50);

/// A running clamd; dropping it ends it and removes its folder.
pub(crate) struct Clamd {
    child: Child,
    _folder: TempDir,
    pub(crate) address: SocketAddr,
    pub(crate) socket: PathBuf,
}

impl Clamd {
    /// Starts it; nothing, with a loud line, when it is not installed.
    pub(crate) async fn start() -> Option<Clamd> {
        Clamd::at(free_address()).await
    }

    /// Starts it at this address.
    pub(crate) async fn at(address: SocketAddr) -> Option<Clamd> {
        let Some(program) = program() else {
            // Past the test's own capture: whoever runs the tests is to see it.
            let _ = writeln!(std::io::stderr(), "SKIPPED: no clamd (Debian: clamav-daemon)");
            return None;
        };
        let folder = tempfile::tempdir().expect("a temporary folder");
        let socket = folder.path().join("clamd.ctl");
        let config = configure(folder.path(), address, &socket);
        let child = Command::new(program)
            .arg("--config-file")
            .arg(config)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("clamd can be started");
        let mut clamd = Clamd { child, _folder: folder, address, socket };
        timeout(START_MAX, clamd.ready()).await.expect("clamd listens in time");
        Some(clamd)
    }

    async fn ready(&mut self) {
        while TcpStream::connect(self.address).await.is_err() {
            let ended = self.child.try_wait().expect("its state can be asked");
            assert!(ended.is_none(), "clamd ended at once: {ended:?}");
            sleep(LOOK).await;
        }
    }
}

impl Drop for Clamd {
    fn drop(&mut self) {
        // By its own process id; when it is gone already, that is what was wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An address that was free just now.
pub(crate) fn free_address() -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    listener.local_addr().expect("its address")
}

fn program() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain([PathBuf::from("/usr/sbin")]);
    folders.map(|folder| folder.join("clamd")).find(|program| program.is_file())
}

fn configure(folder: &Path, address: SocketAddr, socket: &Path) -> PathBuf {
    let database = folder.join("database");
    fs::create_dir(&database).expect("a folder");
    // Name, any type of file, anywhere in it, the bytes.
    let phrase = data_encoding::HEXLOWER.encode(VIRUS.as_bytes());
    fs::write(database.join("belofte.ndb"), format!("Belofte.Proef:0:*:{phrase}\n"))
        .expect("the signature is written");
    let config = folder.join("clamd.conf");
    let lines = [
        "Foreground yes".to_owned(),
        format!("TCPAddr {}", address.ip()),
        format!("TCPSocket {}", address.port()),
        format!("LocalSocket {}", socket.display()),
        format!("DatabaseDirectory {}", database.display()),
        format!("TemporaryDirectory {}", folder.display()),
        format!("StreamMaxLength {STREAM_MAX}"),
        "MaxThreads 2".to_owned(),
        "SelfCheck 0".to_owned(),
        String::new(),
    ];
    fs::write(&config, lines.join("\n")).expect("the configuration is written");
    config
}
