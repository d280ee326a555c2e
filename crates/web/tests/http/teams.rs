//! Teams, mentions, the list as a file, and how good answers are.

use axum::http::StatusCode;
use words::{Lang, Words};

use crate::town::Town;

fn nl(key: &str) -> String {
    Words::new(Lang::Nl).say(key)
}

fn who(key: &str, name: &str) -> String {
    Words::new(Lang::Nl).say1(key, "who", name)
}

#[tokio::test]
async fn a_team_is_made_and_gets_work() {
    let town = Town::new();
    let (number, follow) = town.resident_asks("Lantaarn").await;
    town.employ("kees", "Kees Voorbeeld").await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    aafke.get("/werk/teams").await.assert_says(&nl("staff-teams-none"));
    let nameless = aafke.post("/werk/teams", &[("name", " "), ("member", "2")]).await;
    assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
    nameless.assert_says(&nl("refusal-text-empty"));
    assert_eq!(nameless.body.matches(" checked").count(), 1, "what was chosen stands");
    let page = aafke.send("/werk/teams", &[("name", "Team Buiten"), ("member", "2")]).await;
    page.assert_says("Team Buiten");
    let taken = aafke.post("/werk/teams", &[("name", "Team Buiten")]).await;
    taken.assert_says(&nl("refusal-team-name-taken"));
    let item = format!("/werk/contacten/{number}");
    aafke.get(&item).await.assert_says("Team Buiten");
    let give = [("seen", "0"), ("to", "team:1"), ("note", "Hoort bij buiten.")];
    aafke.send(&format!("{item}/doorzetten"), &give).await;
    let page = aafke.get(&item).await;
    page.assert_says(&who("staff-event-team", "Team Buiten"));
    let page = aafke.get("/werk?lijst=team").await;
    assert!(page.says("Lantaarn") && page.says("Team Buiten"), "{}", page.body);
    assert!(!aafke.get("/werk?lijst=vrij").await.says("data-row"), "it is in hands of a team");
    let seen = town.browser().get(&follow).await;
    assert!(!seen.says(&nl("follow-step-handed-over")), "nobody in the team has it yet");
    // Several at once.
    let back = "/werk?lijst=alles";
    let fields = [("nummer", number.as_str()), ("deed", "team:1"), ("terug", back)];
    aafke.send("/werk/samen", &fields).await;
    let fields = [("nummer", number.as_str()), ("deed", "team:9"), ("terug", back)];
    aafke.post("/werk/samen", &fields).await.assert_says(&nl("refusal-unknown-team"));
    aafke.send("/werk/teams/1", &[("name", "Team Buiten"), ("member", "1")]).await;
    assert!(!aafke.get("/werk?lijst=team").await.says("data-row"), "no longer in the team");
}

#[tokio::test]
async fn who_is_mentioned_ticks_it_off() {
    let town = Town::new();
    let (number, _) = town.resident_asks("Lantaarn").await;
    let mut kees = town.at_work("kees", "Kees Voorbeeld").await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let item = format!("/werk/contacten/{number}");
    let note = [("text", "Weet jij dit?"), ("to", "employee:1")];
    aafke.send(&format!("{item}/notitie"), &note).await;
    assert!(!aafke.get("/werk?lijst=genoemd").await.says("data-row"));
    assert!(kees.get("/werk?lijst=genoemd").await.says("Lantaarn"));
    kees.get(&item).await.assert_says(&who("staff-mentioned-by", "Aafke Voorbeeld"));
    let moment = kees.get(&item).await.hidden("moment");
    let page = kees.send(&format!("{item}/gezien"), &[("moment", &moment)]).await;
    page.assert_says(&nl("staff-done-seen"));
    assert!(!page.says(&nl("staff-mention-seen")));
    kees.get("/werk?lijst=genoemd").await.assert_says(&nl("staff-empty-mentioned"));
}

#[tokio::test]
async fn the_list_is_a_file_and_who_took_it_is_written_down() {
    let town = Town::new();
    let (number, _) = town.resident_asks("=HYPERLINK(\"http://kwaad.example\")").await;
    let mail = b"From: piet@example.nl\r\nTo: info@harlingen.nl\r\nMessage-ID: <p@example.nl>\r\n\
        Subject: Van de mail\r\n\r\nHallo gemeente, wanneer komt u?\r\n";
    town.mail_comes(mail).await;
    let nobody = town.browser().post("/werk/lijst.csv", &[("lijst", "alles")]).await;
    assert!(nobody.location().starts_with("/werk/aanmelden"), "{}", nobody.location());
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let file = aafke.post("/werk/lijst.csv", &[("lijst", "alles"), ("kanaal", "")]).await;
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert!(file.header("content-disposition").contains("belofte-alles.csv"));
    let lines: Vec<&str> = file.body.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines.len(), 3, "{}", file.body);
    assert!(lines[1].starts_with(&format!("\"{number}\";\"2026-")), "{}", lines[1]);
    assert!(lines[1].contains("\"'=HYPERLINK(\"\"http://kwaad.example\"\")\""), "{}", lines[1]);
    let fields = [("lijst", "alles"), ("kanaal", "email")];
    let sifted = aafke.post("/werk/lijst.csv", &fields).await;
    assert!(sifted.says("Van de mail") && sifted.body.lines().count() == 2, "{}", sifted.body);
    for none in ["spam", "genoemd", "onzin"] {
        let page = aafke.post("/werk/lijst.csv", &[("lijst", none)]).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{none}");
    }
    let facts = town.facts("list-exported").await;
    assert_eq!(facts.len(), 2, "{facts:?}");
    assert!(
        facts[1].contains("lijst=alles&kanaal=email") && facts[1].contains("\"contacts\":1"),
        "{facts:?}"
    );
}

#[tokio::test]
async fn a_resident_says_whether_the_answer_helped() {
    let town = Town::new();
    let (number, follow) = town.resident_asks("Lantaarn").await;
    let mut resident = town.browser();
    let question = nl("follow-helped");
    assert!(!resident.get(&follow).await.says(&question), "nothing is answered yet");
    let early = resident.post(&format!("{follow}/oordeel"), &[("helped", "yes")]).await;
    assert_eq!(early.status, StatusCode::BAD_REQUEST);
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let item = format!("/werk/contacten/{number}");
    let answer = [("text", "Hij doet het weer."), ("via", "phone"), ("seen", "0")];
    aafke.send(&format!("{item}/beantwoorden"), &answer).await;
    resident.get(&follow).await.assert_says(&question);
    let nothing = resident.post(&format!("{follow}/oordeel"), &[("words", "tja")]).await;
    assert!(nothing.location().ends_with("#oordeel"), "{}", nothing.location());
    let said = [("helped", "partly"), ("words", "Het duurde <lang>.")];
    let page = resident.send(&format!("{follow}/oordeel"), &said).await;
    page.assert_says(&nl("follow-helped-thanks"));
    let other = resident.post(&format!("/volg/{number}/fout/oordeel"), &said).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND, "only with the secret");
    aafke.get(&item).await.assert_says("Het duurde <lang>.");
    let page = aafke.get("/werk/kwaliteit").await;
    page.assert_says("Het duurde <lang>.");
    page.assert_says(&nl("staff-quality-sample-later"));
    let received = town.known(&number).await.contact.received_at.to_string();
    let over = format!("{}-01", &received[..7]);
    town.wait_hours(31 * 24);
    let mut aafke = town.at_work("fenna", "Fenna Voorbeeld").await;
    let month = format!("/werk/kwaliteit?maand={over}");
    let page = aafke.get(&month).await;
    page.assert_says("Hij doet het weer.");
    let letter = page.hidden("letter");
    let found = [
        ("correct", "ja"),
        ("kind", "ja"),
        ("remark", "Noem het nummer."),
        ("maand", over.as_str()),
        ("letter", letter.as_str()),
    ];
    let page = aafke.send(&format!("/werk/kwaliteit/{number}"), &found).await;
    page.assert_says(&who("staff-review-by", "Fenna Voorbeeld"));
    page.assert_says("Noem het nummer.");
    assert_eq!(page.body.matches(" checked").count(), 2);
    let wrong = [("letter", "9"), ("remark", "Niet kwijt."), ("maand", over.as_str())];
    let page = aafke.post(&format!("/werk/kwaliteit/{number}"), &wrong).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.assert_says(&nl("refusal-changed-since"));
    page.assert_says("Niet kwijt.");
    let page = aafke.get("/werk/kwaliteit?maand=1999-01-01").await;
    page.assert_says(&nl("staff-quality-sample-nothing"));
    assert_eq!(aafke.get("/werk/kwaliteit?maand=9999-12-31").await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_norms_are_tried_on_a_moment_and_a_year_is_shown() {
    let town = Town::new();
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    // Thursday afternoon before Christmas: the holidays and the weekend do not count.
    let page = aafke.get("/werk/normen?op=2026-12-24T16:00&kanaal=email").await;
    page.assert_says("message.contact");
    page.assert_says("dinsdag 29 december 2026");
    page.assert_says("vrijdag 25 december 2026");
    let wrong = aafke.get("/werk/normen?op=morgen").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.assert_says(&nl("staff-rules-no-moment"));
    wrong.assert_says("morgen");
    let year = aafke.get("/werk/normen?jaar=2027").await;
    year.assert_says("donderdag 6 mei 2027");
    for odd in ["jaar=99999", "jaar=-4", "op=9999-12-31T23:59", "kanaal=onzin"] {
        let page = aafke.get(&format!("/werk/normen?{odd}")).await;
        assert!(!page.status.is_server_error(), "{odd}");
    }
}
