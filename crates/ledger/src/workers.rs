//! The ledger's threads: each owns a connection, takes closures, and answers after the commit. A
//! look at a row or two is had by who asks.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::thread::JoinHandle;

use tokio::sync::oneshot;
use tokio::sync::oneshot::error::RecvError;

use crate::error::{Stop, StorageError};
use crate::queue::{Giver, Taker, queue};
use crate::sql::Tx;
use crate::sqlite_engine::Onlooker;
use crate::{chain, migrations, postgres_engine, sqlite_engine, sqlite_log, sqlite_words};

/// Threads that read from SQLite beside the writer.
const SQLITE_READERS: usize = 2;
/// Connections to PostgreSQL of one process.
const POSTGRES_WORKERS: usize = 8;
/// How far a thread steps aside: it gets a tenth of what another gets (setpriority(2)).
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// Where the data lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A SQLite file.
    File(PathBuf),
    /// A PostgreSQL database, as `postgres://user@host:port/name`.
    Postgres(String),
}

/// A piece of work on its way to a thread.
pub(crate) trait Work: Send {
    /// Runs it; true when its changes are to be kept.
    fn run(&mut self, tx: &mut Tx<'_>) -> Ran;
    /// Answers whoever waits, after the commit or the failure of it.
    fn answer(self: Box<Self>, outcome: Result<(), StorageError>);
    /// Whether it may wait a moment for other work to be committed with.
    fn can_wait(&self) -> bool;
}

/// What became of a piece of work inside its transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ran {
    /// Keep what it wrote.
    Keep,
    /// Undo what it wrote; the answer is ready.
    Undo,
    /// Two transactions were in each other's way: undo, and run again.
    Again,
    /// Another one was first with what this one wants too: undo, and look again.
    Overtaken,
    /// The connection went away under it: nothing is written.
    Gone,
}

/// An answer, and the work that it is the answer to: who gave it takes it away. A thread that frees
/// what another one allocated is in its way, each time.
struct Answer<T> {
    answer: Result<T, Stop>,
    _work: Box<dyn Send>,
}

struct Task<T, F> {
    body: F,
    result: Option<Result<T, Stop>>,
    reply: Option<oneshot::Sender<Answer<T>>>,
    /// Counts this piece when it may have changed something.
    commits: Option<Arc<AtomicU64>>,
    can_wait: bool,
}

impl<T, F> Work for Task<T, F>
where
    T: Send + 'static,
    F: FnMut(&mut Tx<'_>) -> Result<T, Stop> + Send + 'static,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> Ran {
        let body = &mut self.body;
        let result = catch_unwind(AssertUnwindSafe(|| {
            let value = body(tx)?;
            chain::append(tx)?;
            Ok(value)
        }))
        .unwrap_or_else(|_| Err(StorageError::panicked().into()));
        let ran = match &result {
            Ok(_) => Ran::Keep,
            Err(Stop::Storage(error)) if error.is_conflict() => Ran::Again,
            Err(Stop::Storage(error)) if error.is_overtaken() => Ran::Overtaken,
            Err(Stop::Storage(error)) if error.is_gone() => Ran::Gone,
            Err(_) => Ran::Undo,
        };
        self.result = Some(result);
        ran
    }

    fn answer(mut self: Box<Self>, outcome: Result<(), StorageError>) {
        let answer = match (self.result.take(), outcome) {
            (Some(Err(stop)), _) => Err(stop),
            (_, Err(error)) => Err(error.into()),
            (Some(Ok(value)), Ok(())) => Ok(value),
            (None, Ok(())) => Err(StorageError::lost().into()),
        };
        // Before the answer, so that whoever has it sees the new count. A commit that failed counts
        // too: it may have reached the database.
        if let Some(commits) = &self.commits {
            commits.fetch_add(1, Ordering::SeqCst);
        }
        if let Some(reply) = self.reply.take() {
            // Nobody may be waiting any more; the work is committed all the same.
            let _ = reply.send(Answer { answer, _work: self });
        }
    }

    fn can_wait(&self) -> bool {
        self.can_wait
    }
}

/// An answer that is still to come: await it, or [`Pending::wait`] for it.
#[must_use = "the work runs anyway, but only the answer tells whether it was committed"]
pub struct Pending<T> {
    reply: oneshot::Receiver<Answer<T>>,
}

impl<T> Pending<T> {
    /// Blocks this thread until the answer is there. Not for async code.
    ///
    /// # Errors
    /// What the work answered, or the failure to commit it.
    pub fn wait(self) -> Result<T, Stop> {
        answer_of(self.reply.blocking_recv())
    }
}

impl<T> Future for Pending<T> {
    type Output = Result<T, Stop>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.reply).poll(context).map(answer_of)
    }
}

/// What was answered; without an answer, that nobody does such work any more.
fn answer_of<T>(reply: Result<Answer<T>, RecvError>) -> Result<T, Stop> {
    reply.map_or_else(|_| Err(StorageError::stopped().into()), |it| it.answer)
}

/// Where work for the threads is given.
type Queue = Arc<Giver<Box<dyn Work>>>;
/// Where they take it.
pub(crate) type Waiting = Taker<Box<dyn Work>>;

/// The storage of one municipality. Clones share the same threads.
#[derive(Clone)]
pub struct Ledger {
    threads: Arc<Threads>,
}

/// Work of one kind, and the threads that do it and nothing else.
struct Lane {
    queue: Option<Queue>,
    threads: Vec<JoinHandle<()>>,
}

impl Lane {
    fn give<T, F>(&self, body: F, commits: Option<Arc<AtomicU64>>, can_wait: bool) -> Pending<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx<'_>) -> Result<T, Stop> + Send + 'static,
    {
        let (work, answer) = task(body, commits, can_wait);
        self.take(work);
        answer
    }

    fn take(&self, work: Box<dyn Work>) {
        if let Some(queue) = &self.queue {
            // A queue without threads drops the work, and with it the reply: "stopped".
            queue.give(work);
        }
    }
}

/// A piece of work, and the answer that is still to come.
fn task<T, F>(
    body: F,
    commits: Option<Arc<AtomicU64>>,
    can_wait: bool,
) -> (Box<dyn Work>, Pending<T>)
where
    T: Send + 'static,
    F: FnMut(&mut Tx<'_>) -> Result<T, Stop> + Send + 'static,
{
    let (reply, receiver) = oneshot::channel();
    let task = Task { body, result: None, reply: Some(reply), commits, can_wait };
    (Box::new(task), Pending { reply: receiver })
}

impl Drop for Lane {
    fn drop(&mut self) {
        self.queue = None;
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

/// They end in this order: on SQLite, who writes a file closes it after all who only read it, and
/// leaves nothing in the log beside it.
struct Threads {
    onlooker: Option<Onlooker>,
    reads: Lane,
    follows: Lane,
    writes: Lane,
    place: Place,
    commits: Arc<AtomicU64>,
}

impl Ledger {
    /// Opens the storage, bringing its tables up to date, and starts the threads.
    ///
    /// # Errors
    /// When the file or the server can not be opened, or a migration fails.
    pub fn open(place: &Place) -> Result<Ledger, StorageError> {
        match place {
            Place::File(path) => {
                let mut writer = sqlite_engine::open_writer(path)?;
                migrations::on_sqlite(&mut writer)?;
                let (mover, asks) = sqlite_log::mover(&mut writer, path)?;
                let (writes, work) = queue();
                let write = thread("ledger-write", move || {
                    sqlite_engine::write_loop(&writer, None, &work);
                    drop((writer, asks));
                })?;
                let log = thread("ledger-log", move || mover.run())?;

                let ((follows, work), ledger) = (queue(), path.clone());
                let follow = thread("ledger-words", move || {
                    step_aside();
                    sqlite_words::follow_loop(&ledger, &work);
                })?;

                let (reads, work) = queue();
                let mut read = Vec::new();
                for _ in 0..SQLITE_READERS {
                    let (reader, work) = (sqlite_engine::open_reader(path)?, work.clone());
                    read.push(thread("ledger-read", move || {
                        sqlite_engine::read_loop(&reader, &work);
                    })?);
                }
                let [reads, follows, writes] = [reads, follows, writes].map(Arc::new);
                let lanes = [(reads, read), (follows, vec![follow]), (writes, vec![write, log])];
                Ok(Ledger::of(Some(Onlooker::open(path)?), lanes, place))
            }
            Place::Postgres(url) => {
                let connector = postgres_engine::Connector::new(url)?;
                migrations::on_postgres(&mut connector.connect_plainly()?)?;
                let (all, waiting) = queue();
                let all = Arc::new(all);
                let mut workers = Vec::new();
                for _ in 0..POSTGRES_WORKERS {
                    let (connector, waiting) = (connector.clone(), waiting.clone());
                    workers.push(thread("ledger", move || {
                        postgres_engine::work_loop(&connector, &waiting);
                    })?);
                }
                let [reads, follows, writes] = [&all, &all, &all].map(Arc::clone);
                let lanes = [(reads, Vec::new()), (follows, Vec::new()), (writes, workers)];
                Ok(Ledger::of(None, lanes, place))
            }
        }
    }

    /// What looks, reads, follows and writes.
    fn of(
        onlooker: Option<Onlooker>,
        lanes: [(Queue, Vec<JoinHandle<()>>); 3],
        place: &Place,
    ) -> Ledger {
        let [reads, follows, writes] =
            lanes.map(|(queue, threads)| Lane { queue: Some(queue), threads });
        let (place, commits) = (place.clone(), Arc::default());
        Ledger { threads: Arc::new(Threads { onlooker, reads, follows, writes, place, commits }) }
    }

    /// `sqlite` or `postgres`.
    #[must_use]
    pub fn engine(&self) -> &'static str {
        match self.threads.place {
            Place::File(_) => "sqlite",
            Place::Postgres(_) => "postgres",
        }
    }

    /// Where the data lives.
    pub(crate) fn place(&self) -> &Place {
        &self.threads.place
    }

    /// Runs a closure in a transaction of its own. It may run more than once, so it must not
    /// change anything but the database. The answer comes after the commit.
    pub fn write<T, F>(&self, body: F) -> Pending<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx<'_>) -> Result<T, Stop> + Send + 'static,
    {
        let commits = Some(Arc::clone(&self.threads.commits));
        self.threads.writes.give(body, commits, false)
    }

    /// As [`Ledger::write`], for what nobody waits for: on SQLite, where a commit costs more than
    /// what is committed, it goes with the next work of others, or alone after a moment.
    pub fn write_along<T, F>(&self, body: F) -> Pending<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx<'_>) -> Result<T, Stop> + Send + 'static,
    {
        let commits = Some(Arc::clone(&self.threads.commits));
        self.threads.writes.give(body, commits, true)
    }

    /// A number that is raised whenever this process has changed something, after the commit and
    /// before its answer. What other processes write does not raise it.
    #[must_use]
    pub fn commits(&self) -> u64 {
        self.threads.commits.load(Ordering::SeqCst)
    }

    /// Runs a closure that only reads.
    pub fn read<T, F>(&self, body: F) -> Pending<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx<'_>) -> Result<T, Stop> + Send + 'static,
    {
        self.threads.reads.give(body, None, false)
    }

    /// As [`Ledger::read`], for a look at a row or two. On SQLite, the thread that asks looks
    /// itself, unless another one does: the answer is there at once.
    pub fn look<T, F>(&self, body: F) -> Pending<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx<'_>) -> Result<T, Stop> + Send + 'static,
    {
        let (work, answer) = task(body, None, false);
        let left = match &self.threads.onlooker {
            Some(onlooker) => onlooker.does(work),
            None => Err(work),
        };
        if let Err(work) = left {
            self.threads.reads.take(work);
        }
        answer
    }

    /// Runs a closure that brings what contacts are found by up to date, and changes nothing else.
    /// On SQLite that has a file and a thread of its own, for which no [`Ledger::write`] waits.
    pub fn follow<T, F>(&self, body: F) -> Pending<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx<'_>) -> Result<T, Stop> + Send + 'static,
    {
        self.threads.follows.give(body, None, false)
    }

    /// Writes a copy of the embedded database to a new file, while others go on writing.
    ///
    /// # Errors
    /// When the file can not be written, or the database is not the embedded one.
    pub fn copy_to(&self, file: &std::path::Path) -> Result<(), Stop> {
        let file = file.to_path_buf();
        // VACUUM can not run inside a transaction, so the copy has a connection of its own.
        let place = self.threads.place.clone();
        let Place::File(from) = place else {
            return Err(StorageError::other("only the embedded database can be copied").into());
        };
        sqlite_engine::copy(&from, &file).map_err(Stop::from)
    }
}

/// Lets this thread come after the others where there are more than processors. One that is at work
/// else keeps its processor for a moment when a mail comes.
fn step_aside() {
    // On Linux this is about the thread that asks, elsewhere about all of them (setpriority(2)).
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setpriority_process(None, NICE) {
        tracing::debug!(%error, "a thread can not step aside");
    }
}

fn thread(
    name: &str,
    body: impl FnOnce() + Send + 'static,
) -> Result<JoinHandle<()>, StorageError> {
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(body)
        .map_err(|error| StorageError::other(format!("no thread for the database: {error}")))
}
