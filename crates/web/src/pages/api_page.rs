//! How programs of suppliers are connected: short, with examples that a test runs.

use askama::Template;
use desk::EventType;
use words::Lang;

use super::Frame;
use crate::api::KINDS;

/// The examples, as the page shows them and a test runs them.
const EXAMPLES: &str = include_str!("api_examples.txt");

/// How a receiver sees that an event is ours: the step `api` runs it.
const SIGNATURE_EXAMPLE: &str = include_str!("webhook_example.py");

/// What a supplier has to know.
#[derive(Clone, Debug, Template)]
#[template(path = "api_page.html")]
pub struct ApiPage {
    /// What every page shares.
    pub frame: Frame,
    /// The examples.
    pub examples: Vec<ApiExample>,
}

/// A request that can be copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiExample {
    /// What it does, in English.
    pub title: &'static str,
    /// The command.
    pub command: &'static str,
    /// The status of the answer.
    pub status: &'static str,
}

/// Every example, in order.
pub fn api_examples() -> Vec<ApiExample> {
    let read = |block: &'static str| {
        let (title, rest) = block.trim().split_once('\n')?;
        let (command, status) = rest.rsplit_once("\n-> ")?;
        Some(ApiExample { title, command, status })
    };
    EXAMPLES.split("# ").filter_map(read).collect()
}

impl ApiPage {
    /// The kinds of problem that an answer can name, and what each says.
    fn kinds(&self) -> &'static [(&'static str, &'static str)] {
        KINDS
    }

    /// The types of events, and what each says.
    fn events(&self) -> Vec<(&'static str, &'static str)> {
        EventType::ALL.iter().map(|it| (it.word(), it.about())).collect()
    }

    fn signature_example(&self) -> &'static str {
        SIGNATURE_EXAMPLE
    }

    /// The page.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ApiPage)> {
        vec![("page", ApiPage { frame: Frame::sample(lang, "/api"), examples: api_examples() })]
    }
}
