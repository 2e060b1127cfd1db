//! What a moderator's change does to the files: a form or an upload becomes a draft, with its problems and what it would change; a
//! draft becomes a file, with a revision that tells who changed what. What is saved is what a person would have typed.
//!
//! All calls block, for seconds at worst: they have no place on a thread that serves sockets.

mod bundle;
mod diff;
mod draft;
mod error;
mod fields;
mod list;
mod place;
mod saving;
mod saving_all;
mod sheet;
#[cfg(test)]
mod tests;
mod writing;

pub use bundle::{Bundle, Leaf};
pub use diff::{MAX_DIFF, diff};
pub use draft::Draft;
pub use error::WorkshopError;
pub use fields::Fields;
pub use saving::Saved;
pub use saving_all::SavedAll;
pub use sheet::Sheet;

use crate::faq::{self, Problem};
use crate::store::{Revision, Store};
use place::Place;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// The workshop of a folder of collections. Several processes may have one of the same folder.
pub struct Workshop {
    faq: PathBuf,
    store: Arc<Store>,
    /// Held while a change is made, together with the lock of the folder.
    saving: Mutex<()>,
}

impl Workshop {
    /// The workshop of the collections in this folder, whose revisions are kept in this store.
    pub fn open(faq: &Path, store: Arc<Store>) -> Self {
        Self { faq: faq.to_owned(), store, saving: Mutex::new(()) }
    }

    /// The folder of a collection.
    ///
    /// # Errors
    /// When there is no such collection.
    pub fn folder(&self, collection: &str) -> Result<PathBuf, WorkshopError> {
        place::folder(&self.faq, collection)
    }

    /// What is wrong with the files of a collection.
    ///
    /// # Errors
    /// When there is no such collection.
    pub fn problems(&self, collection: &str) -> Result<Vec<Problem>, WorkshopError> {
        Ok(faq::load(&self.folder(collection)?).problems)
    }

    /// The file of an entry, if there is one.
    ///
    /// # Errors
    /// When there is no such collection, the id is none, or the file can't be read.
    pub fn read(&self, collection: &str, entry: &str) -> Result<Option<Sheet>, WorkshopError> {
        Ok(Place::of(&self.faq, collection, entry)?.read()?.map(Sheet::of))
    }

    /// The revisions of an entry, newest first.
    ///
    /// # Errors
    /// When the store is in trouble.
    pub fn history(&self, collection: &str, entry: &str, limit: u32) -> Result<Vec<Revision>, WorkshopError> {
        Ok(self.store.history(collection, entry, limit)?)
    }

    /// Ids of entries that have revisions and no file any more, so that an undo brings them back; the last one changed first.
    ///
    /// # Errors
    /// When there is no such collection, and when the store is in trouble.
    pub fn removed(&self, collection: &str, limit: usize) -> Result<Vec<String>, WorkshopError> {
        let folder = place::folder(&self.faq, collection)?;
        let is_gone = |entry: &String| folder.join(faq::file_of(entry)).symlink_metadata().is_err();
        Ok(self.store.revised(collection)?.into_iter().filter(is_gone).take(limit).collect())
    }
}
