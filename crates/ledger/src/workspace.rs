//! What employees keep for themselves and each other: named views, who looks at what, who is away,
//! and how long they work.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use promises::workload::Week;

use crate::error::StorageError;
use crate::sql::{Row, Tx, statements};

statements! {
    ADD_VIEW = "INSERT INTO views (employee, name, query, made_at) VALUES ($1, $2, $3, $4)";
    VIEWS = "SELECT id, employee, name, query FROM views
        WHERE employee = $1 OR employee IS NULL ORDER BY id LIMIT $2";
    REMOVE_VIEW = "DELETE FROM views WHERE id = $1 AND (employee = $2 OR employee IS NULL)";
    LOOKS = "INSERT INTO presence (contact, employee, at) VALUES ($1, $2, $3)
        ON CONFLICT (contact, employee) DO UPDATE SET at = excluded.at";
    LEAVES = "DELETE FROM presence WHERE contact = $1 AND employee = $2";
    FORGET_LOOKS = "DELETE FROM presence WHERE at <= $1";
    OTHERS = "SELECT p.employee, e.name, COALESCE(d.at, 0) FROM presence p
        JOIN employees e ON e.id = p.employee
        LEFT JOIN drafts d ON d.contact = p.contact AND d.employee = p.employee AND d.letter = 0
        WHERE p.contact = $1 AND p.employee <> $2 AND p.at > $3 ORDER BY e.name, p.employee";
    LAST_FACT = "SELECT id FROM facts WHERE contact = $1 AND kind <> 'seen'
        ORDER BY id DESC LIMIT 1";
    LAST_OF_ALL = "SELECT COALESCE(MAX(id), 0) FROM facts";
    ADD_ABSENCE = "INSERT INTO absences (employee, first_day, last_day, stand_in)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (employee, first_day, last_day) DO UPDATE SET stand_in = excluded.stand_in";
    ABSENCES = "SELECT id, employee, first_day, last_day, stand_in FROM absences
        WHERE last_day >= $1 ORDER BY last_day, employee, id LIMIT $2";
    AWAY = "SELECT employee, first_day, last_day FROM absences
        WHERE last_day >= $1 AND first_day <= $2";
    REMOVE_ABSENCE = "DELETE FROM absences WHERE id = $1";
    HOURS = "SELECT employee, weekday, minutes FROM working_hours";
    ADD_HOURS = "INSERT INTO working_hours (employee, weekday, minutes) VALUES ($1, $2, $3)";
    FORGET_HOURS = "DELETE FROM working_hours WHERE employee = $1";
}

/// The most views and absences that are read.
const LIST_MAX: u32 = 500;

/// A view of the work list under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedView {
    /// The key.
    pub id: i64,
    /// Whose it is; everybody's, without one.
    pub employee: Option<i64>,
    /// Its name.
    pub name: String,
    /// What the address of the list asks for.
    pub query: String,
}

/// A colleague who has the same contact on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    /// The employee.
    pub employee: i64,
    /// Their name.
    pub name: String,
    /// When they last typed in it, when they did.
    pub typed_at: Option<Timestamp>,
}

/// An employee who is away, from which day to which.
pub type Away = (i64, (Date, Date));

/// Days on which an employee is away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absence {
    /// The key; 0 before it is stored.
    pub id: i64,
    /// Who.
    pub employee: i64,
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// Who has the work meanwhile.
    pub stand_in: Option<i64>,
}

fn day(row: &Row<'_>, column: usize) -> Result<Date, StorageError> {
    row.text(column)?.parse().map_err(|_| StorageError::unreadable("a day"))
}

impl Tx<'_> {
    /// Keeps a view under a name.
    ///
    /// # Errors
    /// When the database fails.
    pub fn add_view(&mut self, view: &SavedView, now: Timestamp) -> Result<(), StorageError> {
        let SavedView { employee, name, query, .. } = view;
        self.write(&ADD_VIEW, &[(*employee).into(), name.into(), query.into(), now.into()])?;
        Ok(())
    }

    /// The views of an employee and everybody's, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn views_of(&mut self, employee: i64) -> Result<Vec<SavedView>, StorageError> {
        self.all(&VIEWS, &[employee.into(), LIST_MAX.into()], |row| {
            Ok(SavedView {
                id: row.int(0)?,
                employee: row.int_or_none(1)?,
                name: row.text(2)?,
                query: row.text(3)?,
            })
        })
    }

    /// Throws a view away that is the employee's own or everybody's.
    ///
    /// # Errors
    /// When the database fails.
    pub fn remove_view(&mut self, id: i64, employee: i64) -> Result<(), StorageError> {
        self.write(&REMOVE_VIEW, &[id.into(), employee.into()])?;
        Ok(())
    }

    /// An employee has a contact on the screen.
    ///
    /// # Errors
    /// When the database fails.
    pub fn looks(
        &mut self,
        (contact, employee): (i64, i64),
        now: Timestamp,
    ) -> Result<(), StorageError> {
        self.write(&LOOKS, &[contact.into(), employee.into(), now.into()])?;
        Ok(())
    }

    /// An employee has a contact no longer on the screen.
    ///
    /// # Errors
    /// When the database fails.
    pub fn leaves(&mut self, (contact, employee): (i64, i64)) -> Result<(), StorageError> {
        self.write(&LEAVES, &[contact.into(), employee.into()])?;
        Ok(())
    }

    /// Forgets who looked at what before a moment.
    ///
    /// # Errors
    /// When the database fails.
    pub fn forget_looks(&mut self, until: Timestamp) -> Result<(), StorageError> {
        self.write(&FORGET_LOOKS, &[until.into()])?;
        Ok(())
    }

    /// The colleagues who had the same contact on the screen since a moment, by name.
    ///
    /// # Errors
    /// When the database fails.
    pub fn others_at(
        &mut self,
        (contact, employee): (i64, i64),
        since: Timestamp,
    ) -> Result<Vec<Other>, StorageError> {
        self.all(&OTHERS, &[contact.into(), employee.into(), since.into()], |row| {
            let typed_at = if row.int(2)? > 0 { Some(row.instant(2)?) } else { None };
            Ok(Other { employee: row.int(0)?, name: row.text(1)?, typed_at })
        })
    }

    /// The place in the chain of the last fact about a contact; 0 without any.
    ///
    /// # Errors
    /// When the database fails.
    pub fn last_fact_of(&mut self, contact: i64) -> Result<i64, StorageError> {
        Ok(self.one(&LAST_FACT, &[contact.into()], |row| row.int(0))?.unwrap_or_default())
    }

    /// The place in the chain of the last fact of all; 0 without any.
    ///
    /// # Errors
    /// When the database fails.
    pub fn last_fact(&mut self) -> Result<i64, StorageError> {
        Ok(self.one(&LAST_OF_ALL, &[], |row| row.int(0))?.unwrap_or_default())
    }

    /// Notes that an employee is away.
    ///
    /// # Errors
    /// When the database fails.
    pub fn add_absence(&mut self, absence: &Absence) -> Result<(), StorageError> {
        let (first, last) = (absence.first.to_string(), absence.last.to_string());
        let employee = absence.employee.into();
        let values = [employee, (&first).into(), (&last).into(), absence.stand_in.into()];
        self.write(&ADD_ABSENCE, &values)?;
        Ok(())
    }

    /// The absences that are not over on a day, the nearest end first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn absences(&mut self, today: Date) -> Result<Vec<Absence>, StorageError> {
        self.all(&ABSENCES, &[(&today.to_string()).into(), LIST_MAX.into()], |row| {
            Ok(Absence {
                id: row.int(0)?,
                employee: row.int(1)?,
                first: day(row, 2)?,
                last: day(row, 3)?,
                stand_in: row.int_or_none(4)?,
            })
        })
    }

    /// Who is away at some time between two days, from which day to which.
    ///
    /// # Errors
    /// When the database fails.
    pub fn absences_between(
        &mut self,
        (first, last): (Date, Date),
    ) -> Result<Vec<Away>, StorageError> {
        let (first, last) = (first.to_string(), last.to_string());
        let span = [(&first).into(), (&last).into()];
        self.all(&AWAY, &span, |row| Ok((row.int(0)?, (day(row, 1)?, day(row, 2)?))))
    }

    /// How long employees work on each day of the week: of those of whom it is known.
    ///
    /// # Errors
    /// When the database fails.
    pub fn working_hours(&mut self) -> Result<BTreeMap<i64, Week>, StorageError> {
        let mut weeks: BTreeMap<i64, Week> = BTreeMap::new();
        self.all(&HOURS, &[], |row| {
            let weekday = i8::try_from(row.int(1)?).ok();
            let weekday = weekday.and_then(|nr| Weekday::from_monday_one_offset(nr).ok());
            let weekday = weekday.ok_or_else(|| StorageError::unreadable("a day of the week"))?;
            let place = usize::from(weekday.to_monday_zero_offset().unsigned_abs());
            weeks.entry(row.int(0)?).or_default()[place] = row.count(2)?;
            Ok(())
        })?;
        Ok(weeks)
    }

    /// Keeps how long an employee works on each day of the week; forgets it, without.
    ///
    /// # Errors
    /// When the database fails.
    pub fn set_working_hours(
        &mut self,
        employee: i64,
        week: Option<Week>,
    ) -> Result<(), StorageError> {
        self.write(&FORGET_HOURS, &[employee.into()])?;
        for (weekday, minutes) in (1_u32..).zip(week.into_iter().flatten()) {
            self.write(&ADD_HOURS, &[employee.into(), weekday.into(), minutes.into()])?;
        }
        Ok(())
    }

    /// Takes an absence back.
    ///
    /// # Errors
    /// When the database fails.
    pub fn remove_absence(&mut self, id: i64) -> Result<(), StorageError> {
        self.write(&REMOVE_ABSENCE, &[id.into()])?;
        Ok(())
    }
}
