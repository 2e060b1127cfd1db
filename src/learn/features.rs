//! A text as features: what of it a model can know again.

use super::Tokens;
use smallvec::{SmallVec, smallvec};
use std::num::NonZeroU32;
use std::ops::Range;

/// Past so many tokens, nothing of a text counts: few messages have as many.
const MAX_TOKENS: usize = 600;
/// How much what was said before counts.
const BEFORE: f32 = 0.5;

/// The features of a text, by their hash, each with its weight. Words and letters weigh the same together, however long the
/// text is: the squares of the weights of each sum up to one, unless it was taken together with what was said before.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Features {
    /// Each once.
    pub(super) all: Vec<(u32, f32)>,
}

impl Features {
    /// These features with those of what was said before, which count half.
    #[must_use]
    pub fn after(&self, before: &Self) -> Self {
        let quieter = before.all.iter().map(|(hash, weight)| (*hash, weight * BEFORE));
        let mut all: Vec<(u32, f32)> = self.all.iter().copied().chain(quieter).collect();
        all.sort_by_key(|(hash, _)| *hash);
        all.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 += if same { next.1 } else { 0.0 };
            same
        });
        Self { all }
    }
}

/// The features of a text. At most `MAX_TOKENS` words and marks count.
pub fn features(text: &str) -> Features {
    Tokens::of(text).all_features()
}

impl Tokens<'_> {
    /// The features of the whole text, as [`features`] gives them.
    pub fn all_features(&self) -> Features {
        self.features(0..self.len().min(MAX_TOKENS))
    }

    /// The features of some of the tokens, as if nothing else stood there.
    pub fn features(&self, tokens: Range<usize>) -> Features {
        let (words, letters) = (self.word_hashes(tokens.clone()), self.letter_hashes(tokens));
        let mut all = Vec::with_capacity(words.len() + letters.len());
        add_weighed(&mut all, &words);
        add_weighed(&mut all, letters);
        Features { all }
    }
}

/// Adds each hash once, with equal weights whose squares sum up to one.
fn add_weighed(all: &mut Vec<(u32, f32)>, hashes: &[u32]) {
    let start = all.len();
    each_once(hashes, |hash| all.push((hash, 0.0)));
    let weighed = all.get_mut(start..).unwrap_or_default();
    let weight = 1.0 / (weighed.len().max(1) as f32).sqrt();
    weighed.iter_mut().for_each(|(_, own)| *own = weight);
}

/// Gives each hash once. They are mixed well enough to be their own places in a table, where a set would hash them again.
fn each_once(hashes: &[u32], mut take: impl FnMut(u32)) {
    // On the stack for nearly every message.
    let mut seen: SmallVec<[Option<NonZeroU32>; 512]> = smallvec![None; (2 * hashes.len()).next_power_of_two()];
    let last = seen.len() - 1;
    for hash in hashes {
        // One hash of billions is not told from none.
        let known = NonZeroU32::new(*hash).unwrap_or(NonZeroU32::MIN);
        let mut at = known.get() as usize & last;
        while let Some(Some(other)) = seen.get(at)
            && *other != known
        {
            at = (at + 1) & last;
        }
        if seen.get_mut(at).is_some_and(|place| place.replace(known).is_none()) {
            take(*hash);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_differs_only_in_typing_has_the_same_features() {
        assert_eq!(features("Does PRED weaken bones?"), features("does  pred weaken bones ?"));
        assert_ne!(features("pred weakens bones"), features("bones weaken pred"));
        assert_eq!(features("40 mg"), features("60 mg"), "of a number, only its length counts");
        assert_eq!(features(""), Features::default());
    }

    #[test]
    fn what_was_said_before_counts_half() {
        let (own, before) = (features("is it a pill"), features("tell me of tofacitinib"));
        let together = own.after(&before);
        assert!(together.all.is_sorted_by_key(|(hash, _)| *hash));
        let sum = |features: &Features| features.all.iter().map(|(_, weight)| weight).sum::<f32>();
        assert!((sum(&together) - sum(&own) - sum(&before) / 2.0).abs() < 1e-4);
    }

    #[test]
    fn a_hash_stands_once() {
        let once = |hashes: &[u32]| {
            let mut once = Vec::new();
            each_once(hashes, |hash| once.push(hash));
            once
        };
        assert_eq!(once(&[7, 0, 7, 8, 15, 0, 16, 7]), [7, 0, 8, 15, 16]);
        assert_eq!(once(&[]), [0; 0]);
    }

    proptest! {
        #[test]
        fn any_text_has_few_features(text in any::<String>()) {
            let all = features(&text).all;
            prop_assert!(all.iter().all(|(_, weight)| (0.0..=1.0).contains(weight)));
        }
    }
}
