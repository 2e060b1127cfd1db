//! A bot on discord.py meets the local Discord.

use super::local::Local;
use super::program::{Program, miss, need};
use crate::shipped::root;
use crate::stage::TOKEN;
use std::path::Path;
use std::process::{Command, Stdio};

#[tokio::test]
async fn a_bot_on_discord_py_logs_in_replies_and_answers() {
    let Some(python) = need("python3") else { return };
    if !has_discord(&python) {
        return miss("discord.py");
    }
    let local = Local::open();
    let mut command = Command::new(python);
    command.arg(root().join("tests/it/outside/discord_py.py")).args([local.url(), TOKEN]);
    let bot = Program::start(command);
    local.check_bot(|| bot.said()).await;
}

fn has_discord(python: &Path) -> bool {
    let tried = Command::new(python).args(["-c", "import discord"]).stderr(Stdio::null()).status();
    tried.is_ok_and(|status| status.success())
}
