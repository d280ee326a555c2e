//! A PostgreSQL of our own for the length of the tests: loopback only, durable, gone afterwards.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::program;

/// Tests read the address of a superuser from here and create their own databases.
pub(crate) const ADDRESS_VARIABLE: &str = "BELOFTE_TEST_POSTGRES";

/// The account that Debian's package makes; PostgreSQL refuses to run as root.
const ACCOUNT: &str = "postgres";

/// How the temporary folder begins; our process id follows.
const FOLDER_PREFIX: &str = "belofte-test-postgres-";

/// How long the server may take to accept connections.
const START_MAX: Duration = Duration::from_secs(60);

/// How long the server may take to end before it is killed.
const STOP_MAX: Duration = Duration::from_secs(20);

/// Between two looks at a server that starts or ends.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// Connections at a time: tests run beside each other, each with a few.
const CONNECTIONS_MAX: u32 = 200;

/// Lines of the server's log that are shown when it does not start.
const LOG_LINES_SHOWN: usize = 20;

/// A running server; dropping it ends the server and removes its folder.
pub(crate) struct PrivatePostgres {
    /// Nothing when the developer named a server of their own.
    server: Option<Server>,
    address: String,
}

struct Server {
    child: Child,
    folder: PathBuf,
}

impl PrivatePostgres {
    /// Starts a server on a free loopback port, or takes the one in [`ADDRESS_VARIABLE`].
    ///
    /// # Errors
    /// When PostgreSQL is not installed, or does not start within [`START_MAX`].
    pub(crate) fn start() -> Result<PrivatePostgres> {
        if let Ok(address) = std::env::var(ADDRESS_VARIABLE) {
            return Ok(PrivatePostgres { server: None, address });
        }
        remove_leftovers();
        let folder = own_folder()?;
        let data = folder.join("data");
        program::succeed(
            unprivileged("initdb", &folder)?
                .args(["--auth=trust", "--username=postgres", "--encoding=UTF8"])
                .args(["--locale=C.UTF-8", "--pgdata"])
                .arg(&data)
                .stdout(Stdio::null()),
        )?;
        let port = free_port()?;
        let log = fs::File::create(folder.join("log")).context("cannot make the server's log")?;
        let child = unprivileged("postgres", &folder)?
            .arg("-D")
            .arg(&data)
            .args(["-c", "listen_addresses=127.0.0.1", "-c", &format!("port={port}")])
            .args(["-c", "unix_socket_directories=", "-c", "fsync=on"])
            .args(["-c", &format!("max_connections={CONNECTIONS_MAX}")])
            .stdin(Stdio::null())
            .stdout(log.try_clone().context("cannot share the server's log")?)
            .stderr(log)
            .spawn()
            .context("cannot start postgres")?;
        let mut server = Server { child, folder };
        server.wait_until_ready(port)?;
        let address = format!("postgres://postgres@127.0.0.1:{port}/postgres");
        Ok(PrivatePostgres { server: Some(server), address })
    }

    /// The superuser's address.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// The first process of the server; nothing when the developer named a server of their own.
    pub(crate) fn pid(&self) -> Option<u32> {
        self.server.as_ref().map(|server| server.child.id())
    }
}

impl Drop for PrivatePostgres {
    fn drop(&mut self) {
        if let Some(server) = self.server.take() {
            drop(server);
            println!("postgres: ended");
        }
    }
}

impl Server {
    fn wait_until_ready(&mut self, port: u16) -> Result<()> {
        let start = Instant::now();
        while start.elapsed() < START_MAX {
            if let Some(status) = self.child.try_wait().context("cannot look at postgres")? {
                bail!("postgres ended at once: {status}\n{}", self.last_words());
            }
            let mut ready = Command::new(program_named("pg_isready")?);
            ready.args(["--quiet", "--host=127.0.0.1", &format!("--port={port}")]);
            if ready.status().is_ok_and(|status| status.success()) {
                return Ok(());
            }
            std::thread::sleep(LOOK_EVERY);
        }
        bail!("postgres was not ready in {} s\n{}", START_MAX.as_secs(), self.last_words());
    }

    fn last_words(&self) -> String {
        let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(LOG_LINES_SHOWN)..].join("\n")
    }

    /// Asks for a fast shutdown (SIGINT), then insists. True when the server is gone.
    fn end(&mut self) -> bool {
        let pid = self.child.id().to_string();
        let asked = Command::new("kill").args(["-INT", &pid]).status();
        let start = Instant::now();
        while asked.is_ok() && start.elapsed() < STOP_MAX {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return true;
            }
            std::thread::sleep(LOOK_EVERY);
        }
        self.child.kill().and_then(|()| self.child.wait()).is_ok()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.end() {
            // Nothing depends on it: what stays is removed by the next start.
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// Where Debian keeps the programs of each PostgreSQL version, newest first.
pub(crate) fn program_folders() -> Vec<PathBuf> {
    let Ok(versions) = fs::read_dir("/usr/lib/postgresql") else { return Vec::new() };
    let mut found: Vec<(u32, PathBuf)> = versions
        .flatten()
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .collect();
    found.sort_by_key(|&(version, _)| std::cmp::Reverse(version));
    found.into_iter().map(|(_, folder)| folder).collect()
}

fn program_named(name: &str) -> Result<PathBuf> {
    program::find(name, &program_folders())
        .with_context(|| format!("no `{name}`; install PostgreSQL (Debian: postgresql)"))
}

/// A PostgreSQL program under its own account when we are root. Through setpriv, which becomes
/// the program (so that the pid is the program's) and has the kernel end it when we end, however.
fn unprivileged(name: &str, folder: &Path) -> Result<Command> {
    let program = program_named(name)?;
    let mut command = match program::find("setpriv", &[]) {
        Some(setpriv) => {
            let mut command = Command::new(setpriv);
            if program::we_are_root() {
                command.args(["--reuid", ACCOUNT, "--regid", ACCOUNT, "--init-groups"]);
            }
            command.args(["--pdeathsig", "INT", "--"]).arg(program);
            command
        }
        None if program::we_are_root() => bail!("no `setpriv`; root may not run PostgreSQL itself"),
        None => Command::new(program),
    };
    command.current_dir(folder);
    Ok(command)
}

/// A folder that only the server's account can read, outside of anyone's home.
fn own_folder() -> Result<PathBuf> {
    use std::os::unix::fs::{DirBuilderExt, chown};
    let folder = std::env::temp_dir().join(format!("{FOLDER_PREFIX}{}", std::process::id()));
    fs::DirBuilder::new()
        .mode(0o700)
        .create(&folder)
        .with_context(|| format!("cannot make {}", folder.display()))?;
    if program::we_are_root() {
        chown(&folder, Some(id_of_account("-u")?), Some(id_of_account("-g")?))
            .with_context(|| format!("cannot give {} to {ACCOUNT}", folder.display()))?;
    }
    Ok(folder)
}

fn id_of_account(which: &str) -> Result<u32> {
    let id = program::answer(Command::new("id").args([which, ACCOUNT]))?;
    id.trim().parse().with_context(|| format!("`id {which} {ACCOUNT}` gave no number"))
}

/// Folders of runs that were killed: their process is gone.
fn remove_leftovers() {
    let Ok(entries) = fs::read_dir(std::env::temp_dir()) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let Some(pid) = name.to_str().and_then(|name| name.strip_prefix(FOLDER_PREFIX)) else {
            continue;
        };
        let is_gone = Path::new("/proc/self").exists() && !Path::new("/proc").join(pid).exists();
        if is_gone {
            // Someone else's folder stays; it is theirs to remove.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// A port that was free just now. Another program may take it before the server does; then the
/// server says so and the run stops.
fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("no free loopback port")?;
    Ok(listener.local_addr().context("no address for a free port")?.port())
}
