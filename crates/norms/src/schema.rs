//! The JSON Schema of the norm file, for editors that complete and check while one writes.

use serde_json::{Value, json};

use crate::callbacks::TRIES_MAX;
use crate::norms::{Content, Effect, Measure};
use crate::{
    Channel, Class, Consequence, Deed, Kind, Limit, Moment, Period, Season, Start, Target,
};

/// The schema (draft 2020-12).
#[must_use]
pub fn schema() -> Value {
    let text = json!({ "type": "string" });
    let table = |required: &[&str], properties: Value| {
        json!({
            "type": "object", "required": required, "properties": properties,
            "additionalProperties": false,
        })
    };
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Service norms of a municipality",
        "type": "object",
        "required": [
            "format", "municipality", "reach", "measure", "calendar", "hours", "norm"
        ],
        "additionalProperties": false,
        "properties": {
            "format": { "const": 1 },
            "municipality": table(&["name", "page", "zone", "valid-from"], json!({
                "name": text, "page": text, "zone": text, "valid-from": {},
                "language": { "enum": crate::file::LANGUAGES },
            })),
            "reach": table(&["phone", "email", "domains", "website"], json!({
                "phone": text, "email": text, "invoice": text, "website": text,
                "appointments": text, "domains": { "type": "array", "items": text },
            })),
            "measure": table(&["at-once"], json!({
                "at-once": said(Limit::EXPECTED), "ring": said(Limit::EXPECTED),
            })),
            "calendar": table(&["good-friday", "decree-days", "closures"], json!({
                "holidays": kind_of_day(), "good-friday": kind_of_day(),
                "decree-days": kind_of_day(),
                "closures": { "type": "array", "items": table(&["from", "to", "why"], json!({
                    "from": {}, "to": {}, "closes-at": text, "why": text,
                })) },
            })),
            "hours": {
                "type": "object", "required": ["phone", "counter"],
                "additionalProperties": hours(),
            },
            "facets": {
                "type": "object",
                "additionalProperties": { "type": "object", "additionalProperties": text },
            },
            "grounds": {
                "type": "object",
                "additionalProperties": table(&["says", "effect"], json!({
                    "says": text, "effect": { "enum": Effect::WORDS },
                })),
            },
            "retention": {
                "type": "object", "additionalProperties": false, "properties": retention(),
            },
            "report": { "type": "array", "items": table(&["id", "name"], json!({
                "id": text, "name": text, "nl": text, "fy": text, "en": text,
                "handling": text, "handling-nl": text, "handling-fy": text, "handling-en": text,
            })) },
            "appointments": appointments(&text),
            "callbacks": { "type": "object", "additionalProperties": false, "properties": {
                "attempts": { "type": "integer", "minimum": 1, "maximum": TRIES_MAX },
                "days": { "type": "integer", "minimum": 1, "maximum": TRIES_MAX },
                "voicemail": { "type": "boolean" }, "pause": said("such as “2 hours”"),
            } },
            "phone": phone(&text),
            "norm": { "type": "array", "items": norm() },
        },
    })
}

/// The visits to the counter.
fn appointments(text: &Value) -> Value {
    let whole = json!({ "type": "integer", "minimum": 0 });
    let mut product = serde_json::Map::new();
    for key in ["minutes", "per-person", "after"] {
        product.insert(key.to_owned(), whole.clone());
    }
    product.insert("id".to_owned(), text.clone());
    for (of, lang) in [("name", ""), ("bring", "bring-"), ("cost", "cost-")] {
        product.insert(of.to_owned(), text.clone());
        for code in crate::file::LANGUAGES {
            product.insert(format!("{lang}{code}"), text.clone());
        }
    }
    json!({
        "type": "object", "required": ["product", "desk"], "additionalProperties": false,
        "properties": {
            "every": whole, "ahead": whole, "notice": whole, "late": whole, "persons": whole,
            "first-free": said("such as “5 working days”"),
            "confirm-by-mail": said(crate::appointments::CONFIRM_EXPECTED),
            "product": { "type": "array", "items": {
                "type": "object", "required": ["id", "minutes", "name"],
                "additionalProperties": false, "properties": product,
            } },
            "desk": { "type": "array", "items": {
                "type": "object", "required": ["id"], "additionalProperties": false,
                "properties": {
                    "id": text, "name": text, "public": { "type": "boolean" },
                    "products": { "type": "array", "items": text },
                    "at-times": { "type": "array", "items": {
                        "type": "object", "required": ["products"], "additionalProperties": false,
                        "properties": {
                            "products": { "type": "array", "items": text },
                            "season": said(Season::EXPECTED), "hours": hours(),
                        },
                    } },
                    "from": {}, "to": {}, "hours": hours(),
                },
            } },
        },
    })
}

/// The menu of the telephone.
fn phone(text: &Value) -> Value {
    let whole = json!({ "type": "integer", "minimum": 1 });
    let mut choice = serde_json::Map::new();
    choice.insert("digit".to_owned(), json!({ "type": "integer", "minimum": 0, "maximum": 9 }));
    choice.insert("to".to_owned(), said(crate::Goes::EXPECTED));
    for (of, lang) in [("name", ""), ("text", "text-")] {
        choice.insert(of.to_owned(), text.clone());
        for code in crate::file::LANGUAGES {
            choice.insert(format!("{lang}{code}"), text.clone());
        }
    }
    json!({
        "type": "object", "required": ["languages", "choice"], "additionalProperties": false,
        "properties": {
            "languages": {
                "type": "array", "minItems": 1, "uniqueItems": true,
                "items": { "enum": crate::file::LANGUAGES },
            },
            "repeats": whole, "call-back-position": whole,
            "tell-wait": said(Limit::EXPECTED), "call-back-wait": said(Limit::EXPECTED),
            "longest-wait": said(Limit::EXPECTED), "ring": said(Limit::EXPECTED),
            "answer-within": said(Limit::EXPECTED), "answer-share": said(crate::Answer::EXPECTED),
            "choice": { "type": "array", "minItems": 1, "items": {
                "type": "object", "required": ["digit", "to", "name"],
                "additionalProperties": false, "properties": choice,
            } },
        },
    })
}

/// A term for each kind.
fn retention() -> serde_json::Map<String, Value> {
    let term = json!({
        "type": "object", "required": ["years", "ground"], "additionalProperties": false,
        "properties": {
            "years": { "type": "integer", "minimum": 1, "maximum": crate::retention::YEARS_MAX },
            "ground": { "type": "string" },
        },
    });
    Kind::WORDS.iter().map(|kind| ((*kind).to_owned(), term.clone())).collect()
}

fn kind_of_day() -> Value {
    json!({ "enum": ["working day", "day off"] })
}

fn said(expected: &str) -> Value {
    json!({ "type": "string", "description": expected })
}

fn some_of(words: &[&str]) -> Value {
    json!({ "type": "array", "items": { "enum": words } })
}

/// The days of a week, with their hours.
fn week() -> serde_json::Map<String, Value> {
    let day = json!({ "type": "array", "items": {
        "type": "string", "pattern": "^[0-9]{1,2}[.:][0-9]{2} ?- ?[0-9]{1,2}[.:][0-9]{2}$",
    } });
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        .into_iter()
        .map(|name| (name.to_owned(), day.clone()))
        .collect()
}

fn hours() -> Value {
    let mut season = week();
    for key in ["from", "to", "why"] {
        season.insert(key.to_owned(), json!({}));
    }
    let mut all = week();
    let open = all["monday"].clone();
    all.insert(
        "season".to_owned(),
        json!({ "type": "array", "items": {
        "type": "object", "required": ["from", "to", "why"], "properties": season,
        "additionalProperties": false,
    } }),
    );
    all.insert(
        "exception".to_owned(),
        json!({ "type": "array", "items": {
        "type": "object", "required": ["date", "why"], "additionalProperties": false,
        "properties": { "date": {}, "open": open, "why": { "type": "string" } },
    } }),
    );
    json!({ "type": "object", "properties": all, "additionalProperties": false })
}

fn norm() -> Value {
    let text = json!({ "type": "string" });
    let starts: Vec<String> = Moment::WORDS
        .iter()
        .map(|word| (*word).to_owned())
        .chain(Period::WORDS.iter().map(|word| format!("every {word}")))
        .collect();
    let deeds = Deed::WORDS.join("|");
    json!({
        "type": "object",
        "required": ["id", "sentence", "must"],
        "additionalProperties": false,
        "properties": {
            "id": { "type": "string", "pattern": "^[a-z0-9_-]+(\\.[a-z0-9_-]+)+$" },
            "sentence": text, "nl": text, "fy": text, "en": text,
            "must": { "type": "string", "pattern": format!("^({deeds})(-or-({deeds}))*$") },
            "channels": some_of(Channel::WORDS),
            "kinds": some_of(Kind::WORDS),
            "where": { "type": "object", "additionalProperties": {
                "type": "array", "items": text,
            } },
            "season": said(Season::EXPECTED),
            "from": { "description": Start::EXPECTED, "anyOf": [
                { "enum": starts }, { "type": "string", "pattern": "^(kept|broken) " },
            ] },
            "within": said(Limit::EXPECTED), "before": said(Limit::EXPECTED),
            "at-least": said(Limit::EXPECTED), "around": said(Limit::EXPECTED),
            "hours": text,
            "target": { "type": "array", "items": said(Target::EXPECTED) },
            "except": some_of(Class::WORDS),
            "unless": { "type": "array", "items": text },
            "tell": some_of(Content::WORDS),
            "if-broken": { "type": "array", "items": said(Consequence::EXPECTED) },
            "then": text,
            "measure": { "enum": Measure::WORDS },
        },
    })
}
