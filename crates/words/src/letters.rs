//! What a letter says, once; its plain text and its HTML come from the same blocks.
//!
//! Text from outside is only ever a block's content: it is escaped in HTML, and in plain text it
//! can not become a header, because headers are built elsewhere from typed values.

use std::fmt::Write as _;

use crate::Lang;

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

impl Block {
    /// What it is, in a shape. Letters that were written before are read by these marks: none of
    /// them may come to mean something else.
    fn mark(&self) -> char {
        match self {
            Block::Paragraph(_) => 'P',
            Block::Facts(_) => 'F',
            Block::Quote(_) => 'Q',
            Block::Link { .. } => 'L',
        }
    }

    /// Writes it as plain text.
    fn write(&self, text: &mut String) {
        match self {
            Block::Paragraph(words) => text.push_str(words),
            Block::Facts(facts) => {
                for (place, (name, value)) in facts.iter().enumerate() {
                    let between = if place == 0 { "" } else { "\n" };
                    // A line is a fact.
                    let value = value.replace(['\r', '\n'], " ");
                    let _ = write!(text, "{between}{name}: {value}");
                }
            }
            Block::Quote(words) => {
                for (place, line) in words.lines().enumerate() {
                    let between = if place == 0 { "" } else { "\n" };
                    let _ = write!(text, "{between}> {line}");
                }
            }
            Block::Link { label, address } => {
                let _ = write!(text, "{label}:\n{address}");
            }
        }
    }

    /// The block at the begin of a plain text, by its mark and length, and what comes after it.
    fn take<'t>(mark: &str, text: &'t str) -> Option<(Block, &'t str)> {
        let kind = mark.chars().next()?;
        let length: usize = mark[kind.len_utf8()..].parse().ok()?;
        let (block, after) = text.split_at_checked(length)?;
        Some((Block::read(kind, block)?, after.strip_prefix(BETWEEN).unwrap_or(after)))
    }

    /// Reads a block with this mark from its plain text.
    fn read(mark: char, text: &str) -> Option<Block> {
        match mark {
            'P' => Some(Block::Paragraph(text.to_owned())),
            'F' => {
                let fact = |line: &str| {
                    // Behind a last one without a value the space is gone.
                    let bare = || (line.strip_suffix(':').unwrap_or(line), "");
                    let (name, value) = line.split_once(": ").unwrap_or_else(bare);
                    (name.to_owned(), value.to_owned())
                };
                Some(Block::Facts(text.lines().map(fact).collect()))
            }
            'Q' => {
                let words = text.lines().map(|line| line.strip_prefix("> ").unwrap_or_default());
                Some(Block::Quote(words.collect::<Vec<_>>().join("\n")))
            }
            'L' => {
                let (label, address) = text.rsplit_once(":\n")?;
                Some(Block::Link { label: label.to_owned(), address: address.to_owned() })
            }
            _ => None,
        }
    }
}

impl Original {
    /// Reads what is repeated below a letter from its plain text; nothing from an empty one.
    fn read(quoted: &str) -> Option<Original> {
        let (intro, lines) = quoted.split_once('\n')?;
        let words = lines.lines().map(|line| {
            let line = line.strip_prefix('>').unwrap_or(line);
            line.strip_prefix(' ').unwrap_or(line)
        });
        Some(Original { intro: intro.to_owned(), text: words.collect::<Vec<_>>().join("\n") })
    }
}

/// Between two blocks of a plain text.
const BETWEEN: &str = "\n\n";

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
        self.written().0
    }

    /// The letter as plain text, and its shape: by both it is made [`again`](Letter::again), so
    /// that its page need not be kept beside its text.
    pub fn written(&self) -> (String, String) {
        let (mut text, mut shape) = (String::new(), self.lang.to_owned());
        for block in &self.blocks {
            let start = text.len();
            block.write(&mut text);
            // PostgreSQL keeps no NUL: measured is what is kept.
            if text[start..].contains('\0') {
                let kept = text[start..].replace('\0', "\u{fffd}");
                text.replace_range(start.., &kept);
            }
            let length = text[start..].trim_end().len();
            text.truncate(start + length);
            if length > 0 {
                let _ = write!(shape, " {}{length}", block.mark());
                text.push_str(BETWEEN);
            }
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
        (text, shape)
    }

    /// A letter by what is kept of it: its subject, its text and what is repeated below that, both
    /// plain, and its shape. Lost is white space at the end of a line or block, and what is empty.
    pub fn again(subject: &str, (text, quoted): (&str, &str), shape: &str) -> Letter {
        let mut marks = shape.split(' ');
        let lang = marks.next().and_then(Lang::from_code).unwrap_or_default();
        let (mut blocks, mut rest) = (Vec::new(), text);
        for mark in marks {
            let Some((block, after)) = Block::take(mark, rest) else { break };
            blocks.push(block);
            rest = after;
        }
        // Whatever its shape says, a letter never says less than its text.
        blocks.extend(of_words(rest));
        let (subject, original) = (subject.to_owned(), Original::read(quoted));
        Letter { subject, blocks, lang: lang.code(), original }
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
        let (text, shape) = letter.written();
        assert_eq!(shape, "nl P21 F19 Q20 L30");
        let again = Letter::again(&letter.subject, (&text, &letter.quoted()), &shape);
        assert_eq!(again, letter, "nothing of it is lost");
        let wrong = Letter::again("x", (&text, ""), "nl P21 F900");
        assert_eq!(wrong.blocks.len(), 2, "what can not be told apart");
        assert!(wrong.text() == text, "is there all the same: {}", wrong.text());
        let html = letter.html();
        assert!(html.contains("Beste heer &amp; mevrouw,"), "{html}");
        assert!(html.contains("regel 1<br>&lt;script&gt;"), "{html}");
        assert!(html.contains("href=\"https://x.example/?a&amp;b\""), "{html}");
        assert!(html.contains("eerste &lt;i&gt;<br><br>&gt; ouder</blockquote>"), "{html}");
        assert!(!html.contains("<script"), "{html}");
    }

    proptest::proptest! {
        /// Whatever people write, the page of a letter is the same when it is made again.
        #[test]
        fn a_letter_is_made_again_from_its_text(
            texts in proptest::collection::vec("[ >:a-c\u{e9}&\n\0]{0,12}", 6),
            answers in proptest::bool::ANY,
        ) {
            let [one, two, three, four, five, six]: [String; 6] = texts.try_into().expect("six");
            let line = |text: &str| text.replace('\n', "").trim().to_owned();
            // What is empty is no block, and white space at the end is not seen.
            let is_seen = |text: &String| !text.is_empty();
            let words = |text: String| Some(text.trim_end().to_owned()).filter(is_seen);
            let facts = vec![("Nûmer".into(), line(&two)), ("Dei".into(), line(&three))];
            let address = "https://x.example/a".to_owned();
            let link = Block::Link { label: "Folgje".into(), address };
            let mut blocks: Vec<Block> = words(one).map(Block::Paragraph).into_iter().collect();
            blocks.push(Block::Facts(facts));
            blocks.extend(words(three).map(Block::Quote));
            blocks.push(link);
            blocks.extend(words(four).map(Block::Paragraph));
            let subject = line(&five);
            let original = words(six).filter(|_| answers);
            let original = original.map(|text| Original { intro: line(&five), text });
            let letter = Letter { subject, lang: "fy", blocks, original };
            let (text, shape) = letter.written();
            let again = Letter::again(&letter.subject, (&text, &letter.quoted()), &shape);
            proptest::prop_assert_eq!(again.written(), (text, shape));
            proptest::prop_assert_eq!(again.quoted(), letter.quoted());
            // White space at the end of a line is not seen on a page.
            let seen = |letter: &Letter| {
                let html = letter.html().replace("<br>", " <br>").replace("</", " </");
                let html = html.replace('\0', "\u{fffd}");
                html.split_whitespace().map(str::to_owned).collect::<Vec<_>>().join(" ")
            };
            proptest::prop_assert_eq!(seen(&again), seen(&letter));
        }
    }
}
