//! What the index holds of an entry, and how much each field counts.

use super::analyser;
use super::lexicon::{Lexicon, Token, names};
use crate::faq::{Collection, Entry};
use crate::text;
use tantivy::TantivyDocument;
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions};

/// Goes up with every change to what is written or to what topics are taught, so that an index of an older make is built anew.
pub(super) const VERSION: u32 = 5;

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
    /// Question and phrasings, each as one text with the names of things made one: what a message is when it is asked in
    /// these very words.
    pub(super) exact: Field,
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
    let indexed_by = |tokenizer: &str| {
        let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer);
        TextOptions::default().set_indexing_options(indexing.set_index_option(IndexRecordOption::WithFreqs))
    };
    let mut schema = Schema::builder();
    let fields = Fields {
        ordinal: schema.add_u64_field("ordinal", FAST | INDEXED),
        question: schema.add_text_field("question", indexed_by(analyser::NAME)),
        also: schema.add_text_field("also", indexed_by(analyser::NAME)),
        passage: schema.add_text_field("passage", indexed_by(analyser::NAME)),
        exact: schema.add_text_field("exact", STRING),
        heading: schema.add_text_field("heading", indexed_by("whitespace")),
        vocabulary: schema.add_text_field("vocabulary", indexed_by("whitespace")),
    };
    (schema.build(), fields)
}

/// The document of an entry.
pub(super) fn document(fields: &Fields, lexicon: &Lexicon, ordinal: usize, entry: &Entry) -> TantivyDocument {
    let mut document = TantivyDocument::default();
    let canonical = |text: &str| lexicon.canonical(lexicon.find(&text::words(text)));
    document.add_u64(fields.ordinal, ordinal as u64);
    document.add_text(fields.question, canonical(&entry.question));
    document.add_text(fields.passage, canonical(&entry.passage));
    document.add_text(fields.passage, canonical(&entry.topic));
    document.add_text(fields.heading, text::plain(&entry.question));
    let mut named: Vec<&str> = Vec::new();
    for text in [&entry.question, &entry.passage] {
        for token in lexicon.find(&text::words(text)) {
            if let Token::Group(group) = token {
                named.push(lexicon.terms(group));
            }
        }
        document.add_text(fields.vocabulary, text::plain(text));
    }
    document.add_text(fields.question, named.join(" "));
    document.add_text(fields.exact, canonical(&entry.question));
    for phrasing in &entry.also {
        document.add_text(fields.also, canonical(phrasing));
        document.add_text(fields.exact, canonical(phrasing));
        document.add_text(fields.vocabulary, text::plain(phrasing));
    }
    document
}

/// A document of the words of the collection's word groups and gaps: no entry, but words that are spelt right.
pub(super) fn vocabulary(fields: &Fields, collection: &Collection) -> TantivyDocument {
    let mut document = TantivyDocument::default();
    let gaps = collection.gaps.iter().flat_map(|gap| gap.words.iter().chain(&gap.also));
    for text in collection.words.iter().flat_map(names).chain(gaps.map(String::as_str)) {
        document.add_text(fields.vocabulary, text::plain(text));
    }
    document
}
