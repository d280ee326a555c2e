//! What the measurements share: the program, the database server, folders, and how much to do.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::own_postfix;
use crate::postgres::Postgres;

/// What `cargo xtask bench` tells the driver.
#[derive(clap::Parser)]
#[command(name = "bench")]
pub(crate) struct Given {
    /// The program that is measured.
    #[arg(long)]
    pub(crate) belofte: PathBuf,
    /// Where the database server is: a `postgres://` address of a superuser.
    #[arg(long)]
    pub(crate) postgres: String,
    /// The first process of the database server; its children are counted with it.
    #[arg(long)]
    pub(crate) postgres_pid: u32,
    /// The folder with psql and pgbench.
    #[arg(long)]
    pub(crate) postgres_programs: PathBuf,
    /// Where filled databases are kept from one run to the next.
    #[arg(long)]
    pub(crate) kept: PathBuf,
    /// The document to write.
    #[arg(long)]
    pub(crate) document: PathBuf,
    /// Little of everything, to see that it works; its figures say nothing.
    #[arg(long)]
    pub(crate) quick: bool,
    /// The database to measure on; both, one after the other, when none is given.
    #[arg(long)]
    pub(crate) engine: Option<Engine>,
    /// The rows to measure; all when none is given.
    pub(crate) rows: Vec<u8>,
}

/// Where the data lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    pub(crate) const ALL: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];
}

/// How much is done of everything.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Amounts {
    /// Runs whose median is told.
    pub(crate) runs: usize,
    /// Mails of a run with one connection, and with many.
    pub(crate) mails: (usize, usize),
    /// Runs with forms that are stored only and many clients, each with its plain inserts: the two
    /// are near one another, and each swings by a fifth.
    pub(crate) pairs: usize,
    /// Mails of a run whose time is taken one by one.
    pub(crate) timed_mails: usize,
    /// Bundles of twenty mixed mails of a run with one connection, and with many.
    pub(crate) bundles: (u64, u64),
    /// Such bundles of a run whose time is taken one by one.
    pub(crate) timed_bundles: u64,
    /// Such bundles while the program is killed.
    pub(crate) killed_bundles: u64,
    /// How often it is killed meanwhile.
    pub(crate) kills: usize,
    /// Forms of a run with one client, with many, and with many that are stored only.
    pub(crate) forms: (usize, usize, usize),
    /// Bookings of a run with many clients, and attempts in the race for few times.
    pub(crate) bookings: usize,
    pub(crate) attempts: usize,
    /// How often a program is killed in that race.
    pub(crate) booking_kills: usize,
    /// Seconds that plain inserts are counted.
    pub(crate) insert_seconds: u32,
    /// Pages of a run.
    pub(crate) pages: usize,
    /// Contacts in the small and the large database: embedded.
    pub(crate) contacts: (u32, u32),
    /// The same on PostgreSQL, where filling through the verbs takes ten times as long.
    pub(crate) contacts_postgres: (u32, u32),
}

const FULL: Amounts = Amounts {
    runs: 5,
    pairs: 11,
    mails: (1_500, 6_000),
    timed_mails: 300,
    bundles: (25, 100),
    timed_bundles: 15,
    killed_bundles: 100,
    kills: 20,
    // Of those that are acknowledged a letter leaves as well, which the driver takes in.
    forms: (1_500, 6_000, 30_000),
    bookings: 6_000,
    attempts: 1_000_000,
    booking_kills: 100,
    insert_seconds: 3,
    // The kernel counts in hundredths of a second: a run has to last many of them.
    pages: 2_000,
    contacts: (10_000, 1_000_000),
    contacts_postgres: (10_000, 100_000),
};

const QUICK: Amounts = Amounts {
    runs: 1,
    pairs: 1,
    mails: (100, 300),
    timed_mails: 50,
    bundles: (5, 15),
    timed_bundles: 3,
    killed_bundles: 15,
    kills: 5,
    forms: (100, 300, 300),
    bookings: 300,
    attempts: 4_000,
    booking_kills: 5,
    insert_seconds: 1,
    pages: 20,
    contacts: (500, 2_000),
    contacts_postgres: (500, 2_000),
};

/// Everything a measurement needs. Its scratch folder goes when it is dropped.
pub(crate) struct Stage {
    pub(crate) belofte: PathBuf,
    pub(crate) postgres: Postgres,
    pub(crate) kept: PathBuf,
    pub(crate) amounts: Amounts,
    pub(crate) quick: bool,
    /// The Postfix of this machine; nothing when none can be started here.
    pub(crate) postfix_version: Option<String>,
    scratch: PathBuf,
}

impl Stage {
    pub(crate) fn set(given: &Given) -> Result<Stage> {
        // Beside the data of the private PostgreSQL: both on the same disk.
        let scratch = std::env::temp_dir().join(format!("belofte-bench-{}", std::process::id()));
        for folder in [&scratch, &given.kept] {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("{} can not be made", folder.display()))?;
        }
        Ok(Stage {
            belofte: given.belofte.clone(),
            postgres: Postgres::new(given),
            kept: given.kept.clone(),
            amounts: if given.quick { QUICK } else { FULL },
            quick: given.quick,
            postfix_version: own_postfix::version(),
            scratch,
        })
    }

    /// A folder for whatever may go afterwards.
    pub(crate) fn scratch(&self) -> &Path {
        &self.scratch
    }

    pub(crate) fn has_postfix(&self) -> bool {
        self.postfix_version.is_some()
    }

    /// Contacts in the small and the large database of an engine.
    pub(crate) fn contacts(&self, engine: Engine) -> (u32, u32) {
        match engine {
            Engine::Sqlite => self.amounts.contacts,
            Engine::Postgres => self.amounts.contacts_postgres,
        }
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // Nothing depends on it.
        let _ = std::fs::remove_dir_all(&self.scratch);
    }
}
