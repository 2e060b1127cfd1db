//! The steps of a scenario, and how they are played.

use std::collections::HashSet;
use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;
use tracing::{info, warn};

use crate::mock::player::Player;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::world::World;

/// What a step may do: the places of the control interface that take an order.
const DEEDS: [&str; 8] = ["messages", "commands", "clicks", "forms", "reactions", "threads", "faults", "load"];
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
        let names = before.iter().map(|name| format!("@{name}")).collect::<HashSet<String>>();
        let strangers = references(&self.with).into_iter().filter(move |name| !names.contains(named(name)));
        let strangers = strangers.map(|name| format!("no step before it has the name that {name:?} stands for"));
        unknown.into_iter().chain(twice).chain(strangers)
    }
}

/// What stands for the id of something that an earlier step made. A message's text stands for itself.
fn references(written: &Value) -> Vec<&str> {
    match written {
        Value::String(text) if text.starts_with('@') => vec![text],
        Value::Array(all) => all.iter().flat_map(references).collect(),
        Value::Object(all) => {
            all.iter().filter(|(key, _)| *key != "content").flat_map(|(_, one)| references(one)).collect()
        }
        _ => Vec::new(),
    }
}

/// The name in a reference, with its sign.
fn named(reference: &str) -> &str {
    reference.strip_suffix(REPLY).unwrap_or(reference)
}

/// Plays the steps once a bot is there. What is refused is told to the operator, and the rest goes on.
pub(crate) async fn play(server: Shared, url: String, steps: Vec<Step>) {
    let mut player = Player::new(url);
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
        if let Err(error) = take(&server, &mut player, step).await {
            warn!(target: "pamphlet::mock", step = number, error, "a step of the scenario was refused");
        }
    }
    info!(target: "pamphlet::mock", steps = steps.len(), "the scenario is played");
}

async fn take(server: &Shared, player: &mut Player, step: &Step) -> Result<(), String> {
    if step.deed == "commands" {
        server.wait_for(PATIENCE, |world| world.ready_bots(true).first().copied()).await;
    }
    for reference in references(&step.with) {
        if player.here(reference).is_some() {
            continue;
        }
        let asked: Id =
            player.here(named(reference)).and_then(|id| id.parse().ok()).ok_or("what it is about was refused")?;
        let answer =
            server.wait_for(PATIENCE, |world| world.answer_to(asked)).await.ok_or("no bot answered in time")?;
        player.know(reference.to_owned(), answer.to_string());
    }
    let path = format!("/mock/{}", step.deed);
    let done = tokio::select! {
        done = player.act("POST", &path, &step.with) => done?,
        () = server.stop.cancelled() => None,
    };
    if let (Some(name), Some(made)) = (step.name(), done) {
        player.know(format!("@{name}"), made);
    }
    Ok(())
}
