//! What other norms would have made of a period, as somebody who leads asks it: another limit, a
//! whole file, and what is wrong with either.

use axum::http::StatusCode;
use desk::{Role, Roles};
use words::{Lang, Words};

use crate::enclosing::{multipart, send};
use crate::town::Town;

const PATH: &str = "/werk/cijfers/wat-als";
const HARLINGEN: &str = include_str!("../../../../norms/harlingen.toml");

fn nl(key: &str) -> String {
    Words::new(Lang::Nl).say(key)
}

#[tokio::test]
async fn another_limit_and_another_file_are_held_beside_what_was() {
    let town = Town::new();
    let roles: Roles = Role::ALL.into_iter().collect();
    town.employ_as("aafke", "Aafke Voorbeeld", roles).await;
    town.resident_asks("Lantaarn").await;
    town.deliver().await;
    // By now a contact of today would be too late by a limit of seconds, and is not by our own.
    town.wait_seconds(3_600);
    let mut aafke = town.sign_in("aafke").await;
    let form = aafke.get(PATH).await;
    form.assert_says(&nl("replay-lead"));
    form.assert_says("binnen 2 werkdagen: ");
    let minute = [("norm", "message.contact"), ("aantal", "1"), ("eenheid", "minutes")];
    let page = aafke.post(PATH, &minute).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    page.assert_says("1 contact ontvangen van");
    page.assert_says("met de termijn “binnen 1 minuut” voor message.contact");
    page.assert_says("0 → 1");
    page.assert_says("1 nog niet gedaan");
    page.assert_says(&nl("replay-caveat"));
    let same = send(&mut aafke, PATH, multipart(&[], &[("n.toml", HARLINGEN.as_bytes())])).await;
    assert_eq!(same.status, StatusCode::OK, "{}", same.body);
    same.assert_says(&nl("replay-same"));
    same.assert_says("volgens n.toml");
    let renamed = HARLINGEN.replace("message.contact", "message.reply");
    let other = send(&mut aafke, PATH, multipart(&[], &[("n.toml", renamed.as_bytes())])).await;
    other.assert_says("Let op: de norm message.contact staat niet in dat bestand.");
}

#[tokio::test]
async fn what_is_wrong_is_said_where_it_is() {
    let town = Town::new();
    let roles: Roles = Role::ALL.into_iter().collect();
    town.employ_as("aafke", "Aafke Voorbeeld", roles).await;
    let mut aafke = town.sign_in("aafke").await;
    let contact = ("norm", "message.contact");
    let days = ("eenheid", "working days");
    for (fields, key) in [
        (vec![], "replay-problem-nothing"),
        (vec![("norm", "nobody.knows"), ("aantal", "1"), days], "replay-problem-norm"),
        (vec![contact, ("aantal", "een"), days], "replay-problem-number"),
        (vec![contact, ("aantal", "1"), ("eenheid", "rings")], "replay-problem-number"),
        (vec![contact, ("aantal", "1"), days, ("van", "ooit")], "staff-figures-problem-day"),
    ] {
        let page = aafke.post(PATH, &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{key}");
        page.assert_says(&nl(key));
    }
    let broken = HARLINGEN.replacen("within = \"30 days\"", "within = \"30 dagen\"", 1);
    let large = vec![b'#'; 300 * 1024];
    for (bytes, said) in [
        (broken.as_bytes(), "“30 dagen” is not a limit".to_owned()),
        (b"\xff\xfe".as_slice(), nl("replay-problem-text")),
        (large.as_slice(), "Het bestand is te groot.".to_owned()),
    ] {
        let page = send(&mut aafke, PATH, multipart(&[], &[("other.toml", bytes)])).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        page.assert_says(&said);
    }
}
