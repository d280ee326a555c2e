//! Parts of a mail: what is attached, in the lines that mail carries.

use std::fmt::Write;

use data_encoding::BASE64;

/// The least that is attached, and by how much it differs, in bytes.
const SIZES: (u64, u64) = (100_000, 200_000);
/// Characters on a line of base64.
const LINE_CHARS: usize = 76;

/// What a scanner or a telephone makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attached {
    Document,
    Photo,
}

impl Attached {
    pub(super) fn name(self) -> &'static str {
        match self {
            Attached::Document => "bijlage.pdf",
            Attached::Photo => "foto.jpg",
        }
    }

    pub(super) fn kind(self) -> &'static str {
        match self {
            Attached::Document => "application/pdf",
            Attached::Photo => "image/jpeg",
        }
    }

    /// Bytes that begin and end as such a file does, and can not be packed in between.
    pub(super) fn bytes(self, number: u64) -> Vec<u8> {
        let mut chance = Stir(number);
        let (least, more) = SIZES;
        let size = usize::try_from(least + chance.next() % more).unwrap_or(usize::MAX);
        let (head, tail): (&[u8], &[u8]) = match self {
            Attached::Document => (b"%PDF-1.4\n%\xE2\xE3\xCF\xD3\n", b"\n%%EOF\n"),
            Attached::Photo => (b"\xFF\xD8\xFF\xE0\x00\x10JFIF\x00\x01\x01", b"\xFF\xD9"),
        };
        let mut bytes = head.to_vec();
        while bytes.len() < size {
            bytes.extend(chance.next().to_le_bytes());
        }
        bytes.extend(tail);
        bytes
    }
}

/// Bytes as text, in short lines.
pub(super) fn base64(bytes: &[u8]) -> String {
    let text = BASE64.encode(bytes);
    let mut lines = String::with_capacity(text.len() + text.len() / LINE_CHARS + 1);
    for line in text.as_bytes().chunks(LINE_CHARS) {
        // Base64 is ASCII, and writing to a String can not fail.
        let _ = writeln!(lines, "{}", String::from_utf8_lossy(line));
    }
    lines
}

/// Numbers without a pattern, the same every time (Steele's splitmix64).
struct Stir(u64);

impl Stir {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}
