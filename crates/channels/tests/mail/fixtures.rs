//! Whole messages as they arrive, each in its own file; all invented.

use super::check;
use std::fs;
use std::path::Path;

/// `file | class | yes or no`: what it is and whether it is acknowledged.
const TABLE: &str = include_str!("fixtures.txt");

#[test]
fn each_fixture_gets_its_verdict() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail/eml");
    let mut wrong = Vec::new();
    let mut named = Vec::new();
    for line in TABLE.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#')) {
        let columns: Vec<&str> = line.split('|').map(str::trim).collect();
        let raw = fs::read(folder.join(columns[0])).expect(columns[0]);
        let (_, verdict) = check(&String::from_utf8_lossy(&raw));
        let acknowledge = if verdict.acknowledge { "yes" } else { "no" };
        if (verdict.class.name(), acknowledge) != (columns[1], columns[2]) {
            let rules: Vec<_> = verdict.evidence.iter().map(|e| (e.rule, e.weight)).collect();
            let got = (verdict.class.name(), acknowledge);
            wrong.push(format!("{line}\n    got {got:?} {} {rules:?}", verdict.reason));
        }
        named.push(columns[0].to_owned());
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    for entry in fs::read_dir(folder).expect("the folder of fixtures") {
        let name = entry.expect("a file").file_name().to_string_lossy().into_owned();
        assert!(named.contains(&name), "{name} has no line in fixtures.txt");
    }
}
