//! Requests that were told to fare badly: late, refused for no reason of their own, or cut off.

use std::io;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, MatchedPath, OriginalUri, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde_json::Value;
use tokio::time::Instant;

use super::MAX_REQUEST;
use super::body::Body as Brought;
use super::limits::{self, Asking};
use super::watch::Heard;
use crate::mock::recording::Entry;
use crate::mock::refusal::Refusal;
use crate::mock::server::Shared;
use crate::mock::world::{Outcome, RestFault};

/// Lets the next fault befall a request that it is meant for, unless an ordered limit still holds it up.
pub(crate) async fn befall(
    State(server): State<Shared>,
    OriginalUri(uri): OriginalUri,
    matched: Option<MatchedPath>,
    request: Request,
    next: Next,
) -> Response {
    let request = match whole(request).await {
        Ok(request) => request,
        Err(refusal) => return refusal.into_response(),
    };
    let route = matched.as_ref().map_or("", MatchedPath::as_str);
    let method = request.method().clone();
    let asking = Asking::new(request.headers(), &method, uri.path(), route);
    if let Some(held) = server.limits.held(&asking, Instant::now()) {
        look_at(&server, request, Some(StatusCode::TOO_MANY_REQUESTS)).await;
        return limits::as_ordered(held, &asking, server.world().clock.now());
    }
    let fault = server.world().faults.befalling(asking.sight());
    let Some(RestFault { delay, outcome, .. }) = fault else { return next.run(request).await };
    match outcome {
        Outcome::Served => {
            let response = carry_out(request, next).await;
            wait(&server, delay).await;
            response
        }
        Outcome::Cut { after: true } => {
            carry_out(request, next).await;
            wait(&server, delay).await;
            cut()
        }
        Outcome::Cut { after: false } => {
            look_at(&server, request, None).await;
            wait(&server, delay).await;
            cut()
        }
        Outcome::Refused(refusal) => {
            let refused = refusal.into_response();
            look_at(&server, request, Some(refused.status())).await;
            wait(&server, delay).await;
            refused
        }
        Outcome::Limited(limited) => {
            look_at(&server, request, Some(StatusCode::TOO_MANY_REQUESTS)).await;
            wait(&server, delay).await;
            let held = server.limits.hold_up(&asking, limited, Instant::now());
            limits::as_ordered(held, &asking, server.world().clock.now())
        }
    }
}

/// A request whose body has arrived, and isn't too long: who is refused in the midst of sending one may never hear why.
async fn whole(request: Request) -> Result<Request, Refusal> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, MAX_REQUEST).await.map_err(|_| Refusal::too_large())?;
    let mut request = Request::from_parts(parts, Body::from(body));
    // Nobody behind has to count again.
    DefaultBodyLimit::disable().apply(&mut request);
    Ok(request)
}

/// Carries a request out, even if its client gives up meanwhile: that it was done and nobody heard is the fault.
async fn carry_out(request: Request, next: Next) -> Response {
    let served = tokio::spawn(next.run(request)).await;
    served.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// Holds a request that isn't carried out against the OpenAPI document, and notes it, if there is somebody to look, since
/// nobody else does. It is answered with this status, or cut off.
async fn look_at(server: &Shared, mut request: Request, status: Option<StatusCode>) {
    if server.openapi.is_none() && server.recorder.is_none() {
        return;
    }
    let (method, path, heard) = (request.method().clone(), request.uri().path().to_owned(), Heard::default());
    request.extensions_mut().insert(heard.clone());
    let readable = Brought::from_request(request, server).await.is_ok();
    let body = heard.take();
    if let Some(openapi) = server.openapi.as_ref().filter(|_| readable) {
        openapi.check_request(&method, &path, body.as_ref());
    }
    server.note(|| Entry::Request {
        method: method.to_string(),
        path,
        body,
        status: status.map(|status| status.as_u16()),
        answer: Value::Null,
    });
}

async fn wait(server: &Shared, delay: Duration) {
    tokio::select! {
        () = tokio::time::sleep(delay) => {}
        () = server.stop.cancelled() => {}
    }
}

/// An answer that breaks before its first byte, so that the connection ends and nothing is sent.
fn cut() -> Response {
    let broken = stream::once(async { Err::<Bytes, _>(io::Error::other("cut off as ordered")) });
    Response::new(Body::from_stream(broken))
}
