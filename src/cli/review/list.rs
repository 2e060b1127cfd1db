//! `pamphlet review list`: the standing of each entry.

use super::super::{Exit, Failure, print};
use super::Desk;
use crate::review;
use std::path::Path;

/// List where each entry stands: who reviewed it, when, and until when that holds.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  pamphlet review list")]
pub(super) struct Arguments {
    /// The collection, if there are several
    #[arg(value_name = "COLLECTION")]
    collection: Option<String>,
}

pub(super) fn run(arguments: &Arguments, config: Option<&Path>) -> Result<Exit, Failure> {
    let desk = Desk::open(config, arguments.collection.as_deref())?;
    print(&review::table(&desk.collection))?;
    Ok(Exit::Ok)
}
