//! Coming in: the second step, recovery codes, invitations, and the sessions of an employee.

use jiff::Timestamp;

use crate::error::StorageError;
use crate::people::Employee;
use crate::sql::{Tx, statements};

statements! {
    SECOND_STEP = "SELECT second_step FROM employees WHERE id = $1";
    SET_SECOND_STEP = "UPDATE employees SET second_step = $2, last_step = $3 WHERE id = $1";
    USE_STEP = "UPDATE employees SET last_step = $2 WHERE id = $1 AND last_step < $2";
    ADD_CODE = "INSERT INTO recovery_codes (code, employee) VALUES ($1, $2)";
    USE_CODE = "DELETE FROM recovery_codes WHERE code = $1 AND employee = $2";
    CODES_LEFT = "SELECT COUNT(*) FROM recovery_codes WHERE employee = $1";
    FORGET_CODES = "DELETE FROM recovery_codes WHERE employee = $1";
    INVITE = "INSERT INTO invitations (employee, secret, until) VALUES ($1, $2, $3)
        ON CONFLICT (employee) DO UPDATE SET secret = excluded.secret, until = excluded.until";
    INVITED = "SELECT e.id, e.login, e.name, e.password, e.closed_at, e.roles, e.department
        FROM invitations i JOIN employees e ON e.id = i.employee
        WHERE i.secret = $1 AND i.until > $2";
    UNINVITE = "DELETE FROM invitations WHERE employee = $1";
    CHANGE = "UPDATE employees SET name = $2, department = $3, roles = $4 WHERE id = $1";
    REOPEN = "UPDATE employees SET closed_at = NULL WHERE id = $1";
    SESSIONS = "SELECT token, made_at, expires_at, device FROM sessions
        WHERE employee = $1 AND expires_at > $2 AND half = 0 ORDER BY made_at DESC LIMIT $3";
    END_OF = "DELETE FROM sessions WHERE employee = $1 AND token = $2";
    END_OTHERS = "DELETE FROM sessions WHERE employee = $1 AND token <> $2";
    HALF = "SELECT e.id, e.login, e.name, e.password, e.closed_at, e.roles, e.department
        FROM sessions s JOIN employees e ON e.id = s.employee
        WHERE s.token = $1 AND s.expires_at > $2 AND s.half = 1";
    SEEN = "UPDATE employees SET seen_at = $2 WHERE id = $1";
    OF_OUTSIDER = "SELECT id, login, name, password, closed_at, roles, department FROM employees
        WHERE outsider = $1 AND outsider <> ''";
    OUTSIDER = "SELECT outsider FROM employees WHERE id = $1 AND outsider <> ''";
    SET_OUTSIDER = "UPDATE employees SET outsider = $2 WHERE id = $1";
    ACCOUNTS = "SELECT id, login, name, password, closed_at, roles, department, seen_at,
        CAST(CASE WHEN second_step = '' THEN 0 ELSE 1 END AS BIGINT) FROM employees
        ORDER BY name, id";
}

/// The most sessions of one employee that are shown.
const SESSIONS_MAX: u32 = 50;

/// A session of an employee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSession {
    /// The hash of its secret.
    pub token: Vec<u8>,
    /// When it began.
    pub made_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// What the browser said that it is.
    pub device: String,
}

/// An employee, and how they come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Who it is.
    pub employee: Employee,
    /// When they last signed in, as far as it is known.
    pub seen_at: Option<Timestamp>,
    /// Whether there is a second step.
    pub second_step: bool,
}

impl Tx<'_> {
    /// The account of who the provider of the municipality knows by this key.
    ///
    /// # Errors
    /// When the database fails.
    pub fn employee_of_outsider(&mut self, key: &str) -> Result<Option<Employee>, StorageError> {
        self.one(&OF_OUTSIDER, &[key.into()], Employee::read)
    }

    /// Whether the provider of the municipality knows an employee.
    ///
    /// # Errors
    /// When the database fails.
    pub fn is_outsider(&mut self, employee: i64) -> Result<bool, StorageError> {
        Ok(self.one(&OUTSIDER, &[employee.into()], |row| row.text(0))?.is_some())
    }

    /// Says by which key the provider of the municipality knows an employee.
    ///
    /// # Errors
    /// When the database fails.
    pub fn set_outsider(&mut self, employee: i64, key: &str) -> Result<(), StorageError> {
        self.write(&SET_OUTSIDER, &[employee.into(), key.into()])?;
        Ok(())
    }

    /// The secret of the second step of an employee; empty without one.
    ///
    /// # Errors
    /// When the database fails.
    pub fn second_step(&mut self, employee: i64) -> Result<String, StorageError> {
        Ok(self.one(&SECOND_STEP, &[employee.into()], |row| row.text(0))?.unwrap_or_default())
    }

    /// Gives an employee a second step, or none, with the step that was used last.
    ///
    /// # Errors
    /// When the database fails.
    pub fn set_second_step(
        &mut self,
        employee: i64,
        (secret, step): (&str, i64),
    ) -> Result<(), StorageError> {
        self.write(&SET_SECOND_STEP, &[employee.into(), secret.into(), step.into()])?;
        Ok(())
    }

    /// Uses a step. False when it, or a later one, was used.
    ///
    /// # Errors
    /// When the database fails.
    pub fn use_step(&mut self, employee: i64, step: i64) -> Result<bool, StorageError> {
        Ok(self.run(&USE_STEP, &[employee.into(), step.into()])? > 0)
    }

    /// Gives an employee these recovery codes, as hashes, and no others.
    ///
    /// # Errors
    /// When the database fails.
    pub fn set_codes(&mut self, employee: i64, codes: &[[u8; 32]]) -> Result<(), StorageError> {
        self.write(&FORGET_CODES, &[employee.into()])?;
        for code in codes {
            self.write(&ADD_CODE, &[code.as_slice().into(), employee.into()])?;
        }
        Ok(())
    }

    /// Uses a recovery code. False when it is none, or was used.
    ///
    /// # Errors
    /// When the database fails.
    pub fn use_code(&mut self, employee: i64, code: &[u8; 32]) -> Result<bool, StorageError> {
        Ok(self.run(&USE_CODE, &[code.as_slice().into(), employee.into()])? > 0)
    }

    /// How many recovery codes an employee has left.
    ///
    /// # Errors
    /// When the database fails.
    pub fn codes_left(&mut self, employee: i64) -> Result<u32, StorageError> {
        Ok(self.one(&CODES_LEFT, &[employee.into()], |row| row.count(0))?.unwrap_or(0))
    }

    /// Somebody with this secret, given as its hash, may choose a password until a moment; who
    /// had another link has it no more.
    ///
    /// # Errors
    /// When the database fails.
    pub fn invite(
        &mut self,
        employee: i64,
        secret: &[u8; 32],
        until: Timestamp,
    ) -> Result<(), StorageError> {
        let values = [employee.into(), secret.as_slice().into(), until.into()];
        self.write(&INVITE, &values)?;
        Ok(())
    }

    /// Who may choose a password with this secret.
    ///
    /// # Errors
    /// When the database fails.
    pub fn invited(
        &mut self,
        secret: &[u8; 32],
        now: Timestamp,
    ) -> Result<Option<Employee>, StorageError> {
        self.one(&INVITED, &[secret.as_slice().into(), now.into()], Employee::read)
    }

    pub(crate) fn uninvite(&mut self, employee: i64) -> Result<(), StorageError> {
        self.write(&UNINVITE, &[employee.into()])?;
        Ok(())
    }

    /// Changes the name, department and roles of an employee.
    ///
    /// # Errors
    /// When the database fails.
    pub fn change_employee(
        &mut self,
        employee: i64,
        (name, department, roles): (&str, &str, &str),
    ) -> Result<(), StorageError> {
        let values = [employee.into(), name.into(), department.into(), roles.into()];
        self.write(&CHANGE, &values)?;
        Ok(())
    }

    /// Opens a closed account again.
    ///
    /// # Errors
    /// When the database fails.
    pub fn reopen_employee(&mut self, employee: i64) -> Result<(), StorageError> {
        self.write(&REOPEN, &[employee.into()])?;
        Ok(())
    }

    /// The sessions of an employee that last, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sessions_of(
        &mut self,
        employee: i64,
        now: Timestamp,
    ) -> Result<Vec<OpenSession>, StorageError> {
        self.all(&SESSIONS, &[employee.into(), now.into(), SESSIONS_MAX.into()], |row| {
            Ok(OpenSession {
                token: row.bytes(0)?,
                made_at: row.instant(1)?,
                expires_at: row.instant(2)?,
                device: row.text(3)?,
            })
        })
    }

    /// Notes that an employee signed in.
    ///
    /// # Errors
    /// When the database fails.
    pub fn signed_in(&mut self, employee: i64, now: Timestamp) -> Result<(), StorageError> {
        self.write(&SEEN, &[employee.into(), now.into()])?;
        Ok(())
    }

    /// Every account, by name, with how its owner comes in.
    ///
    /// # Errors
    /// When the database fails.
    pub fn accounts(&mut self) -> Result<Vec<Account>, StorageError> {
        self.all(&ACCOUNTS, &[], |row| {
            let seen_at = row.instant(7)?;
            Ok(Account {
                employee: Employee::read(row)?,
                seen_at: (seen_at > Timestamp::UNIX_EPOCH).then_some(seen_at),
                second_step: row.int(8)? > 0,
            })
        })
    }

    /// Ends one session of an employee.
    ///
    /// # Errors
    /// When the database fails.
    pub fn end_session_of(&mut self, employee: i64, token: &[u8]) -> Result<(), StorageError> {
        self.write(&END_OF, &[employee.into(), token.into()])?;
        Ok(())
    }

    /// Ends every session of an employee but this one.
    ///
    /// # Errors
    /// When the database fails.
    pub fn end_other_sessions(&mut self, employee: i64, token: &[u8]) -> Result<(), StorageError> {
        self.write(&END_OTHERS, &[employee.into(), token.into()])?;
        Ok(())
    }

    /// Who gave the right password in this session and has still to make the second step.
    ///
    /// # Errors
    /// When the database fails.
    pub fn half_signed_in(
        &mut self,
        token: &[u8],
        now: Timestamp,
    ) -> Result<Option<Employee>, StorageError> {
        let found = self.one(&HALF, &[token.into(), now.into()], Employee::read)?;
        Ok(found.filter(|employee| employee.closed_at.is_none()))
    }
}
