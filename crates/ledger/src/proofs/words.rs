//! What contacts are found by on SQLite stands in a file of its own: it is made again where it does
//! not belong to the ledger, and whoever writes it leaves the ledger alone.

use std::path::Path;

use promises::Fact;

use super::{at, takes_in};
use crate::testing::Ground;
use crate::{Ledger, Place, sqlite_words};

/// Puts a copy in the place of a ledger that nobody has open.
fn put_back(copy: &Path, ground: &Ground) {
    std::fs::rename(copy, path(ground)).expect("put back");
}

fn path(ground: &Ground) -> &Path {
    let Place::File(path) = ground.place() else { panic!("a file") };
    path
}

fn takes_many(ledger: &Ledger, count: u32) {
    let take = move |tx: &mut crate::Tx<'_>| {
        (0..count).try_for_each(|_| takes_in(tx, "lamp", None).map(|_| ()))
    };
    ledger.write(take).wait().expect("they are stored");
}

/// Follows all facts; says how many contacts they were about.
fn follows(ledger: &Ledger) -> usize {
    let follow = ledger.follow(|tx| {
        let stretch = tx.to_search(1_000, &[])?;
        assert!(stretch.contacts.is_empty() || tx.searched(&stretch)?);
        for contact in &stretch.contacts {
            tx.put_words(*contact, "lamp")?;
        }
        Ok(stretch.contacts.len())
    });
    follow.wait().expect("they are followed")
}

fn found(ledger: &Ledger) -> Vec<i64> {
    let find = ledger.read(|tx| Ok(tx.find(&["lamp".to_owned()], i64::MAX, 100)?));
    find.wait().expect("they are found")
}

#[test]
fn words_stay_when_the_program_starts_again() {
    let ground = Ground::sqlite();
    let ledger = ground.ledger();
    takes_many(&ledger, 2);
    assert_eq!((follows(&ledger), follows(&ledger)), (2, 0));
    drop(ledger);
    let again = ground.ledger();
    assert_eq!(found(&again), [2, 1]);
    assert_eq!(follows(&again), 0);
}

#[test]
fn nothing_is_left_in_a_log_when_the_program_ends() {
    let ground = Ground::sqlite();
    let ledger = ground.ledger();
    takes_many(&ledger, 2);
    assert_eq!((follows(&ledger), found(&ledger)), (2, vec![2, 1]));
    drop(ledger);
    let folder = path(&ground).parent().expect("a folder").read_dir().expect("it is read");
    let mut files: Vec<_> = folder.map(|file| file.expect("a file").file_name()).collect();
    files.sort();
    assert_eq!(files, ["belofte-words.db", "belofte.db"]);
}

#[test]
fn a_ledger_that_was_put_back_has_its_words_made_again() {
    let ground = Ground::sqlite();
    let copy = path(&ground).with_file_name("copy.db");
    let ledger = ground.ledger();
    takes_many(&ledger, 2);
    ledger.copy_to(&copy).expect("copied");
    takes_many(&ledger, 3);
    assert_eq!(follows(&ledger), 5);
    drop(ledger);
    put_back(&copy, &ground);
    let back = ground.ledger();
    assert_eq!(found(&back), [] as [i64; 0]);
    assert_eq!((follows(&back), found(&back)), (2, vec![2, 1]));

    // As far as before, by other facts.
    let ledger = Ledger::open(&Place::File(copy.clone())).expect("another one");
    let other = Fact::DisruptionEnded { disruption: 1 };
    let first = ledger.write(move |tx| {
        tx.house_fact(at(1), None, &other);
        Ok(())
    });
    first.wait().expect("another beginning");
    takes_many(&ledger, 9);
    drop((ledger, back));
    put_back(&copy, &ground);
    let other = ground.ledger();
    assert_eq!((found(&other).len(), follows(&other)), (0, 9));
}

#[test]
fn a_file_of_words_that_is_none_is_made_again() {
    let ground = Ground::sqlite();
    let ledger = ground.ledger();
    takes_many(&ledger, 2);
    assert_eq!(follows(&ledger), 2);
    drop(ledger);
    std::fs::write(sqlite_words::beside(path(&ground)), vec![b'x'; 9_000]).expect("written");
    let ledger = ground.ledger();
    assert_eq!((follows(&ledger), found(&ledger)), (2, vec![2, 1]));
}

#[test]
fn a_file_of_words_that_can_not_be_opened_stops_nothing_else() {
    let ground = Ground::sqlite();
    let file = sqlite_words::beside(path(&ground));
    std::fs::create_dir(&file).expect("something else is in its place");
    let ledger = ground.ledger();
    takes_many(&ledger, 2);
    let said = ledger.follow(|tx| Ok(tx.to_search(1, &[])?)).wait().expect_err("not followed");
    assert!(said.to_string().contains("belofte-words.db"), "{said}");
    let find = ledger.read(|tx| Ok(tx.find(&["lamp".to_owned()], i64::MAX, 100)?));
    assert!(find.wait().is_err(), "who searches hears of it");
    std::fs::remove_dir(&file).expect("out of the way");
    assert_eq!((follows(&ledger), found(&ledger)), (2, vec![2, 1]));
}

#[test]
fn whoever_writes_words_can_not_write_the_ledger() {
    let ground = Ground::sqlite();
    let ledger = ground.ledger();
    let said = ledger.follow(|tx| takes_in(tx, "lamp", None)).wait().expect_err("refused");
    assert!(said.to_string().contains("readonly"), "{said}");
    takes_many(&ledger, 1);
    assert_eq!(follows(&ledger), 1, "and goes on");
}

#[test]
fn any_name_of_a_file_will_do() {
    let ground = Ground::sqlite();
    let name = path(&ground).with_file_name("100% zeker? #1 file:é.db");
    let ledger = Ledger::open(&Place::File(name)).expect("it opens");
    takes_many(&ledger, 1);
    assert_eq!((follows(&ledger), found(&ledger)), (1, vec![1]));
}
