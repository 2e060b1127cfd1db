//! How long one message takes: `cargo bench --bench answering -- --quick`.
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
use pamphlet::answer::{Incoming, decide, respond};
use pamphlet::faq;
use pamphlet::search::{self, Index};
use pamphlet::words::Language;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

/// A post as people write them: a story, and a question somewhere in it.
const LONG_POST: &str = "Hi all, new here. My mum was diagnosed in march after months of everybody telling her it was \
    eczema, and then her legs got so weak that she couldn't get up the stairs any more. They started her on a high dose \
    of predisone and it did help with the rash, her hands look almost normal again, but she is putting on weight and the \
    doctor mentioned a scan. Her sister had bad hips, so we are all a bit nervous about that. I read so many things online \
    and half of them contradict the other half. Does anybody know whether the steroids really make your bones weak over \
    time, or is that only for older people? Thank you for reading all this, and sorry for the wall of text.";

const MESSAGES: [(&str, &str); 4] = [
    ("a short question", "side efects of predisone"),
    ("a long post", LONG_POST),
    ("a miss", "what is the best pizza in rome"),
    ("an urgent one", "I can't breathe and my chest hurts"),
];

/// The most that is read of one text, in the worst form: no word of it is one.
fn nonsense() -> String {
    "steriodz mmethotrexatee wunderbarlich qqqqqqqqq ".chars().cycle().take(pamphlet::text::MAX_READ).collect()
}

fn answering(criterion: &mut Criterion) {
    let index = open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("faq/dermatomyositis"));
    let mut group = criterion.benchmark_group("answering");
    let nonsense = nonsense();
    for (name, text) in MESSAGES.into_iter().chain([("10,000 characters of nonsense", nonsense.as_str())]) {
        let incoming = Incoming::asked(text);
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                respond(index.collection(), &decide(&index, black_box(&incoming)).decision, None, Language::English)
            });
        });
    }
    group.finish();
}

/// How a question's time grows with the collection.
fn scale(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("a question to a generated collection");
    for entries in [50, 5_000, 50_000] {
        let folder = tempfile::tempdir().expect("a folder");
        generated::write(&folder.path().join("generated"), entries);
        let index = open(&folder.path().join("generated"));
        let mut number = 0;
        group.bench_function(format!("{entries} entries"), |bencher| {
            bencher.iter(|| {
                number = (number + 7_919) % entries;
                decide(&index, black_box(&Incoming::asked(generated::question(number))))
            });
        });
    }
    group.finish();
}

fn open(folder: &Path) -> Index {
    let collection = Arc::new(faq::load(folder).collection.expect("a collection"));
    let home = tempfile::tempdir().expect("a folder");
    search::open_index(&collection, home.path(), false, &mut |_, _| ()).expect("an index").0
}

criterion_group!(benches, answering, scale);
criterion_main!(benches);
