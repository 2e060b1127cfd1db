//! How a text is read: its spelling repaired, the things it names found, the rest reduced to terms with their weights.

use super::analyser::{self, Analysed};
use super::lexicon::{Lexicon, Token};
use super::query::{Query, Reading, Sentence, Spelt, Term};
use super::schema::{Fields, RANKED};
use super::spelling;
use super::vocabulary::{Vocabulary, each_term};
use super::{english, hash};
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
/// The most words of a collection whose terms are held ready: more would take long to make and much room.
const MOST_FAMILIAR: usize = 20_000;
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
    /// The terms of the words that are met most, by the words' hash, so that these need no analysing: of the collection's own and
    /// of everyday words. None for a word that tells nothing.
    familiar: FxHashMap<u64, Option<Arc<Term>>>,
    /// The words that spelling is repaired against.
    vocabulary: Vocabulary,
}

impl Reader {
    /// The reader of a collection. A part of the index that can't be read holds no terms.
    pub(super) fn new(collection: &Collection, searcher: &Searcher, fields: &Fields) -> Self {
        let of =
            |field: Field| searcher.segment_readers().iter().filter_map(move |part| part.inverted_index(field).ok());
        english::ready();
        let mut reader = Self {
            analyser: analyser::english(),
            lexicon: Lexicon::new(&collection.words),
            gaps: Lexicon::of_gaps(&collection.gaps),
            items: collection.entries.len() as f32,
            having: having(fields.weighted().map(|(field, _)| of(field).collect())),
            familiar: FxHashMap::default(),
            vocabulary: Vocabulary::new(of(fields.vocabulary)),
        };
        reader.familiar = reader.familiar_words();
        reader
    }

    fn familiar_words(&self) -> FxHashMap<u64, Option<Arc<Term>>> {
        let mut familiar = FxHashMap::default();
        let mut analyser = self.analyser.clone();
        let mut meet = |word: &str| {
            let term = match self.analysed(word, &mut analyser).as_slice() {
                [] => None,
                [term] if term.known => Some(Arc::clone(term)),
                [term] if term.everyday => None,
                // What the collection doesn't have is worth no memory.
                _ => return,
            };
            familiar.insert(hash::of_word(word), term);
        };
        english::everyday_words().for_each(&mut meet);
        self.vocabulary.most_frequent(MOST_FAMILIAR).into_iter().for_each(&mut meet);
        self.lexicon.all_terms().flat_map(|terms| terms.split(' ')).for_each(&mut meet);
        familiar
    }

    /// The hashes of all terms of the collection.
    pub(super) fn terms(&self) -> impl Iterator<Item = u64> {
        self.having.keys().copied()
    }

    /// The names of things.
    pub(super) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Reads one sentence, its spelling repaired as long as there is budget.
    pub(super) fn sentence(&self, text: &str, budget: &mut usize) -> Sentence {
        let mut words = text::words(text);
        let is_familiar = |word: &str| self.familiar.contains_key(&hash::of_word(word));
        let repairs = spelling::repair(&mut words, is_familiar, &self.vocabulary, &self.lexicon, budget);
        let tokens: Vec<Token> = self.lexicon.find(&words).collect();
        let canonical = self.lexicon.canonical(tokens.iter().copied());
        let mut terms: Vec<Arc<Term>> = Vec::new();
        let mut analyser = self.analyser.clone();
        for word in canonical.split(' ') {
            self.terms_of_word(word, &mut analyser, |term| {
                if terms.iter().all(|seen| seen.hash != term.hash) && self.tells(term) {
                    terms.push(Arc::clone(term));
                }
            });
        }
        let gap = self.gaps.find(&words).find_map(Token::group);
        Sentence { canonical, repairs, groups: tokens.into_iter().filter_map(Token::group).collect(), gap, terms }
    }

    /// Whether a term tells something: neither an everyday word that the collection doesn't have, nor a thing that it has only
    /// the class of.
    fn tells(&self, term: &Term) -> bool {
        let word = term.spelt.word();
        let tells_nothing = || term.everyday || english::is_misspelt_everyday(word) || self.lexicon.is_in_a_class(word);
        term.known || !tells_nothing()
    }

    /// Gives the terms of a word: most often one or none.
    fn terms_of_word(&self, word: &str, analyser: &mut TextAnalyzer, mut take: impl FnMut(&Arc<Term>)) {
        match self.familiar.get(&hash::of_word(word)) {
            Some(term) => term.iter().for_each(take),
            None => self.analysed(word, analyser).iter().for_each(&mut take),
        }
    }

    /// Makes a query of sentences that stand one after the other.
    pub(super) fn query(&self, sentences: &[&Sentence]) -> Query {
        let mut terms: Vec<Arc<Term>> = Vec::new();
        let mut groups = Vec::new();
        for sentence in sentences {
            groups.extend_from_slice(&sentence.groups);
            for term in &sentence.terms {
                if terms.iter().all(|seen| seen.hash != term.hash) {
                    terms.push(Arc::clone(term));
                }
            }
        }
        if terms.len() > MAX_TERMS {
            terms.sort_by(|one, other| other.weight.total_cmp(&one.weight));
            terms.truncate(MAX_TERMS);
        }
        let strange = terms.iter().filter(|term| !term.known);
        let strange = strange.map(|term| term.spelt.word());
        let strange = strange.map(|word| self.lexicon.name_of_term(word).unwrap_or(word).to_owned());
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

    /// Whether a query names a medicine or a class of medicines.
    pub(super) fn names_medicine_or_class(&self, query: &Query) -> bool {
        query.groups.iter().any(|group| self.lexicon.is_medicine_or_class(*group))
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
        for term in before.terms.iter().filter(|term| term.known && !left_out.contains(&term.spelt.word())) {
            if !query.terms.iter().any(|own| own.hash == term.hash) {
                let part = if self.lexicon.is_term(term.spelt.word()) { NAMED_BEFORE } else { SAID_BEFORE };
                query.terms.push(Arc::new(Term { weight: term.weight * part, ..Term::clone(term) }));
            }
        }
        query
    }

    /// The terms of a text of the collection, by their hash, with their weights, and the groups that it names.
    pub(super) fn terms_of(&self, text: &str) -> (HashMap<u64, f32>, Vec<usize>) {
        let words = text::words(text);
        let tokens: Vec<Token> = self.lexicon.find(&words).collect();
        let (mut terms, mut analyser) = (HashMap::new(), self.analyser.clone());
        for word in self.lexicon.canonical(tokens.iter().copied()).split(' ') {
            self.terms_of_word(word, &mut analyser, |term| terms.extend([(term.hash, term.weight)]));
        }
        (terms, tokens.into_iter().filter_map(Token::group).collect())
    }

    /// The terms that the analyser makes of a word.
    fn analysed(&self, word: &str, analyser: &mut TextAnalyzer) -> Vec<Arc<Term>> {
        analyser::terms(analyser, word).into_iter().map(|analysed| Arc::new(self.term(analysed))).collect()
    }

    fn term(&self, Analysed { term, word }: Analysed) -> Term {
        let everyday = english::is_everyday(&word);
        let part = if everyday {
            EVERYDAY_WEIGHT
        } else if self.lexicon.is_class(&word) {
            CLASS_WEIGHT
        } else {
            1.0
        };
        let hash = hash::of_word(&term);
        let having = self.having.get(&hash).copied().unwrap_or_default();
        let entries = having.into_iter().max().unwrap_or_default() as f32;
        // Inverse document frequency, as BM25 has it.
        let weight = (1.0 + (self.items - entries).max(0.0) / (entries + 0.5)).ln();
        let (spelt, weight, known, tells) = (Spelt::new(&word, &term), weight * part, entries > 0.0, part >= 1.0);
        Term { spelt, hash, weight, having, known, everyday, tells }
    }
}

/// In how many documents of each field every term stands, by its hash. What can't be read has none.
fn having(fields: [Vec<Arc<InvertedIndexReader>>; RANKED]) -> FxHashMap<u64, [u32; RANKED]> {
    let mut having: FxHashMap<u64, [u32; RANKED]> = FxHashMap::default();
    for (number, field) in fields.iter().enumerate() {
        for part in field {
            each_term(part, |term, documents| {
                let counts = having.entry(hash::of_word(term)).or_default();
                counts.get_mut(number).into_iter().for_each(|count| *count += documents);
            });
        }
    }
    having.shrink_to_fit();
    having
}
