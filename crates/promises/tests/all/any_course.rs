//! Whatever happens, in whatever order: what must hold of every contact after every event.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use promises::replay::{Compared, History, replay};
use promises::report::{Recount, Told};
use promises::{
    Channel, Class, Decision, Duty, Event, Fact, How, Kind, Outcome, Promise, Purpose, Situation,
    Via, decide,
};
use proptest::prelude::*;
use proptest::sample::select;

use crate::harlingen;
use crate::replay::Telling;

/// An event as it is drawn; letters are chosen among those that exist when it happens.
#[derive(Clone, Debug)]
enum Drawn {
    Plain(Event),
    /// The letter with this index is taken by the mail server.
    Sent(usize),
    /// The letter with this index does not arrive.
    Failed(usize),
    /// The last letter is taken back.
    Recall,
    /// A date so many days from now is told.
    Date(i64, Via),
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let via = || select(&Via::ALL[..]);
    let class = || select(Class::ALL);
    let outcome =
        select(&[Outcome::Answered, Outcome::Solved, Outcome::Withdrawn, Outcome::Duplicate][..]);
    prop_oneof![
        4 => class().prop_map(|class| Drawn::Plain(Event::FollowedUp(class))),
        4 => (0_usize..4).prop_map(Drawn::Sent),
        2 => (0_usize..4).prop_map(Drawn::Failed),
        2 => via().prop_map(|via| Drawn::Plain(Event::Acknowledge(via))),
        4 => via().prop_map(|via| Drawn::Plain(Event::Answer(via))),
        3 => Just(Drawn::Recall),
        4 => (-3_i64..400, via()).prop_map(|(days, via)| Drawn::Date(days, via)),
        4 => class().prop_map(|class| Drawn::Plain(Event::CorrectClass(class))),
        2 => outcome.prop_map(|outcome| Drawn::Plain(Event::Close(outcome))),
        2 => Just(Drawn::Plain(Event::Reopen)),
        3 => Just(Drawn::Plain(Event::Watch)),
        1 => Just(Drawn::Plain(Event::Note)),
    ]
}

/// A course of one contact, with what was seen on the way.
struct Course {
    now: Timestamp,
    it: Situation,
    telling: Telling,
    recount: Recount,
    recounted: Vec<Told>,
    letters: Vec<(u32, Purpose)>,
    sent: BTreeSet<u32>,
    failed: BTreeSet<u32>,
    acknowledgements: usize,
    /// The last letter, when it was written, and how things stood before, when a person wrote it.
    before: Option<(u32, Timestamp, Situation)>,
    recalled: BTreeSet<u32>,
    last_is_reply: bool,
    /// Everything that was written of it.
    facts: Vec<(Timestamp, Fact)>,
    /// Whether two events fell in one moment, or one left no fact: a receipt that an employee
    /// confirms by mail is told by its letter only.
    is_blurred: bool,
}

impl Course {
    /// The event that was drawn, where it is possible at all.
    fn event(&self, drawn: &Drawn, today: jiff::civil::Date) -> Option<Event> {
        let letter = |index: usize| self.letters.get(index).copied();
        match drawn {
            Drawn::Plain(event) => Some(event.clone()),
            Drawn::Sent(index) => {
                let (nr, purpose) = letter(*index)?;
                let gone =
                    [&self.sent, &self.failed, &self.recalled].iter().any(|it| it.contains(&nr));
                (!gone).then_some(Event::LetterSent(nr, purpose))
            }
            Drawn::Failed(index) => {
                let (nr, purpose) = letter(*index)?;
                let gone = [&self.failed, &self.recalled].iter().any(|it| it.contains(&nr));
                (!gone).then_some(Event::LetterFailed(nr, purpose))
            }
            Drawn::Recall => {
                let (nr, written_at, _) = self.before.as_ref()?;
                let gone =
                    [&self.sent, &self.failed, &self.recalled].iter().any(|it| it.contains(nr));
                (!gone).then_some(Event::Recall(*nr, *written_at))
            }
            Drawn::Date(days, via) => {
                Some(Event::SayWhen(today.saturating_add(jiff::Span::new().days(*days)), *via))
            }
        }
    }

    fn take(&mut self, event: &Event, decision: &Decision) {
        self.is_blurred |= self.facts.last().is_some_and(|(last, _)| *last == self.now)
            || *event == Event::Acknowledge(Via::Mail);
        match event {
            Event::LetterSent(nr, _) => drop(self.sent.insert(*nr)),
            Event::LetterFailed(nr, _) => drop(self.failed.insert(*nr)),
            Event::Recall(nr, _) => drop(self.recalled.insert(*nr)),
            Event::Answer(Via::Mail) | Event::SayWhen(_, Via::Mail) => {
                self.before = Some((self.it.letters + 1, self.now, self.it.clone()));
                self.last_is_reply = true;
            }
            _ => {}
        }
        for fact in &decision.facts {
            self.facts.push((self.now, fact.clone()));
            self.telling.read(self.now, fact);
            let heard = self.recount.hear((1, self.now), fact, &mut |it| self.recounted.push(it));
            assert_eq!(heard, Ok(()));
            self.acknowledgements += usize::from(fact.word() == "acknowledged");
        }
        if let Some(after) = &decision.after {
            self.it = after.clone();
        }
        self.letters.extend(&decision.letters);
    }

    /// A letter taken back before anything else happened leaves nothing but its number, and what
    /// it began, released.
    fn is_as_before(&self, decision: &Decision) {
        let (_, _, before) = self.before.as_ref().expect("a reply");
        let after = decision.after.as_ref().unwrap_or(&self.it);
        assert_eq!(after.promises[..before.promises.len()], before.promises);
        let mut rest = after.promises[before.promises.len()..].iter();
        assert!(rest.all(|it| it.settled.is_some_and(|end| end.how == How::Released)));
        assert_eq!(after.closed, before.closed);
    }

    /// What the facts say happened leads to the same promises again, by the same norms. What only
    /// those facts say that [`History::TELLING`] leaves out is not needed for it.
    fn comes_out_the_same(&self, norms: &norms::Norms) {
        if self.is_blurred {
            return;
        }
        let it = &self.it;
        let tells = |(_, fact): &&(Timestamp, Fact)| History::TELLING.contains(&fact.word());
        let history = History {
            channel: it.channel,
            kind: it.kind,
            facets: it.facets.clone(),
            received_at: it.received_at,
            can_be_mailed: it.can_be_mailed,
            acknowledgement_written: it.acknowledgement_written,
            facts: self.facts.iter().filter(tells).cloned().collect(),
            promises: it.promises.clone(),
        };
        // Whether a breach was noticed changes no verdict.
        let unnoticed = |promise: Promise| Promise { breach_noticed: false, ..promise };
        let plain = |promises: Vec<Promise>| promises.into_iter().map(unnoticed).collect();
        let again: Vec<Promise> = plain(replay(norms, &history, self.now));
        let then: Vec<Promise> = plain(it.promises.clone());
        assert_eq!(again, then, "{:?}", self.facts);
        let mut compared = Compared::default();
        compared.count(norms, &history, self.now);
        assert!(compared.rows.iter().all(|row| !row.differs()), "{:?}", compared.rows);
    }

    fn holds(&self, event: &Event, decision: &Decision) {
        let it = &self.it;
        assert_eq!(self.telling, Telling::of(it), "facts and rows tell the same");
        for (index, promise) in it.promises.iter().enumerate() {
            assert_eq!(promise.nr as usize, index + 1, "numbers have no gaps");
        }
        let live = |of: &[Duty]| it.open().filter(|promise| of.contains(&promise.duty)).count();
        let contact = live(&[
            Duty::ANSWER_OR_SAY_WHEN,
            Duty::CALL_BACK_OR_SAY_WHEN,
            Duty::SOLVE_OR_INFORM,
            Duty::KEEP_DATE,
        ]);
        let other = [live(&[Duty::DECIDE]), live(&[Duty::PAY]), live(&[Duty::ACKNOWLEDGE])];
        assert!(contact <= 1 && other.iter().all(|count| *count <= 1), "{contact} {other:?}");
        assert_eq!(it.is_owed_contact(), !it.closed, "open is: something is owed");
        let confirms = |letter: &&(u32, Purpose)| {
            letter.1 == Purpose::Acknowledgement && !self.failed.contains(&letter.0)
        };
        let confirming = self.letters.iter().filter(confirms).count();
        assert!(confirming <= 1, "two letters of acknowledgement");
        assert!(self.acknowledgements <= 1, "acknowledged twice");
        let for_robot =
            it.class.is_robot() && !matches!(event, Event::Answer(_) | Event::SayWhen(..));
        assert!(!for_robot || decision.letters.is_empty(), "a letter to a robot");
        let numbers: BTreeSet<u32> = self.letters.iter().map(|letter| letter.0).collect();
        assert_eq!(numbers.len(), self.letters.len(), "two letters with one number");
        assert!(numbers.last().is_none_or(|last| *last <= it.letters));
        let automatic = matches!(event, Event::Received | Event::Watch | Event::CorrectClass(_));
        assert!(it.can_be_mailed || !automatic || decision.letters.is_empty(), "{event:?} mails");
        if !it.has_address {
            assert!(self.letters.is_empty(), "a letter without an address");
        }
        let owed = it.open().any(|promise| promise.duty == Duty::ACKNOWLEDGE);
        let by_mail = matches!(it.channel, Channel::Form | Channel::Email);
        let under_way = self.letters.iter().filter(confirms).any(|(nr, _)| !self.sent.contains(nr));
        let by_hand = !it.acknowledgement_written;
        assert!(!owed || by_mail || under_way || by_hand, "what nothing can confirm any more");
        let first = it.next().map(|promise| promise.duty);
        assert!(it.closed || first.is_some(), "open, and nothing stands first");
        assert!(first != Some(Duty::ACKNOWLEDGE) || by_hand, "a letter under way is no work");
    }
}

/// The time until the next event: hours, or so short that a letter still waits.
fn seconds() -> impl Strategy<Value = i64> {
    prop_oneof![3 => 0_i64..240_000, 1 => 0_i64..30]
}

fn kinds_of_contact() -> impl Strategy<Value = (Channel, Kind, Class, (bool, bool))> {
    (select(Channel::ALL), select(Kind::ALL), select(Class::ALL), any::<(bool, bool)>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn any_course_of_any_contact(
        (channel, kind, class, (mailable, address)) in kinds_of_contact(),
        events in prop::collection::vec((seconds(), drawn()), 0..24),
    ) {
        let norms = harlingen_once();
        let start: Timestamp = "2026-04-23T14:00:00Z".parse().expect("a moment");
        let mut fresh = Situation::new(channel, kind, class, start);
        fresh.has_address = mailable || address;
        fresh.can_be_mailed = mailable;
        let mut course = Course {
            now: start,
            it: fresh,
            telling: Telling::default(),
            recount: Recount::default(),
            recounted: Vec::new(),
            letters: Vec::new(),
            sent: BTreeSet::new(),
            failed: BTreeSet::new(),
            acknowledgements: 0,
            before: None,
            recalled: BTreeSet::new(),
            last_is_reply: false,
            facts: Vec::new(),
            is_blurred: false,
        };
        let decision = decide(start, norms, &course.it, &Event::Received).expect("never refused");
        course.take(&Event::Received, &decision);
        course.holds(&Event::Received, &decision);
        for (seconds, drawn) in events {
            course.now = course.now.checked_add(SignedDuration::from_secs(seconds)).expect("soon");
            let today = norms.day(course.now);
            let Some(event) = course.event(&drawn, today) else { continue };
            let Ok(decision) = decide(course.now, norms, &course.it, &event) else { continue };
            if let Some(after) = &decision.after {
                prop_assert_ne!(after, &course.it, "an `after` that changes nothing");
            }
            if let Event::Recall(..) = event && course.last_is_reply {
                course.is_as_before(&decision);
            }
            course.last_is_reply = false;
            course.take(&event, &decision);
            course.holds(&event, &decision);
            if event == Event::Watch {
                let again = decide(course.now, norms, &course.it, &Event::Watch).expect("watch");
                prop_assert_eq!(again, Decision::default(), "the watch has nothing left to do");
            }
        }
        // Counted again from the facts alone, every promise is there once and came to the same.
        let mut recounted = course.recounted.clone();
        recounted.extend(course.recount.owed().cloned());
        recounted.sort_by_key(|it| it.nr);
        prop_assert_eq!(recounted.len(), course.it.promises.len());
        for (told, promise) in recounted.iter().zip(&course.it.promises) {
            prop_assert_eq!((told.nr, told.made_at), (promise.nr, promise.made_at));
            let due = (promise.due.at, promise.due.not_before);
            prop_assert_eq!((told.due_at, told.not_before), due);
            prop_assert_eq!((&told.norm, told.settled), (&promise.norm, promise.settled));
        }
        course.comes_out_the_same(norms);
        // Whatever the course was, the end of it can be told: nothing done late is kept.
        for promise in &course.it.promises {
            if let (Some(due), Some(end)) = (promise.due.at, promise.settled) {
                let late = end.at >= due && end.how == How::Done;
                let then = end.at.max(course.now);
                prop_assert!(!late || promise.verdict(then) == promises::Verdict::Broken);
            }
        }
    }
}

fn harlingen_once() -> &'static norms::Norms {
    static NORMS: std::sync::OnceLock<norms::Norms> = std::sync::OnceLock::new();
    NORMS.get_or_init(harlingen)
}
