//! The public key of a passkey (COSE, RFC 9052 and 9053) and what it has signed. Three kinds, each
//! with its one algorithm, so that neither is taken for another.

use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents,
    UnparsedPublicKey,
};

use super::cbor::{Item, whole};

/// Bytes of a number of a key on a curve.
const POINT_BYTES: usize = 32;
/// Bytes of the modulus of an RSA key: 2048 to 4096 bits.
const MODULUS_BYTES: std::ops::RangeInclusive<usize> = 256..=512;
/// The most bytes of its exponent.
const EXPONENT_BYTES_MAX: usize = 4;

/// A key that may be a passkey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key<'a> {
    Es256 { x: &'a [u8], y: &'a [u8] },
    EdDsa { x: &'a [u8] },
    Rs256 { n: &'a [u8], e: &'a [u8] },
}

impl<'a> Key<'a> {
    /// The key that these bytes are, and nothing else.
    pub(super) fn read(bytes: &'a [u8]) -> Option<Key<'a>> {
        let item = whole(bytes)?;
        let number = |key| match item.get(&Item::Int(key)) {
            Some(Item::Int(value)) => Some(*value),
            _ => None,
        };
        let part = |key| item.bytes(&Item::Int(key));
        let point = |key| part(key).filter(|bytes| bytes.len() == POINT_BYTES);
        match (number(1)?, number(3)?) {
            (2, -7) if number(-1) == Some(1) => Some(Key::Es256 { x: point(-2)?, y: point(-3)? }),
            (1, -8) if number(-1) == Some(6) => Some(Key::EdDsa { x: point(-2)? }),
            (3, -257) => {
                let n = part(-1).filter(|n| MODULUS_BYTES.contains(&n.len()))?;
                let e = part(-2).filter(|e| !e.is_empty() && e.len() <= EXPONENT_BYTES_MAX)?;
                Some(Key::Rs256 { n, e })
            }
            _ => None,
        }
    }

    /// The number of its algorithm.
    pub(super) fn algorithm(&self) -> i64 {
        match self {
            Key::Es256 { .. } => -7,
            Key::EdDsa { .. } => -8,
            Key::Rs256 { .. } => -257,
        }
    }

    /// Whether it signed this.
    pub(super) fn signed(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Key::Es256 { x, y } => {
                let point = [&[4][..], x, y].concat();
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point).verify(message, signature)
            }
            Key::EdDsa { x } => UnparsedPublicKey::new(&ED25519, x).verify(message, signature),
            Key::Rs256 { n, e } => RsaPublicKeyComponents { n, e }.verify(
                &RSA_PKCS1_2048_8192_SHA256,
                message,
                signature,
            ),
        }
        .is_ok()
    }
}
