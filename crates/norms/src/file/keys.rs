//! Reading the tables of a file, with every key that they do not know told in one run.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer};

use super::Reader;
use super::tables::File;
use crate::problem::nearest;

/// The most unknown keys that are told in one run; more is another kind of file.
const UNKNOWN_KEYS_MAX: usize = 20;

impl Reader<'_> {
    /// Reads the tables. A key that is not known is told and passed over, so that what else is
    /// wrong is told too; one that is near enough to a known key is taken for that key.
    pub(super) fn tables(&mut self) -> Option<File> {
        let mut root = match DeTable::parse(self.source) {
            Ok(root) => root,
            Err(error) => {
                self.syntax(&error);
                return None;
            }
        };
        for _ in 0..UNKNOWN_KEYS_MAX {
            match File::deserialize(Deserializer::from(root.clone())) {
                Ok(file) => return Some(file),
                Err(error) => {
                    self.syntax(&error);
                    let (written, known) = unknown_field(error.message())?;
                    let meant = nearest(written, &known);
                    if !pass_over(root.get_mut(), &error.span()?, meant) {
                        return None;
                    }
                }
            }
        }
        None
    }

    fn syntax(&mut self, error: &toml::de::Error) {
        let message = error.message().to_owned();
        let expected = match message.split('`').collect::<Vec<_>>()[..] {
            ["missing field ", field, ..] => format!("a line “{field} = …” in this table"),
            _ => match unknown_field(&message) {
                Some((written, known)) => match nearest(written, &known) {
                    Some(word) => format!("did you mean “{word}”?"),
                    None => format!("one of: {}", known.join(" ")),
                },
                None => "a value of the form shown in norms/harlingen.toml".to_owned(),
            },
        };
        let span = error.span().unwrap_or(0..0);
        self.wrong(span, message.replace('\n', " "), expected);
    }
}

/// The key that a message calls unknown, and the keys that the table knows.
fn unknown_field(message: &str) -> Option<(&str, Vec<&str>)> {
    let is_word = |text: &&str| !text.is_empty() && !text.contains(' ');
    match message.split('`').collect::<Vec<_>>()[..] {
        ["unknown field ", written, _, ref known @ ..] => {
            Some((written, known.iter().copied().filter(is_word).collect()))
        }
        _ => None,
    }
}

/// Takes the key at this place out of its table, or gives it the name that was meant, unless the
/// table has that key already. Says whether the key was found.
fn pass_over(table: &mut DeTable<'_>, place: &Range<usize>, meant: Option<&str>) -> bool {
    let key = table.iter().map(|(key, _)| key).find(|key| key.span() == *place).cloned();
    let Some(key) = key else {
        return table.iter_mut().any(|(_, value)| pass_over_in(value.get_mut(), place, meant));
    };
    let value = table.remove(&key);
    if let (Some(meant), Some(value)) = (meant, value) {
        let meant = Spanned::new(key.span(), meant.to_owned().into());
        if !table.contains_key(&meant) {
            table.insert(meant, value);
        }
    }
    true
}

fn pass_over_in(value: &mut DeValue<'_>, place: &Range<usize>, meant: Option<&str>) -> bool {
    match value {
        DeValue::Table(table) => pass_over(table, place, meant),
        DeValue::Array(values) => {
            values.iter_mut().any(|value| pass_over_in(value.get_mut(), place, meant))
        }
        _ => false,
    }
}
