//! Searching the public site: every page, every way to reach us and every norm, in memory.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Query, State};
use axum::http::StatusCode;
use norms::Norms;
use serde::Deserialize;
use words::search::{sought, words_of};
use words::{Lang, Words};

use super::searchable;
use super::{Answer, Reader, show};
use crate::door::Door;
use crate::pages::{Found, FoundKind, SearchPage};

/// The longest question that is looked for, in characters.
const QUESTION_CHARS_MAX: usize = 100;
/// What is shown of what was found.
const FOUND_MAX: usize = 20;
/// How much heavier a word in a title weighs.
const TITLE_WEIGHT: usize = 3;
/// Words of a snippet, and of those the ones before what was looked for.
const SNIPPET_WORDS: (usize, usize) = (32, 8);
/// Characters from which the last word of a question may be a beginning.
const BEGINNING_CHARS_MIN: usize = 3;
/// Indexes that are kept: three languages, before and after a change of the norms.
const INDEXES_MAX: usize = 6;

/// One thing that can be found.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) title: String,
    pub(super) text: String,
    /// Where it is, without language; what stands behind `#` apart.
    pub(super) place: (String, String),
    pub(super) kind: FoundKind,
    in_title: BTreeSet<String>,
    in_all: BTreeSet<String>,
}

impl Entry {
    /// Something to find by its title, its text, and words that are not shown.
    pub(super) fn new(
        kind: FoundKind,
        (path, mark): (&str, &str),
        (title, text, also): (String, String, &str),
    ) -> Entry {
        let in_title = words_of(&[&title]);
        let in_all = words_of(&[&title, &text, also]);
        Entry { title, text, place: (path.to_owned(), mark.to_owned()), kind, in_title, in_all }
    }

    /// The same under another title, found by the same words.
    pub(super) fn titled(self, title: String) -> Entry {
        Entry { title, ..self }
    }
}

/// What can be found under a generation of the norms, in a language.
type Index = (String, Lang, Arc<Vec<Entry>>);

/// The indexes that were made.
#[derive(Default)]
pub(crate) struct Indexes(Mutex<Vec<Index>>);

impl Indexes {
    fn of(&self, words: &Words, norms: &Norms) -> Arc<Vec<Entry>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let lang = words.lang();
        let known = kept.iter().find(|(of, own, _)| (of, *own) == (&norms.generation, lang));
        if let Some((_, _, index)) = known {
            return Arc::clone(index);
        }
        if kept.len() >= INDEXES_MAX {
            kept.clear();
        }
        let index = Arc::new(searchable::entries(words, norms));
        kept.push((norms.generation.clone(), lang, Arc::clone(&index)));
        index
    }
}

/// What is looked for.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    q: String,
}

/// GET /zoeken
pub(crate) async fn search(
    State(door): State<Door>,
    reader: Reader,
    Query(asked): Query<Asked>,
) -> Answer {
    let question: String = asked.q.trim().chars().take(QUESTION_CHARS_MAX).collect();
    let norms = door.desk.house().norms(door.desk.now());
    let index = door.indexes.of(&reader.words, norms);
    let sought = sought(&question);
    let (best, is_whole) = find(&index, &sought);
    let frame = reader.frame(&door);
    let found = best.into_iter().map(|entry| {
        let (path, mark) = &entry.place;
        let mark = if mark.is_empty() { String::new() } else { format!("#{mark}") };
        Found {
            title: entry.title.clone(),
            href: frame.href(path) + &mark,
            kind: entry.kind,
            snippet: if entry.text == entry.title {
                Vec::new()
            } else {
                snippet(&entry.text, &sought)
            },
        }
    });
    let found = found.collect();
    show(StatusCode::OK, &SearchPage { frame, question, found, is_whole })
}

/// What has the words, the best first: all of them, or else as many as there are. A rare word
/// weighs more than one that is everywhere.
fn find<'a>(index: &'a [Entry], sought: &[String]) -> (Vec<&'a Entry>, bool) {
    let weights: Vec<usize> = (0..sought.len())
        .map(|at| {
            index.len() / index.iter().filter(|it| has(&it.in_all, sought, at)).count().max(1)
        })
        .collect();
    let weigh = |entry: &'a Entry| {
        let hits = (0..sought.len()).filter(|at| has(&entry.in_all, sought, *at));
        let hits: Vec<usize> = hits.collect();
        let of = |at: &usize| match has(&entry.in_title, sought, *at) {
            true => weights[*at] * TITLE_WEIGHT,
            false => weights[*at],
        };
        (hits.len(), hits.iter().map(of).sum::<usize>(), entry)
    };
    let mut hits: Vec<_> = index.iter().map(weigh).filter(|(hits, ..)| *hits > 0).collect();
    let is_whole = hits.iter().any(|(count, ..)| *count == sought.len());
    hits.retain(|(count, ..)| !is_whole || *count == sought.len());
    hits.sort_by_key(|(_, weight, _)| std::cmp::Reverse(*weight));
    (hits.into_iter().take(FOUND_MAX).map(|(.., entry)| entry).collect(), is_whole)
}

/// Whether these words have the one that is sought at a place; the last may be a beginning.
fn has(words: &BTreeSet<String>, sought: &[String], at: usize) -> bool {
    let Some(word) = sought.get(at) else { return false };
    if at + 1 < sought.len() || word.chars().count() < BEGINNING_CHARS_MIN {
        return words.contains(word);
    }
    words.range(word.clone()..).next().is_some_and(|first| first.starts_with(word.as_str()))
}

/// The part of a text around the first word that was sought, those words marked.
fn snippet(text: &str, sought: &[String]) -> Vec<(bool, String)> {
    let (most, before) = SNIPPET_WORDS;
    let tokens: Vec<&str> = text.split_whitespace().collect();
    let is_sought = |token: &str| {
        let words = words_of(&[token]);
        (0..sought.len()).any(|at| has(&words, sought, at))
    };
    let first = tokens.iter().position(|token| is_sought(token)).unwrap_or(0);
    let from = first.saturating_sub(before);
    let to = tokens.len().min(from + most);
    let mut pieces: Vec<(bool, String)> = Vec::new();
    let mut add = |is_sought: bool, text: &str| match pieces.last_mut() {
        Some((same, piece)) if *same == is_sought => piece.push_str(text),
        _ => pieces.push((is_sought, text.to_owned())),
    };
    if from > 0 {
        add(false, "… ");
    }
    for (at, token) in tokens.iter().enumerate().take(to).skip(from) {
        add(is_sought(token), token);
        if at + 1 < to {
            add(false, " ");
        }
    }
    if to < tokens.len() {
        add(false, " …");
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(title: &str, text: &str) -> Entry {
        Entry::new(FoundKind::Page, ("/x", ""), (title.to_owned(), text.to_owned(), "opbellen"))
    }

    #[test]
    fn the_best_comes_first_and_a_part_is_better_than_nothing() {
        let index = [
            entry("Facturen", "Een factuur stuurt u naar ons."),
            entry("Brieven", "Schrijf een brief over een factuur."),
            entry("Telefoon", "Bel ons."),
        ];
        let titles = |question: &str| {
            let (found, is_whole) = find(&index, &sought(question));
            (found.iter().map(|it| it.title.as_str()).collect::<Vec<_>>(), is_whole)
        };
        assert_eq!(titles("factuur"), (vec!["Facturen", "Brieven"], true));
        assert_eq!(titles("brief factuur"), (vec!["Brieven"], true));
        assert_eq!(titles("een brief zeppelin"), (vec!["Brieven", "Facturen"], false));
        assert_eq!(titles("tele"), (vec!["Telefoon"], true));
        assert_eq!(titles("zeppelin"), (vec![], false));
        assert_eq!(titles(" ?! ").0, Vec::<&str>::new());
        assert_eq!(titles("opbellen").0.len(), 3);
    }

    #[test]
    fn a_snippet_marks_what_was_sought() {
        let marked = |text: &str, question: &str| -> String {
            let pieces = snippet(text, &sought(question));
            pieces.iter().map(|(is, it)| if *is { format!("[{it}]") } else { it.clone() }).collect()
        };
        assert_eq!(marked("Stuur ons een brief.", "brief"), "Stuur ons een [brief.]");
        let long = format!("{}lamp {}", "a ".repeat(20), "b ".repeat(40));
        let short = marked(&long, "lamp");
        assert!(short.starts_with("… a") && short.ends_with("b …"), "{short}");
        assert!(short.contains("[lamp]"), "{short}");
    }
}
