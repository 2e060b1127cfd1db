//! Puts what is taken where it is to be: whole or not at all, and nothing of others is lost.

use super::staging::aside;
use super::take::Taken;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// The file that marks a folder as one that was exported, so that another export may take its place.
const MARK: &str = ".pamphlet-export";

/// Why nothing was put there.
#[derive(Debug, thiserror::Error)]
pub enum NotPut {
    /// Something is there.
    #[error("{}: this is there already\nhint: name another path, or say --force to write over it", .0.display())]
    There(PathBuf),
    /// It isn't an export, so it stays whatever was said.
    #[error("{}: this is there already, and no earlier export\nhint: name another path; --force writes over exports alone", .0.display())]
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
    let (whole, before) = (aside.path().join("whole"), aside.path().join("before"));
    match taken {
        Taken::File(bytes) => fs::write(&whole, bytes)?,
        Taken::Folder(files) => {
            fs::create_dir(&whole)?;
            fs::write(whole.join(MARK), "")?;
            for (path, bytes) in files {
                let path = whole.join(path);
                path.parent().map_or(Ok(()), fs::create_dir_all)?;
                fs::write(path, bytes)?;
            }
            // A folder can't be renamed onto one that holds something.
            match fs::rename(to, before) {
                Err(why) if why.kind() != ErrorKind::NotFound => return Err(why),
                _ => {}
            }
        }
    }
    fs::rename(whole, to)
}
