//! SQLite: one writer with group commit, a few readers, and one for whoever only looks.

use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::error::StorageError;
use crate::sql::{Engine, Tx};
use crate::sqlite_line::{Lent, Prepared, SqliteLine};
use crate::workers::{Ran, Waiting, Work};
use crate::{chain, faults};

/// The most pieces of work that share one commit: bounds how long the first one waits, and while
/// some are committed the senders of others have time to hear of theirs and to come again.
const BATCH_MAX: usize = 16;
/// How long work that can wait is kept for other work to be committed with. A letter that left in
/// that time leaves once more when the program is killed, with the same Message-ID.
const COMPANY_WAIT: Duration = Duration::from_millis(2);
/// How long a connection waits for a lock of another process (a backup, a reader of the file).
const BUSY_WAIT: Duration = Duration::from_secs(5);
/// Between two looks whether such a lock is gone, where SQLite does not wait by itself.
const BUSY_LOOK: Duration = Duration::from_millis(5);
/// Memory for pages of the database file, per connection, in KiB (negative: SQLite's convention).
const PAGE_CACHE_KIB: i64 = -8 * 1024;

pub(crate) fn open_writer(path: &Path) -> Result<Connection, StorageError> {
    let connection = Connection::open(path)?;
    keep_log(&connection)?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // What is removed is overwritten, so that erased contacts can not be read in the file.
    connection.pragma_update(None, "secure_delete", true)?;
    settle(connection)
}

/// Keeps a log beside the file. SQLite waits for nobody here: where programs start together, the
/// first one does it for all.
pub(crate) fn keep_log(connection: &Connection) -> Result<(), StorageError> {
    let since = Instant::now();
    loop {
        match connection.pragma_update(None, "journal_mode", "wal") {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                    && since.elapsed() < BUSY_WAIT =>
            {
                std::thread::sleep(BUSY_LOOK);
            }
            other => return Ok(other?),
        }
    }
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

pub(crate) fn settle(connection: Connection) -> Result<Connection, StorageError> {
    connection.busy_timeout(BUSY_WAIT)?;
    connection.pragma_update(None, "cache_size", PAGE_CACHE_KIB)?;
    // What a savepoint may have to undo stays in memory; a file would be made for every batch.
    connection.pragma_update(None, "temp_store", "memory")?;
    // A plan does not depend on the values given: else a statement with a bound in LIMIT is
    // prepared again at every use.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(connection)
}

/// Takes all waiting work, after what was taken already, runs it in one transaction, commits once,
/// then answers all.
pub(crate) fn write_loop(
    connection: &Connection,
    mut taken: Option<Box<dyn Work>>,
    queue: &Waiting,
) {
    let line = Prepared::new(connection);
    while let Some(first) = taken.take().or_else(|| queue.take()) {
        commit(&line, with_company(first, queue, COMPANY_WAIT));
    }
}

/// A piece of work and all that waits beside it. While all of it can wait, it waits for more.
fn with_company(first: Box<dyn Work>, queue: &Waiting, wait: Duration) -> Vec<Box<dyn Work>> {
    let (mut can_wait, since) = (first.can_wait(), Instant::now());
    let mut batch = vec![first];
    while batch.len() < BATCH_MAX {
        let left = if can_wait { wait.saturating_sub(since.elapsed()) } else { Duration::ZERO };
        let Some(work) = queue.take_within(left) else { break };
        can_wait &= work.can_wait();
        batch.push(work);
    }
    batch
}

fn commit(line: &dyn SqliteLine, mut batch: Vec<Box<dyn Work>>) {
    let mut outcome = run_all(line, &mut batch, Undoing::None);
    if let Ok(Ended::Undone) = outcome {
        outcome = run_all(line, &mut batch, Undoing::Each);
    }
    if outcome.is_err() && !line.connection().is_autocommit() {
        // The whole batch is lost; there is nothing better to do when this fails too.
        let _ = line.connection().execute_batch("ROLLBACK");
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
    line: &dyn SqliteLine,
    batch: &mut [Box<dyn Work>],
    undoing: Undoing,
) -> Result<Ended, StorageError> {
    let connection = line.connection();
    connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
    // Of a transaction that was undone.
    line.end().take();
    let is_alone = batch.len() == 1;
    for work in batch.iter_mut() {
        if undoing == Undoing::Each {
            connection.prepare_cached("SAVEPOINT piece")?.execute([])?;
        }
        let before = connection.total_changes();
        let ran = work.run(&mut Tx::new(Engine::Sqlite(line)));
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
    chain::note_end(&mut Tx::new(Engine::Sqlite(line)))?;
    faults::point("before-commit");
    connection.prepare_cached("COMMIT")?.execute([])?;
    faults::point("after-commit");
    Ok(Ended::Kept)
}

pub(crate) fn read_loop(connection: &Connection, queue: &Waiting) {
    let line = Prepared::new(connection);
    while let Some(work) = queue.take() {
        read(&line, work);
    }
}

fn read(line: &dyn SqliteLine, mut work: Box<dyn Work>) {
    let begun = line.connection().prepare_cached("BEGIN").and_then(|mut it| it.execute([]));
    if begun.is_ok() {
        work.run(&mut Tx::new(Engine::Sqlite(line)));
        let _ = line.connection().prepare_cached("ROLLBACK").and_then(|mut it| it.execute([]));
    }
    work.answer(begun.map(drop).map_err(StorageError::from));
}

/// A connection for those who look at a row or two: to wake a thread that does it, and to be woken
/// by it, takes longer than the look.
pub(crate) struct Onlooker(Mutex<Connection>);

impl Onlooker {
    pub(crate) fn open(path: &Path) -> Result<Onlooker, StorageError> {
        Ok(Onlooker(Mutex::new(open_reader(path)?)))
    }

    /// Does work that only reads, on this thread. Given back when another thread is looking.
    pub(crate) fn does(&self, work: Box<dyn Work>) -> Result<(), Box<dyn Work>> {
        let Ok(connection) = self.0.try_lock() else { return Err(work) };
        read(&Lent::new(&connection), work);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queue::queue;

    /// Whether it can wait.
    struct Piece(bool);

    impl Work for Piece {
        fn run(&mut self, _: &mut Tx<'_>) -> Ran {
            Ran::Keep
        }

        fn answer(self: Box<Self>, _: Result<(), StorageError>) {}

        fn can_wait(&self) -> bool {
            self.0
        }
    }

    #[test]
    fn what_can_wait_goes_with_what_can_not() {
        const FOR_EVER: Duration = Duration::from_secs(600);
        let piece = |can_wait| -> Box<dyn Work> { Box::new(Piece(can_wait)) };
        let (giver, work) = queue();
        let batch = std::thread::scope(|scope| {
            let batch = scope.spawn(|| with_company(piece(true), &work, FOR_EVER));
            for can_wait in [true, false] {
                giver.give(piece(can_wait));
            }
            batch.join().expect("a batch")
        });
        assert_eq!(batch.iter().map(|it| it.can_wait()).collect::<Vec<_>>(), [true, true, false]);

        let alone = with_company(piece(false), &work, FOR_EVER);
        assert_eq!(alone.len(), 1, "nobody is kept waiting");
        let alone = with_company(piece(true), &work, Duration::ZERO);
        assert_eq!(alone.len(), 1, "it goes alone when nobody comes");
        drop(giver);
        assert_eq!(with_company(piece(true), &work, FOR_EVER).len(), 1, "nobody can come");
    }
}
