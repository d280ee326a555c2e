//! One set of SQL for two engines: statements, values, rows and the transaction they run in.

use promises::Fact;
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use crate::error::StorageError;
use crate::postgres_line::Line;
use crate::sqlite_line::SqliteLine;

/// A statement. Its text is the same on both engines unless `postgres` says otherwise.
#[derive(Debug)]
pub(crate) struct Sql {
    /// The name, for errors and tests.
    pub(crate) name: &'static str,
    /// The text, with `$1 …` for values.
    pub(crate) text: &'static str,
    /// The text on PostgreSQL where it must differ (row locks, the key of a new row).
    pub(crate) postgres: Option<&'static str>,
}

/// Declares statements and the list of them, which a test prepares on both engines. With `=> id`
/// the statement adds a row whose key [`Tx::add`] answers.
macro_rules! statements {
    ($($name:ident = $text:expr $(, postgres $pg:expr)? $(=> $key:ident)?;)+) => {
        $(const $name: $crate::sql::Sql = $crate::sql::Sql {
            name: stringify!($name),
            text: $text,
            postgres: statements!(@pg $($pg)? $($text => $key)?),
        };)+
        /// All statements of this part.
        #[cfg(test)]
        pub(crate) const STATEMENTS: &[&$crate::sql::Sql] = &[$(&$name,)+];
    };
    (@pg) => { None };
    (@pg $pg:expr) => { Some($pg) };
    (@pg $text:expr => $key:ident) => { Some(concat!($text, " RETURNING ", stringify!($key))) };
}
pub(crate) use statements;

/// A value given to a statement.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Value<'a> {
    /// No value.
    Null,
    /// A number, an instant in microseconds, or yes (1) and no (0).
    Int(i64),
    /// Text.
    Text(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
}

impl From<i64> for Value<'_> {
    fn from(value: i64) -> Self {
        Value::Int(value)
    }
}

impl From<u32> for Value<'_> {
    fn from(value: u32) -> Self {
        Value::Int(i64::from(value))
    }
}

impl From<bool> for Value<'_> {
    fn from(value: bool) -> Self {
        Value::Int(i64::from(value))
    }
}

impl From<jiff::Timestamp> for Value<'_> {
    fn from(value: jiff::Timestamp) -> Self {
        Value::Int(value.as_microsecond())
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(value: &'a str) -> Self {
        Value::Text(value)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(value: &'a String) -> Self {
        Value::Text(value)
    }
}

impl<'a> From<&'a [u8]> for Value<'a> {
    fn from(value: &'a [u8]) -> Self {
        Value::Bytes(value)
    }
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, Into::into)
    }
}

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::{ToSqlOutput, ValueRef};
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Int(value) => ValueRef::Integer(*value),
            Value::Text(value) => ValueRef::Text(value.as_bytes()),
            Value::Bytes(value) => ValueRef::Blob(value),
        }))
    }
}

type Failure = Box<dyn std::error::Error + Sync + Send>;

impl ToSql for Value<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Failure> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Int(value) => value.to_sql_checked(ty, out),
            // PostgreSQL text holds every character but NUL.
            Value::Text(value) if value.contains('\0') => {
                value.replace('\0', "\u{fffd}").to_sql_checked(ty, out)
            }
            Value::Text(value) => value.to_sql_checked(ty, out),
            Value::Bytes(value) => value.to_sql_checked(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// A row of an answer.
pub(crate) enum Row<'a> {
    /// From SQLite.
    Sqlite(&'a rusqlite::Row<'a>),
    /// From PostgreSQL.
    Postgres(&'a tokio_postgres::Row),
}

impl Row<'_> {
    /// The number in a column, counted from 0.
    pub(crate) fn int(&self, column: usize) -> Result<i64, StorageError> {
        Ok(match self {
            Row::Sqlite(row) => row.get(column)?,
            Row::Postgres(row) => row.try_get(column)?,
        })
    }

    /// The number in a column, or nothing.
    pub(crate) fn int_or_none(&self, column: usize) -> Result<Option<i64>, StorageError> {
        Ok(match self {
            Row::Sqlite(row) => row.get(column)?,
            Row::Postgres(row) => row.try_get(column)?,
        })
    }

    /// A small number, such as a count.
    pub(crate) fn count(&self, column: usize) -> Result<u32, StorageError> {
        u32::try_from(self.int(column)?).map_err(|_| StorageError::unreadable("a count"))
    }

    /// Yes or no.
    pub(crate) fn yes(&self, column: usize) -> Result<bool, StorageError> {
        Ok(self.int(column)? != 0)
    }

    /// The text in a column.
    pub(crate) fn text(&self, column: usize) -> Result<String, StorageError> {
        Ok(match self {
            Row::Sqlite(row) => row.get(column)?,
            Row::Postgres(row) => row.try_get(column)?,
        })
    }

    /// The text in a column, where it stands: for rows of which many are read.
    pub(crate) fn text_here(&self, column: usize) -> Result<&str, StorageError> {
        Ok(match self {
            Row::Sqlite(row) => row.get_ref(column)?.as_str().map_err(rusqlite::Error::from)?,
            Row::Postgres(row) => row.try_get(column)?,
        })
    }

    /// The text in a column, or nothing.
    pub(crate) fn text_or_none(&self, column: usize) -> Result<Option<String>, StorageError> {
        Ok(match self {
            Row::Sqlite(row) => row.get(column)?,
            Row::Postgres(row) => row.try_get(column)?,
        })
    }

    /// The bytes in a column, or nothing.
    pub(crate) fn bytes_or_none(&self, column: usize) -> Result<Option<Vec<u8>>, StorageError> {
        Ok(match self {
            Row::Sqlite(row) => row.get(column)?,
            Row::Postgres(row) => row.try_get(column)?,
        })
    }

    /// The bytes in a column.
    pub(crate) fn bytes(&self, column: usize) -> Result<Vec<u8>, StorageError> {
        Ok(match self {
            Row::Sqlite(row) => row.get(column)?,
            Row::Postgres(row) => row.try_get(column)?,
        })
    }

    /// The instant in a column.
    pub(crate) fn instant(&self, column: usize) -> Result<jiff::Timestamp, StorageError> {
        jiff::Timestamp::from_microsecond(self.int(column)?)
            .map_err(|_| StorageError::unreadable("an instant"))
    }

    /// The instant in a column, or nothing.
    pub(crate) fn instant_or_none(
        &self,
        column: usize,
    ) -> Result<Option<jiff::Timestamp>, StorageError> {
        self.int_or_none(column)?
            .map(jiff::Timestamp::from_microsecond)
            .transpose()
            .map_err(|_| StorageError::unreadable("an instant"))
    }

    /// A word of the business in a column.
    pub(crate) fn word<T>(
        &self,
        column: usize,
        from_word: fn(&str) -> Option<T>,
    ) -> Result<T, StorageError> {
        from_word(self.text_here(column)?).ok_or_else(|| StorageError::unreadable("a word"))
    }
}

/// A fact on its way into the chain: appended when the transaction ends.
#[derive(Debug)]
pub(crate) struct Waiting {
    pub(crate) at: jiff::Timestamp,
    pub(crate) contact: Option<i64>,
    pub(crate) actor: Option<i64>,
    pub(crate) kind: &'static str,
    pub(crate) data: String,
}

pub(crate) enum Engine<'a> {
    Sqlite(&'a dyn SqliteLine),
    Postgres(&'a mut Line),
}

/// A running transaction. What a verb writes through it is committed together or not at all.
pub struct Tx<'a> {
    pub(crate) engine: Engine<'a>,
    pub(crate) facts: Vec<Waiting>,
}

impl<'a> Tx<'a> {
    pub(crate) fn new(engine: Engine<'a>) -> Tx<'a> {
        Tx { engine, facts: Vec::new() }
    }

    /// Whether the embedded database is asked.
    pub(crate) fn is_sqlite(&self) -> bool {
        matches!(self.engine, Engine::Sqlite(_))
    }

    /// Appends a fact to the chain when the transaction ends.
    ///
    /// # Panics
    /// Never: a fact is plain data, which always has a form in JSON.
    pub fn fact(&mut self, at: jiff::Timestamp, contact: i64, actor: Option<i64>, fact: &Fact) {
        self.append(at, Some(contact), actor, fact);
    }

    /// Appends a fact about the house itself, not about one contact, when the transaction ends.
    ///
    /// # Panics
    /// Never: a fact is plain data, which always has a form in JSON.
    pub fn house_fact(&mut self, at: jiff::Timestamp, actor: impl Into<Option<i64>>, fact: &Fact) {
        self.append(at, None, actor.into(), fact);
    }

    fn append(
        &mut self,
        at: jiff::Timestamp,
        contact: Option<i64>,
        actor: Option<i64>,
        fact: &Fact,
    ) {
        let data = serde_json::to_string(fact).expect("facts are plain data");
        let kind = fact.word();
        self.facts.push(Waiting { at, contact, actor, kind, data });
    }

    /// Runs a statement that answers nothing. On PostgreSQL it travels with the next one that is
    /// asked, or with the commit; that one then fails when this one did.
    pub(crate) fn write(&mut self, sql: &Sql, values: &[Value<'_>]) -> Result<(), StorageError> {
        match &mut self.engine {
            Engine::Postgres(line) => line.write(sql, values),
            Engine::Sqlite(_) => self.run(sql, values).map(|_| ()),
        }
    }

    /// From the first statement on, all of this transaction sees the same, whatever others commit
    /// meanwhile. Comes before that statement; SQLite does so anyway.
    ///
    /// # Errors
    /// When the database fails.
    pub fn stand_still(&mut self) -> Result<(), StorageError> {
        match &mut self.engine {
            Engine::Postgres(line) => line.stand_still(),
            Engine::Sqlite(_) => Ok(()),
        }
    }

    /// Runs a statement; says how many rows it changed.
    pub(crate) fn run(&mut self, sql: &Sql, values: &[Value<'_>]) -> Result<u64, StorageError> {
        let result = match &mut self.engine {
            Engine::Sqlite(line) => {
                let mut changed = 0;
                let done = line.with(sql, values, &mut |statement| {
                    changed = statement.raw_execute()?;
                    Ok(())
                });
                done.map(|()| changed as u64)
            }
            Engine::Postgres(line) => line.change(sql, values),
        };
        result.map_err(|error| error.during(sql.name))
    }

    /// Runs a statement and reads every row of its answer.
    pub(crate) fn all<T>(
        &mut self,
        sql: &Sql,
        values: &[Value<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T, StorageError>,
    ) -> Result<Vec<T>, StorageError> {
        let mut found = Vec::new();
        match &mut self.engine {
            Engine::Sqlite(line) => {
                let done = line.with(sql, values, &mut |statement| {
                    let mut rows = statement.raw_query();
                    while let Some(row) = rows.next()? {
                        found.push(read(&Row::Sqlite(row))?);
                    }
                    Ok(())
                });
                done.map_err(|error| error.during(sql.name))?;
            }
            Engine::Postgres(line) => {
                let rows = line.ask(sql, values).map_err(|error| error.during(sql.name))?;
                for row in &rows {
                    found.push(read(&Row::Postgres(row)).map_err(|error| error.during(sql.name))?);
                }
            }
        }
        Ok(found)
    }

    /// Runs a statement that adds one row; the key that the database gave it. SQLite is asked for
    /// it afterwards: to return it, it makes a table for the answer each time.
    pub(crate) fn add(&mut self, sql: &Sql, values: &[Value<'_>]) -> Result<i64, StorageError> {
        if let Engine::Sqlite(line) = self.engine {
            self.run(sql, values)?;
            return Ok(line.connection().last_insert_rowid());
        }
        self.one(sql, values, |row| row.int(0))?
            .ok_or_else(|| StorageError::unreadable("the key of a new row"))
    }

    /// Runs a statement whose answer has at most one row.
    pub(crate) fn one<T>(
        &mut self,
        sql: &Sql,
        values: &[Value<'_>],
        read: impl FnMut(&Row<'_>) -> Result<T, StorageError>,
    ) -> Result<Option<T>, StorageError> {
        Ok(self.all(sql, values, read)?.pop())
    }
}
