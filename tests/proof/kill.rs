//! A build killed at any moment leaves an index that can be used, and two builds don't spoil each other's.

use crate::chance;
use crate::generated;
use crate::library::{Library, Said};
use proptest::prelude::RngExt;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// The collection's id.
const HANDBOOK: &str = "handbook";
/// How many entries it has.
const ENTRIES: usize = 20_000;
const KILLS: usize = 10;
/// How often a kill that came too late may be tried again.
const MAX_TRIES: usize = 40;

/// When the build is killed.
#[derive(Clone, Copy)]
enum Moment {
    /// So long after its folder appeared.
    Into(Duration),
    /// As soon as its folder has its final name, before or after it is made current.
    Renamed,
}

pub fn ten_kills() {
    let mut chance = chance::fresh();
    let library = handbook();
    let span = measure(&library);
    let (mut kills, mut tries) = (0, 0);
    while kills < KILLS {
        tries += 1;
        assert!(tries <= MAX_TRIES, "only {kills} of {MAX_TRIES} kills met a build at work");
        // Mostly over an older index, at times over none.
        if tries % 3 == 0 {
            fs::remove_dir_all(library.index()).expect("a folder of ours");
        }
        let edition = tries + 1;
        let entry = chance.random_range(0..ENTRIES);
        generated::write_entry(&library.faq().join(HANDBOOK), entry, edition);
        let late = kills % 5 == 4;
        let moment = if late { Moment::Renamed } else { Moment::Into(span.mul_f64(chance.random())) };
        let before = indexes(&library);
        let Some(killed_after) = kill(&library, moment) else {
            println!("kill {}: the build was done before; once more", kills + 1);
            continue;
        };
        let left = folders(&library);
        let answered = ask(&library, entry, edition);
        let again = ask(&library, entry, edition);
        assert_eq!(again.built(), 0, "the index that was left is built once more:\n{}", again.stderr);
        assert!(!again.warned(), "{}", again.stderr);
        if answered.built() > 0 {
            assert_eq!(folders(&library).len(), 1, "{:?}", folders(&library));
        }
        kills += 1;
        println!(
            "kill {kills}: {} {killed_after:.1?} into the build (over {} index, left {left:?}); \
             answered in {:.1?}, {}; again in {:.1?}",
            if late { "when renamed," } else { "at random," },
            if before.is_empty() { "no" } else { "an older" },
            answered.took,
            if answered.built() > 0 { "built anew" } else { "from the index that was whole" },
            again.took,
        );
    }
}

pub fn two_builders() {
    let library = handbook();
    let built = [library.start(&["index"]), library.start(&["index"])].map(|one| one.finish());
    let times = built.iter().map(Said::built).sum::<usize>();
    println!("two builds at once: {:.1?} and {:.1?}, built {times} time(s)", built[0].took, built[1].took);
    assert_eq!(times, 1, "{}\n{}", built[0].stderr, built[1].stderr);
    assert_eq!(ask(&library, 7, 1).built(), 0);

    generated::write_entry(&library.faq().join(HANDBOOK), 7, 2);
    let home = library.index().join(HANDBOOK);
    let mut one = library.start(&["index"]);
    assert!(one.until(|| is_building(&home)), "no build begins");
    let other = library.start(&["index"]);
    assert!(one.kill(), "the first ended before it was killed");
    let other = other.finish();
    println!("the other after one was killed: {:.1?}, built {} time(s)", other.took, other.built());
    let question = generated::question(7);
    let asked = [library.start(&["ask", &question]), library.start(&["ask", &question])].map(|one| one.finish());
    for said in &asked {
        check(said, 7, 2);
        assert_eq!(said.built(), 0, "{}", said.stderr);
    }
}

/// The library with the generated collection.
fn handbook() -> Library {
    let library = Library::empty();
    generated::write(&library.faq().join(HANDBOOK), ENTRIES);
    library
}

/// Measures one whole build, from the moment its folder appears.
fn measure(library: &Library) -> Duration {
    let home = library.index().join(HANDBOOK);
    let mut build = library.start(&["index"]);
    assert!(build.until(|| is_building(&home)), "no build begins");
    let began = Instant::now();
    assert!(build.until(|| home.join("current").exists()), "the build doesn't end");
    let span = began.elapsed();
    let said = build.finish();
    let warm = library.run(&["index"]);
    println!(
        "{ENTRIES} entries: {:.1?} in all, {span:.1?} of it the build; {:.1?} with a warm index",
        said.took, warm.took
    );
    assert_eq!((said.built(), warm.built()), (1, 0));
    span
}

/// Starts a build and kills it; gives how far it was, or nothing if it ended first.
fn kill(library: &Library, moment: Moment) -> Option<Duration> {
    let home = library.index().join(HANDBOOK);
    let before = indexes(library);
    let mut build = library.start(&["index"]);
    assert!(build.until(|| is_building(&home)), "no build begins");
    let began = Instant::now();
    match moment {
        // The one wait that is for time itself.
        Moment::Into(time) => std::thread::sleep(time),
        Moment::Renamed => {
            build.until(|| indexes(library).iter().any(|name| !before.contains(name)));
        }
    }
    let killed_after = began.elapsed();
    build.kill().then_some(killed_after)
}

fn is_building(home: &Path) -> bool {
    names(home).iter().any(|name| name.starts_with("building-"))
}

/// The folders of the collection's home: indexes, and builds that came to nothing.
fn folders(library: &Library) -> Vec<String> {
    let home = library.index().join(HANDBOOK);
    names(&home).into_iter().filter(|name| home.join(name).is_dir()).collect()
}

/// The indexes of the collection's home.
fn indexes(library: &Library) -> Vec<String> {
    folders(library).into_iter().filter(|name| !name.starts_with("building-")).collect()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

fn ask(library: &Library, entry: usize, edition: usize) -> Said {
    let said = library.ask(&generated::question(entry));
    check(&said, entry, edition);
    said
}

#[track_caller]
fn check(said: &Said, entry: usize, edition: usize) {
    let mark = generated::mark(entry, edition);
    assert!(said.stdout.contains(&mark), "no {mark:?} in the answer:\n{}\n{}", said.stdout, said.stderr);
}
