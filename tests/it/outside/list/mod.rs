//! The conformance list: what a bot manages with the local Discord, point by point, on whichever library it is written.
//!
//! Every bot of this folder does the same, so that one list holds for all: [`commands`] registered, used, clicked and filled in,
//! [`messages`] written, changed, sent as files, in threads and in private, and a [`connection`] that is lost in every way.

mod commands;
mod connection;
mod messages;

use super::local::Local;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// How long a bot may take for what it does; longer than any library waits before it logs in again.
const PATIENCE: Duration = Duration::from_secs(45);
/// The fewest points that a library passes.
const FEWEST: usize = 60;

/// What a library does about the limits of requests.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Limits {
    /// It waits before it would be refused.
    Foresees,
    /// It waits once it was refused.
    Obeys,
    /// Nothing: it has to be without its limiter to talk to a local Discord.
    Ignores,
}

/// In what a library differs from the others.
#[derive(Clone, Copy)]
pub struct Library {
    /// What it does about the limits of requests.
    pub limits: Limits,
    /// The codes of closed connections after which it gives up, though Discord's table lets it come back.
    pub gives_up_on: &'static [u16],
}

/// A bot that goes through the list.
pub struct List<'l> {
    local: &'l Local,
    passed: Vec<String>,
    failed: Vec<String>,
}

impl<'l> List<'l> {
    /// Goes through the list with the bot that is connected. All that fails is told at once, with what the bot said of it. Whether
    /// all of it kept to Discord's document, the local Discord tells when it ends.
    pub async fn check(local: &'l Local, library: Library, log: impl Fn() -> String) {
        let mut list = Self { local, passed: Vec::new(), failed: Vec::new() };
        commands::check(&mut list).await;
        messages::check(&mut list, library.limits).await;
        connection::check(&mut list, library.gives_up_on).await;
        list.end(&log());
        assert!(list.passed.len() >= FEWEST, "only {} points", list.passed.len());
    }

    /// What holds for the bot in several processes: each has two of the four shards.
    pub async fn check_shards(local: &'l Local, log: impl Fn() -> String) {
        let mut list = Self { local, passed: Vec::new(), failed: Vec::new() };
        connection::check_shards(&mut list).await;
        list.end(&log());
    }

    fn end(&self, log: &str) {
        let [failed, passed] = [&self.failed, &self.passed].map(|points| points.join("\n- "));
        assert!(failed.is_empty(), "failed:\n- {failed}\npassed:\n- {passed}\nthe bot said:\n{log}");
    }

    /// A point of the list.
    fn point(&mut self, name: &str, found: &Value, expected: &Value) {
        if found == expected {
            self.passed.push(name.to_owned());
        } else {
            self.failed.push(format!("{name}: {found} instead of {expected}"));
        }
    }

    /// Sam writes this in a channel; gives the message.
    async fn write(&self, channel: &str, content: &str) -> String {
        self.local.act("messages", json!({ "channel": channel, "author": "sam", "content": content })).await
    }

    /// Sam writes this in #general; gives what the bot says then.
    async fn hear(&self, content: &str) -> Value {
        self.answer(&self.write("general", content).await).await
    }

    /// Sam uses a command in #general; gives what the bot says then.
    async fn command(&self, name: &str, options: Value) -> Value {
        let used = json!({ "channel": "general", "author": "sam", "name": name, "options": options });
        self.answer(&self.local.act("commands", used).await).await
    }

    /// What the bot says first after this.
    async fn answer(&self, after: &str) -> Value {
        self.rows(after, |rows| !rows.is_empty()).await.into_iter().next().unwrap_or_default()
    }

    /// What the bot says or changes after this, by age, once it is as wanted; what there is when the patience ends.
    async fn rows(&self, after: &str, wanted: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        let until = Instant::now() + PATIENCE;
        let (mut rows, mut after) = (BTreeMap::new(), after.to_owned());
        loop {
            let found: Vec<Value> = rows.values().cloned().collect();
            if wanted(&found) || Instant::now() >= until {
                return found;
            }
            let more = self.local.get(&format!("/mock/transcript?after={after}&wait_ms=2000")).await;
            for row in more.as_array().into_iter().flatten() {
                after = row["changed"].as_str().unwrap_or_default().to_owned();
                if row["bot"] == true {
                    rows.insert(number(&row["id"]), row.clone());
                }
            }
        }
    }
}

/// An id as a number, so that ids are in order.
fn number(id: &Value) -> u64 {
    id.as_str().and_then(|id| id.parse().ok()).unwrap_or_default()
}

/// Some of what a row says.
fn some<const N: usize>(row: &Value, keys: [&str; N]) -> Value {
    keys.iter().map(|key| row[*key].clone()).collect()
}

/// One thing that each row says.
fn each(rows: &[Value], key: &str) -> Value {
    rows.iter().map(|row| row[key].clone()).collect()
}
