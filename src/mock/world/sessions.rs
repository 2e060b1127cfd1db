//! Sessions: the bots that are logged in, and the events that wait for them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::mock::intents::Intents;
use crate::mock::snowflake::Id;
use crate::mock::wire;
use crate::mock::world::session::{Late, Swap};
use crate::mock::world::{Order, Reader, Session, World};

/// How long a session without a connection can be resumed.
const RESUMABLE: Duration = Duration::from_secs(120);
/// The most sessions of all bots together; the oldest goes first.
const MAX_SESSIONS: usize = 200;

impl World {
    /// Opens a session with its READY and the server as first events; gives back its name.
    pub(crate) fn log_in(&mut self, bot: Id, intents: Intents, shard: (u64, u64)) -> String {
        self.forget_old_sessions();
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

    /// Puts a connection in charge of a session, in place of an earlier one. `None` when the session is gone.
    pub(crate) fn attach(&mut self, key: &str) -> Option<(Id, Arc<Notify>)> {
        let connection = (self.new_id(), Arc::new(Notify::new()));
        let session = self.sessions.get_mut(key)?;
        session.wake();
        session.orders.clear();
        session.left = None;
        session.connection = Some(connection.clone());
        self.tick();
        Some(connection)
    }

    /// Takes a connection off its session; the session stays for a while unless the bot said goodbye.
    pub(crate) fn detach(&mut self, key: &str, connection: Id, goodbye: bool) {
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

    /// Ends a session that can't be resumed any more.
    pub(crate) fn end_session(&mut self, key: &str) {
        self.sessions.remove(key);
        self.tick();
    }

    /// Tells a session that its bot has all that it missed.
    pub(crate) fn resumed(&mut self, key: &str) {
        if let Some(session) = self.sessions.get_mut(key) {
            session.append("RESUMED", &json!({ "_trace": [] }));
        }
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
        self.forget_old_sessions();
        let channel = channel.and_then(|id| self.channels.get(&id));
        let direct = channel.is_some_and(|channel| channel.is_direct());
        let reached = |session: &Session| {
            only.is_none_or(|bot| bot == session.bot)
                && session.intents.want(event, direct)
                && channel.is_none_or(|channel| channel.is_open_to(session.bot))
                && if direct { session.shard.0 == 0 } else { self.serves_guild(session.shard) }
        };
        let deliveries: Vec<(String, Value)> = (self.sessions.iter())
            .filter(|(_, session)| reached(session))
            .map(|(key, session)| {
                let reader = Reader { bot: session.bot, content: session.intents.content() };
                (key.clone(), payload(self, reader))
            })
            .collect();
        let copies = if event == "MESSAGE_CREATE" { 1 + std::mem::take(&mut self.faults.repeat) } else { 1 };
        for (key, payload) in deliveries {
            if let Some(session) = self.sessions.get_mut(&key) {
                (0..copies).for_each(|_| session.push(event, &payload));
            }
        }
    }

    /// Tells those who asked for members that one joined.
    pub(crate) fn announce_member(&mut self, member: Id) {
        self.dispatch("GUILD_MEMBER_ADD", None, None, |world, _| wire::user::joined_member(world, member));
        self.tick();
    }

    /// The sessions that a connection serves at this moment.
    fn served(&mut self) -> impl Iterator<Item = &mut Session> {
        self.sessions.values_mut().filter(|session| session.connection.is_some())
    }

    /// Gives an order to every connection there is.
    pub(crate) fn order_all(&mut self, order: Order) {
        self.served().for_each(|session| session.order(order));
    }

    /// Lets the next events of every connection come late.
    pub(crate) fn delay_all(&mut self, times: u32, by: Duration) {
        self.served().for_each(|session| session.late = Late { times, by });
    }

    /// Lets the next two events of every connection change places.
    pub(crate) fn swap_all(&mut self) {
        self.served().for_each(|session| session.swap = Swap::Next);
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

    fn forget_old_sessions(&mut self) {
        self.sessions.retain(|_, session| session.left.is_none_or(|left| left.elapsed() < RESUMABLE));
        while self.sessions.len() >= MAX_SESSIONS {
            self.sessions.pop_first();
        }
    }
}
