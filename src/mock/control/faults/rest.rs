//! What a wish lets happen to requests.

use std::time::{Duration, Instant};

use axum::http::{Method, StatusCode};

use super::wish::Wish;
use crate::mock::refusal::Refusal;
use crate::mock::world::{Limited, Outcome, RestFault, Span, Target, Times};

/// How long a 429 says to wait when the wish doesn't.
const USUAL_WAIT: f64 = 1.0;

/// The fault of requests that was wished for, if one was.
pub(super) fn fault(wish: &Wish) -> Option<RestFault> {
    wish.is_about_requests().then(|| RestFault {
        span: span(wish),
        target: target(wish),
        delay: Duration::from_millis(wish.delay_ms.unwrap_or(0)),
        outcome: outcome(wish),
    })
}

fn span(wish: &Wish) -> Span {
    match wish.for_ms {
        Some(long) => Span::Until(Instant::now() + Duration::from_millis(long)),
        None => Span::Times(Times(wish.times.unwrap_or(1))),
    }
}

fn target(wish: &Wish) -> Target {
    let method = wish.method.as_ref().map(|method| method.to_ascii_uppercase());
    let method = method.and_then(|method| Method::from_bytes(method.as_bytes()).ok());
    Target { bot: wish.bot, method, path: wish.path.clone() }
}

fn outcome(wish: &Wish) -> Outcome {
    let status = wish.status.and_then(|status| StatusCode::from_u16(status).ok());
    match status {
        _ if wish.cut => Outcome::Cut { after: wish.after },
        None => Outcome::Served,
        Some(StatusCode::TOO_MANY_REQUESTS) => Outcome::Limited(Limited {
            scope: wish.scope.unwrap_or_default(),
            wait: Duration::try_from_secs_f64(wish.retry_after.unwrap_or(USUAL_WAIT)).unwrap_or_default(),
            headers: wish.headers.unwrap_or(true),
        }),
        Some(status) => {
            // As Discord's own: "401: Unauthorized".
            let usual = format!("{}: {}", status.as_u16(), status.canonical_reason().unwrap_or("Error"));
            Outcome::Refused(Refusal::new(status, wish.code.unwrap_or(0), wish.message.as_deref().unwrap_or(&usual)))
        }
    }
}
