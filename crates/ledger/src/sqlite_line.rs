//! A connection to SQLite with its statements, each prepared once.

use std::cell::RefCell;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use rusqlite::{Connection, Statement};

use crate::chain::End;
use crate::error::StorageError;
use crate::sql::{Sql, Value};

/// Statements that a connection keeps prepared. When there are more, all are prepared anew.
const STATEMENTS_MAX: usize = 512;

/// What is done with a statement that has its values.
type Use<'u> = &'u mut dyn FnMut(&mut Statement<'_>) -> Result<(), StorageError>;

/// A connection as a transaction sees it, which need not know for how long its statements live.
pub(crate) trait SqliteLine {
    fn connection(&self) -> &Connection;

    /// Where the chain of facts ends in the transaction that runs; nothing until it appends one.
    fn end(&self) -> &RefCell<Option<End>>;

    /// Gives a statement its values, and does something with it.
    fn with(&self, sql: &Sql, values: &[Value<'_>], body: Use<'_>) -> Result<(), StorageError>;
}

/// Statements are found by where their texts stand in the program: to look them up by their letters
/// takes longer than many of them do.
pub(crate) struct Prepared<'c> {
    connection: &'c Connection,
    statements: RefCell<HashMap<(usize, usize), Statement<'c>>>,
    end: RefCell<Option<End>>,
}

impl<'c> Prepared<'c> {
    pub(crate) fn new(connection: &'c Connection) -> Prepared<'c> {
        Prepared { connection, statements: RefCell::default(), end: RefCell::default() }
    }
}

impl SqliteLine for Prepared<'_> {
    fn connection(&self) -> &Connection {
        self.connection
    }

    fn end(&self) -> &RefCell<Option<End>> {
        &self.end
    }

    fn with(&self, sql: &Sql, values: &[Value<'_>], body: Use<'_>) -> Result<(), StorageError> {
        let place = (sql.text.as_ptr() as usize, sql.text.len());
        let mut statements = self.statements.borrow_mut();
        if statements.len() >= STATEMENTS_MAX {
            statements.clear();
        }
        let statement = match statements.entry(place) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(self.connection.prepare(&numbered(sql))?),
        };
        do_with(statement, values, body)
    }
}

/// A connection that is used by whoever looks at something; it keeps its statements itself.
pub(crate) struct Lent<'c> {
    connection: &'c Connection,
    end: RefCell<Option<End>>,
}

impl<'c> Lent<'c> {
    pub(crate) fn new(connection: &'c Connection) -> Lent<'c> {
        Lent { connection, end: RefCell::default() }
    }
}

impl SqliteLine for Lent<'_> {
    fn connection(&self) -> &Connection {
        self.connection
    }

    fn end(&self) -> &RefCell<Option<End>> {
        &self.end
    }

    fn with(&self, sql: &Sql, values: &[Value<'_>], body: Use<'_>) -> Result<(), StorageError> {
        let mut statement = self.connection.prepare_cached(&numbered(sql))?;
        do_with(&mut statement, values, body)
    }
}

/// SQLite numbers `$n` as they come, and `?n` by their number, as PostgreSQL does `$n`.
fn numbered(sql: &Sql) -> String {
    sql.text.replace('$', "?")
}

fn do_with(
    statement: &mut Statement<'_>,
    values: &[Value<'_>],
    body: Use<'_>,
) -> Result<(), StorageError> {
    let wanted = statement.parameter_count();
    if wanted != values.len() {
        return Err(rusqlite::Error::InvalidParameterCount(values.len(), wanted).into());
    }
    for (index, value) in (1..).zip(values) {
        statement.raw_bind_parameter(index, value)?;
    }
    let done = body(statement);
    // A mail that was stored may be large.
    statement.clear_bindings();
    done
}
