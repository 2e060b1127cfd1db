//! Five hundred servers with twenty collections in one process: what it weighs, how soon each answer comes, and that each is of
//! its server's own collection.

use crate::figures::Figures;
use crate::load::{memory_of, runtime};
use crate::shipped;
use crate::stage::Stage;
use jiff::civil::date;
use pamphlet::answer::{Brain, Serving};
use pamphlet::bot::{Asker, Bot, Command, Event, Scene, Settings};
use pamphlet::config::Cooldown;
use pamphlet::faq::{Collection, load_all};
use pamphlet::search::open_index;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::num::NonZeroU32;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;
use tempfile::TempDir;

const SERVERS: usize = 500;
const COLLECTIONS: usize = 20;
const ANSWERS: usize = 1_000;
/// How many answers are timed in each of the two processes, in turns.
const TIMED: usize = 400;
/// The most resident memory after the answers, in kilobytes: a tenth more than is measured.
const MEMORY_LIMIT: u64 = 112_000;
/// How many times as long as in the process with one server an answer may take, from the command to its being there.
const SLOWER: f64 = 1.5;

pub fn five_hundred_servers() {
    let home = Home::new();
    runtime().block_on(async {
        let crowd = home.crowd().await;
        assert_eq!(crowd.log().matches("built the index").count(), COLLECTIONS, "{}", crowd.log());
        home.ask_all(&crowd, 0..ANSWERS).await;
        weigh("started without an index", crowd);

        let (crowd, alone) = (home.crowd().await, home.alone().await);
        let (mut among, mut by_itself) = (Vec::new(), Vec::new());
        for number in 0..TIMED {
            among.push(home.ask(&crowd, number).await);
            by_itself.push(home.ask(&alone, number * SERVERS).await);
        }
        home.ask_all(&crowd, TIMED..ANSWERS).await;
        alone.close();
        weigh("started with the indexes", crowd);
        let (among, by_itself) = compare("from the command to the answer's being there, in ms", among, by_itself);
        assert!(among < SLOWER * by_itself, "the median is over its limit");
    });
    home.time_within();
}

/// Says what the bot weighs and ends it.
fn weigh(what: &str, stage: Stage) {
    let ((resident, peak), ready_in) = (memory_of(stage.bot.id()), stage.ready_in);
    println!(
        "{what}: ready in {ready_in:.1?}, {resident} kB after {ANSWERS} answers (limit {MEMORY_LIMIT}), {peak} kB at most"
    );
    stage.close();
    assert!(resident < MEMORY_LIMIT, "the memory is over its limit");
}

fn compare(what: &str, among: Vec<f64>, by_itself: Vec<f64>) -> (f64, f64) {
    let (among, by_itself) = (Figures::of(among).median(), Figures::of(by_itself).median());
    println!(
        "{what}: median {among:.3} in {SERVERS} servers with {COLLECTIONS} collections, {by_itself:.3} in one with one"
    );
    (among, by_itself)
}

/// The collections and their indexes.
struct Home {
    folder: TempDir,
    questions: Vec<String>,
}

impl Home {
    /// Copies of the shipped collection, each with its mark in every passage.
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let questions = shipped::collection().entries.iter().map(|entry| entry.question.clone()).collect();
        for number in 0..COLLECTIONS {
            copy(&folder.path().join("faq").join(name(number)), &mark(number));
        }
        copy(&folder.path().join("alone").join(name(0)), &mark(0));
        Self { folder, questions }
    }

    async fn crowd(&self) -> Stage {
        self.open("faq", SERVERS).await
    }

    async fn alone(&self) -> Stage {
        self.open("alone", 1).await
    }

    /// The bot over a folder of collections, in so many servers.
    async fn open(&self, faq: &str, servers: usize) -> Stage {
        let of_server = |server| format!("\"{{{}}}\" = \"{}\"\n", place(server), name(server % COLLECTIONS));
        let settings = "[cooldown]\nperson_per_minute = 100000\nchannel_per_minute = 100000\n[servers]\n".to_owned();
        let settings = settings + &(0..servers).map(of_server).collect::<String>();
        let (faq, index) = (self.folder.path().join(faq), self.folder.path().join("index"));
        let stage = Stage::open_among(&servers.to_string(), (&faq, &index), &settings).await;
        // What is measured is the bot, and not how patiently it keeps to Discord's limits.
        stage.post("faults", json!({ "rate_limits": false })).await;
        stage
    }

    fn question(&self, number: usize) -> &str {
        &self.questions[number * 7 % self.questions.len()]
    }

    async fn ask_all(&self, stage: &Stage, numbers: std::ops::Range<usize>) {
        for number in numbers {
            self.ask(stage, number).await;
        }
    }

    /// Asks in the next server; how long it takes until the answer is there, in milliseconds.
    async fn ask(&self, stage: &Stage, number: usize) -> f64 {
        let server = number % SERVERS;
        let channel = if server == 0 { "questions".to_owned() } else { format!("{}/questions", place(server)) };
        let options = json!({ "question": self.question(number) });
        let command = json!({ "channel": channel, "author": "sam", "name": "ask", "options": options });
        let began = Instant::now();
        let answer = stage.say("commands", command).await;
        let took = began.elapsed().as_secs_f64() * 1e3;
        check(&answer, server % COLLECTIONS);
        took
    }

    /// The same within this process, where nothing but the bot is measured: in microseconds, of which fetching what the processor's
    /// caches can't hold of so many collections takes most. It has no limit of its own.
    fn time_within(&self) {
        let bots = ["faq", "alone"].map(|faq| self.bot(faq));
        // As after a while: what is made ready for the first question about an entry is.
        for (bot, servers) in bots.iter().zip([COLLECTIONS, 1]) {
            for server in 0..servers {
                self.questions.iter().for_each(|question| {
                    timed(bot, server, question);
                });
            }
        }
        let mut took = [Vec::new(), Vec::new()];
        for number in 0..10 * TIMED {
            for ((bot, took), servers) in bots.iter().zip(&mut took).zip([SERVERS, 1]) {
                took.push(timed(bot, number % servers, self.question(number)));
            }
        }
        let [among, by_itself] = took;
        let unlike = if cfg!(debug_assertions) { ", by code that isn't built for release" } else { "" };
        compare(&format!("within the process{unlike}, in µs"), among, by_itself);
    }

    fn bot(&self, faq: &str) -> Bot {
        let (collections, problems) = load_all(&self.folder.path().join(faq));
        assert_eq!(problems, []);
        let index = self.folder.path().join("index");
        let open = |collection: Collection| open_index(&Arc::new(collection), &index, false, &mut |_, _| ());
        let indexes = collections.into_iter().map(|collection| open(collection).expect("an index").0);
        let brain = Brain::new(indexes, date(2026, 11, 23));
        let servers: BTreeMap<u64, Vec<String>> =
            (0..SERVERS).map(|server| (server as u64, vec![name(server % COLLECTIONS)])).collect();
        let cooldown = Cooldown { person_per_minute: NonZeroU32::MAX, channel_per_minute: NonZeroU32::MAX };
        Bot::new(Arc::new(Serving::new(brain)), Settings { servers, cooldown, ..Settings::default() })
    }
}

/// Asks a bot in a server, each time as somebody else; how long the answer takes, in microseconds.
fn timed(bot: &Bot, server: usize, question: &str) -> f64 {
    static ASKER: AtomicU64 = AtomicU64::new(0);
    let asker = Asker(ASKER.fetch_add(1, Ordering::Relaxed));
    let scene = Scene { server: Some(server as u64), channel: 2, thread_of: None, asker };
    let event = Event::Command { scene, command: Command::Ask { question: question.to_owned(), private: None } };
    let began = Instant::now();
    let actions = bot.handle(event, began);
    let took = began.elapsed().as_secs_f64() * 1e6;
    assert_eq!(actions.len(), 1);
    took
}

/// What the local Discord calls a server; its own is named so in settings.
fn place(server: usize) -> String {
    if server == 0 { "server".to_owned() } else { format!("server-{}", server + 1) }
}

fn name(collection: usize) -> String {
    format!("collection-{collection}")
}

/// What the passages of this collection alone say.
fn mark(collection: usize) -> String {
    format!("This is said in collection {collection} alone.")
}

/// Copies the shipped collection with a mark at the end of every passage.
fn copy(folder: &Path, mark: &str) {
    fs::create_dir_all(folder).expect("a folder");
    for file in fs::read_dir(shipped::folder()).expect("the collection").flatten() {
        let (path, copy) = (file.path(), folder.join(file.file_name()));
        if path.extension().is_some_and(|ending| ending == "md") {
            let text = fs::read_to_string(path).expect("an entry");
            fs::write(copy, format!("{}\n\n{mark}\n", text.trim_end())).expect("a copy");
        } else {
            fs::copy(path, copy).expect("a copy");
        }
    }
}

/// An answer is the card of an entry, with the mark of its collection and no other.
fn check(answer: &Value, collection: usize) {
    let content = answer["content"].as_str().expect("a text");
    assert!(content.contains(&mark(collection)), "{collection}: {content}");
    assert_eq!(content.matches("This is said in collection").count(), 1, "{content}");
}
