//! What a resident sees of a contact that is erased.

use askama::Template;
use jiff::civil::date;
use words::{Lang, Words};

use super::Frame;

/// The page behind the follow link of a contact that is erased.
#[derive(Clone, Debug, Template)]
#[template(path = "erased.html")]
pub struct Erased {
    /// What every page shares.
    pub frame: Frame,
    /// The number of the contact.
    pub number: String,
    /// The day on which it was erased, in words.
    pub day: String,
}

impl Erased {
    /// The one state.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Erased)> {
        let day = Words::new(lang).date(date(2026, 11, 28));
        let frame = Frame::sample(lang, "/volg");
        vec![("plain", Erased { frame, number: "2025-000123".into(), day })]
    }
}
