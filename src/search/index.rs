//! One collection, searchable.

use super::analyser;
use super::lexicon::{Lexicon, Token};
use super::query::{Query, Reading, Term};
use super::schema::Fields;
use super::signals::{Candidate, EntryTerms, Signals};
use super::spelling;
use crate::faq::{Collection, Entry};
use crate::text;
use std::collections::HashSet;
use std::fs::File;
use std::sync::{Arc, OnceLock};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, FuzzyTermQuery, Occur, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{DocAddress, Searcher};

/// The most terms of one message that are searched for: those that tell entries apart best.
const MAX_TERMS: usize = 32;

/// How much a thing named before counts beside a message's own words.
const CONTEXT_WEIGHT: f32 = 0.6;

/// A collection made searchable. Immutable, so it is shared without locks and swapped whole.
pub struct Index {
    collection: Arc<Collection>,
    searcher: Searcher,
    fields: Fields,
    analyser: TextAnalyzer,
    lexicon: Lexicon,
    gaps: Lexicon,
    /// Per entry, its terms, made when it first becomes a candidate.
    entries: Vec<OnceLock<EntryTerms>>,
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
        let entries = std::iter::repeat_with(OnceLock::new).take(collection.entries.len()).collect();
        let gaps = Lexicon::of_gaps(&collection.gaps);
        Self { collection, searcher, fields, analyser: analyser::english(), lexicon, gaps, entries, _in_use: in_use }
    }

    /// The collection that is searched.
    pub fn collection(&self) -> &Arc<Collection> {
        &self.collection
    }

    /// Reads a text: repairs its spelling, finds the things it names, reduces it to terms.
    pub fn read(&self, text: &str) -> Query {
        let mut words = text::words(text);
        let repairs = self.repair(&mut words);
        let tokens = self.lexicon.find(&words);
        let groups: Vec<usize> = tokens.iter().filter_map(group).collect();
        let gap = self.gaps.find(&words).iter().find_map(group).map(|gap| self.gaps.name(gap).to_owned());
        let mut seen = HashSet::new();
        let mut terms: Vec<Term> = analyser::terms(&self.analyser, &self.lexicon.canonical(&tokens))
            .into_iter()
            .filter(|text| seen.insert(text.clone()))
            .map(|text| self.term(text))
            .collect();
        if terms.len() > MAX_TERMS {
            terms.sort_by(|one, other| other.weight.total_cmp(&one.weight));
            terms.truncate(MAX_TERMS);
        }
        let mut named: Vec<String> = groups.iter().map(|group| self.lexicon.name(*group).to_owned()).collect();
        named.dedup();
        Query { plain: words.join(" "), terms, groups, gap, reading: Reading { repairs, named } }
    }

    /// Reads a follow-up: its own words in full, and the things that the nearest message before it names at a lower
    /// weight. A message that says nothing of its own takes over the whole of that message.
    pub fn read_following(&self, own: &Query, context: &[String]) -> Query {
        let mut before = context.iter().rev().map(|text| self.read(text));
        let Some(before) = before.find(|query| !query.groups.is_empty()) else { return own.clone() };
        if own.terms.is_empty() {
            return before;
        }
        let mut query = own.clone();
        // Not asked in these very words.
        query.plain.clear();
        for group in before.groups {
            let term = self.lexicon.term(group);
            if !query.groups.contains(&group) {
                query.groups.push(group);
                query.terms.extend(analyser::terms(&self.analyser, term).into_iter().map(|text| {
                    let term = self.term(text);
                    Term { weight: term.weight * CONTEXT_WEIGHT, ..term }
                }));
                query.reading.named.push(self.lexicon.name(group).to_owned());
            }
        }
        query
    }

    /// The best candidates for a query, best first, at most `limit`.
    pub fn candidates(&self, query: &Query, limit: usize) -> Vec<Candidate> {
        let medicines = query.groups.iter().copied().filter(|group| self.lexicon.is_medicine(*group)).collect();
        let mut candidates: Vec<Candidate> = self
            .bm25(query, limit)
            .into_iter()
            .filter_map(|(bm25, entry)| {
                Some(Candidate { entry, signals: self.compare(entry, query, &medicines, bm25)? })
            })
            .collect();
        if let Some(entry) = self.exact(&query.plain) {
            candidates.retain(|candidate| candidate.entry != entry);
            let signals =
                Signals { exact: true, bm25: 0.0, phrasing: 1.0, coverage: 1.0, on_topic: true, other_medicine: false };
            candidates.insert(0, Candidate { entry, signals });
        }
        candidates.sort_by(|one, other| other.signals.score().total_cmp(&one.signals.score()));
        candidates.truncate(limit);
        candidates
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
        let found = self.top(&BooleanQuery::new(clauses), limit);
        found.into_iter().filter_map(|(_, entry)| self.collection.entries.get(entry)).collect()
    }

    /// Repairs words in place; an index that can't be read repairs nothing.
    fn repair(&self, words: &mut [String]) -> Vec<spelling::Repair> {
        let segment = self.searcher.segment_readers().first();
        let Some(Ok(vocabulary)) = segment.map(|segment| segment.inverted_index(self.fields.vocabulary)) else {
            return Vec::new();
        };
        spelling::repair(words, self.fields.vocabulary, &vocabulary, &self.lexicon)
    }

    fn term(&self, text: String) -> Term {
        let having = self.entries_having(&text);
        Term { weight: self.weight(having), known: having > 0.0, names: self.lexicon.is_term(&text), text }
    }

    /// How many entries have a term in one of the fields that people's words are matched with.
    fn entries_having(&self, term: &str) -> f32 {
        let in_field = |field| self.searcher.doc_freq(&tantivy::Term::from_field_text(field, term)).unwrap_or(0);
        let fields = [self.fields.question, self.fields.also, self.fields.passage];
        fields.into_iter().map(in_field).max().unwrap_or(0) as f32
    }

    /// The inverse document frequency of a term that so many entries have.
    fn weight(&self, having: f32) -> f32 {
        let entries = self.collection.entries.len() as f32;
        (1.0 + (entries - having).max(0.0) / (having + 0.5)).ln()
    }

    fn bm25(&self, query: &Query, limit: usize) -> Vec<(f32, usize)> {
        let clauses = query.terms.iter().flat_map(|term| {
            let weighted = self.fields.weighted();
            weighted.into_iter().map(|(field, weight)| (Occur::Should, self.clause(field, &term.text, weight)))
        });
        self.top(&BooleanQuery::new(clauses.collect()), limit)
    }

    fn clause(&self, field: Field, term: &str, weight: f32) -> Box<dyn tantivy::query::Query> {
        let term = tantivy::Term::from_field_text(field, term);
        boost(Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)), weight)
    }

    /// The entry that has this very text as its question or as a phrasing.
    fn exact(&self, plain: &str) -> Option<usize> {
        let term = tantivy::Term::from_field_text(self.fields.exact, plain);
        self.top(&TermQuery::new(term, IndexRecordOption::Basic), 1).pop().map(|(_, entry)| entry)
    }

    /// Runs a query; an index that can't be read finds nothing.
    fn top(&self, query: &dyn tantivy::query::Query, limit: usize) -> Vec<(f32, usize)> {
        let found = self.searcher.search(query, &TopDocs::with_limit(limit.max(1)).order_by_score());
        let found = found.unwrap_or_default().into_iter();
        found.filter_map(|(score, address)| Some((score, self.entry_at(address)?))).collect()
    }

    /// The entry of a document; none for the document that holds only vocabulary.
    fn entry_at(&self, address: DocAddress) -> Option<usize> {
        let ordinals = self.searcher.segment_reader(address.segment_ord).fast_fields().u64("ordinal").ok()?;
        let ordinal = usize::try_from(ordinals.first(address.doc_id)?).ok()?;
        (ordinal < self.collection.entries.len()).then_some(ordinal)
    }

    fn compare(&self, entry: usize, query: &Query, medicines: &HashSet<usize>, bm25: f32) -> Option<Signals> {
        let terms = self.entries.get(entry)?.get_or_init(|| self.entry_terms(entry));
        Some(terms.compare(query, medicines, bm25))
    }

    fn entry_terms(&self, entry: usize) -> EntryTerms {
        let mut terms = EntryTerms::default();
        let Some(entry) = self.collection.entries.get(entry) else { return terms };
        for phrasing in std::iter::once(&entry.question).chain(&entry.also) {
            let (found, medicines) = self.terms_of(phrasing);
            let weight = found.iter().map(|term| self.weight(self.entries_having(term))).sum();
            terms.add_phrasing(found, weight);
            terms.add_medicines(medicines);
        }
        for text in [&entry.passage, &entry.topic] {
            let (found, medicines) = self.terms_of(text);
            terms.add_text(found);
            terms.add_medicines(medicines);
        }
        terms
    }

    /// The terms of a text of the collection, and the medicines that it names.
    fn terms_of(&self, text: &str) -> (HashSet<String>, Vec<usize>) {
        let tokens = self.lexicon.find(&text::words(text));
        let medicines = tokens.iter().filter_map(group).filter(|group| self.lexicon.is_medicine(*group)).collect();
        (analyser::terms(&self.analyser, &self.lexicon.canonical(&tokens)).into_iter().collect(), medicines)
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
