//! A share of something counted, and how far chance may have moved it.

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// How many.
    pub count: usize,
    /// Of how many.
    pub of: usize,
}

/// The 97.5 % quantile of the normal distribution: 95 % lie within this many standard deviations.
const Z: f64 = 1.959_963_984_540_054;

impl Share {
    /// How many of these are so.
    pub fn counted<T>(all: &[T], is_so: impl Fn(&T) -> bool) -> Self {
        Self { count: all.iter().filter(|one| is_so(one)).count(), of: all.len() }
    }

    /// The share from 0 to 1; none of nothing.
    #[expect(clippy::cast_precision_loss, reason = "counts of messages are far below 2^52")]
    pub fn value(self) -> Option<f64> {
        (self.of > 0).then(|| self.count as f64 / self.of as f64)
    }

    /// The 95 % score interval of Wilson (1927), from 0 to 1, which holds for few messages and for shares near 0 and 1
    /// too; none of nothing.
    #[expect(clippy::cast_precision_loss, reason = "counts of messages are far below 2^52")]
    pub fn interval(self) -> Option<(f64, f64)> {
        let (share, of) = (self.value()?, self.of as f64);
        let shrink = 1.0 + Z * Z / of;
        let centre = (share + Z * Z / (2.0 * of)) / shrink;
        let half = Z / shrink * (share * (1.0 - share) / of + Z * Z / (4.0 * of * of)).sqrt();
        Some(((centre - half).max(0.0), (centre + half).min(1.0)))
    }

    /// The share in percent with one digit, `–` of nothing.
    pub(super) fn percent(self) -> String {
        self.value().map_or_else(|| "–".to_owned(), percent)
    }

    /// The interval in percent, `–` of nothing.
    pub(super) fn range(self) -> String {
        let shown = |(low, high): (f64, f64)| format!("{:.1}–{:.1}", low * 100.0, high * 100.0);
        self.interval().map_or_else(|| "–".to_owned(), shown)
    }
}

/// A share from 0 to 1 in percent with one digit.
pub(super) fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(count: usize, of: usize, expected: &str) {
        let share = Share { count, of };
        assert_eq!(format!("{} [{}]", share.percent(), share.range()), expected);
    }

    /// Worked by hand from Wilson's formula.
    #[test]
    fn shares_have_their_interval() {
        check(0, 0, "– [–]");
        check(0, 10, "0.0 % [0.0–27.8]");
        check(10, 10, "100.0 % [72.2–100.0]");
        check(8, 10, "80.0 % [49.0–94.3]");
        check(50, 100, "50.0 % [40.4–59.6]");
    }

    proptest! {
        #[test]
        fn the_share_lies_in_its_interval(of in 1_usize..5_000, part in 0.0..=1.0) {
            let count = (of as f64 * part) as usize;
            let share = Share { count, of };
            let (low, high) = share.interval().unwrap();
            let value = share.value().unwrap();
            prop_assert!((0.0..=1.0).contains(&low) && (0.0..=1.0).contains(&high));
            prop_assert!(low <= value + 1e-12 && value <= high + 1e-12);
        }
    }
}
