//! An archive of files from outside, read within bounds. Where its names lead counts for nothing.

use crate::faq::{APPROVED, MAX_FILE_BYTES};
use std::collections::HashSet;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// The most files of an archive.
pub const MAX_UNZIPPED: usize = 2_000;
/// The most bytes of all of them together.
const MAX_BYTES: u64 = 16 << 20;

/// Why an archive isn't taken.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum NotUnzipped {
    /// It isn't an archive, or not one that is read here.
    #[error("this isn't a zip archive that can be read")]
    Unreadable,
    /// It holds too many files.
    #[error("the archive holds more than {MAX_UNZIPPED} files")]
    TooMany,
    /// A file of it is too large.
    #[error("a file of the archive has more than {MAX_FILE_BYTES} bytes")]
    TooLarge(String),
    /// All of it is too large.
    #[error("the files of the archive have more than {MAX_BYTES} bytes")]
    TooLargeInAll,
    /// It holds two files of the same name.
    #[error("the archive holds two files of the same name")]
    Twice(String),
}

impl From<ZipError> for NotUnzipped {
    fn from(_: ZipError) -> Self {
        Self::Unreadable
    }
}

/// The files of an archive in the order of their names. Of a path only the last part counts, and whether it was in a folder of
/// signed texts: `colds/tea.md` is `tea.md`, and `colds/approved/tea.md` is `approved/tea.md`. Hidden files are passed over, and
/// those in hidden folders.
///
/// # Errors
/// When the archive can't be read or holds too much.
pub fn unzipped(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, NotUnzipped> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    if archive.len() > MAX_UNZIPPED {
        return Err(NotUnzipped::TooMany);
    }
    // Two programs might else see two different archives in it, and two files of one path only one of them.
    archive.validate_header_consistency()?;
    let (mut files, mut names, mut room) = (Vec::new(), HashSet::new(), MAX_BYTES);
    for number in 0..archive.len() {
        let file = archive.by_index(number)?;
        let Some(name) = name_of(&file.name()?).filter(|_| !file.is_dir()) else { continue };
        if !names.insert(name.clone()) {
            return Err(NotUnzipped::Twice(name));
        }
        let mut bytes = Vec::new();
        // What the archive says of a file's size is nothing to rely on.
        file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(|_| NotUnzipped::Unreadable)?;
        let size = bytes.len() as u64;
        if size > MAX_FILE_BYTES {
            return Err(NotUnzipped::TooLarge(name));
        }
        room = room.checked_sub(size).ok_or(NotUnzipped::TooLargeInAll)?;
        files.push((name, bytes));
    }
    files.sort_unstable();
    Ok(files)
}

/// What a file is called here; none for a folder, and for what is hidden.
fn name_of(path: &str) -> Option<String> {
    let is_hidden = |part: &str| part.starts_with('.') && !matches!(part, "." | "..");
    let mut parts = path.rsplit(['/', '\\']);
    if parts.clone().any(is_hidden) {
        return None;
    }
    let name = parts.next().filter(|name| !matches!(*name, "" | "." | ".."))?;
    Some(if parts.next() == Some(APPROVED) { format!("{APPROVED}/{name}") } else { name.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transfer::zipped;
    use proptest::prelude::*;
    use std::fs;
    use std::io::Write;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            archive.start_file(*name, SimpleFileOptions::default()).unwrap();
            archive.write_all(bytes).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    fn names(files: &[(&str, &[u8])]) -> Vec<String> {
        unzipped(&zip_of(files)).unwrap().into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn what_was_zipped_comes_out_again() {
        let desk = tempfile::tempdir().unwrap();
        let colds = desk.path().join("colds");
        fs::create_dir_all(colds.join(APPROVED)).unwrap();
        for name in ["collection.toml", "tea.md", "approved/tea.md"] {
            fs::write(colds.join(name), name).unwrap();
        }
        let files = unzipped(&zipped(&colds, u64::MAX).unwrap()).unwrap();
        let expected = ["approved/tea.md", "collection.toml", "tea.md"];
        assert_eq!(files, expected.map(|name| (name.to_owned(), name.as_bytes().to_vec())));
    }

    #[test]
    fn only_the_last_part_of_a_name_counts() {
        let odd: [(&str, &[u8]); 9] = [
            ("../../a.md", b""),
            ("/etc/b.md", b""),
            ("C:\\x\\c.md", b""),
            ("x/approved/d.md", b""),
            (".hidden.md", b""),
            ("__MACOSX/x/._e.md", b""),
            ("x/.trash/a.md", b""),
            (".git/b.md", b""),
            ("x/..", b""),
        ];
        assert_eq!(names(&odd), ["a.md", "approved/d.md", "b.md", "c.md"]);
        let twice = unzipped(&zip_of(&[("x/a.md", b"1"), ("y/a.md", b"2")]));
        assert_eq!(twice, Err(NotUnzipped::Twice("a.md".to_owned())));
    }

    #[test]
    fn no_more_is_read_than_is_allowed() {
        let mebibyte = vec![0; MAX_FILE_BYTES as usize];
        let larger = vec![0; MAX_FILE_BYTES as usize + 1];
        assert_eq!(unzipped(&zip_of(&[("a.md", &larger)])), Err(NotUnzipped::TooLarge("a.md".to_owned())));
        let all: Vec<String> = (0..17).map(|number| format!("{number}.md")).collect();
        let all: Vec<(&str, &[u8])> = all.iter().map(|name| (name.as_str(), mebibyte.as_slice())).collect();
        assert_eq!(unzipped(&zip_of(&all[..16])).unwrap().len(), 16);
        assert_eq!(unzipped(&zip_of(&all)), Err(NotUnzipped::TooLargeInAll));
        let many: Vec<String> = (0..=MAX_UNZIPPED).map(|number| format!("{number}.md")).collect();
        let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
        assert_eq!(unzipped(&zip_of(&many[1..])).unwrap().len(), MAX_UNZIPPED);
        assert_eq!(unzipped(&zip_of(&many)), Err(NotUnzipped::TooMany));
    }

    #[test]
    fn a_size_that_is_a_lie_is_found_out() {
        let text = vec![b'a'; 5_000];
        let mut bytes = zip_of(&[("a.md", &text)]);
        let size = 5_000_u32.to_le_bytes();
        let places: Vec<usize> =
            bytes.windows(4).enumerate().filter(|(_, part)| **part == size).map(|(at, _)| at).collect();
        assert!(!places.is_empty());
        for at in places {
            bytes.splice(at..at + 4, 10_u32.to_le_bytes());
        }
        assert!(unzipped(&bytes).is_err_and(|why| why == NotUnzipped::Unreadable));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(bytes: Vec<u8>) {
            let _ = unzipped(&bytes);
        }

        #[test]
        fn any_damage_is_survived(
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
            cut in any::<prop::sample::Index>(),
            is_cut: bool,
        ) {
            let mut bytes = zip_of(&[("colds/tea.md", b"+++\n+++\nTea."), ("colds/collection.toml", b"title = 1")]);
            let length = bytes.len();
            for (at, byte) in changes {
                bytes[at.index(length)] = byte;
            }
            bytes.truncate(if is_cut { cut.index(length) } else { length });
            let _ = unzipped(&bytes);
        }
    }
}
