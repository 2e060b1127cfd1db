//! English as such: which words the language has, so that a rare but right word is not taken for a misspelling, and which
//! words tell nothing about what a question is about.
//!
//! `words/english.txt` holds the words of five letters and more of the SCOWL lists up to size 35, American and British
//! (`words/LICENSE` has their terms). `words/everyday.txt` is our own list.

use super::vocabulary::Vocabulary;
use rustc_hash::FxHashSet;
use std::cmp::Ordering;
use std::sync::LazyLock;

/// A word a line, sorted, so that it is searched as it stands and takes no memory of its own.
static ENGLISH: &[u8] = include_bytes!("words/english.txt");

static EVERYDAY: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("words/everyday.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

/// The everyday words of five letters and more, to find the one that a misspelt word may be.
static LONG: LazyLock<Vocabulary> = LazyLock::new(|| {
    let long = EVERYDAY.iter().filter(|word| word.len() >= SHORTEST);
    Vocabulary::of(long.map(|word| ((*word).to_owned(), 1)).collect())
});

/// Shorter words are one edit away from too many others.
const SHORTEST: usize = 5;

/// Whether a plain word of five letters or more is an English word.
pub(super) fn is_word(word: &str) -> bool {
    let is_end = |byte: &u8| *byte == b'\n';
    let mut lines = ENGLISH;
    while !lines.is_empty() {
        let (before, after) = lines.split_at(lines.len() / 2);
        let start = before.iter().rposition(is_end).map_or(0, |end| end + 1);
        let end = before.len() + after.iter().position(is_end).unwrap_or(after.len());
        match lines.get(start..end).unwrap_or_default().cmp(word.as_bytes()) {
            Ordering::Equal => return true,
            Ordering::Less => lines = lines.get(end + 1..).unwrap_or_default(),
            Ordering::Greater => lines = lines.get(..start).unwrap_or_default(),
        }
    }
    false
}

/// Reads the lists, so that no message waits for it.
pub(super) fn ready() {
    LazyLock::force(&LONG);
}

/// Every everyday word.
pub(super) fn everyday_words() -> impl Iterator<Item = &'static str> {
    EVERYDAY.iter().copied()
}

/// Whether a plain word tells nothing about what a message is about ("hubby", "leaflet", "yesterday").
pub(super) fn is_everyday(word: &str) -> bool {
    EVERYDAY.contains(word) || word.chars().all(|letter| letter.is_ascii_digit())
}

/// Whether a word is an everyday word with one letter wrong, missing, added or swapped with its neighbour; the first is right.
pub(super) fn is_misspelt_everyday(word: &str) -> bool {
    word.len() >= SHORTEST && !is_word(word) && !LONG.near(word, 1).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_told_from_misspellings() {
        assert!(is_word("jeans") && is_word("promising") && !is_word("osteoperosis") && !is_word("steriods"));
    }

    #[test]
    fn every_word_of_the_list_is_found_and_nothing_between_two_of_them() {
        let list = std::str::from_utf8(ENGLISH).unwrap();
        for word in list.lines() {
            assert!(is_word(word), "{word}");
            let between = format!("{word}\u{1}");
            assert!(!is_word(&between) && !is_word(&format!("{word}\n")), "{word}");
        }
        assert!(!is_word("") && !is_word("aaaaa") && !is_word("zzzzz") && !is_word("jeans\njeans"));
    }

    #[test]
    fn everyday_words_are_known_even_misspelt() {
        assert!(is_everyday("because") && is_everyday("2019") && !is_everyday("bones"));
        assert!(
            is_misspelt_everyday("becuase") && is_misspelt_everyday("yesteday") && !is_misspelt_everyday("rituximab")
        );
    }
}
