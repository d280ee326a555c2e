//! What a resident sees behind a link that opens no contact any more: it is erased, or there is a
//! newer link.

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

/// The page behind a follow link for which there is a newer one.
#[derive(Clone, Debug, Template)]
#[template(path = "link_replaced.html")]
pub struct LinkReplaced {
    /// What every page shares.
    pub frame: Frame,
    /// The number of the contact, as it stands in the link.
    pub number: String,
}

impl LinkReplaced {
    /// The one state.
    pub fn samples(lang: Lang) -> Vec<(&'static str, LinkReplaced)> {
        let frame = Frame::sample(lang, "/volg");
        vec![("plain", LinkReplaced { frame, number: "2026-000123".into() })]
    }
}
