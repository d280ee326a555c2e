//! Looking up a sentence by key, with variables and plurals.

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, langid, static_loader};

use crate::Lang;

static_loader! {
    static SENTENCES = {
        locales: "./words",
        fallback_language: "nl",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static NL: LanguageIdentifier = langid!("nl");
static FY: LanguageIdentifier = langid!("fy");
static EN: LanguageIdentifier = langid!("en");

/// A variable inside a sentence.
#[derive(Clone, Debug)]
pub enum Value<'a> {
    /// Text, put in as it is; templates escape it, letters treat it as plain text.
    Text(&'a str),
    /// A count, which also chooses singular or plural.
    Count(i64),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Value::Text(text)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Value::Text(text)
    }
}

impl From<i64> for Value<'_> {
    fn from(count: i64) -> Self {
        Value::Count(count)
    }
}

/// The sentences of one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    lang: Lang,
}

impl Words {
    /// The sentences in `lang`; what a language lacks is said in Dutch.
    pub fn new(lang: Lang) -> Words {
        Words { lang }
    }

    /// The language spoken.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The sentence with this key.
    pub fn say(&self, key: &str) -> String {
        self.look_up(key, None)
    }

    /// The sentence with this key, its variables filled in.
    pub fn say_with(&self, key: &str, values: &[(&'static str, Value<'_>)]) -> String {
        let args = values
            .iter()
            .map(|(name, value)| {
                let value = match value {
                    Value::Text(text) => FluentValue::from(*text),
                    Value::Count(count) => FluentValue::from(*count),
                };
                (Cow::Borrowed(*name), value)
            })
            .collect();
        self.look_up(key, Some(&args))
    }

    /// A sentence with one text variable: the common case in templates.
    pub fn say1(&self, key: &str, name: &'static str, text: &str) -> String {
        self.say_with(key, &[(name, Value::Text(text))])
    }

    /// A sentence with one count: "1 werkdag", "2 werkdagen".
    pub fn count(&self, key: &str, count: i64) -> String {
        self.say_with(key, &[("count", Value::Count(count))])
    }

    fn look_up(
        &self,
        key: &str,
        args: Option<&HashMap<Cow<'static, str>, FluentValue<'_>>>,
    ) -> String {
        SENTENCES.try_lookup_complete(self.id(), key, args).unwrap_or_else(|| key.to_owned())
    }

    fn id(&self) -> &'static LanguageIdentifier {
        match self.lang {
            Lang::Nl => &NL,
            Lang::Fy => &FY,
            Lang::En => &EN,
        }
    }
}
