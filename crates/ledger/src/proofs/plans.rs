//! No list of a busy day is read by walking a whole table: SQLite's own plan of each statement.

use super::{reader, statements};
use crate::testing::Ground;

/// Statements that walk a whole table on purpose, and why that is no harm.
const WALKS: [(&str, &str, &str); 17] = [
    ("access", "ACCOUNTS", "the employees of one municipality"),
    ("api_tokens", "ALL", "the connections of one municipality"),
    ("feeds", "ALL", "the desks of one municipality"),
    ("letters", "FIRST_WAITING", "one row, in the order of the key"),
    ("mailboxes", "LET_GO", "the mailboxes of one municipality"),
    ("numbers", "SKIP", "one row for each table that numbers its rows"),
    ("people", "ALL", "the employees of one municipality"),
    ("people", "SWEEP_ATTEMPTS", "the attempts of a day, once an hour"),
    ("people", "END_SESSIONS_OF", "the sessions of today, when a password changes"),
    ("snapshot", "COUNT_CONTACTS", "when everything is exported"),
    ("webhooks", "ALL", "the webhooks of one municipality"),
    ("webhooks", "DUE", "the webhooks of one municipality"),
    ("webhooks", "LET_GO", "the webhooks of one municipality"),
    ("workspace", "HOURS", "the working week of the employees of one municipality"),
    // SQLite plans a walk over what refers to the table and jumps over it: nothing is waiting.
    ("people", "ADD", "jumped over"),
    ("contacts", "ADD", "jumped over"),
    ("claims", "CLAIM", "the ticks of one visit, which it makes itself"),
];

#[test]
fn no_statement_walks_a_table() {
    let ground = Ground::sqlite();
    let connection = reader(&ground);
    let mut walks = String::new();
    for (part, sql) in statements() {
        let explain = format!("EXPLAIN QUERY PLAN {}", sql.text);
        let mut plan = connection.prepare(&explain).expect("it is accepted");
        let lines: Vec<String> = plan
            .query_map(rusqlite::params_from_iter(vec![0_i64; plan.parameter_count()]), |row| {
                row.get(3)
            })
            .expect("a plan")
            .collect::<Result<_, _>>()
            .expect("lines of text");
        let tables = lines.iter().filter(|line| {
            let is_table = !line.starts_with("SCAN counted") && !line.ends_with("VALUES CLAUSE");
            let whole = line.starts_with("SCAN") && is_table;
            // An index that is walked in order, up to a LIMIT, is what an index is for.
            let bounded = line.contains(" USING ") && sql.text.contains("LIMIT");
            // The index of words is a table of its own kind, and always asked by a word.
            let by_word = line.contains("VIRTUAL TABLE INDEX");
            whole && !bounded && !by_word
        });
        let meant = WALKS.iter().any(|(of, name, _)| (*of, *name) == (part, sql.name));
        for line in tables.filter(|_| !meant) {
            walks.push_str(&format!("{part}::{}: {line}\n", sql.name));
        }
        let sorts = lines.iter().filter(|line| line.contains("USE TEMP B-TREE"));
        for line in sorts.filter(|_| part == "work") {
            walks.push_str(&format!("{part}::{}: {line}\n", sql.name));
        }
    }
    assert!(walks.is_empty(), "statements that walk or sort a whole table:\n{walks}");
}

/// What is written with every contact that comes in.
const WITH_EACH: [(&str, &[&str]); 5] = [
    ("contacts", &["ADD", "ADD_MESSAGE", "OF_ID", "CLAIM_ID"]),
    ("chain", &["LAST", "APPEND", "APPEND_TWO", "APPEND_THREE", "MOVE"]),
    ("people", &["ATTEMPTS", "ATTEMPT"]),
    ("sent_forms", &["OF_FORM", "KEEP_FORM"]),
    ("promise_rows", &["ADD"]),
];

#[test]
fn no_table_is_made_for_what_comes_in() {
    let ground = Ground::sqlite();
    let connection = reader(&ground);
    let all = statements();
    for (part, names) in WITH_EACH {
        for name in names {
            let found = all.iter().find(|(of, sql)| *of == part && sql.name == *name);
            let (_, sql) = found.unwrap_or_else(|| panic!("no statement {part}::{name}"));
            let explain = format!("EXPLAIN {}", sql.text);
            let mut steps = connection.prepare(&explain).expect("it is accepted");
            let values = rusqlite::params_from_iter(vec![0_i64; steps.parameter_count()]);
            let steps: Vec<String> = steps
                .query_map(values, |row| row.get(1))
                .expect("a program")
                .collect::<Result<_, _>>()
                .expect("names of steps");
            let is_made = |step: &String| step == "OpenEphemeral" || step == "OpenAutoindex";
            assert!(!steps.iter().any(is_made), "{part}::{name} makes a table each time");
        }
    }
}

/// What is written for every row is worth it only where something is found by it.
#[test]
fn every_index_finds_something() {
    let ground = Ground::sqlite();
    let connection = reader(&ground);
    let lines = |sql: &str, column: usize| -> Vec<String> {
        let mut statement = connection.prepare(sql).expect("it is accepted");
        let values = rusqlite::params_from_iter(vec![0_i64; statement.parameter_count()]);
        let read = statement.query_map(values, |row| row.get(column)).expect("rows");
        read.collect::<Result<_, _>>().expect("lines of text")
    };
    let plans = statements()
        .into_iter()
        .flat_map(|(_, sql)| lines(&format!("EXPLAIN QUERY PLAN {}", sql.text), 3));
    let plans: Vec<String> = plans.collect();
    let all =
        lines("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql NOT LIKE '%UNIQUE%'", 0);
    let is_used =
        |name: &String| plans.iter().any(|plan| plan.split_whitespace().any(|word| word == name));
    let unused: Vec<&String> = all.iter().filter(|name| !is_used(name)).collect();
    assert!(unused.is_empty(), "nothing is found by {unused:?}");
}
