//! CBOR as authenticators write it (CTAP 2.1, 8: the canonical form): lengths that are said
//! before, numbers in as few bytes as they need, no tags and no fractions. Anything else is
//! refused.

/// How deep one thing may lie in another.
const DEPTH_MAX: u32 = 4;
/// The most things in one list or map.
const ITEMS_MAX: u64 = 64;

/// One thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Item<'a> {
    Int(i64),
    Bytes(&'a [u8]),
    Text(&'a str),
    List(Vec<Item<'a>>),
    Map(Vec<(Item<'a>, Item<'a>)>),
    /// True, false or nothing.
    Simple(u8),
}

impl<'a> Item<'a> {
    /// What a map has under this key.
    pub(super) fn get(&self, key: &Item<'_>) -> Option<&Item<'a>> {
        let Item::Map(pairs) = self else { return None };
        pairs.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The bytes under this key.
    pub(super) fn bytes(&self, key: &Item<'_>) -> Option<&'a [u8]> {
        match self.get(key) {
            Some(Item::Bytes(bytes)) => Some(bytes),
            _ => None,
        }
    }
}

/// The first thing in these bytes, and what comes after it.
pub(super) fn first(bytes: &[u8]) -> Option<(Item<'_>, &[u8])> {
    let mut reader = Reader { rest: bytes };
    let item = reader.item(0)?;
    Some((item, reader.rest))
}

/// The one thing that these bytes are.
pub(super) fn whole(bytes: &[u8]) -> Option<Item<'_>> {
    first(bytes).filter(|(_, rest)| rest.is_empty()).map(|(item, _)| item)
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: u64) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(usize::try_from(count).ok()?)?;
        self.rest = rest;
        Some(taken)
    }

    /// The kind of what comes, and the number in its head.
    fn head(&mut self) -> Option<(u8, u64)> {
        let first = *self.take(1)?.first()?;
        let (kind, short) = (first >> 5, first & 0x1f);
        let length = match short {
            0..=23 => return Some((kind, u64::from(short))),
            24..=27 => 1_u64 << (short - 24),
            _ => return None,
        };
        let number = self.take(length)?.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte));
        let least = match length {
            1 => 24,
            length => 1 << (4 * length),
        };
        (number >= least).then_some((kind, number))
    }

    fn item(&mut self, depth: u32) -> Option<Item<'a>> {
        let (kind, number) = self.head()?;
        let holds = depth < DEPTH_MAX && number <= ITEMS_MAX;
        Some(match kind {
            0 => Item::Int(i64::try_from(number).ok()?),
            1 => Item::Int(-1 - i64::try_from(number).ok()?),
            2 => Item::Bytes(self.take(number)?),
            3 => Item::Text(std::str::from_utf8(self.take(number)?).ok()?),
            4 if holds => {
                Item::List((0..number).map(|_| self.item(depth + 1)).collect::<Option<_>>()?)
            }
            5 if holds => Item::Map(self.pairs(number, depth + 1)?),
            7 if (20..=22).contains(&number) => Item::Simple(u8::try_from(number).ok()?),
            _ => return None,
        })
    }

    fn pairs(&mut self, count: u64, depth: u32) -> Option<Vec<(Item<'a>, Item<'a>)>> {
        let mut pairs: Vec<(Item<'a>, Item<'a>)> = Vec::new();
        for _ in 0..count {
            let (key, value) = (self.item(depth)?, self.item(depth)?);
            // What is said twice may be read in two ways.
            if pairs.iter().any(|(known, _)| *known == key) {
                return None;
            }
            pairs.push((key, value));
        }
        Some(pairs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_are_read_as_the_standard_writes_them() {
        // RFC 8949, appendix A, and what is not canonical.
        for (hex, expected) in [
            ("17", Some(Item::Int(23))),
            ("1818", Some(Item::Int(24))),
            ("1817", None),
            ("190100", Some(Item::Int(256))),
            ("1900ff", None),
            ("1a00010000", Some(Item::Int(65_536))),
            ("1a0000ffff", None),
            ("1b0000000100000000", Some(Item::Int(1 << 32))),
            ("1b00000000ffffffff", None),
            ("1bffffffffffffffff", None),
            ("20", Some(Item::Int(-1))),
            ("3903e7", Some(Item::Int(-1_000))),
            ("3bffffffffffffffff", None),
            ("4401020304", Some(Item::Bytes(&[1, 2, 3, 4]))),
            ("44010203", None),
            ("6161", Some(Item::Text("a"))),
            ("61ff", None),
            ("820102", Some(Item::List(vec![Item::Int(1), Item::Int(2)]))),
            ("a10102", Some(Item::Map(vec![(Item::Int(1), Item::Int(2))]))),
            ("a201020103", None),
            ("a101", None),
            ("f4", Some(Item::Simple(20))),
            ("f7", None),
            ("f93c00", None),
            ("c001", None),
            ("9f01ff", None),
            ("5f4101ff", None),
            ("1c", None),
            ("9b7fffffffffffffff", None),
            ("8181818100", Some(nested(4))),
            ("818181818100", None),
            ("0000", None),
            ("", None),
        ] {
            let bytes = data_encoding::HEXLOWER.decode(hex.as_bytes()).expect("hex");
            assert_eq!(whole(&bytes), expected, "{hex}");
        }
    }

    fn nested(depth: u32) -> Item<'static> {
        (0..depth).fold(Item::Int(0), |inner, _| Item::List(vec![inner]))
    }
}
