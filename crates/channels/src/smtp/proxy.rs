//! The PROXY header: what a proxy in front of the listener says about who is behind it, as a line
//! of text (version 1) or as bytes (version 2).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// Longest header of version 1, bytes with CR LF.
const LINE_BYTES_MAX: usize = 107;
/// Longest header of version 2, bytes; it says its own length, and may carry what we do not read.
const BINARY_BYTES_MAX: usize = 4 * 1024;

/// How version 1 begins.
const LINE: &[u8] = b"PROXY ";
/// How version 2 begins.
const BINARY: &[u8] = b"\r\n\r\n\0\r\nQUIT\n";
/// Bytes of version 2 before the addresses: how it begins, command, family, and a length of two.
const BINARY_HEAD_BYTES: usize = 16;

/// What the first bytes of a connection are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heading {
    /// The begin of a header; more bytes are needed. At most 4 KiB are.
    Begun,
    /// A whole header.
    Whole {
        /// How long it is, bytes.
        bytes: usize,
        /// Who is behind the proxy; none when the proxy speaks for itself, to see whether we live,
        /// or does not know.
        client: Option<SocketAddr>,
    },
    /// Something else.
    Wrong,
}

/// Reads the header at the begin of a connection. Any bytes give an answer.
#[must_use]
pub fn read(bytes: &[u8]) -> Heading {
    if begins(bytes, LINE) {
        line(bytes)
    } else if begins(bytes, BINARY) {
        binary(bytes).unwrap_or(Heading::Begun)
    } else {
        Heading::Wrong
    }
}

/// Whether these bytes begin so, as far as they go.
fn begins(bytes: &[u8], with: &[u8]) -> bool {
    bytes.iter().zip(with).all(|(one, other)| one == other)
}

fn line(bytes: &[u8]) -> Heading {
    let within = &bytes[..bytes.len().min(LINE_BYTES_MAX)];
    let Some(end) = memchr::memmem::find(within, b"\r\n") else {
        let may_grow = bytes.len() < LINE_BYTES_MAX;
        return if may_grow { Heading::Begun } else { Heading::Wrong };
    };
    let text = std::str::from_utf8(&within[..end]).unwrap_or_default();
    let fields: Vec<&str> = text.split(' ').collect();
    let client = match fields[..] {
        ["PROXY", "UNKNOWN", ..] => Some(None),
        ["PROXY", "TCP4", from, to, from_port, to_port] => {
            pair::<Ipv4Addr>([from, to], [from_port, to_port]).map(Some)
        }
        ["PROXY", "TCP6", from, to, from_port, to_port] => {
            pair::<Ipv6Addr>([from, to], [from_port, to_port]).map(Some)
        }
        _ => None,
    };
    client.map_or(Heading::Wrong, |client| Heading::Whole { bytes: end + 2, client })
}

/// The first of two addresses with its port; none when any of the four is not what it should be.
fn pair<A: std::str::FromStr + Into<IpAddr>>(
    [from, to]: [&str; 2],
    ports: [&str; 2],
) -> Option<SocketAddr> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let port = |text: &str| text.parse::<u16>().ok().filter(|_| digits(text));
    let (address, _) = (from.parse::<A>().ok()?, to.parse::<A>().ok()?);
    let (of, _) = (port(ports[0])?, port(ports[1])?);
    Some(SocketAddr::new(address.into(), of))
}

/// None when more bytes are needed.
fn binary(bytes: &[u8]) -> Option<Heading> {
    let head = bytes.get(..BINARY_HEAD_BYTES)?;
    let length = usize::from(u16::from_be_bytes([head[14], head[15]]));
    let whole = BINARY_HEAD_BYTES + length;
    let addresses = bytes.get(BINARY_HEAD_BYTES..whole.min(bytes.len()))?;
    // What is wrong is said at once, without waiting for the rest.
    let client_bytes = match (head[12], head[13]) {
        // For itself, or for a client without an internet address.
        (0x20, _) | (0x21, 0x00 | 0x31) => 0,
        (0x21, 0x11) => 12,
        (0x21, 0x21) => 36,
        _ => return Some(Heading::Wrong),
    };
    if length < client_bytes || whole > BINARY_BYTES_MAX {
        return Some(Heading::Wrong);
    }
    if bytes.len() < whole {
        return None;
    }
    let port = |place: usize| u16::from_be_bytes([addresses[place], addresses[place + 1]]);
    let client: Option<(IpAddr, u16)> = match client_bytes {
        12 => Some((<[u8; 4]>::try_from(&addresses[..4]).ok()?.into(), port(8))),
        36 => Some((<[u8; 16]>::try_from(&addresses[..16]).ok()?.into(), port(32))),
        _ => None,
    };
    Some(Heading::Whole { bytes: whole, client: client.map(SocketAddr::from) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(bytes: usize, client: Option<&str>) -> Heading {
        let client = client.map(|text| text.parse().expect("an address"));
        Heading::Whole { bytes, client }
    }

    #[test]
    fn lines_of_text() {
        let long = format!("PROXY UNKNOWN {}\r\n", "x".repeat(91));
        let longer = format!("PROXY UNKNOWN {}\r\n", "x".repeat(92));
        let six = "PROXY TCP6 2001:db8::1 2001:db8::2 9 25\r\n";
        let table = [
            ("PROXY TCP4 192.0.2.7 192.0.2.1 5000 25\r\nEHLO", whole(40, Some("192.0.2.7:5000"))),
            (six, whole(41, Some("[2001:db8::1]:9"))),
            ("PROXY UNKNOWN\r\n", whole(15, None)),
            ("PROXY UNKNOWN any thing\r\n", whole(25, None)),
            (&long, whole(107, None)),
            (&longer, Heading::Wrong),
            ("", Heading::Begun),
            ("PRO", Heading::Begun),
            ("PROXY TCP4 192.0.2.7 192.0.2.1 5000 25\r", Heading::Begun),
            ("PROXY TCP4 192.0.2.7 192.0.2.1 5000\r\n", Heading::Wrong),
            ("PROXY TCP4 192.0.2.7 192.0.2.1 5000 25 1\r\n", Heading::Wrong),
            ("PROXY TCP4  192.0.2.7 192.0.2.1 5000 25\r\n", Heading::Wrong),
            ("PROXY TCP4 192.0.2.256 192.0.2.1 5000 25\r\n", Heading::Wrong),
            ("PROXY TCP4 2001:db8::1 192.0.2.1 5000 25\r\n", Heading::Wrong),
            ("PROXY TCP6 192.0.2.7 2001:db8::1 5000 25\r\n", Heading::Wrong),
            ("PROXY TCP4 192.0.2.7 192.0.2.1 +500 25\r\n", Heading::Wrong),
            ("PROXY TCP4 192.0.2.7 192.0.2.1 65536 25\r\n", Heading::Wrong),
            ("PROXY UDP4 192.0.2.7 192.0.2.1 5000 25\r\n", Heading::Wrong),
            ("proxy UNKNOWN\r\n", Heading::Wrong),
            ("EHLO client\r\n", Heading::Wrong),
        ];
        for (bytes, expected) in table {
            assert_eq!(read(bytes.as_bytes()), expected, "{bytes:?}");
        }
    }

    /// A header of version 2 with these two bytes of command and family, and these addresses.
    fn header(command: u8, family: u8, length: u16, addresses: &[u8]) -> Vec<u8> {
        let head = [BINARY, &[command, family], &length.to_be_bytes()].concat();
        [&head[..], addresses].concat()
    }

    #[test]
    fn bytes_of_version_two() {
        let four = [192, 0, 2, 7, 192, 0, 2, 1, 0x13, 0x88, 0, 25];
        let mut six = [0; 36];
        six[..2].copy_from_slice(&[0x20, 0x01]);
        six[15] = 7;
        six[33] = 25;
        let with_more = [&four[..], &[3, 0, 1, 9]].concat();
        let table = [
            (header(0x21, 0x11, 12, &four), whole(28, Some("192.0.2.7:5000"))),
            (header(0x21, 0x11, 16, &with_more), whole(32, Some("192.0.2.7:5000"))),
            (header(0x21, 0x21, 36, &six), whole(52, Some("[2001::7]:25"))),
            (header(0x20, 0x11, 12, &four), whole(28, None)),
            (header(0x20, 0x00, 0, &[]), whole(16, None)),
            (header(0x21, 0x00, 0, &[]), whole(16, None)),
            (header(0x21, 0x11, 11, &four), Heading::Wrong),
            (header(0x21, 0x12, 12, &four), Heading::Wrong),
            (header(0x21, 0x41, 12, &four), Heading::Wrong),
            (header(0x22, 0x11, 12, &four), Heading::Wrong),
            (header(0x11, 0x11, 12, &four), Heading::Wrong),
            (header(0x21, 0x11, 4081, &four), Heading::Wrong),
            (header(0x21, 0x11, 4080, &four), Heading::Begun),
        ];
        for (bytes, expected) in table {
            assert_eq!(read(&bytes), expected, "{bytes:?}");
        }
        let good = header(0x21, 0x21, 36, &six);
        for end in 0..good.len() {
            assert_eq!(read(&good[..end]), Heading::Begun, "{end} bytes");
        }
    }
}
