//! Every page in every state and language: complete sentences, balanced tags, nothing inline.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use web::pages::{Shown, gallery};
use words::Lang;

const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr", "!doctype",
];

/// The beginnings of the keys of these files.
const PREFIXES: [&str; 6] = ["site-", "home-", "norms-", "contact-", "follow-", "staff-"];

/// An id and a code that begin like a key.
const NOT_KEYS: [&str; 2] = ["contact-form", "follow-up"];

#[test]
fn every_page_says_whole_sentences_in_every_language() {
    let keys = keys(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../words/words/nl"));
    for page in gallery().unwrap() {
        for words in read_words(&page.html) {
            let unsaid = words.split_whitespace().find(|word| keys.contains(*word));
            assert_eq!(unsaid, None, "{}: a key instead of a sentence", page.name);
        }
        assert!(!page.html.contains("{ $"), "{}: a variable is not filled in", page.name);
    }
}

#[test]
fn every_page_is_well_formed_and_has_nothing_inline() {
    for page in gallery().unwrap() {
        if let Err(why) = balanced(&page.html) {
            panic!("{}: {why}", page.name);
        }
        // Data for search engines, which no browser runs.
        let html = without_data(&page.html);
        for inline in [" style=\"", " onclick", "<style", "javascript:", "http://", "https://"] {
            assert!(!html.contains(inline), "{}: {inline}", page.name);
        }
        for script in html.match_indices("<script") {
            assert!(html[script.0..].starts_with("<script src=\"/static/"), "{}", page.name);
        }
        let mark = format!("<html lang=\"{}\">", page.lang);
        assert!(page.html.contains(&mark), "{}", page.name);
        assert_eq!(page.html.matches("<h1").count(), 1, "{}: one h1 a page", page.name);
    }
}

#[test]
fn ids_are_unique_and_everything_referred_to_exists() {
    for page in gallery().unwrap() {
        let ids = values(&page.html, " id=\"");
        let unique: BTreeSet<_> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len(), "{}: {ids:?}", page.name);
        let referring = [" for=\"", " aria-describedby=\"", " aria-labelledby=\"", " href=\"#"];
        for reference in referring.iter().flat_map(|name| values(&page.html, name)) {
            for id in reference.split(' ') {
                assert!(ids.iter().any(|known| known == id), "{}: no {id}", page.name);
            }
        }
    }
}

#[test]
fn what_a_person_typed_is_escaped() {
    let pages = gallery().unwrap();
    let wrong = pages.iter().find(|page| page.name == "contact-wrong-nl").unwrap();
    assert!(!wrong.html.contains("<de haven>"), "{}", wrong.html);
    assert!(wrong.html.contains("&#60;de haven&#62;"), "{}", wrong.html);
}

#[test]
fn every_public_page_can_be_corrected_and_read_in_three_languages() {
    // A screen on a wall is not written from, and has the one language that its address says.
    let is_read_here = |page: &Shown| !page.staff && !page.name.starts_with("waiting-room");
    for page in gallery().unwrap().iter().filter(|page| is_read_here(page)) {
        assert!(page.html.contains("href=\"/contact?page="), "{}", page.name);
        for lang in Lang::ALL {
            let switch = format!("lang=\"{lang}\"");
            assert!(page.html.contains(&switch), "{}: {lang}", page.name);
        }
    }
}

#[test]
fn every_key_that_is_said_exists_and_every_key_is_said() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    // Deeds and moments are said by their word.
    let deeds = norms::Deed::WORDS.iter().map(|deed| format!("staff-deed-{deed}"));
    let moments = norms::Moment::WORDS.iter().map(|moment| moment.replace(' ', "-"));
    let moments = moments.map(|moment| format!("staff-moment-{moment}"));
    let names = desk::LetterName::ALL.iter().flat_map(|letter| letter.variables());
    let variables = names.map(|name| format!("staff-variable-{name}"));
    let mut said: BTreeSet<String> = deeds.chain(moments).chain(variables).collect();
    let mut sources = files(&root.join("crates/web/templates"), "html");
    for krate in fs::read_dir(root.join("crates")).unwrap() {
        sources.extend(files(&krate.unwrap().path().join("src"), "rs"));
    }
    for source in sources {
        let text = fs::read_to_string(&source).unwrap();
        for literal in text.split('"').filter(|part| is_key(part)) {
            said.insert(literal.to_owned());
        }
    }
    for lang in Lang::ALL {
        let known = keys(&root.join(format!("crates/words/words/{lang}")));
        let staff = Lang::STAFF.contains(&lang);
        let wanted = said.iter().filter(|key| staff || !key.starts_with("staff-"));
        let missing: Vec<_> = wanted.filter(|key| !known.contains(*key)).collect();
        assert!(missing.is_empty(), "not said in {lang}: {missing:?}");
        let ours = known.iter().filter(|key| PREFIXES.iter().any(|start| key.starts_with(start)));
        let unused: Vec<_> = ours.filter(|key| !said.contains(*key)).collect();
        assert!(unused.is_empty(), "nobody says in {lang}: {unused:?}");
    }
}

/// A page without its blocks of data.
fn without_data(html: &str) -> String {
    let mut parts = html.split("<script type=\"application/ld+json\">");
    let first = parts.next().unwrap_or_default().to_owned();
    let behind = |part: &str| part.split_once("</script>").map(|(_, rest)| rest.to_owned());
    first + &parts.filter_map(behind).collect::<String>()
}

/// The keys of all sentences of one language.
fn keys(folder: &Path) -> BTreeSet<String> {
    let texts = files(folder, "ftl")
        .into_iter()
        .map(|file| fs::read_to_string(file).expect("a sentence file can be read"));
    let of_one = |text: String| -> Vec<String> {
        let starts = text.lines().filter_map(|line| line.split_once(" ="));
        starts.map(|(key, _)| key.to_owned()).collect()
    };
    texts.flat_map(of_one).collect()
}

/// What a person reads or hears: the text between tags, and attributes that hold words.
fn read_words(html: &str) -> Vec<String> {
    let mut found: Vec<String> = [" aria-label=\"", " placeholder=\"", " alt=\""]
        .iter()
        .flat_map(|attribute| values(html, attribute))
        .collect();
    found.extend(html.split('<').filter_map(|part| Some(part.split_once('>')?.1.to_owned())));
    found
}

/// A literal that looks like one of our keys, and is not a class or an id.
fn is_key(literal: &str) -> bool {
    PREFIXES.iter().any(|prefix| literal.strip_prefix(prefix).is_some_and(|rest| !rest.is_empty()))
        && literal.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        && !NOT_KEYS.contains(&literal)
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut found = Vec::new();
    for path in entries.map(|entry| entry.expect("a folder can be read").path()) {
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|own| own == ending) {
            found.push(path);
        }
    }
    found
}

fn values(html: &str, before: &str) -> Vec<String> {
    html.match_indices(before)
        .map(|(at, _)| html[at + before.len()..].split('"').next().unwrap_or("").to_owned())
        .collect()
}

/// Whether every tag that opens also closes, in order.
fn balanced(html: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let end = rest.find('>').ok_or("a tag without an end")?;
        let tag = &rest[..end];
        let name = tag.split([' ', '\n', '/']).find(|part| !part.is_empty()).unwrap_or("");
        if tag.starts_with('/') {
            let last = open.pop();
            if last != Some(name) {
                return Err(format!("</{name}> closes {last:?}"));
            }
        } else if !VOID.contains(&name) && !tag.ends_with('/') {
            open.push(name);
        }
        rest = &rest[end..];
    }
    if open.is_empty() { Ok(()) } else { Err(format!("left open: {open:?}")) }
}
