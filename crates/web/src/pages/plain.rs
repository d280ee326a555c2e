//! Pages that are only text: privacy and accessibility.

use askama::Template;
use words::Lang;

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
}

/// The accessibility statement (Besluit digitale toegankelijkheid overheid).
#[derive(Clone, Debug, Template)]
#[template(path = "accessibility.html")]
pub struct Accessibility {
    /// What every page shares.
    pub frame: Frame,
}

impl Privacy {
    /// The page with the default terms.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Privacy)> {
        let frame = Frame::sample(lang, "/privacy");
        vec![("page", Privacy { frame, question_years: 1, complaint_years: 5, invoice_years: 7 })]
    }
}

impl Accessibility {
    /// The page.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Accessibility)> {
        vec![("page", Accessibility { frame: Frame::sample(lang, "/toegankelijkheid") })]
    }
}
