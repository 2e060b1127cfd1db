//! Words in order, to find those that are near another one.

use std::collections::BTreeMap;
use std::sync::Arc;
use tantivy::InvertedIndexReader;

/// The words that spelling is repaired against.
pub(super) struct Vocabulary {
    /// All of them in order, one after the other.
    text: String,
    words: Vec<Known>,
    /// Each letter that words begin with, in order, and how many words stand before the first of them.
    first: Vec<(char, u32)>,
}

/// A word that is near another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Near<'v> {
    pub(super) word: &'v str,
    /// How many letters must be changed, added, left out or swapped with their neighbour.
    pub(super) edits: usize,
    /// In how many documents it stands.
    pub(super) documents: u32,
}

/// A word of the vocabulary.
struct Known {
    /// Where it stands in the text.
    start: u32,
    end: u32,
    letters: Letters,
    /// How many letters it has.
    length: u32,
    /// In how many documents it stands.
    documents: u32,
}

/// Which letters a word has, a bit each; what is no letter of English shares the bits that are left. An edit changes two at
/// most, so words that differ in more need no closer look.
type Letters = u32;

fn letters(word: &str) -> Letters {
    word.chars().fold(0, |letters, letter| {
        let bit = if letter.is_ascii_lowercase() { letter as u32 - 'a' as u32 } else { 26 + letter as u32 % 6 };
        letters | 1 << bit
    })
}

impl Vocabulary {
    /// The words of these parts of an index. A part that can't be read has none.
    pub(super) fn new(parts: impl Iterator<Item = Arc<InvertedIndexReader>>) -> Self {
        let mut documents: BTreeMap<String, u32> = BTreeMap::new();
        for part in parts {
            each_term(&part, |word, found| *documents.entry(word.to_owned()).or_default() += found);
        }
        Self::of(documents)
    }

    /// These words, each with in how many documents it stands.
    pub(super) fn of(documents: BTreeMap<String, u32>) -> Self {
        let (mut text, mut words) = (String::new(), Vec::with_capacity(documents.len()));
        let mut first: Vec<(char, u32)> = Vec::new();
        for (word, documents) in documents {
            if let Some(letter) = word.chars().next()
                && first.last().is_none_or(|(last, _)| *last != letter)
            {
                first.push((letter, words.len() as u32));
            }
            let start = text.len() as u32;
            text.push_str(&word);
            let (end, length) = (text.len() as u32, word.chars().count() as u32);
            words.push(Known { start, end, letters: letters(&word), length, documents });
        }
        text.shrink_to_fit();
        Self { text, words, first }
    }

    /// The words without digits that stand in the most documents, at most so many, in no order.
    pub(super) fn most_frequent(&self, most: usize) -> Vec<&str> {
        let is_plain = |known: &&Known| !self.word(known).contains(|letter: char| letter.is_ascii_digit());
        let mut words: Vec<&Known> = self.words.iter().filter(is_plain).collect();
        if words.len() > most {
            words.select_nth_unstable_by_key(most, |known| (std::cmp::Reverse(known.documents), known.start));
            words.truncate(most);
        }
        words.into_iter().map(|known| self.word(known)).collect()
    }

    fn word(&self, known: &Known) -> &str {
        self.text.get(known.start as usize..known.end as usize).unwrap_or_default()
    }

    /// The words that begin with a letter.
    fn beginning_with(&self, letter: char) -> &[Known] {
        let Ok(at) = self.first.binary_search_by_key(&letter, |(first, _)| *first) else { return &[] };
        let start = |at: usize| self.first.get(at).map_or(self.words.len(), |(_, start)| *start as usize);
        self.words.get(start(at)..start(at + 1)).unwrap_or_default()
    }

    /// Whether this is one of the words.
    pub(super) fn has(&self, word: &str) -> bool {
        let Some(first) = word.chars().next() else { return false };
        self.beginning_with(first).binary_search_by(|known| self.word(known).cmp(word)).is_ok()
    }

    /// The words that begin with the same letter and are at most so many edits away, in order. People seldom mistype the first
    /// letter; a word with another one is more often another word.
    pub(super) fn near(&self, word: &str, most: usize) -> Vec<Near<'_>> {
        let Some(first) = word.chars().next() else { return Vec::new() };
        let (own, length) = (letters(word), word.chars().count() as u32);
        let may_be = |known: &&Known| {
            known.length.abs_diff(length) as usize <= most && (known.letters ^ own).count_ones() as usize <= 2 * most
        };
        let near = self.beginning_with(first).iter().filter(may_be).filter_map(|known| {
            let other = self.word(known);
            let edits = strsim::osa_distance(word, other);
            (edits <= most).then_some(Near { word: other, edits, documents: known.documents })
        });
        near.collect()
    }
}

/// Gives the terms of a part of an index, in order, each with in how many documents it stands; none if it can't be read.
pub(super) fn each_term(part: &InvertedIndexReader, mut take: impl FnMut(&str, u32)) {
    let Ok(mut terms) = part.terms().stream() else { return };
    while terms.advance() {
        if let Ok(term) = std::str::from_utf8(terms.key()) {
            take(term, terms.value().doc_freq);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn vocabulary(words: &[&str]) -> Vocabulary {
        Vocabulary::of(words.iter().map(|word| ((*word).to_owned(), 1)).collect())
    }

    #[track_caller]
    fn check(word: &str, most: usize, expected: &[(&str, usize)]) {
        let vocabulary = vocabulary(&["bone", "bones", "bored", "rituximab", "tofacitinib", "zone", "ö"]);
        let near: Vec<_> = vocabulary.near(word, most).into_iter().map(|near| (near.word, near.edits)).collect();
        assert_eq!(near, expected, "{word}");
    }

    #[test]
    fn words_are_near_that_few_edits_part() {
        check("boen", 1, &[("bone", 1)]);
        check("bonse", 2, &[("bone", 1), ("bones", 1)]);
        check("ritxuimb", 2, &[("rituximab", 2)]);
        check("xone", 1, &[]);
        check("", 2, &[]);
        check(&"bone".repeat(2000), 2, &[]);
    }

    proptest! {
        #[test]
        fn no_near_word_is_overlooked(words in prop::collection::btree_set("[abcéя-]{1,7}", 0..20), word in "[abcéя-]{1,7}") {
            let all: Vec<&str> = words.iter().map(String::as_str).collect();
            let found: Vec<String> = vocabulary(&all).near(&word, 2).iter().map(|near| near.word.to_owned()).collect();
            let alike = |other: &&&str| other.chars().next() == word.chars().next() && strsim::osa_distance(&word, other) <= 2;
            let expected: Vec<&str> = all.iter().filter(alike).copied().collect();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_word_is_there_or_not() {
        let vocabulary = vocabulary(&["bone", "zone"]);
        assert!(!Vocabulary::of(BTreeMap::new()).has(""));
        assert!(vocabulary.has("bone") && vocabulary.has("zone") && !vocabulary.has("bo") && !vocabulary.has("zz"));
    }

    #[test]
    fn the_most_frequent_words_are_those_of_most_documents() {
        let words = [("bone", 3), ("pain", 1), ("rash", 2), ("x1", 9)];
        let vocabulary = Vocabulary::of(words.map(|(word, documents)| (word.to_owned(), documents)).into());
        let frequent = |most| {
            let mut words = vocabulary.most_frequent(most);
            words.sort_unstable();
            words
        };
        assert_eq!(frequent(2), ["bone", "rash"]);
        assert_eq!(frequent(9), ["bone", "pain", "rash"]);
    }
}
