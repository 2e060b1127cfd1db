//! Where indexes live on disk: `<home>/<collection>/<key>/` holds an index, `<home>/<collection>/current` names the one in
//! use.
//!
//! - An index is built in a folder of its own and renamed when it is whole; `current` is replaced by a rename too. No name
//!   is used twice while its folder stands. So a kill at any moment leaves what was there, and perhaps the new one.
//! - The key is made of the content's hash, the schema's version and what the program itself learned: nothing is rebuilt
//!   that did not change.
//! - Whoever uses an index holds a shared lock in its folder; whoever builds holds an exclusive one for the collection.
//!   A folder goes when it isn't current and nobody holds it. No lock is waited for without an end.

use super::build::{self, Progress};
use super::index::Index;
use super::schema;
use crate::faq::Collection;
use crate::kinds;
use crate::lock;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tantivy::TantivyError;

/// The file whose shared lock says that an index is in use.
const IN_USE: &str = "in-use.lock";
/// The file that names the folder in use.
const CURRENT: &str = "current";
/// How the folder of a build in progress begins.
const BUILDING: &str = "building-";
/// How long another process may build before this one goes on without the disk.
const PATIENCE: Duration = Duration::from_secs(60);

/// What an operator should know of how an index was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// It was built, since there was none for this content.
    Built,
    /// The one on disk was damaged, and was built anew.
    Damaged {
        /// Its folder.
        folder: PathBuf,
        /// What was found.
        why: String,
    },
    /// It couldn't be kept on disk and is held in memory.
    InMemory {
        /// The folder that was tried.
        folder: PathBuf,
        /// What stood in the way.
        why: String,
    },
}

/// An index could not be made at all.
#[derive(Debug, thiserror::Error)]
#[error("the index of the collection `{collection}` can't be built: {why}")]
pub struct OpenError {
    collection: String,
    why: TantivyError,
}

impl OpenError {
    pub(super) fn new(collection: &Collection, why: TantivyError) -> Self {
        Self { collection: collection.id.clone(), why }
    }
}

/// Opens the index of a collection under `home`, building it if there is none for this content (or `force` asks for
/// it). Where the disk refuses, the index is held in memory. The notices say what happened.
///
/// # Errors
/// When the index can't even be built in memory.
pub fn open_index(
    collection: &Arc<Collection>,
    home: &Path,
    force: bool,
    progress: Progress,
) -> Result<(Index, Vec<Notice>), OpenError> {
    let home = Home::of(collection, home);
    let mut notices = Vec::new();
    match home.open_or_build(collection, force, progress, &mut notices) {
        Ok(index) => Ok((index, notices)),
        Err(why) => {
            notices.push(Notice::InMemory { folder: home.folder.clone(), why: why.to_string() });
            let index = build::in_memory(collection, progress).map_err(|why| OpenError::new(collection, why))?;
            Ok((index, notices))
        }
    }
}

/// Whether an index of this content seems to be kept under `home`. Whether it is whole is seen when it is opened.
pub fn is_kept(collection: &Collection, home: &Path) -> bool {
    let home = Home::of(collection, home);
    !home.folders(|name| home.is_ours(name)).is_empty()
}

/// Makes `home` ready to keep indexes.
///
/// # Errors
/// When nothing can be kept there.
pub fn keep_in(home: &Path) -> io::Result<()> {
    fs::create_dir_all(home)?;
    tempfile::tempfile_in(home).map(drop)
}

/// The folder of one collection's indexes.
struct Home {
    folder: PathBuf,
    key: String,
}

/// What is there for a content.
enum Found {
    Whole(Box<Index>),
    Nothing,
    /// A folder, and what is wrong with it.
    Damaged(PathBuf, String),
}

impl Home {
    fn of(collection: &Collection, home: &Path) -> Self {
        let hash = collection.hash.get(..32).unwrap_or(&collection.hash);
        Self {
            folder: home.join(&collection.id),
            key: format!("{hash}-v{}-{:08x}", schema::VERSION, kinds::fingerprint()),
        }
    }

    fn open_or_build(
        &self,
        collection: &Arc<Collection>,
        force: bool,
        progress: Progress,
        notices: &mut Vec<Notice>,
    ) -> Result<Index, TantivyError> {
        if !force && let Found::Whole(index) = self.find(collection) {
            return Ok(*index);
        }
        fs::create_dir_all(&self.folder)?;
        let building = File::create(self.folder.join("build.lock"))?;
        lock::within(PATIENCE, || building.try_lock())?;
        // Another process may have built it while this one waited.
        match if force { Found::Nothing } else { self.find(collection) } {
            Found::Whole(index) => return Ok(*index),
            Found::Nothing => {}
            Found::Damaged(folder, why) => notices.push(Notice::Damaged { folder, why }),
        }
        let built = self.build(collection, progress)?;
        notices.push(Notice::Built);
        let index = open(&built, collection).map_err(io::Error::other)?;
        self.clear_away();
        Ok(index)
    }

    /// Looks for an index of this content: the one in use, else another whole one.
    fn find(&self, collection: &Arc<Collection>) -> Found {
        let current = self.current();
        let mut names = self.folders(|name| self.is_ours(name));
        names.sort_by_key(|name| *name != current);
        let mut found = Found::Nothing;
        for name in names {
            let folder = self.folder.join(name);
            match open(&folder, collection) {
                Ok(index) => return Found::Whole(Box::new(index)),
                Err(why) => found = Found::Damaged(folder, why),
            }
        }
        found
    }

    /// Builds the index beside the others, makes it current and gives its folder.
    fn build(&self, collection: &Arc<Collection>, progress: Progress) -> Result<PathBuf, TantivyError> {
        // Only one builds at a time: what another left unfinished, nobody will finish.
        self.remove(|name| name.starts_with(BUILDING));
        let unfinished = self.folder.join(format!("{BUILDING}{}", std::process::id()));
        fs::create_dir_all(&unfinished)?;
        build::on_disk(&unfinished, collection, progress)?;
        File::create(unfinished.join(IN_USE))?.sync_all()?;
        let names = std::iter::once(self.key.clone()).chain((2..).map(|number| format!("{}-{number}", self.key)));
        let name = names.into_iter().find(|name| !self.folder.join(name).exists()).unwrap_or_default();
        let finished = self.folder.join(&name);
        fs::rename(&unfinished, &finished)?;
        let new = self.folder.join("current.new");
        fs::write(&new, format!("{name}\n"))?;
        File::open(&new)?.sync_all()?;
        fs::rename(&new, self.folder.join(CURRENT))?;
        Ok(finished)
    }

    /// Removes the folders that are neither current nor in use.
    fn clear_away(&self) {
        let current = self.current();
        self.remove(|name| name != current);
    }

    /// Removes folders that nobody uses. What can't be removed stays for the next time.
    fn remove(&self, goes: impl Fn(&str) -> bool) {
        for name in self.folders(goes) {
            let folder = self.folder.join(name);
            let lock = File::open(folder.join(IN_USE));
            // The lock is held until the folder is gone, so that nobody takes it up meanwhile.
            let is_free = lock.as_ref().map_or(true, |lock| lock.try_lock().is_ok());
            if is_free {
                let _ = fs::remove_dir_all(&folder);
            }
        }
    }

    fn current(&self) -> String {
        fs::read_to_string(self.folder.join(CURRENT)).unwrap_or_default().trim().to_owned()
    }

    /// Whether a folder of this name holds an index of this content.
    fn is_ours(&self, name: &str) -> bool {
        name.strip_prefix(&self.key).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    }

    fn folders(&self, fits: impl Fn(&str) -> bool) -> Vec<String> {
        let all = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let folders = all.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
        folders.filter_map(|entry| entry.file_name().into_string().ok()).filter(|name| fits(name)).collect()
    }
}

/// Opens the index in a folder and keeps it from being removed while it is in use.
fn open(folder: &Path, collection: &Arc<Collection>) -> Result<Index, String> {
    let lock = folder.join(IN_USE);
    let in_use = File::open(&lock).map_err(|_| "files are missing".to_owned())?;
    lock::within(PATIENCE, || in_use.try_lock_shared()).map_err(|why| why.to_string())?;
    // Whoever held the lock may have removed the folder.
    if !lock.exists() {
        return Err("files are missing".to_owned());
    }
    build::open(folder, collection, in_use).map_err(|why| why.to_string())
}
