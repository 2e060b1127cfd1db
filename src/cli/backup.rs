//! `pamphlet backup`: a copy of the store.

use super::{Exit, Failure};
use crate::config::Config;
use crate::store::{self, Fault, StoreError};
use std::path::{Path, PathBuf};

/// Copy the store into a new file, while pamphlet may be running.
#[derive(Debug, clap::Args)]
#[command(after_help = "README.md says how to put it back.\n\nExample:\n  pamphlet backup store-2026-11-30.sqlite3")]
pub(super) struct Arguments {
    /// The file to make
    file: PathBuf,
}

pub(super) fn run(arguments: &Arguments, config: Option<&Path>) -> Result<Exit, Failure> {
    let config = Config::load(config)?;
    store::backup(&config.store, &arguments.file)?;
    super::print(&format!("{}: whole\n", arguments.file.display()))?;
    Ok(Exit::Ok)
}

impl From<StoreError> for Failure {
    fn from(why: StoreError) -> Self {
        let exit = match why.fault() {
            Some(Fault::Down) => Exit::Unreachable,
            Some(_) => Exit::Io,
            None => Exit::Fault,
        };
        Self::new(exit, why)
    }
}
