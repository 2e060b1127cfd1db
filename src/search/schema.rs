//! What the index holds of an entry, and how much each field counts.

use super::lexicon::{Lexicon, Token, names};
use super::{analyser, hash};
use crate::faq::{Collection, Entry};
use crate::text;
use tantivy::TantivyDocument;
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};

/// Goes up with every change to what is written or to what topics are taught, so that an index of an older make is built anew.
pub(super) const VERSION: u32 = 8;

/// The name of the column of hashes.
pub(super) const PHRASINGS: &str = "phrasings";

/// How many fields are ranked by.
pub(super) const RANKED: usize = 3;

/// The fields of the index.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    /// The entry's place in its collection.
    pub(super) ordinal: Field,
    /// The entry's question, and the word groups that it and the passage name once more.
    pub(super) question: Field,
    /// Its other phrasings.
    pub(super) also: Field,
    /// Its passage and its topic.
    pub(super) passage: Field,
    /// The hash of its question and of each phrasing: who asks in these very words is known by it.
    pub(super) phrasings: Field,
    /// The question's words as typed, for autocomplete.
    pub(super) heading: Field,
    /// Every word as typed: the vocabulary that spelling is repaired against.
    pub(super) vocabulary: Field,
}

impl Fields {
    /// The fields that are ranked by, with their weights.
    pub(super) fn weighted(&self) -> [(Field, f32); RANKED] {
        [(self.question, 3.0), (self.also, 2.0), (self.passage, 1.0)]
    }
}

/// The schema and its fields.
pub(super) fn schema() -> (Schema, Fields) {
    let indexed_by = |tokenizer: &str, option| {
        let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option);
        TextOptions::default().set_indexing_options(indexing)
    };
    let ranked = || indexed_by(analyser::NAME, IndexRecordOption::WithFreqs);
    let typed = || indexed_by("whitespace", IndexRecordOption::Basic);
    let mut schema = Schema::builder();
    let fields = Fields {
        ordinal: schema.add_u64_field("ordinal", FAST),
        question: schema.add_text_field("question", ranked()),
        also: schema.add_text_field("also", ranked()),
        passage: schema.add_text_field("passage", ranked()),
        phrasings: schema.add_u64_field(PHRASINGS, FAST),
        heading: schema.add_text_field("heading", typed()),
        vocabulary: schema.add_text_field("vocabulary", typed()),
    };
    (schema.build(), fields)
}

/// The document of an entry.
pub(super) fn document(fields: &Fields, lexicon: &Lexicon, ordinal: usize, entry: &Entry) -> TantivyDocument {
    let mut document = TantivyDocument::default();
    let canonical = |words: &[String]| lexicon.canonical(lexicon.find(words));
    document.add_u64(fields.ordinal, ordinal as u64);
    document.add_text(fields.passage, canonical(&text::words(&entry.topic)));
    let (question, passage) = (text::words(&entry.question), text::words(&entry.passage));
    let named = [&question, &passage].into_iter().flat_map(|words| lexicon.find(words)).filter_map(Token::group);
    let named: Vec<&str> = named.map(|group| lexicon.terms(group)).collect();
    document.add_text(fields.question, named.join(" "));
    document.add_text(fields.heading, question.join(" "));
    let also = entry.also.iter().map(|phrasing| (fields.also, text::words(phrasing)));
    for (field, words) in [(fields.question, question), (fields.passage, passage)].into_iter().chain(also) {
        let canonical = canonical(&words);
        if field != fields.passage {
            document.add_u64(fields.phrasings, hash::of_text(&canonical));
        }
        document.add_text(field, canonical);
        document.add_text(fields.vocabulary, words.join(" "));
    }
    document
}

/// A document of the words of the collection's word groups and gaps: no entry, but words that are spelt right.
pub(super) fn vocabulary(fields: &Fields, collection: &Collection) -> TantivyDocument {
    let mut document = TantivyDocument::default();
    document.add_u64(fields.ordinal, collection.entries.len() as u64);
    let gaps = collection.gaps.iter().flat_map(|gap| gap.words.iter().chain(&gap.also));
    for text in collection.words.iter().flat_map(names).chain(gaps.map(String::as_str)) {
        document.add_text(fields.vocabulary, text::plain(text));
    }
    document
}
