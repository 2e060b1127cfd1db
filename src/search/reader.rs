//! How a text is read: its spelling repaired, the things it names found, the rest reduced to terms with their weights.

use super::analyser::{self, Analysed};
use super::lexicon::{Lexicon, Token};
use super::query::{Query, Reading, Sentence, Term};
use super::schema::{Fields, RANKED};
use super::spelling::{self, Repair};
use super::{english, item};
use crate::faq::Collection;
use crate::text;
use rustc_hash::FxHashMap;
use std::collections::HashMap;
use std::sync::Arc;
use tantivy::schema::Field;
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{InvertedIndexReader, Searcher};

/// The most terms of one message that are searched for: those that tell entries apart best.
const MAX_TERMS: usize = 32;
/// How much the class of a named medicine counts beside its own name.
const CLASS_WEIGHT: f32 = 0.4;
/// How much an everyday word counts beside one that tells what a message is about.
const EVERYDAY_WEIGHT: f32 = 0.3;
/// How much a thing named before counts beside a message's own words.
const NAMED_BEFORE: f32 = 0.6;
/// How much any other word said before counts.
const SAID_BEFORE: f32 = 0.1;

/// Reads texts the way that a collection's index reads them.
pub(super) struct Reader {
    analyser: TextAnalyzer,
    lexicon: Lexicon,
    /// The topics that the collection has nothing on.
    gaps: Lexicon,
    /// How many entries there are.
    items: f32,
    /// In how many documents a term stands, by its hash and the fields that are ranked by.
    having: FxHashMap<u64, [u32; RANKED]>,
    /// The words that spelling is repaired against.
    vocabulary: Vec<Arc<InvertedIndexReader>>,
}

impl Reader {
    /// The reader of a collection. A part of the index that can't be read holds no terms.
    pub(super) fn new(collection: &Collection, searcher: &Searcher, fields: &Fields) -> Self {
        let of =
            |field: Field| searcher.segment_readers().iter().filter_map(move |part| part.inverted_index(field).ok());
        Self {
            analyser: analyser::english(),
            lexicon: Lexicon::new(&collection.words),
            gaps: Lexicon::of_gaps(&collection.gaps),
            items: collection.entries.len() as f32,
            having: having(fields.weighted().map(|(field, _)| of(field).collect())),
            vocabulary: of(fields.vocabulary).collect(),
        }
    }

    /// The names of things.
    pub(super) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Reads one sentence, its spelling repaired as long as there is budget.
    pub(super) fn sentence(&self, text: &str, budget: &mut usize) -> Sentence {
        let mut words = text::words(text);
        let repairs = self.repair(&mut words, budget);
        let tokens = self.lexicon.find(&words);
        let canonical = self.lexicon.canonical(&tokens);
        let mut terms: Vec<Term> = Vec::new();
        for analysed in analyser::terms(&self.analyser, &canonical) {
            if terms.iter().all(|seen| seen.text != analysed.term) {
                terms.extend(self.telling(analysed));
            }
        }
        let gap = self.gaps.find(&words).iter().find_map(Token::group);
        Sentence { canonical, repairs, groups: tokens.iter().filter_map(Token::group).collect(), gap, terms }
    }

    /// The term of a word, unless it tells nothing: an everyday word that the collection doesn't have, or a thing that it
    /// has only the class of.
    fn telling(&self, analysed: Analysed) -> Option<Term> {
        let term = self.term(analysed);
        let tells_nothing =
            || term.everyday || english::is_misspelt_everyday(&term.word) || self.lexicon.is_in_a_class(&term.word);
        (term.known || !tells_nothing()).then_some(term)
    }

    /// Makes a query of sentences that stand one after the other.
    pub(super) fn query(&self, sentences: &[&Sentence]) -> Query {
        let mut terms: Vec<Term> = Vec::new();
        let mut groups = Vec::new();
        for sentence in sentences {
            groups.extend_from_slice(&sentence.groups);
            for term in &sentence.terms {
                if terms.iter().all(|seen| seen.text != term.text) {
                    terms.push(term.clone());
                }
            }
        }
        if terms.len() > MAX_TERMS {
            terms.sort_by(|one, other| other.weight.total_cmp(&one.weight));
            terms.truncate(MAX_TERMS);
        }
        let strange = terms.iter().filter(|term| !term.known);
        let strange = strange.map(|term| self.lexicon.name_of_term(&term.word).unwrap_or(&term.word).to_owned());
        let mut named: Vec<String> = groups.iter().map(|group| self.lexicon.name(*group).to_owned()).collect();
        named.dedup();
        let reading = Reading {
            repairs: sentences.iter().flat_map(|sentence| sentence.repairs.iter().cloned()).collect(),
            named,
            strange: strange.collect(),
        };
        let canonical: Vec<&str> = sentences.iter().map(|sentence| sentence.canonical.as_str()).collect();
        let gap = sentences.iter().find_map(|sentence| sentence.gap).map(|gap| self.gaps.name(gap).to_owned());
        Query { canonical: canonical.join(" "), terms, groups, gap, reading }
    }

    /// Whether a query names a medicine.
    pub(super) fn names_medicine(&self, query: &Query) -> bool {
        query.groups.iter().any(|group| self.lexicon.is_medicine(*group))
    }

    /// A query that goes on from one before: its own words in full, and what the other says at a lower weight. One that
    /// says nothing of its own takes over the whole of the other; one that names a medicine has changed the subject, so
    /// the other's medicines are left out.
    pub(super) fn following(&self, own: &Query, before: &Query) -> Query {
        if own.terms.is_empty() {
            return before.clone();
        }
        let mut query = own.clone();
        // Not asked in these very words.
        query.canonical.clear();
        let names_medicine = self.names_medicine(own);
        let mut left_out = Vec::new();
        for group in &before.groups {
            if names_medicine && self.lexicon.is_medicine(*group) {
                left_out.extend(self.lexicon.terms(*group).split(' '));
            } else if !query.groups.contains(group) {
                query.groups.push(*group);
                query.reading.named.push(self.lexicon.name(*group).to_owned());
            }
        }
        for term in before.terms.iter().filter(|term| term.known && !left_out.contains(&term.word.as_str())) {
            if !query.terms.iter().any(|own| own.text == term.text) {
                let part = if self.lexicon.is_term(&term.word) { NAMED_BEFORE } else { SAID_BEFORE };
                query.terms.push(Term { weight: term.weight * part, ..term.clone() });
            }
        }
        query
    }

    /// The terms of a text of the collection with their weights, and the groups that it names.
    pub(super) fn terms_of(&self, text: &str) -> (HashMap<String, f32>, Vec<usize>) {
        let tokens = self.lexicon.find(&text::words(text));
        let named = tokens.iter().filter_map(Token::group).collect();
        let terms = analyser::terms(&self.analyser, &self.lexicon.canonical(&tokens));
        let terms = terms.into_iter().map(|analysed| self.term(analysed)).map(|term| (term.text, term.weight));
        (terms.collect(), named)
    }

    fn term(&self, Analysed { term: text, word }: Analysed) -> Term {
        let everyday = english::is_everyday(&word);
        let part = if everyday {
            EVERYDAY_WEIGHT
        } else if self.lexicon.is_class(&word) {
            CLASS_WEIGHT
        } else {
            1.0
        };
        let hash = item::hash(&text);
        let having = self.having.get(&hash).copied().unwrap_or_default();
        let entries = having.into_iter().max().unwrap_or_default() as f32;
        // Inverse document frequency, as BM25 has it.
        let weight = (1.0 + (self.items - entries).max(0.0) / (entries + 0.5)).ln();
        Term { text, hash, word, weight: weight * part, having, known: entries > 0.0, everyday, tells: part >= 1.0 }
    }

    fn repair(&self, words: &mut [String], budget: &mut usize) -> Vec<Repair> {
        match self.vocabulary.first() {
            Some(vocabulary) => spelling::repair(words, vocabulary, &self.lexicon, budget),
            None => Vec::new(),
        }
    }
}

/// In how many documents of each field every term stands, by its hash. What can't be read has none.
fn having(fields: [Vec<Arc<InvertedIndexReader>>; RANKED]) -> FxHashMap<u64, [u32; RANKED]> {
    let mut having: FxHashMap<u64, [u32; RANKED]> = FxHashMap::default();
    for (number, field) in fields.iter().enumerate() {
        for mut terms in field.iter().filter_map(|part| part.terms().stream().ok()) {
            while terms.advance() {
                let Ok(term) = std::str::from_utf8(terms.key()) else { continue };
                let counts = having.entry(item::hash(term)).or_default();
                counts.get_mut(number).into_iter().for_each(|count| *count += terms.value().doc_freq);
            }
        }
    }
    having.shrink_to_fit();
    having
}
