//! The PROXY header in front of a connection.

use channels::smtp::proxy::{Heading, read};

/// The longest header that is read, in bytes.
const HEADER_BYTES_MAX: usize = 4 * 1024;

/// A header ends within its bytes, is the same whatever follows it, and is not seen before it is
/// whole; what is wrong stays wrong, and what has begun does not go on for ever.
pub(crate) fn holds(bytes: &[u8]) {
    let whole = read(bytes);
    match whole {
        Heading::Whole { bytes: length, .. } => {
            assert!(length <= bytes.len() && length <= HEADER_BYTES_MAX);
            assert_eq!(read(&bytes[..length]), whole);
            assert!((0..length).all(|end| read(&bytes[..end]) == Heading::Begun));
        }
        Heading::Begun => assert!(bytes.len() < HEADER_BYTES_MAX),
        Heading::Wrong => {
            assert_eq!(read(&[bytes, b"\r\n"].concat()), Heading::Wrong);
        }
    }
}
