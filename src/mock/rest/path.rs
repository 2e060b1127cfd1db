//! The values in a path, refused in Discord's form where they aren't ids.

use axum::extract::{FromRequestParts, Path as AxumPath, RawPathParams};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::mock::checks::Problems;
use crate::mock::refusal::Refusal;
use crate::mock::snowflake::Id;

/// The variable parts of paths that are ids, and what Discord calls them.
const IDS: [(&str, &str); 10] = [
    ("application", "application_id"),
    ("channel", "channel_id"),
    ("command", "command_id"),
    ("guild", "guild_id"),
    ("interaction", "interaction_id"),
    ("message", "message_id"),
    ("role", "role_id"),
    ("target", "overwrite_id"),
    ("user", "user_id"),
    ("webhook", "webhook_id"),
];

/// The name of the message that the first response to an interaction made or changed.
pub(super) const ORIGINAL: &str = "@original";

/// What stands in the variable parts of a path.
pub(crate) struct Path<T>(pub(crate) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Path<T>, Refusal> {
        let found = RawPathParams::from_request_parts(parts, state).await.map_err(|_| Refusal::no_route())?;
        let mut problems = Problems::default();
        for (name, value) in found.iter().filter(|(_, value)| *value != ORIGINAL) {
            let id = IDS.iter().find(|(own, _)| *own == name).filter(|_| value.parse::<Id>().is_err());
            if let Some((_, called)) = id {
                problems.id(called, Some(&json!(value)));
            }
        }
        problems.into_result()?;
        AxumPath::from_request_parts(parts, state)
            .await
            .map(|AxumPath(values)| Path(values))
            .map_err(|_| Refusal::no_route())
    }
}
