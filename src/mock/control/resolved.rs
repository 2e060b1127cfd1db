//! People, roles and channels that a member names, spelled out beside their ids as Discord does.

use serde_json::{Map, Value, json};

use super::request::as_text;
use crate::mock::checks::{items, number};
use crate::mock::kinds::{CHANNEL_SELECT, MENTIONABLE_SELECT, ROLE_SELECT, USER_SELECT};
use crate::mock::snowflake::Id;
use crate::mock::wire::{channel, entry, guild, user, with};
use crate::mock::world::{Channel, NOBODY, World};

/// Who names something, in which server.
#[derive(Clone, Copy)]
pub(super) struct Giver {
    /// `None` before a stranger joined.
    pub(super) member: Option<Id>,
    pub(super) guild: Id,
}

/// What was named, by kind and id.
#[derive(Default)]
pub(super) struct Resolved(pub(super) Map<String, Value>);

impl Resolved {
    /// What a menu lets one choose, by name or id.
    pub(super) fn choice(&mut self, world: &World, giver: Giver, menu: &Value, given: &Value) -> Option<Id> {
        match number(menu, "type") {
            USER_SELECT => self.person(world, giver, given),
            ROLE_SELECT => self.role(world, giver, given),
            MENTIONABLE_SELECT => self.person(world, giver, given).or_else(|| self.role(world, giver, given)),
            CHANNEL_SELECT => self.channel(world, giver, items(menu, "channel_types"), given),
            _ => None,
        }
    }

    pub(super) fn person(&mut self, world: &World, giver: Giver, given: &Value) -> Option<Id> {
        let person = world.users.values().find(|found| names(given, &found.name, found.id))?;
        self.add("users", person.id, user::user(world, person.id));
        if world.is_member(giver.guild, person.id) {
            self.add("members", person.id, user::resolved_member(world, giver.guild, person.id));
        }
        Some(person.id)
    }

    pub(super) fn role(&mut self, world: &World, giver: Giver, given: &Value) -> Option<Id> {
        let roles = &world.guilds.get(&giver.guild)?.roles;
        let role = roles.values().find(|role| names(given, &role.name, role.id))?;
        self.add("roles", role.id, guild::role(role));
        Some(role.id)
    }

    /// A channel that its giver sees, of one of these kinds if there are any.
    pub(super) fn channel(&mut self, world: &World, giver: Giver, kinds: &[Value], given: &Value) -> Option<Id> {
        let is_meant = |found: &&Channel| names(given, found.name(), found.id) && world.is_shown(found, giver.member);
        let mut meant = world.channels_of(giver.guild).filter(is_meant);
        let place = meant.find(|found| channel::is_of(found, kinds))?;
        let may = world.permissions_in(place, giver.member.unwrap_or(NOBODY));
        self.add("channels", place.id, with(channel::channel(world, place), json!({ "permissions": may })));
        Some(place.id)
    }

    /// A file that is kept.
    pub(super) fn file(&mut self, attachment: &Value) -> Option<Id> {
        let id = attachment.get("url").and_then(|_| serde_json::from_value(attachment.get("id")?.clone()).ok())?;
        self.add("attachments", id, attachment.clone());
        Some(id)
    }

    fn add(&mut self, kind: &str, id: Id, what: Value) {
        let group = self.0.remove(kind).unwrap_or_else(|| json!({}));
        self.0.insert(kind.to_owned(), with(group, entry(id, what)));
    }
}

fn names(given: &Value, name: &str, id: Id) -> bool {
    as_text(given).is_some_and(|given| given == name || given == id.to_string())
}
