//! `pamphlet index`: builds the search index ahead of time.

use super::{Exit, Failure, shelves};
use crate::config::Config;
use crate::faq::Library;
use crate::search::Notice;
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
    for collection in shelves::load(&mut Library::new(&config.faq))? {
        let (index, notices) = shelves::open_index(&collection, &config.index, arguments.force)?;
        if notices.iter().any(|notice| matches!(notice, Notice::InMemory { .. })) {
            let what =
                format!("{}: nothing can be kept in the folder `index`, so nothing was built", config.index.display());
            return Err(Failure::new(Exit::Io, what));
        }
        super::print(&format!("{}: {} entries\n", collection.id, index.collection().entries.len()))?;
    }
    Ok(Exit::Ok)
}
