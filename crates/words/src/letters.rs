//! What a letter says, once; its plain text and its HTML come from the same blocks.
//!
//! Text from outside is only ever a block's content: it is escaped in HTML, and in plain text it
//! can not become a header, because headers are built elsewhere from typed values.

use std::fmt::Write as _;

/// One piece of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph of our own words.
    Paragraph(String),
    /// Names with their values: number, date, phone hours.
    Facts(Vec<(String, String)>),
    /// Words of the resident, returned as they were sent. Plain text.
    Quote(String),
    /// An address to open, with what is behind it.
    Link {
        /// What the reader finds there.
        label: String,
        /// The whole address.
        address: String,
    },
}

/// A letter ready to be put in an envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The subject line, one line.
    pub subject: String,
    /// The language code of the letter, for the HTML.
    pub lang: &'static str,
    /// The letter itself, from greeting to signature.
    pub blocks: Vec<Block>,
}

impl Letter {
    /// The letter as plain text, lines of one paragraph unbroken (format=flowed is not needed).
    pub fn text(&self) -> String {
        let mut out = String::new();
        for block in &self.blocks {
            match block {
                Block::Paragraph(text) => out.push_str(text),
                Block::Facts(facts) => {
                    for (name, value) in facts {
                        let _ = writeln!(out, "{name}: {value}");
                    }
                    out.truncate(out.trim_end().len());
                }
                Block::Quote(text) => {
                    for line in text.lines() {
                        let _ = writeln!(out, "> {line}");
                    }
                    out.truncate(out.trim_end().len());
                }
                Block::Link { label, address } => {
                    let _ = write!(out, "{label}:\n{address}");
                }
            }
            out.push_str("\n\n");
        }
        out.truncate(out.trim_end().len());
        out.push('\n');
        out
    }

    /// The letter as a small HTML page that needs nothing from elsewhere.
    pub fn html(&self) -> String {
        let mut body = String::new();
        for block in &self.blocks {
            match block {
                Block::Paragraph(text) => {
                    let _ = write!(body, "<p style=\"{P}\">{}</p>", lines(text));
                }
                Block::Facts(facts) => {
                    let _ = write!(body, "<table role=\"presentation\" style=\"{TABLE}\">");
                    for (name, value) in facts {
                        let (name, value) = (escape(name), escape(value));
                        let _ = write!(
                            body,
                            "<tr><td style=\"{NAME}\">{name}</td>\
                             <td style=\"{VALUE}\">{value}</td></tr>"
                        );
                    }
                    body.push_str("</table>");
                }
                Block::Quote(text) => {
                    let _ =
                        write!(body, "<blockquote style=\"{QUOTE}\">{}</blockquote>", lines(text));
                }
                Block::Link { label, address } => {
                    let _ = write!(
                        body,
                        "<p style=\"{P}\"><a href=\"{}\">{}</a></p>",
                        escape(address),
                        escape(label)
                    );
                }
            }
        }
        format!(
            "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title>\
             </head><body style=\"{BODY}\">{body}</body></html>",
            self.lang,
            escape(&self.subject)
        )
    }
}

const BODY: &str = "margin:0 auto;padding:24px;max-width:38em;font:16px/1.5 Arial,sans-serif;\
                    color:#1b2a33";
const P: &str = "margin:0 0 16px";
const TABLE: &str = "margin:0 0 16px;border-left:4px solid #0f5c8a;border-collapse:collapse";
const NAME: &str = "padding:2px 16px 2px 12px;color:#44545e;vertical-align:top";
const VALUE: &str = "padding:2px 0;font-weight:bold;vertical-align:top";
const QUOTE: &str = "margin:0 0 16px;padding:8px 12px;background:#f2f5f7";

fn lines(text: &str) -> String {
    escape(text).replace('\n', "<br>")
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_html_say_the_same_and_html_is_escaped() {
        let letter = Letter {
            subject: "Lamp <kapot>".into(),
            lang: "nl",
            blocks: vec![
                Block::Paragraph("Beste heer & mevrouw,".into()),
                Block::Facts(vec![("Nummer".into(), "2026-000001".into())]),
                Block::Quote("regel 1\n<script>".into()),
                Block::Link { label: "Volgen".into(), address: "https://x.example/?a&b".into() },
            ],
        };
        let text = "Beste heer & mevrouw,\n\nNummer: 2026-000001\n\n> regel 1\n> <script>\n\n\
                    Volgen:\nhttps://x.example/?a&b\n";
        assert_eq!(letter.text(), text);
        let html = letter.html();
        assert!(html.contains("Beste heer &amp; mevrouw,"), "{html}");
        assert!(html.contains("regel 1<br>&lt;script&gt;"), "{html}");
        assert!(html.contains("href=\"https://x.example/?a&amp;b\""), "{html}");
        assert!(!html.contains("<script"), "{html}");
    }
}
