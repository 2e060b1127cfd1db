//! A folder of collections that is read again and again while it changes. What a bad file would take away stays as it was last
//! good: a bad file changes nothing but itself.

use super::folder::{self, Folder};
use super::kept::Kept;
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
    /// The folders that were in it then.
    listed: Vec<OsString>,
}

impl Library {
    /// A folder that hasn't been read yet.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), keepers: BTreeMap::new(), read: None, listed: Vec::new() }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether it has other folders than at the last reading, or anything in these is newer, by the times of files and folders: far
    /// cheaper than to read it. What is hidden beside them is no part of a collection.
    pub fn has_changed(&self) -> bool {
        let (Some(read), Ok(listed)) = (self.read, Folder::open(&self.folder)) else { return true };
        let is_newer =
            |path: &Path| fs::metadata(path).and_then(|about| about.modified()).is_ok_and(|changed| changed >= read);
        let inside = |path: &Path| fs::read_dir(path).into_iter().flatten().flatten().map(|item| item.path());
        let mut collections = listed.folders().iter().map(|name| listed.path(name));
        listed.folders() != self.listed
            || collections.any(|path| is_newer(&path) || inside(&path).any(|file| is_newer(&file)))
    }

    /// Reads every collection, in the order of their names, and gives all that is wrong. `before` gives what was served of one
    /// until now; `take` is handed each as soon as it is read, since together they may take much memory. A folder without anything
    /// that looks like a part of a collection is passed over.
    pub fn load<'b>(
        &mut self,
        before: impl Fn(&str) -> Option<&'b Collection>,
        mut take: impl FnMut(Collection),
    ) -> Vec<Problem> {
        self.read = Some(SystemTime::now());
        let listed = match Folder::open(&self.folder) {
            Ok(listed) => listed,
            Err(problem) => return vec![*problem],
        };
        self.listed = listed.folders().to_vec();
        let mut problems = listed.astray();
        let mut is_empty = true;
        for name in listed.folders() {
            let loaded = match Folder::open(&listed.path(name)) {
                Ok(inner) if !inner.looks_like_a_collection() => continue,
                Ok(mut inner) => {
                    let before = before(&inner.name());
                    self.keepers.entry(name.clone()).or_default().load(&mut inner, before)
                }
                Err(problem) => Loaded { collection: None, problems: vec![*problem] },
            };
            problems.extend(loaded.problems);
            if let Some(collection) = loaded.collection {
                is_empty = false;
                take(collection);
            }
        }
        self.keepers.retain(|name, _| listed.folders().contains(name));
        if is_empty && problems.is_empty() {
            let valid = format!("each collection is a folder with a file {}", folder::COLLECTION);
            let what = "there is no collection in this folder";
            problems.push(Problem::error(&self.folder, what, valid, "make one, or name another folder"));
        }
        problems
    }
}

/// The last good text of each file beside the entries of one collection. The entries themselves are kept as what they were
/// read to, by whoever serves them.
#[derive(Debug, Default)]
struct Keeper {
    tables: BTreeMap<&'static str, Kept>,
}

impl Keeper {
    fn load(&mut self, folder: &mut Folder, before: Option<&Collection>) -> Loaded {
        // Each of these files is read once, so that what is kept is what was found good.
        folder.read_tables();
        let mut loaded = load_listed(folder);
        let bad = bad_files(&loaded.problems);
        let spoilt = self.tables.iter().filter(|(name, _)| bad.contains(OsStr::new(name)));
        let (spoilt, texts): (Vec<_>, Vec<_>) =
            spoilt.filter_map(|(name, kept)| Some((*name, kept.text().ok()?))).unzip();
        if !spoilt.is_empty() {
            folder.put(spoilt.iter().zip(texts).map(|(name, text)| ((*name).into(), Some(text))));
            let told = loaded.problems;
            loaded = load_listed(folder);
            let of_spoilt = |problem: &Problem| spoilt.iter().any(|name| problem.place.file == folder.path(name));
            loaded.problems.retain(|problem| !of_spoilt(problem));
            loaded.problems.extend(told.into_iter().filter(of_spoilt));
        }
        for name in folder::TABLES {
            match folder.text(name) {
                Some(text) if spoilt.contains(&name) || !bad.contains(OsStr::new(name)) => {
                    self.tables.extend(Kept::new(text).ok().map(|kept| (name, kept)));
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
