//! A thousand edits of files, one in five of them broken, under two hundred questions a second: every question is answered, and
//! each answer is byte for byte one version of the entry's text that stood at that time.

use crate::load::{memory_of, runtime};
use crate::shipped;
use crate::stage::Stage;
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt as _, StreamExt as _};
use pamphlet::faq::Entry;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;
use tokio::time::interval;

const EDITS: usize = 1_000;
/// One of so many edits is broken.
const BROKEN_EVERY: usize = 5;
const EDITS_A_SECOND: u32 = 40;
const QUESTIONS_A_SECOND: u32 = 200;
/// How many questions may be on their way at once.
const AT_ONCE: usize = 100;
/// How long after its file was changed a text may still be the answer, beside the second that a change has: a question that was
/// asked before is answered after.
const SLACK: Duration = Duration::from_secs(1);
/// How long a change has until it is served.
const SECOND: Duration = Duration::from_secs(1);

/// The most resident memory afterwards, in kilobytes: of a version that is read, searched at once and learned each for a while, and
/// the one before it.
const MEMORY_LIMIT: u64 = 90_000;

/// The texts that one entry had, each with when its file was written.
type Versions = Vec<(jiff::Timestamp, String)>;

pub fn a_thousand() {
    let faq = copy_of_shipped();
    let folder = faq.path().join("dermatomyositis");
    let entries = shipped::collection().entries.clone();
    let settings = "[cooldown]\nperson_per_minute = 1000000\nchannel_per_minute = 1000000\n";
    runtime().block_on(async {
        let stage = Stage::open_over(faq.path(), settings, "warn").await;
        stage.post("faults", json!({ "rate_limits": false })).await;
        let seconds = EDITS as u32 / EDITS_A_SECOND + 2;
        let questions: Vec<&str> = entries.iter().map(|entry| entry.question.as_str()).collect();
        let asked = u64::from(QUESTIONS_A_SECOND * seconds);
        let (versions, answers, ()) =
            tokio::join!(edit(&folder, &entries), answers(&stage, asked), ask(&stage, &questions, asked));
        let wrong = answers.iter().filter_map(|row| wrong(row, &entries, &versions)).collect::<Vec<_>>();
        println!(
            "{EDITS} edits, one in {BROKEN_EVERY} broken, {QUESTIONS_A_SECOND} questions a second: {} of {asked} answered, {} of \
             them with a text that didn't stand then",
            answers.len(),
            wrong.len()
        );
        let (resident, _) = memory_of(stage.bot.id());
        println!("resident afterwards: {resident} kB (limit {MEMORY_LIMIT})");
        let log = stage.close();
        assert_eq!(answers.len() as u64, asked, "a question failed\n{log}");
        assert!(wrong.is_empty(), "{:#?}", &wrong[..wrong.len().min(5)]);
        assert!(resident < MEMORY_LIMIT, "the memory is over its limit");
    });
}

fn copy_of_shipped() -> TempDir {
    let faq = tempfile::tempdir().expect("a folder");
    let folder = faq.path().join("dermatomyositis");
    fs::create_dir(&folder).expect("a folder");
    for file in fs::read_dir(shipped::folder()).expect("the collection").flatten() {
        fs::copy(file.path(), folder.join(file.file_name())).expect("a copy");
    }
    faq
}

/// Edits entries in turn; gives every text that each had, when.
async fn edit(folder: &Path, entries: &[Entry]) -> BTreeMap<String, Versions> {
    let first = |entry: &Entry| (entry.id.clone(), vec![(jiff::Timestamp::MIN, entry.passage.clone())]);
    let mut versions: BTreeMap<String, Versions> = entries.iter().map(first).collect();
    let mut beat = interval(Duration::from_secs(1) / EDITS_A_SECOND);
    for (number, entry) in (0..EDITS).zip(entries.iter().cycle()) {
        beat.tick().await;
        let file = folder.join(format!("{}.md", entry.id));
        if number % BROKEN_EVERY == 0 {
            fs::write(&file, "+++\nquestion = \"half of\n").expect("an edit");
            continue;
        }
        let whole = fs::read_to_string(shipped::folder().join(format!("{}.md", entry.id))).expect("the entry");
        let passage = format!("{}\n\nThis is version {number}.", entry.passage);
        fs::write(&file, whole.replace(&entry.passage, &passage)).expect("an edit");
        versions.entry(entry.id.clone()).or_default().push((jiff::Timestamp::now(), passage));
    }
    versions
}

/// Asks with `/ask`, as Discord lets a bot answer no more than fifty messages a second (Discord's documentation, "Global Rate
/// Limit") and interactions without such a limit.
async fn ask(stage: &Stage, questions: &[&str], asked: u64) {
    let mut beat = interval(Duration::from_secs(1) / QUESTIONS_A_SECOND);
    let asking = async |question: &str| {
        let options = json!({ "question": question });
        let command = json!({ "channel": "questions", "author": "sam", "name": "ask", "options": options });
        stage.act("commands", command).await;
    };
    let mut under_way = FuturesUnordered::new();
    for question in questions.iter().cycle().take(asked as usize) {
        beat.tick().await;
        under_way.push(asking(question));
        while under_way.len() > AT_ONCE {
            under_way.next().await;
        }
        while let Some(Some(())) = under_way.next().now_or_never() {}
    }
    while under_way.next().await.is_some() {}
}

/// The bot's answers, until there are as many as were asked for, or none comes any more.
async fn answers(stage: &Stage, asked: u64) -> Vec<Value> {
    let mut answers = Vec::new();
    let mut after = 0_u64;
    while (answers.len() as u64) < asked {
        let rows = stage.get(&format!("/mock/transcript?after={after}&wait_ms=10000")).await;
        let rows = rows.as_array().expect("rows");
        if rows.is_empty() {
            break;
        }
        for row in rows {
            after = after.max(row["changed"].as_str().expect("an id").parse().expect("a number"));
            if row["bot"] == Value::Bool(true) {
                answers.push(row.clone());
            }
        }
    }
    answers
}

/// What is wrong with an answer, if anything is: it must be the card of an entry with a text that stood when it was given.
fn wrong(row: &Value, entries: &[Entry], versions: &BTreeMap<String, Versions>) -> Option<String> {
    let content = row["content"].as_str().expect("a text");
    let at = said_at(row);
    let card = content.strip_prefix("**You may be asking: ").and_then(|card| card.split_once("**\n\n"));
    let parts = card.and_then(|(question, rest)| Some((question, rest.rsplit_once("\n\n*Source: ")?.0)));
    let Some((question, passage)) = parts else { return Some(format!("no card of an entry: {content}")) };
    let entry = entries.iter().find(|entry| entry.question == question).expect("an entry");
    let all = &versions[&entry.id];
    let stood = all.iter().enumerate().any(|(number, (from, text))| {
        let until = all.get(number + 1).map_or(jiff::Timestamp::MAX, |(next, _)| *next + SECOND + SLACK);
        text == passage && *from <= at && at <= until
    });
    (!stood).then(|| format!("{} at {at}: {content}", entry.id))
}

/// When a message was said, by its id (Discord's documentation, "Snowflakes").
fn said_at(row: &Value) -> jiff::Timestamp {
    let id: i64 = row["id"].as_str().expect("an id").parse().expect("a number");
    jiff::Timestamp::from_millisecond((id >> 22) + 1_420_070_400_000).expect("a time")
}
