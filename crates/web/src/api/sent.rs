//! What a program sends, read field by field: everything that is wrong is said at once, and what
//! is not known is wrong too.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use jiff::Timestamp;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::problem::{FieldError, Problem};
use crate::door::Door;

/// Fields of a body or of a query, and what is wrong with them so far.
pub(super) struct Sent {
    place: &'static str,
    /// The pointer to the object in the body, empty for the whole.
    within: String,
    fields: Map<String, Value>,
    errors: Vec<FieldError>,
}

impl Sent {
    /// Notes that something is wrong with a field.
    pub(super) fn wrong(&mut self, name: &str, code: &'static str, detail: &str) {
        let is_body = self.place == "body";
        let escaped = name.replace('~', "~0").replace('/', "~1");
        self.errors.push(FieldError {
            place: self.place,
            name: (!is_body).then(|| name.to_owned()),
            pointer: is_body.then(|| format!("{}/{escaped}", self.within)),
            code,
            detail: detail.to_owned(),
        });
    }

    /// A text; nothing when it is not there. Spaces around it do not count.
    pub(super) fn text(&mut self, name: &str, chars_max: usize) -> Option<String> {
        match self.fields.remove(name) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) if text.chars().count() > chars_max => {
                self.wrong(name, "too-long", &format!("At most {chars_max} characters."));
                None
            }
            Some(Value::String(text)) => Some(text.trim().to_owned()).filter(|it| !it.is_empty()),
            Some(_) => {
                self.wrong(name, "type", "A text is expected.");
                None
            }
        }
    }

    /// A short text that says something when it is there: "" is no word, moment or number.
    fn filled(&mut self, name: &str) -> Option<String> {
        if let Some(Value::String(text)) = self.fields.get(name)
            && text.trim().is_empty()
        {
            self.fields.remove(name);
            return Some(String::new());
        }
        self.text(name, 100)
    }

    /// A text that has to be there.
    pub(super) fn needed(&mut self, name: &str, chars_max: usize) -> String {
        let before = self.errors.len();
        let text = self.text(name, chars_max);
        if text.is_none() && self.errors.len() == before {
            self.wrong(name, "missing", "This has to be filled in.");
        }
        text.unwrap_or_default()
    }

    /// One of some words.
    pub(super) fn word<T: Copy>(
        &mut self,
        name: &str,
        all: &[T],
        word: impl Fn(T) -> &'static str,
    ) -> Option<T> {
        let text = self.filled(name)?;
        let found = all.iter().copied().find(|it| word(*it) == text);
        if found.is_none() {
            let words: Vec<&str> = all.iter().map(|it| word(*it)).collect();
            self.wrong(name, "value", &format!("One of: {}.", words.join(", ")));
        }
        found
    }

    /// A moment (RFC 3339).
    pub(super) fn moment(&mut self, name: &str) -> Option<Timestamp> {
        let text = self.filled(name)?;
        let read = text.parse().ok().filter(|_| is_rfc3339(&text));
        if read.is_none() {
            self.wrong(name, "value", "A moment with its offset: 2026-11-23T09:00:00+01:00.");
        }
        read
    }

    /// A number with decimals within bounds.
    pub(super) fn degrees(&mut self, name: &str, most: f64) -> f64 {
        let number = self.fields.remove(name).and_then(|it| it.as_f64());
        let within = number.filter(|it| it.abs() <= most);
        if within.is_none() {
            self.wrong(name, "value", &format!("A number from -{most} to {most}."));
        }
        within.unwrap_or_default()
    }

    /// A whole number within bounds, written in a query.
    pub(super) fn count(&mut self, name: &str, most: u32) -> Option<u32> {
        let text = self.filled(name)?;
        let read = text.parse().ok().filter(|count| (1..=most).contains(count));
        if read.is_none() {
            self.wrong(name, "value", &format!("A whole number from 1 to {most}."));
        }
        read
    }

    /// An object with fields of its own; what is wrong with those is wrong with the whole.
    pub(super) fn object<T>(&mut self, name: &str, read: impl FnOnce(&mut Sent) -> T) -> Option<T> {
        match self.fields.remove(name) {
            None | Some(Value::Null) => None,
            Some(Value::Object(fields)) => {
                let within = format!("{}/{name}", self.within);
                let mut inner = Sent { place: self.place, within, fields, errors: Vec::new() };
                let value = read(&mut inner);
                inner.name_unknown();
                self.errors.append(&mut inner.errors);
                Some(value)
            }
            Some(_) => {
                self.wrong(name, "type", "An object is expected.");
                None
            }
        }
    }

    /// Whether something is wrong with a field.
    pub(super) fn is_wrong(&self, name: &str) -> bool {
        let pointer = format!("{}/{name}", self.within);
        self.errors.iter().any(|it| it.pointer.as_ref() == Some(&pointer))
    }

    /// Whether a field is there.
    pub(super) fn has(&self, name: &str) -> bool {
        self.fields.get(name).is_some_and(|value| *value != Value::Null && *value != "")
    }

    /// Yes or no; no when it is not there.
    pub(super) fn flag(&mut self, name: &str) -> bool {
        match self.fields.remove(name) {
            None | Some(Value::Null) => false,
            Some(Value::Bool(flag)) => flag,
            Some(_) => {
                self.wrong(name, "type", "Yes or no is expected: true or false.");
                false
            }
        }
    }

    /// The names of the fields that were not read yet.
    pub(super) fn names(&self) -> Vec<String> {
        self.fields.keys().cloned().collect()
    }

    fn name_unknown(&mut self) {
        for name in self.names() {
            self.wrong(&name, "unknown", "There is no such field.");
        }
    }

    /// Says all that is wrong.
    pub(super) fn end(mut self) -> Result<(), Problem> {
        self.name_unknown();
        if self.errors.is_empty() { Ok(()) } else { Err(Problem::invalid(self.errors)) }
    }
}

/// The query of a request.
pub(super) struct Asked(pub(super) Sent);

impl FromRequestParts<Door> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Door) -> Result<Asked, Problem> {
        let query = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&parts.uri)
            .map_err(|_| Problem::of_status(StatusCode::BAD_REQUEST))?;
        let place = "query";
        let mut asked = Sent { place, within: String::new(), fields: Map::new(), errors: vec![] };
        for (name, value) in query.0 {
            if value.is_empty() {
                asked.wrong(&name, "value", "A value is expected.");
            }
            if asked.fields.insert(name.clone(), Value::String(value)).is_some() {
                asked.wrong(&name, "value", "This is asked more than once.");
            }
        }
        Ok(Asked(asked))
    }
}

/// The body of a request: an object in JSON, and the hash by which the same request is known.
pub(super) struct Posted {
    pub(super) sent: Sent,
    pub(super) hash: [u8; 32],
}

impl FromRequest<Door> for Posted {
    type Rejection = Problem;

    async fn from_request(request: Request, door: &Door) -> Result<Posted, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
        let kind = kind.unwrap_or_default().split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case("application/json") {
            return Err(Problem::of_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        let place = format!("{} {}\n", request.method(), request.uri().path());
        let bytes = Bytes::from_request(request, door).await;
        let bytes = bytes.map_err(|rejection| Problem::of_status(rejection.status()))?;
        let hash = Sha256::new().chain_update(place).chain_update(&bytes).finalize().into();
        let not = |code, detail: String| {
            let pointer = Some(String::new());
            Problem::invalid(vec![FieldError { place: "body", name: None, pointer, code, detail }])
        };
        match serde_json::from_slice(&bytes) {
            Ok(Value::Object(fields)) => {
                let within = String::new();
                let sent = Sent { place: "body", within, fields, errors: Vec::new() };
                Ok(Posted { sent, hash })
            }
            Ok(_) => Err(not("type", "An object is expected.".to_owned())),
            Err(error) => {
                let at = format!("line {}, column {}", error.line(), error.column());
                Err(not("syntax", format!("This is not JSON: {at}.")))
            }
        }
    }
}

/// Whether a moment is written as RFC 3339 has it: with seconds and an offset, and nothing else.
fn is_rfc3339(text: &str) -> bool {
    let shape = |text: &str| -> String {
        text.chars().map(|it| if it.is_ascii_digit() { '0' } else { it }).collect()
    };
    let Some((moment, rest)) = text.split_at_checked(19) else { return false };
    let offset = match rest.strip_prefix('.') {
        Some(part) => {
            let offset = part.trim_start_matches(|it: char| it.is_ascii_digit());
            if offset.len() == part.len() {
                return false;
            }
            offset
        }
        None => rest,
    };
    let moment = shape(moment).replace('t', "T");
    let offset = shape(offset);
    moment == "0000-00-00T00:00:00" && ["Z", "z", "+00:00", "-00:00"].contains(&offset.as_str())
}
#[cfg(test)]
mod tests {
    use super::*;

    fn sent(value: Value) -> Sent {
        let Value::Object(fields) = value else { panic!("an object") };
        Sent { place: "body", within: String::new(), fields, errors: Vec::new() }
    }

    #[test]
    fn a_moment_is_written_as_rfc_3339_has_it() {
        for (text, is) in [
            ("2026-11-23T09:00:00+01:00", true),
            ("2026-11-23T08:00:00Z", true),
            ("2026-11-23t08:00:00.123z", true),
            ("", false),
            (" ", false),
            ("2026-11-23", false),
            ("2026-11-23T08:00Z", false),
            ("2026-11-23 08:00:00Z", false),
            ("2026-11-23T08:00:00", false),
            ("2026-11-23T08:00:00.Z", false),
            ("2026-11-23T09:00:00+01:00[Europe/Amsterdam]", false),
            ("2026-13-23T09:00:00+01:00", false),
            ("2026-11-23T09:00:0é+01:00", false),
        ] {
            let mut sent = sent(serde_json::json!({ "at": text }));
            assert_eq!(sent.moment("at").is_some(), is, "{text}");
            assert_eq!(sent.errors.is_empty(), is, "{text}");
        }
        let mut blank = sent(serde_json::json!({ "channel": "", "at": null }));
        blank.word("channel", norms::Channel::ALL, norms::Channel::word);
        assert_eq!((blank.moment("at"), blank.errors.len()), (None, 1));
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let mut sent = sent(serde_json::json!({
            "name": 3, "subject": "xxxx", "channel": "pigeon", "at": "monday", "colour": "red",
            "location": { "latitude": 91, "height": 1 },
        }));
        sent.text("name", 10);
        sent.needed("subject", 3);
        sent.needed("text", 3);
        sent.word("channel", norms::Channel::ALL, norms::Channel::word);
        sent.moment("at");
        sent.object("location", |it| it.degrees("latitude", 90.0));
        let problem = sent.end().unwrap_err();
        let said: Vec<String> = problem
            .errors
            .iter()
            .map(|it| format!("{} {}", it.pointer.clone().unwrap_or_default(), it.code))
            .collect();
        let expected = [
            "/name type",
            "/subject too-long",
            "/text missing",
            "/channel value",
            "/at value",
            "/location/latitude value",
            "/location/height unknown",
            "/colour unknown",
        ];
        assert_eq!(said, expected);
    }
}
