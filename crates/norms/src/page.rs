//! The published page beside the norm file: every sentence of one is in the other.

use crate::Norms;

/// What the page and the file do not share: the sentences of `page` that no norm has, and the
/// norms whose sentence is not on it.
///
/// Lines that end without a full stop are headings and addresses; white space and case do not
/// count.
#[must_use]
pub fn page_gaps(page: &str, norms: &Norms) -> (Vec<String>, Vec<String>) {
    let on_page = bare(page);
    let in_file: Vec<String> = norms.list.iter().map(|norm| bare(&norm.sentence)).collect();
    let in_no_norm = |sentence: &String| {
        let bare = bare(sentence);
        !bare.is_empty() && !in_file.iter().any(|known| known.contains(&bare))
    };
    let missing = norms.list.iter().zip(&in_file).filter(|(_, bare)| !on_page.contains(*bare));
    (
        sentences(page).into_iter().filter(in_no_norm).collect(),
        missing.map(|(norm, _)| norm.id.clone()).collect(),
    )
}

/// The letters and digits of a text, in small letters.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The sentences of a text: paragraphs cut behind a mark that ends a sentence and a space.
fn sentences(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for paragraph in text.split("\n\n") {
        let mut sentence = String::new();
        for word in paragraph.split_whitespace() {
            if !sentence.is_empty() {
                sentence.push(' ');
            }
            sentence.push_str(word);
            if word.ends_with(['.', '!', '?']) {
                found.push(std::mem::take(&mut sentence));
            }
        }
    }
    found
}
