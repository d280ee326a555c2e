//! PostgreSQL that goes away and comes back: between two pieces of work nobody notices, during
//! one it is an error and nothing is half-written.

use postgres::{Client, NoTls};

use super::{subjects, takes_in};
use crate::testing::Ground;
use crate::{Place, Stop, Verified};

/// How often each of the ledger's connections is surely used.
const ROUNDS: usize = 40;

/// Ends every connection of the ledger.
fn kill_all(url: &str) {
    let mut client = Client::connect(url, NoTls).expect("the server is there");
    let kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND application_name = 'belofte'";
    client.batch_execute(kill).expect("a superuser may");
}

#[test]
fn killed_between_two_writes() {
    let Some(ground) = Ground::postgres() else { return };
    let Place::Postgres(url) = ground.place() else { panic!("postgres") };
    let ledger = ground.ledger();
    for round in 0..ROUNDS {
        let subject = round.to_string();
        ledger
            .write(move |tx| takes_in(tx, &subject, None))
            .wait()
            .unwrap_or_else(|stop| panic!("round {round}: {stop}"));
        if round % 10 == 5 {
            kill_all(url);
        }
    }
    let verified = ledger.read(|tx| tx.verify()).wait().expect("it verifies");
    let facts = i64::try_from(ROUNDS).expect("few");
    assert_eq!(verified, Verified::Whole { facts });
}

#[test]
fn killed_during_a_write() {
    let Some(ground) = Ground::postgres() else { return };
    let Place::Postgres(url) = ground.place().clone() else { panic!("postgres") };
    let ledger = ground.ledger();
    ledger.write(|tx| takes_in(tx, "before", None)).wait().expect("it writes");
    let broken = ledger.write(move |tx| {
        takes_in(tx, "half", None)?;
        kill_all(&url);
        takes_in(tx, "half too", None)
    });
    match broken.wait() {
        Err(Stop::Storage(error)) => assert!(!error.is_full() && !error.is_taken(), "{error}"),
        other => panic!("{other:?}"),
    }
    for _ in 0..ROUNDS {
        assert_eq!(ledger.read(subjects).wait().expect("it reads on"), ["before"]);
    }
    ledger.write(|tx| takes_in(tx, "after", None)).wait().expect("it writes on");
    let verified = ledger.read(|tx| tx.verify()).wait().expect("it verifies");
    assert_eq!(verified, Verified::Whole { facts: 2 });
}
