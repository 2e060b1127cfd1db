//! Pings: whom a message calls, and whom its author lets it call.

use crate::mock::snowflake::Id;
use crate::mock::world::{Draft, Permissions, World};

/// Whom a message pings.
#[derive(Clone, Default, PartialEq, Debug)]
pub(crate) struct Pings {
    pub(crate) everyone: bool,
    pub(crate) users: Vec<Id>,
    pub(crate) roles: Vec<Id>,
}

/// What a bot allows its message to ping; by default everything.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Allowed {
    pub(crate) everyone: bool,
    /// `None` means all.
    pub(crate) users: Option<Vec<Id>>,
    /// `None` means all.
    pub(crate) roles: Option<Vec<Id>>,
    /// The author of the message that is replied to.
    pub(crate) replied: bool,
}

impl Default for Allowed {
    fn default() -> Allowed {
        Allowed { everyone: true, users: None, roles: None, replied: true }
    }
}

/// Whether a text calls everybody.
fn names_all(content: &str) -> bool {
    content.contains("@everyone") || content.contains("@here")
}

impl World {
    /// Lets a message call everybody only if its author may. (Through a webhook anybody may.)
    pub(super) fn keep_from_calling_all(&self, channel: Id, author: Id, draft: &mut Draft) {
        let Some(place) = self.channels.get(&channel).filter(|_| draft.content.as_deref().is_some_and(names_all))
        else {
            return;
        };
        draft.allowed.everyone &= self.permissions_in(place, author).contains(Permissions::MENTION_EVERYONE);
    }

    /// Whom a text pings, of those that are there and allowed.
    pub(super) fn pings(&self, channel: Id, content: &str, allowed: &Allowed, reference: Option<Id>) -> Pings {
        let permits = |list: &Option<Vec<Id>>, id: Id| list.as_ref().is_none_or(|list| list.contains(&id));
        let mut pings = Pings { everyone: allowed.everyone && names_all(content), ..Pings::default() };
        if let Some(replied) = reference
            .and_then(|id| self.message(id))
            .filter(|replied| allowed.replied && self.users.contains_key(&replied.author))
        {
            pings.users.push(replied.author);
        }
        let guild = self.guild_of(channel).and_then(|guild| self.guilds.get(&guild));
        for marker in content.split("<@").skip(1).filter_map(|rest| rest.split_once('>')).map(|(marker, _)| marker) {
            let role = marker.strip_prefix('&').and_then(|id| id.parse().ok());
            let role =
                role.filter(|role| guild.is_some_and(|guild| guild.id != *role && guild.roles.contains_key(role)));
            let user = marker.trim_start_matches('!').parse().ok().filter(|id| self.users.contains_key(id));
            if let Some(role) = role.filter(|role| permits(&allowed.roles, *role) && !pings.roles.contains(role)) {
                pings.roles.push(role);
            }
            if let Some(user) = user.filter(|user| permits(&allowed.users, *user) && !pings.users.contains(user)) {
                pings.users.push(user);
            }
        }
        pings
    }
}
