//! The collection as it would be, aside of the one that is: what comes in is loaded there first, then moved.

use super::entry_file::entry_file;
use super::starter;
use crate::faq::{self, APPROVED, Entry, Loaded};
use std::collections::HashSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A copy of a collection, or of the starter where there is none yet.
pub(super) struct Staging {
    /// Goes away with what is left in it.
    _aside: TempDir,
    folder: PathBuf,
    into: PathBuf,
    is_new: bool,
}

impl Staging {
    /// Copies the collection `into`. Where nothing is to be written, the copy is made in the system's folder for such.
    pub(super) fn open(into: &Path, is_dry: bool) -> io::Result<Self> {
        let is_new = !faq::is_collection(into);
        let into = if is_new { into.to_owned() } else { into.canonicalize()? };
        let aside = if is_dry { tempfile::tempdir()? } else { aside(&into)? };
        let folder = aside.path().join(into.file_name().unwrap_or_default());
        if is_new {
            starter::write(&folder, starter::Example::Without)?;
        } else {
            copy(&into, &folder)?;
            if into.join(APPROVED).is_dir() {
                copy(&into.join(APPROVED), &folder.join(APPROVED))?;
            }
        }
        Ok(Self { _aside: aside, folder, into, is_new })
    }

    /// How many files and folders the collection holds, those that aren't copied too; hidden ones don't count.
    pub(super) fn held(&self) -> io::Result<usize> {
        let names =
            fs::read_dir(if self.is_new { &self.folder } else { &self.into })?.map(|item| Ok(item?.file_name()));
        let names = names.collect::<io::Result<Vec<_>>>()?;
        Ok(names.iter().filter(|name| !name.as_encoded_bytes().starts_with(b".")).count())
    }

    /// The ids of all files of entries.
    pub(super) fn files(&self) -> io::Result<HashSet<String>> {
        let mut ids = HashSet::new();
        for item in fs::read_dir(&self.folder)? {
            let path = item?.path();
            if path.extension().is_some_and(|ending| ending == "md") {
                ids.extend(path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
            }
        }
        Ok(ids)
    }

    /// Loads the copy as it is now.
    pub(super) fn load(&self) -> Loaded {
        faq::load(&self.folder)
    }

    /// Puts an entry into the copy, in place of the one of its id.
    pub(super) fn put(&self, entry: &Entry) -> io::Result<()> {
        fs::write(self.file(&entry.id), entry_file(entry))
    }

    /// Makes the entry of this id what it is in the collection, or takes it out if it isn't there.
    pub(super) fn put_back(&self, id: &str) -> io::Result<()> {
        let own = self.into.join(faq::file_of(id));
        if own.is_file() { fs::copy(own, self.file(id)).map(|_| ()) } else { fs::remove_file(self.file(id)) }
    }

    /// Moves these entries into the collection, or the whole copy where there is no collection yet. An entry's file is
    /// there as it was or as it is to be, never a half.
    pub(super) fn hand_over<'i>(
        &self,
        ids: impl Iterator<Item = &'i str>,
        mut done: impl FnMut(usize),
    ) -> io::Result<()> {
        if self.is_new {
            for item in fs::read_dir(&self.folder)? {
                File::open(item?.path())?.sync_all()?;
            }
            return fs::rename(&self.folder, &self.into);
        }
        for (id, number) in ids.zip(1..) {
            // So that a crash leaves no file that is there and empty.
            File::open(self.file(id))?.sync_all()?;
            fs::rename(self.file(id), self.into.join(faq::file_of(id)))?;
            done(number);
        }
        Ok(())
    }

    fn file(&self, id: &str) -> PathBuf {
        self.folder.join(faq::file_of(id))
    }
}

/// Copies the files of entries and the tables from one folder into another, which it makes.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir(to)?;
    for item in fs::read_dir(from)? {
        let path = item?.path();
        let is_read = path.extension().is_some_and(|ending| ending == "md" || ending == "toml");
        if let Some(name) = path.file_name().filter(|_| is_read && path.is_file()) {
            fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}

/// A hidden folder beside a path, from which a rename to that path is one step. The folder that both are in is made if it isn't
/// there.
pub(super) fn aside(path: &Path) -> io::Result<TempDir> {
    let beside = path.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."));
    fs::create_dir_all(beside)?;
    tempfile::Builder::new().prefix(".pamphlet-").tempdir_in(beside)
}
