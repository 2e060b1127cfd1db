//! `pamphlet import`: entries from elsewhere into a collection.

use super::progress::Progress;
use super::{Exit, Failure, report};
use crate::faq::Problem;
use crate::transfer::{self, Bring, Brought, Format, NotBrought};
use std::fmt::Write;
use std::io;
use std::path::{Path, PathBuf};

/// The most problems that are told at once.
const MOST_TOLD: usize = 200;

/// Bring entries from a spreadsheet, JSON Lines or a folder of Markdown into a collection.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Names of columns and keys are guessed: question, answer, phrasings, topic, source and the like; docs/transfer.md \
    lists them.\nAn entry that is there already stays as it is, unless you say --replace.\n\nExamples:\n  \
    pamphlet import answers.csv --into faq/lupus-nephritis --dry-run\n  \
    pamphlet import answers.csv --into faq/lupus-nephritis --source \"Leaflet of our clinic, 2026\"\n  \
    pamphlet import tags/ --into faq/lupus-nephritis --format markdown"
)]
pub(super) struct Arguments {
    /// A .csv, .tsv, .jsonl or .md file, or a folder of .md files
    #[arg(value_name = "FILE_OR_FOLDER")]
    from: PathBuf,
    /// The collection; it is begun if it isn't there
    #[arg(long, value_name = "COLLECTION")]
    into: PathBuf,
    /// Write nothing: only say what would come in
    #[arg(long)]
    dry_run: bool,
    /// csv, tsv, jsonl or markdown, if the name doesn't tell
    #[arg(long)]
    format: Option<Format>,
    /// The source of entries that name none
    #[arg(long, value_name = "TEXT")]
    source: Option<String>,
    /// Let entries take the place of those that are there with another text
    #[arg(long)]
    replace: bool,
}

pub(super) fn run(arguments: &Arguments, _config: Option<&Path>) -> Result<Exit, Failure> {
    let Arguments { from, into, dry_run, format, source, replace } = arguments;
    let wish = Bring { from, format: *format, into, source: source.as_deref(), replace: *replace, dry_run: *dry_run };
    let mut progress = Progress::new(format!("bringing {}", from.display()));
    let brought = transfer::bring(&wish, &mut |done, all| progress.at(done, all))?;
    drop(progress);
    let (shown, more) = brought.problems.split_at(brought.problems.len().min(MOST_TOLD));
    if !shown.is_empty() {
        super::complain(&report::text(shown, super::colour(&io::stderr())));
    }
    if !more.is_empty() {
        super::complain(&format!("and {} more; mend those above, then import again\n", more.len()));
    }
    super::print(&told(&wish, &brought))?;
    Ok(if brought.problems.iter().any(Problem::is_error) { Exit::Problems } else { Exit::Ok })
}

/// What was guessed, and what came of it.
fn told(wish: &Bring, brought: &Brought) -> String {
    let mut text = String::new();
    for guess in &brought.guesses {
        let _ = writeln!(text, "guessed: {}", report::harmless(guess));
    }
    let (would, into) = (if wish.dry_run { "would be " } else { "" }, wish.into.display());
    if brought.begun {
        let _ = writeln!(text, "{into}: {would}begun");
    }
    let _ = writeln!(
        text,
        "{into}: {} {would}new, {} {would}replaced, {} there already",
        brought.new, brought.replaced, brought.same
    );
    if brought.warned > 0 {
        let _ = writeln!(
            text,
            "{} of them with warnings, which `pamphlet check {into}` names; most have few phrasings",
            brought.warned
        );
    }
    text
}

impl From<NotBrought> for Failure {
    fn from(why: NotBrought) -> Self {
        match why {
            NotBrought::Refused(refused) => refused.into(),
            NotBrought::Unloadable(_) | NotBrought::TooMany { .. } => Self::new(Exit::Problems, why),
            NotBrought::Io { .. } => Self::new(Exit::Io, why),
        }
    }
}
