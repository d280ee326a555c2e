//! The file of Harlingen against the page itself: every sentence in both, in the same order.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::harlingen;

/// What stands on the page beside its norms: the introduction and the names of the chapters.
const BESIDE: &[&str] = &[
    "Servicenormen gemeente Harlingen Wat mag u van ons verwachten? Inleiding Om u zo goed \
     mogelijk te kunnen helpen, hebben we servicenormen opgesteld. Dit zijn regels waaraan onze \
     dienstverlening moet voldoen. Zo weet u wat u van ons mag verwachten als u contact met ons \
     opneemt via de website, telefoon, e-mail, sociale media, post of langskomt bij de \
     publieksbalie van het gemeentehuis. Onze servicenormen Website",
    "Telefoon",
    "Contactformulier & E-mail",
    "Social media",
    "Balie van het Klantencontactcentrum",
    "Post",
    "Meldingen",
    "Klachten",
    "Facturen",
    "Wij werken altijd aan het verbeteren van onze dienstverlening.",
];

#[test]
fn the_page_is_the_file_and_the_file_is_the_page() {
    let Some(path) = page() else {
        // Past the test's own capture: whoever runs the tests is to see that this one did not.
        let _ = writeln!(
            std::io::stderr(),
            "\nSKIPPED: servicenormen-harlingen.txt is not here, so the sentences of \
             norms/harlingen.toml were not compared with the page\n"
        );
        return;
    };
    let page = folded(&std::fs::read_to_string(path).expect("the page can be read"));
    let mut rest = page.as_str();
    let mut beside = Vec::new();
    for norm in &harlingen().list {
        let sentence = folded(&norm.sentence);
        let Some((before, after)) = rest.split_once(&sentence) else {
            panic!("{}: the page does not say, here or further on: {sentence}", norm.id);
        };
        beside.push(before.trim());
        rest = after;
    }
    beside.push(rest.trim());
    beside.retain(|text| !text.is_empty());
    assert_eq!(beside, BESIDE, "what stands on the page and in no entry");
}

/// The page lies in a folder `shared` beside or above the repository, when it is there.
fn page() -> Option<PathBuf> {
    let page = "shared/servicenormen-harlingen.txt";
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|folder| folder.join(page))
        .find(|path| path.is_file())
}

/// Without line ends and bullets, as one line.
fn folded(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().filter(|word| *word != "-").collect();
    words.join(" ")
}

#[test]
fn every_norm_is_said_in_three_languages() {
    for norm in &harlingen().list {
        for lang in ["fy", "en"] {
            let text = norm.text(lang);
            assert!(!text.trim().is_empty() && text != norm.sentence, "{} in {lang}", norm.id);
        }
        assert_eq!(norm.text("nl"), norm.sentence);
        assert!(norm.id.starts_with(&format!("{}.", norm.chapter())), "{}", norm.id);
    }
}
