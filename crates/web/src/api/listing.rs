//! Lists page by page: how many rows, from where, and where the next page is.

use data_encoding::BASE64URL_NOPAD;
use desk::{API_PAGE, API_PAGE_MAX};
use jiff::Timestamp;

use super::sent::Sent;
use super::shapes::BASE;
use crate::pages::query_value;

/// What a list is asked for.
pub(super) struct Listing {
    /// How many rows.
    pub(super) limit: u32,
    /// Behind which row: what it is sorted by, its contact, and its number.
    pub(super) after: (Timestamp, i64, u32),
}

impl Listing {
    /// Reads `limit` and `cursor`.
    pub(super) fn read(asked: &mut Sent) -> Listing {
        let limit = asked.count("limit", API_PAGE_MAX).unwrap_or(API_PAGE);
        let cursor = asked.text("cursor", 200).map(|text| position(&text));
        if cursor == Some(None) {
            asked.wrong("cursor", "value", "Take the cursor from a `next` link.");
        }
        Listing { limit, after: cursor.flatten().unwrap_or((Timestamp::MIN, 0, 0)) }
    }

    /// How many rows to read: one more than are shown, to know whether there is a next page.
    pub(super) fn reads(&self) -> u32 {
        self.limit + 1
    }

    /// The rows of this page, and where the next one is.
    pub(super) fn page<T>(
        &self,
        mut rows: Vec<T>,
        (path, filters): (&str, &[(&str, Option<String>)]),
        position: impl Fn(&T) -> (Timestamp, i64, u32),
    ) -> (Vec<T>, Option<String>) {
        let limit = self.limit as usize;
        if rows.len() <= limit {
            return (rows, None);
        }
        rows.truncate(limit);
        let cursor = rows.last().map(|row| written(position(row))).unwrap_or_default();
        let mut next = format!("{BASE}{path}?limit={}&cursor={cursor}", self.limit);
        for (name, value) in filters {
            if let Some(value) = value {
                next.push_str(&format!("&{name}={}", query_value(value)));
            }
        }
        (rows, Some(next))
    }
}

fn written((at, contact, nr): (Timestamp, i64, u32)) -> String {
    BASE64URL_NOPAD.encode(format!("{}.{contact}.{nr}", at.as_microsecond()).as_bytes())
}

fn position(text: &str) -> Option<(Timestamp, i64, u32)> {
    let text = String::from_utf8(BASE64URL_NOPAD.decode(text.as_bytes()).ok()?).ok()?;
    let mut parts = text.split('.');
    let at = Timestamp::from_microsecond(parts.next()?.parse().ok()?).ok()?;
    let position = (at, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    parts.next().is_none().then_some(position)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_is_written() {
        let at = Timestamp::from_microsecond(1_795_000_000_123_456).unwrap();
        assert_eq!(position(&written((at, 7, 2))), Some((at, 7, 2)));
        for odd in ["", "a", "MS4y", "MS4yLjMuNA", "eC55Lno", "!", "OTk5OTk5OTk5OTk5OTk5OTk5LjEuMQ"]
        {
            assert_eq!(position(odd), None, "{odd}");
        }
    }
}
