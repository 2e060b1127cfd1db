//! The files of a collection as one archive.

use crate::faq::{APPROVED, MAX_FILE_BYTES, is_part};
use std::cell::Cell;
use std::fs::{self, File};
use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Why there is no archive.
#[derive(Debug, thiserror::Error)]
pub enum NotZipped {
    /// It would be larger than was allowed.
    #[error("the archive has more than {0} bytes")]
    TooLarge(u64),
    /// A file can't be read.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// A zip archive of a collection's own files, in a folder of its name: what the loader reads, and nothing else. It has at most
/// `most` bytes; a larger one is given up as soon as that is known.
///
/// # Errors
/// When a file can't be read, or the archive would be too large.
pub fn zipped(folder: &Path, most: u64) -> Result<Vec<u8>, NotZipped> {
    let folder = folder.canonicalize()?;
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let bytes = Counted::default();
    let size = Rc::clone(&bytes.size);
    let mut archive = ZipWriter::new(bytes);
    let approved = folder.join(APPROVED);
    let signed = if approved.is_dir() { parts_of(&approved, &folder)? } else { Vec::new() };
    for path in parts_of(&folder, &folder)?.into_iter().chain(signed) {
        // Every path is one in the folder.
        let inside = path.strip_prefix(&folder).unwrap_or(&path).to_string_lossy();
        archive.start_file(format!("{name}/{inside}"), SimpleFileOptions::default()).map_err(io::Error::from)?;
        io::copy(&mut File::open(&path)?.take(MAX_FILE_BYTES), &mut archive)?;
        if size.get() > most {
            return Err(NotZipped::TooLarge(most));
        }
    }
    let bytes = archive.finish().map_err(io::Error::from)?.bytes.into_inner();
    if size.get() > most { Err(NotZipped::TooLarge(most)) } else { Ok(bytes) }
}

/// The files of a folder that the loader reads, in order. A link is followed inside of the collection alone.
fn parts_of(folder: &Path, collection: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for item in fs::read_dir(folder)? {
        let item = item?;
        let path = item.path();
        let is_inside = || path.canonicalize().is_ok_and(|real| real.starts_with(collection));
        let is_fit = || fs::metadata(&path).is_ok_and(|about| about.is_file() && about.len() <= MAX_FILE_BYTES);
        if is_part(&item.file_name()) && is_inside() && is_fit() {
            files.push(path);
        }
    }
    files.sort_unstable();
    Ok(files)
}

/// Bytes in memory that tell from outside how many they are.
#[derive(Default)]
struct Counted {
    bytes: Cursor<Vec<u8>>,
    size: Rc<Cell<u64>>,
}

impl Write for Counted {
    fn write(&mut self, part: &[u8]) -> io::Result<usize> {
        let written = self.bytes.write(part)?;
        self.size.set(self.bytes.get_ref().len() as u64);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.bytes.flush()
    }
}

impl Seek for Counted {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_holds_what_the_loader_reads_and_nothing_else() {
        let desk = tempfile::tempdir().unwrap();
        let colds = desk.path().join("colds");
        fs::create_dir_all(colds.join(APPROVED)).unwrap();
        for name in
            ["collection.toml", "tea.md", "asked.jsonl", ".hidden.md", "token.toml", "approved/tea.md", "../out.md"]
        {
            fs::write(colds.join(name), "text").unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink("../out.md", colds.join("link.md")).unwrap();
        let bytes = zipped(&colds, u64::MAX).unwrap();
        let archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
        let mut names: Vec<_> = archive.file_names().map(Result::unwrap).collect();
        names.sort_unstable();
        assert_eq!(names, ["colds/approved/tea.md", "colds/asked.jsonl", "colds/collection.toml", "colds/tea.md"]);
        let size = bytes.len() as u64;
        assert_eq!(zipped(&colds, size).unwrap(), bytes);
        for most in [0, size - 1] {
            assert!(matches!(zipped(&colds, most), Err(NotZipped::TooLarge(_))), "{most}");
        }
    }
}
