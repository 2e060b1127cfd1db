//! Messages on the wire, each in the form that its reader may see.

use serde::Serialize;
use serde_json::{Value, json};

use crate::mock::parts::Parts;
use crate::mock::reading::{circumstances, is_readable};
use crate::mock::snowflake::{Id, written};
use crate::mock::wire::user::{self, Member, User};
use crate::mock::wire::{channel, entry, value, with};
use crate::mock::world::{Answered, Message, Reaction, Reader, SUPPRESS_EMBEDS, World};

/// Discord's numbers for the kinds of message.
const DEFAULT: u8 = 0;
const REPLY: u8 = 19;
const COMMAND: u8 = 20;
const MENU_COMMAND: u8 = 23;
/// About how many bytes a message of a member takes besides its words and parts.
const USUAL_BYTES: usize = 2048;
/// A thread hangs on the message.
const HAS_THREAD: u64 = 1 << 5;

/// What is shown of parts that the reader may not see.
static NOTHING: Parts = Parts::NONE;

/// A message as it goes over the wire. It is written straight from what the world holds, since every event and every answer of a
/// bot passes here.
#[derive(Serialize)]
struct Shown<'w> {
    id: Id,
    channel_id: Id,
    #[serde(rename = "type")]
    kind: u8,
    author: User<'w>,
    content: &'w str,
    timestamp: String,
    edited_timestamp: Option<String>,
    tts: bool,
    mention_everyone: bool,
    mentions: Vec<User<'w>>,
    mention_roles: &'w [Id],
    attachments: &'w [Value],
    embeds: &'w Parts,
    components: &'w Parts,
    flags: u64,
    pinned: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    webhook_id: Option<Id>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'w Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reactions: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thread: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message_reference: Option<Value>,
    /// The message that it replies to, which may be gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    referenced_message: Option<Option<Box<Shown<'w>>>>,
    /// Of an answer to an interaction: the application, and what it answers in two forms, an old one for commands alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    application_id: Option<Id>,
    #[serde(skip_serializing_if = "Option::is_none")]
    interaction_metadata: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    interaction: Option<Value>,
    /// Of an event: where it stands, and what its author is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    channel_type: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    guild_id: Option<Id>,
    #[serde(skip_serializing_if = "Option::is_none")]
    member: Option<Member<'w>>,
}

/// A message as REST gives it.
pub(crate) fn message(world: &World, message: &Message, reader: Reader) -> Value {
    value(&with_referenced(world, message, reader))
}

/// The same, written out.
pub(crate) fn answer(world: &World, message: &Message, reader: Reader) -> Option<String> {
    write(message, &with_referenced(world, message, reader))
}

/// A message as an event gives it, written out: with the kind of its channel, and in the server also with what its author and
/// those mentioned are there.
pub(crate) fn event(world: &World, shown: &Message, reader: Reader) -> Option<String> {
    let place = world.channels.get(&shown.channel)?;
    let mut wire = with_referenced(world, shown, reader);
    wire.channel_type = Some(channel::kind(place));
    if let Some(guild) = place.guild {
        wire.guild_id = Some(guild);
        // A webhook is nobody's membership.
        wire.member = Member::of(world, guild, shown.author).filter(|_| shown.persona.is_none());
        wire.mentions.iter_mut().for_each(|user| user.member = Member::of(world, guild, user.id));
    }
    write(shown, &wire)
}

/// Writes a message out, with room for nearly every one at once.
fn write(message: &Message, wire: &Shown) -> Option<String> {
    let room = USUAL_BYTES + 2 * message.content.len() + message.embeds.len() + message.components.len();
    let mut text = Vec::with_capacity(room);
    serde_json::to_writer(&mut text, wire).ok()?;
    String::from_utf8(text).ok()
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

/// A message with the one that it replies to.
fn with_referenced<'w>(world: &'w World, message: &'w Message, reader: Reader) -> Shown<'w> {
    let replied = |id| world.message(id).map(|replied| Box::new(single(world, replied, reader)));
    let referenced_message = message.reference.or(followed(world, message)).map(replied);
    Shown { referenced_message, ..single(world, message, reader) }
}

/// A message without the one that it replies to.
fn single<'w>(world: &'w World, message: &'w Message, reader: Reader) -> Shown<'w> {
    let readable = is_readable(circumstances(world, message, reader));
    let shown = |parts: &'w Parts| if readable { parts } else { &NOTHING };
    let thread = world.channels.get(&message.id);
    let used_on = message.answers.as_ref().filter(|answered| answered.menu).and_then(|answered| answered.about);
    let followed = followed(world, message);
    let reference = message.reference.or(followed).or(used_on);
    Shown {
        id: message.id,
        channel_id: message.channel,
        kind: kind(message, followed.is_some()),
        author: author(world, message),
        content: if readable { &message.content } else { "" },
        timestamp: written(message.id.time()),
        edited_timestamp: message.edited.map(written),
        tts: false,
        mention_everyone: message.pings.everyone,
        mentions: message.pings.users.iter().map(|id| User::of(world, *id)).collect(),
        mention_roles: &message.pings.roles,
        attachments: if readable { &message.attachments } else { &[] },
        embeds: if message.flags & SUPPRESS_EMBEDS == 0 { shown(&message.embeds) } else { &NOTHING },
        components: shown(&message.components),
        flags: if thread.is_some() { message.flags | HAS_THREAD } else { message.flags },
        pinned: message.pinned.is_some(),
        position: message.position,
        webhook_id: (message.persona.is_some() || message.answers.is_some()).then_some(message.author),
        nonce: message.nonce.as_ref().filter(|_| message.author == reader.bot),
        reactions: message.reactions.iter().map(|given| reaction(given, reader.bot)).collect(),
        thread: thread.map(|thread| channel::channel(world, thread)),
        message_reference: reference.map(|reference| reference_to(world, message.channel, reference)),
        referenced_message: None,
        application_id: message.answers.as_ref().map(|_| message.author),
        interaction_metadata: message
            .answers
            .as_ref()
            .map(|answered| with(metadata(world, message.channel, answered), after_original(world, message))),
        interaction: message.answers.as_ref().and_then(|answered| of_command(world, answered)),
        channel_type: None,
        guild_id: None,
        member: None,
    }
}

/// Who wrote it: a person, a bot, or as whom a webhook did.
fn author<'w>(world: &'w World, message: &'w Message) -> User<'w> {
    let own = || User::of(world, message.author);
    message.persona.as_ref().map_or_else(own, |persona| User::as_persona(message.author, persona))
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

fn kind(message: &Message, follows: bool) -> u8 {
    match &message.answers {
        Some(_) if follows => REPLY,
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

/// What an answer to a command says of it in the old form.
fn of_command(world: &World, answered: &Answered) -> Option<Value> {
    let name = answered.command.as_ref()?;
    let member = user::user(world, answered.member);
    Some(json!({ "id": answered.interaction, "type": answered.kind, "name": name, "user": member }))
}

/// The first answer to an interaction, of a message that follows it and so replies to it.
fn followed(world: &World, message: &Message) -> Option<Id> {
    let interaction = world.interactions.get(&message.answers.as_ref()?.interaction)?;
    interaction.original.filter(|original| *original != message.id)
}

/// Of a message that follows the first answer, which one that was.
fn after_original(world: &World, message: &Message) -> Value {
    let original = followed(world, message);
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
