//! What the bot does on messages.

use serenity::all::{
    Context, CreateAttachment, CreateEmbed, CreateMessage, CreateThread, EditMessage, GetMessages, HttpError, Message,
};
use serenity::{Error, Result};

/// Answers a message of a member's.
pub async fn hear(context: &Context, message: &Message) -> Result<()> {
    let channel = message.channel_id;
    let say = |content: String| channel.say(context, content);
    if message.guild_id.is_none() {
        return message.reply(context, format!("heard {}", message.content)).await.map(drop);
    }
    match message.content.as_str() {
        "hello" => drop(message.reply_ping(context, "heard hello").await?),
        "edit" => {
            let said = say("before".to_owned()).await?;
            channel.edit_message(context, said.id, EditMessage::new().content("after")).await?;
        }
        "delete" => say("soon gone".to_owned()).await?.delete(context).await?,
        "file" => {
            let files = [CreateAttachment::bytes("1", "one.txt"), CreateAttachment::bytes("2", "two.txt")];
            channel.send_files(context, files, CreateMessage::new().content("two files")).await?;
        }
        "embed" => {
            let embed = CreateEmbed::new().title("Title").description("Text");
            channel.send_message(context, CreateMessage::new().embed(embed)).await?;
        }
        "burst" => {
            for number in 1..=8 {
                say(number.to_string()).await?;
            }
        }
        "dm" => drop(message.author.direct_message(context, CreateMessage::new().content("in private")).await?),
        "thread" => {
            let thread = channel.create_thread_from_message(context, message.id, CreateThread::new("aside")).await?;
            thread.say(context, "in here").await?;
        }
        "history" => {
            let last = channel.messages(context, GetMessages::new().limit(2)).await?;
            let said: Vec<&str> = last.iter().rev().map(|message| message.content.as_str()).collect();
            say(said.join(" then ")).await?;
        }
        "react" => drop(message.react(context, '👀').await?),
        "typing" => {
            channel.broadcast_typing(context).await?;
            say("typed".to_owned()).await?;
        }
        "empty" => {
            let refused = channel.send_message(context, CreateMessage::new()).await;
            let code = match refused {
                Err(Error::Http(HttpError::UnsuccessfulRequest(refused))) => refused.error.code,
                _ => 0,
            };
            say(format!("refused {code}")).await?;
        }
        "channels" => say(channels(context, message).await?).await.map(drop)?,
        "member" => say(member(context, message).await?).await.map(drop)?,
        number if number.starts_with("number ") => drop(message.reply(context, number).await?),
        _ => {}
    }
    Ok(())
}

/// The names of the server's channels.
async fn channels(context: &Context, message: &Message) -> Result<String> {
    let guild = message.guild_id.ok_or(Error::Other("no server"))?;
    let mut channels: Vec<_> = guild.channels(context).await?.into_values().collect();
    channels.sort_by_key(|channel| channel.position);
    Ok(channels.into_iter().map(|channel| channel.name).collect::<Vec<_>>().join(" "))
}

/// The author's name and roles.
async fn member(context: &Context, message: &Message) -> Result<String> {
    let guild = message.guild_id.ok_or(Error::Other("no server"))?;
    let (member, roles) = (guild.member(context, message.author.id).await?, guild.roles(context).await?);
    let roles: Vec<&str> = member.roles.iter().filter_map(|id| roles.get(id)).map(|role| role.name.as_str()).collect();
    Ok(format!("{} {}", member.user.name, if roles.is_empty() { "none".to_owned() } else { roles.join(",") }))
}
