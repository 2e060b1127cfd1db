//! The bot of the conformance list, on discord.js.

use super::list::{Library, Limits, List};
use super::local::Local;
use super::program::{Program, need, script};
use crate::stage::TOKEN;
use serde_json::json;

const LIBRARY: Library = Library { limits: Limits::Foresees, gives_up_on: &[] };

/// Starts the bot, with some of four shards or the only one; none where a program is absent.
fn start(local: &Local, shards: Option<&str>) -> Option<Program> {
    let (node, _) = (need("node")?, need("discord.js")?);
    let arguments: Vec<&str> = [local.url(), TOKEN].into_iter().chain(shards).collect();
    Some(Program::start(script(&node, include_str!("discord_js.mjs"), &arguments)))
}

#[tokio::test]
async fn a_bot_on_discord_js_passes_the_list() {
    let local = Local::open();
    let Some(bot) = start(&local, None) else { return };
    List::check(&local, LIBRARY, || bot.said()).await;
}

#[tokio::test]
async fn a_bot_on_discord_js_splits_its_shards() {
    let local = Local::open();
    local.order(json!({ "login_limits": false })).await;
    let (Some(first), Some(second)) = (start(&local, Some("0,1/4")), start(&local, Some("2,3/4"))) else { return };
    List::check_shards(&local, || first.said() + &second.said()).await;
}
