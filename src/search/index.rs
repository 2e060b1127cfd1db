//! One collection, searchable.

use super::analyser::{self, Analysed};
use super::english;
use super::item::Item;
use super::lexicon::{Lexicon, Token};
use super::query::{Query, Reading, Spelt, Term};
use super::schema::Fields;
use super::signals::{Candidate, Signals, Subject};
use super::spelling::{self, Repair};
use crate::faq::{Collection, Entry};
use crate::text;
use std::collections::HashMap;
use std::fs::File;
use std::sync::{Arc, OnceLock};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, FuzzyTermQuery, Occur, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{DocAddress, Searcher};

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

/// A collection made searchable. Immutable, so it is shared without locks and swapped whole.
pub struct Index {
    collection: Arc<Collection>,
    searcher: Searcher,
    fields: Fields,
    analyser: TextAnalyzer,
    lexicon: Lexicon,
    gaps: Lexicon,
    /// Per entry and, after these, per gap, its terms, made when it first becomes a candidate.
    items: Vec<OnceLock<Item>>,
    /// Held while the index is in use, so that no process takes its folder away. None for an index in memory.
    _in_use: Option<File>,
}

impl Index {
    pub(super) fn new(
        collection: Arc<Collection>,
        searcher: Searcher,
        fields: Fields,
        lexicon: Lexicon,
        in_use: Option<File>,
    ) -> Self {
        let items = collection.entries.len() + collection.gaps.len();
        let items = std::iter::repeat_with(OnceLock::new).take(items).collect();
        let gaps = Lexicon::of_gaps(&collection.gaps);
        Self { collection, searcher, fields, analyser: analyser::english(), lexicon, gaps, items, _in_use: in_use }
    }

    /// The collection that is searched.
    pub fn collection(&self) -> &Arc<Collection> {
        &self.collection
    }

    /// Reads a text: repairs its spelling, finds the things it names, reduces it to terms.
    pub fn read(&self, text: &str) -> Query {
        self.query(&[&self.spell(text, &mut spelling::budget())])
    }

    /// The words of a text, their spelling repaired as long as there is budget.
    pub fn spell(&self, text: &str, budget: &mut usize) -> Spelt {
        let mut words = text::words(text);
        let repairs = self.repair(&mut words, budget);
        Spelt { words, repairs }
    }

    /// Makes a query of texts that stand one after the other: finds the things they name and reduces them to terms.
    pub fn query(&self, texts: &[&Spelt]) -> Query {
        let words: Vec<String> = texts.iter().flat_map(|text| text.words.iter().cloned()).collect();
        let repairs = texts.iter().flat_map(|text| text.repairs.iter().cloned()).collect();
        let tokens = self.lexicon.find(&words);
        let groups: Vec<usize> = tokens.iter().filter_map(group).collect();
        let gap = self.gaps.find(&words).iter().find_map(group).map(|gap| self.gaps.name(gap).to_owned());
        let mut terms: Vec<Term> = Vec::new();
        let mut strange = Vec::new();
        let canonical = self.lexicon.canonical(&tokens);
        for analysed in analyser::terms(&self.analyser, &canonical) {
            if terms.iter().any(|seen| seen.text == analysed.term) {
                continue;
            }
            let term = self.term(&analysed);
            // A group that no entry names is known by its class, if it has one.
            let word = &analysed.word;
            if !term.known && (term.everyday || english::is_misspelt_everyday(word) || self.lexicon.is_in_a_class(word))
            {
                continue;
            }
            if !term.known {
                strange.push(self.lexicon.name_of_term(word).unwrap_or(word).to_owned());
            }
            terms.push(term);
        }
        if terms.len() > MAX_TERMS {
            terms.sort_by(|one, other| other.weight.total_cmp(&one.weight));
            terms.truncate(MAX_TERMS);
        }
        let mut named: Vec<String> = groups.iter().map(|group| self.lexicon.name(*group).to_owned()).collect();
        named.dedup();
        Query { canonical, terms, groups, gap, reading: Reading { repairs, named, strange } }
    }

    /// A query that goes on from one before: its own words in full, and what the other says at a lower weight. One that
    /// says nothing of its own takes over the whole of the other; one that names a medicine has changed the subject, so the
    /// other's medicines are left out.
    pub fn following(&self, own: &Query, before: &Query) -> Query {
        if own.terms.is_empty() {
            return before.clone();
        }
        let mut query = own.clone();
        // Not asked in these very words.
        query.canonical.clear();
        let names_medicine = own.groups.iter().any(|group| self.lexicon.is_medicine(*group));
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

    /// What may be meant by a query, at most `limit` and one that is asked for word for word: best BM25 first.
    pub fn candidates(&self, query: &Query, limit: usize) -> Vec<Candidate> {
        let found = self.bm25(query, limit);
        let best = found.iter().map(|(bm25, _)| *bm25).fold(f32::EPSILON, f32::max);
        let candidate = |(bm25, item)| {
            Some(Candidate { subject: self.subject(item), signals: self.compare(item, query, bm25 / best)? })
        };
        let mut candidates: Vec<Candidate> = found.into_iter().filter_map(candidate).collect();
        if let Some(item) = self.exact(&query.canonical) {
            let subject = self.subject(item);
            candidates.retain(|candidate| candidate.subject != subject);
            candidates.insert(0, Candidate { subject, signals: Signals::exact() });
        }
        candidates
    }

    fn subject(&self, item: usize) -> Subject {
        item.checked_sub(self.collection.entries.len()).map_or(Subject::Entry(item), Subject::Gap)
    }

    /// Entries whose question fits what somebody has typed so far, best first, at most `limit`.
    pub fn completions(&self, typed: &str, limit: usize) -> Vec<&Entry> {
        let mut words = text::words(typed);
        let Some(last) = words.pop() else { return Vec::new() };
        let prefix = |field: Field| -> Box<dyn tantivy::query::Query> {
            Box::new(FuzzyTermQuery::new_prefix(tantivy::Term::from_field_text(field, &last), 0, false))
        };
        let mut clauses = vec![
            (Occur::Should, boost(prefix(self.fields.heading), 4.0)),
            (Occur::Should, prefix(self.fields.vocabulary)),
        ];
        // A finished last word counts in full, brands and abbreviations included.
        for term in self.read(typed).terms {
            for (field, weight) in self.fields.weighted() {
                clauses.push((Occur::Should, self.clause(field, &term.text, weight)));
            }
        }
        let found = self.top(&BooleanQuery::new(clauses), 2 * limit);
        found.into_iter().filter_map(|(_, entry)| self.collection.entries.get(entry)).take(limit).collect()
    }

    /// Repairs words in place; an index that can't be read repairs nothing.
    fn repair(&self, words: &mut [String], budget: &mut usize) -> Vec<Repair> {
        let segment = self.searcher.segment_readers().first();
        let Some(Ok(vocabulary)) = segment.map(|segment| segment.inverted_index(self.fields.vocabulary)) else {
            return Vec::new();
        };
        spelling::repair(words, self.fields.vocabulary, &vocabulary, &self.lexicon, budget)
    }

    fn term(&self, analysed: &Analysed) -> Term {
        let text = &analysed.term;
        let having = |field| self.searcher.doc_freq(&tantivy::Term::from_field_text(field, text)).unwrap_or(0);
        let entries = [self.fields.question, self.fields.also, self.fields.passage].map(having).into_iter().max();
        let (entries, gaps) = (entries.unwrap_or(0), having(self.fields.gap));
        let everyday = english::is_everyday(&analysed.word);
        let part = if everyday {
            EVERYDAY_WEIGHT
        } else if self.lexicon.is_class(&analysed.word) {
            CLASS_WEIGHT
        } else {
            1.0
        };
        let (all, having) = (self.items.len() as f32, (entries + gaps) as f32);
        // Inverse document frequency, as BM25 has it.
        let weight = (1.0 + (all - having).max(0.0) / (having + 0.5)).ln();
        Term {
            text: text.clone(),
            word: analysed.word.clone(),
            weight: weight * part,
            known: entries + gaps > 0,
            of_gaps: entries == 0 && gaps > 0,
            everyday,
            tells: part >= 1.0,
        }
    }

    fn bm25(&self, query: &Query, limit: usize) -> Vec<(f32, usize)> {
        let clauses = query.terms.iter().flat_map(|term| {
            let weighted = self.fields.weighted();
            let part = if term.everyday { EVERYDAY_WEIGHT } else { 1.0 };
            weighted
                .into_iter()
                .map(move |(field, weight)| (Occur::Should, self.clause(field, &term.text, weight * part)))
        });
        self.top(&BooleanQuery::new(clauses.collect()), limit)
    }

    fn clause(&self, field: Field, term: &str, weight: f32) -> Box<dyn tantivy::query::Query> {
        let term = tantivy::Term::from_field_text(field, term);
        boost(Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)), weight)
    }

    /// What alone has this very text as its question or as a phrasing.
    fn exact(&self, canonical: &str) -> Option<usize> {
        let term = tantivy::Term::from_field_text(self.fields.exact, canonical);
        match self.top(&TermQuery::new(term, IndexRecordOption::Basic), 2).as_slice() {
            [(_, item)] => Some(*item),
            _ => None,
        }
    }

    /// Runs a query; an index that can't be read finds nothing.
    fn top(&self, query: &dyn tantivy::query::Query, limit: usize) -> Vec<(f32, usize)> {
        let found = self.searcher.search(query, &TopDocs::with_limit(limit.max(1)).order_by_score());
        let found = found.unwrap_or_default().into_iter();
        found.filter_map(|(score, address)| Some((score, self.item_at(address)?))).collect()
    }

    /// The entry or gap of a document; none for the document that holds only vocabulary.
    fn item_at(&self, address: DocAddress) -> Option<usize> {
        let ordinals = self.searcher.segment_reader(address.segment_ord).fast_fields().u64("ordinal").ok()?;
        let ordinal = usize::try_from(ordinals.first(address.doc_id)?).ok()?;
        (ordinal < self.items.len()).then_some(ordinal)
    }

    fn compare(&self, item: usize, query: &Query, bm25: f32) -> Option<Signals> {
        let terms = self.items.get(item)?.get_or_init(|| self.item(item));
        Some(terms.compare(query, &self.lexicon, bm25))
    }

    fn item(&self, number: usize) -> Item {
        let mut item = Item::default();
        let collection = &self.collection;
        if let Some(entry) = collection.entries.get(number) {
            self.add_phrasings(&mut item, std::iter::once(&entry.question).chain(&entry.also));
            for text in [&entry.passage, &entry.topic] {
                let (found, named) = self.terms_of(text);
                item.add_text(found.into_keys());
                item.add_named(named);
            }
        } else if let Some(gap) = collection.gaps.get(number - collection.entries.len()) {
            self.add_phrasings(&mut item, gap.also.iter().chain(&gap.words));
        }
        item
    }

    fn add_phrasings<'a>(&self, item: &mut Item, phrasings: impl Iterator<Item = &'a String>) {
        for phrasing in phrasings {
            let (found, named) = self.terms_of(phrasing);
            item.add_phrasing(found);
            item.add_named(named);
        }
    }

    /// The terms of a text of the collection with their weights, and the groups that it names.
    fn terms_of(&self, text: &str) -> (HashMap<String, f32>, Vec<usize>) {
        let tokens = self.lexicon.find(&text::words(text));
        let named = tokens.iter().filter_map(group).collect();
        let terms = analyser::terms(&self.analyser, &self.lexicon.canonical(&tokens));
        let terms = terms.iter().map(|analysed| self.term(analysed)).map(|term| (term.text, term.weight));
        (terms.collect(), named)
    }
}

fn group(token: &Token) -> Option<usize> {
    match token {
        Token::Group(group) => Some(*group),
        Token::Word(_) => None,
    }
}

fn boost(query: Box<dyn tantivy::query::Query>, weight: f32) -> Box<dyn tantivy::query::Query> {
    Box::new(BoostQuery::new(query, weight))
}
