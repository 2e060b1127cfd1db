//! Loading: from a folder of files to a collection, with everything that is wrong in it told at once.
//!
//! A bad file takes down only itself. An entry with an error is left out; a bad part of `words.toml`, `gaps.toml`,
//! `urgent.toml` or `source.toml` is left out; without a good `collection.toml` there is no collection. Errors that
//! concern several entries (a shared phrasing, a related entry that isn't there) leave out what they are about, and
//! the entries are served.

mod across;
mod approved;
mod collection;
mod cut;
mod entries;
mod entry;
mod folder;
mod handed;
mod hash;
mod kept;
mod library;
mod line;
mod messages;
mod nearest;
mod record;
mod shapes;
mod sheet;
mod shown;
mod source;
mod table;
mod text;
mod toml;
mod words;

pub(crate) use self::cut::parts;
pub(crate) use self::entry::NO_TOPIC;
pub use self::folder::APPROVED;
pub use self::library::Library;
pub(crate) use self::messages::{known, tell_unfit, tell_unknown};
pub(crate) use self::nearest::near;
pub(crate) use self::record::{Located, Record};
pub(crate) use self::sheet::{Findings, Sheet};
pub(crate) use self::shown::unfit_line;

use self::folder::Folder;
use self::hash::with_hash;
use self::shapes::Shape;
use self::source::{Passages, Source};
use self::table::Table;
use super::{Collection, Problem};
use std::ffi::OsStr;
use std::path::Path;

/// What came of loading a collection.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// What can be served, if anything can.
    pub collection: Option<Collection>,
    /// All that is wrong, ordered by file and line.
    pub problems: Vec<Problem>,
}

/// Whether this folder is a collection, and not a folder of collections.
pub fn is_collection(folder: &Path) -> bool {
    folder.join(folder::COLLECTION).symlink_metadata().is_ok()
}

/// Whether the loader reads a file of this name in the folder of a collection.
pub(crate) fn is_part(name: &OsStr) -> bool {
    let has_ending = |ending| Path::new(name).extension().is_some_and(|own: &OsStr| own.eq_ignore_ascii_case(ending));
    let is_hidden = name.as_encoded_bytes().starts_with(b".");
    !is_hidden && (folder::TABLES.iter().any(|table| name == *table) || has_ending("md") || has_ending("jsonl"))
}

/// Loads every collection of a folder, in the order of their names. A folder without anything that looks like a part
/// of a collection is passed over.
pub fn load_all(folder: &Path) -> (Vec<Collection>, Vec<Problem>) {
    let mut collections = Vec::new();
    let problems = Library::new(folder).load(|_| None, |collection| collections.push(collection));
    (collections, problems)
}

/// Loads one collection.
pub fn load(folder: &Path) -> Loaded {
    load_opened(Folder::open(folder))
}

/// Loads one collection as it would be if files of these names held these texts, or, without a text, if they weren't there.
pub fn load_with<'t>(folder: &Path, files: impl IntoIterator<Item = (String, Option<&'t str>)>) -> Loaded {
    let listed = Folder::open(folder).and_then(|mut listed| {
        listed.put(files.into_iter().map(|(name, text)| (name.into(), text.map(|text| text.as_bytes().to_vec()))));
        listed.check_number()?;
        Ok(listed)
    });
    load_opened(listed)
}

fn load_opened(folder: Result<Folder, Box<Problem>>) -> Loaded {
    match folder {
        Ok(listed) => load_listed(&listed),
        Err(problem) => Loaded { collection: None, problems: vec![*problem] },
    }
}

/// The text of a file that belongs to no collection, read as strictly, with what is worth a warning.
pub(crate) fn read_text(path: &Path, bytes: Vec<u8>) -> Result<(Sheet, Vec<Problem>), Box<Problem>> {
    text::decode(path, bytes).map_err(|fault| Box::new(fault.into_problem(path)))
}

fn load_listed(folder: &Folder) -> Loaded {
    let mut problems = folder.strays();
    let top = read_table(folder, folder::COLLECTION, &shapes::COLLECTION, &mut problems, collection::read).flatten();
    if !folder.has(folder::COLLECTION) {
        let what = format!("there is no {}", folder::COLLECTION);
        let valid = "a collection has one, with title, reminder and ask";
        problems.push(Problem::error(&folder.path(folder::COLLECTION), what, valid, "write it"));
    }
    let source = read_source(folder, &mut problems);
    if matches!(source.passages, Passages::Unknown) {
        let what = "no entry can name its source, so none is served";
        let valid = "a card names the document's title and section";
        problems.push(Problem::error(&folder.path(folder::SOURCE), what, valid, "mend this file"));
    }
    let words = read_table(folder, folder::WORDS, &shapes::WORDS, &mut problems, words::read_words).unwrap_or_default();
    let gaps = read_table(folder, folder::GAPS, &shapes::GAPS, &mut problems, words::read_gaps).unwrap_or_default();
    let urgent =
        read_table(folder, folder::URGENT, &shapes::URGENT, &mut problems, words::read_urgent).unwrap_or_default();
    let mut entries = entries::read(folder, &source.passages, &mut problems);
    let rules = top.as_ref().map(|top| top.review).unwrap_or_default();
    approved::compare(folder, &source.passages, rules.serve, &mut entries, &mut problems);
    problems.extend(source.uncovered(&entries));
    let collection = top.map(|top| {
        let mut collection = Collection {
            id: folder.name(),
            title: top.title,
            language: top.language,
            reminder: top.reminder,
            ask: top.ask,
            review: top.review,
            help_lines: top.help_lines,
            source: source.document,
            words,
            gaps,
            urgent,
            entries,
            messages: Vec::new(),
            hash: String::new(),
        };
        collection.messages = messages::read(folder, &collection, &mut problems);
        with_hash(collection)
    });
    problems.sort_by(|one, other| order(one).cmp(&order(other)));
    Loaded { collection, problems }
}

fn order(problem: &Problem) -> (&Path, usize, usize, &str) {
    (&problem.place.file, problem.place.line, problem.place.column, &problem.what)
}

/// Reads one of the files beside the entries, if it is there and can be read.
fn read_table<T>(
    folder: &Folder,
    name: &str,
    shape: &'static Shape,
    problems: &mut Vec<Problem>,
    read: impl FnOnce(&Table, &mut Findings) -> T,
) -> Option<T> {
    if !folder.has(name) {
        return None;
    }
    let reading = folder.read(OsStr::new(name));
    problems.extend(reading.problems);
    let (value, found) = toml::read_file(&reading.sheet?, shape, read);
    problems.extend(found);
    Some(value)
}

fn read_source(folder: &Folder, problems: &mut Vec<Problem>) -> Source {
    if !folder.has(folder::SOURCE) {
        return Source::none();
    }
    let reading = folder.read(OsStr::new(folder::SOURCE));
    problems.extend(reading.problems);
    let Some(sheet) = reading.sheet else { return Source::unreadable() };
    let (source, found) = source::read(sheet);
    problems.extend(found);
    source
}
