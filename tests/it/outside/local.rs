//! The local Discord on its own, for bots that aren't pamphlet.

use crate::stage::{Discord, pamphlet};
use serde_json::{Value, json};
use std::process::Stdio;
use std::time::Duration;

/// How long anything may take on a busy machine; longer than what is asked of the local Discord below.
const PATIENCE: Duration = Duration::from_secs(40);

/// The process `pamphlet mock`.
pub struct Local {
    discord: Discord,
    http: reqwest::Client,
}

impl Local {
    /// Starts it on a free port.
    pub fn open() -> Self {
        let discord = Discord::start(pamphlet().args(["mock", "--listen", "127.0.0.1:0"]), Stdio::null());
        let http = reqwest::Client::builder().no_proxy().timeout(PATIENCE).build().expect("a client");
        Self { discord, http }
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.discord.url
    }

    /// What any bot must manage that has one command, `ping`: it logs in and registers it, hears a message and replies
    /// `heard` and the words, and answers the command with a private `pong`. `log` tells what the bot said of itself.
    pub async fn check_bot(&self, log: impl Fn() -> String) {
        let ready = self.get("/mock/ready?wait_ms=30000").await;
        assert_eq!(ready["bots"][0]["commands"], json!(["ping"]), "{ready}\n{}", log());

        let message = json!({ "channel": "general", "author": "sam", "content": "hello there", "mention_bot": true });
        let message = self.act("messages", message).await;
        let reply = self.reply(&message, &log).await;
        assert_eq!(reply["reply_to"], message.as_str(), "{reply:#}");
        let content = reply["content"].as_str().unwrap_or_default();
        assert!(content.starts_with("heard ") && content.ends_with(" hello there"), "{reply:#}");

        let command = json!({ "channel": "general", "author": "alex", "name": "ping" });
        let answer = self.reply(&self.act("commands", command).await, &log).await;
        assert_eq!([&answer["content"], &answer["private_to"]], ["pong", "alex"], "{answer:#}");
    }

    /// What a bot said after this.
    async fn reply(&self, after: &str, log: impl Fn() -> String) -> Value {
        let rows = self.get(&format!("/mock/transcript?after={after}&wait_ms=30000")).await;
        let row = rows.as_array().and_then(|rows| rows.iter().find(|row| row["bot"] == true));
        row.unwrap_or_else(|| panic!("no reply after {after}: {rows:#}\n{}", log())).clone()
    }

    async fn get(&self, path: &str) -> Value {
        let answer = self.http.get(format!("{}{path}", self.url())).send().await.expect("an answer");
        answer.json().await.expect("JSON")
    }

    /// Acts on the control interface and gives the id of what came of it.
    async fn act(&self, what: &str, body: Value) -> String {
        let answer = self.http.post(format!("{}/mock/{what}", self.url())).json(&body).send().await.expect("an answer");
        let answer: Value = answer.json().await.expect("JSON");
        answer["id"].as_str().unwrap_or_else(|| panic!("{what} {body}: {answer}")).to_owned()
    }
}
