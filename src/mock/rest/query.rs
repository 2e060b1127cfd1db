//! Queries: read as bodies are, so that what can't be read in them is refused by its name, in Discord's form.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::ops::RangeInclusive;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::mock::checks::{Problems, given, text};
use crate::mock::refusal::Refusal;
use crate::mock::snowflake::Id;

/// What stands behind the `?` of a request, each value as text.
pub(crate) struct Query(pub(super) Value);

/// The part of a list that is wanted: before, after or around an id, and how many at most.
pub(super) struct Part {
    pub(super) before: Option<Id>,
    pub(super) after: Option<Id>,
    pub(super) around: Option<Id>,
    pub(super) limit: usize,
}

impl Part {
    /// Whether an id is neither too early nor too late.
    pub(super) fn holds(&self, id: Id) -> bool {
        self.before.is_none_or(|before| id < before) && self.after.is_none_or(|after| id > after)
    }
}

impl Query {
    /// Whether a key says yes, which clients write in several ways.
    pub(super) fn is_yes(&self, key: &str) -> bool {
        matches!(text(&self.0, key), "true" | "True" | "1")
    }

    /// An id, if one is given.
    pub(super) fn id(&self, key: &str) -> Result<Option<Id>, Refusal> {
        let mut problems = Problems::default();
        let id = problems.id(key, given(&self.0, key));
        problems.into_result().map(|()| id)
    }

    /// Which part of a list is wanted; so many at most unless it is said.
    pub(super) fn part(&self, limits: RangeInclusive<u16>, usual: u16) -> Result<Part, Refusal> {
        let mut problems = Problems::default();
        let [before, after, around] = ["before", "after", "around"].map(|key| problems.id(key, given(&self.0, key)));
        let limit = Query::limit(&self.0, &mut problems, limits, usual);
        problems.into_result().map(|()| Part { before, after, around, limit })
    }

    /// The time before which what is wanted lies, and how many at most.
    pub(super) fn past(&self, limits: RangeInclusive<u16>, usual: u16) -> Result<(Option<Timestamp>, usize), Refusal> {
        let mut problems = Problems::default();
        let before = problems.time("before", given(&self.0, "before"));
        let limit = Query::limit(&self.0, &mut problems, limits, usual);
        problems.into_result().map(|()| (before, limit))
    }

    /// How many are wanted at most.
    pub(super) fn limit(query: &Value, problems: &mut Problems, limits: RangeInclusive<u16>, usual: u16) -> usize {
        let limits = i64::from(*limits.start())..=i64::from(*limits.end());
        let limit = problems.whole("limit", given(query, "limit"), limits);
        limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::from(usual))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Query, Infallible> {
        let pairs = axum::extract::Query::<BTreeMap<String, String>>::try_from_uri(&parts.uri);
        Ok(Query(pairs.map_or_else(|_| json!({}), |pairs| json!(pairs.0))))
    }
}
