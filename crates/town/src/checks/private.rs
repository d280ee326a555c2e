//! Facts hold no personal data: no name, address or number of anybody in town, and no text.

use std::collections::BTreeSet;

use crate::residents::Resident;
use crate::texts::Hired;

pub(crate) const NAME: &str = "private";

/// Names shorter than this are parts of other words.
const NAME_CHARS_MIN: usize = 5;
/// How telephone numbers begin, and what stands in every address.
const MARKS: [&str; 4] = ["@", "06-0000", "0517-0000", "1234 ab"];
/// The fields that hold more than a word: of the norm file, and lists of words of the program.
const WORDS: [&str; 4] = ["\"why\":[", "\"roles\":", "\"scopes\":", "\"types\":"];

/// What is personal in this town.
pub(crate) struct Personal {
    words: BTreeSet<String>,
}

impl Personal {
    pub(crate) fn of(residents: &[Resident], staff: &[Hired]) -> Personal {
        let names = residents.iter().map(|it| it.name.as_str());
        let streets = residents.iter().filter_map(|it| it.address.split(',').next());
        let all = names.chain(streets).chain(staff.iter().map(|it| it.name.as_str()));
        let words = all.flat_map(words_of).filter(|it| it.chars().count() >= NAME_CHARS_MIN);
        Personal { words: words.collect() }
    }

    /// What of a person stands in this line, when anything does.
    pub(crate) fn in_line(&self, line: &str) -> Option<String> {
        let line = line.to_lowercase();
        if let Some(mark) = MARKS.into_iter().find(|mark| line.contains(mark)) {
            return Some(format!("“{mark}” stands in a fact"));
        }
        if let Some(word) = words_of(&line).find(|word| self.words.contains(word)) {
            return Some(format!("the name “{word}” stands in a fact"));
        }
        // A sentence has spaces; words of facts have none.
        let data = line.rsplit('\t').next().unwrap_or_default();
        let has_text = data.contains(' ') && !WORDS.iter().any(|field| data.contains(field));
        has_text.then(|| "a text stands in a fact".to_owned())
    }
}

fn words_of(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split(|c: char| !c.is_alphanumeric());
    parts.filter(|part| !part.is_empty()).map(str::to_lowercase)
}
