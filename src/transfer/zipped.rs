//! The files of a collection as one archive.

use crate::faq::APPROVED;
use std::fs;
use std::io::{self, Cursor, Write};
use std::path::{Path, PathBuf};
use zip::ZipWriter;
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;

/// A zip archive of a collection's own files, in a folder of its name: what the loader reads, and nothing else.
///
/// # Errors
/// When a file can't be read.
pub fn zipped(folder: &Path) -> ZipResult<Vec<u8>> {
    let name = folder.canonicalize()?.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let approved = folder.join(APPROVED);
    let signed = if approved.is_dir() { files_of(&approved)? } else { Vec::new() };
    for path in files_of(folder)?.into_iter().chain(signed) {
        // Every path is one in the folder.
        let inside = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy();
        archive.start_file(format!("{name}/{inside}"), SimpleFileOptions::default())?;
        archive.write_all(&fs::read(&path)?)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// The files of a folder that the loader may read, in order.
fn files_of(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for item in fs::read_dir(folder)? {
        let path = item?.path();
        let is_read =
            path.extension().is_some_and(|ending| ["md", "toml", "jsonl"].iter().any(|known| ending == *known));
        if is_read && path.is_file() {
            files.push(path);
        }
    }
    files.sort_unstable();
    Ok(files)
}
