//! Whether a request is of the exchange: `t=…,v1=…`, an HMAC over the moment and the body.

use data_encoding::HEXLOWER_PERMISSIVE;
use jiff::Timestamp;
use ring::hmac;

use crate::exchange::Unsigned;

/// The header that carries the signature.
pub const SIGNATURE_HEADER: &str = "Jambonz-Signature";

/// How far the moment of a signature may be from now, to both sides, in seconds.
pub const SIGNED_SECONDS: i64 = 300;

/// The most signatures that are looked at; two while a secret is being changed.
const SIGNATURES_MAX: usize = 4;

/// Whether these bytes were signed with this secret, now.
///
/// # Errors
/// Says why not.
pub fn signed(secret: &str, header: &str, body: &[u8], now: Timestamp) -> Result<(), Unsigned> {
    let parts = || header.split(',').filter_map(|it| it.trim().split_once('='));
    let told = parts().find(|(key, _)| *key == "t").map(|(_, value)| value);
    let told = told.ok_or(Unsigned::Form)?;
    let at: i64 = told.parse().map_err(|_| Unsigned::Form)?;
    let signatures: Vec<Vec<u8>> = parts()
        .filter(|(key, _)| *key == "v1")
        .take(SIGNATURES_MAX)
        .filter_map(|(_, value)| HEXLOWER_PERMISSIVE.decode(value.as_bytes()).ok())
        .collect();
    if signatures.is_empty() || secret.is_empty() {
        return Err(Unsigned::Form);
    }
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let text = [told.as_bytes(), b".", body].concat();
    // Compares in constant time.
    let is_ours = |it: &Vec<u8>| hmac::verify(&key, &text, it).is_ok();
    if !signatures.iter().any(is_ours) {
        return Err(Unsigned::Wrong);
    }
    match at.abs_diff(now.as_second()) <= SIGNED_SECONDS.unsigned_abs() {
        true => Ok(()),
        false => Err(Unsigned::Time),
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{SIGNED_SECONDS, signed};
    use crate::exchange::Unsigned;

    /// By `openssl dgst -sha256 -hmac geheim` over `1764356400.{"call_sid":"a"}`.
    const SIGNATURE: &str = "36633cf0c99a6d6924ce384231f2963fe697520ba57ddb74d9296422b3657c58";
    const AT: i64 = 1_764_356_400;
    const BODY: &[u8] = b"{\"call_sid\":\"a\"}";

    fn checked(header: &str, body: &[u8], seconds: i64) -> Result<(), Unsigned> {
        signed("geheim", header, body, Timestamp::from_second(AT + seconds).expect("a moment"))
    }

    #[test]
    fn what_the_exchange_signed_is_believed_for_five_minutes() {
        let header = format!("t={AT},v1={SIGNATURE}");
        for seconds in [0, SIGNED_SECONDS, -SIGNED_SECONDS] {
            assert_eq!(checked(&header, BODY, seconds), Ok(()));
        }
        for seconds in [SIGNED_SECONDS + 1, -SIGNED_SECONDS - 1] {
            assert_eq!(checked(&header, BODY, seconds), Err(Unsigned::Time));
        }
        let two = format!("t={AT}, v1={}, v1={SIGNATURE}", "00".repeat(32));
        assert_eq!(checked(&two, BODY, 0), Ok(()), "while a secret is changed");
    }

    #[test]
    fn anything_else_is_not_believed() {
        let header = format!("t={AT},v1={SIGNATURE}");
        assert_eq!(checked(&header, b"{\"call_sid\":\"b\"}", 0), Err(Unsigned::Wrong));
        let later = format!("t={},v1={SIGNATURE}", AT + 1);
        assert_eq!(checked(&later, BODY, 1), Err(Unsigned::Wrong), "the moment is signed too");
        let short = format!("t={AT},v1={}", &SIGNATURE[..62]);
        assert_eq!(checked(&short, BODY, 0), Err(Unsigned::Wrong));
        let now = Timestamp::from_second(AT).expect("a moment");
        assert_eq!(signed("ander", &header, BODY, now), Err(Unsigned::Wrong));
        assert_eq!(signed("", &header, BODY, now), Err(Unsigned::Form), "no secret, no belief");
        let far = format!("t={},v1={SIGNATURE}", i64::MIN);
        for wrong in ["", "t=", "v1=00", "t=nu,v1=00", "t=1", "t=1,v0=00", "t=1,v1=x"] {
            assert_eq!(checked(wrong, BODY, 0), Err(Unsigned::Form), "{wrong}");
        }
        assert_eq!(checked(&far, BODY, 0), Err(Unsigned::Wrong));
    }
}
