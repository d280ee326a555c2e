//! Sizes of files as readers of each language write them.

use crate::{Lang, Words};

/// Bytes in the units that people read, by thousands.
const KILO: i64 = 1_000;
const MEGA: i64 = 1_000_000;

impl Words {
    /// "812 bytes", "12 kB", "1,4 MB".
    pub fn size(&self, bytes: i64) -> String {
        match bytes {
            ..KILO => format!("{} bytes", bytes.max(0)),
            KILO..MEGA => format!("{} kB", (bytes / KILO).max(1)),
            _ => {
                let tenths = bytes / (MEGA / 10);
                let point = if self.lang() == Lang::En { '.' } else { ',' };
                format!("{}{point}{} MB", tenths / 10, tenths % 10)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_in_words() {
        for (bytes, dutch, english) in [
            (-1, "0 bytes", "0 bytes"),
            (0, "0 bytes", "0 bytes"),
            (999, "999 bytes", "999 bytes"),
            (1_000, "1 kB", "1 kB"),
            (240_500, "240 kB", "240 kB"),
            (999_999, "999 kB", "999 kB"),
            (1_450_000, "1,4 MB", "1.4 MB"),
            (52_428_800, "52,4 MB", "52.4 MB"),
        ] {
            assert_eq!(Words::new(Lang::Nl).size(bytes), dutch);
            assert_eq!(Words::new(Lang::En).size(bytes), english);
        }
    }
}
