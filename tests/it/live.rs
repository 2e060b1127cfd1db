//! Files that change while they are served: a change is seen, a bad file changes nothing but itself.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use crate::shipped;
use crate::stage::{Stage, signal};
use pamphlet::answer::{Brain, Decision, Incoming, Serving, Surface, decide, respond};
use pamphlet::faq::{Collection, Library};
use pamphlet::live::{Change, Gone, Live};
use pamphlet::search::{self, Index};
use pamphlet::words::Language;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};
use tempfile::TempDir;

const TOP: &str = "title = \"Colds\"\nreminder = \"General information only.\"\nask = \"your doctor\"\n";
const UNHURRIED: &str = "[cooldown]\nperson_per_minute = 100000\nchannel_per_minute = 100000\n";
const WORDS: &str = "[[group]]\nname = \"tea\"\nkind = \"term\"\nwords = [\"brew\"]\n";

fn entry(question: &str, passage: &str) -> String {
    format!("+++\nquestion = \"{question}\"\ntopic = \"Drinks\"\nsource = \"A book on colds\"\n+++\n\n{passage}\n")
}

/// A library with one collection, and what is served of it.
struct Shelf {
    folder: TempDir,
    serving: Arc<Serving>,
    live: Live,
}

impl Shelf {
    fn open() -> Self {
        Self::open_asking(|_| ())
    }

    /// A library whose indexes somebody is asked to build.
    fn open_asking(build: impl Fn(&Arc<Collection>) + Send + Sync + 'static) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (faq, home) = (folder.path().join("faq"), folder.path().join("index"));
        fs::create_dir_all(faq.join("colds")).unwrap();
        for (name, text) in [
            ("collection.toml", TOP.to_owned()),
            ("words.toml", WORDS.to_owned()),
            ("tea.md", entry("Does tea help?", "Tea is warm.")),
            ("honey.md", entry("Does honey help?", "Honey is sweet.")),
        ] {
            fs::write(faq.join("colds").join(name), text).unwrap();
        }
        let mut library = Library::new(&faq);
        let mut indexes = Vec::new();
        library.load(|_| None, |collection| indexes.push(Index::at_once(&Arc::new(collection), None).unwrap()));
        let serving = Arc::new(Serving::new(Brain::new(indexes, jiff::civil::date(2026, 11, 23))));
        let live = Live::new(library, Arc::clone(&serving), Vec::new(), move |collection| {
            build(collection);
            home.clone()
        });
        Self { folder, live, serving }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("faq/colds").join(name)
    }

    /// Writes a file; the change that is seen of it.
    fn write(&mut self, name: &str, text: &str) -> Change {
        fs::write(self.path(name), text).unwrap();
        self.live.reload(Gone::Served)
    }

    /// What is answered to a question, if anything is for sure.
    fn answer(&self, question: &str) -> Option<String> {
        let brain = self.serving.brain();
        let index = brain.index("colds")?;
        let incoming = Incoming { text: question.to_owned(), surface: Surface::Asked, context: Vec::new() };
        let decision = decide(index, &incoming).decision;
        matches!(decision, Decision::Answer { .. })
            .then(|| respond(index.collection(), &decision, None, Language::English).unwrap().text())
    }

    #[track_caller]
    fn check(&self, question: &str, passage: &str) {
        let answer = self.answer(question);
        assert!(answer.as_ref().is_some_and(|text| text.contains(passage)), "{question} -> {answer:?}");
    }
}

/// The problems of a change, each as its file and what is wrong.
fn problems(change: &Change) -> Vec<String> {
    let errors = change.problems.iter().filter(|problem| problem.is_error());
    errors.map(|problem| format!("{}: {}", problem.place.file.file_name().unwrap().display(), problem.what)).collect()
}

#[test]
fn a_changed_entry_a_new_one_and_one_that_is_gone_are_seen() {
    let mut shelf = Shelf::open();
    shelf.check("Does tea help?", "Tea is warm.");
    assert_eq!(shelf.write("tea.md", &entry("Does tea help?", "Tea is hot.")).served, ["colds"]);
    shelf.check("Does tea help?", "Tea is hot.");
    shelf.write("soup.md", &entry("Does soup help?", "Soup is food."));
    shelf.check("Does soup help?", "Soup is food.");
    fs::remove_file(shelf.path("honey.md")).unwrap();
    shelf.live.reload(Gone::Served);
    assert_eq!(shelf.answer("Does honey help?"), None);
    assert!(shelf.live.reload(Gone::Served).served.is_empty(), "nothing is made anew that did not change");
}

#[test]
fn a_bad_file_changes_nothing_but_itself() {
    let mut shelf = Shelf::open();
    fs::write(shelf.path("honey.md"), entry("Does honey help?", "Honey is golden.")).unwrap();
    let change = shelf.write("tea.md", "+++\nquestion = ");
    assert_eq!(problems(&change).len(), 1, "{:?}", problems(&change));
    shelf.check("Does tea help?", "Tea is warm.");
    shelf.check("Does honey help?", "Honey is golden.");
    // Every other file that is spoilt stays as it was, too, while the rest goes on changing.
    for (name, text) in [("words.toml", "[[group]\n"), ("collection.toml", "title = 3\n")] {
        let change = shelf.write(name, text);
        assert!(problems(&change).iter().any(|problem| problem.starts_with(name)), "{:?}", problems(&change));
        shelf.check("does brew help?", "Tea is warm.");
    }
    shelf.write("honey.md", &entry("Does honey help?", "Honey is amber."));
    shelf.check("Does honey help?", "Honey is amber.");
    fs::remove_file(shelf.path("collection.toml")).unwrap();
    shelf.live.reload(Gone::Served);
    shelf.check("Does honey help?", "Honey is amber.");
    // What is mended is served.
    for (name, text) in
        [("collection.toml", TOP), ("words.toml", WORDS), ("tea.md", &entry("Does tea help?", "Tea is good."))]
    {
        shelf.write(name, text);
    }
    assert_eq!(problems(&shelf.live.reload(Gone::Served)), [""; 0]);
    shelf.check("does brew help?", "Tea is good.");
}

#[test]
fn a_question_of_a_card_is_answered_again_after_itself() {
    let shelf = Shelf::open();
    let brain = shelf.serving.brain();
    let question = "Does tea help?".to_owned();
    let incoming = Incoming { text: question.clone(), surface: Surface::Asked, context: vec![question] };
    let decision = decide(brain.index("colds").unwrap(), &incoming).decision;
    assert!(matches!(&decision, Decision::Answer { hit, .. } if hit.entry == "tea"), "{decision:?}");
}

#[test]
fn an_entry_that_is_kept_names_nothing_that_is_gone() {
    let mut shelf = Shelf::open();
    let related = entry("Does tea help?", "Tea is warm.").replace("topic", "related = [\"honey\"]\ntopic");
    shelf.write("tea.md", &related);
    fs::remove_file(shelf.path("honey.md")).unwrap();
    shelf.write("tea.md", "not an entry");
    let brain = shelf.serving.brain();
    assert_eq!(brain.collection("colds").unwrap().entry("tea").unwrap().related, [""; 0]);
}

#[test]
fn a_collection_whose_folder_is_gone_is_served_until_somebody_lets_it_go() {
    let mut shelf = Shelf::open();
    let (here, there) = (shelf.folder.path().join("faq/colds"), shelf.folder.path().join("faq/chills"));
    fs::rename(&here, &there).unwrap();
    let change = shelf.live.reload(Gone::Served);
    assert_eq!((change.served, change.gone), (vec!["chills".to_owned()], vec!["colds".to_owned()]));
    shelf.check("Does tea help?", "Tea is warm.");
    fs::rename(&there, &here).unwrap();
    let change = shelf.live.reload(Gone::LetGo);
    assert_eq!((change.let_go, change.gone), (vec!["chills".to_owned()], Vec::new()));
    assert_eq!(shelf.serving.brain().collections().collect::<Vec<_>>(), ["colds"]);
    // Where nothing can be read, nothing is known to be gone.
    fs::rename(&here, shelf.folder.path().join("elsewhere")).unwrap();
    let change = shelf.live.reload(Gone::LetGo);
    assert_eq!((change.let_go, change.gone), (Vec::new(), vec!["colds".to_owned()]));
    shelf.check("Does tea help?", "Tea is warm.");
}

#[test]
fn what_is_served_is_learned_unless_it_changed_meanwhile() {
    let mut shelf = Shelf::open();
    let learn = |shelf: &Shelf| shelf.live.lesson().unwrap().build().open().unwrap().0;
    shelf.write("tea.md", &entry("Does tea help?", "Tea is hot."));
    let early = learn(&shelf);
    shelf.write("tea.md", &entry("Does tea help?", "Tea is very hot."));
    assert!(!shelf.live.learned(early));
    shelf.check("Does tea help?", "Tea is very hot.");
    let learned = learn(&shelf);
    assert!(shelf.live.learned(learned));
    assert!(shelf.live.lesson().is_none());
    assert!(shelf.serving.brain().index("colds").unwrap().is_taught());
    // What was learned is carried over to the next version.
    shelf.write("soup.md", &entry("Does soup help?", "Soup is food."));
    assert!(shelf.serving.brain().index("colds").unwrap().is_taught());
    shelf.check("Does soup help?", "Soup is food.");
    shelf.check("Does tea help?", "Tea is very hot.");
}

/// A folder of collections with one in it.
fn colds() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fill(&folder.path().join("colds"), "Tea is warm.");
    folder
}

fn fill(collection: &Path, passage: &str) {
    fs::create_dir_all(collection).unwrap();
    fs::write(collection.join("collection.toml"), TOP).unwrap();
    fs::write(collection.join("tea.md"), entry("Does tea help?", passage)).unwrap();
}

/// Asks until the answer says this; how long that took.
async fn until_answered(stage: &Stage, question: &str, passage: &str) -> Duration {
    let started = Instant::now();
    while started.elapsed() < Duration::from_secs(20) {
        let answer = stage.ask("sam", question).await;
        if answer["content"].as_str().unwrap().contains(passage) {
            return started.elapsed();
        }
    }
    panic!("{passage} was never the answer to {question}\n{}", stage.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_running_bot_follows_its_files_however_they_change() {
    let faq = colds();
    let here = faq.path().join("colds");
    let stage = Stage::open_over(faq.path(), UNHURRIED, "info").await;
    stage.post("faults", json!({ "rate_limits": false })).await;
    until_answered(&stage, "Does tea help?", "Tea is warm.").await;
    // Written in place.
    fs::write(here.join("tea.md"), entry("Does tea help?", "Tea is hot.")).unwrap();
    let took = until_answered(&stage, "Does tea help?", "Tea is hot.").await;
    assert!(took < Duration::from_secs(5), "{took:?}");
    // As most editors save: aside, then renamed.
    fs::write(here.join(".tea.md.swp"), "half").unwrap();
    fs::write(here.join("tea.md~"), entry("Does tea help?", "Tea is hotter.")).unwrap();
    fs::rename(here.join("tea.md~"), here.join("tea.md")).unwrap();
    until_answered(&stage, "Does tea help?", "Tea is hotter.").await;
    // A folder put in the place of another.
    fill(&faq.path().join(".next"), "Tea is cold.");
    fs::rename(&here, faq.path().join(".last")).unwrap();
    fs::rename(faq.path().join(".next"), &here).unwrap();
    until_answered(&stage, "Does tea help?", "Tea is cold.").await;
    // A spoilt file, then one beside it.
    fs::write(here.join("tea.md"), "+++").unwrap();
    fs::write(here.join("soup.md"), entry("Does soup help?", "Soup is food.")).unwrap();
    until_answered(&stage, "Does soup help?", "Soup is food.").await;
    until_answered(&stage, "Does tea help?", "Tea is cold.").await;
    // By hand.
    signal("HUP", &stage.bot.id().to_string());
    until_answered(&stage, "Does tea help?", "Tea is cold.").await;
    let log = stage.close();
    assert!(log.contains("serves the collection as it is now"), "{log}");
    assert!(!log.contains("can't be built in a process of its own"), "{log}");
}

#[tokio::test]
async fn where_no_index_can_be_kept_each_is_learned_beside_the_bot_all_the_same() {
    let shelf = Shelf::open();
    let faq = shelf.folder.path().join("faq");
    let stage = Stage::open_among("1", (&faq, Path::new("/dev/null/index")), UNHURRIED).await;
    stage.post("faults", json!({ "rate_limits": false })).await;
    fs::write(shelf.path("tea.md"), entry("Does tea help?", "Tea is hot.")).unwrap();
    let is_learned = |stage: &Stage| stage.log().contains("learned the collection as it is now");
    let started = Instant::now();
    while !is_learned(&stage) {
        stage.ask("sam", "Does tea help?").await;
        assert!(started.elapsed() < Duration::from_secs(60), "{}", stage.log());
    }
    let log = stage.close();
    assert!(log.contains("kept in a temporary folder until pamphlet ends"), "{log}");
    assert!(!log.contains("keeps the memory") && !log.contains("held in memory"), "{log}");
}

#[tokio::test]
async fn a_log_for_machines_holds_nothing_else() {
    let shelf = Shelf::open();
    fs::write(shelf.path("milk.md"), "+++\nquestion = \"half of\n").unwrap();
    let log = Stage::open_over(&shelf.folder.path().join("faq"), "log = \"json\"\n", "info").await.close();
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let is_it = |line: &Value| line["fields"]["file"].as_str().is_some_and(|file| file.ends_with("milk.md"));
    let told = lines.into_iter().find(is_it).unwrap_or_else(|| panic!("{log}"));
    assert_eq!((&told["level"], &told["fields"]["line"]), (&json!("ERROR"), &json!(1)), "{told}");
}

#[test]
fn every_phrasing_of_an_entry_that_is_new_finds_it_before_anything_is_learned() {
    let whole = shipped::collection();
    let new = whole.entry("diet").unwrap();
    let without = Collection {
        entries: whole.entries.iter().filter(|entry| *entry != new).cloned().collect(),
        ..Collection::clone(&whole)
    };
    let (home, without) = (tempfile::tempdir().unwrap(), Arc::new(without));
    let before = search::open_index(&without, home.path(), false, &mut |_, _| ()).unwrap().0;
    let index = Index::at_once(&whole, Some(&before)).unwrap();
    let found = |phrasing: &str| {
        // Said before by the same person, when it wasn't there.
        let context = vec![phrasing.to_owned()];
        let incoming = Incoming { text: phrasing.to_owned(), surface: Surface::Asked, context };
        match decide(&index, &incoming).decision {
            Decision::Answer { hit, .. } => hit.entry == new.id,
            // Who may be in danger is heard first.
            decision => matches!(decision, Decision::Urgent(_)),
        }
    };
    let missed: Vec<&String> = std::iter::once(&new.question).chain(&new.also).filter(|text| !found(text)).collect();
    assert!(missed.is_empty(), "{missed:?}");
}

#[test]
fn a_new_phrasing_takes_no_it_that_another_medicine_was_named_for() {
    let whole = shipped::collection();
    let said = "does it raise the risk of infection";
    let mut with_it = Collection::clone(&whole);
    let methotrexate = with_it.entries.iter().position(|entry| entry.id == "methotrexate-what").unwrap();
    with_it.entries[methotrexate].also.push(said.to_owned());
    let without = Collection {
        entries: whole.entries.iter().filter(|entry| entry.id != "methotrexate-what").cloned().collect(),
        ..Collection::clone(&whole)
    };
    let home = tempfile::tempdir().unwrap();
    let before = search::open_index(&Arc::new(without), home.path(), false, &mut |_, _| ()).unwrap().0;
    let index = Index::at_once(&Arc::new(with_it), Some(&before)).unwrap();
    let found = |context: &[&str]| {
        let context = context.iter().map(|text| (*text).to_owned()).collect();
        match decide(&index, &Incoming { text: said.to_owned(), surface: Surface::Asked, context }).decision {
            Decision::Answer { hit, .. } => hit.entry,
            decision => panic!("{decision:?}"),
        }
    };
    assert_eq!(found(&[]), "methotrexate-what");
    assert_eq!(found(&["what is prednisone"]), "steroids-infection");
}

#[test]
fn whoever_builds_is_asked_for_what_is_served_also_where_a_file_is_spoilt() {
    let asked: Arc<Mutex<Vec<String>>> = Arc::default();
    let kept = Arc::clone(&asked);
    let mut shelf = Shelf::open_asking(move |collection| kept.lock().unwrap().push(collection.hash.clone()));
    shelf.write("tea.md", "+++");
    shelf.write("soup.md", &entry("Does soup help?", "Soup is food."));
    let built = shelf.live.lesson().unwrap().build();
    assert!(!built.is_there() && shelf.live.learned(built.open().unwrap().0));
    shelf.check("Does tea help?", "Tea is warm.");
    let served = shelf.serving.brain().index("colds").unwrap().collection().hash.clone();
    assert_eq!(*asked.lock().unwrap(), [served]);
}

#[test]
fn only_what_is_part_of_a_collection_is_a_change_since_the_last_reading() {
    let shelf = Shelf::open();
    let faq = shelf.folder.path().join("faq");
    let mut library = Library::new(&faq);
    let mut changed = || {
        let changed = library.has_changed();
        library.load(|_| None, drop);
        changed
    };
    assert!(changed(), "it wasn't read yet");
    // What pamphlet itself makes.
    fs::write(faq.join(".workshop.lock"), "").unwrap();
    assert!(!changed());
    // The clock of a file system may be some milliseconds behind.
    let tea = fs::File::options().append(true).open(shelf.path("tea.md")).unwrap();
    tea.set_modified(SystemTime::now() + Duration::from_secs(1)).unwrap();
    assert!(changed());
    tea.set_modified(SystemTime::UNIX_EPOCH).unwrap();
    fs::rename(faq.join("colds"), faq.join("chills")).unwrap();
    assert!(changed());
}
