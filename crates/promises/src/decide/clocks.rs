//! Clocks that start, stop and move while a contact lasts.

use jiff::Timestamp;
use jiff::civil::Date;
use norms::{Deed, Due, Duty, Effect, Moment, Start};

use super::{Course, Outcome};
use crate::{Fact, How, Promise, Refusal, Settlement};

impl Course<'_> {
    /// Makes the promises of norms whose clock starts at `at`.
    pub(super) fn start_clocks(&mut self, at: Timestamp, starts: impl Fn(&Start) -> bool) {
        let norms = self.norms;
        for norm in norms.owed_from(&self.it.subject(norms), self.it.class, starts) {
            if !self.it.open().any(|promise| promise.norm == norm.id) {
                self.promise(norm, at);
            }
        }
    }

    /// Makes the promises for after a contact was dealt with, and takes it up again for them. Each
    /// is made once: the end of what was promised for afterwards starts nothing new.
    pub(super) fn start_at_closing(&mut self, at: Timestamp) {
        let norms = self.norms;
        let at_closing = |start: &Start| *start == Start::At(Moment::Closing);
        for norm in norms.owed_from(&self.it.subject(norms), self.it.class, at_closing) {
            let released =
                |it: &Promise| it.settled.is_some_and(|settled| settled.how == How::Released);
            let stands = |it: &Promise| it.norm == norm.id && !released(it);
            if !self.it.promises.iter().any(stands) {
                self.promise(norm, at);
            }
        }
        if self.it.is_owed_contact() {
            self.open_again();
        }
    }

    pub(super) fn did(&mut self, deed: Deed) -> Result<(), Refusal> {
        if !self.it.open().any(|promise| promise.duty.is_kept_by(deed)) {
            return Err(Refusal::NothingPromised);
        }
        self.facts.push(Fact::Did { deed });
        self.settle(How::Done, |duty| duty.is_kept_by(deed));
        if !self.it.is_owed_contact() {
            self.shut(Outcome::Solved);
        }
        Ok(())
    }

    /// A moment has come: what is already promised from it runs from the moment as it is now.
    pub(super) fn happened(&mut self, moment: Moment, at: Timestamp) {
        self.facts.push(Fact::Happened { moment, at });
        let runs_from = Start::At(moment);
        let norms = self.norms;
        let moves = |norm: &str| norms.get(norm).is_some_and(|norm| norm.start == runs_from);
        let open = self.it.open().filter(|promise| moves(&promise.norm));
        let moved: Vec<u32> = open.map(|promise| promise.nr).collect();
        moved.into_iter().for_each(|nr| self.release(nr));
        self.start_clocks(at, |start| *start == runs_from);
        if self.it.is_owed_contact() {
            self.open_again();
        }
    }

    pub(super) fn set_aside(
        &mut self,
        nr: u32,
        ground: &str,
        until: Option<Date>,
    ) -> Result<(), Refusal> {
        let promise = self.it.open().find(|promise| promise.nr == nr).cloned();
        let promise = promise.ok_or(Refusal::NothingPromised)?;
        let norm = self.norms.get(&promise.norm).ok_or(Refusal::NoSuchGround)?;
        let known = norm.unless.iter().any(|known| known == ground);
        let known = known.then(|| self.norms.grounds.get(ground)).flatten();
        let effect = known.ok_or(Refusal::NoSuchGround)?.effect;
        let today = self.norms.day(self.now);
        let due = match (effect, until) {
            // The norm does not hold, and what is to be done is still to be done.
            (Effect::Excuses, _) => Due { agreed: true, ..Due::default() },
            (_, None) => return Err(Refusal::DateMissing),
            (_, Some(until)) if until < today => return Err(Refusal::DateInPast),
            (Effect::Replaces, Some(until)) => Due::by(until, self.norms.end_of(until)),
            (Effect::Pauses, Some(until)) => self.norms.resume(norm, &promise.due, self.now, until),
        };
        self.facts.push(Fact::SetAside { promise: nr, ground: ground.to_owned(), until });
        self.release(nr);
        self.promise_for(promise.norm, promise.duty, promise.started_at, due);
        Ok(())
    }

    /// Ends one promise as not owed after all.
    pub(super) fn release(&mut self, nr: u32) {
        for promise in self.it.promises.iter_mut().filter(|promise| promise.nr == nr) {
            promise.settled = Some(Settlement { at: self.now, how: How::Released });
            self.facts.push(Fact::Settled { promise: nr, how: How::Released, at: None });
        }
    }

    /// Open promises get the date the calendar gives now. A date that was told, also in an
    /// acknowledgement, never moves to a later day by itself.
    pub(super) fn calendar_changed(&mut self) {
        let norms = self.norms;
        let was_told = self.it.acknowledgement_written;
        for promise in self.it.promises.iter_mut().filter(|promise| promise.is_open()) {
            let Some(norm) = norms.get(&promise.norm) else { continue };
            if promise.due.agreed || promise.breach_noticed {
                continue;
            }
            let due = norms.due(norm, promise.started_at);
            if due.at == promise.due.at || was_told && due.at > promise.due.at {
                continue;
            }
            self.facts.push(Fact::Redated {
                promise: promise.nr,
                old_on: promise.due.on,
                new_on: due.on,
                old_at: promise.due.at,
                new_at: due.at,
                not_before: due.not_before,
                why: norms.closures_before(&due),
            });
            promise.due = due;
        }
    }

    /// Nothing is left to a job that may be lost: an acknowledgement that was never written is
    /// written, a contact that is open without a promise gets one, a breach is noticed once.
    pub(super) fn watch(&mut self) {
        let unwritten = self.it.open().any(|promise| promise.duty == Duty::ACKNOWLEDGE)
            && !self.it.acknowledgement_written;
        if unwritten && self.is_by_mail() && self.it.can_be_mailed {
            self.write_acknowledgement();
        }
        if !self.it.closed && !self.it.is_owed_contact() {
            self.owe_contact();
        }
        let mut broken = Vec::new();
        for promise in &mut self.it.promises {
            let late = promise.is_open() && promise.due.at.is_some_and(|due| self.now >= due);
            if late && !promise.breach_noticed {
                promise.breach_noticed = true;
                self.facts.push(Fact::Broken { promise: promise.nr });
                broken.push(promise.norm.clone());
            }
        }
        self.start_clocks(self.now, |start| broken.iter().any(|norm| start.is_at_broken(norm)));
    }
}
