//! The file beside a SQLite database with what contacts are found by. A thread of its own writes
//! it, so that no mail waits for it. Nothing stands in it that the ledger does not have: it is made
//! again whenever it does not belong to the ledger, and copies of the ledger go without it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, TransactionBehavior};

use crate::error::StorageError;
use crate::sqlite_engine::{keep_log, settle, write_loop};
use crate::sqlite_log::LOG_PAGES;
use crate::workers::Waiting;

/// Raised when the tables of this file change, or the way in which words are made: a file of
/// another form is made again.
const FORM: i64 = 1;

/// The words of contacts, a row each, and the last fact they tell of.
const TABLES: &str = "
DROP TABLE IF EXISTS search;
DROP TABLE IF EXISTS searched;
CREATE VIRTUAL TABLE search USING fts5 (
  words, content = '', contentless_delete = 1, detail = 'none', tokenize = 'ascii'
);
CREATE TABLE searched (
  one BIGINT PRIMARY KEY, upto BIGINT NOT NULL, stale BIGINT NOT NULL, hash BLOB
);
INSERT INTO searched (one, upto, stale) VALUES (1, 0, 0);";

/// Whether that fact is one of this ledger: else the ledger was put back from an older copy.
const BELONGS: &str = "
SELECT upto = 0 OR EXISTS (SELECT 1 FROM facts WHERE id = upto AND facts.hash = searched.hash)
FROM searched";

/// Writes words for as long as there is work. The file is opened for the first piece, so that who
/// only looks leaves it alone; while it can not be, the work is answered so and nothing else fails.
pub(crate) fn follow_loop(ledger: &Path, queue: &Waiting) {
    while let Some(first) = queue.take() {
        match open_follower(ledger) {
            Ok(follower) => return write_loop(&follower, Some(first), queue),
            Err(error) => first.answer(Err(error)),
        }
    }
}

/// Whether a connection that reads the ledger can find contacts: not before their words have been
/// followed, and not by those of another ledger.
pub(crate) fn are_there(reader: &Connection) -> Result<bool, StorageError> {
    // An error says that it has no database of this name.
    if reader.is_readonly("words").is_err() {
        let file = beside(Path::new(reader.path().unwrap_or_default()));
        if !file.exists() {
            return Ok(false);
        }
        reader.execute("ATTACH ? AS words", [readable(&file)?])?;
    }
    let form: i64 = reader.query_row("PRAGMA words.user_version", [], |row| row.get(0))?;
    Ok(form == FORM && reader.prepare_cached(BELONGS)?.query_row([], |row| row.get(0))?)
}

/// A connection that writes the words, and only reads the ledger.
fn open_follower(ledger: &Path) -> Result<Connection, StorageError> {
    let file = beside(ledger);
    let opened = match follower(&file, ledger) {
        Err(error) if error.is_broken_file() => {
            tracing::warn!(%error, "what contacts are found by is made again");
            remove(&file)?;
            follower(&file, ledger)
        }
        other => other,
    };
    opened.map_err(|error| {
        let name = file.display();
        StorageError::other(format!("{name}: {error}; when it is removed, it is made again"))
    })
}

fn follower(file: &Path, ledger: &Path) -> Result<Connection, StorageError> {
    let mut connection = settle(Connection::open(file)?)?;
    give_to_owner(file, ledger);
    keep_log(&connection)?;
    // What was not flushed when the power fails is made again.
    connection.pragma_update(None, "synchronous", "normal")?;
    connection.pragma_update(None, "wal_autocheckpoint", LOG_PAGES)?;
    connection.pragma_update(None, "secure_delete", true)?;
    connection.execute("ATTACH ? AS ledger", [to_read(ledger)?])?;
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let form: i64 = tx.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if form != FORM || !tx.query_row(BELONGS, [], |row| row.get(0))? {
        tx.execute_batch(TABLES)?;
        tx.pragma_update(None, "user_version", FORM)?;
    }
    tx.commit()?;
    Ok(connection)
}

/// `belofte.sqlite` has its words in `belofte-words.sqlite`.
pub(crate) fn beside(ledger: &Path) -> PathBuf {
    let mut name = ledger.file_stem().unwrap_or_default().to_owned();
    name.push("-words");
    if let Some(extension) = ledger.extension() {
        name.push(".");
        name.push(extension);
    }
    ledger.with_file_name(name)
}

/// Whoever made the file, it is of the owner of the ledger: an operator may look at it as root
/// before the service starts.
fn give_to_owner(file: &Path, ledger: &Path) {
    use std::os::unix::fs::{MetadataExt, chown};
    let owner = |of: &Path| std::fs::metadata(of).map(|it| (it.uid(), it.gid())).ok();
    if let Some((user, group)) = owner(ledger)
        && owner(file) != Some((user, group))
    {
        // Who may not do this finds out when it can not write the file.
        let _ = chown(file, Some(user), Some(group));
    }
}

fn remove(file: &Path) -> Result<(), StorageError> {
    for end in ["", "-wal", "-shm"] {
        let mut name = OsString::from(file);
        name.push(end);
        match std::fs::remove_file(name) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                let name = file.display();
                return Err(StorageError::other(format!("{name} can not be removed: {error}")));
            }
            _ => {}
        }
    }
    Ok(())
}

/// A file as SQLite takes it when it may only be read (SQLite, URI filenames).
fn to_read(file: &Path) -> Result<String, StorageError> {
    let mut uri = String::from("file:");
    for c in readable(file)?.chars() {
        match c {
            '%' => uri.push_str("%25"),
            '?' => uri.push_str("%3f"),
            '#' => uri.push_str("%23"),
            c => uri.push(c),
        }
    }
    uri.push_str("?mode=ro");
    Ok(uri)
}

fn readable(file: &Path) -> Result<&str, StorageError> {
    file.to_str().ok_or_else(|| StorageError::other("the file name is not readable"))
}
