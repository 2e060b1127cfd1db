//! A bot on serenity, with serenity's own HTTP client, meets the local Discord.

use super::local::Local;
use crate::stage::TOKEN;
use serenity::all::{
    ClientBuilder, Command, Context, CreateCommand, CreateInteractionResponse, CreateInteractionResponseMessage,
    CreateMessage, EventHandler, GatewayIntents, HttpBuilder, Interaction, Message, Ready,
};
use serenity::async_trait;

struct Bot;

#[async_trait]
impl EventHandler for Bot {
    async fn ready(&self, context: Context, _: Ready) {
        let ping = CreateCommand::new("ping").description("Answers");
        Command::set_global_commands(context, vec![ping]).await.expect("a registered command");
    }

    async fn message(&self, context: Context, message: Message) {
        if message.author.bot {
            return;
        }
        let reply = CreateMessage::new().content(format!("heard {}", message.content)).reference_message(&message);
        message.channel_id.send_message(context, reply).await.expect("a reply");
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        let Interaction::Command(command) = interaction else { return };
        let pong = CreateInteractionResponseMessage::new().content("pong").ephemeral(true);
        command.create_response(context, CreateInteractionResponse::Message(pong)).await.expect("an answer");
    }
}

#[tokio::test]
async fn a_bot_on_serenity_logs_in_replies_and_answers() {
    let local = Local::open();
    // With its limiter on, serenity passes the proxy by and goes to the real Discord.
    let http = HttpBuilder::new(TOKEN).proxy(local.url()).ratelimiter_disabled(true).build();
    let intents = GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES;
    let mut client = ClientBuilder::new_with_http(http, intents).event_handler(Bot).await.expect("a client");
    // When it can't ask for the gateway's address, serenity takes the real one.
    assert!(client.ws_url.lock().await.starts_with("ws://127.0.0.1"));
    let shards = client.shard_manager.clone();
    let running = tokio::spawn(async move { client.start().await });
    local.check_bot(String::new).await;
    shards.shutdown_all().await;
    running.await.expect("no panic").expect("a clean end");
}
