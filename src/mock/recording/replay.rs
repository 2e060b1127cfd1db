//! The replay: does again what members did, and compares what they see with what they saw then.

use std::time::Duration;

use serde_json::Value;

use super::reel::{Deed, Reel, Scene};
use crate::mock::player::Player;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::transcript::rows;
use crate::mock::world::World;

/// How long a bot has to say what it said then.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long to wait for bots before looking again whether this Discord still stands.
const A_WHILE: Duration = Duration::from_secs(60);
/// What of a row tells which one it is, besides what it replies to.
const PLACE: [&str; 5] = ["author", "bot", "server", "channel", "dm_with"];
/// What of a row is compared.
const COMPARED: [&str; 10] =
    ["content", "buttons", "selects", "files", "reactions", "thread", "pings", "private_to", "deleted", "form"];
/// The most characters of a row that are told.
const TOLD: usize = 60;

/// What came of a replay.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// How much was done.
    pub deeds: usize,
    /// How many rows by bots were compared.
    pub rows: usize,
    /// What isn't as it was, a sentence each.
    pub differences: Vec<String>,
}

/// Waits for as many bots as there were, then does what members did, each time as soon as the bots said what they had said
/// before it, or `in_time` as it was then.
pub(crate) async fn replay(server: &Shared, url: String, reel: &Reel, in_time: bool) -> Outcome {
    let mut replay = Replay { server, player: Player::new(url), outcome: Outcome::default() };
    let ready = |world: &World| {
        let (all, offering) = (world.ready_bots(false).len(), world.ready_bots(true).len());
        (all >= reel.bots && offering >= reel.offering).then_some(())
    };
    while server.wait_for(A_WHILE, ready).await.is_none() {
        if server.stop.is_cancelled() {
            return replay.outcome;
        }
    }
    let mut before = reel.scenes.iter().find_map(|scene| match scene {
        Scene::Deed(deed) => Some(deed.ms),
        Scene::Row(_) => None,
    });
    for scene in &reel.scenes {
        match scene {
            Scene::Deed(deed) => {
                let gap = deed.ms.saturating_sub(before.replace(deed.ms).unwrap_or_default());
                if in_time {
                    tokio::time::sleep(Duration::from_millis(gap)).await;
                }
                replay.act(deed).await;
            }
            Scene::Row(row) => replay.find(row).await,
        }
    }
    for scene in &reel.scenes {
        if let Scene::Row(row) = scene {
            replay.compare(row).await;
        }
    }
    replay.look_for_new();
    replay.outcome
}

struct Replay<'r> {
    server: &'r Shared,
    player: Player,
    outcome: Outcome,
}

impl Replay<'_> {
    async fn act(&mut self, deed: &Deed) {
        let Deed { method, path, body, made, .. } = deed;
        let stop = self.server.stop.clone();
        let done = tokio::select! {
            done = self.player.act(method, path, body) => done,
            () = stop.cancelled() => Err("this Discord ended".to_owned()),
        };
        self.outcome.deeds += 1;
        match (done, made) {
            (Ok(Some(here)), Some(then)) => self.player.know(then.clone(), here),
            (Ok(_), _) => {}
            (Err(why), _) => {
                self.outcome.differences.push(format!("{method} {path} was done then and is refused: {why}"))
            }
        }
    }

    /// Finds what stands here for a row of then; waits for it if a bot wrote it.
    async fn find(&mut self, then: &Value) {
        let id = text(then, "id").to_owned();
        if self.player.here(&id).is_some() {
            return;
        }
        let patience = if then.get("bot") == Some(&Value::Bool(true)) { PATIENCE } else { Duration::ZERO };
        let player = &self.player;
        let found = self.server.wait_for(patience, |world| {
            let here = all(world).into_iter().find(|now| is_for(player, then, now))?;
            Some(text(&here, "id").to_owned())
        });
        match found.await {
            Some(here) => self.player.know(id, here),
            None => self.outcome.differences.push(format!("{} is missing", told(then))),
        }
    }

    /// Compares a row of then with the one that stands here for it.
    async fn compare(&mut self, then: &Value) {
        let Some(here) = self.player.here(text(then, "id")).map(str::to_owned) else { return };
        let now = |world: &World| all(world).into_iter().find(|row| text(row, "id") == here);
        let same = |world: &World| now(world).filter(|now| differing(then, now).next().is_none());
        self.outcome.rows += usize::from(then.get("bot") == Some(&Value::Bool(true)));
        if self.server.wait_for(PATIENCE, same).await.is_some() {
            return;
        }
        let now = now(&self.server.world()).unwrap_or_default();
        for key in differing(then, &now) {
            let value = |row: &Value| shortened(&row.get(key).map(Value::to_string).unwrap_or_default());
            let words = format!("{}: its {key} was {} and is {}", told(then), value(then), value(&now));
            self.outcome.differences.push(words);
        }
    }

    /// Tells of what bots wrote that nobody wrote then.
    fn look_for_new(&mut self) {
        let by_bots = |row: &Value| row.get("bot") == Some(&Value::Bool(true)) && row.get("deleted").is_none();
        let new = all(&self.server.world()).into_iter().filter(by_bots);
        let new = new.filter(|row| !self.player.is_known(text(row, "id")));
        let words: Vec<String> = new.map(|row| format!("{} is new", told(&row))).collect();
        self.outcome.differences.extend(words);
    }
}

/// Every row, in the order of the last changes.
fn all(world: &World) -> Vec<Value> {
    rows(world, Some(Id(0)), false).iter().map(|row| serde_json::to_value(row).unwrap_or_default()).collect()
}

/// Whether a row may stand for one of then: in the same place, by the same author, to what stands for the same.
fn is_for(player: &Player, then: &Value, now: &Value) -> bool {
    let replied = text(then, "reply_to");
    PLACE.iter().all(|key| then.get(key) == now.get(key))
        && player.here(replied).unwrap_or(replied) == text(now, "reply_to")
        && !player.is_known(text(now, "id"))
}

fn differing<'a>(then: &'a Value, now: &'a Value) -> impl Iterator<Item = &'static str> + 'a {
    COMPARED.into_iter().filter(|key| shown(then, key) != shown(now, key))
}

/// What a row shows under this key; of a form without its id.
fn shown(row: &Value, key: &str) -> Value {
    let mut value = row.get(key).cloned().unwrap_or_default();
    if let Some(form) = value.as_object_mut().filter(|_| key == "form") {
        form.remove("id");
    }
    value
}

fn told(row: &Value) -> String {
    let what = if text(row, "content").is_empty() { "(no text)" } else { text(row, "content") };
    format!("{} in {}: “{}”", text(row, "author"), text(row, "channel"), shortened(what))
}

fn shortened(text: &str) -> String {
    let line = text.replace('\n', " ");
    match line.char_indices().nth(TOLD) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

fn text<'v>(row: &'v Value, key: &str) -> &'v str {
    row.get(key).and_then(Value::as_str).unwrap_or_default()
}
