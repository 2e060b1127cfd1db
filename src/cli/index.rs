//! `pamphlet index`: builds the search index ahead of time.

use super::{Exit, Failure, beside, shelves};
use crate::config::Config;
use crate::faq::{Collection, Library};
use crate::search::{self, Notice};
use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Build the search index of every collection, if its files changed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  pamphlet index\n  pamphlet index --force")]
pub(super) struct Arguments {
    /// Build it even if nothing changed
    #[arg(long)]
    force: bool,
    /// Build in this folder the one collection that another pamphlet hands over on stdin, and end when stdin does
    #[arg(long, hide = true, conflicts_with = "force", value_name = "FOLDER")]
    beside: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, config: Option<&Path>) -> Result<Exit, Failure> {
    let config = Config::load(config)?;
    super::log::start(config.log);
    if let Some(home) = &arguments.beside {
        return build(&beside::taken_over()?, home, false).map(|_| Exit::Ok);
    }
    // Before anything is learned, which takes long.
    search::keep_in(&config.index).map_err(|why| not_kept(&config.index, &why))?;
    let mut built = Ok(());
    shelves::each(&mut Library::new(&config.faq), config.log, |collection| {
        if built.is_ok() {
            let entries = build(&collection, &config.index, arguments.force);
            built = entries.and_then(|entries| super::print(&format!("{}: {entries} entries\n", collection.id)));
        }
    })?;
    built.map(|()| Exit::Ok)
}

/// Builds an index that is to be kept; gives how many entries it has.
fn build(collection: &Arc<Collection>, home: &Path, force: bool) -> Result<usize, Failure> {
    let (index, notices) = shelves::open_index(collection, home, force)?;
    if let Some(why) = notices.iter().find_map(|notice| match notice {
        Notice::InMemory { why, .. } => Some(why),
        _ => None,
    }) {
        return Err(not_kept(home, why));
    }
    Ok(index.collection().entries.len())
}

fn not_kept(home: &Path, why: &dyn Display) -> Failure {
    let hint = "hint: `index` in the settings names this folder; pamphlet must be able to make it and to write in it";
    Failure::new(Exit::Io, format!("{}: no index can be kept here, so none was built: {why}\n{hint}", home.display()))
}
