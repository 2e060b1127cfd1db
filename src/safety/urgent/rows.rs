//! Many rows at once, of which few are tried: those that start from a word of the message, in a sentence that holds a word for
//! each of their steps.

use super::reading::Reading;
use super::row::{Row, Word};
use super::spelling::Vocabulary;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Some of the frequent words, a bit each.
pub(super) type Frequent = u128;

/// Many rows, found by the words that they start from.
#[derive(Debug)]
pub(super) struct Rows<T> {
    rows: Vec<Sought<T>>,
    by_anchor: FxHashMap<Word, Vec<usize>>,
    /// Of each word that isn't frequent, the needs that it meets.
    meets: FxHashMap<Word, Vec<usize>>,
    /// How many needs there are.
    all_needs: usize,
}

#[derive(Debug)]
struct Sought<T> {
    row: Row,
    meaning: T,
    needs: Vec<Need>,
}

/// Words of which a sentence must hold one, or a row is not there.
#[derive(Debug)]
struct Need {
    number: usize,
    /// The frequent ones among them.
    frequent: Frequent,
}

/// A row that was found.
pub(super) struct Found<'a, T> {
    /// What the row means.
    pub(super) meaning: &'a T,
    /// Where its parts stand.
    pub(super) places: Vec<Range<usize>>,
}

impl<T> Rows<T> {
    /// These rows, whose words are in this vocabulary.
    pub(super) fn new(rows: Vec<(Row, T)>, vocabulary: &Vocabulary) -> Self {
        let mut by_anchor: FxHashMap<Word, Vec<usize>> = FxHashMap::default();
        for (number, (row, _)) in rows.iter().enumerate() {
            for word in row.anchors() {
                by_anchor.entry(word).or_default().push(number);
            }
        }
        let mut numbers: FxHashMap<Vec<Word>, usize> = FxHashMap::default();
        let mut need = |words: Vec<Word>| {
            let frequent = words.iter().fold(0, |all, word| all | vocabulary.frequent_bit(*word));
            let next = numbers.len();
            Need { number: *numbers.entry(words).or_insert(next), frequent }
        };
        let sought =
            rows.into_iter().map(|(row, meaning)| Sought { needs: row.needs().map(&mut need).collect(), row, meaning });
        let rows = sought.collect();
        let mut meets: FxHashMap<Word, Vec<usize>> = FxHashMap::default();
        for (words, number) in &numbers {
            let seldom = words.iter().filter(|word| vocabulary.frequent_bit(**word) == 0);
            seldom.for_each(|word| meets.entry(*word).or_default().push(*number));
        }
        Self { rows, by_anchor, meets, all_needs: numbers.len() }
    }

    /// Every row that a message holds, in the order of the message.
    pub(super) fn found(&self, reading: &Reading, vocabulary: &Vocabulary) -> Vec<Found<'_, T>> {
        // Of each need, the last sentence that meets it.
        let mut met = vec![0_u32; self.all_needs];
        let mut found = Vec::new();
        for (number, sentence) in (1..).zip(reading.sentences()) {
            let words = reading.words.get(sentence.clone()).unwrap_or_default();
            let frequent = words.iter().fold(0, |all, word| all | vocabulary.frequent_bit(*word));
            for need in words.iter().filter_map(|word| self.meets.get(word)).flatten() {
                met.get_mut(*need).into_iter().for_each(|last| *last = number);
            }
            let is_met = |need: &Need| need.frequent & frequent != 0 || met.get(need.number) == Some(&number);
            for (at, rows) in words.iter().enumerate().filter_map(|(at, word)| Some((at, self.by_anchor.get(word)?))) {
                for Sought { row, meaning, needs } in rows.iter().filter_map(|row| self.rows.get(*row)) {
                    if !needs.iter().all(is_met) {
                        continue;
                    }
                    let Some(mut places) = row.find(words, at) else { continue };
                    places
                        .iter_mut()
                        .for_each(|place| *place = place.start + sentence.start..place.end + sentence.start);
                    found.push(Found { meaning, places });
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::super::row::{Choices, Groups};
    use super::*;
    use std::sync::Arc;

    /// Looks for a row in a text, with a group of two things.
    #[track_caller]
    fn check(row: &str, text: &str, expected: bool) {
        let mut vocabulary = Vocabulary::new("", "");
        let thing = Choices::new(["chest", "upper_arm"], &mut vocabulary).unwrap();
        let groups = Groups::from([("thing".to_owned(), Arc::new(thing))]);
        let row = Row::new(row, &groups, &mut vocabulary).unwrap();
        let rows = Rows::new(vec![(row, ())], &vocabulary);
        let found = rows.found(&Reading::new(text, &vocabulary), &vocabulary);
        assert_eq!(!found.is_empty(), expected, "{row:?} in {text:?}", row = rows.rows);
    }

    #[test]
    fn a_row_is_found_where_one_sentence_holds_all_of_it() {
        check("crushing {thing} pain", "a crushing chest pain", true);
        check("crushing {thing} pain", "crushing upper arm pain", true);
        check("crushing {thing}|back pain", "crushing back pain", true);
        check("crushing {thing} pain", "crushing. chest pain", false);
        check("{thing} + hurts|aches", "it hurts, my chest", true);
        check("{thing} + hurts|aches", "it hurts. my chest", false);
        check("cant|cannot * breathe", "i cannot really breathe", true);
        check("i cant|cannot the? go", "i cant go", true);
        check("i cant|cannot the? go", "you go", false);
        check("^ go home $", "go home", true);
    }
}
