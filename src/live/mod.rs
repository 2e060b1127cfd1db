//! Files that change while they are served: read again, searchable at once, learned when there is time.
//!
//! | file | what it is |
//! |---|---|
//! | `mod` | one change: what was read, what is served after it |
//! | `watch` | when to look, for as long as pamphlet runs |
//! | `eyes` | what the system tells of files |
//! | `told` | which problems their keeper has heard of |

mod eyes;
mod told;
mod watch;

use crate::answer::{Brain, Serving};
use crate::faq::{Collection, Library, Problem};
use crate::search::{self, Index, Notice, OpenError};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
pub use watch::{Hand, Threads, hand, watch};

/// What becomes of a collection whose folder is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gone {
    /// It is served as it was: a folder may be gone for the moment that its renaming takes.
    Served,
    /// It is let go, since somebody asked for it.
    LetGo,
}

/// What came of reading the files again.
#[derive(Debug, Default)]
pub struct Change {
    /// The collections that are served as they are now, and weren't before.
    pub served: Vec<String>,
    /// The collections whose folders are gone, and that are served as they were.
    pub gone: Vec<String>,
    /// The collections whose folders are gone, and that are served no longer.
    pub let_go: Vec<String>,
    /// All that is wrong.
    pub problems: Vec<Problem>,
    /// Collections that couldn't be made searchable, and are served as they were.
    pub failed: Vec<OpenError>,
}

/// The files and what is served of them.
pub struct Live {
    library: Library,
    serving: Arc<Serving>,
    /// The problems that were told at the start.
    told: Vec<Problem>,
    /// What is served and not learned yet, with what it is learned from.
    unlearned: BTreeMap<String, Arc<Collection>>,
    home: Home,
}

/// The folder in which the index of a collection is kept, where it is built first if that can be done elsewhere.
type Home = Arc<dyn Fn(&Arc<Collection>) -> PathBuf + Send + Sync>;

impl Live {
    /// The files of this library, served so; `told` are the problems that their keeper knows. `home` gives the folder in which the
    /// index of a collection is kept; what isn't there by then is built by this process.
    pub fn new(
        library: Library,
        serving: Arc<Serving>,
        told: Vec<Problem>,
        home: impl Fn(&Arc<Collection>) -> PathBuf + Send + Sync + 'static,
    ) -> Self {
        Self { library, serving, told, unlearned: BTreeMap::new(), home: Arc::new(home) }
    }

    /// The problems that their keeper knows.
    pub fn told(&self) -> &[Problem] {
        &self.told
    }

    /// Reads the files again and serves what changed.
    pub fn reload(&mut self, gone: Gone) -> Change {
        let brain = self.serving.brain();
        let mut change = Change::default();
        let (mut indexes, mut there) = (Vec::new(), BTreeSet::new());
        let take = |collection: Collection| {
            there.insert(collection.id.clone());
            let before = brain.index(&collection.id);
            if before.is_some_and(|before| before.collection().hash == collection.hash) {
                return;
            }
            let collection = Arc::new(collection);
            match Index::at_once(&collection, before) {
                Ok(index) => {
                    indexes.push(index);
                    change.served.push(collection.id.clone());
                    self.unlearned.insert(collection.id.clone(), collection);
                }
                Err(why) => change.failed.push(why),
            }
        };
        let problems = self.library.load(|id| brain.collection(id).map(Arc::as_ref), take);
        change.problems = problems;
        let missing = brain.collections().filter(|id| !there.contains(*id)).map(str::to_owned).collect();
        // Where nothing can be read, nothing is known to be gone.
        let is_let_go = gone == Gone::LetGo && !there.is_empty();
        match is_let_go {
            true => change.let_go = missing,
            false => change.gone = missing,
        }
        self.unlearned.retain(|id, _| !change.let_go.contains(id));
        if !(indexes.is_empty() && change.let_go.is_empty()) {
            self.serving.change(|brain| {
                let without = change.let_go.iter().fold(Brain::clone(brain), |brain, id| brain.without(id));
                indexes.iter().fold(without, |brain, index| brain.with(index))
            });
        }
        change
    }

    /// A collection that is still to be learned, if there is one, to be done and told to [`Live::learned`].
    pub fn lesson(&self) -> Option<Lesson> {
        let collection = Arc::clone(self.unlearned.values().next()?);
        Some(Lesson { collection, home: Arc::clone(&self.home) })
    }

    /// Serves what was learned, unless the collection has changed since. Whether it is served.
    pub fn learned(&mut self, index: Index) -> bool {
        let (id, hash) = (index.collection().id.clone(), &index.collection().hash);
        if self.unlearned.get(&id).is_none_or(|collection| collection.hash != *hash) {
            return false;
        }
        self.unlearned.remove(&id);
        self.serving.change(|brain| brain.with(&index));
        true
    }

    /// Leaves a collection unlearned until it changes: trying again would fail again.
    pub fn give_up(&mut self, collection: &str) {
        self.unlearned.remove(collection);
    }
}

/// A collection to learn, which takes seconds.
pub struct Lesson {
    collection: Arc<Collection>,
    home: Home,
}

impl Lesson {
    /// The collection's id.
    pub fn collection(&self) -> &str {
        &self.collection.id
    }

    /// Has its index built where it is kept, if that can be done elsewhere.
    pub fn build(self) -> Built {
        Built { home: (self.home)(&self.collection), collection: self.collection }
    }
}

/// A collection whose index was built, if that could be done elsewhere.
pub struct Built {
    collection: Arc<Collection>,
    home: PathBuf,
}

impl Built {
    /// Whether its index is there. Else to open it takes seconds, too.
    pub fn is_there(&self) -> bool {
        search::is_kept(&self.collection, &self.home)
    }

    /// Opens its index. Where it isn't there, it is built here, and kept for the next start if it can be.
    ///
    /// # Errors
    /// When no index can be made even in memory.
    pub fn open(&self) -> Result<(Index, Vec<Notice>), OpenError> {
        search::open_index(&self.collection, &self.home, false, &mut |_, _| ())
    }
}
