//! `pamphlet index`: builds the search index ahead of time.

use super::{Exit, Failure, shelves};
use crate::config::Config;
use crate::faq::{Collection, Library, Problem};
use crate::search::Notice;
use std::path::Path;
use std::sync::Arc;

/// Build the search index of every collection, if its files changed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  pamphlet index\n  pamphlet index --force")]
pub(super) struct Arguments {
    /// Build it even if nothing changed
    #[arg(long)]
    force: bool,
    /// Say nothing of what was built, nor of problems in the files, which `pamphlet check` tells
    #[arg(long)]
    quiet: bool,
}

pub(super) fn run(arguments: &Arguments, config: Option<&Path>) -> Result<Exit, Failure> {
    let config = Config::load(config)?;
    super::log::start(config.log);
    let tell = |problems: &[Problem]| {
        if !arguments.quiet {
            shelves::complain(problems)
        }
    };
    let mut built = Ok(());
    shelves::each(&mut Library::new(&config.faq), tell, |collection| {
        if built.is_ok() {
            built = build(&collection, &config.index, arguments);
        }
    })?;
    built.map(|()| Exit::Ok)
}

fn build(collection: &Arc<Collection>, home: &Path, arguments: &Arguments) -> Result<(), Failure> {
    let (index, notices) = shelves::open_index(collection, home, arguments.force)?;
    if notices.iter().any(|notice| matches!(notice, Notice::InMemory { .. })) {
        let what = format!("{}: nothing can be kept in the folder `index`, so nothing was built", home.display());
        return Err(Failure::new(Exit::Io, what));
    }
    if arguments.quiet {
        return Ok(());
    }
    super::print(&format!("{}: {} entries\n", collection.id, index.collection().entries.len()))
}
