//! Writing letters: the words of each purpose around what a person added.

pub(crate) use crate::letter_of_visit::OfVisit;
use jiff::Timestamp;
use jiff::civil::Date;
use ledger::contacts::Contact;
use ledger::letters::{Letter, Standing};
use ledger::texts::LetterText;
use norms::{Deed, Duty, Norms};
use promises::{Promise, Purpose, Situation, Via, leaves_at};
pub(crate) use words::letters::Letter as Page;
use words::letters::{Block, Original, blocks_of, mark, unmarked};
use words::templates::{Fault, Values, fill};
use words::{Lang, Words};

use crate::House;
use crate::answered::{Answered, reply_subject};
use crate::limits::REFERENCES_MAX;
use crate::own_letter::LetterName;

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
    /// Who gets a copy, with a comma between.
    pub(crate) copies: &'a str,
    /// What it answers.
    pub(crate) answered: Answered,
    /// The appointment it is about.
    pub(crate) visit: Option<&'a OfVisit<'a>>,
}

impl Draft<'_> {
    /// The letter with this number and purpose, in the words of the municipality where it has any.
    pub(crate) fn letter(
        &self,
        house: &House,
        now: Timestamp,
        contact: &Contact,
        after: &Situation,
        ((nr, purpose), own): ((u32, Purpose), Option<&LetterText>),
    ) -> Letter {
        let lang = Lang::from_code(&contact.lang).unwrap_or_default();
        let answered = &self.answered;
        let writer = Writer { house, now, contact, after, draft: self, words: Words::new(lang) };
        let name = LetterName::of(purpose, after);
        let page = name.zip(own).and_then(|(name, own)| writer.in_own_words(name, own));
        let page = page.unwrap_or_else(|| writer.in_built_in_words(purpose));
        let (body, shape) = page.written();
        debug_assert_eq!(
            seen(&Page::again(&page.subject, (&body, &page.quoted()), &shape)),
            seen(&page),
            "it is the same when it is made again"
        );
        Letter {
            contact: contact.id,
            nr,
            at: now,
            purpose,
            via: Via::Mail,
            recipient: contact.email.clone(),
            sender: house.bounce_address(contact.id, nr),
            message_id: house.message_id(contact.id, nr),
            body,
            shape,
            html: String::new(),
            quoted: page.quoted(),
            copies: self.copies.to_owned(),
            calendar: self.visit.and_then(|visit| writer.calendar_along(visit)).unwrap_or_default(),
            refused: String::new(),
            subject: page.subject,
            in_reply_to: answered.message_id.clone(),
            references: thread_of(&answered.message_id, &answered.references),
            employee: self.employee,
            standing: match purpose {
                // Born leased to the process that writes it; if that process dies, another
                // takes it.
                Purpose::Acknowledgement | Purpose::Visit | Purpose::Link => Standing::Waiting {
                    next_at: crate::lease_end(now),
                    tries: 0,
                    error: String::new(),
                },
                Purpose::Answer | Purpose::Date => Standing::Held { until: leaves_at(now) },
            },
        }
    }
}

/// A letter's page as it is seen: white space at the end of a line is not, nor what is empty.
fn seen(page: &Page) -> String {
    let html = page.html().replace("<br>", " ").replace('<', " <").replace('\0', "\u{fffd}");
    html.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a letter as the page that goes along in a mail.
#[must_use]
pub fn page_of(letter: &Letter) -> String {
    match letter.shape.as_str() {
        "" => letter.html.clone(),
        shape => Page::again(&letter.subject, (&letter.body, &letter.quoted), shape).html(),
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

pub(crate) struct Writer<'a> {
    pub(crate) house: &'a House,
    pub(crate) now: Timestamp,
    pub(crate) contact: &'a Contact,
    pub(crate) after: &'a Situation,
    pub(crate) draft: &'a Draft<'a>,
    pub(crate) words: Words,
}

impl Writer<'_> {
    fn in_built_in_words(&self, purpose: Purpose) -> Page {
        match purpose {
            Purpose::Acknowledgement => self.acknowledgement(),
            Purpose::Answer => self.answer(),
            Purpose::Date => self.date(),
            Purpose::Visit => self.visit(),
            Purpose::Link => self.new_link(),
        }
    }

    fn acknowledgement(&self) -> Page {
        let number = self.number();
        let mut blocks = vec![self.dear(), self.paragraph("letter-ack-thanks"), self.facts()];
        for promise in self.after.open() {
            blocks.extend(self.promise(promise));
        }
        let reach = &self.norms().reach;
        let hours = self.phone_hours();
        blocks.push(Block::Paragraph(self.words.say_with(
            "letter-ack-call",
            &[("phone", (&reach.phone).into()), ("hours", (&hours).into())],
        )));
        blocks.extend(self.closed_now());
        blocks.extend(self.copy());
        blocks.push(self.link("letter-follow"));
        blocks.push(self.paragraph("letter-ack-reply"));
        blocks.push(self.greeting());
        self.page(self.words.say1("letter-ack-subject", "number", &number), blocks, None)
    }

    fn answer(&self) -> Page {
        let text = self.draft.text;
        let more = self.words.say1("letter-answer-more", "phone", &self.norms().reach.phone);
        let mut blocks = self.dear_before(text);
        blocks.extend([
            Block::Paragraph(text.trim().to_owned()),
            Block::Paragraph(format!("{more} {}", self.say_number())),
            self.link("letter-follow-or-reply"),
            self.greeting(),
        ]);
        self.page(self.reply_subject("letter-answer-subject"), blocks, self.original())
    }

    fn date(&self) -> Page {
        let text = self.draft.text;
        let mut blocks = vec![self.dear()];
        if LetterName::of(Purpose::Date, self.after) == Some(LetterName::DateMoved) {
            blocks.push(self.paragraph("letter-date-moved"));
        }
        if let Some(on) = self.told() {
            let date = self.words.date(on);
            blocks.push(Block::Paragraph(self.words.say1("letter-date-promise", "date", &date)));
        }
        if !text.trim().is_empty() {
            blocks.push(Block::Paragraph(text.trim().to_owned()));
        }
        blocks.push(Block::Paragraph(self.say_number()));
        blocks.push(self.link("letter-follow-or-reply"));
        blocks.push(self.greeting());
        self.page(self.reply_subject("letter-date-subject"), blocks, self.original())
    }

    /// The old link opens nothing any more; this one does.
    fn new_link(&self) -> Page {
        let phone = &self.norms().reach.phone;
        let blocks = vec![
            self.dear(),
            self.paragraph("letter-link-new"),
            self.link("letter-follow"),
            Block::Paragraph(self.words.say1("letter-link-why", "phone", phone)),
            self.greeting(),
        ];
        let subject = self.words.say1("letter-link-subject", "number", &self.number());
        self.page(subject, blocks, None)
    }

    /// The norms of today: how we are reached now.
    pub(crate) fn norms(&self) -> &Norms {
        self.house.norms(self.now)
    }

    pub(crate) fn page(
        &self,
        subject: String,
        blocks: Vec<Block>,
        original: Option<Original>,
    ) -> Page {
        Page { subject, lang: self.words.lang().code(), blocks, original }
    }

    /// What the resident wrote, below the sentence that mail programs know as the begin of what is
    /// repeated.
    fn original(&self) -> Option<Original> {
        let original = self.draft.answered.original.as_ref().filter(|it| !it.text.is_empty())?;
        let moment = self.words.moment(original.at, self.house.zone());
        let values = [("moment", (&moment).into()), ("name", (&original.name).into())];
        let intro = self.words.say_with("letter-quote", &values);
        Some(Original { intro, text: original.text.clone() })
    }

    fn say_number(&self) -> String {
        self.words.say1("letter-your-number", "number", &self.number())
    }

    /// The letter in the words of the municipality; nothing when they can not be used, or leave
    /// out what must be said.
    fn in_own_words(&self, name: LetterName, own: &LetterText) -> Option<Page> {
        let page = self.in_words(name, (&own.subject, &own.body)).ok()?;
        self.missing(name, &page).is_empty().then_some(page)
    }

    /// The letter in these words.
    pub(crate) fn in_words(
        &self,
        name: LetterName,
        (subject, body): (&str, &str),
    ) -> Result<Page, Fault> {
        let (values, pieces) = self.values(name);
        let blocks = blocks_of(&fill(body, &values)?, &pieces);
        Ok(match name {
            LetterName::Acknowledgement => {
                let subject = fill(subject, &values)?;
                // A subject is one line, whatever is filled in.
                let subject = subject.split_whitespace().collect::<Vec<_>>().join(" ");
                self.page(subject, blocks, None)
            }
            LetterName::Answer => {
                self.page(self.reply_subject("letter-answer-subject"), blocks, self.original())
            }
            LetterName::Date | LetterName::DateMoved => {
                self.page(self.reply_subject("letter-date-subject"), blocks, self.original())
            }
        })
    }

    /// What the variables of a letter stand for. What is more than a line is a piece, and stands
    /// in the text by its mark.
    fn values(&self, name: LetterName) -> (Values, Vec<Vec<Block>>) {
        let text = self.draft.text.trim();
        let promises = || self.after.open().flat_map(|promise| self.promise(promise)).collect();
        let aanhef = match name {
            LetterName::Answer => self.dear_before(text),
            _ => vec![self.dear()],
        };
        let link = match name {
            LetterName::Acknowledgement => "letter-follow",
            _ => "letter-follow-or-reply",
        };
        let words = Some(text).filter(|text| !text.is_empty());
        let pieces: Vec<(&'static str, Vec<Block>)> = vec![
            ("aanhef", aanhef),
            ("gegevens", vec![self.facts()]),
            ("beloften", promises()),
            ("gesloten", self.closed_now().into_iter().collect()),
            ("kopie", self.copy()),
            ("volglink", vec![self.link(link)]),
            ("tekst", words.map(|text| Block::Paragraph(text.to_owned())).into_iter().collect()),
            ("groet", vec![self.greeting()]),
        ];
        let date = match name {
            LetterName::Date | LetterName::DateMoved => self.told(),
            LetterName::Acknowledgement | LetterName::Answer => self.promised(),
        };
        let signature = self.draft.signature.lines().next().unwrap_or_default();
        let mut values = Values::from([
            ("naam", unmarked(self.contact.name.trim())),
            ("nummer", self.number()),
            ("onderwerp", unmarked(&self.subject())),
            ("ontvangen", self.received()),
            ("datum", date.map(|on| self.words.date(on)).unwrap_or_default()),
            ("telefoon", self.norms().reach.phone.clone()),
            ("telefoontijden", self.phone_hours()),
            ("gemeente", self.house.name().to_owned()),
            ("medewerker", unmarked(signature)),
        ]);
        for (index, (piece, blocks)) in pieces.iter().enumerate() {
            // An empty piece is empty to a condition, too.
            values.insert(piece, if blocks.is_empty() { String::new() } else { mark(index) });
        }
        (values, pieces.into_iter().map(|(_, blocks)| blocks).collect())
    }

    pub(crate) fn received(&self) -> String {
        self.words.moment(self.contact.received_at, self.house.zone())
    }

    pub(crate) fn subject(&self) -> String {
        match self.contact.subject.trim() {
            "" => self.words.say("letter-no-subject"),
            subject => subject.to_owned(),
        }
    }

    pub(crate) fn phone_hours(&self) -> String {
        self.words.week_in_a_line(&self.norms().phone.week)
    }

    /// The day of the promise that stands first, unless it is over.
    pub(crate) fn promised(&self) -> Option<Date> {
        let next = self.after.next().filter(|promise| !self.is_over(promise));
        next.and_then(|promise| promise.due.on)
    }

    fn is_over(&self, promise: &Promise) -> bool {
        promise.due.at.is_some_and(|due| due < self.now)
    }

    /// The day that is told.
    pub(crate) fn told(&self) -> Option<Date> {
        let told = |promise: &&Promise| promise.duty == Duty::KEEP_DATE;
        self.after.promises.iter().rfind(told).and_then(|promise| promise.due.on)
    }

    /// What the resident entered in a form (INTAKE 55).
    fn copy(&self) -> Vec<Block> {
        match self.draft.entered.trim() {
            "" => Vec::new(),
            entered => {
                vec![self.paragraph("letter-ack-copy"), Block::Quote(entered.to_owned())]
            }
        }
    }

    pub(crate) fn number(&self) -> String {
        self.house.number(self.contact.id, self.contact.received_at)
    }

    /// A reply keeps the subject of the mail to the letter, so that every mail program keeps the
    /// thread. Who sent no mail finds the number in the subject.
    fn reply_subject(&self, key: &str) -> String {
        if let Some(subject) =
            self.draft.answered.subject.as_deref().filter(|it| !it.trim().is_empty())
        {
            return reply_subject(subject);
        }
        let subject = self.contact.subject.trim();
        if subject.is_empty() {
            return self.words.say1(key, "number", &self.number());
        }
        format!("{} [{}]", reply_subject(subject), self.number())
    }

    pub(crate) fn dear(&self) -> Block {
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
        let mut facts = vec![
            (self.words.say("letter-number"), self.number()),
            (self.words.say("letter-about"), self.subject()),
            (self.words.say("letter-received"), self.received()),
        ];
        if let Some(on) = self.promised() {
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
        // Mail that lay somewhere for days: a day that is over is no promise.
        if self.is_over(promise) {
            return vec![Block::Paragraph(self.words.say1(
                "letter-ack-promise-late",
                "date",
                &date,
            ))];
        }
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

    pub(crate) fn paragraph(&self, key: &str) -> Block {
        Block::Paragraph(self.words.say(key))
    }

    pub(crate) fn link(&self, key: &str) -> Block {
        let link = (self.contact.id, self.contact.link_turn);
        let address = self.house.follow_link(&self.number(), link, self.words.lang());
        Block::Link { label: self.words.say(key), address }
    }

    pub(crate) fn greeting(&self) -> Block {
        let name = self.house.name();
        let municipality = self.words.say1("letter-municipality", "name", name);
        let greeting = self.words.say("letter-greeting");
        Block::Paragraph(match self.draft.signature.trim() {
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
