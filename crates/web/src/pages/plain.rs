//! Pages that are only text: privacy and accessibility.

use askama::Template;
use words::{Lang, Words};

use super::Frame;

/// What we do with personal data.
#[derive(Clone, Debug, Template)]
#[template(path = "privacy.html")]
pub struct Privacy {
    /// What every page shares.
    pub frame: Frame,
    /// How long what is personal is kept.
    pub terms: Vec<TermRow>,
    /// Whose map residents point on, when there is one.
    pub map_by: Option<String>,
}

/// How long contacts of some kinds are kept.
#[derive(Clone, Debug)]
pub struct TermRow {
    /// The kinds: "Vragen, tips en afspraken".
    pub kinds: String,
    /// How long: "5 jaar".
    pub years: String,
    /// Why so long.
    pub ground: String,
}

impl TermRow {
    /// The terms of a municipality.
    pub fn all(words: &Words, retention: &norms::Retention) -> Vec<TermRow> {
        let row = |(term, kinds): (norms::Term, Vec<norms::Kind>)| {
            let names: Vec<String> =
                kinds.iter().map(|kind| words.say(crate::norm_words::kinds_key(*kind))).collect();
            TermRow {
                kinds: capital(&words.list(&names)),
                years: words.count("retention-years", term.years.into()),
                ground: term.ground,
            }
        };
        retention.groups().into_iter().map(row).collect()
    }
}

/// With a capital, as a sentence begins.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// The accessibility statement (Besluit digitale toegankelijkheid overheid).
#[derive(Clone, Debug, Template)]
#[template(path = "accessibility.html")]
pub struct Accessibility {
    /// What every page shares.
    pub frame: Frame,
    /// The site it is about: "www.example.nl".
    pub site: String,
    /// When it was made: "25 november 2026".
    pub on: String,
    /// How soon who tells of a problem is answered: the norm in words.
    pub promise: Option<String>,
}

impl Privacy {
    /// The page with the default terms.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Privacy)> {
        let frame = Frame::sample(lang, "/privacy");
        let words = Words::new(lang);
        let terms = TermRow::all(&words, &norms::Retention::default());
        let page = Privacy { frame, terms, map_by: None };
        let mapped = Privacy { map_by: Some("Kadaster".into()), ..page.clone() };
        vec![("page", page), ("map", mapped)]
    }
}

impl Accessibility {
    /// Whose statement it is, and about what.
    pub fn scope(&self) -> String {
        let (name, site) = (&self.frame.municipality, &self.site);
        let values = [("name", name.into()), ("site", site.into())];
        self.frame.words.say_with("site-accessibility-scope", &values)
    }

    /// The page.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Accessibility)> {
        let page = Accessibility {
            frame: Frame::sample(lang, "/toegankelijkheid"),
            site: "gemeente.example.nl".into(),
            on: Words::new(lang).plain_date(jiff::civil::date(2026, 11, 25)),
            promise: Some(super::home::sample_promise(lang).into()),
        };
        vec![("page", page)]
    }
}
