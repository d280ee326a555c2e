//! A PostgreSQL of one story's own, that can be stopped and started under the program.

use std::path::{Path, PathBuf};

use tempfile::TempDir;
use tokio::process::Command;

use crate::program::soon;

/// The account that may run PostgreSQL when we are root; it refuses to run as root.
const ACCOUNT: &str = "postgres";

pub(crate) struct OwnPostgres {
    folder: TempDir,
    port: u16,
}

impl OwnPostgres {
    /// Makes and starts it; nothing, and loudly so, when it can not be had here.
    pub(crate) async fn start() -> Option<OwnPostgres> {
        let Some(programs) = programs() else {
            eprintln!("SKIPPED: PostgreSQL is not installed, so it is not stopped in the middle");
            return None;
        };
        let port = free_port();
        let folder = tempfile::tempdir().expect("a temporary folder");
        let own = OwnPostgres { folder, port };
        if we_are_root().await {
            let mut chown = Command::new("chown");
            ok(chown.args(["-R", ACCOUNT]).arg(own.folder.path())).await;
        }
        let mut initdb = own.command(&programs.join("initdb")).await;
        initdb.args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--pgdata"]);
        ok(initdb.arg(own.data())).await;
        own.go().await;
        Some(own)
    }

    /// The superuser's address.
    pub(crate) fn address(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// Starts it (again).
    pub(crate) async fn go(&self) {
        let options = format!(
            "-c port={} -c listen_addresses=127.0.0.1 -c unix_socket_directories=",
            self.port
        );
        let mut start = self.control().await;
        start.args(["-w", "-o", &options, "-l"]).arg(self.folder.path().join("log"));
        ok(start.arg("start")).await;
    }

    /// Stops it at once, in the middle of whatever it does.
    pub(crate) async fn halt(&self) {
        ok(self.control().await.args(["-w", "-m", "immediate", "stop"])).await;
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    async fn control(&self) -> Command {
        let programs = programs().expect("it was installed a moment ago");
        let mut control = self.command(&programs.join("pg_ctl")).await;
        control.arg("-D").arg(self.data());
        control
    }

    /// A program of PostgreSQL, under an account it accepts.
    async fn command(&self, program: &Path) -> Command {
        let mut command = if we_are_root().await {
            let mut command = Command::new("setpriv");
            command.args(["--reuid", ACCOUNT, "--regid", ACCOUNT, "--init-groups", "--"]);
            command.arg(program);
            command
        } else {
            Command::new(program)
        };
        // The server must not keep the pipes of the test open.
        command.current_dir(self.folder.path()).stdout(std::process::Stdio::null());
        command.stderr(std::process::Stdio::null());
        command
    }
}

impl Drop for OwnPostgres {
    fn drop(&mut self) {
        // The first line of this file is the process; nothing depends on how its end goes.
        let Ok(text) = std::fs::read_to_string(self.data().join("postmaster.pid")) else { return };
        let pid = text.lines().next().unwrap_or_default().to_owned();
        let _ = std::process::Command::new("kill").args(["-QUIT", &pid]).status();
    }
}

/// Where Debian keeps the newest version, or wherever `pg_ctl` stands on the path.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path())))
        .max();
    if let Some((_, folder)) = newest {
        return Some(folder.join("bin"));
    }
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).find(|folder| folder.join("pg_ctl").exists())
}

/// A port where nobody listens at this moment.
pub(crate) fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("bound").port()
}

pub(crate) async fn we_are_root() -> bool {
    let output = Command::new("id").arg("-u").output().await;
    output.is_ok_and(|output| output.stdout == b"0\n")
}

/// Runs it to its end, which must be a good one.
pub(crate) async fn ok(command: &mut Command) {
    let shown = format!("{command:?}");
    let status = soon(&shown, command.status()).await.expect("the program starts");
    assert!(status.success(), "{shown}: {status}");
}
