//! The files of a collection as one archive.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use zip::ZipWriter;
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;

/// A zip archive of a collection's own files, in a folder of its name: what the loader reads, and nothing else.
///
/// # Errors
/// When a file can't be read.
pub fn zipped(folder: &Path) -> ZipResult<Vec<u8>> {
    let name = folder.canonicalize()?.file_name().unwrap_or_default().to_string_lossy().into_owned();
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
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for path in files {
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        archive.start_file(format!("{name}/{file}"), SimpleFileOptions::default())?;
        archive.write_all(&fs::read(&path)?)?;
    }
    Ok(archive.finish()?.into_inner())
}
