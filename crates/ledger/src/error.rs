//! What can go wrong in storage: opaque to the business, but it says whether trying again helps.

use std::fmt;

use promises::Refusal;

/// A failure of the database. Not the caller's fault.
#[derive(Debug)]
pub struct StorageError {
    cause: Cause,
    during: Option<&'static str>,
}

#[derive(Debug)]
enum Cause {
    Sqlite(rusqlite::Error),
    Postgres(Box<tokio_postgres::Error>),
    Store(std::io::Error),
    Unreadable(&'static str),
    Stopped,
    Panicked,
    Lost,
    Overtaken,
    Other(String),
}

impl StorageError {
    pub(crate) fn unreadable(what: &'static str) -> StorageError {
        Cause::Unreadable(what).into()
    }

    pub(crate) fn stopped() -> StorageError {
        Cause::Stopped.into()
    }

    pub(crate) fn panicked() -> StorageError {
        Cause::Panicked.into()
    }

    /// The transaction this piece of work was part of could not be committed.
    pub(crate) fn lost() -> StorageError {
        Cause::Lost.into()
    }

    /// Another transaction was first with what this one wants too: it has to look again.
    #[must_use]
    pub fn overtaken() -> StorageError {
        Cause::Overtaken.into()
    }

    /// A failure in words.
    pub fn other(message: impl Into<String>) -> StorageError {
        Cause::Other(message.into()).into()
    }

    pub(crate) fn during(mut self, statement: &'static str) -> StorageError {
        self.during.get_or_insert(statement);
        self
    }

    /// Whether two transactions were in each other's way, so that running again at once helps.
    pub(crate) fn is_conflict(&self) -> bool {
        use tokio_postgres::error::SqlState;
        match &self.cause {
            Cause::Postgres(error) => error.code().is_some_and(|code| {
                *code == SqlState::T_R_SERIALIZATION_FAILURE
                    || *code == SqlState::T_R_DEADLOCK_DETECTED
            }),
            _ => false,
        }
    }

    /// Whether another transaction was first with what this one wants too.
    pub(crate) fn is_overtaken(&self) -> bool {
        matches!(self.cause, Cause::Overtaken)
    }

    /// Whether the connection is gone: nothing that was not committed is there.
    pub(crate) fn is_gone(&self) -> bool {
        let Cause::Postgres(error) = &self.cause else { return false };
        match error.code() {
            // The server is going down, or the connection failed (PostgreSQL, appendix A).
            Some(code) => code.code().starts_with("57P") || code.code().starts_with("08"),
            None => error.is_closed() || error.as_db_error().is_none(),
        }
    }

    /// Whether a row with the same key exists already.
    #[must_use]
    pub fn is_taken(&self) -> bool {
        match &self.cause {
            Cause::Sqlite(rusqlite::Error::SqliteFailure(error, _)) => {
                error.code == rusqlite::ErrorCode::ConstraintViolation
            }
            Cause::Postgres(error) => {
                error.code() == Some(&tokio_postgres::error::SqlState::UNIQUE_VIOLATION)
            }
            _ => false,
        }
    }

    /// Whether a SQLite file is none, or not whole.
    pub(crate) fn is_broken_file(&self) -> bool {
        use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
        match &self.cause {
            Cause::Sqlite(error) => {
                matches!(error.sqlite_error_code(), Some(DatabaseCorrupt | NotADatabase))
            }
            _ => false,
        }
    }

    /// Whether the disk is full.
    #[must_use]
    pub fn is_full(&self) -> bool {
        match &self.cause {
            Cause::Sqlite(rusqlite::Error::SqliteFailure(error, _)) => {
                error.code == rusqlite::ErrorCode::DiskFull
            }
            Cause::Postgres(error) => {
                error.code() == Some(&tokio_postgres::error::SqlState::DISK_FULL)
            }
            Cause::Store(error) => error.kind() == std::io::ErrorKind::StorageFull,
            _ => false,
        }
    }
}

impl From<Cause> for StorageError {
    fn from(cause: Cause) -> Self {
        StorageError { cause, during: None }
    }
}

impl From<rusqlite::Error> for StorageError {
    fn from(error: rusqlite::Error) -> Self {
        Cause::Sqlite(error).into()
    }
}

impl From<tokio_postgres::Error> for StorageError {
    fn from(error: tokio_postgres::Error) -> Self {
        Cause::Postgres(Box::new(error)).into()
    }
}

impl From<std::io::Error> for StorageError {
    fn from(error: std::io::Error) -> Self {
        Cause::Store(error).into()
    }
}

impl fmt::Display for StorageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.cause {
            Cause::Sqlite(error) => write!(f, "the database failed: {error}"),
            // The text of a database error may quote values; its code and severity may not.
            Cause::Postgres(error) => match error.as_db_error() {
                Some(error) => {
                    write!(f, "the database failed: {} {}", error.severity(), error.code().code())
                }
                None => write!(f, "the database can not be reached: {error}"),
            },
            Cause::Store(error) => write!(f, "the store of large mail failed: {error}"),
            Cause::Unreadable(what) => write!(f, "the database holds {what} that is not readable"),
            Cause::Stopped => write!(f, "the database was stopped"),
            Cause::Panicked => write!(f, "a piece of work on the database broke off"),
            Cause::Lost => write!(f, "the transaction could not be committed"),
            Cause::Overtaken => write!(f, "another transaction was first"),
            Cause::Other(message) => f.write_str(message),
        }?;
        match self.during {
            Some(statement) => write!(f, " (in {statement})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for StorageError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.cause {
            Cause::Sqlite(error) => Some(error),
            Cause::Postgres(error) => Some(error),
            Cause::Store(error) => Some(error),
            _ => None,
        }
    }
}

/// Why a verb stopped: an expected no, or a failure of storage. Nothing was written.
#[derive(Debug)]
pub enum Stop {
    /// An expected no.
    Refused(Refusal),
    /// The database failed; trying again later may help.
    Storage(StorageError),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Stop::Refused(refusal)
    }
}

impl From<StorageError> for Stop {
    fn from(error: StorageError) -> Self {
        Stop::Storage(error)
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Stop::Refused(refusal) => refusal.fmt(f),
            Stop::Storage(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Stop {}
