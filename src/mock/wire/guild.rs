//! Servers on the wire, and READY, which announces them.

use std::time::Duration;

use serde_json::{Value, json};

use crate::mock::intents::Intents;
use crate::mock::snowflake::{Id, written};
use crate::mock::wire::{application, channel, entry, user, with};
use crate::mock::world::{Channel, Place, Role, World};

/// The version of Discord's interface that is spoken here.
const VERSION: u8 = 10;

/// The first event of a session.
pub(crate) fn ready(world: &World, bot: Id, session: &str, shard: (u64, u64)) -> Value {
    let own = world.guilds_of(shard).filter(|guild| world.is_member(guild.id, bot));
    let guilds: Vec<Value> = own.map(|guild| json!({ "id": guild.id, "unavailable": true })).collect();
    json!({
        "v": VERSION,
        "user": user::own(world, bot),
        "user_settings": {},
        "guilds": guilds,
        "private_channels": [],
        "relationships": [],
        "presences": [],
        "guild_join_requests": [],
        "geo_ordered_rtc_regions": [],
        "session_type": "normal",
        "session_id": session,
        "resume_gateway_url": format!("{}/resume", world.gateway_url),
        "shard": [shard.0, shard.1],
        "application": application::partial(bot),
        "auth": {},
        "_trace": [],
    })
}

/// A server as REST describes it.
pub(crate) fn described(world: &World, guild: Id) -> Value {
    let name = world.guilds.get(&guild).map_or("", |guild| &guild.name);
    let alive = json!({
        "id": guild,
        "name": name,
        "owner_id": world.owner,
        "region": "rotterdam",
        "afk_timeout": 300,
        "system_channel_flags": 0,
        "widget_enabled": false,
        "verification_level": 0,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "max_members": 500_000,
        "max_video_channel_users": 25,
        "max_stage_video_channel_users": 50,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "premium_progress_bar_enabled": false,
        "preferred_locale": "en-US",
        "nsfw": false,
        "nsfw_level": 0,
        "features": [],
        "emojis": [],
        "stickers": [],
        "roles": roles(world, guild),
    });
    UNSET.iter().fold(alive, |guild, key| with(guild, entry(key, Value::Null)))
}

/// What a server may have and this one hasn't; clients expect the keys all the same.
const UNSET: [&str; 18] = [
    "icon",
    "icon_hash",
    "description",
    "home_header",
    "splash",
    "discovery_splash",
    "banner",
    "application_id",
    "afk_channel_id",
    "system_channel_id",
    "widget_channel_id",
    "max_presences",
    "vanity_url_code",
    "rules_channel_id",
    "safety_alerts_channel_id",
    "public_updates_channel_id",
    "incidents_data",
    "hub_type",
];

/// A server as an event describes it to a bot: with its channels, and with its members if the bot hears who is there. Else
/// Discord tells of the bot and of those in voice channels, where nobody is here.
pub(crate) fn full(world: &World, guild: Id, bot: Id, intents: Intents) -> Value {
    let told = world.members_of(guild).filter(|found| found.id == bot || intents.presences());
    let members: Vec<Value> = told.map(|found| user::member(world, guild, found.id)).collect();
    let channels: Vec<Value> = rooms(world, guild);
    let threads: Vec<Value> = threads(world, guild, bot).map(|found| channel::channel(world, found)).collect();
    with(
        described(world, guild),
        json!({
            "joined_at": written(guild.time()),
            "large": false,
            "lazy": true,
            "member_count": world.members_of(guild).count(),
            "members": members,
            "channels": channels,
            "threads": threads,
            "presences": [],
            "voice_states": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
            "embedded_activities": [],
        }),
    )
}

/// The same of a server that READY named, which is there now. By this key libraries know it from one that a bot just joined.
pub(crate) fn available(world: &World, guild: Id, bot: Id, intents: Intents) -> Value {
    with(full(world, guild, bot, intents), json!({ "unavailable": false }))
}

/// The channels of a server, without their threads.
pub(crate) fn rooms(world: &World, guild: Id) -> Vec<Value> {
    let rooms = world.channels_of(guild).filter(|channel| channel.room().is_some());
    rooms.map(|found| channel::channel(world, found)).collect()
}

/// The threads of a server that go on and that a bot sees.
pub(crate) fn threads(world: &World, guild: Id, bot: Id) -> impl Iterator<Item = &Channel> {
    let goes_on = |channel: &Channel| matches!(&channel.place, Place::Thread(thread) if !thread.archived);
    world.channels_of(guild).filter(move |channel| goes_on(channel) && world.sees(channel, bot))
}

/// The roles of a server, from the bottom.
pub(crate) fn roles(world: &World, guild: Id) -> Vec<Value> {
    let Some(found) = world.guilds.get(&guild) else { return Vec::new() };
    let mut roles: Vec<&Role> = found.roles.values().collect();
    roles.sort_by_key(|role| (role.position, role.id));
    roles.into_iter().map(role).collect()
}

/// A role of a server.
pub(crate) fn role(role: &Role) -> Value {
    let wire = json!({
        "id": role.id,
        "name": role.name,
        "description": null,
        "position": role.position,
        "permissions": role.permissions,
        "color": role.color,
        "colors": { "primary_color": role.color, "secondary_color": null, "tertiary_color": null },
        "hoist": role.hoist,
        "managed": role.bot.is_some(),
        "mentionable": role.mentionable,
        "icon": null,
        "unicode_emoji": null,
        "flags": 0,
    });
    role.bot.map_or(wire.clone(), |bot| with(wire, json!({ "tags": { "bot_id": bot } })))
}

/// The answer to a request for all members that comes too soon after another.
pub(crate) fn members_refused(guild: Id, wait: Duration, nonce: Option<&Value>) -> Value {
    let meta = json!({ "guild_id": guild });
    let meta = nonce.map_or(meta.clone(), |nonce| with(meta, json!({ "nonce": nonce })));
    json!({ "opcode": 8, "retry_after": wait.as_secs_f64(), "meta": meta })
}

/// The answer to a request for members over the gateway, all in one piece.
pub(crate) fn members_chunk(
    world: &World,
    guild: Id,
    wanted: impl Fn(Id, &str) -> bool,
    most: usize,
    by_id: &[Id],
    nonce: Option<&Value>,
) -> Value {
    let members = world.members_of(guild).filter(|found| wanted(found.id, &found.name)).take(most);
    let members: Vec<Value> = members.map(|found| user::member(world, guild, found.id)).collect();
    let strangers = by_id.iter().filter(|id| !world.is_member(guild, **id));
    let chunk = json!({
        "guild_id": guild,
        "members": members,
        "chunk_index": 0,
        "chunk_count": 1,
        "not_found": strangers.collect::<Vec<_>>(),
        "presences": [],
    });
    nonce.map_or(chunk.clone(), |nonce| with(chunk, json!({ "nonce": nonce })))
}
