//! A file that is not given out at once: why, and what can be done.

use askama::Template;
use words::{Lang, Words};

use super::{Section, StaffFrame};

/// The page between an employee and a file that can do harm.
#[derive(Clone, Debug, Template)]
#[template(path = "file_page.html")]
pub struct FilePage {
    /// What every page shares.
    pub frame: StaffFrame,
    /// The number of the contact.
    pub number: String,
    /// The name of the file.
    pub name: String,
    /// What it is and how large, in words.
    pub about: String,
    /// The question, or that it is not given.
    pub title: String,
    /// Why.
    pub why: String,
    /// Where the second choice posts to; nothing when there is none.
    pub action: Option<String>,
}

impl FilePage {
    /// The address of the contact.
    pub fn back(&self) -> String {
        self.frame.href(&format!("/werk/contacten/{}", self.number))
    }

    /// Invented files: one that asks, one that is locked.
    pub fn samples(lang: Lang) -> Vec<(&'static str, FilePage)> {
        let words = Words::new(lang);
        let path = "/werk/contacten/2026-000123/bericht/1/bijlage/2";
        let ask = FilePage {
            frame: StaffFrame::sample(lang, path, Section::Work),
            number: "2026-000123".into(),
            name: "factuur.pdf.exe".into(),
            about: format!("{}, {}", words.say("staff-file-program"), words.size(240_000)),
            title: words.say("staff-file-ask"),
            why: words.say("staff-file-ask-program"),
            action: Some(path.into()),
        };
        let never = FilePage {
            title: words.say("staff-file-never"),
            why: words.say1("staff-file-never-why", "name", "Voorbeeld.Test"),
            action: None,
            ..ask.clone()
        };
        vec![("ask", ask), ("never", never)]
    }
}
