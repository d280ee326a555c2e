//! Telephone calls: what was told of each, how it stands, and what came of it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use promises::phone::{Outcome, Record, Told};

use crate::contacts::{Contact, contact, contact_columns};
use crate::error::StorageError;
use crate::sql::{Row, Tx, statements};

/// A call's columns, as [`PhoneCall::read`] takes them.
macro_rules! call {
    ($rest:literal) => {
        concat!(
            "SELECT id, exchange, name, number, state, queue, employee, rang_at, queued_at,
            answered_at, ended_at, transfers, noted, outcome, forgotten, queue_at, employee_at,
            heard, employee_line, target_line, taken_at FROM calls ",
            $rest
        )
    };
}

statements! {
    ADD = "INSERT INTO calls (exchange, name, number, rang_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (exchange, name) DO NOTHING";
    // Who tells of a call waits for who tells of the same one.
    BY_NAME = call!("WHERE exchange = $1 AND name = $2"),
        postgres call!("WHERE exchange = $1 AND name = $2 FOR UPDATE");
    ONE = call!("WHERE id = $1");
    FROM = call!("WHERE number = $1 AND number <> '' AND rang_at >= $2
        ORDER BY rang_at DESC, id DESC LIMIT $3");
    // By `calls_going_on`.
    OF_EMPLOYEE = call!("WHERE employee = $1 AND ended_at IS NULL AND employee_line <> ''
        ORDER BY rang_at DESC, id DESC LIMIT 1");
    KNOWN = "SELECT id FROM calls WHERE exchange = $1 AND name = $2";
    ON_LINE = call!("WHERE employee_line = $2 AND employee_line <> '' AND ended_at IS NULL
        AND exchange = $1");
    ANSWERS = "SELECT answer FROM call_events WHERE call = $1 AND answer <> '' LIMIT $2";
    GOING_ON = call!("WHERE ended_at IS NULL ORDER BY rang_at, id LIMIT $1");
    BETWEEN = call!("WHERE rang_at >= $1 AND rang_at < $2 ORDER BY rang_at, id LIMIT $3");
    OF_CONTACT = "SELECT call FROM call_contacts WHERE contact = $1 ORDER BY call LIMIT 1";
    SET = "UPDATE calls SET number = $2, state = $3, queue = $4, employee = $5, rang_at = $6,
        queued_at = $7, answered_at = $8, ended_at = $9, transfers = $10, noted = $11,
        outcome = $12, queue_at = $13, employee_at = $14, heard = $15, employee_line = $16,
        target_line = $17, taken_at = $18 WHERE id = $1";
    EVENT = "SELECT answer FROM call_events WHERE call = $1 AND name = $2";
    ADD_EVENT = "INSERT INTO call_events (call, name, at, told, answer)
        VALUES ($1, $2, $3, $4, $5)";
    EVENTS = "SELECT at, told FROM call_events WHERE call = $1 ORDER BY name LIMIT $2";
    ANSWERED = "SELECT queue, answered_at FROM calls WHERE answered_at > $1
        ORDER BY answered_at LIMIT $2";
    LINK = "INSERT INTO call_contacts (call, contact) VALUES ($1, $2)
        ON CONFLICT (call, contact) DO NOTHING";
    CONTACTS = "SELECT contact FROM call_contacts WHERE call = $1 ORDER BY contact LIMIT $2";
    TO_FORGET = "SELECT id FROM calls WHERE forgotten = 0 AND ended_at < $1
        ORDER BY ended_at, id LIMIT $2";
    FORGET = "UPDATE calls SET number = '', state = '', employee_line = '', target_line = '',
        forgotten = 1 WHERE id = $1";
    FORGET_EVENTS = "DELETE FROM call_events WHERE call = $1";
    // As the index `contacts_by_number` has it.
    OF_PHONE = contact!("WHERE ltrim(replace(replace(replace(replace(replace(replace(replace(phone,
        '(0)', ''), ' ', ''), '-', ''), '(', ''), ')', ''), '.', ''), '/', ''), '+0') = $1
        AND phone <> '' AND id < $3 ORDER BY id DESC LIMIT $2");
    TEAM_PHONES = "SELECT name, phone FROM teams WHERE phone <> '' ORDER BY name LIMIT $1";
    EMPLOYEE_PHONES = "SELECT login, phone FROM employees
        WHERE phone <> '' AND closed_at IS NULL ORDER BY login LIMIT $1";
    SET_TEAM_PHONE = "UPDATE teams SET phone = $2 WHERE id = $1";
    SET_EMPLOYEE_PHONE = "UPDATE employees SET phone = $2 WHERE id = $1";
}

/// The most events of one call, and contacts that came of it.
pub const EVENTS_MAX: u32 = 500;
/// The most numbers of teams and of employees that are read.
const PHONES_MAX: u32 = 2_000;

/// The country whose numbers are typed without it.
const COUNTRY: &str = "31";
/// The digits of a Dutch number behind the country.
const DUTCH_DIGITS: usize = 9;

/// A call as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneCall {
    /// Its key.
    pub id: i64,
    /// Who tells of it.
    pub exchange: String,
    /// What that exchange calls it.
    pub name: String,
    /// The number of the caller; empty when it is not known.
    pub number: String,
    /// What we decide by, where we do.
    pub state: String,
    /// The queue it is or was in; may be empty.
    pub queue: String,
    /// Who answered it.
    pub employee: Option<i64>,
    /// What is known of it.
    pub record: Record,
    /// Whether who called is forgotten: then nothing more is told of it.
    pub forgotten: bool,
    /// When the queue was told that it is in.
    pub queue_at: Option<Timestamp>,
    /// When it was told who answered it.
    pub employee_at: Option<Timestamp>,
    /// How many events were heard of it.
    pub heard: u32,
    /// What the exchange calls the line of the employee; may be empty.
    pub employee_line: String,
    /// What it calls the line of who is called for the caller; may be empty.
    pub target_line: String,
    /// When the employee's line began to take the caller.
    pub taken_at: Option<Timestamp>,
}

impl PhoneCall {
    fn read(row: &Row<'_>) -> Result<PhoneCall, StorageError> {
        Ok(PhoneCall {
            id: row.int(0)?,
            exchange: row.text(1)?,
            name: row.text(2)?,
            number: row.text(3)?,
            state: row.text(4)?,
            queue: row.text(5)?,
            employee: row.int_or_none(6)?,
            record: Record {
                rang_at: row.instant(7)?,
                queued_at: row.instant_or_none(8)?,
                answered_at: row.instant_or_none(9)?,
                ended_at: row.instant_or_none(10)?,
                transfers: row.count(11)?,
                noted: row.yes(12)?,
                outcome: Outcome::from_word(&row.text(13)?),
            },
            forgotten: row.yes(14)?,
            queue_at: row.instant_or_none(15)?,
            employee_at: row.instant_or_none(16)?,
            heard: row.count(17)?,
            employee_line: row.text(18)?,
            target_line: row.text(19)?,
            taken_at: row.instant_or_none(20)?,
        })
    }
}

/// Something that was told of a call.
#[derive(Clone, Copy, Debug)]
pub struct CallEventRow<'a> {
    /// What the exchange calls the event.
    pub name: &'a str,
    /// When it was.
    pub at: Timestamp,
    /// What it means; may be nothing.
    pub told: &'a [Told],
    /// What the exchange was asked to do; may be empty.
    pub answer: &'a str,
}

impl Tx<'_> {
    /// The call that an exchange calls so, made when it is not there; nobody else can tell of it
    /// until this transaction ends.
    ///
    /// # Errors
    /// When the database fails.
    pub fn phone_call_named(
        &mut self,
        (exchange, name): (&str, &str),
        number: &str,
        at: Timestamp,
    ) -> Result<PhoneCall, StorageError> {
        let named = [exchange.into(), name.into()];
        if let Some(call) = self.one(&BY_NAME, &named, PhoneCall::read)? {
            return Ok(call);
        }
        self.write(&ADD, &[exchange.into(), name.into(), number.into(), at.into()])?;
        self.one(&BY_NAME, &named, PhoneCall::read)?
            .ok_or_else(|| StorageError::unreadable("no new call"))
    }

    /// A call.
    ///
    /// # Errors
    /// When the database fails.
    pub fn phone_call(&mut self, id: i64) -> Result<Option<PhoneCall>, StorageError> {
        self.one(&ONE, &[id.into()], PhoneCall::read)
    }

    /// The calls from a number that began since a moment, the last first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn phone_calls_from(
        &mut self,
        number: &str,
        since: Timestamp,
        most: u32,
    ) -> Result<Vec<PhoneCall>, StorageError> {
        self.all(&FROM, &[number.into(), since.into(), most.into()], PhoneCall::read)
    }

    /// Forgets who called in a call.
    ///
    /// # Errors
    /// When the database fails.
    pub fn forget_caller(&mut self, call: i64) -> Result<(), StorageError> {
        // First the call: from then on nobody tells anything of it.
        self.write(&FORGET, &[call.into()])?;
        self.write(&FORGET_EVENTS, &[call.into()])?;
        Ok(())
    }

    /// The call that goes on which an employee took last.
    ///
    /// # Errors
    /// When the database fails.
    pub fn phone_call_of_employee(
        &mut self,
        employee: i64,
    ) -> Result<Option<PhoneCall>, StorageError> {
        self.one(&OF_EMPLOYEE, &[employee.into()], PhoneCall::read)
    }

    /// Whether an exchange told of a call that it calls so.
    ///
    /// # Errors
    /// When the database fails.
    pub fn has_phone_call(&mut self, (exchange, name): (&str, &str)) -> Result<bool, StorageError> {
        let known = self.one(&KNOWN, &[exchange.into(), name.into()], |row| row.int(0))?;
        Ok(known.is_some())
    }

    /// The call that goes on whose employee is on this line of an exchange.
    ///
    /// # Errors
    /// When the database fails.
    pub fn phone_call_on_line(
        &mut self,
        (exchange, line): (&str, &str),
    ) -> Result<Option<PhoneCall>, StorageError> {
        self.one(&ON_LINE, &[exchange.into(), line.into()], PhoneCall::read)
    }

    /// The calls that go on, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn phone_calls_going_on(&mut self, most: u32) -> Result<Vec<PhoneCall>, StorageError> {
        self.all(&GOING_ON, &[most.into()], PhoneCall::read)
    }

    /// The calls that began in a stretch of time, in order.
    ///
    /// # Errors
    /// When the database fails.
    pub fn phone_calls_between(
        &mut self,
        (from, to): (Timestamp, Timestamp),
        most: u32,
    ) -> Result<Vec<PhoneCall>, StorageError> {
        self.all(&BETWEEN, &[from.into(), to.into(), most.into()], PhoneCall::read)
    }

    /// Writes down how a call stands.
    ///
    /// # Errors
    /// When the database fails.
    pub fn set_phone_call(&mut self, call: &PhoneCall) -> Result<(), StorageError> {
        let record = &call.record;
        let values = [
            call.id.into(),
            (&call.number).into(),
            (&call.state).into(),
            (&call.queue).into(),
            call.employee.into(),
            record.rang_at.into(),
            record.queued_at.into(),
            record.answered_at.into(),
            record.ended_at.into(),
            record.transfers.into(),
            record.noted.into(),
            record.outcome.map_or("", Outcome::word).into(),
            call.queue_at.into(),
            call.employee_at.into(),
            call.heard.into(),
            (&call.employee_line).into(),
            (&call.target_line).into(),
            call.taken_at.into(),
        ];
        self.write(&SET, &values)?;
        Ok(())
    }

    /// What the exchange was asked to do when it told this event before; nothing when it did not.
    ///
    /// # Errors
    /// When the database fails.
    pub fn call_answer(&mut self, call: i64, event: &str) -> Result<Option<String>, StorageError> {
        self.one(&EVENT, &[call.into(), event.into()], |row| row.text(0))
    }

    /// All that was answered to the events of a call.
    ///
    /// # Errors
    /// When the database fails.
    pub fn call_answers(&mut self, call: i64) -> Result<Vec<String>, StorageError> {
        self.all(&ANSWERS, &[call.into(), EVENTS_MAX.into()], |row| row.text(0))
    }

    /// Writes down an event of a call.
    ///
    /// # Errors
    /// When the database fails, or the event was told before ([`StorageError::is_taken`]).
    pub fn add_call_event(&mut self, call: i64, it: CallEventRow<'_>) -> Result<(), StorageError> {
        let told: Vec<&str> = it.told.iter().map(|told| told.word()).collect();
        let told = told.join(" ");
        let values = [call.into(), it.name.into(), it.at.into(), (&told).into(), it.answer.into()];
        self.write(&ADD_EVENT, &values)?;
        Ok(())
    }

    /// All that was told of a call.
    ///
    /// # Errors
    /// When the database fails.
    pub fn told_of_call(&mut self, call: i64) -> Result<Vec<(Timestamp, Told)>, StorageError> {
        let read = |row: &Row<'_>| Ok((row.instant(0)?, row.text(1)?));
        let rows = self.all(&EVENTS, &[call.into(), EVENTS_MAX.into()], read)?;
        let told = |(at, words): (Timestamp, String)| {
            let told: Vec<_> = words.split(' ').filter_map(Told::from_word).collect();
            told.into_iter().map(move |told| (at, told))
        };
        Ok(rows.into_iter().flat_map(told).collect())
    }

    /// When calls were answered since a moment, by queue.
    ///
    /// # Errors
    /// When the database fails.
    pub fn answers_since(
        &mut self,
        since: Timestamp,
        most: u32,
    ) -> Result<Vec<(String, Timestamp)>, StorageError> {
        let read = |row: &Row<'_>| Ok((row.text(0)?, row.instant(1)?));
        self.all(&ANSWERED, &[since.into(), most.into()], read)
    }

    /// A contact came of a call.
    ///
    /// # Errors
    /// When the database fails.
    pub fn link_call(&mut self, call: i64, contact: i64) -> Result<(), StorageError> {
        self.write(&LINK, &[call.into(), contact.into()])?;
        Ok(())
    }

    /// The contacts that came of a call.
    ///
    /// # Errors
    /// When the database fails.
    pub fn contacts_of_call(&mut self, call: i64) -> Result<Vec<i64>, StorageError> {
        self.all(&CONTACTS, &[call.into(), EVENTS_MAX.into()], |row| row.int(0))
    }

    /// The call a contact came of; the first, when there were more.
    ///
    /// # Errors
    /// When the database fails.
    pub fn call_of_contact(&mut self, contact: i64) -> Result<Option<i64>, StorageError> {
        self.one(&OF_CONTACT, &[contact.into()], |row| row.int(0))
    }

    /// Forgets who called in the calls that were over before a moment, some at a time; says of how
    /// many. What is known of the call itself stays.
    ///
    /// # Errors
    /// When the database fails.
    pub fn forget_callers(&mut self, before: Timestamp, most: u32) -> Result<usize, StorageError> {
        let calls = self.all(&TO_FORGET, &[before.into(), most.into()], |row| row.int(0))?;
        for call in &calls {
            self.forget_caller(*call)?;
        }
        Ok(calls.len())
    }

    /// Contacts with this telephone number, however each was typed, newest first, below the key
    /// `before`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn contacts_of_phone(
        &mut self,
        phone: &str,
        (before, most): (i64, u32),
    ) -> Result<Vec<Contact>, StorageError> {
        let mut found = Vec::new();
        for number in numbers(phone) {
            let values = [(&number).into(), most.into(), before.into()];
            found.extend(self.all(&OF_PHONE, &values, Contact::read)?);
        }
        found.sort_unstable_by_key(|contact| std::cmp::Reverse(contact.id));
        found.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        Ok(found)
    }

    /// Where teams are called, by name.
    ///
    /// # Errors
    /// When the database fails.
    pub fn team_phones(&mut self) -> Result<BTreeMap<String, String>, StorageError> {
        let rows = self.all(&TEAM_PHONES, &[PHONES_MAX.into()], pair)?;
        Ok(rows.into_iter().collect())
    }

    /// Where employees are called, by user name.
    ///
    /// # Errors
    /// When the database fails.
    pub fn employee_phones(&mut self) -> Result<BTreeMap<String, String>, StorageError> {
        let rows = self.all(&EMPLOYEE_PHONES, &[PHONES_MAX.into()], pair)?;
        Ok(rows.into_iter().collect())
    }

    /// Where a team is called.
    ///
    /// # Errors
    /// When the database fails.
    pub fn set_team_phone(&mut self, team: i64, phone: &str) -> Result<(), StorageError> {
        self.write(&SET_TEAM_PHONE, &[team.into(), phone.into()])?;
        Ok(())
    }

    /// Where an employee is called.
    ///
    /// # Errors
    /// When the database fails.
    pub fn set_employee_phone(&mut self, id: i64, phone: &str) -> Result<(), StorageError> {
        self.write(&SET_EMPLOYEE_PHONE, &[id.into(), phone.into()])?;
        Ok(())
    }
}

fn pair(row: &Row<'_>) -> Result<(String, String), StorageError> {
    Ok((row.text(0)?, row.text(1)?))
}

/// A number as the index has it: only digits, without the noughts that stand before a country or
/// an area; a Dutch one with and without its country.
fn numbers(phone: &str) -> Vec<String> {
    let signs = phone.replace("(0)", "");
    let signs: String = signs.chars().filter(|sign| !" -().".contains(*sign)).collect();
    let number = signs.replace('/', "").trim_start_matches(['+', '0']).to_owned();
    let is_dutch = |rest: &str| rest.len() == DUTCH_DIGITS;
    let other = match number.strip_prefix(COUNTRY).filter(|rest| is_dutch(rest)) {
        Some(rest) => Some(rest.to_owned()),
        None => is_dutch(&number).then(|| format!("{COUNTRY}{number}")),
    };
    [Some(number), other].into_iter().flatten().filter(|number| !number.is_empty()).collect()
}
