//! How soon the bot is there, and what it weighs after a thousand answers.

use crate::figures::Figures;
use crate::messages;
use crate::shipped;
use crate::stage::Stage;
use serde_json::json;
use std::fs;

/// How often the start is measured.
const STARTS: usize = 10;
/// The most that the median start may take, from exec until the local Discord has the bot and its commands: in
/// milliseconds.
const START_LIMIT: f64 = 400.0;

const MESSAGES: usize = 1_000;
/// How many messages wait for an answer at the same time.
const IN_FLIGHT: usize = 10;
/// The most resident memory afterwards, in kilobytes. About 40 MB are measured, of which 25 are the program's own code and tables; how
/// much of these a system maps that isn't used differs by one or two.
const MEMORY_LIMIT: u64 = 44_000;

pub fn start() {
    shipped::index();
    let starts = runtime().block_on(async {
        let mut starts = Vec::new();
        for _ in 0..STARTS {
            let stage = Stage::open("", "info").await;
            starts.push(stage.ready_in.as_secs_f64() * 1e3);
            let log = stage.close();
            assert!(!log.contains("built the index"), "{log}");
        }
        starts
    });
    let starts = Figures::of(starts);
    let (median, largest) = (starts.median(), starts.largest());
    println!("from exec until ready: median of {STARTS} {median:.0} ms (limit {START_LIMIT}), at most {largest:.0} ms");
    assert!(median < START_LIMIT, "the start is over its limit");
}

pub fn memory() {
    shipped::index();
    let settings = "[cooldown]\nperson_per_minute = 100000\nchannel_per_minute = 100000\n";
    runtime().block_on(async {
        let stage = Stage::open(settings, "info").await;
        let (before, _) = memory_of(stage.bot.id());
        // What is measured is the bot, and not how patiently it keeps to Discord's limits.
        stage.post("faults", json!({ "rate_limits": false })).await;
        let phrasings = messages::phrasings();
        let numbers: Vec<usize> = (0..MESSAGES).collect();
        for batch in numbers.chunks(IN_FLIGHT) {
            answer(&stage, &phrasings, batch).await;
        }
        let (resident, peak) = memory_of(stage.bot.id());
        println!(
            "resident: {before} kB when ready, {resident} kB after {MESSAGES} answers (limit {MEMORY_LIMIT}), \
             {peak} kB at most"
        );
        stage.close();
        assert!(resident < MEMORY_LIMIT, "the memory is over its limit");
    });
}

/// Posts messages with these numbers, and waits until each has its answer.
async fn answer(stage: &Stage, phrasings: &[String], numbers: &[usize]) {
    let mut asked = Vec::new();
    for number in numbers {
        // Another entry each time, by another person, in another channel.
        let text = &phrasings[number * 7 % phrasings.len()];
        let author = format!("member{}", number % 50);
        let channel = ["general", "questions", "moderators"][number % 3];
        let message = json!({ "channel": channel, "author": author, "content": text, "mention_bot": true });
        asked.push(stage.act("messages", message).await);
    }
    for id in &asked {
        let row = stage.row(id, |row| row["bot"] == true && row["reply_to"] == **id).await;
        assert!(row["content"].as_str().is_some_and(|content| !content.is_empty()), "{row:#}");
    }
}

/// A process's resident memory, now and at most, in kilobytes.
pub fn memory_of(process: u32) -> (u64, u64) {
    let status = fs::read_to_string(format!("/proc/{process}/status")).expect("the process");
    let line = |name: &str| {
        let found = status.lines().find_map(|line| line.strip_prefix(name)).expect("a line of it");
        found.trim().trim_end_matches(" kB").parse().expect("a number")
    };
    (line("VmRSS:"), line("VmHWM:"))
}

/// The runtime of a proof that talks to the local Discord.
pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}
