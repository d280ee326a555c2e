//! The two ways to keep the norm of contact: answer, or say when. And confirming by hand.

use jiff::Timestamp;
use jiff::civil::Date;
use ledger::drafts::Draft as Typed;
use ledger::letters::{Letter, Standing};
use ledger::{Stop, Tx};
use promises::{Event, Purpose, Refusal, Via};

use crate::House;
use crate::accounts::Agent;
use crate::address::copies;
use crate::answered::Answered;
use crate::carry_out::{Done, Open};
use crate::enclosures::send_along;
use crate::limits::TEXT_BYTES_MAX;
use crate::locks;
use crate::recall::sent_draft;
use crate::rights;
use crate::standard_texts::signature_of;
use crate::write_letter::Draft;

/// What an employee replies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// How it reaches the resident.
    pub via: Via,
    /// The words: the letter, or what was said.
    pub text: String,
    /// Why it takes until the day that is told, in words for the resident; stands below the text.
    pub why: String,
    /// Who gets a copy of a mail: addresses with commas, semicolons or lines between.
    pub copies: String,
    /// Whether the resident is asked something: until they answer, we wait for them.
    pub asks: bool,
    /// How many letters the contact had when the employee opened the page; a reply is refused
    /// when a colleague replied meanwhile. Nothing when that is not to be checked.
    pub seen_letters: Option<u32>,
}

impl Reply {
    /// A reply with these words, for nobody else and without a look at what colleagues did.
    #[must_use]
    pub fn new(via: Via, text: &str) -> Reply {
        let (why, copies) = (String::new(), String::new());
        Reply { via, text: text.to_owned(), why, copies, asks: false, seen_letters: None }
    }

    fn whole_text(&self) -> String {
        [self.text.trim(), self.why.trim()].join("\n\n").trim().to_owned()
    }

    /// What was typed for it.
    fn typed(&self, event: &Event) -> Typed {
        let (text, copies) = (self.text.clone(), self.copies.clone());
        match event {
            Event::SayWhen(on, _) => {
                let (day, day_why) = (on.to_string(), self.why.clone());
                Typed { day, day_text: text, day_why, ..Typed::default() }
            }
            _ => Typed { answer: text, copies, ..Typed::default() },
        }
    }
}

/// Answers a contact. Keeps every promise that an answer keeps; closes it when nothing is owed.
///
/// # Errors
/// Refused when there is no such contact, it is closed, the text is empty or too long, there is
/// no address to mail to, or a colleague replied meanwhile or is writing.
pub fn answer(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    contact: i64,
    reply: &Reply,
) -> Result<Done, Stop> {
    if reply.text.trim().is_empty() {
        return Err(Refusal::TextEmpty.into());
    }
    let event = Event::Answer(reply.via);
    respond(tx, house, now, agent, (contact, Purpose::Answer), reply, &event)
}

/// Says when the answer comes. Keeps the norm of contact and makes the next promise.
///
/// # Errors
/// As [`answer`], and when the date lies in the past or too far away.
pub fn say_when(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    contact: i64,
    (on, reply): (Date, &Reply),
) -> Result<Done, Stop> {
    let event = Event::SayWhen(on, reply.via);
    respond(tx, house, now, agent, (contact, Purpose::Date), reply, &event)
}

/// Confirms receipt: by a mail, or by saying that it was done on paper.
///
/// # Errors
/// Refused when no acknowledgement is owed, or there is no address to mail to.
pub fn acknowledge(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    contact: i64,
    via: Via,
) -> Result<Done, Stop> {
    let draft = Draft { employee: Some(agent.id()), ..Draft::default() };
    Open::load(tx, contact)?.happen(tx, house, now, &Event::Acknowledge(via), &draft)
}

#[allow(clippy::too_many_arguments, reason = "the one body of the two verbs above")]
fn respond(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    (contact, purpose): (i64, Purpose),
    reply: &Reply,
    event: &Event,
) -> Result<Done, Stop> {
    let text = reply.whole_text();
    if text.len() > TEXT_BYTES_MAX {
        return Err(Refusal::TextTooLong.into());
    }
    let copies = copies(&reply.copies, reply.via)?;
    let open = Open::load(tx, contact)?;
    if purpose == Purpose::Answer {
        rights::may_settle(agent.roles(), open.contact.kind)?;
    }
    locks::is_free(tx, now, agent, contact)?;
    let told = tx.letters(contact)?;
    let by_people = |letter: &&Letter| letter.employee.is_some();
    let count = u32::try_from(told.iter().filter(by_people).count()).unwrap_or(u32::MAX);
    if reply.seen_letters.is_some_and(|seen| seen < count) {
        return Err(Refusal::AnsweredMeanwhile.into());
    }
    let draft = Draft {
        employee: Some(agent.id()),
        signature: &signature_of(tx, agent)?,
        text: &text,
        copies: &copies,
        answered: Answered::of(tx, &open.contact, &told)?,
        ..Draft::default()
    };
    // What is told otherwise than by mail is kept beside the letters, with the next number.
    let spoken = (reply.via != Via::Mail).then(|| open.situation.letters + 1);
    let mut decision =
        promises::decide(now, house.norms(open.contact.received_at), &open.situation, event)?;
    if let Some(nr) = spoken {
        let after = decision.after.get_or_insert_with(|| open.situation.clone());
        after.letters = nr;
        let spoken = spoken_letter(&open, house, now, agent, (nr, purpose), (reply.via, &text));
        tx.add_letter(&spoken)?;
    }
    let by_mail = decision.letters.iter().find(|written| written.1 == purpose);
    let letter = (by_mail.map(|written| written.0), purpose);
    sent_draft(tx, now, (agent.id(), contact), letter, &reply.typed(event))?;
    // What is attached belongs to the answer; with a day it goes on waiting.
    if purpose == Purpose::Answer
        && let Some(nr) = by_mail.map(|written| written.0).or(spoken)
    {
        send_along(tx, (agent, contact), (reply.via, nr))?;
    }
    let done = open.write(tx, house, now, &decision, &draft)?;
    tx.note_asked(contact, reply.asks)?;
    tx.release_lock(contact, agent.id())?;
    Ok(done)
}

fn spoken_letter(
    open: &Open,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    (nr, purpose): (u32, Purpose),
    (via, text): (Via, &str),
) -> Letter {
    Letter {
        contact: open.contact.id,
        nr,
        at: now,
        purpose,
        via,
        recipient: String::new(),
        sender: String::new(),
        message_id: house.message_id(open.contact.id, nr),
        subject: String::new(),
        body: text.to_owned(),
        shape: String::new(),
        html: String::new(),
        in_reply_to: String::new(),
        references: String::new(),
        quoted: String::new(),
        copies: String::new(),
        calendar: String::new(),
        refused: String::new(),
        employee: Some(agent.id()),
        standing: Standing::Told,
    }
}
