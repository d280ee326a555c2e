//! The town: one history, from events in the order of their time. Everything that changes the
//! ledger goes through the verbs of the desk; the town itself remembers only what its people know.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use channels::mail::Own;
use desk::{Absence, Arrival, Done, House, Letter, Stop, StorageError, Tx};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use ledger::Ledger;
use norms::{Channel, Kind};
use promises::{RECALL_SECONDS, Refusal};

use crate::chance::Chance;
use crate::counter::Errand;
use crate::deeds::Deed;
use crate::faults::{Fault, Ways};
use crate::plans::Course;
use crate::reactions::Reaction;
use crate::relay::{Answer, Relay};
use crate::residents::{Resident, Residents};
use crate::staff::Staff;
use crate::texts::{Slots, Sort, Story, Texts};

/// How often the watch looks, in minutes.
const WATCH_MINUTES: i64 = 60;
/// How soon a letter that has to wait is tried again, in seconds.
const ROUND_SECONDS: i64 = 60;
/// What a mail server says that refuses a letter which it delivers.
const DENIED: &str = "554 5.7.1 this letter is refused";
/// People stop this long before the end, so that their letters have left by then, in seconds.
const LAST_CALL_SECONDS: i64 = 120;
/// How much history one transaction writes, in hours.
const STRETCH_HOURS: i64 = 12;

/// A simulated municipality over a ledger.
pub(crate) struct Town {
    pub(crate) ledger: Ledger,
    pub(crate) life: Life,
}

impl Town {
    /// Lives on until `until`, some hours in every transaction.
    pub(crate) fn live(&mut self, until: Timestamp) -> Result<(), Stop> {
        while self.life.now < until {
            let stretch = SignedDuration::from_hours(STRETCH_HOURS);
            let next = self.life.now.checked_add(stretch).unwrap_or(until).min(until);
            let before = self.life.clone();
            // A transaction may run more than once: each time from the same beginning.
            self.life = self
                .ledger
                .write(move |tx| {
                    let mut life = before.clone();
                    life.live(tx, next)?;
                    Ok(life)
                })
                .wait()?;
        }
        Ok(())
    }
}

/// Something that is going to happen.
#[derive(Clone, Debug)]
pub(crate) enum Next {
    /// A day begins.
    Morning(Date),
    /// Somebody contacts the municipality.
    Visit(Visit),
    /// An employee does something.
    Deed { case: usize, who: usize, deed: Deed },
    /// A resident, or a program of theirs, reacts.
    Reaction { case: usize, reaction: Reaction },
    /// Somebody does something about an appointment at the counter.
    Counter(Errand),
    /// A fresh letter reaches the mail server.
    Carry(i64, u32),
    /// Letters that had to wait are tried again.
    Round,
    /// The watch looks.
    Watch,
    /// An employee says when they are away.
    Leave(Absence),
    /// A mail is delivered once more.
    Again(Arc<Arrival>),
    /// A mail is delivered, and what answers it is this contact already.
    Behind(Arc<Arrival>, i64),
    /// The municipality decides that a day is a day off.
    Closure,
}

impl Next {
    fn is_by_people(&self) -> bool {
        use Next as N;
        matches!(self, N::Visit(_) | N::Deed { .. } | N::Reaction { .. } | N::Counter(_))
    }
}

/// A contact that is about to be made.
#[derive(Clone, Debug)]
pub(crate) struct Visit {
    pub(crate) story: usize,
    pub(crate) channel: Channel,
    pub(crate) kind: Kind,
    pub(crate) resident: usize,
    /// When it reached the municipality, when that is earlier than when it is written down.
    pub(crate) received_at: Option<Timestamp>,
    /// Who writes it down, where somebody does.
    pub(crate) taker: usize,
    pub(crate) course: Course,
    /// The same as an earlier case, told again.
    pub(crate) again: Option<usize>,
}

impl Visit {
    /// Somebody with this story; the rest is still to be filled in.
    pub(crate) fn of(story: usize, channel: Channel, kind: Kind) -> Visit {
        Visit {
            story,
            channel,
            kind,
            resident: 0,
            received_at: None,
            taker: 0,
            course: Course::Ordinary,
            again: None,
        }
    }
}

/// What the people of the town know of a contact.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) contact: i64,
    pub(crate) story: usize,
    /// Which of the texts of the story.
    pub(crate) told: usize,
    pub(crate) resident: usize,
    pub(crate) channel: Channel,
    pub(crate) kind: Kind,
    pub(crate) lang: String,
    pub(crate) subject: String,
    pub(crate) slots: Slots,
    /// The day from which contact is owed.
    pub(crate) since: Date,
    /// Whether someone still waits.
    pub(crate) open: bool,
    /// Whether receipt still has to be confirmed by hand.
    pub(crate) to_acknowledge: bool,
    /// Whether the resident left an address.
    pub(crate) by_mail: bool,
    /// Whether a letter came back: from then on somebody calls.
    pub(crate) lost: bool,
    /// Whether it is in somebody's hands.
    pub(crate) assigned: bool,
    /// Whether it is left waiting until the end of the history.
    pub(crate) waits: bool,
    /// The last letter with an answer.
    pub(crate) answer: Option<u32>,
    /// How often the resident has come back.
    pub(crate) rounds: u32,
    pub(crate) owner: usize,
    pub(crate) moved: bool,
}

/// Everything that goes on. A clone lives the same life.
#[derive(Clone)]
pub(crate) struct Life {
    pub(crate) house: Arc<House>,
    pub(crate) own: Arc<Own>,
    pub(crate) texts: Arc<Texts>,
    pub(crate) residents: Arc<Residents>,
    pub(crate) staff: Staff,
    pub(crate) relay: Relay,
    pub(crate) chance: Chance,
    /// The chances of the counter.
    pub(crate) at_counter: Chance,
    /// The chances of what came later than the rest: leave, calls that are missed, trouble.
    pub(crate) aside: Chance,
    pub(crate) ways: Ways,
    /// What came in since a step began, where that is asked.
    pub(crate) came: Vec<Arc<Arrival>>,
    /// What went otherwise than the desk promises, outside the ledger.
    pub(crate) wrong: Vec<(&'static str, String)>,
    /// How many mails came behind what answers them, since that was counted last.
    pub(crate) behind: usize,
    /// Closures that were decided on the way.
    pub(crate) closures: Vec<Date>,
    /// After so many events the storage breaks off.
    pub(crate) breaks_after: Option<u32>,
    /// Contacts that are appointments.
    pub(crate) counted: usize,
    /// What the clock of the desk says.
    pub(crate) now: Timestamp,
    /// How far that clock is ahead of the true one.
    pub(crate) skew: SignedDuration,
    pub(crate) until: Timestamp,
    pub(crate) cases: Vec<Arc<Case>>,
    by_contact: BTreeMap<i64, usize>,
    pub(crate) queue: BTreeMap<(Timestamp, u64), Next>,
    serial: u64,
    /// Letters that the mail server did not take yet.
    pub(crate) delayed: BTreeSet<(i64, u32)>,
    pub(crate) mails: u64,
    /// Verbs that the desk refused: none, when the town behaves.
    pub(crate) refused: Vec<Refusal>,
}

/// What a life begins with.
pub(crate) struct Beginning {
    pub(crate) house: House,
    pub(crate) staff: Staff,
    pub(crate) texts: Arc<Texts>,
    pub(crate) chance: Chance,
    pub(crate) from: Timestamp,
    pub(crate) until: Timestamp,
    pub(crate) ways: Ways,
}

impl Life {
    pub(crate) fn begin(beginning: Beginning) -> Life {
        let Beginning { house, staff, texts, mut chance, from, until, ways } = beginning;
        let at_counter = Chance::new(chance.clone().below(u64::MAX));
        let aside = Chance::new(at_counter.clone().below(u64::MAX));
        let residents = Arc::new(Residents::settle(&texts, &mut chance));
        let own = Arc::new(channels::own(&house));
        let mut life = Life {
            house: Arc::new(house),
            own,
            texts,
            residents,
            staff,
            relay: Relay::default(),
            chance,
            at_counter,
            aside,
            ways,
            came: Vec::new(),
            wrong: Vec::new(),
            behind: 0,
            closures: Vec::new(),
            breaks_after: None,
            counted: 0,
            now: from,
            skew: SignedDuration::ZERO,
            until,
            cases: Vec::new(),
            by_contact: BTreeMap::new(),
            queue: BTreeMap::new(),
            serial: 0,
            delayed: BTreeSet::new(),
            mails: 0,
            refused: Vec::new(),
        };
        let day = life.today();
        life.put(from, Next::Morning(day));
        life.put(from, Next::Watch);
        life
    }

    /// Lives up to, not including, `until`.
    pub(crate) fn live(&mut self, tx: &mut Tx<'_>, until: Timestamp) -> Result<(), Stop> {
        while let Some(entry) = self.queue.first_entry() {
            if entry.key().0 >= until {
                break;
            }
            if let Some(left) = &mut self.breaks_after {
                *left = left.checked_sub(1).ok_or_else(|| StorageError::other("no room"))?;
            }
            let ((at, _), next) = entry.remove_entry();
            self.now = at.checked_add(self.skew).unwrap_or(at);
            self.happen(tx, next)?;
        }
        self.now = until;
        Ok(())
    }

    fn happen(&mut self, tx: &mut Tx<'_>, next: Next) -> Result<(), Stop> {
        match next {
            Next::Morning(day) => {
                self.morning(day);
                Ok(())
            }
            Next::Visit(visit) => self.visit(tx, &visit),
            Next::Deed { case, who, deed } => self.act(tx, case, who, &deed),
            Next::Reaction { case, reaction } => self.react(tx, case, reaction),
            Next::Counter(errand) => self.errand(tx, errand),
            Next::Carry(contact, letter) => self.carry(tx, (contact, letter)),
            Next::Round => self.round(tx),
            Next::Watch => {
                self.put(self.in_minutes(WATCH_MINUTES), Next::Watch);
                self.clock_jumps();
                self.look_round(tx)
            }
            Next::Leave(absence) => self.goes_away(tx, &absence),
            Next::Again(arrival) => self.comes_again(tx, &arrival),
            Next::Behind(arrival, contact) => self.comes_behind(tx, &arrival, contact),
            Next::Closure => self.closes(tx),
        }
    }

    /// Puts something into the queue. What people would do after the last call does not happen.
    pub(crate) fn put(&mut self, at: Timestamp, next: Next) {
        let last_call = SignedDuration::from_secs(LAST_CALL_SECONDS);
        let last = self.until.checked_sub(last_call).unwrap_or(self.until);
        // The queue runs by the true clock.
        let true_at = |at: Timestamp| at.checked_sub(self.skew).unwrap_or(at);
        let (at, now) = (true_at(at), true_at(self.now));
        if at >= self.until || (next.is_by_people() && at >= last) {
            return;
        }
        self.serial += 1;
        self.queue.insert((at.max(now), self.serial), next);
    }

    /// Fresh letters are on their way to the mail server.
    pub(crate) fn post(&mut self, letters: &[Letter]) {
        for (contact, letter) in letters.iter().map(Letter::key) {
            let at = self.later(1, 6);
            self.put(at, Next::Carry(contact, letter));
        }
    }

    /// The same of letters about appointments, which leaves the chances of the rest alone.
    pub(crate) fn post_soon(&mut self, letters: &[Letter]) {
        for (contact, letter) in letters.iter().map(Letter::key) {
            self.put(self.in_seconds(3), Next::Carry(contact, letter));
        }
    }

    /// Tries what had to wait, as long as something waits.
    fn round(&mut self, tx: &mut Tx<'_>) -> Result<(), Stop> {
        let mut letters = desk::lease(tx, self.now)?;
        letters.sort_unstable();
        letters.into_iter().try_for_each(|letter| self.carry(tx, letter))?;
        if !self.delayed.is_empty() {
            self.put(self.in_seconds(ROUND_SECONDS), Next::Round);
        }
        Ok(())
    }

    fn carry(&mut self, tx: &mut Tx<'_>, letter: (i64, u32)) -> Result<(), Stop> {
        if let Some(leaves_at) = self.leaves_later(tx, letter)? {
            self.put(leaves_at, Next::Carry(letter.0, letter.1));
            return Ok(());
        }
        let case = self.case_of(letter.0);
        let unreachable = case.is_some_and(|case| self.resident_of(case).unreachable);
        let answer = match self.relay.hand_over(self.now, unreachable) {
            Answer::Taken if self.ways.faults.has(Fault::Relay) => self.moods_of_relay(case),
            answer => answer,
        };
        match answer {
            Answer::Taken => {
                desk::sent(tx, &self.house, self.now, letter)?;
                self.delayed.remove(&letter);
                if let Some(case) = case {
                    self.letter_read(case, letter.1);
                }
            }
            Answer::Slowly => self.takes_slowly(tx, letter)?,
            Answer::Lies => {
                desk::sent(tx, &self.house, self.now, letter)?;
                self.delayed.remove(&letter);
                self.comes_back_later(case, letter.1);
            }
            Answer::Loses => {
                desk::sent(tx, &self.house, self.now, letter)?;
                self.delayed.remove(&letter);
            }
            Answer::Denies => {
                desk::failed(tx, &self.house, self.now, letter, DENIED)?;
                self.delayed.remove(&letter);
                if let Some(case) = case {
                    // It was read; to the house it is lost, and that is what people act on.
                    self.letter_lost(tx, case, letter.1)?;
                }
            }
            Answer::Later(why) => {
                desk::delayed(tx, &self.house, self.now, letter, why)?;
                if self.delayed.is_empty() {
                    self.put(self.in_seconds(ROUND_SECONDS), Next::Round);
                }
                self.delayed.insert(letter);
            }
            Answer::Never(why) => {
                desk::failed(tx, &self.house, self.now, letter, why)?;
                self.delayed.remove(&letter);
                if let Some(case) = case {
                    self.letter_lost(tx, case, letter.1)?;
                }
            }
        }
        Ok(())
    }

    /// Remembers a contact that was made.
    pub(crate) fn remember(&mut self, case: Case) -> usize {
        let place = self.cases.len();
        self.by_contact.insert(case.contact, place);
        self.cases.push(Arc::new(case));
        place
    }

    pub(crate) fn case(&self, case: usize) -> Arc<Case> {
        Arc::clone(&self.cases[case])
    }

    /// What the people of the town know of a contact, where it is.
    pub(crate) fn case_of(&self, contact: i64) -> Option<usize> {
        self.by_contact.get(&contact).copied()
    }

    pub(crate) fn change(&mut self, case: usize) -> &mut Case {
        Arc::make_mut(&mut self.cases[case])
    }

    pub(crate) fn story_of(&self, case: usize) -> &Story {
        &self.texts.stories[self.cases[case].story]
    }

    pub(crate) fn resident_of(&self, case: usize) -> &Resident {
        &self.residents.people[self.cases[case].resident]
    }

    /// A story of this sort that comes over this channel.
    pub(crate) fn a_story(&mut self, channel: Channel, kind: Kind, sort: Sort) -> usize {
        // A mail is a question to the desk, whatever it is about.
        let any = channel == Channel::Email && sort == Sort::Ordinary;
        let fits = |story: &Story| {
            story.sort == sort && story.over.contains(&channel) && (any || story.kind == kind)
        };
        let weights = self.texts.stories.iter().map(|it| if fits(it) { it.weight } else { 0 });
        self.chance.weighed(weights)
    }

    /// What a verb answered: its letters go out, a refusal is counted.
    pub(crate) fn done(&mut self, result: Result<Done, Stop>) -> Result<Option<Done>, Stop> {
        match result {
            Ok(done) => {
                self.post(&done.letters);
                for (contact, letter) in &done.held {
                    let at = self.later(RECALL_SECONDS, RECALL_SECONDS + 3);
                    self.put(at, Next::Carry(*contact, *letter));
                }
                Ok(Some(done))
            }
            Err(Stop::Refused(refusal)) => {
                self.refused.push(refusal);
                Ok(None)
            }
            Err(stop) => Err(stop),
        }
    }

    pub(crate) fn today(&self) -> Date {
        self.house.day(self.now)
    }

    pub(crate) fn in_minutes(&self, minutes: i64) -> Timestamp {
        self.now.checked_add(SignedDuration::from_mins(minutes)).unwrap_or(Timestamp::MAX)
    }

    /// Some seconds from now.
    pub(crate) fn later(&mut self, low: i64, high: i64) -> Timestamp {
        let seconds = self.chance.between(low, high);
        self.in_seconds(seconds)
    }

    pub(crate) fn in_seconds(&self, seconds: i64) -> Timestamp {
        self.now.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
    }

    /// The working day so many working days on; the first one from today on for 0.
    pub(crate) fn working_day(&self, from: Date, days: u32) -> Date {
        let calendar = &self.house.norms(self.now).calendar;
        match days {
            0 if calendar.is_working_day(from) => from,
            0 => calendar.due_date(from, 1),
            days => calendar.due_date(from, days),
        }
    }

    /// A moment of a day, in seconds from midnight.
    pub(crate) fn moment(&self, day: Date, second: i64) -> Timestamp {
        let zone = self.house.zone().clone();
        let midnight = day.to_zoned(zone).map_or(self.now, |zoned| zoned.timestamp());
        midnight.checked_add(SignedDuration::from_secs(second)).unwrap_or(self.now)
    }

    /// A Message-ID that nobody used before.
    pub(crate) fn mail_id(&mut self, domain: &str) -> String {
        self.mails += 1;
        format!("{}.{}@{domain}", self.mails, self.now.as_second())
    }
}
