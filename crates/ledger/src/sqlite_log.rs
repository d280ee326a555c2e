//! The log beside a SQLite file (WAL). A thread of its own moves it into the file, so that no work
//! waits for that; when all of it is moved, the writer begins it anew. Only when commits come so
//! fast that there is always something left, the writer moves that little itself.

use std::os::raw::c_int;
use std::path::Path;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;
use rusqlite::hooks::Wal;

use crate::error::StorageError;
use crate::queue::{Giver, Taker, queue};

/// Pages of the log before they are moved to the database file: many transactions change the same
/// pages, and what is moved once is flushed once.
pub(crate) const LOG_PAGES: c_int = 16_000;
/// Pages at which the writer waits until nobody moves them, and moves them itself.
const LOG_PAGES_MAX: c_int = 2 * LOG_PAGES;
/// How often the thread looks for what came while it moved the rest.
const LOOKS_MAX: u32 = 5;

/// The log is short, or nobody was asked yet.
const QUIET: u8 = 0;
/// The thread was asked to move it.
const ASKED: u8 = 1;
/// The thread has moved what it found. When all of the log is in the file as a transaction begins,
/// SQLite begins the log anew; else the writer moves what came meanwhile.
const MOVED: u8 = 2;

/// Who moves the log, on a connection of its own, as long as somebody may ask for it.
pub(crate) struct Mover {
    connection: Connection,
    asked: Taker<()>,
    known: Arc<Known>,
}

/// What writer and mover know of one another.
struct Known {
    state: AtomicU8,
    /// Held by who moves the log.
    turn: Mutex<()>,
}

/// Who holds this may ask the mover.
pub(crate) type Asks = Arc<Giver<()>>;

/// Takes the log of a writer in hand. SQLite takes the log away when the last connection closes,
/// and not when two close at the same time: the mover stays until the writer has closed its own,
/// and then drops the asks that this answers.
pub(crate) fn mover(writer: &mut Connection, path: &Path) -> Result<(Mover, Asks), StorageError> {
    let (asks, asked) = queue();
    let asks = Arc::new(asks);
    let known = Arc::new(Known { state: AtomicU8::new(QUIET), turn: Mutex::default() });
    let (of_writer, by_writer) = (Arc::clone(&known), Arc::clone(&asks));
    writer.wal_hook(Some(move |log: &mut Wal, pages: c_int| {
        grew(log, pages, &of_writer, &by_writer);
        Ok(())
    }))?;
    let connection = Connection::open(path)?;
    connection.pragma_update(None, "synchronous", "full")?;
    Ok((Mover { connection, asked, known }, asks))
}

impl Known {
    fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// After each commit of the writer, with the pages of the log. What can not be moved now is moved
/// later: a commit never fails for that.
fn grew(log: &mut Wal, pages: c_int, known: &Known, mover: &Giver<()>) {
    let state = known.state.load(Ordering::Acquire);
    if pages < LOG_PAGES {
        if state == MOVED {
            known.state.store(QUIET, Ordering::Release);
        }
        return;
    }
    match state {
        QUIET => {
            known.state.store(ASKED, Ordering::Release);
            mover.give(());
        }
        MOVED => {
            let _ = log.checkpoint();
            known.state.store(QUIET, Ordering::Release);
        }
        _ if pages >= LOG_PAGES_MAX => {
            let _turn = known.turn();
            let _ = log.checkpoint();
        }
        _ => {}
    }
}

impl Mover {
    /// Moves the log whenever that is asked for.
    pub(crate) fn run(&self) {
        while self.asked.take().is_some() {
            if let Err(error) = self.move_log() {
                tracing::warn!(%error, "the log of the database could not be moved into its file");
            }
            self.known.state.store(MOVED, Ordering::Release);
        }
    }

    /// Moves the log, and what comes meanwhile, as long as that gets less.
    fn move_log(&self) -> rusqlite::Result<()> {
        for _ in 0..LOOKS_MAX {
            let _turn = self.known.turn();
            let [log, moved]: [i64; 2] =
                self.connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| {
                    Ok([row.get(1)?, row.get(2)?])
                })?;
            if moved >= log {
                break;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::sqlite_engine::open_writer;
    use crate::testing::Ground;
    use crate::workers::Place;

    const PAGE_BYTES: i64 = 512;
    const ROW_PAGES: i64 = 100;
    const PATIENCE: Duration = Duration::from_secs(60);

    #[test]
    fn the_log_is_moved_by_its_thread_and_does_not_grow_without_end() {
        let ground = Ground::sqlite();
        let Place::File(path) = ground.place() else { panic!("a file") };
        // Small pages: there are many of them in little room.
        let small = Connection::open(path).expect("a new file");
        small.execute_batch("PRAGMA page_size = 512; CREATE TABLE rows (row BLOB)").expect("room");
        drop(small);

        let mut writer = open_writer(path).expect("it opens");
        let (mover, asks) = mover(&mut writer, path).expect("a second connection");
        let known = Arc::clone(&mover.known);
        std::thread::scope(|scope| {
            scope.spawn(move || mover.run());
            let add = || {
                writer
                    .execute("INSERT INTO rows VALUES (zeroblob(?))", [ROW_PAGES * PAGE_BYTES])
                    .expect("room");
            };
            let log_pages = || {
                let log = std::fs::metadata(path.with_extension("db-wal")).expect("a log");
                i64::try_from(log.len()).expect("few") / (PAGE_BYTES + 24)
            };
            let few = i64::from(LOG_PAGES) / ROW_PAGES + 1;
            let is_moved = || {
                let since = Instant::now();
                while known.state.load(Ordering::Acquire) == ASKED {
                    assert!(since.elapsed() < PATIENCE, "the thread did not move the log");
                    std::thread::sleep(Duration::from_millis(1));
                }
            };
            (0..few).for_each(|_| add());
            is_moved();
            // What came while it was moved.
            add();
            is_moved();
            let (full, again) = (log_pages(), few / 2);
            (0..again).for_each(|_| add());
            assert_eq!(log_pages(), full, "it began anew");
            let rows = 3 * i64::from(LOG_PAGES_MAX) / ROW_PAGES;
            (few + 1 + again..rows).for_each(|_| add());
            let most = i64::from(LOG_PAGES_MAX) + 2 * ROW_PAGES;
            assert!(log_pages() < most, "{} pages", log_pages());
            let kept: i64 =
                writer.query_row("SELECT count(*) FROM rows", [], |row| row.get(0)).expect("rows");
            assert_eq!(kept, rows);
            // Nobody can ask any more, and the mover goes too.
            drop((writer, asks));
        });
    }
}
