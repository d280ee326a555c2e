//! Text that a test expects, in a file beside the test. `BELOFTE_WRITE=1 cargo test` writes what
//! is now, so that git shows what has changed; a person decides whether that is right.

use std::fs;
use std::path::Path;

/// The text of a file in `tests/all`; empty when it does not exist yet.
pub(crate) fn read(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/all").join(name);
    fs::read_to_string(path).unwrap_or_default()
}

/// Compares a text with a file in `tests/all`, and names the first line that differs.
pub(crate) fn expect(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/all").join(name);
    if std::env::var_os("BELOFTE_WRITE").is_some() {
        fs::write(&path, actual).expect("tests can write beside themselves");
    }
    let expected = read(name);
    if expected == actual {
        return;
    }
    let differs = |(was, is): &(&str, &str)| was != is;
    let pairs = expected.lines().zip(actual.lines());
    let (line, (was, is)) = pairs
        .enumerate()
        .find(|(_, pair)| differs(pair))
        .unwrap_or((expected.lines().count().min(actual.lines().count()), ("(end)", "(more)")));
    panic!(
        "{name}:{}:\n  expected: {was}\n  actual:   {is}\n\nthe whole text is now:\n{actual}\n\
         BELOFTE_WRITE=1 writes it.",
        line + 1
    );
}
