//! How easy a letter is to read, for who writes it: what an editor at taalniveau B1 would mark. It
//! points at words and never changes one.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::{Lang, Words};

/// Words of the longest sentence that is easy to read.
pub const SENTENCE_WORDS_MAX: usize = 20;
/// Hints about one text; who has mended these asks again.
pub const HINTS_MAX: usize = 12;
/// Words of a long sentence that are shown, to find it by.
const SHOWN_WORDS: usize = 6;
/// Words of the longest expression in the lists.
const EXPRESSION_WORDS_MAX: usize = 4;

/// Something that a reader may stumble over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hint {
    /// It is written in this language, and the resident wrote in another.
    OtherLanguage(Lang),
    /// A word of offices, and what to say instead.
    Stiff(&'static str, &'static str),
    /// A sentence of this many words; how it begins.
    Long(usize, String),
    /// The reader is called `je` and `u` in one letter.
    TwoForms,
    /// A place that was to be filled in.
    Unfilled(String),
}

/// What of a letter may be hard to read; `reader` is the language of the resident.
#[must_use]
pub fn hints(text: &str, reader: Lang) -> Vec<Hint> {
    let lang = Lang::of_text(text).unwrap_or(reader);
    let mut found = Vec::new();
    if lang != reader {
        found.push(Hint::OtherLanguage(lang));
    }
    found.extend(unfilled(text));
    if lang == Lang::Nl && has_two_forms(text) {
        found.push(Hint::TwoForms);
    }
    found.extend(stiff(text, lang));
    found.extend(long_sentences(text));
    found.truncate(HINTS_MAX);
    found
}

impl Words {
    /// A hint in a sentence.
    #[must_use]
    pub fn hint(&self, hint: &Hint) -> String {
        match hint {
            Hint::OtherLanguage(lang) => self.say1("plain-language", "lang", lang.own_name()),
            Hint::Stiff(said, instead) => self.say_with(
                "plain-stiff",
                &[("said", (*said).into()), ("instead", (*instead).into())],
            ),
            Hint::Long(words, begin) => {
                let words = i64::try_from(*words).unwrap_or(i64::MAX);
                self.say_with("plain-long", &[("words", words.into()), ("begin", begin.into())])
            }
            Hint::TwoForms => self.say("plain-two-forms"),
            Hint::Unfilled(place) => self.say1("plain-unfilled", "place", place),
        }
    }
}

/// Stiff expressions of a language with the plain ones.
type Stiff = Vec<(&'static str, &'static str)>;

static STIFF: LazyLock<[Stiff; 3]> = LazyLock::new(|| {
    [
        entries(include_str!("../plain/nl.txt")),
        entries(include_str!("../plain/fy.txt")),
        entries(include_str!("../plain/en.txt")),
    ]
});

fn entries(list: &'static str) -> Stiff {
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(" = ")).collect()
}

/// The stiff expressions in a text, each once, in the order of the text; of two that begin at the
/// same word the longest.
fn stiff(text: &str, lang: Lang) -> Vec<Hint> {
    let list = &STIFF[lang as usize];
    let lower = text.to_lowercase().replace('’', "'");
    let is_sign = |c: char| c.is_alphanumeric() || c == '\'' || c == '-';
    let words: Vec<&str> = lower.split(|c| !is_sign(c)).filter(|it| !it.is_empty()).collect();
    let (mut found, mut said, mut at) = (Vec::new(), BTreeSet::new(), 0);
    while at < words.len() {
        let lengths = (1..=EXPRESSION_WORDS_MAX.min(words.len() - at)).rev();
        let entry = lengths.into_iter().find_map(|length| {
            let expression = words[at..at + length].join(" ");
            list.iter().find(|entry| entry.0 == expression).map(|entry| (entry, length))
        });
        let Some((&(stiff, plain), length)) = entry else {
            at += 1;
            continue;
        };
        at += length;
        if said.insert(stiff) {
            found.push(Hint::Stiff(stiff, plain));
        }
    }
    found
}

/// Sentences that are too long, in their order.
fn long_sentences(text: &str) -> Vec<Hint> {
    let long = |sentence: &Vec<&str>| sentence.len() > SENTENCE_WORDS_MAX;
    let hint = |sentence: Vec<&str>| {
        Hint::Long(sentence.len(), format!("{}…", sentence[..SHOWN_WORDS].join(" ")))
    };
    sentences(text).into_iter().filter(long).map(hint).collect()
}

/// The sentences of a text: to a sign that ends one or an empty line. A line of a list is one.
fn sentences(text: &str) -> Vec<Vec<&str>> {
    let mut found = Vec::new();
    let mut now = Vec::new();
    for line in text.lines() {
        if line.trim().is_empty() || line.trim_start().starts_with(['-', '*', '•']) {
            found.push(std::mem::take(&mut now));
        }
        for word in line.split_whitespace() {
            if word.chars().any(char::is_alphanumeric) {
                now.push(word);
            }
            if word.trim_end_matches(['”', '"', ')', '’']).ends_with(['.', '!', '?', ':', ';'])
            {
                found.push(std::mem::take(&mut now));
            }
        }
    }
    found.push(now);
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// Whether a Dutch letter says both `u` and `je` to its reader.
fn has_two_forms(text: &str) -> bool {
    let lower = text.to_lowercase();
    let has =
        |forms: &[&str]| lower.split(|c: char| !c.is_alphabetic()).any(|it| forms.contains(&it));
    has(&["u", "uw"]) && has(&["je", "jij", "jouw", "jou"])
}

/// Places of a standard text that were to be filled in: "{naam}", "[datum]", "XXX".
fn unfilled(text: &str) -> Vec<Hint> {
    let is_name = |name: &str| {
        let signs = |c: char| c.is_alphanumeric() || " _-$".contains(c);
        (1..=30).contains(&name.chars().count())
            && name.chars().all(signs)
            && name.chars().any(char::is_alphabetic)
    };
    let mut found = Vec::new();
    for (open, close) in [('{', '}'), ('[', ']')] {
        for part in text.split(open).skip(1) {
            if let Some((name, _)) = part.split_once(close).filter(|it| is_name(it.0)) {
                found.push(Hint::Unfilled(format!("{open}{name}{close}")));
            }
        }
    }
    let is_crosses = |word: &&str| word.len() >= 3 && word.chars().all(|c| c == 'X');
    let crosses = text.split(|c: char| !c.is_alphanumeric()).find(is_crosses);
    found.extend(crosses.map(|word| Hint::Unfilled(word.to_owned())));
    let mut said = Vec::new();
    found.retain(|hint| {
        let is_new = !said.contains(hint);
        said.push(hint.clone());
        is_new
    });
    found
}
