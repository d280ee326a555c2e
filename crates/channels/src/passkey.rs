//! Passkeys: what a browser says that an authenticator made or signed is believed when all of it
//! holds (Web Authentication Level 2, 7.1 and 7.2). It comes from strangers, so it is read strictly
//! and within limits. Who made the authenticator is not asked: attestation is "none".

mod cbor;
mod key;
#[cfg(test)]
mod tests;

use desk::{Asserted, Attested, Ceremony, NewPasskey, Witness};
use ring::digest::{SHA256, digest};
use serde_json::Value;
use subtle::ConstantTimeEq;

use self::cbor::{Item, first, whole};
use self::key::Key;

/// How passkeys are judged.
pub const WITNESS: Witness = Witness { made, shown };

/// The most bytes that a browser says about itself.
const CLIENT_BYTES_MAX: usize = 4 * 1024;
/// The most bytes of what an authenticator says.
const AUTHENTICATOR_BYTES_MAX: usize = 16 * 1024;
/// The most bytes by which an authenticator knows a passkey.
const CREDENTIAL_BYTES_MAX: usize = 1023;

/// Somebody was there.
const PRESENT: u8 = 1;
/// The authenticator knows that it was its owner.
const VERIFIED: u8 = 1 << 2;
/// The passkey may be kept in more places than one.
const MAY_BE_COPIED: u8 = 1 << 3;
/// It is.
const IS_COPIED: u8 = 1 << 4;
/// A passkey stands in it.
const HAS_CREDENTIAL: u8 = 1 << 6;
/// More stands behind it.
const HAS_MORE: u8 = 1 << 7;

/// Why it is not believed.
type Why = &'static str;

/// What an authenticator says (Web Authentication Level 2, 6.1).
struct Said<'a> {
    place: &'a [u8],
    flags: u8,
    counter: u32,
    credential: Option<Credential<'a>>,
}

/// A passkey in it.
struct Credential<'a> {
    id: &'a [u8],
    key: &'a [u8],
}

/// Whether a passkey was made here and now (7.1).
fn made(ceremony: &Ceremony<'_>, it: &Attested<'_>) -> Result<NewPasskey, Why> {
    let client = client(ceremony, "webauthn.create", it.client)?;
    if it.attestation.len() > AUTHENTICATOR_BYTES_MAX {
        return Err("it is too long");
    }
    let object = whole(it.attestation).ok_or("it can not be read")?;
    let bytes = object.bytes(&Item::Text("authData")).ok_or("it can not be read")?;
    let said = said(bytes).ok_or("it can not be read")?;
    check(ceremony, &said)?;
    let Credential { id, key } = said.credential.ok_or("there is no passkey in it")?;
    if id.is_empty() || id.len() > CREDENTIAL_BYTES_MAX {
        return Err("its name is too long or empty");
    }
    let read = Key::read(key).ok_or("it is of another kind")?;
    let statement = object.get(&Item::Text("attStmt")).ok_or("it can not be read")?;
    match object.get(&Item::Text("fmt")) {
        Some(Item::Text("none")) if *statement == Item::Map(Vec::new()) => {}
        // Browsers leave it when an authenticator vouches for itself (8.2); then it has to hold.
        Some(Item::Text("packed")) if statement.get(&Item::Text("x5c")).is_none() => {
            let signed = [bytes, &client].concat();
            let signature = statement.bytes(&Item::Text("sig")).unwrap_or_default();
            let algorithm = Item::Int(read.algorithm());
            if statement.get(&Item::Text("alg")) != Some(&algorithm)
                || !read.signed(&signed, signature)
            {
                return Err("it did not sign what it says");
            }
        }
        _ => return Err("it says more of itself than was asked"),
    }
    Ok(NewPasskey { credential: id.to_vec(), key: key.to_vec(), counter: said.counter })
}

/// Whether the passkey with this key was shown here and now (7.2); says its counter.
fn shown(ceremony: &Ceremony<'_>, it: &Asserted<'_>, key: &[u8]) -> Result<u32, Why> {
    let client = client(ceremony, "webauthn.get", it.client)?;
    if it.authenticator.len() > AUTHENTICATOR_BYTES_MAX {
        return Err("it is too long");
    }
    let said = said(it.authenticator).ok_or("it can not be read")?;
    check(ceremony, &said)?;
    if said.credential.is_some() {
        return Err("a passkey was made, not shown");
    }
    let key = Key::read(key).ok_or("it is of another kind")?;
    let signed = [it.authenticator, &client].concat();
    if !key.signed(&signed, it.signature) {
        return Err("it did not sign what it says");
    }
    Ok(said.counter)
}

/// What a browser says of the visit; gives its hash, which the authenticator signed.
fn client(ceremony: &Ceremony<'_>, kind: &str, bytes: &[u8]) -> Result<Vec<u8>, Why> {
    if bytes.len() > CLIENT_BYTES_MAX {
        return Err("it is too long");
    }
    let said: Value = serde_json::from_slice(bytes).map_err(|_| "it can not be read")?;
    let challenge = said["challenge"].as_str().unwrap_or_default();
    let same: bool = challenge.as_bytes().ct_eq(ceremony.challenge.as_bytes()).into();
    let crosses = &said["crossOrigin"];
    for (holds, why) in [
        (said["type"] == kind, "it is of another kind of visit"),
        (same && !challenge.is_empty(), "it is of another visit"),
        (said["origin"] == ceremony.origin, "it is of another site"),
        (crosses.is_null() || *crosses == false, "it was inside a page of another site"),
        (said["topOrigin"].is_null(), "it was inside a page of another site"),
        (said["tokenBinding"]["status"] != "present", "it is bound to another connection"),
    ] {
        if !holds {
            return Err(why);
        }
    }
    Ok(digest(&SHA256, bytes).as_ref().to_vec())
}

/// What has to hold of everything that an authenticator says.
fn check(ceremony: &Ceremony<'_>, said: &Said<'_>) -> Result<(), Why> {
    let has = |flag: u8| said.flags & flag != 0;
    let place = digest(&SHA256, ceremony.place.as_bytes());
    for (holds, why) in [
        (said.place == place.as_ref(), "it is for another place"),
        (has(PRESENT), "nobody was there"),
        (has(VERIFIED), "it does not know who was there"),
        (has(MAY_BE_COPIED) || !has(IS_COPIED), "it contradicts itself"),
    ] {
        if !holds {
            return Err(why);
        }
    }
    Ok(())
}

/// Reads what an authenticator says; all of it.
fn said(bytes: &[u8]) -> Option<Said<'_>> {
    let (place, rest) = bytes.split_at_checked(32)?;
    let (&flags, rest) = rest.split_first()?;
    let (counter, mut rest) = rest.split_first_chunk::<4>()?;
    let mut credential = None;
    if flags & HAS_CREDENTIAL != 0 {
        // Sixteen bytes say which make it is; nobody asked.
        let (_, after) = rest.split_at_checked(16)?;
        let (length, after) = after.split_first_chunk::<2>()?;
        let (id, after) = after.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        let (_, end) = first(after)?;
        credential = Some(Credential { id, key: &after[..after.len() - end.len()] });
        rest = end;
    }
    if flags & HAS_MORE != 0 {
        let (more, end) = first(rest)?;
        rest = matches!(more, Item::Map(_)).then_some(end)?;
    }
    rest.is_empty().then_some(Said {
        place,
        flags,
        counter: u32::from_be_bytes(*counter),
        credential,
    })
}
