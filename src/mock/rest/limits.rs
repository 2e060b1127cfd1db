//! Rate limits: so many requests of a kind in a second, with Discord's headers on every answer.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Mutex;
use std::time::Duration;

use axum::Json;
use axum::extract::{MatchedPath, OriginalUri, Request, State};
use axum::http::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde_json::json;
use tokio::time::Instant;

use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::token;
use crate::mock::world::Scope;

/// The length of every window.
const WINDOW: Duration = Duration::from_secs(1);
/// Requests of one bot in a window, over all routes but those of interactions.
const GLOBAL: u32 = 50;
/// Messages to one channel in a window.
const MESSAGES: u32 = 5;
/// Anything else in a window.
const USUAL: u32 = 10;
/// Buckets that are remembered before the finished ones are swept out.
const SWEEP_AT: usize = 1_000;

/// How much of each bucket is used.
#[derive(Default)]
pub(crate) struct Limits {
    buckets: Mutex<HashMap<String, Bucket>>,
}

#[derive(Clone, Copy)]
struct Bucket {
    used: u32,
    until: Instant,
}

/// What a bucket says to a request.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Verdict {
    pub(super) granted: bool,
    pub(super) limit: u32,
    pub(super) remaining: u32,
    pub(super) wait: Duration,
}

impl Limits {
    /// Takes one from a bucket, if there is one.
    fn take(&self, key: &str, limit: u32, now: Instant) -> Verdict {
        let mut buckets = self.buckets.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if buckets.len() >= SWEEP_AT {
            buckets.retain(|_, bucket| bucket.until > now);
        }
        let fresh = Bucket { used: 0, until: now + WINDOW };
        let bucket = buckets.entry(key.to_owned()).or_insert(fresh);
        if bucket.until <= now {
            *bucket = fresh;
        }
        let granted = bucket.used < limit;
        bucket.used += u32::from(granted);
        Verdict { granted, limit, remaining: limit - bucket.used, wait: bucket.until.duration_since(now) }
    }
}

/// Holds requests to the limits and writes the headers.
pub(crate) async fn hold(
    State(server): State<Shared>,
    matched: MatchedPath,
    OriginalUri(uri): OriginalUri,
    request: Request,
    next: Next,
) -> Response {
    let (held, time) = {
        let world = server.world();
        (world.faults.rate_limits, world.clock.now())
    };
    if !held {
        return next.run(request).await;
    }
    let bot = caller(request.headers());
    let now = Instant::now();
    let is_answer = matched.as_str().contains("{token}");
    if let Some(bot) = bot.filter(|_| !is_answer) {
        let verdict = server.limits.take(&format!("global {bot}"), GLOBAL, now);
        if !verdict.granted {
            return refused(verdict, Scope::Global);
        }
    }
    let route = format!("{} {}", request.method(), matched.as_str());
    let whose = bot.map(|bot| bot.to_string()).unwrap_or_default();
    let key = format!("{whose} {route} {}", major(matched.as_str(), uri.path()));
    let verdict = server.limits.take(&key, quota(request.method(), matched.as_str()), now);
    let mut response = if verdict.granted { next.run(request).await } else { refused(verdict, Scope::User) };
    response.headers_mut().extend(headers(verdict, &route, time));
    response
}

fn caller(headers: &HeaderMap) -> Option<Id> {
    token::application(headers.get(AUTHORIZATION)?.to_str().ok()?)
}

fn quota(method: &Method, route: &str) -> u32 {
    let messages = route.ends_with("/channels/{channel}/messages") && method == Method::POST;
    if messages || route.ends_with("/webhooks/{application}/{token}") { MESSAGES } else { USUAL }
}

/// The parts of a path that have buckets of their own: its channel, server, application and token.
fn major(route: &str, path: &str) -> String {
    let own = ["{channel}", "{guild}", "{application}", "{token}"];
    let parts = route.split('/').zip(path.split('/')).filter(|(name, _)| own.contains(name));
    parts.map(|(_, part)| part).collect::<Vec<_>>().join("/")
}

/// What every answer says of its bucket.
pub(super) fn headers(verdict: Verdict, route: &str, now: Timestamp) -> HeaderMap {
    let mut hasher = DefaultHasher::new();
    route.hash(&mut hasher);
    let reset = now.as_duration().as_secs_f64() + verdict.wait.as_secs_f64();
    let pairs = [
        ("x-ratelimit-limit", verdict.limit.to_string()),
        ("x-ratelimit-remaining", verdict.remaining.to_string()),
        ("x-ratelimit-reset", format!("{reset:.3}")),
        ("x-ratelimit-reset-after", format!("{:.3}", verdict.wait.as_secs_f64())),
        ("x-ratelimit-bucket", format!("{:016x}", hasher.finish())),
    ];
    let header = |(name, value): (&'static str, String)| {
        HeaderValue::from_str(&value).ok().map(|value| (HeaderName::from_static(name), value))
    };
    pairs.into_iter().filter_map(header).collect()
}

fn refused(verdict: Verdict, scope: Scope) -> Response {
    let mut response = refusal(verdict.wait, scope);
    response.headers_mut().extend(refusal_headers(verdict.wait, scope));
    response
}

/// The answer to one request too many, without a header of its own.
pub(super) fn refusal(wait: Duration, scope: Scope) -> Response {
    let (seconds, global) = (wait.as_secs_f64(), scope == Scope::Global);
    let message = match scope {
        Scope::User | Scope::Global => "You are being rate limited.",
        Scope::Shared => "The resource is being rate limited.",
    };
    let body = json!({ "message": message, "code": 0, "retry_after": seconds, "global": global });
    (StatusCode::TOO_MANY_REQUESTS, Json(body)).into_response()
}

/// What the headers say of one request too many: how many whole seconds to wait, and whose limit it is.
pub(super) fn refusal_headers(wait: Duration, scope: Scope) -> HeaderMap {
    let name = match scope {
        Scope::User => "user",
        Scope::Global => "global",
        Scope::Shared => "shared",
    };
    let mut headers = HeaderMap::new();
    headers.insert(RETRY_AFTER, HeaderValue::from(wait.as_secs() + 1));
    headers.insert("x-ratelimit-scope", HeaderValue::from_static(name));
    if scope == Scope::Global {
        headers.insert("x-ratelimit-global", HeaderValue::from_static("true"));
    }
    headers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_fills_and_is_fresh_after_its_window() {
        let limits = Limits::default();
        let start = Instant::now();
        let granted = |now| limits.take("key", 2, now).granted;
        assert!(granted(start));
        assert!(granted(start));
        assert!(!granted(start));
        assert!(granted(start + WINDOW));
        assert!(limits.take("other", 2, start).granted);
    }

    #[test]
    fn channels_have_their_own_buckets_and_messages_do_not() {
        let route = "/api/v10/channels/{channel}/messages/{message}";
        assert_eq!(major(route, "/api/v10/channels/1/messages/2"), "1");
        assert_eq!(major(route, "/api/v10/channels/1/messages/3"), "1");
        assert_eq!(major("/api/v10/webhooks/{application}/{token}", "/api/v10/webhooks/1/abc"), "1/abc");
    }
}
