//! `belofte norms table`: everything the program reads in a norm file.

use norms::{Norm, Norms};
use serde_json::{Value, json};

/// One norm a line, its fields with tabs between; a field that says nothing is left out.
pub(super) fn as_lines(norms: &Norms) -> String {
    norms.list.iter().map(|norm| line(norm) + "\n").collect()
}

/// All norms as one JSON array.
pub(super) fn as_json(norms: &Norms) -> String {
    let list: Vec<Value> = norms.list.iter().map(object).collect();
    format!("{:#}\n", json!(list))
}

fn line(norm: &Norm) -> String {
    let fields = fields(norm);
    let said = fields.into_iter().filter(|(_, values)| !values.is_empty());
    let said: Vec<String> =
        said.map(|(name, values)| format!("{name}={}", values.join(","))).collect();
    [vec![norm.id.clone(), norm.duty.to_string(), norm.limit.to_string()], said].concat().join("\t")
}

fn object(norm: &Norm) -> Value {
    let mut object = json!({
        "id": norm.id, "must": norm.duty, "bound": norm.bound, "limit": norm.limit.to_string(),
        "sentence": norm.sentence, "translations": norm.translations,
    });
    for (name, values) in fields(norm) {
        object[name] = json!(values);
    }
    object
}

/// What a norm says besides its id, its duty and its limit.
fn fields(norm: &Norm) -> Vec<(&'static str, Vec<String>)> {
    fn words<T: ToString>(list: &[T]) -> Vec<String> {
        list.iter().map(T::to_string).collect()
    }
    let scope = &norm.scope;
    let facets = scope.facets.iter();
    vec![
        ("bound", vec![norm.bound.to_string()]),
        ("from", vec![norm.start.to_string()]),
        ("hours", vec![norm.hours.clone()]),
        ("channels", words(&scope.channels)),
        ("kinds", words(&scope.kinds)),
        ("where", facets.map(|(name, is)| format!("{name}:{}", is.join("|"))).collect()),
        ("season", scope.season.iter().map(ToString::to_string).collect()),
        ("target", words(&norm.targets)),
        ("except", words(&norm.except)),
        ("unless", norm.unless.clone()),
        ("tell", words(&norm.tell)),
        ("if-broken", words(&norm.if_broken)),
        ("then", norm.then.iter().cloned().collect()),
        ("measure", norm.measure.iter().map(ToString::to_string).collect()),
    ]
}
