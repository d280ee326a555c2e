//! Every condition of Web Authentication Level 2, 7.1 and 7.2, that applies here, each shown
//! refused: an authenticator of this test's own is bent in one place at a time.

use data_encoding::HEXLOWER;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair};
use serde_json::json;

use super::*;

const ORIGIN: &str = "https://contact.example.nl";
const PLACE: &str = "contact.example.nl";
const CHALLENGE: &str = "Y2hhbGxlbmdl";
const CEREMONY: Ceremony<'_> = Ceremony { origin: ORIGIN, place: PLACE, challenge: CHALLENGE };

/// An authenticator.
enum Device {
    Curve(EcdsaKeyPair),
    Edwards(Ed25519KeyPair),
}

impl Device {
    fn new() -> Device {
        let (way, random) = (&ECDSA_P256_SHA256_ASN1_SIGNING, SystemRandom::new());
        let bytes = EcdsaKeyPair::generate_pkcs8(way, &random).expect("a key");
        let pair = EcdsaKeyPair::from_pkcs8(way, bytes.as_ref(), &random);
        Device::Curve(pair.expect("the same key"))
    }

    fn edwards() -> Device {
        let bytes = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).expect("a key");
        Device::Edwards(Ed25519KeyPair::from_pkcs8(bytes.as_ref()).expect("the same key"))
    }

    /// Its key, as COSE.
    fn key(&self) -> Vec<u8> {
        match self {
            Device::Curve(pair) => {
                let point = pair.public_key().as_ref();
                let (x, y) = (&point[1..33], &point[33..]);
                [b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20", x, b"\x22\x58\x20", y].concat()
            }
            Device::Edwards(pair) => {
                let x = pair.public_key().as_ref();
                [b"\xa4\x01\x01\x03\x27\x20\x06\x21\x58\x20", x].concat()
            }
        }
    }

    fn signs(&self, said: &[u8], client: &[u8]) -> Vec<u8> {
        let message = [said, digest(&SHA256, client).as_ref()].concat();
        match self {
            Device::Curve(pair) => {
                pair.sign(&SystemRandom::new(), &message).expect("signed").as_ref().to_vec()
            }
            Device::Edwards(pair) => pair.sign(&message).as_ref().to_vec(),
        }
    }
}

/// What a browser says, with one thing otherwise.
fn client(kind: &str, name: &str, value: Value) -> Vec<u8> {
    let mut said = json!({ "type": kind, "challenge": CHALLENGE, "origin": ORIGIN });
    if !name.is_empty() {
        said[name] = value;
    }
    said.to_string().into_bytes()
}

/// What an authenticator says, with these flags and what stands behind the counter.
fn says(place: &str, flags: u8, behind: &[u8]) -> Vec<u8> {
    [digest(&SHA256, place.as_bytes()).as_ref(), &[flags, 0, 0, 0, 7], behind].concat()
}

/// A passkey as it stands behind the counter.
fn credential(id: &[u8], key: &[u8]) -> Vec<u8> {
    let length = u16::try_from(id.len()).expect("short").to_be_bytes();
    [&[9; 16][..], &length, id, key].concat()
}

/// The object around it: `{"fmt": …, "attStmt": …, "authData": …}`.
fn object(format: &str, statement: &[u8], said: &[u8]) -> Vec<u8> {
    let text = |text: &str| {
        let length = u8::try_from(text.len()).expect("short");
        [&[0x60 + length], text.as_bytes()].concat()
    };
    let [high, low] = u16::try_from(said.len()).expect("short").to_be_bytes();
    let head = if high == 0 { vec![0x58, low] } else { vec![0x59, high, low] };
    let (fmt, stmt, data) = (text("fmt"), text("attStmt"), text("authData"));
    [&[0xa3][..], &fmt, &text(format), &stmt, statement, &data, &head, said].concat()
}

const CREATE: &str = "webauthn.create";
const GET: &str = "webauthn.get";
const MADE: u8 = PRESENT | VERIFIED | HAS_CREDENTIAL;
const SHOWN: u8 = PRESENT | VERIFIED;
const NOTHING: &[u8] = &[0xa0];

/// What is found of a passkey that is made.
fn making(client: &[u8], attestation: &[u8]) -> Why {
    made(&CEREMONY, &Attested { client, attestation }).err().unwrap_or("believed")
}

/// What is found of one that is shown and signs what was said.
fn showing(device: &Device, client: &[u8], authenticator: &[u8]) -> Why {
    let signature = device.signs(authenticator, client);
    let it = Asserted { client, authenticator, signature: &signature };
    shown(&CEREMONY, &it, &device.key()).err().unwrap_or("believed")
}

/// 7.1, steps 5 to 10; 7.2, steps 9 to 14.
#[test]
fn a_browser_says_which_visit_it_was() {
    let device = Device::new();
    let whole = object("none", NOTHING, &says(PLACE, MADE, &credential(b"id", &device.key())));
    let seen = says(PLACE, SHOWN, b"");
    let (visit, site) = ("it is of another visit", "it is of another site");
    let (framed, bound) =
        ("it was inside a page of another site", "it is bound to another connection");
    for (name, value, expected) in [
        ("", Value::Null, "believed"),
        ("type", json!("payment.get"), "it is of another kind of visit"),
        ("type", Value::Null, "it is of another kind of visit"),
        ("challenge", json!("YW5kZXJz"), visit),
        ("challenge", json!(""), visit),
        ("challenge", json!(7), visit),
        ("origin", json!("https://example.nl"), site),
        ("origin", json!("http://contact.example.nl"), site),
        ("origin", json!("https://contact.example.nl:8443"), site),
        ("origin", json!("https://contact.example.nl.example.com"), site),
        ("crossOrigin", json!(false), "believed"),
        ("crossOrigin", json!(true), framed),
        ("crossOrigin", json!("false"), framed),
        ("topOrigin", json!(ORIGIN), framed),
        ("tokenBinding", json!({ "status": "supported" }), "believed"),
        ("tokenBinding", json!({ "status": "present", "id": "x" }), bound),
    ] {
        assert_eq!(making(&client(CREATE, name, value.clone()), &whole), expected, "{name}");
        assert_eq!(showing(&device, &client(GET, name, value), &seen), expected, "{name}");
    }
    let other = "it is of another kind of visit";
    assert_eq!(making(&client(GET, "", Value::Null), &whole), other);
    assert_eq!(showing(&device, &client(CREATE, "", Value::Null), &seen), other);
    for (bytes, expected) in [
        (b"{".to_vec(), "it can not be read"),
        (b"[]".to_vec(), other),
        (vec![b' '; CLIENT_BYTES_MAX + 1], "it is too long"),
    ] {
        assert_eq!(making(&bytes, &whole), expected);
        assert_eq!(showing(&device, &bytes, &seen), expected);
    }
}

/// 7.1, steps 13 to 15 and 17; 7.2, steps 15 to 18.
#[test]
fn an_authenticator_says_where_it_was_and_that_it_was_its_owner() {
    let device = Device::new();
    let passkey = credential(b"id", &device.key());
    let unread = "it can not be read";
    for (place, flags, behind, expected) in [
        (PLACE, SHOWN, &b""[..], "believed"),
        ("example.nl", SHOWN, b"", "it is for another place"),
        (PLACE, VERIFIED, b"", "nobody was there"),
        (PLACE, PRESENT, b"", "it does not know who was there"),
        (PLACE, SHOWN | IS_COPIED, b"", "it contradicts itself"),
        (PLACE, SHOWN | MAY_BE_COPIED | IS_COPIED, b"", "believed"),
        (PLACE, SHOWN | HAS_MORE, b"\xa1\x61a\xf5", "believed"),
        (PLACE, SHOWN | HAS_MORE, b"\x01", unread),
        (PLACE, SHOWN | HAS_MORE, b"", unread),
        (PLACE, SHOWN, b"\xa0", unread),
    ] {
        let made = says(place, flags | HAS_CREDENTIAL, &[&passkey, behind].concat());
        let create = client(CREATE, "", Value::Null);
        assert_eq!(making(&create, &object("none", NOTHING, &made)), expected, "{flags:b}");
        let (seen, get) = (says(place, flags, behind), client(GET, "", Value::Null));
        for device in [&device, &Device::edwards()] {
            assert_eq!(showing(device, &get, &seen), expected, "{flags:b}");
        }
        assert_ne!(showing(&device, &get, &made), "believed", "made, not shown");
    }
    let (get, short) = (client(GET, "", Value::Null), says(PLACE, SHOWN, b""));
    assert_eq!(showing(&device, &get, &short[..36]), unread);
    assert_eq!(showing(&device, &get, &[0; AUTHENTICATOR_BYTES_MAX + 1]), "it is too long");
}

/// 7.1, steps 12, 16, 18 and 19, and that there is a passkey.
#[test]
fn a_passkey_is_made_and_says_no_more_than_was_asked() {
    let key = Device::new().key();
    let create = client(CREATE, "", Value::Null);
    let whole = says(PLACE, MADE, &credential(b"id", &key));
    let around = |said: &[u8]| object("none", NOTHING, said);
    let holding = |behind: &[u8]| around(&says(PLACE, MADE, behind));
    let (unread, more) = ("it can not be read", "it says more of itself than was asked");
    let name = "its name is too long or empty";
    for (object, expected) in [
        (b"\xa1".to_vec(), unread),
        (b"\xa0".to_vec(), unread),
        ([around(&whole), vec![0]].concat(), unread),
        (vec![0; AUTHENTICATOR_BYTES_MAX + 1], "it is too long"),
        (around(&whole[..36]), unread),
        (holding(&[9; 17]), unread),
        (holding(&credential(b"id", b"\xa1")), unread),
        (holding(&credential(b"id", b"\xa2\x01\x02\x03\x38\x22")), "it is of another kind"),
        (holding(&credential(b"", &key)), name),
        (holding(&credential(&[7; 1024], &key)), name),
        (holding(&credential(&[7; 1023], &key)), "believed"),
        (around(&says(PLACE, SHOWN, b"")), "there is no passkey in it"),
        (object("tpm", NOTHING, &whole), more),
        (object("none", b"\xa1\x61a\x01", &whole), more),
    ] {
        assert_eq!(making(&create, &object), expected, "{object:02x?}");
    }
    let it = Attested { client: &create, attestation: &around(&whole) };
    let new = made(&CEREMONY, &it).expect("believed");
    assert_eq!(new, NewPasskey { credential: b"id".to_vec(), key, counter: 7 });
}

#[test]
fn who_vouches_for_oneself_has_signed_it() {
    let (device, other) = (Device::new(), Device::new());
    let right = client(CREATE, "", Value::Null);
    let whole = says(PLACE, MADE, &credential(b"id", &device.key()));
    let statement = |algorithm: u8, signer: &Device, more: &[u8]| {
        let signature = signer.signs(&whole, &right);
        let length = u8::try_from(signature.len()).expect("short");
        let pairs = if more.is_empty() { 0xa2 } else { 0xa3 };
        [&[pairs, 0x63][..], b"alg", &[algorithm, 0x63], b"sig", &[0x58, length], &signature, more]
            .concat()
    };
    for (statement, expected) in [
        (statement(0x26, &device, b""), "believed"),
        (statement(0x27, &device, b""), "it did not sign what it says"),
        (statement(0x26, &other, b""), "it did not sign what it says"),
        (statement(0x26, &device, b"\x63x5c\x80"), "it says more of itself than was asked"),
        (NOTHING.to_vec(), "it did not sign what it says"),
    ] {
        let object = object("packed", &statement, &whole);
        assert_eq!(making(&right, &object), expected);
    }
}

/// 7.2, steps 19 and 20: the signature is of this key, over all that was said.
#[test]
fn a_passkey_is_shown_by_who_has_it() {
    let (device, other) = (Device::new(), Device::new());
    let right = client(GET, "", Value::Null);
    let whole = says(PLACE, SHOWN, b"");
    let signature = device.signs(&whole, &right);
    let spaced = [&right[..], b" "].concat();
    let counted = [&whole[..36], &[8]].concat();
    let unsigned = Err("it did not sign what it says");
    for (client, authenticator, signature, key, expected) in [
        (&right, &whole, &signature, device.key(), Ok(7)),
        (&right, &whole, &signature, other.key(), unsigned),
        (&spaced, &whole, &signature, device.key(), unsigned),
        (&right, &counted, &signature, device.key(), unsigned),
        (&right, &whole, &Vec::new(), device.key(), unsigned),
        (&right, &whole, &signature, NOTHING.to_vec(), Err("it is of another kind")),
    ] {
        let it = Asserted { client, authenticator, signature };
        assert_eq!(shown(&CEREMONY, &it, &key), expected);
    }
}

#[test]
fn keys_are_of_three_kinds() {
    let (curve, edwards) = (Device::new().key(), Device::edwards().key());
    let bent = |key: &[u8], at: usize, byte: u8| {
        let mut key = key.to_vec();
        key[at] = byte;
        key
    };
    let rsa = |modulus: usize| {
        let length = u16::try_from(modulus).expect("short").to_be_bytes();
        let head = b"\xa4\x01\x03\x03\x39\x01\x00\x20\x59";
        [&head[..], &length, &vec![0xff; modulus], b"\x21\x43\x01\x00\x01"].concat()
    };
    for (key, expected) in [
        (curve.clone(), Some(-7)),
        (edwards.clone(), Some(-8)),
        (rsa(256), Some(-257)),
        (rsa(512), Some(-257)),
        (rsa(513), None),
        // The algorithm of another kind, another curve, a point that is cut, something behind it.
        (bent(&curve, 4, 0x27), None),
        (bent(&edwards, 4, 0x26), None),
        (bent(&curve, 6, 0x02), None),
        (bent(&edwards, 6, 0x01), None),
        (curve[..curve.len() - 1].to_vec(), None),
        ([&curve[..], &[0]].concat(), None),
    ] {
        assert_eq!(Key::read(&key).map(|key| key.algorithm()), expected, "{key:02x?}");
    }
}

/// Made once with `openssl genrsa 2048` and `openssl dgst -sha256 -sign`.
#[test]
fn an_rsa_key_signed_this() {
    let hex = |text: &str| HEXLOWER.decode(text.replace('\n', "").as_bytes()).expect("hex");
    let n = hex(include_str!("rsa-modulus.txt"));
    let signature = hex(include_str!("rsa-signature.txt"));
    let key = Key::Rs256 { n: &n, e: &[1, 0, 1] };
    assert!(key.signed(b"belofte", &signature));
    assert!(!key.signed(b"beloften", &signature));
}
