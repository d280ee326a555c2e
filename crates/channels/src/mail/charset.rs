//! Bytes to text. The label on a text is a claim: `us-ascii` often is not, `iso-8859-1` is usually
//! windows-1252 and sometimes UTF-8, and some say nothing at all.

use mail_parser::decoders::charsets::map::charset_decoder;

/// Text of `bytes` under the label the sender gave, corrected where the bytes prove it wrong.
pub(crate) fn labelled(bytes: &[u8], label: Option<&str>) -> String {
    let label = label.unwrap_or("").trim().to_ascii_lowercase();
    let wide = label.contains("utf-16") || label.contains("utf16") || label.contains("utf-32");
    let seven_bit = bytes.is_ascii();
    if seven_bit && has_japanese_escape(bytes) {
        return by_name(bytes, "iso-2022-jp");
    }
    if seven_bit && !wide && !stateful(&label) {
        return clean(&String::from_utf8_lossy(bytes));
    }
    if !seven_bit && !wide && !stateful(&label) && !multi_byte(&label) {
        // Text that is valid UTF-8 by chance in another charset is practically never written.
        if let Ok(text) = std::str::from_utf8(bytes) {
            return clean(text);
        }
    }
    match label.as_str() {
        "" | "us-ascii" | "ascii" | "utf-8" | "utf8" | "unknown-8bit" | "x-unknown" => {
            mostly_utf8(bytes)
        }
        name => by_name(bytes, name),
    }
}

/// Text of `bytes` that carry no label: UTF-8, or else windows-1252.
pub(crate) fn guessed(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => mostly_utf8(bytes),
    }
}

/// UTF-8 with a few broken bytes stays UTF-8; text without a single good sequence is windows-1252.
fn mostly_utf8(bytes: &[u8]) -> String {
    let lossy = String::from_utf8_lossy(bytes);
    let good = lossy.chars().filter(|c| !c.is_ascii() && *c != char::REPLACEMENT_CHARACTER).count();
    let bad = lossy.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    if good >= bad { clean(&lossy) } else { by_name(bytes, "windows-1252") }
}

fn by_name(bytes: &[u8], name: &str) -> String {
    match charset_decoder(name.as_bytes()).or_else(|| charset_decoder(b"windows-1252")) {
        Some(decode) => clean(&decode(bytes)),
        None => clean(&String::from_utf8_lossy(bytes)),
    }
}

fn has_japanese_escape(bytes: &[u8]) -> bool {
    bytes.windows(3).any(|w| matches!(w, [0x1b, b'$', b'B' | b'@'] | [0x1b, b'(', b'J']))
}

fn stateful(label: &str) -> bool {
    ["iso-2022", "utf-7", "utf7", "hz-gb"].iter().any(|name| label.starts_with(name))
}

fn multi_byte(label: &str) -> bool {
    ["gb", "big5", "shift", "sjis", "euc", "ks_c", "x-sjis", "cp932", "windows-31j"]
        .iter()
        .any(|name| label.starts_with(name))
}

/// Drops NUL and other controls, and makes every line end a single LF.
fn clean(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    lines
        .chars()
        .filter(|&c| c == '\n' || c == '\t' || !(c.is_control() || c == '\u{feff}'))
        .collect()
}
