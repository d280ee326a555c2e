//! What a municipality owes the people whose data it holds.

use axum::http::StatusCode;
use desk::{Arrival, Took};
use norms::{Channel, Kind};
use words::{Lang, Words};

use crate::town::{Browser, Town};

/// A contact that was answered and has left; its number and follow page.
async fn answered(town: &Town, aafke: &mut Browser<'_>, subject: &str) -> (String, String) {
    let (number, path) = town.resident_asks(subject).await;
    town.deliver().await;
    let answer = [("text", "De lantaarn doet het weer."), ("via", "mail"), ("seen", "0")];
    aafke.send(&format!("/werk/contacten/{number}/beantwoorden"), &answer).await;
    town.wait_seconds(20);
    town.deliver().await;
    (number, path)
}

#[tokio::test]
async fn an_erased_contact_shows_that_it_is_and_nothing_else() {
    let town = Town::new();
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let (number, path) = answered(&town, &mut aafke, "Lantaarn").await;
    let (open, _) = town.resident_asks("Stoeptegel").await;
    let words = Words::new(Lang::Nl);
    let erase = |number: &str| format!("/werk/contacten/{number}/wissen");
    let unsure = aafke.post(&erase(&number), &[]).await;
    assert_eq!(unsure.status, StatusCode::UNPROCESSABLE_ENTITY);
    unsure.assert_says(&words.say("refusal-not-sure"));
    let refused = aafke.post(&erase(&open), &[("sure", "ja")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.assert_says(&words.say("refusal-erase-open"));
    let page = aafke.send(&erase(&number), &[("sure", "ja")]).await;
    page.assert_says("gewist op maandag 23 november 2026");
    page.assert_says(&words.say("people-event-erased"));
    for word in ["Lantaarn", "lantaarn", "Jan Voorbeeld", "jan@example.nl"] {
        assert!(!page.body.contains(word), "{word}: {}", page.body);
    }
    for deed in ["/heropenen", "/volglink"] {
        assert!(!page.body.contains(deed), "{deed}: {}", page.body);
    }
    for lang in Lang::ALL {
        let gone = town.browser().get(&format!("{path}?lang={lang}")).await;
        assert_eq!(gone.status, StatusCode::GONE);
        gone.assert_says(&Words::new(lang).say("follow-erased-title"));
        assert!(!gone.body.contains("antaarn"), "{}", gone.body);
    }
    let reply = [("message", "Hallo?"), ("form_time", "")];
    assert_eq!(town.browser().post(&path, &reply).await.status, StatusCode::NOT_FOUND);
    let wrong = format!("/volg/{number}/aaaaaaaaaaaaaaaaaaaa");
    assert_eq!(town.browser().get(&wrong).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_list_is_looked_at_approved_and_certified() {
    let town = Town::new();
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let (number, path) = answered(&town, &mut aafke, "Lantaarn").await;
    let (kept, _) = answered(&town, &mut aafke, "Stoeptegel").await;
    let words = Words::new(Lang::Nl);
    let none = aafke.get("/werk/vernietigen").await;
    none.assert_says(&words.say("people-destroy-none"));
    town.wait_hours(24 * 374);
    let mut aafke = town.sign_in("aafke").await;
    let list = aafke.get("/werk/vernietigen").await;
    assert!(list.body.contains(&number) && list.body.contains(&kept), "{}", list.body);
    let fields =
        |page: &crate::town::Page| [("month", page.hidden("month")), ("mark", page.hidden("mark"))];
    let seen = fields(&list);
    let keep = [("number", kept.as_str()), ("until", "2028-03-01"), ("why", "Bezwaar loopt")];
    let list = aafke.send("/werk/vernietigen/uitzondering", &keep).await;
    list.assert_says("Bezwaar loopt");
    let approve = |seen: &[(&'static str, String); 2], sure: &str| {
        let [month, mark] = seen.clone();
        vec![month, mark, ("sure", sure.to_owned())]
    };
    let old = approve(&seen, "ja");
    let old: Vec<(&str, &str)> = old.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let stale = aafke.post("/werk/vernietigen", &old).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    stale.assert_says(&words.say("refusal-list-changed"));
    let now = approve(&fields(&list), "ja");
    let now: Vec<(&str, &str)> = now.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let certificate = aafke.send("/werk/vernietigen", &now).await;
    certificate.assert_says(&words.count("people-destroyed-left", 1));
    while town.desk.write(desk::destroy_some).await.unwrap() {}
    let certificate = aafke.get("/werk/vernietigen/2027-11").await;
    certificate.assert_says(&words.say("people-destroyed-all"));
    certificate.assert_says("Aafke Voorbeeld");
    certificate.assert_says("AVG, artikel 5");
    assert!(certificate.body.contains(&number), "{}", certificate.body);
    assert_eq!(town.browser().get(&path).await.status, StatusCode::GONE);
    let single = aafke.get(&format!("/werk/vernietigen/{number}")).await;
    single.assert_says(&words.count("people-removed-letters", 2));
    let none = aafke.get(&format!("/werk/vernietigen/{kept}")).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    assert_eq!(town.facts("destruction-approved").await.len(), 1);
}

#[tokio::test]
async fn a_person_gets_what_is_known_and_is_erased() {
    let town = Town::new();
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let (settled, _) = answered(&town, &mut aafke, "Lantaarn").await;
    let (open, _) = town.resident_asks("Stoeptegel").await;
    let words = Words::new(Lang::Nl);
    let who = ("who", "JAN@example.nl");
    let none = aafke.post("/werk/persoon", &[("who", "piet@example.nl")]).await;
    none.assert_says(&words.say("people-person-none"));
    let found = aafke.post("/werk/persoon", &[who]).await;
    assert!(found.body.contains(&settled) && found.body.contains(&open), "{}", found.body);
    found.assert_says(&words.say("refusal-erase-open"));
    let file = aafke.post("/werk/persoon/bestand", &[who]).await;
    let given: serde_json::Value = serde_json::from_str(&file.body).unwrap();
    assert_eq!(given["format"], "belofte-person-1");
    let contact = &given["contacts"][1];
    assert_eq!(contact["number"], settled.as_str());
    assert_eq!(contact["email"], "jan@example.nl");
    assert_eq!(contact["messages"][0]["text"], "De lantaarn bij de haven is uit.");
    assert!(contact["letters"][1]["text"].as_str().unwrap().contains("doet het weer"));
    assert_eq!(contact["letters"][1]["by"], "employee complaints finance editor lead");
    assert!(!file.body.contains("\"Aafke"), "{}", file.body);
    let paper = aafke.post("/werk/persoon/lezen", &[who]).await;
    paper.assert_says("De lantaarn bij de haven is uit.");
    let erase =
        |why: &'static str| vec![who, ("number", settled.as_str()), ("sure", "ja"), ("why", why)];
    let unsaid = aafke.post("/werk/persoon/wissen", &erase("")).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = aafke.post("/werk/persoon/wissen", &erase("Loopt nog")).await;
    assert_eq!(done.status, StatusCode::OK);
    assert!(!done.body.contains(&settled), "{}", done.body);
    assert!(town.known(&settled).await.contact.erased_at.is_some());
    let left = town.known(&open).await;
    let noted = left.messages.last().unwrap();
    assert!(noted.body.contains("Loopt nog"), "{}", noted.body);
    assert_eq!(town.facts("list-exported").await.len(), 2);
}

/// A mail of a resident, as the channels hand it over.
fn mail(who: &str, subject: &str) -> Arrival {
    let mut mail = Arrival::new(Channel::Email, Kind::Question);
    mail.email = format!("{who}@example.nl");
    mail.thread.sender.clone_from(&mail.email);
    mail.thread.message_id = format!("{who}.{subject}@example.nl");
    mail.subject = subject.to_owned();
    mail.body = format!("{subject}, zegt {who}.");
    mail
}

/// Contacts are found by what they say now.
async fn catches_up(town: &Town) {
    while town.desk.follow(desk::keep_findable).await.unwrap() {}
}

#[tokio::test]
async fn who_only_took_part_gets_and_erases_nothing_of_another() {
    let town = Town::new();
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let (number, _) = answered(&town, &mut aafke, "Lantaarn").await;
    let mut reply = mail("piet", "Ernaast");
    let contact = town.known(&number).await.contact.id;
    reply.thread.recipients = vec![town.desk.house().reply_address(contact)];
    assert_eq!(town.desk.receive(reply).await.unwrap().took, Took::Joined);
    let own = Arrival { phone: "0517 400400".to_owned(), ..mail("piet", "Stoep") };
    let own = town.desk.receive(own).await.unwrap().done.number;
    catches_up(&town).await;
    let words = Words::new(Lang::Nl);
    let who = ("who", "piet@example.nl");
    let found = aafke.post("/werk/persoon", &[who]).await;
    assert!(found.body.contains(&number) && found.body.contains(&own), "{}", found.body);
    found.assert_says(&words.say("people-of-another"));
    let file = aafke.post("/werk/persoon/bestand", &[who]).await;
    let given: serde_json::Value = serde_json::from_str(&file.body).unwrap();
    assert_eq!(given["complete"], true);
    assert_eq!(given["contacts"].as_array().unwrap().len(), 1);
    assert_eq!(given["contacts"][0]["number"], own.as_str());
    let paper = aafke.post("/werk/persoon/lezen", &[who]).await;
    for page in [&file.body, &paper.body] {
        assert!(!page.contains("haven"), "{page}");
    }
    let seen = town.facts("seen").await;
    assert!(seen.iter().any(|fact| fact.contains("\"phone\"")), "a sight: {seen:?}");
    let long = "x".repeat(301);
    let erase = |why| [who, ("number", number.as_str()), ("sure", "ja"), ("why", why)];
    let refused = aafke.post("/werk/persoon/wissen", &erase(&long)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "before anything is done");
    let done = aafke.post("/werk/persoon/wissen", &erase("Loopt nog")).await;
    assert_eq!(done.status, StatusCode::OK);
    let left = town.known(&number).await;
    assert!(left.contact.erased_at.is_none());
    assert!(!left.messages.iter().any(|it| it.body.contains("Loopt nog")), "nor noted there");
    let noted = town.known(&own).await;
    assert!(noted.messages.last().unwrap().body.contains("Loopt nog"));
}

#[tokio::test]
async fn bytes_go_when_nothing_needs_them_and_not_before() {
    let town = Town::new();
    town.employ("aafke", "Aafke Voorbeeld").await;
    let large = Arrival { raw: Some(vec![b'x'; 300_000]), ..mail("jan", "groot") };
    let number = town.desk.receive(large.clone()).await.unwrap().done.number;
    let clears_up = async || {
        town.wait_hours(25);
        while town.desk.clear_up().await.unwrap() {}
        town.stored_files()
    };
    town.ages_files();
    assert_eq!(clears_up().await, 1, "its mail is there");
    let mut aafke = town.sign_in("aafke").await;
    let answer = [("text", "Gedaan."), ("via", "phone"), ("seen", "0")];
    aafke.send(&format!("/werk/contacten/{number}/beantwoorden"), &answer).await;
    aafke.send(&format!("/werk/contacten/{number}/wissen"), &[("sure", "ja")]).await;
    assert!(town.known(&number).await.contact.erased_at.is_some());
    assert_eq!(clears_up().await, 0);
    // The same mail once more: known, so no row comes to need its bytes.
    assert_eq!(town.desk.receive(large).await.unwrap().took, Took::Known);
    assert_eq!(clears_up().await, 1, "put within the hour: they are left alone");
    town.ages_files();
    assert_eq!(clears_up().await, 0, "and were not forgotten");
}
