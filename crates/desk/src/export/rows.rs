//! Rows as lines: JSON for every table, and commas for what is flat.

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use ledger::dictionary::{Kind, Table};
use ledger::snapshot::Cell;
use serde_json::{Value, json};

/// A row whose values are asked for by name.
pub(super) struct Named<'a> {
    table: &'a Table,
    cells: &'a [Cell],
}

impl<'a> Named<'a> {
    pub(super) fn new(table: &'a Table, cells: &'a [Cell]) -> Named<'a> {
        Named { table, cells }
    }

    fn cell(&self, name: &str) -> &'a Cell {
        let at = self.table.read().position(|column| column.name == name);
        at.and_then(|at| self.cells.get(at)).unwrap_or(&Cell::Nothing)
    }

    /// A value that was asked for besides those of the export.
    pub(super) fn besides(&self, index: usize) -> Option<&'a Cell> {
        self.cells.get(self.table.read().count() + index)
    }

    pub(super) fn number(&self, name: &str) -> i64 {
        self.cell(name).number().unwrap_or_default()
    }

    pub(super) fn text(&self, name: &str) -> &'a str {
        self.cell(name).text().unwrap_or_default()
    }

    pub(super) fn bytes(&self, name: &str) -> &'a [u8] {
        self.cell(name).bytes().unwrap_or_default()
    }

    pub(super) fn hex(&self, name: &str) -> String {
        HEXLOWER.encode(self.bytes(name))
    }

    /// The line of a fact that its hash is over, as the ledger has it.
    pub(super) fn fact_line(&self) -> String {
        let or_dash = |name| self.cell(name).number().map_or("-".to_owned(), |it| it.to_string());
        let (id, at, data) = (self.number("id"), self.number("at"), self.text("data"));
        format!("{id}\t{at}\t{}\t{}\t{data}", or_dash("contact"), or_dash("actor"))
    }
}

/// A row as an object in one line; what is made at the export stands where its column does.
pub(super) fn json_line(table: &Table, cells: &[Cell], made: Option<&str>) -> String {
    let mut cells = cells.iter();
    let members: Vec<String> = table
        .exported()
        .map(|column| {
            let value = match column.kind {
                Kind::Made => json!(made),
                kind => value(kind, cells.next().unwrap_or(&Cell::Nothing)),
            };
            format!("{}:{value}", json!(column.name))
        })
        .collect();
    format!("{{{}}}\n", members.join(","))
}

pub(super) fn csv_head(table: &Table) -> String {
    let names: Vec<&str> = table.exported().map(|column| column.name).collect();
    format!("{}\r\n", names.join(","))
}

/// A row with commas (RFC 4180), of a table that is flat.
pub(super) fn csv_line(table: &Table, cells: &[Cell]) -> String {
    let values: Vec<String> = table
        .exported()
        .zip(cells)
        .map(|(column, cell)| match value(column.kind, cell) {
            Value::Null => String::new(),
            Value::String(text) if text.contains([',', '"', '\r', '\n']) => {
                format!("\"{}\"", text.replace('"', "\"\""))
            }
            Value::String(text) => text,
            plain => plain.to_string(),
        })
        .collect();
    format!("{}\r\n", values.join(","))
}

fn value(kind: Kind, cell: &Cell) -> Value {
    match (kind, cell) {
        (_, Cell::Nothing) => Value::Null,
        (Kind::MomentOrNever, Cell::Number(0)) => Value::Null,
        (Kind::Moment | Kind::MomentOrNever, Cell::Number(at)) => {
            Timestamp::from_microsecond(*at).map_or(json!(at), |at| json!(at.to_string()))
        }
        (Kind::YesNo, Cell::Number(number)) => json!(*number != 0),
        (_, Cell::Number(number)) => json!(number),
        (Kind::Day, Cell::Text(day)) if day.is_empty() => Value::Null,
        (Kind::Json, Cell::Text(text)) => serde_json::from_str(text).unwrap_or(json!(text)),
        (_, Cell::Text(text)) => json!(text),
        (_, Cell::Bytes(bytes)) => json!(HEXLOWER.encode(bytes)),
    }
}
