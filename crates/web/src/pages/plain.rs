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
    /// How long a question is kept, in years.
    pub question_years: i64,
    /// How long a complaint or report is kept, in years.
    pub complaint_years: i64,
    /// How long an invoice is kept, in years.
    pub invoice_years: i64,
    /// Whose map residents point on, when there is one.
    pub map_by: Option<String>,
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
        let (question_years, complaint_years, invoice_years) = (1, 5, 7);
        let map_by = None;
        let page = Privacy { frame, question_years, complaint_years, invoice_years, map_by };
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
