//! A message as the index reads it.

use super::spelling::Repair;

/// A text made ready to be searched for.
#[derive(Debug, Clone)]
pub struct Query {
    /// The text's words, spelling repaired, joined by spaces.
    pub(super) plain: String,
    /// Its terms, each once, in order.
    pub(super) terms: Vec<Term>,
    /// The word groups that it names, by their numbers.
    pub(super) groups: Vec<usize>,
    /// The first topic that it names and the collection has nothing on.
    pub gap: Option<String>,
    /// How it was read, in a person's words.
    pub reading: Reading,
}

impl Query {
    /// Whether it says so little by itself, and nothing strange to the collection, that it may lean on what was said
    /// before ("is it a pill?"). A message that names a topic that the collection lacks is about that.
    pub fn leans_on_context(&self) -> bool {
        self.gap.is_none()
            && self.terms.len() <= MAX_LEANING
            && self.terms.iter().filter(|term| !term.known).count() * 2 <= self.terms.len()
    }
}

/// The most terms of a message that may lean on what was said before.
const MAX_LEANING: usize = 4;

/// A term of a query and how much it tells entries apart.
#[derive(Debug, Clone)]
pub(super) struct Term {
    /// The term as the index holds it.
    pub(super) text: String,
    /// Inverse document frequency: high for a word that few entries have, and for one that none has.
    pub(super) weight: f32,
    /// Whether any entry has it.
    pub(super) known: bool,
    /// Whether it stands for a group of words: a thing that the collection has a name for.
    pub(super) names: bool,
}

/// How a text was read: what was repaired and recognised.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// Words that were read as others.
    pub repairs: Vec<Repair>,
    /// The names of the things that it names, by the word groups' own names.
    pub named: Vec<String>,
}
