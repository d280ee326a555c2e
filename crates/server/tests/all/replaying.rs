//! `belofte norms replay` over the contacts of a town, on both engines.

use serde_json::Value;

use crate::command_line::{file, ran};
use crate::data::{Data, on_both_engines};
use crate::program::{bare_command, command};

const NORMS: &str = include_str!("../../../../norms/harlingen.toml");
/// Harlingen's norms with one working day for contact by mail in place of two.
fn stricter() -> String {
    let (before, norm) = NORMS.split_at(NORMS.find("id = \"message.contact\"").expect("the norm"));
    let limit = ("within = \"2 working days\"", "within = \"1 working day\"");
    before.to_owned() + &norm.replacen(limit.0, limit.1, 1)
}

on_both_engines!(a_period_is_told_again);

async fn a_period_is_told_again(data: Data) {
    let mut town = bare_command();
    town.args(["town", "--seed", "4", "--from", "2026-03-27", "--days", "6", "--crowd", "40"]);
    match &data {
        Data::Postgres { url, .. } => town.args(["--engine", url]),
        Data::Folder(folder) => town.arg("--data").arg(folder.path()),
        Data::Elsewhere(path) => town.arg("--data").arg(path),
    };
    let (code, out, err) = ran(&mut town).await;
    assert_eq!(code, 0, "{out}{err}");
    let folder = tempfile::tempdir().expect("a folder");
    let replay = async |source: &str, words: &str| {
        let with = file(folder.path(), "other.toml", source);
        let mut replay = command(&data);
        replay.args(["norms", "replay", "--with"]).arg(with).args(words.split_whitespace());
        ran(&mut replay).await
    };
    let days = "--from 2026-03-27 --to 2026-04-01";
    let (code, same, err) = replay(NORMS, days).await;
    assert_eq!(code, 0, "{err}");
    for said in ["alsnog gebroken", "message.contact", "Er was niets anders gegaan."] {
        assert!(same.contains(said), "{said}: {same}");
    }
    let (code, other, err) = replay(&stricter(), &format!("{days} --lang en")).await;
    assert_eq!(code, 0, "{err}");
    assert!(other.contains("What would have had to be done earlier:"), "{other}");
    assert!(other.contains("earlier (at most 1 working day: "), "{other}");
    let (code, json, err) = replay(&stricter(), &format!("{days} --json")).await;
    assert_eq!(code, 0, "{err}");
    let told: Value = serde_json::from_str(&json).expect("JSON");
    let rows = told["rows"].as_array().expect("rows");
    let of = |row: &Value, what: &str| row[what].as_u64().expect("a number");
    assert!(rows.iter().map(|row| of(row, "toBroken")).sum::<u64>() > 0, "{told}");
    for row in rows.iter().filter(|row| of(row, "toBroken") > 0) {
        assert_eq!(row["norm"], "message.contact");
        assert_eq!(
            of(&row["earlier"], "done") + of(&row["earlier"], "undone"),
            of(row, "toBroken")
        );
    }
    // What can not be answered says what to do.
    let renamed = NORMS.replace("message.contact", "message.reply");
    let (code, out, _) = replay(&renamed, &format!("{days} --lang en")).await;
    assert!(code == 0 && out.contains("the norm message.contact is not in"), "{out}");
    let broken = NORMS.replacen("within = \"30 days\"", "within = \"30 dagen\"", 1);
    for (source, words, said) in [
        (broken.as_str(), days, "“30 dagen” is not a limit"),
        (NORMS, "--from 2020-01-01 --to 2020-02-01", "choose a longer period"),
        (NORMS, "--from 2026-04-01 --to 2026-03-01", "name the first day first"),
        (NORMS, "--from 2026-03-27 --to 2026-04-01 --lang fy", "nl or en"),
    ] {
        let (code, _, err) = replay(source, words).await;
        assert!(code != 0 && err.contains(said), "{said}: {err}");
    }
}
