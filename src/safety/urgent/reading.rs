//! A message as the numbers of its words, and where its sentences and their parts begin.

use super::row::Word;
use super::spelling::{Reads, Vocabulary};
use crate::text;
use std::ops::Range;

/// What a laughing emoji is read as.
const LAUGH: &str = " lol ";

/// A message in words.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// The number of each word; 0 for a word that stands in no list.
    pub(super) words: Vec<Word>,
    /// The first word of each sentence.
    sentences: Vec<usize>,
    /// The first word of each part of a sentence: parts end at commas and the like.
    parts: Vec<usize>,
}

impl Reading {
    /// Reads a member's own words.
    pub(super) fn new(own: &str, vocabulary: &Vocabulary) -> Self {
        let mut reading = Self { words: Vec::with_capacity(text::usual_words(own)), ..Self::default() };
        let mut start = 0;
        let mut before = ' ';
        for (at, letter) in own.char_indices() {
            let after = own.get(at + letter.len_utf8()..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
            let ends = end(letter, before, after);
            before = letter;
            let Some(end) = ends else { continue };
            reading.take(own.get(start..at).unwrap_or_default(), vocabulary);
            start = at + letter.len_utf8();
            match end {
                End::Sentence => reading.sentences.push(reading.words.len()),
                End::Part => reading.parts.push(reading.words.len()),
                End::Laugh => reading.take(LAUGH, vocabulary),
            }
        }
        reading.take(own.get(start..).unwrap_or_default(), vocabulary);
        reading
    }

    fn take(&mut self, text: &str, vocabulary: &Vocabulary) {
        let mut letters = String::new();
        let words = text::words(text);
        for (at, word) in words.iter().enumerate() {
            // "c a n t": letters with spaces between are one word.
            let alone = |word: Option<&String>| word.is_some_and(|word| word.chars().count() == 1);
            if alone(Some(word)) {
                letters.push_str(word);
                if alone(words.get(at + 1)) {
                    continue;
                }
            }
            if letters.chars().count() > 2 {
                self.push(vocabulary.read(&letters));
            } else if letters.is_empty() {
                self.push(vocabulary.read(word));
            } else {
                for letter in letters.chars() {
                    self.push(vocabulary.read(letter.encode_utf8(&mut [0; 4])));
                }
            }
            letters.clear();
        }
    }

    fn push(&mut self, reads: Reads) {
        match reads {
            Reads::One(word) => self.words.push(word),
            Reads::Several(words) => self.words.extend(words),
        }
    }

    /// The sentence that a word stands in.
    pub(super) fn sentence(&self, at: usize) -> Range<usize> {
        around(&self.sentences, at, self.words.len())
    }

    /// Every sentence, in order.
    pub(super) fn sentences(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let ends = self.sentences.iter().copied().chain([self.words.len()]);
        ends.scan(0, |start, end| Some(std::mem::replace(start, end)..end)).filter(|sentence| !sentence.is_empty())
    }

    /// The part of a sentence that a word stands in.
    pub(super) fn part(&self, at: usize) -> Range<usize> {
        let sentence = self.sentence(at);
        let part = around(&self.parts, at, self.words.len());
        part.start.max(sentence.start)..part.end.min(sentence.end)
    }
}

/// The stretch between two borders that a place is in.
fn around(borders: &[usize], at: usize, len: usize) -> Range<usize> {
    let after = borders.partition_point(|border| *border <= at);
    let start = after.checked_sub(1).and_then(|before| borders.get(before)).copied().unwrap_or(0);
    start..borders.get(after).copied().unwrap_or(len)
}

enum End {
    Sentence,
    Part,
    Laugh,
}

/// What a character ends. A full stop within a number ends nothing.
fn end(letter: char, before: char, after: char) -> Option<End> {
    match letter {
        '?' | '\n' | ';' | '!' => Some(End::Sentence),
        '.' if after.is_ascii_digit() && before.is_ascii_digit() => None,
        '.' => Some(End::Sentence),
        ',' if after.is_ascii_digit() && before.is_ascii_digit() => None,
        ',' | ':' | '(' | ')' | '…' | '–' | '—' => Some(End::Part),
        '😂' | '🤣' | '😹' | '😆' | '😅' | '😜' => Some(End::Laugh),
        _ => None,
    }
}
