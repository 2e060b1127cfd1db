//! What the bot does on messages.

use serde_json::Value;
use twilight_http::Client;
use twilight_http::error::ErrorType;
use twilight_http::request::channel::reaction::RequestReactionType;
use twilight_model::channel::Message;
use twilight_model::http::attachment::Attachment;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;
use twilight_util::builder::embed::EmbedBuilder;

/// Answers a message of a member's.
pub async fn hear(http: &Client, message: &Message) -> super::Result {
    let channel = message.channel_id;
    let say = |content: String| async move { http.create_message(channel).content(&content).await };
    let Some(guild) = message.guild_id else {
        http.create_message(channel).content(&format!("heard {}", message.content)).await?;
        return Ok(());
    };
    match message.content.as_str() {
        "hello" => drop(http.create_message(channel).reply(message.id).content("heard hello").await?),
        "edit" => {
            let said = say("before".to_owned()).await?.model().await?;
            http.update_message(channel, said.id).content(Some("after")).await?;
        }
        "delete" => {
            let said = say("soon gone".to_owned()).await?.model().await?;
            http.delete_message(channel, said.id).await?;
        }
        "file" => {
            let file = |name: &str, content: &str, id| Attachment::from_bytes(name.to_owned(), content.into(), id);
            let files = [file("one.txt", "1", 1), file("two.txt", "2", 2)];
            http.create_message(channel).content("two files").attachments(&files).await?;
        }
        "embed" => {
            let embed = EmbedBuilder::new().title("Title").description("Text").build();
            http.create_message(channel).embeds(&[embed]).await?;
        }
        "burst" => {
            for number in 1..=8 {
                say(number.to_string()).await?;
            }
        }
        "dm" => {
            let direct = http.create_private_channel(message.author.id).await?.model().await?;
            http.create_message(direct.id).content("in private").await?;
        }
        "thread" => {
            let thread = http.create_thread_from_message(channel, message.id, "aside").await?.model().await?;
            http.create_message(thread.id).content("in here").await?;
        }
        "history" => {
            let last = http.channel_messages(channel).limit(2).await?.models().await?;
            let said: Vec<&str> = last.iter().rev().map(|message| message.content.as_str()).collect();
            say(said.join(" then ")).await?;
        }
        "react" => {
            http.create_reaction(channel, message.id, &RequestReactionType::Unicode { name: "👀" }).await?;
        }
        "typing" => {
            http.create_typing_trigger(channel).await?;
            say("typed".to_owned()).await?;
        }
        "empty" => {
            let code = match http.create_message(channel).await.map_err(|error| error.into_parts().0) {
                Err(ErrorType::Response { body, .. }) => serde_json::from_slice::<Value>(&body)?["code"].clone(),
                _ => Value::Null,
            };
            say(format!("refused {code}")).await?;
        }
        "channels" => drop(say(channels(http, guild).await?).await?),
        "member" => drop(say(member(http, guild, message).await?).await?),
        number if number.starts_with("number ") => {
            http.create_message(channel).reply(message.id).content(number).await?;
        }
        _ => {}
    }
    Ok(())
}

/// The names of the server's channels.
async fn channels(http: &Client, guild: Id<GuildMarker>) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
    let mut channels = http.guild_channels(guild).await?.models().await?;
    channels.sort_by_key(|channel| channel.position);
    Ok(channels.into_iter().filter_map(|channel| channel.name).collect::<Vec<_>>().join(" "))
}

/// The author's name and roles.
async fn member(
    http: &Client,
    guild: Id<GuildMarker>,
    message: &Message,
) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
    let member = http.guild_member(guild, message.author.id).await?.model().await?;
    let roles = http.roles(guild).await?.models().await?;
    let roles = roles.into_iter().filter(|role| member.roles.contains(&role.id)).map(|role| role.name);
    let roles: Vec<String> = roles.collect();
    Ok(format!("{} {}", member.user.name, if roles.is_empty() { "none".to_owned() } else { roles.join(",") }))
}
