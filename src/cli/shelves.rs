//! Loads collections and opens their indexes, telling the operator what was found on the way.

use super::{Exit, Failure, report};
use crate::answer::Brain;
use crate::config::Config;
use crate::faq::{self, Collection};
use crate::search::{self, Index, Notice};
use indicatif::{ProgressBar, ProgressStyle};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A build that takes longer shows how far it is.
const PATIENCE: Duration = Duration::from_secs(1);

/// Everything that is served: every collection that could be read, with its index. Problems go to stderr.
///
/// # Errors
/// When no collection is left.
pub(super) fn open(config: &Config) -> Result<Brain, Failure> {
    let collections = load(&config.faq)?;
    let indexes = collections.iter().map(|collection| open_index(collection, &config.index, false));
    Ok(Brain::new(indexes.collect::<Result<Vec<Index>, Failure>>()?))
}

/// Every collection of a folder. Problems go to stderr.
///
/// # Errors
/// When no collection is left.
pub(super) fn load(folder: &Path) -> Result<Vec<Arc<Collection>>, Failure> {
    let (collections, problems) = faq::load_all(folder);
    if !problems.is_empty() {
        super::complain(&report::text(&problems, super::colour(&std::io::stderr())));
    }
    if collections.is_empty() {
        let hint = "hint: a collection is a folder with a collection.toml in it; `pamphlet check` lists what is wrong";
        return Err(Failure::new(
            Exit::NoCollection,
            format!("{}: there is no collection to serve\n{hint}", folder.display()),
        ));
    }
    Ok(collections.into_iter().map(Arc::new).collect())
}

/// The index of a collection, built if need be, with a progress bar on a terminal when it takes long.
///
/// # Errors
/// When it can't be built even in memory.
pub(super) fn open_index(collection: &Arc<Collection>, home: &Path, force: bool) -> Result<Index, Failure> {
    let started = Instant::now();
    let mut bar: Option<ProgressBar> = None;
    let mut progress = |done: usize, all: usize| {
        if bar.is_none() && started.elapsed() > PATIENCE {
            bar = Some(progress_bar(&collection.id, all));
        }
        if let Some(bar) = &bar {
            bar.set_position(done as u64);
        }
    };
    let opened = search::open_index(collection, home, force, &mut progress);
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    let (index, notices) = opened.map_err(|why| Failure::new(Exit::Fault, why))?;
    for notice in notices {
        tell(collection, &notice, started.elapsed());
    }
    Ok(index)
}

/// A bar on stderr; indicatif hides it where stderr is no terminal.
fn progress_bar(collection: &str, all: usize) -> ProgressBar {
    let bar = ProgressBar::new(all as u64).with_message(format!("indexing {collection}"));
    match ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn tell(collection: &Collection, notice: &Notice, took: Duration) {
    let (id, entries) = (&collection.id, collection.entries.len());
    match notice {
        Notice::Built => tracing::info!(collection = %id, entries, ms = took.as_millis() as u64, "built the index"),
        Notice::Damaged { folder, why } => {
            tracing::warn!(collection = %id, folder = %folder.display(), why, "the index was damaged and was built anew");
        }
        Notice::InMemory { folder, why } => {
            tracing::warn!(collection = %id, folder = %folder.display(), why, "the index can't be kept on disk; it is held in memory");
        }
    }
}
