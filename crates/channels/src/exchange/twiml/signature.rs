//! Whether a request is of the exchange: an HMAC over its address and its fields in order.

use data_encoding::BASE64;
use ring::hmac;

use super::forms::fields;
use crate::exchange::{BODY_MAX, Unsigned};

/// The header that carries the signature.
pub const SIGNATURE_HEADER: &str = "X-Twilio-Signature";

/// Whether a form was sent with this token to this address, the whole of it as the exchange was
/// given it. There is no moment in it: what is sent again is known by its id.
///
/// # Errors
/// Says why not.
pub fn signed(token: &str, header: &str, address: &str, body: &[u8]) -> Result<(), Unsigned> {
    let signature = BASE64.decode(header.trim().as_bytes()).map_err(|_| Unsigned::Form)?;
    if token.is_empty() || signature.is_empty() || body.len() > BODY_MAX {
        return Err(Unsigned::Form);
    }
    let mut fields = fields(body);
    fields.sort();
    // A field that is there twice with the same value is signed once.
    fields.dedup();
    let mut text = address.to_owned();
    for (name, value) in &fields {
        text.push_str(name);
        text.push_str(value);
    }
    // What every such exchange signs with; it is a key that only two know, not a digest.
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, token.as_bytes());
    // Compares in constant time.
    hmac::verify(&key, text.as_bytes(), &signature).map_err(|_| Unsigned::Wrong)
}

#[cfg(test)]
mod tests {
    use super::signed;
    use crate::exchange::Unsigned;

    /// The example that Twilio's own libraries are tested with.
    const ADDRESS: &str = "https://mycompany.com/myapp.php?foo=1&bar=2";
    const BODY: &[u8] = b"To=%2B18005551212&CallSid=CA1234567890ABCDE&Caller=%2B14158675309&\
                          Digits=1234&From=%2B14158675309";
    const SIGNATURE: &str = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";

    #[test]
    fn the_published_example_is_believed() {
        assert_eq!(signed("12345", SIGNATURE, ADDRESS, BODY), Ok(()));
        let twice = [BODY, b"&Digits=1234"].concat();
        assert_eq!(signed("12345", SIGNATURE, ADDRESS, &twice), Ok(()), "the same twice");
    }

    #[test]
    fn anything_else_is_not_believed() {
        let wrong = Err(Unsigned::Wrong);
        assert_eq!(signed("12346", SIGNATURE, ADDRESS, BODY), wrong);
        assert_eq!(signed("12345", SIGNATURE, &ADDRESS[..42], BODY), wrong);
        assert_eq!(signed("12345", SIGNATURE, ADDRESS, &BODY[..90]), wrong);
        assert_eq!(signed("12345", SIGNATURE, ADDRESS, &[BODY, b"&Digits=4"].concat()), wrong);
        assert_eq!(signed("12345", "RSOYDt4T1cUTdK1PDd93", ADDRESS, BODY), wrong);
        for header in ["", "RSOYDt4T1cUTdK1PDd93/VVr8B8", "ééé"] {
            assert_eq!(signed("12345", header, ADDRESS, BODY), Err(Unsigned::Form), "{header}");
        }
        assert_eq!(signed("", SIGNATURE, ADDRESS, BODY), Err(Unsigned::Form), "no token");
    }
}
