//! Faults: the ways in which this Discord was told to misbehave.

use crate::mock::intents::Intents;

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
    /// How many more requests it happens to.
    pub(crate) times: u32,
    /// A part of the path of those requests; empty for all.
    pub(crate) path: String,
    /// The status of the answer, if the request is not to be served.
    pub(crate) status: Option<u16>,
    /// Discord's code in the answer.
    pub(crate) code: u32,
    /// The words of the answer.
    pub(crate) message: String,
    /// How long the answer waits, in milliseconds.
    pub(crate) delay_ms: u64,
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
        let room = self.rest.len() < MAX_WAITING;
        if room {
            self.rest.push(fault);
        }
        room
    }

    /// The fault that befalls a request for this path, which is thereby used once.
    pub(crate) fn befalling(&mut self, path: &str) -> Option<RestFault> {
        let fault = self.rest.iter_mut().find(|fault| path.contains(&fault.path))?;
        fault.times = fault.times.saturating_sub(1);
        let fault = fault.clone();
        self.rest.retain(|fault| fault.times > 0);
        Some(fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_befalls_as_often_as_asked_and_only_where_asked() {
        let mut faults = Faults::default();
        let fault = RestFault {
            times: 2,
            path: "/messages".to_owned(),
            status: Some(500),
            code: 0,
            message: String::new(),
            delay_ms: 0,
        };
        assert!(faults.add(fault));
        assert!(faults.befalling("/api/v10/gateway").is_none());
        assert!(faults.befalling("/api/v10/channels/1/messages").is_some());
        assert!(faults.befalling("/api/v10/channels/1/messages").is_some());
        assert!(faults.befalling("/api/v10/channels/1/messages").is_none());
    }
}
