//! Subjects: what a client put in front (`Re:`, `Antw:`, `Doorst:`), what the writer wrote, and our
//! own number when it is there.

/// What the prefix of a subject says about the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SubjectKind {
    /// No prefix.
    New,
    /// An answer to something.
    Reply,
    /// Something passed on: to us it is new.
    Forward,
}

impl SubjectKind {
    /// The kebab-case name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            SubjectKind::New => "new",
            SubjectKind::Reply => "reply",
            SubjectKind::Forward => "forward",
        }
    }
}

/// Reply prefixes clients use, in lower case, without the colon.
const REPLY: &[&str] = &[
    "re",
    "antw",
    "antwoord",
    "ant",
    "betr",
    "aw",
    "antwort",
    "sv",
    "svar",
    "r",
    "rif",
    "res",
    "resp",
    "odp",
    "ynt",
    "réf",
    "ref",
    "réponse",
    "vá",
    "vs",
    "atb",
    "απ",
    "σχετ",
    "ответ",
    "回复",
    "返信",
];

/// Forward prefixes clients use, in lower case, without the colon.
const FORWARD: &[&str] = &[
    "fw",
    "fwd",
    "wg",
    "doorst",
    "doorgestuurd",
    "tr",
    "rv",
    "enc",
    "vl",
    "vb",
    "weitergeleitet",
    "transf",
    "i",
    "fs",
    "trs",
    "pd",
    "továbbítás",
    "πρθ",
    "yml",
    "ilt",
    "转发",
    "轉寄",
    "trochstjoerd",
];

/// Prefixes taken off one subject; a loop of two robots makes them endless.
const PREFIXES_MAX: usize = 50;

/// The subject without prefixes, and what the first of them says.
#[must_use]
pub fn core(subject: &str) -> (&str, SubjectKind) {
    let mut rest = subject.trim();
    let mut kind = SubjectKind::New;
    for _ in 0..PREFIXES_MAX {
        let Some((found, after)) = prefix(rest) else { break };
        if kind == SubjectKind::New {
            kind = found;
        }
        rest = after;
    }
    (rest, kind)
}

/// One prefix and what follows it: `Re:`, `RE[2]:`, `Re(3):`, `Antw :`, `AW：`.
fn prefix(subject: &str) -> Option<(SubjectKind, &str)> {
    const PREFIX_CHARS_MAX: usize = 20;
    let colon = |(_, c): &(usize, char)| matches!(c, ':' | '：');
    let (end, mark) = subject.char_indices().take(PREFIX_CHARS_MAX).find(colon)?;
    let word = subject[..end].trim().to_lowercase();
    let word = word.split(['[', '(', '^', '*']).next().unwrap_or("").trim_end();
    let kind = if REPLY.contains(&word) {
        SubjectKind::Reply
    } else if FORWARD.contains(&word) {
        SubjectKind::Forward
    } else {
        return None;
    };
    Some((kind, subject[end + mark.len_utf8()..].trim_start()))
}

/// Our own number in a text: `[2026-001234]` gives `2026-001234`; the first one when there are
/// more.
#[must_use]
pub fn number(text: &str) -> Option<&str> {
    text.match_indices('[').find_map(|(at, _)| {
        let inner = text.get(at + 1..at + 13)?;
        let (year, serial) = inner.strip_suffix(']')?.split_once('-')?;
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        let ours = year.len() == 4 && serial.len() == 6 && digits(year) && digits(serial);
        ours.then(|| &inner[..11])
    })
}

/// The subject without any of our numbers, for a new contact made from a stale one.
#[must_use]
pub fn without_numbers(subject: &str) -> String {
    let mut clean = subject.to_owned();
    while let Some(found) = number(&clean).map(str::to_owned) {
        clean = clean.replace(&format!("[{found}]"), " ");
    }
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}
