//! Channels on the wire.

use serde_json::{Value, json};

use crate::mock::snowflake::{Id, written};
use crate::mock::wire::{user, with};
use crate::mock::world::{Channel, Place, Thread, World, permissions};

/// Discord's numbers for the kinds of channel that exist here.
const TEXT: u8 = 0;
const DIRECT: u8 = 1;
pub(crate) const PUBLIC_THREAD: u8 = 11;
pub(crate) const PRIVATE_THREAD: u8 = 12;

/// Discord's number for what kind of channel this is.
pub(crate) fn kind(channel: &Channel) -> u8 {
    match &channel.place {
        Place::Text { .. } => TEXT,
        Place::Direct { .. } => DIRECT,
        Place::Thread(thread) if thread.private => PRIVATE_THREAD,
        Place::Thread(_) => PUBLIC_THREAD,
    }
}

/// A channel.
pub(crate) fn channel(world: &World, channel: &Channel) -> Value {
    let last = world.messages_of(channel).rev().find(|message| !message.is_ephemeral()).map(|message| message.id);
    let common = json!({ "id": channel.id, "type": kind(channel), "flags": 0, "last_message_id": last, "last_pin_timestamp": null });
    match &channel.place {
        Place::Text { name, position } => with(
            common,
            json!({
                "guild_id": channel.guild,
                "name": name,
                "position": position,
                "parent_id": null,
                "topic": null,
                "nsfw": false,
                "rate_limit_per_user": 0,
                "permission_overwrites": [],
            }),
        ),
        Place::Thread(thread) => with(common, of_thread(world, channel, thread)),
        Place::Direct { member, .. } => with(common, json!({ "recipients": [user::user(world, *member)] })),
    }
}

/// What a thread says of itself besides what every channel says.
fn of_thread(world: &World, channel: &Channel, thread: &Thread) -> Value {
    let messages = || world.messages_of(channel);
    json!({
        "guild_id": channel.guild,
        "name": thread.name,
        "parent_id": thread.parent,
        "owner_id": thread.owner,
        "rate_limit_per_user": 0,
        "message_count": messages().filter(|message| !message.deleted).count(),
        "total_message_sent": messages().count(),
        "member_count": thread.members.len(),
        "thread_metadata": {
            "archived": thread.archived,
            "archive_timestamp": written(thread.since),
            "auto_archive_duration": thread.minutes,
            "create_timestamp": written(channel.id.time()),
            "locked": thread.locked,
        },
    })
}

/// Somebody in a thread.
pub(crate) fn thread_member(thread: Id, member: Id) -> Value {
    json!({ "id": thread, "user_id": member, "join_timestamp": written(thread.time()), "flags": 0 })
}

/// A channel as an interaction shows it: with what the member may do there.
pub(crate) fn of_interaction(world: &World, id: Id, member: Id) -> Value {
    let moderator = world.user(member).is_some_and(|user| user.moderator);
    let described = world.channels.get(&id).map_or(Value::Null, |found| channel(world, found));
    with(described, json!({ "permissions": permissions(moderator).to_string() }))
}
