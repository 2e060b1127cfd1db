//! Discord's rate limits: its buckets, the budget of 50 a second, the pause that a 429 for the whole bot asks for, and
//! the channels that are spared because they allow nothing (Discord bars who asks in vain 10,000 times in 10 minutes).

use lru::LruCache;
use reqwest::header::HeaderMap;
use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use twilight_http_ratelimiting::{Endpoint, Method, Permit, RateLimitHeaders, RateLimiter};

/// The longest that a pause is believed.
const LONGEST_PAUSE: Duration = Duration::from_secs(3_600);
/// How long a bucket is spared that allowed nothing.
const SPARED: Duration = Duration::from_secs(60);
/// How many such buckets are remembered; then the longest unused is forgotten.
const MOST_SPARED: usize = 1_000;

/// Who may send next. Interaction endpoints never ask: Discord exempts them from the budget, each has a bucket of its
/// own, and their paths hold tokens.
pub(super) struct Limits {
    limiter: RateLimiter,
    paused_until: Mutex<Option<Instant>>,
    spared_until: Mutex<LruCache<String, Instant>>,
}

impl Limits {
    /// Limits that know nothing yet. Needs a tokio runtime.
    pub(super) fn new() -> Self {
        let spared = LruCache::new(NonZeroUsize::new(MOST_SPARED).unwrap_or(NonZeroUsize::MIN));
        Self { limiter: RateLimiter::default(), paused_until: Mutex::new(None), spared_until: Mutex::new(spared) }
    }

    /// Waits until a request to this bucket (method and path, ids below the channel left out) may go.
    pub(super) async fn permit(&self, method: &reqwest::Method, bucket: &str) -> Permit {
        while let Some(until) = self.paused_until() {
            tokio::time::sleep_until(until.into()).await;
        }
        self.limiter.acquire(Endpoint { method: named(method), path: bucket.to_owned() }).await
    }

    /// Holds every request back for this long at least: Discord said that the bot as a whole is too fast.
    pub(super) fn pause(&self, wait: Duration) {
        let until = Some(Instant::now() + wait.min(LONGEST_PAUSE));
        let mut paused_until = self.paused_until.lock().unwrap_or_else(PoisonError::into_inner);
        *paused_until = until.max(*paused_until);
    }

    /// Spares this bucket for a while: a permission is missing there.
    pub(super) fn spare(&self, bucket: &str) {
        let mut spared = self.spared_until.lock().unwrap_or_else(PoisonError::into_inner);
        spared.put(bucket.to_owned(), Instant::now() + SPARED);
    }

    /// Whether this bucket is spared.
    pub(super) fn spares(&self, bucket: &str) -> bool {
        let mut spared = self.spared_until.lock().unwrap_or_else(PoisonError::into_inner);
        spared.get(bucket).is_some_and(|until| *until > Instant::now())
    }

    fn paused_until(&self) -> Option<Instant> {
        let until = *self.paused_until.lock().unwrap_or_else(PoisonError::into_inner);
        until.filter(|until| *until > Instant::now())
    }
}

fn named(method: &reqwest::Method) -> Method {
    match method.as_str() {
        "DELETE" => Method::Delete,
        "PATCH" => Method::Patch,
        "POST" => Method::Post,
        "PUT" => Method::Put,
        _ => Method::Get,
    }
}

/// Whether a 429 with these headers means the bot as a whole. One that names no scope doesn't come from Discord's
/// limits but from the wall before them, which counts everything.
pub(super) fn means_the_whole_bot(headers: &HeaderMap) -> bool {
    headers.contains_key("x-ratelimit-global") || !headers.contains_key(RateLimitHeaders::SCOPE)
}

/// What an answer's headers say of its bucket; none when it has no bucket.
pub(super) fn told(headers: &HeaderMap) -> Option<RateLimitHeaders> {
    let text = |name| headers.get(name)?.to_str().ok();
    let seconds: f64 = text(RateLimitHeaders::RESET_AFTER)?.parse().ok()?;
    let reset = Duration::try_from_secs_f64(seconds).ok()?.min(LONGEST_PAUSE);
    Some(RateLimitHeaders {
        bucket: headers.get(RateLimitHeaders::BUCKET)?.as_bytes().to_vec(),
        limit: text(RateLimitHeaders::LIMIT)?.parse().ok()?,
        remaining: text(RateLimitHeaders::REMAINING)?.parse().ok()?,
        reset_at: Instant::now() + reset,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderValue;

    #[tokio::test]
    async fn the_longer_pause_holds() {
        let limits = Limits::new();
        limits.pause(Duration::from_secs(60));
        limits.pause(Duration::from_secs(1));
        assert!(limits.paused_until().unwrap() > Instant::now() + Duration::from_secs(30));
        limits.pause(Duration::from_secs(600));
        assert!(limits.paused_until().unwrap() > Instant::now() + Duration::from_secs(300));
    }

    #[test]
    fn knows_whom_a_limit_means() {
        let check = |names: &[&'static str], wanted| {
            let headers = names.iter().map(|name| (name.parse().unwrap(), HeaderValue::from_static("x"))).collect();
            assert_eq!(means_the_whole_bot(&headers), wanted, "{names:?}");
        };
        check(&[], true);
        check(&["x-ratelimit-global"], true);
        check(&["x-ratelimit-global", "x-ratelimit-scope"], true);
        check(&["x-ratelimit-scope"], false);
    }
}
