//! One index: written, opened, and looked through.

use super::analyser;
use super::index::Index;
use super::lexicon::Lexicon;
use super::schema::{self, Fields};
use super::topics::Topics;
use crate::faq::Collection;
use rayon::prelude::*;
use std::collections::HashSet;
use std::fs::File;
use std::io;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::directory::MmapDirectory;
use tantivy::indexer::NoMergePolicy;
use tantivy::schema::Schema;
use tantivy::tokenizer::TokenizerManager;
use tantivy::{IndexBuilder, IndexSettings, IndexSortByField, IndexWriter, Order, ReloadPolicy, TantivyError};

/// How much memory a build may take before it writes a part of the index out.
const BUILD_MEMORY_BYTES: usize = 256 << 20;
/// How many entries are worth a thread that writes them.
const ENTRIES_A_WRITER: usize = 5_000;
/// The most threads that write.
const MOST_WRITERS: usize = 4;
/// How many entries are added between two reports of progress.
const REPORT_EVERY: usize = 1_000;

/// Told how far a build is: parts done, parts in all. A part is an entry that is written, or as much of what is learned.
pub type Progress<'a> = &'a mut dyn FnMut(usize, usize);

/// Builds the index of a collection in an empty folder.
pub(super) fn on_disk(folder: &Path, collection: &Collection, progress: Progress) -> Result<(), TantivyError> {
    let (schema, fields) = schema::schema();
    let index = builder(schema).create_in_dir(folder)?;
    write(&index, &fields, collection, progress)?;
    if let Some(topics) = learn(collection, progress) {
        topics.keep(folder)?;
    }
    Ok(())
}

/// An index whose documents stand in the order of their entries, whichever thread wrote them.
fn builder(schema: Schema) -> IndexBuilder {
    let in_order = IndexSortByField { field: "ordinal".to_owned(), order: Order::Asc };
    let settings = IndexSettings { sort_by_field: Some(in_order), ..IndexSettings::default() };
    tantivy::Index::builder().schema(schema).settings(settings).tokenizers(tokenizers())
}

/// Learns a collection after it was written.
fn learn(collection: &Collection, progress: Progress) -> Option<Topics> {
    let entries = collection.entries.len();
    Topics::learn(collection, &mut |done, all| progress(entries + done * entries / all.max(1), 2 * entries))
}

/// Builds the index of a collection in memory.
pub(super) fn in_memory(collection: &Arc<Collection>, progress: Progress) -> Result<Index, TantivyError> {
    let (schema, fields) = schema::schema();
    let index = builder(schema).create_in_ram()?;
    write(&index, &fields, collection, progress)?;
    let topics = learn(collection, progress);
    searchable(collection, &index, fields, topics, None)
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
    Ok(Index::new(collection, searcher, fields, topics, in_use))
}

/// Writes a collection into an empty index, as one segment, so that a search has one place to look.
fn write(
    index: &tantivy::Index,
    fields: &Fields,
    collection: &Collection,
    progress: Progress,
) -> Result<(), TantivyError> {
    let lexicon = Lexicon::new(&collection.words);
    let parts = if Topics::may_learn(collection) { 2 * collection.entries.len() } else { collection.entries.len() };
    let mut writer: IndexWriter =
        index.writer_with_num_threads(writers(collection.entries.len()), BUILD_MEMORY_BYTES)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    writer.add_document(schema::vocabulary(fields, collection))?;
    let write = |ordinal, entry| writer.add_document(schema::document(fields, &lexicon, ordinal, entry)).map(drop);
    for (number, part) in collection.entries.chunks(REPORT_EVERY).enumerate() {
        let first = number * REPORT_EVERY;
        progress(first, parts);
        part.par_iter().enumerate().try_for_each(|(place, entry)| write(first + place, entry))?;
    }
    writer.commit()?;
    let segments = index.searchable_segment_ids()?;
    if segments.len() > 1 {
        writer.merge(&segments).wait()?;
    }
    writer.garbage_collect_files().wait()?;
    writer.wait_merging_threads()?;
    progress(collection.entries.len(), parts);
    Ok(())
}

/// How many threads write a collection: a small one is written before a second thread has begun.
fn writers(entries: usize) -> usize {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    cores.min(entries / ENTRIES_A_WRITER).clamp(1, MOST_WRITERS)
}

fn tokenizers() -> TokenizerManager {
    let tokenizers = TokenizerManager::default();
    tokenizers.register(analyser::NAME, analyser::english());
    tokenizers
}
