//! Loading a folder of FAQ files: what is served, and what is said to be wrong with it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod all;
mod any_bytes;
mod card;
mod faults;
mod files;
mod messages;
mod served;

use pamphlet::faq::{Collection, Loaded, Problem, Severity, load};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A `collection.toml` without a fault.
const TOP: &str = "title = \"Colds\"\nreminder = \"General information only.\"\nask = \"your doctor\"\n";

/// An entry without a fault, for a collection without `source.toml`. Line 6 is free for more.
const ENTRY: &str = "\
+++
question = \"Does tea help?\"
also = [\"is tea good\", \"tea for a cold\", \"should one drink tea\"]
topic = \"Drinks\"
source = \"A book on colds\"

+++

Tea is warm. It does no harm.
";

/// Another one, which shares nothing with the first.
const OTHER: &str = "\
+++
question = \"Does honey help?\"
also = [\"is honey good\", \"honey for a cold\", \"honey?\"]
topic = \"Food\"
source = \"A book on colds\"

+++

Honey is sweet.
";

/// The entry with this line added to its front matter, as line 6.
fn entry_with(line: &str) -> String {
    ENTRY.replace("\n\n+++", &format!("\n{line}\n+++"))
}

/// A folder `faq` with these files, and `collection.toml` unless it is among them.
fn folder_of(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("collection.toml", TOP)].iter().chain(files) {
        write(folder.path(), name, text.as_bytes());
    }
    folder
}

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join("faq").join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn load_in(folder: &TempDir) -> Loaded {
    load(&folder.path().join("faq"))
}

/// Loads these files and compares the problems with what is expected, one a line: `error a.md:3:1 unknown key …`, the
/// line and column left out for a whole file. Returns what is served.
fn check(files: &[(&str, &str)], expected: &[&str]) -> Option<Collection> {
    let folder = folder_of(files);
    let loaded = load_in(&folder);
    assert_eq!(lines(&folder, &loaded.problems), expected);
    for problem in &loaded.problems {
        assert!(!problem.mend.is_empty(), "{problem:?} says what to do");
    }
    loaded.collection
}

/// The problems as one line each, files named as in their folder.
fn lines(folder: &TempDir, problems: &[Problem]) -> Vec<String> {
    problems.iter().map(|problem| line(folder, problem)).collect()
}

fn line(folder: &TempDir, problem: &Problem) -> String {
    let severity = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let place = &problem.place;
    let file = place.file.strip_prefix(folder.path().join("faq")).unwrap().display();
    let at = if place.line == 0 { String::new() } else { format!(":{}:{}", place.line, place.column) };
    format!("{severity} {file}{at} {}", problem.what)
}

/// The ids of the entries that are served.
fn ids(collection: &Collection) -> Vec<&str> {
    collection.entries.iter().map(|entry| entry.id.as_str()).collect()
}
