//! A text as tokens, and what of them a model can know again, as hashes.

use super::families::{Family, family};
use crate::text;
use std::ops::Range;

/// The marks between words that count; a text is parted at them.
const MARKS: [char; 6] = ['?', '!', '.', ',', ';', '\n'];
/// Past so many tokens, nothing of a text is read: words of one letter each, as many as are read of a text.
const MOST: usize = text::MAX_READ / 2;
/// About how many hashes of words there are for a token.
const WORDS: usize = 5;
/// How many letters of a word are taken together; the word's ends count as letters.
const LETTERS: usize = 4;
/// How many tokens from a word that sets the scene others are taken together with it.
const SCENE: usize = 5;

/// A text as tokens: its words and the marks between them. A text is read once, and any stretch of it can then be taken by
/// itself.
#[derive(Debug, Default)]
pub struct Tokens<'t> {
    /// The stretches between marks, each with its words' numbers.
    stretches: Vec<(&'t str, Range<usize>)>,
    /// Of each token in turn: it alone, with the one before, and with the two before.
    words: Vec<u32>,
    /// The family of each token, for those that have one.
    families: Vec<Option<Family>>,
    /// The pieces of the words, a few letters each.
    letters: Vec<u32>,
    /// Where the pieces of each token end.
    ends: Vec<usize>,
}

impl<'t> Tokens<'t> {
    /// The tokens of a text, of which at most [`text::MAX_READ`] characters are read.
    pub fn of(text: &'t str) -> Self {
        let text = text::as_read(text);
        // Rather too much room than moving all of it several times.
        let (words, letters) = (Vec::with_capacity(text.len()), Vec::with_capacity(text.len()));
        let usual = text::usual_words(text);
        let (families, ends) = (Vec::with_capacity(usual), Vec::with_capacity(usual));
        let mut tokens = Self { words, letters, families, ends, ..Self::default() };
        let mut with_ends = Vec::new();
        for stretch in text.split_inclusive(MARKS) {
            let start = tokens.len();
            text::each_word(stretch, |word| tokens.word(word, &mut with_ends));
            tokens.stretches.push((stretch, start..tokens.len()));
            match stretch.chars().next_back() {
                Some(mark @ ('?' | '!')) => tokens.push([mark as u32], None),
                Some(mark) if MARKS.contains(&mark) => tokens.push(['.' as u32], None),
                _ => {}
            }
            if tokens.len() >= MOST {
                break;
            }
        }
        tokens
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The stretches between marks, in order, each with the numbers of its words.
    pub fn stretches(&self) -> impl Iterator<Item = (&'t str, Range<usize>)> + '_ {
        self.stretches.iter().cloned()
    }

    /// Whether a token is this plain word.
    pub fn is(&self, token: usize, word: &str) -> bool {
        self.words.get(first(token)) == Some(&hash(Sort::One, word.bytes().map(u32::from)))
    }

    /// The hashes of the words of some of the tokens, as if nothing else stood there, with repetitions.
    pub(super) fn word_hashes(&self, tokens: Range<usize>) -> Vec<u32> {
        // The first token of a stretch has none before it, the second has one.
        let start = tokens.start;
        let mut words = Vec::with_capacity(WORDS * tokens.len());
        for token in tokens.clone() {
            let all = self.words.get(first(token)..first(token + 1)).unwrap_or_default();
            words.extend_from_slice(all.get(..token - start + 1).unwrap_or(all));
        }
        self.kin(tokens, &mut words);
        words
    }

    /// The hashes of the pieces of these tokens' words, with repetitions.
    pub(super) fn letter_hashes(&self, tokens: Range<usize>) -> &[u32] {
        let end = |token: usize| token.checked_sub(1).and_then(|last| self.ends.get(last)).copied().unwrap_or_default();
        self.letters.get(end(tokens.start)..end(tokens.end)).unwrap_or_default()
    }

    /// Adds what the families of some of the tokens show: two and three in a row of which one has a family, each known by
    /// its family where it has one; and what stands near a word that sets the scene, with that.
    fn kin(&self, tokens: Range<usize>, words: &mut Vec<u32>) {
        let all = || self.families.get(tokens.clone()).unwrap_or_default().iter().zip(tokens.clone());
        let own = |token: usize| self.words.get(first(token)).copied().unwrap_or_default();
        let signs: Vec<(u32, bool)> = all()
            .map(|(family, token)| match family {
                Some(family) => (hash(Sort::Family, [family.number]), true),
                None => (own(token), false),
            })
            .collect();
        let rows = |length| signs.windows(length).filter(|row| row.iter().any(|(_, has_family)| *has_family));
        words.extend(rows(2).map(|row| hash(Sort::FamilyTwo, row.iter().map(|(sign, _)| *sign))));
        words.extend(rows(3).map(|row| hash(Sort::FamilyThree, row.iter().map(|(sign, _)| *sign))));
        for (family, token) in all().filter_map(|(family, token)| Some((family.filter(|it| it.sets_scene)?, token))) {
            let near = token.saturating_sub(SCENE).max(tokens.start)..(token + SCENE + 1).min(tokens.end);
            let strangers = near.filter(|near| self.families.get(*near).is_some_and(Option::is_none));
            words.extend(strangers.map(|near| hash(Sort::Scene, [family.number, own(near)])));
        }
    }

    /// Takes a word; of a number only how many digits it has.
    fn word(&mut self, word: &str, with_ends: &mut Vec<char>) {
        if word.bytes().all(|letter| letter.is_ascii_digit()) {
            self.push(['#' as u32, word.len() as u32], None);
            return;
        }
        if word.starts_with(char::is_alphabetic) && self.len() < MOST {
            with_ends.clear();
            with_ends.push(' ');
            with_ends.extend(word.chars());
            with_ends.push(' ');
            let pieces = with_ends.windows(LETTERS);
            self.letters.extend(pieces.map(|piece| hash(Sort::Letters, piece.iter().map(|letter| *letter as u32))));
        }
        self.push(word.bytes().map(u32::from), family(word));
    }

    /// Takes a token.
    fn push(&mut self, units: impl IntoIterator<Item = u32>, family: Option<Family>) {
        if self.len() >= MOST {
            return;
        }
        let own = hash(Sort::One, units);
        let before = |back: usize| self.words.get(first(self.len().checked_sub(back)?)).copied();
        let (last, before_last) = (before(1), before(2));
        self.words.push(own);
        if let Some(last) = last {
            let two = hash(Sort::Two, [last, own]);
            self.words.push(two);
            if let Some(before_last) = before_last {
                self.words.push(hash(Sort::Three, [before_last, two]));
            }
        }
        self.families.push(family);
        self.ends.push(self.letters.len());
    }
}

/// Where the hashes of a token begin: the first has one, the second two, every other three.
fn first(token: usize) -> usize {
    match token {
        0 | 1 => token,
        _ => 3 * (token - 1),
    }
}

/// What kind of feature a hash stands for, so that "so" in a word is not the word "so".
#[derive(Clone, Copy)]
enum Sort {
    One = 1,
    Two,
    Three,
    Letters,
    Family,
    FamilyTwo,
    FamilyThree,
    /// A word near one that sets the scene.
    Scene,
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
    fn a_stretch_is_between_marks() {
        let tokens = Tokens::of("is it safe, and a pill?\nyes");
        let stretches: Vec<_> = tokens.stretches().collect();
        assert_eq!(stretches, [("is it safe,", 0..3), (" and a pill?", 4..7), ("\n", 8..8), ("yes", 9..10)]);
        assert!(tokens.is(4, "and") && !tokens.is(5, "and") && !tokens.is(99, "and"));
        assert!(Tokens::of("").is_empty());
    }

    #[test]
    fn words_are_known_by_their_families() {
        let all = |text: &str| Tokens::of(text).word_hashes(0..Tokens::of(text).len());
        let shared = |one: &str, other: &str| all(one).iter().filter(|hash| all(other).contains(hash)).count();
        // The words "my" and "faints", and by the family: "my …", "… faints" and "my … faints".
        assert_eq!(shared("my mum faints", "my wife faints"), 5);
        assert_eq!(shared("my mum faints", "my dog faints"), 2);
        let fainted =
            hash(Sort::Scene, [family("ago").unwrap().number, hash(Sort::One, "faint".bytes().map(u32::from))]);
        assert!(all("faint b c d e ago").contains(&fainted), "five away");
        assert!(!all("faint a b c d e ago").contains(&fainted), "six away");
        let tokens = Tokens::of("faint b ago");
        assert!(!tokens.word_hashes(0..2).contains(&fainted), "not in what is looked at");
    }

    proptest! {
        #[test]
        fn a_stretch_is_read_as_if_it_stood_alone(
            before in "((mum|she|dog|not|ago|chest|[a-z0-9]{1,7})[ ,?]){0,4}",
            own in "(mum|she|dog|not|ago|[a-z0-9]{1,7})( (mum|dog|not|ago|chest|[a-z0-9]{1,7})){0,4}",
        ) {
            let (start, end) = (Tokens::of(&before).len(), Tokens::of(&format!("{before}{own}")).len());
            let whole = format!("{before}{own} and more");
            let (whole, own) = (Tokens::of(&whole), Tokens::of(&own));
            prop_assert_eq!(whole.word_hashes(start..end), own.word_hashes(0..end - start));
            prop_assert_eq!(whole.letter_hashes(start..end), own.letter_hashes(0..end - start));
        }
    }
}
