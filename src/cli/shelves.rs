//! Loads collections and opens their indexes, telling the operator what was found on the way.

use super::beside::Homes;
use super::progress::Progress;
use super::{Exit, Failure, report};
use crate::answer::{Brain, Serving};
use crate::config::{Config, LogFormat};
use crate::faq::{Collection, Library, Problem};
use crate::live::Live;
use crate::search::{self, Index, Notice};
use jiff::Zoned;
use jiff::civil::Date;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// What a command that asks here and now works with: the settings and what they serve. Its log is quiet.
pub(super) struct Desk {
    pub(super) config: Config,
    pub(super) brain: Brain,
}

impl Desk {
    /// Opens everything that the settings in this file name.
    ///
    /// # Errors
    /// When the settings can't be read, or no collection is left.
    pub(super) fn open(config: Option<&Path>) -> Result<Self, Failure> {
        let config = Config::load(config)?;
        super::log::start_quiet(config.log);
        let brain = open(&config)?;
        Ok(Self { config, brain })
    }

    /// The index of the collection that is meant: the one that is named, else the only one.
    ///
    /// # Errors
    /// When there is no such collection, or none is named among several.
    pub(super) fn pick(&self, named: Option<&str>) -> Result<&Index, Failure> {
        pick(named, self.brain.collections().filter_map(|id| Some((id, self.brain.index(id)?))))
    }
}

/// What belongs to the collection that is meant: the one that is named, else the only one.
///
/// # Errors
/// When there is no such collection, or none is named among several.
pub(super) fn pick<'c, T>(named: Option<&str>, all: impl Iterator<Item = (&'c str, T)>) -> Result<T, Failure> {
    let (ids, mut all): (Vec<&str>, Vec<T>) = all.unzip();
    let at = match (named, ids.as_slice()) {
        (Some(named), _) => ids.iter().position(|id| *id == named),
        (None, [_]) => Some(0),
        (None, _) => None,
    };
    let told = match (at, named) {
        (Some(at), _) => return Ok(all.swap_remove(at)),
        (None, Some(named)) => {
            format!("there is no collection `{named}`\nhint: the collections are: {}", ids.join(", "))
        }
        (None, None) => {
            format!("there are several collections\nhint: name one of: {} (`--help` says how)", ids.join(", "))
        }
    };
    Err(Failure::new(Exit::Usage, told))
}

/// Everything that is served: every collection that could be read, with its index. Problems go to stderr.
///
/// # Errors
/// When no collection is left.
pub(super) fn open(config: &Config) -> Result<Brain, Failure> {
    open_from(&mut Library::new(&config.faq), config, |_| config.index.clone()).map(|(brain, _)| brain)
}

/// The same for a process that stays: with what is to follow the files from now on. Indexes that are missing are built beside it,
/// from the same settings file, where they can be kept.
///
/// # Errors
/// When no collection is left.
pub(super) fn open_live(config: &Config, file: Option<&Path>) -> Result<(Arc<Serving>, Live), Failure> {
    let mut library = Library::new(&config.faq);
    let homes = Homes::open(&config.index, file);
    let home = move |collection: &Arc<Collection>| homes.of(collection);
    let (brain, problems) = open_from(&mut library, config, &home)?;
    let serving = Arc::new(Serving::new(brain));
    let live = Live::new(library, Arc::clone(&serving), problems, home);
    Ok((serving, live))
}

/// `home` gives the folder in which the index of a collection is kept.
fn open_from(
    library: &mut Library,
    config: &Config,
    home: impl Fn(&Arc<Collection>) -> PathBuf,
) -> Result<(Brain, Vec<Problem>), Failure> {
    let mut opened = Vec::new();
    let problems = each(library, config.log, |collection| {
        opened.push(open_index(&collection, &home(&collection), false).map(|(index, _)| index));
    })?;
    let indexes = opened.into_iter().collect::<Result<Vec<Index>, Failure>>()?;
    let brain = Brain::new(indexes, today());
    for collection in brain.collections().filter_map(|id| brain.collection(id)) {
        let withheld = collection.entries.len() - collection.served().count();
        if withheld > 0 {
            tracing::warn!(collection = %collection.id, withheld, "some entries are withheld; `pamphlet check` says why");
        }
    }
    Ok((brain, problems))
}

/// The day that it is here.
pub(super) fn today() -> Date {
    Zoned::now().date()
}

/// Every collection of these settings. Problems go to stderr.
///
/// # Errors
/// When no collection is left.
pub(super) fn load(config: &Config) -> Result<Vec<Arc<Collection>>, Failure> {
    let mut collections = Vec::new();
    each(&mut Library::new(&config.faq), config.log, |collection| collections.push(collection))?;
    Ok(collections)
}

/// Takes every collection of a library, one after the other, and then tells and gives all problems.
///
/// # Errors
/// When no collection is left.
pub(super) fn each(
    library: &mut Library,
    log: LogFormat,
    mut take: impl FnMut(Arc<Collection>),
) -> Result<Vec<Problem>, Failure> {
    let mut is_empty = true;
    let problems = library.load(
        |_| None,
        |collection| {
            is_empty = false;
            take(Arc::new(collection));
        },
    );
    complain(&problems, log);
    if is_empty {
        let hint = "hint: a collection is a folder with a collection.toml in it; `pamphlet check` lists what is wrong";
        return Err(Failure::new(
            Exit::NoCollection,
            format!("{}: there is no collection to serve\n{hint}", library.folder().display()),
        ));
    }
    Ok(problems)
}

/// Shows problems of the files on stderr.
pub(super) fn complain(problems: &[Problem], log: LogFormat) {
    match log {
        _ if problems.is_empty() => {}
        LogFormat::Human => super::complain(&report::text(problems, super::colour(&std::io::stderr()))),
        LogFormat::Json => problems.iter().for_each(log_problem),
    }
}

/// One line of the log for a problem, as machines read it.
fn log_problem(problem: &Problem) {
    let Problem { what, valid, mend, place, .. } = problem;
    let (file, line) = (place.file.display(), place.line);
    match problem.is_error() {
        true => tracing::error!(%file, line, valid, mend, "{what}"),
        false => tracing::warn!(%file, line, valid, mend, "{what}"),
    }
}

/// The index of a collection, built if need be, with a progress bar on a terminal when it takes long, and what is to be known
/// of that, which is logged already.
///
/// # Errors
/// When it can't be built even in memory.
pub(super) fn open_index(
    collection: &Arc<Collection>,
    home: &Path,
    force: bool,
) -> Result<(Index, Vec<Notice>), Failure> {
    let mut progress = Progress::new(format!("indexing {}", collection.id));
    let opened = search::open_index(collection, home, force, &mut |done, all| progress.at(done, all));
    let took = progress.elapsed();
    drop(progress);
    let (index, notices) = opened.map_err(|why| Failure::new(Exit::Fault, why))?;
    for notice in &notices {
        tell(collection, notice, took);
    }
    Ok((index, notices))
}

fn tell(collection: &Collection, notice: &Notice, took: Duration) {
    let (id, entries) = (&collection.id, collection.entries.len());
    match notice {
        Notice::Built => tracing::info!(collection = %id, entries, ms = took.as_millis() as u64, "built the index"),
        Notice::Damaged { folder, why } => {
            tracing::warn!(collection = %id, folder = %folder.display(), why, "the index was damaged and was built anew");
        }
        Notice::InMemory { folder, why } => {
            tracing::warn!(collection = %id, folder = %folder.display(), why, "the index can't be kept on disk; it is held in memory");
        }
    }
}
