//! A mail with its own markup, in a frame that can do nothing: the page around it, and what
//! stands inside.

use askama::Template;
use words::{Lang, Words};

use super::{Section, StaffFrame};

/// The page around a formatted mail.
#[derive(Clone, Debug, Template)]
#[template(path = "formatted_page.html")]
pub struct FormattedPage {
    /// What every page shares.
    pub frame: StaffFrame,
    /// The number of the contact.
    pub number: String,
    /// The subject of the contact.
    pub subject: String,
    /// Where the content of the frame is.
    pub content: String,
    /// Whether it refers to pictures from outside.
    pub has_remote: bool,
    /// Whether those are shown, because the employee asked.
    pub shows_remote: bool,
    /// Where asking for them posts to.
    pub action: String,
}

/// What stands in the frame: cleaned markup and nothing of ours.
#[derive(Clone, Debug, Template)]
#[template(path = "formatted_content.html")]
pub(crate) struct FormattedContent {
    /// What a screen reader calls it.
    pub(crate) title: String,
    /// The cleaned markup.
    pub(crate) html: String,
}

impl FormattedPage {
    /// The address of the contact.
    pub fn back(&self) -> String {
        self.frame.href(&format!("/werk/contacten/{}", self.number))
    }

    /// Invented states: nothing from outside, something that is not fetched, shown.
    pub fn samples(lang: Lang) -> Vec<(&'static str, FormattedPage)> {
        let path = "/werk/contacten/2026-000123/bericht/1/opgemaakt";
        let words = Words::new(lang);
        let plain = FormattedPage {
            frame: StaffFrame::sample(lang, path, Section::Work),
            number: "2026-000123".into(),
            subject: words.say("staff-formatted-title"),
            content: format!("{path}/inhoud"),
            has_remote: false,
            shows_remote: false,
            action: path.into(),
        };
        let blocked = FormattedPage { has_remote: true, ..plain.clone() };
        let shown = FormattedPage { shows_remote: true, ..blocked.clone() };
        vec![("plain", plain), ("blocked", blocked), ("shown", shown)]
    }
}
