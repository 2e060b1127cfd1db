//! One index: written, opened, and looked through.

use super::analyser;
use super::index::Index;
use super::lexicon::Lexicon;
use super::schema::{self, Fields};
use super::topics::Topics;
use crate::faq::Collection;
use crate::parallel;
use std::collections::HashSet;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::directory::{MmapDirectory, RamDirectory};
use tantivy::indexer::SingleSegmentIndexWriter;
use tantivy::schema::Schema;
use tantivy::tokenizer::TokenizerManager;
use tantivy::{Directory, IndexSettings, ReloadPolicy, TantivyError};

/// How much memory a writer sets out with; it takes more as it needs it.
const FIRST_MEMORY_BYTES: usize = 1 << 20;
/// How many entries are made ready to be written at a time; after each lot, progress is told.
const LOT: usize = 2_000;

/// Told how far a build is: parts done, parts in all. A part is an entry that is written, or as much of what is learned.
pub type Progress<'a> = &'a mut dyn FnMut(usize, usize);

/// Builds the index of a collection in an empty folder.
pub(super) fn on_disk(folder: &Path, collection: &Collection, progress: Progress) -> Result<(), TantivyError> {
    let (schema, fields) = schema::schema();
    write(writer(schema, MmapDirectory::open(folder)?)?, &fields, collection, progress)?;
    if let Some(topics) = learn(collection, progress) {
        topics.keep(folder)?;
    }
    Ok(())
}

/// What writes the documents of an index, which stand in the order in which they come.
fn writer(schema: Schema, directory: impl Into<Box<dyn Directory>>) -> Result<SingleSegmentIndexWriter, TantivyError> {
    // What isn't stored needs no thread to compress it.
    let settings = IndexSettings { docstore_compress_dedicated_thread: false, ..IndexSettings::default() };
    let builder = tantivy::Index::builder().schema(schema).settings(settings).tokenizers(tokenizers());
    builder.single_segment_index_writer(directory, FIRST_MEMORY_BYTES)
}

/// Learns a collection after it was written.
fn learn(collection: &Collection, progress: Progress) -> Option<Topics> {
    let entries = collection.entries.len();
    Topics::learn(collection, &mut |done, all| progress(entries + done * entries / all.max(1), 2 * entries))
}

/// Builds the index of a collection in memory.
pub(super) fn in_memory(collection: &Arc<Collection>, progress: Progress) -> Result<Index, TantivyError> {
    let (index, fields) = written_in_memory(collection, progress)?;
    let topics = learn(collection, progress);
    searchable(collection, &index, fields, topics, None)
}

/// Makes a collection searchable in memory at once, with what was learned of an earlier version, if anything was.
pub(super) fn unlearned(collection: &Arc<Collection>, topics: Option<Topics>) -> Result<Index, TantivyError> {
    let (index, fields) = written_in_memory(collection, &mut |_, _| ())?;
    searchable(collection, &index, fields, topics, None)
}

fn written_in_memory(collection: &Collection, progress: Progress) -> Result<(tantivy::Index, Fields), TantivyError> {
    let (schema, fields) = schema::schema();
    let index = write(writer(schema, RamDirectory::create())?, &fields, collection, progress)?;
    Ok((index, fields))
}

/// Opens an index on disk and looks through it: every file's checksum, and that no entry is missing.
pub(super) fn open(folder: &Path, collection: &Arc<Collection>, in_use: File) -> Result<Index, TantivyError> {
    let mut index = tantivy::Index::open(MmapDirectory::open(folder)?)?;
    let (schema, fields) = schema::schema();
    if index.schema() != schema {
        return Err(io::Error::other("it has another schema").into());
    }
    index.set_tokenizers(tokenizers());
    check_list(folder, &index.directory().list_managed_files(), &index.load_metas()?.list_segment_files())?;
    let damaged = index.validate_checksum()?;
    if let Some(file) = damaged.iter().next() {
        return Err(io::Error::other(format!("the checksum of {} is wrong", file.display())).into());
    }
    searchable(collection, &index, fields, Topics::open(folder, collection)?, Some(in_use))
}

/// Checks tantivy's list of its files, since it looks only at the files that the list names: each must be there, and each
/// that the index is made of must be on it. tantivy reads a damaged name in the list as another name.
fn check_list(folder: &Path, listed: &HashSet<PathBuf>, needed: &HashSet<PathBuf>) -> io::Result<()> {
    if let Some(file) = listed.iter().find(|file| !folder.join(file).exists()) {
        return Err(io::Error::other(format!("{} is listed and not there", file.display())));
    }
    match needed.iter().find(|file| !listed.contains(*file) && folder.join(file).exists()) {
        Some(file) => Err(io::Error::other(format!("{} is not in the list of files", file.display()))),
        None => Ok(()),
    }
}

/// Makes an index usable.
fn searchable(
    collection: &Arc<Collection>,
    index: &tantivy::Index,
    fields: Fields,
    topics: Option<Topics>,
    in_use: Option<File>,
) -> Result<Index, TantivyError> {
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    let searcher = reader.searcher();
    // One document an entry, and one for the vocabulary.
    let expected = collection.entries.len() as u64 + 1;
    if searcher.num_docs() != expected {
        return Err(io::Error::other(format!("{} documents instead of {expected}", searcher.num_docs())).into());
    }
    Index::new(collection, searcher, fields, topics, in_use)
}

/// Writes a collection into an empty index, as one segment, so that a search has one place to look. One thread writes, the one that
/// is here: others would each keep the memory that they have once had, and what takes long, making the entries ready, is shared.
fn write(
    mut writer: SingleSegmentIndexWriter,
    fields: &Fields,
    collection: &Collection,
    progress: Progress,
) -> Result<tantivy::Index, TantivyError> {
    let lexicon = Lexicon::new(&collection.words);
    let entries: Vec<_> = collection.entries.iter().enumerate().collect();
    let parts = if Topics::may_learn(collection) { 2 * entries.len() } else { entries.len() };
    let mut done = 0;
    writer.add_document(schema::vocabulary(fields, collection))?;
    for lot in entries.chunks(LOT) {
        progress(done, parts);
        for document in parallel::map(lot, |(ordinal, entry)| schema::document(fields, &lexicon, *ordinal, entry)) {
            writer.add_document(document)?;
        }
        done += lot.len();
    }
    progress(done, parts);
    writer.finalize()
}

fn tokenizers() -> TokenizerManager {
    let tokenizers = TokenizerManager::default();
    tokenizers.register(analyser::NAME, analyser::english());
    tokenizers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faq::{self, Entry, Review};
    use jiff::civil::date;

    /// More than are made ready at a time.
    const MANY: usize = LOT + 500;

    /// A collection of many entries that all say the same.
    fn alike() -> Arc<Collection> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("faq/dermatomyositis");
        let mut collection = faq::load(&folder).collection.unwrap();
        let first = collection.entries[0].clone();
        collection.entries = (0..MANY).map(|number| Entry { id: format!("entry-{number}"), ..first.clone() }).collect();
        Arc::new(collection)
    }

    #[test]
    fn of_equals_the_first_are_found() {
        let collection = alike();
        let question = collection.entries[0].question.as_str();
        let index = in_memory(&collection, &mut |_, _| ()).unwrap();
        let found = index.candidates(&index.read(question), None, 5).all;
        let entries: Vec<usize> = found.iter().map(|candidate| candidate.entry).collect();
        assert_eq!(entries, [0, 1, 2, 3, 4], "of equals the first are found");
        assert!(!found[0].signals.exact, "what several ask is asked of none");
    }

    #[test]
    fn behind_many_that_are_withheld_the_one_that_is_served_is_found() {
        let mut collection = Collection::clone(&alike());
        collection.entries.truncate(61);
        let (today, long_over) = (date(2026, 11, 23), Some(date(2020, 1, 1)));
        for entry in collection.entries.iter_mut().take(60) {
            entry.review = Review { review_by: long_over, ..Review::default() };
        }
        let question = collection.entries[0].question.clone();
        let index = in_memory(&Arc::new(collection), &mut |_, _| ()).unwrap().on(today);
        let found = index.candidates(&index.read(&question), None, 5).all;
        assert_eq!(found.iter().map(|candidate| candidate.entry).collect::<Vec<_>>(), [60]);
        assert_eq!(index.completions(&question, 5).len(), 1);
    }
}
