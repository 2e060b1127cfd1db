//! Roles of a server: everybody's, that of the moderators, one for each bot, and what is made beside them.

use serde_json::Value;

use crate::mock::refusal::Refusal;
use crate::mock::scenario::MemberPlan;
use crate::mock::snowflake::Id;
use crate::mock::wire;
use crate::mock::world::{Guild, Permissions, World, moderators};

/// The most roles of a server.
const MAX_ROLES: usize = 250;

/// A role of a server.
#[derive(Clone, Debug)]
pub(crate) struct Role {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) permissions: Permissions,
    /// From the bottom, where everybody's role is 0. Who has a higher one stands above others.
    pub(crate) position: u64,
    pub(crate) color: u64,
    /// Whether its members are shown apart.
    pub(crate) hoist: bool,
    pub(crate) mentionable: bool,
    /// The bot whose own role it is.
    pub(crate) bot: Option<Id>,
}

/// What is to be of a role.
#[derive(Default)]
pub(crate) struct RoleEdit {
    pub(crate) name: Option<String>,
    pub(crate) permissions: Option<Permissions>,
    pub(crate) color: Option<u64>,
    pub(crate) hoist: Option<bool>,
    pub(crate) mentionable: Option<bool>,
}

impl Role {
    /// A role that gives nothing but these permissions.
    pub(super) fn new(id: Id, name: &str, permissions: Permissions, position: u64) -> Role {
        let name = name.to_owned();
        Role { id, name, permissions, position, color: 0, hoist: false, mentionable: false, bot: None }
    }

    fn apply(&mut self, edit: RoleEdit) {
        let RoleEdit { name, permissions, color, hoist, mentionable } = edit;
        self.name = name.unwrap_or_else(|| std::mem::take(&mut self.name));
        self.permissions = permissions.unwrap_or(self.permissions);
        self.color = color.unwrap_or(self.color);
        self.hoist = hoist.unwrap_or(self.hoist);
        self.mentionable = mentionable.unwrap_or(self.mentionable);
    }
}

/// The roles that every server has at its start.
pub(super) fn first_roles(guild: Id) -> [Role; 2] {
    let everyone = Role::new(guild, "@everyone", Permissions::EVERYONE, 0);
    let both = Permissions::EVERYONE | Permissions::MODERATOR;
    [everyone, Role::new(moderators(guild), "Moderators", both, 1)]
}

impl World {
    /// The role of this name or id in a server.
    pub(crate) fn role(&self, guild: Id, name: &str) -> Option<&Role> {
        let roles = &self.guilds.get(&guild)?.roles;
        roles.values().find(|role| role.name == name || role.id.to_string() == name)
    }

    /// The roles that somebody has in a server, besides everybody's.
    pub(crate) fn roles_of(&self, guild: &Guild, person: Id) -> Vec<Id> {
        if let Some(own) = guild.memberships.get(&person) {
            return own.roles.iter().copied().collect();
        }
        self.usual_roles(guild, person)
    }

    /// The roles that somebody has unless they were given others.
    pub(super) fn usual_roles(&self, guild: &Guild, person: Id) -> Vec<Id> {
        let Some(user) = self.users.get(&person) else { return Vec::new() };
        if user.bot {
            return guild.roles.values().filter(|role| role.bot == Some(person)).map(|role| role.id).collect();
        }
        let moderates = user.moderator.then(|| moderators(guild.id));
        moderates.into_iter().filter(|role| guild.roles.contains_key(role)).collect()
    }

    /// Gives members the roles that are planned for them, in every server that has them.
    pub(super) fn give_planned_roles(&mut self, members: &[MemberPlan]) {
        for plan in members.iter().filter(|plan| !plan.roles.is_empty()) {
            let Some(person) = self.called(&plan.name).map(|user| user.id) else {
                continue;
            };
            for guild in self.guilds.keys().copied().collect::<Vec<_>>() {
                let mut own = self.membership(guild, person);
                let Some(found) = self.guilds.get_mut(&guild) else { continue };
                let planned = found.roles.values().filter(|role| plan.roles.contains(&role.name)).map(|role| role.id);
                let before = own.roles.len();
                own.roles.extend(planned);
                if own.roles.len() > before {
                    found.memberships.insert(person, own);
                }
            }
        }
    }

    /// How high somebody stands in a server: the position of their highest role; who made it stands above all.
    pub(crate) fn rank(&self, guild: Id, person: Id) -> u64 {
        if person == self.owner {
            return u64::MAX;
        }
        let Some(found) = self.guilds.get(&guild) else { return 0 };
        let positions = self.roles_of(found, person).into_iter().filter_map(|role| found.roles.get(&role));
        positions.map(|role| role.position).max().unwrap_or(0)
    }

    /// Gives a bot its role in every server, above those that are there.
    pub(super) fn give_own_role(&mut self, bot: Id, name: &str) {
        let guilds: Vec<Id> = self.guilds.keys().copied().collect();
        for guild in guilds {
            let id = self.new_id();
            let permissions = self.bots_may;
            let Some(found) = self.guilds.get_mut(&guild) else { continue };
            let position = found.roles.values().map(|role| role.position).max().unwrap_or(0) + 1;
            found.roles.insert(id, Role { bot: Some(bot), ..Role::new(id, name, permissions, position) });
            self.announce_role("GUILD_ROLE_CREATE", guild, id);
        }
    }

    /// Calls the own roles of a bot by its name, in every server.
    pub(super) fn rename_own_roles(&mut self, bot: Id, name: &str) {
        let own = self.guilds.values().flat_map(|guild| guild.roles.values().map(|role| (guild.id, role.id, role.bot)));
        let own: Vec<(Id, Id)> =
            own.filter(|(_, _, of)| *of == Some(bot)).map(|(guild, role, _)| (guild, role)).collect();
        for (guild, role) in own {
            // It was there a moment ago.
            let _ = self.edit_role(guild, role, RoleEdit { name: Some(name.to_owned()), ..RoleEdit::default() });
        }
    }

    /// Makes a role just above everybody's, and tells every bot.
    pub(crate) fn make_role(&mut self, guild: Id, edit: RoleEdit) -> Result<Id, Refusal> {
        let id = self.new_id();
        let found = self.guilds.get_mut(&guild).ok_or_else(Refusal::unknown_guild)?;
        if found.roles.len() >= MAX_ROLES {
            return Err(Refusal::too_many_roles());
        }
        let above: Vec<Id> = found.roles.values().filter(|role| role.position > 0).map(|role| role.id).collect();
        found.roles.values_mut().filter(|role| role.position > 0).for_each(|role| role.position += 1);
        let mut role = Role::new(id, "new role", Permissions::EVERYONE, 1);
        role.apply(edit);
        found.roles.insert(id, role);
        self.announce_role("GUILD_ROLE_CREATE", guild, id);
        above.into_iter().for_each(|role| self.announce_role("GUILD_ROLE_UPDATE", guild, role));
        Ok(id)
    }

    /// Changes a role, and tells every bot.
    pub(crate) fn edit_role(&mut self, guild: Id, id: Id, edit: RoleEdit) -> Result<(), Refusal> {
        self.role_mut(guild, id)?.apply(edit);
        self.announce_role("GUILD_ROLE_UPDATE", guild, id);
        Ok(())
    }

    /// Moves a role to a position; what was between moves up or down by one.
    pub(crate) fn move_role(&mut self, guild: Id, id: Id, to: u64) -> Result<(), Refusal> {
        let from = self.role_mut(guild, id)?.position;
        let found = self.guilds.get_mut(&guild).ok_or_else(Refusal::unknown_guild)?;
        let mut moved = Vec::new();
        for role in found.roles.values_mut().filter(|role| role.position > 0) {
            let before = role.position;
            if role.id == id {
                role.position = to.max(1);
            } else if (from + 1..=to).contains(&role.position) {
                role.position -= 1;
            } else if (to..from).contains(&role.position) {
                role.position += 1;
            }
            if role.position != before {
                moved.push(role.id);
            }
        }
        moved.into_iter().for_each(|role| self.announce_role("GUILD_ROLE_UPDATE", guild, role));
        Ok(())
    }

    /// Takes a role away from everybody and out of the server.
    pub(crate) fn delete_role(&mut self, guild: Id, id: Id) -> Result<(), Refusal> {
        let position = self.role_mut(guild, id)?.position;
        let found = self.guilds.get_mut(&guild).ok_or_else(Refusal::unknown_guild)?;
        found.roles.remove(&id);
        found.roles.values_mut().filter(|role| role.position > position).for_each(|role| role.position -= 1);
        found.memberships.values_mut().for_each(|own| own.roles.retain(|role| *role != id));
        for channel in found.channels.clone() {
            self.forget_overwrite(channel, id);
        }
        let gone = wire::with(wire::entry("guild_id", guild.to_string()), wire::entry("role_id", id.to_string()));
        self.dispatch_in_guild("GUILD_ROLE_DELETE", guild, |_, _| gone.clone());
        self.tick();
        Ok(())
    }

    fn role_mut(&mut self, guild: Id, id: Id) -> Result<&mut Role, Refusal> {
        let found = self.guilds.get_mut(&guild).ok_or_else(Refusal::unknown_guild)?;
        found.roles.get_mut(&id).ok_or_else(Refusal::unknown_role)
    }

    fn announce_role(&mut self, event: &'static str, guild: Id, id: Id) {
        self.dispatch_in_guild(event, guild, |world, _| {
            let role = world.guilds.get(&guild).and_then(|found| found.roles.get(&id));
            role.map_or(Value::Null, |role| {
                wire::with(wire::entry("guild_id", guild.to_string()), wire::entry("role", wire::guild::role(role)))
            })
        });
        self.tick();
    }
}
