//! Rate limits: so many requests of a kind in a second, with Discord's headers on every answer.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Json;
use axum::extract::{MatchedPath, OriginalUri, Request, State};
use axum::http::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER, VIA};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde_json::json;
use tokio::time::Instant;

use crate::mock::server::Shared;
use crate::mock::token;
use crate::mock::world::{Limited, Scope, Sight};

/// The length of every window.
const WINDOW: Duration = Duration::from_secs(1);
/// Requests of one bot in a window, over all routes but those of interactions.
const GLOBAL: u32 = 50;
/// Messages to one channel in a window.
const MESSAGES: u32 = 5;
/// Anything else in a window.
const USUAL: u32 = 10;
/// The most buckets that are remembered. Those that are used up are forgotten with them, which costs a client nothing.
const MAX_BUCKETS: usize = 20_000;
/// The most ordered limits that hold at once.
const MAX_HOLDS: usize = 1_000;

/// How much of each bucket is used, and which limits were ordered.
#[derive(Default)]
pub(crate) struct Limits {
    buckets: Mutex<Buckets>,
    /// Limits that were ordered, by whom they hold up.
    holds: Mutex<HashMap<String, (Limited, Instant)>>,
    /// How many requests were refused that nobody had ordered a limit for.
    exceeded: AtomicU64,
}

#[derive(Default)]
struct Buckets {
    by_key: HashMap<String, Bucket>,
    /// When those whose window is over were last swept out.
    swept: Option<Instant>,
}

#[derive(Clone, Copy)]
struct Bucket {
    used: u32,
    until: Instant,
}

/// What a bucket says to a request.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Verdict {
    granted: bool,
    limit: u32,
    remaining: u32,
    wait: Duration,
}

/// A request as limits see it.
#[derive(Clone, Copy)]
pub(super) struct Asking<'a>(Sight<'a>);

impl<'a> Asking<'a> {
    pub(super) fn new(headers: &HeaderMap, method: &'a Method, path: &'a str, route: &'a str) -> Asking<'a> {
        let token = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        Asking(Sight { bot: token.and_then(token::application), method, path, route })
    }

    pub(super) fn sight(&self) -> Sight<'a> {
        self.0
    }

    fn whose(&self) -> String {
        self.0.bot.map(|bot| bot.to_string()).unwrap_or_default()
    }

    /// Whether it answers an interaction, to which the bot's limit over all routes doesn't apply.
    fn is_answer(&self) -> bool {
        self.0.route.contains("{token}")
    }

    /// What its bucket is called to the client.
    fn bucket(&self) -> String {
        format!("{} {}", self.0.method, self.0.route)
    }

    /// Whom a limit of this scope holds up, if it is used up by this request.
    fn key(&self, scope: Scope) -> String {
        let major = || major(self.0.route, self.0.path);
        match scope {
            Scope::Global => format!("global {}", self.whose()),
            Scope::User => format!("{} {} {}", self.whose(), self.bucket(), major()),
            Scope::Shared => format!("shared {} {}", self.bucket(), major()),
        }
    }
}

impl Limits {
    /// Takes one from a bucket, if there is one.
    fn take(&self, key: String, limit: u32, now: Instant) -> Verdict {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.swept.is_none_or(|swept| now.saturating_duration_since(swept) >= WINDOW) {
            buckets.by_key.retain(|_, bucket| bucket.until > now);
            buckets.swept = Some(now);
        }
        if buckets.by_key.len() >= MAX_BUCKETS {
            buckets.by_key.clear();
        }
        let fresh = Bucket { used: 0, until: now + WINDOW };
        let bucket = buckets.by_key.entry(key).or_insert(fresh);
        if bucket.until <= now {
            *bucket = fresh;
        }
        let granted = bucket.used < limit;
        bucket.used += u32::from(granted);
        Verdict { granted, limit, remaining: limit - bucket.used, wait: bucket.until.duration_since(now) }
    }

    /// Lets an ordered limit hold from now on.
    pub(super) fn hold_up(&self, asking: &Asking, limited: Limited, now: Instant) -> Limited {
        let mut holds = self.holds();
        holds.retain(|_, (_, until)| *until > now);
        if holds.len() < MAX_HOLDS {
            holds.insert(asking.key(limited.scope), (limited, now + limited.wait));
        }
        limited
    }

    /// The ordered limit that holds a request up, with the time that is left.
    pub(super) fn held(&self, asking: &Asking, now: Instant) -> Option<Limited> {
        let holds = self.holds();
        if holds.is_empty() {
            return None;
        }
        let scopes = [Scope::Global, Scope::User, Scope::Shared];
        let concerned = scopes.into_iter().filter(|scope| *scope != Scope::Global || !asking.is_answer());
        let found = concerned.filter_map(|scope| holds.get(&asking.key(scope)));
        let (limited, until) = found.filter(|(_, until)| *until > now).max_by_key(|(_, until)| *until)?;
        Some(Limited { wait: until.duration_since(now), ..*limited })
    }

    /// How many requests were refused because a bot asked more often than it may.
    pub(crate) fn exceeded(&self) -> u64 {
        self.exceeded.load(Ordering::Relaxed)
    }

    /// Lifts every limit that was ordered.
    pub(crate) fn lift(&self) {
        self.holds().clear();
    }

    fn holds(&self) -> MutexGuard<'_, HashMap<String, (Limited, Instant)>> {
        self.holds.lock().unwrap_or_else(PoisonError::into_inner)
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
        (world.terms.rate_limits, world.clock.now())
    };
    if !held {
        return next.run(request).await;
    }
    let now = Instant::now();
    let asking = Asking::new(request.headers(), request.method(), uri.path(), matched.as_str());
    if asking.sight().bot.is_some() && !asking.is_answer() {
        let verdict = server.limits.take(asking.key(Scope::Global), GLOBAL, now);
        if !verdict.granted {
            server.limits.exceeded.fetch_add(1, Ordering::Relaxed);
            return refused(verdict, Scope::Global);
        }
    }
    let bucket = asking.bucket();
    let verdict = server.limits.take(asking.key(Scope::User), quota(asking.sight()), now);
    if !verdict.granted {
        server.limits.exceeded.fetch_add(1, Ordering::Relaxed);
        tracing::debug!(method = %request.method(), route = matched.as_str(), "a bot asked more often than it may");
    }
    let is_first_response = matched.as_str().ends_with("/callback");
    let mut response = if verdict.granted { next.run(request).await } else { refused(verdict, Scope::User) };
    // Discord tells nothing of a limit there.
    if !is_first_response {
        response.headers_mut().extend(headers(verdict, &bucket, time));
    }
    response
}

/// The answer to a request that an ordered limit holds up.
pub(super) fn as_ordered(limited: Limited, asking: &Asking, now: Timestamp) -> Response {
    let Limited { scope, wait, headers: told } = limited;
    let mut response = refusal(wait, scope);
    if told {
        response.headers_mut().extend(refusal_headers(wait, scope));
    }
    if told && scope != Scope::Global {
        let verdict = Verdict { granted: false, limit: quota(asking.sight()), remaining: 0, wait };
        response.headers_mut().extend(headers(verdict, &asking.bucket(), now));
    }
    response
}

fn quota(Sight { method, route, .. }: Sight) -> u32 {
    let messages = route.ends_with("/channels/{channel}/messages") && method == Method::POST;
    if messages || route.ends_with("/webhooks/{webhook}/{token}") { MESSAGES } else { USUAL }
}

/// The parts of a path that have buckets of their own: its channel, server, application and token.
fn major(route: &str, path: &str) -> String {
    let own = ["{channel}", "{guild}", "{application}", "{webhook}", "{token}"];
    let parts = route.split('/').zip(path.split('/')).filter(|(name, _)| own.contains(name));
    parts.map(|(_, part)| part).collect::<Vec<_>>().join("/")
}

/// What every answer says of its bucket.
fn headers(verdict: Verdict, bucket: &str, now: Timestamp) -> impl Iterator<Item = (HeaderName, HeaderValue)> {
    let mut hasher = DefaultHasher::new();
    bucket.hash(&mut hasher);
    let pairs = [
        ("x-ratelimit-limit", verdict.limit.to_string()),
        ("x-ratelimit-remaining", verdict.remaining.to_string()),
        ("x-ratelimit-reset", seconds(now.as_duration().unsigned_abs() + verdict.wait)),
        ("x-ratelimit-reset-after", seconds(verdict.wait)),
        ("x-ratelimit-bucket", format!("{:016x}", hasher.finish())),
    ];
    let header = |(name, value): (&'static str, String)| {
        HeaderValue::from_str(&value).ok().map(|value| (HeaderName::from_static(name), value))
    };
    pairs.into_iter().filter_map(header)
}

/// A wait in seconds, up to the next millisecond: whoever waits so long isn't too early.
fn seconds(wait: Duration) -> String {
    let milliseconds = wait.as_nanos().div_ceil(1_000_000);
    format!("{}.{:03}", milliseconds / 1000, milliseconds % 1000)
}

fn refused(verdict: Verdict, scope: Scope) -> Response {
    let mut response = refusal(verdict.wait, scope);
    response.headers_mut().extend(refusal_headers(verdict.wait, scope));
    response
}

/// The answer to one request too many, without a header of its own.
fn refusal(wait: Duration, scope: Scope) -> Response {
    let (seconds, global) = (wait.as_secs_f64(), scope == Scope::Global);
    let message = match scope {
        Scope::User | Scope::Global => "You are being rate limited.",
        Scope::Shared => "The resource is being rate limited.",
    };
    let body = json!({ "message": message, "code": 0, "retry_after": seconds, "global": global });
    (StatusCode::TOO_MANY_REQUESTS, Json(body)).into_response()
}

/// What the headers say of one request too many: how many whole seconds to wait, and whose limit it is.
fn refusal_headers(wait: Duration, scope: Scope) -> HeaderMap {
    let name = match scope {
        Scope::User => "user",
        Scope::Global => "global",
        Scope::Shared => "shared",
    };
    let mut headers = HeaderMap::new();
    headers.insert(RETRY_AFTER, HeaderValue::from(wait.as_secs() + u64::from(wait.subsec_nanos() > 0)));
    headers.insert("x-ratelimit-scope", HeaderValue::from_static(name));
    // Without it, discord.py takes the refusal for one of the network before Discord, and gives up.
    headers.insert(VIA, HeaderValue::from_static("1.1 google"));
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
        let granted = |now| limits.take("key".to_owned(), 2, now).granted;
        assert!(granted(start));
        assert!(granted(start));
        assert!(!granted(start));
        assert!(granted(start + WINDOW));
        assert!(limits.take("other".to_owned(), 2, start).granted);
    }

    #[test]
    fn channels_have_their_own_buckets_and_messages_do_not() {
        let route = "/api/v10/channels/{channel}/messages/{message}";
        assert_eq!(major(route, "/api/v10/channels/1/messages/2"), "1");
        assert_eq!(major(route, "/api/v10/channels/1/messages/3"), "1");
        assert_eq!(major("/api/v10/webhooks/{webhook}/{token}", "/api/v10/webhooks/1/abc"), "1/abc");
    }
}
