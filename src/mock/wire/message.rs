//! Messages on the wire, each in the form that its reader may see.

use serde_json::{Value, json};

use crate::mock::reading::{circumstances, is_readable};
use crate::mock::snowflake::{Id, written};
use crate::mock::wire::{channel, entry, user, with};
use crate::mock::world::{Answered, Message, Reaction, Reader, World};

/// Discord's numbers for the kinds of message.
const DEFAULT: u8 = 0;
const REPLY: u8 = 19;
const COMMAND: u8 = 20;
const MENU_COMMAND: u8 = 23;
/// A thread hangs on the message.
const HAS_THREAD: u64 = 1 << 5;

/// A message as REST gives it.
pub(crate) fn message(world: &World, message: &Message, reader: Reader) -> Value {
    let mut wire = single(world, message, reader);
    if let Some(reference) = message.reference {
        let replied = world.message(reference).map_or(Value::Null, |replied| single(world, replied, reader));
        wire = with(wire, json!({ "referenced_message": replied }));
    }
    wire
}

/// A message as an event gives it: with the kind of its channel, and in the server also with what its author and those
/// mentioned are there.
pub(crate) fn event(world: &World, shown: &Message, reader: Reader) -> Value {
    let Some(place) = world.channels.get(&shown.channel) else { return Value::Null };
    let wire = with(message(world, shown, reader), json!({ "channel_type": channel::kind(place) }));
    if place.is_direct() {
        return wire;
    }
    let membership = |id: Id| world.user(id).map_or(Value::Null, |found| user::membership(world, found));
    let mentions: Vec<Value> = (shown.pings.users.iter())
        .map(|id| with(user::user(world, *id), json!({ "member": membership(*id) })))
        .collect();
    with(wire, json!({ "guild_id": world.guild, "member": membership(shown.author), "mentions": mentions }))
}

/// The notice that a message is gone.
pub(crate) fn deleted(world: &World, id: Id, channel: Id) -> Value {
    let notice = json!({ "id": id, "channel_id": channel });
    let direct = world.channels.get(&channel).is_none_or(|channel| channel.is_direct());
    if direct { notice } else { with(notice, json!({ "guild_id": world.guild })) }
}

/// A message that its reader may read whatever their intents, such as the one that a menu command is used on.
pub(crate) fn in_full(world: &World, shown: &Message, bot: Id) -> Value {
    message(world, shown, Reader { bot, content: true })
}

/// A message without the one that it replies to.
fn single(world: &World, message: &Message, reader: Reader) -> Value {
    let readable = is_readable(circumstances(world, message, reader));
    let mentions: Vec<Value> = message.pings.users.iter().map(|id| user::user(world, *id)).collect();
    let shown = |parts: &[Value]| if readable { parts.to_vec() } else { Vec::new() };
    let mut wire = json!({
        "id": message.id,
        "channel_id": message.channel,
        "type": kind(message),
        "author": user::user(world, message.author),
        "content": if readable { message.content.as_str() } else { "" },
        "timestamp": written(message.id.time()),
        "edited_timestamp": message.edited.map(written),
        "tts": false,
        "mention_everyone": message.pings.everyone,
        "mentions": mentions,
        "mention_roles": message.pings.roles,
        "attachments": shown(&message.attachments),
        "embeds": shown(&message.embeds),
        "components": shown(&message.components),
        "flags": message.flags,
        "pinned": false,
    });
    if let Some(nonce) = message.nonce.as_ref().filter(|_| message.author == reader.bot) {
        wire = with(wire, json!({ "nonce": nonce }));
    }
    if !message.reactions.is_empty() {
        let reactions: Vec<Value> = message.reactions.iter().map(|given| reaction(given, reader.bot)).collect();
        wire = with(wire, json!({ "reactions": reactions }));
    }
    if let Some(thread) = world.channels.get(&message.id) {
        wire = with(wire, json!({ "flags": message.flags | HAS_THREAD, "thread": channel::channel(world, thread) }));
    }
    if let Some(reference) = message.reference {
        wire = with(wire, json!({ "message_reference": reference_to(world, message.channel, reference) }));
    }
    if let Some(answered) = &message.answers {
        wire = with(wire, answer_keys(world, message, answered));
    }
    wire
}

/// An emoji of Unicode's; there are no others here.
pub(crate) fn emoji(emoji: &str) -> Value {
    json!({ "id": null, "name": emoji })
}

fn reaction(given: &Reaction, reader: Id) -> Value {
    let count = given.by.len();
    json!({
        "emoji": emoji(&given.emoji),
        "count": count,
        "count_details": { "burst": 0, "normal": count },
        "burst_colors": [],
        "me_burst": false,
        "me": given.by.contains(&reader),
    })
}

fn kind(message: &Message) -> u8 {
    match &message.answers {
        Some(answered) if answered.command.is_some() && answered.menu => MENU_COMMAND,
        Some(answered) if answered.command.is_some() => COMMAND,
        _ if message.reference.is_some() => REPLY,
        _ => DEFAULT,
    }
}

fn reference_to(world: &World, channel: Id, message: Id) -> Value {
    let direct = world.channels.get(&channel).is_none_or(|channel| channel.is_direct());
    let reference = json!({ "type": 0, "channel_id": channel, "message_id": message });
    if direct { reference } else { with(reference, json!({ "guild_id": world.guild })) }
}

/// What an answer to an interaction says of it.
fn answer_keys(world: &World, message: &Message, answered: &Answered) -> Value {
    let keys = json!({
        "application_id": message.author,
        "webhook_id": message.author,
        "interaction_metadata": metadata(world, answered),
    });
    match &answered.command {
        None => keys,
        Some(name) => {
            let member = user::user(world, answered.member);
            let short = json!({ "id": answered.interaction, "type": answered.kind, "name": name, "user": member });
            with(keys, entry("interaction", short))
        }
    }
}

fn metadata(world: &World, answered: &Answered) -> Value {
    let common = json!({
        "id": answered.interaction,
        "type": answered.kind,
        "user": user::user(world, answered.member),
        "authorizing_integration_owners": { "0": world.guild },
    });
    let about = answered.about.map(|id| json!(id));
    match (&answered.command, &answered.trigger) {
        (Some(name), _) => with(
            common,
            about.map_or(entry("name", name.as_str()), |id| json!({ "name": name, "target_message_id": id })),
        ),
        (None, Some(trigger)) => with(common, entry("triggering_interaction_metadata", metadata(world, trigger))),
        (None, None) => with(common, json!({ "interacted_message_id": about })),
    }
}
