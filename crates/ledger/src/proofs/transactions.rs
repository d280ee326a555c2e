//! Each piece of work is written whole or not at all, whatever its neighbours do.

use promises::{Fact, Refusal};

use super::{at, contact, subjects, takes_in};
use crate::contacts::{Kept, Raw};
use crate::{Ledger, Pending, Stop, Verified, on_both};

/// Pieces of work given at once, so that on SQLite they share commits.
const PIECES: usize = 60;

fn given_at_once(ledger: &Ledger) -> Vec<Pending<i64>> {
    (0..PIECES)
        .map(|piece| {
            ledger.write(move |tx| {
                let contact = takes_in(tx, &format!("{piece}"), None)?;
                match piece % 6 {
                    4 => Err(Refusal::TextEmpty.into()),
                    5 => panic!("a piece of work that breaks off, as this test wants"),
                    _ => Ok(contact),
                }
            })
        })
        .collect()
}

/// On SQLite, where they share a transaction, the end of the chain is written down only once.
#[test]
fn work_in_one_transaction_sees_where_the_chain_ends() {
    const FACTS: i64 = 3;
    let ground = crate::testing::Ground::sqlite();
    let ledger = ground.ledger();
    let (go, gone) = std::sync::mpsc::channel::<()>();
    // It is run again, with the others, because one of them is refused.
    let first = ledger.write(move |_| {
        let _ = gone.recv();
        Ok(())
    });
    // They wait for the first, and so they are taken together.
    let facts: Vec<_> = (0..FACTS).map(|_| ledger.write(|tx| takes_in(tx, "", None))).collect();
    let seen = ledger.write(|tx| Ok((tx.verify()?, tx.last_fact()?, tx.first_fact_from(at(1))?)));
    let refused = ledger.write(|tx| {
        takes_in(tx, "not kept", None)?;
        Err::<(), _>(Refusal::TextEmpty.into())
    });
    let last = ledger.write(|tx| takes_in(tx, "", None));
    drop(go);
    first.wait().expect("it is done");
    for fact in facts {
        fact.wait().expect("it is kept");
    }
    let whole = Verified::Whole { facts: FACTS };
    assert_eq!(seen.wait().expect("it reads"), (whole, FACTS, FACTS + 1));
    assert!(matches!(refused.wait(), Err(Stop::Refused(Refusal::TextEmpty))));
    last.wait().expect("it is kept");
    let verified = ledger.read(|tx| tx.verify()).wait().expect("it verifies");
    assert_eq!(verified, Verified::Whole { facts: FACTS + 1 });
}

on_both! {
    fn a_refused_and_a_broken_piece_are_undone_alone(ground: &Ground) {
        let ledger = ground.ledger();
        let mut kept = 0;
        for (piece, answer) in given_at_once(&ledger).into_iter().enumerate() {
            match (piece % 6, answer.wait()) {
                (4, Err(Stop::Refused(Refusal::TextEmpty))) => {}
                (5, Err(Stop::Storage(error))) => {
                    assert_eq!(error.to_string(), "a piece of work on the database broke off");
                }
                (_, Ok(_)) => kept += 1,
                (_, other) => panic!("piece {piece}: {other:?}"),
            }
        }
        assert_eq!(kept, PIECES / 6 * 4);
        let mut found = ledger.read(subjects).wait().expect("it reads");
        let number = |text: &String| text.parse::<usize>().expect("a number");
        found.sort_by_key(number);
        let expected: Vec<String> =
            (0..PIECES).filter(|piece| piece % 6 < 4).map(|piece| piece.to_string()).collect();
        assert_eq!(found, expected);
        let verified = ledger.read(|tx| tx.verify()).wait().expect("it verifies");
        assert_eq!(verified, Verified::Whole { facts: i64::try_from(kept).expect("few") });
    }

    fn who_gave_work_takes_away_what_it_held(ground: &Ground) {
        struct Held(std::sync::mpsc::Sender<std::thread::ThreadId>);
        impl Drop for Held {
            fn drop(&mut self) {
                let _ = self.0.send(std::thread::current().id());
            }
        }
        let (held, dropped) = std::sync::mpsc::channel();
        let held = Held(held);
        let ledger = ground.ledger();
        let work = ledger.write(move |tx| {
            let _ = &held;
            takes_in(tx, "", None)
        });
        work.wait().expect("it is kept");
        let by = dropped.recv().expect("it is taken away");
        assert_eq!(by, std::thread::current().id());
    }

    fn a_reader_sees_only_what_is_committed(ground: &Ground) {
        let ledger = ground.ledger();
        let (wrote, written) = std::sync::mpsc::channel();
        let (go, gone) = std::sync::mpsc::channel::<()>();
        let writing = ledger.write(move |tx| {
            takes_in(tx, "half", None)?;
            wrote.send(()).expect("the test waits");
            gone.recv().expect("the test says so");
            Ok(())
        });
        written.recv().expect("it writes");
        let seen = ledger.read(subjects).wait().expect("a reader does not wait for the writer");
        assert!(seen.is_empty(), "{seen:?}");
        go.send(()).expect("the writer waits");
        writing.wait().expect("it commits");
        assert_eq!(ledger.read(subjects).wait().expect("it reads"), ["half"]);
    }

    fn what_is_stored_comes_back_as_it_was(ground: &Ground) {
        let ledger = ground.ledger();
        let stored = ledger.write(|tx| {
            let mut row = contact("een lamp – \"kapot\" 🕯");
            row.id = tx.add_contact(&row)?;
            let read = tx.contact(row.id)?.expect("it is there");
            assert_eq!(read, row);
            Ok(row.id)
        });
        let id = stored.wait().expect("it is stored");
        ledger.write(move |tx| {
            let employee = tx.add_employee(("els", "Els Voorbeeld"), "x", "employee", at(0))?;
            let author = "JAN@example.nl".to_owned();
            let message = crate::contacts::Message {
                id: 0,
                at: at(1),
                source: crate::contacts::Source::Registered,
                author,
                subject: String::new(),
                body: "met een \u{0} erin".to_owned(),
                quoted: String::new(),
                trouble: String::new(),
                message_id: "a@b".to_owned(),
                references: "c@d e@f".to_owned(),
                employee: Some(employee),
                has_raw: false,
                has_html: true,
            };
            let key = tx.add_message(id, &message)?;
            let kept = Kept { hash: &[1, 2], bytes: Some(b"raw\0bytes\xff") };
            tx.add_raw(key, kept)?;
            assert_eq!(tx.raw(id, key)?, Some(Raw::Row(b"raw\0bytes\xff".to_vec())));
            assert_eq!(tx.raw(id + 1, key)?, None, "bytes belong to their contact");
            let read = tx.messages(id)?.pop().expect("one message");
            assert!(read.has_raw && read.has_html && read.id == key);
            assert_eq!(read.employee, Some(employee));
            assert!(read.body.starts_with("met een "), "{:?}", read.body);
            assert_eq!((read.message_id.as_str(), read.references.as_str()), ("a@b", "c@d e@f"));
            assert!(tx.is_participant(id, "jan@EXAMPLE.nl")?);
            assert!(!tx.is_participant(id, "piet@example.nl")?);
            Ok(())
        }).wait().expect("messages are stored");
    }

    fn a_key_that_is_taken_is_said_to_be_taken(ground: &Ground) {
        let ledger = ground.ledger();
        let claim = |ledger: &Ledger| {
            ledger.write(|tx| {
                let contact = takes_in(tx, "twice", None)?;
                tx.claim_message_id("same@example.nl", contact, &[7])?;
                Ok(())
            }).wait()
        };
        claim(&ledger).expect("the first");
        match claim(&ledger) {
            Err(Stop::Storage(error)) => assert!(error.is_taken() && !error.is_full(), "{error}"),
            other => panic!("{other:?}"),
        }
        assert_eq!(ledger.read(subjects).wait().expect("it reads"), ["twice"]);
    }

    /// Those who append at the same time get places in the chain without a gap.
    fn facts_of_many_writers_make_one_chain(ground: &Ground) {
        let ledger = ground.ledger();
        let contact = ledger.write(|tx| takes_in(tx, "one", None)).wait().expect("a contact");
        std::thread::scope(|scope| {
            for writer in 0..8 {
                let ledger = ledger.clone();
                scope.spawn(move || {
                    for fact in 0..10 {
                        let write = ledger.write(move |tx| {
                            tx.fact(at(writer * 10 + fact), contact, None, &Fact::Noted);
                            tx.fact(at(writer * 10 + fact), contact, Some(writer), &Fact::Reopened);
                            Ok(())
                        });
                        write.wait().expect("it is written");
                    }
                });
            }
        });
        let verified = ledger.read(|tx| tx.verify()).wait().expect("it verifies");
        assert_eq!(verified, Verified::Whole { facts: 161 });
        let facts = ledger.read(move |tx| Ok(tx.facts_of(contact)?)).wait().expect("they are read");
        assert_eq!(facts.len(), 161);
        // The two of one piece of work stand together.
        for pair in facts[1..].chunks(2) {
            assert_eq!((pair[0].at, pair[0].id + 1), (pair[1].at, pair[1].id));
        }
    }
}
