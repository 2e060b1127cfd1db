//! Requests that were told to fare badly: late, refused for no reason of their own, or cut off.

use std::io;

use axum::body::{Body, Bytes};
use axum::extract::{OriginalUri, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use jiff::Timestamp;

use super::limits::{self, Verdict};
use crate::mock::server::Shared;
use crate::mock::world::{Limited, Outcome, Scope};

/// Lets the next fault befall a request that it is meant for.
pub(crate) async fn befall(
    State(server): State<Shared>,
    OriginalUri(uri): OriginalUri,
    request: Request,
    next: Next,
) -> Response {
    let fault = server.world().faults.befalling(uri.path());
    let Some(fault) = fault else { return next.run(request).await };
    tokio::select! {
        () = tokio::time::sleep(fault.delay) => {}
        () = server.stop.cancelled() => {}
    }
    match fault.outcome {
        Outcome::Served => next.run(request).await,
        Outcome::Refused(refusal) => refusal.into_response(),
        Outcome::Limited(limited) => limit(limited, uri.path(), server.world().clock.now()),
        Outcome::Cut => cut(),
    }
}

/// The answer to a request that has used up a limit.
fn limit(limited: Limited, path: &str, now: Timestamp) -> Response {
    let Limited { scope, wait, headers } = limited;
    let mut response = limits::refusal(wait, scope);
    if headers {
        response.headers_mut().extend(limits::refusal_headers(wait, scope));
    }
    if headers && scope != Scope::Global {
        let verdict = Verdict { granted: false, limit: 1, remaining: 0, wait };
        response.headers_mut().extend(limits::headers(verdict, path, now));
    }
    response
}

/// An answer that breaks before its first byte, so that the connection ends and nothing is sent.
fn cut() -> Response {
    let broken = stream::once(async { Err::<Bytes, _>(io::Error::other("cut off as ordered")) });
    Response::new(Body::from_stream(broken))
}
