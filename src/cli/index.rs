//! `pamphlet index`: builds the search index ahead of time.

use super::{Exit, Failure, shelves};
use crate::config::Config;
use crate::faq::{Collection, Library, Problem};
use crate::search::{self, Notice};
use std::fmt::Display;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// Build the search index of every collection, if its files changed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  pamphlet index\n  pamphlet index --force")]
pub(super) struct Arguments {
    /// Build it even if nothing changed
    #[arg(long)]
    force: bool,
    /// Built for another pamphlet, which tells of problems itself: prints nothing, and ends when stdin does
    #[arg(long, hide = true)]
    beside: bool,
}

pub(super) fn run(arguments: &Arguments, config: Option<&Path>) -> Result<Exit, Failure> {
    let config = Config::load(config)?;
    super::log::start(config.log);
    if arguments.beside {
        std::thread::spawn(|| {
            let _ = io::copy(&mut io::stdin(), &mut io::sink());
            // What is built is put into place whole, so it may end at any moment.
            std::process::exit(Exit::Io as i32);
        });
    }
    // Before anything is learned, which takes long.
    search::keep_in(&config.index).map_err(|why| not_kept(&config.index, &why))?;
    let tell = |problems: &[Problem]| {
        if !arguments.beside {
            shelves::complain(problems);
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
    if let Some(why) = notices.iter().find_map(|notice| match notice {
        Notice::InMemory { why, .. } => Some(why),
        _ => None,
    }) {
        return Err(not_kept(home, why));
    }
    if arguments.beside {
        return Ok(());
    }
    super::print(&format!("{}: {} entries\n", collection.id, index.collection().entries.len()))
}

fn not_kept(home: &Path, why: &dyn Display) -> Failure {
    let hint = "hint: `index` in the settings names this folder; pamphlet must be able to make it and to write in it";
    Failure::new(Exit::Io, format!("{}: no index can be kept here, so none was built: {why}\n{hint}", home.display()))
}
