//! Sessions: the bots that are logged in, and the events that wait for them.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::mock::intents::Intents;
use crate::mock::snowflake::Id;
use crate::mock::wire;
use crate::mock::world::{Late, Reader, Session, Whom, World};

/// The most sessions of all bots together.
const MAX_SESSIONS: usize = 200;

/// An event for each session that it reaches, by the session's name and as it may read it, in JSON.
pub(super) type Deliveries = Vec<(String, String)>;

impl World {
    /// Opens a session with its READY and its servers as first events; gives back its name.
    pub(crate) fn log_in(&mut self, bot: Id, intents: Intents, shard: (u64, u64)) -> String {
        self.make_room();
        if let Some(bot) = self.bots.get_mut(&bot) {
            bot.reads_content = intents.content();
            bot.knows_members = intents.members();
        }
        let key = format!("{:032x}", self.new_id().0);
        let session = Session::new(bot, intents, shard);
        self.sessions.insert(key.clone(), session);
        self.tell(&key, "READY", &wire::guild::ready(self, bot, &key, shard));
        if intents.want("GUILD_CREATE", false) {
            let own = self.guilds_of(shard).map(|guild| guild.id).filter(|guild| self.is_member(*guild, bot));
            let own: Vec<Id> = own.collect();
            for guild in own {
                self.tell(&key, "GUILD_CREATE", &wire::guild::available(self, guild, bot, intents));
            }
        }
        key
    }

    /// Puts a connection in charge of a session, in place of an earlier one. `false` when the session is gone.
    pub(crate) fn attach(&mut self, key: &str, connection: Id) -> bool {
        let (Some(session), Some(line)) = (self.sessions.get_mut(key), self.lines.get_mut(&connection)) else {
            return false;
        };
        session.wake();
        session.left = None;
        session.connection = Some((connection, line.wake.clone()));
        line.serves = Some((session.bot, session.shard.0));
        self.tick();
        true
    }

    /// Takes a connection off its session; the session stays for a while unless it ends with the connection.
    pub(crate) fn detach(&mut self, key: &str, connection: Id, goodbye: bool) {
        if let Some(line) = self.lines.get_mut(&connection) {
            line.serves = None;
        }
        let Some(session) = self.sessions.get_mut(key) else { return };
        if session.connection.as_ref().is_none_or(|(current, _)| *current != connection) {
            return;
        }
        session.connection = None;
        session.left = Some(Instant::now());
        if goodbye {
            self.sessions.remove(key);
        }
        self.tick();
    }

    /// Ends a session that can't be resumed any more. A connection that serves it finds it gone.
    pub(crate) fn end_session(&mut self, key: &str) {
        if let Some(session) = self.sessions.remove(key) {
            session.wake();
        }
        self.tick();
    }

    /// Sends an event to every session that wants it, or to those of one bot only. `payload` writes its content for a
    /// reader; `channel` is where it happened.
    pub(crate) fn dispatch(
        &mut self,
        event: &'static str,
        channel: Id,
        only: Option<Id>,
        payload: impl Fn(&World, Reader) -> Option<String>,
    ) {
        let deliveries = self.deliveries(event, channel, only, payload);
        self.deliver(event, &deliveries);
    }

    /// Sends an event of a server to every session that wants it. `payload` makes its content for a bot.
    pub(crate) fn dispatch_in_guild(&mut self, event: &'static str, guild: Id, payload: impl Fn(&World, Id) -> Value) {
        self.forget_old_sessions();
        let reached = |session: &Session| {
            session.serves(Some(guild)) && session.intents.want(event, false) && self.is_member(guild, session.bot)
        };
        let reached = self.sessions.iter().filter(|(_, session)| reached(session));
        let deliveries = reached.map(|(key, session)| (key.clone(), payload(self, session.bot).to_string())).collect();
        self.deliver(event, &deliveries);
    }

    /// Which sessions an event in a channel reaches, and what each reads.
    pub(super) fn deliveries(
        &mut self,
        event: &'static str,
        channel: Id,
        only: Option<Id>,
        payload: impl Fn(&World, Reader) -> Option<String>,
    ) -> Deliveries {
        self.forget_old_sessions();
        let Some(channel) = self.channels.get(&channel) else { return Deliveries::new() };
        let reached = |session: &Session| {
            only.is_none_or(|bot| bot == session.bot)
                && session.serves(channel.guild)
                && session.intents.want(event, channel.is_direct())
                && (only.is_some() || self.sees(channel, session.bot))
        };
        let read = |session: &Session| payload(self, Reader { bot: session.bot, content: session.intents.content() });
        let reached = self.sessions.iter().filter(|(_, session)| reached(session));
        // Nothing to read is nothing to hear of.
        reached.filter_map(|(key, session)| Some((key.clone(), read(session)?))).collect()
    }

    /// Sends an event to the sessions that it reaches.
    pub(super) fn deliver(&mut self, event: &'static str, deliveries: &Deliveries) {
        for (key, payload) in deliveries {
            self.sessions.get_mut(key).into_iter().for_each(|session| session.push(event, payload));
        }
    }

    /// Sends an event once more to those for whom that was ordered. An order for whom it didn't reach goes on waiting.
    pub(super) fn repeat(&mut self, event: &'static str, deliveries: &Deliveries) {
        let mut reached = Vec::new();
        for (key, payload) in deliveries {
            if let Some(session) = self.sessions.get_mut(key) {
                let who = (session.bot, session.shard.0);
                (0..self.faults.repeat.of(who)).for_each(|_| session.push(event, payload));
                reached.push(who);
            }
        }
        self.faults.repeat.use_up(&reached);
    }

    /// Tells those who asked for members that one joined every server.
    pub(crate) fn announce_member(&mut self, member: Id) {
        const JOINED: &str = "GUILD_MEMBER_ADD";
        let asked = self.sessions.iter().filter(|(_, session)| session.intents.want(JOINED, false));
        let asked: Vec<_> = asked.map(|(key, session)| (key.clone(), session.bot, session.shard)).collect();
        for (key, bot, shard) in asked {
            let guilds = self.guilds_of(shard).map(|guild| guild.id).filter(|guild| self.is_member(*guild, bot));
            let guilds: Vec<Id> = guilds.collect();
            let joined = |guild| self.tell(&key, JOINED, &wire::user::joined_member(self, guild, member));
            guilds.into_iter().for_each(joined);
        }
        self.tick();
    }

    /// Gives a bot another name, and tells it.
    pub(crate) fn rename(&mut self, bot: Id, name: &str) {
        if let Some(user) = self.users.get_mut(&bot) {
            user.name = name.to_owned();
        }
        self.rename_own_roles(bot, name);
        let own = wire::user::own(self, bot).to_string();
        let sessions = self.sessions.values_mut().filter(|session| session.bot == bot);
        sessions.for_each(|session| session.push("USER_UPDATE", &own));
        self.tick();
    }

    /// Sends these an event of a name that nobody knows.
    pub(crate) fn send_unknown_event(&mut self, whom: Whom) {
        let payload = json!({ "guild_id": self.home, "news": [1, null] }).to_string();
        self.served(whom).for_each(|session| session.push("SOMETHING_NEW", &payload));
    }

    /// The sessions of these that a connection serves at this moment.
    fn served(&mut self, whom: Whom) -> impl Iterator<Item = &mut Session> {
        self.sessions.values_mut().filter(move |session| session.connection.is_some() && session.is_of(whom))
    }

    /// Lets the next events of these come late.
    pub(crate) fn delay_events(&mut self, whom: Whom, times: u32, by: Duration) {
        self.served(whom).for_each(|session| session.late = Late { times, by });
    }

    /// Lets the next two events of these change places.
    pub(crate) fn swap_events(&mut self, whom: Whom) {
        self.served(whom).for_each(Session::swap_next);
    }

    /// Sends an event to one session alone.
    pub(crate) fn tell(&mut self, key: &str, event: &str, payload: &Value) {
        if let Some(session) = self.sessions.get_mut(key) {
            session.push(event, &payload.to_string());
        }
    }

    /// Ends the sessions to which nobody came back in time.
    pub(crate) fn forget_old_sessions(&mut self) {
        let resumable = self.terms.resumable;
        self.sessions.retain(|_, session| session.is_alive(resumable));
    }

    /// Makes room for one more session: the oldest without a connection goes first, else the oldest.
    fn make_room(&mut self) {
        self.forget_old_sessions();
        while self.sessions.len() >= MAX_SESSIONS {
            let alone = self.sessions.iter().find(|(_, session)| session.connection.is_none());
            let Some(key) = alone.or(self.sessions.iter().next()).map(|(key, _)| key.clone()) else { return };
            self.end_session(&key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mock::scenario::Cast;

    fn world() -> World {
        World::new(None, "ws://127.0.0.1:1".to_owned(), &Cast::usual(1))
    }

    #[test]
    fn a_session_without_a_connection_makes_room_before_one_that_has_one() {
        let mut world = world();
        world.admit_bot(Id(1));
        let (line, _) = world.open_line();
        let live = world.log_in(Id(1), Intents(0), (0, 1));
        assert!(world.attach(&live, line));
        let oldest = world.log_in(Id(1), Intents(0), (0, 1));
        (0..MAX_SESSIONS).for_each(|_| drop(world.log_in(Id(1), Intents(0), (0, 1))));
        assert_eq!(world.sessions.len(), MAX_SESSIONS);
        world.forget_old_sessions();
        assert!(world.sessions.contains_key(&live) && !world.sessions.contains_key(&oldest));
    }

    #[test]
    fn a_bot_that_left_too_long_ago_is_not_connected() {
        let mut world = world();
        world.admit_bot(Id(1));
        world.log_in(Id(1), Intents(0), (0, 1));
        assert_eq!(world.connected_bot(None), Some(Id(1)));
        world.terms.resumable = Duration::ZERO;
        assert_eq!(world.connected_bot(None), None);
    }
}
