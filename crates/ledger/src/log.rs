//! The log that an auditor reads: what employees, programs and who keeps the machine did, the
//! newest first.

use jiff::Timestamp;
use promises::Fact;

use crate::error::StorageError;
use crate::sql::{Row, Tx, Value, statements};

/// What nobody here did, and somebody did all the same: a program, or who keeps the machine. In the
/// words of the index `facts_of_nobody`.
macro_rules! of_nobody {
    () => {
        "f.actor IS NULL AND (f.kind = 'supplied' OR f.kind = 'seen' OR f.kind = 'list-exported'
           OR f.kind = 'account-changed' OR f.kind = 'token-made' OR f.kind = 'token-ended'
           OR f.kind = 'webhook-changed')"
    };
}

/// What somebody did, whoever it was.
macro_rules! deed {
    () => {
        concat!("(f.actor IS NOT NULL OR ", of_nobody!(), ")")
    };
}

/// Lines of somebody, of a sort by the word of a [`Sort`]; of every sort by "".
macro_rules! log {
    ($($whose:expr),+) => {
        concat!(
            "SELECT f.id, f.at, f.contact, c.received_at, f.actor, f.data FROM facts f
             LEFT JOIN contacts c ON c.id = f.contact
             WHERE ",
            $($whose,)+
            " AND f.id > $1 AND f.id < $2 AND (CAST($3 AS TEXT) = ''
               OR CASE WHEN f.kind IN ('seen', 'searched') THEN 'seen'
                       WHEN f.kind = 'list-exported' THEN 'exported'
                       WHEN f.kind IN ('signed-in', 'account-changed', 'token-made', 'token-ended',
                         'webhook-changed') THEN 'accounts'
                       ELSE 'changed' END = CAST($3 AS TEXT))
             ORDER BY f.id DESC LIMIT $4"
        )
    };
}

statements! {
    SAW = "SELECT id FROM facts WHERE contact = $1 AND kind = 'seen' AND COALESCE(actor, 0) = $2
        AND at > $3 AND data = $4 LIMIT 1";
    TOOK = "SELECT id FROM facts WHERE contact IS NULL AND id >= $1 AND kind = 'list-exported'
        AND COALESCE(actor, 0) = $2 AND data = $3 LIMIT 1";
    LOG = log!(deed!());
    LOG_OF_HOUSE = log!("f.contact IS NULL AND ", deed!());
    LOG_OF_CONTACT = log!("f.contact = $5 AND ", deed!());
    LOG_BY_NOBODY = log!(of_nobody!());
    LOG_OF_CONTACT_BY_NOBODY = log!("f.contact = $5 AND ", of_nobody!());
    LOG_BY_EMPLOYEE = log!("f.actor = $5");
    LOG_OF_CONTACT_BY_EMPLOYEE = log!("f.contact = $5 AND f.actor = $6");
    WHEN = "SELECT at FROM facts WHERE id = $1";
}

/// A sort of deed in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Something was looked at or for.
    Seen,
    /// Something was changed or written.
    Changed,
    /// A list was taken out.
    Exported,
    /// Somebody came in, or accounts changed.
    Accounts,
}

impl Sort {
    /// Every sort.
    pub const ALL: [Sort; 4] = [Sort::Seen, Sort::Changed, Sort::Exported, Sort::Accounts];

    /// Whether all of it is about the house itself, and none of it about a contact.
    fn is_of_house(self) -> bool {
        matches!(self, Sort::Exported | Sort::Accounts)
    }

    /// The stable word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Sort::Seen => "seen",
            Sort::Changed => "changed",
            Sort::Exported => "exported",
            Sort::Accounts => "accounts",
        }
    }
}

/// Who did what is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// This employee.
    Employee(i64),
    /// No employee: a program, or who keeps the machine.
    Nobody,
}

/// What of the log is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Of whom.
    pub by: Option<By>,
    /// About this contact.
    pub contact: Option<i64>,
    /// Of this sort.
    pub sort: Option<Sort>,
    /// After this place in the chain.
    pub after: i64,
    /// Before this place in the chain.
    pub before: i64,
}

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// Its place in the chain.
    pub id: i64,
    /// When it was done.
    pub at: Timestamp,
    /// The contact it is about, and when that was received.
    pub contact: Option<(i64, Timestamp)>,
    /// The employee who did it, when it was one.
    pub actor: Option<i64>,
    /// The fact as JSON.
    pub data: String,
}

impl Logged {
    fn read(row: &Row<'_>) -> Result<Logged, StorageError> {
        Ok(Logged {
            id: row.int(0)?,
            at: row.instant(1)?,
            contact: row.int_or_none(2)?.zip(row.instant_or_none(3)?),
            actor: row.int_or_none(4)?,
            data: row.text(5)?,
        })
    }
}

impl Tx<'_> {
    /// Whether an employee, or a program, saw this of a contact after a moment.
    ///
    /// # Errors
    /// When the database fails.
    ///
    /// # Panics
    /// Never: a fact is plain data, which always has a form in JSON.
    pub fn saw(
        &mut self,
        contact: i64,
        employee: Option<i64>,
        seen: &Fact,
        after: Timestamp,
    ) -> Result<bool, StorageError> {
        let seen = serde_json::to_string(seen).expect("facts are plain data");
        let employee = employee.unwrap_or_default();
        let values = [contact.into(), employee.into(), after.into(), (&seen).into()];
        Ok(self.one(&SAW, &values, |row| row.int(0))?.is_some())
    }

    /// Whether an employee, or a program, took this list at or after a place in the chain.
    ///
    /// # Errors
    /// When the database fails.
    ///
    /// # Panics
    /// Never: a fact is plain data, which always has a form in JSON.
    pub fn took(
        &mut self,
        employee: Option<i64>,
        taken: &Fact,
        from: i64,
    ) -> Result<bool, StorageError> {
        let taken = serde_json::to_string(taken).expect("facts are plain data");
        let values = [from.into(), employee.unwrap_or_default().into(), (&taken).into()];
        Ok(self.one(&TOOK, &values, |row| row.int(0))?.is_some())
    }

    /// Lines of the log, the newest first, at most so many.
    ///
    /// # Errors
    /// When the database fails.
    pub fn log(&mut self, asked: &Asked, at_most: u32) -> Result<Vec<Logged>, StorageError> {
        let sort = asked.sort.map_or("", Sort::word);
        let mut values =
            vec![asked.after.into(), asked.before.into(), sort.into(), i64::from(at_most).into()];
        values.extend(asked.contact.map(Value::Int));
        let is_of_house = asked.sort.is_some_and(Sort::is_of_house);
        let sql = match (asked.by, asked.contact) {
            (None, None) if is_of_house => &LOG_OF_HOUSE,
            (None, None) => &LOG,
            (None, Some(_)) => &LOG_OF_CONTACT,
            (Some(By::Nobody), None) => &LOG_BY_NOBODY,
            (Some(By::Nobody), Some(_)) => &LOG_OF_CONTACT_BY_NOBODY,
            (Some(By::Employee(_)), None) => &LOG_BY_EMPLOYEE,
            (Some(By::Employee(_)), Some(_)) => &LOG_OF_CONTACT_BY_EMPLOYEE,
        };
        if let Some(By::Employee(employee)) = asked.by {
            values.push(Value::Int(employee));
        }
        self.all(sql, &values, Logged::read)
    }

    /// The place in the chain of the first fact at or after a moment; one behind the last when
    /// there is none. Facts stand in the order of time, so it is found by halving.
    ///
    /// # Errors
    /// When the database fails.
    pub fn first_fact_from(&mut self, at: Timestamp) -> Result<i64, StorageError> {
        let last = self.last_fact()?;
        let (mut low, mut high) = (1, last + 1);
        while low < high {
            let middle = low + (high - low) / 2;
            let then = self.one(&WHEN, &[middle.into()], |row| row.instant(0))?;
            if then.is_some_and(|then| then >= at) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        Ok(low)
    }
}
