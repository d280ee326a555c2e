//! The one place where an event becomes facts, promises and letters.

mod callbacks;
mod clocks;
mod event;
mod recall;
mod visits;

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use norms::{Channel, Class, Deed, Due, Duty, Moment, Norm, Norms, Start};

pub use self::event::{Event, Outcome};
pub use self::recall::{RECALL_SECONDS, leaves_at};
use crate::{Fact, How, Promise, Purpose, Refusal, Settlement, Situation, Via};

/// The furthest day that can be promised: further away it is no promise.
const DATE_MONTHS_MAX: i64 = 12;

/// The id of the promise to a contact that no norm is about.
const UNWRITTEN: &str = "unwritten";

/// What follows from an event. `desk` writes it, all of it or nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// The facts, in order.
    pub facts: Vec<Fact>,
    /// The letters to write: their numbers and purposes.
    pub letters: Vec<(u32, Purpose)>,
    /// The situation afterwards; rows are written from it.
    pub after: Option<Situation>,
}

/// Decides what follows when `event` happens to a contact in `situation` at `now`.
///
/// # Errors
/// A [`Refusal`] when the event is not possible; nothing follows then.
pub fn decide(
    now: Timestamp,
    norms: &Norms,
    situation: &Situation,
    event: &Event,
) -> Result<Decision, Refusal> {
    let mut course =
        Course { now, norms, facts: Vec::new(), letters: Vec::new(), it: situation.clone() };
    match *event {
        Event::Received => course.received(),
        Event::FollowedUp(class) => course.followed_up(class),
        Event::LetterSent(letter, purpose) => course.letter_sent(letter, purpose),
        Event::LetterFailed(letter, purpose) => course.letter_failed(letter, purpose),
        Event::Acknowledge(via) => course.acknowledge(via)?,
        Event::Answer(via) => course.answer(via)?,
        Event::SayWhen(on, via) => course.say_when(on, via)?,
        Event::Recall(letter, written_at) => course.recall(letter, written_at)?,
        Event::Assign(to) => course.facts.push(Fact::Assigned { to }),
        Event::GiveTeam(team) => course.facts.push(Fact::GivenToTeam { team }),
        Event::HandOver(to) => course.facts.push(Fact::HandedOver { to }),
        Event::Note => course.facts.push(Fact::Noted),
        Event::Tag(tag) => course.facts.push(Fact::Tagged { tag }),
        Event::Untag(tag) => course.facts.push(Fact::Untagged { tag }),
        Event::TakeOver(from) => course.facts.push(Fact::TakenOver { from }),
        Event::CorrectClass(to) => course.correct_class(to)?,
        Event::Close(outcome) => course.close(outcome)?,
        Event::Reopen => course.reopen()?,
        Event::Did(deed) => course.did(deed)?,
        Event::Happened(moment, at) => course.happened(moment, at),
        Event::SetAside(promise, ref ground, until) => course.set_aside(promise, ground, until)?,
        Event::RenewLink => course.renew_link(),
        Event::CalendarChanged => course.calendar_changed(),
        Event::Watch => course.watch(),
        Event::Booked(ref visit) => course.booked(visit),
        Event::Visit(ref visit) => course.visit(visit),
        Event::Called(result, ref earlier) => course.called(result, earlier)?,
    }
    let Course { facts, letters, it, .. } = course;
    Ok(Decision { facts, letters, after: Some(it).filter(|it| it != situation) })
}

/// A decision in the making: the situation as it becomes, and what led there.
struct Course<'a> {
    now: Timestamp,
    norms: &'a Norms,
    facts: Vec<Fact>,
    letters: Vec<(u32, Purpose)>,
    it: Situation,
}

impl<'a> Course<'a> {
    fn received(&mut self) {
        let Situation { channel, kind, class, received_at, .. } = self.it;
        self.facts.push(Fact::Received {
            channel,
            kind,
            class,
            received_at: Some(received_at).filter(|at| *at != self.now),
            norms: self.norms.generation.clone(),
        });
        self.owe(class, received_at);
        if !self.it.is_owed_contact() {
            self.shut(Outcome::NothingAsked);
        }
    }

    /// Makes the promises that a message of this class received at `start` creates, unless they
    /// stand already, and writes the acknowledgement or says why there is none.
    fn owe(&mut self, class: Class, start: Timestamp) {
        let owed = self.owed(class);
        let acknowledged = |norm: &&&Norm| norm.duty == Duty::ACKNOWLEDGE;
        match owed.iter().find(acknowledged) {
            None => {
                if self.would_acknowledge(Class::Message) {
                    self.facts.push(Fact::NotAcknowledged { reason: class.word().to_owned() });
                }
            }
            Some(_) if self.is_by_mail() && !self.it.can_be_mailed => {
                self.facts.push(Fact::NotAcknowledged { reason: "no-address".to_owned() });
            }
            Some(norm) => {
                self.promise(norm, start);
                if self.is_by_mail() {
                    self.write_acknowledgement();
                }
            }
        }
        for norm in owed.iter().filter(|norm| norm.duty != Duty::ACKNOWLEDGE) {
            self.promise(norm, start);
        }
        self.owe_unwritten((class, &owed), start);
    }

    /// A message that no norm is about is owed an answer all the same, without a limit.
    fn owe_unwritten(&mut self, (class, owed): (Class, &[&Norm]), start: Timestamp) {
        let asks = matches!(class, Class::Message | Class::FollowUp);
        let is_written = owed.iter().any(|norm| norm.duty != Duty::ACKNOWLEDGE);
        if asks && !is_written && !self.it.is_owed_contact() {
            let norm = UNWRITTEN.to_owned();
            self.promise_for(norm, Duty::ANSWER_OR_SAY_WHEN, start, Due::default());
        }
    }

    fn would_acknowledge(&self, class: Class) -> bool {
        let owed = self.owed(class);
        owed.iter().any(|norm| norm.duty == Duty::ACKNOWLEDGE)
    }

    /// Whether the acknowledgement is a mail that needs nobody.
    fn is_by_mail(&self) -> bool {
        matches!(self.it.channel, Channel::Form | Channel::Email)
    }

    fn promise(&mut self, norm: &Norm, start: Timestamp) {
        let registered = norm.start == Start::At(Moment::Registration);
        let start = if registered { self.now } else { start };
        let due = self.norms.due(norm, start);
        self.promise_for(norm.id.clone(), norm.duty, start, due);
    }

    fn promise_for(&mut self, norm: String, duty: Duty, started_at: Timestamp, due: Due) {
        let nr = u32::try_from(self.it.promises.len()).unwrap_or(u32::MAX).saturating_add(1);
        self.facts.push(Fact::Promised {
            promise: nr,
            norm: norm.clone(),
            duty,
            due_at: due.at,
            due_on: due.on,
            not_before: due.not_before,
        });
        let made_at = self.now;
        self.it.promises.push(Promise {
            nr,
            norm,
            duty,
            made_at,
            started_at,
            due,
            settled: None,
            breach_noticed: false,
        });
    }

    fn write_acknowledgement(&mut self) {
        self.it.acknowledgement_written = true;
        self.write(Purpose::Acknowledgement);
    }

    fn write(&mut self, purpose: Purpose) -> u32 {
        self.it.letters += 1;
        self.letters.push((self.it.letters, purpose));
        self.it.letters
    }

    /// Ends every open promise whose duty is chosen. What is done may start the clock of a next
    /// step.
    fn settle(&mut self, how: How, chosen: impl Fn(Duty) -> bool) {
        self.settle_at(self.now, how, chosen);
    }

    /// As [`Course::settle`], at a moment that may still have to come.
    fn settle_at(&mut self, at: Timestamp, how: How, chosen: impl Fn(Duty) -> bool) {
        let later = Some(at).filter(|at| *at != self.now);
        let mut kept = Vec::new();
        for promise in &mut self.it.promises {
            if promise.is_open() && chosen(promise.duty) {
                promise.settled = Some(Settlement { at, how });
                self.facts.push(Fact::Settled { promise: promise.nr, how, at: later });
                if how == How::Done {
                    kept.push(promise.norm.clone());
                }
            }
        }
        self.start_clocks(at, |start| kept.iter().any(|norm| start.is_at_kept(norm)));
    }

    fn owed(&self, class: Class) -> Vec<&'a Norm> {
        self.norms.owed(&self.it.subject(self.norms), class)
    }

    fn shut(&mut self, outcome: Outcome) {
        self.shut_from(outcome, self.now);
    }

    /// Closes; what is promised for afterwards runs from `at`.
    fn shut_from(&mut self, outcome: Outcome, at: Timestamp) {
        if self.it.closed {
            return;
        }
        self.it.closed = true;
        self.facts.push(Fact::Closed { outcome });
        if matches!(outcome, Outcome::Answered | Outcome::Solved) {
            self.start_at_closing(at);
        }
    }

    fn open_again(&mut self) {
        if self.it.closed {
            self.it.closed = false;
            self.facts.push(Fact::Reopened);
        }
    }

    /// A follow-up is never acknowledged. It asks again, so contact is owed again when no contact
    /// is owed already. A robot changes nothing (INTAKE 51).
    fn followed_up(&mut self, class: Class) {
        self.facts.push(Fact::FollowedUp { class });
        if class.is_robot() {
            return;
        }
        self.facts.push(Fact::NotAcknowledged { reason: Class::FollowUp.word().to_owned() });
        if class != Class::Fyi && !self.it.is_owed_contact() {
            self.open_again();
            self.owe_contact();
        }
    }

    /// Contact under the norms, the clock starting now.
    fn owe_contact(&mut self) {
        let norms = self.owed(Class::FollowUp);
        for norm in &norms {
            let owed = self.it.open().any(|promise| promise.duty.is_same_need(norm.duty));
            if norm.duty != Duty::ACKNOWLEDGE && !owed {
                self.promise(norm, self.now);
            }
        }
        self.owe_unwritten((Class::FollowUp, &norms), self.now);
    }

    fn letter_sent(&mut self, letter: u32, purpose: Purpose) {
        self.facts.push(Fact::LetterSent { letter, purpose });
        if purpose == Purpose::Acknowledgement {
            self.facts.push(Fact::Acknowledged { letter: Some(letter) });
            self.settle(How::Done, |duty| duty.is_kept_by(Deed::Acknowledge));
        }
    }

    /// An answer that did not arrive is no answer, and a date in a letter that did not arrive was
    /// told to nobody: contact is owed again. A confirmation by hand can be made another way.
    fn letter_failed(&mut self, letter: u32, purpose: Purpose) {
        self.facts.push(Fact::LetterFailed { letter, purpose });
        let was_last = letter == self.it.letters;
        match purpose {
            Purpose::Acknowledgement => {
                let owed = self.it.open().any(|promise| promise.duty == Duty::ACKNOWLEDGE);
                if owed && !self.is_by_mail() {
                    self.it.acknowledgement_written = false;
                }
            }
            Purpose::Date if was_last && self.it.open().any(|it| it.duty == Duty::KEEP_DATE) => {
                self.settle(How::Released, |duty| duty == Duty::KEEP_DATE);
                self.owe_contact();
            }
            // The time was agreed on all the same: who books sees it at once, or hears it.
            Purpose::Visit => {}
            // The number stays, and so does the telephone.
            Purpose::Link => {}
            Purpose::Answer | Purpose::Date => {
                if !self.it.is_owed_contact() {
                    self.open_again();
                    self.owe_contact();
                }
            }
        }
    }

    /// Whoever has an address gets the new link at once.
    fn renew_link(&mut self) {
        let letter = self.it.has_address.then(|| self.write(Purpose::Link));
        self.facts.push(Fact::LinkRenewed { letter });
    }

    fn acknowledge(&mut self, via: Via) -> Result<(), Refusal> {
        let owed = self.it.open().any(|promise| promise.duty.is_kept_by(Deed::Acknowledge));
        if !owed || self.it.acknowledgement_written {
            return Err(Refusal::NothingToAcknowledge);
        }
        if via == Via::Mail {
            if !self.it.has_address {
                return Err(Refusal::NoAddress);
            }
            self.write_acknowledgement();
        } else {
            self.it.acknowledgement_written = true;
            self.facts.push(Fact::Acknowledged { letter: None });
            self.settle(How::Done, |duty| duty.is_kept_by(Deed::Acknowledge));
        }
        Ok(())
    }

    fn answer(&mut self, via: Via) -> Result<(), Refusal> {
        let letter = self.reply(via, Purpose::Answer)?;
        self.facts.push(Fact::Answered { via, letter });
        // Whoever has the answer knows that the letter arrived: what waits to be confirmed by hand
        // is confirmed by it. A confirmation that is under way keeps its own promise.
        let by_hand = !self.it.acknowledgement_written;
        self.settle_at(self.counts_from(via), How::Done, |duty| {
            duty.is_kept_by_answer() || (duty == Duty::ACKNOWLEDGE && by_hand)
        });
        if !self.it.is_owed_contact() {
            self.shut_from(Outcome::Answered, self.counts_from(via));
        }
        Ok(())
    }

    fn say_when(&mut self, on: Date, via: Via) -> Result<(), Refusal> {
        let today = self.norms.day(self.now);
        if on < today {
            return Err(Refusal::DateInPast);
        }
        let furthest = today.saturating_add(Span::new().months(DATE_MONTHS_MAX));
        if on > furthest {
            return Err(Refusal::DateTooFar);
        }
        let norm = self.norm_of_date().ok_or(Refusal::NoDateOwed)?;
        let letter = self.reply(via, Purpose::Date)?;
        self.facts.push(Fact::ToldWhen { on, via, letter });
        let from = self.counts_from(via);
        self.settle_at(from, How::Done, Duty::is_kept_by_date);
        self.settle_at(from, How::Moved, |duty| duty == Duty::KEEP_DATE);
        let due = Due::by(on, self.norms.end_of(on));
        self.promise_for(norm, Duty::KEEP_DATE, from, due);
        Ok(())
    }

    /// When a reply counts: what is said, at once; a mail, when it can not be taken back any more.
    fn counts_from(&self, via: Via) -> Timestamp {
        if via == Via::Mail { leaves_at(self.now) } else { self.now }
    }

    /// A reply is possible while the contact is open, by mail only where there is an address.
    fn reply(&mut self, via: Via, purpose: Purpose) -> Result<Option<u32>, Refusal> {
        if self.it.closed {
            return Err(Refusal::Closed);
        }
        if via != Via::Mail {
            // What is told otherwise is kept beside the letters and takes the next number too.
            self.it.letters += 1;
            return Ok(None);
        }
        if !self.it.has_address {
            return Err(Refusal::NoAddress);
        }
        Ok(Some(self.write(purpose)))
    }

    /// The norm that a date told now falls under: what the norm that asks for it names.
    fn norm_of_date(&self) -> Option<String> {
        let asks =
            |promise: &&Promise| promise.duty.is_kept_by_date() || promise.duty == Duty::KEEP_DATE;
        let current = self.it.open().find(asks).or_else(|| self.it.promises.iter().rfind(asks))?;
        let then = self.norms.get(&current.norm).and_then(|norm| norm.then.clone());
        Some(then.unwrap_or_else(|| current.norm.clone()))
    }

    /// A wrong class is put right as if it had never been wrong: the norms run from receipt.
    fn correct_class(&mut self, to: Class) -> Result<(), Refusal> {
        let from = self.it.class;
        if from == to {
            return Err(Refusal::SameClass);
        }
        self.it.class = to;
        self.facts.push(Fact::ClassCorrected { from, to });
        let owed = self.owed(to);
        // A date that was told stays owed while anything is.
        let stays = |duty: Duty| match duty {
            Duty::KEEP_DATE => !owed.is_empty(),
            duty => owed.iter().any(|norm| norm.duty == duty),
        };
        self.settle(How::Released, |duty| !stays(duty));
        for norm in &owed {
            self.owe_again(norm);
        }
        let is_answered = |it: &Promise| {
            it.norm == UNWRITTEN && it.settled.is_some_and(|settled| settled.how == How::Done)
        };
        if !self.it.promises.iter().any(is_answered) {
            self.owe_unwritten((to, &owed), self.it.received_at);
        }
        if self.it.is_owed_contact() {
            self.open_again();
        } else {
            self.shut(Outcome::NothingAsked);
        }
        Ok(())
    }

    /// Makes the promise that a norm asks for, unless it was made before. What was released by
    /// mistake is owed again by the same day, also a date that was told.
    fn owe_again(&mut self, norm: &Norm) {
        let acknowledges = norm.duty == Duty::ACKNOWLEDGE;
        let mails = acknowledges && self.is_by_mail();
        if acknowledges && self.it.acknowledgement_written || mails && !self.it.can_be_mailed {
            return;
        }
        let same = |promise: &&Promise| promise.duty.is_same_need(norm.duty);
        if self.it.open().any(|promise| same(&promise)) {
            return;
        }
        // What a letter that was taken back had begun ended before what it had ended.
        let ended = |promise: &&Promise| promise.settled.map(|settled| settled.at);
        match self.it.promises.iter().filter(same).max_by_key(ended).cloned() {
            None => self.promise(norm, self.it.received_at),
            Some(last) if last.settled.is_some_and(|settled| settled.how == How::Released) => {
                self.promise_for(last.norm, last.duty, last.started_at, last.due);
            }
            Some(_) => return,
        }
        if mails {
            self.write_acknowledgement();
        }
    }

    fn close(&mut self, outcome: Outcome) -> Result<(), Refusal> {
        if self.it.closed {
            return Err(Refusal::Closed);
        }
        match outcome {
            Outcome::Answered | Outcome::Agreed | Outcome::Unconfirmed | Outcome::Unreached => {
                if self.it.is_owed_contact() {
                    return Err(Refusal::PromisesOpen);
                }
            }
            Outcome::Solved => {
                // What is solved was promised to be solved: then the deed keeps a date told, too.
                let deed = Duty::is_kept_by_doing;
                let is_deed = self.it.promises.iter().any(|promise| deed(promise.duty));
                self.settle(How::Done, |duty| deed(duty) || (is_deed && duty == Duty::KEEP_DATE));
                if self.it.is_owed_contact() {
                    return Err(Refusal::PromisesOpen);
                }
            }
            Outcome::Withdrawn | Outcome::Duplicate | Outcome::NothingAsked => {
                self.settle(How::Released, |duty| duty != Duty::ACKNOWLEDGE);
            }
        }
        self.shut(outcome);
        Ok(())
    }

    fn reopen(&mut self) -> Result<(), Refusal> {
        if !self.it.closed {
            return Err(Refusal::NotClosed);
        }
        self.open_again();
        if !self.it.is_owed_contact() {
            self.owe_contact();
        }
        Ok(())
    }
}
