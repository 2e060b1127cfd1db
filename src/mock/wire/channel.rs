//! Channels on the wire.

use serde_json::{Value, json};

use crate::mock::snowflake::{Id, written};
use crate::mock::wire::{user, with};
use crate::mock::world::{Channel, Overwrite, Place, Room, RoomKind, Thread, ThreadMember, USUAL_MINUTES, World};

/// Discord's numbers for the kinds of channel that no server lists.
const DIRECT: u8 = 1;
/// A thread in a channel of announcements, which is always open to all.
pub(crate) const ANNOUNCEMENT_THREAD: u8 = 10;
pub(crate) const PUBLIC_THREAD: u8 = 11;
pub(crate) const PRIVATE_THREAD: u8 = 12;
/// The post stands above the others of its forum.
pub(crate) const PINNED: u64 = 1 << 1;

/// Discord's number for what kind of channel this is.
pub(crate) fn kind(channel: &Channel) -> u8 {
    match &channel.place {
        Place::Room(room) => room.kind as u8,
        Place::Direct { .. } => DIRECT,
        Place::Thread(thread) if thread.private => PRIVATE_THREAD,
        Place::Thread(thread) if thread.announces => ANNOUNCEMENT_THREAD,
        Place::Thread(_) => PUBLIC_THREAD,
    }
}

/// Whether a channel is of one of these kinds, or of any if there are none.
pub(crate) fn is_of(channel: &Channel, kinds: &[Value]) -> bool {
    kinds.is_empty() || kinds.contains(&kind(channel).into())
}

fn flags(channel: &Channel) -> u64 {
    match &channel.place {
        Place::Room(room) => room.flags,
        Place::Thread(thread) if thread.pinned => PINNED,
        Place::Thread(_) | Place::Direct { .. } => 0,
    }
}

/// A channel.
pub(crate) fn channel(world: &World, channel: &Channel) -> Value {
    let common = json!({
        "id": channel.id,
        "type": kind(channel),
        "flags": flags(channel),
        "last_message_id": last(world, channel),
        "last_pin_timestamp": world.pins(channel.id).next().map(|(_, since)| written(since)),
    });
    match &channel.place {
        Place::Room(room) => with(common, of_room(channel, room)),
        Place::Thread(thread) => with(common, of_thread(world, channel, thread)),
        Place::Direct { member, .. } => with(common, json!({ "recipients": [user::user(world, *member)] })),
    }
}

/// The newest message of a channel, or the newest thread of a forum.
fn last(world: &World, channel: &Channel) -> Option<Id> {
    let (id, in_forum) = (channel.id, channel.room().is_some_and(|room| room.kind == RoomKind::Forum));
    match channel.guild.filter(|_| in_forum) {
        Some(guild) => {
            let hangs_here = |found: &&Channel| matches!(&found.place, Place::Thread(thread) if thread.parent == id);
            world.channels_of(guild).filter(hangs_here).map(|thread| thread.id).max()
        }
        None => world.messages_of(channel).rev().find(|message| !message.is_ephemeral()).map(|message| message.id),
    }
}

/// What a channel that a server lists says of itself besides what every channel says.
fn of_room(channel: &Channel, room: &Room) -> Value {
    let listed = json!({
        "guild_id": channel.guild,
        "name": room.name,
        "position": room.position,
        "parent_id": room.parent,
        "topic": room.topic,
        "nsfw": room.nsfw,
        "rate_limit_per_user": room.slowmode,
        "permission_overwrites": room.overwrites.iter().map(overwrite).collect::<Vec<_>>(),
    });
    with(with(listed, of_kind(room)), Value::Object(room.settings.clone()))
}

/// What a channel of its kind says of itself unless it was set otherwise.
fn of_kind(room: &Room) -> Value {
    match room.kind {
        RoomKind::Forum => json!({
            "available_tags": room.tags,
            "default_auto_archive_duration": USUAL_MINUTES,
            "default_forum_layout": 0,
            "default_reaction_emoji": null,
            "default_sort_order": null,
        }),
        RoomKind::Voice => json!({ "bitrate": 64_000, "user_limit": 0, "rtc_region": null }),
        RoomKind::Text | RoomKind::Category | RoomKind::Announcement => json!({}),
    }
}

/// What a channel changes of the permissions of a role or a member.
fn overwrite(own: &Overwrite) -> Value {
    json!({ "id": own.id, "type": own.holder as u8, "allow": own.allow, "deny": own.deny })
}

/// A tag of a forum.
pub(crate) fn tag(id: Id, name: &str) -> Value {
    json!({ "id": id, "name": name, "moderated": false, "emoji_id": null, "emoji_name": null })
}

/// What a thread says of itself besides what every channel says.
fn of_thread(world: &World, channel: &Channel, thread: &Thread) -> Value {
    // The message that a thread begins with isn't counted.
    let messages = world.messages_of(channel).filter(|message| message.id != channel.id && !message.deleted);
    let metadata = json!({
        "archived": thread.archived,
        "archive_timestamp": written(thread.since),
        "auto_archive_duration": thread.minutes,
        "create_timestamp": written(channel.id.time()),
        "locked": thread.locked,
    });
    let metadata = if thread.private { with(metadata, json!({ "invitable": thread.invitable })) } else { metadata };
    let told = json!({
        "guild_id": channel.guild,
        "name": thread.name,
        "parent_id": thread.parent,
        "owner_id": thread.owner,
        "rate_limit_per_user": thread.slowmode,
        "message_count": messages.count(),
        "total_message_sent": thread.sent,
        "member_count": thread.members().len(),
        "thread_metadata": metadata,
    });
    if hangs_in_forum(world, thread) { with(told, json!({ "applied_tags": thread.tags })) } else { told }
}

/// Whether a thread is a post in a forum.
pub(crate) fn hangs_in_forum(world: &World, thread: &Thread) -> bool {
    let parent = world.channels.get(&thread.parent).and_then(Channel::room);
    parent.is_some_and(|room| room.kind == RoomKind::Forum)
}

/// Somebody in a thread.
pub(crate) fn thread_member(thread: Id, ThreadMember { id, since }: ThreadMember) -> Value {
    json!({ "id": thread, "user_id": id, "join_timestamp": written(since), "flags": 0 })
}

/// Somebody in a thread, with what they are in its server.
pub(crate) fn known_thread_member(world: &World, thread: Id, found: ThreadMember) -> Value {
    let guild = world.guild_of(thread).filter(|guild| world.is_member(*guild, found.id));
    let member = guild.map(|guild| json!({ "member": user::member(world, guild, found.id) }));
    with(thread_member(thread, found), member.unwrap_or_else(|| json!({})))
}

/// A channel as an interaction shows it: with what the member may do there.
pub(crate) fn of_interaction(world: &World, found: &Channel, member: Id) -> Value {
    with(channel(world, found), json!({ "permissions": world.permissions_in(found, member) }))
}
