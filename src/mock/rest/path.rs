//! The values in a path, refused in Discord's form where they aren't ids.

use axum::extract::{FromRequestParts, Path as AxumPath};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::mock::checks::Problems;
use crate::mock::refusal::Refusal;

/// Whether a query says yes, which clients write in several ways.
pub(super) fn is_yes(text: &str) -> bool {
    matches!(text, "true" | "True" | "1")
}

/// What stands in the variable parts of a path.
pub(crate) struct Path<T>(pub(crate) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Path<T>, Refusal> {
        if let Ok(AxumPath(values)) = AxumPath::from_request_parts(parts, state).await {
            return Ok(Path(values));
        }
        let mut problems = Problems::default();
        problems.add("id", "NUMBER_TYPE_COERCE", "A value in the path is not a snowflake.");
        problems.into_result()?;
        Err(Refusal::no_route())
    }
}
