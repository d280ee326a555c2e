//! The composer: drafts, copies, taking a letter back, standard texts, signature, and letters in
//! the words of the municipality, all by plain forms.

use axum::http::StatusCode;
use desk::Standing;
use words::{Lang, Words};

use crate::town::Town;

fn nl(key: &str) -> String {
    Words::new(Lang::Nl).say(key)
}

#[tokio::test]
async fn an_answer_is_taken_back_within_twenty_seconds_and_its_words_stay() {
    let town = Town::new();
    let (number, follow) = town.resident_asks("Lantaarn").await;
    town.deliver().await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let path = format!("/werk/contacten/{number}");
    let copies = "wijk@example.nl";
    let answer = [("text", "Gemaakt, zegt\r\nde monteur."), ("via", "mail"), ("copies", copies)];
    let page = aafke.send(&format!("{path}/beantwoorden"), &answer).await;
    page.assert_says(&Words::new(Lang::Nl).count("staff-held", 20));
    page.assert_says(&nl("staff-promise-waits"));
    page.assert_says("Kopie aan wijk@example.nl");
    assert!(!page.says(&nl("staff-verdict-broken")));
    // The resident sees nothing of it yet.
    let seen = town.browser().get(&follow).await;
    assert!(!seen.says("Gemaakt, zegt") && !seen.says(&nl("follow-step-closed")), "{}", seen.body);
    town.wait_seconds(19);
    let letter = page.hidden("letter");
    let page = aafke.send(&format!("{path}/terughalen"), &[("letter", &letter)]).await;
    page.assert_says(&nl("staff-done-recalled"));
    assert!(page.body.contains("Gemaakt, zegt\nde monteur.</textarea>"), "{}", page.body);
    assert!(page.body.contains("value=\"wijk@example.nl\""), "{}", page.body);
    page.assert_says(&nl("staff-event-recalled"));
    let item = town.known(&number).await;
    assert!(!item.contact.closed);
    assert!(matches!(item.letters[1].standing, Standing::Recalled(_)), "{:?}", item.letters[1]);
    let seen = town.browser().get(&follow).await;
    for hidden in ["Gemaakt", &nl("follow-step-closed"), &nl("follow-step-reopened")] {
        assert!(!seen.says(hidden), "{hidden}");
    }
    // Once it has left, the page says so.
    aafke.send(&format!("{path}/beantwoorden"), &answer).await;
    town.wait_seconds(20);
    let late = aafke.post(&format!("{path}/terughalen"), &[("letter", "3")]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    late.assert_says(&nl("refusal-letter-left"));
    let page = aafke.get(&path).await;
    assert!(!page.body.contains("terughalen"), "no button that does nothing");
    town.browser().get(&follow).await.assert_says("Gemaakt, zegt");
}

#[tokio::test]
async fn a_draft_is_kept_by_a_button_and_quietly() {
    let town = Town::new();
    let (number, _) = town.resident_asks("Lantaarn").await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let path = format!("/werk/contacten/{number}");
    let keep = format!("{path}/bewaren");
    let half = [("part", "answer"), ("text", "Half <af>"), ("copies", "a@example.nl")];
    let page = aafke.send(&keep, &half).await;
    page.assert_says(&nl("staff-done-kept"));
    page.assert_says("Half <af>");
    let quiet = [("part", "day"), ("date", "2026-12-04"), ("text", "Rustig"), ("stil", "ja")];
    let answer = aafke.post(&keep, &quiet).await;
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::NO_CONTENT, ""));
    let page = aafke.get(&path).await;
    page.assert_says("Half <af>");
    assert!(page.body.contains("value=\"2026-12-04\""), "{}", page.body);
    let mut fenna = town.at_work("fenna", "Fenna Voorbeeld").await;
    assert!(!fenna.get(&path).await.says("Half <af>"), "a draft is of who typed it");
    let nothing = aafke.post(&keep, &[("part", "iets"), ("text", "x")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    aafke.send(&format!("{path}/beantwoorden"), &[("text", "Heel"), ("via", "phone")]).await;
    assert!(!aafke.get(&path).await.says("Half <af>"), "what is sent is no draft");
    let gone = town.browser().post(&keep, &half).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER, "who is not signed in keeps nothing");
}

#[tokio::test]
async fn a_copy_to_no_address_is_refused_with_everything_kept() {
    let town = Town::new();
    let (number, _) = town.resident_asks("Lantaarn").await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let path = format!("/werk/contacten/{number}/beantwoorden");
    for copies in ["wijk", "a@example.nl\nBcc: b@example.nl", "Wijk <wijk@example.nl>"] {
        let answer = [("text", "Gemaakt."), ("via", "mail"), ("copies", copies)];
        let page = aafke.post(&path, &answer).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        page.assert_says(&nl("refusal-copy-address"));
        page.assert_says("Gemaakt.");
    }
    assert_eq!(town.known(&number).await.letters.len(), 1);
}

#[tokio::test]
async fn a_standard_text_is_managed_and_put_into_an_answer() {
    let town = Town::new();
    let (number, _) = town.resident_asks("Lantaarn").await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let text = |body| [("lang", "nl"), ("name", "Klaar"), ("body", body)];
    let wrong = aafke.post("/werk/teksten", &text("Dag\n{{ naem }}")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.assert_says("Regel 2: “naem” is geen variabele die u hier kunt gebruiken.");
    wrong.assert_says("Dag\n{{ naem }}");
    let page = aafke.send("/werk/teksten", &text("Beste {{ naam }}, klaar: {{ nummer }}.")).await;
    page.assert_says("Beste {{ naam }}, klaar: {{ nummer }}.");
    let path = format!("/werk/contacten/{number}");
    aafke.get(&path).await.assert_says("Klaar");
    let inserting = [("text", "Eerst dit."), ("copies", ""), ("standard", "1"), ("part", "answer")];
    let page = aafke.send(&format!("{path}/invoegen"), &inserting).await;
    page.assert_says(&format!("Eerst dit.\n\nBeste Jan Voorbeeld, klaar: {number}."));
    let quiet = [("standard", "1"), ("stil", "ja")];
    let only = aafke.post(&format!("{path}/invoegen"), &quiet).await;
    assert_eq!(only.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(only.body, format!("Beste Jan Voorbeeld, klaar: {number}."));
    aafke.send("/werk/teksten/1", &text("Kort.")).await.assert_says("Kort.");
    let page = aafke.send("/werk/teksten/1/weg", &[]).await;
    page.assert_says(&nl("staff-text-none"));
    assert_eq!(aafke.get("/werk/teksten/1").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_signature_is_set_and_stands_under_the_next_answer() {
    let town = Town::new();
    let (number, _) = town.resident_asks("Lantaarn").await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    aafke.get("/werk/mij").await.assert_says("Aafke Voorbeeld");
    let signed = [("name", "Aafke V."), ("department", "Team Buiten"), ("more", "Op maandag")];
    let page = aafke.post("/werk/mij", &signed).await;
    assert_eq!(page.status, StatusCode::OK);
    page.assert_says(&nl("staff-signature-kept"));
    let answer = [("text", "Gemaakt."), ("via", "mail")];
    aafke.send(&format!("/werk/contacten/{number}/beantwoorden"), &answer).await;
    let body = town.known(&number).await.letters[1].body.clone();
    assert!(body.contains("groet,\nAafke V.\nTeam Buiten\nOp maandag\nGemeente"), "{body}");
    let long = "x".repeat(1_001);
    let page = aafke.post("/werk/mij", &[("name", "A"), ("more", &long)]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.assert_says(&long);
}

#[tokio::test]
async fn letters_are_put_in_own_words_looked_at_and_put_back() {
    let town = Town::new();
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    aafke.get("/werk/brieven").await.assert_says(&nl("staff-letters-built-in"));
    let path = "/werk/brieven/bevestiging/nl";
    let page = aafke.get(path).await;
    page.assert_says("Dank u wel voor uw bericht. Wij hebben het goed ontvangen.");
    page.assert_says("{{ gegevens }}");
    page.assert_says("Beste Jan Voorbeeld,");
    let typed = |body| [("subject", "Binnen: {{ nummer }}"), ("body", body)];
    // INTAKE 56: what must be said is named when it is missing.
    let wrong = aafke.post(path, &typed("Dank u.")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in ["staff-part-number", "staff-part-promise", "staff-part-phone-hours"] {
        wrong.assert_says(&nl(part));
    }
    wrong.assert_says("Dank u.");
    let good = "Dag {{ naam }},\r\n\r\n{{ gegevens }}\r\n\r\nBel ons: {{ telefoontijden }}";
    let seen = aafke.post(&format!("{path}/voorbeeld"), &typed(good)).await;
    assert_eq!(seen.status, StatusCode::OK);
    seen.assert_says("Dag Jan Voorbeeld,");
    let mail = aafke.post(&format!("{path}/als-mail"), &typed(good)).await;
    assert!(mail.header("content-security-policy").starts_with("sandbox; default-src 'none'"));
    assert!(mail.body.contains("<table role=\"presentation\""), "{}", mail.body);
    aafke.send(path, &typed(good)).await.assert_says(&nl("staff-letters-own"));
    let (number, _) = town.resident_asks("Lantaarn").await;
    let letter = town.known(&number).await.letters[0].clone();
    assert_eq!(letter.subject, format!("Binnen: {number}"));
    assert!(letter.body.starts_with("Dag Jan Voorbeeld,\n\nNummer: "), "{}", letter.body);
    let page = aafke.send(&format!("{path}/terugzetten"), &[]).await;
    page.assert_says(&nl("staff-letters-built-in"));
    for nothing in ["/werk/brieven/bevestiging/de", "/werk/brieven/iets/nl"] {
        assert_eq!(aafke.get(nothing).await.status, StatusCode::NOT_FOUND);
    }
}
