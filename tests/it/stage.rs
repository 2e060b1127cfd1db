//! The stage of the end-to-end tests: the real binary twice, as the local Discord and as the bot, two processes that talk
//! over real sockets, and a way to act as a member.

#[path = "process.rs"]
mod process;

use crate::shipped;
pub use process::{Discord, Process, signal};
use process::{FIRST_WORD, PATIENCE};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A token of the form that the local Discord takes: the application's id is 42.
pub const TOKEN: &str = "NDI.test.test";

/// The variable that names another binary than the one that was built along with the tests: the one that ships.
pub const BINARY: &str = "PAMPHLET_BINARY";

/// The binary under test.
pub fn pamphlet() -> Command {
    let whole = |named: std::ffi::OsString| {
        fs::canonicalize(&named).unwrap_or_else(|why| panic!("{BINARY}={}: {why}", named.display()))
    };
    let named = std::env::var_os(BINARY).map(whole);
    let mut command = Command::new(named.unwrap_or_else(|| env!("CARGO_BIN_EXE_pamphlet").into()));
    command.env_remove("DISCORD_TOKEN").env_remove("RUST_LOG").stdin(Stdio::null());
    command
}

/// The bot's settings file.
const CONFIG: &str = "config.toml";

/// The local Discord and the bot.
pub struct Stage {
    /// The bot's process.
    pub bot: Process,
    /// How long the bot took from its start until it was ready.
    pub ready_in: Duration,
    /// The local Discord.
    pub discord: Discord,
    http: reqwest::Client,
    folder: TempDir,
}

impl Stage {
    /// Starts both and waits until the bot is ready. `settings` are lines of the bot's settings file, `log` its RUST_LOG.
    pub async fn open(settings: &str, log: &str) -> Self {
        Self::open_as(pamphlet(), settings, log).await
    }

    /// The same with a command of one's own for the bot, to which the arguments are added.
    pub async fn open_as(bot: Command, settings: &str, log: &str) -> Self {
        let faq = shipped::root().join("faq");
        Self::open_with(bot, (&faq, shipped::indexes()), &[], &[], settings, log).await
    }

    /// The same over other collections, whose indexes stand in a folder of the stage's own.
    pub async fn open_over(faq: &Path, settings: &str, log: &str) -> Self {
        Self::open_with(pamphlet(), (faq, Path::new("index")), &[], &[], settings, log).await
    }

    /// The same with a local Discord as a scenario says; an empty one says nothing.
    pub async fn open_in(faq: &Path, scenario: &str, settings: &str, log: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("scenario.toml");
        fs::write(&file, scenario).expect("a scenario");
        let discords = ["--scenario", file.to_str().expect("a path")];
        let discords = if scenario.is_empty() { &[][..] } else { &discords };
        Self::open_with(pamphlet(), (faq, Path::new("index")), &[], discords, settings, log).await
    }

    /// The same where members' clients speak the language of this locale.
    pub async fn open_abroad(locale: &str, settings: &str, log: &str) -> Self {
        let faq = shipped::root().join("faq");
        Self::open_with(pamphlet(), (&faq, shipped::indexes()), &[], &["--locale", locale], settings, log).await
    }

    /// The same with so many servers, all of which the bot serves over these shards.
    pub async fn open_crowd(servers: &str, shards: &str, settings: &str) -> Self {
        let faq = shipped::root().join("faq");
        let folders = (faq.as_path(), shipped::indexes());
        Self::open_with(pamphlet(), folders, &["--shards", shards], &["--servers", servers], settings, "warn").await
    }

    /// The same with so many servers over other collections, whose indexes may be there already.
    pub async fn open_among(servers: &str, folders: (&Path, &Path), settings: &str) -> Self {
        Self::open_with(pamphlet(), folders, &[], &["--servers", servers], settings, "info").await
    }

    async fn open_with(
        bot: Command,
        (faq, index): (&Path, &Path),
        own: &[&str],
        discords: &[&str],
        settings: &str,
        log: &str,
    ) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let config = folder.path().join(CONFIG);
        let mut mock = pamphlet();
        mock.args(["mock", "--listen", "127.0.0.1:0"]).args(discords);
        let discord = Discord::start(&mut mock, log_file(folder.path(), "discord"));
        let http = reqwest::Client::builder().no_proxy().timeout(PATIENCE).build().expect("a client");
        let mut settings = settings.replace("{server}", &home(&http, &discord.url).await);
        if settings.contains("{server-") {
            let named = |text: String, (name, id): (String, String)| text.replace(&format!("{{{name}}}"), &id);
            settings = servers(&http, &discord.url).await.into_iter().fold(settings, named);
        }
        fs::write(&config, format!("faq = {faq:?}\nindex = {index:?}\n{settings}")).expect("a settings file");
        let started = Instant::now();
        let bot = bot_in(folder.path(), bot, &discord.url, own, log);
        let mut stage = Self { bot, ready_in: Duration::ZERO, discord, http, folder };
        let mut ready = Value::Null;
        while ready["bots"].is_null() && stage.bot.is_running() && started.elapsed() < FIRST_WORD {
            ready = stage.get("/mock/ready?wait_ms=20000").await;
        }
        stage.ready_in = started.elapsed();
        assert_eq!(ready["bots"][0]["id"], "42", "{ready}\n{}\n{}", stage.log(), stage.discord_log());
        stage
    }

    /// What the bot logged so far.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).expect("the log")
    }

    /// What the local Discord logged so far.
    pub fn discord_log(&self) -> String {
        fs::read_to_string(self.folder.path().join("discord")).expect("the local Discord's log")
    }

    /// A request to the local Discord's control interface.
    pub async fn get(&self, path: &str) -> Value {
        told(self.http.get(format!("{}{path}", self.discord.url))).await
    }

    /// Asks the local Discord for something to be done.
    async fn bid(&self, what: &str, body: &Value) -> reqwest::Response {
        self.http.post(format!("{}/mock/{what}", self.discord.url)).json(body).send().await.expect("an answer")
    }

    /// Acts on the control interface and gives the id of what came of it.
    pub async fn act(&self, what: &str, body: Value) -> String {
        let answer = self.bid(what, &body).await;
        let status = answer.status();
        let answer: Value = answer.json().await.expect("JSON");
        assert_eq!(status, 201, "{what} {body}: {answer}\n{}", self.log());
        answer["id"].as_str().expect("an id").to_owned()
    }

    /// Acts where the answer is the point.
    pub async fn post(&self, what: &str, body: Value) -> Value {
        self.bid(what, &body).await.json().await.unwrap_or(Value::Null)
    }

    /// A member deletes a message.
    pub async fn delete(&self, message: &str) {
        let answer =
            self.http.delete(format!("{}/mock/messages/{message}", self.discord.url)).send().await.expect("an answer");
        assert!(answer.status().is_success(), "{}", answer.status());
    }

    /// The first row after `after` that fits, waited for.
    pub async fn row(&self, after: &str, fits: impl Fn(&Value) -> bool) -> Value {
        let until = Instant::now() + PATIENCE;
        let mut seen = Vec::new();
        let mut last = after.to_owned();
        while Instant::now() < until {
            let rows = self.get(&format!("/mock/transcript?after={last}&wait_ms=5000")).await;
            for row in rows.as_array().expect("rows") {
                if fits(row) {
                    return row.clone();
                }
                last = later(&last, row["changed"].as_str().expect("an id"));
                seen.push(row.clone());
            }
        }
        panic!("no such row after {after}; seen: {seen:#?}\n{}", self.log());
    }

    /// What the bot said after this.
    pub async fn reply(&self, after: &str) -> Value {
        self.row(after, |row| row["bot"] == true && row["id"].as_str().is_some_and(|id| later(after, id) != after))
            .await
    }

    /// Does something and gives what the bot said to it.
    pub async fn say(&self, what: &str, body: Value) -> Value {
        let id = self.act(what, body).await;
        self.reply(&id).await
    }

    /// Everything in the transcript.
    pub async fn transcript(&self) -> Vec<Value> {
        self.get("/mock/transcript?wait_ms=0").await.as_array().expect("rows").clone()
    }

    /// A message that mentions the bot, and the bot's reply to it.
    pub async fn mention(&self, author: &str, text: &str) -> Value {
        self.say("messages", json!({ "channel": "questions", "author": author, "content": text, "mention_bot": true }))
            .await
    }

    /// A question with `/ask`.
    pub async fn ask(&self, author: &str, question: &str) -> Value {
        let options = json!({ "question": question });
        self.say("commands", json!({ "channel": "questions", "author": author, "name": "ask", "options": options }))
            .await
    }

    /// A click on a control of a row.
    pub fn click(row: &Value, author: &str, label: &str) -> Value {
        json!({ "message": row["id"], "author": author, "label": label })
    }

    /// Ends the bot as an operator does. It finishes what is in flight, so nothing more comes of it after this.
    pub fn end_bot(&mut self) {
        let ended = self.bot.stop();
        assert_eq!(ended.code(), Some(0), "{}", self.log());
    }

    /// Starts the bot again after it ended.
    pub fn begin_bot(&mut self) {
        self.bot = bot_in(self.folder.path(), pamphlet(), &self.discord.url, &[], "info");
    }

    /// Ends the bot, then the local Discord; gives everything that the bot logged.
    pub fn close(mut self) -> String {
        self.end_bot();
        self.end()
    }

    /// Ends the local Discord; gives everything that the bot logged.
    pub fn end(mut self) -> String {
        assert_eq!(self.discord.stop().code(), Some(0));
        self.log()
    }

    /// Every file that the bot may have written.
    pub fn files(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder").flatten() {
                if entry.path().is_dir() { folders.push(entry.path()) } else { files.push(entry.path()) }
            }
        }
        files
    }
}

/// The bot, begun in this folder, in which its settings stand.
fn bot_in(folder: &Path, mut bot: Command, discord: &str, own: &[&str], log: &str) -> Process {
    bot.args(["run", "--api", discord, "--config", CONFIG]).args(own);
    bot.env("DISCORD_TOKEN", TOKEN).env("RUST_LOG", log).env("TMPDIR", folder);
    Process::start(bot.current_dir(folder).stderr(log_file(folder, "log")))
}

fn log_file(folder: &Path, name: &str) -> fs::File {
    fs::File::create(folder.join(name)).expect("a log file")
}

/// What is told to a request.
async fn told(request: reqwest::RequestBuilder) -> Value {
    request.send().await.expect("an answer").json().await.expect("JSON")
}

/// The id of the local Discord's own server, which settings name as `{server}`.
async fn home(http: &reqwest::Client, url: &str) -> String {
    let world = told(http.get(format!("{url}/mock/world"))).await;
    world["server"]["id"].as_str().expect("an id").to_owned()
}

/// The names and ids of all servers, which settings name as `{server-2}` and so on.
async fn servers(http: &reqwest::Client, url: &str) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    loop {
        let after = all.last().map_or("0", |(_, id)| id.as_str());
        let page = http.get(format!("{url}/api/v10/users/@me/guilds?after={after}"));
        let page = told(page.header("Authorization", format!("Bot {TOKEN}"))).await;
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let before = all.len();
        all.extend(page.as_array().expect("servers").iter().map(|server| (text(&server["name"]), text(&server["id"]))));
        if all.len() == before {
            return all;
        }
    }
}

/// The later of two ids, compared as numbers.
pub fn later(one: &str, other: &str) -> String {
    let number = |id: &str| id.parse::<u64>().unwrap_or(0);
    if number(other) > number(one) { other.to_owned() } else { one.to_owned() }
}
