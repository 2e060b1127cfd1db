//! What happens at the local Discord by a file, in a file, and again from it.

use crate::shipped;
use crate::stage::{Discord, Process, TOKEN, pamphlet};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tempfile::TempDir;

const SCENARIO: &str = r#"
[[server]]
name = "Friends"
channels = ["welcome", "questions"]

[[member]]
name = "ann"

[[step]]
do = "messages"
with = { channel = "questions", author = "ann", content = "does prednisone weaken bones?", mention_bot = true }
as = "asked"

[[step]]
do = "clicks"
with = { message = "@asked.reply", author = "ann", label = "Helpful" }
as = "clicked"

[[step]]
do = "commands"
with = { channel = "questions", author = "ann", name = "ask", options = { question = "what is rituximab" } }
"#;

/// A folder for the files of a test.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        fs::write(self.path(name), text).expect("a file");
        self.path(name)
    }

    /// A local Discord with these arguments.
    fn discord(&self, arguments: &[&str], files: &[&Path]) -> Discord {
        let log = fs::File::create(self.path("discord.log")).expect("a file");
        Discord::start(pamphlet().args(["mock", "--listen", "127.0.0.1:0"]).args(arguments).args(files), log)
    }

    /// pamphlet at this address, with these settings besides.
    fn bot(&self, url: &str, settings: &str) -> Process {
        let (faq, index) = (shipped::root().join("faq"), shipped::indexes());
        let config = self.write("config.toml", &format!("faq = {faq:?}\nindex = {index:?}\n{settings}"));
        let log = fs::File::create(self.path("bot.log")).expect("a file");
        let mut command = pamphlet();
        command.args(["run", "--api", url, "--config"]).arg(config).env("DISCORD_TOKEN", TOKEN).stderr(log);
        Process::start(&mut command)
    }
}

/// The rows at an address, once there are so many by bots.
async fn rows(url: &str, by_bots: usize) -> Vec<Value> {
    let mut after = "0".to_owned();
    let mut rows: Vec<Value> = Vec::new();
    while rows.iter().filter(|row| row["bot"] == true).count() < by_bots {
        let more = reqwest::get(format!("{url}/mock/transcript?after={after}&wait_ms=30000")).await.expect("an answer");
        let more: Vec<Value> = more.json().await.expect("rows");
        let last = more.last().unwrap_or_else(|| panic!("no more rows than {rows:#?}"));
        after = last["changed"].as_str().expect("an id").to_owned();
        rows.extend(more);
    }
    rows
}

#[tokio::test]
async fn what_a_scenario_makes_happen_is_recorded_and_can_be_done_again() {
    let desk = Desk::new();
    let (scenario, story) = (desk.write("story.toml", SCENARIO), desk.path("story.jsonl"));
    let arguments = ["--scenario", scenario.to_str().unwrap(), "--record", story.to_str().unwrap()];
    let mut discord = desk.discord(&arguments, &[]);
    let mut bot = desk.bot(&discord.url, "");
    let seen = rows(&discord.url, 3).await;
    assert_eq!((&seen[0]["author"], &seen[0]["channel"]), (&json!("ann"), &json!("questions")), "{seen:#?}");
    assert_eq!(bot.stop().code(), Some(0));
    assert_eq!(discord.stop().code(), Some(0));
    let recorded = fs::read_to_string(&story).expect("the recording");
    assert!(!recorded.contains(TOKEN), "a token is in the recording");
    let lines: Vec<Value> = recorded.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    for what in ["start", "frame", "request", "deed", "row"] {
        assert!(lines.iter().any(|line| line["what"] == what), "no {what}");
    }
    let again = |settings: &str| {
        let (desk, story, settings) = (Desk::new(), story.clone(), settings.to_owned());
        let mut mock = pamphlet();
        mock.args(["mock", "replay", "--listen", "127.0.0.1:0"]).arg(story).stdout(Stdio::piped());
        let mut replay = Process::start(&mut mock);
        let (url, rest) = replay.first_line_and_rest();
        let mut bot = desk.bot(&url, &settings);
        let code = replay.ended().code();
        bot.stop();
        (code, rest.recv().expect("the rest"))
    };
    let (code, told) = again("");
    assert_eq!((code, told.trim()), (Some(0), "3 deeds done again, 3 answers of bots compared: all is as it was"));
    let (code, told) = again("[cooldown]\nperson_per_minute = 1\nchannel_per_minute = 1\n");
    assert!(code == Some(1) && told.contains("differences"), "{code:?} {told}");
}

#[test]
fn what_cannot_be_used_says_why_and_how_to_mend_it() {
    let desk = Desk::new();
    let check = |arguments: &[&str], words: &[&str]| {
        let said = pamphlet().arg("mock").args(arguments).output().expect("it runs");
        let complaint = String::from_utf8_lossy(&said.stderr);
        assert_eq!(said.status.code(), Some(10), "{complaint}");
        assert!(words.iter().all(|word| complaint.contains(word)), "{complaint}");
    };
    let there = desk.write("there.jsonl", "not a recording\n");
    let there = there.to_str().unwrap();
    let bad = desk.write("bad.toml", "[[server]]\nname = \"a/b\"\n[[step]]\ndo = \"dance\"\nwith = {}\n");
    check(&["--scenario", bad.to_str().unwrap()], &["a scenario", "\"a/b\"", "step 1", "dance", "hint"]);
    check(&["--record", there], &["there.jsonl", "recorded", "hint"]);
    check(&["replay", there], &["a recording", "start", "hint"]);
    check(&["replay", "/nowhere/at/all"], &["/nowhere/at/all", "hint"]);
}
