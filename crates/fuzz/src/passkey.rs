//! What a browser and an authenticator say about a passkey. Two bytes say how long the browser's
//! part is; the rest is the authenticator's.

use channels::WITNESS;
use desk::{Asserted, Attested, Ceremony};

/// The visit that the seeds are of.
const CEREMONY: Ceremony<'_> = Ceremony {
    origin: "https://contact.example.nl",
    place: "contact.example.nl",
    challenge: "Y2hhbGxlbmdl",
};
/// The longest name of a passkey, in bytes (Web Authentication, 7.1).
const CREDENTIAL_BYTES_MAX: usize = 1023;

/// Read the same way twice; what is believed stands in the bytes, within its limits, and opens
/// nothing that it did not sign.
pub(crate) fn holds(bytes: &[u8]) {
    let (length, rest) = bytes.split_first_chunk::<2>().unwrap_or((&[0, 0], bytes));
    let length = usize::from(u16::from_be_bytes(*length)).min(rest.len());
    let (client, said) = rest.split_at(length);
    let attested = Attested { client, attestation: said };
    let made = (WITNESS.made)(&CEREMONY, &attested);
    assert_eq!((WITNESS.made)(&CEREMONY, &attested), made);
    let key = made.as_ref().map(|it| it.key.clone()).unwrap_or_default();
    if let Ok(passkey) = made {
        assert!((1..=CREDENTIAL_BYTES_MAX).contains(&passkey.credential.len()));
        for part in [&passkey.credential, &passkey.key] {
            assert!(said.windows(part.len()).any(|window| window == part.as_slice()));
        }
    }
    for key in [key.as_slice(), said] {
        let asserted = Asserted { client, authenticator: said, signature: b"" };
        assert!((WITNESS.shown)(&CEREMONY, &asserted, key).is_err(), "nothing was signed");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The seed is right, or the fuzzer would never come to the keys.
    #[test]
    fn the_seed_holds_a_passkey() {
        let bytes = include_bytes!("../seeds/passkey/made.eml");
        let (length, rest) = bytes.split_first_chunk::<2>().expect("a length");
        let (client, attestation) = rest.split_at(usize::from(u16::from_be_bytes(*length)));
        let made = (WITNESS.made)(&CEREMONY, &Attested { client, attestation });
        assert_eq!(made.map(|it| it.credential), Ok(b"sleutel".to_vec()));
    }
}
