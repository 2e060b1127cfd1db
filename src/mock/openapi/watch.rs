//! The layer around Discord's routes that shows each request and its answer to the document.

use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Body, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::Exchange;
use crate::mock::server::Shared;

/// Where a route that reads a body leaves its JSON for the layer around it, so that no body is read twice.
#[derive(Clone, Default)]
pub(crate) struct Heard(Arc<Mutex<Option<Value>>>);

impl Heard {
    /// Leaves what a request brought.
    pub(crate) fn leave(&self, json: &Value) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(json.clone());
    }

    /// Takes it; none when there was no body.
    pub(crate) fn take(&self) -> Option<Value> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Holds a request and its answer against the document, if there is one.
pub(crate) async fn watch(
    State(server): State<Shared>,
    matched: Option<MatchedPath>,
    mut request: Request,
    next: Next,
) -> Response {
    // HEAD is GET without its answer; the document doesn't speak of it.
    let openapi = server.openapi.as_ref().filter(|_| request.method() != Method::HEAD);
    let Some(openapi) = openapi else { return next.run(request).await };
    let heard = Heard::default();
    request.extensions_mut().insert(heard.clone());
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let (parts, body) = next.run(request).await.into_parts();
    // The answer was made here and is in memory already.
    let Ok(answer) = to_bytes(body, usize::MAX).await else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let route = matched.map(|matched| matched.as_str().to_owned()).unwrap_or_default();
    let exchange = Exchange { method, path, route, body: heard.take(), status: parts.status, answer: answer.clone() };
    openapi.check(&exchange);
    Response::from_parts(parts, Body::from(answer))
}
