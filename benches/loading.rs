//! How long it takes to load a collection and to open its index: `cargo bench --bench loading -- --quick`.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "criterion's macros and a bench may"
)]

#[path = "../tests/proof/chance.rs"]
#[expect(dead_code, reason = "the proofs use the rest")]
mod chance;
#[path = "../tests/proof/generated.rs"]
mod generated;

use criterion::{Criterion, criterion_group, criterion_main};
use pamphlet::faq::{self, Collection};
use pamphlet::search;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How many entries a large collection has.
const LARGE: usize = 5_000;

fn loading(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    let large = folder.path().join("large");
    generated::write(&large, LARGE);
    let mut group = criterion.benchmark_group("loading");
    group.sample_size(10);
    for (name, folder) in [("the shipped collection", shipped()), ("5,000 entries", large)] {
        group.bench_function(name, |bencher| bencher.iter(|| load(&folder)));
    }
    group.finish();
}

fn opening(criterion: &mut Criterion) {
    let collection = load(&shipped());
    let home = tempfile::tempdir().expect("a folder");
    let open = || search::open_index(&collection, home.path(), false, &mut |_, _| ()).expect("an index");
    open();
    criterion.bench_function("opening a warm index", |bencher| bencher.iter(open));
}

fn shipped() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("faq/dermatomyositis")
}

fn load(folder: &Path) -> Arc<Collection> {
    Arc::new(faq::load(folder).collection.expect("a collection"))
}

criterion_group!(benches, loading, opening);
criterion_main!(benches);
