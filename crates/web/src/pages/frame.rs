//! What every public page shares: language, municipality, and where it is.

use words::{Lang, Words};

use super::Disrupted;

/// Most characters of a path that are handed on in a link.
const PATH_CHARS_MAX: usize = 200;

/// What every public page shows around its own content.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The sentences in the reader's language.
    pub words: Words,
    /// The name of the municipality: "Harlingen".
    pub municipality: String,
    /// The path of this page, without language: "/contact".
    pub path: String,
    /// The telephone number as it is written: "14 0517".
    pub phone: String,
    /// The general e-mail address.
    pub email: String,
    /// Whether problems in the street can be reported here.
    pub reports: bool,
    /// The disruptions that last.
    pub notices: Vec<Disrupted>,
}

/// One language in the switch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LanguageLink {
    /// The BCP 47 code.
    pub code: &'static str,
    /// The name of the language in itself.
    pub name: &'static str,
    /// This page in that language.
    pub href: String,
    /// Whether the page is in this language now.
    pub current: bool,
}

impl Frame {
    /// `path` in the language of this page: Dutch has no mark, others have `lang=`. The address of
    /// another site stays as it is.
    pub fn href(&self, path: &str) -> String {
        if !path.starts_with('/') {
            return path.to_owned();
        }
        in_language(path, self.words.lang())
    }

    /// This page in every language.
    pub fn languages(&self) -> Vec<LanguageLink> {
        switch(&self.path, self.words.lang(), &Lang::ALL)
    }

    /// The contact form, told that it is about this page.
    pub fn wrong_page(&self) -> String {
        let page: String = self.path.chars().take(PATH_CHARS_MAX).collect();
        self.href(&format!("/contact?page={}", query_value(&page)))
    }

    /// The feed of disruptions in this language.
    pub fn feed(&self) -> String {
        with_language("/storingen.rss", self.words.lang())
    }

    /// The telephone number as a link: "tel:140517".
    pub fn phone_href(&self) -> String {
        phone_href(&self.phone)
    }

    /// An invented frame for samples.
    pub fn sample(lang: Lang, path: &str) -> Frame {
        Frame {
            words: Words::new(lang),
            municipality: "Harlingen".into(),
            path: path.into(),
            phone: "14 0517".into(),
            email: "info@gemeente.example.nl".into(),
            reports: true,
            notices: Vec::new(),
        }
    }
}

/// The number as a `tel:` link, without spaces and dashes.
pub(super) fn phone_href(phone: &str) -> String {
    let digits: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    format!("tel:{digits}")
}

/// `path` with its language; Dutch is what a page is in when nothing is said.
pub(super) fn in_language(path: &str, lang: Lang) -> String {
    if lang == Lang::default() { path.to_owned() } else { with_language(path, lang) }
}

/// The same page in each of `langs`; Dutch is named too, so that a remembered choice changes.
pub(super) fn switch(path: &str, now: Lang, langs: &[Lang]) -> Vec<LanguageLink> {
    langs
        .iter()
        .map(|lang| LanguageLink {
            code: lang.code(),
            name: lang.own_name(),
            href: with_language(path, *lang),
            current: *lang == now,
        })
        .collect()
}

fn with_language(path: &str, lang: Lang) -> String {
    let joint = if path.contains('?') { '&' } else { '?' };
    format!("{path}{joint}lang={}", lang.code())
}

/// Percent-encodes what may not stand in a query value (RFC 3986, unreserved and "/").
pub(crate) fn query_value(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_keep_the_language_and_the_switch_keeps_the_page() {
        let frysk = Frame::sample(Lang::Fy, "/contact?page=/normen");
        assert_eq!(frysk.href("/normen"), "/normen?lang=fy");
        assert_eq!(frysk.href("/contact?page=/"), "/contact?page=/&lang=fy");
        assert_eq!(frysk.languages()[2].href, "/contact?page=/normen&lang=en");
        assert_eq!(Frame::sample(Lang::Nl, "/").href("/normen"), "/normen");
        assert_eq!(frysk.href("https://example.nl/a"), "https://example.nl/a");
    }

    #[test]
    fn a_path_cannot_add_to_the_query() {
        let odd = Frame::sample(Lang::Nl, "/a b&kind=tip#x");
        assert_eq!(odd.wrong_page(), "/contact?page=/a%20b%26kind%3Dtip%23x");
        assert_eq!(odd.phone_href(), "tel:140517");
    }
}
