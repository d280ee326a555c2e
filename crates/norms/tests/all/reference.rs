//! docs/NORM-FILE.md names every word of the language.

use std::path::Path;

use norms::{Channel, Class, Content, Deed, Effect, Kind, Measure, Moment, Period};

#[test]
fn the_reference_names_every_word_and_no_other() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/NORM-FILE.md");
    let text = std::fs::read_to_string(path).expect("docs/NORM-FILE.md");
    let section = text.split("\n## Words\n").nth(1).expect("the words");
    let section = section.split("\n## ").next().expect("a section");
    let lists: [(&str, &[&str]); 7] = [
        ("`must`", Deed::WORDS),
        ("`channels`", Channel::WORDS),
        ("`kinds`", Kind::WORDS),
        ("`except`", Class::WORDS),
        ("`tell`", Content::WORDS),
        ("`measure`", Measure::WORDS),
        ("`effect`", Effect::WORDS),
    ];
    for (name, words) in lists {
        assert_eq!(named(section, name), words, "{name}");
    }
    let starts = named(section, "`from`");
    assert_eq!(starts[..Moment::WORDS.len()], *Moment::WORDS);
    for period in Period::WORDS {
        assert!(starts.contains(&format!("every {period}").as_str()), "every {period}");
    }
}

/// What stands between backticks behind the name of a list.
fn named<'a>(section: &'a str, name: &str) -> Vec<&'a str> {
    let mut paragraphs = section.split("\n\n").map(str::trim);
    let list = paragraphs.find(|it| it.starts_with(name)).unwrap_or_else(|| panic!("{name}"));
    list.split('`').skip(1).step_by(2).skip(1).collect()
}
