//! What residents, and their programs, do with the letters they get: thank, ask on, ask where the
//! answer stays, change their mind; be away, or not be reachable.

use std::sync::Arc;

use desk::{Stop, Tx};
use norms::{Channel, Class};
use promises::Outcome;
use words::{Lang, Words};

use crate::deeds::Deed;
use crate::mailbox::{self, Mail, Thread};
use crate::town::{Life, Next};

/// Something that comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reaction {
    /// Thanks, and nothing else.
    Thanks(u32),
    /// Another question.
    AsksOn(u32),
    /// The answer is long in coming.
    Nudges(u32),
    /// It is not needed any more.
    Withdraws(u32),
    /// A question on the follow page.
    AsksOnline,
    /// The program of someone who is away.
    Absent(u32),
    /// A mail server that could not deliver after all.
    Bounces(u32),
}

impl Life {
    /// A letter has arrived.
    pub(crate) fn letter_read(&mut self, case: usize, letter: u32) {
        let it = self.case(case);
        let writes =
            matches!(it.channel, Channel::Email | Channel::Form) && it.by_mail && !it.waits;
        if !writes {
            return;
        }
        let draw = self.chance.below(1_000);
        let (reaction, low, high) = if it.answer == Some(letter) {
            match draw {
                0..=54 => (Reaction::Thanks(letter), 600, 40_000),
                55..=109 if it.rounds < 2 => (Reaction::AsksOn(letter), 1_200, 120_000),
                110..=121 if it.rounds < 2 => (Reaction::AsksOnline, 1_200, 90_000),
                122..=139 => (Reaction::Absent(letter), 10, 60),
                140..=144 => (Reaction::Bounces(letter), 20, 900),
                _ => return,
            }
        } else if letter == 1 {
            match draw {
                0..=19 => (Reaction::Nudges(letter), 80_000, 170_000),
                20..=31 => (Reaction::Withdraws(letter), 3_600, 60_000),
                _ => return,
            }
        } else {
            return;
        };
        let at = self.later(low, high);
        self.put(at, Next::Reaction { case, reaction });
    }

    /// An answer was heard on the phone or at the counter: now and then it was not enough.
    pub(crate) fn answer_heard(&mut self, case: usize) {
        if self.case(case).rounds == 0 && self.chance.in_thousand(12) {
            self.change(case).rounds += 1;
            self.soon(case, Deed::Reopen, (20_000, 300_000));
        }
    }

    /// A resident, or a program of theirs, reacts.
    pub(crate) fn react(
        &mut self,
        tx: &mut Tx<'_>,
        case: usize,
        reaction: Reaction,
    ) -> Result<(), Stop> {
        let it = self.case(case);
        let texts = Arc::clone(&self.texts);
        let small = texts.small(&it.lang);
        match reaction {
            Reaction::Nudges(_) | Reaction::Withdraws(_) if !it.open => Ok(()),
            Reaction::Thanks(letter) => {
                self.writes_back(tx, case, letter, &small.thanks)?;
                self.back(case, Deed::Close(Outcome::NothingAsked));
                Ok(())
            }
            Reaction::AsksOn(letter) => {
                self.writes_back(tx, case, letter, &small.further)?;
                self.back(case, Deed::Answer);
                Ok(())
            }
            Reaction::Nudges(letter) => self.writes_back(tx, case, letter, &small.nudges),
            Reaction::Withdraws(letter) => {
                self.writes_back(tx, case, letter, &small.withdrawn)?;
                self.soon(case, Deed::Close(Outcome::Withdrawn), (900, 9_000));
                Ok(())
            }
            Reaction::AsksOnline => {
                let text = self.chance.pick(&small.further).clone();
                let done = desk::reply_online(tx, &self.house, self.now, it.contact, &text);
                self.done(done)?;
                self.back(case, Deed::Answer);
                Ok(())
            }
            Reaction::Absent(letter) => self.is_absent(tx, case, letter),
            Reaction::Bounces(letter) => self.bounces(tx, case, letter),
        }
    }

    /// The resident came back: contact is owed again, when it was not already.
    pub(crate) fn back(&mut self, case: usize, deed: Deed) {
        let today = self.today();
        let now = self.change(case);
        now.rounds += 1;
        now.since = today;
        let was_open = std::mem::replace(&mut now.open, true);
        match deed {
            Deed::Answer if !was_open => self.plan(case),
            Deed::Answer => {}
            deed if !was_open => self.soon(case, deed, (900, 20_000)),
            _ => {}
        }
    }

    /// A mail in answer to a letter.
    fn writes_back(
        &mut self,
        tx: &mut Tx<'_>,
        case: usize,
        letter: u32,
        texts: &[String],
    ) -> Result<(), Stop> {
        let it = self.case(case);
        let all = Arc::clone(&self.texts);
        let mut slots = it.slots.clone();
        let text = self.chance.pick(texts).clone();
        let text = all.fill(&mut self.chance, &mut slots, &text);
        let number = self.house.number(it.contact, self.now);
        let subject = format!("Re: {} [{number}]", it.subject);
        let words = Words::new(Lang::from_code(&it.lang).unwrap_or_default());
        let history = match all.small(&it.lang).closings.first() {
            Some(closing) => format!("(…)\n\n{closing}\nGemeente Harlingen"),
            None => String::new(),
        };
        let body = format!(
            "{text}\n\n{}{}",
            self.resident_of(case).name,
            mailbox::quoted(&history, &words.date(self.today()))
        );
        let class = self.sends(tx, case, letter, (&subject, &body, String::new()))?;
        debug_assert_eq!(class, Class::FollowUp, "{body}");
        Ok(())
    }

    fn is_absent(&mut self, tx: &mut Tx<'_>, case: usize, letter: u32) -> Result<(), Stop> {
        let it = self.case(case);
        let all = Arc::clone(&self.texts);
        let small = all.small(&it.lang);
        let mut slots = it.slots.clone();
        let text = self.chance.pick(&small.absent).clone();
        let text = all.fill(&mut self.chance, &mut slots, &text);
        let subject = format!("{} {}", small.absent_subject, it.subject);
        let headers = mailbox::absent_headers();
        let class = self.sends(tx, case, letter, (&subject, &text, headers))?;
        debug_assert_eq!(class, Class::AutoReply);
        Ok(())
    }

    /// Puts a mail that answers a letter on the wire; says what it was taken for.
    fn sends(
        &mut self,
        tx: &mut Tx<'_>,
        case: usize,
        letter: u32,
        (subject, text, headers): (&str, &str, String),
    ) -> Result<Class, Stop> {
        let it = self.case(case);
        let residents = Arc::clone(&self.residents);
        let from = &residents.people[it.resident];
        let domain = from.email.rsplit_once('@').map_or("example.nl", |(_, domain)| domain);
        let id = self.mail_id(domain);
        let to = self.house.reply_address(it.contact);
        let answers = self.house.message_id(it.contact, letter);
        let thread = Thread { answers: &answers, references: "" };
        let mail = Mail { from, to: &to, subject, text, at: self.now, id: &id, thread, headers };
        let raw = mail.bytes();
        let recipients = [to.clone()];
        let arrival =
            channels::arrival(&self.house, &self.own, Some(&from.email), &recipients, raw);
        let receipt = desk::receive(tx, &self.house, self.now, &arrival)?;
        self.came_in(&arrival);
        debug_assert_eq!(receipt.done.contact, it.contact);
        self.post(&receipt.done.letters);
        Ok(arrival.class)
    }

    fn bounces(&mut self, tx: &mut Tx<'_>, case: usize, letter: u32) -> Result<(), Stop> {
        let it = self.case(case);
        let id = self.mail_id("mx.example.nl");
        let to = self.house.bounce_address(it.contact, letter);
        let about = self.house.message_id(it.contact, letter);
        let recipient = self.resident_of(case).email.clone();
        let raw = mailbox::bounce(&recipient, &to, &id, &about, self.now);
        let arrival = channels::arrival(&self.house, &self.own, Some(""), &[to], raw);
        debug_assert_eq!(arrival.class, Class::Bounce);
        let receipt = desk::receive(tx, &self.house, self.now, &arrival)?;
        self.post(&receipt.done.letters);
        self.letter_lost(tx, case, letter)
    }
}
