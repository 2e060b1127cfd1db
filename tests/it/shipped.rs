//! The shipped collection, for tests that need real entries.

use jiff::civil::date;
use pamphlet::answer::Brain;
use pamphlet::faq::{self, Collection};
use pamphlet::search::{self, Index};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where the project stands.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of the shipped collection.
pub fn folder() -> PathBuf {
    root().join("faq/dermatomyositis")
}

/// The shipped collection; a problem in it is a failure.
pub fn collection() -> Arc<Collection> {
    let loaded = faq::load(&folder());
    assert_eq!(loaded.problems, []);
    Arc::new(loaded.collection.expect("a collection"))
}

/// Where its index is, built once for all tests.
pub fn indexes() -> &'static Path {
    Path::new(concat!(env!("CARGO_TARGET_TMPDIR"), "/indexes"))
}

/// Its index.
pub fn index() -> Index {
    search::open_index(&collection(), indexes(), false, &mut |_, _| ()).expect("an index").0
}

/// A brain over it.
pub fn brain() -> Brain {
    Brain::new([index()], date(2026, 11, 23))
}
