//! One collection, searchable.

use super::build;
use super::hash;
use super::home::OpenError;
use super::item::{Item, Named};
use super::query::{Query, Sentence, Term};
use super::reader::Reader;
use super::schema::{self, Fields};
use super::signals::{Candidate, Candidates, Signals};
use super::spelling;
use super::topics::{Chances, Topics};
use crate::faq::{Collection, Entry};
use crate::learn::Features;
use crate::text;
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::collections::HashMap;
use std::fs::File;
use std::sync::{Arc, OnceLock};
use tantivy::collector::TopDocs;
use tantivy::columnar::Column;
use tantivy::query::{BooleanQuery, BoostQuery, FuzzyTermQuery, Occur, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, Searcher};

/// The most terms of a query that candidates are found by: those that tell entries apart best.
const MAX_SEARCHED: usize = 6;
/// The same where it was learned which entry a message asks for: then the word that tells most finds what that overlooks.
const MAX_SEARCHED_IF_TAUGHT: usize = 1;

/// How many entries are remembered that one term finds by itself.
const REMEMBERED: usize = 8;
/// How many entries are looked at because what was learned speaks for them.
const LIKELIEST: usize = 4;

/// What a search finds: entries by their place, each with its score, the best first.
type Found = Vec<(f32, usize)>;
/// The same without room to spare, to be kept.
type Remembered = Box<[(f32, usize)]>;

/// A collection made searchable. Immutable, so it is shared without locks and swapped whole. A clone shares all that is large.
#[derive(Clone)]
pub struct Index {
    collection: Arc<Collection>,
    /// The places of the entries that are withheld, in order: to a search they aren't there.
    withheld: Vec<usize>,
    searcher: Searcher,
    fields: Fields,
    reader: Arc<Reader>,
    /// What the collection teaches about its entries; none if it is too large to be learned.
    topics: Option<Arc<Topics>>,
    /// For each entry the first one with the same sources, which says much the same.
    akin: Arc<[usize]>,
    /// Of each segment, the places of its documents in the collection.
    ordinals: Vec<Column<u64>>,
    /// The hash of every question and phrasing, in order, with the entry that alone has it; none if several have.
    asked_by: Arc<[(u64, Option<u32>)]>,
    /// By the hash of every term, what it finds by itself, once it was searched for; in a collection that was learned, where no
    /// message is searched for by more.
    found_by: Arc<FxHashMap<u64, OnceLock<Remembered>>>,
    /// The terms of each entry; in a large collection, made when it first becomes a candidate.
    items: Arc<[OnceLock<Item>]>,
    /// Held while the index is in use, so that no process takes its folder away. None for an index in memory.
    _in_use: Option<Arc<File>>,
}

impl Index {
    pub(super) fn new(
        collection: &Collection,
        searcher: Searcher,
        fields: Fields,
        topics: Option<Topics>,
        in_use: Option<File>,
    ) -> tantivy::Result<Self> {
        let items = std::iter::repeat_with(OnceLock::new).take(collection.entries.len()).collect();
        let reader = Reader::new(collection, &searcher, &fields);
        let ordinals = searcher.segment_readers().iter().map(|part| part.fast_fields().u64("ordinal"));
        let ordinals = ordinals.collect::<tantivy::Result<Vec<_>>>()?;
        let akin = topics.as_ref().map(|_| akin(&collection.entries)).unwrap_or_default();
        let asked_by = asked_by(&searcher, &ordinals)?;
        let found_by = topics.iter().flat_map(|_| reader.terms()).map(|term| (term, OnceLock::new())).collect();
        let index = Self {
            collection: Arc::new(collection.as_served()),
            withheld: Vec::new(),
            searcher,
            fields,
            reader: Arc::new(reader),
            topics: topics.map(Arc::new),
            akin: akin.into(),
            ordinals,
            asked_by: asked_by.into(),
            found_by: Arc::new(found_by),
            items,
            _in_use: in_use.map(Arc::new),
        };
        if index.is_taught() {
            // A few milliseconds now, so that no first question waits for them.
            index.items.iter().enumerate().for_each(|(number, item)| drop(item.set(index.item(number))));
        }
        Ok(index)
    }

    /// A collection made searchable at once and in memory, before anything is learned of it. What was learned of the version
    /// `before` it is carried over, so that what was asked for then is still found.
    ///
    /// # Errors
    /// When it can't be built.
    pub fn at_once(collection: &Arc<Collection>, before: Option<&Self>) -> Result<Self, OpenError> {
        let topics =
            before.and_then(|before| Some(before.topics.as_ref()?.carried_over(&before.collection, collection)));
        build::unlearned(collection, topics).map_err(|why| OpenError::new(collection, why))
    }

    /// The index on a day: it finds no entry that is withheld then. Nothing is built anew.
    #[must_use]
    pub fn on(&self, today: Date) -> Self {
        let collection = self.collection.on(today);
        let withheld = collection.entries.iter().enumerate().filter(|(_, entry)| entry.standing.is_withheld());
        let withheld = withheld.map(|(number, _)| number).collect();
        Self { collection, withheld, ..self.clone() }
    }

    /// Whether an entry is withheld.
    fn is_withheld(&self, entry: usize) -> bool {
        self.withheld.binary_search(&entry).is_ok()
    }

    /// The collection that is searched, as far as it is needed to serve it.
    pub fn collection(&self) -> &Arc<Collection> {
        &self.collection
    }

    /// Reads a text as one sentence.
    pub fn read(&self, text: &str) -> Query {
        self.query(&[&self.sentence(text, &mut spelling::budget())])
    }

    /// Reads one sentence: repairs its spelling as long as there is budget, finds the things it names, reduces it to terms.
    pub fn sentence(&self, text: &str, budget: &mut usize) -> Sentence {
        self.reader.sentence(text, budget)
    }

    /// Makes a query of sentences that stand one after the other.
    pub fn query(&self, sentences: &[&Sentence]) -> Query {
        self.reader.query(sentences)
    }

    /// Whether a query names a medicine: then it says what it is about.
    pub fn names_medicine(&self, query: &Query) -> bool {
        self.reader.names_medicine(query)
    }

    /// Whether a query names a medicine or a class of medicines.
    pub fn names_medicine_or_class(&self, query: &Query) -> bool {
        self.reader.names_medicine_or_class(query)
    }

    /// A query that goes on from one before: its own words in full, and what the other says at a lower weight.
    pub fn following(&self, own: &Query, before: &Query) -> Query {
        self.reader.following(own, before)
    }

    /// Whether a query is an entry's own question, the one that its card shows, in these very words.
    pub fn is_an_entrys_question(&self, query: &Query) -> bool {
        let entry = self.word_for_word(&query.canonical).and_then(|item| self.collection.entries.get(item));
        entry.is_some_and(|entry| self.read(&entry.question).canonical == query.canonical)
    }

    /// Whether it was learned which entry a message asks for.
    pub fn is_taught(&self) -> bool {
        self.topics.is_some()
    }

    /// Whether a query stands word for word in an entry that is newer than what was learned of the others.
    pub fn stands_in_a_new_entry(&self, query: &Query) -> bool {
        let is_new = |entry| self.topics.as_ref().is_some_and(|topics| !topics.knows(entry));
        self.word_for_word(&query.canonical).is_some_and(is_new)
    }

    /// What may be meant by a query: at most `limit` by its words, best BM25 first, the `LIKELIEST` by what was learned, if
    /// features are given, and one that is asked for word for word.
    pub fn candidates(&self, query: &Query, features: Option<&Features>, limit: usize) -> Candidates {
        let topics =
            features.zip(self.topics.as_deref()).map(|(features, topics)| Chances::of(topics, features, &self.akin));
        let mut found = self.bm25(query, limit, topics.is_some());
        for entry in topics.iter().flat_map(|topics| topics.likeliest(LIKELIEST)) {
            if !self.is_withheld(entry) && found.iter().all(|(_, item)| *item != entry) {
                found.push((0.0, entry));
            }
        }
        let best = found.iter().map(|(bm25, _)| *bm25).fold(f32::EPSILON, f32::max);
        let candidate = |(bm25, item)| {
            let mut signals = self.compare(item, query, bm25 / best)?;
            signals.topic = topics.as_ref().map(|topics| topics.of_item(item, &self.akin)).unwrap_or_default();
            Some(Candidate { entry: item, signals })
        };
        let mut candidates: Vec<Candidate> = found.into_iter().filter_map(candidate).collect();
        if let Some(item) = self.word_for_word(&query.canonical) {
            candidates.retain(|candidate| candidate.entry != item);
            candidates.insert(0, Candidate { entry: item, signals: Signals::exact() });
        }
        Candidates { all: candidates, none: topics.map(|topics| topics.none()).unwrap_or_default() }
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
                clauses.push((Occur::Should, self.clause(field, term.spelt.term(), weight)));
            }
        }
        let found = self.top(&BooleanQuery::new(clauses), 2 * limit);
        found.into_iter().filter_map(|(_, entry)| self.collection.entries.get(entry)).take(limit).collect()
    }

    fn bm25(&self, query: &Query, limit: usize, taught: bool) -> Found {
        // Everyday words find too much and cost as much as the others.
        let tells = query.terms.iter().any(|term| term.known && !term.everyday);
        let mut terms: Vec<&Arc<Term>> =
            query.terms.iter().filter(|term| term.known && !(tells && term.everyday)).collect();
        let most = if taught { MAX_SEARCHED_IF_TAUGHT } else { MAX_SEARCHED };
        if terms.len() > most {
            terms.sort_by(|one, other| other.weight.total_cmp(&one.weight));
            terms.truncate(most);
        }
        if let [term] = terms.as_slice()
            && let Some(found) = self.found_by.get(&term.hash)
            && limit <= REMEMBERED
            // Among those that are remembered, what is withheld may stand in the place of what isn't.
            && self.withheld.is_empty()
        {
            let found = match found.get() {
                Some(found) => found,
                // What couldn't be read may be read the next time.
                None => match self.search(&self.ranking(&terms), REMEMBERED) {
                    Ok(new) => found.get_or_init(|| new.into()),
                    Err(_) => return Vec::new(),
                },
            };
            return found.iter().take(limit).copied().collect();
        }
        self.top(&self.ranking(&terms), limit)
    }

    /// The query that ranks entries by these terms.
    fn ranking(&self, terms: &[&Arc<Term>]) -> BooleanQuery {
        let clauses = terms.iter().flat_map(|term| {
            let weighted = self.fields.weighted().into_iter().zip(term.having).filter(|(_, having)| *having > 0);
            weighted.map(move |((field, weight), _)| (Occur::Should, self.clause(field, term.spelt.term(), weight)))
        });
        BooleanQuery::new(clauses.collect())
    }

    fn clause(&self, field: Field, term: &str, weight: f32) -> Box<dyn tantivy::query::Query> {
        let term = tantivy::Term::from_field_text(field, term);
        boost(Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)), weight)
    }

    /// What alone has this very text as its question or as a phrasing.
    fn word_for_word(&self, canonical: &str) -> Option<usize> {
        let at = self.asked_by.binary_search_by_key(&hash::of_text(canonical), |(hash, _)| *hash).ok()?;
        let alone = self.asked_by.get(at)?.1.filter(|_| !canonical.is_empty())? as usize;
        (!self.is_withheld(alone)).then_some(alone)
    }

    /// Runs a query for what isn't withheld; an index that can't be read finds nothing.
    fn top(&self, query: &dyn tantivy::query::Query, limit: usize) -> Found {
        let mut found = self.search(query, limit + self.withheld.len()).unwrap_or_default();
        found.retain(|(_, entry)| !self.is_withheld(*entry));
        found.truncate(limit);
        found
    }

    fn search(&self, query: &dyn tantivy::query::Query, limit: usize) -> tantivy::Result<Found> {
        let found = self.searcher.search(query, &TopDocs::with_limit(limit.max(1)).order_by_score())?.into_iter();
        Ok(found.filter_map(|(score, address)| Some((score, self.item_at(address)?))).collect())
    }

    /// The entry of a document; none for the document that holds only vocabulary.
    fn item_at(&self, address: DocAddress) -> Option<usize> {
        let ordinals = self.ordinals.get(address.segment_ord as usize)?;
        let ordinal = usize::try_from(ordinals.first(address.doc_id)?).ok()?;
        (ordinal < self.items.len()).then_some(ordinal)
    }

    fn compare(&self, item: usize, query: &Query, bm25: f32) -> Option<Signals> {
        let terms = self.items.get(item)?.get_or_init(|| self.item(item));
        Some(terms.compare(query, self.reader.lexicon(), bm25))
    }

    fn item(&self, number: usize) -> Item {
        let Some(entry) = self.collection.entries.get(number) else { return Item::default() };
        // The terms of some texts, and the groups that they name together.
        let read = |texts: &[&String]| {
            let (terms, groups): (Vec<_>, Vec<_>) = texts.iter().map(|text| self.reader.terms_of(text)).unzip();
            (terms, groups.concat())
        };
        let (question, of_question) = read(&[&entry.question]);
        let (phrasings, of_phrasings) = read(&entry.also.iter().collect::<Vec<_>>());
        let (text, of_text) = read(&[&entry.passage, &entry.topic]);
        let phrasings = [question, phrasings].concat();
        let text = text.into_iter().flat_map(HashMap::into_keys).collect();
        Item::new(&phrasings, &text, Named::new(&of_question, &of_text, &of_phrasings, self.reader.lexicon()))
    }
}

/// The hash of every question and phrasing, in order, with the entry that alone has it; none if several have.
fn asked_by(searcher: &Searcher, ordinals: &[Column<u64>]) -> tantivy::Result<Vec<(u64, Option<u32>)>> {
    let mut asked_by = Vec::new();
    for (part, ordinals) in searcher.segment_readers().iter().zip(ordinals) {
        // Without entries there is no such column.
        let Some(hashes) = part.fast_fields().column_opt::<u64>(schema::PHRASINGS)? else { continue };
        for document in part.doc_ids_alive() {
            let Some(entry) = ordinals.first(document).map(|ordinal| ordinal as u32) else { continue };
            asked_by.extend(hashes.values_for_doc(document).map(|hash| (hash, Some(entry))));
        }
    }
    Ok(each_once(asked_by))
}

/// Each hash once, in order, with the entry that alone has it.
fn each_once(mut asked_by: Vec<(u64, Option<u32>)>) -> Vec<(u64, Option<u32>)> {
    asked_by.sort_unstable();
    asked_by.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same && next.1 != kept.1 {
            kept.1 = None;
        }
        same
    });
    asked_by.shrink_to_fit();
    asked_by
}

/// For each entry the first one with the same sources.
fn akin(entries: &[Entry]) -> Vec<usize> {
    let first = |entry: &Entry| entries.iter().position(|other| other.source == entry.source).unwrap_or_default();
    entries.iter().map(first).collect()
}

fn boost(query: Box<dyn tantivy::query::Query>, weight: f32) -> Box<dyn tantivy::query::Query> {
    Box::new(BoostQuery::new(query, weight))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_several_ask_is_asked_by_none() {
        let asked = [(7, 1), (5, 0), (5, 0), (7, 1), (7, 2), (9, 3), (9, 4), (9, 4)];
        let asked = asked.into_iter().map(|(hash, entry)| (hash, Some(entry))).collect();
        assert_eq!(each_once(asked), [(5, Some(0)), (7, None), (9, None)]);
    }
}
