//! A look at a row or two, and work that finds somebody else was first.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;

use super::{subjects, takes_in};
use crate::{Stop, StorageError, on_both};

on_both! {
    fn a_look_sees_what_was_answered_for(ground: &Ground) {
        let ledger = ground.ledger();
        for nr in 0..20 {
            let subject = format!("{nr}");
            ledger.write(move |tx| takes_in(tx, &subject, None)).wait().expect("it is kept");
            let seen = ledger.look(subjects).wait().expect("it looks");
            assert_eq!(seen.len(), nr + 1);
        }
    }

    /// One that takes long keeps nobody else from looking, and one that breaks off neither.
    fn many_look_at_once(ground: &Ground) {
        let ledger = ground.ledger();
        ledger.write(|tx| takes_in(tx, "one", None)).wait().expect("it is kept");
        let (here, came) = mpsc::channel();
        let (go, gone) = mpsc::channel::<()>();
        let slow = std::thread::scope(|scope| {
            let of_slow = &ledger;
            let slow = scope.spawn(move || {
                of_slow.look(move |tx| {
                    here.send(()).expect("the test waits");
                    let _ = gone.recv();
                    subjects(tx)
                }).wait()
            });
            came.recv().expect("it is looking");
            let other = ledger.look(subjects).wait().expect("another thread looks");
            assert_eq!(other, ["one"]);
            drop(go);
            slow.join().expect("no panic")
        });
        assert_eq!(slow.expect("it looks"), ["one"]);
        let broken = ledger.look(|_| -> Result<(), Stop> {
            panic!("a look that breaks off, as this test wants")
        });
        assert!(matches!(broken.wait(), Err(Stop::Storage(_))));
        assert_eq!(ledger.look(subjects).wait().expect("it looks"), ["one"]);
    }

    /// What it wrote before it found out is undone, and its neighbours are kept.
    fn who_is_overtaken_looks_again(ground: &Ground) {
        let ledger = ground.ledger();
        let turns = Arc::new(AtomicU32::new(0));
        let again = Arc::clone(&turns);
        let first = ledger.write(|tx| takes_in(tx, "first", None));
        let overtaken = ledger.write(move |tx| {
            let contact = takes_in(tx, "overtaken", None)?;
            match again.fetch_add(1, Ordering::SeqCst) {
                0..20 => Err(StorageError::overtaken().into()),
                _ => Ok(contact),
            }
        });
        let last = ledger.write(|tx| takes_in(tx, "last", None));
        first.wait().expect("it is kept");
        last.wait().expect("it is kept");
        let mut kept = vec!["first".to_owned(), "last".to_owned()];
        if ledger.engine() == "postgres" {
            overtaken.wait().expect("more often than after other conflicts");
            assert_eq!(turns.load(Ordering::SeqCst), 21);
            kept.push("overtaken".to_owned());
        } else {
            // With one writer nobody can be first: it is said, and nothing is kept.
            assert!(matches!(overtaken.wait(), Err(Stop::Storage(_))));
        }
        let mut found = ledger.read(subjects).wait().expect("it reads");
        found.sort();
        assert_eq!(found, kept);
    }
}
