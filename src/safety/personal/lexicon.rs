//! Which symbols a word of a message stands for: by the whole word, by its beginning, by its end, or by a repaired
//! spelling.

use crate::text;
use std::collections::{HashMap, HashSet};

/// A number for something that a row can ask for: a word, a stem, or a name.
pub(super) type Symbol = usize;

/// The fewest letters of a stem (`taper~`, `~mab`), and how many of them it is found by.
const STEM: usize = 3;

/// The fewest letters of a sign word whose misspellings are understood.
const REPAIRED: usize = 5;

/// The fewest and most letters of a misspelling that is understood.
const MISSPELT: std::ops::RangeInclusive<usize> = 4..=14;

/// Words, stems and misspellings with their symbols.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    whole: HashMap<String, Vec<Symbol>>,
    begins: HashMap<[u8; STEM], Vec<(String, Symbol)>>,
    ends: HashMap<[u8; STEM], Vec<(String, Symbol)>>,
    /// From a sign word with one letter less, or none, to the sign word.
    near: HashMap<String, Vec<String>>,
    /// Words that are no misspelling, although a sign word is only one letter away.
    right: HashSet<String>,
}

impl Lexicon {
    /// Lets a word (`stop`), a beginning (`taper~`) or an end (`~mab`) stand for a symbol.
    ///
    /// # Errors
    /// What is wrong with the text, for a person to read.
    pub(super) fn add(&mut self, written: &str, symbol: Symbol) -> Result<(), String> {
        let plain = text::words(written).concat();
        let short = || format!("`{written}` has fewer than {STEM} plain letters");
        if written.ends_with('~') {
            let key = plain.as_bytes().first_chunk().ok_or_else(short)?;
            self.begins.entry(*key).or_default().push((plain, symbol));
        } else if written.starts_with('~') {
            let key = plain.as_bytes().last_chunk().ok_or_else(short)?;
            self.ends.entry(*key).or_default().push((plain, symbol));
        } else if plain.is_empty() {
            return Err(format!("`{written}` has no letter"));
        } else {
            self.whole.entry(plain).or_default().push(symbol);
        }
        Ok(())
    }

    /// Makes misspellings of the whole words known, but for these words, which are right as they are.
    pub(super) fn understand_misspellings(&mut self, right: &[String]) {
        self.right = right.iter().map(|word| text::plain(word)).collect();
        for word in self.whole.keys().filter(|word| word.is_ascii() && word.len() >= REPAIRED) {
            for shorter in shortened(word).chain([word.clone()]) {
                self.near.entry(shorter).or_default().push(word.clone());
            }
        }
    }

    /// Calls `found` with each symbol that a word stands for.
    pub(super) fn look_up(&self, word: &str, mut found: impl FnMut(Symbol)) {
        let mut known = self.right.contains(word);
        for symbol in self.whole.get(word).into_iter().flatten() {
            known = true;
            found(*symbol);
        }
        let letters = word.as_bytes();
        let begins = letters.first_chunk().and_then(|key| self.begins.get(key)).into_iter().flatten();
        for (_, symbol) in begins.filter(|(stem, _)| word.starts_with(stem)) {
            known = true;
            found(*symbol);
        }
        let ends = letters.last_chunk().and_then(|key| self.ends.get(key)).into_iter().flatten();
        for (_, symbol) in ends.filter(|(stem, _)| word.ends_with(stem)) {
            known = true;
            found(*symbol);
        }
        if !known {
            self.repaired(word).into_iter().for_each(found);
        }
    }

    /// What the sign words have in common of which a word may be a misspelling: the same first letter, and a letter too
    /// many, too few, wrong, or changed with its neighbour.
    fn repaired(&self, word: &str) -> Vec<Symbol> {
        if !word.is_ascii() || !MISSPELT.contains(&word.len()) {
            return Vec::new();
        }
        let mut common: Option<Vec<Symbol>> = None;
        for shorter in shortened(word).chain([word.to_owned()]) {
            for near in self.near.get(&shorter).into_iter().flatten().filter(|near| is_slip(word, near)) {
                let symbols = self.whole.get(near).map(Vec::as_slice).unwrap_or_default();
                match &mut common {
                    Some(common) => common.retain(|symbol| symbols.contains(symbol)),
                    None => common = Some(symbols.to_vec()),
                }
            }
        }
        common.unwrap_or_default()
    }
}

/// A word with one of its letters left out, but never the first: people seldom mistype that.
fn shortened(word: &str) -> impl Iterator<Item = String> + '_ {
    text::shortened(word).skip(1)
}

/// Whether two words are at most one slip apart.
fn is_slip(word: &str, right: &str) -> bool {
    strsim::osa_distance(word, right) <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, expected: &[Symbol]) {
        let mut lexicon = Lexicon::default();
        for (symbol, written) in ["should", "stopping", "taper~", "~mab", "dose", "halve"].into_iter().enumerate() {
            lexicon.add(written, symbol).expect("a good word");
        }
        lexicon.understand_misspellings(&["shoulder".to_owned(), "shout".to_owned()]);
        let mut found = Vec::new();
        lexicon.look_up(word, |symbol| found.push(symbol));
        assert_eq!(found, expected, "{word:?}");
    }

    #[test]
    fn words_are_found_whole_by_stem_and_misspelt() {
        check("should", &[0]);
        check("tapering", &[2]);
        check("rituximab", &[3]);
        check("shuold", &[0]);
        check("shoud", &[0]);
        check("stoping", &[1]);
        check("halv", &[5]);
        check("shoulder", &[]);
        check("shuodl", &[]);
        check("does", &[]);
        check("mould", &[]);
        check("", &[]);
    }

    #[test]
    fn a_stem_needs_three_letters() {
        assert!(Lexicon::default().add("ab~", 0).is_err());
        assert!(Lexicon::default().add("!", 0).is_err());
    }
}
