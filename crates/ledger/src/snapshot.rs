//! Everything as it is at one moment, a row at a time, while others go on writing: for an export.

use postgres::Transaction;
use rusqlite::Connection;

use crate::dictionary::{Column, Kind, Table};
use crate::error::StorageError;
use crate::sql::{Row, Tx, statements};
use crate::workers::Place;
use crate::{Ledger, postgres_engine, sqlite_engine};

statements! {
    COUNT_CONTACTS = "SELECT COUNT(*) FROM contacts";
}

/// Rows that PostgreSQL hands over at a time: with mails in them they are some megabytes.
const ROWS_AT_ONCE: i32 = 100;

/// A value of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// No value.
    Nothing,
    /// A number, or an instant in microseconds.
    Number(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

impl Cell {
    /// The number, when it is one.
    #[must_use]
    pub fn number(&self) -> Option<i64> {
        if let Cell::Number(number) = self { Some(*number) } else { None }
    }

    /// The text, when it is text.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        if let Cell::Text(text) = self { Some(text) } else { None }
    }

    /// The bytes, when it is bytes.
    #[must_use]
    pub fn bytes(&self) -> Option<&[u8]> {
        if let Cell::Bytes(bytes) = self { Some(bytes) } else { None }
    }
}

/// All tables as they were at one moment.
pub struct Snapshot<'a>(Engine<'a>);

enum Engine<'a> {
    Sqlite(&'a Connection),
    Postgres(Box<Transaction<'a>>),
}

impl Tx<'_> {
    /// How many contacts there are, erased ones too.
    ///
    /// # Errors
    /// When the database fails.
    pub fn contacts_in_all(&mut self) -> Result<u32, StorageError> {
        Ok(self.one(&COUNT_CONTACTS, &[], |row| row.count(0))?.unwrap_or_default())
    }
}

impl Ledger {
    /// Reads all that there is as it is now, on a connection of its own, however long it takes.
    ///
    /// # Errors
    /// When the database fails, or what reads does.
    pub fn snapshot<T, E: From<StorageError>>(
        &self,
        read: impl FnOnce(&mut Snapshot<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        match self.place() {
            Place::File(path) => {
                let connection = sqlite_engine::open_reader(path)?;
                // The moment is that of the first row that is read.
                connection.execute_batch("BEGIN").map_err(from_sqlite)?;
                let end = "SELECT last FROM chain";
                connection.query_row(end, [], |_| Ok(())).map_err(from_sqlite)?;
                read(&mut Snapshot(Engine::Sqlite(&connection)))
            }
            Place::Postgres(url) => {
                let mut client = postgres_engine::Connector::new(url)?.connect_plainly()?;
                let begun = client
                    .build_transaction()
                    .isolation_level(postgres::IsolationLevel::RepeatableRead)
                    .read_only(true)
                    .start();
                let mut tx = begun.map_err(StorageError::from)?;
                tx.batch_execute("SELECT last FROM chain").map_err(StorageError::from)?;
                read(&mut Snapshot(Engine::Postgres(Box::new(tx))))
            }
        }
    }
}

impl Snapshot<'_> {
    /// Every row of a table in the order of its key, with what an export has of it, and behind
    /// that the columns that are asked for besides.
    ///
    /// # Errors
    /// When the database fails, or what is done with a row does.
    pub fn rows<E: From<StorageError>>(
        &mut self,
        table: &Table,
        besides: &[(&'static str, Kind)],
        mut with: impl FnMut(&[Cell]) -> Result<(), E>,
    ) -> Result<(), E> {
        let stored = table.read().map(|column| (column.name, column.kind));
        let columns: Vec<(&str, Kind)> = stored.chain(besides.iter().copied()).collect();
        match &mut self.0 {
            Engine::Sqlite(connection) => {
                let sql = statement(table, &columns, "");
                let mut all = connection.prepare(&sql).map_err(from_sqlite)?;
                let mut rows = all.query([]).map_err(from_sqlite)?;
                while let Some(row) = rows.next().map_err(from_sqlite)? {
                    with(&cells(&Row::Sqlite(row), &columns)?)?;
                }
            }
            Engine::Postgres(tx) => {
                // As SQLite orders it, whatever the language of the server.
                let sql = statement(table, &columns, " COLLATE \"C\"");
                let portal = tx.bind(&sql, &[]).map_err(StorageError::from)?;
                loop {
                    let some =
                        tx.query_portal(&portal, ROWS_AT_ONCE).map_err(StorageError::from)?;
                    if some.is_empty() {
                        break;
                    }
                    for row in &some {
                        with(&cells(&Row::Postgres(row), &columns)?)?;
                    }
                }
            }
        }
        Ok(())
    }
}

fn from_sqlite(error: rusqlite::Error) -> StorageError {
    error.into()
}

/// Reads a table in the order of its key.
fn statement(table: &Table, columns: &[(&str, Kind)], collation: &str) -> String {
    let quoted: Vec<String> = columns.iter().map(|(name, _)| format!("\"{name}\"")).collect();
    let is_text = |name: &str| {
        let of = |column: &&Column| column.name == name;
        let kind = table.columns.iter().find(of).map(|column| column.kind);
        matches!(kind, Some(Kind::Text | Kind::Word | Kind::Day))
    };
    let order: Vec<String> = table
        .key
        .iter()
        .map(|name| format!("\"{name}\"{}", if is_text(name) { collation } else { "" }))
        .collect();
    format!("SELECT {} FROM {} ORDER BY {}", quoted.join(", "), table.name, order.join(", "))
}

fn cells(row: &Row<'_>, columns: &[(&str, Kind)]) -> Result<Vec<Cell>, StorageError> {
    columns.iter().enumerate().map(|(index, (_, kind))| cell(row, index, *kind)).collect()
}

fn cell(row: &Row<'_>, column: usize, kind: Kind) -> Result<Cell, StorageError> {
    Ok(match kind {
        Kind::Number | Kind::Row(_) | Kind::Moment | Kind::MomentOrNever | Kind::YesNo => {
            row.int_or_none(column)?.map_or(Cell::Nothing, Cell::Number)
        }
        Kind::Text | Kind::Word | Kind::Day | Kind::Json => {
            row.text_or_none(column)?.map_or(Cell::Nothing, Cell::Text)
        }
        Kind::Hash => row.bytes_or_none(column)?.map_or(Cell::Nothing, Cell::Bytes),
        Kind::Made | Kind::LeftOut => Cell::Nothing,
    })
}
