//! What a text is found by: its words without endings, accents and capitals.
//!
//! The words are made here, and both databases only compare them, so that both find the same.

use std::collections::{BTreeSet, HashMap};

use icu_normalizer::DecomposingNormalizerBorrowed;
use rust_stemmers::{Algorithm, Stemmer};

/// Characters of a word that count; a longer one is cut.
const WORD_CHARS_MAX: usize = 40;
/// Different words by which one text is found.
pub const WORDS_MAX: usize = 15_000;
/// The size of those together, in bytes: PostgreSQL takes a megabyte for one row.
pub const WORDS_BYTES_MAX: usize = 400_000;
/// Different words whose stems are remembered at a time.
const STEMS_MAX: usize = 50_000;
/// Words of a question that are looked for.
pub const SOUGHT_MAX: usize = 12;

/// Takes endings off words, and remembers what is left of each: a language has few words.
pub struct Stems {
    stemmer: Stemmer,
    known: HashMap<String, String>,
}

impl Default for Stems {
    fn default() -> Self {
        Stems { stemmer: Stemmer::create(Algorithm::Dutch), known: HashMap::new() }
    }
}

impl Stems {
    /// As [`words_of`], for many texts one after the other.
    pub fn words_of(&mut self, texts: &[&str]) -> BTreeSet<String> {
        let (mut found, mut bytes) = (BTreeSet::new(), 0);
        for text in texts {
            let bare = bare(text);
            let bare = split(&bare);
            for (at, word) in bare.iter().enumerate() {
                let joined = bare.get(at + 1).and_then(|next| postcode(word, next));
                for word in joined.as_deref().into_iter().chain([self.of(word)]) {
                    if found.contains(word) {
                        continue;
                    }
                    bytes += word.len();
                    if found.len() >= WORDS_MAX || bytes > WORDS_BYTES_MAX {
                        return found;
                    }
                    found.insert(word.to_owned());
                }
            }
        }
        found
    }

    fn of(&mut self, word: &str) -> &str {
        if !self.known.contains_key(word) {
            if self.known.len() >= STEMS_MAX {
                self.known.clear();
            }
            self.known.insert(word.to_owned(), self.stemmer.stem(word).into_owned());
        }
        &self.known[word]
    }
}

/// The words of some texts, each once, in order of the alphabet.
#[must_use]
pub fn words_of(texts: &[&str]) -> BTreeSet<String> {
    Stems::default().words_of(texts)
}

/// What is looked for with a question: every word must be there, the last one may be a beginning.
#[must_use]
pub fn sought(question: &str) -> Vec<String> {
    let mut stems = Stems::default();
    let bare = bare(question);
    let bare = split(&bare);
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(word) = bare.get(at).filter(|_| found.len() < SOUGHT_MAX) {
        let joined = bare.get(at + 1).and_then(|next| postcode(word, next));
        at += if joined.is_some() { 2 } else { 1 };
        found.push(joined.unwrap_or_else(|| stems.of(word).to_owned()));
    }
    found
}

/// A text in small letters, without accents.
fn bare(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let decomposed = DecomposingNormalizerBorrowed::new_nfkd().normalize(text).to_lowercase();
    // An accent follows its letter, and is left out.
    let is_accent = |c: char| ('\u{300}'..='\u{36f}').contains(&c);
    decomposed.chars().filter(|c| !is_accent(*c)).collect()
}

/// Letters and digits in a row.
fn split(text: &str) -> Vec<&str> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let cut = |word| match str::char_indices(word).nth(WORD_CHARS_MAX) {
        Some((end, _)) => &word[..end],
        None => word,
    };
    words.map(cut).collect()
}

/// "8861 XX" is one thing, with and without the space.
fn postcode(digits: &str, letters: &str) -> Option<String> {
    let is_postcode = digits.len() == 4
        && letters.len() == 2
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && letters.bytes().all(|byte| byte.is_ascii_lowercase());
    is_postcode.then(|| format!("{digits}{letters}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(question: &str, text: &str) -> bool {
        let words = words_of(&[text]);
        let sought = sought(question);
        let (last, whole) = sought.split_last().expect("a word");
        let begins = words.iter().any(|word| word.starts_with(last.as_str()));
        begins && whole.iter().all(|word| words.contains(word))
    }

    #[test]
    fn endings_accents_and_capitals_do_not_matter() {
        for (question, text) in [
            ("lantaarn", "De LANTAARNS in de Voorstraat doen het niet"),
            ("lantaarns", "een lantaarn"),
            ("vergunningen", "de vergunning voor een kapvergunning"),
            ("lanta", "De lantaarn"),
            ("brege", "De brêge is iepen"),
            ("brêge iepen", "de brege iepen"),
            ("fôarstrjitte", "yn de Foarstrjitte, Fôarstrjitte"),
            ("8861 XX", "Voorbeeldkade 12\n8861XX Harlingen"),
            ("8861xx", "8861 XX Harlingen"),
            ("jan@example.nl", "Jan Voorbeeld <jan@example.nl>"),
            ("café", "Cafe"),
            ("2026-000123", "Re: 2026-000123"),
        ] {
            assert!(finds(question, text), "{question} in {text}: {:?}", words_of(&[text]));
        }
        for (question, text) in [
            ("lantaarn tulp", "een lantaarn"),
            ("taarn", "een lantaarn"),
            ("tulp lanta", "een lantaarn"),
        ] {
            assert!(!finds(question, text), "{question} in {text}");
        }
    }

    #[test]
    fn nothing_is_endless() {
        let long: String = (0..WORDS_MAX * 2).map(|nr| format!("w{nr} ")).collect();
        assert_eq!(words_of(&[&long]).len(), WORDS_MAX);
        assert_eq!(sought(&long).len(), SOUGHT_MAX);
        assert_eq!(sought(" ?! "), Vec::<String>::new());
        let wide: String = (0..WORDS_MAX).map(|nr| format!("{}{nr} ", "世".repeat(30))).collect();
        let bytes: usize = words_of(&[&wide]).iter().map(String::len).sum();
        assert!((WORDS_BYTES_MAX / 2..=WORDS_BYTES_MAX).contains(&bytes), "{bytes}");
        let huge = "é".repeat(10_000);
        assert!(words_of(&[&huge]).iter().all(|word| word.chars().count() <= WORD_CHARS_MAX));
    }
}
