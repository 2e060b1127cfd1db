//! The replay: does again what members did, and compares what they see with what they saw then.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;
use tokio::time::{Instant, sleep_until};
use tracing::info;

use super::reel::{Deed, Reel, Scene};
use crate::mock::player::Player;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::transcript::{Row, rows};
use crate::mock::world::World;

/// How long a bot has to say what it said then.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a row has to become what it was then.
const A_MOMENT: Duration = Duration::from_secs(3);
/// After so long without a row, bots write no more.
const QUIET: Duration = Duration::from_secs(1);
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
/// before it, or `in_time` as late as it was then.
pub(crate) async fn replay(server: &Shared, url: String, reel: &Reel, in_time: bool) -> Outcome {
    let mut replay = Replay { server, reel, player: Player::new(url), outcome: Outcome::default() };
    info!(target: "pamphlet::mock", bots = reel.bots, "the recording is done again once so many bots are there");
    while server.wait_for(A_WHILE, |world| replay.is_ready(world)).await.is_none() {
        if server.stop.is_cancelled() {
            return replay.outcome;
        }
    }
    replay.know_names();
    let started = Instant::now();
    for (number, scene) in reel.scenes.iter().enumerate() {
        match scene {
            Scene::Deed(deed) => {
                if in_time {
                    let later = deed.ms.saturating_sub(reel.first_deed_ms());
                    sleep_until(started + Duration::from_millis(later)).await;
                }
                replay.act(deed).await;
            }
            Scene::Row(row) => replay.meet(number, row).await,
        }
    }
    replay.compare().await;
    replay.look_for_new().await;
    replay.outcome
}

struct Replay<'r> {
    server: &'r Shared,
    reel: &'r Reel,
    player: Player,
    outcome: Outcome,
}

impl Replay<'_> {
    /// Whether as many bots are there as then.
    fn is_ready(&self, world: &World) -> Option<()> {
        let (all, offering) = (world.ready_bots(false).len(), world.ready_bots(true).len());
        (all >= self.reel.bots && offering >= self.reel.offering).then_some(())
    }

    /// Notes which servers, channels and members here are those of then.
    fn know_names(&mut self) {
        let here = self.server.world().ids_by_name();
        for (name, then) in &self.reel.ids {
            here.get(name).into_iter().for_each(|here| self.player.know(then.to_string(), here.to_string()));
        }
    }

    async fn act(&mut self, deed: &Deed) {
        let Deed { method, path, body, made, .. } = deed;
        // A fault may have sent the bots away.
        self.server.wait_for(PATIENCE, |world| self.is_ready(world)).await;
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

    /// Waits until there is a row like this one of then, or like what became of it; one of a bot, that is: what members write is
    /// there once it is done.
    async fn meet(&mut self, number: usize, then: &Value) {
        let id = text(then, "id");
        let patience = if is_by_bot(then) { PATIENCE } else { Duration::ZERO };
        if self.player.here(id).is_none() {
            let player = &self.player;
            let found = self.server.wait_for(patience, |world| {
                let here = all(world).into_iter().find(|now| is_for(player, then, now))?;
                Some(text(&here, "id").to_owned())
            });
            match found.await {
                Some(here) => self.player.know(id.to_owned(), here),
                None if is_by_bot(then) => return self.outcome.differences.push(format!("{} is missing", told(then))),
                None => return,
            }
        }
        let later: Vec<Value> = self.versions(id, number).map(|row| self.player.translated(row)).collect();
        let like_one = |world: &World| {
            let now = self.here(world, id)?;
            later.iter().any(|then| differing(then, &now).next().is_none()).then_some(())
        };
        self.server.wait_for(patience.min(A_MOMENT), like_one).await;
    }

    /// A row of then, from this scene on.
    fn versions<'v>(&'v self, id: &'v str, from: usize) -> impl Iterator<Item = &'v Value> {
        self.reel.scenes.iter().skip(from).filter_map(move |scene| match scene {
            Scene::Row(row) if text(row, "id") == id => Some(row),
            _ => None,
        })
    }

    /// The row that stands here for one of then.
    fn here(&self, world: &World, id: &str) -> Option<Value> {
        let here = self.player.here(id)?;
        all(world).into_iter().find(|row| text(row, "id") == here)
    }

    /// Compares the rows of then, as they were in the end, with those here.
    async fn compare(&mut self) {
        let mut last: BTreeMap<&str, &Value> = BTreeMap::new();
        for scene in &self.reel.scenes {
            if let Scene::Row(row) = scene {
                last.insert(text(row, "id"), row);
            }
        }
        let until = Instant::now() + A_MOMENT;
        for (id, row) in last.into_iter().filter(|(id, _)| self.player.here(id).is_some()) {
            self.outcome.rows += usize::from(is_by_bot(row));
            let then = self.player.translated(row);
            let same =
                |world: &World| self.here(world, id).filter(|now| differing(&then, now).next().is_none()).map(|_| ());
            if self.server.wait_for(until.saturating_duration_since(Instant::now()), same).await.is_some() {
                continue;
            }
            let now = self.here(&self.server.world(), id).unwrap_or_default();
            for key in differing(&then, &now) {
                let value = |row: &Value| shortened(&row.get(key).map(Value::to_string).unwrap_or_default());
                let words = format!("{}: its {key} was {} and is {}", told(row), value(&then), value(&now));
                self.outcome.differences.push(words);
            }
        }
    }

    /// Tells of what bots wrote that nobody wrote then, once they write no more.
    async fn look_for_new(&mut self) {
        let mut last = Id(0);
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            let newer = |world: &World| rows(world, Some(last), false).last().map(Row::changed);
            let Some(newest) = self.server.wait_for(QUIET, newer).await else { break };
            last = newest;
        }
        let new = all(&self.server.world()).into_iter();
        let new = new.filter(|row| is_by_bot(row) && row.get("deleted").is_none());
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
        && (is_by_bot(then) || then.get("content") == now.get("content"))
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

fn is_by_bot(row: &Value) -> bool {
    row.get("bot") == Some(&Value::Bool(true))
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
