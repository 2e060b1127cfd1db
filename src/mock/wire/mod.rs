//! The wire: what the world holds, as the complete JSON objects that clients of Discord expect.

pub(crate) mod application;
pub(crate) mod channel;
pub(crate) mod guild;
pub(crate) mod interaction;
pub(crate) mod message;
pub(crate) mod user;
pub(crate) mod webhook;

use serde::Serialize;
use serde_json::{Map, Value};

/// What goes over the wire, as a value.
fn value(what: &impl Serialize) -> Value {
    serde_json::to_value(what).unwrap_or_default()
}

/// Adds keys to an object.
pub(crate) fn with(mut object: Value, extra: Value) -> Value {
    if let (Some(object), Value::Object(extra)) = (object.as_object_mut(), extra) {
        object.extend(extra);
    }
    object
}

/// An object of one key, which may depend on a value.
pub(crate) fn entry(key: impl ToString, value: impl Into<Value>) -> Value {
    Value::Object(Map::from_iter([(key.to_string(), value.into())]))
}
