//! The published page beside the norm file: every sentence of one is in the other.

use crate::Norms;

/// What the page and the file do not share: the sentences of `page` that no norm has, and the ids
/// of the norms whose sentence is not on it.
///
/// Line ends and bullets do not count, and words that end in no full stop are headings.
#[must_use]
pub fn page_gaps(page: &str, norms: &Norms) -> (Vec<String>, Vec<String>) {
    let mut rest = folded(page);
    let mut missing = Vec::new();
    let mut list: Vec<(&str, String)> =
        norms.list.iter().map(|norm| (norm.id.as_str(), folded(&norm.sentence))).collect();
    // The longest first: one sentence may be a part of another.
    list.sort_by_key(|(_, sentence)| std::cmp::Reverse(sentence.len()));
    for (id, sentence) in list {
        match rest.find(&sentence) {
            Some(at) => rest.replace_range(at..at + sentence.len(), &CUT.to_string()),
            None => missing.push(id.to_owned()),
        }
    }
    (rest.split(CUT).flat_map(sentences).collect(), missing)
}

/// Stands where a sentence of a norm was.
const CUT: char = '\n';

/// As one line, without bullets.
fn folded(text: &str) -> String {
    let words: Vec<&str> =
        text.split_whitespace().filter(|word| !["-", "•", "*"].contains(word)).collect();
    words.join(" ")
}

/// The sentences of a line; what ends without a mark is a heading.
fn sentences(line: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for word in line.split_whitespace() {
        let sentence = found.last_mut().expect("there is always one");
        if !sentence.is_empty() {
            sentence.push(' ');
        }
        sentence.push_str(word);
        if word.ends_with(['.', '!', '?']) {
            found.push(String::new());
        }
    }
    found.pop();
    found
}
