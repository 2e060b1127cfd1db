//! A message as the index reads it.

use super::schema::RANKED;
use super::spelling::Repair;
use std::sync::Arc;

/// The most terms of a message that may lean on what was said before.
const MAX_LEANING: usize = 4;

/// A sentence, read: its spelling repaired, its words reduced to terms.
#[derive(Debug, Clone, Default)]
pub struct Sentence {
    /// Its words with the names of things made one, joined by spaces.
    pub(super) canonical: String,
    pub(super) repairs: Vec<Repair>,
    /// The word groups that it names, by their numbers.
    pub(super) groups: Vec<usize>,
    /// The first topic that it names and the collection has nothing on.
    pub(super) gap: Option<usize>,
    pub(super) terms: Vec<Arc<Term>>,
}

impl Sentence {
    /// Whether it names something that the collection has a name for.
    pub fn names_something(&self) -> bool {
        !self.groups.is_empty()
    }
}

/// A text made ready to be searched for.
#[derive(Debug, Clone)]
pub struct Query {
    /// The text's words, spelling repaired and the names of things made one, joined by spaces.
    pub(super) canonical: String,
    /// Its terms, each once, in order. What tells nothing of a topic is not among them.
    pub(super) terms: Vec<Arc<Term>>,
    /// The word groups that it names, by their numbers.
    pub(super) groups: Vec<usize>,
    /// The first topic that it names and the collection has nothing on.
    pub gap: Option<String>,
    /// How it was read, in a person's words.
    pub(super) reading: Reading,
}

impl Query {
    /// Whether it says so little by itself, and nothing strange to the collection, that it may lean on what was said
    /// before ("is it a pill?"). A message that names a topic that the collection lacks is about that.
    pub fn leans_on_context(&self) -> bool {
        self.gap.is_none()
            && self.terms.len() <= MAX_LEANING
            && self.terms.iter().filter(|term| !term.known).count() * 2 <= self.terms.len()
    }

    /// How it was read.
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// The weight of all that it says.
    pub fn weight(&self) -> f32 {
        self.terms.iter().map(|term| term.weight).sum()
    }

    /// The share of its weight that nothing in the collection speaks to.
    pub fn strange(&self) -> f32 {
        let strange: f32 = self.terms.iter().filter(|term| !term.known).map(|term| term.weight).sum();
        let all = self.weight();
        if all > 0.0 { strange / all } else { 0.0 }
    }

    /// How many of its words nothing in the collection speaks to.
    pub fn strange_words(&self) -> usize {
        self.terms.iter().filter(|term| !term.known).count()
    }

    /// Whether it names nothing that the collection has a name for.
    pub fn names_nothing(&self) -> bool {
        self.groups.is_empty()
    }
}

/// A term of a query and how much it tells entries apart.
#[derive(Debug, Clone)]
pub(super) struct Term {
    /// How it is spelt.
    pub(super) spelt: Spelt,
    /// The term as items keep it.
    pub(super) hash: u64,
    /// Inverse document frequency: high for a word that few entries have, and for one that none has.
    pub(super) weight: f32,
    /// In how many documents it stands, by the fields that are ranked by.
    pub(super) having: [u32; RANKED],
    /// Whether any entry has it.
    pub(super) known: bool,
    /// Whether it tells nothing of what a message is about.
    pub(super) everyday: bool,
    /// Whether it tells what a message is about: neither an everyday word nor implied by another.
    pub(super) tells: bool,
}

/// A term and the word that it stands for: in one piece, since a process holds many of them.
#[derive(Debug, Clone)]
pub(super) struct Spelt {
    /// The word, and then the term.
    both: Box<str>,
    /// Where the word ends.
    end: u32,
}

impl Spelt {
    pub(super) fn new(word: &str, term: &str) -> Self {
        Self { both: [word, term].concat().into(), end: word.len() as u32 }
    }

    /// The word that the term stands for.
    pub(super) fn word(&self) -> &str {
        self.both.get(..self.end as usize).unwrap_or_default()
    }

    /// The term as the index holds it.
    pub(super) fn term(&self) -> &str {
        self.both.get(self.end as usize..).unwrap_or_default()
    }
}

/// How a text was read: what was repaired and recognised.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// Words that were read as others.
    pub repairs: Vec<Repair>,
    /// The names of the things that it names, by the word groups' own names.
    pub named: Vec<String>,
    /// Words that nothing in the collection speaks to.
    pub strange: Vec<String>,
}
