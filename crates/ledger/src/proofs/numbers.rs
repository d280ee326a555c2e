//! Numbers that are skipped are not given to anybody.

use super::takes_in;
use crate::on_both;

on_both! {
    fn skipped_numbers_are_not_given(ground: &Ground) {
        let ledger = ground.ledger();
        let first = ledger.write(|tx| takes_in(tx, "first", None)).wait().expect("taken in");
        ledger.write(|tx| Ok(tx.skip_numbers(1_000)?)).wait().expect("skipped");
        let next = ledger.write(|tx| takes_in(tx, "next", None)).wait().expect("taken in");
        assert!((first + 1_001..first + 1_010).contains(&next), "{first} {next}");
    }
}
