//! The bot of the conformance list, on serenity and with serenity's own HTTP client.

mod commands;
mod messages;

use super::list::{Library, Limits, List};
use super::local::Local;
use crate::stage::TOKEN;
use serde_json::json;
use serenity::all::{
    ClientBuilder, Command, Context, EventHandler, GatewayIntents, HttpBuilder, Interaction, Message, Ready,
    ShardManager,
};
use serenity::{Client, async_trait};
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime;

// With its limiter on, serenity passes the proxy by and goes to the real Discord. After 4003 it starts the shard anew twice.
const LIBRARY: Library = Library { limits: Limits::Ignores, gives_up_on: &[4003] };

/// How long shards may take to end.
const FAREWELL: Duration = Duration::from_secs(3);

struct Bot;

#[async_trait]
impl EventHandler for Bot {
    async fn ready(&self, context: Context, ready: Ready) {
        if ready.shard.is_none_or(|shard| shard.id.0 == 0) {
            Command::set_global_commands(context, commands::all()).await.expect("registered commands");
        }
    }

    async fn message(&self, context: Context, message: Message) {
        if !message.author.bot {
            messages::hear(&context, &message).await.expect("an answer to a message");
        }
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        commands::answer(&context, interaction).await.expect("an answer to an interaction");
    }
}

async fn client(local: &Local) -> Client {
    // With its limiter on, serenity passes the proxy by and goes to the real Discord.
    let http = HttpBuilder::new(TOKEN).proxy(local.url()).ratelimiter_disabled(true).build();
    let intents = GatewayIntents::GUILDS
        | GatewayIntents::GUILD_MESSAGES
        | GatewayIntents::DIRECT_MESSAGES
        | GatewayIntents::MESSAGE_CONTENT;
    let client = ClientBuilder::new_with_http(http, intents).event_handler(Bot).await.expect("a client");
    // When it can't ask for the gateway's address, serenity takes the real one.
    assert!(client.ws_url.lock().await.starts_with("ws://127.0.0.1"));
    client
}

/// Starts some shards of four, or the only one, in a runtime of their own, as if it were a process of its own.
async fn start(local: &Local, shards: Option<Range<u32>>) -> Arc<ShardManager> {
    let mut client = client(local).await;
    let manager = Arc::clone(&client.shard_manager);
    std::thread::spawn(move || {
        let runtime = runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async move {
            match shards {
                Some(range) => client.start_shard_range(range, 4).await,
                None => client.start().await,
            }
            .ok()
        })
    });
    manager
}

/// Ends shards, as far as they end: serenity 0.12 may wait for one for ever that is just being started anew.
async fn end(shards: &ShardManager) {
    let _ = tokio::time::timeout(FAREWELL, shards.shutdown_all()).await;
}

#[tokio::test]
async fn a_bot_on_serenity_passes_the_list() {
    let local = Local::open();
    let shards = start(&local, None).await;
    List::check(&local, LIBRARY, String::new).await;
    end(&shards).await;
}

#[tokio::test]
async fn a_bot_on_serenity_splits_its_shards() {
    let local = Local::open();
    local.order(json!({ "max_concurrency": 16 })).await;
    // In serenity 0.12 the end of a range is left out.
    let [first, second] = [start(&local, Some(0..2)).await, start(&local, Some(2..4)).await];
    List::check_shards(&local, String::new).await;
    end(&first).await;
    end(&second).await;
}
