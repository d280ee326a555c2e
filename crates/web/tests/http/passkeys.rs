//! Passkeys through the pages: added after the password, shown at the door, taken away. What a
//! browser says is judged by a stand-in here; the judging has its own tables.

use axum::http::StatusCode;
use data_encoding::BASE64URL_NOPAD;
use desk::{Asserted, Attested, Ceremony, NewPasskey, Witness};
use words::{Lang, Words};

use crate::town::{Browser, PASSWORD, Page, Town};

const ACCESS: &str = "/werk/mij/toegang";

/// Believes a browser that says the challenge; the attestation is the passkey, its key is "key",
/// and the signature is the counter.
const WITNESS: Witness = Witness { made, shown };

fn made(ceremony: &Ceremony<'_>, it: &Attested<'_>) -> Result<NewPasskey, &'static str> {
    assert_eq!(ceremony.origin, "https://gemeente.example.nl");
    assert_eq!(ceremony.place, "gemeente.example.nl");
    if it.client != ceremony.challenge.as_bytes() {
        return Err("it is of another visit");
    }
    let (credential, key) = (it.attestation.to_vec(), b"key".to_vec());
    Ok(NewPasskey { credential, key, counter: 0 })
}

fn shown(ceremony: &Ceremony<'_>, it: &Asserted<'_>, key: &[u8]) -> Result<u32, &'static str> {
    let right = it.client == ceremony.challenge.as_bytes() && key == b"key";
    if right { Ok(it.signature[0].into()) } else { Err("it is of another visit") }
}

fn nl(key: &str) -> String {
    Words::new(Lang::Nl).say(key)
}

fn text(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}

/// What stands in a page between these two.
fn data<'a>(page: &'a Page, name: &str) -> &'a str {
    let rest = page.body.split(&format!("data-{name}=\"")).nth(1).expect("it is there");
    rest.split('"').next().expect("it ends")
}

/// Asks for a challenge and shows a passkey with it.
async fn shows(browser: &mut Browser<'_>, id: &[u8], user: &str, counter: u8) -> Page {
    let asked = browser.post("/werk/aanmelden/sleutel/vraag", &[]).await;
    let asked: serde_json::Value = serde_json::from_slice(&asked.bytes).expect("JSON");
    assert_eq!(asked["place"], "gemeente.example.nl");
    let challenge = asked["challenge"].as_str().expect("a challenge");
    let fields = [
        ("challenge", challenge),
        ("credential", &text(id)),
        ("user", user),
        ("client", &text(challenge.as_bytes())),
        ("signature", &text(&[counter])),
        ("next", "/werk?lijst=mijn"),
    ];
    browser.post("/werk/aanmelden/sleutel", &fields).await
}

#[tokio::test]
async fn a_passkey_is_added_with_the_password_and_opens_the_door() {
    let town = Town::witnessed(WITNESS);
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let begin = format!("{ACCESS}/sleutel-begin");
    let wrong = aafke.post(&begin, &[("name", "Telefoon"), ("password", "fout fout fout")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.assert_says(&nl("refusal-wrong-password"));
    let right = [("name", "Telefoon"), ("password", PASSWORD)];
    let page = aafke.post(&begin, &right).await;
    assert_eq!((data(&page, "place"), data(&page, "login")), ("gemeente.example.nl", "aafke"));
    let (challenge, user) = (page.hidden("challenge"), data(&page, "user").to_owned());
    let made = format!("{ACCESS}/sleutel");
    let (client, id) = (text(challenge.as_bytes()), text(b"sleutel"));
    let mut fields = [
        ("name", "Telefoon"),
        ("challenge", challenge.as_str()),
        ("client", "b25zaW4"),
        ("attestation", id.as_str()),
    ];
    let refused = aafke.post(&made, &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.assert_says(&nl("refusal-passkey-not-made"));
    fields[2].1 = &client;
    let page = aafke.send(&made, &fields).await;
    page.assert_says(&nl("staff-passkey-added"));
    page.assert_says("Telefoon");
    let again = aafke.post(&made, &fields).await;
    again.assert_says(&nl("refusal-passkey-not-made"));
    // Who has it comes in; with a second step there is none to make after it.
    let mut other = town.browser();
    assert!(other.get("/werk/aanmelden").await.body.contains("data-passkey=\"show\""));
    let inside = shows(&mut other, b"sleutel", &user, 1).await;
    assert_eq!(inside.location(), "/werk?lijst=mijn");
    assert_eq!(other.get("/werk").await.status, StatusCode::OK);
    for (id, user, counter) in
        [(&b"anders"[..], user.as_str(), 2), (b"sleutel", "b25zaW4", 2), (b"", "", 2)]
    {
        let page = shows(&mut town.browser(), id, user, counter).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        page.assert_says(&nl("staff-passkey-sign-in-failed"));
    }
    // Removed: it opens nothing any more.
    let page = aafke.get(ACCESS).await;
    let row = page.body.split("name=\"passkey\" value=\"").nth(1).expect("a button");
    let row = row.split('"').next().expect("a key");
    let page = aafke.send(&format!("{ACCESS}/sleutel-weg"), &[("passkey", row)]).await;
    page.assert_says(&nl("staff-passkey-removed"));
    let page = shows(&mut town.browser(), b"sleutel", &user, 3).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let facts = town.facts("account-changed").await.join("\n");
    for change in ["passkey-added", "passkey-removed"] {
        assert!(facts.contains(&format!("\"{change}\"")), "{change}: {facts}");
    }
    assert!(!facts.contains("Telefoon"), "no names in facts: {facts}");
}

#[tokio::test]
async fn guessing_with_passkeys_is_slowed_down_with_everything_else() {
    let town = Town::witnessed(WITNESS);
    town.employ("aafke", "Aafke Voorbeeld").await;
    let mut thief = town.browser();
    for _ in 0..10 {
        let page = shows(&mut thief, b"sleutel", "b25zaW4", 1).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let page = shows(&mut thief, b"sleutel", "b25zaW4", 1).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    let fields = [("name", "aafke"), ("password", PASSWORD)];
    let page = thief.post("/werk/aanmelden", &fields).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS, "from the same address");
}
