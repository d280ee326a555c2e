//! PostgreSQL: a few connections, one transaction for each piece of work.

use std::collections::HashMap;
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use postgres::{Client, Config, NoTls, config::SslMode};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::error::StorageError;
use crate::faults;
use crate::sql::{Engine, Tx};
use crate::workers::{Ran, Work, take};

/// How often a transaction that was in another's way runs again before it is given up.
const CONFLICTS_MAX: u32 = 8;
/// How long to wait for a connection.
const CONNECT_WAIT: Duration = Duration::from_secs(5);
/// How long a statement may wait for a lock, so that one stuck transaction does not stop all.
const LOCK_WAIT: &str = "-c lock_timeout=10s";

/// Makes connections.
#[derive(Clone)]
pub(crate) struct Connector {
    config: Config,
    tls: Option<Arc<rustls::ClientConfig>>,
}

impl Connector {
    pub(crate) fn new(url: &str) -> Result<Connector, StorageError> {
        let mut config: Config = url.parse().map_err(|_| {
            StorageError::other("the database is not of the form postgres://user@host:port/name")
        })?;
        config.connect_timeout(CONNECT_WAIT).application_name("belofte");
        config.options(LOCK_WAIT);
        let tls = match config.get_ssl_mode() {
            SslMode::Require => Some(tls()?),
            _ => None,
        };
        Ok(Connector { config, tls })
    }

    pub(crate) fn connect(&self) -> Result<Client, StorageError> {
        Ok(match &self.tls {
            Some(tls) => self.config.connect(MakeRustlsConnect::new((**tls).clone()))?,
            None => self.config.connect(NoTls)?,
        })
    }
}

fn tls() -> Result<Arc<rustls::ClientConfig>, StorageError> {
    let config = rustls::ClientConfig::builder_with_provider(Arc::new(
        rustls::crypto::ring::default_provider(),
    ))
    .with_safe_default_protocol_versions()
    .map_err(|error| StorageError::other(format!("TLS to the database: {error}")))?
    .with_root_certificates(trusted()?)
    .with_no_client_auth();
    Ok(Arc::new(config))
}

/// The certificates this machine trusts.
fn trusted() -> Result<rustls::RootCertStore, StorageError> {
    let mut store = rustls::RootCertStore::empty();
    let (added, _) =
        store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if added == 0 {
        return Err(StorageError::other(
            "sslmode=require, but this machine has no trusted certificates: \
             install the package ca-certificates",
        ));
    }
    Ok(store)
}

/// A connection with its prepared statements.
struct Line {
    client: Client,
    statements: HashMap<&'static str, postgres::Statement>,
}

pub(crate) fn work_loop(connector: &Connector, queue: &Mutex<Receiver<Box<dyn Work>>>) {
    let mut line: Option<Line> = None;
    while let Some(mut work) = take(queue) {
        match begin(connector, &mut line) {
            Ok(line) => {
                let outcome = run(line, work.as_mut());
                work.answer(outcome);
            }
            Err(error) => {
                tracing::error!(error = %error, "no connection to the database");
                work.answer(Err(error));
            }
        }
    }
}

/// Begins a transaction. A connection that the server closed while nobody used it shows that only
/// now, when nothing has been done on it yet: a new one takes its place.
fn begin<'a>(
    connector: &Connector,
    line: &'a mut Option<Line>,
) -> Result<&'a mut Line, StorageError> {
    let begun = line.as_mut().is_some_and(|line| line.client.batch_execute("BEGIN").is_ok());
    if !begun {
        *line = None;
        let mut client = connector.connect()?;
        client.batch_execute("BEGIN")?;
        *line = Some(Line { client, statements: HashMap::new() });
    }
    line.as_mut().ok_or_else(StorageError::stopped)
}

/// Runs work in the transaction that was begun, and again in a new one after a conflict.
fn run(line: &mut Line, work: &mut dyn Work) -> Result<(), StorageError> {
    for round in 0..CONFLICTS_MAX {
        if round > 0 {
            line.client.batch_execute("BEGIN")?;
        }
        let ran = work.run(&mut Tx::new(Engine::Postgres(&mut line.client, &mut line.statements)));
        if ran == Ran::Keep {
            faults::point("before-commit");
            let committed = line.client.batch_execute("COMMIT").map_err(StorageError::from);
            faults::point("after-commit");
            match committed {
                Err(error) if error.is_conflict() => continue,
                other => return other,
            }
        }
        // When the connection is gone, so is the transaction; the answer of the work says why.
        let _ = line.client.batch_execute("ROLLBACK");
        if ran == Ran::Undo {
            return Ok(());
        }
    }
    Err(StorageError::lost())
}
