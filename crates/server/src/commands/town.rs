//! `belofte town`: a made-up municipality lives for a while, things go wrong, and after every step
//! it is looked at whether all holds that must.

use std::fs::File;
use std::io::{BufWriter, Write, sink};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use jiff::civil::{Date, date};
use ledger::Place;
use town::{Faults, Lived, NormFile, Plan};

use crate::configuration::HARLINGEN;
use crate::log;
use crate::say::{self, say};

/// The first day of a town, unless one is given.
const FROM: Date = date(2026, 1, 1);
/// The word for the embedded database.
const SQLITE: &str = "sqlite";

#[derive(clap::Args)]
pub(crate) struct Town {
    /// The same seed gives the same history, on both engines.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many days.
    #[arg(long, default_value_t = 365)]
    days: u32,
    /// The first day.
    #[arg(long, default_value_t = FROM)]
    from: Date,
    /// How many people contact the municipality, in percents of the ordinary number.
    #[arg(long, default_value_t = 100)]
    crowd: u32,
    /// What goes wrong: all, none, or some of crash,disk,relay,twice,clock,closure.
    #[arg(long, default_value_t = Faults::default())]
    faults: Faults,
    /// sqlite, or the postgres:// URL of an empty database.
    #[arg(long, default_value = SQLITE)]
    engine: String,
    /// A folder for the embedded database, that is kept. Default: one that is removed at the end.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Write the facts to this file, a line each.
    #[arg(long)]
    facts: Option<PathBuf>,
    /// Live it without crashes and full disks as well: the facts must be the same.
    #[arg(long)]
    same: bool,
    /// For so many seconds: small towns, seed after seed from --seed on, in which everything goes
    /// wrong, until one is found in which something does not hold.
    #[arg(long, value_name = "SECONDS")]
    hunt: Option<u64>,
    /// The norm file. Default: the norms of Harlingen inside the program.
    #[arg(long)]
    norms: Option<PathBuf>,
}

pub(crate) fn town(town: &Town) -> Result<ExitCode> {
    log::start();
    let plan = Plan {
        seed: town.seed,
        from: town.from,
        days: town.days,
        crowd: town.crowd,
        faults: town.faults.clone(),
        norms: norms(town)?,
    };
    if let Some(seconds) = town.hunt {
        return hunt(&plan, Duration::from_secs(seconds));
    }
    let ground = Ground::of(town)?;
    if town.same {
        return lives_the_same(&plan, &ground);
    }
    let mut facts: Box<dyn Write> = match &town.facts {
        Some(path) => {
            let file = File::create(path);
            Box::new(BufWriter::new(file.with_context(|| path.display().to_string())?))
        }
        None => Box::new(sink()),
    };
    let lived = town::simulate(&ground.place, &plan, &mut facts)
        .map_err(|error| anyhow!("the town could not live: {error}"))?;
    facts.flush().context("the facts could not be written")?;
    say::text(summary(&lived));
    Ok(if lived.violations.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Small towns until the time is over.
fn hunt(plan: &Plan, time: Duration) -> Result<ExitCode> {
    let ground = Ground::new(None)?;
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    let start = Instant::now();
    let is_over = || start.elapsed() >= time;
    let hunted = town::hunt(ground.folder(), &plan.norms, plan.seed, threads, is_over);
    let hunted = hunted.map_err(|error| anyhow!("the hunt broke off: {error}"))?;
    say!(
        "{} towns from seed {} on, {} days, {} facts, {} mishaps",
        hunted.towns,
        plan.seed,
        hunted.days,
        hunted.facts,
        hunted.mishaps
    );
    let Some(found) = hunted.found else { return Ok(ExitCode::SUCCESS) };
    say!("WRONG {found}");
    Ok(ExitCode::FAILURE)
}

fn lives_the_same(plan: &Plan, ground: &Ground) -> Result<ExitCode> {
    let (lived, violation) = town::try_plan(ground.folder(), plan)
        .map_err(|error| anyhow!("the town could not live: {error}"))?;
    say::text(summary(&lived));
    let Some(violation) = violation else { return Ok(ExitCode::SUCCESS) };
    say!("WRONG {violation}");
    Ok(ExitCode::FAILURE)
}

fn norms(town: &Town) -> Result<Arc<NormFile>> {
    let Some(path) = &town.norms else {
        return Ok(Arc::new(NormFile::read(HARLINGEN, "harlingen.toml")?));
    };
    let name = path.display().to_string();
    let source = std::fs::read_to_string(path).with_context(|| name.clone())?;
    Ok(Arc::new(NormFile::read(&source, &name)?))
}

/// Where the town lives.
struct Ground {
    place: Place,
    folder: PathBuf,
    /// Whether the folder goes at the end.
    is_own: bool,
}

impl Ground {
    fn of(town: &Town) -> Result<Ground> {
        let mut ground = Ground::new(town.data.clone())?;
        if town.engine != SQLITE {
            ground.place = Place::Postgres(town.engine.clone());
        }
        Ok(ground)
    }

    /// In this folder, or in one of its own.
    fn new(folder: Option<PathBuf>) -> Result<Ground> {
        let is_own = folder.is_none();
        // In memory where that is offered: a town is about what is stored, not where.
        let memory = PathBuf::from("/dev/shm");
        let near = if memory.is_dir() { memory } else { std::env::temp_dir() };
        let own = near.join(format!("belofte-town-{}", std::process::id()));
        let folder = folder.unwrap_or(own);
        std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        let place = Place::File(folder.join("belofte.sqlite"));
        Ok(Ground { place, folder, is_own })
    }

    fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        if self.is_own {
            // What stays is in a folder for temporary files.
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }
}

fn summary(lived: &Lived) -> String {
    let mut out = String::from("contacts\n");
    for (channel, count) in &lived.contacts {
        out.push_str(&format!("  {channel:<24} {count:>8}\n"));
    }
    out.push_str("promises                       kept   broken\n");
    for (norm, (kept, broken)) in &lived.norms {
        out.push_str(&format!("  {norm:<24} {kept:>8} {broken:>8}\n"));
    }
    out.push_str("checks\n");
    for (checker, count) in &lived.checks {
        out.push_str(&format!("  {checker:<24} {count:>8}\n"));
    }
    out.push_str(&format!("facts {}, mishaps {}\n", lived.facts, lived.mishaps));
    match lived.violations.as_slice() {
        [] => out.push_str("all that must hold does\n"),
        violations => {
            for violation in violations {
                out.push_str(&format!("WRONG {violation}\n"));
            }
        }
    }
    out
}
