//! Content-Transfer-Encoding undone (RFC 2045, 6). Broken encodings give what can be read instead
//! of nothing: a resident's message with one bad character is still a message.

use std::borrow::Cow;

/// The bytes of a part as the sender meant them; `coding` is the header's value.
pub(crate) fn decoded<'a>(body: &'a [u8], coding: Option<&str>) -> Cow<'a, [u8]> {
    let coding = coding.unwrap_or("").trim().to_ascii_lowercase();
    match coding.split([';', ' ']).next() {
        Some("base64") => base64(body).into(),
        Some("quoted-printable") => quoted_printable(body).into(),
        _ => body.into(),
    }
}

/// What is no character of base64.
const NONE: u8 = 0xff;
/// The six bits that a character stands for, in both alphabets (RFC 4648, 4 and 5).
const SEXTETS: [u8; 256] = sextets();

const fn sextets() -> [u8; 256] {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut table, mut value) = ([NONE; 256], 0_u8);
    while value < 64 {
        table[alphabet[value as usize] as usize] = value;
        value += 1;
    }
    table[b'-' as usize] = 62;
    table[b'_' as usize] = 63;
    table
}

fn base64(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() / 4 * 3 + 3);
    let (mut bits, mut count) = (0_u32, 0_u32);
    let mut rest = body;
    loop {
        // Whole groups of four, as long as nothing stands between them.
        while let (0, [a, b, c, d, more @ ..]) = (count, rest) {
            let [a, b, c, d] = [a, b, c, d].map(|byte| SEXTETS[usize::from(*byte)]);
            if (a | b | c | d) > 63 {
                break;
            }
            out.extend([a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d]);
            rest = more;
        }
        let Some((byte, more)) = rest.split_first() else { return out };
        rest = more;
        if *byte == b'=' {
            (bits, count) = (0, 0);
        }
        let value = SEXTETS[usize::from(*byte)];
        if value == NONE {
            continue;
        }
        bits = (bits << 6 | u32::from(value)) & 0x00ff_ffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(((bits >> count) & 0xff).try_into().unwrap_or(0));
        }
    }
}

fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut at = 0;
    while at < body.len() {
        let rest = &body[at..];
        match rest {
            [b'=', b'\r', b'\n', ..] => at += 3,
            [b'=', b'\n', ..] => at += 2,
            [b'=', high, low, ..] if hex(*high).is_some() && hex(*low).is_some() => {
                out.push(hex(*high).unwrap_or(0) << 4 | hex(*low).unwrap_or(0));
                at += 3;
            }
            [byte, ..] => {
                out.push(*byte);
                at += 1;
            }
            [] => break,
        }
    }
    out
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_is_read_however_it_is_cut() {
        let bytes: Vec<u8> = (0..=255).cycle().take(1_001).collect();
        let whole = data_encoding::BASE64.encode(&bytes);
        for every in [1, 2, 3, 5, 7, 76] {
            for between in ["\r\n", " ", "!\n"] {
                let cut = whole.as_bytes().chunks(every).map(String::from_utf8_lossy);
                let cut = cut.collect::<Vec<_>>().join(between);
                assert_eq!(base64(cut.as_bytes()), bytes, "every {every} with {between:?}");
            }
        }
        for (text, read) in [
            ("", ""),
            ("SGFsbG8=", "Hallo"),
            ("SGFsbG8", "Hallo"),
            ("SGFs=bG8=", "Hallo"),
            ("SGFsbG8=SGFsbG8=", "HalloHallo"),
            ("S-_", "K\u{fffd}"),
            ("====", ""),
        ] {
            assert_eq!(String::from_utf8_lossy(&base64(text.as_bytes())), read, "{text}");
        }
    }
}
