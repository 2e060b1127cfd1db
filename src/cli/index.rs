//! `pamphlet index`: builds the search index ahead of time.

use super::{Exit, Failure, shelves};
use crate::config::Config;
use std::path::Path;

/// Build the search index of every collection, if its files changed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  pamphlet index\n  pamphlet index --force")]
pub(super) struct Arguments {
    /// Build it even if nothing changed
    #[arg(long)]
    force: bool,
}

pub(super) fn run(arguments: &Arguments, config: Option<&Path>) -> Result<Exit, Failure> {
    let config = Config::load(config)?;
    super::log::start(config.log);
    for collection in shelves::load(&config.faq)? {
        let index = shelves::open_index(&collection, &config.index, arguments.force)?;
        super::print(&format!("{}: {} entries\n", collection.id, index.collection().entries.len()))?;
    }
    Ok(Exit::Ok)
}
