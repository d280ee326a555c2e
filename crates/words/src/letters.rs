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
    /// What it answers, repeated below it.
    pub original: Option<Original>,
}

/// Words of a resident that are repeated below an answer to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    /// "Op 23 november 2026 om 9.00 uur schreef Jan Voorbeeld:".
    pub intro: String,
    /// The words. Plain text.
    pub text: String,
}

/// The blocks of a text in which pieces stand by their mark: paragraphs between empty lines, and
/// the blocks of a piece where its mark is.
pub fn blocks_of(text: &str, pieces: &[Vec<Block>]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for paragraph in text.replace("\r\n", "\n").split("\n\n") {
        let mut rest = paragraph;
        while let Some((before, after)) = rest.split_once(OPEN) {
            let (index, after) = after.split_once(CLOSE).unwrap_or((after, ""));
            blocks.extend(of_words(before));
            let piece = index.parse().ok().and_then(|index: usize| pieces.get(index));
            blocks.extend(piece.into_iter().flatten().cloned());
            rest = after;
        }
        blocks.extend(of_words(rest));
    }
    blocks
}

fn of_words(text: &str) -> Option<Block> {
    let text = text.trim();
    (!text.is_empty()).then(|| Block::Paragraph(text.to_owned()))
}

/// The mark of the piece with this index, for a text that [`blocks_of`] reads.
pub fn mark(index: usize) -> String {
    format!("{OPEN}{index}{CLOSE}")
}

/// A text from outside without anything that could be taken for a mark.
pub fn unmarked(text: &str) -> String {
    text.replace([OPEN, CLOSE], "")
}

/// Characters for private use, which no text of a person has.
const OPEN: char = '\u{f0000}';
const CLOSE: char = '\u{f0001}';

impl Letter {
    /// What is repeated below the letter as plain text; empty when nothing is.
    pub fn quoted(&self) -> String {
        let Some(Original { intro, text }) = &self.original else { return String::new() };
        let mut out = format!("{intro}\n");
        for line in text.lines() {
            // A quoted line gets no space behind its mark, as RFC 3676 has it.
            out.push_str(if line.starts_with('>') { ">" } else { "> " });
            out.push_str(line);
            out.truncate(out.trim_end().len());
            out.push('\n');
        }
        out
    }

    /// The letter as plain text without what is repeated below it. Lines of one paragraph are
    /// unbroken: the mail program breaks them, and on the wire they are quoted-printable.
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
        if let Some(Original { intro, text }) = &self.original {
            // Gmail folds what has this class, Outlook and Thunderbird a quotation of type "cite".
            let _ = write!(
                body,
                "<div class=\"gmail_quote\"><p style=\"{CITED}\">{}</p>\
                 <blockquote type=\"cite\" class=\"gmail_quote\" style=\"{CITE}\">{}</blockquote>\
                 </div>",
                escape(intro),
                lines(text)
            );
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
const CITED: &str = "margin:24px 0 8px;color:#44545e";
const CITE: &str = "margin:0;padding:0 0 0 12px;border-left:2px solid #c3ccd2;color:#44545e";
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
    fn a_text_with_pieces_becomes_blocks() {
        let paragraph = |text: &str| Block::Paragraph(text.to_owned());
        let facts = Block::Facts(vec![("Nummer".into(), "1".into())]);
        let pieces = [vec![facts.clone()], Vec::new()];
        let text = format!("Beste Jan,\r\n\r\neen\ntwee {} drie\n\n{}\n\n\n", mark(0), mark(1));
        let blocks =
            vec![paragraph("Beste Jan,"), paragraph("een\ntwee"), facts, paragraph("drie")];
        assert_eq!(blocks_of(&text, &pieces), blocks);
        assert_eq!(blocks_of(&mark(7), &pieces), [], "a mark of nothing");
        assert_eq!(unmarked(&mark(0)), "0");
    }

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
            original: Some(Original {
                intro: "Op 2 maart schreef A <a@example.nl>:".into(),
                text: "eerste <i>\n\n> ouder".into(),
            }),
        };
        let quoted = "Op 2 maart schreef A <a@example.nl>:\n> eerste <i>\n>\n>> ouder\n";
        assert_eq!(letter.quoted(), quoted);
        let text = "Beste heer & mevrouw,\n\nNummer: 2026-000001\n\n> regel 1\n> <script>\n\n\
                    Volgen:\nhttps://x.example/?a&b\n";
        assert_eq!(letter.text(), text);
        let html = letter.html();
        assert!(html.contains("Beste heer &amp; mevrouw,"), "{html}");
        assert!(html.contains("regel 1<br>&lt;script&gt;"), "{html}");
        assert!(html.contains("href=\"https://x.example/?a&amp;b\""), "{html}");
        assert!(html.contains("eerste &lt;i&gt;<br><br>&gt; ouder</blockquote>"), "{html}");
        assert!(!html.contains("<script"), "{html}");
    }
}
