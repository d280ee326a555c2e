//! A full disk fails whole pieces of work, says so, and is over when there is room again.

use super::{contact, subjects, takes_in};
use crate::sql::Engine;
use crate::testing::Ground;
use crate::{Ledger, Stop, Verified};

/// Lets the database file grow no further than so many pages.
fn room_for(ledger: &Ledger, pages: i64) {
    let set = ledger.write(move |tx| {
        if let Engine::Sqlite(line) = &tx.engine {
            line.connection().pragma_update(None, "max_page_count", pages).expect("a pragma");
        }
        Ok(())
    });
    set.wait().expect("it is set");
}

#[test]
fn nothing_is_half_written_and_it_goes_on_when_there_is_room() {
    let ground = Ground::sqlite();
    let ledger = ground.ledger();
    ledger.write(|tx| takes_in(tx, "before", None)).wait().expect("there is room");
    // SQLite takes the number of pages there are as the least it can be told.
    room_for(&ledger, 1);
    let mut refused = 0;
    for _ in 0..20 {
        let large = ledger.write(|tx| {
            takes_in(tx, "half", None)?;
            let row = contact(&"groot ".repeat(20_000));
            tx.add_contact(&row)?;
            Ok(())
        });
        match large.wait() {
            Err(Stop::Storage(error)) => {
                refused += 1;
                assert!(error.is_full(), "{error}");
                assert!(!error.is_taken());
            }
            other => panic!("a full disk takes nothing: {other:?}"),
        }
    }
    assert_eq!(refused, 20);
    assert_eq!(ledger.read(subjects).wait().expect("reading goes on"), ["before"]);
    room_for(&ledger, 1_000_000);
    ledger.write(|tx| takes_in(tx, "after", None)).wait().expect("there is room again");
    assert_eq!(ledger.read(subjects).wait().expect("it reads"), ["before", "after"]);
    let verified = ledger.read(|tx| tx.verify()).wait().expect("it verifies");
    assert_eq!(verified, Verified::Whole { facts: 2 });
}

/// Those who share a commit with the one that fills the disk are told to try again, or are kept
/// whole: never in between.
#[test]
fn neighbours_are_whole_or_gone() {
    let ground = Ground::sqlite();
    let ledger = ground.ledger();
    ledger.write(|tx| takes_in(tx, "0", None)).wait().expect("there is room");
    room_for(&ledger, 1);
    let given: Vec<_> = (1..=40)
        .map(|piece| {
            ledger.write(move |tx| {
                let subject = if piece % 2 == 0 { "x".repeat(100_000) } else { piece.to_string() };
                takes_in(tx, &subject, None)
            })
        })
        .collect();
    let mut kept = vec!["0".to_owned()];
    for (piece, answer) in (1..=40).zip(given) {
        match answer.wait() {
            Ok(_) if piece % 2 == 1 => kept.push(piece.to_string()),
            Ok(_) => panic!("piece {piece} has no room"),
            Err(Stop::Storage(_)) => {}
            Err(Stop::Refused(refusal)) => panic!("{refusal}"),
        }
    }
    assert_eq!(ledger.read(subjects).wait().expect("it reads"), kept);
    let verified = ledger.read(|tx| tx.verify()).wait().expect("it verifies");
    assert_eq!(verified, Verified::Whole { facts: i64::try_from(kept.len()).expect("few") });
}
