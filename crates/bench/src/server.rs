//! The program under measurement, as a process of its own.

use std::fs::OpenOptions;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use ledger::Place;

use crate::processes::Tree;
use crate::stage::{Engine, Stage};

/// How long the program may take to end before it is killed.
const STOP_MAX: Duration = Duration::from_secs(40);
/// Between two looks at a program that ends.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// What a server works with.
pub(crate) struct Works {
    /// The folder of the embedded database; of the log in any case.
    pub(crate) data: PathBuf,
    /// The address of the database, on PostgreSQL.
    pub(crate) database: Option<String>,
    /// Where letters go, if anywhere.
    pub(crate) relay: Option<String>,
    /// Where it takes mail by LMTP; on a free port when it does not matter.
    pub(crate) lmtp: Option<SocketAddr>,
    /// The norms, when they are not those inside the program.
    pub(crate) norms: Option<PathBuf>,
    /// How far its clock is ahead, in seconds.
    pub(crate) ahead_seconds: i64,
}

impl Works {
    /// Where its data lives.
    pub(crate) fn place(&self) -> Place {
        match &self.database {
            Some(address) => Place::Postgres(address.clone()),
            None => Place::File(self.data.join("belofte.sqlite")),
        }
    }

    /// A fresh database of this name.
    pub(crate) fn fresh(stage: &Stage, engine: Engine, name: &str) -> Result<Works> {
        let data = stage.scratch().join(name);
        std::fs::create_dir_all(&data)?;
        let database = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => match stage.postgres.database(name)? {
                (address, true) => Some(address),
                (_, false) => {
                    bail!("a database {name} is left from a run that was cut off: drop it")
                }
            },
        };
        Ok(Works::over(data, database))
    }

    /// What is there already, without a relay.
    pub(crate) fn over(data: PathBuf, database: Option<String>) -> Works {
        Works { data, database, relay: None, lmtp: None, norms: None, ahead_seconds: 0 }
    }
}

/// A running `belofte serve`.
pub(crate) struct Server {
    child: Child,
    pub(crate) site: SocketAddr,
    pub(crate) lmtp: SocketAddr,
    /// The program, and the database server when that is another one.
    pub(crate) tree: Tree,
}

impl Server {
    /// Starts the program and returns as soon as it listens.
    pub(crate) fn start(stage: &Stage, works: &Works) -> Result<Server> {
        let log = OpenOptions::new().create(true).append(true).open(works.data.join("log"));
        let log = log.context("no log for the program")?;
        let lmtp = works.lmtp.unwrap_or_else(|| SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
        let mut command = Command::new(&stage.belofte);
        command
            .arg("serve")
            .env("BELOFTE_DATA", &works.data)
            .env("BELOFTE_LISTEN", "127.0.0.1:0")
            .env("BELOFTE_MAIL_LMTP_LISTEN", lmtp.to_string())
            .env("BELOFTE_BEHIND_PROXY", "true")
            .env("BELOFTE_LOG", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log);
        for (name, value) in
            [("BELOFTE_DATABASE", &works.database), ("BELOFTE_MAIL_RELAY_URL", &works.relay)]
        {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        if let Some(norms) = &works.norms {
            command.env("BELOFTE_NORMS", norms);
        }
        if works.ahead_seconds > 0 {
            command.env("BELOFTE_CLOCK_OFFSET_SECONDS", works.ahead_seconds.to_string());
        }
        let mut child = command.spawn().context("the program can not be started")?;
        let roots = match works.database {
            None => vec![child.id()],
            Some(_) => vec![child.id(), stage.postgres.pid],
        };
        match addresses(&mut child) {
            Ok((site, lmtp)) => Ok(Server { child, site, lmtp, tree: Tree::of(roots) }),
            Err(error) => {
                let _ = child.kill();
                let said = std::fs::read_to_string(works.data.join("log")).unwrap_or_default();
                Err(error.context(said))
            }
        }
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Ends it as a power cut would.
    pub(crate) fn kill(mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(None)) {
            return;
        }
        let pid = self.child.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &pid]).status();
        let start = Instant::now();
        while asked.is_ok() && start.elapsed() < STOP_MAX {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(LOOK_EVERY);
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads where the program listens; the address of the site comes last.
fn addresses(child: &mut Child) -> Result<(SocketAddr, SocketAddr)> {
    let output = child.stdout.take().context("the program has no output")?;
    let mut lmtp = None;
    for line in BufReader::new(output).lines() {
        let line = line?;
        if let Some(address) = line.strip_prefix("listening on lmtp://") {
            lmtp = Some(address.parse()?);
        } else if let Some(address) = line.strip_prefix("listening on http://") {
            return Ok((address.parse()?, lmtp.context("the program takes no mail")?));
        }
    }
    bail!("the program did not start")
}

/// A loopback address that was free just now.
pub(crate) fn free_address() -> Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port")?;
    listener.local_addr().context("no address for a free port")
}
