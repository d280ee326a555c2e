//! Every statement is accepted by both engines and means the same to them.

use postgres::types::Type;
use postgres::{Client, NoTls};

use super::{reader, statements};
use crate::Place;
use crate::testing::Ground;

#[test]
fn on_sqlite() {
    let ground = Ground::sqlite();
    let connection = reader(&ground);
    for (part, sql) in statements() {
        let name = format!("{part}::{}", sql.name);
        connection.prepare(sql.text).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

#[test]
fn on_postgres_with_the_same_values_and_columns() {
    let Some(ground) = Ground::postgres() else { return };
    let file = Ground::sqlite();
    drop(ground.ledger());
    let Place::Postgres(url) = ground.place() else { panic!("a server") };
    let mut client = Client::connect(url, NoTls).expect("it can be reached");
    let connection = reader(&file);
    for (part, sql) in statements() {
        let name = format!("{part}::{}", sql.name);
        let here = connection.prepare(sql.text).expect("shown above");
        let there = client
            .prepare(sql.postgres.unwrap_or(sql.text))
            .unwrap_or_else(|error| panic!("{name}: {error:?}"));
        assert_eq!(here.parameter_count(), there.params().len(), "{name}: values");
        // The key of a new row is in the answer of PostgreSQL only; SQLite is asked for it.
        let key = usize::from(sql.postgres == Some(&format!("{} RETURNING id", sql.text)));
        assert_eq!(here.column_count() + key, there.columns().len(), "{name}: columns");
        for column in there.columns() {
            let read = [Type::INT8, Type::TEXT, Type::BYTEA];
            let kind = column.type_();
            assert!(read.contains(kind), "{name}: column {} is {kind}", column.name());
        }
    }
}
