//! How long what is personal is kept, as the file says.

use std::collections::BTreeMap;

use super::Reader;
use super::tables::{RetentionTable, Text};
use crate::retention::YEARS_MAX;
use crate::{Kind, Retention, Term};

impl Reader<'_> {
    /// The terms that the file sets; the others are the usual ones.
    pub(super) fn retention(&mut self, tables: &BTreeMap<Text, RetentionTable>) -> Retention {
        let mut own = BTreeMap::new();
        for (kind, table) in tables {
            let kind = self.word(kind, Kind::WORDS, Kind::from_word);
            let years = self.years(&table.years);
            let ground = table.ground.get_ref().trim();
            if ground.is_empty() {
                let message = "the ground is empty".to_owned();
                self.wrong(table.ground.span(), message, "the law or rule that sets the term");
            }
            if let (Some(kind), Some(years)) = (kind, years) {
                own.insert(kind, Term { years, ground: ground.to_owned() });
            }
        }
        Retention { own }
    }

    fn years(&mut self, written: &toml::Spanned<i64>) -> Option<u8> {
        let years = *written.get_ref();
        if !(1..=YEARS_MAX).contains(&years) {
            let message = format!("{years} years are no term");
            self.wrong(written.span(), message, format!("a number from 1 to {YEARS_MAX}"));
            return None;
        }
        u8::try_from(years).ok()
    }
}
