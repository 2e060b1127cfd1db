//! How long one message takes: `cargo bench --bench answering -- --quick`.
#![allow(missing_docs, clippy::expect_used, reason = "criterion's macros and a bench may")]

use criterion::{Criterion, criterion_group, criterion_main};
use pamphlet::answer::{Incoming, decide, respond};
use pamphlet::faq;
use pamphlet::search;
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

fn answering(criterion: &mut Criterion) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("faq/dermatomyositis");
    let collection = Arc::new(faq::load(&folder).collection.expect("the shipped collection"));
    let home = tempfile::tempdir().expect("a folder");
    let (index, _) = search::open_index(&collection, home.path(), false, &mut |_, _| ()).expect("an index");
    let mut group = criterion.benchmark_group("answering");
    for (name, text) in MESSAGES {
        let incoming = Incoming::asked(text.to_owned());
        group.bench_function(name, |bencher| {
            bencher.iter(|| respond(&collection, &decide(&index, black_box(&incoming)).decision, None));
        });
    }
    group.finish();
}

criterion_group!(benches, answering);
criterion_main!(benches);
