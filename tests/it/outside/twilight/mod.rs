//! The bot of the conformance list, on twilight.

mod commands;
mod messages;

use super::list::{Library, Limits, List};
use super::local::Local;
use crate::stage::TOKEN;
use serde_json::json;
use std::error::Error;
use std::ops::RangeInclusive;
use std::sync::Arc;
use tokio::task::JoinSet;
use twilight_gateway::{ConfigBuilder, Event, EventTypeFlags, Intents, Shard, ShardId, StreamExt as _};
use twilight_http::Client;

// It reads what is left of a limit only where it was refused (twilight-http 0.18).
const LIBRARY: Library = Library { limits: Limits::Obeys, gives_up_on: &[] };

/// What may go wrong.
type Result = std::result::Result<(), Box<dyn Error + Send + Sync>>;

/// Handles one event.
async fn handle(http: &Client, event: Event) -> Result {
    match event {
        Event::Ready(ready) if ready.shard.is_none_or(|shard| shard.number() == 0) => {
            http.interaction(ready.application.id).set_global_commands(&commands::all()).await?;
        }
        Event::MessageCreate(message) if !message.author.bot => messages::hear(http, &message).await?,
        Event::InteractionCreate(interaction) => commands::answer(http, interaction.0).await?,
        _ => {}
    }
    Ok(())
}

async fn listen(http: Arc<Client>, mut shard: Shard) {
    while let Some(event) = shard.next_event(EventTypeFlags::all()).await {
        // What a shard can't read or has lost, it mends by itself.
        let Ok(event) = event else { continue };
        let http = Arc::clone(&http);
        tokio::spawn(async move { handle(&http, event).await.expect("an answer") });
    }
}

/// Starts some shards of so many; they end with what is given.
fn start(local: &Local, shards: RangeInclusive<u32>, total: u32) -> JoinSet<()> {
    let address = local.url().trim_start_matches("http://").to_owned();
    let http = Client::builder().token(TOKEN.to_owned()).proxy(address.clone(), true).build();
    let http = Arc::new(http);
    let intents = Intents::GUILDS | Intents::GUILD_MESSAGES | Intents::DIRECT_MESSAGES | Intents::MESSAGE_CONTENT;
    let config = ConfigBuilder::new(TOKEN.to_owned(), intents).proxy_url(format!("ws://{address}")).build();
    let shards = shards.map(|number| Shard::with_config(ShardId::new(number, total), config.clone()));
    shards.map(|shard| listen(Arc::clone(&http), shard)).collect()
}

#[tokio::test]
async fn a_bot_on_twilight_passes_the_list() {
    let local = Local::open();
    let _running = start(&local, 0..=0, 1);
    List::check(&local, LIBRARY, String::new).await;
}

#[tokio::test]
async fn a_bot_on_twilight_splits_its_shards() {
    let local = Local::open();
    local.order(json!({ "login_limits": false })).await;
    let _running = [start(&local, 0..=1, 4), start(&local, 2..=3, 4)];
    List::check_shards(&local, String::new).await;
}
