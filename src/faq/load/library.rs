//! A folder of collections that is read again and again while it changes. What a bad file would take away stays as it was last
//! good: a bad file changes nothing but itself.

use super::folder::{self, Folder};
use super::{Loaded, load_listed};
use crate::faq::{Collection, Entry, Problem, file_of};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A folder of collections, as it was when it was last read.
#[derive(Debug)]
pub struct Library {
    folder: PathBuf,
    keepers: BTreeMap<OsString, Keeper>,
    /// When the last reading began.
    read: Option<SystemTime>,
}

impl Library {
    /// A folder that hasn't been read yet.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), keepers: BTreeMap::new(), read: None }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether anything in it is newer than the last reading, by the times of its files and folders: far cheaper than to read it.
    pub fn has_changed(&self) -> bool {
        let Some(read) = self.read else { return true };
        let is_newer =
            |path: &Path| fs::metadata(path).and_then(|about| about.modified()).is_ok_and(|changed| changed >= read);
        let inside = |path: &Path| fs::read_dir(path).into_iter().flatten().flatten().map(|item| item.path());
        let mut collections = inside(&self.folder);
        is_newer(&self.folder) || collections.any(|path| is_newer(&path) || inside(&path).any(|file| is_newer(&file)))
    }

    /// Reads every collection, in the order of their names; `before` gives what was served of one until now. A folder without
    /// anything that looks like a part of a collection is passed over.
    pub fn load<'b>(&mut self, before: impl Fn(&str) -> Option<&'b Collection>) -> (Vec<Collection>, Vec<Problem>) {
        self.read = Some(SystemTime::now());
        let listed = match Folder::open(&self.folder) {
            Ok(listed) => listed,
            Err(problem) => return (Vec::new(), vec![*problem]),
        };
        let mut problems = listed.astray();
        let mut collections = Vec::new();
        for name in listed.folders() {
            let loaded = match Folder::open(&listed.path(name)) {
                Ok(inner) if !inner.looks_like_a_collection() => continue,
                Ok(mut inner) => {
                    let before = before(&inner.name());
                    self.keepers.entry(name.clone()).or_default().load(&mut inner, before)
                }
                Err(problem) => Loaded { collection: None, problems: vec![*problem] },
            };
            collections.extend(loaded.collection);
            problems.extend(loaded.problems);
        }
        self.keepers.retain(|name, _| listed.folders().contains(name));
        if collections.is_empty() && problems.is_empty() {
            let valid = format!("each collection is a folder with a file {}", folder::COLLECTION);
            let what = "there is no collection in this folder";
            problems.push(Problem::error(&self.folder, what, valid, "make one, or name another folder"));
        }
        (collections, problems)
    }
}

/// The last good text of each file beside the entries of one collection. The entries themselves are kept as what they were
/// read to, by whoever serves them.
#[derive(Debug, Default)]
struct Keeper {
    tables: BTreeMap<&'static str, Vec<u8>>,
}

impl Keeper {
    fn load(&mut self, folder: &mut Folder, before: Option<&Collection>) -> Loaded {
        // Each of these files is read once, so that what is kept is what was found good.
        folder.read_tables();
        let mut loaded = load_listed(folder);
        let bad = bad_files(&loaded.problems);
        let spoilt: Vec<_> = self.tables.keys().copied().filter(|name| bad.contains(OsStr::new(name))).collect();
        if !spoilt.is_empty() {
            spoilt.iter().for_each(|name| folder.put(name, self.tables.get(name).cloned().unwrap_or_default()));
            let told = loaded.problems;
            loaded = load_listed(folder);
            let of_spoilt = |problem: &Problem| spoilt.iter().any(|name| problem.place.file == folder.path(name));
            loaded.problems.retain(|problem| !of_spoilt(problem));
            loaded.problems.extend(told.into_iter().filter(of_spoilt));
        }
        for name in folder::TABLES {
            match folder.text(name) {
                Some(text) if spoilt.contains(&name) || !bad.contains(OsStr::new(name)) => {
                    self.tables.insert(name, text.to_owned());
                }
                Some(_) => {}
                None => drop(self.tables.remove(name)),
            }
        }
        if let (Some(collection), Some(before)) = (&mut loaded.collection, before) {
            keep_entries(collection, before, &bad);
        }
        loaded
    }
}

/// The names of the files with errors, the one among them that no collection can be without and that is gone.
fn bad_files(problems: &[Problem]) -> BTreeSet<OsString> {
    let errors = problems.iter().filter(|problem| problem.is_error());
    errors.filter_map(|problem| problem.place.file.file_name()).map(OsStr::to_owned).collect()
}

/// Puts the entries back whose files have an error now. What they name that is gone meanwhile, they name no longer.
fn keep_entries(collection: &mut Collection, before: &Collection, bad: &BTreeSet<OsString>) {
    let is_kept =
        |entry: &&Entry| collection.entry(&entry.id).is_none() && bad.contains(OsStr::new(&file_of(&entry.id)));
    let kept: Vec<Entry> = before.entries.iter().filter(is_kept).cloned().collect();
    if kept.is_empty() {
        return;
    }
    collection.entries.extend(kept);
    collection.entries.sort_by(|one, other| one.id.cmp(&other.id));
    let ids: BTreeSet<String> = collection.entries.iter().map(|entry| entry.id.clone()).collect();
    collection.entries.iter_mut().for_each(|entry| entry.related.retain(|id| ids.contains(id)));
    super::hash::rehash(collection);
}
