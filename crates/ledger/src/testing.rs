//! Ground for tests: an empty database of one's own on either engine, gone when the test ends.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use postgres::{Client, NoTls};

use crate::{Ledger, Place, sqlite_words};

/// The address of a PostgreSQL superuser, as `postgres://user@host:port`; `cargo xtask test` sets
/// it. Without it, what is to be shown on PostgreSQL is skipped, loudly.
pub const ADDRESS_VARIABLE: &str = "BELOFTE_TEST_POSTGRES";

/// Numbers the databases of this process.
static MADE: AtomicU32 = AtomicU32::new(0);

/// A place for one test.
#[derive(Debug)]
pub struct Ground {
    place: Place,
    behind: Behind,
}

#[derive(Debug)]
enum Behind {
    Folder(PathBuf),
    Database { superuser: String, name: String },
}

impl Ground {
    /// An empty folder for a SQLite file.
    ///
    /// # Panics
    /// When the folder for temporary files can not be written.
    #[must_use]
    pub fn sqlite() -> Ground {
        // In memory where that is offered: these tests are about what is stored, not where.
        let memory = PathBuf::from("/dev/shm");
        let near = if memory.is_dir() { memory } else { std::env::temp_dir() };
        let folder = near.join(name());
        std::fs::create_dir_all(&folder).expect("tests can write temporary files");
        Ground { place: Place::File(folder.join("belofte.db")), behind: Behind::Folder(folder) }
    }

    /// An empty PostgreSQL database; nothing, with a loud line, when there is no server.
    ///
    /// # Panics
    /// When there is a server but it can not make a database.
    #[must_use]
    pub fn postgres() -> Option<Ground> {
        let Ok(address) = std::env::var(ADDRESS_VARIABLE) else {
            // Past the test's own capture: whoever runs the tests is to see it.
            let _ = writeln!(std::io::stderr(), "SKIPPED (no {ADDRESS_VARIABLE})");
            return None;
        };
        let server = server(&address);
        let (superuser, name) = (format!("{server}/postgres"), name());
        run(&superuser, &format!("CREATE DATABASE {name}"));
        let place = Place::Postgres(format!("{server}/{name}"));
        Some(Ground { place, behind: Behind::Database { superuser, name } })
    }

    /// Where the data lives.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The ledger on this ground.
    ///
    /// # Panics
    /// When it can not be opened.
    #[must_use]
    pub fn ledger(&self) -> Ledger {
        Ledger::open(&self.place).expect("an empty place can be opened")
    }

    /// Runs SQL past the ledger, as someone with the database in their hands can.
    ///
    /// # Panics
    /// When the database refuses; see [`Ground::tries`].
    pub fn runs(&self, sql: &str) {
        self.tries(sql).expect("the database runs it");
    }

    /// Where in the database, and in the words beside it, one of these texts stands, as
    /// "table.column: text", whatever its capitals: every table and column, text and bytes.
    ///
    /// # Panics
    /// When the database can not be read.
    #[must_use]
    pub fn finds(&self, texts: &[&str]) -> Vec<String> {
        let mut found = BTreeSet::new();
        let words = match &self.place {
            Place::File(path) => walk_file(&sqlite_words::beside(path)).expect("the file is read"),
            Place::Postgres(_) => Vec::new(),
        };
        for (place, bytes) in self.walk().into_iter().chain(words) {
            let value = String::from_utf8_lossy(&bytes).to_lowercase();
            let holds = texts.iter().filter(|text| value.contains(&text.to_lowercase()));
            found.extend(holds.map(|text| format!("{place}: {text}")));
        }
        found.into_iter().collect()
    }

    /// Every table with its columns.
    ///
    /// # Panics
    /// When the database can not be read.
    #[must_use]
    pub fn columns(&self) -> BTreeMap<String, Vec<String>> {
        let pairs = match &self.place {
            Place::File(path) => columns_of_file(path).expect("the file is read"),
            Place::Postgres(url) => columns_of_database(url).expect("the database is read"),
        };
        let mut columns: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (table, column) in pairs {
            columns.entry(table).or_default().push(column);
        }
        columns
    }

    /// Every value of every row, with its table and column.
    pub(crate) fn walk(&self) -> Vec<(String, Vec<u8>)> {
        match &self.place {
            Place::File(path) => walk_file(path).expect("the file is read"),
            Place::Postgres(url) => walk_database(url).expect("the database is read"),
        }
    }

    /// Runs SQL past the ledger, or answers what the database says to it.
    ///
    /// # Errors
    /// The database's own words.
    pub fn tries(&self, sql: &str) -> Result<(), String> {
        match &self.place {
            Place::File(path) => rusqlite::Connection::open(path)
                .and_then(|connection| connection.execute_batch(sql))
                .map_err(|error| error.to_string()),
            Place::Postgres(url) => Client::connect(url, NoTls)
                .and_then(|mut client| client.batch_execute(sql))
                .map_err(|error| match error.as_db_error() {
                    Some(error) => error.message().to_owned(),
                    None => error.to_string(),
                }),
        }
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        match &self.behind {
            Behind::Folder(folder) => {
                // What stays is in the folder for temporary files.
                let _ = std::fs::remove_dir_all(folder);
            }
            Behind::Database { superuser, name } => {
                run(superuser, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
            }
        }
    }
}

fn columns_of_file(path: &Path) -> rusqlite::Result<Vec<(String, String)>> {
    rusqlite::Connection::open(path)?
        .prepare(
            "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
            WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY m.name, c.cid",
        )?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

fn columns_of_database(url: &str) -> Result<Vec<(String, String)>, postgres::Error> {
    let rows = Client::connect(url, NoTls)?.query(
        "SELECT table_name::text, column_name::text FROM information_schema.columns
        WHERE table_schema = 'public' ORDER BY table_name, ordinal_position",
        &[],
    )?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

fn walk_file(path: &Path) -> rusqlite::Result<Vec<(String, Vec<u8>)>> {
    use rusqlite::types::ValueRef;
    let connection = rusqlite::Connection::open(path)?;
    let tables: Vec<String> = connection
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut values = Vec::new();
    for table in tables {
        let mut all = connection.prepare(&format!("SELECT * FROM \"{table}\""))?;
        let columns: Vec<String> = all.column_names().map(str::to_owned).collect();
        let mut rows = all.query([])?;
        while let Some(row) = rows.next()? {
            for (index, column) in columns.iter().enumerate() {
                let bytes = match row.get_ref(index)? {
                    ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes.to_vec(),
                    ValueRef::Integer(number) => number.to_string().into_bytes(),
                    ValueRef::Null | ValueRef::Real(_) => continue,
                };
                values.push((format!("{table}.{column}"), bytes));
            }
        }
    }
    Ok(values)
}

fn walk_database(url: &str) -> Result<Vec<(String, Vec<u8>)>, postgres::Error> {
    let mut client = Client::connect(url, NoTls)?;
    let columns = client.query(
        "SELECT table_name::text, column_name::text, data_type::text
        FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2",
        &[],
    )?;
    let mut values = Vec::new();
    for it in &columns {
        let (table, column, kind): (String, String, String) = (it.get(0), it.get(1), it.get(2));
        let bytes = match kind.as_str() {
            "bytea" => format!("\"{column}\""),
            _ => format!("convert_to(\"{column}\"::text, 'UTF8')"),
        };
        let sql = format!("SELECT {bytes} FROM \"{table}\" WHERE \"{column}\" IS NOT NULL");
        for row in client.query(&sql, &[])? {
            values.push((format!("{table}.{column}"), row.get(0)));
        }
    }
    Ok(values)
}

fn name() -> String {
    let count = MADE.fetch_add(1, Ordering::Relaxed);
    format!("belofte_test_{}_{count}", std::process::id())
}

/// The address without the name of a database.
fn server(address: &str) -> &str {
    let after = address.find("://").map_or(0, |at| at + 3);
    let end = address[after..].find('/').map_or(address.len(), |at| after + at);
    &address[..end]
}

fn run(superuser: &str, sql: &str) {
    Client::connect(superuser, NoTls)
        .and_then(|mut client| client.batch_execute(sql))
        .expect("the superuser of the test server may do this");
}

/// Writes each story once and runs it on both engines:
/// `on_both! { fn story(ground: &Ground) {…} }`.
#[macro_export]
macro_rules! on_both {
    ($($(#[$doc:meta])* fn $name:ident($ground:ident: &Ground) $body:block)+) => {$(
        $(#[$doc])*
        mod $name {
            use super::*;

            fn story($ground: &$crate::testing::Ground) $body

            #[test]
            fn sqlite() {
                story(&$crate::testing::Ground::sqlite());
            }

            #[test]
            fn postgres() {
                if let Some(ground) = $crate::testing::Ground::postgres() {
                    story(&ground);
                }
            }
        }
    )+};
}
