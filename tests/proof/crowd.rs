//! Ten thousand servers over four shards, and a hundred messages a second in them: what the local Discord weighs beside pamphlet.

use crate::load::{memory_of, runtime};
use crate::messages;
use crate::shipped;
use crate::stage::Stage;
use serde_json::{Value, json};
use std::fs;

const SERVERS: &str = "10000";
const SHARDS: &str = "0-3/4";
/// Messages a second, for so many seconds.
const A_SECOND: u32 = 100;
const SECONDS: u32 = 20;
/// One of so many messages is a question to the bot; the others are talk.
const ASKED_EVERY: u32 = 5;
/// The most resident memory of the local Discord, in kilobytes.
const MEMORY_LIMIT: u64 = 300_000;

pub fn crowd() {
    shipped::index();
    runtime().block_on(async {
        let stage = Stage::open_crowd(SERVERS, SHARDS, "").await;
        let condition = stage.get("/mock/condition?connected=4&wait_ms=60000").await;
        assert_eq!(condition["sessions"].as_array().map(Vec::len), Some(4), "{condition}");
        let times = || [stage.discord.process.id(), stage.bot.id()].map(ticks);
        let before = times();
        let load = json!({
            "per_second": A_SECOND,
            "seconds": SECONDS,
            "messages": messages::phrasings(),
            "mention_every": ASKED_EVERY,
        });
        let sent = stage.post("load", load).await;
        assert_eq!(sent["sent"], A_SECOND * SECONDS, "{sent}");
        let after = times();
        let [discord, bot] = [0, 1].map(|at| (after[at] - before[at]) as f64 / f64::from(SECONDS));
        let answers = stage.transcript().await.iter().filter(|row| row["bot"] == Value::Bool(true)).count();
        let (resident, peak) = memory_of(stage.discord.process.id());
        let (of_bot, _) = memory_of(stage.bot.id());
        println!(
            "{SERVERS} servers, {SHARDS}, {A_SECOND} messages a second, {answers} answers in {SECONDS} s: the local Discord \
             {discord:.1} % of a core and {resident} kB (at most {peak}, limit {MEMORY_LIMIT}), pamphlet {bot:.1} % and {of_bot} kB"
        );
        stage.close();
        assert!(answers as u32 >= A_SECOND * SECONDS / ASKED_EVERY / 2, "too few were answered to tell");
        assert!(peak < MEMORY_LIMIT, "the memory is over its limit");
    });
}

/// How long a process has run so far, in hundredths of a second, as Linux counts (`man 5 proc_pid_stat`).
fn ticks(process: u32) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).expect("the process");
    // The name, in brackets, may hold spaces.
    let (_, rest) = stat.rsplit_once(')').expect("a name");
    let numbers: Vec<&str> = rest.split_whitespace().collect();
    [11, 12].iter().map(|at| numbers[*at].parse::<u64>().expect("a number")).sum()
}
