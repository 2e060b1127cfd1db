//! Messages on the wire, each in the form that its reader may see.

use serde_json::{Value, json};

use crate::mock::reading::{circumstances, is_readable};
use crate::mock::snowflake::{Id, written};
use crate::mock::wire::{channel, entry, user, with};
use crate::mock::world::{Answered, Message, Reaction, Reader, SUPPRESS_EMBEDS, World};

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
    let Some(guild) = place.guild else { return wire };
    let member = |id: Id| user::nameless_member(world, guild, id);
    let mentions = shown.pings.users.iter().map(|id| with(user::user(world, *id), json!({ "member": member(*id) })));
    let mentions: Vec<Value> = mentions.collect();
    let wire = with(wire, json!({ "guild_id": guild, "mentions": mentions }));
    // A webhook is nobody's membership.
    if shown.persona.is_some() { wire } else { with(wire, json!({ "member": member(shown.author) })) }
}

/// The notice that a message is gone.
pub(crate) fn deleted(world: &World, id: Id, channel: Id) -> Value {
    let notice = json!({ "id": id, "channel_id": channel });
    in_guild(world, channel, notice)
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
        "author": author(world, message),
        "content": if readable { message.content.as_str() } else { "" },
        "timestamp": written(message.id.time()),
        "edited_timestamp": message.edited.map(written),
        "tts": false,
        "mention_everyone": message.pings.everyone,
        "mentions": mentions,
        "mention_roles": message.pings.roles,
        "attachments": shown(&message.attachments),
        "embeds": if message.flags & SUPPRESS_EMBEDS == 0 { shown(&message.embeds) } else { Vec::new() },
        "components": shown(&message.components),
        "flags": message.flags,
        "pinned": message.pinned.is_some(),
    });
    if message.persona.is_some() {
        wire = with(wire, json!({ "webhook_id": message.author }));
    }
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
    let used_on = message.answers.as_ref().filter(|answered| answered.menu).and_then(|answered| answered.about);
    if let Some(reference) = message.reference.or(used_on) {
        wire = with(wire, json!({ "message_reference": reference_to(world, message.channel, reference) }));
    }
    if let Some(answered) = &message.answers {
        wire = with(wire, answer_keys(world, message, answered));
    }
    wire
}

/// Who wrote it: a person, a bot, or as whom a webhook did.
fn author(world: &World, message: &Message) -> Value {
    let own = || user::user(world, message.author);
    message.persona.as_ref().map_or_else(own, |persona| user::persona(message.author, persona))
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
    in_guild(world, channel, json!({ "type": 0, "channel_id": channel, "message_id": message }))
}

/// Names the server of a channel, if it is in one.
pub(crate) fn in_guild(world: &World, channel: Id, what: Value) -> Value {
    match world.guild_of(channel) {
        Some(guild) => with(what, json!({ "guild_id": guild })),
        None => what,
    }
}

/// What an answer to an interaction says of it.
fn answer_keys(world: &World, message: &Message, answered: &Answered) -> Value {
    let keys = json!({
        "application_id": message.author,
        "webhook_id": message.author,
        "interaction_metadata": with(metadata(world, message.channel, answered), after_original(world, message, answered)),
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

/// Of a message that follows the first answer, which one that was.
fn after_original(world: &World, message: &Message, answered: &Answered) -> Value {
    let original = world.interactions.get(&answered.interaction).and_then(|interaction| interaction.original);
    let original = original.filter(|original| *original != message.id);
    original.map_or_else(|| json!({}), |original| json!({ "original_response_message_id": original }))
}

fn metadata(world: &World, channel: Id, answered: &Answered) -> Value {
    let common = json!({
        "id": answered.interaction,
        "type": answered.kind,
        "user": user::user(world, answered.member),
        "authorizing_integration_owners": { "0": installed_by(world, channel) },
    });
    let about = answered.about.map(|id| json!(id));
    match (&answered.command, &answered.trigger) {
        (Some(name), _) => with(
            common,
            about.map_or(entry("name", name.as_str()), |id| json!({ "name": name, "target_message_id": id })),
        ),
        (None, Some(trigger)) => {
            with(common, entry("triggering_interaction_metadata", metadata(world, channel, trigger)))
        }
        (None, None) => with(common, json!({ "interacted_message_id": about })),
    }
}

/// The server for which the bot was installed that acts in a channel; Discord says "0" in a direct message.
pub(crate) fn installed_by(world: &World, channel: Id) -> Id {
    world.guild_of(channel).unwrap_or(Id(0))
}
