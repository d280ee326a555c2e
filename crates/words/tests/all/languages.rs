//! The sentence files of each language against the Dutch ones.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use words::{Lang, Value, Words};

/// The name of files that only employees read; they exist in [`Lang::STAFF`] alone.
pub(crate) const STAFF: &str = "staff";

/// A sentence as it stands in its file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Sentence {
    pub(crate) file: String,
    pub(crate) text: String,
}

impl Sentence {
    /// The variables in it: `{ $date }` is `date`.
    fn variables(&self) -> BTreeSet<&str> {
        let name = |text: &'_ str| -> usize {
            text.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').unwrap_or(text.len())
        };
        self.text.split('$').skip(1).map(|rest| &rest[..name(rest)]).collect()
    }
}

/// The sentences of a language, by key.
pub(crate) fn sentences(lang: Lang) -> BTreeMap<String, Sentence> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("words").join(lang.code());
    let mut found: BTreeMap<String, Sentence> = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("a folder for each language") {
        let path = entry.expect("a file").path();
        let file = path.file_name().expect("a name").to_string_lossy().into_owned();
        let mut last = None;
        for line in std::fs::read_to_string(&path).expect("text").lines() {
            let continues = line.starts_with([' ', '}']) || line.trim().is_empty();
            if line.starts_with('#') {
                last = None;
            } else if let (true, Some(key)) = (continues, &last) {
                let sentence: &mut Sentence = found.get_mut(key).expect("just put in");
                sentence.text.push('\n');
                sentence.text.push_str(line);
            } else if let Some((key, text)) = line.split_once('=') {
                let (key, file, text) = (key.trim().to_owned(), file.clone(), text.to_owned());
                let before = found.insert(key.clone(), Sentence { file, text });
                assert_eq!(before, None, "{lang}: {key} stands there twice");
                last = Some(key);
            }
        }
    }
    found
}

fn is_for(sentence: &Sentence, lang: Lang) -> bool {
    !sentence.file.starts_with(STAFF) || Lang::STAFF.contains(&lang)
}

#[test]
fn every_language_has_every_sentence() {
    let dutch = sentences(Lang::Nl);
    assert!(dutch.len() > 50, "the files are read");
    let mut wrong = String::new();
    for lang in Lang::ALL {
        let theirs = sentences(lang);
        for (key, sentence) in dutch.iter().filter(|(_, sentence)| is_for(sentence, lang)) {
            match theirs.get(key) {
                None => wrong.push_str(&format!("{lang}: {key} is missing\n")),
                Some(same) if same.file != sentence.file => {
                    wrong.push_str(&format!("{lang}: {key} stands in {}\n", same.file));
                }
                Some(same) if same.text.trim().is_empty() => {
                    wrong.push_str(&format!("{lang}: {key} says nothing\n"));
                }
                Some(_) => {}
            }
        }
        for key in theirs.keys().filter(|key| !dutch.contains_key(*key)) {
            wrong.push_str(&format!("{lang}: {key} is not in Dutch\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_sentence_has_the_same_variables_in_every_language() {
    let dutch = sentences(Lang::Nl);
    let mut wrong = String::new();
    for lang in [Lang::Fy, Lang::En] {
        for (key, theirs) in &sentences(lang) {
            let Some(ours) = dutch.get(key) else { continue };
            if ours.variables() != theirs.variables() {
                let (ours, theirs) = (ours.variables(), theirs.variables());
                wrong.push_str(&format!("{key}: nl {ours:?}, {lang} {theirs:?}\n"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn frisian_is_not_dutch_and_english_is_neither() {
    let dutch = sentences(Lang::Nl);
    for lang in [Lang::Fy, Lang::En] {
        let theirs = sentences(lang);
        let is_word = |text: &&str| text.chars().all(char::is_alphabetic);
        let long =
            |sentence: &&Sentence| sentence.text.split_whitespace().filter(is_word).count() > 5;
        for (key, ours) in dutch.iter().filter(|(_, ours)| long(ours)) {
            let same = theirs.get(key).is_some_and(|theirs| theirs.text == ours.text);
            assert!(!same, "{lang}: {key} is still in Dutch");
        }
    }
}

#[test]
fn every_sentence_is_said_when_its_variables_are_given() {
    for lang in Lang::ALL {
        let words = Words::new(lang);
        for (key, sentence) in sentences(lang) {
            // The names of variables live as long as the program; a test can afford that.
            let named =
                |name: &str| -> &'static str { Box::leak(name.to_owned().into_boxed_str()) };
            for count in [1, 2] {
                let given: Vec<(&'static str, Value<'_>)> = sentence
                    .variables()
                    .into_iter()
                    .map(|name| match name {
                        "count" => (named(name), Value::Count(count)),
                        name => (named(name), Value::Text("VOORBEELD")),
                    })
                    .collect();
                let said = words.say_with(&key, &given);
                assert_ne!(said, key, "{lang}: {key} is not found");
                assert!(!said.contains(['{', '$']), "{lang}: {key} says {said}");
            }
        }
    }
}
