//! What every table and column holds, as data: for an export, and for who reads one without this
//! program. A test holds it against the tables as they are, so that nothing new is forgotten.

/// The dictionary as it is written.
const TEXT: &str = include_str!("dictionary.txt");

/// What stands where a kind would, for what is not exported.
const LEFT_OUT: &str = "left-out";

/// A table that is exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// The columns that put it in order: its key.
    pub key: Vec<&'static str>,
    /// What a row is.
    pub about: &'static str,
    /// Its columns, in order, and what is added to them at the export.
    pub columns: Vec<Column>,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What that means.
    pub about: &'static str,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number.
    Number,
    /// The `id` of a row of this table.
    Row(&'static str),
    /// A moment.
    Moment,
    /// A moment; 0 is never.
    MomentOrNever,
    /// 1 or 0.
    YesNo,
    /// What people or other programs wrote.
    Text,
    /// A word of the program or of the norm file.
    Word,
    /// A day as text.
    Day,
    /// Text in JSON.
    Json,
    /// Bytes, shown in hexadecimal.
    Hash,
    /// Not in the table: made at the export.
    Made,
    /// Not exported.
    LeftOut,
}

/// What is not exported, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The table.
    pub table: &'static str,
    /// Its column; nothing when it is all of the table.
    pub column: Option<&'static str>,
    /// Why.
    pub why: &'static str,
}

impl Table {
    /// The columns that an export has.
    pub fn exported(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| column.kind != Kind::LeftOut)
    }

    /// The columns of the table that an export has.
    pub fn read(&self) -> impl Iterator<Item = &Column> {
        self.exported().filter(|column| column.kind != Kind::Made)
    }

    /// Whether every value is a plain one that the program wrote, so that a list with commas holds
    /// it: nothing that was typed, and nothing in a form of its own.
    #[must_use]
    pub fn is_flat(&self) -> bool {
        self.exported().all(|it| !matches!(it.kind, Kind::Text | Kind::Json | Kind::Made))
    }
}

impl Kind {
    fn of(word: &'static str) -> Option<Kind> {
        Some(match word {
            "number" => Kind::Number,
            "moment" => Kind::Moment,
            "moment-or-0" => Kind::MomentOrNever,
            "yes-no" => Kind::YesNo,
            "text" => Kind::Text,
            "word" => Kind::Word,
            "day" => Kind::Day,
            "json" => Kind::Json,
            "hash" => Kind::Hash,
            "file" => Kind::Made,
            LEFT_OUT => Kind::LeftOut,
            _ => Kind::Row(word.strip_prefix("->")?),
        })
    }
}

/// The tables of an export in the order of the dictionary: a mail before the files in it.
///
/// # Panics
/// Never: a test reads the dictionary.
#[must_use]
pub fn tables() -> Vec<Table> {
    read().0
}

/// Everything that an export does not have, and why.
///
/// # Panics
/// Never: a test reads the dictionary.
#[must_use]
pub fn left_out() -> Vec<LeftOut> {
    let (tables, mut all) = read();
    for table in &tables {
        for column in table.columns.iter().filter(|column| column.kind == Kind::LeftOut) {
            let (table, why) = (table.name, column.about);
            all.push(LeftOut { table, column: Some(column.name), why });
        }
    }
    all
}

fn read() -> (Vec<Table>, Vec<LeftOut>) {
    let (mut tables, mut left_out) = (Vec::<Table>::new(), Vec::new());
    for line in TEXT.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(line) = line.strip_prefix("  ") {
            let mut parts = line.splitn(3, ' ');
            let mut part = || parts.next().expect("a name, a kind and a meaning");
            let (name, kind, about) = (part(), part(), part());
            let kind = Kind::of(kind).expect("a kind");
            let table = tables.last_mut().expect("a column stands below its table");
            table.columns.push(Column { name, kind, about });
            continue;
        }
        let (head, about) = line.split_once(": ").expect("a table and what it is");
        match head.split_once(" by ") {
            Some((name, key)) => {
                let key = key.split(',').collect();
                tables.push(Table { name, key, about, columns: Vec::new() });
            }
            None => {
                let table = head.strip_suffix(" left-out").expect("a table that is left out");
                left_out.push(LeftOut { table, column: None, why: about });
            }
        }
    }
    (tables, left_out)
}
