//! From a file or folder of elsewhere into a collection.

use super::drafts::{Against, Draft, Drafts, drafts};
use super::format::Format;
use super::read::{Reading, read};
use super::staging::Staging;
use super::starter::{self, Refused};
use super::wording::count;
use crate::faq::{self, Collection, Loaded, MAX_FILES, Problem};
use std::collections::{BTreeMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};

/// What is to be brought where.
#[derive(Debug, Clone, Copy)]
pub struct Bring<'b> {
    /// The file or folder.
    pub from: &'b Path,
    /// Its form, if the name is not to tell it.
    pub format: Option<Format>,
    /// The collection's folder. Where there is none, one is begun.
    pub into: &'b Path,
    /// The source of entries that name none.
    pub source: Option<&'b str>,
    /// Whether entries that are there with another text are replaced.
    pub replace: bool,
    /// Whether nothing is written.
    pub dry_run: bool,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Brought {
    /// What was guessed, a sentence each.
    pub guesses: Vec<String>,
    /// An error for each row that didn't come in, a warning for each that was left or of which a part was cut, ordered by place.
    pub problems: Vec<Problem>,
    /// Whether the collection was begun.
    pub begun: bool,
    /// How many entries are new.
    pub new: usize,
    /// How many took the place of another text.
    pub replaced: usize,
    /// How many rows say what is there already.
    pub same: usize,
    /// How many of the entries that came in a check warns of; most have few phrasings.
    pub warned: usize,
}

/// Why nothing was brought, or not all of it.
#[derive(Debug, thiserror::Error)]
pub enum NotBrought {
    /// No collection can be begun under this name.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The collection itself has a problem.
    #[error("{folder}: this collection can't be loaded\nhint: `pamphlet check {folder}` says why", folder = .0.display())]
    Unloadable(PathBuf),
    /// The collection would hold more files than it may.
    #[error(
        "{}: with these entries this folder would hold {files} files, and it may hold {MAX_FILES}; nothing came in\n\
         hint: make several collections of them, or move out of the folder what pamphlet doesn't read",
        into.display()
    )]
    TooMany {
        /// The collection's folder.
        into: PathBuf,
        /// How many files it would hold.
        files: usize,
    },
    /// The system refused something.
    #[error(
        "{}: can't be written: {why}; {} before that\nhint: check that there is room and that pamphlet may write there, then \
         import again: what came in is passed over",
        into.display(),
        count(*moved, "entry came in", "entries came in")
    )]
    Io {
        /// The collection's folder.
        into: PathBuf,
        /// How many entries came in before that.
        moved: usize,
        /// What the system said.
        why: io::Error,
    },
}

/// Brings entries into a collection. `progress` is told how many of how many steps are done.
///
/// # Errors
/// When there is no collection to bring them to, it would hold too many files, or it can't be written. What is wrong with single rows is no failure.
pub fn bring(wish: &Bring, progress: &mut dyn FnMut(usize, usize)) -> Result<Brought, NotBrought> {
    let begun = !faq::is_collection(wish.into);
    if begun {
        starter::check(wish.into)?;
    }
    let Reading { rows, guesses, problems } = read(wish.from, wish.format);
    let failed = |why| NotBrought::Io { into: wish.into.to_owned(), moved: 0, why };
    let staging = Staging::open(wish.into, wish.dry_run).map_err(failed)?;
    let unloadable = || NotBrought::Unloadable(wish.into.to_owned());
    let collection = staging.load().collection.ok_or_else(unloadable)?;
    let files = staging.files().map_err(failed)?;
    let against = Against { collection: &collection, files, source: wish.source, replace: wish.replace };
    let mut found = drafts(rows, &against);

    let new = found.drafts.iter().filter(|draft| !draft.replaces).count();
    let files = staging.held().map_err(failed)? + new;
    if files > MAX_FILES {
        return Err(NotBrought::TooMany { into: wish.into.to_owned(), files });
    }

    // Each entry is written aside, loaded, and moved.
    let steps = 2 * found.drafts.len();
    let settled = settle(&staging, &collection, &mut found, &mut |done| progress(done, steps)).map_err(failed)?;
    let warned = settled.ok_or_else(unloadable)?;
    let Drafts { drafts, same, .. } = &found;
    let ids = drafts.iter().map(|draft| draft.entry.id.as_str());
    if !wish.dry_run && !drafts.is_empty() {
        let mut moved = 0;
        let done = |done| {
            moved = done;
            progress(drafts.len() + done, steps);
        };
        let handed_over = staging.hand_over(ids, done);
        handed_over.map_err(|why| NotBrought::Io { into: wish.into.to_owned(), moved, why })?;
    }
    let replaced = drafts.iter().filter(|draft| draft.replaces).count();
    let mut brought = Brought {
        begun: begun && !drafts.is_empty(),
        new: drafts.len() - replaced,
        replaced,
        same: *same,
        warned,
        guesses: [guesses, found.guesses].concat(),
        problems: [problems, found.problems].concat(),
    };
    brought.problems.sort_by(|one, other| place(one).cmp(&place(other)));
    Ok(brought)
}

fn place(problem: &Problem) -> (&Path, usize, usize) {
    (&problem.place.file, problem.place.line, problem.place.column)
}

/// Stages the drafts and takes those out that the loader refuses, with its reason, until it refuses none. Gives the number of
/// those that it warns of; none if it doesn't take the collection with them at all.
fn settle(
    staging: &Staging,
    collection: &Collection,
    found: &mut Drafts,
    done: &mut dyn FnMut(usize),
) -> io::Result<Option<usize>> {
    prune(collection, found);
    for (draft, number) in found.drafts.iter().zip(1..) {
        staging.put(&draft.entry)?;
        done(number);
    }
    loop {
        let mut told: BTreeMap<String, Vec<Problem>> = BTreeMap::new();
        let Loaded { collection: Some(_), problems } = staging.load() else { return Ok(None) };
        for problem in problems {
            let name = problem.place.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            told.entry(name).or_default().push(problem);
        }
        let is_refused = |draft: &Draft| {
            told.get(&faq::file_of(&draft.entry.id)).is_some_and(|of_it| of_it.iter().any(Problem::is_error))
        };
        let (refused, kept): (Vec<Draft>, Vec<Draft>) =
            std::mem::take(&mut found.drafts).into_iter().partition(is_refused);
        found.drafts = kept;
        if refused.is_empty() {
            let warned = found.drafts.iter().filter(|draft| told.contains_key(&faq::file_of(&draft.entry.id)));
            return Ok(Some(warned.count()));
        }
        for Draft { place, entry, .. } in refused {
            staging.put_back(&entry.id)?;
            let errors = told.remove(&faq::file_of(&entry.id)).into_iter().flatten().filter(Problem::is_error);
            found.problems.extend(errors.map(|problem| Problem { place: place.clone(), ..problem }));
        }
        for at in prune(collection, found) {
            found.drafts.get(at).map_or(Ok(()), |draft| staging.put(&draft.entry))?;
        }
    }
}

/// Takes related entries out that neither are there nor come in. Gives the numbers of the drafts that it changed.
fn prune(collection: &Collection, found: &mut Drafts) -> Vec<usize> {
    let there = collection.entries.iter().map(|entry| &entry.id);
    let known: HashSet<String> = there.chain(found.drafts.iter().map(|draft| &draft.entry.id)).cloned().collect();
    let mut changed = Vec::new();
    for (number, draft) in found.drafts.iter_mut().enumerate() {
        let before = draft.entry.related.len();
        found.problems.extend(draft.prune(&known));
        if draft.entry.related.len() < before {
            changed.push(number);
        }
    }
    changed
}
