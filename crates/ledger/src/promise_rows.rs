//! Promises as rows of their contact.

use norms::{Due, Duty};
use promises::{How, Promise, Settlement};
use serde::de::DeserializeOwned;

use crate::error::StorageError;
use crate::sql::{Row, Tx, Value, statements};

statements! {
    ADD = "INSERT INTO promises (contact, nr, norm, duty, made_at, due_at, due_on, skipped,
        breach_noticed, settled_at, how, started_at, not_before, odd_days, agreed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
        $15)";
    CHANGE = "UPDATE promises SET breach_noticed = $3, settled_at = $4, how = $5
        WHERE contact = $1 AND nr = $2";
    REDATE = "UPDATE promises SET due_at = $3, due_on = $4, skipped = $5,
        not_before = $6, odd_days = $7, agreed = $8 WHERE contact = $1 AND nr = $2";
    OF_CONTACT = "SELECT nr, norm, duty, made_at, due_at, due_on, skipped, breach_noticed,
        settled_at, how, started_at, not_before, odd_days, agreed
        FROM promises WHERE contact = $1 ORDER BY nr";
}

impl Tx<'_> {
    /// The promises to a contact, by number.
    ///
    /// # Errors
    /// When the database fails.
    pub fn promises(&mut self, contact: i64) -> Result<Vec<Promise>, StorageError> {
        self.all(&OF_CONTACT, &[contact.into()], read_promise)
    }

    pub(crate) fn add_promise(
        &mut self,
        contact: i64,
        promise: &Promise,
    ) -> Result<(), StorageError> {
        let Reasons { due_on, skipped, odd_days } = Reasons::of(&promise.due);
        let (settled_at, how) = ending(promise);
        let duty = promise.duty.word();
        let values = [
            contact.into(),
            promise.nr.into(),
            (&promise.norm).into(),
            (&duty).into(),
            promise.made_at.into(),
            promise.due.at.into(),
            (&due_on).into(),
            (&skipped).into(),
            promise.breach_noticed.into(),
            settled_at,
            how,
            promise.started_at.into(),
            promise.due.not_before.into(),
            (&odd_days).into(),
            promise.due.agreed.into(),
        ];
        self.write(&ADD, &values)?;
        Ok(())
    }

    pub(crate) fn change_promise(
        &mut self,
        contact: i64,
        before: &Promise,
        after: &Promise,
    ) -> Result<(), StorageError> {
        if before.due != after.due {
            let Reasons { due_on, skipped, odd_days } = Reasons::of(&after.due);
            let values = [
                contact.into(),
                after.nr.into(),
                after.due.at.into(),
                (&due_on).into(),
                (&skipped).into(),
                after.due.not_before.into(),
                (&odd_days).into(),
                after.due.agreed.into(),
            ];
            self.write(&REDATE, &values)?;
        }
        let (settled_at, how) = ending(after);
        let noticed = after.breach_noticed.into();
        self.write(&CHANGE, &[contact.into(), after.nr.into(), noticed, settled_at, how])?;
        Ok(())
    }
}

fn ending(promise: &Promise) -> (Value<'static>, Value<'static>) {
    match promise.settled {
        Some(Settlement { at, how }) => (at.into(), how.word().into()),
        None => (Value::Null, "".into()),
    }
}

/// The day of a deadline and why it is that day, as they are stored.
struct Reasons {
    due_on: String,
    skipped: String,
    odd_days: String,
}

impl Reasons {
    fn of(due: &Due) -> Reasons {
        Reasons {
            due_on: due.on.map(|on| on.to_string()).unwrap_or_default(),
            skipped: serde_json::to_string(&due.skipped).expect("days are plain data"),
            odd_days: serde_json::to_string(&due.odd_days).expect("days are plain data"),
        }
    }
}

pub(crate) fn read_promise(row: &Row<'_>) -> Result<Promise, StorageError> {
    let due_on = row.text(5)?;
    let on = match due_on.as_str() {
        "" => None,
        day => Some(day.parse().map_err(|_| StorageError::unreadable("a day"))?),
    };
    let due = Due {
        at: row.instant_or_none(4)?,
        on,
        not_before: row.instant_or_none(11)?,
        skipped: json(&row.text(6)?, "the reasons of a date")?,
        agreed: row.yes(13)?,
        odd_days: json(&row.text(12)?, "the reasons of a date")?,
    };
    let settled = match row.instant_or_none(8)? {
        Some(at) => Some(Settlement { at, how: row.word(9, How::from_word)? }),
        None => None,
    };
    Ok(Promise {
        nr: row.count(0)?,
        norm: row.text(1)?,
        duty: row.word(2, Duty::from_word)?,
        made_at: row.instant(3)?,
        started_at: row.instant(10)?,
        due,
        settled,
        breach_noticed: row.yes(7)?,
    })
}

/// Reads a column that holds plain data.
pub(crate) fn json<T: DeserializeOwned>(text: &str, what: &'static str) -> Result<T, StorageError> {
    serde_json::from_str(text).map_err(|_| StorageError::unreadable(what))
}
