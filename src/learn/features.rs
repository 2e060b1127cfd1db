//! A text as features: what of it a model can know again.

use crate::text;

/// Past so many words, nothing of a text is read: a message has no more.
const MAX_WORDS: usize = 600;
/// How many letters of a word are taken together; the word's ends count as letters.
const LETTERS: usize = 4;
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
    // Rather too much room than moving all of it several times.
    let (words, letters) = (Vec::with_capacity(text.len()), Vec::with_capacity(2 * text.len()));
    let mut found = Found { words, letters, ..Found::default() };
    for part in text.split_inclusive(['?', '!', '.', ',', ';', '\n']) {
        text::each_word(part, |word| found.word(word));
        match part.chars().next_back() {
            Some(mark @ ('?' | '!')) => found.token([mark as u32]),
            Some('.' | ',' | ';' | '\n') => found.token(['.' as u32]),
            _ => {}
        }
        if found.tokens >= MAX_WORDS {
            break;
        }
    }
    Features { all: weighed(found.words).chain(weighed(found.letters)).collect() }
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

/// The features found so far, by their hash, with repetitions. A token is a word or a mark between words.
#[derive(Default)]
struct Found {
    words: Vec<u32>,
    letters: Vec<u32>,
    tokens: usize,
    /// The last token, and it with the one before.
    last: Option<u32>,
    last_two: Option<u32>,
    before_last: Option<u32>,
    /// A word with its ends, for each word anew.
    ends: Vec<char>,
}

impl Found {
    /// Takes a word; of a number only how many digits it has.
    fn word(&mut self, word: &str) {
        if self.tokens >= MAX_WORDS {
            return;
        }
        if word.bytes().all(|letter| letter.is_ascii_digit()) {
            self.token(['#' as u32, word.len() as u32]);
            return;
        }
        self.token(word.bytes().map(u32::from));
        if word.starts_with(char::is_alphabetic) {
            self.pieces(word);
        }
    }

    /// Takes a token: it alone, with the one before, with the two before, and with the one before that.
    fn token(&mut self, units: impl IntoIterator<Item = u32>) {
        let own = hash(Sort::One, units);
        self.words.push(own);
        let two = self.last.map(|last| hash(Sort::Two, [last, own]));
        self.words.extend(two);
        self.words.extend(self.last_two.map(|two| hash(Sort::Three, [two, own])));
        self.words.extend(self.before_last.map(|before| hash(Sort::Around, [before, own])));
        (self.before_last, self.last, self.last_two) = (self.last, Some(own), two);
        self.tokens += 1;
    }

    /// The pieces of a word of a few letters each, with a space for each of its ends.
    fn pieces(&mut self, word: &str) {
        self.ends.clear();
        self.ends.push(' ');
        self.ends.extend(word.chars());
        self.ends.push(' ');
        let pieces = self.ends.windows(LETTERS);
        self.letters.extend(pieces.map(|piece| hash(Sort::Letters, piece.iter().map(|letter| *letter as u32))));
    }
}

/// Each hash once, with equal weights whose squares sum up to one.
fn weighed(hashes: Vec<u32>) -> impl Iterator<Item = (u32, f32)> {
    let once = each_once(hashes);
    let weight = 1.0 / (once.len().max(1) as f32).sqrt();
    once.into_iter().map(move |hash| (hash, weight))
}

/// Each hash once. They are mixed well enough to be their own places in a table.
fn each_once(mut hashes: Vec<u32>) -> Vec<u32> {
    let mut seen = vec![None; (2 * hashes.len()).next_power_of_two()];
    let last = seen.len() - 1;
    hashes.retain(|hash| {
        let mut at = *hash as usize & last;
        while let Some(Some(other)) = seen.get(at)
            && other != hash
        {
            at = (at + 1) & last;
        }
        seen.get_mut(at).is_some_and(|place| place.replace(*hash).is_none())
    });
    hashes
}

/// FNV-1a of a sort and units, its bits mixed once more.
fn hash(sort: Sort, units: impl IntoIterator<Item = u32>) -> u32 {
    mix(units.into_iter().fold(start_of(sort), step))
}

fn start_of(sort: Sort) -> u32 {
    0x811c_9dc5 ^ (sort as u32).wrapping_mul(0x9e37_79b1)
}

/// One step of FNV-1a.
fn step(hash: u32, unit: u32) -> u32 {
    (hash ^ unit).wrapping_mul(0x0100_0193)
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

    #[test]
    fn a_hash_stands_once() {
        assert_eq!(each_once(vec![7, 0, 7, 8, 15, 0, 16, 7]), [7, 0, 8, 15, 16]);
        assert_eq!(each_once(Vec::new()), [0; 0]);
    }

    proptest! {
        #[test]
        fn any_text_has_few_features(text in any::<String>()) {
            let all = features(&text).all;
            prop_assert!(all.iter().all(|(_, weight)| (0.0..=1.0).contains(weight)));
        }
    }
}
