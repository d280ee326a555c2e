//! Trouble that comes from outside: a mail server with moods, mail that comes twice or late, and a
//! closure that is decided at noon.

use std::sync::Arc;

use desk::{Arrival, House, Standing, Stop, Took, Tx};
use jiff::civil::Date;
use jiff::{Span, Timestamp};
use norms::{Class, Kind};

use crate::checks;
use crate::counter::Errand;
use crate::deeds::Deed;
use crate::faults::Fault;
use crate::mailbox::{Mail, Thread};
use crate::plans::Course;
use crate::reactions::Reaction;
use crate::relay::Answer;
use crate::texts::{Slots, Sort};
use crate::town::{Life, Next, Visit};

/// Of a thousand letters: refused for now, taken slowly, and for each kind of lie: sent back
/// although taken, lost although taken, delivered although refused.
const REFUSED: u64 = 30;
const SLOW: u64 = 15;
const LIES: u64 = 10;
/// How slow, in seconds: longer than a letter is leased for.
const SLOWNESS: (i64, i64) = (100, 900);
/// Of a hundred mails: delivered twice, and delivered late.
const TWICE: u32 = 12;
const LATE: u32 = 8;
/// Of a hundred questions by mail, how many come behind what their writer adds to them.
const OVERTAKEN: u32 = 12;
/// How much later, in seconds.
const AGAIN_AFTER: (i64, i64) = (1, 170_000);
const LATE_BY: (i64, i64) = (600, 20_000);
/// Of a hundred hours, in how many the clock is wrong, and by how much at most, in seconds.
const JUMPS: u32 = 8;
const JUMP_SECONDS: i64 = 1_200;
/// Of a hundred working days, on how many a closure is decided; when, in seconds from midnight.
const CLOSURES: u32 = 12;
const NOON: i64 = 12 * 3_600;
/// How many days ahead such a day is at most; today is one of them.
const CLOSED_AHEAD: i64 = 12;
/// How soon who has an appointment on such a day is called, in seconds.
const CALLED_OFF_AFTER: (i64, i64) = (600, 5_400);

impl Life {
    /// What the mail server makes of a letter that it could take.
    pub(crate) fn moods_of_relay(&mut self, case: Option<usize>) -> Answer {
        let draw = self.aside.below(1_000);
        match draw {
            n if n < REFUSED => Answer::Later("451 4.7.1 try again later"),
            n if n < REFUSED + SLOW => Answer::Slowly,
            n if n < REFUSED + SLOW + LIES && case.is_some() => Answer::Lies,
            n if n < REFUSED + SLOW + 2 * LIES => Answer::Loses,
            n if n < REFUSED + SLOW + 3 * LIES => Answer::Denies,
            _ => Answer::Taken,
        }
    }

    /// The letter is still under way when its lease ends: a later round takes it up as well, and
    /// both say in the end that it was taken.
    pub(crate) fn takes_slowly(
        &mut self,
        tx: &mut Tx<'_>,
        (contact, letter): (i64, u32),
    ) -> Result<(), Stop> {
        let seconds = self.aside.between(SLOWNESS.0, SLOWNESS.1);
        if self.aside.percent(50) {
            desk::hold(tx, self.now, (contact, letter))?;
        }
        self.put(self.in_seconds(seconds), Next::Carry(contact, letter));
        self.put(self.in_seconds(desk::LETTER_LEASE_SECONDS + 1), Next::Round);
        Ok(())
    }

    pub(crate) fn comes_back_later(&mut self, case: Option<usize>, letter: u32) {
        let Some(case) = case else { return };
        let seconds = self.aside.between(30, 3_600);
        let reaction = Reaction::Bounces(letter);
        self.put(self.in_seconds(seconds), Next::Reaction { case, reaction });
    }

    /// The clock of the machine jumps, or is put right.
    pub(crate) fn clock_jumps(&mut self) {
        if !self.ways.faults.has(Fault::Clock) {
            return;
        }
        let right = self.now.checked_sub(self.skew).unwrap_or(self.now);
        let seconds = match self.aside.percent(JUMPS) {
            true => self.aside.between(-JUMP_SECONDS, JUMP_SECONDS),
            false => 0,
        };
        self.skew = jiff::SignedDuration::from_secs(seconds);
        self.now = right.checked_add(self.skew).unwrap_or(right);
    }

    /// When a letter leaves that can still be taken back by a clock that was put back meanwhile.
    pub(crate) fn leaves_later(
        &self,
        tx: &mut Tx<'_>,
        (contact, letter): (i64, u32),
    ) -> Result<Option<Timestamp>, Stop> {
        if !self.ways.faults.has(Fault::Clock) {
            return Ok(None);
        }
        Ok(match tx.waiting_letter(contact, letter)?.map(|it| it.standing) {
            Some(Standing::Held { until }) if until > self.now => Some(until),
            _ => None,
        })
    }

    /// When a mail that is written at a moment arrives.
    pub(crate) fn underway(&mut self, written: Timestamp) -> Timestamp {
        if !self.ways.faults.has(Fault::Twice) || !self.aside.percent(LATE) {
            return written;
        }
        let seconds = self.aside.between(LATE_BY.0, LATE_BY.1);
        written + jiff::SignedDuration::from_secs(seconds)
    }

    /// Something came in from outside: it may come again.
    pub(crate) fn came_in(&mut self, arrival: &Arrival) {
        let faults = &self.ways.faults;
        let (crash, twice) = (faults.has(Fault::Crash), faults.has(Fault::Twice));
        if !crash && !twice {
            return;
        }
        let arrival = Arc::new(arrival.clone());
        if crash {
            self.came.push(Arc::clone(&arrival));
        }
        if twice && self.aside.percent(TWICE) {
            let seconds = self.aside.between(AGAIN_AFTER.0, AGAIN_AFTER.1);
            self.put(self.in_seconds(seconds), Next::Again(arrival));
        }
    }

    /// What came in before changes nothing.
    pub(crate) fn comes_again(&mut self, tx: &mut Tx<'_>, arrival: &Arrival) -> Result<(), Stop> {
        let receipt = desk::receive(tx, &self.house, self.now, arrival)?;
        if receipt.took != Took::Known {
            let (contact, took) = (receipt.done.contact, receipt.took);
            let what = format!("a mail that came again is {took:?} in contact {contact}");
            self.wrong.push((checks::AGAIN, what));
        }
        Ok(())
    }

    /// What the writer of a question adds to it, where that is here first.
    pub(crate) fn addition(
        &mut self,
        visit: &Visit,
        subject: &str,
        first: &Arrival,
    ) -> Option<Arrival> {
        let texts = Arc::clone(&self.texts);
        let story = &texts.stories[visit.story];
        let asks = first.class == Class::Message && first.kind == Kind::Question;
        let ordinary = story.sort == Sort::Ordinary && visit.course == Course::Ordinary;
        let overtaken = self.ways.faults.has(Fault::Twice) && asks && ordinary;
        if !overtaken || !self.aside.percent(OVERTAKEN) {
            return None;
        }
        let residents = Arc::clone(&self.residents);
        let from = &residents.people[visit.resident];
        let text = self.aside.pick(&texts.small(&story.lang).further).clone();
        let text = texts.fill(&mut self.aside, &mut Slots::default(), &text);
        let domain = from.email.rsplit_once('@').map_or("example.nl", |(_, domain)| domain);
        let id = self.mail_id(domain);
        let to = self.house.norms(self.now).reach.email.clone();
        let mail = Mail {
            from,
            to: &to,
            subject: &format!("Re: {subject}"),
            text: &text,
            at: self.now,
            id: &id,
            thread: Thread { answers: &first.thread.message_id, references: "" },
            headers: String::new(),
        };
        let (sender, raw) = (Some(from.email.as_str()), mail.bytes());
        let arrival =
            channels::arrival(&self.house, &self.own, sender, std::slice::from_ref(&to), raw);
        debug_assert_eq!(arrival.class, Class::Message, "{text}");
        Some(arrival)
    }

    /// A mail is on its way, and what was added to it is this contact already.
    pub(crate) fn is_overtaken(&mut self, arrival: Arrival, contact: i64) {
        let seconds = self.aside.between(LATE_BY.0, LATE_BY.1);
        self.put(self.in_seconds(seconds), Next::Behind(Arc::new(arrival), contact));
    }

    /// What was overtaken comes after all, to the same contact.
    pub(crate) fn comes_behind(
        &mut self,
        tx: &mut Tx<'_>,
        arrival: &Arrival,
        contact: i64,
    ) -> Result<(), Stop> {
        let receipt = desk::receive(tx, &self.house, self.now, arrival)?;
        self.came_in(arrival);
        self.post(&receipt.done.letters);
        self.behind += 1;
        let (took, went_to) = (receipt.took, receipt.done.contact);
        if (took, went_to) != (Took::Joined, contact) {
            let what = format!("what answers it is contact {contact}, it is {took:?} in {went_to}");
            self.wrong.push((checks::BEHIND, what));
        }
        match self.case_of(contact) {
            Some(case) if !self.case(case).open => self.back(case, Deed::Answer),
            _ => {}
        }
        Ok(())
    }

    /// A day begins: what trouble it brings.
    pub(crate) fn expect_trouble(&mut self, day: Date) {
        let works = self.house.norms(self.now).calendar.is_working_day(day);
        if self.ways.faults.has(Fault::Closure) && works && self.aside.percent(CLOSURES) {
            self.put(self.moment(day, NOON), Next::Closure);
        }
    }

    /// It is decided that a day soon is a day off: the program is started with the new norm file.
    pub(crate) fn closes(&mut self, tx: &mut Tx<'_>) -> Result<(), Stop> {
        let ahead = self.aside.between(0, CLOSED_AHEAD);
        self.closures.push(self.today().saturating_add(Span::new().days(ahead)));
        self.closures.sort_unstable();
        self.closures.dedup();
        let file = self.ways.norms.as_ref().expect("a town with closures has a norm file");
        let norms = file.with_closures(&self.closures);
        self.house = Arc::new(House::new(norms, &self.house.site, self.ways.key));
        let house = Arc::clone(&self.house);
        let mut last = None;
        loop {
            let looked = desk::look_at_visits(tx, &house, self.now, last)?;
            if looked.last.is_none() {
                break;
            }
            last = looked.last;
        }
        for visit in desk::visits_to_call(tx, self.now)? {
            let Some(contact) = visit.contact else { continue };
            let seconds = self.aside.between(CALLED_OFF_AFTER.0, CALLED_OFF_AFTER.1);
            let errand = Errand::Cancel(contact);
            self.put(self.in_seconds(seconds), Next::Counter(errand));
        }
        while desk::redate(tx, &house, self.now)? {}
        Ok(())
    }
}
