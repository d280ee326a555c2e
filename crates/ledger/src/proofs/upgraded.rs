//! Every database that ever was is brought up to date with something in each of its tables: nothing
//! that it held is lost, and in the end it is as a new one.

use std::collections::{BTreeMap, BTreeSet};

use postgres::{Client, NoTls};

use crate::migrations::{self, STEPS};
use crate::testing::Ground;
use crate::{Ledger, Place, on_both};

/// What a step took away on purpose, from the version before it on, and why.
const MEANT: [(i64, &str, &str); 3] = [
    (3, "attempts.id", "attempts of a moment are counted in one row"),
    (7, "month_results.", "months are counted again, for each generation of the norms"),
    (36, "search", "on SQLite words have a file of their own, and are made again"),
];

/// What is not data of the municipality.
const BESIDE: [&str; 2] = ["migrations.", "sqlite_"];

on_both! {
    fn every_version_with_data_is_brought_up_to_date(ground: &Ground) {
        drop(ground.ledger());
        let fresh = schema(ground);
        for (version, _) in &STEPS[..STEPS.len() - 1] {
            empty(ground);
            ground.runs(&migrations::until(*version, ground.place()));
            fill(ground);
            let before = values(ground);
            drop(Ledger::open(ground.place()).expect("it is brought up to date"));
            assert_eq!(schema(ground), fresh, "version {version} becomes another database");
            let after = values(ground);
            for (place, held) in before {
                let is_meant = |it: &&(i64, &str, &str)| {
                    it.0 > *version && place.starts_with(it.1)
                };
                if MEANT.iter().any(|it| is_meant(&it)) {
                    continue;
                }
                assert_eq!(Some(&held), after.get(&place), "version {version}: {place}");
            }
            stays_guarded(ground, *version);
        }
    }

    fn what_a_step_fills_in_is_right_for_what_was_there(ground: &Ground) {
        ground.runs(&migrations::until(1, ground.place()));
        fill(ground);
        drop(Ledger::open(ground.place()).expect("it is brought up to date"));
        let after = values(ground);
        let of = |place: &str| -> Vec<String> {
            let values = after.get(place).into_iter().flatten();
            values.map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect()
        };
        // Row one says 1 everywhere, row two says 2.
        assert_eq!(of("promises.started_at"), ["1", "2"], "as when they were made");
        assert_eq!(of("contacts.closed_at"), ["1"], "the first one is closed");
        assert_eq!(of("work.channel"), ["1", "2"], "as their contacts came");
        let all_round = "employee complaints finance editor lead";
        assert_eq!(of("employees.roles"), [all_round; 2], "who was there may do what they did");
    }
}

/// Puts two rows into every table: one with something in each column, one with nothing where that
/// is possible. Every number is that of the row, so that what refers to a row finds it.
fn fill(ground: &Ground) {
    let mut script = String::from(match ground.place() {
        Place::File(_) => "PRAGMA foreign_keys = OFF;\n",
        Place::Postgres(_) => "SET session_replication_role = replica;\n",
    });
    let mut filled = 0;
    for (table, columns) in columns(ground) {
        for row in [1, 2] {
            let used = columns.iter().filter(|it| row == 1 || !it.may_be_nothing);
            let (names, values): (Vec<&str>, Vec<String>) =
                used.map(|it| (it.name.as_str(), value(&it.kind, row))).unzip();
            script.push_str(&format!(
                "INSERT INTO {table} (\"{}\") VALUES ({}) ON CONFLICT DO NOTHING;\n",
                names.join("\", \""),
                values.join(", ")
            ));
        }
        filled += 1;
    }
    if matches!(ground.place(), Place::File(_)) && has_words(ground) {
        script.push_str("INSERT INTO search (rowid, words) VALUES (1, 'lamp');\n");
    }
    ground.runs(&script);
    assert!(filled >= 15, "{filled} tables");
    let held = values(ground);
    for (table, columns) in columns(ground) {
        for column in columns {
            let place = format!("{table}.{}", column.name);
            assert!(held.contains_key(&place), "nothing stands in {place}");
        }
    }
}

fn has_words(ground: &Ground) -> bool {
    ground.columns().contains_key("search")
}

fn value(kind: &str, row: u32) -> String {
    match kind.to_lowercase().as_str() {
        "bigint" | "integer" => row.to_string(),
        "text" => format!("'{row}'"),
        "blob" => format!("x'0{row}'"),
        "bytea" => format!("'\\x0{row}'"),
        "tsvector" => "'lamp'".to_owned(),
        other => panic!("a column of a kind that no test fills: {other}"),
    }
}

struct Held {
    name: String,
    kind: String,
    may_be_nothing: bool,
}

/// The columns of the tables that are filled by name.
fn columns(ground: &Ground) -> BTreeMap<String, Vec<Held>> {
    let rows: Vec<(String, String, String, bool)> = match ground.place() {
        Place::File(path) => rusqlite::Connection::open(path)
            .and_then(|connection| {
                connection
                    .prepare(
                        "SELECT m.name, c.name, c.type, c.\"notnull\" = 0 AND c.pk = 0
                        FROM sqlite_master m JOIN pragma_table_info(m.name) c
                        WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'
                        AND m.name NOT LIKE 'search%' OR m.name = 'searched'",
                    )?
                    .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
                    .collect()
            })
            .expect("the file is read"),
        Place::Postgres(url) => Client::connect(url, NoTls)
            .and_then(|mut client| {
                client.query(
                    "SELECT table_name::text, column_name::text, data_type::text,
                        is_nullable = 'YES' FROM information_schema.columns
                    WHERE table_schema = 'public'",
                    &[],
                )
            })
            .expect("the database is read")
            .iter()
            .map(|row| (row.get(0), row.get(1), row.get(2), row.get(3)))
            .collect(),
    };
    let mut tables: BTreeMap<String, Vec<Held>> = BTreeMap::new();
    for (table, name, kind, may_be_nothing) in rows {
        if table != "migrations" {
            tables.entry(table).or_default().push(Held { name, kind, may_be_nothing });
        }
    }
    tables
}

/// What stands in each column, in order.
fn values(ground: &Ground) -> BTreeMap<String, Vec<Vec<u8>>> {
    let mut values: BTreeMap<String, Vec<Vec<u8>>> = BTreeMap::new();
    for (place, bytes) in ground.walk() {
        if !BESIDE.iter().any(|it| place.starts_with(it)) {
            values.entry(place).or_default().push(bytes);
        }
    }
    values.values_mut().for_each(|held| held.sort());
    values
}

/// Tables, columns, indexes and triggers, as the database itself tells of them.
fn schema(ground: &Ground) -> BTreeSet<String> {
    match ground.place() {
        Place::File(path) => rusqlite::Connection::open(path)
            .and_then(|connection| {
                connection
                    .prepare(
                        "SELECT type || ' ' || name || ' ' || COALESCE(sql, '') FROM sqlite_master",
                    )?
                    .query_map([], |row| row.get(0))?
                    .collect()
            })
            .expect("the file is read"),
        Place::Postgres(url) => Client::connect(url, NoTls)
            .and_then(|mut client| {
                client.query(
                    "SELECT concat_ws(' ', table_name, ordinal_position, column_name, data_type,
                        is_nullable, is_identity, column_default)
                    FROM information_schema.columns WHERE table_schema = 'public'
                    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
                    UNION ALL SELECT pg_get_constraintdef(oid) || conrelid::regclass
                    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
                    UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
                    &[],
                )
            })
            .expect("the database is read")
            .iter()
            .map(|row| row.get(0))
            .collect(),
    }
}

/// A database without anything in it.
fn empty(ground: &Ground) {
    match ground.place() {
        Place::File(path) => {
            for beside in ["", "-wal", "-shm"] {
                let mut name = path.clone().into_os_string();
                name.push(beside);
                // Not every file is there.
                let _ = std::fs::remove_file(name);
            }
        }
        Place::Postgres(_) => ground.runs("DROP SCHEMA public CASCADE; CREATE SCHEMA public;"),
    }
}

/// Facts stay facts, and everything that refers to a row finds it.
fn stays_guarded(ground: &Ground, version: i64) {
    for change in ["UPDATE facts SET data = 'x'", "DELETE FROM facts"] {
        let said = ground.tries(change).expect_err("facts are append-only");
        assert!(said.contains("append-only"), "version {version}: {said}");
    }
    if let Place::File(path) = ground.place() {
        let connection = rusqlite::Connection::open(path).expect("it can be opened");
        let mut check = connection.prepare("PRAGMA foreign_key_check").expect("it is accepted");
        let lost: Vec<String> = check
            .query_map([], |row| row.get(0))
            .expect("asked")
            .collect::<Result<_, _>>()
            .expect("names");
        assert_eq!(lost, Vec::<String>::new(), "version {version}");
    }
}
