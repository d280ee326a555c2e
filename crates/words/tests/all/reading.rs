//! How hard our Dutch is to read. Taalniveau B1 is short sentences and everyday words: what of
//! that can be counted is counted here, over every text and letter that residents read.

use words::Lang;

use crate::languages::{STAFF, sentences};

/// Words of the longest sentence. What is filled in counts as one.
const SENTENCE_WORDS_MAX: usize = 20;
/// Words of a sentence on average; what is shorter than this many is a label, not a sentence.
const AVERAGE_WORDS_MAX: usize = 12;
const LABEL_WORDS_MAX: usize = 3;
/// Letters of a word that counts as long, and how many in a thousand may be.
const LONG_WORD_LETTERS: usize = 13;
const LONG_WORDS_PER_MILLE_MAX: usize = 30;
/// Letters of the longest word.
const WORD_LETTERS_MAX: usize = 20;
/// Longer words that have no other name: the law calls it so.
const NAMES: [&str; 1] = ["toegankelijkheidsverklaring"];

/// Words of offices, that people do not say to each other.
const OFFICIALESE: [&str; 44] = [
    "aangaande",
    "aldus",
    "alsmede",
    "alvorens",
    "betreffende",
    "bovengenoemd",
    "bovengenoemde",
    "conform",
    "danwel",
    "derhalve",
    "desalniettemin",
    "desbetreffende",
    "desgewenst",
    "dient te",
    "dienen te",
    "dientengevolge",
    "doch",
    "echter",
    "gaarne",
    "geschiedt",
    "hetgeen",
    "hieromtrent",
    "indien",
    "ingevolge",
    "inzake",
    "krachtens",
    "met betrekking tot",
    "middels",
    "mits",
    "omtrent",
    "onderhavig",
    "onderhavige",
    "onverwijld",
    "reeds",
    "te allen tijde",
    "ten aanzien van",
    "ten behoeve van",
    "teneinde",
    "tenzij",
    "ter zake",
    "tevens",
    "u wordt verzocht",
    "voornoemde",
    "zulks",
];

/// Words by which a page is found and that nobody reads.
const UNREAD: &str = "site-search-also-";

/// Every Dutch text for residents: its key, and the text with `X` for what is filled in. The
/// forms of a plural are texts of their own.
fn texts() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (key, sentence) in sentences(Lang::Nl) {
        if sentence.file.starts_with(STAFF) || key.starts_with(UNREAD) {
            continue;
        }
        for line in filled_in(&sentence.text).lines() {
            let form = line.trim_start_matches([' ', '*']);
            let text = match form.strip_prefix('[').and_then(|form| form.split_once(']')) {
                Some((_, text)) => text.trim(),
                None => form.trim(),
            };
            if !text.is_empty() && !text.ends_with("->") && text != "}" {
                found.push((key.clone(), text.to_owned()));
            }
        }
    }
    found
}

/// A text with `X` in the place of each variable.
fn filled_in(text: &str) -> String {
    let mut parts = text.split("{ $");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(" }") {
            Some((name, rest)) if !name.contains(char::is_whitespace) => {
                out.push('X');
                out.push_str(rest);
            }
            // The choice of a form, which ends its line.
            _ => out.push_str(part),
        }
    }
    out
}

/// The sentences of a text: to a full stop, a question mark or a colon before a space.
fn sentences_of(text: &str) -> Vec<Vec<&str>> {
    let mut found = vec![Vec::new()];
    for word in text.split_whitespace() {
        let last = found.len() - 1;
        if word.chars().any(char::is_alphanumeric) {
            found[last].push(word);
        }
        if word.trim_end_matches(['”', ')']).ends_with(['.', '!', '?', ':']) {
            found.push(Vec::new());
        }
    }
    found.retain(|words| !words.is_empty());
    found
}

/// The letters of a word without the signs around it.
fn bare(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase()
}

#[test]
fn sentences_are_short() {
    let (mut wrong, mut words, mut count) = (String::new(), 0, 0);
    for (key, text) in &texts() {
        for sentence in sentences_of(text) {
            if sentence.len() > SENTENCE_WORDS_MAX {
                wrong.push_str(&format!("{key}: {} words: {sentence:?}\n", sentence.len()));
            }
            if sentence.len() > LABEL_WORDS_MAX {
                (words, count) = (words + sentence.len(), count + 1);
            }
        }
    }
    assert!(count > 100, "the texts are read");
    assert!(wrong.is_empty(), "{wrong}");
    assert!(words <= AVERAGE_WORDS_MAX * count, "{words} words in {count} sentences");
}

#[test]
fn words_are_of_every_day() {
    let (mut wrong, mut long, mut count) = (String::new(), 0, 0);
    for (key, text) in &texts() {
        let words: Vec<String> = text.split_whitespace().map(bare).collect();
        let spaced = format!(" {} ", words.join(" "));
        for stiff in OFFICIALESE.iter().filter(|it| spaced.contains(&format!(" {it} "))) {
            wrong.push_str(&format!("{key}: say it without {stiff:?}: {text}\n"));
        }
        for word in &words {
            let letters = word.chars().count();
            count += 1;
            long += usize::from(letters >= LONG_WORD_LETTERS);
            if letters > WORD_LETTERS_MAX && !NAMES.contains(&word.as_str()) {
                wrong.push_str(&format!("{key}: cut {word:?} in two\n"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(long * 1_000 <= count * LONG_WORDS_PER_MILLE_MAX, "{long} long words of {count}");
}

#[test]
fn a_text_is_cut_into_its_sentences() {
    let cut = |text: &str| -> Vec<usize> { sentences_of(text).iter().map(Vec::len).collect() };
    assert_eq!(cut("Bel om 8.30 uur. Of mail: dat mag ook – altijd."), [4, 2, 4]);
    assert_eq!(cut("Nagekomen"), [1]);
    assert_eq!(filled_in("Op { $date } belt { $name }."), "Op X belt X.");
    let texts = texts();
    let forms: Vec<&str> = texts
        .iter()
        .filter(|(key, _)| key == "retention-years")
        .map(|(_, text)| text.as_str())
        .collect();
    assert_eq!(forms, ["1 jaar", "X jaar"]);
}
