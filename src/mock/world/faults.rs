//! Faults: the ways in which this Discord was told to misbehave.

use std::time::{Duration, Instant};

use serde::Deserialize;

use crate::mock::intents::Intents;
use crate::mock::refusal::Refusal;

/// The most REST faults that wait their turn.
const MAX_WAITING: usize = 100;

/// What goes wrong next.
pub(crate) struct Faults {
    /// How many extra times the next new message is delivered.
    pub(crate) repeat: u32,
    /// Heartbeats that get no answer.
    pub(crate) withheld_acks: Times,
    /// Logins that are refused with op 9.
    pub(crate) refused_logins: Times,
    /// Returns to a session that are refused with op 9.
    pub(crate) refused_resumes: Times,
    /// Requests that fare badly, in the order in which they were asked for.
    pub(crate) rest: Vec<RestFault>,
    /// Intents that the bot's portal page doesn't allow.
    pub(crate) disallowed: Intents,
    /// Whether rate limits hold.
    pub(crate) rate_limits: bool,
}

/// How many more times something happens.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Times(pub(crate) u32);

impl Times {
    /// Whether it happens now, which is thereby used once.
    pub(crate) fn take(&mut self) -> bool {
        let happens = self.0 > 0;
        self.0 = self.0.saturating_sub(1);
        happens
    }
}

/// What happens to the next requests of a kind.
#[derive(Clone, Debug)]
pub(crate) struct RestFault {
    pub(crate) span: Span,
    /// A part of the path of those requests; empty for all.
    pub(crate) path: String,
    /// How long the answer waits.
    pub(crate) delay: Duration,
    pub(crate) outcome: Outcome,
}

/// How long requests fare badly.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Span {
    /// So many more of them.
    Times(Times),
    /// All until then.
    Until(Instant),
}

/// How a request fares.
#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    /// Well, if late.
    Served,
    /// It is refused for no reason of its own.
    Refused(Refusal),
    /// It is told to come back later.
    Limited(Limited),
    /// Its connection is cut, with nothing said.
    Cut,
}

/// A rate limit that is none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limited {
    pub(crate) scope: Scope,
    pub(crate) wait: Duration,
    /// Whether the headers say what the body says.
    pub(crate) headers: bool,
}

/// Whose limit is used up.
#[derive(Clone, Copy, PartialEq, Eq, Default, Deserialize, Debug)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Scope {
    /// The bot's, on this route.
    #[default]
    User,
    /// The bot's, on all routes.
    Global,
    /// That of all who share the resource.
    Shared,
}

impl Span {
    fn lasts(self) -> bool {
        match self {
            Span::Times(times) => times.0 > 0,
            Span::Until(end) => Instant::now() < end,
        }
    }
}

impl Default for Faults {
    fn default() -> Faults {
        Faults {
            repeat: 0,
            withheld_acks: Times(0),
            refused_logins: Times(0),
            refused_resumes: Times(0),
            rest: Vec::new(),
            disallowed: Intents(0),
            rate_limits: true,
        }
    }
}

impl Faults {
    /// Adds a fault; `false` when too many wait.
    pub(crate) fn add(&mut self, fault: RestFault) -> bool {
        self.rest.retain(|fault| fault.span.lasts());
        let room = self.rest.len() < MAX_WAITING;
        if room {
            self.rest.push(fault);
        }
        room
    }

    /// The fault that befalls a request for this path, which is thereby used once.
    pub(crate) fn befalling(&mut self, path: &str) -> Option<RestFault> {
        self.rest.retain(|fault| fault.span.lasts());
        let fault = self.rest.iter_mut().find(|fault| path.contains(&fault.path))?;
        if let Span::Times(times) = &mut fault.span {
            times.take();
        }
        Some(fault.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_befalls_as_often_and_as_long_as_asked_and_only_where_asked() {
        let check = |span: Span, hits: usize| {
            let mut faults = Faults::default();
            let path = "/messages".to_owned();
            assert!(faults.add(RestFault { span, path, delay: Duration::ZERO, outcome: Outcome::Served }));
            assert!(faults.befalling("/api/v10/gateway").is_none());
            let found = (0..3).filter(|_| faults.befalling("/api/v10/channels/1/messages").is_some()).count();
            assert_eq!(found, hits, "{span:?}");
        };
        check(Span::Times(Times(2)), 2);
        check(Span::Until(Instant::now() + Duration::from_secs(60)), 3);
        check(Span::Until(Instant::now()), 0);
    }
}
