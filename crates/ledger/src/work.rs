//! The work list: open contacts, the deadline that comes first at the top.

use jiff::Timestamp;
use norms::{Channel, Class, Duty, Kind};
use promises::Situation;

use crate::error::StorageError;
use crate::sql::{Row, Sql, Tx, Value, statements};
use crate::tags::names;

/// Where a promise without a limit stands in the list: after every dated one.
const NO_DATE: i64 = i64::MAX;

/// A page of the list, narrowed by what comes first in the condition.
macro_rules! lines {
    ($condition:literal) => {
        concat!(
            "SELECT w.contact, w.due_at, w.promise, w.duty, w.employee, e.name, c.channel, c.kind,
            c.class, c.name, c.email, c.subject, c.received_at, p.norm, p.due_on, p.skipped,
            w.team, t.name, COALESCE((SELECT string_agg(g.name, ';')
            FROM contact_tags a JOIN tags g ON g.id = a.tag WHERE a.contact = w.contact), '')
            FROM work w JOIN contacts c ON c.id = w.contact
            JOIN promises p ON p.contact = w.contact AND p.nr = w.promise
            LEFT JOIN employees e ON e.id = w.employee LEFT JOIN teams t ON t.id = w.team
            WHERE ",
            $condition,
            "(w.due_at, w.contact) > ($1, $2) AND w.due_at <= $3 AND w.asleep_until <= $5
            AND ($6 = '' OR w.channel = $6) AND ($7 = '' OR w.kind = $7)
            AND (CAST($8 AS BIGINT) = 0 OR EXISTS (SELECT 1 FROM contact_tags f
            WHERE f.contact = w.contact AND f.tag = $8))
            ORDER BY w.due_at, w.contact LIMIT $4"
        )
    };
}

/// How long the list is, counted up to a bound.
macro_rules! count {
    ($condition:literal) => {
        concat!(
            "SELECT COUNT(*) FROM (SELECT 1 FROM work WHERE ",
            $condition,
            "due_at > $1 AND due_at <= $2 AND asleep_until <= $4 LIMIT $3) AS counted"
        )
    };
}

statements! {
    PUT = "INSERT INTO work (contact, due_at, promise, duty, employee, channel, kind, to_call, team)
        VALUES ($1, $2, $3, $4, NULL, $5, $6, $7,
        (SELECT team FROM contact_teams WHERE contact = $1))
        ON CONFLICT (contact) DO UPDATE SET due_at = excluded.due_at,
        promise = excluded.promise, duty = excluded.duty, to_call = excluded.to_call,
        reminded = CASE WHEN work.due_at = excluded.due_at THEN work.reminded ELSE 0 END";
    OF_EMPLOYEE = "SELECT contact FROM work WHERE employee = $1 ORDER BY due_at, contact LIMIT $2";
    TAKE_OFF = "DELETE FROM work WHERE contact = $1";
    ASSIGN = "UPDATE work SET employee = $2 WHERE contact = $1";
    GIVE_TEAM = "UPDATE work SET team = $2, employee = NULL WHERE contact = $1";
    LET_GO = "UPDATE work SET team = NULL, employee = NULL WHERE contact = $1";
    OF_TEAM = "INSERT INTO contact_teams (contact, team) VALUES ($1, $2)
        ON CONFLICT (contact) DO UPDATE SET team = excluded.team";
    OF_NO_TEAM = "DELETE FROM contact_teams WHERE contact = $1";
    ASSIGNED = "SELECT w.employee, w.team, t.name FROM work w LEFT JOIN teams t ON t.id = w.team
        WHERE w.contact = $1";
    ALL = lines!("");
    MINE = lines!("w.employee = $9 AND ");
    TEAM = lines!("w.team = $9 AND ");
    UNASSIGNED = lines!("w.employee IS NULL AND w.team IS NULL AND ");
    TOLD = lines!("w.duty = 'keep-date' AND ");
    ASKED = lines!("w.asked = 1 AND ");
    ASLEEP = lines!("w.asleep_until > 0 AND w.asleep_until > $9 AND ");
    TO_CALL = lines!("w.to_call = 1 AND ");
    COUNT_ALL = count!("");
    COUNT_MINE = count!("employee = $5 AND ");
    COUNT_TEAM = count!("team = $5 AND ");
    COUNT_UNASSIGNED = count!("employee IS NULL AND team IS NULL AND ");
    COUNT_TOLD = count!("duty = 'keep-date' AND ");
    COUNT_ASKED = count!("asked = 1 AND ");
    COUNT_TO_CALL = count!("to_call = 1 AND ");
    COUNT_ASLEEP = count!("asleep_until > 0 AND asleep_until > $5 AND ");
    OF_CLASS = "SELECT id, channel, kind, class, received_at, name, email, subject,
        CASE WHEN erased_at IS NULL THEN CAST(0 AS BIGINT) ELSE 1 END FROM contacts
        WHERE class = $1 AND class <> 'message' AND id < $2 ORDER BY id DESC LIMIT $3";
    COUNT_CLASS = "SELECT COUNT(*) FROM (SELECT 1 FROM contacts WHERE class = $1
        AND class <> 'message' LIMIT $2) AS counted";
    OPEN = "SELECT contact FROM work WHERE contact > $1 ORDER BY contact LIMIT $2";
    TO_WATCH = "SELECT contact FROM promises WHERE settled_at IS NULL AND breach_noticed = 0
        AND due_at <= $1 ORDER BY due_at LIMIT $2";
}

/// Which part of the work list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Everybody's.
    All,
    /// Of one employee.
    Of(i64),
    /// Of one team, whoever in it has it.
    Team(i64),
    /// Neither an employee nor a team looks after it yet.
    Nobody,
    /// A date was told; the resident waits for it.
    DateTold,
    /// The resident was asked something; we wait for them.
    Asked,
    /// Calling is the way to reach the resident.
    ToCall,
    /// Left alone past this moment.
    Asleep(Timestamp),
}

/// What of the list is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sift {
    /// Whose.
    pub whose: Whose,
    /// What sleeps past this moment is left out; nothing is, without one.
    pub awake_at: Option<Timestamp>,
    /// Only what came in this way.
    pub channel: Option<Channel>,
    /// Only what is about this.
    pub kind: Option<Kind>,
    /// Only what has this tag.
    pub tag: Option<i64>,
}

impl Sift {
    /// All of it, sleeping or not.
    #[must_use]
    pub fn all(whose: Whose) -> Sift {
        Sift { whose, awake_at: None, channel: None, kind: None, tag: None }
    }

    fn awake(&self) -> i64 {
        self.awake_at.map_or(i64::MAX, Timestamp::as_microsecond)
    }
}

/// Who looks after an open contact.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InHands {
    /// The employee.
    pub employee: Option<i64>,
    /// The team: key and name.
    pub team: Option<(i64, String)>,
}

/// A line of the work list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The contact.
    pub contact: i64,
    /// The first instant that is too late; nothing when the norm sets no limit.
    pub due_at: Option<Timestamp>,
    /// What is owed.
    pub duty: Duty,
    /// Who looks after it: key and name.
    pub employee: Option<(i64, String)>,
    /// The name of the team that looks after it.
    pub team: Option<String>,
    /// How it came in.
    pub channel: Channel,
    /// What it is about.
    pub kind: Kind,
    /// What its message is.
    pub class: Class,
    /// Name of the resident.
    pub name: String,
    /// Address of the resident.
    pub email: String,
    /// Its subject.
    pub subject: String,
    /// When it came in.
    pub received_at: Timestamp,
    /// The norm the promise falls under.
    pub norm: String,
    /// The last day in time.
    pub due_on: String,
    /// Why that day, as JSON.
    pub skipped: String,
    /// The names of its tags, in order.
    pub tags: Vec<String>,
}

impl Line {
    fn read(row: &Row<'_>) -> Result<Line, StorageError> {
        let due_at = row.int(1)?;
        let employee = match row.int_or_none(4)? {
            Some(id) => Some((id, row.text(5)?)),
            None => None,
        };
        Ok(Line {
            contact: row.int(0)?,
            due_at: if due_at == NO_DATE { None } else { Some(row.instant(1)?) },
            duty: row.word(3, Duty::from_word)?,
            employee,
            channel: row.word(6, Channel::from_word)?,
            kind: row.word(7, Kind::from_word)?,
            class: row.word(8, Class::from_word)?,
            name: row.text(9)?,
            email: row.text(10)?,
            subject: row.text(11)?,
            received_at: row.instant(12)?,
            norm: row.text(13)?,
            due_on: row.text(14)?,
            skipped: row.text(15)?,
            team: row.int_or_none(16)?.map(|_| row.text(17)).transpose()?,
            tags: names(&row.text(18)?),
        })
    }

    /// The place of this line, for asking the lines after it.
    #[must_use]
    pub fn place(&self) -> (i64, i64) {
        (self.due_at.map_or(NO_DATE, Timestamp::as_microsecond), self.contact)
    }
}

/// A contact that nobody has to answer: for information, robots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quiet {
    /// The contact.
    pub contact: i64,
    /// How it came in.
    pub channel: Channel,
    /// What it is about.
    pub kind: Kind,
    /// What its message is.
    pub class: Class,
    /// When it came in.
    pub received_at: Timestamp,
    /// Name of the sender.
    pub name: String,
    /// Address of the sender.
    pub email: String,
    /// Its subject.
    pub subject: String,
    /// Whether everything personal was removed.
    pub erased: bool,
}

impl Tx<'_> {
    pub(crate) fn place_in_work_list(
        &mut self,
        contact: i64,
        before: &Situation,
        after: &Situation,
    ) -> Result<(), StorageError> {
        let place = |it: &Situation| {
            it.next().map(|next| {
                let due = next.due.at.map_or(NO_DATE, Timestamp::as_microsecond);
                (due, next.nr, next.duty)
            })
        };
        let is_new = before.promises.is_empty();
        match (place(before).filter(|_| !is_new), place(after)) {
            (old, new) if old == new => Ok(()),
            (_, Some((due, nr, duty))) => {
                let duty = duty.word();
                let values = [
                    contact.into(),
                    due.into(),
                    nr.into(),
                    (&duty).into(),
                    after.channel.word().into(),
                    after.kind.word().into(),
                    after.is_to_call().into(),
                ];
                self.write(&PUT, &values)?;
                Ok(())
            }
            (_, None) => {
                self.write(&TAKE_OFF, &[contact.into()])?;
                Ok(())
            }
        }
    }

    /// Contacts on the work list, from after this one on, by key.
    ///
    /// # Errors
    /// When the database fails.
    pub fn open_contacts(&mut self, after: i64, most: u32) -> Result<Vec<i64>, StorageError> {
        self.all(&OPEN, &[after.into(), most.into()], |row| row.int(0))
    }

    /// Puts an open contact in the hands of an employee; in nobody's, and no team's, without one.
    ///
    /// # Errors
    /// When the database fails.
    pub fn assign(&mut self, contact: i64, to: Option<i64>) -> Result<(), StorageError> {
        if to.is_none() {
            self.write(&LET_GO, &[contact.into()])?;
            self.write(&OF_NO_TEAM, &[contact.into()])?;
            return Ok(());
        }
        self.write(&ASSIGN, &[contact.into(), to.into()])?;
        Ok(())
    }

    /// Puts an open contact in the hands of a team, and of nobody in it yet.
    ///
    /// # Errors
    /// When the database fails.
    pub fn give_team(&mut self, contact: i64, team: i64) -> Result<(), StorageError> {
        self.write(&GIVE_TEAM, &[contact.into(), team.into()])?;
        self.write(&OF_TEAM, &[contact.into(), team.into()])?;
        Ok(())
    }

    /// Who looks after an open contact.
    ///
    /// # Errors
    /// When the database fails.
    pub fn in_hands_of(&mut self, contact: i64) -> Result<InHands, StorageError> {
        let found = self.one(&ASSIGNED, &[contact.into()], |row| {
            let team = row.int_or_none(1)?;
            let name = team.map(|_| row.text(2)).transpose()?;
            Ok(InHands { employee: row.int_or_none(0)?, team: team.zip(name) })
        })?;
        Ok(found.unwrap_or_default())
    }

    /// The lines after a place, due before `until` (always, when absent), at most `most`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn work(
        &mut self,
        sift: &Sift,
        after: (i64, i64),
        until: Option<Timestamp>,
        most: u32,
    ) -> Result<Vec<Line>, StorageError> {
        let until = until.map_or(NO_DATE, Timestamp::as_microsecond);
        let channel = sift.channel.map_or("", Channel::word);
        let kind = sift.kind.map_or("", Kind::word);
        let mut values: Vec<Value<'_>> = vec![
            after.0.into(),
            after.1.into(),
            until.into(),
            most.into(),
            sift.awake().into(),
            channel.into(),
            kind.into(),
            sift.tag.unwrap_or_default().into(),
        ];
        let sql = match sift.whose {
            Whose::All => &ALL,
            Whose::Nobody => &UNASSIGNED,
            Whose::DateTold => &TOLD,
            Whose::Asked => &ASKED,
            Whose::ToCall => &TO_CALL,
            Whose::Of(employee) => {
                values.push(employee.into());
                &MINE
            }
            Whose::Team(team) => {
                values.push(team.into());
                &TEAM
            }
            Whose::Asleep(now) => {
                values.push(now.into());
                &ASLEEP
            }
        };
        self.all(sql, &values, Line::read)
    }

    /// The open contacts in the hands of an employee, the nearest deadline first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn work_of(&mut self, employee: i64, most: u32) -> Result<Vec<i64>, StorageError> {
        self.all(&OF_EMPLOYEE, &[employee.into(), most.into()], |row| row.int(0))
    }

    /// How many lines there are, counting no further than `most`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn count_work(
        &mut self,
        sift: &Sift,
        after: Option<Timestamp>,
        until: Option<Timestamp>,
        most: u32,
    ) -> Result<u32, StorageError> {
        let after = after.map_or(i64::MIN, Timestamp::as_microsecond);
        let until = until.map_or(NO_DATE, Timestamp::as_microsecond);
        let mut values: Vec<Value<'_>> =
            vec![after.into(), until.into(), most.into(), sift.awake().into()];
        let sql: &Sql = match sift.whose {
            Whose::All => &COUNT_ALL,
            Whose::Nobody => &COUNT_UNASSIGNED,
            Whose::DateTold => &COUNT_TOLD,
            Whose::Asked => &COUNT_ASKED,
            Whose::ToCall => &COUNT_TO_CALL,
            Whose::Of(employee) => {
                values.push(employee.into());
                &COUNT_MINE
            }
            Whose::Team(team) => {
                values.push(team.into());
                &COUNT_TEAM
            }
            Whose::Asleep(now) => {
                values.push(now.into());
                &COUNT_ASLEEP
            }
        };
        Ok(self.one(sql, &values, |row| row.count(0))?.unwrap_or(0))
    }

    /// Contacts of a class that creates no work, newest first, with a key below `before`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn quiet(
        &mut self,
        class: Class,
        before: i64,
        most: u32,
    ) -> Result<Vec<Quiet>, StorageError> {
        self.all(&OF_CLASS, &[class.word().into(), before.into(), most.into()], |row| {
            Ok(Quiet {
                contact: row.int(0)?,
                channel: row.word(1, Channel::from_word)?,
                kind: row.word(2, Kind::from_word)?,
                class: row.word(3, Class::from_word)?,
                received_at: row.instant(4)?,
                name: row.text(5)?,
                email: row.text(6)?,
                subject: row.text(7)?,
                erased: row.yes(8)?,
            })
        })
    }

    /// How many contacts are of a class that creates no work, counting no further than `most`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn count_class(&mut self, class: Class, most: u32) -> Result<u32, StorageError> {
        let count = |row: &Row<'_>| row.count(0);
        Ok(self.one(&COUNT_CLASS, &[class.word().into(), most.into()], count)?.unwrap_or(0))
    }

    /// Contacts with a promise that passed its time unnoticed, at most `most`, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn to_watch(&mut self, now: Timestamp, most: u32) -> Result<Vec<i64>, StorageError> {
        let mut contacts = self.all(&TO_WATCH, &[now.into(), most.into()], |row| row.int(0))?;
        contacts.sort_unstable();
        contacts.dedup();
        Ok(contacts)
    }
}
