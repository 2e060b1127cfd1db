//! A wish for faults, as the body of a request says it.

use serde::Deserialize;

use crate::mock::control::request::optional;
use crate::mock::snowflake::Id;
use crate::mock::world::{Scope, Whom};

/// What is to go wrong; any of these together.
#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Wish {
    /// Only for this bot.
    #[serde(deserialize_with = "optional")]
    pub(super) bot: Option<Id>,
    /// Only for this shard.
    #[serde(deserialize_with = "optional")]
    pub(super) shard: Option<u64>,
    /// Deliver the next new message of a member this many extra times.
    #[serde(deserialize_with = "optional")]
    pub(super) repeat: Option<u32>,
    /// Answer requests with this status.
    #[serde(deserialize_with = "optional")]
    pub(super) status: Option<u16>,
    /// Discord's code in that answer.
    #[serde(deserialize_with = "optional")]
    pub(super) code: Option<u32>,
    /// The words of that answer.
    #[serde(deserialize_with = "optional")]
    pub(super) message: Option<String>,
    /// Answer requests late by so long.
    #[serde(deserialize_with = "optional")]
    pub(super) delay_ms: Option<u64>,
    /// How many requests this happens to.
    #[serde(deserialize_with = "optional")]
    pub(super) times: Option<u32>,
    /// A part of the path of those requests, or of their route.
    #[serde(deserialize_with = "optional")]
    pub(super) path: String,
    /// Their method.
    #[serde(deserialize_with = "optional")]
    pub(super) method: Option<String>,
    /// Close the gateway connections with this code.
    #[serde(deserialize_with = "optional")]
    pub(super) close: Option<u16>,
    /// Ask the bots to reconnect.
    #[serde(deserialize_with = "optional")]
    pub(super) reconnect: bool,
    /// Tell the bots that their session is invalid; `true` when they may resume it.
    #[serde(deserialize_with = "optional")]
    pub(super) invalidate: Option<bool>,
    /// Refuse logins that want these privileged intents, as a number of bits.
    #[serde(deserialize_with = "optional")]
    pub(super) disallow_intents: Option<u64>,
    /// Whether rate limits hold.
    #[serde(deserialize_with = "optional")]
    pub(super) rate_limits: Option<bool>,
    /// Whether logins are counted and held apart.
    #[serde(deserialize_with = "optional")]
    pub(super) login_limits: Option<bool>,
    /// How often a bot may log in in a day.
    #[serde(deserialize_with = "optional")]
    pub(super) logins_a_day: Option<u32>,
    /// How many shards may log in at once.
    #[serde(deserialize_with = "optional")]
    pub(super) max_concurrency: Option<u64>,
    /// How many servers a bot is taken to be in.
    #[serde(deserialize_with = "optional")]
    pub(super) servers: Option<u64>,
    /// How often bots that connect from now on are to show that they live.
    #[serde(deserialize_with = "optional")]
    pub(super) heartbeat_ms: Option<u64>,
    /// How long a session can be resumed after its connection went.
    #[serde(deserialize_with = "optional")]
    pub(super) resumable_ms: Option<u64>,
    /// Cut the gateway connections without a close frame.
    #[serde(deserialize_with = "optional")]
    pub(super) drop: bool,
    /// Send and read nothing at the gateway for so long.
    #[serde(deserialize_with = "optional")]
    pub(super) freeze_ms: Option<u64>,
    /// Leave so many heartbeats without an answer.
    #[serde(deserialize_with = "optional")]
    pub(super) withhold_ack: Option<u32>,
    /// Let the next `times` events come so late.
    #[serde(deserialize_with = "optional")]
    pub(super) delay_events_ms: Option<u64>,
    /// Let the next two events change places.
    #[serde(deserialize_with = "optional")]
    pub(super) reorder: bool,
    /// Send an event whose JSON breaks off.
    #[serde(deserialize_with = "optional")]
    pub(super) malformed: bool,
    /// Send an event of a name that nobody knows.
    #[serde(deserialize_with = "optional")]
    pub(super) unknown_event: bool,
    /// Send bytes that are no payload.
    #[serde(deserialize_with = "optional")]
    pub(super) garbage: bool,
    /// Refuse so many returns to a session.
    #[serde(deserialize_with = "optional")]
    pub(super) refuse_resume: Option<u32>,
    /// Refuse so many logins.
    #[serde(deserialize_with = "optional")]
    pub(super) refuse_identify: Option<u32>,
    /// How long this happens to requests, instead of `times`.
    #[serde(deserialize_with = "optional")]
    pub(super) for_ms: Option<u64>,
    /// Whose limit a 429 says is used up.
    #[serde(deserialize_with = "optional")]
    pub(super) scope: Option<Scope>,
    /// After how many seconds a 429 says to come back.
    #[serde(deserialize_with = "optional")]
    pub(super) retry_after: Option<f64>,
    /// Whether the headers of a 429 say so too.
    #[serde(deserialize_with = "optional")]
    pub(super) headers: Option<bool>,
    /// Cut the connections of requests.
    #[serde(deserialize_with = "optional")]
    pub(super) cut: bool,
    /// Cut them only once the request was carried out.
    #[serde(deserialize_with = "optional")]
    pub(super) after: bool,
    /// Let the clock jump so many seconds, or back.
    #[serde(deserialize_with = "optional")]
    pub(super) clock_jump_s: Option<i64>,
}

impl Wish {
    /// For whom it is.
    pub(super) fn whom(&self) -> Whom {
        Whom { bot: self.bot, shard: self.shard }
    }

    /// Whether something is to befall requests.
    pub(super) fn is_about_requests(&self) -> bool {
        self.status.is_some() || self.delay_ms.is_some() || self.cut
    }

    /// Whether something is to befall connections, logins or events, which are those of a bot and a shard.
    pub(super) fn is_about_the_gateway(&self) -> bool {
        let counted = [self.repeat, self.withhold_ack, self.refuse_resume, self.refuse_identify];
        let timed = [self.freeze_ms, self.delay_events_ms];
        counted.iter().any(Option::is_some)
            || timed.iter().any(Option::is_some)
            || self.close.is_some()
            || self.invalidate.is_some()
            || self.drop
            || self.reconnect
            || self.reorder
            || self.malformed
            || self.unknown_event
            || self.garbage
    }

    /// Whether something is to be otherwise than usual for all.
    pub(super) fn is_about_terms(&self) -> bool {
        let numbers = [self.servers, self.max_concurrency, self.heartbeat_ms, self.resumable_ms, self.disallow_intents];
        numbers.iter().any(Option::is_some)
            || self.rate_limits.is_some()
            || self.login_limits.is_some()
            || self.logins_a_day.is_some()
            || self.clock_jump_s.is_some()
    }
}
