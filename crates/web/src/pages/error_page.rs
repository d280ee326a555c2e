//! A page when something does not work: what happened, and where to go from here.

use askama::Template;
use words::Lang;

use super::Frame;

/// A page with a status of 400 or more.
#[derive(Clone, Debug, Template)]
#[template(path = "error_page.html")]
pub struct ErrorPage {
    /// What every page shares.
    pub frame: Frame,
    /// What happened.
    pub trouble: Trouble,
}

/// What can be the matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trouble {
    /// 400: what was sent cannot be understood.
    BadRequest,
    /// 403: not allowed, or sent from another site.
    Forbidden,
    /// 404: not here.
    NotFound,
    /// 413: too big.
    TooLarge,
    /// 429: too often.
    TooMany,
    /// 500: our fault.
    Broken,
    /// 503: busy or being upgraded.
    Unavailable,
}

impl Trouble {
    /// All of them.
    pub const ALL: [Trouble; 7] = [
        Trouble::BadRequest,
        Trouble::Forbidden,
        Trouble::NotFound,
        Trouble::TooLarge,
        Trouble::TooMany,
        Trouble::Broken,
        Trouble::Unavailable,
    ];

    /// The HTTP status (RFC 9110).
    pub fn status(self) -> u16 {
        match self {
            Trouble::BadRequest => 400,
            Trouble::Forbidden => 403,
            Trouble::NotFound => 404,
            Trouble::TooLarge => 413,
            Trouble::TooMany => 429,
            Trouble::Broken => 500,
            Trouble::Unavailable => 503,
        }
    }

    /// The key of the heading.
    pub fn title_key(self) -> &'static str {
        match self {
            Trouble::BadRequest => "site-trouble-bad-request-title",
            Trouble::Forbidden => "site-trouble-forbidden-title",
            Trouble::NotFound => "site-trouble-not-found-title",
            Trouble::TooLarge => "site-trouble-too-large-title",
            Trouble::TooMany => "site-trouble-too-many-title",
            Trouble::Broken => "site-trouble-broken-title",
            Trouble::Unavailable => "site-trouble-unavailable-title",
        }
    }

    /// The key of what to do.
    pub fn text_key(self) -> &'static str {
        match self {
            Trouble::BadRequest => "site-trouble-bad-request-text",
            Trouble::Forbidden => "site-trouble-forbidden-text",
            Trouble::NotFound => "site-trouble-not-found-text",
            Trouble::TooLarge => "site-trouble-too-large-text",
            Trouble::TooMany => "site-trouble-too-many-text",
            Trouble::Broken => "site-trouble-broken-text",
            Trouble::Unavailable => "site-trouble-unavailable-text",
        }
    }
}

impl ErrorPage {
    /// Whether the reader is where nothing is, and looks for something.
    pub fn is_lost(&self) -> bool {
        self.trouble == Trouble::NotFound
    }

    /// Every trouble.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ErrorPage)> {
        let name = |trouble: Trouble| match trouble {
            Trouble::BadRequest => "400",
            Trouble::Forbidden => "403",
            Trouble::NotFound => "404",
            Trouble::TooLarge => "413",
            Trouble::TooMany => "429",
            Trouble::Broken => "500",
            Trouble::Unavailable => "503",
        };
        Trouble::ALL
            .into_iter()
            .map(|trouble| {
                let frame = Frame::sample(lang, "/bestaat-niet");
                (name(trouble), ErrorPage { frame, trouble })
            })
            .collect()
    }
}
