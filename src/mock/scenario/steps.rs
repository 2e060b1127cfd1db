//! The steps of a scenario, and how they are played.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use tracing::{info, warn};

use crate::mock::player::Player;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::world::World;

/// What a step may do: the places of the control interface that take an order.
const DEEDS: [&str; 9] =
    ["messages", "commands", "clicks", "forms", "reactions", "threads", "permissions", "faults", "load"];
/// Those of them after which there is nothing to name.
const MAKES_NOTHING: [&str; 3] = ["permissions", "faults", "load"];
/// The keys of what a step is told whose values are ids.
const IDS: [&str; 4] = ["message", "reply_to", "form", "target"];
/// How a name ends that stands for a bot's answer to what it names.
const REPLY: &str = ".reply";
/// How long a bot has to register its commands, or to answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long to wait for a bot before looking again whether this Discord still stands.
const A_WHILE: Duration = Duration::from_secs(60);

/// Something that happens.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Step {
    /// How long after the step before.
    #[serde(default)]
    after_ms: u64,
    /// Which place of the control interface does it.
    #[serde(rename = "do")]
    deed: String,
    /// What that place is told.
    with: Value,
    /// The name by which later steps know what was made: `@name`, and `@name.reply` what a bot answered to it.
    #[serde(rename = "as", default)]
    name: Option<String>,
}

impl Step {
    /// The name by which later steps know what it made.
    pub(super) fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// What can't be of it, where steps of these names come before it.
    pub(super) fn problems<'s>(&'s self, before: &HashSet<&str>) -> impl Iterator<Item = String> + use<'s> {
        let unknown = (!DEEDS.contains(&self.deed.as_str()))
            .then(|| format!("there is no {:?} to `do`; there are {}", self.deed, DEEDS.join(", ")));
        let twice = self.name().filter(|name| before.contains(name));
        let twice = twice.map(|name| format!("an earlier step has the name {name:?}, too"));
        let nameless = self.name().filter(|_| MAKES_NOTHING.contains(&self.deed.as_str()));
        let nameless = nameless.map(|name| format!("{:?} makes nothing that {name:?} could name", self.deed));
        let names = before.iter().map(|name| format!("@{name}")).collect::<HashSet<String>>();
        let strangers = self.references().into_iter().filter(move |(_, name)| !names.contains(named(name)));
        let strangers = strangers.map(|(_, name)| format!("no step before it has the name that {name:?} stands for"));
        unknown.into_iter().chain(twice).chain(nameless).chain(strangers)
    }

    /// The keys whose values stand for something that an earlier step made, and these.
    fn references(&self) -> Vec<(&'static str, &str)> {
        let value = |key| self.with.get(key).and_then(Value::as_str).filter(|text| text.starts_with('@'));
        IDS.into_iter().filter_map(|key| Some((key, value(key)?))).collect()
    }
}

/// The name in a reference, with its sign.
fn named(reference: &str) -> &str {
    reference.strip_suffix(REPLY).unwrap_or(reference)
}

/// Plays the steps once a bot is there. What is refused is told to the operator, and the rest goes on.
pub(crate) async fn play(server: Shared, url: String, steps: Vec<Step>) {
    let player = Player::new(url);
    let mut made: HashMap<String, Id> = HashMap::new();
    let there = |world: &World| world.ready_bots(false).first().copied();
    while server.wait_for(A_WHILE, there).await.is_none() {
        if server.stop.is_cancelled() {
            return;
        }
    }
    for (number, step) in (1_u32..).zip(&steps) {
        tokio::select! {
            () = tokio::time::sleep(Duration::from_millis(step.after_ms)) => {}
            () = server.stop.cancelled() => return,
        }
        if let Err(error) = take(&server, &player, &mut made, step).await {
            warn!(target: "pamphlet::mock", step = number, error, "a step of the scenario was refused");
        }
    }
    info!(target: "pamphlet::mock", steps = steps.len(), "the scenario is played");
}

/// Takes a step. `made` holds what earlier ones made, by their names.
async fn take(server: &Shared, player: &Player, made: &mut HashMap<String, Id>, step: &Step) -> Result<(), String> {
    if step.deed == "commands" {
        server.wait_for(PATIENCE, |world| world.ready_bots(true).first().copied()).await;
    }
    let mut with = step.with.clone();
    for (key, reference) in step.references() {
        let named = named(reference);
        let mut meant = *made.get(named).ok_or("what it is about was refused")?;
        if named != reference {
            let answer = server.wait_for(PATIENCE, |world| world.answer_to(meant));
            meant = answer.await.ok_or("no bot answered in time")?;
        }
        with.as_object_mut().and_then(|with| with.insert(key.to_owned(), json!(meant)));
    }
    let path = format!("/mock/{}", step.deed);
    let done = tokio::select! {
        done = player.act("POST", &path, &with) => done?,
        () = server.stop.cancelled() => None,
    };
    if let (Some(name), Some(id)) = (step.name(), done.and_then(|id| id.parse().ok())) {
        made.insert(format!("@{name}"), id);
    }
    Ok(())
}
