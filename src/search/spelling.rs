//! Spelling repair against the collection's own vocabulary.
//!
//! A name of a medicine is never guessed: a word that could be two medicines stays as it is.

use super::english;
use super::lexicon::Lexicon;
use super::vocabulary::{Near, Vocabulary};

/// The most words of one message for which a repair is looked for, so that a wall of nonsense costs no more than a
/// sentence.
const MAX_REPAIRS: usize = 2;

/// For how many words of a message a repair may be looked for.
pub fn budget() -> usize {
    MAX_REPAIRS
}

/// How many edits a word of this many letters may have: short words are too near to each other to guess.
fn edits_allowed(letters: usize) -> usize {
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
/// budget; with none left, words stay as they are. A word that `is_familiar` is right as it stands: the collection's own are, and
/// everyday ones, though no list of English has "appts".
pub(super) fn repair(
    words: &mut [String],
    is_familiar: impl Fn(&str) -> bool,
    vocabulary: &Vocabulary,
    lexicon: &Lexicon,
    budget: &mut usize,
) -> Vec<Repair> {
    let mut repairs = Vec::new();
    for word in words {
        let letters = word.chars().count();
        if edits_allowed(letters) == 0
            || is_familiar(word)
            || word.contains(|letter: char| letter.is_ascii_digit())
            || english::is_word(word)
            || vocabulary.has(word)
        {
            continue;
        }
        if *budget == 0 {
            break;
        }
        *budget -= 1;
        let near = vocabulary.near(word, edits_allowed(letters));
        let found = (1..=edits_allowed(letters)).find_map(|edits| nearest(&near, edits, lexicon));
        if let Some(Found::One(read_as)) = found {
            let read_as = read_as.to_owned();
            repairs.push(Repair { typed: std::mem::replace(word, read_as.clone()), read_as });
        }
    }
    repairs
}

enum Found<'v> {
    /// The one word it can be.
    One(&'v str),
    /// A name of a medicine among other words, or not near enough: not ours to choose.
    Undecided,
}

/// The nearest of these words within this many edits, the most frequent of several.
fn nearest<'v>(near: &[Near<'v>], edits: usize, lexicon: &Lexicon) -> Option<Found<'v>> {
    let mut medicines: Vec<(usize, &str)> = Vec::new();
    let mut best: Option<(u32, &str)> = None;
    for Near { documents, word: candidate, .. } in near.iter().copied().filter(|near| near.edits <= edits) {
        if let Some(medicine) = lexicon.medicine(candidate) {
            if !medicines.iter().any(|(known, _)| *known == medicine) {
                medicines.push((medicine, candidate));
            }
        } else if best.is_none_or(|(most, _)| most < documents) {
            best = Some((documents, candidate));
        }
    }
    match (medicines.as_slice(), best) {
        ([], best) => best.map(|(_, word)| Found::One(word)),
        // Two edits may lead from one medicine's name to another's; a medicine that no list holds looks like that too.
        ([(_, word)], None) if edits == 1 => Some(Found::One(word)),
        _ => Some(Found::Undecided),
    }
}
