//! Sessions: the bots that are logged in, and the events that wait for them.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::mock::intents::Intents;
use crate::mock::snowflake::Id;
use crate::mock::wire;
use crate::mock::world::{Late, Reader, Session, Whom, World};

/// The most sessions of all bots together.
const MAX_SESSIONS: usize = 200;

/// An event for each session that it reaches, by the session's name and as it may read it.
pub(super) type Deliveries = Vec<(String, Value)>;

impl World {
    /// Opens a session with its READY and the server as first events; gives back its name.
    pub(crate) fn log_in(&mut self, bot: Id, intents: Intents, shard: (u64, u64)) -> String {
        self.make_room();
        if let Some(bot) = self.bots.get_mut(&bot) {
            bot.reads_content = intents.content();
        }
        let key = format!("{:032x}", self.new_id().0);
        let session = Session::new(bot, intents, shard);
        self.sessions.insert(key.clone(), session);
        let ready = wire::guild::ready(self, bot, &key, shard);
        let guild = wire::guild::full(self);
        let here = self.serves_guild(shard);
        if let Some(session) = self.sessions.get_mut(&key) {
            session.push("READY", &ready);
            if here && session.intents.want("GUILD_CREATE", false) {
                session.push("GUILD_CREATE", &guild);
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

    /// Sends an event to every session that wants it, or to those of one bot only. `payload` makes its content for a
    /// reader; `channel` is where it happened.
    pub(crate) fn dispatch(
        &mut self,
        event: &'static str,
        channel: Option<Id>,
        only: Option<Id>,
        payload: impl Fn(&World, Reader) -> Value,
    ) {
        let deliveries = self.deliveries(event, channel, only, payload);
        self.deliver(event, &deliveries);
    }

    /// Which sessions an event reaches, and what each reads.
    pub(super) fn deliveries(
        &mut self,
        event: &'static str,
        channel: Option<Id>,
        only: Option<Id>,
        payload: impl Fn(&World, Reader) -> Value,
    ) -> Deliveries {
        self.forget_old_sessions();
        let channel = channel.and_then(|id| self.channels.get(&id));
        let direct = channel.is_some_and(|channel| channel.is_direct());
        let reached = |session: &Session| {
            only.is_none_or(|bot| bot == session.bot)
                && session.intents.want(event, direct)
                && (only.is_some() || channel.is_none_or(|channel| channel.is_open_to(session.bot)))
                && if direct { session.shard.0 == 0 } else { self.serves_guild(session.shard) }
        };
        let read = |session: &Session| payload(self, Reader { bot: session.bot, content: session.intents.content() });
        let reached = self.sessions.iter().filter(|(_, session)| reached(session));
        reached.map(|(key, session)| (key.clone(), read(session))).collect()
    }

    /// Sends an event to the sessions that it reaches.
    pub(super) fn deliver(&mut self, event: &'static str, deliveries: &Deliveries) {
        deliveries.iter().for_each(|(key, payload)| self.tell(key, event, payload));
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

    /// Tells those who asked for members that one joined.
    pub(crate) fn announce_member(&mut self, member: Id) {
        self.dispatch("GUILD_MEMBER_ADD", None, None, |world, _| wire::user::joined_member(world, member));
        self.tick();
    }

    /// Sends these an event of a name that nobody knows.
    pub(crate) fn send_unknown_event(&mut self, whom: Whom) {
        let payload = json!({ "guild_id": self.guild, "news": [1, null] });
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
            session.push(event, payload);
        }
    }

    /// Whether the events of the server go to this shard.
    pub(crate) fn serves_guild(&self, (shard, of): (u64, u64)) -> bool {
        (self.guild.0 >> 22).checked_rem(of).is_none_or(|wanted| wanted == shard)
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

    fn world() -> World {
        World::new(None, "ws://127.0.0.1:1".to_owned())
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
        world.dispatch("MESSAGE_CREATE", None, None, |_, _| Value::Null);
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
