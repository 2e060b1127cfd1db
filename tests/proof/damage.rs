//! An index that was damaged or can't be kept answers all the same, and says so.

use crate::library::{Library, Said};
use crate::shipped;
use std::fs;
use std::path::{Path, PathBuf};

const QUESTION: &str = "will prednisone wreck my bones?";
const ANSWER: &str = "Does prednisone weaken bones?";

/// What befalls a file: its name, and the deed.
type Damage = (&'static str, fn(&Path));
const DAMAGES: [Damage; 4] = [("flipped", flip), ("cut short", cut), ("emptied", empty), ("removed", remove)];

pub fn every_file() {
    let library = steroids();
    assert_eq!(ask(&library).built(), 1);
    let (mut told, mut harmless) = (0, Vec::new());
    // Each build gives its files new names, so they are taken by their place in the list.
    for place in 0..files(&library).len() {
        for (what, damage) in DAMAGES {
            let file = files(&library).swap_remove(place);
            let name = file.file_name().expect("a name").to_string_lossy().into_owned();
            if name.ends_with(".lock") && fs::metadata(&file).expect("a file").len() == 0 && what != "removed" {
                continue;
            }
            damage(&file);
            let said = ask(&library);
            if said.warned() {
                assert!(said.stderr.contains("the index was damaged"), "{name} {what}:\n{}", said.stderr);
                assert_eq!(said.built(), 1, "{name} {what}:\n{}", said.stderr);
                told += 1;
            } else {
                assert!(!is_content(&name), "{name} {what}, and nothing was said of it");
                harmless.push(format!("{name} {what}"));
                // Nobody missed it; the next one starts from a whole index again.
                library.run(&["index", "--force"]);
            }
            let again = ask(&library);
            assert!(again.built() == 0 && !again.warned(), "{name} {what}, and again:\n{}", again.stderr);
        }
    }
    println!("{told} damages found, told and mended; harmless: {harmless:?}");
    assert!(told > 0, "no damage was found");
}

pub fn no_disk() {
    let library = Library::over(shipped::root().join("faq"));
    let file = library.index();
    fs::write(&file, "a file where a folder should be").expect("a file");
    for place in [&file, Path::new("/dev/null/index"), Path::new("/proc/index")] {
        library.keep_index_in(place);
        let said = ask(&library);
        assert!(said.warned() && said.stderr.contains("it is held in memory"), "{}", said.stderr);
        println!("{}: answered from memory in {:.1?}", place.display(), said.took);
    }
}

/// What the shipped collection says of steroids, without its messages: its index has the same files and is learned in a moment.
fn steroids() -> Library {
    let library = Library::empty();
    let (from, to) = (shipped::root().join("faq/dermatomyositis"), library.faq().join("dermatomyositis"));
    fs::create_dir(&to).expect("a folder");
    for file in fs::read_dir(from).expect("the shipped collection") {
        let file = file.expect("a file").path();
        let name = file.file_name().expect("a name").to_string_lossy().into_owned();
        if name.ends_with(".toml") || name.starts_with("steroids-") {
            fs::copy(&file, to.join(name)).expect("a copy");
        }
    }
    library
}

fn ask(library: &Library) -> Said {
    let said = library.ask(QUESTION);
    assert!(said.stdout.contains(ANSWER), "{}\n{}", said.stdout, said.stderr);
    said
}

/// Whether an answer depends on a file: on all but tantivy's locks, which hold nothing.
fn is_content(name: &str) -> bool {
    !name.starts_with(".tantivy")
}

/// Every file of the shipped collection's index, in order of kind.
fn files(library: &Library) -> Vec<PathBuf> {
    let home = library.index().join("dermatomyositis");
    let current = fs::read_to_string(home.join("current")).expect("an index that is current");
    let listed = fs::read_dir(home.join(current.trim())).expect("its folder");
    let mut files: Vec<PathBuf> = listed.map(|file| file.expect("a file").path()).collect();
    files.sort_by_key(|file| (file.extension().map(ToOwned::to_owned), file.clone()));
    files
}

fn flip(file: &Path) {
    let mut bytes = fs::read(file).expect("a file");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0xff;
    fs::write(file, bytes).expect("a file");
}

fn cut(file: &Path) {
    let bytes = fs::read(file).expect("a file");
    fs::write(file, &bytes[..bytes.len() / 2]).expect("a file");
}

fn empty(file: &Path) {
    fs::write(file, "").expect("a file");
}

fn remove(file: &Path) {
    fs::remove_file(file).expect("a file");
}
