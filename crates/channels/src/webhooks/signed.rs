//! Signing what is sent: HTTP Message Signatures (RFC 9421) with HMAC-SHA256 over the method, the
//! address, the kind of content and its digest (RFC 9530).

use data_encoding::BASE64;
use ring::hmac;
use sha2::{Digest, Sha256};

/// What is signed of every request, in this order.
const COVERED: [&str; 4] = ["@method", "@target-uri", "content-type", "content-digest"];

/// The header fields that go with a signed request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Signed {
    /// `Content-Digest`.
    pub(super) digest: String,
    /// `Signature-Input`.
    pub(super) input: String,
    /// `Signature`.
    pub(super) signature: String,
}

/// Signs a POST of this body to this address, at a second.
pub(super) fn sign(
    (key, secret): (&str, &str),
    address: &str,
    (content_type, body): (&str, &str),
    created: i64,
) -> Signed {
    let digest = format!("sha-256=:{}:", BASE64.encode(&Sha256::digest(body.as_bytes())));
    let values = ["POST", address, content_type, &digest];
    let covered: Vec<(&str, &str)> = COVERED.into_iter().zip(values).collect();
    let parameters =
        format!("{};created={created};keyid=\"{key}\";alg=\"hmac-sha256\"", inner_list(&covered));
    let signature = BASE64.encode(&mac(secret.as_bytes(), &base(&covered, &parameters)));
    Signed {
        digest,
        input: format!("belofte={parameters}"),
        signature: format!("belofte=:{signature}:"),
    }
}

fn inner_list(covered: &[(&str, &str)]) -> String {
    let names: Vec<String> = covered.iter().map(|(name, _)| format!("\"{name}\"")).collect();
    format!("({})", names.join(" "))
}

/// The text that is signed (RFC 9421, 2.5).
fn base(covered: &[(&str, &str)], parameters: &str) -> String {
    let mut text = String::new();
    for (name, value) in covered {
        text.push_str(&format!("\"{name}\": {value}\n"));
    }
    text + &format!("\"@signature-params\": {parameters}")
}

fn mac(secret: &[u8], text: &str) -> Vec<u8> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
    hmac::sign(&key, text.as_bytes()).as_ref().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The published example of RFC 9421, B.2.5.
    #[test]
    fn the_example_of_the_standard_is_signed_alike() {
        let secret = "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8j\
                      sasjlTMtDQ==";
        let covered = [
            ("date", "Tue, 20 Apr 2021 02:07:55 GMT"),
            ("@authority", "example.com"),
            ("content-type", "application/json"),
        ];
        let parameters =
            format!("{};created=1618884473;keyid=\"test-shared-secret\"", inner_list(&covered));
        let secret = BASE64.decode(secret.as_bytes()).expect("base64");
        let signature = BASE64.encode(&mac(&secret, &base(&covered, &parameters)));
        assert_eq!(signature, "pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=");
    }

    /// The published example of RFC 9530, B.2: the digest of `{"hello": "world"}`.
    #[test]
    fn a_digest_is_of_the_body() {
        let body = "{\"hello\": \"world\"}";
        let signed = sign(("1", "s"), "https://example.nl/x", ("application/json", body), 7);
        assert_eq!(signed.digest, "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:");
        assert_eq!(
            signed.input,
            "belofte=(\"@method\" \"@target-uri\" \"content-type\" \"content-digest\")\
             ;created=7;keyid=\"1\";alg=\"hmac-sha256\""
        );
    }
}
