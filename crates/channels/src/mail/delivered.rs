//! The addresses a mail without an envelope says it was delivered for, as it lies in a mailbox.

use super::address;
use super::headers::{self, Headers};

/// Fields in which mail servers write the address they delivered for.
const BY_SERVERS: [&str; 4] = ["Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To"];
/// Fields in which its author names whom it is for.
const BY_AUTHOR: [&str; 2] = ["To", "Cc"];
/// Addresses that are looked at.
const ADDRESSES_MAX: usize = 200;

/// Every address the header names, in order, as written.
#[must_use]
pub fn delivered_for(raw: &[u8]) -> Vec<String> {
    let raw = headers::with_line_ends(&raw[..raw.len().min(super::limits::HEADER_BYTES_MAX)]);
    let (fields, _) = headers::split(&raw);
    let all = BY_SERVERS.iter().chain(&BY_AUTHOR).flat_map(|name| named(&fields, name));
    all.take(ADDRESSES_MAX).collect()
}

fn named(fields: &Headers, name: &str) -> Vec<String> {
    fields.all(name).flat_map(address::list).map(|mailbox| mailbox.address).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_are_heard_before_the_author() {
        let raw = b"To: Gemeente <info@example.nl>, balie@example.nl\r\nCc: jan@voorbeeld.example\
            \r\nDelivered-To: info+12.abc@example.nl\r\n\r\nDelivered-To: niemand@example.nl\r\n";
        let expected = [
            "info+12.abc@example.nl",
            "info@example.nl",
            "balie@example.nl",
            "jan@voorbeeld.example",
        ];
        assert_eq!(delivered_for(raw), expected);
    }
}
