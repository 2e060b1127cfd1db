//! The workshop over a small collection of drinks.

mod any;
mod bundles;
mod changes;
mod diffs;
mod drafts;
#[cfg(unix)]
mod outside;

use super::{Draft, Fields, Saved, Workshop};
use crate::faq::Problem;
use crate::store::{self, Author, Location, RevisionNumber, Store};
use jiff::Timestamp;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;

const TOP: &str = "title = \"Colds\"\nreminder = \"General information only.\"\nask = \"your doctor\"\n";

/// An entry as a person typed it.
const TEA: &str = "\
+++
# Asked every winter.
question = \"Does tea help?\"
also = [
  \"is tea good\", # from Anna
  # misspelt
  'tee for a cold',
  \"should one drink tea\",
]
topic = \"Drinks\"   # with coffee
source = \"A book on colds\"
review_by = 2030-11-23
+++

Tea is warm. It does no harm.
";

/// A folder of collections with one of them, `colds`, and a store beside it.
struct Room {
    folder: TempDir,
    store: Arc<Store>,
    workshop: Workshop,
}

impl Room {
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let colds = folder.path().join("faq/colds");
        fs::create_dir_all(&colds).unwrap();
        for (name, text) in [("collection.toml", TOP)].iter().chain(files) {
            fs::write(colds.join(name), text).unwrap();
        }
        let store = store::open(&Location::File(folder.path().join("store"))).unwrap();
        let workshop = Workshop::open(&folder.path().join("faq"), Arc::clone(&store));
        Self { folder, store, workshop }
    }

    /// With the entry `tea`.
    fn with_tea() -> Self {
        Self::with(&[("tea.md", TEA)])
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join("faq/colds").join(name)
    }

    fn text(&self, entry: &str) -> Option<String> {
        self.workshop.read("colds", entry).unwrap().map(|sheet| sheet.text)
    }

    fn fields(&self, entry: &str) -> Fields {
        self.workshop.read("colds", entry).unwrap().unwrap().fields.unwrap()
    }

    fn version(&self, entry: &str) -> String {
        self.workshop.read("colds", entry).unwrap().unwrap().version
    }

    /// The draft of `tea` with some fields changed.
    fn tea(&self, change: impl Fn(&mut Fields)) -> Draft {
        let mut fields = self.fields("tea");
        change(&mut fields);
        self.workshop.draft("colds", &fields, Some("tea")).unwrap()
    }

    /// The draft of `tea` with another passage.
    fn tea_says(&self, passage: &str) -> Draft {
        self.tea(|fields| passage.clone_into(&mut fields.passage))
    }

    fn save(&self, draft: &Draft) -> Saved {
        self.workshop.save(draft, &anna(), now()).unwrap()
    }

    fn undo(&self, entry: &str) -> Saved {
        self.workshop.undo("colds", entry, &anna(), now()).unwrap()
    }

    fn remove(&self, entry: &str) -> Saved {
        self.workshop.remove("colds", entry, &self.version(entry), &anna(), now()).unwrap()
    }

    /// The kinds of the changes of an entry with the first letters of the passages before and after, newest first.
    fn history(&self, entry: &str) -> Vec<String> {
        let passage = |text: Option<String>| {
            text.map_or("none".to_owned(), |text| text.trim_end().rsplit('\n').next().unwrap().to_owned())
        };
        let told = |revision: store::Revision| {
            let change = revision.change;
            format!("{:?}: {} > {}", change.kind, passage(change.before), passage(change.after))
        };
        self.workshop.history("colds", entry, 20).unwrap().into_iter().map(told).collect()
    }

    /// What is left in the collection's folder that is no entry.
    fn hidden(&self) -> Vec<String> {
        let names = fs::read_dir(self.file("")).unwrap().flatten().map(|file| file.file_name().into_string().unwrap());
        names.filter(|name| name.starts_with('.')).collect()
    }
}

fn anna() -> Author {
    Author { id: 7, name: "Anna".to_owned() }
}

fn now() -> Timestamp {
    "2026-11-23T10:00:00Z".parse().unwrap()
}

fn coffee() -> Fields {
    Fields {
        question: "Does coffee help?".to_owned(),
        also: ["is coffee good", "coffee for a cold", "one more coffee?"].map(str::to_owned).to_vec(),
        topic: "Drinks".to_owned(),
        source: vec!["A book on colds".to_owned()],
        passage: "Coffee is warm, too.".to_owned(),
        ..Fields::default()
    }
}

#[track_caller]
fn number(saved: &Saved) -> RevisionNumber {
    match saved {
        Saved::Done { number, .. } => *number,
        other => panic!("{other:?}"),
    }
}

fn told(problems: &[Problem]) -> Vec<&str> {
    problems.iter().map(|problem| problem.what.as_str()).collect()
}
