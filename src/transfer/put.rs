//! Puts what is taken where it is to be: each file whole or not at all, and nothing of others is lost.

use super::staging::aside;
use super::take::Taken;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

/// The file that marks a folder as one that was exported, and lists what was, so that another export may take its place.
const MARK: &str = ".pamphlet-export";

/// Why nothing was put there.
#[derive(Debug, thiserror::Error)]
pub enum NotPut {
    /// Something is there.
    #[error("{}: this is there already\nhint: name another path, or say --force to write over it, if it is a file or an earlier export", .0.display())]
    There(PathBuf),
    /// It is a folder that is no export, or not of the kind of what was taken, so it stays whatever was said.
    #[error("{}: this is there already, and --force doesn't write over it\nhint: name another path; --force writes over a file, or over a folder that was exported before", .0.display())]
    Foreign(PathBuf),
    /// The system refused something.
    #[error("{}: can't be written: {why}\nhint: check that there is room and that pamphlet may write there", to.display())]
    Io {
        /// The file or folder.
        to: PathBuf,
        /// What the system said.
        why: io::Error,
    },
}

/// Puts it there. With `force` a file takes the place of a file, and a folder that of an earlier export.
///
/// # Errors
/// When something is there that must stay, or the system refuses to write.
pub fn put(taken: &Taken, to: &Path, force: bool) -> Result<(), NotPut> {
    let there = fs::symlink_metadata(to).ok();
    if there.is_some() && !force {
        return Err(NotPut::There(to.to_owned()));
    }
    let is_fit = there.is_none_or(|there| match taken {
        Taken::File(_) => there.is_file(),
        Taken::Folder(_) => there.is_dir() && to.join(MARK).is_file(),
    });
    if !is_fit {
        return Err(NotPut::Foreign(to.to_owned()));
    }
    move_there(taken, to).map_err(|why| NotPut::Io { to: to.to_owned(), why })
}

fn move_there(taken: &Taken, to: &Path) -> io::Result<()> {
    let aside = aside(to)?;
    let whole = aside.path().join("whole");
    let files = match taken {
        Taken::File(bytes) => {
            fs::write(&whole, bytes)?;
            return fs::rename(whole, to);
        }
        Taken::Folder(files) => files,
    };
    fs::create_dir(&whole)?;
    for (path, bytes) in files {
        let path = whole.join(path);
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(path, bytes)?;
    }
    fs::write(whole.join(MARK), files.keys().map(|path| format!("{path}\n")).collect::<String>())?;
    if to.is_dir() { renew(files, &whole, to) } else { fs::rename(whole, to) }
}

/// Moves the files of an export over those of an earlier one, and takes away what only that one had. What else is in the folder
/// stays.
fn renew(files: &BTreeMap<String, Vec<u8>>, whole: &Path, to: &Path) -> io::Result<()> {
    let before = fs::read_to_string(to.join(MARK))?;
    for path in files.keys() {
        let place = to.join(path);
        place.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::rename(whole.join(path), place)?;
    }
    let is_inside = |path: &&str| Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    for path in before.lines().filter(is_inside).filter(|path| !files.contains_key(*path)) {
        match fs::remove_file(to.join(path)) {
            Err(why) if why.kind() != ErrorKind::NotFound => return Err(why),
            _ => {}
        }
    }
    // Last, so that what is to go is known until it is gone.
    fs::rename(whole.join(MARK), to.join(MARK))
}
