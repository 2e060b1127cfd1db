//! Where an entry's file is. Ids come from outside, and none leads out of the folder: what isn't a plain file of this very folder is
//! neither read nor written.

use super::error::WorkshopError;
use crate::faq::{self, MAX_FILE_BYTES};
use crate::store::{Author, NewRevision, RevisionKind};
use jiff::Timestamp;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Component, Path, PathBuf};

/// The file in a collection's folder that holds a text until it is whole. A hidden one, so that no loader reads it.
const ASIDE: &str = ".workshop.new";

/// What an entry is named where nothing better can be made of what was given.
const UNNAMED: &str = "entry";

/// The folder of a collection.
pub(super) fn folder(faq: &Path, collection: &str) -> Result<PathBuf, WorkshopError> {
    let mut parts = Path::new(collection).components();
    let is_name = matches!((parts.next(), parts.next()), (Some(Component::Normal(name)), None) if name == collection);
    let folder = faq.join(collection);
    let is_folder = || fs::symlink_metadata(&folder).is_ok_and(|about| about.is_dir());
    if is_name && !collection.starts_with('.') && is_folder() && faq::is_collection(&folder) {
        Ok(folder)
    } else {
        Err(WorkshopError::NoCollection(collection.to_owned()))
    }
}

/// An id made of a text.
pub(super) fn id_of(text: &str, most: usize) -> String {
    let id = faq::id_of(text, most);
    if id.is_empty() { UNNAMED.to_owned() } else { id }
}

/// An entry's place, whether there is a file or not.
pub(super) struct Place {
    pub(super) collection: String,
    pub(super) entry: String,
    pub(super) folder: PathBuf,
}

impl Place {
    pub(super) fn of(faq: &Path, collection: &str, entry: &str) -> Result<Self, WorkshopError> {
        let folder = folder(faq, collection)?;
        if faq::is_id(entry) {
            Ok(Self { collection: collection.to_owned(), entry: entry.to_owned(), folder })
        } else {
            Err(WorkshopError::BadName { name: entry.to_owned(), better: id_of(entry, faq::MAX_ID) })
        }
    }

    /// The place of the entry whose file has this name.
    pub(super) fn of_file(faq: &Path, collection: &str, name: &str) -> Result<Self, WorkshopError> {
        let Some(entry) = name.strip_suffix(".md") else {
            let stem = Path::new(name).file_stem().unwrap_or_default().to_string_lossy();
            return Err(WorkshopError::BadName { name: name.to_owned(), better: id_of(&stem, faq::MAX_ID) });
        };
        Self::of(faq, collection, entry)
    }

    /// The file's name.
    pub(super) fn name(&self) -> String {
        faq::file_of(&self.entry)
    }

    pub(super) fn file(&self) -> PathBuf {
        self.folder.join(self.name())
    }

    /// The text of the file as it was typed, if there is a file.
    pub(super) fn read(&self) -> Result<Option<String>, WorkshopError> {
        let refused = |why: String| WorkshopError::Unreadable { file: self.file(), why };
        let told = |why: io::Error| refused(why.to_string());
        let about = match fs::symlink_metadata(self.file()) {
            Err(why) if why.kind() == ErrorKind::NotFound => return Ok(None),
            about => about.map_err(told)?,
        };
        if !about.is_file() {
            return Err(refused("it is not a plain file".to_owned()));
        }
        let mut bytes = Vec::new();
        // A file can grow between the look and the reading.
        let file = File::open(self.file()).map_err(told)?;
        file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(told)?;
        if bytes.len() as u64 > MAX_FILE_BYTES {
            return Err(refused(format!("it is over {MAX_FILE_BYTES} bytes")));
        }
        String::from_utf8(bytes).map(Some).map_err(|_| refused("it is not UTF-8".to_owned()))
    }

    /// Writes a text aside, so that it is whole and on the disk before it takes the file's place.
    pub(super) fn write_aside(&self, text: &str) -> Result<(), WorkshopError> {
        let aside = self.folder.join(ASIDE);
        let write = || {
            // What a kill left there, a link even, isn't written into.
            clear(&self.folder)?;
            let mut file = File::create_new(&aside)?;
            io::Write::write_all(&mut file, text.as_bytes())?;
            if let Ok(about) = fs::metadata(self.file()) {
                file.set_permissions(about.permissions())?;
            }
            file.sync_all()
        };
        write().map_err(|why| self.unwritable(why))
    }

    /// Puts what was written aside into the file's place.
    pub(super) fn put(&self) -> Result<(), WorkshopError> {
        fs::rename(self.folder.join(ASIDE), self.file()).map_err(|why| self.unwritable(why))
    }

    /// Removes the file.
    pub(super) fn remove(&self) -> Result<(), WorkshopError> {
        fs::remove_file(self.file()).map_err(|why| self.unwritable(why))
    }

    /// A change of the entry.
    pub(super) fn change(
        &self,
        kind: RevisionKind,
        before: Option<String>,
        after: Option<String>,
        author: &Author,
        at: Timestamp,
    ) -> NewRevision {
        let (collection, entry) = (self.collection.clone(), self.entry.clone());
        NewRevision { collection, entry, author: author.clone(), at, kind, before, after }
    }

    fn unwritable(&self, why: io::Error) -> WorkshopError {
        WorkshopError::Unwritable { file: self.file(), why }
    }
}

/// Whether a file of a collection's folder holds just these bytes. Nothing outside of the folder is looked at.
pub(super) fn holds(folder: &Path, name: &str, bytes: &[u8]) -> bool {
    let holds = || {
        let (real, file) = (folder.canonicalize()?, folder.join(name).canonicalize()?);
        let about = fs::metadata(&file)?;
        if !file.starts_with(real) || !about.is_file() || about.len() != bytes.len() as u64 {
            return Ok(false);
        }
        let mut held = Vec::with_capacity(bytes.len());
        File::open(file)?.take(MAX_FILE_BYTES).read_to_end(&mut held)?;
        Ok::<_, io::Error>(held == bytes)
    };
    holds().unwrap_or(false)
}

/// Removes what a kill left aside in a collection's folder.
pub(super) fn clear(folder: &Path) -> io::Result<()> {
    match fs::remove_file(folder.join(ASIDE)) {
        Err(why) if why.kind() != ErrorKind::NotFound => Err(why),
        _ => Ok(()),
    }
}

/// Has the names in a folder written to the disk, where the system does so on demand.
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
