//! The process that builds an index for another one: it gets the collection over its stdin, and ends with it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use crate::shipped;
use crate::stage::pamphlet;
use pamphlet::faq::{self, Collection};
use pamphlet::search;
use std::fs;
use std::io::Write;
use std::process::{Child, ChildStdin, Stdio};
use std::time::Duration;
use tempfile::TempDir;
use wait_timeout::ChildExt;

/// How long it may take, beside other tests.
const PATIENCE: Duration = Duration::from_secs(60);

/// An index folder, and a process that is to build in it.
fn begin() -> (TempDir, Child, ChildStdin) {
    let desk = tempfile::tempdir().unwrap();
    let mut command = pamphlet();
    command.args(["index", "--beside", "index"]).current_dir(desk.path()).stdin(Stdio::piped()).stderr(Stdio::null());
    let mut process = command.spawn().unwrap();
    let stdin = process.stdin.take().unwrap();
    (desk, process, stdin)
}

/// A collection as it is handed over.
fn handed(collection: &Collection) -> Vec<u8> {
    let mut bytes = Vec::new();
    collection.hand_over(&mut bytes).unwrap();
    bytes
}

/// A small collection, of which no file is left.
fn colds() -> Collection {
    let folder = tempfile::tempdir().unwrap();
    let tea =
        "+++\nquestion = \"Does tea help?\"\ntopic = \"Drinks\"\nsource = \"A book on colds\"\n+++\n\nTea is warm.\n";
    let top = "title = \"Colds\"\nreminder = \"General information only.\"\nask = \"your doctor\"\n";
    fs::write(folder.path().join("collection.toml"), top).unwrap();
    fs::write(folder.path().join("tea.md"), tea).unwrap();
    faq::load(folder.path()).collection.unwrap()
}

#[test]
fn it_builds_what_it_is_handed_whatever_the_files_say() {
    let colds = colds();
    let (desk, mut process, mut stdin) = begin();
    stdin.write_all(&handed(&colds)).unwrap();
    assert!(process.wait_timeout(PATIENCE).unwrap().is_some_and(|ended| ended.success()));
    assert!(search::is_kept(&colds, &desk.path().join("index")));
}

#[test]
fn it_ends_when_whoever_asked_it_is_gone() {
    let whole = handed(&shipped::collection());
    // While it is handed over, and while it learns.
    for bytes in [&whole[..whole.len() / 2], &whole] {
        let (desk, mut process, mut stdin) = begin();
        stdin.write_all(bytes).unwrap();
        drop(stdin);
        let ended = process.wait_timeout(PATIENCE).unwrap();
        assert_eq!(ended.and_then(|status| status.code()), Some(10), "{} bytes", bytes.len());
        assert!(!search::is_kept(&shipped::collection(), &desk.path().join("index")));
    }
}
