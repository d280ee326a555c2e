//! Employees, their sessions, attempts that are counted, and settings.

use jiff::Timestamp;

use crate::error::StorageError;
use crate::sql::{Row, Tx, statements};

statements! {
    ADD = "INSERT INTO employees (login, name, password, made_at, roles, closed_at)
        VALUES ($1, $2, $3, $4, $5, NULL)" => id;
    BY_LOGIN = "SELECT id, login, name, password, closed_at, roles, department FROM employees
        WHERE login = $1";
    BY_ID = "SELECT id, login, name, password, closed_at, roles, department FROM employees
        WHERE id = $1";
    ALL = "SELECT id, login, name, password, closed_at, roles, department FROM employees
        ORDER BY name, id";
    // Any number but that of the migrations; SQLite has one writer at a time.
    HOLD = "SELECT one FROM chain WHERE one = 1",
        postgres "SELECT CAST(1 AS BIGINT) AS one FROM pg_advisory_xact_lock(8518)";
    SET_PASSWORD = "UPDATE employees SET password = $2 WHERE id = $1";
    SET_ROLES = "UPDATE employees SET roles = $2 WHERE id = $1";
    CLOSE = "UPDATE employees SET closed_at = $2 WHERE id = $1";
    OPEN_SESSION = "INSERT INTO sessions (token, employee, made_at, expires_at, device, half)
        VALUES ($1, $2, $3, $4, $5, $6)";
    SESSION = "SELECT e.id, e.login, e.name, e.password, e.closed_at, e.roles, e.department
        FROM sessions s
        JOIN employees e ON e.id = s.employee WHERE s.token = $1 AND s.expires_at > $2
        AND s.half = 0";
    END_SESSION = "DELETE FROM sessions WHERE token = $1";
    END_SESSIONS_OF = "DELETE FROM sessions WHERE employee = $1";
    SWEEP_SESSIONS = "DELETE FROM sessions WHERE expires_at <= $1";
    ATTEMPT = "INSERT INTO attempts (bucket, at, times) VALUES ($1, $2, 1)
        ON CONFLICT (bucket, at) DO UPDATE SET times = attempts.times + 1";
    ATTEMPTS = "SELECT at, times FROM attempts WHERE bucket = $1 AND at > $2
        ORDER BY at DESC LIMIT $3";
    FORGET_ATTEMPTS = "DELETE FROM attempts WHERE bucket = $1";
    SWEEP_ATTEMPTS = "DELETE FROM attempts WHERE at <= $1";
    CHANGE_SETTING = "INSERT INTO settings (name, value) VALUES ($1, $2)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    SETTING = "SELECT value FROM settings WHERE name = $1";
    SET = "INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
}

/// An employee's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Employee {
    /// The key.
    pub id: i64,
    /// The name to sign in with.
    pub login: String,
    /// The name colleagues and residents see.
    pub name: String,
    /// The hash of the password, in PHC form.
    pub password: String,
    /// When the account was closed.
    pub closed_at: Option<Timestamp>,
    /// What they are, in words with a space between.
    pub roles: String,
    /// The department, may be empty.
    pub department: String,
}

impl Employee {
    pub(crate) fn read(row: &Row<'_>) -> Result<Employee, StorageError> {
        Ok(Employee {
            id: row.int(0)?,
            login: row.text(1)?,
            name: row.text(2)?,
            password: row.text(3)?,
            closed_at: row.instant_or_none(4)?,
            roles: row.text(5)?,
            department: row.text(6)?,
        })
    }
}

impl Tx<'_> {
    /// Makes an account; says its key.
    ///
    /// # Errors
    /// When the login is taken ([`StorageError::is_taken`]) or the database fails.
    pub fn add_employee(
        &mut self,
        (login, name): (&str, &str),
        password: &str,
        roles: &str,
        now: Timestamp,
    ) -> Result<i64, StorageError> {
        let values = [login.into(), name.into(), password.into(), now.into(), roles.into()];
        self.add(&ADD, &values)
    }

    /// The account with this login.
    ///
    /// # Errors
    /// When the database fails.
    pub fn employee_by_login(&mut self, login: &str) -> Result<Option<Employee>, StorageError> {
        self.one(&BY_LOGIN, &[login.into()], Employee::read)
    }

    /// The account with this key.
    ///
    /// # Errors
    /// When the database fails.
    pub fn employee(&mut self, id: i64) -> Result<Option<Employee>, StorageError> {
        self.one(&BY_ID, &[id.into()], Employee::read)
    }

    /// All accounts, by name.
    ///
    /// # Errors
    /// When the database fails.
    pub fn employees(&mut self) -> Result<Vec<Employee>, StorageError> {
        self.all(&ALL, &[], Employee::read)
    }

    /// Holds all accounts until the transaction ends: what others change about them comes before or
    /// after, so that what is true of all of them together is looked at and kept.
    ///
    /// # Errors
    /// When the database fails.
    pub fn hold_accounts(&mut self) -> Result<(), StorageError> {
        self.all(&HOLD, &[], |_| Ok(())).map(drop)
    }

    /// Changes a password and ends every session of the account; a link to choose one is over.
    ///
    /// # Errors
    /// When the database fails.
    pub fn set_password(&mut self, id: i64, password: &str) -> Result<(), StorageError> {
        self.write(&SET_PASSWORD, &[id.into(), password.into()])?;
        self.write(&END_SESSIONS_OF, &[id.into()])?;
        self.set_working_hours(id, None)?;
        self.uninvite(id)
    }

    /// Says what an employee is.
    ///
    /// # Errors
    /// When the database fails.
    pub fn set_roles(&mut self, id: i64, roles: &str) -> Result<(), StorageError> {
        self.write(&SET_ROLES, &[id.into(), roles.into()])?;
        Ok(())
    }

    /// Closes an account and ends every session of it; a link to come back is over, and when
    /// somebody worked is nobody's business any more.
    ///
    /// # Errors
    /// When the database fails.
    pub fn close_employee(&mut self, id: i64, now: Timestamp) -> Result<(), StorageError> {
        self.write(&CLOSE, &[id.into(), now.into()])?;
        self.write(&END_SESSIONS_OF, &[id.into()])?;
        self.uninvite(id)
    }

    /// Opens a session under the hash of its token, on a device; `half` while the second step is
    /// still to be made.
    ///
    /// # Errors
    /// When the database fails.
    pub fn open_session(
        &mut self,
        token: &[u8],
        employee: i64,
        (now, expires_at): (Timestamp, Timestamp),
        (device, half): (&str, bool),
    ) -> Result<(), StorageError> {
        let half = i64::from(half).into();
        let values =
            [token.into(), employee.into(), now.into(), expires_at.into(), device.into(), half];
        self.write(&OPEN_SESSION, &values)?;
        Ok(())
    }

    /// The employee of a session that has not ended.
    ///
    /// # Errors
    /// When the database fails.
    pub fn employee_of_session(
        &mut self,
        token: &[u8],
        now: Timestamp,
    ) -> Result<Option<Employee>, StorageError> {
        let found = self.one(&SESSION, &[token.into(), now.into()], Employee::read)?;
        Ok(found.filter(|employee| employee.closed_at.is_none()))
    }

    /// Ends every session of an employee.
    ///
    /// # Errors
    /// When the database fails.
    pub fn end_sessions_of(&mut self, id: i64) -> Result<(), StorageError> {
        self.write(&END_SESSIONS_OF, &[id.into()])
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When the database fails.
    pub fn end_session(&mut self, token: &[u8]) -> Result<(), StorageError> {
        self.write(&END_SESSION, &[token.into()])?;
        Ok(())
    }

    /// Removes sessions whose time is over.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sweep_sessions(&mut self, now: Timestamp) -> Result<(), StorageError> {
        self.write(&SWEEP_SESSIONS, &[now.into()])
    }

    /// Forgets what was attempted up to a moment. Walks over all attempts.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sweep_attempts(&mut self, until: Timestamp) -> Result<(), StorageError> {
        self.write(&SWEEP_ATTEMPTS, &[until.into()])
    }

    /// Counts an attempt.
    ///
    /// # Errors
    /// When the database fails.
    pub fn count_attempt(&mut self, bucket: &str, now: Timestamp) -> Result<(), StorageError> {
        self.write(&ATTEMPT, &[bucket.into(), now.into()])?;
        Ok(())
    }

    /// The latest attempts since a moment: when, and how many at that moment. At most `most` rows.
    ///
    /// # Errors
    /// When the database fails.
    pub fn attempts_since(
        &mut self,
        bucket: &str,
        since: Timestamp,
        most: u32,
    ) -> Result<Vec<(Timestamp, u32)>, StorageError> {
        let values = [bucket.into(), since.into(), most.into()];
        self.all(&ATTEMPTS, &values, |row| Ok((row.instant(0)?, row.count(1)?)))
    }

    /// Forgets the attempts of a bucket.
    ///
    /// # Errors
    /// When the database fails.
    pub fn forget_attempts(&mut self, bucket: &str) -> Result<(), StorageError> {
        self.write(&FORGET_ATTEMPTS, &[bucket.into()])?;
        Ok(())
    }

    /// A setting, if there is one.
    ///
    /// # Errors
    /// When the database fails.
    pub fn setting(&mut self, name: &str) -> Result<Option<String>, StorageError> {
        self.one(&SETTING, &[name.into()], |row| row.text(0))
    }

    /// Gives a setting this value.
    ///
    /// # Errors
    /// When the database fails.
    pub fn change_setting(&mut self, name: &str, value: &str) -> Result<(), StorageError> {
        self.write(&CHANGE_SETTING, &[name.into(), value.into()])?;
        Ok(())
    }

    /// A setting, made with this value when it did not exist.
    ///
    /// # Errors
    /// When the database fails.
    pub fn setting_or(&mut self, name: &str, value: &str) -> Result<String, StorageError> {
        self.write(&SET, &[name.into(), value.into()])?;
        self.one(&SETTING, &[name.into()], |row| row.text(0))?
            .ok_or_else(|| StorageError::unreadable("no setting"))
    }
}
