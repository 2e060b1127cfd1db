//! One line of a recording.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::mock::scenario::Cast;
use crate::mock::snowflake::Id;

/// What stands in place of a token.
const TOKEN: &str = "(token)";

/// Something that happened, so many milliseconds after the start.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(crate) struct Line {
    pub(crate) ms: u64,
    #[serde(flatten)]
    pub(crate) entry: Entry,
}

/// What happened.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub(crate) enum Entry {
    /// This Discord started.
    Start {
        /// Which servers and members there are.
        cast: Cast,
        /// The ids of servers, channels and members, by what they are called.
        ids: BTreeMap<String, Id>,
        /// The program's version.
        version: String,
    },
    /// A payload went over the gateway.
    Frame {
        way: Way,
        /// Which connection.
        connection: Id,
        /// The bot behind it, once it has logged in.
        bot: Option<Id>,
        shard: Option<u64>,
        /// As JSON; as a text what isn't any.
        payload: Value,
    },
    /// A bot's request was answered, or cut off, with no status then.
    Request { method: String, path: String, body: Option<Value>, status: Option<u16>, answer: Value },
    /// A member acts, or a fault is ordered, over the control interface.
    Deed {
        /// Counted from 1.
        number: u64,
        method: String,
        path: String,
        body: Value,
    },
    /// What came of a deed.
    Done { number: u64, status: u16, answer: Value },
    /// A row of the transcript came or changed.
    Row { row: Value },
}

/// Which way a payload went.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Way {
    FromBot,
    ToBot,
}

impl Entry {
    /// A payload, without the token that a login shows.
    pub(crate) fn frame(way: Way, connection: Id, who: Option<(Id, u64)>, text: &str) -> Entry {
        let unreadable = || match way {
            // There may be a token in it.
            Way::FromBot => format!("(no JSON, {} bytes)", text.len()),
            Way::ToBot => text.to_owned(),
        };
        let mut payload = serde_json::from_str(text).unwrap_or_else(|_| Value::String(unreadable()));
        if let Some(token) = payload.pointer_mut("/d/token") {
            *token = Value::String(TOKEN.to_owned());
        }
        Entry::Frame { way, connection, bot: who.map(|(bot, _)| bot), shard: who.map(|(_, shard)| shard), payload }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_token_is_in_a_frame() {
        let (login, back) = (r#"{"op":2,"d":{"token":"secret"}}"#, r#"{"op":6,"d":{"token":"secret","seq":1}}"#);
        for (text, instead) in [(login, TOKEN), (back, TOKEN), (r#"{"op":2,"d":{"token":"secret""#, "(no JSON")] {
            let line = Line { ms: 5, entry: Entry::frame(Way::FromBot, Id(7), None, text) };
            let written = serde_json::to_string(&line).unwrap();
            assert!(!written.contains("secret") && written.contains(instead), "{written}");
            assert_eq!(serde_json::from_str::<Line>(&written).unwrap(), line);
        }
    }

    #[test]
    fn what_is_no_json_stays_as_it_is() {
        let entry = Entry::frame(Way::ToBot, Id(7), Some((Id(42), 1)), "{broken");
        assert!(
            matches!(entry, Entry::Frame { payload: Value::String(text), shard: Some(1), .. } if text == "{broken")
        );
    }
}
