//! What a telephone exchange sends. The first byte says which hook; the rest is the body.

use channels::exchange::{At, CALL_ID_MAX, Hook, Told, Unread, jambonz, twiml};

/// The most characters of a number, with its plus.
const NUMBER_CHARS_MAX: usize = 16;

/// Read the same way twice; a call can stand in an address, a number can be called, and nothing is
/// signed by bytes that do not know the secret.
pub(crate) fn holds(bytes: &[u8]) {
    let (which, body) = bytes.split_first().unwrap_or((&0, bytes));
    let hook = Hook::ALL[usize::from(*which) % Hook::ALL.len()];
    for at in [At::default(), At { call: Some("CA1"), turn: 7 }] {
        for told in [jambonz::told, twiml::told] {
            right(&told(hook, at, body), &told(hook, at, body));
        }
    }
    let _ = (jambonz::taking(body), twiml::taking(body));
    let header = String::from_utf8_lossy(body);
    let now = jiff::Timestamp::UNIX_EPOCH;
    assert!(jambonz::signed("geheim", &header, body, now).is_err());
    assert!(twiml::signed("geheim", &header, "https://example.nl/", body).is_err());
}

fn right(told: &Result<Told, Unread>, again: &Result<Told, Unread>) {
    assert_eq!(told, again);
    let Ok(told) = told else { return };
    assert!((1..=CALL_ID_MAX).contains(&told.call.len()));
    assert!(!told.call.contains(['/', '?', '&', '#', ' ', '%']));
    assert!(told.id.starts_with(&told.call));
    let number = told.number.as_deref().unwrap_or("00000000");
    assert!(number.len() <= NUMBER_CHARS_MAX);
    assert!(number.trim_start_matches('+').bytes().all(|it| it.is_ascii_digit()));
}
