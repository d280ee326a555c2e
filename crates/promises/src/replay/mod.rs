//! What if: what happened to a contact, told again under other norms.
//!
//! Facts say what happened and what followed from it. What happened is taken out of them as events,
//! in their own moments, and [`decide`] says what follows under the other norms: the same function,
//! so a deed keeps there what it keeps here. Under the norms of then the same promises come out.

mod compared;

use jiff::Timestamp;
use norms::{Channel, Class, Facets, Kind, Norms, Start};

pub use self::compared::{Compared, Earlier, Ends, Row, Short};
use crate::{
    Attempt, Event, Fact, Outcome, Promise, Purpose, Settlement, Situation, Via, Visit, VisitStep,
    decide,
};

/// What happened to one contact, and what was promised to it.
#[derive(Clone, Debug)]
pub struct History {
    /// How it came in.
    pub channel: Channel,
    /// What it is about.
    pub kind: Kind,
    /// What else it is told apart by.
    pub facets: Facets,
    /// When it reached the municipality.
    pub received_at: Timestamp,
    /// Whether there was an address that an automatic mail could be sent to.
    pub can_be_mailed: bool,
    /// Whether an acknowledgement was written.
    pub acknowledgement_written: bool,
    /// Its facts with their moments, in order; at least those that tell of [`History::TELLING`].
    pub facts: Vec<(Timestamp, Fact)>,
    /// What was promised to it, and how that ended.
    pub promises: Vec<Promise>,
}

impl History {
    /// The words of the facts that say what happened. The others say what followed, or change
    /// nothing that is promised.
    pub const TELLING: [&str; 16] = [
        "received",
        "visit",
        "followed-up",
        "acknowledged",
        "answered",
        "told-when",
        "recalled",
        "did",
        "happened",
        "set-aside",
        "letter-sent",
        "letter-failed",
        "class-corrected",
        "closed",
        "reopened",
        "called",
    ];
}

/// The promises to a contact if these norms had held for it and all that happened had happened as
/// it did, as known at `now`. How residents and employees would have gone about it otherwise,
/// nobody knows. An acknowledgement that the program writes by itself is taken as sent at once
/// where none was owed then.
#[must_use]
pub fn replay(norms: &Norms, history: &History, now: Timestamp) -> Vec<Promise> {
    let History { channel, kind, received_at, .. } = *history;
    let mut it = Situation::new(channel, kind, Class::Message, received_at);
    it.facets = history.facets.clone();
    it.can_be_mailed = history.can_be_mailed;
    // Whoever was mailed had an address.
    it.has_address = true;
    let is_at_broken = |start: &Start| matches!(start, Start::Broken(_));
    let watches = norms.list.iter().any(|norm| is_at_broken(&norm.start));
    let mut again =
        Again { norms, history, it, watches, moment: None, replies: vec![], attempts: vec![] };
    for (index, (at, fact)) in history.facts.iter().enumerate() {
        let Some(event) = again.event(*at, fact, history.facts.get(index + 1)) else { continue };
        again.watch_until(*at);
        again.happen(*at, &event);
    }
    again.watch_until(now);
    again.it.promises
}

/// A history on its way under other norms.
struct Again<'a> {
    norms: &'a Norms,
    history: &'a History,
    it: Situation,
    /// Whether a clock starts when a promise is broken, so that breaches must be noticed.
    watches: bool,
    /// The moment of the event before.
    moment: Option<Timestamp>,
    /// The letters by which was answered or a date told, with when they were written.
    replies: Vec<(u32, Timestamp)>,
    attempts: Vec<Attempt>,
}

impl Again<'_> {
    /// The event that a fact tells of; nothing when the fact follows from another event.
    fn event(
        &mut self,
        at: Timestamp,
        fact: &Fact,
        next: Option<&(Timestamp, Fact)>,
    ) -> Option<Event> {
        // What follows from an event is written at the moment of the event.
        let follows = self.moment == Some(at);
        let event = match *fact {
            Fact::Received { class, .. } => {
                self.it.class = class;
                match next {
                    Some((then, Fact::Visit { step, from, desk })) if *then == at => {
                        Event::Booked(Visit { step: *step, from: *from, desk: desk.clone() })
                    }
                    _ => Event::Received,
                }
            }
            Fact::Visit { step, from, ref desk } => {
                // The booking that it came in as has been told.
                let begins = matches!(step, VisitStep::Asked | VisitStep::Booked);
                if follows && begins && self.is_booked_at(at) {
                    return None;
                }
                Event::Visit(Visit { step, from, desk: desk.clone() })
            }
            Fact::FollowedUp { class } => Event::FollowedUp(class),
            Fact::Acknowledged { letter: None } => Event::Acknowledge(Via::Paper),
            Fact::Answered { via, letter } => {
                self.numbered(at, letter);
                Event::Answer(via)
            }
            Fact::ToldWhen { on, via, letter } => {
                self.numbered(at, letter);
                Event::SayWhen(on, via)
            }
            Fact::Recalled { letter } => {
                let (_, written_at) = *self.replies.iter().rfind(|(nr, _)| *nr == letter)?;
                self.it.letters = letter;
                Event::Recall(letter, written_at)
            }
            Fact::LetterSent { letter, purpose } => {
                self.it.acknowledgement_written |= purpose == Purpose::Acknowledgement;
                Event::LetterSent(letter, purpose)
            }
            Fact::LetterFailed { letter, purpose } => Event::LetterFailed(letter, purpose),
            Fact::Did { deed } => Event::Did(deed),
            Fact::Happened { moment, at } if !follows => Event::Happened(moment, at),
            Fact::SetAside { promise, ref ground, until } => {
                Event::SetAside(self.same_as(promise)?, ground.clone(), until)
            }
            Fact::ClassCorrected { to, .. } => Event::CorrectClass(to),
            Fact::Closed { outcome } if is_closing(outcome, follows) => Event::Close(outcome),
            Fact::Reopened if !follows => Event::Reopen,
            Fact::Called { result } => {
                let earlier = self.attempts.clone();
                self.attempts.push(Attempt { at, result });
                Event::Called(result, earlier)
            }
            _ => return None,
        };
        self.moment = Some(at);
        Some(event)
    }

    /// Whether the contact came in at this moment as an appointment.
    fn is_booked_at(&self, at: Timestamp) -> bool {
        let mut facts = self.history.facts.iter();
        facts.any(|(then, fact)| *then == at && matches!(fact, Fact::Received { .. }))
    }

    /// Numbers the letter that is written now as it was numbered then.
    fn numbered(&mut self, at: Timestamp, letter: Option<u32>) {
        if let Some(letter) = letter {
            self.it.letters = letter.saturating_sub(1);
            self.replies.push((letter, at));
        }
    }

    /// The open promise under the norm that a promise of then was made under.
    fn same_as(&self, promise: u32) -> Option<u32> {
        let then = self.history.promises.iter().find(|it| it.nr == promise)?;
        self.it.open().find(|it| it.norm == then.norm).map(|it| it.nr)
    }

    /// Lets an event happen. One that is not possible under these norms, such as an answer to what
    /// they take for closed, changes nothing.
    fn happen(&mut self, at: Timestamp, event: &Event) {
        let Ok(decision) = decide(at, self.norms, &self.it, event) else { return };
        if let Some(after) = decision.after {
            self.it = after;
        }
        let is_written = |(_, purpose): &&(u32, Purpose)| *purpose == Purpose::Acknowledgement;
        if let Some((letter, purpose)) = decision.letters.iter().find(is_written).copied()
            && !self.history.acknowledgement_written
        {
            self.happen(at, &Event::LetterSent(letter, purpose));
        }
    }

    /// Notices what is broken until a moment, each at the moment it breaks: it may start a clock.
    fn watch_until(&mut self, until: Timestamp) {
        let next = |it: &Situation| {
            let unnoticed = it.open().filter(|promise| !promise.breach_noticed);
            unnoticed.filter_map(|promise| promise.due.at).filter(|due| *due <= until).min()
        };
        while self.watches
            && let Some(at) = next(&self.it)
        {
            self.happen(at, &Event::Watch);
        }
    }
}

/// Whether a contact was closed by somebody, and not because of what was done in that moment.
fn is_closing(outcome: Outcome, follows: bool) -> bool {
    match outcome {
        Outcome::Withdrawn | Outcome::Duplicate => true,
        Outcome::Solved | Outcome::NothingAsked => !follows,
        Outcome::Answered | Outcome::Agreed | Outcome::Unconfirmed | Outcome::Unreached => false,
    }
}

/// How a promise had ended at a moment.
fn ended(promise: &Promise, now: Timestamp) -> Option<Settlement> {
    promise.settled.filter(|settled| settled.at <= now)
}
