//! Spelling repair against the collection's own vocabulary.
//!
//! A name of a medicine is never guessed: a word that could be two medicines stays as it is.

use super::english;
use super::lexicon::Lexicon;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use tantivy::{InvertedIndexReader, Term};

/// The most words of one message for which a repair is looked for, so that a wall of nonsense costs no more than a
/// sentence.
const MAX_REPAIRS: usize = 2;

/// For how many words of a message a repair may be looked for.
pub fn budget() -> usize {
    MAX_REPAIRS
}

/// How many edits a word of this many letters may have: short words are too near to each other to guess.
fn edits_allowed(letters: usize) -> u8 {
    match letters {
        0..=4 => 0,
        5..=8 => 1,
        _ => 2,
    }
}

/// A word that was read as another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// The word as typed.
    pub typed: String,
    /// The word it was read as.
    pub read_as: String,
}

/// Repairs the words that the vocabulary doesn't hold, in place, and says which. Each that is looked at costs one of the
/// budget; with none left, words stay as they are.
pub(super) fn repair(
    words: &mut [String],
    vocabulary: &InvertedIndexReader,
    lexicon: &Lexicon,
    budget: &mut usize,
) -> Vec<Repair> {
    let mut repairs = Vec::new();
    for word in words {
        let letters = word.chars().count();
        if edits_allowed(letters) == 0
            || word.contains(|letter: char| letter.is_ascii_digit())
            || english::is_word(word)
            || is_known(word, vocabulary)
        {
            continue;
        }
        if *budget == 0 {
            break;
        }
        *budget -= 1;
        let found = (1..=edits_allowed(letters)).find_map(|edits| nearest(word, edits, vocabulary, lexicon));
        if let Some(Found::One(read_as)) = found {
            repairs.push(Repair { typed: std::mem::replace(word, read_as.clone()), read_as });
        }
    }
    repairs
}

enum Found {
    /// The one word it can be.
    One(String),
    /// A name of a medicine among other words, or not near enough: not ours to choose.
    Undecided,
}

/// Whether the vocabulary holds a word.
fn is_known(word: &str, vocabulary: &InvertedIndexReader) -> bool {
    vocabulary.terms().term_ord(word.as_bytes()).is_ok_and(|ordinal| ordinal.is_some())
}

/// The nearest word within this many edits, the most frequent of several. People seldom mistype the first letter; a word
/// with another one is more often another word.
fn nearest(word: &str, edits: u8, vocabulary: &InvertedIndexReader, lexicon: &Lexicon) -> Option<Found> {
    let first = word.chars().next()?;
    // The field is only the name under which the automaton would look.
    let automaton =
        FuzzyTermQuery::new(Term::from_field_text(Field::from_field_id(0), word), edits, true).automaton().ok()?;
    let same_start = first.to_string();
    let after = char::from_u32(first as u32 + 1).unwrap_or(char::MAX).to_string();
    let words = vocabulary.terms().search(automaton).ge(same_start).lt(after);
    let mut stream = words.into_stream().ok()?;
    let mut medicines: Vec<(usize, String)> = Vec::new();
    let mut best: Option<(u32, String)> = None;
    while stream.advance() {
        let Ok(candidate) = std::str::from_utf8(stream.key()) else { continue };
        if let Some(medicine) = lexicon.medicine(candidate) {
            if !medicines.iter().any(|(known, _)| *known == medicine) {
                medicines.push((medicine, candidate.to_owned()));
            }
        } else if best.as_ref().is_none_or(|(count, _)| *count < stream.value().doc_freq) {
            best = Some((stream.value().doc_freq, candidate.to_owned()));
        }
    }
    match (medicines.len(), best) {
        (0, best) => best.map(|(_, word)| Found::One(word)),
        // Two edits may lead from one medicine's name to another's; a medicine that no list holds looks like that too.
        (1, None) if edits == 1 => medicines.pop().map(|(_, word)| Found::One(word)),
        _ => Some(Found::Undecided),
    }
}
