//! Writing letters: the words of each purpose around what a person added.

use jiff::Timestamp;
use ledger::contacts::Contact;
use ledger::letters::{Letter, Standing};
use norms::{Deed, Duty, Norms};
use promises::{Promise, Purpose, Situation, Via};
use words::letters::{Block, Letter as Page};
use words::{Lang, Words};

use crate::House;
use crate::limits::REFERENCES_MAX;

/// A first line of an answer that is longer is no salutation, in characters.
const SALUTATION_CHARS_MAX: usize = 60;

/// What a letter is made of beside the situation.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft<'a> {
    /// The employee who acts; nobody for automatic letters.
    pub(crate) employee: Option<i64>,
    /// The name under the letter.
    pub(crate) signature: &'a str,
    /// The words of the employee.
    pub(crate) text: &'a str,
    /// What the resident entered, to be returned with the acknowledgement of a form.
    pub(crate) entered: &'a str,
    /// The Message-ID the letter answers, and its References.
    pub(crate) thread: (&'a str, &'a str),
}

impl Draft<'_> {
    /// The letter with this number and purpose.
    pub(crate) fn letter(
        &self,
        house: &House,
        now: Timestamp,
        contact: &Contact,
        after: &Situation,
        (nr, purpose): (u32, Purpose),
    ) -> Letter {
        let lang = Lang::from_code(&contact.lang).unwrap_or_default();
        let writer = Writer { house, now, contact, after, words: Words::new(lang) };
        let page = match purpose {
            Purpose::Acknowledgement => writer.acknowledgement(self.entered),
            Purpose::Answer => writer.answer(self.text, self.signature),
            Purpose::Date => writer.date(self.text, self.signature),
        };
        let (in_reply_to, references) = self.thread;
        Letter {
            contact: contact.id,
            nr,
            at: now,
            purpose,
            via: Via::Mail,
            recipient: contact.email.clone(),
            sender: house.bounce_address(contact.id, nr),
            message_id: house.message_id(contact.id, nr),
            body: page.text(),
            html: page.html(),
            subject: page.subject,
            in_reply_to: in_reply_to.to_owned(),
            references: thread_of(in_reply_to, references),
            employee: self.employee,
            // Born leased to the process that writes it; if that process dies, another takes it.
            standing: Standing::Waiting {
                next_at: crate::lease_end(now),
                tries: 0,
                error: String::new(),
            },
        }
    }
}

/// The References of an answer (RFC 5322, 3.6.4): those of the message, then the message.
fn thread_of(message_id: &str, references: &str) -> String {
    if message_id.is_empty() {
        return String::new();
    }
    let ids: Vec<&str> =
        references.split_whitespace().filter(|id| *id != message_id).chain([message_id]).collect();
    // The first id names the thread, the last ones its branch.
    if ids.len() <= REFERENCES_MAX {
        return ids.join(" ");
    }
    let tail = &ids[ids.len() - (REFERENCES_MAX - 1)..];
    [&ids[..1], tail].concat().join(" ")
}

struct Writer<'a> {
    house: &'a House,
    now: Timestamp,
    contact: &'a Contact,
    after: &'a Situation,
    words: Words,
}

impl Writer<'_> {
    fn acknowledgement(&self, entered: &str) -> Page {
        let number = self.number();
        let mut blocks = vec![self.dear(), self.paragraph("letter-ack-thanks"), self.facts()];
        for promise in self.after.open() {
            blocks.extend(self.promise(promise));
        }
        let reach = &self.norms().reach;
        let hours = self.words.week_in_a_line(&self.norms().phone.week);
        blocks.push(Block::Paragraph(self.words.say_with(
            "letter-ack-call",
            &[("phone", (&reach.phone).into()), ("hours", (&hours).into())],
        )));
        blocks.extend(self.closed_now());
        if !entered.trim().is_empty() {
            blocks.push(self.paragraph("letter-ack-copy"));
            blocks.push(Block::Quote(entered.trim().to_owned()));
        }
        blocks.push(self.link("letter-follow"));
        blocks.push(self.paragraph("letter-ack-reply"));
        blocks.push(self.greeting(""));
        self.page(self.words.say1("letter-ack-subject", "number", &number), blocks)
    }

    fn answer(&self, text: &str, signature: &str) -> Page {
        let more = self.words.say1("letter-answer-more", "phone", &self.norms().reach.phone);
        let mut blocks = self.dear_before(text);
        blocks.extend([
            Block::Paragraph(text.trim().to_owned()),
            Block::Paragraph(more),
            self.link("letter-follow-or-reply"),
            self.greeting(signature),
        ]);
        self.page(self.reply_subject("letter-answer-subject"), blocks)
    }

    fn date(&self, text: &str, signature: &str) -> Page {
        let mut blocks = vec![self.dear()];
        let mut told = self.after.promises.iter().filter(|promise| promise.duty == Duty::KEEP_DATE);
        if told.clone().count() > 1 {
            blocks.push(self.paragraph("letter-date-moved"));
        }
        if let Some(on) = told.next_back().and_then(|promise| promise.due.on) {
            let date = self.words.date(on);
            blocks.push(Block::Paragraph(self.words.say1("letter-date-promise", "date", &date)));
        }
        if !text.trim().is_empty() {
            blocks.push(Block::Paragraph(text.trim().to_owned()));
        }
        blocks.push(self.link("letter-follow-or-reply"));
        blocks.push(self.greeting(signature));
        self.page(self.reply_subject("letter-date-subject"), blocks)
    }

    /// The norms of today: how we are reached now.
    fn norms(&self) -> &Norms {
        self.house.norms(self.now)
    }

    fn page(&self, subject: String, blocks: Vec<Block>) -> Page {
        Page { subject, lang: self.words.lang().code(), blocks }
    }

    fn number(&self) -> String {
        self.house.number(self.contact.id, self.contact.received_at)
    }

    /// A reply keeps the subject of the mail, so that every mail program keeps the thread.
    fn reply_subject(&self, key: &str) -> String {
        let subject = self.contact.subject.trim();
        if subject.is_empty() {
            return self.words.say1(key, "number", &self.number());
        }
        let again = subject.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("re:"));
        let re = if again { "" } else { "Re: " };
        format!("{re}{subject} [{}]", self.number())
    }

    fn dear(&self) -> Block {
        let name = self.contact.name.trim();
        Block::Paragraph(match name {
            "" => self.words.say("letter-hello"),
            name => self.words.say1("letter-dear", "name", name),
        })
    }

    /// The salutation, unless the employee wrote one: a short first line that ends in a comma.
    fn dear_before(&self, text: &str) -> Vec<Block> {
        let first = text.trim().lines().next().unwrap_or_default().trim_end();
        let greets = first.ends_with(',') && first.chars().count() <= SALUTATION_CHARS_MAX;
        if greets { Vec::new() } else { vec![self.dear()] }
    }

    fn facts(&self) -> Block {
        let zone = self.house.zone();
        let subject = match self.contact.subject.trim() {
            "" => self.words.say("letter-no-subject"),
            subject => subject.to_owned(),
        };
        let mut facts = vec![
            (self.words.say("letter-number"), self.number()),
            (self.words.say("letter-about"), subject),
            (self.words.say("letter-received"), self.words.moment(self.contact.received_at, zone)),
        ];
        if let Some(on) = self.after.next().and_then(|promise| promise.due.on) {
            facts.push((self.words.say("letter-promise"), self.words.date(on)));
        }
        Block::Facts(facts)
    }

    /// What is promised, in words, and why the date is that date.
    fn promise(&self, promise: &Promise) -> Vec<Block> {
        let key = match promise.duty {
            Duty::ACKNOWLEDGE | Duty::KEEP_DATE => return Vec::new(),
            Duty::PAY => "letter-ack-promise-pay",
            Duty::DECIDE => "letter-ack-promise-decide",
            duty if duty.is_kept_by(Deed::SayWhen) => "letter-ack-promise-contact",
            Duty::SOLVE_OR_INFORM => "letter-ack-promise-solve",
            duty if duty.is_kept_by_answer() => "letter-ack-promise-answer",
            _ => "letter-ack-promise-deed",
        };
        // A promise is a promise of the norms that held when the contact came in.
        let norms = self.house.norms(self.contact.received_at);
        let date = promise.due.on.map(|on| self.words.date(on)).unwrap_or_default();
        let lang = self.words.lang().code();
        let sentence = norms.get(&promise.norm).map(|norm| norm.text(lang)).unwrap_or_default();
        let values = [("date", (&date).into()), ("sentence", sentence.into())];
        let mut text = self.words.say_with(key, &values);
        let closures = norms.calendar.closures();
        if let Some(reason) = self.words.skipped(&promise.due.skipped, closures) {
            text.push(' ');
            text.push_str(&self.words.say1("letter-ack-why", "reason", &capital(&reason)));
        }
        vec![Block::Paragraph(text)]
    }

    /// Outside opening hours: when the phone is answered again.
    fn closed_now(&self) -> Option<Block> {
        let hours = &self.norms().phone.open;
        if hours.is_open(self.now) {
            return None;
        }
        let zone = self.house.zone();
        let moment = self.words.moment(hours.next_opening(self.now)?.from, zone);
        let text = self.words.say1("letter-ack-closed-now", "moment", &moment);
        Some(Block::Paragraph(text))
    }

    fn paragraph(&self, key: &str) -> Block {
        Block::Paragraph(self.words.say(key))
    }

    fn link(&self, key: &str) -> Block {
        let (contact, lang) = (self.contact.id, self.words.lang());
        let address = self.house.follow_link(&self.number(), contact, lang);
        Block::Link { label: self.words.say(key), address }
    }

    fn greeting(&self, signature: &str) -> Block {
        let name = self.house.name();
        let municipality = self.words.say1("letter-municipality", "name", name);
        let greeting = self.words.say("letter-greeting");
        Block::Paragraph(match signature.trim() {
            "" => format!("{greeting}\n{municipality}"),
            signature => format!("{greeting}\n{signature}\n{municipality}"),
        })
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + chars.as_str())
}
