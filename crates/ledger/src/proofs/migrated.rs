//! Tables are brought up to date once, by whoever comes first; a newer database is left alone.

use super::{subjects, takes_in};
use crate::{Ledger, on_both};

on_both! {
    fn opening_again_changes_nothing(ground: &Ground) {
        let first = ground.ledger();
        first.write(|tx| takes_in(tx, "kept", None)).wait().expect("it is stored");
        drop(first);
        let again = ground.ledger();
        assert_eq!(again.read(subjects).wait().expect("it reads"), ["kept"]);
    }

    fn two_processes_start_together(ground: &Ground) {
        let place = ground.place().clone();
        let starting: Vec<_> = (0..4)
            .map(|_| {
                let place = place.clone();
                std::thread::spawn(move || Ledger::open(&place).map(drop))
            })
            .collect();
        for start in starting {
            start.join().expect("no panic").expect("each can open it");
        }
    }

    fn a_newer_database_is_refused(ground: &Ground) {
        drop(ground.ledger());
        ground.runs("INSERT INTO migrations (step, hash) VALUES (9999, 'x')");
        let said = Ledger::open(ground.place()).map(drop).expect_err("it is newer").to_string();
        assert_eq!(
            said,
            "this database is newer than this program (migration 9999): start the newer program"
        );
    }

    fn another_history_is_refused(ground: &Ground) {
        drop(ground.ledger());
        ground.runs("UPDATE migrations SET hash = 'x' WHERE step = 1");
        let said = Ledger::open(ground.place()).map(drop).expect_err("it differs").to_string();
        assert_eq!(said, "migration 1 of this database is not the one this program has");
    }
}

#[test]
fn a_place_that_is_none() {
    let place = crate::Place::Postgres("mysql://example.nl/belofte".to_owned());
    let said = Ledger::open(&place).map(drop).expect_err("no place").to_string();
    assert_eq!(said, "the database is not of the form postgres://user@host:port/name");
}
