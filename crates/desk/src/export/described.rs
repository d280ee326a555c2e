//! What an export says of itself: a Frictionless Data Package, and a page for people.

use ledger::dictionary::{Column, Kind, Table, left_out, tables};
use serde_json::{Value, json};

use super::{Export, Exported};

/// Walks the chain without this program.
pub(super) const CHECK_CHAIN: &str = include_str!("check_chain.py");

const READ_ME: &str = include_str!("read_me.md");

/// The page for people, with what is left out.
pub(super) fn read_me() -> String {
    let mut text = String::from(READ_ME);
    text.push_str("| table or column | why |\n|---|---|\n");
    for it in left_out() {
        let column = it.column.map_or(String::new(), |column| format!(".{column}"));
        text.push_str(&format!("| `{}{column}` | {} |\n", it.table, it.why));
    }
    text
}

/// The description of every file of rows.
pub(super) fn package(export: &Export<'_>, exported: &Exported) -> String {
    let mut resources = Vec::new();
    for table in tables() {
        let rows = exported.rows.get(table.name).copied().unwrap_or_default();
        let mut json = resource(&table, rows);
        json["path"] = json!(format!("tables/{}.jsonl", table.name));
        json["format"] = json!("jsonl");
        json["mediatype"] = json!("application/jsonl");
        if table.is_flat() {
            let mut flat = resource(&table, rows);
            flat["name"] = json!(format!("{}.csv", table.name));
            flat["path"] = json!(format!("tables/{}.csv", table.name));
            flat["format"] = json!("csv");
            flat["mediatype"] = json!("text/csv");
            flat["profile"] = json!("tabular-data-resource");
            resources.push(flat);
        }
        resources.push(json);
    }
    let package = json!({
        "profile": "data-package",
        "name": "belofte",
        "title": format!("Everything of the contact centre of {}", export.house.name()),
        "created": export.now.to_string(),
        "resources": resources,
    });
    format!("{package:#}\n")
}

fn resource(table: &Table, rows: u64) -> Value {
    let fields: Vec<Value> = table.exported().map(field).collect();
    let refers = |column: &Column| match column.kind {
        Kind::Row(of) => Some(json!({
            "fields": column.name, "reference": { "resource": of, "fields": "id" },
        })),
        _ => None,
    };
    json!({
        "name": table.name,
        "description": table.about,
        "encoding": "utf-8",
        "rows": rows,
        "schema": {
            "fields": fields,
            "primaryKey": table.key,
            "foreignKeys": table.exported().filter_map(refers).collect::<Vec<_>>(),
        },
    })
}

fn field(column: &Column) -> Value {
    let (of, format) = match column.kind {
        Kind::Number | Kind::Row(_) => ("integer", "default"),
        Kind::Moment | Kind::MomentOrNever => ("datetime", "any"),
        Kind::YesNo => ("boolean", "default"),
        Kind::Day => ("date", "default"),
        Kind::Json => ("any", "default"),
        Kind::Text | Kind::Word | Kind::Hash | Kind::Made | Kind::LeftOut => ("string", "default"),
    };
    json!({ "name": column.name, "type": of, "format": format, "description": column.about })
}
