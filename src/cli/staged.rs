//! Files that change together: all of them, or none.

use std::fs::{self, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A file's new text, written aside in its folder and ready to take its place.
pub(super) struct Staged {
    file: PathBuf,
    aside: NamedTempFile,
    /// What the file held; none if it wasn't there.
    before: Option<Vec<u8>>,
}

impl Staged {
    /// Writes the text aside, as safe on the disk as it will be. A link stays one: its file changes. An old file's permissions
    /// stay.
    ///
    /// # Errors
    /// When the folder can't be written, or the old file can't be read.
    pub(super) fn new(file: &Path, text: &str) -> io::Result<Self> {
        let (file, before) = match fs::read(file) {
            Ok(before) => (fs::canonicalize(file)?, Some(before)),
            Err(why) if why.kind() == io::ErrorKind::NotFound => (file.to_owned(), None),
            Err(why) => return Err(why),
        };
        let permissions = before.is_some().then(|| fs::metadata(&file)).transpose()?.map(|about| about.permissions());
        let aside = aside(&file, text.as_bytes(), permissions)?;
        Ok(Self { file, aside, before })
    }
}

/// Puts every text in its place. When one can't be, those before it are put back.
///
/// # Errors
/// Why that one couldn't be put in its place, and what couldn't be put back.
pub(super) fn commit(staged: Vec<Staged>) -> io::Result<()> {
    let mut done: Vec<(PathBuf, Option<Vec<u8>>)> = Vec::new();
    for Staged { file, aside, before } in staged {
        if let Err(why) = aside.persist(&file) {
            let mut told = format!("{}: can't be written: {}", file.display(), why.error);
            for (file, before) in done {
                if let Err(why) = put_back(&file, before) {
                    told.push_str(&format!("\n{}: can't be put back: {why}", file.display()));
                }
            }
            return Err(io::Error::new(why.error.kind(), told));
        }
        done.push((file, before));
    }
    Ok(())
}

fn put_back(file: &Path, before: Option<Vec<u8>>) -> io::Result<()> {
    match before {
        Some(before) => {
            aside(file, &before, Some(fs::metadata(file)?.permissions()))?.persist(file)?;
            Ok(())
        }
        None => fs::remove_file(file),
    }
}

/// A file beside this one, hidden until it takes its place.
fn aside(file: &Path, bytes: &[u8], permissions: Option<Permissions>) -> io::Result<NamedTempFile> {
    let folder = file.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    let mut aside = usual().tempfile_in(folder)?;
    aside.write_all(bytes)?;
    permissions.into_iter().try_for_each(|permissions| aside.as_file().set_permissions(permissions))?;
    aside.as_file().sync_all()?;
    Ok(aside)
}

/// A new file is as open to others as any that the operator makes.
#[cfg(unix)]
fn usual() -> tempfile::Builder<'static, 'static> {
    use std::os::unix::fs::PermissionsExt;
    let mut builder = tempfile::Builder::new();
    builder.permissions(Permissions::from_mode(0o666));
    builder
}

/// A new file is as open to others as any that the operator makes.
#[cfg(not(unix))]
fn usual() -> tempfile::Builder<'static, 'static> {
    tempfile::Builder::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_change_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("a"), "old").unwrap();
        let stage = || vec![Staged::new(&path("a"), "new").unwrap(), Staged::new(&path("b"), "new").unwrap()];
        let mut staged = stage();
        staged.push(Staged::new(&path("c"), "new").unwrap());
        fs::create_dir_all(path("c/in-the-way")).unwrap();
        assert!(commit(staged).unwrap_err().to_string().contains("c: can't be written"));
        assert_eq!(fs::read_to_string(path("a")).unwrap(), "old");
        assert!(!path("b").exists());
        commit(stage()).unwrap();
        let left: Vec<_> = ["a", "b"].map(|name| fs::read_to_string(path(name)).unwrap()).into();
        assert_eq!(left, ["new", "new"]);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "nothing is left aside");
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a.txt"), folder.path().join("a"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, Permissions::from_mode(0o640)).unwrap();
        symlink("a.txt", &link).unwrap();
        commit(vec![Staged::new(&link, "new").unwrap()]).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }
}
