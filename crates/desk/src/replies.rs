//! The two ways to keep the norm of contact: answer, or say when. And confirming by hand.

use jiff::Timestamp;
use jiff::civil::Date;
use ledger::letters::{Letter, Standing};
use ledger::{Stop, Tx};
use promises::{Event, Purpose, Refusal, Via};

use crate::House;
use crate::accounts::Agent;
use crate::carry_out::{Done, Open};
use crate::limits::TEXT_BYTES_MAX;
use crate::write_letter::Draft;

/// What an employee replies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// How it reaches the resident.
    pub via: Via,
    /// The words: the letter, or what was said.
    pub text: String,
    /// How many letters the contact had when the employee opened the page; a reply is refused
    /// when a colleague replied meanwhile. Nothing when that is not to be checked.
    pub seen_letters: Option<u32>,
}

/// Answers a contact. Keeps every promise that an answer keeps; closes it when nothing is owed.
///
/// # Errors
/// Refused when there is no such contact, it is closed, the text is empty or too long, there is
/// no address to mail to, or a colleague replied meanwhile.
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
    if reply.text.len() > TEXT_BYTES_MAX {
        return Err(Refusal::TextTooLong.into());
    }
    let open = Open::load(tx, contact)?;
    let told = tx.letters(contact)?;
    let by_people = |letter: &&Letter| letter.employee.is_some();
    let count = u32::try_from(told.iter().filter(by_people).count()).unwrap_or(u32::MAX);
    if reply.seen_letters.is_some_and(|seen| seen < count) {
        return Err(Refusal::AnsweredMeanwhile.into());
    }
    let (message_id, references) = thread(tx, contact, &told)?;
    let draft = Draft {
        employee: Some(agent.id()),
        signature: agent.name(),
        text: &reply.text,
        thread: (&message_id, &references),
        ..Draft::default()
    };
    // What is told otherwise than by mail is kept beside the letters, with the next number.
    let spoken = (reply.via != Via::Mail).then(|| open.situation.letters + 1);
    let mut decision =
        promises::decide(now, house.norms(open.contact.received_at), &open.situation, event)?;
    if let Some(nr) = spoken {
        let after = decision.after.get_or_insert_with(|| open.situation.clone());
        after.letters = nr;
        tx.add_letter(&spoken_letter(&open, house, now, agent, (nr, purpose), reply))?;
    }
    open.write(tx, house, now, &decision, &draft)
}

/// The mail a reply answers: the resident's last one; for a form, the last letter of ours, so that
/// all letters stand together in the resident's mail program.
fn thread(tx: &mut Tx<'_>, contact: i64, letters: &[Letter]) -> Result<(String, String), Stop> {
    if let Some(mail) = tx.last_mail(contact)? {
        return Ok(mail);
    }
    let last = letters.iter().rfind(|letter| letter.via == Via::Mail);
    Ok(last.map(|last| (last.message_id.clone(), last.references.clone())).unwrap_or_default())
}

fn spoken_letter(
    open: &Open,
    house: &House,
    now: Timestamp,
    agent: &Agent,
    (nr, purpose): (u32, Purpose),
    reply: &Reply,
) -> Letter {
    Letter {
        contact: open.contact.id,
        nr,
        at: now,
        purpose,
        via: reply.via,
        recipient: String::new(),
        sender: String::new(),
        message_id: house.message_id(open.contact.id, nr),
        subject: String::new(),
        body: reply.text.clone(),
        html: String::new(),
        in_reply_to: String::new(),
        references: String::new(),
        employee: Some(agent.id()),
        standing: Standing::Told,
    }
}
