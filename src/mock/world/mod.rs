//! The world: everything that this Discord remembers, in memory and bounded.

mod channels;
mod counts;
mod faults;
mod guilds;
mod interactions;
mod lines;
mod logins;
mod memberships;
mod messages;
mod people;
mod permissions;
mod pings;
mod pins;
mod reactions;
mod roles;
mod rooms;
mod session;
mod sessions;
mod terms;
mod threads;
mod webhooks;

use std::collections::BTreeMap;

use tokio::sync::watch;

pub(crate) use channels::{Channel, DIRECT, Place};
pub(crate) use counts::{Counts, Times};
pub(crate) use faults::{Faults, Limited, Outcome, RestFault, Scope, Sight, Span, Target};
pub(crate) use guilds::{Guild, moderators, shard_of};
pub(crate) use interactions::{Deed, Form, Interaction, Kind};
pub(crate) use lines::{Lines, Order, Whom};
pub(crate) use logins::{Logins, Start};
pub(crate) use memberships::Membership;
pub(crate) use messages::{Answered, COMPONENTS_V2, Draft, EPHEMERAL, Envelope, LOADING, Message, SUPPRESS_EMBEDS};
pub(crate) use people::{Bot, Unwelcome, User};
pub(crate) use permissions::{Grant, Holder, NOBODY, Overwrite, Permissions};
pub(crate) use pings::Allowed;
pub(crate) use reactions::{Reaction, is_emoji};
pub(crate) use roles::{Role, RoleEdit};
pub(crate) use rooms::{MAX_OVERWRITES, REQUIRE_TAG, Room, RoomEdit, RoomKind};
pub(crate) use session::{Late, Reader, Session};
pub(crate) use terms::Terms;
pub(crate) use threads::{MAX_NAME, MINUTES, NewThread, Opening, Thread, ThreadEdit, ThreadMember, USUAL_MINUTES};
pub(crate) use webhooks::{Persona, Webhook};

use crate::mock::clock::Clock;
use crate::mock::scenario::Cast;
use crate::mock::snowflake::{Id, Snowflakes};

/// The servers with their people, channels and bots, and all that happened there.
pub(crate) struct World {
    snowflakes: Snowflakes,
    /// The time here, by which ids, interactions and days of logins go.
    pub(crate) clock: Clock,
    /// Counts changes, so that whoever waits looks again.
    ticks: watch::Sender<u64>,
    /// The name of bots that give themselves none.
    bot_name: Option<String>,
    /// What the role of a bot lets it do at first.
    bots_may: Permissions,
    /// Where the gateway listens, as bots are told.
    pub(crate) gateway_url: String,
    /// The language of all clients.
    pub(crate) locale: String,
    pub(crate) guilds: BTreeMap<Id, Guild>,
    /// The server that the page shows.
    pub(crate) home: Id,
    /// Who made the servers: the first moderator, else the first member.
    pub(crate) owner: Id,
    pub(crate) users: BTreeMap<Id, User>,
    pub(crate) bots: BTreeMap<Id, Bot>,
    pub(crate) channels: BTreeMap<Id, Channel>,
    /// The direct message of a person and a bot.
    directs: BTreeMap<(Id, Id), Id>,
    /// What was said in all channels, by id and so by age.
    messages: BTreeMap<Id, Message>,
    pub(crate) webhooks: BTreeMap<Id, Webhook>,
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
    /// Servers and members as they are at the start: nothing said.
    pub(crate) fn new(bot_name: Option<String>, gateway_url: String, cast: &Cast) -> World {
        let mut world = World {
            snowflakes: Snowflakes::default(),
            clock: Clock::default(),
            ticks: watch::Sender::new(0),
            bot_name,
            bots_may: cast.bots_may(),
            gateway_url,
            locale: cast.locale.clone(),
            guilds: BTreeMap::new(),
            home: Id(0),
            owner: Id(0),
            users: BTreeMap::new(),
            bots: BTreeMap::new(),
            channels: BTreeMap::new(),
            directs: BTreeMap::new(),
            messages: BTreeMap::new(),
            webhooks: BTreeMap::new(),
            interactions: BTreeMap::new(),
            forms: BTreeMap::new(),
            sessions: BTreeMap::new(),
            lines: Lines::new(),
            terms: Terms::of(cast.servers.len() as u64),
            logins: Logins::default(),
            faults: Faults::default(),
        };
        // First of all: their ids are of the milliseconds before this.
        world.found(&cast.servers);
        for member in &cast.members {
            world.join(&member.name, member.moderator);
        }
        let owner = world.users.values().find(|user| user.moderator).or(world.users.values().next());
        world.owner = owner.map_or(NOBODY, |owner| owner.id);
        world.give_planned_roles(&cast.members);
        world.open_and_lock(&cast.servers);
        world
    }

    /// The next id.
    pub(crate) fn new_id(&mut self) -> Id {
        self.snowflakes.next(self.clock.now())
    }

    /// Ends all faults and gives the gateway its usual terms and the clock its time. No event is lost.
    pub(crate) fn mend(&mut self) {
        self.faults = Faults::default();
        self.terms = Terms::of(self.guilds.len() as u64);
        self.clock = Clock::default();
        self.sessions.values_mut().for_each(Session::mend);
        for line in self.lines.values_mut() {
            line.orders.clear();
            line.until = None;
        }
    }

    /// Where this Discord is reached over HTTP.
    pub(crate) fn http_url(&self) -> String {
        self.gateway_url.replacen("ws", "http", 1)
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
