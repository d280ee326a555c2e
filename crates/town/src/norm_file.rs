//! The norm file of a town: read once, shared by every town that lives by it.

use jiff::civil::Date;
use norms::{Charter, Norms, Problems};

/// A norm file, as text and as what it says.
#[derive(Clone, Debug)]
pub struct NormFile {
    text: String,
    pub(crate) charter: Charter,
}

impl NormFile {
    /// Reads a norm file: its text and its name.
    ///
    /// # Errors
    /// What is wrong in it.
    pub fn read(text: &str, name: &str) -> Result<NormFile, Problems> {
        let norms = Norms::parse(text, name)?;
        Ok(NormFile { text: text.to_owned(), charter: norms.into() })
    }

    /// The norms with days off beside those that are in the file.
    pub(crate) fn with_closures(&self, days: &[Date]) -> Norms {
        use toml::Value;
        let mut file: toml::Table = toml::from_str(&self.text).expect("it was read before");
        let calendar = file.entry("calendar").or_insert_with(|| toml::Table::new().into());
        let calendar = calendar.as_table_mut().expect("a table, or it could not be read");
        let closures = calendar.entry("closures").or_insert_with(|| Value::Array(Vec::new()));
        let closures = closures.as_array_mut().expect("a list, or it could not be read");
        for day in days {
            let date: toml::value::Datetime = day.to_string().parse().expect("a day");
            let closure = [
                ("from".to_owned(), date.into()),
                ("to".to_owned(), date.into()),
                ("why".to_owned(), "dicht bij besluit".into()),
            ];
            closures.push(Value::Table(closure.into_iter().collect()));
        }
        Norms::parse(&file.to_string(), "norms").expect("a closure is all that is new in it")
    }
}
