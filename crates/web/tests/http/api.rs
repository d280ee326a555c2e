//! The interface for programs of suppliers, from the outside.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use desk::{API_REQUESTS_MAX, NewToken, Role, Scope, TokenSecret};
use serde_json::{Value, json};

use crate::town::{Page, Town};

/// A program with a token, or without.
pub(crate) struct Program<'a> {
    town: &'a Town,
    token: Option<String>,
}

impl Town {
    /// A program that may this.
    pub(crate) async fn program(&self, scopes: &[Scope]) -> Program<'_> {
        let secret = TokenSecret::new(&self.desk.random());
        let asked = NewToken { name: "Zaken".to_owned(), scopes: scopes.to_vec(), days: 7 };
        let made = secret.clone();
        let making =
            self.desk.write(move |tx, _, now| desk::make_token(tx, now, None, &asked, &made));
        making.await.unwrap();
        Program { town: self, token: Some(secret.text().to_owned()) }
    }
}

impl Program<'_> {
    async fn ask(
        &self,
        (method, path): (&str, &str),
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> Page {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = match body {
            None => Body::empty(),
            Some(body) => {
                request = request.header("content-type", "application/json");
                Body::from(body.to_string())
            }
        };
        let page = self.town.browser().ask(request, body).await;
        assert!(!page.status.is_server_error(), "{path}: {}", page.body);
        assert_eq!(page.header("api-version"), "1.1.0", "{path}");
        if page.status.is_client_error() {
            assert_eq!(page.header("content-type"), "application/problem+json", "{path}");
            assert_eq!(page.json()["status"], page.status.as_u16(), "{path}");
        }
        page
    }

    pub(crate) async fn get(&self, path: &str) -> Page {
        self.ask(("GET", path), &[], None).await
    }

    pub(crate) async fn post(&self, path: &str, key: &str, body: Value) -> Page {
        self.ask(("POST", path), &[("idempotency-key", key)], Some(body)).await
    }
}

impl Page {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.body))
    }

    /// What is wrong, as "where code".
    fn wrong(&self) -> Vec<String> {
        let errors = self.json()["errors"].as_array().cloned().unwrap_or_default();
        let said = |it: &Value| {
            let place = if it["pointer"].is_null() { &it["name"] } else { &it["pointer"] };
            format!("{} {}", place.as_str().unwrap(), it["code"].as_str().unwrap())
        };
        errors.iter().map(said).collect()
    }
}

const BOTH: [Scope; 2] = [Scope::ReadContacts, Scope::WriteContacts];

fn question(subject: &str) -> Value {
    json!({ "channel": "form", "kind": "question", "subject": subject, "text": "Kan dat?",
        "email": "jan@example.nl" })
}

#[tokio::test]
async fn open_data_is_for_everybody() {
    let town = Town::new();
    let nobody = Program { town: &town, token: None };
    for (path, field) in [
        ("/api/v1/norms", "municipality"),
        ("/api/v1/opening-hours", "timeZone"),
        ("/api/v1/results", "countedAt"),
    ] {
        let page = nobody.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
        assert_eq!(page.header("access-control-allow-origin"), "*", "{path}");
        assert!(page.json()[field].is_string() && page.json()["items"].is_array(), "{path}");
        let same = nobody.ask(("GET", path), &[("if-none-match", page.header("etag"))], None).await;
        assert_eq!((same.status, same.body.as_str()), (StatusCode::NOT_MODIFIED, ""), "{path}");
        assert!(page.headers.get("set-cookie").is_none());
    }
    let odd = nobody.get("/api/v1/norms?lang=fy&colour=red").await;
    assert_eq!(odd.wrong(), ["colour unknown", "lang unknown"]);
    let doc = nobody.get("/api/v1/openapi.json").await.json();
    assert_eq!(doc["openapi"], "3.1.0");
    assert_eq!(doc["info"]["version"], "1.1.0");
    assert!(doc["paths"]["/contacts/{number}/notes"]["post"].is_object());
    let told = &doc["webhooks"]["event"]["post"]["requestBody"]["content"];
    let shape = &told["application/cloudevents+json"]["schema"]["$ref"];
    assert_eq!(shape, "#/components/schemas/Event");
    let types = doc["components"]["schemas"]["Event"]["properties"]["type"]["enum"].as_array();
    assert_eq!(types.map(Vec::len), Some(desk::EventType::ALL.len() + 1));
}

#[tokio::test]
async fn everything_else_asks_for_a_token_with_the_scope() {
    let town = Town::new();
    let nobody = Program { town: &town, token: None };
    let page = nobody.get("/api/v1/contacts").await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED);
    assert_eq!(page.header("www-authenticate"), "Bearer");
    let stranger = Program { town: &town, token: Some("belofte_x".to_owned()) };
    let page = stranger.get("/api/v1/contacts").await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED);
    assert!(page.header("www-authenticate").starts_with("Bearer error"));
    let reader = town.program(&[Scope::ReadContacts]).await;
    assert_eq!(reader.get("/api/v1/contacts").await.status, StatusCode::OK);
    let page = reader.post("/api/v1/contacts", "a", question("Paspoort")).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    town.wait_hours(24 * 7);
    assert_eq!(reader.get("/api/v1/contacts").await.status, StatusCode::UNAUTHORIZED, "over");
    // The session of an employee opens nothing here.
    let mut browser = town.at_work("els", "Els Voorbeeld").await;
    assert_eq!(browser.get("/api/v1/contacts").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn whatever_goes_wrong_is_told_as_a_problem() {
    let town = Town::new();
    let program = town.program(&BOTH).await;
    for (method, path, status) in [
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/v1/contacts/", 404),
        ("GET", "/api/v2/contacts", 404),
        ("GET", "/api/v1/contacts/2026-999999", 404),
        ("GET", "/api/v1/contacts/%FF", 400),
        ("DELETE", "/api/v1/contacts", 405),
        ("GET", "/api/v1/contacts?cursor=x", 400),
        ("GET", "/api/v1/contacts?limit=0&limit=1", 400),
        ("GET", "/api/v1/contacts?receivedSince=", 400),
        ("POST", "/api/v1/contacts", 415),
    ] {
        let page = program.ask((method, path), &[], None).await;
        assert_eq!(page.status.as_u16(), status, "{method} {path}: {}", page.body);
    }
    let page = program.ask(("DELETE", "/api/v1/contacts"), &[], None).await;
    assert!(page.header("allow").contains("POST"), "{}", page.header("allow"));
    let json_kind = [("content-type", "application/json"), ("idempotency-key", "a")];
    for (body, status) in [("{", 400), ("[]", 400), ("", 400)] {
        let mut request = Request::post("/api/v1/contacts");
        request =
            request.header("authorization", format!("Bearer {}", program.token.clone().unwrap()));
        for (name, value) in json_kind {
            request = request.header(name, value);
        }
        let page = town.browser().ask(request, Body::from(body)).await;
        assert_eq!(page.status.as_u16(), status, "{body}: {}", page.body);
    }
    let large = program.post("/api/v1/contacts", "a", question(&"x".repeat(300_000))).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    let wrong = json!({ "channel": "pigeon", "subject": "", "email": "jan", "phone": "bel",
        "receivedAt": "2027-01-01T00:00:00Z", "facets": { "colour": "red" }, "colour": "red" });
    let page = program.post("/api/v1/contacts", "a", wrong).await;
    let expected = [
        "/email value",
        "/phone value",
        "/receivedAt value",
        "/kind missing",
        "/subject missing",
        "/facets/colour unknown",
        "/colour unknown",
        "/channel value",
    ];
    let (mut said, mut expected) = (page.wrong(), expected.map(str::to_owned));
    said.sort();
    expected.sort();
    assert_eq!(said, expected, "{}", page.body);
    assert_eq!(town.contacts().await, 0);
}

#[tokio::test]
async fn a_contact_is_taken_in_once_and_read_back() {
    let town = Town::new();
    let program = town.program(&BOTH).await;
    let keyless = program.ask(("POST", "/api/v1/contacts"), &[], Some(question("Paspoort"))).await;
    assert_eq!(keyless.wrong(), ["Idempotency-Key missing"]);
    let first = program.post("/api/v1/contacts", "a", question("Paspoort")).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.body);
    let again = program.post("/api/v1/contacts", "a", question("Paspoort")).await;
    assert_eq!((again.status, &again.body), (StatusCode::CREATED, &first.body));
    assert_eq!(again.location(), first.location());
    let other = program.post("/api/v1/contacts", "a", question("Rijbewijs")).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(town.contacts().await, 1);
    let receipt = first.json();
    let duties: Vec<&str> = receipt["promises"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["duty"].as_str().unwrap())
        .collect();
    assert!(duties.contains(&"acknowledge") && duties.len() > 1, "{duties:?}");
    town.deliver().await;
    let read = program.get(first.location()).await;
    assert_eq!(read.json()["messages"][0]["text"], "Kan dat?", "{}", read.body);
    assert_eq!(read.json()["state"], "open");
    let tag = read.header("etag").to_owned();
    let same = program.ask(("GET", first.location()), &[("if-none-match", &tag)], None).await;
    assert_eq!(same.status, StatusCode::NOT_MODIFIED);
    let kept = program.get(&format!("{}/promises", first.location())).await.json();
    assert_eq!(kept["items"][0]["state"], "kept", "{kept}");
    let owed = program.get("/api/v1/promises").await.json();
    assert_eq!(owed["items"].as_array().unwrap().len(), 1, "{owed}");
    let none = program.get("/api/v1/promises?dueBefore=2026-11-23T00:00:00Z").await.json();
    assert!(none["items"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn notes_are_added_and_a_class_is_corrected_on_its_version() {
    let town = Town::new();
    let program = town.program(&BOTH).await;
    let made = program.post("/api/v1/contacts", "a", question("Paspoort")).await;
    let place = made.location().to_owned();
    let before = program.get(&place).await.header("etag").to_owned();
    let note = program.post(&format!("{place}/notes"), "n", json!({ "text": "Zaak 12." })).await;
    assert_eq!(note.status, StatusCode::CREATED, "{}", note.body);
    assert!(note.json()["followUrl"].is_null());
    let read = program.get(&place).await;
    assert_eq!(read.json()["messages"][1]["source"], "note");
    let fyi = || Some(json!({ "class": "fyi" }));
    let page = program.ask(("PATCH", &place), &[], fyi()).await;
    assert_eq!(page.status, StatusCode::PRECONDITION_REQUIRED);
    let page = program.ask(("PATCH", &place), &[("if-match", &before)], fyi()).await;
    assert_eq!(page.status, StatusCode::PRECONDITION_FAILED);
    let now = read.header("etag").to_owned();
    let page = program.ask(("PATCH", &place), &[("if-match", &now)], fyi()).await;
    assert_eq!((page.status, &page.json()["class"]), (StatusCode::OK, &json!("fyi")));
    assert_ne!(page.header("etag"), now);
    let latest = page.header("etag").to_owned();
    let page = program.ask(("PATCH", &place), &[("if-match", &latest)], fyi()).await;
    assert_eq!(page.status, StatusCode::CONFLICT, "{}", page.body);
    // An employee sees which connection it was.
    let mut els = town.at_work("els", "Els Voorbeeld").await;
    let number = place.rsplit('/').next().unwrap();
    els.get(&format!("/werk/contacten/{number}")).await.assert_says("via koppeling 1");
}

#[tokio::test]
async fn call_backs_and_reports_have_lists_of_their_own() {
    let town = Town::new();
    let program = town.program(&BOTH).await;
    let call = json!({ "phone": "06-12345678", "name": "Jan", "subject": "Vergunning" });
    let page = program.post("/api/v1/call-backs", "a", call).await;
    assert_eq!(page.status, StatusCode::CREATED, "{}", page.body);
    let report = json!({ "category": "light", "place": "Voorstraat 10", "text": "Lamp uit",
        "location": { "latitude": 53.1745, "longitude": 5.4225 } });
    let page = program.post("/api/v1/reports", "b", report).await;
    assert_eq!(page.status, StatusCode::CREATED, "{}", page.body);
    let calls = program.get("/api/v1/call-backs?state=open").await.json();
    assert_eq!(calls["items"][0]["phone"], "06-12345678", "{calls}");
    assert!(calls["items"][0]["dueAt"].is_string(), "{calls}");
    let reports = program.get("/api/v1/reports").await.json();
    assert_eq!(reports["items"][0]["category"], "light", "{reports}");
    assert_eq!(reports["items"][0]["location"]["latitude"], 53.1745, "{reports}");
    let wrong = json!({ "category": "dragon", "place": "x", "text": "x" });
    let page = program.post("/api/v1/reports", "c", wrong).await;
    assert_eq!(page.wrong(), ["/category value"]);
    let page = program.post("/api/v1/call-backs", "d", json!({ "subject": "x" })).await;
    assert_eq!(page.wrong(), ["/phone missing"]);
}

#[tokio::test]
async fn pages_stay_what_they_are_while_contacts_arrive() {
    let town = Town::new();
    let program = town.program(&BOTH).await;
    for number in 0..5 {
        let key = format!("k{number}");
        program.post("/api/v1/contacts", &key, question(&format!("Vraag {number}"))).await;
        town.wait_seconds(1);
    }
    let (mut path, mut seen) = ("/api/v1/contacts?limit=2&kind=question".to_owned(), Vec::new());
    loop {
        let page = program.get(&path).await.json();
        let items = page["items"].as_array().unwrap().clone();
        assert!(items.len() <= 2);
        seen.extend(items.iter().map(|it| it["subject"].as_str().unwrap().to_owned()));
        if seen.len() == 2 {
            program.post("/api/v1/contacts", "late", question("Later")).await;
        }
        match page["next"].as_str() {
            Some(next) => path = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(seen, ["Vraag 0", "Vraag 1", "Vraag 2", "Vraag 3", "Vraag 4", "Later"]);
    let open = program.get("/api/v1/contacts?state=closed").await.json();
    assert!(open["items"].as_array().unwrap().is_empty());
    let since = program.get("/api/v1/contacts?receivedSince=2026-11-23T08:00:03Z").await.json();
    assert_eq!(since["items"].as_array().unwrap().len(), 3, "{since}");
}

#[tokio::test]
async fn too_many_requests_wait_for_the_next_minute() {
    let town = Town::new();
    let program = town.program(&BOTH).await;
    for _ in 0..API_REQUESTS_MAX {
        assert_eq!(program.get("/api/v1/promises").await.status, StatusCode::OK);
    }
    let page = program.get("/api/v1/promises").await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(page.header("retry-after"), "60");
    town.wait_seconds(60);
    assert_eq!(program.get("/api/v1/promises").await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_administrator_makes_a_connection_sees_its_secret_once_and_ends_it() {
    let town = Town::new();
    let roles = [Role::Administrator].into_iter().collect();
    town.employ_as("baas", "De Baas", roles).await;
    let mut boss = town.sign_in("baas").await;
    let refused = boss.post("/werk/koppelingen", &[("name", "Centrale"), ("days", "9")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("value=\"Centrale\""), "what was typed stays");
    let fields = [("name", "Centrale"), ("days", "9"), ("scope", "contacts:read")];
    let made = boss.post("/werk/koppelingen", &fields).await;
    let secret = made.body.split("value=\"belofte_").nth(1).unwrap().split('"').next().unwrap();
    let program = Program { town: &town, token: Some(format!("belofte_{secret}")) };
    assert_eq!(program.get("/api/v1/contacts").await.status, StatusCode::OK);
    let list = boss.get("/werk/koppelingen").await;
    assert!(list.body.contains("Centrale") && !list.body.contains("belofte_"), "{}", list.body);
    let ended = boss.post("/werk/koppelingen/1/eind", &[]).await;
    assert_eq!(ended.status, StatusCode::OK, "{}", ended.body);
    assert_eq!(program.get("/api/v1/contacts").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn subscriptions_are_made_tried_and_ended_in_the_workspace() {
    let town = Town::new();
    let roles = [Role::Administrator].into_iter().collect();
    town.employ_as("baas", "De Baas", roles).await;
    let mut boss = town.sign_in("baas").await;
    let place = "/werk/koppelingen/abonnementen";
    let typed = [("about", "Zaken"), ("address", "http://zaken.example.nl/"), ("agreed", "ja")];
    let refused = boss.post(place, &typed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("value=\"http://zaken.example.nl/\""), "what was typed stays");
    let typed = [
        ("about", "Zaken"),
        ("address", "https://zaken.example.nl/in"),
        ("type", "nl.belofte.contact.closed"),
    ];
    let made = boss.post(place, &typed).await;
    assert!(made.body.contains("value=\"belofte_"), "{}", made.body);
    let list = boss.get("/werk/koppelingen").await;
    assert!(list.body.contains(">zaken.example.nl/in<"), "{}", list.body);
    assert!(!list.body.contains("belofte_"), "shown once");
    for (deed, said) in [
        ("pause", "Het abonnement staat stil."),
        ("test", "Er gaat een proefbericht uit."),
        ("resume", "Het abonnement staat weer aan."),
    ] {
        let done = boss.post(&format!("{place}/1"), &[("do", deed)]).await;
        assert_eq!(done.status, StatusCode::OK, "{deed}: {}", done.body);
        assert!(done.body.contains(said), "{deed}: {}", done.body);
    }
    for (from, status) in [
        ("2025-11-23 09:00", StatusCode::OK),
        ("1", StatusCode::OK),
        ("23-11-2999 09:00", StatusCode::UNPROCESSABLE_ENTITY),
        ("gisteren", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let done = boss.post(&format!("{place}/1"), &[("do", "replay"), ("from", from)]).await;
        assert_eq!(done.status, status, "{from}");
    }
    let ended = boss.post(&format!("{place}/1"), &[("do", "close")]).await;
    assert_eq!(ended.status, StatusCode::OK);
    let again = boss.post(&format!("{place}/1"), &[("do", "resume")]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "it is over");
}

/// The words of a command as a shell takes them apart.
fn shell_words(command: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for sign in command.replace("\\\n", " ").chars() {
        match (quote, sign) {
            (None, '"' | '\'') => {
                quote = Some(sign);
                word.get_or_insert_default();
            }
            (Some(open), _) if open == sign => quote = None,
            (None, _) if sign.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(sign),
        }
    }
    words.extend(word);
    words
}

#[tokio::test]
async fn the_examples_of_the_page_do_what_they_say() {
    let town = Town::new();
    let program = town.program(&BOTH).await;
    let token = program.token.clone().unwrap();
    let page = town.browser().get("/api").await;
    let (mut number, mut tag) = (String::new(), String::new());
    let examples = web::pages::api_examples();
    assert!(examples.len() > 5);
    for example in examples {
        page.assert_says(example.title);
        page.assert_says(example.command.lines().next().unwrap());
        if !number.is_empty() {
            let path = format!("/api/v1/contacts/{number}");
            tag = program.get(&path).await.header("etag").to_owned();
        }
        let filled = |word: &String| {
            let site = "https://gemeente.example.nl";
            let word = word.replace(&format!("{site}/"), "/").replace("$SITE", "");
            word.replace("$TOKEN", &token).replace("$NUMBER", &number).replace("$ETAG", &tag)
        };
        let words: Vec<String> = shell_words(example.command).iter().map(filled).collect();
        let after = |flag: &str| {
            let values = words.windows(2).filter(move |pair| pair[0] == flag);
            values.map(|pair| pair[1].clone()).collect::<Vec<_>>()
        };
        let method = after("-X").first().cloned().unwrap_or_else(|| "GET".to_owned());
        let path = words.iter().find(|word| word.starts_with("/api/")).unwrap();
        let mut request = Request::builder().method(method.as_str()).uri(path);
        for header in after("-H") {
            let (name, value) = header.split_once(": ").unwrap();
            request = request.header(name, value);
        }
        let body = Body::from(after("-d").concat());
        let answer = town.browser().ask(request, body).await;
        let said = answer.status.as_u16().to_string();
        assert_eq!(said, example.status, "{}: {}", example.command, answer.body);
        if number.is_empty() && answer.status == StatusCode::CREATED {
            number = answer.json()["number"].as_str().unwrap().to_owned();
        }
    }
}

#[tokio::test]
async fn every_problem_has_its_place_on_the_page() {
    let town = Town::new();
    let program = town.program(&[Scope::ReadContacts]).await;
    let page = town.browser().get("/api").await;
    for (method, path) in [
        ("GET", "/api/v1/nothing"),
        ("PUT", "/api/v1/contacts"),
        ("GET", "/api/v1/contacts?x=1"),
        ("PATCH", "/api/v1/contacts/2026-000001"),
    ] {
        let problem = program.ask((method, path), &[], None).await.json();
        let place = problem["type"].as_str().unwrap().strip_prefix("/api#").unwrap().to_owned();
        assert!(page.body.contains(&format!("id=\"{place}\"")), "{problem}");
    }
}
