//! SQLite: one writer with group commit, a few readers.

use std::path::Path;
use std::sync::Mutex;
use std::sync::mpsc::Receiver;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::error::StorageError;
use crate::faults;
use crate::sql::{Engine, Tx};
use crate::workers::{Ran, Work, take};

/// The most pieces of work that share one commit: bounds how long the first one waits.
const BATCH_MAX: usize = 128;
/// How long a connection waits for a lock of another process (a backup, a reader of the file).
const BUSY_WAIT: Duration = Duration::from_secs(5);
/// Pages of the log before they are moved to the database file: many transactions change the same
/// pages, and what is moved once is flushed once.
const LOG_PAGES_MAX: i64 = 8_000;
/// Statements kept prepared by each connection.
const STATEMENTS_MAX: usize = 256;
/// Memory for pages of the database file, per connection, in KiB (negative: SQLite's convention).
const PAGE_CACHE_KIB: i64 = -8 * 1024;

pub(crate) fn open_writer(path: &Path) -> Result<Connection, StorageError> {
    let connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "wal_autocheckpoint", LOG_PAGES_MAX)?;
    // What is removed is overwritten, so that erased contacts can not be read in the file.
    connection.pragma_update(None, "secure_delete", true)?;
    settle(connection)
}

pub(crate) fn open_reader(path: &Path) -> Result<Connection, StorageError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    settle(Connection::open_with_flags(path, flags)?)
}

/// Writes a consistent copy of a database that may be in use.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<(), StorageError> {
    let to = to.to_str().ok_or_else(|| StorageError::other("the file name is not readable"))?;
    open_reader(from)?.execute("VACUUM INTO ?", [to])?;
    Ok(())
}

fn settle(connection: Connection) -> Result<Connection, StorageError> {
    connection.busy_timeout(BUSY_WAIT)?;
    connection.pragma_update(None, "cache_size", PAGE_CACHE_KIB)?;
    // What a savepoint may have to undo stays in memory; a file would be made for every batch.
    connection.pragma_update(None, "temp_store", "memory")?;
    // A plan does not depend on the values given: else a statement with a bound in LIMIT is
    // prepared again at every use.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
    Ok(connection)
}

/// Takes all waiting work, runs it in one transaction, commits once, then answers all.
pub(crate) fn write_loop(connection: &Connection, queue: &Receiver<Box<dyn Work>>) {
    while let Ok(first) = queue.recv() {
        let mut batch = vec![first];
        while batch.len() < BATCH_MAX {
            match queue.try_recv() {
                Ok(work) => batch.push(work),
                Err(_) => break,
            }
        }
        commit(connection, batch);
    }
}

fn commit(connection: &Connection, mut batch: Vec<Box<dyn Work>>) {
    let mut outcome = run_all(connection, &mut batch, Undoing::None);
    if let Ok(Ended::Undone) = outcome {
        outcome = run_all(connection, &mut batch, Undoing::Each);
    }
    if outcome.is_err() && !connection.is_autocommit() {
        // The whole batch is lost; there is nothing better to do when this fails too.
        let _ = connection.execute_batch("ROLLBACK");
    }
    match outcome.map(|_| ()) {
        Ok(()) => batch.into_iter().for_each(|work| work.answer(Ok(()))),
        Err(error) => {
            tracing::error!(error = %error, pieces = batch.len(), "a commit failed");
            // A full disk fails everybody in the batch in the same, retryable way.
            let mut error = Some(error);
            for work in batch {
                let error = error.take().unwrap_or_else(StorageError::lost);
                work.answer(Err(error));
            }
        }
    }
}

/// Whether a piece of a batch can be undone alone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Undoing {
    /// It can not: most batches need nothing undone, and what a savepoint costs is saved.
    None,
    /// It can.
    Each,
}

/// How a batch ended that did not fail.
enum Ended {
    /// With a commit.
    Kept,
    /// Nothing of it is written: a piece has to be undone that can not be undone alone.
    Undone,
}

fn run_all(
    connection: &Connection,
    batch: &mut [Box<dyn Work>],
    undoing: Undoing,
) -> Result<Ended, StorageError> {
    connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
    let is_alone = batch.len() == 1;
    for work in batch.iter_mut() {
        if undoing == Undoing::Each {
            connection.prepare_cached("SAVEPOINT piece")?.execute([])?;
        }
        let before = connection.total_changes();
        let ran = work.run(&mut Tx::new(Engine::Sqlite(connection)));
        if connection.is_autocommit() {
            // SQLite gave up the whole transaction (disk full, no memory): say so to all.
            return Err(StorageError::lost());
        }
        let to_undo = ran != Ran::Keep && connection.total_changes() != before;
        match undoing {
            Undoing::None if to_undo => {
                connection.prepare_cached("ROLLBACK")?.execute([])?;
                // Alone, it has been run and undone; in a batch, the others still have to run.
                return Ok(if is_alone { Ended::Kept } else { Ended::Undone });
            }
            Undoing::None => {}
            Undoing::Each => {
                if to_undo {
                    connection.prepare_cached("ROLLBACK TO piece")?.execute([])?;
                }
                connection.prepare_cached("RELEASE piece")?.execute([])?;
            }
        }
    }
    faults::point("before-commit");
    connection.prepare_cached("COMMIT")?.execute([])?;
    faults::point("after-commit");
    Ok(Ended::Kept)
}

pub(crate) fn read_loop(connection: &Connection, queue: &Mutex<Receiver<Box<dyn Work>>>) {
    while let Some(mut work) = take(queue) {
        let outcome = connection.execute_batch("BEGIN").map_err(StorageError::from);
        if outcome.is_ok() {
            work.run(&mut Tx::new(Engine::Sqlite(connection)));
            let _ = connection.execute_batch("ROLLBACK");
        }
        work.answer(outcome);
    }
}
