//! Arranging work: sifting, several contacts at once, kept views, later, asked, beside each other,
//! absences, and what changes while a page is open.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt;
use words::{Lang, Words};

use crate::town::Town;

fn nl(key: &str) -> String {
    Words::new(Lang::Nl).say(key)
}

#[tokio::test]
async fn several_contacts_are_taken_and_closed_at_once() {
    let town = Town::new();
    let mut numbers = Vec::new();
    for subject in ["Een", "Twee", "Drie"] {
        numbers.push(town.resident_asks(subject).await.0);
        town.wait_hours(1);
    }
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let back = "/werk?lijst=alles";
    let [one, two, three] = [&numbers[0], &numbers[1], &numbers[2]].map(String::as_str);
    let nothing = aafke.post("/werk/samen", &[("deed", "geef:self"), ("terug", back)]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    nothing.assert_says(&nl("staff-together-choose"));
    let no_deed = aafke.post("/werk/samen", &[("nummer", one), ("terug", back)]).await;
    no_deed.assert_says(&nl("staff-together-choose-deed"));
    let fields = [("nummer", one), ("nummer", two), ("deed", "geef:self"), ("terug", back)];
    let page = aafke.send("/werk/samen", &fields).await;
    page.assert_says(&Words::new(Lang::Nl).count("staff-together-done", 2));
    let mine = aafke.get("/werk?lijst=mijn").await;
    assert!(mine.says("Een") && mine.says("Twee") && !mine.says("Drie"), "{}", mine.body);
    // What asks nothing needs no answer; the closed one is refused the second time.
    let fields = [("nummer", three), ("deed", "sluit:nothing-asked"), ("terug", back)];
    aafke.send("/werk/samen", &fields).await;
    let fields = [
        ("nummer", three),
        ("nummer", one),
        ("deed", "sluit:nothing-asked"),
        ("terug", "//kwaad.example"),
    ];
    let page = aafke.post("/werk/samen", &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.assert_says(three);
    page.assert_says(&nl("refusal-closed"));
    assert!(town.known(one).await.contact.closed, "what could be done was done");
}

#[tokio::test]
async fn a_mail_that_came_behind_what_answers_it_says_so() {
    let town = Town::new();
    let answer =
        b"From: jan@example.nl\r\nTo: info@harlingen.nl\r\nMessage-ID: <twee@example.nl>\r\n\
        In-Reply-To: <een@example.nl>\r\nSubject: Re: Lantaarnpaal\r\n\r\nHet is paal 0417.\r\n";
    let first =
        b"From: jan@example.nl\r\nTo: info@harlingen.nl\r\nMessage-ID: <een@example.nl>\r\n\
        Subject: Lantaarnpaal\r\n\r\nDe lantaarnpaal doet het niet.\r\n";
    let (_, number) = town.mail_comes(answer).await;
    assert_eq!(town.mail_comes(first).await.1, number, "one conversation");
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let page = aafke.get(&format!("/werk/contacten/{number}")).await;
    page.assert_says(&nl("staff-event-overtaken"));
    assert!(!page.says(&nl("staff-event-followed-up")), "{}", page.body);
}

#[tokio::test]
async fn the_list_is_sifted_and_a_view_of_it_kept() {
    let town = Town::new();
    town.resident_asks("Van het formulier").await;
    let mail = b"From: piet@example.nl\r\nTo: info@harlingen.nl\r\nMessage-ID: <p@example.nl>\r\n\
        Subject: Van de mail\r\n\r\nHallo gemeente, wanneer komt u?\r\n";
    town.mail_comes(mail).await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let page = aafke.get("/werk?lijst=alles&kanaal=email").await;
    assert!(page.says("Van de mail") && !page.says("Van het formulier"), "{}", page.body);
    let query = page.hidden("query");
    assert_eq!(query, "lijst=alles&#38;kanaal=email");
    let keeping = [("name", "Alle mail"), ("query", "lijst=alles&kanaal=email"), ("shared", "ja")];
    let page = aafke.send("/werk/weergaven", &keeping).await;
    page.assert_says("Alle mail");
    let nameless = aafke.post("/werk/weergaven", &[("query", "lijst=alles")]).await;
    assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
    aafke.send("/werk/weergaven", &[("name", "Alleen mij"), ("query", "lijst=mijn")]).await;
    let mut fenna = town.at_work("fenna", "Fenna Voorbeeld").await;
    let page = fenna.get("/werk").await;
    assert!(page.says("Alle mail") && !page.says("Alleen mij"), "{}", page.body);
    fenna.send("/werk/weergaven/1/weg", &[]).await;
    assert!(!aafke.get("/werk").await.says("Alle mail"));
}

#[tokio::test]
async fn what_is_put_off_comes_back_and_what_is_asked_waits() {
    let town = Town::new();
    let (number, follow) = town.resident_asks("Lantaarn").await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let path = format!("/werk/contacten/{number}");
    let late = aafke.post(&format!("{path}/later"), &[("date", "2026-12-24")]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    late.assert_says(&nl("refusal-sleeps-too-long"));
    let told =
        [("date", "2026-12-10"), ("text", "Welke lantaarn?"), ("via", "mail"), ("asks", "ja")];
    aafke.send(&format!("{path}/zeggen-wanneer"), &told).await;
    aafke.get("/werk?lijst=gevraagd").await.assert_says("Lantaarn");
    let page = aafke.send(&format!("{path}/later"), &[("date", "2026-12-01")]).await;
    page.assert_says(&nl("staff-done-later"));
    assert!(!aafke.get("/werk?lijst=alles").await.says("Lantaarn"));
    aafke.get("/werk?lijst=later").await.assert_says("Lantaarn");
    // The resident writes: nobody waits any more.
    town.wait_seconds(30);
    let stamp = town.browser().get(&follow).await.hidden("form_time");
    town.wait_seconds(10);
    let reply = [("message", "Die bij de haven."), ("form_time", stamp.as_str())];
    town.browser().post(&follow, &reply).await;
    aafke.get("/werk?lijst=alles").await.assert_says("Lantaarn");
    for view in ["gevraagd", "later"] {
        assert!(!aafke.get(&format!("/werk?lijst={view}")).await.says("Lantaarn"), "{view}");
    }
}

#[tokio::test]
async fn contacts_are_linked_merged_and_split() {
    let town = Town::new();
    let (first, follow) = town.resident_asks("Lantaarn").await;
    town.wait_hours(1);
    let (second, _) = town.resident_asks("Dezelfde lantaarn").await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let path = format!("/werk/contacten/{second}");
    for (to, key) in [("2026-999999", "refusal-no-such-number"), (&second, "refusal-same-contact")]
    {
        let page = aafke.post(&format!("{path}/koppelen"), &[("to", to)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        page.assert_says(&nl(key));
    }
    aafke.send(&format!("{path}/koppelen"), &[("to", &first)]).await.assert_says("Lantaarn");
    aafke.get(&format!("/werk/contacten/{first}")).await.assert_says("Dezelfde lantaarn");
    let stranger =
        b"From: piet@example.nl\r\nTo: info@harlingen.nl\r\nMessage-ID: <q@example.nl>\r\n\
        Subject: Lamp\r\n\r\nHallo gemeente, de lantaarn is stuk?\r\n";
    let (_, other) = town.mail_comes(stranger).await;
    let page = aafke.post(&format!("{path}/samenvoegen"), &[("to", &other)]).await;
    page.assert_says(&nl("refusal-other-person"));
    aafke.send(&format!("{path}/samenvoegen"), &[("to", &first)]).await;
    let back = format!("/werk/contacten/{first}/samenvoegen");
    let page = aafke.post(&back, &[("to", &second)]).await;
    page.assert_says(&nl("refusal-other-closed"));
    assert!(town.known(&second).await.contact.closed);
    // A reply that asks something else becomes a contact of its own, owed from when it came.
    let stamp = town.browser().get(&follow).await.hidden("form_time");
    town.wait_seconds(10);
    let reply = [("message", "En mijn paspoort?"), ("form_time", stamp.as_str())];
    town.browser().post(&follow, &reply).await;
    town.wait_hours(3);
    let known = town.known(&first).await;
    let message = known.messages[1].clone();
    let path = format!("/werk/contacten/{first}");
    let letter = message.id.to_string();
    let page = aafke.send(&format!("{path}/splitsen"), &[("letter", &letter)]).await;
    page.assert_says(&nl("staff-done-split"));
    aafke.send(&format!("{path}/splitsen"), &[("letter", &letter)]).await;
    assert_eq!(town.contacts().await, 4, "pressed twice, one contact");
    let (number, own) = town.known(&first).await.beside[0].clone();
    assert_eq!(own.received_at, message.at);
    let split = town.known(&number).await;
    assert_eq!(split.messages[0].body, "En mijn paspoort?");
    assert!(split.letters.len() == 1 && !split.promises.is_empty(), "acknowledged and owed");
    let root = known.messages[0].id.to_string();
    let page = aafke.post(&format!("{path}/splitsen"), &[("letter", &root)]).await;
    page.assert_says(&nl("refusal-not-found"));
}

#[tokio::test]
async fn who_is_away_is_shown_and_hands_over() {
    let town = Town::new();
    let (number, _) = town.resident_asks("Lantaarn").await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    town.employ("fenna", "Fenna Voorbeeld").await;
    let path = format!("/werk/contacten/{number}");
    aafke.send(&format!("{path}/toewijzen"), &[("employee", "self")]).await;
    let wrong = [("employee", "1"), ("first", "2026-11-25"), ("last", "2026-11-24")];
    let page = aafke.post("/werk/afwezig", &wrong).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.assert_says(&nl("staff-absence-days"));
    let away = [
        ("employee", "1"),
        ("first", "2026-11-23"),
        ("last", "2026-11-27"),
        ("stand_in", "2"),
        ("hand_over", "ja"),
    ];
    let page = aafke.send("/werk/afwezig", &away).await;
    page.assert_says("Aafke Voorbeeld");
    page.assert_says("Fenna Voorbeeld vervangt");
    let page = aafke.get(&path).await;
    page.assert_says("Fenna Voorbeeld");
    page.assert_says(&nl("staff-absence-note"));
    assert_eq!(town.known(&number).await.hands.employee, Some(2));
    assert!(page.says("Aafke Voorbeeld (afwezig t/m 27 nov, Fenna Voorbeeld vervangt)"));
    aafke.send("/werk/afwezig/1/weg", &[]).await.assert_says(&nl("staff-absences-none"));
}

#[tokio::test]
async fn what_is_open_of_the_same_person_is_pointed_at_first() {
    let town = Town::new();
    let (number, _) = town.resident_asks("Lantaarn").await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let call = [
        ("channel", "phone"),
        ("kind", "question"),
        ("email", "Jan@example.nl"),
        ("subject", "Belt over de lantaarn"),
        ("date", "2026-11-23"),
        ("time", "09:00"),
    ];
    let page = aafke.post("/werk/registreren", &call).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.assert_says(&nl("staff-alike"));
    page.assert_says("Belt over de lantaarn");
    assert_eq!(town.contacts().await, 1);
    let joined = [&call[..], &[("join", number.as_str())]].concat();
    aafke.send("/werk/registreren", &joined).await;
    assert_eq!(town.contacts().await, 1);
    assert_eq!(town.known(&number).await.messages.len(), 2);
    let new = [&call[..], &[("anyway", "ja")]].concat();
    aafke.send("/werk/registreren", &new).await;
    assert_eq!(town.contacts().await, 2);
}

#[tokio::test]
async fn a_page_that_listens_ends_with_its_session() {
    let town = Town::new();
    let (number, _) = town.resident_asks("Lantaarn").await;
    let item = format!("/werk/contacten/{number}/live");
    for path in ["/werk/live", "/werk/gesprek/live", &item] {
        let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
        let mut stream = aafke.stream(path).await;
        aafke.post("/werk/afmelden", &[]).await;
        // What was on its way is heard; then it is over.
        while let Some(frame) = stream.frame().await {
            frame.expect("bytes");
        }
        assert_eq!(aafke.get(path).await.status, StatusCode::SEE_OTHER);
    }
}

/// So many events, as text.
pub(crate) async fn heard(stream: &mut Body, events: usize) -> String {
    let mut heard = String::new();
    for _ in 0..events {
        let frame = stream.frame().await.expect("an event").expect("bytes");
        heard.push_str(&String::from_utf8_lossy(frame.data_ref().expect("text")));
    }
    heard
}

#[tokio::test]
async fn a_page_that_is_open_is_told_who_else_is_there() {
    let town = Town::new();
    let (number, _) = town.resident_asks("Lantaarn").await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let mut fenna = town.at_work("fenna", "Fenna Voorbeeld").await;
    let path = format!("/werk/contacten/{number}");
    let draft = [("part", "answer"), ("text", "Ik ben bezig"), ("stil", "ja")];
    fenna.post(&format!("{path}/bewaren"), &draft).await;
    let seen = aafke.get(&path).await;
    let live = seen.attribute("data-live");
    // Fenna has it open when something was added since Aafke opened her page.
    let note = [("text", "Netbeheerder gebeld")];
    fenna.send(&format!("{path}/notitie"), &note).await;
    let mut theirs = fenna.stream(&live).await;
    heard(&mut theirs, 1).await;
    let mut mine = aafke.stream(&live).await;
    let heard_there = heard(&mut mine, 2).await;
    assert!(heard_there.contains(&nl("staff-changed")), "{heard_there}");
    let counted = heard(&mut aafke.stream("/werk/live").await, 1).await;
    assert!(counted.contains("event: counts") && counted.contains("\"alles\":1"), "{counted}");
    let said = Words::new(Lang::Nl).say1("staff-here-typing", "who", "Fenna Voorbeeld");
    assert!(heard_there.contains(&said), "{heard_there}");
    let stranger = town.browser().ask(Request::get(live), Body::empty()).await;
    assert_eq!(stranger.status, StatusCode::SEE_OTHER, "who is not signed in hears nothing");
}
