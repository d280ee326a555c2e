//! What screens show: read together, decided elsewhere.

use std::collections::BTreeMap;

use jiff::Timestamp;
use ledger::attachments::Attachment;
use ledger::blocked::Blocked;
use ledger::contacts::{Contact, Message, email_key};
use ledger::enclosures::Enclosure;
use ledger::letters::Letter;
use ledger::locks::Lock;
use ledger::people::Employee;
use ledger::phone_calls::PhoneCall;
use ledger::places::Spot;
use ledger::quality::Opinion;
use ledger::tags::Tag;
use ledger::teams::Team;
use ledger::work::{InHands, Sift, Whose};
use ledger::workspace::Absence;
use ledger::{Stop, Tx};
use promises::{Fact, Promise, Situation};

use crate::House;
use crate::limits::{COUNT_MAX, EARLIER_CONTACTS_MAX};
use crate::quality::is_answer;

/// A fact of a contact as it happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemEvent {
    /// Its place in the chain.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// The employee who did it.
    pub actor: Option<i64>,
    /// What happened; nothing when a newer program wrote a fact this one does not know.
    pub fact: Option<Fact>,
}

/// All there is to know about a contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its number.
    pub number: String,
    /// Its row.
    pub contact: Contact,
    /// Its promises, by number.
    pub promises: Vec<Promise>,
    /// What came in, and notes, in order.
    pub messages: Vec<Message>,
    /// The spot on the map that it is about.
    pub spot: Option<Spot>,
    /// What came with those, in order.
    pub attachments: Vec<Attachment>,
    /// What was written to the resident, in order.
    pub letters: Vec<Letter>,
    /// What went along with those, and what waits to.
    pub enclosures: Vec<Enclosure>,
    /// What happened, in order.
    pub events: Vec<ItemEvent>,
    /// Who looks after it.
    pub hands: InHands,
    /// Its tags, by name.
    pub tags: Vec<Tag>,
    /// The tags that contacts have, by name.
    pub known_tags: Vec<Tag>,
    /// Who is writing the answer.
    pub lock: Option<Lock>,
    /// Every team.
    pub teams: Vec<Team>,
    /// Whether the answer helped, as the resident says.
    pub opinion: Option<Opinion>,
    /// Earlier and later contacts of the same person, newest first, with their numbers.
    pub others: Vec<(String, Contact)>,
    /// The contact it possibly belongs to, with its number.
    pub related: Option<(String, Contact)>,
    /// Contacts that belong to it, newest first, with their numbers.
    pub beside: Vec<(String, Contact)>,
    /// The telephone call it came of, with the numbers of what else came of that.
    pub call: Option<(PhoneCall, Vec<String>)>,
    /// Whether the resident was asked something, and until when it is left alone.
    pub resting: (bool, Option<Timestamp>),
    /// Who is away today.
    pub away: BTreeMap<i64, Absence>,
    /// Why the resident's address gets no automatic mail, when an employee decided so.
    pub blocked: Option<Blocked>,
    /// Every employee by key, for the names.
    pub employees: BTreeMap<i64, Employee>,
}

impl Item {
    /// Whether it came in as an appointment.
    #[must_use]
    pub fn is_visit(&self) -> bool {
        self.events.iter().any(|event| matches!(event.fact, Some(Fact::Visit { .. })))
    }

    /// What decisions about it depend on.
    #[must_use]
    pub fn situation(&self) -> Situation {
        self.contact.situation(self.promises.clone())
    }

    /// How many replies people have written: the value for [`crate::Reply::seen_letters`].
    #[must_use]
    pub fn replies(&self) -> u32 {
        let by_people = self.letters.iter().filter(|letter| letter.employee.is_some()).count();
        u32::try_from(by_people).unwrap_or(u32::MAX)
    }
}

/// The contact with this number, when the whole number is right.
///
/// # Errors
/// When the database fails.
pub fn contact_by_number(
    tx: &mut Tx<'_>,
    house: &House,
    number: &str,
) -> Result<Option<Contact>, Stop> {
    let Some(id) = House::contact_of_number(number) else { return Ok(None) };
    let found = tx.contact(id)?;
    Ok(found.filter(|contact| house.number(id, contact.received_at) == number.trim()))
}

/// Everything about the contact with this number, for staff.
///
/// # Errors
/// When the database fails.
pub fn item(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    number: &str,
) -> Result<Option<Item>, Stop> {
    let Some(contact) = contact_by_number(tx, house, number)? else { return Ok(None) };
    let id = contact.id;
    let events = tx
        .facts_of(id)?
        .into_iter()
        .map(|chained| ItemEvent {
            id: chained.id,
            at: chained.at,
            actor: chained.actor,
            fact: serde_json::from_str(&chained.data).ok(),
        })
        .collect();
    let others = tx
        .contacts_of_person(&contact.email, id, (i64::MAX, EARLIER_CONTACTS_MAX))?
        .into_iter()
        .map(|other| (house.number(other.id, other.received_at), other))
        .collect();
    let beside = tx
        .related_to(id, EARLIER_CONTACTS_MAX)?
        .into_iter()
        .map(|other| (house.number(other.id, other.received_at), other))
        .collect();
    let related = match contact.related {
        None => None,
        Some(related) => {
            tx.contact(related)?.map(|found| (house.number(related, found.received_at), found))
        }
    };
    let letters = tx.letters(id)?;
    Ok(Some(Item {
        number: number.trim().to_owned(),
        promises: tx.promises(id)?,
        messages: tx.messages(id)?,
        spot: tx.spot(id)?,
        attachments: tx.attachments(id)?,
        opinion: match letters.iter().rfind(|it| is_answer(it, now)) {
            None => None,
            Some(answer) => tx.opinion(answer.key())?,
        },
        letters,
        enclosures: tx.enclosures(id)?,
        events,
        hands: tx.in_hands_of(id)?,
        tags: tx.tags_of(id)?,
        known_tags: crate::tags(tx)?,
        lock: tx.lock(id, now)?,
        teams: tx.teams()?,
        blocked: crate::may_mail::blocked(tx, house, &email_key(&contact.email))?,
        others,
        related,
        beside,
        call: call_of(tx, house, id)?,
        resting: tx.resting(id)?,
        away: crate::away(tx, house.day(now))?,
        employees: tx.employees()?.into_iter().map(|employee| (employee.id, employee)).collect(),
        contact,
    }))
}

/// The telephone call a contact came of, with the numbers of what else came of that.
fn call_of(
    tx: &mut Tx<'_>,
    house: &House,
    contact: i64,
) -> Result<Option<(PhoneCall, Vec<String>)>, Stop> {
    let Some(call) = tx.call_of_contact(contact)? else { return Ok(None) };
    let Some(call) = tx.phone_call(call)? else { return Ok(None) };
    let mut others = Vec::new();
    for id in tx.contacts_of_call(call.id)?.into_iter().filter(|it| *it != contact) {
        let other = tx.contact(id)?;
        others.extend(other.map(|it| house.number(it.id, it.received_at)));
    }
    Ok(Some((call, others)))
}

/// How many lines each view of the work list has, counted up to [`COUNT_MAX`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WorkCounts {
    /// Everything open.
    pub all: u32,
    /// In the hands of this employee.
    pub mine: u32,
    /// In the hands of the teams of this employee.
    pub team: u32,
    /// Where this employee is mentioned.
    pub mentioned: u32,
    /// In nobody's hands.
    pub unassigned: u32,
    /// Due before the end of today.
    pub today: u32,
    /// Past its deadline.
    pub overdue: u32,
    /// Due before the end of the next working day.
    pub soon: u32,
    /// A date was told.
    pub date_told: u32,
    /// The resident was asked something.
    pub asked: u32,
    /// Left alone for a while.
    pub asleep: u32,
}

/// Counts the views of the work list for an employee.
///
/// # Errors
/// When the database fails.
pub fn work_counts(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    employee: i64,
) -> Result<WorkCounts, Stop> {
    let (tonight, soon) = near(house, now);
    let mentioned = tx.count_mentions(employee, COUNT_MAX)?;
    let mut team = 0;
    for id in tx.teams_of(employee)? {
        let sift = Sift { awake_at: Some(now), ..Sift::all(Whose::Team(id)) };
        team += tx.count_work(&sift, None, None, COUNT_MAX)?;
    }
    let mut count = |whose, awake_at, after, until| {
        let sift = Sift { awake_at, ..Sift::all(whose) };
        tx.count_work(&sift, after, until, COUNT_MAX)
    };
    Ok(WorkCounts {
        all: count(Whose::All, Some(now), None, None)?,
        mine: count(Whose::Of(employee), Some(now), None, None)?,
        team: team.min(COUNT_MAX),
        mentioned,
        unassigned: count(Whose::Nobody, Some(now), None, None)?,
        today: count(Whose::All, None, Some(now), Some(tonight))?,
        soon: count(Whose::All, None, Some(tonight), Some(soon))?,
        overdue: count(Whose::All, None, None, Some(now))?,
        date_told: count(Whose::DateTold, None, None, None)?,
        asked: count(Whose::Asked, None, None, None)?,
        asleep: count(Whose::Asleep(now), None, None, None)?,
    })
}

/// The ends of today and of the next working day: what is due by then is due today, or soon.
#[must_use]
pub fn near(house: &House, now: Timestamp) -> (Timestamp, Timestamp) {
    let today = house.day(now);
    let next = house.norms(now).calendar.add_working_days(today, 1).last;
    (house.end_of(today), house.end_of(next))
}
