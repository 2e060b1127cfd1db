//! The room of the moderators' tests: the real binary over a small collection that it may change.

use crate::stage::{Stage, later};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::fs;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// What the collection says of itself.
const TOP: &str = "title = \"Colds\"\nreminder = \"General information only.\"\nask = \"your doctor\"\n";
/// The file of an entry that has everything.
pub const TEA: &str = "+++\n# A comment that stays.\nquestion = \"Does tea help?\"\nalso = [\"is tea good\"]\ntopic = \"Drinks\"\n\
    source = \"A book on colds\"\nrelated = [\"honey\"]\nask = \"your grandmother\"\n+++\n\nTea is warm.\n";
/// The file of an entry that has only what it must.
const HONEY: &str =
    "+++\nquestion = \"Does honey help?\"\ntopic = \"Food\"\nsource = \"A book on colds\"\n+++\n\nHoney is sweet.\n";
/// The local Discord's own server keeps the FAQ.
pub const KEEPER: &str = "[servers]\n\"{server}\" = \"colds\"\n\
    [cooldown]\nperson_per_minute = 100000\nchannel_per_minute = 100000\n";

/// A stage over a collection with two entries, which moderators can change.
pub struct Room {
    /// The folder of collections.
    pub faq: TempDir,
    /// The local Discord and the bot.
    pub stage: Stage,
}

impl Room {
    /// A room whose server keeps the collection.
    pub async fn open() -> Self {
        Self::open_as(KEEPER).await
    }

    /// A room with these settings.
    pub async fn open_as(settings: &str) -> Self {
        Self::open_in("", settings).await
    }

    /// A room in which the local Discord is as a scenario says.
    pub async fn open_in(scenario: &str, settings: &str) -> Self {
        Self::open_logging(scenario, settings, "info").await
    }

    /// The same with a RUST_LOG of one's own.
    pub async fn open_logging(scenario: &str, settings: &str, log: &str) -> Self {
        let faq = tempfile::tempdir().unwrap();
        fs::create_dir(faq.path().join("colds")).unwrap();
        fs::write(faq.path().join("colds/collection.toml"), TOP).unwrap();
        fs::write(faq.path().join("colds/tea.md"), TEA).unwrap();
        fs::write(faq.path().join("colds/honey.md"), HONEY).unwrap();
        let stage = Stage::open_in(faq.path(), scenario, settings, log).await;
        stage.post("faults", json!({ "rate_limits": false })).await;
        Self { faq, stage }
    }

    /// The text of a file of the collection, if it is there.
    pub fn file(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.faq.path().join("colds").join(name)).ok()
    }

    /// What comes of a command: a message, or a form.
    pub async fn command(&self, author: &str, name: &str, options: Value) -> Value {
        self.command_in("questions", author, name, options).await
    }

    /// What comes of a command in a channel.
    pub async fn command_in(&self, channel: &str, author: &str, name: &str, options: Value) -> Value {
        let command = json!({ "channel": channel, "author": author, "name": name, "options": options });
        let id = self.stage.act("commands", command).await;
        self.after(&id).await
    }

    /// What comes of a button.
    pub async fn click(&self, row: &Value, author: &str, label: &str) -> Value {
        let id = self.stage.act("clicks", Stage::click(row, author, label)).await;
        self.after(&id).await
    }

    /// What comes of a choice from a menu.
    pub async fn choose(&self, row: &Value, author: &str, menu: &str, values: &[&str]) -> Value {
        let chosen = json!({ "message": row["id"], "author": author, "label": menu, "values": values });
        let id = self.stage.act("clicks", chosen).await;
        self.after(&id).await
    }

    /// What comes of an upload.
    pub async fn upload(&self, author: &str, name: &str, bytes: &[u8]) -> Value {
        let file = json!({ "name": name, "base64": STANDARD.encode(bytes) });
        self.command(author, "faq upload", json!({ "file": file })).await
    }

    /// Chooses the moderators' channel, and gives its greeting once whoever chose it is told, too.
    pub async fn keep_moderators_in(&self, channel: &str) -> Value {
        let panel = self.panel("Moderators").await;
        let after = panel["id"].as_str().unwrap();
        self.choose(&panel, "mo", "The moderators' channel", &[channel]).await;
        let is_told = |row: &Value| row["id"] == panel["id"] && text(row).contains("Moderators' channel: <#");
        self.stage.row(after, is_told).await;
        self.stage.row(after, |row| row["bot"] == true && row["channel"] == *channel).await
    }

    /// A part of the settings, as who may manage the server sees it.
    pub async fn panel(&self, part: &str) -> Value {
        let overview = self.command("mo", "faq setup", json!({})).await;
        self.click(&overview, "mo", part).await
    }

    /// What the bot says to a message that mentions it.
    pub async fn mention_in(&self, channel: &str, author: &str, text: &str) -> Value {
        let message = json!({ "channel": channel, "author": author, "content": text, "mention_bot": true });
        self.stage.say("messages", message).await
    }

    /// What comes of a form.
    pub async fn fill(&self, form: &Value, author: &str, fields: Value) -> Value {
        let id = self.stage.act("forms", json!({ "form": form["id"], "author": author, "fields": fields })).await;
        self.after(&id).await
    }

    /// The bot's message or form that is new or changed after this.
    pub async fn after(&self, id: &str) -> Value {
        let is_new = |row: &Value| row["changed"].as_str().is_some_and(|changed| later(id, changed) != id);
        self.stage.row(id, |row| row["bot"] == true && is_new(row)).await
    }

    /// Asks until the answer says this, which it must within a second.
    pub async fn check(&self, question: &str, passage: &str) {
        let started = Instant::now();
        loop {
            let answer = self.command("sam", "ask", json!({ "question": question })).await;
            if text(&answer).contains(passage) {
                break;
            }
            assert!(started.elapsed() < Duration::from_secs(3), "{question}: {answer}\n{}", self.stage.log());
        }
    }
}

/// The text of a row.
pub fn text(row: &Value) -> &str {
    row["content"].as_str().unwrap_or_default()
}
