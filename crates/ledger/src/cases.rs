//! The promises under one norm as cases to judge by the targets of that norm.

use jiff::Timestamp;
use norms::{Due, Duty};
use promises::{Case, How};

use crate::error::StorageError;
use crate::results::Under;
use crate::sql::{Row, Tx, statements};

statements! {
    DUE = "SELECT started_at, settled_at, how, due_at, due_on, not_before, agreed
        FROM promises JOIN contacts ON id = contact
        WHERE due_at > $1 AND due_at <= $2 AND norm = $3 AND duty = $4
        AND received_at >= $5 AND received_at < $6";
    UNDATED = "SELECT started_at, settled_at, how, due_at, due_on, not_before, agreed
        FROM promises JOIN contacts ON id = contact
        WHERE due_at IS NULL AND made_at >= $1 AND made_at < $2 AND norm = $3 AND duty = $4
        AND received_at >= $5 AND received_at < $6";
}

impl Tx<'_> {
    /// The promises of a duty under a norm that were due in `[from, until)`, and those without a
    /// date that were made then.
    ///
    /// # Errors
    /// When the database fails.
    pub fn cases(
        &mut self,
        (norm, duty): (&str, Duty),
        (from, until): (Timestamp, Timestamp),
        under: Under<'_>,
    ) -> Result<Vec<Case>, StorageError> {
        let duty = duty.word();
        let (first, next) = under.received.unwrap_or((Timestamp::MIN, Timestamp::MAX));
        let values =
            [from.into(), until.into(), norm.into(), (&duty).into(), first.into(), next.into()];
        let mut cases = self.all(&DUE, &values, read_case)?;
        cases.extend(self.all(&UNDATED, &values, read_case)?);
        Ok(cases)
    }
}

fn read_case(row: &Row<'_>) -> Result<Case, StorageError> {
    let how = match row.instant_or_none(1)? {
        Some(at) => Some((at, row.word(2, How::from_word)?)),
        None => None,
    };
    let due_on = row.text(4)?;
    let due = Due {
        at: row.instant_or_none(3)?,
        on: (!due_on.is_empty())
            .then(|| due_on.parse().map_err(|_| StorageError::unreadable("a day")))
            .transpose()?,
        not_before: row.instant_or_none(5)?,
        agreed: row.yes(6)?,
        ..Due::default()
    };
    let released = matches!(how, Some((_, How::Released)));
    Ok(Case {
        start: row.instant(0)?,
        // A date that was moved was not kept: nothing was done by then.
        end: how.and_then(|(at, how)| (how == How::Done).then_some(at)),
        times: 0,
        due: Some(due),
        excuse: released.then(|| How::Released.word().to_owned()),
    })
}
