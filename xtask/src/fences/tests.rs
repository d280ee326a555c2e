//! Small workspaces, good and bad, and what the fences say of them.

use super::*;
use std::path::PathBuf;

fn named(name: &str, edges: &[(&str, bool, Kind)]) -> Crate {
    let edges = edges
        .iter()
        .map(|&(to, inside, kind)| Edge { to: to.into(), key: to.into(), inside, kind })
        .collect();
    Crate { name: name.into(), entry: PathBuf::from("lib.rs"), edges }
}

/// The first line of each breach of one crate with one dependency.
fn verdict(from: &str, to: &str, inside: bool, kind: Kind) -> String {
    edge_breaches(&[named(from, &[(to, inside, kind)])], &[])
        .first()
        .map_or("open".into(), |text| text.lines().next().unwrap_or_default().to_owned())
}

#[test]
fn edges_between_crates() {
    let table = [
        ("norms", "calendar", "open"),
        ("calendar", "norms", "calendar → norms"),
        ("words", "promises", "words → promises"),
        ("promises", "words", "promises → words"),
        ("ledger", "promises", "open"),
        ("ledger", "norms", "open"),
        ("ledger", "words", "ledger → words"),
        ("desk", "ledger", "open"),
        ("web", "desk", "open"),
        ("web", "ledger", "web → ledger"),
        ("web", "channels", "web → channels"),
        ("channels", "web", "channels → web"),
        ("channels", "ledger", "open"),
        ("town", "web", "town → web"),
        ("server", "town", "open"),
        ("xtask", "desk", "xtask → desk"),
    ];
    for (from, to, expected) in table {
        assert_eq!(verdict(from, to, true, Kind::Normal), expected, "{from} → {to}");
    }
}

#[test]
fn libraries_have_one_home() {
    let table = [
        ("ledger", "rusqlite", "open"),
        ("desk", "rusqlite", "desk → rusqlite"),
        ("server", "postgres", "server → postgres"),
        ("channels", "lettre", "open"),
        ("web", "reqwest", "web → reqwest"),
        ("web", "axum", "open"),
        ("server", "axum", "server → axum"),
        ("calendar", "jiff", "open"),
        ("norms", "tokio", "norms → tokio"),
        ("promises", "getrandom", "promises → getrandom"),
        ("words", "rand_chacha", "words → rand_chacha"),
        ("town", "rand_chacha", "open"),
        ("desk", "tokio", "open"),
    ];
    for (from, to, expected) in table {
        assert_eq!(verdict(from, to, false, Kind::Normal), expected, "{from} → {to}");
    }
}

#[test]
fn a_breach_says_which_edge_why_and_what_to_do() {
    let breaches = edge_breaches(&[named("web", &[("rusqlite", false, Kind::Test)])], &[]);
    assert_eq!(
        breaches,
        ["web → rusqlite (tests)\n  \
         why: only `ledger` names it, because two engines tell one story only when SQL stands in \
         one place\n  \
         do:  add a verb to `ledger` and call that, or add a TestGate with its reason"]
    );
}

#[test]
fn a_gate_is_for_tests_only_and_must_be_used() {
    let gates = [TestGate { crate_name: "server", library: "lettre", reason: "sends real mail" }];
    let of = |kind| edge_breaches(&[named("server", &[("lettre", false, kind)])], &gates);
    assert_eq!(of(Kind::Test), Vec::<String>::new());
    assert_eq!(of(Kind::Normal).len(), 2, "the edge, and the gate that nobody uses");
}

#[test]
fn the_table_and_the_workspace_name_the_same_crates() {
    let mut crates: Vec<Crate> = ARROW.iter().map(|row| named(row.name, &[])).collect();
    assert_eq!(table_breaches(&crates), Vec::<String>::new());
    crates.retain(|each| each.name != "town");
    crates.push(named("village", &[]));
    let breaches = table_breaches(&crates);
    assert!(breaches[0].starts_with("crate `village`") && breaches[0].contains("no row"));
    assert!(breaches[1].starts_with("crate `town`") && breaches[1].contains("does not"));
}

#[test]
fn a_library_needs_a_reason_and_a_line_in_the_root() {
    let text = "[workspace.dependencies]\n# civil time\njiff = \"0.2\"\n\nserde = \"1\"\n";
    let crates = [named("norms", &[("jiff", false, Kind::Normal), ("toml", false, Kind::Normal)])];
    let breaches = reason_breaches(text, &crates);
    assert_eq!(breaches.len(), 2);
    assert!(breaches[0].starts_with("Cargo.toml:5: `serde` has no reason"), "{}", breaches[0]);
    assert!(breaches[1].starts_with("norms → toml\n"), "{}", breaches[1]);
}

#[test]
fn the_lock_file_has_a_limit() {
    assert_eq!(lock_breach("it holds", 400, 400), None);
    assert!(lock_breach("it holds", 401, 400).is_some_and(|text| text.contains("401 packages")));
}

#[test]
fn the_arrow_has_no_circle() {
    for (index, row) in ARROW.iter().enumerate() {
        for used in row.may_use {
            let place = ARROW.iter().position(|other| other.name == *used).expect("in the table");
            assert!(place < index, "{} → {used} points the wrong way", row.name);
        }
    }
}
