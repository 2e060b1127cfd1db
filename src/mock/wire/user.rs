//! People on the wire: users, and what they are as members of a server.

use serde_json::{Value, json};

use crate::mock::snowflake::{Id, written};
use crate::mock::wire::with;
use crate::mock::world::{Channel, Persona, World};

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

/// As whom a webhook writes.
pub(crate) fn persona(webhook: Id, persona: &Persona) -> Value {
    json!({
        "id": webhook,
        "username": persona.name,
        "global_name": null,
        "discriminator": "0000",
        "avatar": null,
        "primary_guild": null,
        "bot": true,
        "flags": 0,
        "public_flags": 0,
    })
}

/// A member of a server as an option or a target of an interaction is spelled out: with what they may do, and without who
/// they are.
pub(crate) fn resolved_member(world: &World, guild: Id, id: Id) -> Value {
    let mut resolved = with(nameless_member(world, guild, id), json!({ "permissions": world.permissions(guild, id) }));
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
    let Some(user) = world.user(id).filter(|_| world.is_member(guild, id)) else { return Value::Null };
    let own = world.membership(guild, id);
    json!({
        "nick": own.nick,
        "avatar": null,
        "banner": null,
        "roles": own.roles,
        "joined_at": written(user.joined.time()),
        "premium_since": null,
        "communication_disabled_until": own.timed_out_until.map(written),
        "deaf": false,
        "mute": false,
        "pending": false,
        "flags": 0,
    })
}

/// A member with what they may do in the channel of an interaction.
pub(crate) fn acting_member(world: &World, guild: Id, id: Id, place: &Channel) -> Value {
    let may = world.permissions_in(place, id);
    with(member(world, guild, id), json!({ "permissions": may, "unusual_dm_activity_until": null }))
}

/// A member, as events tell of one.
pub(crate) fn joined_member(world: &World, guild: Id, id: Id) -> Value {
    with(member(world, guild, id), json!({ "guild_id": guild }))
}
