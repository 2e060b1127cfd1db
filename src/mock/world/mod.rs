//! The world: everything that this Discord remembers, in memory and bounded.

mod channels;
mod counts;
mod faults;
mod interactions;
mod lines;
mod logins;
mod messages;
mod people;
mod reactions;
mod session;
mod sessions;
mod terms;
mod threads;

use std::collections::BTreeMap;

use tokio::sync::watch;

pub(crate) use channels::{Channel, DIRECT, Place};
pub(crate) use counts::{Counts, Times};
pub(crate) use faults::{Faults, Limited, Outcome, RestFault, Scope, Sight, Span, Target};
pub(crate) use interactions::{Deed, Form, Interaction, Kind};
pub(crate) use lines::{Lines, Order, Whom};
pub(crate) use logins::{Logins, Start};
pub(crate) use messages::{Allowed, Answered, COMPONENTS_V2, Draft, EPHEMERAL, Envelope, LOADING, Message, Pings};
pub(crate) use people::{Bot, Unwelcome, User, permissions};
pub(crate) use reactions::Reaction;
pub(crate) use session::{Late, Reader, Session};
pub(crate) use terms::Terms;
pub(crate) use threads::{MAX_NAME, NewThread, Thread, ThreadEdit, USUAL_MINUTES};

use crate::mock::clock::Clock;
use crate::mock::snowflake::{Id, Snowflakes};

/// The name of the one server.
pub(crate) const SERVER: &str = "Test server";

/// One server with its people, channels and bots, and all that happened there.
pub(crate) struct World {
    snowflakes: Snowflakes,
    /// The time here, by which ids, interactions and days of logins go.
    pub(crate) clock: Clock,
    /// Counts changes, so that whoever waits looks again.
    ticks: watch::Sender<u64>,
    /// The name of bots that give themselves none.
    bot_name: Option<String>,
    /// Where the gateway listens, as bots are told.
    pub(crate) gateway_url: String,
    /// The server's id, which is also that of its role `@everyone`.
    pub(crate) guild: Id,
    /// Who made the server; nobody who is here.
    pub(crate) owner: Id,
    /// The role Moderators.
    pub(crate) moderators: Id,
    pub(crate) users: BTreeMap<Id, User>,
    pub(crate) bots: BTreeMap<Id, Bot>,
    pub(crate) channels: BTreeMap<Id, Channel>,
    pub(crate) interactions: BTreeMap<Id, Interaction>,
    pub(crate) forms: BTreeMap<Id, Form>,
    pub(crate) sessions: BTreeMap<String, Session>,
    pub(crate) lines: Lines,
    /// What bots are held to at the gateway.
    pub(crate) terms: Terms,
    pub(crate) logins: Logins,
    pub(crate) faults: Faults,
}

impl World {
    /// The server as it is at the start: three members, three channels, nothing said.
    pub(crate) fn new(bot_name: Option<String>, gateway_url: String) -> World {
        let mut snowflakes = Snowflakes::default();
        let clock = Clock::default();
        let mut next = || snowflakes.next(clock.now());
        let (guild, owner, moderators) = (next(), next(), next());
        let mut world = World {
            snowflakes,
            clock,
            ticks: watch::Sender::new(0),
            bot_name,
            gateway_url,
            guild,
            owner,
            moderators,
            users: BTreeMap::new(),
            bots: BTreeMap::new(),
            channels: BTreeMap::new(),
            interactions: BTreeMap::new(),
            forms: BTreeMap::new(),
            sessions: BTreeMap::new(),
            lines: Lines::new(),
            terms: Terms::default(),
            logins: Logins::default(),
            faults: Faults::default(),
        };
        for (name, moderator) in [("sam", false), ("alex", false), ("mo", true)] {
            world.join(name, moderator);
        }
        for name in ["general", "questions", "moderators"] {
            world.open_text(name);
        }
        world
    }

    /// The next id.
    pub(crate) fn new_id(&mut self) -> Id {
        self.snowflakes.next(self.clock.now())
    }

    /// Ends all faults and gives the gateway its usual terms and the clock its time. No event is lost.
    pub(crate) fn mend(&mut self) {
        self.faults = Faults::default();
        self.terms = Terms::default();
        self.clock = Clock::default();
        self.sessions.values_mut().for_each(Session::mend);
        self.lines.values_mut().for_each(|line| line.orders.clear());
    }

    /// Wakes whoever waits for a change.
    pub(crate) fn tick(&self) {
        self.ticks.send_modify(|count| *count += 1);
    }

    /// Changes as they come.
    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.ticks.subscribe()
    }
}
