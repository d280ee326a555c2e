//! What is new and what is quoted, for the mail programs of residents.

use channels::mail;

/// Blocks as the file says.
const BLOCKS: &str = include_str!("quoted.txt");

/// INTAKE 66: what a program quotes is told apart in five languages, and nothing of it is lost.
#[test]
fn history_of_every_program_is_told_apart() {
    let mut wrong = String::new();
    for block in BLOCKS.split("\n### ").skip(1) {
        let (title, text) = block.split_once('\n').expect("a title and a text");
        let (new, old) = text.split_once("~~~").expect("what is new, and the history");
        let (new, old) = (new.trim(), old.trim());
        // Answers between the lines stand above their history here: only the parts are compared.
        let whole = match title.starts_with("answers between") {
            true => between_the_lines(new, old),
            false => format!("{new}\n\n{old}"),
        };
        let split = mail::split_quoted(&whole);
        if split.new_text != new || words(&split.quoted) != words(old) {
            wrong.push_str(&format!(
                "{title}\n  new: {:?}\n  old: {:?}\n",
                split.new_text, split.quoted
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// A history without the rule drawn above it and without blank lines.
fn words(text: &str) -> Vec<&str> {
    text.lines().filter(|line| !line.trim_matches(['_', ' ']).is_empty()).collect()
}

/// The attribution, then each quoted line with its answer below it.
fn between_the_lines(new: &str, old: &str) -> String {
    let mut lines = old.lines();
    let mut whole = format!("{}\n", lines.next().expect("an attribution"));
    for (asked, answered) in lines.zip(new.split("\n\n")) {
        whole.push_str(&format!("{asked}\n{answered}\n\n"));
    }
    whole
}
