//! The calls that pamphlet makes, each with its deadline and whether it may be sent twice.

use super::error::{ALREADY_ANSWERED, UNKNOWN_MESSAGE};
use super::retry::Repeat;
use crate::answer::File;
use reqwest::Method;
use serde::Serialize;
use std::time::{Duration, Instant};

/// The longest that a call may take, repeats and waiting included.
const WHOLE_CALL: Duration = Duration::from_secs(10);
/// The same for messages: Discord takes about five in five seconds in a channel, so the last of a burst waits long; and an
/// outage is to cost no answer.
const WHOLE_MESSAGE: Duration = Duration::from_secs(60);
/// The same for what an answer waits for.
const SOON: Duration = Duration::from_secs(1);
/// The longest that one attempt may take.
const ATTEMPT: Duration = Duration::from_secs(5);
/// The longest that one attempt at a first answer may take: it leaves time for a second.
const FIRST_ANSWER_ATTEMPT: Duration = Duration::from_millis(1_200);

/// One call, ready to be sent.
pub(crate) struct Call {
    pub(super) method: Method,
    /// What follows `/api/v10/`. An interaction's holds its token, so this is never logged.
    pub(super) path: String,
    /// The call's name, for logs.
    pub(super) name: &'static str,
    /// The bucket that the bot's calls share; interactions have none, and carry no token of the bot's.
    pub(super) bucket: Option<String>,
    pub(super) body: Option<Vec<u8>>,
    /// Files that go with the body.
    pub(super) files: Vec<File>,
    pub(super) repeat: Repeat,
    pub(super) deadline: Instant,
    pub(super) attempt: Duration,
    /// The refusal that means that the call had succeeded before.
    pub(super) done_before: Option<u64>,
}

/// An interaction's address: what answers to it are sent with. Its token is a secret for 15 minutes.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Ticket {
    /// The application's id.
    pub(crate) application: u64,
    /// The interaction's id.
    pub(crate) id: u64,
    /// The interaction's token.
    pub(crate) token: String,
}

impl std::fmt::Debug for Ticket {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Ticket({})", self.id)
    }
}

impl Call {
    /// Where the gateway is. The first call of all: it also shows whether the token is accepted.
    pub(crate) fn gateway() -> Self {
        Self::of_bot("find the gateway", Method::GET, "gateway/bot".to_owned(), "gateway/bot".to_owned())
    }

    /// Registers these commands in the place of all others.
    pub(crate) fn register_commands(application: u64, commands: &impl Serialize) -> Self {
        let path = format!("applications/{application}/commands");
        Self::of_bot("register commands", Method::PUT, path.clone(), path).with(commands)
    }

    /// What a channel is.
    pub(crate) fn channel(id: u64) -> Self {
        let path = format!("channels/{id}");
        Self::of_bot("look at a channel", Method::GET, path.clone(), path)
    }

    /// Posts a message that carries an enforced nonce, so that sending it twice posts it once.
    pub(crate) fn post(channel: u64, message: &impl Serialize) -> Self {
        let path = format!("channels/{channel}/messages");
        Self::of_bot("post", Method::POST, path.clone(), path).with(message).within(WHOLE_MESSAGE)
    }

    /// Deletes a message; one that is gone already counts as deleted.
    pub(crate) fn delete(channel: u64, message: u64) -> Self {
        let path = format!("channels/{channel}/messages/{message}");
        let bucket = format!("channels/{channel}/messages/id");
        let call = Self::of_bot("delete", Method::DELETE, path, bucket).within(WHOLE_MESSAGE);
        Self { done_before: Some(UNKNOWN_MESSAGE), ..call }
    }

    /// The first answer to an interaction, which must arrive before `deadline`. Discord accepts one, so sending it
    /// twice is harmless.
    pub(crate) fn answer(ticket: &Ticket, deadline: Instant, response: &impl Serialize) -> Self {
        let path = format!("interactions/{}/{}/callback", ticket.id, ticket.token);
        let call = Self::of_interaction("answer", Method::POST, path).with(response);
        Self { deadline, attempt: FIRST_ANSWER_ATTEMPT, done_before: Some(ALREADY_ANSWERED), ..call }
    }

    /// Puts a message in the place of the one that a deferred answer stands for.
    pub(crate) fn edit_original(ticket: &Ticket, message: &impl Serialize) -> Self {
        Self::of_interaction("edit the answer", Method::PATCH, original(ticket)).with(message).within(WHOLE_MESSAGE)
    }

    /// Deletes the message that an interaction's answer is, or whose control was used.
    pub(crate) fn delete_original(ticket: &Ticket) -> Self {
        let call = Self::of_interaction("delete the answer", Method::DELETE, original(ticket)).within(WHOLE_MESSAGE);
        Self { done_before: Some(UNKNOWN_MESSAGE), ..call }
    }

    /// One more message after an interaction's first answer. Nothing keeps it from being posted twice, so one that Discord
    /// may have carried out is lost rather than said twice.
    pub(crate) fn follow_up(ticket: &Ticket, message: &impl Serialize) -> Self {
        let path = format!("webhooks/{}/{}", ticket.application, ticket.token);
        let call = Self::of_interaction("follow up", Method::POST, path).with(message);
        Self { repeat: Repeat::MayPostTwice, ..call }
    }

    /// The same call with files, for which it has more time.
    pub(crate) fn carrying(self, files: &[File]) -> Self {
        let attempt = if files.is_empty() { self.attempt } else { ATTEMPT };
        Self { files: files.to_vec(), attempt, ..self }
    }

    /// The same call, which is worth no long wait.
    pub(crate) fn soon(self) -> Self {
        Self { deadline: Instant::now() + SOON, ..self }
    }

    /// What the call is called in logs.
    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    fn of_bot(name: &'static str, method: Method, path: String, bucket: String) -> Self {
        Self { bucket: Some(bucket), ..Self::of_interaction(name, method, path) }
    }

    fn of_interaction(name: &'static str, method: Method, path: String) -> Self {
        Self {
            method,
            path,
            name,
            bucket: None,
            body: None,
            files: Vec::new(),
            repeat: Repeat::Harmless,
            deadline: Instant::now() + WHOLE_CALL,
            attempt: ATTEMPT,
            done_before: None,
        }
    }

    fn within(self, whole: Duration) -> Self {
        Self { deadline: Instant::now() + whole, ..self }
    }

    /// What is sent is made of text and numbers only, which always can be written; if it ever could not, Discord
    /// refuses the empty body.
    fn with(self, body: &impl Serialize) -> Self {
        Self { body: Some(serde_json::to_vec(body).unwrap_or_default()), ..self }
    }
}

fn original(ticket: &Ticket) -> String {
    format!("webhooks/{}/{}/messages/@original", ticket.application, ticket.token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_time_for_a_burst() {
        let check = |call: Call, seconds| {
            let left = call.deadline.saturating_duration_since(Instant::now());
            assert!(left > Duration::from_secs(seconds), "{}: {left:?}", call.name);
        };
        // Twenty answers a minute are allowed in a channel, and Discord lets five through at once.
        check(Call::post(1, &()), 30);
        check(Call::delete(1, 2), 30);
        check(Call::gateway(), 5);
    }
}
