//! A text as features: what of it a model can know again.

use crate::text;

/// Past so many words, nothing of a text is read: a message has no more.
const MAX_WORDS: usize = 600;
/// How many letters of a word are taken together, at least and at most; the word's ends count as letters.
const LETTERS: std::ops::RangeInclusive<usize> = 4..=5;
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

/// The features of a text. At most `MAX_WORDS` words are read.
pub fn features(text: &str) -> Features {
    let tokens = tokens(text);
    let mut words = Vec::with_capacity(tokens.len() * 4);
    let mut letters = Vec::with_capacity(tokens.len() * 10);
    for (at, token) in tokens.iter().enumerate() {
        let one = hash(Sort::One, token.bytes());
        words.push(one);
        if let Some(second) = tokens.get(at + 1) {
            let two = and(Sort::Two, one, second);
            words.push(two);
            if let Some(third) = tokens.get(at + 2) {
                words.extend([and(Sort::Three, two, third), and(Sort::Around, one, third)]);
            }
        }
        if is_word(token) {
            pieces(token, &mut letters);
        }
    }
    let mut all = weighed(words);
    all.append(&mut weighed(letters));
    Features { all }
}

/// What kind of feature a hash stands for, so that "so" in a word is not the word "so".
#[derive(Clone, Copy)]
enum Sort {
    One = 1,
    Two,
    Three,
    /// Two words with another one between.
    Around,
    Letters,
}

/// The words of a text and the marks between them; of a number only how many digits it has.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    for part in text.split_inclusive(['?', '!', '.', ',', ';', '\n']) {
        for word in text::words(part) {
            let is_number = word.bytes().all(|letter| letter.is_ascii_digit());
            tokens.push(if is_number { format!("#{}", word.len()) } else { word });
        }
        match part.chars().next_back() {
            Some(mark @ ('?' | '!')) => tokens.push(mark.to_string()),
            Some('.' | ',' | ';' | '\n') => tokens.push(".".to_owned()),
            _ => {}
        }
        if tokens.len() >= MAX_WORDS {
            break;
        }
    }
    tokens.truncate(MAX_WORDS);
    tokens
}

fn is_word(token: &str) -> bool {
    token.starts_with(char::is_alphabetic)
}

/// The pieces of a word of a few letters each, with a space for each of its ends.
fn pieces(word: &str, into: &mut Vec<u32>) {
    let ends: Vec<char> = std::iter::once(' ').chain(word.chars()).chain([' ']).collect();
    for length in LETTERS {
        let piece =
            |letters: &[char]| hash(Sort::Letters, letters.iter().flat_map(|letter| (*letter as u32).to_le_bytes()));
        into.extend(ends.windows(length).map(piece));
    }
}

/// Each hash once, with equal weights whose squares sum up to one.
fn weighed(mut hashes: Vec<u32>) -> Vec<(u32, f32)> {
    hashes.sort_unstable();
    hashes.dedup();
    let weight = 1.0 / (hashes.len().max(1) as f32).sqrt();
    hashes.into_iter().map(|hash| (hash, weight)).collect()
}

/// FNV-1a of a sort and bytes, its bits mixed once more.
fn hash(sort: Sort, bytes: impl Iterator<Item = u8>) -> u32 {
    let start = 0x811c_9dc5 ^ (sort as u32).wrapping_mul(0x9e37_79b1);
    mix(bytes.fold(start, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)))
}

/// The hash of what has this hash, with one more word.
fn and(sort: Sort, before: u32, word: &str) -> u32 {
    hash(sort, before.to_le_bytes().into_iter().chain(word.bytes()))
}

fn mix(hash: u32) -> u32 {
    let hash = (hash ^ (hash >> 16)).wrapping_mul(0x85eb_ca6b);
    let hash = (hash ^ (hash >> 13)).wrapping_mul(0xc2b2_ae35);
    hash ^ (hash >> 16)
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

    proptest! {
        #[test]
        fn any_text_has_few_features(text in any::<String>()) {
            let all = features(&text).all;
            prop_assert!(all.iter().all(|(_, weight)| (0.0..=1.0).contains(weight)));
        }
    }
}
