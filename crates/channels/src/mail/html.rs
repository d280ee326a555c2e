//! HTML to readable text: lines where a browser breaks them, quoted history marked with `>`,
//! nothing that is not shown. The result is for reading and for the rules, never shown as markup.

use super::limits::{HTML_BYTES_MAX, TEXT_BYTES_MAX, cut};
use mail_parser::decoders::html::add_html_token;

/// Depth of quoting that is still marked.
const QUOTE_DEPTH_MAX: usize = 9;
/// Bytes of an entity such as `&CounterClockwiseContourIntegral;`.
const ENTITY_BYTES_MAX: usize = 40;

/// Elements whose content is not text for a reader.
const HIDDEN: &[&str] = &["script", "style", "title", "template", "noscript", "svg"];

/// Elements that start and end a line.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "blockquote",
    "body",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tr",
    "ul",
    "center",
];

/// The text a reader of `html` sees.
pub(crate) fn text(html: &str) -> String {
    let html = cut(html, HTML_BYTES_MAX);
    let mut page = Page::default();
    let mut at = 0;
    while at < html.len() && page.out.len() < TEXT_BYTES_MAX {
        let rest = &html[at..];
        if rest.starts_with("<!--") {
            at += rest.find("-->").map_or(rest.len(), |end| end + 3);
        } else if is_tag(rest) {
            let end = page.tag_end(rest);
            let name = page.tag(&rest[1..end]);
            at += (end + 1).min(rest.len());
            if let Some(name) = name {
                at += hidden_len(&html[at.min(html.len())..], name);
            }
        } else {
            at += page.text(rest);
        }
    }
    page.out.trim().to_owned()
}

fn is_tag(rest: &str) -> bool {
    let next = rest.as_bytes().get(1).copied().unwrap_or(0);
    rest.starts_with('<') && (next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?'))
}

/// Bytes up to and including the end tag of a hidden element; all of the rest when it never ends.
fn hidden_len(rest: &str, name: &str) -> usize {
    let close = format!("</{name}");
    let bytes = rest.as_bytes();
    let found = bytes.windows(close.len()).position(|w| w.eq_ignore_ascii_case(close.as_bytes()));
    found.unwrap_or(rest.len())
}

#[derive(Default)]
struct Page {
    out: String,
    quoted: usize,
    blank: bool,
    quotes_broken: bool,
}

impl Page {
    /// Where the tag that starts `rest` ends, passing over `>` inside quoted values.
    fn tag_end(&mut self, rest: &str) -> usize {
        const TAG_BYTES_MAX: usize = 32 * 1024;
        let (bytes, mut quote) = (rest.as_bytes(), 0u8);
        for (at, &byte) in bytes.iter().enumerate().take(TAG_BYTES_MAX) {
            match byte {
                b'"' | b'\'' if quote == byte => quote = 0,
                b'"' | b'\'' if quote == 0 && bytes[at - 1] == b'=' => quote = byte,
                b'>' if quote == 0 || self.quotes_broken => return at,
                _ => {}
            }
        }
        // A quote that never ends: from here on quotes are not believed, so work stays linear.
        self.quotes_broken = true;
        rest.find('>').unwrap_or(rest.len())
    }

    /// Takes a tag (without its brackets); names the hidden element it opens, if any.
    fn tag(&mut self, tag: &str) -> Option<&'static str> {
        let closing = tag.starts_with('/');
        let word = tag.trim_start_matches('/');
        let name = word.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        let name = name.to_ascii_lowercase();
        match name.as_str() {
            "br" => self.line(true),
            "td" | "th" => self.blank = true,
            "p" => {
                self.line(false);
                if closing {
                    self.line(true);
                }
            }
            name if BLOCKS.contains(&name) => self.line(false),
            _ => {}
        }
        if name == "blockquote" {
            let less = self.quoted.saturating_sub(1);
            self.quoted = if closing { less } else { (self.quoted + 1).min(QUOTE_DEPTH_MAX) };
        }
        let hidden = HIDDEN.iter().find(|h| **h == name);
        hidden.filter(|_| !closing && !tag.ends_with('/')).copied()
    }

    /// Ends the line; `always` also when it is empty.
    fn line(&mut self, always: bool) {
        self.blank = false;
        let empty = self.out.is_empty() || self.out.ends_with('\n');
        if !empty || (always && !self.out.ends_with("\n\n") && !self.out.is_empty()) {
            self.out.push('\n');
        }
    }

    /// Takes text up to the next tag or entity and gives its length in bytes.
    fn text(&mut self, rest: &str) -> usize {
        if rest.starts_with('&')
            && let Some(end) = rest.bytes().take(ENTITY_BYTES_MAX).position(|b| b == b';')
        {
            let mut shown = String::new();
            add_html_token(&mut shown, &rest.as_bytes()[..=end], false);
            self.words(&shown);
            return end + 1;
        }
        let stop = |(at, c): (usize, char)| at > 0 && matches!(c, '<' | '&');
        let end = rest.char_indices().find(|x| stop(*x)).map_or(rest.len(), |(at, _)| at);
        self.words(&rest[..end]);
        end
    }

    fn words(&mut self, text: &str) {
        for c in text.chars() {
            let invisible =
                matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{34f}');
            if c.is_whitespace() {
                self.blank = true;
            } else if !invisible && !c.is_control() {
                let starts = self.out.is_empty() || self.out.ends_with('\n');
                if starts && self.quoted > 0 {
                    self.out.push_str(&"> ".repeat(self.quoted));
                } else if self.blank && !starts {
                    self.out.push(' ');
                }
                self.blank = false;
                self.out.push(c);
            }
        }
    }
}
