//! Where reports are about: a row for each word of the place, and the spot on the map.

use std::fmt;

use crate::error::StorageError;
use crate::sql::{Row, Tx, statements};

statements! {
    ADD = "INSERT INTO places (word, contact) VALUES ($1, $2)";
    ADD_SPOT = "INSERT INTO spots (contact, lat, lon) VALUES ($1, $2, $3)";
    SPOT = "SELECT lat, lon FROM spots WHERE contact = $1";
    AT = "SELECT contact FROM places WHERE word = $1 ORDER BY contact DESC LIMIT $2";
}

/// Millionths in one degree.
const MILLION: f64 = 1_000_000.0;

/// A spot on the map (WGS 84), as exact as a step of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// To the north, in millionths of a degree.
    pub lat: i64,
    /// To the east, in millionths of a degree.
    pub lon: i64,
}

impl Spot {
    /// "53.174500,5.422500"; nothing when that is nowhere on earth.
    #[must_use]
    pub fn parse(text: &str) -> Option<Spot> {
        let (lat, lon) = text.split_once(',')?;
        let degrees = |text: &str, most: f64| {
            let degrees = text.trim().parse::<f64>().ok()?;
            #[allow(clippy::cast_possible_truncation, reason = "at most 180 million")]
            (degrees.abs() <= most).then(|| (degrees * MILLION).round() as i64)
        };
        Some(Spot { lat: degrees(lat, 90.0)?, lon: degrees(lon, 180.0)? })
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let degrees = |millionths: i64| {
            let sign = if millionths < 0 { "-" } else { "" };
            let size = millionths.unsigned_abs();
            format!("{sign}{}.{:06}", size / 1_000_000, size % 1_000_000)
        };
        write!(f, "{},{}", degrees(self.lat), degrees(self.lon))
    }
}

impl Tx<'_> {
    /// Keeps the spot that a report is about.
    ///
    /// # Errors
    /// When the database fails, or there is one.
    pub fn add_spot(&mut self, contact: i64, spot: Spot) -> Result<(), StorageError> {
        self.write(&ADD_SPOT, &[contact.into(), spot.lat.into(), spot.lon.into()])?;
        Ok(())
    }

    /// The spot that a report is about.
    ///
    /// # Errors
    /// When the database fails.
    pub fn spot(&mut self, contact: i64) -> Result<Option<Spot>, StorageError> {
        let read = |row: &Row<'_>| Ok(Spot { lat: row.int(0)?, lon: row.int(1)? });
        self.one(&SPOT, &[contact.into()], read)
    }

    /// Keeps a word of the place that a report is about.
    ///
    /// # Errors
    /// When the database fails, or the word was kept before.
    pub fn add_place(&mut self, contact: i64, word: &str) -> Result<(), StorageError> {
        self.write(&ADD, &[word.into(), contact.into()])?;
        Ok(())
    }

    /// The reports about a place with this word, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn reports_at(&mut self, word: &str, most: u32) -> Result<Vec<i64>, StorageError> {
        self.all(&AT, &[word.into(), most.into()], |row| row.int(0))
    }
}

#[cfg(test)]
mod tests {
    use super::Spot;

    #[test]
    fn a_spot_is_read_as_it_is_written() {
        for (text, lat, lon) in [
            ("53.174500,5.422500", 53_174_500, 5_422_500),
            ("-0.000001,-179.999999", -1, -179_999_999),
            ("90.000000,180.000000", 90_000_000, 180_000_000),
        ] {
            assert_eq!(Spot::parse(text), Some(Spot { lat, lon }), "{text}");
            assert_eq!(Spot { lat, lon }.to_string(), text);
        }
        let rounded = Spot::parse(" 53.17450049, 5.4225");
        assert_eq!(rounded, Spot::parse("53.174500,5.422500"));
        for nowhere in ["", "53", "53,a", "91,5", "53,181", "NaN,5", "inf,5", "1e9,5"] {
            assert_eq!(Spot::parse(nowhere), None, "{nowhere}");
        }
    }
}
