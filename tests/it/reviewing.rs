//! Review: what a signature is worth on a day, what people read of it, and how it gets into the files.

mod cards;
mod command;
mod files;
mod pack;
mod standing;
mod withheld;

use jiff::civil::{Date, date};
use pamphlet::faq::{Collection, Loaded, SourceRef, Wording, load};
use pamphlet::review;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

const TOP: &str = "title = \"Colds\"\nreminder = \"General information only.\"\nask = \"your doctor\"\n";

/// What was signed in these tests, on [`SIGNED`]; to be looked at again by [`DUE`].
const PASSAGE: &str = "Tea is warm. It does no harm.";
const SIGNED: Date = date(2026, 1, 10);
const DUE: Date = date(2027, 1, 10);

fn wording(passage: &str) -> Wording {
    let source = vec![SourceRef::Named("A book on colds".to_owned())];
    Wording { question: "Does tea help?".to_owned(), source, passage: passage.to_owned() }
}

/// The file of an entry with these lines in its front matter.
fn entry(lines: &str, passage: &str) -> String {
    format!(
        "+++\nquestion = \"Does tea help?\"\nalso = [\"is tea good\", \"tea for a cold\", \"should one drink tea\"]\n\
         topic = \"Drinks\"\nsource = \"A book on colds\"\n{lines}+++\n\n{passage}\n"
    )
}

/// The lines that signing [`PASSAGE`] leaves behind.
fn signature() -> String {
    format!(
        "reviewed_by = \"nurse\"\nreviewed_on = {SIGNED}\nreview_by = {DUE}\napproved = \"{}\"\n",
        wording(PASSAGE).hash()
    )
}

/// A folder `faq/colds` with these rules and files.
fn folder(rules: &str, files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "collection.toml", &format!("{TOP}{rules}"));
    for (name, text) in files {
        write(folder.path(), name, text);
    }
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join("faq/colds").join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// An entry `tea` that was signed and now says `passage`, with the copy of what was signed.
fn edited(rules: &str, passage: &str) -> TempDir {
    let copy = review::copy(&wording(PASSAGE));
    folder(rules, &[("tea.md", &entry(&signature(), passage)), ("approved/tea.md", &copy)])
}

fn load_in(folder: &TempDir) -> Loaded {
    load(&folder.path().join("faq/colds"))
}

/// What is served on a day.
fn served(folder: &TempDir, today: Date) -> Arc<Collection> {
    Arc::new(load_in(folder).collection.unwrap()).on(today)
}

const APPROVED: &str = "[review]\nserve = \"approved\"\n";
