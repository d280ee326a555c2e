//! A connection to PostgreSQL that sends what it writes together with what it asks next: a verb
//! waits for the network only where it needs an answer.

use std::collections::HashMap;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use tokio::runtime::Runtime;
use tokio_postgres::types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked};
use tokio_postgres::{Client, Error, Row, Statement};

use crate::error::StorageError;
use crate::sql::{Sql, Value};

/// How long an answer is waited for. The server gives up a statement earlier by itself; this is
/// for a server that hangs, or a network that swallows.
pub(crate) const ANSWER_WAIT: Duration = Duration::from_secs(45);
/// Writes that wait to be sent; with more, they leave without a question.
const WAITING_MAX: usize = 256;

const BEGIN: Sql = Sql { name: "BEGIN", text: "BEGIN", postgres: None };
const COMMIT: Sql = Sql { name: "COMMIT", text: "COMMIT", postgres: None };
const STAND_STILL: Sql = Sql {
    name: "STAND_STILL",
    text: "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ",
    postgres: None,
};
const ROLLBACK: Sql = Sql { name: "ROLLBACK", text: "ROLLBACK", postgres: None };

/// A connection, the runtime of its thread that moves its bytes, its prepared statements, and what
/// it still has to send.
pub(crate) struct Line {
    runtime: Runtime,
    client: Client,
    statements: HashMap<&'static str, Statement>,
    waiting: Vec<Waiting>,
    hangs: bool,
}

/// A statement that was given and not sent.
struct Waiting {
    name: &'static str,
    statement: Statement,
    values: Vec<Kept>,
}

impl Line {
    /// A line over a connection whose bytes the runtime moves.
    pub(crate) fn new(runtime: Runtime, client: Client) -> Line {
        let (statements, waiting) = (HashMap::new(), Vec::new());
        Line { runtime, client, statements, waiting, hangs: false }
    }

    /// Whether it can be used. A connection that the server closed while nobody used it tells so
    /// when its bytes are looked at.
    pub(crate) fn is_open(&self) -> bool {
        self.runtime.block_on(async {
            tokio::task::yield_now().await;
            tokio::task::yield_now().await;
        });
        !self.hangs && !self.client.is_closed()
    }

    /// Begins a transaction, with the first statement of it.
    pub(crate) fn begin(&mut self) -> Result<(), StorageError> {
        self.waiting.clear();
        self.write(&BEGIN, &[])
    }

    /// All of the transaction that has begun sees the same, whatever others commit meanwhile.
    pub(crate) fn stand_still(&mut self) -> Result<(), StorageError> {
        self.write(&STAND_STILL, &[])
    }

    /// Sends what is left and commits. A transaction in which nothing was sent is none.
    pub(crate) fn commit(&mut self) -> Result<(), StorageError> {
        if self.waiting.len() == 1 && self.waiting[0].name == BEGIN.name {
            self.waiting.clear();
            return Ok(());
        }
        self.change(&COMMIT, &[]).map(|_| ())
    }

    /// Undoes the transaction, and forgets what was not sent.
    pub(crate) fn roll_back(&mut self) -> Result<(), StorageError> {
        let untouched = self.waiting.first().is_some_and(|first| first.name == BEGIN.name);
        self.waiting.clear();
        if untouched { Ok(()) } else { self.change(&ROLLBACK, &[]).map(|_| ()) }
    }

    /// Keeps a statement to be sent with the next one that is asked.
    pub(crate) fn write(&mut self, sql: &Sql, values: &[Value<'_>]) -> Result<(), StorageError> {
        let statement = self.prepared(sql)?;
        let values = values.iter().map(Kept::of).collect();
        self.waiting.push(Waiting { name: sql.name, statement, values });
        if self.waiting.len() < WAITING_MAX {
            return Ok(());
        }
        self.send(async |_| Ok(()))
    }

    /// Sends a statement with all that waits; the rows of its answer.
    pub(crate) fn ask(
        &mut self,
        sql: &Sql,
        values: &[Value<'_>],
    ) -> Result<Vec<Row>, StorageError> {
        let statement = self.prepared(sql)?;
        self.send(async |client| client.query(&statement, &given(values)).await)
    }

    /// Sends a statement with all that waits; how many rows it changed.
    pub(crate) fn change(&mut self, sql: &Sql, values: &[Value<'_>]) -> Result<u64, StorageError> {
        let statement = self.prepared(sql)?;
        self.send(async |client| client.execute(&statement, &given(values)).await)
    }

    /// Sends what waits and then `last`, in this order, and waits for all answers. What failed
    /// first is what is told: the rest failed because of it.
    fn send<T>(
        &mut self,
        last: impl AsyncFnOnce(&Client) -> Result<T, Error>,
    ) -> Result<T, StorageError> {
        let waiting = std::mem::take(&mut self.waiting);
        let client = &self.client;
        let all = async {
            let writes = waiting.iter().map(|write| Box::pin(write.send(client))).collect();
            let (written, answer) = tokio::join!(biased; in_order(writes), last(client));
            written.and(answer.map_err(StorageError::from))
        };
        let answered =
            self.runtime.block_on(async { tokio::time::timeout(ANSWER_WAIT, all).await });
        answered.unwrap_or_else(|_| {
            self.hangs = true;
            Err(StorageError::other("the database does not answer"))
        })
    }

    fn prepared(&mut self, sql: &Sql) -> Result<Statement, StorageError> {
        let text = sql.postgres.unwrap_or(sql.text);
        if let Some(statement) = self.statements.get(text) {
            return Ok(statement.clone());
        }
        let prepared = self
            .runtime
            .block_on(async { tokio::time::timeout(ANSWER_WAIT, self.client.prepare(text)).await });
        let Ok(prepared) = prepared else {
            self.hangs = true;
            return Err(StorageError::other("the database does not answer"));
        };
        let statement = prepared?;
        self.statements.insert(text, statement.clone());
        Ok(statement)
    }
}

impl Waiting {
    async fn send(&self, client: &Client) -> Result<(), StorageError> {
        let sent = client.execute_raw(&self.statement, &self.values).await;
        sent.map(|_| ()).map_err(|error| StorageError::from(error).during(self.name))
    }
}

/// Polls every write in turn, so that they are sent in this order, until all are answered.
async fn in_order<F>(mut writes: Vec<Pin<Box<F>>>) -> Result<(), StorageError>
where
    F: Future<Output = Result<(), StorageError>>,
{
    let mut outcomes: Vec<Option<Result<(), StorageError>>> = Vec::new();
    outcomes.resize_with(writes.len(), || None);
    poll_fn(|context| {
        for (write, outcome) in writes.iter_mut().zip(&mut outcomes) {
            if outcome.is_none()
                && let Poll::Ready(ended) = write.as_mut().poll(context)
            {
                *outcome = Some(ended);
            }
        }
        if outcomes.iter().all(Option::is_some) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    outcomes.into_iter().flatten().collect()
}

fn given<'a>(values: &'a [Value<'_>]) -> Vec<&'a (dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

/// A value that outlives the statement's caller.
#[derive(Debug)]
enum Kept {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

impl Kept {
    fn of(value: &Value<'_>) -> Kept {
        match *value {
            Value::Null => Kept::Null,
            Value::Int(value) => Kept::Int(value),
            Value::Text(value) => Kept::Text(value.to_owned()),
            Value::Bytes(value) => Kept::Bytes(value.to_vec()),
        }
    }

    fn value(&self) -> Value<'_> {
        match self {
            Kept::Null => Value::Null,
            Kept::Int(value) => Value::Int(*value),
            Kept::Text(value) => Value::Text(value),
            Kept::Bytes(value) => Value::Bytes(value),
        }
    }
}

impl ToSql for Kept {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        self.value().to_sql_checked(ty, out)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}
