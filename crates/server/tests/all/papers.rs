//! What the papers say of the program is so: every figure in the alarms and on the dashboard exists
//! and is explained, and every test that is named as evidence is there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::data::Data;
use crate::program::{Belofte, Start, command, run, until};

/// How the name of a figure begins.
const FIGURE: &str = "belofte_";
/// The papers that name tests, as `path/of/file.rs::name_of_the_test`.
const WITH_TESTS: [&str; 2] = ["docs/SECURITY.md", "docs/ASVS.md"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn paper(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The names of figures in a text.
fn figures(text: &str) -> BTreeSet<String> {
    let begins = text.match_indices(FIGURE).map(|(at, _)| &text[at..]);
    let ends = |text: &str| text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    begins.map(|text| text[..ends(text).unwrap_or(text.len())].to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_figure_exists_and_is_explained() {
    let data = Data::folder();
    let belofte = Belofte::started(&data, &Start::default()).await;
    let (status, page) = belofte.get("/metrics").await;
    assert_eq!(status, 200);
    // What `verify` found, and the room there is, are figures of the program that runs.
    assert!(page.contains("\nbelofte_verified_timestamp_seconds 0\n"), "{page}");
    let output = run(command(&data).arg("verify")).await;
    assert!(output.status.success());
    until("the room to be measured, and the look to be seen", async || {
        let page = belofte.get("/metrics").await.1;
        let bytes = page.lines().find_map(|line| line.strip_prefix("belofte_data_free_bytes "));
        let has_room = bytes.and_then(|it| it.parse().ok()).is_some_and(|it: u64| it > 0);
        has_room && page.contains("\nbelofte_verified_whole 1\n")
    })
    .await;
    belofte.stop().await;
    let types = page.lines().filter_map(|line| line.strip_prefix("# TYPE "));
    let real: BTreeSet<String> =
        types.filter_map(|line| line.split(' ').next()).map(str::to_owned).collect();
    assert!(real.len() > 10, "{page}");
    for name in ["packaging/alarms.yml", "packaging/dashboard.json"] {
        let named = figures(&paper(name));
        assert!(!named.is_empty(), "{name}");
        let unknown: Vec<_> = named.difference(&real).collect();
        assert!(unknown.is_empty(), "{name} asks for what is not there: {unknown:?}");
    }
    let explained = figures(&paper("docs/OPERATING.md"));
    let unexplained: Vec<_> = real.difference(&explained).collect();
    assert!(unexplained.is_empty(), "docs/OPERATING.md does not explain {unexplained:?}");
}

#[test]
fn every_alarm_says_what_to_do() {
    let operating = paper("docs/OPERATING.md");
    let alarms = paper("packaging/alarms.yml");
    let names: Vec<_> =
        alarms.lines().filter_map(|line| line.trim().strip_prefix("- alert: ")).collect();
    assert!(!names.is_empty());
    for name in names {
        assert!(operating.contains(&format!("| `{name}` |")), "{name} has no line");
    }
}

#[test]
fn every_test_that_is_named_is_there() {
    for name in WITH_TESTS {
        let text = paper(name);
        let named: Vec<(&str, &str)> =
            text.split('`').filter_map(|quoted| quoted.split_once(".rs::")).collect();
        assert!(named.len() > 10, "{name} names tests");
        for (file, test) in named {
            let source = paper(&format!("{file}.rs"));
            assert!(source.contains(&format!("fn {test}(")), "{name}: {file}.rs has no {test}");
        }
    }
}
