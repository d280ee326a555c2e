//! A made-up municipality in trouble: what it prints, and that its log names nobody.

use crate::command_line::ran;
use crate::program::bare_command;

#[tokio::test(flavor = "multi_thread")]
async fn a_town_prints_how_it_went_and_names_nobody() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let facts = folder.path().join("facts");
    let mut town = bare_command();
    town.args(["town", "--seed", "3", "--from", "2026-03-27", "--days", "4", "--crowd", "60"]);
    town.args(["--faults", "all", "--facts"]).arg(&facts).env("BELOFTE_LOG", "trace");
    let (code, out, err) = ran(&mut town).await;
    assert_eq!(code, 0, "{out}{err}");
    for expected in ["contacts", "email", "message.contact", "one-promise", "all that must hold"] {
        assert!(out.contains(expected), "no {expected}: {out}");
    }
    let facts = std::fs::read_to_string(facts).expect("the facts");
    assert!(facts.lines().count() > 300, "{}", facts.lines().count());
    assert_eq!(named_in(&err).or(named_in(&out)), None, "{err}{out}");
}

/// What every invented address, number and home has, when a text has one.
fn named_in(text: &str) -> Option<&'static str> {
    let marks = ["@example", "06-0000", "0517-0000", "1234 AB"];
    marks.into_iter().find(|mark| text.contains(mark))
}

#[test]
fn a_log_that_names_somebody_is_noticed() {
    let fine = "2026-03-27T09:00:00Z  INFO desk: a letter left contact=12 letter=1";
    assert_eq!(named_in(fine), None);
    for personal in
        ["jan.voorbeeld12@example.org", "06-00000012", "0517-000003", "Zoutsloot 4, 1234 AB"]
    {
        assert!(named_in(&format!("{fine} to={personal}")).is_some(), "{personal}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hunt_tells_how_many_towns_lived() {
    let mut hunt = bare_command();
    hunt.args(["town", "--hunt", "1", "--seed", "900"]);
    let (code, out, err) = ran(&mut hunt).await;
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.contains("towns from seed 900 on"), "{out}");
    let mut unknown = bare_command();
    unknown.args(["town", "--faults", "thunder"]);
    let (code, _, err) = ran(&mut unknown).await;
    assert!(code != 0 && err.contains("crash, disk, relay"), "{err}");
}
