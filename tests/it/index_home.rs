//! The index on disk: kept, shared, mended.

use crate::shipped;
use pamphlet::faq::Collection;
use pamphlet::search::{self, Index, Notice};
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// A few entries of the shipped collection, and little to learn from: what is tested here is the disk.
fn collection() -> Arc<Collection> {
    let mut few = shipped::collection().as_served();
    few.entries.truncate(FEW);
    Arc::new(few)
}

/// How many entries are kept.
const FEW: usize = 3;

/// Opens the index and says what happened, in a word each.
fn open(collection: &Arc<Collection>, home: &Path, force: bool) -> (Index, Vec<&'static str>) {
    let (index, notices) = search::open_index(collection, home, force, &mut |_, _| ()).unwrap();
    let word = |notice: &Notice| match notice {
        Notice::Built => "built",
        Notice::Damaged { .. } => "damaged",
        Notice::InMemory { .. } => "in memory",
    };
    assert!(
        !index.candidates(&index.read("what is abatacept and who can get it"), None, 3).all.is_empty(),
        "it answers"
    );
    (index, notices.iter().map(word).collect())
}

/// The folders of the collection's indexes.
fn folders(home: &Path) -> Vec<String> {
    let entries = fs::read_dir(home.join("dermatomyositis")).unwrap().flatten();
    let mut folders: Vec<String> = entries
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    folders.sort();
    folders
}

/// The collection after an edit.
fn edited(collection: &Collection, hash: &str) -> Arc<Collection> {
    Arc::new(Collection { hash: hash.repeat(64), ..collection.clone() })
}

#[test]
fn an_index_is_built_once_for_its_content() {
    let (home, collection) = (tempfile::tempdir().unwrap(), collection());
    assert_eq!(open(&collection, home.path(), false).1, ["built"]);
    assert_eq!(open(&collection, home.path(), false).1, [""; 0]);
    assert_eq!(open(&collection, home.path(), true).1, ["built"]);
    assert_eq!(open(&edited(&collection, "a"), home.path(), false).1, ["built"]);
}

#[test]
fn an_older_index_goes_when_nobody_uses_it() {
    let (home, collection) = (tempfile::tempdir().unwrap(), collection());
    let (in_use, _) = open(&collection, home.path(), false);
    open(&edited(&collection, "a"), home.path(), false);
    assert_eq!(folders(home.path()).len(), 2, "the first is in use");
    drop(in_use);
    open(&edited(&collection, "b"), home.path(), false);
    assert_eq!(folders(home.path()).len(), 1, "{:?}", folders(home.path()));
}

#[test]
fn a_damaged_index_is_built_anew() {
    let collection = collection();
    let damage = |name: &str, harm: &dyn Fn(&Path)| {
        let home = tempfile::tempdir().unwrap();
        open(&collection, home.path(), false);
        let folder = home.path().join("dermatomyositis").join(&folders(home.path())[0]);
        let files = fs::read_dir(&folder).unwrap().flatten().map(|entry| entry.path());
        let file = files.into_iter().find(|path| path.to_string_lossy().ends_with(name)).unwrap();
        harm(&file);
        assert_eq!(open(&collection, home.path(), false).1, ["damaged", "built"], "{name}");
        assert_eq!(open(&collection, home.path(), false).1, [""; 0], "{name}");
    };
    damage(".idx", &|file| {
        let mut bytes = fs::read(file).unwrap();
        bytes[10] ^= 0xff;
        fs::write(file, bytes).unwrap();
    });
    damage(".fast", &|file| fs::write(file, "").unwrap());
    damage("meta.json", &|file| fs::remove_file(file).unwrap());
    damage("topics.model", &|file| {
        let mut bytes = fs::read(file).unwrap();
        bytes[40] ^= 1;
        fs::write(file, bytes).unwrap();
    });
    damage("in-use.lock", &|file| fs::remove_file(file).unwrap());
}

#[test]
fn no_byte_of_the_list_of_files_is_trusted_blindly() {
    let (home, small) = (tempfile::tempdir().unwrap(), collection());
    let list = |home: &Path| home.join("dermatomyositis").join(&folders(home)[0]).join(".managed.json");
    open(&small, home.path(), false);
    for at in (0..fs::read(list(home.path())).unwrap().len()).step_by(9) {
        let mut bytes = fs::read(list(home.path())).unwrap();
        // The list's length may differ by a letter from build to build.
        let Some(byte) = bytes.get_mut(at) else { continue };
        *byte ^= 0xff;
        fs::write(list(home.path()), bytes).unwrap();
        assert_eq!(open(&small, home.path(), false).1, ["damaged", "built"], "byte {at}");
    }
}

#[test]
fn without_a_disk_the_index_is_in_memory() {
    assert_eq!(open(&collection(), Path::new("/dev/null/index"), false).1, ["in memory"]);
}
