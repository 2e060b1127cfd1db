//! The words that the lists know, and what a misspelt word may be.
//!
//! People in distress misspell. A word that nobody knows is read as a word of the signs when it is one slip away
//! (a letter too much, too few, another one, two swapped), or sounds the same. An everyday word is never read as another:
//! `everyday.txt` lists those that stand near a sign.

use super::row::Word;
use super::rows::Frequent;
use crate::text;
use rustc_hash::{FxHashMap, FxHashSet};

/// Shorter words are too near to each other to guess.
const SHORTEST: usize = 4;
/// Words so frequent that a search never starts from one where it can start from another.
const FREQUENT: &str = "i im ive my me he she his her him they their them we our it its is are was were be been am the a an \
    to of in on at and or but not no so for with have has had do does did dont that this what when how you your all just \
    like up out off get got going go will would can cant if as by from still really very much too now";
/// Longer words are no slip of the finger.
const LONGEST: usize = 24;

/// Every word of the lists, with its number.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    numbers: FxHashMap<String, Word>,
    everyday: FxHashSet<String>,
    /// Words without one of their letters, and the words that they may be.
    slips: FxHashMap<String, Vec<Word>>,
    /// How words sound, and the words that sound so.
    sounds: FxHashMap<String, Vec<Word>>,
    /// The words by number; number 0 is no word, and the frequent ones come first.
    words: Vec<String>,
    /// The words that a misspelt word may be read as.
    repaired: FxHashSet<Word>,
    /// How many words are frequent: fewer than a [`Frequent`] has bits.
    frequent: Word,
}

impl Vocabulary {
    /// A vocabulary without words. `everyday` words are never read as others.
    pub(super) fn new(everyday: &str, repaired: &str) -> Self {
        let everyday = everyday.split_whitespace().map(str::to_owned).collect();
        let mut vocabulary = Self { everyday, words: vec![String::new()], ..Self::default() };
        vocabulary.frequent = vocabulary.add(FREQUENT).len() as Word;
        for number in vocabulary.add(repaired) {
            vocabulary.repair_to(number);
        }
        vocabulary
    }

    /// Takes up the words of a text and gives their numbers.
    pub(super) fn add(&mut self, text: &str) -> Vec<Word> {
        text::words(text).into_iter().map(|word| self.add_word(word)).collect()
    }

    fn add_word(&mut self, word: String) -> Word {
        if let Some(number) = self.get(&word) {
            return number;
        }
        let number = Word::try_from(self.words.len()).unwrap_or(0);
        self.numbers.insert(word.clone(), number);
        self.words.push(word);
        number
    }

    /// Lets misspelt words be read as this one.
    fn repair_to(&mut self, number: Word) {
        let Some(word) = usize::try_from(number).ok().and_then(|number| self.words.get(number)) else { return };
        for slip in text::shortened(word).chain([word.clone()]) {
            self.slips.entry(slip).or_default().push(number);
        }
        self.sounds.entry(sound(word)).or_default().push(number);
        self.repaired.insert(number);
    }

    /// The number of a word as it is typed.
    pub(super) fn get(&self, word: &str) -> Option<Word> {
        self.numbers.get(word).copied()
    }

    /// The bit of a word that stands in many messages; none for any other.
    pub(super) fn frequent_bit(&self, word: Word) -> Frequent {
        if (1..=self.frequent).contains(&word) { 1_u128.checked_shl(word).unwrap_or(0) } else { 0 }
    }

    /// The words that a word as typed may be meant for; 0 where it is none of ours.
    pub(super) fn read(&self, word: &str) -> Reads {
        if let Some(number) = self.get(word) {
            return Reads::One(number);
        }
        if word.len() < SHORTEST || word.len() > LONGEST || !word.is_ascii() || self.everyday.contains(word) {
            return Reads::One(0);
        }
        if let Some(unmasked) = unmasked(word).and_then(|plain| self.get(&plain)) {
            return Reads::One(unmasked);
        }
        if word.bytes().any(|letter| letter.is_ascii_digit()) {
            return Reads::One(0);
        }
        if let Some(number) = self.slipped(word).or_else(|| self.sounding(word)) {
            return Reads::One(number);
        }
        self.parted(word).unwrap_or(Reads::One(0))
    }

    /// The word that is one slip away.
    fn slipped(&self, word: &str) -> Option<Word> {
        let slipped = std::iter::once(word.to_owned()).chain(text::shortened(word));
        let near = slipped.filter_map(|slip| self.slips.get(&slip)).flatten().copied();
        self.nearest(word, near, 1)
    }

    /// The word that sounds the same.
    fn sounding(&self, word: &str) -> Option<Word> {
        let near = self.sounds.get(&sound(word))?;
        self.nearest(word, near.iter().copied(), 3)
    }

    /// The nearest of these words that is at most so many slips away.
    fn nearest(&self, word: &str, near: impl Iterator<Item = Word>, most: usize) -> Option<Word> {
        let first = word.chars().next();
        let fair = near.filter_map(|number| {
            let other = self.words.get(usize::try_from(number).ok()?)?;
            // A short word, and a word with another beginning, is seldom a slip.
            let same_start = other.chars().next() == first;
            let enough = same_start || (word.len() > 6 && other.len() > 6);
            let distance = strsim::osa_distance(word, other);
            (enough && distance <= most).then_some((distance, !same_start, number))
        });
        fair.min().map(|(_, _, number)| number)
    }

    /// Words that were typed without the space between: "cantbreathe".
    fn parted(&self, word: &str) -> Option<Reads> {
        if word.len() < 7 {
            return None;
        }
        let known = |text: &str| (text.len() > 1 || text == "i").then(|| self.get(text)).flatten();
        let telling = |words: &[Word]| words.iter().any(|word| self.repaired.contains(word));
        (2..word.len() - 1).find_map(|at| {
            let (first, rest) = word.split_at_checked(at)?;
            let first = known(first)?;
            let two = known(rest).map(|second| vec![first, second]);
            let three = || {
                (2..rest.len().saturating_sub(2)).find_map(|at| {
                    let (second, third) = rest.split_at_checked(at)?;
                    Some(vec![first, known(second)?, known(third)?])
                })
            };
            two.or_else(three).filter(|words| telling(words)).map(Reads::Several)
        })
    }
}

/// What a word as typed was read as.
#[derive(Debug)]
pub(super) enum Reads {
    /// One word; 0 where it is none of ours.
    One(Word),
    /// Words that were typed as one.
    Several(Vec<Word>),
}

/// The word with digits read as the letters they look like ("k1ll"); none where there are no such digits among letters.
fn unmasked(word: &str) -> Option<String> {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    if digits == 0 || digits * 2 > word.len() {
        return None;
    }
    Some(
        word.chars()
            .map(|letter| match letter {
                '0' => 'o',
                '1' => 'i',
                '3' => 'e',
                '4' => 'a',
                '5' => 's',
                '7' => 't',
                other => other,
            })
            .collect(),
    )
}

/// How a word sounds, roughly: its consonants, those that sound alike made one, doubles made single. Vowels count only
/// at the beginning.
fn sound(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let mut sound = String::with_capacity(word.len());
    for (at, letter) in letters.iter().enumerate() {
        let next = letters.get(at + 1).copied().unwrap_or(' ');
        let heard = match letter {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' if at == 0 => 'a',
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w' | 'h' => continue,
            'c' if matches!(next, 'e' | 'i' | 'y') => 's',
            'c' | 'q' => 'k',
            'z' | 'x' => 's',
            'p' if next == 'h' => 'f',
            'g' if next == 'h' && at > 0 => continue,
            other => *other,
        };
        if !sound.ends_with(heard) {
            sound.push(heard);
        }
    }
    sound
}
