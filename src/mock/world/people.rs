//! People: the members of the server and the bots among them.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::mock::snowflake::Id;
use crate::mock::token;
use crate::mock::world::World;

/// The most members that the server takes.
const MAX_MEMBERS: usize = 10_000;
/// The most bots that may log in.
const MAX_BOTS: usize = 100;
/// How far requests of a bot for all members of a server are apart, whatever becomes of the clock.
const PACE_FOR_ALL: Duration = Duration::from_secs(30);

/// A person, or a bot's own account.
pub(crate) struct User {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) bot: bool,
    /// Whether they have the role Moderators from the start.
    pub(crate) moderator: bool,
    /// When they joined the server, as the id that was current then.
    pub(crate) joined: Id,
}

/// A name can't be a member's: it isn't one, it belongs to a bot, or the server is full.
#[derive(Debug)]
pub(crate) struct Unwelcome;

/// What is known of a bot beside its account.
#[derive(Default)]
pub(crate) struct Bot {
    /// Its commands, complete as Discord stores them, in the order of registration.
    pub(crate) commands: Vec<Value>,
    /// What its application says of itself.
    pub(crate) description: String,
    /// Whether its last login asked for the contents of messages.
    pub(crate) reads_content: bool,
    /// Whether its last login asked for what becomes of members.
    pub(crate) knows_members: bool,
    /// When it last asked for all members of a server and was answered, for those where it has still to wait.
    asked_for_all: BTreeMap<Id, Instant>,
}

impl World {
    /// The person or bot with this id.
    pub(crate) fn user(&self, id: Id) -> Option<&User> {
        self.users.get(&id)
    }

    /// The person or bot of this name.
    pub(crate) fn called(&self, name: &str) -> Option<&User> {
        self.users.values().find(|user| user.name == name)
    }

    /// The name of a person or bot; empty for a stranger.
    pub(crate) fn name(&self, id: Id) -> &str {
        self.user(id).map_or("", |user| &user.name)
    }

    /// The member of this name; `None` for a stranger, who may join.
    pub(crate) fn known_member(&self, name: &str) -> Result<Option<Id>, Unwelcome> {
        if let Some(user) = self.called(name) {
            return if user.bot { Err(Unwelcome) } else { Ok(Some(user.id)) };
        }
        let valid = (1..=32).contains(&name.chars().count()) && !name.chars().any(char::is_control);
        if valid && self.users.len() < MAX_MEMBERS { Ok(None) } else { Err(Unwelcome) }
    }

    /// The member of this name, who joins if there is none.
    pub(crate) fn member(&mut self, name: &str) -> Result<Id, Unwelcome> {
        if let Some(known) = self.known_member(name)? {
            return Ok(known);
        }
        let id = self.join(name, false);
        self.announce_member(id);
        Ok(id)
    }

    /// Lets a member join without telling anyone.
    pub(crate) fn join(&mut self, name: &str, moderator: bool) -> Id {
        let id = self.new_id();
        self.users.insert(id, User { id, name: name.to_owned(), bot: false, moderator, joined: id });
        id
    }

    /// Lets a bot in that showed a token with this application id; it becomes a member on its first visit.
    /// `false` when there are too many.
    pub(crate) fn admit_bot(&mut self, id: Id) -> bool {
        if self.bots.contains_key(&id) {
            return true;
        }
        if self.bots.len() >= MAX_BOTS || self.users.contains_key(&id) {
            return false;
        }
        let name = self.bot_name.clone().unwrap_or_else(|| format!("bot-{:04}", id.0 % 10_000));
        let joined = self.new_id();
        self.give_own_role(id, &name);
        self.users.insert(id, User { id, name, bot: true, moderator: false, joined });
        self.bots.insert(id, Bot::default());
        self.announce_member(id);
        true
    }

    /// The bot whose token this is, let in; `None` when it isn't one, isn't one any more, or there are too many bots.
    pub(crate) fn admit(&mut self, token: &str) -> Option<Id> {
        let bot = token::application(token).filter(|_| !self.logins.is_void(token))?;
        self.admit_bot(bot).then_some(bot)
    }

    /// Asks for all members of a server. The error is how long the bot has still to wait.
    pub(crate) fn ask_for_all(&mut self, bot: Id, guild: Id, now: Instant) -> Result<(), Duration> {
        let Some(bot) = self.bots.get_mut(&bot).filter(|_| self.terms.rate_limits) else { return Ok(()) };
        let asked = &mut bot.asked_for_all;
        let left = |last: &Instant| PACE_FOR_ALL.saturating_sub(now.saturating_duration_since(*last));
        asked.retain(|_, last| !left(last).is_zero());
        match asked.get(&guild).map(left) {
            Some(wait) => Err(wait),
            None => {
                asked.insert(guild, now);
                Ok(())
            }
        }
    }

    /// The first bot that is connected, or the one asked for if it is.
    pub(crate) fn connected_bot(&self, wanted: Option<Id>) -> Option<Id> {
        self.connected_bots().find(|bot| wanted.is_none_or(|wanted| wanted == *bot))
    }

    /// The bots that may be written to: READY, and connected or about to resume.
    pub(crate) fn connected_bots(&self) -> impl Iterator<Item = Id> {
        self.bots.keys().copied().filter(|bot| {
            self.sessions.values().any(|session| session.bot == *bot && session.is_alive(self.terms.resumable))
        })
    }

    /// The bots that are READY and connected at this moment; with commands only, or all.
    pub(crate) fn ready_bots(&self, with_commands: bool) -> Vec<Id> {
        let connected =
            |bot: Id| self.sessions.values().any(|session| session.bot == bot && session.connection.is_some());
        let bots = self.bots.iter().filter(|(_, bot)| !with_commands || !bot.commands.is_empty());
        bots.map(|(id, _)| *id).filter(|id| connected(*id)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mock::scenario::Cast;

    #[test]
    fn all_members_of_a_server_are_asked_for_twice_a_minute() {
        let mut world = World::new(None, "ws://127.0.0.1:1".to_owned(), &Cast::usual(2));
        world.admit_bot(Id(1));
        world.admit_bot(Id(2));
        let start = Instant::now();
        let mut check = |bot: u64, guild: u64, seconds: u64, wait: Option<u64>| {
            let found = world.ask_for_all(Id(bot), Id(guild), start + Duration::from_secs(seconds));
            assert_eq!(found.err(), wait.map(Duration::from_secs), "bot {bot}, server {guild} at {seconds} s");
        };
        check(1, 7, 0, None);
        check(1, 7, 10, Some(20));
        check(1, 8, 10, None);
        check(2, 7, 10, None);
        check(1, 7, 30, None);
        check(1, 7, 59, Some(1));
        check(1, 8, 59, None);
        world.terms.rate_limits = false;
        assert_eq!(world.ask_for_all(Id(1), Id(7), start), Ok(()));
    }
}
