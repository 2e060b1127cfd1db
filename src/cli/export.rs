//! `pamphlet export`: a collection to files that others can read.

use super::{Exit, Failure, shelves};
use crate::config::Config;
use crate::faq::{self, Loaded};
use crate::site::site;
use crate::transfer::{Format, NotPut, Taken, put, take, zipped};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

/// Take a collection elsewhere: a table, JSON Lines, Markdown, a website, or a zip archive of its files.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "What is taken as csv, tsv, jsonl or markdown can be brought again with `pamphlet import`.\n\nExamples:\n  \
    pamphlet export faq/dermatomyositis --to answers.csv\n  \
    pamphlet export faq/dermatomyositis --to public --format site\n  \
    pamphlet export faq/dermatomyositis --to dermatomyositis.zip"
)]
pub(super) struct Arguments {
    /// The collection's folder
    #[arg(value_name = "COLLECTION")]
    collection: PathBuf,
    /// The file or folder to write
    #[arg(long, value_name = "PATH")]
    to: PathBuf,
    /// csv, tsv, jsonl, markdown, site or zip, if the name doesn't tell
    #[arg(long)]
    format: Option<Form>,
    /// Write over the file that is there; a folder only if it is an earlier export
    #[arg(long)]
    force: bool,
}

/// What a collection may become.
#[derive(Debug, Clone, Copy)]
enum Form {
    Rows(Format),
    Site,
    Zip,
}

impl FromStr for Form {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "site" => Ok(Self::Site),
            "zip" => Ok(Self::Zip),
            name => name.parse().map(Self::Rows).map_err(|why| format!("{why}, site, zip")),
        }
    }
}

pub(super) fn run(arguments: &Arguments, config: Option<&Path>) -> Result<Exit, Failure> {
    let Arguments { collection: folder, to, format, force } = arguments;
    let is_zip = to.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
    let guess = if is_zip { Some(Form::Zip) } else { Format::guess(to).map(Form::Rows) };
    let Some(form) = format.or(guess) else {
        let what = format!(
            "{}: the name doesn't tell what to write\nhint: add --format csv, tsv, jsonl, markdown, site or zip",
            to.display()
        );
        return Err(Failure::new(Exit::Usage, what));
    };
    let Loaded { collection, problems } = faq::load(folder);
    let Some(collection) = collection.map(Arc::new) else {
        let what =
            format!("{0}: this collection can't be loaded\nhint: `pamphlet check {0}` says why", folder.display());
        return Err(Failure::new(Exit::NoCollection, what));
    };
    let unwritten = |why| Failure::new(Exit::Io, format!("{}: can't be written: {why}", to.display()));
    // On the website stands what is served today.
    let today = collection.on(shelves::today());
    let count = if matches!(form, Form::Site) { today.served().count() } else { collection.entries.len() };
    let taken = match form {
        Form::Rows(format) => take(&collection, format).map_err(unwritten)?,
        Form::Site => Taken::Folder(site(&today, Config::load(config)?.region.as_deref())),
        Form::Zip => {
            let unread = |why| Failure::new(Exit::Io, format!("{}: can't be read: {why}", folder.display()));
            Taken::File(zipped(folder, u64::MAX).map_err(unread)?)
        }
    };
    put(&taken, to, *force)?;
    let errors = problems.iter().filter(|problem| problem.is_error()).count();
    if errors > 0 {
        let what = format!(
            "warning: what `pamphlet check {}` calls an error is left out: {errors} of them\n",
            folder.display()
        );
        super::complain(&what);
    }
    super::print(&format!("{}: {count} entries\n", to.display()))?;
    Ok(Exit::Ok)
}

impl From<NotPut> for Failure {
    fn from(why: NotPut) -> Self {
        let exit = if matches!(why, NotPut::Io { .. }) { Exit::Io } else { Exit::Usage };
        Self::new(exit, why)
    }
}
