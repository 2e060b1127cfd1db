//! `pamphlet new`: a collection to begin with.

use super::{Exit, Failure};
use crate::config::Config;
use crate::transfer::{self, Refused};
use std::path::Path;

/// Begin a collection: every file that it may have, each key explained, and an example of an entry.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  pamphlet new lupus-nephritis\n  pamphlet check faq/lupus-nephritis")]
pub(super) struct Arguments {
    /// Its name: small letters, digits and hyphens
    #[arg(value_name = "COLLECTION")]
    name: String,
}

pub(super) fn run(arguments: &Arguments, config: Option<&Path>) -> Result<Exit, Failure> {
    let folder = transfer::begin(&Config::load(config)?.faq, &arguments.name)?;
    let folder = folder.display();
    super::print(&format!(
        "{folder} is there. Its files explain themselves; begin with collection.toml, then copy the example for your first \
         entry. `pamphlet check {folder}` says how it stands.\n"
    ))?;
    Ok(Exit::Ok)
}

impl From<Refused> for Failure {
    fn from(why: Refused) -> Self {
        let exit = if matches!(why, Refused::Io { .. }) { Exit::Io } else { Exit::Usage };
        Self::new(exit, why)
    }
}
