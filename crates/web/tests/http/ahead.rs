//! What is expected of the next weeks, and how long employees work, as somebody who leads sees it.

use axum::http::StatusCode;
use words::{Lang, Words};

use crate::town::Town;

const PATH: &str = "/werk/cijfers/vooruit";
const HOURS: &str = "/werk/teams/uren";

fn nl(key: &str) -> String {
    Words::new(Lang::Nl).say(key)
}

#[tokio::test]
async fn hours_that_are_filled_in_stand_beside_what_is_due() {
    let town = Town::new();
    town.employ("kees", "Kees Voorbeeld").await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let page = aafke.get(PATH).await;
    page.assert_says(&nl("staff-ahead-early"));
    page.assert_says(&nl("staff-ahead-no-hours"));
    assert_eq!(page.status, StatusCode::OK);
    aafke.get(HOURS).await.assert_says(&nl("staff-hours-unknown"));
    let kees = town.known_employee("kees").await;
    let path = format!("{HOURS}/{kees}");
    let wrong = aafke.post(&path, &[("ma", "8"), ("wo", "acht")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.assert_says(&nl("refusal-hours-wrong"));
    assert!(wrong.body.contains("value=\"acht\""), "what was typed stands: {}", wrong.body);
    let week = [("ma", "7,75"), ("di", "7,75"), ("wo", "7,75"), ("do", "7,75"), ("vr", "7,75")];
    let kept = aafke.post(&path, &week).await;
    assert_eq!(kept.header("location"), format!("{HOURS}#wie-{kees}"), "where it was typed");
    let kept = aafke.get(HOURS).await;
    assert!(kept.body.contains(&format!("id=\"wie-{kees}\"")), "{}", kept.body);
    kept.assert_says(&Words::new(Lang::Nl).say1("staff-hours-total", "hours", "38,75"));
    let page = aafke.get(PATH).await;
    page.assert_says(&Words::new(Lang::Nl).count("staff-ahead-without-hours", 1));
    page.assert_says("7,75");
    let english = aafke.get(&format!("{PATH}?lang=en")).await;
    english.assert_says("7.75");
    aafke.send(&path, &[]).await;
    aafke.get(&format!("{PATH}?lang=nl")).await.assert_says(&nl("staff-ahead-no-hours"));
}

#[tokio::test]
async fn a_team_is_asked_for_by_itself_and_taken_as_a_file() {
    let town = Town::new();
    town.employ("kees", "Kees Voorbeeld").await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let kees = town.known_employee("kees").await.to_string();
    aafke.send("/werk/teams", &[("name", "Team Buiten"), ("member", &kees)]).await;
    aafke.send(&format!("{HOURS}/{kees}"), &[("ma", "8"), ("di", "8")]).await;
    let page = aafke.get(&format!("{PATH}?team=1")).await;
    assert!(page.body.contains("<option value=\"1\" selected>Team Buiten"), "{}", page.body);
    assert!(page.body.contains("vooruit.csv?team=1"), "{}", page.body);
    assert!(!page.says(&Words::new(Lang::Nl).count("staff-ahead-without-hours", 1)));
    for nobody in ["9", "buiten"] {
        let page = aafke.get(&format!("{PATH}?team={nobody}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{nobody}");
    }
    let file = aafke.get(&format!("{PATH}.csv?team=1")).await;
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert!(file.header("content-disposition").contains("belofte-vooruit-2026-"));
    let lines: Vec<&str> = file.body.trim_start_matches('\u{feff}').lines().collect();
    assert!(lines[0].starts_with("\"day\";\"made\";\"open\";\"to-come\""), "{}", lines[0]);
    assert_eq!(lines.len(), 21, "four weeks: {}", file.body);
    // Today is a Monday.
    assert_eq!(lines[1], "\"2026-11-23\";\"0\";\"0\";\"\";\"\";\"\";\"8\";\"\";\"\";\"no\"");
    assert!(lines[3].contains(";\"0\";\"\";\"\";\"no\""), "nobody on Wednesday: {}", lines[3]);
}
