//! A bot on discord.js meets the local Discord.

use super::local::Local;
use super::program::{Program, need, script};
use crate::stage::TOKEN;

#[tokio::test]
async fn a_bot_on_discord_js_logs_in_replies_and_answers() {
    let (Some(node), Some(_)) = (need("node"), need("discord.js")) else { return };
    let local = Local::open();
    let bot = Program::start(script(&node, include_str!("discord_js.mjs"), &[local.url(), TOKEN]));
    local.check_bot(|| bot.said()).await;
}
