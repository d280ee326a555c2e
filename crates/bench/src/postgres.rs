//! The database server that `cargo xtask bench` started: databases in it, and plain inserts.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::stage::Given;

/// Clients that insert at the same time.
pub(crate) const CLIENTS: usize = 32;

/// One row, as small as a message can be: the least that a durable message can cost there.
const INSERT: &str = "INSERT INTO plain (at, author, body) VALUES \
    (now(), 'jan@example.nl', 'De lamp voor ons huis doet het al een week niet.');\n";

/// A quarter of an hour of a desk under the same key: the least that a booking can cost there.
const CLAIM: &str = "\\set tick random(1, 100000) * 3\n\
    \\set desk random(1, 20)\n\
    INSERT INTO slots SELECT CAST(:tick AS BIGINT) + n, CAST(:desk AS BIGINT), 1 \
    FROM generate_series(0, 2) n \
    ON CONFLICT (tick, desk) DO NOTHING;\n";

const SLOTS: &str = "CREATE TABLE IF NOT EXISTS slots (tick BIGINT NOT NULL, desk BIGINT NOT NULL, \
    visit BIGINT NOT NULL, PRIMARY KEY (tick, desk))";

const TABLE: &str = "CREATE TABLE IF NOT EXISTS plain \
    (id BIGSERIAL PRIMARY KEY, at TIMESTAMPTZ NOT NULL, author TEXT NOT NULL, body TEXT NOT NULL)";

/// The server and its programs.
pub(crate) struct Postgres {
    address: String,
    pub(crate) pid: u32,
    programs: PathBuf,
}

impl Postgres {
    pub(crate) fn new(given: &Given) -> Postgres {
        Postgres {
            address: given.postgres.clone(),
            pid: given.postgres_pid,
            programs: given.postgres_programs.clone(),
        }
    }

    /// A database of this name, made when it is not there; its address, and whether it is fresh.
    pub(crate) fn database(&self, name: &str) -> Result<(String, bool)> {
        let there = format!("SELECT 1 FROM pg_database WHERE datname = '{name}'");
        let is_fresh = self.run(&self.address, &there)?.trim().is_empty();
        if is_fresh {
            self.run(&self.address, &format!("CREATE DATABASE {name}"))?;
        }
        let (server, _) = self.address.rsplit_once('/').context("an address without database")?;
        Ok((format!("{server}/{name}"), is_fresh))
    }

    /// Tells the planner what is in a database, as autovacuum would in a while.
    pub(crate) fn tidy(&self, address: &str) -> Result<()> {
        self.run(address, "VACUUM ANALYZE").map(drop)
    }

    /// Durable inserts of one row a second, with 32 clients, as pgbench counts them.
    pub(crate) fn inserts_per_second(&self, folder: &std::path::Path, seconds: u32) -> Result<f64> {
        self.run(&self.address, TABLE)?;
        self.a_second(folder, (INSERT, seconds))
    }

    /// Durable claims of a slot a second, with 32 clients, as pgbench counts them.
    pub(crate) fn claims_per_second(&self, folder: &std::path::Path, seconds: u32) -> Result<f64> {
        self.run(&self.address, "DROP TABLE IF EXISTS slots")?;
        self.run(&self.address, SLOTS)?;
        self.a_second(folder, (CLAIM, seconds))
    }

    fn a_second(&self, folder: &std::path::Path, (sql, seconds): (&str, u32)) -> Result<f64> {
        let script = folder.join("script.sql");
        std::fs::write(&script, sql)?;
        let mut pgbench = Command::new(self.programs.join("pgbench"));
        pgbench.args(["--no-vacuum", "--protocol=prepared", "--jobs=2"]);
        pgbench.arg(format!("--client={CLIENTS}")).arg(format!("--time={seconds}"));
        pgbench.arg("--file").arg(&script).arg(&self.address);
        let said = answer(&mut pgbench)?;
        let line = said.lines().find_map(|line| line.strip_prefix("tps = "));
        let count = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        count.with_context(|| format!("pgbench did not say how many:\n{said}"))
    }

    fn run(&self, address: &str, sql: &str) -> Result<String> {
        let mut psql = Command::new(self.programs.join("psql"));
        psql.args(["--no-psqlrc", "--quiet", "--tuples-only", "--command", sql, address]);
        answer(&mut psql)
    }
}

fn answer(command: &mut Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("{name} can not be started"))?;
    if !output.status.success() {
        bail!("{name} failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
