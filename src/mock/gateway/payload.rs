//! Payloads: what bots say over the gateway, read into values.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::close::{DECODE_ERROR, UNKNOWN_OPCODE};
use crate::mock::intents::Intents;
use crate::mock::snowflake::Id;

/// The most members that are told by their ids or the beginning of their names.
const MAX_MEMBERS: usize = 100;
/// The most bytes of what a bot knows an answer by.
const MAX_NONCE: usize = 32;

/// The most bytes of a payload.
const MAX_PAYLOAD: usize = 4096;

/// Something a bot says.
pub(crate) enum Said {
    Heartbeat,
    Identify(Identify),
    Resume(Resume),
    RequestMembers(RequestMembers),
    /// Presence and voice: accepted, without effect here.
    Nothing,
}

/// A login.
#[derive(Deserialize)]
pub(crate) struct Identify {
    pub(crate) token: String,
    intents: u64,
    #[serde(default)]
    pub(crate) compress: bool,
    /// Which shard of how many; the only one by default.
    #[serde(default)]
    pub(crate) shard: Option<(u64, u64)>,
    /// What the bot says that it runs on, which it may not leave out.
    #[serde(rename = "properties")]
    _properties: Map<String, Value>,
}

impl Identify {
    pub(crate) fn intents(&self) -> Intents {
        Intents(self.intents)
    }
}

/// A return to an earlier session.
#[derive(Deserialize)]
pub(crate) struct Resume {
    pub(crate) token: String,
    pub(crate) session_id: String,
    /// The number of the last event that arrived.
    #[serde(rename = "seq")]
    pub(crate) sequence: u64,
}

/// A wish to know who is in a server.
#[derive(Deserialize)]
pub(crate) struct RequestMembers {
    #[serde(default)]
    pub(crate) guild_id: Option<Id>,
    #[serde(default)]
    query: Option<String>,
    #[serde(default)]
    user_ids: Value,
    #[serde(default)]
    limit: Value,
    #[serde(default)]
    nonce: Option<Value>,
}

impl RequestMembers {
    /// The members asked for by id, which may be numbers and one alone; `None` where a name is asked for.
    pub(crate) fn ids(&self) -> Option<Vec<Id>> {
        let id = |value: &Value| serde_json::from_value(value.clone()).ok();
        match &self.user_ids {
            Value::Array(ids) => Some(ids.iter().filter_map(id).take(MAX_MEMBERS).collect()),
            Value::Null => None,
            one => Some(id(one).into_iter().collect()),
        }
    }

    /// Whether it says whom it is for, which it may not leave out.
    pub(crate) fn is_for_somebody(&self) -> bool {
        self.query.is_some() || !self.user_ids.is_null()
    }

    /// Whether any member may be among those asked for, whatever they are called.
    pub(crate) fn is_for_any(&self) -> bool {
        self.ids().is_none() && self.query.as_deref().is_none_or(str::is_empty)
    }

    /// How many members at most are asked for; `None` where all are. By the beginning of their names it is few.
    pub(crate) fn limit(&self) -> Option<usize> {
        let said = self.limit.as_u64().filter(|limit| *limit > 0 && self.ids().is_none());
        let said = said.map(|limit| usize::try_from(limit).unwrap_or(usize::MAX));
        if self.is_for_any() { said } else { Some(said.unwrap_or(MAX_MEMBERS).min(MAX_MEMBERS)) }
    }

    /// By what the bot knows the answer; nothing where that is none or too long.
    pub(crate) fn nonce(&self) -> Option<&Value> {
        self.nonce.as_ref().filter(|nonce| nonce.as_str().is_some_and(|nonce| nonce.len() <= MAX_NONCE))
    }

    /// Whether a member is among those asked for.
    pub(crate) fn wants(&self, id: Id, name: &str) -> bool {
        let by_name =
            || self.query.as_deref().is_none_or(|prefix| name.to_lowercase().starts_with(&prefix.to_lowercase()));
        self.ids().map_or_else(by_name, |ids| ids.contains(&id))
    }
}

/// Reads a payload; the error is the code to close with.
pub(crate) fn read(text: &[u8]) -> Result<Said, u16> {
    #[derive(Deserialize)]
    struct Payload {
        op: u8,
        #[serde(default)]
        d: Value,
    }

    fn data<T: for<'de> Deserialize<'de>>(value: Value) -> Result<T, u16> {
        serde_json::from_value(value).map_err(|_| DECODE_ERROR)
    }

    if text.len() > MAX_PAYLOAD {
        return Err(DECODE_ERROR);
    }
    let payload: Payload = serde_json::from_slice(text).map_err(|_| DECODE_ERROR)?;
    match payload.op {
        1 => Ok(Said::Heartbeat),
        2 => data(payload.d).map(Said::Identify),
        3 | 4 | 31 => Ok(Said::Nothing),
        6 => data(payload.d).map(Said::Resume),
        8 => data(payload.d).map(Said::RequestMembers),
        _ => Err(UNKNOWN_OPCODE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_has_a_close_code() {
        let check = |text: &str, code: u16| assert_eq!(read(text.as_bytes()).err(), Some(code), "{text}");
        check("no json", DECODE_ERROR);
        check(r#"{"op":2,"d":{"token":"t"}}"#, DECODE_ERROR);
        check(r#"{"op":2,"d":{"token":"t","intents":0}}"#, DECODE_ERROR);
        check(r#"{"op":2,"d":{"token":"t","intents":0,"properties":"none"}}"#, DECODE_ERROR);
        check(r#"{"op":99}"#, UNKNOWN_OPCODE);
        check(&format!(r#"{{"op":1,"d":"{}"}}"#, "a".repeat(5000)), DECODE_ERROR);
    }

    #[test]
    fn members_are_chosen_by_prefix_or_id() {
        let wants = |json: &str| {
            let request: RequestMembers = serde_json::from_str(json).unwrap();
            request.wants(Id(7), "sam")
        };
        assert!(wants(r#"{"query":"","limit":0}"#));
        assert!(wants(r#"{"query":"sa"}"#));
        assert!(!wants(r#"{"query":"al"}"#));
        assert!(wants(r#"{"query":"SA"}"#));
        assert!(wants(r#"{"user_ids":["7"]}"#));
        assert!(wants(r#"{"user_ids":[7]}"#));
        assert!(wants(r#"{"user_ids":7}"#));
        assert!(!wants(r#"{"user_ids":"8"}"#));
    }

    #[test]
    fn all_members_are_asked_for_without_a_prefix_and_without_ids() {
        let check = |json: &str, for_any: bool, limit: Option<usize>| {
            let request: RequestMembers = serde_json::from_str(json).unwrap();
            assert_eq!((request.is_for_any(), request.limit()), (for_any, limit), "{json}");
        };
        check(r#"{"query":"","limit":0}"#, true, None);
        check(r#"{}"#, true, None);
        check(r#"{"query":"","limit":5}"#, true, Some(5));
        check(r#"{"query":"sa","limit":5}"#, false, Some(5));
        check(r#"{"query":"sa","limit":0}"#, false, Some(100));
        check(r#"{"query":"sa","limit":101}"#, false, Some(100));
        check(r#"{"query":"","user_ids":["7"],"limit":1}"#, false, Some(100));
    }
}
