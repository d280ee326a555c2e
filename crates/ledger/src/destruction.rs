//! Lists of what is destroyed: what is past its term, what is kept longer, and how far a list is.

use jiff::Timestamp;
use jiff::civil::Date;
use norms::Kind;

use crate::chain::Chained;
use crate::error::StorageError;
use crate::sql::{Row, Tx, statements};

statements! {
    PAST = "SELECT c.id, c.received_at FROM contacts c
        WHERE c.kind = $1 AND c.closed_at IS NOT NULL AND c.closed_at < $2 AND c.erased_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM kept_longer k WHERE k.contact = c.id AND k.until >= $3)
        AND NOT EXISTS (SELECT 1 FROM promises p WHERE p.contact = c.id AND p.settled_at IS NULL)
        AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.contact = c.id)
        ORDER BY c.closed_at, c.id LIMIT $4";
    KEEP = "INSERT INTO kept_longer (contact, until, why, at, employee)
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (contact) DO UPDATE SET until = excluded.until,
        why = excluded.why, at = excluded.at, employee = excluded.employee";
    LET_GO = "DELETE FROM kept_longer WHERE contact = $1";
    KEPT = "SELECT k.contact, c.received_at, k.until, k.why, k.employee FROM kept_longer k
        JOIN contacts c ON c.id = k.contact WHERE k.contact > 0 ORDER BY k.contact LIMIT $1";
    KEPT_UNTIL = "SELECT until FROM kept_longer WHERE contact = $1";
    APPROVE = "INSERT INTO destructions (month, approved_at, employee) VALUES ($1, $2, $3)";
    OF_KIND = "INSERT INTO destroyed_kinds (month, kind, years, ground, contacts, first, last)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    PUT = "INSERT INTO to_destroy (month, contact) VALUES ($1, $2)";
    LISTS = "SELECT month, approved_at, employee, passed_over, done_at, erased_before
        FROM destructions
        ORDER BY month DESC LIMIT $1";
    LIST = "SELECT month, approved_at, employee, passed_over, done_at, erased_before
        FROM destructions
        WHERE month = $1";
    KINDS = "SELECT kind, years, ground, contacts, first, last FROM destroyed_kinds
        WHERE month = $1 ORDER BY kind";
    NEXT = "SELECT month, contact FROM to_destroy ORDER BY month, contact LIMIT $1",
        postgres "SELECT month, contact FROM to_destroy ORDER BY month, contact LIMIT $1
        FOR UPDATE SKIP LOCKED";
    DONE = "DELETE FROM to_destroy WHERE month = $1 AND contact = $2";
    LEFT = "SELECT COUNT(*) FROM to_destroy WHERE month = $1";
    PASS_OVER = "UPDATE destructions SET passed_over = passed_over + 1 WHERE month = $1";
    ERASED_BEFORE = "UPDATE destructions SET erased_before = erased_before + 1 WHERE month = $1";
    FINISH = "UPDATE destructions SET done_at = $2 WHERE month = $1 AND done_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM to_destroy t WHERE t.month = $1)";
    APPROVED = "SELECT id, at, contact, actor, data, hash FROM facts
        WHERE contact IS NULL AND kind = 'destruction-approved' ORDER BY id";
}

/// A contact that is kept past its term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The contact.
    pub contact: i64,
    /// When it was received.
    pub received_at: Timestamp,
    /// The last day on which it is kept for this reason.
    pub until: Date,
    /// Why.
    pub why: String,
    /// Who decided that.
    pub employee: i64,
}

/// A list that was approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destruction {
    /// Its month: "2026-10".
    pub month: String,
    /// When it was approved.
    pub approved_at: Timestamp,
    /// By whom.
    pub employee: i64,
    /// Contacts that could not be erased when their turn came.
    pub passed_over: u32,
    /// Contacts that were erased on request before their turn came.
    pub erased_before: u32,
    /// When all of it was erased.
    pub done_at: Option<Timestamp>,
}

/// What became of a contact of a list when its turn came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It was erased.
    Erased,
    /// Somebody had asked for that before.
    ErasedBefore,
    /// It could not be.
    PassedOver,
}

/// What stood on a list of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfKind {
    /// The kind.
    pub kind: Kind,
    /// The term in years.
    pub years: u32,
    /// Why so long.
    pub ground: String,
    /// How many contacts.
    pub contacts: u32,
    /// The lowest key.
    pub first: i64,
    /// The highest key.
    pub last: i64,
}

fn day(row: &Row<'_>, column: usize) -> Result<Date, StorageError> {
    row.text(column)?.parse().map_err(|_| StorageError::unreadable("a day"))
}

fn read(row: &Row<'_>) -> Result<Destruction, StorageError> {
    Ok(Destruction {
        month: row.text(0)?,
        approved_at: row.instant(1)?,
        employee: row.int(2)?,
        passed_over: row.count(3)?,
        done_at: row.instant_or_none(4)?,
        erased_before: row.count(5)?,
    })
}

impl Tx<'_> {
    /// The contacts of a kind that were closed before `until`, have something personal left, are
    /// not kept on `today`, and owe nothing; with when they were received.
    ///
    /// # Errors
    /// When the database fails.
    pub fn past_term(
        &mut self,
        kind: Kind,
        (until, today): (Timestamp, Date),
        most: u32,
    ) -> Result<Vec<(i64, Timestamp)>, StorageError> {
        let today = today.to_string();
        let values = [kind.word().into(), until.into(), (&today).into(), most.into()];
        self.all(&PAST, &values, |row| Ok((row.int(0)?, row.instant(1)?)))
    }

    /// Keeps a contact past its term.
    ///
    /// # Errors
    /// When the database fails.
    pub fn keep_longer(&mut self, kept: &Kept, now: Timestamp) -> Result<(), StorageError> {
        let until = kept.until.to_string();
        let values = [
            kept.contact.into(),
            (&until).into(),
            (&kept.why).into(),
            now.into(),
            kept.employee.into(),
        ];
        self.write(&KEEP, &values)
    }

    /// Keeps a contact no longer than its term.
    ///
    /// # Errors
    /// When the database fails.
    pub fn keep_no_longer(&mut self, contact: i64) -> Result<(), StorageError> {
        self.write(&LET_GO, &[contact.into()])
    }

    /// The contacts that are kept past their term.
    ///
    /// # Errors
    /// When the database fails.
    pub fn kept_longer(&mut self, most: u32) -> Result<Vec<Kept>, StorageError> {
        self.all(&KEPT, &[most.into()], |row| {
            Ok(Kept {
                contact: row.int(0)?,
                received_at: row.instant(1)?,
                until: day(row, 2)?,
                why: row.text(3)?,
                employee: row.int(4)?,
            })
        })
    }

    /// Until which day a contact is kept past its term.
    ///
    /// # Errors
    /// When the database fails.
    pub fn kept_until(&mut self, contact: i64) -> Result<Option<Date>, StorageError> {
        self.one(&KEPT_UNTIL, &[contact.into()], |row| day(row, 0))
    }

    /// Writes down a list that is approved, with what is on it.
    ///
    /// # Errors
    /// When there is one of this month ([`StorageError::is_taken`]), or the database fails.
    pub fn add_destruction(
        &mut self,
        list: &Destruction,
        of_kinds: &[(OfKind, Vec<i64>)],
    ) -> Result<(), StorageError> {
        let month = &list.month;
        self.write(&APPROVE, &[month.into(), list.approved_at.into(), list.employee.into()])?;
        for (of, contacts) in of_kinds {
            let values = [
                month.into(),
                of.kind.word().into(),
                of.years.into(),
                (&of.ground).into(),
                of.contacts.into(),
                of.first.into(),
                of.last.into(),
            ];
            self.write(&OF_KIND, &values)?;
            for contact in contacts {
                self.write(&PUT, &[month.into(), (*contact).into()])?;
            }
        }
        Ok(())
    }

    /// The lists that were approved, the latest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn destructions(&mut self, most: u32) -> Result<Vec<Destruction>, StorageError> {
        self.all(&LISTS, &[most.into()], read)
    }

    /// The list of a month, with what stood on it and how many of those are still to be erased.
    ///
    /// # Errors
    /// When the database fails.
    pub fn destruction(
        &mut self,
        month: &str,
    ) -> Result<Option<(Destruction, Vec<OfKind>, u32)>, StorageError> {
        let Some(list) = self.one(&LIST, &[month.into()], read)? else { return Ok(None) };
        let kinds = self.all(&KINDS, &[month.into()], |row| {
            Ok(OfKind {
                kind: row.word(0, Kind::from_word)?,
                years: row.count(1)?,
                ground: row.text(2)?,
                contacts: row.count(3)?,
                first: row.int(4)?,
                last: row.int(5)?,
            })
        })?;
        let left = self.one(&LEFT, &[month.into()], |row| row.count(0))?.unwrap_or_default();
        Ok(Some((list, kinds, left)))
    }

    /// What is to be erased next, with the month of its list.
    ///
    /// # Errors
    /// When the database fails.
    pub fn to_destroy(&mut self, most: u32) -> Result<Vec<(String, i64)>, StorageError> {
        self.all(&NEXT, &[most.into()], |row| Ok((row.text(0)?, row.int(1)?)))
    }

    /// A contact of a list had its turn. Counted once, by whichever process was first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn destroyed(
        &mut self,
        (month, contact): (&str, i64),
        turn: Fate,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        if self.run(&DONE, &[month.into(), contact.into()])? == 0 {
            return Ok(());
        }
        match turn {
            Fate::Erased => {}
            Fate::ErasedBefore => self.write(&ERASED_BEFORE, &[month.into()])?,
            Fate::PassedOver => self.write(&PASS_OVER, &[month.into()])?,
        }
        self.write(&FINISH, &[month.into(), now.into()])
    }

    /// The facts that lists were approved, in order.
    ///
    /// # Errors
    /// When the database fails.
    pub fn approvals(&mut self) -> Result<Vec<Chained>, StorageError> {
        self.all(&APPROVED, &[], Chained::read)
    }
}
