//! Teams and their members, and colleagues who are mentioned in notes.

use jiff::Timestamp;

use crate::error::StorageError;
use crate::sql::{Tx, statements};

statements! {
    ADD = "INSERT INTO teams (name, made_at) VALUES ($1, $2)" => id;
    RENAME = "UPDATE teams SET name = $2 WHERE id = $1";
    ASK = "UPDATE teams SET questions = $2 WHERE id = $1";
    ALL = "SELECT id, name, questions FROM teams ORDER BY name, id LIMIT $1";
    ONE = "SELECT name FROM teams WHERE id = $1";
    MEMBERS = "SELECT employee FROM team_members WHERE team = $1 ORDER BY employee LIMIT $2";
    TEAMS_OF = "SELECT team FROM team_members WHERE employee = $1 ORDER BY team LIMIT $2";
    JOIN = "INSERT INTO team_members (employee, team) VALUES ($1, $2)
        ON CONFLICT (employee, team) DO NOTHING";
    EMPTY = "DELETE FROM team_members WHERE team = $1";
    MENTION = "INSERT INTO mentions (employee, contact, at, author) VALUES ($1, $2, $3, $4)
        ON CONFLICT (employee, contact) DO UPDATE SET at = excluded.at, author = excluded.author";
    SEEN = "DELETE FROM mentions WHERE employee = $1 AND contact = $2 AND at <= $3";
    MENTIONED = "SELECT at, contact FROM mentions
        WHERE employee = $1 AND (at, contact) < ($2, $3) ORDER BY at DESC, contact DESC LIMIT $4";
    MENTIONED_BY = "SELECT author, at FROM mentions WHERE employee = $1 AND contact = $2";
    COUNT = "SELECT COUNT(*) FROM (SELECT 1 FROM mentions WHERE employee = $1 LIMIT $2)
        AS counted";
}

/// The most teams, and members of one, that are read.
const LIST_MAX: u32 = 500;

/// Employees who do work together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// The key.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// What it wants asked before a resident is called back, a question a line.
    pub questions: String,
}

impl Tx<'_> {
    /// Makes a team; says its key.
    ///
    /// # Errors
    /// When the name is taken ([`StorageError::is_taken`]) or the database fails.
    pub fn add_team(&mut self, name: &str, now: Timestamp) -> Result<i64, StorageError> {
        self.add(&ADD, &[name.into(), now.into()])
    }

    /// Gives a team another name.
    ///
    /// # Errors
    /// When the name is taken ([`StorageError::is_taken`]) or the database fails.
    pub fn rename_team(&mut self, team: i64, name: &str) -> Result<(), StorageError> {
        self.write(&RENAME, &[team.into(), name.into()])?;
        Ok(())
    }

    /// What a team wants asked, a question a line.
    ///
    /// # Errors
    /// When the database fails.
    pub fn set_questions(&mut self, team: i64, questions: &str) -> Result<(), StorageError> {
        self.write(&ASK, &[team.into(), questions.into()])?;
        Ok(())
    }

    /// Every team, by name.
    ///
    /// # Errors
    /// When the database fails.
    pub fn teams(&mut self) -> Result<Vec<Team>, StorageError> {
        self.all(&ALL, &[LIST_MAX.into()], |row| {
            Ok(Team { id: row.int(0)?, name: row.text(1)?, questions: row.text(2)? })
        })
    }

    /// The name of a team, when there is one with this key.
    ///
    /// # Errors
    /// When the database fails.
    pub fn team_name(&mut self, team: i64) -> Result<Option<String>, StorageError> {
        self.one(&ONE, &[team.into()], |row| row.text(0))
    }

    /// Who is in a team.
    ///
    /// # Errors
    /// When the database fails.
    pub fn members(&mut self, team: i64) -> Result<Vec<i64>, StorageError> {
        self.all(&MEMBERS, &[team.into(), LIST_MAX.into()], |row| row.int(0))
    }

    /// Which teams an employee is in.
    ///
    /// # Errors
    /// When the database fails.
    pub fn teams_of(&mut self, employee: i64) -> Result<Vec<i64>, StorageError> {
        self.all(&TEAMS_OF, &[employee.into(), LIST_MAX.into()], |row| row.int(0))
    }

    /// Puts these employees in a team, and nobody else.
    ///
    /// # Errors
    /// When the database fails.
    pub fn set_members(&mut self, team: i64, members: &[i64]) -> Result<(), StorageError> {
        self.write(&EMPTY, &[team.into()])?;
        for member in members {
            self.write(&JOIN, &[(*member).into(), team.into()])?;
        }
        Ok(())
    }

    /// A colleague should look at a contact.
    ///
    /// # Errors
    /// When the database fails.
    pub fn mention(
        &mut self,
        (employee, contact): (i64, i64),
        now: Timestamp,
        author: i64,
    ) -> Result<(), StorageError> {
        self.write(&MENTION, &[employee.into(), contact.into(), now.into(), author.into()])?;
        Ok(())
    }

    /// An employee has looked at what was mentioned up to a moment.
    ///
    /// # Errors
    /// When the database fails.
    pub fn mention_seen(
        &mut self,
        (employee, contact): (i64, i64),
        upto: Timestamp,
    ) -> Result<(), StorageError> {
        self.write(&SEEN, &[employee.into(), contact.into(), upto.into()])?;
        Ok(())
    }

    /// What an employee should look at, the newest first, below a place: when in microseconds, and
    /// the contact.
    ///
    /// # Errors
    /// When the database fails.
    pub fn mentioned(
        &mut self,
        employee: i64,
        before: (i64, i64),
        most: u32,
    ) -> Result<Vec<(i64, i64)>, StorageError> {
        let values = [employee.into(), before.0.into(), before.1.into(), most.into()];
        self.all(&MENTIONED, &values, |row| Ok((row.int(0)?, row.int(1)?)))
    }

    /// Who mentioned an employee in a contact that they have not looked at since, and when.
    ///
    /// # Errors
    /// When the database fails.
    pub fn mentioned_by(
        &mut self,
        employee: i64,
        contact: i64,
    ) -> Result<Option<(i64, Timestamp)>, StorageError> {
        let values = [employee.into(), contact.into()];
        self.one(&MENTIONED_BY, &values, |row| Ok((row.int(0)?, row.instant(1)?)))
    }

    /// How much an employee should look at, counting no further than `most`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn count_mentions(&mut self, employee: i64, most: u32) -> Result<u32, StorageError> {
        let count = self.one(&COUNT, &[employee.into(), most.into()], |row| row.count(0))?;
        Ok(count.unwrap_or(0))
    }
}
