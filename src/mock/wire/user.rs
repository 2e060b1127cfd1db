//! People on the wire: users, and what they are as members of a server.

use serde_json::{Value, json};

use crate::mock::snowflake::{Id, written};
use crate::mock::wire::{entry, with};
use crate::mock::world::{User, World, moderators, permissions};

/// A person or bot.
pub(crate) fn user(world: &World, id: Id) -> Value {
    let (name, bot) = world.user(id).map_or(("gone", false), |user| (user.name.as_str(), user.bot));
    json!({
        "id": id,
        "username": name,
        "global_name": (!bot).then_some(name),
        "discriminator": if bot { "0001" } else { "0" },
        "avatar": null,
        "avatar_decoration_data": null,
        "collectibles": null,
        "banner": null,
        "accent_color": null,
        "primary_guild": null,
        "bot": bot,
        "system": false,
        "flags": 0,
        "public_flags": 0,
    })
}

/// A bot's own account, as only it sees it.
pub(crate) fn own(world: &World, id: Id) -> Value {
    with(user(world, id), json!({ "mfa_enabled": true, "verified": true, "email": null, "locale": "en-US", "bio": "" }))
}

/// What someone is in a server, without who they are.
fn membership(guild: Id, user: &User) -> Value {
    json!({
        "nick": null,
        "avatar": null,
        "banner": null,
        "roles": if user.moderator { vec![moderators(guild)] } else { Vec::new() },
        "joined_at": written(user.joined.time()),
        "premium_since": null,
        "communication_disabled_until": null,
        "deaf": false,
        "mute": false,
        "pending": false,
        "flags": 0,
    })
}

/// A member as an option or a target of an interaction is spelled out: with what they may do, and without who they are.
pub(crate) fn resolved_member(guild: Id, user: &User) -> Value {
    let mut resolved = with(membership(guild, user), entry("permissions", permissions(user.moderator).to_string()));
    if let Some(resolved) = resolved.as_object_mut() {
        resolved.retain(|key, _| key != "deaf" && key != "mute");
    }
    resolved
}

/// A member of a server.
pub(crate) fn member(world: &World, guild: Id, id: Id) -> Value {
    with(nameless_member(world, guild, id), json!({ "user": user(world, id) }))
}

/// A member of a server, without who they are.
pub(crate) fn nameless_member(world: &World, guild: Id, id: Id) -> Value {
    world.user(id).map_or(Value::Null, |user| membership(guild, user))
}

/// A member with what they may do in the channel of an interaction.
pub(crate) fn acting_member(world: &World, guild: Id, id: Id) -> Value {
    let moderator = world.user(id).is_some_and(|user| user.moderator);
    with(
        member(world, guild, id),
        json!({ "permissions": permissions(moderator).to_string(), "unusual_dm_activity_until": null }),
    )
}

/// A member who has just joined.
pub(crate) fn joined_member(world: &World, guild: Id, id: Id) -> Value {
    with(member(world, guild, id), json!({ "guild_id": guild }))
}
