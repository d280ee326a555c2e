//! What employees do: each deed is one verb of the desk.

use std::sync::Arc;

use desk::{Agent, CallEnd, Reply, Standing, Stop, Tx};
use jiff::civil::Date;
use norms::{Channel, Class, Kind};
use promises::{Outcome, Via};

use crate::texts::Story;
use crate::town::{Case, Life, Next};

/// How long it takes until someone notices that a letter did not arrive, in minutes.
const NOTICED_MINUTES: i64 = 180;

/// Something an employee is going to do with a contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    /// Puts it in a colleague's hands.
    Assign(usize),
    /// Hands it over to a colleague.
    HandOver(usize),
    /// Writes a note.
    Note,
    /// Confirms receipt of a letter.
    Acknowledge,
    /// Answers.
    Answer,
    /// Says when the answer comes: on this day, or on one that seems possible.
    SayWhen(Option<Date>),
    /// Closes it.
    Close(Outcome),
    /// It is another class than it was taken for.
    Correct(Class),
    /// A letter did not arrive: writes a note and calls.
    CallInstead,
    /// The resident called that it is not solved: takes it up again.
    Reopen,
}

impl Life {
    /// An employee does something, when it still makes sense.
    pub(crate) fn act(
        &mut self,
        tx: &mut Tx<'_>,
        case: usize,
        who: usize,
        deed: &Deed,
    ) -> Result<(), Stop> {
        let it = self.case(case);
        let possible = match deed {
            Deed::Correct(_) => true,
            Deed::Reopen => !it.open,
            Deed::Answer | Deed::Close(_) | Deed::CallInstead => it.open && !it.waits,
            _ => it.open,
        };
        if !possible {
            return Ok(());
        }
        let agent = self.staff.people[who].agent.clone();
        match deed {
            Deed::Answer => self.answer(tx, case, &agent, None),
            Deed::SayWhen(on) => {
                // Whoever tells a date looks after it from then on.
                if !it.assigned {
                    self.among_colleagues(tx, case, &agent, &Deed::Assign(who))?;
                }
                self.say_when(tx, case, &agent, *on)
            }
            Deed::CallInstead => {
                let text = self.chance.pick(&self.texts.desk.failed).clone();
                let noted =
                    desk::note(tx, &self.house, self.now, &agent, it.contact, (&text, None));
                self.done(noted)?;
                self.answer(tx, case, &agent, Some(Via::Phone))
            }
            Deed::Reopen => {
                let done = desk::reopen(tx, &self.house, self.now, &agent, it.contact);
                if self.done(done)?.is_some() {
                    let today = self.today();
                    let now = self.change(case);
                    (now.open, now.since) = (true, today);
                    let text = self.chance.pick(&self.texts.desk.reopened).clone();
                    let noted =
                        desk::note(tx, &self.house, self.now, &agent, it.contact, (&text, None));
                    self.done(noted)?;
                    self.plan(case);
                }
                Ok(())
            }
            Deed::Close(outcome) => {
                let done = desk::close(tx, &self.house, self.now, &agent, it.contact, *outcome);
                if self.done(done)?.is_some() {
                    self.change(case).open = false;
                }
                Ok(())
            }
            Deed::Correct(to) => self.correct(tx, case, &agent, *to),
            _ => self.among_colleagues(tx, case, &agent, deed),
        }
    }

    fn among_colleagues(
        &mut self,
        tx: &mut Tx<'_>,
        case: usize,
        agent: &Agent,
        deed: &Deed,
    ) -> Result<(), Stop> {
        let it = self.case(case);
        let texts = Arc::clone(&self.texts);
        let (house, now, contact) = (Arc::clone(&self.house), self.now, it.contact);
        let key = |life: &Life, who: usize| life.staff.people[who].agent.id();
        let mut slots = it.slots.clone();
        let done = match deed {
            Deed::Assign(to) => {
                let it = self.change(case);
                (it.owner, it.assigned) = (*to, true);
                desk::assign(
                    tx,
                    &house,
                    now,
                    agent,
                    contact,
                    Some(desk::Hands::Employee(key(self, *to))),
                )
            }
            Deed::HandOver(to) => {
                self.change(case).owner = *to;
                let why = self.chance.pick(&texts.desk.hand_over).clone();
                let why = texts.fill(&mut self.chance, &mut slots, &why);
                desk::hand_over(
                    tx,
                    &house,
                    now,
                    agent,
                    contact,
                    (desk::Hands::Employee(key(self, *to)), &why),
                )
            }
            Deed::Note => {
                let text = self.chance.pick(&texts.desk.notes).clone();
                let text = texts.fill(&mut self.chance, &mut slots, &text);
                desk::note(tx, &house, now, agent, contact, (&text, None))
            }
            Deed::Acknowledge if !it.to_acknowledge => return Ok(()),
            Deed::Acknowledge => {
                self.change(case).to_acknowledge = false;
                let via = if it.by_mail { Via::Mail } else { Via::Paper };
                desk::acknowledge(tx, &house, now, agent, contact, via)
            }
            _ => return Ok(()),
        };
        self.done(done)?;
        Ok(())
    }

    fn answer(
        &mut self,
        tx: &mut Tx<'_>,
        case: usize,
        agent: &Agent,
        via: Option<Via>,
    ) -> Result<(), Stop> {
        let it = self.case(case);
        let Some(via) = via.or_else(|| self.way_to(&it)) else {
            // Nobody to answer to: a report without a name is solved, or it was not possible.
            return self.act_close_solved(tx, case, agent);
        };
        let texts = Arc::clone(&self.texts);
        let text = match it.rounds {
            0 => Story::beside(&texts.stories[it.story].answer, it.told),
            _ => self.chance.pick(&texts.small(&it.lang).further_answers),
        };
        let reply = self.reply(case, via, text);
        let done = match self.is_called(&it, via) {
            true if self.is_missed() => return self.misses(tx, case, agent),
            true => self.speaks(tx, agent, it.contact, &CallEnd::Answered(reply)),
            false => desk::answer(tx, &self.house, self.now, agent, it.contact, &reply),
        };
        if let Some(done) = self.done(done)? {
            let letter = done.held.iter().map(|(_, nr)| *nr).max();
            let now = self.change(case);
            now.open = now.kind == Kind::Invoice;
            now.to_acknowledge = false;
            now.answer = letter;
            if letter.is_none() {
                self.answer_heard(case);
            }
        }
        Ok(())
    }

    fn act_close_solved(
        &mut self,
        tx: &mut Tx<'_>,
        case: usize,
        agent: &Agent,
    ) -> Result<(), Stop> {
        let contact = self.case(case).contact;
        let outcome = match self.case(case).kind {
            Kind::Report => Outcome::Solved,
            _ => Outcome::Withdrawn,
        };
        let done = desk::close(tx, &self.house, self.now, agent, contact, outcome);
        if self.done(done)?.is_some() {
            self.change(case).open = false;
        }
        Ok(())
    }

    fn say_when(
        &mut self,
        tx: &mut Tx<'_>,
        case: usize,
        agent: &Agent,
        on: Option<Date>,
    ) -> Result<(), Stop> {
        let it = self.case(case);
        let Some(via) = self.way_to(&it) else { return self.act_close_solved(tx, case, agent) };
        let staged = on.is_some();
        let on = on.unwrap_or_else(|| {
            let days = match it.kind {
                Kind::Complaint if !it.moved => self.chance.between(12, 20),
                Kind::Report => self.chance.between(4, 12),
                _ => self.chance.between(3, 9),
            };
            self.working_day(self.today(), u32::try_from(days).unwrap_or(5))
        });
        let on = on.max(self.today());
        let texts = Arc::clone(&self.texts);
        let small = texts.small(&it.lang);
        let story = &texts.stories[it.story];
        let words = match (it.moved, story.later.is_empty()) {
            (true, _) => &small.moved,
            (false, true) => &small.later,
            (false, false) => &story.later,
        };
        let text = self.chance.pick(words).clone();
        let reply = self.reply(case, via, &text);
        let done = match self.is_called(&it, via) {
            true => self.speaks(tx, agent, it.contact, &CallEnd::Told(on, reply)),
            false => desk::say_when(tx, &self.house, self.now, agent, it.contact, (on, &reply)),
        };
        if self.done(done)?.is_some() {
            if staged {
                self.change(case).moved = true;
            } else {
                self.plan_date(case, on);
            }
        }
        Ok(())
    }

    fn reply(&mut self, case: usize, via: Via, text: &str) -> Reply {
        let it = self.case(case);
        let texts = Arc::clone(&self.texts);
        let mut slots = it.slots.clone();
        let mut text = texts.fill(&mut self.chance, &mut slots, text);
        // What was looked up stays the same in the next letter.
        self.change(case).slots = slots.clone();
        if via == Via::Phone {
            let spoken = self.chance.pick(&texts.small("nl").spoken).clone();
            let spoken = texts.fill(&mut self.chance, &mut slots, &spoken);
            text = format!("{spoken} {text}");
        }
        Reply::new(via, &text)
    }

    /// How the resident can be reached.
    fn way_to(&self, it: &Case) -> Option<Via> {
        match it.channel {
            _ if it.lost => Some(Via::Phone),
            Channel::Phone => Some(Via::Phone),
            Channel::Counter if it.by_mail => Some(Via::Mail),
            Channel::Counter => Some(Via::Phone),
            Channel::Social => Some(Via::Social),
            Channel::Post if !it.by_mail => Some(Via::Paper),
            Channel::Form if it.kind == Kind::CallBack => Some(Via::Phone),
            _ => it.by_mail.then_some(Via::Mail),
        }
    }

    fn correct(
        &mut self,
        tx: &mut Tx<'_>,
        case: usize,
        agent: &Agent,
        to: Class,
    ) -> Result<(), Stop> {
        let contact = self.case(case).contact;
        let done = desk::correct_class(tx, &self.house, self.now, agent, contact, to);
        if self.done(done)?.is_some() {
            let owed = to == Class::Message;
            self.change(case).open = owed;
            if owed {
                let day = self.working_day(self.today(), 0);
                self.on_day(case, day, Deed::Answer);
            }
        }
        Ok(())
    }

    /// A letter did not arrive: somebody will call. Of one that left twice, because the program was
    /// killed meanwhile, the house may know that it did.
    pub(crate) fn letter_lost(
        &mut self,
        tx: &mut Tx<'_>,
        case: usize,
        letter: u32,
    ) -> Result<(), Stop> {
        let known = tx.letter(self.case(case).contact, letter)?;
        if !known.is_some_and(|it| matches!(it.standing, Standing::Failed { .. })) {
            return Ok(());
        }
        let was_answer = self.case(case).answer == Some(letter);
        let now = self.change(case);
        now.lost = true;
        if was_answer {
            now.open = true;
        }
        if let Some((who, at)) = self.soonest(self.in_minutes(NOTICED_MINUTES)) {
            self.put(at, Next::Deed { case, who, deed: Deed::CallInstead });
        }
        Ok(())
    }
}
