//! `pamphlet review pack`: what a clinician is given to read.

use super::super::staged::{self, Staged};
use super::super::{Exit, Failure, print};
use super::Desk;
use crate::review::{self, Pack};
use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// Write a pack for a clinician: one HTML file to print or to read, with a place to sign each entry.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "With --since DATE, what was signed on that day or later is left out, unless it changed since or is \
    due.\n\nExamples:\n  pamphlet review pack --to review.html\n  \
    pamphlet review pack dermatomyositis --since 2026-06-01 --to review.html"
)]
pub(super) struct Arguments {
    /// The collection, if there are several
    #[arg(value_name = "COLLECTION")]
    collection: Option<String>,
    /// Leave out what was signed on this day or later and still holds
    #[arg(long, value_name = "DATE")]
    since: Option<Date>,
    /// The file to write
    #[arg(long, value_name = "FILE.html")]
    to: PathBuf,
}

pub(super) fn run(arguments: &Arguments, config: Option<&Path>) -> Result<Exit, Failure> {
    let desk = Desk::open(config, arguments.collection.as_deref())?;
    let pack = Pack::of(&desk.collection, desk.today, arguments.since);
    let file = &arguments.to;
    let unwritable = |why| Failure::new(Exit::Io, format!("{}: can't be written: {why}", file.display()));
    staged::commit(vec![Staged::new(file, &review::page(&pack)).map_err(unwritable)?]).map_err(unwritable)?;
    let (count, all) = (pack.leaves.len(), desk.collection.entries.len());
    print(&format!("{}: {count} of {all} entries are in the pack\n", file.display()))?;
    Ok(Exit::Ok)
}
