//! Channels on the wire.

use serde_json::{Value, json};

use crate::mock::snowflake::Id;
use crate::mock::wire::{user, with};
use crate::mock::world::{Channel, Place, World, permissions};

/// Discord's numbers for the two kinds of channel that exist here.
const TEXT: u8 = 0;
const DIRECT: u8 = 1;

/// Discord's number for what kind of channel this is.
pub(crate) fn kind(channel: &Channel) -> u8 {
    if channel.is_direct() { DIRECT } else { TEXT }
}

/// A channel.
pub(crate) fn channel(world: &World, channel: &Channel) -> Value {
    let last = channel.messages.values().rev().find(|message| !message.is_ephemeral()).map(|message| message.id);
    let common = json!({ "id": channel.id, "type": kind(channel), "flags": 0, "last_message_id": last, "last_pin_timestamp": null });
    match &channel.place {
        Place::Text { name, position } => with(
            common,
            json!({
                "guild_id": world.guild,
                "name": name,
                "position": position,
                "parent_id": null,
                "topic": null,
                "nsfw": false,
                "rate_limit_per_user": 0,
                "permission_overwrites": [],
            }),
        ),
        Place::Direct { member, .. } => with(common, json!({ "recipients": [user::user(world, *member)] })),
    }
}

/// A channel as an interaction shows it: with what the member may do there.
pub(crate) fn of_interaction(world: &World, id: Id, member: Id) -> Value {
    let moderator = world.user(member).is_some_and(|user| user.moderator);
    let described = world.channels.get(&id).map_or(Value::Null, |found| channel(world, found));
    with(described, json!({ "permissions": permissions(moderator).to_string() }))
}
