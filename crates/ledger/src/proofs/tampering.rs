//! Facts can not be changed; and where someone changes them all the same, the walk says where.

use super::takes_in;
use crate::testing::Ground;
use crate::{Place, Verified, Walked, on_both};

/// How a superuser takes the guard away.
fn unguard(ground: &Ground) {
    ground.runs(match ground.place() {
        Place::File(_) => "DROP TRIGGER facts_stay; DROP TRIGGER facts_remain;",
        Place::Postgres(_) => "DROP TRIGGER facts_stay ON facts;",
    });
}

fn six_facts(ground: &Ground) {
    let ledger = ground.ledger();
    for fact in 0..6 {
        ledger.write(move |tx| takes_in(tx, &fact.to_string(), None)).wait().expect("a fact");
    }
}

fn walk(ground: &Ground) -> Verified {
    ground.ledger().read(|tx| tx.verify()).wait().expect("the walk itself does not fail")
}

/// Tampers with six facts; says what the walk finds.
fn after(ground: &Ground, sql: &str) -> Verified {
    six_facts(ground);
    assert_eq!(walk(ground), Verified::Whole { facts: 6 });
    unguard(ground);
    ground.runs(sql);
    walk(ground)
}

on_both! {
    fn facts_are_append_only(ground: &Ground) {
        six_facts(ground);
        for sql in [
            "UPDATE facts SET at = at + 1 WHERE id = 3",
            "UPDATE facts SET data = '{}'",
            "DELETE FROM facts WHERE id = 6",
            "DELETE FROM facts",
        ] {
            let said = ground.tries(sql).expect_err(sql);
            assert!(said.contains("facts are append-only"), "{sql}: {said}");
        }
        assert_eq!(walk(ground), Verified::Whole { facts: 6 });
    }

    fn an_empty_chain_is_whole(ground: &Ground) {
        assert_eq!(walk(ground), Verified::Whole { facts: 0 });
    }

    fn a_walk_goes_on_where_it_came(ground: &Ground) {
        six_facts(ground);
        let go_on = |mut walked: Walked| {
            let walk = ground.ledger().read(move |tx| {
                let found = tx.verify_on(&mut walked)?;
                Ok((found, walked.clone()))
            });
            walk.wait().expect("the walk itself does not fail")
        };
        let (found, walked) = go_on(Walked::default());
        assert_eq!(found, Verified::Whole { facts: 6 });
        ground.ledger().write(|tx| takes_in(tx, "seventh", None)).wait().expect("a fact");
        let (found, walked) = go_on(walked);
        assert_eq!(found, Verified::Whole { facts: 7 });
        ground.ledger().write(|tx| takes_in(tx, "eighth", None)).wait().expect("a fact");
        unguard(ground);
        ground.runs("UPDATE facts SET at = at + 1 WHERE id = 8");
        let (found, _) = go_on(walked);
        assert_eq!(found, Verified::Broken { at: 8, why: "it was changed" });
    }

    fn a_changed_text(ground: &Ground) {
        let found = after(ground, "UPDATE facts SET data = '{\"fact\":\"reopened\"}' WHERE id = 3");
        assert_eq!(found, Verified::Broken { at: 3, why: "it was changed" });
    }

    fn a_changed_moment(ground: &Ground) {
        let found = after(ground, "UPDATE facts SET at = at - 1 WHERE id = 2");
        assert_eq!(found, Verified::Broken { at: 2, why: "it was changed" });
    }

    fn a_changed_actor(ground: &Ground) {
        let found = after(ground, "UPDATE facts SET actor = 9 WHERE id = 5");
        assert_eq!(found, Verified::Broken { at: 5, why: "it was changed" });
    }

    fn a_changed_contact(ground: &Ground) {
        let found = after(ground, "UPDATE facts SET contact = 1 WHERE id = 6");
        assert_eq!(found, Verified::Broken { at: 6, why: "it was changed" });
    }

    fn one_taken_out_of_the_middle(ground: &Ground) {
        let found = after(ground, "DELETE FROM facts WHERE id = 4");
        assert_eq!(found, Verified::Broken { at: 4, why: "it is missing" });
    }

    fn the_first_taken_away(ground: &Ground) {
        let found = after(ground, "DELETE FROM facts WHERE id = 1");
        assert_eq!(found, Verified::Broken { at: 1, why: "it is missing" });
    }

    fn the_last_taken_away(ground: &Ground) {
        let found = after(ground, "DELETE FROM facts WHERE id = 6");
        assert_eq!(found, Verified::Broken { at: 6, why: "facts at the end are missing" });
    }

    fn all_taken_away(ground: &Ground) {
        let found = after(ground, "DELETE FROM facts");
        assert_eq!(found, Verified::Broken { at: 1, why: "facts at the end are missing" });
    }

    fn two_exchanged(ground: &Ground) {
        let found = after(
            ground,
            "UPDATE facts SET id = 99 WHERE id = 2; UPDATE facts SET id = 2 WHERE id = 3;
             UPDATE facts SET id = 3 WHERE id = 99;",
        );
        assert_eq!(found, Verified::Broken { at: 2, why: "it was changed" });
    }

    fn one_put_in_at_the_end(ground: &Ground) {
        let found = after(
            ground,
            "INSERT INTO facts (id, at, contact, actor, kind, data, hash)
             SELECT 7, at, contact, actor, kind, data, hash FROM facts WHERE id = 6",
        );
        assert_eq!(found, Verified::Broken { at: 7, why: "it was changed" });
    }

    fn closed_up_after_one_was_taken_out(ground: &Ground) {
        let found = after(
            ground,
            "DELETE FROM facts WHERE id = 3; UPDATE facts SET id = 3 WHERE id = 4;
             UPDATE facts SET id = 4 WHERE id = 5; UPDATE facts SET id = 5 WHERE id = 6;
             UPDATE chain SET last = 5;",
        );
        assert_eq!(found, Verified::Broken { at: 3, why: "it was changed" });
    }
}
