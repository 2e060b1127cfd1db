//! A count as it may be shown.
//!
//! A small count is a person: where four members asked about something, others may know which four. So what is fewer than five is
//! shown as just that, none included, since a list of what happened never would say that the rest did. And its size must not come
//! out by arithmetic: were larger counts exact, a total less its parts, or 30 days less 29, would be the small count that was left
//! out. So every count is rounded down to fives after it was summed, wherever it goes: into a text, a list's order, the height of
//! a bar, the description of the picture. A difference of two such counts is right within four, and so tells no small count; at most that there was
//! something, where a total is clearly more than all that is listed.
//! Weeks and months are shown whole, so that there are few pairs of spans to compare.
//!
//! It doesn't keep from a moderator who looks after every question, or asks along until a count moves, that somebody asked.

use std::fmt;

/// The least that is shown, and how far apart what is shown lies.
const STEP: u64 = 5;

/// A count, rounded down to fives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Rounded(u64);

impl Rounded {
    /// A count as it may be shown.
    pub(super) fn of(count: u64) -> Self {
        Self(count / STEP * STEP)
    }

    /// Whether it is fewer than five.
    pub(super) fn is_few(self) -> bool {
        self.0 == 0
    }

    /// How high it stands in a picture; few stand as none.
    pub(super) fn height(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Rounded {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_few() { out.write_str("fewer than five") } else { write!(out, "{}+", self.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_look_like_none_and_nine_like_five() {
        let shown = |count| Rounded::of(count).to_string();
        assert_eq!([0, 4].map(shown), ["fewer than five", "fewer than five"]);
        assert_eq!([5, 9, 10, 1_234].map(shown), ["5+", "5+", "10+", "1230+"]);
    }

    proptest::proptest! {
        #[test]
        fn no_total_less_its_other_part_tells_which_small_count_was_left_out(rest in 0_u64..1_000) {
            // Whatever the rest is, the difference is the same for at least two of the counts that are few.
            let less_the_rest = |few: u64| Rounded::of(rest + few).height() - Rounded::of(rest).height();
            let differences: std::collections::BTreeSet<u64> = (0..STEP).map(less_the_rest).collect();
            proptest::prop_assert!(differences.len() <= 2 && differences.iter().all(|difference| difference % STEP == 0));
        }
    }
}
