//! Faults: the ways in which this Discord was told to misbehave.

use std::time::{Duration, Instant};

use axum::http::Method;
use serde::{Deserialize, Serialize};

use crate::mock::refusal::Refusal;
use crate::mock::snowflake::Id;
use crate::mock::world::{Counts, Times};

/// The most REST faults that wait their turn.
const MAX_WAITING: usize = 100;

/// What goes wrong next.
#[derive(Default)]
pub(crate) struct Faults {
    /// How many extra times the next new message of a member is delivered.
    pub(crate) repeat: Counts,
    /// Heartbeats that get no answer.
    pub(crate) withheld_acks: Counts,
    /// Logins that are refused with op 9.
    pub(crate) refused_logins: Counts,
    /// Returns to a session that are refused with op 9.
    pub(crate) refused_resumes: Counts,
    /// Requests that fare badly, in the order in which they were asked for.
    pub(crate) rest: Vec<RestFault>,
}

/// What happens to the next requests of a kind.
#[derive(Clone, Debug)]
pub(crate) struct RestFault {
    pub(crate) span: Span,
    pub(crate) target: Target,
    /// How long it takes: before the request is refused, or after it was carried out.
    pub(crate) delay: Duration,
    pub(crate) outcome: Outcome,
}

/// Which requests are meant.
#[derive(Clone, Default, Debug)]
pub(crate) struct Target {
    /// Those of this bot; all without one.
    pub(crate) bot: Option<Id>,
    /// Those with this method; all without one.
    pub(crate) method: Option<Method>,
    /// A part of their path or of their route; empty for all.
    pub(crate) path: String,
}

/// A request as faults see it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sight<'a> {
    pub(crate) bot: Option<Id>,
    pub(crate) method: &'a Method,
    pub(crate) path: &'a str,
    /// The route that takes it, with names in place of ids; empty when none does.
    pub(crate) route: &'a str,
}

impl Target {
    fn is_hit_by(&self, seen: Sight) -> bool {
        self.bot.is_none_or(|bot| seen.bot == Some(bot))
            && self.method.as_ref().is_none_or(|method| method == seen.method)
            && (seen.path.contains(&self.path) || seen.route.contains(&self.path))
    }
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
    /// Its connection is cut with nothing said, before it is carried out or after.
    Cut {
        /// Whether it is carried out first.
        after: bool,
    },
}

/// A rate limit that holds from the first request that it is ordered for until it is over.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limited {
    pub(crate) scope: Scope,
    pub(crate) wait: Duration,
    /// Whether the headers say what the body says.
    pub(crate) headers: bool,
}

/// Whose limit is used up.
#[derive(Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize, Debug)]
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
    pub(crate) fn lasts(self) -> bool {
        match self {
            Span::Times(times) => times.0 > 0,
            Span::Until(end) => Instant::now() < end,
        }
    }
}

impl Faults {
    /// Whether one more fault of requests may wait.
    pub(crate) fn has_room(&self) -> bool {
        self.rest.iter().filter(|fault| fault.span.lasts()).count() < MAX_WAITING
    }

    /// Adds a fault of requests.
    pub(crate) fn add(&mut self, fault: RestFault) {
        self.rest.retain(|fault| fault.span.lasts());
        self.rest.push(fault);
    }

    /// The fault that befalls a request, which is thereby used once: the first of those that were ordered for it.
    pub(crate) fn befalling(&mut self, seen: Sight) -> Option<RestFault> {
        self.rest.retain(|fault| fault.span.lasts());
        let fault = self.rest.iter_mut().find(|fault| fault.target.is_hit_by(seen))?;
        if let Span::Times(times) = &mut fault.span {
            times.take();
        }
        Some(fault.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROUTE: &str = "/api/v10/channels/{channel}/messages";
    const SEEN: Sight =
        Sight { bot: Some(Id(7)), method: &Method::POST, path: "/api/v10/channels/1/messages", route: ROUTE };

    #[test]
    fn a_fault_befalls_as_often_and_as_long_as_asked() {
        let check = |span: Span, hits: usize| {
            let mut faults = Faults::default();
            let target = Target::default();
            faults.add(RestFault { span, target, delay: Duration::ZERO, outcome: Outcome::Served });
            assert_eq!((0..3).filter(|_| faults.befalling(SEEN).is_some()).count(), hits, "{span:?}");
        };
        check(Span::Times(Times(2)), 2);
        check(Span::Until(Instant::now() + Duration::from_secs(60)), 3);
        check(Span::Until(Instant::now()), 0);
    }

    #[test]
    fn a_fault_befalls_only_what_it_is_for() {
        let check = |bot: Option<u64>, method: Option<Method>, path: &str, expected: bool| {
            let target = Target { bot: bot.map(Id), method, path: path.to_owned() };
            assert_eq!(target.is_hit_by(SEEN), expected, "{target:?}");
        };
        check(None, None, "", true);
        check(Some(7), Some(Method::POST), "/messages", true);
        check(None, None, "/channels/{channel}/messages", true);
        check(None, None, "/channels/1/", true);
        check(Some(8), None, "", false);
        check(None, Some(Method::GET), "", false);
        check(None, None, "/gateway", false);
    }
}
