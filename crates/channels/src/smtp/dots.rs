//! The text between `DATA` and the line with one dot: finds its end and takes the dots off.
//!
//! Written here and not taken from the grammar crate, because the end may be the very first line
//! (an empty text), and because the answer must not depend on how the network cut the bytes.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::body::Body;

/// Finds a line that begins with a dot; prepared once for all messages.
static LINE_END_AND_DOT: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"\r\n."));

/// Reads dot-stuffed text (RFC 5321 §4.5.2), in pieces of any size.
#[derive(Debug)]
pub(super) struct DotReader {
    at: At,
}

/// Where in a line the last piece ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// After CR LF, or at the very begin.
    LineStart,
    /// After a dot that begins a line. The dot is never part of the message.
    Dot,
    /// After such a dot and a CR that is kept back: LF makes it the end.
    DotCr,
    /// Somewhere in a line.
    Middle,
    /// In a line, after a CR that is already in the body.
    MiddleCr,
}

impl DotReader {
    /// At the begin of a text.
    pub(super) fn new() -> DotReader {
        DotReader { at: At::LineStart }
    }

    /// Moves text from `input` to `body`; true when the end was found, and `input` is then what
    /// follows it. When false, all of `input` was used.
    pub(super) fn read(&mut self, input: &mut &[u8], body: &mut Body) -> bool {
        while let Some(&byte) = input.first() {
            match (self.at, byte) {
                (At::LineStart, b'.') => self.step(At::Dot, input),
                (At::Dot, b'\r') => self.step(At::DotCr, input),
                (At::DotCr, b'\n') => {
                    self.step(At::LineStart, input);
                    return true;
                }
                (At::DotCr, _) => {
                    body.push(b"\r");
                    self.at = At::MiddleCr;
                }
                (At::MiddleCr, b'\n') => {
                    body.push(b"\n");
                    self.step(At::LineStart, input);
                }
                (At::LineStart | At::Dot | At::Middle | At::MiddleCr, _) => {
                    self.run(input, body);
                }
            }
        }
        false
    }

    fn step(&mut self, at: At, input: &mut &[u8]) {
        self.at = at;
        *input = &input[1..];
    }

    /// Copies everything up to the next line that begins with a dot, or all there is.
    fn run(&mut self, input: &mut &[u8], body: &mut Body) {
        let found = LINE_END_AND_DOT.find(input).map(|place| place + b"\r\n".len());
        let (text, rest) = input.split_at(found.unwrap_or(input.len()));
        body.push(text);
        self.at = match text {
            [.., b'\r', b'\n'] => At::LineStart,
            [.., b'\r'] => At::MiddleCr,
            _ => At::Middle,
        };
        *input = rest;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::memory::Memory;
    use super::*;

    /// What one reader makes of these pieces: the body, and what follows its end.
    fn read(pieces: &[&[u8]]) -> Option<(Vec<u8>, Vec<u8>)> {
        let mut body = Body::new(Memory::new(1 << 20).share(), 1 << 20, 0);
        let mut reader = DotReader::new();
        for (index, piece) in pieces.iter().enumerate() {
            let mut input = *piece;
            if reader.read(&mut input, &mut body) {
                let mut rest = input.to_vec();
                rest.extend(pieces[index + 1..].concat());
                return Some((body.kept().expect("fits").0, rest));
            }
            assert!(input.is_empty());
        }
        None
    }

    #[test]
    fn ends_and_dots() {
        let table: &[(&str, Option<(&str, &str)>)] = &[
            (".\r\n", Some(("", ""))),
            ("\r\n.\r\n", Some(("\r\n", ""))),
            ("a\r\n.\r\nQUIT\r\n", Some(("a\r\n", "QUIT\r\n"))),
            ("..\r\n.\r\n", Some((".\r\n", ""))),
            ("..a\r\n...\r\n.\r\n", Some((".a\r\n..\r\n", ""))),
            (".a\r\n.\r\n", Some(("a\r\n", ""))),
            ("a.\r\n.\r\n", Some(("a.\r\n", ""))),
            (".\r\r\n.\r\n", Some(("\r\r\n", ""))),
            (".\rx\r\n.\r\n", Some(("\rx\r\n", ""))),
            (".\nx\r\n.\r\n", Some(("\nx\r\n", ""))),
            ("a\n.\r\nb\r\n.\r\n", Some(("a\n.\r\nb\r\n", ""))),
            ("a\n.\nb\r\n.\r\n", Some(("a\n.\nb\r\n", ""))),
            ("a\r.\r\nb\r\n.\r\n", Some(("a\r.\r\nb\r\n", ""))),
            ("a\r.\rb\r\n.\r\n", Some(("a\r.\rb\r\n", ""))),
            ("a\r\n.\nb\r\n.\r\n", Some(("a\r\n\nb\r\n", ""))),
            ("a\r\n.\rb\r\n.\r\n", Some(("a\r\n\rb\r\n", ""))),
            ("a\r\r\n.\r\n", Some(("a\r\r\n", ""))),
            ("a\0b\r\n.\r\n", Some(("a\0b\r\n", ""))),
            ("a\r\n.\n", None),
            ("a\n.\n", None),
            ("a\n.\r\n", None),
            ("a\r\n.\r", None),
        ];
        for (wire, expected) in table {
            let expected = expected.map(|(a, b)| (a.as_bytes().to_vec(), b.as_bytes().to_vec()));
            assert_eq!(read(&[wire.as_bytes()]), expected, "{wire:?} whole");
            let bytes: Vec<&[u8]> = wire.as_bytes().chunks(1).collect();
            assert_eq!(read(&bytes), expected, "{wire:?} byte by byte");
        }
    }

    /// The plain way to stuff: a dot more on every line that begins with one.
    fn stuffed(text: &[u8]) -> Vec<u8> {
        let mut wire = Vec::new();
        let mut line_start = true;
        for (place, byte) in text.iter().enumerate() {
            if line_start && *byte == b'.' {
                wire.push(b'.');
            }
            wire.push(*byte);
            line_start = text[..=place].ends_with(b"\r\n");
        }
        wire
    }

    proptest! {
        #[test]
        fn any_text_cut_anywhere_comes_through(
            text in "[a.\r\n]{0,40}(\r\n)?",
            cuts in prop::collection::vec(0usize..60, 0..6),
        ) {
            let mut text = text.into_bytes();
            if !text.is_empty() && !text.ends_with(b"\r\n") {
                text.extend(b"\r\n");
            }
            let mut wire = stuffed(&text);
            wire.extend(b".\r\nNOOP\r\n");
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(wire.len())).collect();
            cuts.extend([0, wire.len()]);
            cuts.sort_unstable();
            let pieces: Vec<&[u8]> = cuts.windows(2).map(|pair| &wire[pair[0]..pair[1]]).collect();
            prop_assert_eq!(read(&pieces), Some((text, b"NOOP\r\n".to_vec())));
        }
    }
}
