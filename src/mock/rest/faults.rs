//! Requests that were told to fare badly: late, or refused for no reason of their own.

use std::time::Duration;

use axum::extract::{OriginalUri, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::mock::refusal::Refusal;
use crate::mock::server::Shared;

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
        () = tokio::time::sleep(Duration::from_millis(fault.delay_ms)) => {}
        () = server.stop.cancelled() => {}
    }
    match fault.status.and_then(|status| StatusCode::from_u16(status).ok()) {
        Some(status) => Refusal::new(status, fault.code, &fault.message).into_response(),
        None => next.run(request).await,
    }
}
