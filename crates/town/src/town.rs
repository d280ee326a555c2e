//! The town: one history, from events in the order of their time. Everything that changes the
//! ledger goes through the verbs of the desk; the town itself remembers only what its people know.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use channels::mail::Own;
use desk::{Done, House, Letter, Stop, Tx};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use ledger::Ledger;
use norms::{Channel, Kind};
use promises::RECALL_SECONDS;

use crate::chance::Chance;
use crate::deeds::Deed;
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
    /// A fresh letter reaches the mail server.
    Carry(i64, u32),
    /// Letters that had to wait are tried again.
    Round,
    /// The watch looks.
    Watch,
}

impl Next {
    fn is_by_people(&self) -> bool {
        matches!(self, Next::Visit(_) | Next::Deed { .. } | Next::Reaction { .. })
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
    pub(crate) now: Timestamp,
    pub(crate) until: Timestamp,
    pub(crate) cases: Vec<Arc<Case>>,
    by_contact: BTreeMap<i64, usize>,
    queue: BTreeMap<(Timestamp, u64), Next>,
    serial: u64,
    /// Letters that the mail server did not take yet.
    delayed: BTreeSet<(i64, u32)>,
    pub(crate) mails: u64,
    /// Verbs that the desk refused: none, when the town behaves.
    pub(crate) refused: u32,
}

/// What a life begins with.
pub(crate) struct Beginning {
    pub(crate) house: House,
    pub(crate) staff: Staff,
    pub(crate) texts: Arc<Texts>,
    pub(crate) chance: Chance,
    pub(crate) from: Timestamp,
    pub(crate) until: Timestamp,
}

impl Life {
    pub(crate) fn begin(beginning: Beginning) -> Life {
        let Beginning { house, staff, texts, mut chance, from, until } = beginning;
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
            now: from,
            until,
            cases: Vec::new(),
            by_contact: BTreeMap::new(),
            queue: BTreeMap::new(),
            serial: 0,
            delayed: BTreeSet::new(),
            mails: 0,
            refused: 0,
        };
        let day = life.today();
        life.put(from, Next::Morning(day));
        life.put(from, Next::Watch);
        life
    }

    /// Lives up to, not including, `until`.
    fn live(&mut self, tx: &mut Tx<'_>, until: Timestamp) -> Result<(), Stop> {
        while let Some(entry) = self.queue.first_entry() {
            if entry.key().0 >= until {
                break;
            }
            let ((at, _), next) = entry.remove_entry();
            self.now = at;
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
            Next::Carry(contact, letter) => self.carry(tx, (contact, letter)),
            Next::Round => self.round(tx),
            Next::Watch => {
                let (letters, _) = desk::watch(tx, &self.house, self.now)?;
                self.post(&letters);
                self.put(self.in_minutes(WATCH_MINUTES), Next::Watch);
                Ok(())
            }
        }
    }

    /// Puts something into the queue. What people would do after the last call does not happen.
    pub(crate) fn put(&mut self, at: Timestamp, next: Next) {
        let last_call = SignedDuration::from_secs(LAST_CALL_SECONDS);
        let last = self.until.checked_sub(last_call).unwrap_or(self.until);
        if at >= self.until || (next.is_by_people() && at >= last) {
            return;
        }
        self.serial += 1;
        self.queue.insert((at.max(self.now), self.serial), next);
    }

    /// Fresh letters are on their way to the mail server.
    pub(crate) fn post(&mut self, letters: &[Letter]) {
        for (contact, letter) in letters.iter().map(Letter::key) {
            let at = self.later(1, 6);
            self.put(at, Next::Carry(contact, letter));
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
        let case = self.by_contact.get(&letter.0).copied();
        let unreachable = case.is_some_and(|case| self.resident_of(case).unreachable);
        match self.relay.hand_over(self.now, unreachable) {
            Answer::Taken => {
                desk::sent(tx, &self.house, self.now, letter)?;
                self.delayed.remove(&letter);
                if let Some(case) = case {
                    self.letter_read(case, letter.1);
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
                    self.letter_lost(case, letter.1);
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
            Err(Stop::Refused(_)) => {
                self.refused += 1;
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

    fn in_seconds(&self, seconds: i64) -> Timestamp {
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
