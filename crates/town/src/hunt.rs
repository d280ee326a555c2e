//! Seed after seed: many small towns in which everything goes wrong, looking for one in which
//! something does not hold. What is found is made as small as it can be.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use desk::{Stop, StorageError};
use jiff::Span;
use jiff::civil::{Date, date};
use ledger::{Ledger, Place};

use crate::chance::Chance;
use crate::checks::{self, Violation};
use crate::faults::{Fault, Faults};
use crate::norm_file::NormFile;
use crate::simulate::{Lived, Plan, with};
use crate::texts::Texts;

/// Days to begin on that are worth more visits: the clock changes, the year turns, it is Easter.
const BEGINS: [Date; 5] = [
    date(2026, 3, 27),
    date(2026, 10, 23),
    date(2026, 12, 30),
    date(2026, 4, 2),
    date(2026, 4, 25),
];
/// Of a hundred towns, how many begin on one of those.
const BEGINS_THERE: u32 = 40;
/// How long a town lives, in days, and how many people it has, in percents.
const DAYS: (i64, i64) = (1, 5);
const CROWD: (i64, i64) = (10, 50);
/// Of a hundred towns, how many have each of the faults.
const EACH_FAULT: u32 = 60;
/// How often a town is tried smaller at most.
const SHRINKS_MAX: u32 = 60;

/// A town in which something does not hold.
#[derive(Clone, Debug)]
pub struct Found {
    /// The town.
    pub plan: Plan,
    /// What does not hold there.
    pub violation: Violation,
}

/// What a hunt came to.
#[derive(Clone, Debug, Default)]
pub struct Hunted {
    /// How many towns lived.
    pub towns: u64,
    /// How many days together.
    pub days: u64,
    /// How many facts they have together.
    pub facts: u64,
    /// How often something went wrong in them.
    pub mishaps: u64,
    /// The first town in which something does not hold, as small as it could be made.
    pub found: Option<Found>,
}

/// Lives towns in a folder, seed after seed from `first` on, until it is over or one is found in
/// which something does not hold.
///
/// # Errors
/// When the folder can not be written.
pub fn hunt(
    folder: &Path,
    norms: &Arc<NormFile>,
    first: u64,
    threads: usize,
    is_over: impl Fn() -> bool + Sync,
) -> Result<Hunted, Stop> {
    let den = Den::dig(folder)?;
    let (next, hunted) = (AtomicU64::new(first), Mutex::new(Ok(Hunted::default())));
    let is_enough = || match &*lock(&hunted) {
        Ok(hunted) => hunted.found.is_some(),
        Err(_) => true,
    };
    let round = || {
        while !is_over() && !is_enough() {
            let plan = plan_of(next.fetch_add(1, Ordering::Relaxed), norms);
            let tried = den.tries(&plan);
            match (&mut *lock(&hunted), tried) {
                (Ok(hunted), Ok((lived, violation))) => {
                    hunted.towns += 1;
                    hunted.days += u64::from(plan.days);
                    hunted.facts += u64::try_from(lived.facts).unwrap_or_default();
                    hunted.mishaps += lived.mishaps;
                    if hunted.found.is_none() {
                        hunted.found = violation.map(|violation| Found { plan, violation });
                    }
                }
                (hunted @ Ok(_), Err(stop)) => *hunted = Err(stop),
                (Err(_), _) => {}
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(round);
        }
    });
    let mut hunted = hunted.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)?;
    let again = |plan: &Plan| den.tries(plan).map(|(_, violation)| violation);
    hunted.found = hunted.found.map(|found| shrink(found, again)).transpose()?;
    Ok(hunted)
}

/// Lives one town on the embedded database in a folder, and lives it again without crashes and full
/// disks where the facts must be the same. What does not hold, when anything does not.
///
/// # Errors
/// When the folder can not be written.
pub fn try_plan(folder: &Path, plan: &Plan) -> Result<(Lived, Option<Violation>), Stop> {
    Den::dig(folder)?.tries(plan)
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// The town of a seed.
fn plan_of(seed: u64, norms: &Arc<NormFile>) -> Plan {
    let mut chance = Chance::new(seed.rotate_left(32));
    let from = match chance.percent(BEGINS_THERE) {
        true => *chance.pick(&BEGINS),
        false => date(2026, 1, 1).saturating_add(Span::new().days(chance.between(0, 360))),
    };
    let small = |number: i64| u32::try_from(number).unwrap_or(1);
    let (days, crowd) = (chance.between(DAYS.0, DAYS.1), chance.between(CROWD.0, CROWD.1));
    let faults: Vec<Fault> =
        Fault::ALL.into_iter().filter(|_| chance.percent(EACH_FAULT)).collect();
    Plan {
        seed,
        from,
        days: small(days),
        crowd: small(crowd),
        faults: Faults::of(&faults),
        norms: Arc::clone(norms),
    }
}

/// Where towns live for a moment.
struct Den {
    folder: PathBuf,
    texts: Arc<Texts>,
    /// A database with tables and nothing in them, which each town gets a copy of.
    empty: PathBuf,
}

impl Den {
    fn dig(folder: &Path) -> Result<Den, Stop> {
        let empty = folder.join("empty.sqlite");
        // What an earlier hunt left here may be of another version.
        let _ = std::fs::remove_file(&empty);
        Ledger::open(&Place::File(folder.join("first.sqlite")))?.copy_to(&empty)?;
        Ok(Den { folder: folder.to_owned(), texts: Arc::new(Texts::read()), empty })
    }

    fn tries(&self, plan: &Plan) -> Result<(Lived, Option<Violation>), Stop> {
        let (lived, facts) = self.lives(plan)?;
        if let Some(violation) = lived.violations.first().cloned() {
            return Ok((lived, Some(violation)));
        }
        let faults = &plan.faults;
        let calm = faults.without(Fault::Crash).without(Fault::Disk);
        // A letter that a start takes up again leaves at another moment when the relay is slow.
        if calm == *faults || faults.has(Fault::Relay) {
            return Ok((lived, None));
        }
        let (_, same) = self.lives(&Plan { faults: calm, ..plan.clone() })?;
        let Some(what) = differs(&facts, &same) else { return Ok((lived, None)) };
        let at = plan.from.to_zoned(jiff::tz::TimeZone::UTC);
        let at = at.map_or(jiff::Timestamp::UNIX_EPOCH, |at| at.timestamp());
        Ok((lived, Some(Violation { checker: checks::SAME, at, contact: None, what })))
    }

    fn lives(&self, plan: &Plan) -> Result<(Lived, String), Stop> {
        let name = format!("town-{}-{:?}", plan.seed, std::thread::current().id());
        let folder = self.folder.join(name.replace(['(', ')'], ""));
        let broken = |error: std::io::Error| StorageError::other(error.to_string());
        std::fs::create_dir_all(&folder).map_err(broken)?;
        let mut facts = Vec::new();
        let database = folder.join("belofte.sqlite");
        std::fs::copy(&self.empty, &database).map_err(broken)?;
        let place = Place::File(database);
        let lived = with(&place, plan, Arc::clone(&self.texts), &mut facts);
        std::fs::remove_dir_all(&folder).map_err(broken)?;
        let lived = lived.unwrap_or_else(|stop| {
            // What the desk does not expect is found as well.
            let what = format!("the town broke off: {stop}");
            let at = jiff::Timestamp::UNIX_EPOCH;
            let violation = Violation { checker: checks::REFUSED, at, contact: None, what };
            Lived { violations: vec![violation], ..Lived::default() }
        });
        Ok((lived, String::from_utf8_lossy(&facts).into_owned()))
    }
}

/// What is different in the history of a town that was started again in the middle.
fn differs(facts: &str, calm: &str) -> Option<String> {
    let first = facts.lines().zip(calm.lines()).find(|(one, other)| one != other);
    match first {
        Some((one, other)) => Some(format!("“{one}” without crashes is “{other}”")),
        None if facts == calm => None,
        None => Some("one of the two has more facts".to_owned()),
    }
}

/// Tries a town with fewer days, fewer people and fewer faults, as long as something is found.
fn shrink(
    mut found: Found,
    tries: impl Fn(&Plan) -> Result<Option<Violation>, Stop>,
) -> Result<Found, Stop> {
    let mut tried = 0;
    'smaller: loop {
        for plan in smaller(&found.plan) {
            tried += 1;
            if tried > SHRINKS_MAX {
                return Ok(found);
            }
            if let Some(violation) = tries(&plan)? {
                found = Found { plan, violation };
                continue 'smaller;
            }
        }
        return Ok(found);
    }
}

/// Towns that are smaller in one way, the smallest first.
fn smaller(plan: &Plan) -> Vec<Plan> {
    let mut all = Vec::new();
    for days in [plan.days / 2, plan.days.saturating_sub(1)] {
        if (1..plan.days).contains(&days) {
            all.push(Plan { days, ..plan.clone() });
        }
    }
    for fault in plan.faults.each() {
        all.push(Plan { faults: plan.faults.without(fault), ..plan.clone() });
    }
    for crowd in [plan.crowd / 2, plan.crowd * 3 / 4] {
        if (1..plan.crowd).contains(&crowd) {
            all.push(Plan { crowd, ..plan.clone() });
        }
    }
    if plan.days > 1 {
        let from = plan.from.saturating_add(Span::new().days(1));
        all.push(Plan { from, days: plan.days - 1, ..plan.clone() });
    }
    all
}

/// The command that lives this town again.
impl std::fmt::Display for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Plan { seed, from, days, crowd, faults, .. } = &self.plan;
        write!(
            f,
            "{}\nbelofte town --seed {seed} --from {from} --days {days} --crowd {crowd} \
             --faults {faults} --same",
            self.violation
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> Arc<NormFile> {
        let text = include_str!("../../../norms/harlingen.toml");
        Arc::new(NormFile::read(text, "harlingen.toml").expect("the norms"))
    }

    #[test]
    fn a_seed_gives_one_town_and_smaller_ones_are_smaller() {
        let plan = plan_of(9, &file());
        assert_eq!(plan.faults, plan_of(9, &file()).faults);
        assert!((1..=5).contains(&plan.days) && (10..=50).contains(&plan.crowd));
        let size = |it: &Plan| u64::from(it.days * it.crowd) * 8 + it.faults.each().count() as u64;
        let plan = Plan { days: 4, crowd: 40, faults: Faults::all(), ..plan };
        let all = smaller(&plan);
        assert_eq!(all.len(), 2 + 6 + 2 + 1);
        assert!(all.iter().all(|it| size(it) < size(&plan)));
        let least = Plan { days: 1, crowd: 1, faults: Faults::default(), ..plan };
        assert!(smaller(&least).is_empty(), "there is an end to it");
    }

    #[test]
    fn a_start_that_shows_is_noticed() {
        let ground = ledger::testing::Ground::sqlite();
        let faults = Faults::of(&[Fault::Crash]);
        let plan = Plan { seed: 5, days: 2, crowd: 20, faults, ..plan_of(5, &file()) };
        let calm = Plan { faults: Faults::default(), ..plan.clone() };
        let lives = |plan: &Plan, ground: &ledger::testing::Ground| {
            let mut facts = Vec::new();
            let lived = crate::simulate(ground.place(), plan, &mut facts).expect("a town");
            (String::from_utf8(facts).expect("text"), lived.mishaps)
        };
        let (facts, mishaps) = lives(&plan, &ground);
        let (calm, _) = lives(&calm, &ledger::testing::Ground::sqlite());
        assert!(mishaps > 0, "it crashed");
        assert_eq!(differs(&facts, &calm), None);
        let lines: Vec<&str> = facts.lines().collect();
        let count = lines.len();
        assert!(count > 20, "{count} facts");
        // A fact that is lost, one that is there twice, two in another order, another moment.
        let lost = [&lines[..count / 2], &lines[count / 2 + 1..]].concat();
        let twice = [&lines[..=count / 2], &lines[count / 2..]].concat();
        let mut swapped = lines.clone();
        swapped.swap(count / 2, count / 2 + 1);
        let later = facts.replacen('\t', "\t1", 1);
        for broken in [lost.join("\n"), twice.join("\n"), swapped.join("\n"), later] {
            assert!(differs(&broken, &calm).expect("it differs").contains("without crashes is"));
        }
        let short = format!("{}\n", lines[..count - 1].join("\n"));
        let told = differs(&short, &calm).expect("one is missing at the end");
        assert_eq!(told, "one of the two has more facts");
    }

    fn violation() -> Violation {
        Violation {
            checker: "once",
            at: "2026-03-29T01:00:00Z".parse().expect("a moment"),
            contact: Some(7),
            what: "a robot is acknowledged".to_owned(),
        }
    }

    #[test]
    fn what_is_found_is_made_as_small_as_it_still_shows() {
        let plan = Plan { days: 5, crowd: 48, faults: Faults::all(), ..plan_of(3, &file()) };
        let shows = |plan: &Plan| plan.faults.has(Fault::Relay) && plan.days >= 2;
        let tries = |plan: &Plan| Ok(shows(plan).then(violation));
        let found = shrink(Found { plan, violation: violation() }, tries).expect("tried");
        let Plan { days, crowd, faults, .. } = found.plan;
        assert_eq!((days, crowd, faults), (2, 1, Faults::of(&[Fault::Relay])));
    }

    #[test]
    fn what_is_found_is_told_with_its_command() {
        let violation = violation();
        let plan = Plan { seed: 3, from: date(2026, 3, 29), days: 1, ..plan_of(3, &file()) };
        let plan = Plan { crowd: 12, faults: Faults::of(&[Fault::Relay, Fault::Crash]), ..plan };
        assert_eq!(
            Found { plan, violation }.to_string(),
            "once (no contact is acknowledged twice, and no robot ever) at 2026-03-29T01:00:00Z: \
             contact 7: a robot is acknowledged\n\
             belofte town --seed 3 --from 2026-03-29 --days 1 --crowd 12 --faults crash,relay \
             --same"
        );
    }
}
