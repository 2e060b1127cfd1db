//! The bot of the conformance list, on discord.py.

use super::list::{Library, Limits, List};
use super::local::Local;
use super::program::{Program, miss, need};
use crate::shipped::root;
use crate::stage::TOKEN;
use serde_json::json;
use std::path::Path;
use std::process::{Command, Stdio};

const LIBRARY: Library = Library { limits: Limits::Foresees, gives_up_on: &[] };

/// Starts the bot, with some of four shards or the only one; none where a program is absent.
fn start(local: &Local, shards: Option<&str>) -> Option<Program> {
    let python = need("python3")?;
    if !has_discord(&python) {
        miss("discord.py");
        return None;
    }
    let mut command = Command::new(python);
    command.arg(root().join("tests/it/outside/discord_py.py")).args([local.url(), TOKEN]).args(shards);
    Some(Program::start(command))
}

fn has_discord(python: &Path) -> bool {
    let tried = Command::new(python).args(["-c", "import discord"]).stderr(Stdio::null()).status();
    tried.is_ok_and(|status| status.success())
}

#[tokio::test]
async fn a_bot_on_discord_py_passes_the_list() {
    let local = Local::open();
    let Some(bot) = start(&local, None) else { return };
    List::check(&local, LIBRARY, || bot.said()).await;
}

#[tokio::test]
async fn a_bot_on_discord_py_splits_its_shards() {
    let local = Local::open();
    local.order(json!({ "login_limits": false })).await;
    let (Some(first), Some(second)) = (start(&local, Some("0,1/4")), start(&local, Some("2,3/4"))) else { return };
    List::check_shards(&local, || first.said() + &second.said()).await;
}
