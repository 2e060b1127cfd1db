//! People on the wire: users, and what they are as members of a server.

use serde::Serialize;
use serde_json::{Value, json};

use crate::mock::snowflake::{Id, written};
use crate::mock::wire::{value, with};
use crate::mock::world::{Channel, Persona, World};

/// A person or a bot, or as whom a webhook writes.
#[derive(Serialize)]
pub(crate) struct User<'w> {
    pub(super) id: Id,
    username: &'w str,
    global_name: Option<&'w str>,
    discriminator: &'static str,
    avatar: Option<&'w str>,
    avatar_decoration_data: (),
    collectibles: (),
    banner: (),
    accent_color: (),
    primary_guild: (),
    bot: bool,
    system: bool,
    flags: u8,
    public_flags: u8,
    /// Where it is mentioned in a server, what it is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) member: Option<Member<'w>>,
}

impl<'w> User<'w> {
    /// The person or bot with this id.
    pub(super) fn of(world: &'w World, id: Id) -> User<'w> {
        let (name, bot) = world.user(id).map_or(("gone", false), |user| (user.name.as_str(), user.bot));
        let discriminator = if bot { "0001" } else { "0" };
        User { global_name: (!bot).then_some(name), discriminator, ..User::bare(id, name, bot) }
    }

    /// As whom a webhook writes.
    pub(super) fn as_persona(webhook: Id, persona: &'w Persona) -> User<'w> {
        User { discriminator: "0000", ..User::bare(webhook, &persona.name, true) }
    }

    fn bare(id: Id, username: &'w str, bot: bool) -> User<'w> {
        User {
            id,
            username,
            global_name: None,
            discriminator: "0",
            avatar: None,
            avatar_decoration_data: (),
            collectibles: (),
            banner: (),
            accent_color: (),
            primary_guild: (),
            bot,
            system: false,
            flags: 0,
            public_flags: 0,
            member: None,
        }
    }
}

/// A person or bot.
pub(crate) fn user(world: &World, id: Id) -> Value {
    value(&User::of(world, id))
}

/// A bot's own account, as only it sees it.
pub(crate) fn own(world: &World, id: Id) -> Value {
    with(user(world, id), json!({ "mfa_enabled": true, "verified": true, "email": null, "locale": "en-US", "bio": "" }))
}

/// What somebody is in a server, without who they are.
#[derive(Serialize)]
pub(crate) struct Member<'w> {
    nick: Option<&'w str>,
    avatar: (),
    banner: (),
    roles: Vec<Id>,
    joined_at: String,
    premium_since: (),
    communication_disabled_until: Option<String>,
    deaf: bool,
    mute: bool,
    pending: bool,
    flags: u8,
}

impl<'w> Member<'w> {
    /// What somebody is in a server, if they are in it.
    pub(super) fn of(world: &'w World, guild: Id, id: Id) -> Option<Member<'w>> {
        let user = world.user(id).filter(|_| world.is_member(guild, id))?;
        let found = world.guilds.get(&guild)?;
        let own = found.memberships.get(&id);
        Some(Member {
            nick: own.and_then(|own| own.nick.as_deref()),
            avatar: (),
            banner: (),
            roles: world.roles_of(found, id),
            joined_at: written(own.and_then(|own| own.back_since).unwrap_or(user.joined.time())),
            premium_since: (),
            communication_disabled_until: own.and_then(|own| own.timed_out_until).map(written),
            deaf: false,
            mute: false,
            pending: false,
            flags: 0,
        })
    }
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
fn nameless_member(world: &World, guild: Id, id: Id) -> Value {
    value(&Member::of(world, guild, id))
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
