//! A token is believed when all of it holds, and providers are read as they write.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;

const ISSUER: &str = "https://login.example.nl";
const NOW: i64 = 1_780_000_000;

struct Signer(EcdsaKeyPair);

impl Signer {
    fn new() -> Signer {
        let (way, random) = (&ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
        let bytes = EcdsaKeyPair::generate_pkcs8(way, &random).expect("a key");
        Signer(EcdsaKeyPair::from_pkcs8(way, bytes.as_ref(), &random).expect("the same key"))
    }

    fn keys(&self) -> Value {
        let point = self.0.public_key().as_ref();
        let part = |from: usize| BASE64URL_NOPAD.encode(&point[from..from + 32]);
        let (x, y) = (part(1), part(33));
        json!({ "keys": [{ "kty": "EC", "crv": "P-256", "kid": "1", "x": x, "y": y }] })
    }

    fn signs(&self, head: &Value, claims: &Value) -> String {
        let text = |it: &Value| BASE64URL_NOPAD.encode(it.to_string().as_bytes());
        let signed = format!("{}.{}", text(head), text(claims));
        let signature = self.0.sign(&SystemRandom::new(), signed.as_bytes()).expect("signed");
        format!("{signed}.{}", BASE64URL_NOPAD.encode(signature.as_ref()))
    }
}

fn claims() -> Value {
    json!({
        "iss": ISSUER, "aud": "belofte", "sub": "7", "exp": NOW + 300, "iat": NOW - 1,
        "nonce": "n", "name": "Fenna Voorbeeld", "preferred_username": "fenna",
        "groups": ["Klantcontact", 3],
    })
}

fn with(name: &str, value: Value) -> Value {
    let mut claims = claims();
    claims[name] = value;
    claims
}

/// What is found of a token, in a few words.
fn found(signer: &Signer, token: &str) -> String {
    let place = SignOnPlace {
        issuer: ISSUER.to_owned(),
        client: "belofte".to_owned(),
        secret: "geheim".to_owned(),
        ..SignOnPlace::default()
    };
    let sign_on = SignOn::new(place).expect("a place");
    let turn = Turn { state: "s".into(), nonce: "n".into(), verifier: "v".into() };
    let now = Timestamp::from_second(NOW).expect("in range");
    let opened = opened(token, &signer.keys());
    match opened.and_then(|claims| sign_on.check(&claims, &turn, now).map(|()| claims)) {
        Ok(claims) => outsider(ISSUER, CLAIM, &claims, &Value::Null).login,
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_token_is_believed_when_all_of_it_holds() {
    let (signer, other) = (Signer::new(), Signer::new());
    let head = json!({ "alg": "ES256", "kid": "1" });
    for (claims, expected) in [
        (claims(), "fenna"),
        (with("aud", json!(["belofte"])), "fenna"),
        (with("iss", json!("https://elders.example.nl")), "it is of another issuer"),
        (with("aud", json!("ander")), "it is for another program"),
        (with("aud", json!(["belofte", "ander"])), "it is for another program"),
        (with("exp", json!(NOW - CLOCK_SECONDS)), "it is over"),
        (with("exp", Value::Null), "it is over"),
        (with("iat", json!(NOW + CLOCK_SECONDS)), "it is not made yet"),
        (with("nonce", json!("m")), "it is for another visit"),
        (with("sub", json!("")), "it names nobody"),
        (with("sub", json!("x".repeat(256))), "it names nobody"),
    ] {
        let said = found(&signer, &signer.signs(&head, &claims));
        assert_eq!(said.trim_start_matches("the ID token: "), expected, "{claims}");
    }
    let unsigned = "the ID token: no key of the provider signed it";
    assert_eq!(found(&signer, &other.signs(&head, &claims())), unsigned);
    for head in [
        json!({ "alg": "none", "kid": "1" }),
        json!({ "alg": "HS256", "kid": "1" }),
        json!({ "alg": "RS256", "kid": "1" }),
        json!({ "alg": "ES256", "kid": "2" }),
    ] {
        assert_eq!(found(&signer, &signer.signs(&head, &claims())), unsigned, "{head}");
    }
    let whole = signer.signs(&head, &claims());
    let (signed, _) = whole.rsplit_once('.').expect("three parts");
    for broken in ["", "a.b", "a.b.c", &format!("{signed}.")] {
        assert!(found(&signer, broken).starts_with("the ID token"), "{broken}");
    }
}

#[test]
fn groups_and_names_are_read_as_providers_write_them() {
    let person = outsider(ISSUER, CLAIM, &claims(), &Value::Null);
    assert_eq!(person.key, "https://login.example.nl 7");
    assert_eq!((person.groups.as_slice(), person.email), (&["Klantcontact".to_owned()][..], None));
    let bare = json!({ "sub": "7" });
    let told = json!({ "email": "f@example.nl", "groups": "Griffie" });
    let person = outsider(ISSUER, CLAIM, &bare, &told);
    let (name, login) = (person.name.as_str(), person.login.as_str());
    assert_eq!((name, login), ("f@example.nl", "f@example.nl"));
    assert_eq!(person.groups, ["Griffie"]);
    assert_eq!(outsider(ISSUER, CLAIM, &bare, &Value::Null).login, "7");
    // An address counts when the provider says that it is theirs, in the same breath.
    for (verified, email) in [
        (json!(true), Some("f@example.nl")),
        (json!("true"), Some("f@example.nl")),
        (json!(false), None),
        (Value::Null, None),
    ] {
        let told = json!({ "email": "f@example.nl", "email_verified": verified });
        assert_eq!(outsider(ISSUER, CLAIM, &told, &Value::Null).email.as_deref(), email);
        let apart = json!({ "email_verified": true });
        let mixed = outsider(ISSUER, CLAIM, &json!({ "email": "f@example.nl" }), &apart);
        assert_eq!(mixed.email, None);
    }
}

#[test]
fn secrets_go_nowhere_unprotected() {
    for (url, safe) in [
        ("https://login.example.nl", true),
        ("http://127.0.0.1:4000", true),
        ("http://login.example.nl", false),
        ("http://127.0.0.1.example.nl", false),
        ("http://localhost.example.nl", false),
        ("https://login.example.nl/a b", false),
        ("file:///etc/passwd", false),
    ] {
        assert_eq!(is_safe(url), safe, "{url}");
    }
}

/// A provider that counts how often it is asked what it publishes; both issuers of it are one.
async fn counting(slash: &str) -> (SignOn, Arc<AtomicU32>, Signer) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let issuer = format!("http://{}{slash}", listener.local_addr().expect("an address"));
    let (asked, signer) = (Arc::new(AtomicU32::new(0)), Signer::new());
    let place = SignOnPlace {
        issuer: issuer.clone(),
        client: "belofte".to_owned(),
        secret: "geheim".to_owned(),
        ..SignOnPlace::default()
    };
    let (times, keys) = (Arc::clone(&asked), signer.keys());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut bytes = vec![0; 4096];
            let length = stream.read(&mut bytes).await.unwrap_or_default();
            let text = String::from_utf8_lossy(&bytes[..length]).into_owned();
            let place = text.split(' ').nth(1).unwrap_or_default();
            let bare = issuer.trim_end_matches('/');
            let body = match place {
                "/.well-known/openid-configuration" => {
                    times.fetch_add(1, Ordering::SeqCst);
                    json!({
                        "issuer": issuer, "authorization_endpoint": format!("{bare}/go"),
                        "token_endpoint": format!("{bare}/token"),
                        "jwks_uri": format!("{bare}/keys"),
                    })
                }
                _ => keys.clone(),
            };
            let body = body.to_string();
            let length = body.len();
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n");
            let _ = stream.write_all(format!("{head}{body}").as_bytes()).await;
        }
    });
    (SignOn::new(place).expect("a place"), asked, signer)
}

#[tokio::test]
async fn what_a_provider_publishes_is_asked_once_in_a_while() {
    for slash in ["", "/"] {
        let (sign_on, asked, _) = counting(slash).await;
        let turn = Turn { state: "s".into(), nonce: "n".into(), verifier: "v".into() };
        let at = |second: i64| Timestamp::from_second(NOW + second).expect("in range");
        let times = || asked.load(Ordering::SeqCst);
        // Three who come at once ask once.
        let three =
            tokio::join!(sign_on.address(&turn, at(0)), sign_on.address(&turn, at(0)), async {
                sign_on.address(&turn, at(1)).await
            });
        for address in [three.0, three.1, three.2] {
            assert!(address.expect("asked").contains("/go?response_type=code"));
        }
        assert_eq!(times(), 1);
        sign_on.address(&turn, at(KEPT_SECONDS)).await.expect("kept");
        assert_eq!(times(), 1);
        sign_on.address(&turn, at(KEPT_SECONDS + 1)).await.expect("asked again");
        assert_eq!(times(), 2);
        // A key that nobody knows is looked for again, once in a minute at most.
        let stranger = Signer::new();
        let token = stranger.signs(&json!({ "alg": "ES256", "kid": "1" }), &claims());
        let later = KEPT_SECONDS + 1 + AGAIN_SECONDS;
        for (second, expected) in [(later, 2), (later + 1, 3), (later + 2, 3)] {
            sign_on.signed(&token, at(second)).await.expect_err("a stranger");
            assert_eq!(times(), expected, "{second}");
        }
    }
}
