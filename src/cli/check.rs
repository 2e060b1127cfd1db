//! `pamphlet check`: what is wrong with the FAQ files.

use super::{Exit, Failure, report, shelves};
use crate::config::Config;
use crate::faq::{self, Collection, Counts, Problem};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Check FAQ files: every problem with its place, and what to type instead; and the reviews that are due.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  pamphlet check\n  pamphlet check faq/dermatomyositis\n  pamphlet check --json faq"
)]
pub(super) struct Arguments {
    /// A collection, or a folder of them [default: the folder of the settings]
    path: Option<PathBuf>,
    /// Print the problems as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments, config: Option<&Path>) -> Result<Exit, Failure> {
    let path = match &arguments.path {
        Some(path) => path.clone(),
        None => Config::load(config)?.faq,
    };
    let (collections, problems) = load(&path);
    let mut text = if arguments.json {
        report::json(&problems)
    } else {
        report::text(&problems, super::colour(&std::io::stdout()))
    };
    if !arguments.json {
        text.extend(collections.iter().map(|collection| counts(collection) + "\n"));
    }
    super::print(&text)?;
    Ok(if problems.iter().any(Problem::is_error) { Exit::Problems } else { Exit::Ok })
}

/// Loads a collection, or a folder of them, as it is today: with what its keepers are to be reminded of.
fn load(path: &Path) -> (Vec<Arc<Collection>>, Vec<Problem>) {
    let is_one = faq::is_collection(path);
    let (collections, mut problems) = if is_one {
        let loaded = faq::load(path);
        (loaded.collection.into_iter().collect(), loaded.problems)
    } else {
        faq::load_all(path)
    };
    let today = shelves::today();
    let collections: Vec<_> = collections.into_iter().map(|collection| Arc::new(collection).on(today)).collect();
    for collection in &collections {
        let folder = if is_one { path.to_owned() } else { path.join(&collection.id) };
        problems.extend(faq::reminders(&folder, collection, today));
    }
    (collections, problems)
}

/// How much a collection holds, on one line.
fn counts(collection: &Collection) -> String {
    let Counts { entries, phrasings, passages, uncovered } = collection.counts();
    let covered = match uncovered.is_empty() {
        true if passages == 0 => String::new(),
        true => format!(", all {passages} passages of the document covered"),
        false => format!(", passages without an entry: {}", uncovered.join(", ")),
    };
    format!("{}: {entries} entries, {phrasings} phrasings{covered}", collection.id)
}
