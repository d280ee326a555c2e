//! Looking for something on the public site: the question, and what was found.

use askama::Template;
use words::{Lang, Words};

use super::Frame;

/// The page of a search.
#[derive(Clone, Debug, Template)]
#[template(path = "search_page.html")]
pub struct SearchPage {
    /// What every page shares.
    pub frame: Frame,
    /// What was looked for; empty before anything was.
    pub question: String,
    /// What was found, the best first.
    pub found: Vec<Found>,
    /// Whether every word of the question is in what was found.
    pub is_whole: bool,
}

/// One thing that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub href: String,
    /// What it is.
    pub kind: FoundKind,
    /// A piece of its text; true for what was looked for.
    pub snippet: Vec<(bool, String)>,
}

/// What can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FoundKind {
    /// A page.
    Page,
    /// A way to reach us.
    Way,
    /// A norm.
    Norm,
}

impl FoundKind {
    /// The key of its name.
    pub fn key(self) -> &'static str {
        match self {
            FoundKind::Page => "site-search-page",
            FoundKind::Way => "site-search-way",
            FoundKind::Norm => "site-search-norm",
        }
    }
}

impl SearchPage {
    /// "3 resultaten voor “lamp”"; "Zoeken" before anything was looked for.
    pub fn title(&self) -> String {
        let words = &self.frame.words;
        if self.question.is_empty() {
            return words.say("site-search");
        }
        let count = i64::try_from(self.found.len()).unwrap_or(i64::MAX);
        let values = [("count", count.into()), ("question", (&self.question).into())];
        words.say_with("site-search-count", &values)
    }

    /// Invented states: nothing asked, something found, only a part of it, nothing.
    pub fn samples(lang: Lang) -> Vec<(&'static str, SearchPage)> {
        let words = Words::new(lang);
        let empty = SearchPage {
            frame: Frame::sample(lang, "/zoeken"),
            question: String::new(),
            found: Vec::new(),
            is_whole: true,
        };
        let some = SearchPage {
            question: "brief <b>".into(),
            found: vec![
                Found {
                    title: words.say("norms-group-post"),
                    href: "/normen#post.acknowledge".into(),
                    kind: FoundKind::Norm,
                    snippet: vec![
                        (false, "Als u ons een ".into()),
                        (true, "brief".into()),
                        (false, " stuurt, krijgt u een ontvangstbevestiging.".into()),
                    ],
                },
                Found {
                    title: words.say("contact-title"),
                    href: "/contact".into(),
                    kind: FoundKind::Page,
                    snippet: vec![(false, words.say("contact-lead"))],
                },
            ],
            ..empty.clone()
        };
        let part = SearchPage { is_whole: false, ..some.clone() };
        let none = SearchPage { found: Vec::new(), ..some.clone() };
        vec![("empty", empty), ("some", some), ("part", part), ("none", none)]
    }
}
