//! The dictionary names every table and column that there is, and nothing else: what is new is
//! exported, or left out for a reason.

use std::collections::BTreeMap;

use super::takes_in;
use crate::dictionary::{Kind, left_out, tables};
use crate::snapshot::Cell;
use crate::{Ledger, StorageError, on_both};

on_both! {
    fn every_table_and_column_is_exported_or_left_out_for_a_reason(ground: &Ground) {
        drop(ground.ledger());
        let mut told: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for table in tables() {
            let stored = table.columns.iter().filter(|column| column.kind != Kind::Made);
            told.insert(table.name.to_owned(), stored.map(|it| it.name.to_owned()).collect());
        }
        let whole: Vec<&str> =
            left_out().iter().filter(|it| it.column.is_none()).map(|it| it.table).collect();
        for (table, columns) in ground.columns() {
            if whole.contains(&table.as_str()) {
                continue;
            }
            let told = told.remove(&table).unwrap_or_default();
            let same = |a: &[String], b: &[String]| a.iter().all(|it| b.contains(it));
            assert!(
                same(&columns, &told) && same(&told, &columns),
                "{table} has {columns:?}, and crates/ledger/src/dictionary.txt {told:?}"
            );
        }
        assert_eq!(told, BTreeMap::new(), "tables that are not there");
    }

    fn a_table_is_in_order_and_can_be_read(ground: &Ground) {
        let ledger = ground.ledger();
        ledger.write(|tx| takes_in(tx, "twee", None)).wait().expect("stored");
        let names: Vec<&str> = tables().iter().map(|table| table.name).collect();
        ledger
            .snapshot(|snapshot| {
                for table in tables() {
                    for key in &table.key {
                        assert!(table.read().any(|it| it.name == *key), "{}.{key}", table.name);
                    }
                    for column in &table.columns {
                        if let Kind::Row(of) = column.kind {
                            assert!(names.contains(&of), "{}.{}", table.name, column.name);
                        }
                    }
                    snapshot.rows::<StorageError>(&table, &[], |_| Ok(()))?;
                }
                Ok::<_, StorageError>(())
            })
            .expect("every table is read");
    }

    fn a_snapshot_stays_as_it_was(ground: &Ground) {
        let ledger = ground.ledger();
        ledger.write(|tx| takes_in(tx, "eerst", None)).wait().expect("stored");
        let contacts = tables().into_iter().find(|it| it.name == "contacts").expect("there");
        let count = |ledger: &Ledger, later: bool| {
            ledger.snapshot(|snapshot| {
                if later {
                    let adds = ledger.write(|tx| takes_in(tx, "later", None));
                    adds.wait().expect("others go on writing");
                }
                let mut seen = 0;
                snapshot.rows::<StorageError>(&contacts, &[], |cells| {
                    assert!(matches!(cells[0], Cell::Number(_)), "{cells:?}");
                    seen += 1;
                    Ok(())
                })?;
                Ok::<_, StorageError>(seen)
            })
        };
        assert_eq!(count(&ledger, true).expect("read"), 1);
        assert_eq!(count(&ledger, false).expect("read"), 2);
    }
}

#[test]
fn secrets_are_left_out() {
    let left = left_out();
    for secret in [
        "employees.password",
        "employees.second_step",
        "webhooks.secret",
        "webhooks.bearer",
        "api_tokens.hash",
        "counter_feeds.hash",
    ] {
        let (table, column) = secret.split_once('.').expect("a column");
        let is_left = left.iter().any(|it| it.table == table && it.column == Some(column));
        assert!(is_left, "{secret}");
    }
    for table in ["sessions", "recovery_codes", "invitations", "settings"] {
        assert!(left.iter().any(|it| it.table == table && it.column.is_none()), "{table}");
    }
    assert!(left.iter().all(|it| it.why.ends_with('.')), "each says why");
}
