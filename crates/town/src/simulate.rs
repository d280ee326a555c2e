//! A town over months: the same seed gives the same history on both engines, and after every step
//! it is looked at whether all that must hold does.

mod look;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::Arc;

use desk::{House, Stop, StorageError};
use jiff::civil::Date;
use jiff::{SignedDuration, Span, Timestamp};
use ledger::{Ledger, Place, Walked};

use crate::chance::Chance;
use crate::checks::{self, Violation};
use crate::demo::hire;
use crate::faults::{Fault, Faults, Ways};
use crate::norm_file::NormFile;
use crate::staff::Staff;
use crate::texts::Texts;
use crate::town::{Beginning, Life, Next};

/// How long a step is, in hours: what happens in it is committed together, then all is looked at.
const STEP_HOURS: i64 = 1;
/// Of a hundred steps, how many go wrong where a crash or a full disk is among the faults.
const MISHAPS: u32 = 6;
/// At most after so many events of a step it breaks off.
const BREAKS_WITHIN: u64 = 12;
/// Where a simulated municipality has its site.
const SITE: &str = "https://belofte.example.nl";
/// More that is wrong than this is not gathered.
const VIOLATIONS_MAX: usize = 20;

/// Which town, for how long.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The same seed gives the same history.
    pub seed: u64,
    /// The first day.
    pub from: Date,
    /// How many days.
    pub days: u32,
    /// How many people contact the municipality, in percents of the ordinary number.
    pub crowd: u32,
    /// What goes wrong.
    pub faults: Faults,
    /// The norm file.
    pub norms: Arc<NormFile>,
}

/// How a town has lived.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lived {
    /// How many contacts came over each channel.
    pub contacts: BTreeMap<&'static str, u64>,
    /// What became of the promises under each norm: kept, broken.
    pub norms: BTreeMap<String, (u64, u64)>,
    /// How many facts there are.
    pub facts: i64,
    /// How often each kind of thing happened.
    pub happened: BTreeMap<&'static str, u64>,
    /// How often each checker looked.
    pub checks: BTreeMap<&'static str, u64>,
    /// How often something was made to go wrong.
    pub mishaps: u64,
    /// What does not hold: nothing, when all is well.
    pub violations: Vec<Violation>,
}

/// Lives a town on an empty place, and looks after every step whether all holds that must. The
/// facts are written to `facts`, a line each, in order.
///
/// # Errors
/// When the database fails, or there is a history in it already.
pub fn simulate(place: &Place, plan: &Plan, facts: &mut dyn Write) -> Result<Lived, Stop> {
    with(place, plan, Arc::new(Texts::read()), facts)
}

/// As [`simulate`], with texts that were read before.
pub(crate) fn with(
    place: &Place,
    plan: &Plan,
    texts: Arc<Texts>,
    facts: &mut dyn Write,
) -> Result<Lived, Stop> {
    let mut run = Run::begin(place, plan, texts)?;
    while run.life.now < run.life.until && run.lived.violations.len() < VIOLATIONS_MAX {
        run.step(facts)?;
    }
    run.end()?;
    Ok(run.lived)
}

/// A town on its way.
struct Run {
    place: Place,
    /// Nothing only while the program is started again.
    ledger: Option<Ledger>,
    life: Arc<Life>,
    /// When something goes wrong; apart, so that the town itself lives the same life.
    mishaps: Chance,
    faults: Faults,
    staff: Vec<i64>,
    personal: checks::private::Personal,
    walked: Walked,
    last_fact: i64,
    lived: Lived,
}

impl Run {
    fn begin(place: &Place, plan: &Plan, texts: Arc<Texts>) -> Result<Run, Stop> {
        let ledger = Ledger::open(place)?;
        if !ledger.read(|tx| Ok(tx.facts_after(0)?.is_empty())).wait()? {
            return Err(StorageError::other("there is a history in this database already").into());
        }
        let mut chance = Chance::new(plan.seed);
        let key = key(&mut Chance::new(plan.seed ^ u64::MAX));
        let house = House::new(plan.norms.charter.clone(), SITE, key);
        let from = house.begin_of(plan.from);
        let last = plan.from.saturating_add(Span::new().days(i64::from(plan.days)));
        let until = house.begin_of(last);
        let staff = hire(&ledger, &texts.staff, from, |_| String::new())?;
        let keys = staff.iter().map(|(_, agent)| agent.id()).collect();
        let ways = Ways {
            crowd: plan.crowd,
            leave: true,
            faults: plan.faults.clone(),
            norms: Some(Arc::clone(&plan.norms)),
            key,
        };
        let mishaps = Chance::new(chance.below(u64::MAX));
        let staff = Staff::of(staff);
        let hired = texts.staff.clone();
        let life = Life::begin(Beginning { house, staff, texts, chance, from, until, ways });
        let personal = checks::private::Personal::of(&life.residents.people, &hired);
        Ok(Run {
            place: place.clone(),
            ledger: Some(ledger),
            life: Arc::new(life),
            mishaps,
            faults: plan.faults.clone(),
            staff: keys,
            personal,
            walked: Walked::default(),
            last_fact: 0,
            lived: Lived::default(),
        })
    }

    fn ledger(&self) -> &Ledger {
        self.ledger.as_ref().expect("it is open between two starts")
    }

    /// Lives an hour, perhaps at the second attempt, and looks at what it brought.
    fn step(&mut self, facts: &mut dyn Write) -> Result<(), Stop> {
        let day = self.life.today();
        let hour = SignedDuration::from_hours(STEP_HOURS);
        let next = self.life.now.checked_add(hour).unwrap_or(Timestamp::MAX).min(self.life.until);
        let goes_wrong =
            |run: &mut Run, fault| run.faults.has(fault) && run.mishaps.percent(MISHAPS);
        if goes_wrong(self, Fault::Disk) {
            self.break_off(next)?;
        }
        if goes_wrong(self, Fault::Crash) {
            self.break_off(next)?;
            self.start_again()?;
        }
        self.live(next)?;
        // What was committed a moment ago is there after a start, whoever did not hear of it.
        if goes_wrong(self, Fault::Crash) {
            self.start_again()?;
            self.deliver_again()?;
            // What waits for its next try, or was leased by a wrong clock, is taken up later.
            if self.life.delayed.is_empty() && !self.faults.has(Fault::Clock) {
                self.find_letters()?;
            }
        }
        self.look(facts)?;
        if self.life.today() != day {
            self.look_at_day()?;
        }
        Ok(())
    }

    fn live(&mut self, until: Timestamp) -> Result<(), Stop> {
        let before = Arc::clone(&self.life);
        let after = self.ledger().write(move |tx| {
            let mut life = Life::clone(&before);
            life.came.clear();
            life.live(tx, until)?;
            Ok(life)
        });
        self.life = Arc::new(after.wait()?);
        Ok(())
    }

    /// Begins a step that is not written: the disk is full, or the program ends.
    fn break_off(&mut self, until: Timestamp) -> Result<(), Stop> {
        let before = Arc::clone(&self.life);
        let events = u32::try_from(self.mishaps.below(BREAKS_WITHIN)).unwrap_or_default();
        let lost = self.ledger().write(move |tx| {
            let mut life = Life::clone(&before);
            life.breaks_after = Some(events);
            life.live(tx, until)?;
            Err::<(), Stop>(StorageError::other("no room").into())
        });
        self.lived.mishaps += 1;
        match lost.wait() {
            Err(Stop::Storage(_)) => Ok(()),
            Err(stop) => Err(stop),
            Ok(()) => Ok(()),
        }
    }

    fn start_again(&mut self) -> Result<(), Stop> {
        // The threads of the one end before the other begins.
        drop(self.ledger.take());
        self.ledger = Some(Ledger::open(&self.place)?);
        self.lived.mishaps += 1;
        Ok(())
    }

    /// After a start: every letter that was under way is taken up again.
    fn find_letters(&mut self) -> Result<(), Stop> {
        let now = self.life.now;
        let under_way: BTreeSet<(i64, u32)> = self.life.under_way().collect();
        let lost = self.ledger().write(move |tx| {
            desk::take_back(tx, now)?;
            let found = desk::lease(tx, now)?;
            let mut lost = Vec::new();
            for letter in under_way.iter().filter(|letter| !found.contains(letter)) {
                let waits = tx.waiting_letter(letter.0, letter.1)?;
                // What can still be taken back is not under way yet.
                if waits.is_some_and(|it| !matches!(it.standing, desk::Standing::Held { .. })) {
                    lost.push(*letter);
                }
            }
            Ok(lost)
        });
        for (contact, letter) in lost.wait()? {
            let what = format!("letter {letter} is under way, and nobody takes it up");
            self.violated(checks::LOST, Some(contact), what);
        }
        *self.lived.checks.entry(checks::LOST).or_default() += 1;
        Ok(())
    }

    /// Who did not hear that a mail was taken in delivers it again.
    fn deliver_again(&mut self) -> Result<(), Stop> {
        let (life, now) = (Arc::clone(&self.life), self.life.now);
        let known = self.ledger().write(move |tx| {
            let mut wrong = Vec::new();
            for arrival in &life.came {
                let receipt = desk::receive(tx, &life.house, now, arrival)?;
                if receipt.took != desk::Took::Known {
                    wrong.push((receipt.done.contact, receipt.took));
                }
            }
            Ok(wrong)
        });
        for (contact, took) in known.wait()? {
            self.violated(checks::AGAIN, Some(contact), format!("a mail is taken in as {took:?}"));
        }
        *self.lived.checks.entry(checks::AGAIN).or_default() += 1;
        Ok(())
    }

    fn violated(&mut self, checker: &'static str, contact: Option<i64>, what: String) {
        let at = self.life.now;
        self.lived.violations.push(Violation { checker, at, contact, what });
    }

    fn count(&mut self, checker: &'static str, times: usize) {
        *self.lived.checks.entry(checker).or_default() += u64::try_from(times).unwrap_or(u64::MAX);
    }
}

impl Life {
    /// The letters that are on their way to the mail server.
    fn under_way(&self) -> impl Iterator<Item = (i64, u32)> {
        self.queue.values().filter_map(|next| match next {
            Next::Carry(contact, letter) => Some((*contact, *letter)),
            _ => None,
        })
    }
}

/// What the house signs with: from the seed, so that addresses are the same every time.
fn key(chance: &mut Chance) -> [u8; 32] {
    std::array::from_fn(|_| u8::try_from(chance.below(256)).unwrap_or_default())
}

#[cfg(test)]
mod tests;
