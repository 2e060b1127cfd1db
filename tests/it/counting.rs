//! What is counted, on the real binary. 1. Questions and presses are counted, a person and message once, and outlive the process.
//! 2. Moderators see no small count, and members none at all. 3. Neither who asked nor what they wrote is kept.

use crate::stage::Stage;
use jiff::civil::{Date, date};
use pamphlet::store::{CountKey, Counted, Location, Store, open};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// A collection about tea, with one listed gap, and a place for its store.
pub struct Shelf {
    folder: TempDir,
}

impl Shelf {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let put = |name: &str, text: &str| fs::write(folder.path().join("faq/colds").join(name), text).unwrap();
        fs::create_dir_all(folder.path().join("faq/colds")).unwrap();
        put("collection.toml", "title = \"Colds\"\nreminder = \"Not advice.\"\nask = \"your doctor\"\n");
        put(
            "tea.md",
            "+++\nquestion = \"Does tea help?\"\ntopic = \"Drinks\"\nsource = \"A book\"\n+++\n\nTea is warm.\n",
        );
        put(
            "gaps.toml",
            "[[gap]]\ntopic = \"leeches\"\nwords = [\"leeches\"]\n[[gap]]\ntopic = \"cupping\"\nwords = [\"cupping\"]\n",
        );
        Self { folder }
    }

    pub fn file(&self) -> PathBuf {
        self.folder.path().join("kept.sqlite3")
    }

    /// A stage over it whose server keeps the FAQ.
    pub async fn stage(&self, store: &str) -> Stage {
        let settings = format!(
            "store = \"{store}\"\n[servers]\n\"{{server}}\" = \"colds\"\n\
             [cooldown]\nperson_per_minute = 100000\nchannel_per_minute = 100000\n"
        );
        let stage = Stage::open_over(&self.folder.path().join("faq"), &settings, "info").await;
        stage.post("faults", json!({ "rate_limits": false })).await;
        stage
    }

    async fn over_its_file(&self) -> Stage {
        self.stage(&self.file().to_string_lossy()).await
    }

    /// Everything that was counted, of whatever day.
    fn counted(&self) -> BTreeMap<Counted, u64> {
        let store = open(&Location::File(self.file())).unwrap();
        counted(&store)
    }
}

/// Everything that a store counted of the collection, of whatever day.
pub fn counted(store: &Store) -> BTreeMap<Counted, u64> {
    let mut sums = BTreeMap::new();
    for (CountKey { what, .. }, count) in store.counts("colds", Date::MIN..=date(9999, 12, 31)).unwrap() {
        *sums.entry(what).or_default() += count;
    }
    sums
}

/// What a subcommand of `/faq` says.
pub async fn faq(stage: &Stage, author: &str, part: &str) -> Value {
    let name = format!("faq {part}");
    stage.say("commands", json!({ "channel": "questions", "author": author, "name": name, "options": {} })).await
}

/// Whether a message of the bot's says this.
pub fn says(row: &Value, part: &str) -> bool {
    row["content"].as_str().is_some_and(|text| text.contains(part))
}

const ANSWERED: &str = "- answered: ";

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_and_pressed_is_counted_and_outlives_the_process() {
    let shelf = Shelf::new();
    let stage = shelf.over_its_file().await;
    for _ in 0..4 {
        assert!(says(&stage.ask("sam", "Does tea help?").await, "Tea is warm."));
    }
    let told = faq(&stage, "mo", "stats").await;
    assert!(says(&told, &format!("{ANSWERED}fewer than five")), "{told}");
    assert_eq!((&told["files"], &told["private_to"]), (&json!([]), &json!("mo")), "{told}");
    let card = stage.mention("alex", "Does tea help?").await;
    for (person, label) in [("sam", "Helpful"), ("sam", "Helpful"), ("sam", "Not helpful"), ("alex", "Not helpful")] {
        stage.say("clicks", Stage::click(&card, person, label)).await;
    }
    let told = faq(&stage, "mo", "stats").await;
    assert!(says(&told, &format!("{ANSWERED}5+")) && says(&told, "- Does tea help?: 5+"), "{told}");
    assert_eq!(told["files"], json!(["stats.png"]), "{told}");
    stage.ask("sam", "Do leeches help?").await;
    stage.ask("sam", "I want to kill myself").await;
    stage.close();

    let tea = || "tea".to_owned();
    let all = [
        (Counted::Answered(tea()), 5),
        (Counted::NotCovered, 1),
        (Counted::Urgent, 1),
        (Counted::Helpful(tea()), 1),
        (Counted::NotHelpful(tea()), 1),
        (Counted::Gap("leeches".to_owned()), 1),
    ];
    assert_eq!(shelf.counted(), all.into(), "the end wrote what was counted last");

    let stage = shelf.over_its_file().await;
    for _ in 0..4 {
        stage.ask("sam", "Do leeches help?").await;
    }
    let told = faq(&stage, "mo", "gaps").await;
    assert!(says(&told, "without an answer in the FAQ: 5+.") && says(&told, "- leeches: 5+"), "{told}");
    assert!(says(&told, "or never**\n- cupping\n"), "{told}");
    let options = json!({ "days": 1 });
    let stats = json!({ "channel": "questions", "author": "mo", "name": "faq stats", "options": options });
    let told = stage.say("commands", stats).await;
    assert!(says(&told, &format!("{ANSWERED}5+")), "{told}");
    stage.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn members_and_servers_that_keep_no_faq_see_no_counts() {
    let shelf = Shelf::new();
    let stage = shelf.over_its_file().await;
    for part in ["stats", "gaps"] {
        let told = faq(&stage, "sam", part).await;
        assert!(says(&told, "is for the moderators"), "{told}");
        assert_eq!(told["private_to"], "sam", "{told}");
    }
    stage.close();
    let stage = Stage::open_over(&shelf.folder.path().join("faq"), "", "info").await;
    for part in ["stats", "gaps"] {
        let told = faq(&stage, "mo", part).await;
        assert!(says(&told, "isn't in the keeping of this server"), "{told}");
    }
    stage.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_cannot_be_opened_stops_no_answer() {
    let shelf = Shelf::new();
    fs::create_dir(shelf.file()).unwrap();
    let stage = shelf.over_its_file().await;
    assert!(says(&stage.ask("sam", "Does tea help?").await, "Tea is warm."));
    let told = faq(&stage, "mo", "stats").await;
    assert!(says(&told, "Nothing is counted here"), "{told}");
    let log = stage.close();
    assert!(log.contains("nothing is counted") && log.contains("hint: "), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_word_of_a_member_is_in_the_store() {
    let shelf = Shelf::new();
    let stage = shelf.over_its_file().await;
    stage.mention("sam", "Does tea help? xplumbus").await;
    stage.ask("sam", "Do leeches help xplumbus?").await;
    faq(&stage, "mo", "stats").await;
    // While it runs, what was written last stands in a file of its own.
    for name in ["kept.sqlite3", "kept.sqlite3-wal"] {
        let bytes = fs::read(shelf.file().with_file_name(name)).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains("xplumbus"), "{name}");
    }
    stage.close();
    assert!(!shelf.counted().is_empty());
}
