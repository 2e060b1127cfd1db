//! What a wish lets happen to requests.

use std::time::{Duration, Instant};

use axum::http::StatusCode;

use super::wish::Wish;
use crate::mock::refusal::Refusal;
use crate::mock::world::{Limited, Outcome, RestFault, Span, Times};

/// How long a 429 says to wait when the wish doesn't.
const USUAL_WAIT: f64 = 1.0;

/// The fault of requests that was wished for, if one was.
pub(super) fn fault(wish: &Wish) -> Option<RestFault> {
    let wanted = wish.status.is_some() || wish.delay_ms.is_some() || wish.cut;
    wanted.then(|| RestFault {
        span: span(wish),
        path: wish.path.clone(),
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

fn outcome(wish: &Wish) -> Outcome {
    let status = wish.status.and_then(|status| StatusCode::from_u16(status).ok());
    match status {
        _ if wish.cut => Outcome::Cut,
        None => Outcome::Served,
        Some(StatusCode::TOO_MANY_REQUESTS) => Outcome::Limited(Limited {
            scope: wish.scope.unwrap_or_default(),
            wait: Duration::try_from_secs_f64(wish.retry_after.unwrap_or(USUAL_WAIT)).unwrap_or_default(),
            headers: wish.headers.unwrap_or(true),
        }),
        Some(status) => {
            let message = wish.message.as_deref().unwrap_or("This was ordered through /mock/faults.");
            Outcome::Refused(Refusal::new(status, wish.code, message))
        }
    }
}
