//! What colleagues do beside each other: tags, taking over, and a look at the language.

use axum::http::StatusCode;
use words::{Lang, Words};

use crate::town::Town;

fn nl(key: &str) -> String {
    Words::new(Lang::Nl).say(key)
}

#[tokio::test]
async fn contacts_are_tagged_one_by_one_and_together() {
    let town = Town::new();
    let (one, _) = town.resident_asks("Een").await;
    town.wait_hours(1);
    let (two, _) = town.resident_asks("Twee").await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let path = format!("/werk/contacten/{one}");
    let page = aafke.send(&format!("{path}/label"), &[("label", "Sail 2026")]).await;
    page.assert_says(&nl("staff-done-tagged"));
    page.assert_says(&Words::new(Lang::Nl).say1("staff-event-tagged", "name", "Sail 2026"));
    let bad = aafke.post(&format!("{path}/label"), &[("label", "<b>;")]).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    bad.assert_says(&nl("refusal-tag-name"));
    let page = aafke.get("/werk?lijst=alles&label=1").await;
    assert!(page.says("Een") && !page.says("Twee"), "{}", page.body);
    // Several at once, and the list stays as it was sifted.
    let back = "/werk?lijst=alles&kanaal=form&label=1";
    let fields = [
        ("nummer", &*two),
        ("nummer", &*one),
        ("deed", "label"),
        ("label", "sail 2026"),
        ("terug", back),
    ];
    let page = aafke.send("/werk/samen", &fields).await;
    page.assert_says(&Words::new(Lang::Nl).count("staff-together-done", 2));
    assert!(page.says("Een") && page.says("Twee"), "{}", page.body);
    assert!(page.body.contains("<option value=\"1\" selected>Sail 2026"), "{}", page.body);
    assert_eq!(page.hidden("query"), "lijst=alles&#38;kanaal=form&#38;label=1");
    let nameless = [("nummer", &*two), ("deed", "label"), ("label", ""), ("terug", back)];
    let page = aafke.post("/werk/samen", &nameless).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.assert_says(&nl("refusal-tag-name"));
    // Off again; the name goes with the last contact that had it.
    for number in [&one, &two] {
        let off = format!("/werk/contacten/{number}/label-weg");
        aafke.send(&off, &[("label", "1")]).await.assert_says(&nl("staff-done-untagged"));
    }
    let page = aafke.get("/werk").await;
    assert!(!page.body.contains("sift-tag"), "nothing to sift by: {}", page.body);
    let page = aafke.get("/werk?lijst=alles&label=1").await;
    page.assert_says(&nl("staff-tag-gone"));
    assert!(page.says("Een") && page.says("Twee"), "{}", page.body);
}

#[tokio::test]
async fn who_writes_is_not_overtaken_but_on_purpose() {
    let town = Town::new();
    let (number, _) = town.resident_asks("Lantaarn").await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let mut fenna = town.at_work("fenna", "Fenna Voorbeeld").await;
    let path = format!("/werk/contacten/{number}");
    let half = [("part", "answer"), ("text", "Half af"), ("stil", "ja")];
    aafke.post(&format!("{path}/bewaren"), &half).await;
    let locked = Words::new(Lang::Nl).say1("staff-locked", "who", "Aafke Voorbeeld");
    assert!(!aafke.get(&path).await.says(&locked), "nobody stands in their own way");
    let page = fenna.get(&path).await;
    page.assert_says(&locked);
    assert!(!page.body.contains("answer-text"), "no form that is refused: {}", page.body);
    // A page that was opened before: refused, and what was typed is kept.
    let answer = [("part", "answer"), ("text", "Ik was eerst"), ("via", "phone")];
    let page = fenna.post(&format!("{path}/beantwoorden"), &answer).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.assert_says(&nl("refusal-locked-by-colleague"));
    page.assert_says(&locked);
    page.assert_says("Ik was eerst");
    // Nor by the way of several at once; and a label that is refused hides no words.
    let back = "/werk?lijst=alles";
    let fields = [("nummer", &*number), ("deed", "sluit:withdrawn"), ("terug", back)];
    let page = fenna.post("/werk/samen", &fields).await;
    page.assert_says(&nl("refusal-locked-by-colleague"));
    let page = fenna.post(&format!("{path}/label"), &[("label", "a;b")]).await;
    page.assert_says("Ik was eerst");
    assert!(page.body.contains("value=\"a;b\""), "{}", page.body);
    let page = fenna.send(&format!("{path}/overnemen"), &[]).await;
    page.assert_says(&nl("staff-done-taken-over"));
    page.assert_says("Ik was eerst");
    let taken = Words::new(Lang::Nl).say1("staff-event-taken-over", "who", "Aafke Voorbeeld");
    page.assert_says(&taken);
    let theirs = aafke.get(&path).await;
    theirs.assert_says(&Words::new(Lang::Nl).say1("staff-locked", "who", "Fenna Voorbeeld"));
    theirs.assert_says("Half af");
    let late =
        aafke.post(&format!("{path}/beantwoorden"), &[("text", "X"), ("via", "phone")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    fenna.send(&format!("{path}/beantwoorden"), &answer).await;
    assert!(town.known(&number).await.contact.closed);
}

#[tokio::test]
async fn the_language_of_an_answer_is_looked_at() {
    let town = Town::new();
    let (number, _) = town.resident_asks("Lantaarn").await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let path = format!("/werk/contacten/{number}");
    let long = "Wij hebben de lantaarn bekeken ".repeat(6);
    let text = format!("Wij verzoeken u middels dit bericht te wachten op {{naam}}.\n\n{long}.");
    let look = format!("{path}/nakijken");
    let page = aafke.post(&look, &[("part", "answer"), ("text", &text), ("via", "phone")]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("value=\"phone\" selected"), "{}", page.body);
    let words = Words::new(Lang::Nl);
    page.assert_says(&nl("plain-title"));
    page.assert_says("“middels” is ambtelijk.");
    page.assert_says(&words.say1("plain-unfilled", "place", "{naam}"));
    page.assert_says("Deze zin heeft 30 woorden.");
    page.assert_says("Wij verzoeken u middels dit bericht");
    let good = [("part", "day"), ("text", "Wij kijken het na."), ("why", "De monteur komt.")];
    let page = aafke.post(&look, &good).await;
    page.assert_says("Wij verzoeken u middels dit bericht");
    page.assert_says(&nl("plain-nothing"));
    assert!(page.body.contains("id=\"when-text\" name=\"text\" rows=\"4\" aria-describedby"));
    let nothing = aafke.post(&look, &[("part", "iets"), ("text", "x")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let english = "Thank you for your message. We will have a look at the lamp.";
    let empty = aafke.post(&look, &[("part", "answer"), ("text", " ")]).await;
    assert!(!empty.body.contains("id=\"hints\""), "nothing is said of nothing");
    let page = aafke.post(&look, &[("part", "answer"), ("text", english)]).await;
    page.assert_says(&words.say1("plain-language", "lang", "English"));
}
