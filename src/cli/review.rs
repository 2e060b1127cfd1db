//! `pamphlet review`: what clinicians sign, on paper and in the files.

mod list;
mod pack;
mod sign;

use super::{Exit, Failure, shelves};
use crate::config::Config;
use crate::faq::Collection;
use jiff::civil::Date;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Have entries reviewed: print a pack for a clinician, record what they signed, see what is due.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  pamphlet review list\n  pamphlet review pack --to review.html\n  \
    pamphlet review sign steroids-bones@3f2a9c1b77e0 --as rheumatologist --until 2027-11-23")]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    List(list::Arguments),
    Pack(pack::Arguments),
    Sign(sign::Arguments),
}

pub(super) fn run(arguments: &Arguments, config: Option<&Path>) -> Result<Exit, Failure> {
    match &arguments.command {
        Command::List(arguments) => list::run(arguments, config),
        Command::Pack(arguments) => pack::run(arguments, config),
        Command::Sign(arguments) => sign::run(arguments, config),
    }
}

/// What is under review: a collection on this day, and its folder.
struct Desk {
    today: Date,
    collection: Arc<Collection>,
    folder: PathBuf,
}

impl Desk {
    /// The collection that is meant: the one that is named, else the only one. No index is needed.
    ///
    /// # Errors
    /// When the settings can't be read, or there is no such collection.
    fn open(config: Option<&Path>, named: Option<&str>) -> Result<Self, Failure> {
        let config = Config::load(config)?;
        super::log::start_quiet(config.log);
        let (today, collections) = (shelves::today(), shelves::load(&config)?);
        let collection =
            shelves::pick(named, collections.iter().map(|collection| (collection.id.as_str(), collection)))?;
        let folder = config.faq.join(&collection.id);
        Ok(Self { today, collection: collection.on(today), folder })
    }
}
