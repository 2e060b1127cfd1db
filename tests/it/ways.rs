//! Every way to ask, through the real binary: `run` against `mock`, two processes, real sockets.

use crate::stage::{Stage, TOKEN, pamphlet};
use serde_json::{Value, json};
use std::fs;

impl Stage {
    /// The addresses that the bot's process is connected to, by the kernel's own table.
    fn peers(&self) -> Vec<String> {
        let sockets: Vec<String> = fs::read_dir(format!("/proc/{}/fd", self.bot.id()))
            .expect("the process")
            .filter_map(|file| fs::read_link(file.ok()?.path()).ok())
            .filter_map(|link| Some(link.to_str()?.strip_prefix("socket:[")?.trim_end_matches(']').to_owned()))
            .collect();
        let table = |name: &str| fs::read_to_string(format!("/proc/{}/net/{name}", self.bot.id())).unwrap_or_default();
        let tables = ["tcp", "tcp6", "udp", "udp6"].map(table).concat();
        let rows = tables.lines().map(|row| row.split_whitespace().collect::<Vec<_>>());
        let ours = rows.filter(|row| row.get(9).is_some_and(|inode| sockets.iter().any(|socket| socket == inode)));
        ours.filter_map(|row| Some(row.get(2)?.split(':').next()?.to_owned())).collect()
    }
}

/// A reply with a passage: the right question, the source, the reminder, and whom it is shown to.
#[track_caller]
fn check_card(row: &Value, question: &str, private_to: Option<&str>) {
    let content = row["content"].as_str().unwrap_or_default();
    for part in [
        question,
        "Source: Dermatomyositis Treatment Advancements",
        "Not yet reviewed by a clinician",
        "For your own case, ask your",
    ] {
        assert!(content.contains(part), "a card without {part:?}: {row:#}");
    }
    assert_eq!(row["private_to"], json!(private_to), "{row:#}");
}

#[track_caller]
fn check_says(row: &Value, text: &str) {
    assert!(row["content"].as_str().is_some_and(|content| content.contains(text)), "expected {text:?} in {row:#}");
}

const BONES: &str = "Does prednisone weaken bones?";

#[tokio::test]
async fn every_way_to_ask_is_answered_with_source_and_reminder() {
    // A slow machine asks more than five questions in its minute.
    let stage = Stage::open("[cooldown]\nperson_per_minute = 1000\nchannel_per_minute = 1000\n", "debug").await;

    let private = stage.ask("sam", "will prednisone wreck my bones?").await;
    check_card(&private, BONES, Some("sam"));
    let shown = stage.say("clicks", Stage::click(&private, "sam", "Show in channel")).await;
    check_card(&shown, BONES, None);
    assert!(!shown["content"].as_str().unwrap().contains("wreck"), "the asker's words: {shown:#}");

    let public = stage.mention("alex", "will prednisone wreck my bones?").await;
    check_card(&public, BONES, None);
    let reply = json!({ "channel": "questions", "author": "alex", "content": "is it a pill?", "reply_to": stage.mention("alex", "xeljanz").await["id"] });
    check_card(&stage.say("messages", reply).await, "Is tofacitinib a pill?", None);

    let direct = json!({ "channel": "dm", "author": "sam", "content": "does diet help" });
    check_card(&stage.say("messages", direct).await, "Does diet help with dermatomyositis?", None);

    let target = stage
        .act("messages", json!({ "channel": "general", "author": "sam", "content": "what does rituximab do" }))
        .await;
    let menu = json!({ "channel": "general", "author": "mo", "name": "Answer from the FAQ", "target": target });
    check_card(&stage.say("commands", menu).await, "What does rituximab do?", Some("mo"));

    let picture = stage.act("messages", json!({ "channel": "general", "author": "sam", "content": "" })).await;
    let menu = json!({ "channel": "general", "author": "mo", "name": "Answer from the FAQ", "target": picture });
    check_says(&stage.say("commands", menu).await, "no text that I can read");

    let typing = json!({ "channel": "questions", "author": "sam", "name": "ask", "option": "question", "text": "Is tofacitinib a p" });
    let choices = stage.post("autocomplete", typing).await;
    assert_eq!(choices[0]["value"], "Is tofacitinib a pill?", "{choices:#}");
    check_card(&stage.ask("sam", choices[0]["value"].as_str().unwrap()).await, "Is tofacitinib a pill?", Some("sam"));

    let related = stage.say("clicks", Stage::click(&public, "sam", "What are the side effects of prednisone?")).await;
    check_card(&related, "What are the side effects of prednisone?", Some("sam"));

    let topics = stage.say("commands", json!({ "channel": "questions", "author": "sam", "name": "topics" })).await;
    check_says(&topics, "What the FAQ “Dermatomyositis treatments” covers");
    let mut choice = Stage::click(&topics, "sam", "JAK inhibitors");
    choice["values"] = json!(["Is tofacitinib a pill?"]);
    check_card(&stage.say("clicks", choice).await, "Is tofacitinib a pill?", Some("sam"));

    for (name, text) in [("privacy", "What I keep of you: nothing."), ("help", "I'm a bot.")] {
        let row = stage.say("commands", json!({ "channel": "questions", "author": "sam", "name": name })).await;
        check_says(&row, text);
        assert_eq!(row["private_to"], "sam");
    }
    for (label, text) in [("Helpful", "Thank you for telling me."), ("Not helpful", "Thank you for saying so.")] {
        check_says(&stage.say("clicks", Stage::click(&public, "sam", label)).await, text);
    }

    let peers = stage.peers();
    assert!(!peers.is_empty(), "the bot is connected");
    for peer in peers {
        let loopback = peer.ends_with("0100007F") || peer.ends_with("00000000");
        assert!(loopback, "a connection to {peer}");
    }
    stage.close();
}

#[tokio::test]
async fn answers_can_be_taken_away() {
    let stage = Stage::open("", "info").await;
    let answer = stage.mention("sam", "does diet help").await;
    check_says(
        &stage.say("clicks", Stage::click(&answer, "alex", "Remove")).await,
        "Only the person who asked, or a moderator",
    );
    let id = stage.act("clicks", Stage::click(&answer, "sam", "Remove")).await;
    stage.row(&id, |row| row["id"] == answer["id"] && row["deleted"] == true).await;

    let answer = stage.mention("alex", "does diet help").await;
    let id = stage.act("clicks", Stage::click(&answer, "mo", "Remove")).await;
    stage.row(&id, |row| row["id"] == answer["id"] && row["deleted"] == true).await;

    let question = stage
        .act("messages", json!({ "channel": "questions", "author": "alex", "content": "xeljanz", "mention_bot": true }))
        .await;
    let answer = stage.reply(&question).await;
    stage.delete(&question).await;
    stage.row(&question, |row| row["id"] == answer["id"] && row["deleted"] == true).await;
    stage.close();
}

#[tokio::test]
async fn what_needs_no_answer_gets_none() {
    let mut stage = Stage::open("", "info").await;
    let first = stage
        .act("messages", json!({ "channel": "general", "author": "sam", "content": "what does rituximab do" }))
        .await;
    stage
        .act("messages", json!({ "channel": "general", "author": "sam", "content": "thanks", "mention_bot": true }))
        .await;
    stage.post("faults", json!({ "repeat": 2 })).await;
    stage.mention("alex", "does diet help").await;
    check_says(&stage.mention("alex", "").await, "I'm a bot.");
    check_says(&stage.mention("alex", "hello").await, "I'm a bot.");
    let to = stage.act("messages", json!({ "channel": "questions", "author": "sam", "content": "xeljanz" })).await;
    let empty = json!({ "channel": "questions", "author": "alex", "content": "", "mention_bot": true, "reply_to": to });
    check_says(&stage.say("messages", empty).await, "open the menu of that message");
    stage.end_bot();
    let rows = stage.transcript().await;
    let said: Vec<&Value> = rows.iter().filter(|row| row["bot"] == true).collect();
    assert_eq!(said.len(), 4, "one answer to each, none to talk and thanks after {first}: {said:#?}");
    stage.end();
}

#[tokio::test]
async fn a_discord_in_trouble_is_not_answered_twice() {
    let mut stage = Stage::open("", "info").await;
    stage.post("faults", json!({ "status": 502, "times": 2, "path": "/messages" })).await;
    check_card(&stage.mention("sam", "does diet help").await, "Does diet help with dermatomyositis?", None);
    check_card(&stage.mention("sam", "xeljanz").await, "What is tofacitinib?", None);
    stage.end_bot();
    let rows = stage.transcript().await;
    assert_eq!(rows.iter().filter(|row| row["bot"] == true).count(), 2, "{rows:#?}");
    stage.end();
}

#[test]
fn shards_that_make_no_sense_are_refused_with_a_reason() {
    for (shards, why) in [
        ("3-1/4", "shard 3 comes after shard 1"),
        ("0-4/4", "no shard 4 among 4"),
        ("4/4", "write it like 0-3/8"),
        ("all", "write it like 0-3/8"),
    ] {
        let ran = pamphlet().args(["run", "--shards", shards]).env("DISCORD_TOKEN", TOKEN).output().expect("it runs");
        let said = String::from_utf8_lossy(&ran.stderr);
        assert_eq!(ran.status.code(), Some(2), "{said}");
        assert!(said.contains(why), "{said}");
    }
}
