//! What the writer wrote now, apart from the history a client quoted below (or above) it. The
//! history is kept: it is shown folded, and it tells whether a reply is to something we wrote.

use super::limits::{TEXT_BYTES_MAX, cut};

/// Text split in what is new and what is quoted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Split {
    /// The new text, trimmed.
    pub new_text: String,
    /// The quoted history with its heading, trimmed; empty when there is none.
    pub quoted: String,
}

/// Words that open the line above quoted history, and the words of which one must follow.
/// Dutch, English, German, French, Frisian, Spanish, Italian, Swedish.
const ATTRIBUTIONS: &[(&str, &[&str])] = &[
    ("op ", &["schreef", "het volgende geschreven", "skreau", "geschreven:"]),
    ("on ", &["wrote", "writes"]),
    ("am ", &["schrieb", "geschrieben"]),
    ("le ", &["a écrit", "a ecrit"]),
    ("el ", &["escribió", "escribio"]),
    ("il ", &["ha scritto"]),
    ("den ", &["skrev"]),
    ("at ", &["wrote", "you wrote"]),
    ("in a message dated", &["writes", "wrote"]),
    ("quoting ", &[":"]),
    ("van: ", &["schreef:"]),
];

/// Words in the line above quoted history when it begins with the name of who wrote.
const NAME_FIRST: &[&str] =
    &[" schreef op ", " skreau op ", " wrote on ", " schrieb am ", " a écrit le "];

/// Lines that stand above history or a forwarded message, without their dashes and in lower case.
const SEPARATORS: &[&str] = &[
    "original message",
    "oorspronkelijk bericht",
    "originele bericht",
    "origineel bericht",
    "oorspronkelik berjocht",
    "ursprüngliche nachricht",
    "urspruengliche nachricht",
    "original-nachricht",
    "message d'origine",
    "message original",
    "mensaje original",
    "messaggio originale",
    "forwarded message",
    "doorgestuurd bericht",
    "trochstjoerd berjocht",
    "weitergeleitete nachricht",
    "message transféré",
    "begin doorgestuurd bericht",
    "begin forwarded message",
    "anfang der weitergeleiteten nachricht",
    "original appointment",
    "forwarded by",
    "doorgestuurd door",
    "reply above this line",
    "antwoord boven deze lijn",
];

/// Names of the header lines that clients repeat above history: who, when, to whom, about what.
const HEADINGS: &[(&str, u8)] = &[
    ("from:", 1),
    ("van:", 1),
    ("von:", 1),
    ("de:", 1),
    ("fan:", 1),
    ("da:", 1),
    ("sent:", 2),
    ("verzonden:", 2),
    ("gesendet:", 2),
    ("envoyé:", 2),
    ("envoyé :", 2),
    ("date:", 2),
    ("datum:", 2),
    ("date :", 2),
    ("ferstjoerd:", 2),
    ("enviado:", 2),
    ("verstuurd:", 2),
    ("to:", 3),
    ("aan:", 3),
    ("an:", 3),
    ("à:", 3),
    ("à :", 3),
    ("oan:", 3),
    ("para:", 3),
    ("subject:", 4),
    ("onderwerp:", 4),
    ("betreff:", 4),
    ("objet:", 4),
    ("objet :", 4),
    ("underwerp:", 4),
    ("asunto:", 4),
    ("cc:", 5),
    ("de :", 1),
];

/// Splits readable text; work is linear in its length.
#[must_use]
pub fn split(text: &str) -> Split {
    let text = cut(text, TEXT_BYTES_MAX);
    let lines: Vec<&str> = text.lines().collect();
    let (mut new, mut old): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at].trim_start();
        if line.starts_with(">>> ") && line.trim_end().ends_with(">>>") {
            // A heading of GroupWise, with the history below it unmarked.
            old.extend(&lines[at..]);
            break;
        } else if line.starts_with('>') {
            old.push(lines[at]);
            at += 1;
        } else if separator(line) || heading_block(&lines[at..]) {
            old.extend(&lines[at..]);
            break;
        } else if let Some(height) = attribution(&lines[at..]) {
            let below = lines[at + height..].iter().find(|l| !l.trim().is_empty());
            if below.is_some_and(|l| l.trim_start().starts_with('>')) {
                old.extend(&lines[at..at + height]);
                at += height;
            } else if is_exact(&lines[at..at + height]) {
                old.extend(&lines[at..]);
                break;
            } else {
                // "Op maandag 2 maart schreef ik u dit:" is a sentence of the writer.
                new.push(lines[at]);
                at += 1;
            }
        } else {
            new.push(lines[at]);
            at += 1;
        }
    }
    Split { new_text: joined(&new), quoted: joined(&old) }
}

fn joined(lines: &[&str]) -> String {
    // A rule drawn above the history belongs to neither.
    let drawn = |l: &&str| {
        let l = l.trim();
        l.is_empty() || (l.len() >= 10 && l.bytes().all(|b| b == b'_'))
    };
    let end = lines.len() - lines.iter().rev().take_while(|l| drawn(l)).count();
    lines[..end].join("\n").trim().to_owned()
}

/// `-----Oorspronkelijk bericht-----` and its kin.
fn separator(line: &str) -> bool {
    let bare = line.trim_matches(|c: char| c.is_whitespace() || "-_=*:".contains(c));
    let dashed = line.starts_with("--") || line.starts_with("__") || line.starts_with("==");
    let begin = line.len() < 60 && line.trim_end().ends_with(':') && starts_with_any(bare, BEGIN);
    (begin || (dashed && line.len() < 200)) && starts_with_any(bare, SEPARATORS)
}

const BEGIN: &[&str] = &["begin ", "anfang "];

fn starts_with_any(text: &str, starts: &[&str]) -> bool {
    let text = cut(text, 120).to_lowercase();
    starts.iter().any(|start| text.starts_with(start))
}

/// Three different header lines close together, the first of which says from whom.
fn heading_block(lines: &[&str]) -> bool {
    const BLOCK_LINES_MAX: usize = 8;
    if heading(lines[0]) != Some(1) {
        return false;
    }
    let mut kinds = [false; 6];
    for line in lines.iter().take(BLOCK_LINES_MAX) {
        match heading(line) {
            Some(kind) => kinds[usize::from(kind)] = true,
            None if line.trim().is_empty() || line.starts_with([' ', '\t']) => {}
            None => break,
        }
    }
    kinds.iter().filter(|k| **k).count() >= 3
}

fn heading(line: &str) -> Option<u8> {
    let line = cut(line, 60).trim_start_matches(['*', ' ', '\u{a0}']).to_lowercase();
    let line = line.replace('*', "").replace('\u{a0}', " ");
    HEADINGS.iter().find(|(name, _)| line.starts_with(name)).map(|(_, kind)| *kind)
}

/// Whether a heading names an address or a time of day, as programs do and people do not.
fn is_exact(heading: &[&str]) -> bool {
    let heading = heading.join(" ");
    let bytes = heading.as_bytes();
    let clock = |at: &[u8]| at[0].is_ascii_digit() && at[1] == b':' && at[2].is_ascii_digit();
    heading.contains('@') || bytes.windows(3).any(clock)
}

/// `Jan Voorbeeld schreef op 02-03-2026 10:00:`, right above a quotation.
fn name_first(lines: &[&str]) -> bool {
    let line = cut(lines[0].trim(), 200).to_lowercase();
    let said = NAME_FIRST.iter().any(|words| line.contains(words));
    let below = lines[1..].iter().find(|line| !line.trim().is_empty());
    let quoted = below.is_some_and(|line| line.trim_start().starts_with('>'));
    said && quoted && line.ends_with(':') && line.bytes().any(|b| b.is_ascii_digit())
}

/// How many lines the sentence above quoted history takes: `Op … schreef …:`, at most three.
fn attribution(lines: &[&str]) -> Option<usize> {
    if name_first(lines) {
        return Some(1);
    }
    const LINES_MAX: usize = 3;
    const SENTENCE_BYTES_MAX: usize = 400;
    let first = cut(lines[0].trim_start(), 40).to_lowercase();
    let (_, verbs) = ATTRIBUTIONS.iter().find(|(start, _)| first.starts_with(start))?;
    let mut sentence = String::new();
    for (at, line) in lines.iter().take(LINES_MAX).enumerate() {
        sentence.push(' ');
        sentence.push_str(&cut(line.trim(), SENTENCE_BYTES_MAX).to_lowercase());
        let ended = sentence.ends_with(':') || sentence.ends_with("writes");
        let said = verbs.iter().any(|verb| sentence.contains(verb));
        // A date or an address makes it a heading; a sentence of the writer has neither before its
        // colon.
        let dated = sentence.bytes().any(|b| b.is_ascii_digit()) || sentence.contains('@');
        if ended && said && dated {
            return Some(at + 1);
        }
        if line.trim().is_empty() || ended {
            return None;
        }
    }
    None
}
