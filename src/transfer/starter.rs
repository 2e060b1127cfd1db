//! A collection to begin with: every file that it may have, each key explained where it stands.

use super::staging::aside;
use crate::faq::{MAX_ID, is_id};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The files of a starter, but for the example.
const FILES: [(&str, &str); 4] = [
    ("collection.toml", include_str!("starter/collection.toml")),
    ("words.toml", include_str!("starter/words.toml")),
    ("gaps.toml", include_str!("starter/gaps.toml")),
    ("urgent.toml", include_str!("starter/urgent.toml")),
];

/// An entry that shows how one is written.
const EXAMPLE: (&str, &str) = ("what-is-this-faq.md", include_str!("starter/what-is-this-faq.md"));

/// What stands in the starter for the title.
const TITLE: &str = "TITLE";

/// Whether the starter has its example of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Example {
    With,
    Without,
}

/// Why no collection can be begun.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// A folder can't be called so.
    #[error(
        "`{0}` can't be a collection's name\nhint: it has small letters a to z, digits and hyphens, at most {MAX_ID}: `lupus-nephritis`"
    )]
    Name(String),
    /// Something is there already.
    #[error("{}: this is there already, and it is no collection\nhint: name a folder that isn't there yet", .0.display())]
    Occupied(PathBuf),
    /// There is a collection.
    #[error("{}: this collection is there already\nhint: choose another name, or add to it: copy one of its entries", .0.display())]
    There(PathBuf),
    /// The system refused something.
    #[error("{}: can't be made: {why}\nhint: check that there is room and that pamphlet may write there", folder.display())]
    Io {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        why: io::Error,
    },
}

/// Begins a collection of this name in the folder of collections, and gives its own. It is there whole or not at all.
///
/// # Errors
/// When a collection can't be called so, something is there already, or nothing can be made there.
pub fn begin(faq: &Path, name: &str) -> Result<PathBuf, Refused> {
    // A name of several parts would be looked at by its last alone.
    if !is_id(name) {
        return Err(Refused::Name(name.to_owned()));
    }
    let folder = faq.join(name);
    check(&folder)?;
    let made = || {
        let aside = aside(&folder)?;
        let whole = aside.path().join(name);
        write(&whole, Example::With)?;
        fs::rename(whole, &folder)
    };
    match made() {
        Ok(()) => Ok(folder),
        Err(why) => Err(Refused::Io { folder, why }),
    }
}

/// Checks that a collection can be begun in this folder.
pub(super) fn check(folder: &Path) -> Result<(), Refused> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    if !is_id(&name) {
        return Err(Refused::Name(name.into_owned()));
    }
    if crate::faq::is_collection(folder) {
        return Err(Refused::There(folder.to_owned()));
    }
    match folder.symlink_metadata() {
        Ok(_) => Err(Refused::Occupied(folder.to_owned())),
        Err(_) => Ok(()),
    }
}

/// Writes the starter into a folder that it makes.
pub(super) fn write(folder: &Path, example: Example) -> io::Result<()> {
    fs::create_dir(folder)?;
    let title = title(&folder.file_name().unwrap_or_default().to_string_lossy());
    let example = (example == Example::With).then_some(EXAMPLE);
    for (name, text) in FILES.into_iter().chain(example) {
        fs::write(folder.join(name), text.replace(TITLE, &title))?;
    }
    Ok(())
}

/// A folder's name as a title: `lupus-nephritis` is "Lupus nephritis".
fn title(name: &str) -> String {
    let spaced = name.replace('-', " ");
    let mut letters = spaced.trim().chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
