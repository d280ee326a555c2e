//! A few runs of the same thing: the one in the middle, and how far the others lie.

/// The median of some runs, the lowest and the highest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spread {
    pub(crate) median: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

impl Spread {
    /// Of at least one run; nothing measured is not a number.
    pub(crate) fn of(runs: &[f64]) -> Spread {
        let end = |part| part_of(runs, part);
        Spread { median: end(0.5), low: end(0.0), high: end(1.0) }
    }
}

/// The value below which this part (0 to 1) of all values lies: the nearest that occurred.
pub(crate) fn part_of(values: &[f64], part: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    #[allow(clippy::cast_possible_truncation, reason = "a place in a short list")]
    let place = (part * last as f64).round() as usize;
    sorted.get(place).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_and_the_ends() {
        let runs = [5.0, 1.0, 4.0, 2.0, 3.0];
        assert_eq!(Spread::of(&runs), Spread { median: 3.0, low: 1.0, high: 5.0 });
        let hundred: Vec<f64> = (0..=100).map(f64::from).collect();
        assert_eq!(part_of(&hundred, 0.99), 99.0);
        assert!(Spread::of(&[]).median.is_nan());
    }
}
