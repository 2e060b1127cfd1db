//! A message's sentences, with what each word stands for at its place.

use super::lexicon::{Lexicon, Symbol};
use super::row::Places;
use crate::text;

/// The most words of a stretch that is read at once: a place each, and one for the beginning and the end.
const STRETCH: usize = 62;

/// How many words a stretch shares with the one before it, so that no row is torn.
const OVERLAP: usize = 20;

/// How many sentences are read one by one; the rest of a longer message is read as one.
const SENTENCES: usize = 100;

/// What arrows stand for.
const ARROWS: [(&str, &str); 5] = [("→", " to "), ("->", " to "), ("➡", " to "), ("↑", " up "), ("↓", " down ")];

/// The symbols that no word stands for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marks {
    /// The beginning of a sentence.
    pub(super) begin: Symbol,
    /// The end of a sentence.
    pub(super) end: Symbol,
    /// The end of a sentence with a question mark.
    pub(super) question: Symbol,
    /// A word that begins with a digit.
    pub(super) number: Symbol,
}

/// Reads a message: the places of every symbol, sentence by sentence.
pub(super) fn read(message: &str, lexicon: &Lexicon, marks: Marks, symbols: usize) -> Vec<Places> {
    let own = with_arrows_read(text::own_words(message));
    let mut read = Vec::new();
    for (sentence, asks) in sentences(&own) {
        let words = text::words(sentence);
        let mut from = 0;
        while from < words.len() {
            let stretch = words.iter().skip(from).take(STRETCH);
            let is_last = from + STRETCH >= words.len();
            let mut places = Places::none(symbols);
            if from == 0 {
                places.mark(marks.begin, 1);
            }
            let mut end = 2;
            for (at, word) in stretch.enumerate() {
                let place = 2 << at;
                end = place << 1;
                let letters = word.trim_start_matches(|letter: char| letter.is_ascii_digit());
                if letters.len() < word.len() {
                    places.mark(marks.number, place);
                }
                lexicon.look_up(letters, |symbol| places.mark(symbol, place));
            }
            if is_last {
                places.mark(marks.end, end);
                places.mark(marks.question, if asks { end } else { 0 });
            }
            read.push(places);
            from = if is_last { words.len() } else { from + STRETCH - OVERLAP };
        }
    }
    read
}

/// Arrows as the words that people mean by them: `pred 20 → 10 ↓`.
fn with_arrows_read(text: String) -> String {
    ARROWS.iter().fold(text, |text, (arrow, word)| if text.contains(arrow) { text.replace(arrow, word) } else { text })
}

/// The sentences of a text, each with whether a question mark ends it. A full stop ends one only before a space, and three
/// in a row end none: many people type them as a pause.
fn sentences(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut rest = text;
    let mut read = 0;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        read += 1;
        let end = if read > SENTENCES { rest.len() } else { border(rest) };
        let (sentence, after) = rest.split_at(end);
        let next = after.find(|letter: char| !is_border(letter) && !letter.is_whitespace()).unwrap_or(after.len());
        let (signs, after) = after.split_at(next);
        rest = after;
        Some((sentence, signs.contains('?')))
    })
}

fn is_border(letter: char) -> bool {
    matches!(letter, '.' | '?' | '!' | ';' | '\n' | '？' | '！' | '。')
}

/// Where the first sentence of a text ends.
fn border(text: &str) -> usize {
    text.char_indices()
        .find(|(at, letter)| {
            let after = text.get(at + letter.len_utf8()..).unwrap_or_default();
            match letter {
                '.' => {
                    after.starts_with(char::is_whitespace)
                        && !text.get(..*at).is_some_and(|before| before.ends_with('.'))
                }
                _ => is_border(*letter),
            }
        })
        .map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, bool)]) {
        let found = sentences(text).map(|(sentence, asks)| (sentence.trim(), asks)).collect::<Vec<_>>();
        assert_eq!(found, expected, "the sentences of {text:?}");
    }

    #[test]
    fn sentences_end_where_people_end_them() {
        check("one. two? three", &[("one", false), ("two", true), ("three", false)]);
        check("2.5 mg?! ok", &[("2.5 mg", true), ("ok", false)]);
        check("well... what now??", &[("well... what now", true)]);
        check("a\nb; c!", &[("a", false), ("b", false), ("c", false)]);
        check("", &[]);
    }
}
