//! PostgreSQL: a few connections, one transaction for each piece of work.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::{Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::error::StorageError;
use crate::faults;
use crate::postgres_line::{ANSWER_WAIT, Line};
use crate::sql::{Engine, Tx};
use crate::workers::{Ran, Waiting, Work};

/// How often a transaction that was in another's way runs again before it is given up.
const CONFLICTS_MAX: u32 = 8;
/// How often one runs again that was overtaken: each time somebody else got one of the desks, of
/// which a norm file has fewer.
const OVERTAKEN_MAX: u32 = 256;
/// How long to wait for a connection.
const CONNECT_WAIT: Duration = Duration::from_secs(5);
/// How long a statement may wait for a lock, so that one stuck transaction does not stop all; and
/// how long it may take in all.
const PATIENCE: &str = "-c lock_timeout=10s -c statement_timeout=30s";

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
        config.options(PATIENCE).tcp_user_timeout(ANSWER_WAIT);
        let tls = match config.get_ssl_mode() {
            SslMode::Require => Some(tls()?),
            SslMode::Disable => None,
            _ if is_here(&config) => None,
            _ => {
                return Err(StorageError::other(
                    "the database is on another machine, and would be asked in the clear: add \
                     sslmode=require to its address, or sslmode=disable when nobody else can \
                     listen on the way",
                ));
            }
        };
        Ok(Connector { config, tls })
    }

    /// A line for pieces of work.
    pub(crate) fn connect(&self) -> Result<Line, StorageError> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| StorageError::other(format!("no network for a thread: {error}")))?;
        let connecting = async {
            Ok::<_, StorageError>(match &self.tls {
                Some(tls) => {
                    let tls = MakeRustlsConnect::new((**tls).clone());
                    let (client, connection) = self.config.connect(tls).await?;
                    tokio::spawn(connection);
                    client
                }
                None => {
                    let (client, connection) = self.config.connect(NoTls).await?;
                    tokio::spawn(connection);
                    client
                }
            })
        };
        let client = runtime
            .block_on(async { tokio::time::timeout(ANSWER_WAIT, connecting).await })
            .unwrap_or_else(|_| Err(StorageError::other("the database does not answer")))?;
        Ok(Line::new(runtime, client))
    }

    /// A plain connection, for the migrations, which take as long as they take.
    pub(crate) fn connect_plainly(&self) -> Result<postgres::Client, StorageError> {
        let mut config = self.config.clone();
        config.options("");
        let config = postgres::Config::from(config);
        Ok(match &self.tls {
            Some(tls) => config.connect(MakeRustlsConnect::new((**tls).clone()))?,
            None => config.connect(NoTls)?,
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

/// Whether what is said to the database stays on this machine.
fn is_here(config: &Config) -> bool {
    let is_local = |host: &Host| match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => {
            name == "localhost" || name.parse().is_ok_and(|it: IpAddr| it.is_loopback())
        }
    };
    let addresses = config.get_hostaddrs();
    match addresses {
        [] => config.get_hosts().iter().all(is_local),
        addresses => addresses.iter().all(IpAddr::is_loopback),
    }
}

pub(crate) fn work_loop(connector: &Connector, queue: &Waiting) {
    let mut line: Option<Line> = None;
    while let Some(mut work) = queue.take() {
        let outcome = run(connector, &mut line, work.as_mut());
        if let Err(error) = &outcome {
            tracing::error!(%error, "the database did not do a piece of work");
        }
        work.answer(outcome);
    }
}

/// The line, or a new one in the place of one that was closed while nobody used it.
fn open<'a>(
    connector: &Connector,
    line: &'a mut Option<Line>,
) -> Result<&'a mut Line, StorageError> {
    if line.as_ref().is_none_or(|line| !line.is_open()) {
        *line = None;
        *line = Some(connector.connect()?);
    }
    line.as_mut().ok_or_else(StorageError::stopped)
}

/// Runs work in a transaction: again after a conflict, and once again on a new connection when the
/// one it had went away before anything was committed.
fn run(
    connector: &Connector,
    line: &mut Option<Line>,
    work: &mut dyn Work,
) -> Result<(), StorageError> {
    let mut went_away = false;
    let (mut conflicts, mut overtaken) = (0, 0);
    while conflicts < CONFLICTS_MAX && overtaken < OVERTAKEN_MAX {
        let line_now = open(connector, line)?;
        line_now.begin()?;
        let ran = work.run(&mut Tx::new(Engine::Postgres(line_now)));
        match ran {
            Ran::Keep => {
                faults::point("before-commit");
                let committed = line_now.commit();
                faults::point("after-commit");
                match committed {
                    Err(error) if error.is_conflict() => {
                        drop(line_now.roll_back());
                        conflicts += 1;
                    }
                    other => return other,
                }
            }
            Ran::Again => {
                drop(line_now.roll_back());
                conflicts += 1;
            }
            Ran::Overtaken => {
                drop(line_now.roll_back());
                overtaken += 1;
            }
            Ran::Undo => {
                drop(line_now.roll_back());
                return Ok(());
            }
            // The answer of the work says why.
            Ran::Gone if went_away => return Ok(()),
            Ran::Gone => {
                went_away = true;
                *line = None;
            }
        }
    }
    Err(StorageError::lost())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_goes_to_another_machine_in_the_clear_unless_that_is_meant() {
        for here in [
            "postgres://belofte@localhost/belofte",
            "postgres://belofte@127.0.0.1:5432/belofte",
            "postgres://belofte@[::1]/belofte",
            "postgres://belofte@%2Fvar%2Frun%2Fpostgresql/belofte",
            "host=db.example.nl hostaddr=127.0.0.1 user=belofte",
            "postgres://belofte@db.example.nl/belofte?sslmode=disable",
        ] {
            let connector = Connector::new(here).expect(here);
            assert!(connector.tls.is_none(), "{here}");
        }
        for away in [
            "postgres://belofte@db.example.nl/belofte",
            "postgres://belofte@localhost,db.example.nl/belofte",
            "postgres://belofte@192.0.2.7/belofte?sslmode=prefer",
            "host=localhost hostaddr=192.0.2.7 user=belofte",
        ] {
            let refused = Connector::new(away).err().expect(away).to_string();
            assert!(refused.contains("sslmode=require"), "{away}: {refused}");
        }
    }
}
